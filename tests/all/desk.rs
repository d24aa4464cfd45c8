//! What the desk shows while a year goes on: of what is wrong, of what is due and of what was left out of a command, that
//! which matters now.

use crate::program::{baosong, copy, example_source};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const MEETING: &str = "2017/活动/0921-第二次全体会议/活动.yaml";
const PLAN: &str = "2017/工作计划.yaml";
const SUMMARY: &str = "2017/工作总结.yaml";

/// What stands in an activity's file only after it.
const AFTER: [&str; 8] =
    ["纪要:", "议题:", "议定事项:", "新闻通稿:", "图片:", "到会情况:", "落实情况:", "事后报送:"];

fn example() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("组");
    copy(&example_source(), &root);
    (folder, root)
}

fn edit(root: &Path, file: &str, change: impl Fn(&str) -> String) {
    let path = root.join(file);
    let text = fs::read_to_string(&path).unwrap();
    let changed = change(&text);
    assert_ne!(text, changed, "{file}");
    fs::write(path, changed).unwrap();
}

/// The text without the top keys that begin with one of `keys`.
fn without(text: &str, keys: &[&str]) -> String {
    let mut kept = true;
    let mut out = String::new();
    for line in text.lines() {
        if !line.starts_with([' ', '#']) && !line.is_empty() {
            kept = !keys.iter().any(|key| line.starts_with(key));
        }
        if kept {
            out += line;
            out.push('\n');
        }
    }
    out
}

/// The example before its last meeting.
fn before_the_meeting() -> (TempDir, PathBuf) {
    let (folder, root) = example();
    edit(&root, MEETING, |text| without(text, &AFTER));
    fs::remove_file(root.join(SUMMARY)).unwrap();
    (folder, root)
}

fn front(root: &Path, today: &str) -> Value {
    let ran = baosong(root, ["front", "--today", today, "--format", "json"]).ends_with(0);
    serde_json::from_str::<Value>(&ran.out).expect("JSON")["groups"][0].clone()
}

#[test]
fn what_comes_after_a_meeting_is_not_asked_for_before_it() {
    let (_folder, root) = before_the_meeting();
    let submit = ["check", "--for", "submit", "--format", "short"];
    let said = baosong(&root, submit).ends_with(0).out;
    assert!(
        said.contains("会后要报会议纪要、活动图片、新闻通稿") && !said.contains("art16.3/package"),
        "{said}"
    );
    let none = baosong(&root, ["pack", "activity", MEETING, "--stage", "后"]).ends_with(2).err;
    assert!(none.contains("workspace/nothing"), "{none}");

    // Who came is known: it was held.
    edit(&root, MEETING, |text| format!("{text}到会情况: {{ 缺席: [] }}\n"));
    assert!(baosong(&root, submit).ends_with(1).out.contains("缺少会议纪要"));
}

#[test]
fn a_summary_or_the_bundle_of_the_year_asks_for_all_up_to_its_day() {
    let (_folder, root) = example();
    edit(&root, MEETING, |text| without(text, &AFTER));
    // The cut-off is after the meeting.
    assert!(baosong(&root, ["check", "--for", "submit"]).ends_with(1).out.contains("缺少会议纪要"));
    edit(&root, SUMMARY, |text| text.replace("截至: 2017-10-20", "截至: 2017-09-10"));
    // So is the letter of the whole year: both ask for it.
    for command in [&["check", "--for", "submit"][..], &["pack", "year"]] {
        let said = baosong(&root, command).ends_with(1).out;
        assert!(said.contains("缺少会议纪要") && !said.contains("art16.3/to-come"), "{said}");
    }
    // Without that letter nothing says that it was held.
    edit(&root, SUMMARY, |text| without(text, &["全年报送:"]));
    let said = baosong(&root, ["check", "--for", "submit"]).out;
    assert!(said.contains("art16.3/to-come") && !said.contains("缺少会议纪要"), "{said}");
}

#[test]
fn the_bundle_of_the_year_reaches_to_its_letter() {
    let (_folder, root) = example();
    let code = |said: &str| said.lines().find(|line| line.contains("核验码")).map(str::to_owned);
    let before = code(&baosong(&root, ["pack", "year"]).ends_with(0).out);
    let meeting = "2017/活动/1210-第三次全体会议/活动.yaml";
    fs::create_dir(root.join(meeting).parent().unwrap()).unwrap();
    let text = "类别: 活动\n编号: 2017-04\n名称: 第三次全体会议\n类型: [全体会议]\n日期: 2017-12-10\n主办: 本组\n\
                重要活动: 是\n活动报告: { 正文: 拟召开第三次全体会议。, 日期: 2017-11-30 }\n";
    fs::write(root.join(meeting), text).unwrap();
    let said = baosong(&root, ["check", "--for", "submit"]).out;
    assert!(said.contains("art16.3/to-come") && !said.contains("缺少会议纪要"), "{said}");
    // Minutes that were begun after the letter are not its matter either.
    for more in ["", "纪要: { 稿次: 讨论稿 }\n"] {
        fs::write(root.join(meeting), format!("{text}{more}")).unwrap();
        let said = baosong(&root, ["pack", "year"]).ends_with(0).out;
        assert!(said.contains("全年材料截至2017年10月27日") && said.contains(meeting), "{said}");
        assert!(!said.contains("缺少") && !said.contains("to-come"), "{said}");
        assert_eq!(code(&said), before);
    }
}

