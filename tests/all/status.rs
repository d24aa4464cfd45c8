//! Deadlines as a user sees them: `status`, its calendar file, `workday`, and what `sent` and `receipt` write.

use crate::checked::case;
use crate::program::{Ran, baosong, copy, example_source, project};
use baosong::bundle::receipt;
use baosong::compose::{AsOf, Composer, Cover, cover};
use icalendar::{CalendarComponent, Component};
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The example's sources.
fn example() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("组");
    copy(&example_source(), &root);
    (folder, root)
}

/// A group whose plan of 2026 is `plan`.
fn group(plan: impl AsRef<[u8]>) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(case("base/专家组.yaml"), folder.path().join("专家组.yaml")).unwrap();
    fs::write(folder.path().join("计划.yaml"), plan).unwrap();
    folder
}

fn run(root: &Path, line: &str) -> Ran {
    baosong(root, line.split(' '))
}

fn said(root: &Path, line: &str) -> String {
    format!("$ baosong {line}\n{}\n", run(root, line).said(root))
}

fn plan_of(folder: &TempDir) -> String {
    fs::read_to_string(folder.path().join("计划.yaml")).unwrap()
}

/// A notice of 2027 as it might be.
const NOTICE: &str = "类别: 放假安排\n年度: 2027\n放假:\n  - { 节日: 元旦, 日期: 2027-01-01 至 2027-01-03 }\n  - { 节日: 春节, 日期: 2027-02-05 至 2027-02-11, 上班: [2027-02-20] }\n  - { 节日: 清明节, 日期: 2027-04-03 至 2027-04-05 }\n  - { 节日: 劳动节, 日期: 2027-05-01 至 2027-05-05, 上班: [2027-05-08] }\n  - { 节日: 端午节, 日期: 2027-06-09 }\n  - { 节日: 中秋节, 日期: 2027-09-15 }\n  - { 节日: 国庆节, 日期: 2027-10-01 至 2027-10-07, 上班: [2027-10-09] }\n";

#[test]
fn the_example_on_three_days() {
    let (_folder, root) = example();
    let lines = [
        "status --today 2017-09-01",
        "status --today 2017-10-30 2017/活动",
        "status --today 2026-10-31",
        "status --today 2027-01-28 --lang en",
    ];
    let text: String = lines.iter().map(|line| said(&root, line)).collect();
    insta::assert_snapshot!(text);
}

#[test]
fn every_state_is_told() {
    let activity = |number: u32, date: &str, records: &str| {
        format!(
            "类别: 活动\n编号: 2026-0{number}\n名称: 第{number}次研讨\n类型: [研讨]\n日期: {date}\n重要活动: 是\n{records}"
        )
    };
    let folder = group(
        "类别: 年度工作计划\n年度: 2026\n报送:\n  记录:\n    - { 日期: 2026-02-02, 回执: 收1, 收到: 2026-02-03 }\n",
    );
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).unwrap();
    let returned = "事前报送:\n  记录: [{ 日期: 2026-09-01, 退回: { 日期: 2026-09-03, 原因: 缺议程 } }]\n";
    write("一.yaml", activity(1, "2026-09-28", returned));
    let again = "事前报送:\n  记录:\n    - { 日期: 2026-09-01, 退回: { 日期: 2026-09-03 } }\n    - { 日期: 2026-09-04 }\n";
    write("二.yaml", activity(2, "2026-10-30", again));
    write("三.yaml", activity(3, "2026-10-01", ""));
    write("坏.yaml", "类别: 年度工作总结\n年度: 今年\n".to_owned());
    let mut text = said(folder.path(), "status --today 2026-10-09");
    text += &said(folder.path(), "status --today 2026-10-10");
    text += &said(folder.path(), "status --today 2026-10-09 --lang en --format json");
    insta::assert_snapshot!(text);
}

#[test]
fn several_groups_are_listed_one_after_another() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["甲组", "乙组"] {
        let root = folder.path().join(name);
        fs::create_dir(&root).unwrap();
        fs::write(root.join("专家组.yaml"), format!("类别: 专家组\n规范化简称: {name}\n")).unwrap();
    }
    let text = run(folder.path(), "status --today 2026-01-20").ends_with(0).out;
    assert!(text.contains("甲组　今天 2026年1月20日（周二）") && text.contains("乙组　今天"), "{text}");
    let all = run(folder.path(), "status --today 2026-01-20 --format json").ends_with(0).out;
    let all: Vec<Value> = serde_json::from_str(&all).unwrap();
    assert_eq!(all.len(), 4);
    assert_eq!((&all[0]["group"], &all[0]["id"]), (&json!("乙组"), &json!("2026-计划")));
}

