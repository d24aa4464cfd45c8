//! An activity that was called off after it was on file: what was sent stays, nothing else is asked for or counted.

use crate::checked::case;
use crate::program::{baosong, copy};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

const CANCELLED: &str = "取消: { 日期: 2018-09-12, 原因: 会期与年会冲突 }\n";

const ACTIVITY: &str = "类别: 活动\n编号: 2018-02\n名称: 方案研讨会\n类型: [研讨]\n重要活动: 是\n日期: 2018-09-20\n\
    地点: 甲方研究院\n主持: 周明远\n邀请函: { 主送: 国家认监委认可监管部, 日期: 2018-09-05 }\n\
    会议通知: { 日期: 2018-09-05 }\n活动报告: { 日期: 2018-09-06, 文号: 认可某〔2018〕6号 }\n\
    支出: [{ 项目: 会议费, 金额: 800, 日期: 2018-09-10 }]\n\
    事前报送:\n  文号: 认可某〔2018〕7号\n  日期: 2018-09-06\n";

const SENT: &str = "  记录: [{ 日期: 2018-09-06 }]\n";

/// The sound workspace with a workshop in September, of which `more` is told.
fn with(more: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("组");
    copy(&case("base"), &root);
    fs::create_dir(root.join("研讨")).unwrap();
    fs::write(root.join("研讨/活动.yaml"), format!("{ACTIVITY}{more}")).unwrap();
    (folder, root)
}

/// Standing and day of calling off of the workshop's two halves on a day.
fn halves(root: &Path, today: &str) -> [(String, Value); 2] {
    let said = baosong(root, ["status", "--today", today, "--format", "json"]).ends_with(0).out;
    let all: Vec<Value> = serde_json::from_str(&said).unwrap();
    ["2018-02-前", "2018-02-后"].map(|id| {
        let one = all.iter().find(|one| one["id"] == id).unwrap();
        (one["state"].as_str().unwrap().to_owned(), one["cancelled"].clone())
    })
}

fn state(state: &str, cancelled: Option<&str>) -> (String, Value) {
    (state.to_owned(), cancelled.into())
}

#[test]
fn nothing_is_owed_from_the_day_on() {
    let day = Some("2018-09-12");
    let (_folder, root) = with(&format!("{SENT}{CANCELLED}"));
    assert_eq!(halves(&root, "2018-09-11"), [state("sent", None), state("open", None)]);
    assert_eq!(halves(&root, "2018-09-12"), [state("sent", None), state("not-applicable", day)]);
    let (_folder, root) = with(CANCELLED);
    assert_eq!(halves(&root, "2018-09-11"), [state("open", None), state("open", None)]);
    let off = [state("not-applicable", day), state("not-applicable", day)];
    assert_eq!(halves(&root, "2018-10-30"), off);
    let zh = baosong(&root, ["status", "--today", "2018-10-30"]).ends_with(0).out;
    assert_eq!(zh.matches("已取消（2018年9月12日）").count(), 2, "{zh}");
    let en = baosong(&root, ["status", "--today", "2018-10-30", "--lang", "en"]).ends_with(0).out;
    assert_eq!(en.matches("called off (2018-09-12)").count(), 2, "{en}");
    for (item, exit) in [("2018-02-后", 2), ("2018-02-前", 0)] {
        let sent = baosong(&root, ["sent", item, "--on", "2018-09-25"]).ends_with(exit);
        assert_eq!(sent.err.contains("[workspace/activity-cancelled]"), exit == 2, "{}", sent.err);
    }
    let (_folder, root) = with(CANCELLED);
    let ics = ["status", "--today", "2018-09-13", "--ics", "期限.ics"];
    baosong(&root, ics).ends_with(0);
    assert!(!fs::read_to_string(root.join("期限.ics")).unwrap().contains("2018-02"));
    let front = baosong(&root, ["--today", "2018-09-25"]).ends_with(0).out;
    assert!(!front.contains("2018-02"), "{front}");
    let said = baosong(&root, ["check", "--for", "submit", "--format", "short", "研讨"]).ends_with(0).out;
    assert!(!said.contains("[art16") && !said.contains("[submit/"), "{said}");
    // What came back is not sent again.
    let back = "  记录: [{ 日期: 2018-09-06, 退回: { 日期: 2018-09-07, 原因: 缺议程 } }]\n";
    let (_folder, root) = with(&format!("{back}{CANCELLED}"));
    assert_eq!(halves(&root, "2018-09-10")[0], state("returned", None));
    assert_eq!(halves(&root, "2018-09-13")[0], state("not-applicable", day));
}