#[test]
fn the_front_page_has_errors_first_then_the_latest_work() {
    let (_folder, root) = example();
    let page = front(&root, "2017-11-20");
    assert_eq!((&page["findings"], &page["explained"]), (&Value::from(Vec::<Value>::new()), &Value::from(1)));
    let said = baosong(&root, ["--today", "2017-11-20"]).ends_with(0).out;
    assert!(said.contains("1 处事实已写情况说明") && !said.contains("任务 X2"), "{said}");

    edit(&root, MEETING, |text| without(text, &["活动报告:"]));
    edit(&root, "2017/活动/0601-认证能力标准项目会议/活动.yaml", |text| {
        text.replace("6月1日", "06月01日")
    });
    edit(&root, PLAN, |text| format!("{text}多余的键: 一\n"));
    let page = front(&root, "2017-11-20");
    let files: Vec<&str> =
        page["findings"].as_array().unwrap().iter().map(|it| it["place"]["file"].as_str().unwrap()).collect();
    assert_eq!((files.len(), &files[..2]), (3, &[PLAN, MEETING][..]), "{page:#}");
    assert_eq!(page["findings"][0]["severity"], "error", "{page:#}");
}

#[test]
fn overdue_tasks_of_minutes_stand_on_the_front_page_and_in_the_next_plan() {
    let (_folder, root) = before_the_meeting();
    let page = front(&root, "2017-06-15");
    let numbers = |page: &Value| -> Vec<String> {
        let tasks = page["tasks_overdue"].as_array().unwrap().iter();
        tasks.map(|task| task["number"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(numbers(&page), ["2017-01/4", "2017-01/3"]);
    assert_eq!(
        (&page["tasks_overdue"][1]["due"], &page["tasks_overdue"][1]["days_late"]),
        (&"2017-05-31".into(), &15.into())
    );
    let said = baosong(&root, ["front", "--today", "2017-06-15"]).ends_with(0).out;
    assert!(
        said.contains("议定事项（逾期 2 项）") && said.contains("2017-01/3  2017-05-31  逾期 15 天"),
        "{said}"
    );

    let told = "任务进展:\n  - { 任务: 2017-01/4, 日期: 2017-04-28, 状态: 完成 }\n";
    edit(&root, "2017/台账.yaml", |text| text.replacen("任务进展:\n", told, 1));
    assert_eq!(numbers(&front(&root, "2017-06-15")), ["2017-01/3"]);

    let said = baosong(&root, ["new", "year", "2018", "--today", "2017-12-20"]).ends_with(0).out;
    assert!(said.contains("项议定事项没有办结：") && said.contains("2017-01/3"), "{said}");
    let plan = fs::read_to_string(root.join("2018/工作计划.yaml")).unwrap();
    assert!(plan.contains("##     2017-01/3 汇总专家认领的任务") && !plan.contains("2017-01/4"), "{plan}");
    baosong(&root, ["check", "2018"]).ends_with(0);
}

#[test]
fn a_build_of_a_part_lists_what_concerns_it() {
    let (_folder, root) = example();
    edit(&root, PLAN, |text| format!("{text}其他的键: 一\n"));
    let said = baosong(&root, ["build", MEETING]).ends_with(0).out;
    assert!(!said.contains("其他的键") && !said.contains("X2"), "{said}");
    assert!(said.contains("条在其他文件（其中错误 1 处），`baosong check` 查看"), "{said}");
    let ran = baosong(&root, ["build", MEETING, "--format", "json"]).ends_with(0).out;
    let answer: Value = serde_json::from_str(&ran).unwrap();
    let workspace = &answer["workspaces"][0];
    assert_eq!((&workspace["counts"]["errors"], &workspace["elsewhere"]["errors"]), (&0.into(), &1.into()));
    // An error of the profile concerns every paper.
    edit(&root, "专家组.yaml", |text| format!("{text}多余的键: 一\n"));
    assert!(baosong(&root, ["build", MEETING]).ends_with(1).out.contains("多余的键"));
}

#[test]
fn tables_and_bundles_take_the_latest_year_that_has_them() {
    let (_folder, root) = example();
    baosong(&root, ["new", "plan", "--year", "2018"]).ends_with(0);
    let ran = baosong(&root, ["table", "成员出勤"]).ends_with(0);
    assert!(
        ran.out.contains("2017年") && ran.err.contains("取最近的2017年（有2017年、2018年的材料）"),
        "{}",
        ran.err
    );
    let ran = baosong(&root, ["table", "成员出勤", "--year", "2017"]).ends_with(0);
    assert_eq!(ran.err, "");
    let ran = baosong(&root, ["pack", "summary"]).ends_with(0);
    assert!(!ran.out.contains("取最近") && ran.out.contains("2017-总结"), "{}", ran.out);
    let ran = baosong(&root, ["pack", "plan"]).ends_with(1);
    assert!(ran.out.contains("取最近的2018年（有2017年、2018年的材料）"), "{}", ran.out);
}

#[test]
fn an_activity_that_nobody_named_says_what_stands_in() {
    let (_folder, root) = example();
    let day = ["--today", "2017-12-04"];
    let said = baosong(&root, [&["new", "activity"][..], &day].concat()).ends_with(0).out;
    assert!(said.contains("先写作“工作会议”、2017-12-04"), "{said}");
    let named = ["new", "activity", "--title", "座谈会"];
    assert!(!baosong(&root, [&named[..], &day].concat()).ends_with(0).out.contains("先写作"));
    baosong(&root, ["new", "activity", "--yes", "--today", "2017-12-05"]).ends_with(0);
}

#[test]
fn options_without_a_command_are_those_of_the_front_page() {
    let (_folder, root) = example();
    let said = baosong(&root, ["--today", "2017-11-20"]).ends_with(0).out;
    assert_eq!(said, baosong(&root, ["front", "--today", "2017-11-20"]).ends_with(0).out);
    assert!(baosong(&root, ["--verison"]).ends_with(2).err.contains("“--version”"));
    assert!(baosong(&root, ["--today", "2017-13-01"]).ends_with(2).err.contains("没有这一天"));
}
