//! `new year`: what the last year left undone comes back as a sound draft, whatever its texts are.

use crate::program::{baosong, example_source, listing};
use baosong::check::Law;
use baosong::compose::Composer;
use baosong::model::scalar::Date;
use baosong::model::{Plan, Text};
use baosong::workspace::Workspace;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const PROFILE: &str = "类别: 专家组
全称: 某某认证专家工作组
规范化简称: 某某认证专家组
代字: 认可某
成立日期: 2017-04-13
组长单位: 甲方研究院
秘书处单位: 甲方研究院
成员:
  - { 姓名: 周明远, 单位: 甲方研究院, 角色: 组长 }
  - { 姓名: 林知秋, 单位: 乙方公司, 角色: 副组长 }
  - { 姓名: 何沐言, 单位: 丙方协会, 任职: { 止: 2026-12-31 } }
  - { 姓名: 苏景行, 单位: 丁方公司, 任职: { 起: 2027-01-01 } }
";

const PLAN: &str = "类别: 年度工作计划
年度: 2026
日期: 2026-01-20
任务:
  - { 编号: R1, 板块: 研究, 名称: 修订方案, 内容: 修订认证方案。, 负责: [林知秋], 时限: 2026年6月底前, 成果: 方案1份 }
  - { 编号: R2, 名称: 编写教材, 负责: [何沐言, 秘书处], 协作: [周明远], 时限: 2026年9月底前, 成果: 教材1册 }
  - { 编号: R3, 名称: 走访机构, 负责: [何沐言], 时限: 2026年9月底前, 成果: 报告1份 }
  - { 编号: R4, 名称: 召开论坛, 负责: [周明远], 时限: 2026年9月底前, 成果: 论坛1次 }
  - { 编号: P1, 名称: 组织培训, 负责: [周明远], 时限: 长期, 来源: { 交办单位: 国家认监委认可监管部, 日期: 2026-03-01 } }
会议:
  - { 名称: 第一次全体会议, 类型: [全体会议], 时间: 2026年5月 }
经费:
  - { 项目: 会议费, 金额: 20000, 用途: 全体会议 }
  - { 项目: 场地, 金额: 8000, 来源: 单位支持 }
计划调整:
  - { 日期: 2026-05-01, 任务: R4, 事项: 取消, 原因: 合并举办 }
  - { 日期: 2026-05-01, 任务: R2, 事项: 调整, 原因: 标准推迟发布, 新时限: 2026年11月底前 }
报送: { 文号: 认可某〔2026〕7号, 日期: 2026-01-22 }
";

const SUMMARY: &str = "类别: 年度工作总结
年度: 2026
日期: 2026-10-20
截至: 2026-10-15
下一年重点工作建议: |
  明年拟做好以下工作：
  （一）开展认证试点
  选择3家机构开展试点。
  （二）继续跟踪标准进展，及时提出意见。
任务完成:
  - { 编号: R1, 状态: 完成, 完成日期: 2026-06-20 }
  - { 编号: R2, 状态: 进行中, 预计完成: 2026年11月底前 }
  - { 编号: R3, 状态: 进行中, 预计完成: 2026年11月底前 }
  - { 编号: P1, 状态: 进行中, 预计完成: 2026年12月底前 }
";

const RECORDS: &str = "类别: 台账
年度: 2026
任务进展:
  - { 任务: R3, 日期: 2026-11-20, 状态: 完成 }
  - { 任务: R2, 日期: 2026-09-01, 状态: 完成 }
";

fn desk(files: &[(&str, &str)]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("组");
    for (file, text) in [("专家组.yaml", PROFILE)].iter().chain(files) {
        let path = root.join(file);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, text).expect("a file");
    }
    (folder, root)
}

fn plan_of(root: &Path, year: u16) -> Plan {
    Workspace::read(root).plan(year).expect("a plan").model.clone()
}

fn names(names: &[Text]) -> Vec<&str> {
    names.iter().map(|name| &**name).collect()
}