#[test]
fn the_papers_before_stay_and_no_others_are_packed() {
    let (_folder, root) = with(&format!("{SENT}{CANCELLED}纪要: {{ 日期: 2018-09-25 }}\n"));
    let said = baosong(&root, ["build", "研讨"]).ends_with(1).out;
    assert!(said.contains("order/cancelled-held"), "{said}");
    let names = |root: &Path| {
        let made = walkdir::WalkDir::new(root.join("输出")).into_iter().map(Result::unwrap);
        let names = made.map(|file| file.file_name().to_string_lossy().into_owned());
        let mut names: Vec<String> = names.filter(|name| name.ends_with(".pdf")).collect();
        names.sort();
        names
    };
    assert_eq!(names(&root), ["会议通知.pdf", "活动报告.pdf", "邀请函.pdf"]);
    let after = baosong(&root, ["pack", "activity", "研讨", "--stage", "后"]).ends_with(2);
    assert!(
        after.err.contains("错误[workspace/activity-cancelled] 这个活动已于 2018年9月12日 取消"),
        "{}",
        after.err
    );
    fs::write(root.join("研讨/活动.yaml"), format!("{ACTIVITY}{SENT}{CANCELLED}")).unwrap();
    baosong(&root, ["pack", "activity", "研讨", "--stage", "前"]).ends_with(0);
    fs::write(root.join("研讨/活动.yaml"), format!("{ACTIVITY}{CANCELLED}")).unwrap();
    let before = baosong(&root, ["pack", "activity", "研讨"]).ends_with(2);
    assert!(before.err.contains("[workspace/activity-cancelled]"), "{}", before.err);
}

#[test]
fn the_year_brings_what_was_sent() {
    let packed = |more: &str| {
        let (_folder, root) = with(more);
        let summary = root.join("工作总结.yaml");
        let text = fs::read_to_string(&summary).unwrap();
        fs::write(&summary, format!("{text}全年报送: {{ 文号: 认可某〔2018〕8号, 日期: 2018-10-22 }}\n"))
            .unwrap();
        baosong(&root, ["pack", "year"]).ends_with(0);
        let files = crate::example::unzipped(&root.join("输出/报送/认可某-2018-全年-1.zip"));
        let papers = files.keys().filter(|name| name.ends_with(".pdf") && name.contains("-2018-02-"));
        let papers = papers.count();
        let cover: String = files.keys().cloned().collect::<Vec<_>>().join("\n");
        (papers, cover)
    };
    let (sent, all) = packed(&format!("{SENT}{CANCELLED}"));
    assert!(sent == 3 && all.contains("活动.yaml"), "{all}");
    let (unsent, all) = packed(CANCELLED);
    assert!(unsent == 0 && all.contains("活动.yaml"), "{all}");
}

#[test]
fn it_counts_nowhere_but_in_the_money() {
    let (_folder, root) = with(CANCELLED);
    let table = |name: &str| baosong(&root, ["table", name, "--year", "2018"]).ends_with(0).out;
    assert!(!table("活动一览").contains("2018-02"));
    assert!(table("报送期限").contains("活动取消"));
    assert!(table("预算与支出").contains("12800.00"), "{}", table("预算与支出"));
    baosong(&root, ["build"]).ends_with(0);
    let pdf = fs::read(root.join("输出/2018/年度工作总结报告.pdf")).unwrap();
    let text = crate::paper::pages(&pdf).concat();
    assert!(text.contains("第一次全体会议") && !text.contains("方案研讨会"), "{text}");
}

#[test]
fn a_planned_meeting_called_off_is_told_in_the_plan() {
    let (_folder, root) = with(CANCELLED);
    let plan = root.join("工作计划.yaml");
    let text = fs::read_to_string(&plan).unwrap();
    let planned = "会议:\n  - { 名称: 方案研讨会, 类型: [研讨], 时间: 2018年9月 }\n";
    let planned = text.replacen("会议:\n", planned, 1);
    let said = |text: &str| {
        fs::write(&plan, text).unwrap();
        baosong(&root, ["check", "--format", "short"]).ends_with(0).out
    };
    let kept = said(&planned);
    assert!(kept.contains("plan/meeting-not-held"), "{kept}");
    let change = "计划调整:\n  - { 日期: 2018-09-12, 会议: 方案研讨会, 事项: 取消, 原因: 会期与年会冲突, 决定人: 周明远 }\n";
    assert!(!said(&format!("{planned}{change}")).contains("plan/meeting-not-held"));
}