#[test]
fn a_calendar_file_holds_what_is_open() {
    let (_folder, root) = example();
    let file = root.join("期限.ics");
    run(&root, "status --today 2017-09-01 --ics 期限.ics").ends_with(0);
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.split("\r\n").all(|line| line.len() <= 76 && !line.contains('\n')), "{text}");
    let read: icalendar::Calendar = text.parse().unwrap();
    let mut found = Vec::new();
    for component in &read.components {
        let CalendarComponent::Event(event) = component else { panic!("{component:?}") };
        let value = |key: &str| event.property_value(key).unwrap_or_default().to_owned();
        let triggers: Vec<&str> =
            event.components().iter().filter_map(|alarm| alarm.property_value("TRIGGER")).collect();
        assert_eq!(triggers, ["-PT572400S", "-PT54000S"]);
        assert_eq!(value("DTSTAMP"), "20170901T000000Z");
        found.push((value("DTSTART"), value("UID"), value("SUMMARY")));
    }
    let one = |day: &str, id: &str, summary: &str| {
        (day.to_owned(), format!("认可持续-{id}@baosong"), format!("报送期限：{summary}"))
    };
    assert_eq!(
        found,
        [
            one("20170914", "2017-03-前", "活动报告：第二次全体会议"),
            one("20170929", "2017-03-后", "活动材料（纪要、图片、通稿）：第二次全体会议"),
            one("20171031", "2017-总结", "年度工作总结报告 2017"),
        ]
    );
    run(&root, "status --today 2017-09-01 --ics 期限.ics --lang en").ends_with(0);
    assert_eq!(fs::read_to_string(&file).unwrap(), text);
    fs::write(&file, "BEGIN:VCALENDAR\r\nPRODID:-//others//\r\nEND:VCALENDAR\r\n").unwrap();
    let refused = run(&root, "status --today 2017-09-01 --ics 期限.ics").ends_with(2).err;
    assert!(refused.contains("run/exists"), "{refused}");
}

#[test]
fn working_days_are_counted_and_explained() {
    let folder = group("类别: 年度工作计划\n年度: 2026\n");
    let lines = [
        "workday 2026-09-28 +5",
        "workday 2026-10-12 -3",
        "workday 2026-10-10",
        "workday 2026-10-10 +0",
        "workday 2026-10-03 -0 --lang en",
        "workday 2026-10-03",
        "workday 2026-11-21",
        "workday 2026-09-28 2026-10-10",
        "workday 2026-12-30 +5",
        "workday 2026-12-30 明天",
        "workday 2026-09-28 +5 --lang en",
        "workday 2027-02-05 --lang en",
    ];
    let mut text: String = lines.iter().map(|line| said(folder.path(), line)).collect();
    fs::write(folder.path().join("放假安排.yaml"), NOTICE).unwrap();
    text += "放假安排 2027\n\n";
    text += &["workday 2027-02-04 +5", "workday 2026-12-30 +5", "workday 2027-02-20"]
        .map(|line| said(folder.path(), line))
        .concat();
    insta::assert_snapshot!(text);
}

#[test]
fn a_notice_makes_its_year_certain() {
    let folder = group("类别: 年度工作计划\n年度: 2027\n");
    let activity = "类别: 活动\n编号: 2027-01\n名称: 研讨会\n类型: [研讨]\n日期: 2027-02-04\n重要活动: 是\n";
    fs::write(folder.path().join("活动.yaml"), activity).unwrap();
    let due = || {
        let all = run(folder.path(), "status --today 2027-01-05 --format json").ends_with(0).out;
        let all: Vec<Value> = serde_json::from_str(&all).unwrap();
        let one = all.into_iter().find(|it| it["id"] == "2027-01-后").unwrap();
        (
            one["due"].as_str().unwrap().to_owned(),
            one["provisional"].as_bool().unwrap(),
            one["computed"].clone(),
        )
    };
    let (day, provisional, computed) = due();
    assert_eq!((day.as_str(), provisional), ("2027-02-11", true));
    assert!(computed.as_str().unwrap().ends_with("暂定"), "{computed}");
    fs::write(folder.path().join("放假安排.yaml"), NOTICE).unwrap();
    let (day, provisional, computed) = due();
    assert_eq!((day.as_str(), provisional), ("2027-02-18", false));
    assert_eq!(computed, "2027年2月4日（周四）结束，2月5日至11日放假，2月18日（周四）为第5个工作日");
    // A notice that speaks of some festivals only makes nothing certain.
    fs::write(folder.path().join("放假安排.yaml"), NOTICE.replace("清明节", "植树节")).unwrap();
    assert!(due().1);
}