#[test]
fn what_was_left_undone_is_carried_over() {
    let (_folder, root) =
        desk(&[("2026/工作计划.yaml", PLAN), ("2026/工作总结.yaml", SUMMARY), ("2026/台账.yaml", RECORDS)]);
    let said = baosong(&root, ["new", "year", "2027", "--today", "2026-12-28"]).ends_with(0).out;
    assert!(said.contains("结转2026年度任务 2 项，由总结第六部分拟 2 项，名单 3 人"), "{said}");
    insta::assert_snapshot!(fs::read_to_string(root.join("2027/工作计划.yaml")).expect("a plan"));
    let plan = plan_of(&root, 2027);
    let ids: Vec<&str> = plan.tasks.iter().map(|task| &*task.id).collect();
    assert_eq!(ids, ["R2", "P1", "Y1", "Y2"]);
    assert_eq!((names(&plan.tasks[0].lead), names(&plan.tasks[0].help)), (vec!["秘书处"], vec!["周明远"]));
    assert_eq!(plan.tasks[2].content.plain().trim(), "选择3家机构开展试点。");
    assert!(root.join("2027/台账.yaml").is_file());
    let checked = baosong(&root, ["check", "2027"]).ends_with(0).out;
    assert!(checked.contains("共 0 处错误"), "{checked}");

    let before = listing(&root);
    let again = baosong(&root, ["new", "year", "2027", "--lang", "en"]).ends_with(2);
    assert!(again.err.contains("工作计划.yaml"), "{}", again.err);
    assert_eq!(listing(&root), before);
}

#[test]
fn a_new_summary_takes_what_the_records_say_last() {
    const TOLD: &str = "类别: 台账
年度: 2026
任务进展:
  - { 任务: R1, 日期: 2026-06-20, 状态: 完成, 说明: '方案: 已印发' }
  - { 任务: R1, 日期: 2026-03-01, 状态: 进行中, 说明: 起草中 }
  - { 任务: R2, 日期: 2026-09-01, 状态: 进行中, 预计完成: 2026年11月底前 }
  - { 任务: R3, 日期: 2026-09-30, 状态: 部分完成 }
";
    let (_folder, root) = desk(&[("2026/工作计划.yaml", PLAN), ("2026/台账.yaml", TOLD)]);
    baosong(&root, ["new", "summary", "--year", "2026", "--today", "2026-10-15"]).ends_with(0);
    let text = fs::read_to_string(root.join("2026/工作总结.yaml")).expect("a summary");
    let from = text.find("任务完成:").expect("the tasks");
    insta::assert_snapshot!("summary-from-records", text[from..].split("\n\n").next().expect("the tasks"));
    let workspace = Workspace::read(&root);
    let tasks = &workspace.summary(2026).expect("a summary").model.tasks;
    assert_eq!(tasks[0].done.map(Date::iso).as_deref(), Some("2026-06-20"));
    assert_eq!(tasks[0].note.as_deref(), Some("方案: 已印发"));
}

#[test]
fn tasks_without_a_block_stand_under_no_head() {
    let (_folder, root) = desk(&[("2026/工作计划.yaml", PLAN)]);
    let workspace = Workspace::read(&root);
    let law = Law::of(&workspace, crate::checked::rulebook());
    let composer = Composer { workspace: &workspace, law: &law, size: &|_, _| None };
    let page = serde_json::to_string(&composer.plan(&workspace.plans[0])[0].page).expect("a page");
    let at = |text: &str| page.find(text).unwrap_or_else(|| panic!("{text}: {page}"));
    assert!(at("1. 编写教材。") < at("4. 组织培训。") && at("4. 组织培训。") < at("（一）研究"), "{page}");
    assert!(at("（一）研究") < at("5. 修订方案。"), "{page}");
}

