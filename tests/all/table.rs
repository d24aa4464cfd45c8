//! `baosong table` on the shipped example: the three forms, what they have in common, and what is no table.

use crate::program::{baosong, copy, example_source, small};
use baosong::model::DerivedTable;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

fn printed(arguments: &[&str]) -> String {
    baosong(&example_source(), [&["table"], arguments].concat()).ends_with(0).out
}

#[test]
fn tables_as_text() {
    let mut out = printed(&[]);
    for table in DerivedTable::ALL {
        out += &format!("\n$ baosong table {}\n{}", table.word(), printed(&[table.word()]));
    }
    insta::assert_snapshot!(out);
}

#[test]
fn tables_as_lines() {
    let mut out = String::new();
    for table in DerivedTable::ALL {
        let text = printed(&[table.id(), "--format", "csv"]);
        let lines = text.strip_prefix('\u{feff}').expect("a byte order mark");
        assert!(lines.lines().count() > 1 && lines.ends_with("\r\n"), "{}", table.word());
        let mut reader = csv::Reader::from_reader(lines.as_bytes());
        let width = reader.headers().expect("heads").len();
        let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("rows");
        assert!(rows.iter().all(|row| row.len() == width), "{}", table.word());
        out += &format!("── {}\n{}", table.id(), lines.replace('\r', ""));
    }
    insta::assert_snapshot!(out);
}

#[test]
fn tables_as_values() {
    for table in DerivedTable::ALL {
        let text = printed(&[table.id(), "--format", "json", "--lang", "en"]);
        let value: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!((&value["name"], &value["year"]), (&Value::from(table.id()), &Value::from(2017)));
        let columns = value["columns"].as_array().expect("columns");
        let ids: BTreeSet<&str> = columns.iter().filter_map(|column| column["id"].as_str()).collect();
        assert_eq!(ids.len(), columns.len(), "{}", table.id());
        for row in value["rows"].as_array().expect("rows") {
            let keys: BTreeSet<&str> = row.as_object().expect("a row").keys().map(String::as_str).collect();
            assert_eq!(keys, ids, "{}", table.id());
        }
        let lines = printed(&[table.id(), "--format", "csv"]).lines().count() - 1;
        assert_eq!(value["rows"].as_array().map(Vec::len), Some(lines), "{}", table.id());
    }
    insta::assert_snapshot!(printed(&["budget", "--format", "json"]));
}

#[test]
fn the_same_from_every_way_to_name_it() {
    let whole = printed(&["budget", "--format", "csv", "--year", "2017"]);
    assert_eq!(whole, printed(&["预算与支出", "2017", "--format", "csv"]));
    let heads = printed(&["budget", "--lang", "en"]);
    assert!(heads.contains("| As adjusted |") || heads.contains(" As adjusted "), "{heads}");
}

#[test]
fn a_year_without_records_has_an_empty_table() {
    let ran = baosong(&example_source(), ["table", "宣传一览", "--year", "2030"]).ends_with(0);
    assert!(ran.out.contains("没有内容"), "{}", ran.out);
}

#[test]
fn what_cannot_be_read_is_said_beside_the_table() {
    let (_folder, root) = small();
    fs::write(root.join("台账.yaml"), "类别: 台账\n年度: 2017\n宣传:\n  - { 日期: 4月, 标题: 甲 }\n")
        .expect("a file");
    let ran = baosong(&root, ["table", "宣传一览"]).ends_with(1);
    assert!(ran.out.contains("甲") && ran.err.contains("1 处读不出来"), "{}{}", ran.out, ran.err);
}

#[test]
fn a_page_shows_the_table_it_asks_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("组");
    copy(&example_source(), &root);
    fs::remove_dir_all(root.join("2017/活动")).expect("activities");
    let path = root.join("2017/工作总结.yaml");
    let summary = fs::read_to_string(&path).expect("a summary");
    let asked = "工作成效:\n  - 表格: { 取自: 预算与支出 }\n  - 表格: { 取自: 成员任务, 标题: 分工与进度, 横排: 是 }\n  - 表格: { 取自: 成员出勤 }\n  - |\n";
    let summary = summary.replace("工作成效: |\n", asked);
    let (before, after) = summary.split_once(asked).expect("the part");
    let (part, rest) = after.split_once("\n\n").expect("its end");
    let part: String = part.lines().map(|line| format!("  {line}\n")).collect();
    fs::write(&path, format!("{before}{asked}{part}\n{rest}")).expect("a summary");
    let plan = root.join("2017/工作计划.yaml");
    let change = "\n预算调整:\n  - { 日期: 2017-09-30, 项目: 会议费, 金额: 40000, 原因: 增加一次会议 }\n";
    let later = "  - { 日期: 2017-12-01, 项目: 会议费, 金额: 77777, 原因: 晚于截至日期 }\n";
    fs::write(&plan, fs::read_to_string(&plan).expect("a plan") + change + later).expect("a plan");
    baosong(&root, ["build", "2017/工作总结.yaml"]).ends_with(0);
    let pdf = fs::read(root.join("输出/2017/年度工作总结报告.pdf")).expect("a PDF");
    let text = crate::paper::pages(&pdf).concat();
    for words in ["经费预算与支出表", "小计", "分工与进度", "预算调整情况表", "增加一次会议", "40000.00"]
    {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("77777"), "{text}");
    // No activity, so nothing to show of attendance.
    assert!(!text.contains("成员出勤"), "{text}");
}