const SENT: &str = "sent 2026-计划 --on 2026-01-20 --by 电子邮件 --today 2026-01-21";

#[test]
fn a_sending_is_recorded_and_nothing_else_changes() {
    let new = "{ 日期: 2026-01-20, 方式: 电子邮件 }";
    let head = "# 计划\n类别: 年度工作计划 # 类\n年度: 2026\n";
    let cases = [
        ("", format!("报送:\n  记录:\n    - {new}\n")),
        ("报送:\n", format!("报送:\n  记录:\n    - {new}\n")),
        (
            "报送: { 文号: 认可某〔2026〕1号 }\n",
            format!("报送: {{ 文号: 认可某〔2026〕1号, 记录: [{new}] }}\n"),
        ),
        (
            "报送: # 函\n  文号: 甲 # 号\n  # 完\n",
            format!("报送: # 函\n  文号: 甲 # 号\n  记录:\n    - {new}\n  # 完\n"),
        ),
        ("报送:\n  记录: []\n  版次: 1\n", format!("报送:\n  记录: [{new}]\n  版次: 1\n")),
        (
            "报送:\n  记录:\n    - { 日期: 2026-01-02, 退回: { 日期: 2026-01-09 } } # 一\n",
            format!(
                "报送:\n  记录:\n    - {{ 日期: 2026-01-02, 退回: {{ 日期: 2026-01-09 }} }} # 一\n    - {new}\n"
            ),
        ),
        (
            "报送:\n  记录:\n  - 日期: 2026-01-02\n    退回: {}\n",
            "报送:\n  记录:\n  - 日期: 2026-01-02\n    退回: {}\n  - 日期: 2026-01-20\n    方式: 电子邮件\n"
                .to_owned(),
        ),
    ];
    for (before, after) in cases {
        for ending in ["\n", "\r\n"] {
            let text = |tail: &str| format!("{head}{tail}").replace('\n', ending);
            let folder = group(text(before));
            run(folder.path(), SENT).ends_with(0);
            assert_eq!(plan_of(&folder), text(&after), "{before}");
            let again = run(folder.path(), SENT).ends_with(0).out;
            assert!(again.contains("早已记过") && plan_of(&folder) == text(&after), "{again}");
        }
    }
}

#[test]
fn an_encoding_is_kept() {
    let text = "类别: 年度工作计划\r\n年度: 2026\r\n";
    let folder = group(encoding_rs::GB18030.encode(text).0);
    run(folder.path(), SENT).ends_with(0);
    let bytes = fs::read(folder.path().join("计划.yaml")).unwrap();
    let (read, _, damaged) = encoding_rs::GB18030.decode(&bytes);
    assert!(!damaged);
    assert_eq!(read, format!("{text}报送:\r\n  记录:\r\n    - {{ 日期: 2026-01-20, 方式: 电子邮件 }}\r\n"));
}

#[test]
fn what_cannot_be_recorded_is_said() {
    let (_folder, root) = example();
    let mut text: String = [
        "sent 2017-全年 --on 2017-10-26 --today 2017-11-01",
        "sent 2017-全年 --on 2017-10-28 --paper 2017-10-30 --today 2017-10-25",
        "sent 2017-全年 --on 2017-10-28 --today 2017-11-01",
        "sent 2017-全年 --paper 2017-10-30 --today 2017-11-01",
        "sent 2017-全年 --on 2017-10-28 --by 专人 --today 2017-11-01",
        "sent 2017-全年 --on 2017-10-28 --by 电子邮件 --today 2017-11-01",
        "sent 2017-全年 --on 2017-10-28 --paper 2017-10-31 --today 2017-11-01 --lang en",
        "sent 2017-计化 --today 2017-11-01",
        "sent 2017-02-后 --on 2017-06-07 --paper 2017-06-08 --today 2017-11-01",
        "sent 2018-计划 --today 2017-11-01 --lang en",
    ]
    .map(|line| said(&root, line))
    .concat();
    let plan = "类别: 年度工作计划\n年度: 2026\n依据: |+\n  一\n\n\n";
    let folder = group(plan);
    text += &said(folder.path(), SENT);
    assert_eq!(plan_of(&folder), plan);
    insta::assert_snapshot!(text);
}