#[test]
fn a_plan_alone_and_nothing_at_all_will_do() {
    let (_folder, root) = desk(&[("2026/工作计划.yaml", PLAN)]);
    let said = baosong(&root, ["new", "year", "2027", ".", "--lang", "en"]).ends_with(0).out;
    assert!(said.contains("4 tasks of 2026 carried over, 0 drafted"), "{said}");
    assert!(plan_of(&root, 2027).tasks.iter().any(|task| &*task.id == "R1"));
    assert!(baosong(&root, ["check", "2027"]).ends_with(0).out.contains("共 0 处错误"));

    let (_folder, root) = desk(&[("2027/台账.yaml", "类别: 台账\n年度: 2027 # 已有\n")]);
    let said = baosong(&root, ["new", "year", "--year", "2027"]).ends_with(0).out;
    assert!(said.contains("没有2026年度的计划和总结") && !said.contains("台账"), "{said}");
    assert!(fs::read_to_string(root.join("2027/台账.yaml")).expect("records").contains("已有"));
    assert!(baosong(&root, ["check"]).ends_with(0).out.contains("共 0 处错误"));

    let both = baosong(&root, ["new", "plan", "2028", "."]).ends_with(2);
    assert!(!both.err.is_empty());
}

#[test]
fn no_text_of_last_year_breaks_the_draft() {
    const AWKWARD: [&str; 16] = [
        "a: b # c",
        "- [甲, {乙}",
        "null",
        "\"引\" '号' \\n",
        "| >- 块",
        "# 注释",
        "--- ...",
        "&锚 *引 !类",
        "制\\t表",
        "甲：乙，丙",
        "{{ 名称 }}{% if %}",
        "笑😀\u{e000}",
        "%TAG ! x",
        "? 甲 : 乙",
        "2026-01-01",
        "~",
    ];
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let tasks: String = AWKWARD
        .iter()
        .enumerate()
        .map(|(at, text)| {
            let (name, more) = (quoted(text), quoted(&format!("{text}\n \t{text}\n\n{text}")));
            format!(
                "  - {{ 编号: {}, 板块: {name}, 名称: {name}, 内容: {more}, 负责: [{name}], 协作: [{name}], 时限: {name}, 成果: {name}, 来源: {{ 交办单位: {name} }} }}\n",
                quoted(&format!("{at} {text}"))
            )
        })
        .collect();
    let budget: String =
        AWKWARD.iter().map(|text| format!("  - {{ 项目: {0}, 用途: {0} }}\n", quoted(text))).collect();
    let plan = format!("类别: 年度工作计划\n年度: 2026\n任务:\n{tasks}经费:\n{budget}");
    let outlook: String = AWKWARD.iter().map(|text| format!("（一）{text}\n{text}\n")).collect();
    let summary = format!("类别: 年度工作总结\n年度: 2026\n下一年重点工作建议: {}\n", quoted(&outlook));
    let (_folder, root) = desk(&[("2026/工作计划.yaml", &plan), ("2026/工作总结.yaml", &summary)]);
    let said = baosong(&root, ["new", "year", "2027"]).ends_with(0).out;
    assert!(said.contains("任务 16 项"), "{said}");
    let read = Workspace::read(&root);
    let wrong: Vec<_> = read
        .findings
        .iter()
        .filter(|finding| finding.place.as_ref().is_none_or(|place| place.file.starts_with("2027")))
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let (old, new) = (plan_of(&root, 2026), plan_of(&root, 2027));
    for (was, is) in old.tasks.iter().zip(&new.tasks) {
        assert_eq!(
            (&was.id, &was.name, &was.block, &was.lead, &was.help),
            (&is.id, &is.name, &is.block, &is.lead, &is.help)
        );
        assert_eq!((&was.deliverable, &was.source), (&is.deliverable, &is.source));
        assert!(is.content.plain().lines().count() == 4, "{:?}", is.content);
    }
    for (was, is) in old.budget.iter().zip(&new.budget) {
        assert_eq!((&was.item, &was.purpose), (&is.item, &is.purpose));
    }
    let (_folder, root) = desk(&[("2026/工作总结.yaml", &summary)]);
    let said = baosong(&root, ["new", "year", "2027"]).ends_with(0).out;
    assert!(said.contains("任务 0 项，由总结第六部分拟 16 项"), "{said}");
    let new = plan_of(&root, 2027);
    let drafted: Vec<_> = new.tasks.iter().map(|task| task.name.as_deref().unwrap_or_default()).collect();
    assert_eq!(drafted, AWKWARD);
}