fn answer(state: &str) -> Value {
    json!({
        "format": 1,
        "group": { "name": "随便", "code": "认可某" },
        "year": 2026,
        "kind": "plan",
        "item": null,
        "version": 1,
        "check_code": "AB12 ".repeat(16).trim(),
        "state": state,
        "date": "2026-01-22",
        "code": "收〔2026〕7号",
        "reasons": ["缺经费测算", "任务 R2 没有时限"],
    })
}

#[test]
fn an_answer_is_taken_in_once() {
    let plan = "类别: 年度工作计划\n年度: 2026\n报送:\n  记录:\n    - { 日期: 2026-01-20 } # 一\n";
    let folder = group(plan);
    let write = |value: &Value| fs::write(folder.path().join("回执.json"), value.to_string()).unwrap();
    write(&answer("received"));
    let mut text = said(folder.path(), "receipt 回执.json");
    let once = plan_of(&folder);
    text += &once;
    text += &said(folder.path(), "receipt 回执.json");
    assert_eq!(plan_of(&folder), once);
    let mut other = answer("received");
    other["code"] = json!("收〔2026〕8号");
    write(&other);
    text += &said(folder.path(), "receipt 回执.json");
    let mut back = answer("returned");
    back["date"] = json!("2026-01-25");
    write(&back);
    text += &said(folder.path(), "receipt 回执.json");
    text += &plan_of(&folder);
    text += &said(folder.path(), "receipt 回执.json");
    text += &said(folder.path(), "status --today 2026-02-01");
    insta::assert_snapshot!(text);
}

#[test]
fn a_record_that_says_nothing_is_no_hindrance() {
    for nothing in ["", " null", " ~", " []"] {
        let folder = group(format!("类别: 年度工作计划\n年度: 2026\n报送:\n  记录:{nothing}\n"));
        run(folder.path(), SENT).ends_with(0);
        let plan = plan_of(&folder);
        assert!(plan.contains("{ 日期: 2026-01-20"), "{plan}");
        assert!(!plan.contains("null") && !plan.contains('~'), "{plan}");
    }
}

/// A copy of last year's plan brings its record along: nothing was sent of the new one.
#[test]
fn a_record_that_was_copied_does_not_count() {
    let plan =
        "类别: 年度工作计划\n年度: 2026\n日期: 2026-01-15\n报送:\n  记录:\n    - { 日期: 2025-01-20 }\n";
    let folder = group(plan);
    let status = || {
        let said = run(folder.path(), "status --today 2026-01-21").ends_with(0).out;
        said.lines().find(|line| line.contains("2026-计划")).map(str::to_owned).unwrap()
    };
    assert!(status().contains("未报"), "{}", status());
    let checked = run(folder.path(), "check").ends_with(1).said(folder.path());
    assert!(checked.contains("order/sent-too-early") && checked.contains("删掉这条"), "{checked}");
    fs::write(folder.path().join("回执.json"), answer("received").to_string()).unwrap();
    let said = run(folder.path(), "receipt 回执.json").ends_with(2).err;
    assert!(said.contains("run/not-sent"), "{said}");
    let said = run(folder.path(), "sent 2026-计划 --on 2026-01-14").ends_with(2).err;
    assert!(said.contains("run/sent-too-early") && plan_of(&folder) == plan, "{said}");
    run(folder.path(), SENT).ends_with(0);
    assert!(!status().contains("未报") && status().contains("2026-01-20 报送"), "{}", status());
}

/// What nobody asked for is recorded, and said.
#[test]
fn sendings_that_nobody_owes_are_told() {
    let (_folder, root) = example();
    for file in [
        "工作计划.yaml",
        "活动/0601-认证能力标准项目会议/活动.yaml",
        "活动/0419-启动会暨第一次全体会议/活动.yaml",
    ] {
        let file = root.join("2017").join(file);
        let text = fs::read_to_string(&file).unwrap();
        fs::write(&file, &text[..text.rfind("  记录:\n").unwrap()]).unwrap();
    }
    for (item, unasked) in
        [("2017-全年", true), ("2017-计划", false), ("2017-02-后", true), ("2017-01-后", false)]
    {
        let said = run(&root, &format!("sent {item} --on 2019-01-10")).ends_with(0).said(&root);
        assert_eq!(said.contains("第十六条没有要求"), unasked, "{said}");
    }
    let folder = group("类别: 活动\n编号: 2026-03\n名称: 座谈会\n日期: 2026-03-05\n");
    let said = run(folder.path(), "sent 2026-03-后 --on 2026-03-10").ends_with(0).said(folder.path());
    assert!(said.contains("不是本组主办的重要活动") && plan_of(&folder).contains("2026-03-10"), "{said}");
}

/// An answer is not older than what it answers; one that comes very late is recorded with a word.
#[test]
fn the_dates_of_an_answer_are_held_against_the_sending() {
    let plan = "类别: 年度工作计划\n年度: 2026\n报送:\n  记录:\n    - { 日期: 2026-01-20 }\n";
    for (day, code, words) in [
        ("2026-01-19", 2, "2026年1月20日 报送，回执的日期却是 2026年1月19日"),
        ("2026-01-20", 0, "已记入"),
        ("2027-01-21", 0, "隔了 366 天"),
    ] {
        let folder = group(plan);
        let mut value = answer("received");
        value["date"] = json!(day);
        fs::write(folder.path().join("回执.json"), value.to_string()).unwrap();
        let said = run(folder.path(), "receipt 回执.json").ends_with(code).said(folder.path());
        assert!(said.contains(words), "{said}");
        assert_eq!(plan_of(&folder) == plan, code == 2, "{day}");
    }
}

#[test]
fn answers_that_do_not_fit_are_refused() {
    let plan = "类别: 年度工作计划\n年度: 2026\n";
    let folder = group(plan);
    let mut text = String::new();
    let mut refused = |change: &dyn Fn(&mut Value)| {
        let mut value = answer("received");
        change(&mut value);
        fs::write(folder.path().join("回执.json"), value.to_string()).unwrap();
        text += &run(folder.path(), "receipt 回执.json --format short").ends_with(2).said(folder.path());
        assert_eq!(plan_of(&folder), plan);
    };
    refused(&|_| {});
    refused(&|it| it["group"]["code"] = json!("认可别"));
    refused(&|it| it["year"] = json!(2025));
    refused(&|it| it["version"] = json!(2));
    refused(&|it| it["check_code"] = json!("AB"));
    refused(&|it| it["date"] = json!("2026-13-01"));
    refused(&|it| it["state"] = json!("lost"));
    refused(&|it| it["format"] = json!(9));
    refused(&|it| it["code"] = json!("收\n报送: 甲"));
    fs::write(folder.path().join("大.json"), vec![b' '; 1024 * 1024 + 1]).unwrap();
    for line in ["receipt 大.json", "receipt 没有.json", "receipt .", "receipt 计划.yaml --lang en"] {
        text += &run(folder.path(), line).ends_with(2).said(folder.path());
    }
    insta::assert_snapshot!(text);
}

#[test]
fn the_covering_paper_names_what_follows() {
    let checked = crate::checked::Desk::sound().check();
    let workspace = &checked.workspace;
    let size = |_: &str, _: &baosong::model::Photo| None;
    let composer = Composer { workspace, law: &checked.law, size: &size };
    let page = |obligations: &[&str]| {
        let submission = &workspace.plans[0].model.submission;
        let page = cover(
            &composer,
            &Cover {
                what: "2018年度工作计划".into(),
                article: "第十六条第（一）项",
                submission,
                papers: 1,
                photographs: 0,
                code: "AB".into(),
                facts: Vec::new(),
                explanations: Vec::new(),
                obligations: obligations.iter().map(ToString::to_string).collect(),
                readings: Vec::new(),
                as_of: AsOf { year: 2018, until: submission.date },
                fallback: submission.date.unwrap(),
            },
        );
        serde_json::to_string(&page).unwrap()
    };
    assert!(!page(&[]).contains("随后报送"));
    let text = page(&["成员调整报告（何沐言）", "小组组成备案（案例小组）"]);
    assert!(text.contains("随后报送：成员调整报告（何沐言）；小组组成备案（案例小组）。"), "{text}");
}

#[test]
fn answers_have_a_schema() {
    let path = project().join("docs/receipt.schema.json");
    let schema = receipt::schema();
    let text = format!("{schema:#}\n");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &text).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert_eq!(committed, text, "stale: run UPDATE=1 cargo test answers_have_a_schema");
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(validator.is_valid(&answer("received")) && validator.is_valid(&answer("returned")));
    assert!(!validator.is_valid(&answer("lost")));
}