/// What is expected next year is a time limit; a point that goes on with a task is no second task.
#[test]
fn what_is_known_of_a_task_goes_with_it() {
    let plan = "类别: 年度工作计划\n年度: 2026\n任务:\n\
        \x20 - { 编号: R1, 名称: 服务认证规则修订, 时限: 2026年6月底前 }\n\
        \x20 - { 编号: R2, 名称: 编写教材, 时限: 2027年9月底前 }\n\
        \x20 - { 编号: R3, 名称: 认证风险预警机制课题研究, 时限: 尽快 }\n\
        \x20 - { 编号: P1, 名称: 培训, 时限: 长期 }\n";
    let summary = "类别: 年度工作总结\n年度: 2026\n截至: 2026-10-15\n任务完成:\n\
        \x20 - { 编号: R1, 状态: 进行中, 预计完成: 2027年3月底前 }\n\
        \x20 - { 编号: R3, 状态: 进行中, 预计完成: 12月底前 }\n\
        下一年重点工作建议: |\n  （一）继续做好服务认证规则修订。\n  请示上级。\n  （二）认证风险预警机制试点。\n\
        \x20 （三）举办两期培训。\n";
    let (_folder, root) = desk(&[("2026/工作计划.yaml", plan), ("2026/工作总结.yaml", summary)]);
    baosong(&root, ["new", "year", "2027", "--today", "2026-12-28"]).ends_with(0);
    let new = plan_of(&root, 2027);
    let due: Vec<_> = new
        .tasks
        .iter()
        .map(|task| (&*task.id, task.due.as_ref().map(baosong::model::scalar::Deadline::as_written)))
        .collect();
    let wanted = [
        ("R1", Some("2027年3月底前")),
        ("R2", Some("2027年9月底前")),
        ("R3", None),
        ("P1", Some("长期")),
        ("Y1", None),
    ];
    assert_eq!(due, wanted);
    let text = fs::read_to_string(root.join("2027/工作计划.yaml")).expect("a plan");
    assert!(text.contains("第六部分提到：继续做好服务认证规则修订。请示上级。"), "{text}");
    assert!(text.contains("第六部分提到：认证风险预警机制试点。"), "{text}");
}

#[test]
fn the_example_goes_on_into_the_next_year() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("组");
    crate::program::copy(&example_source(), &root);
    baosong(&root, ["new", "year", "2018", "--today", "2017-12-28"]).ends_with(0);
    let checked = baosong(&root, ["check", "2018"]).ends_with(0).out;
    assert!(checked.contains("共 0 处错误"), "{checked}");
    insta::assert_snapshot!(
        "next-year-of-the-example",
        fs::read_to_string(root.join("2018/工作计划.yaml")).expect("a plan")
    );
}

#[test]
fn new_files_offer_the_next_file_numbers() {
    let (_folder, root) = desk(&[("2026/工作计划.yaml", PLAN)]);
    baosong(&root, ["new", "activity", "--on", "2026-06-18", "--title", "研讨会"]).ends_with(0);
    let text = fs::read_to_string(root.join("2026/活动/0618-研讨会/活动.yaml")).expect("an activity");
    let offered: Vec<&str> =
        text.lines().filter_map(|line| line.split_once("文号: ")).map(|it| it.1).collect();
    assert_eq!(offered, [8, 9, 10, 11, 12].map(|number| format!("认可某〔2026〕{number}号")));
    let hint = baosong(&root, ["check", "--for", "submit"]).out;
    assert!(hint.contains("认可某〔2026〕8号 是下一个没有用过的文号"), "{hint}");
}
