//! Each table on small workspaces made by hand.

use super::*;
use std::fs;

const PROFILE: &str = "\
类别: 专家组
成员:
  - { 姓名: 何沐言 }
  - { 姓名: 周明远, 角色: 组长, 任职: { 起: 2017-04-13 } }
  - { 姓名: 林知秋, 任职: { 起: 2018-06-01 } }
  - { 姓名: 早已离, 任职: { 止: 2017-12-31 } }
";

/// The rows of `name` of 2018, cells as a page shows them.
fn rows(files: &[(&str, &str)], name: DerivedTable, until: Option<&str>) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("专家组.yaml"), PROFILE).expect("a profile");
    for (file, text) in files {
        fs::write(folder.path().join(file), text).expect("a file");
    }
    let workspace = Workspace::read(folder.path());
    assert!(workspace.findings.is_empty(), "{:#?}", workspace.findings);
    let terms = &crate::rulebook::Rulebook::built_in().expect("the rulebook").terms;
    let until = until.map(|day| day.parse().expect("a day"));
    let calendar = &Calendar::built_in();
    let table = Scope { workspace: &workspace, terms, calendar, year: 2018, until }.table(name);
    let width = table.columns.len();
    assert!(table.rows.iter().all(|row| row.len() == width), "{width} {:#?}", table.rows);
    assert!(table.totals <= table.rows.len());
    let heads = table.columns.iter().map(|column| column.title.zh.as_str()).collect::<Vec<_>>().join("|");
    let shown = |row: &Vec<Cell>| row.iter().map(Cell::shown).collect::<Vec<_>>().join("|");
    std::iter::once(heads).chain(table.rows.iter().map(shown)).collect()
}

const FIRST: &str = "\
类别: 活动
编号: 2018-01
名称: 第一次全体会议
类型: [全体会议]
日期: 2018-05-10
到会情况: { 出席: [周明远], 请假: [{ 姓名: 何沐言 }] }
支出: [{ 项目: 会议费, 金额: 100.5, 日期: 2018-05-10 }]
宣传: [{ 日期: 2018-05-11, 媒体: 网站, 标题: 乙 }]
";
const SECOND: &str = "\
类别: 活动
编号: 2018-02
名称: 研讨
类型: [研讨]
方式: 线上
日期: 2018-09-20 至 2018-09-21
应到: [周明远, 林知秋]
到会情况: { 线上出席: [周明远] }
";

#[test]
fn attendance_is_that_of_the_members_of_the_day() {
    let files = [("一.yaml", FIRST), ("二.yaml", SECOND)];
    assert_eq!(
        rows(&files, DerivedTable::Attendance, None),
        [
            "姓名|5月10日|9月20日|应到|出席|线上|委托|请假|无故缺席|到会率",
            "周明远|出席|线上出席|2|1|1|0|0|0|100%",
            "何沐言|请假||1|0|0|0|1|0|0%",
            "林知秋|—|未记|0|0|0|0|0|0|—",
        ]
    );
    let early = rows(&files, DerivedTable::Attendance, Some("2018-05-31"));
    assert_eq!(early[0], "姓名|5月10日|应到|出席|线上|委托|请假|无故缺席|到会率");
    assert_eq!(early.len(), 3, "林知秋 was no member yet");
    assert_eq!(rows(&[], DerivedTable::Attendance, None).len(), 1);
}

#[test]
fn two_activities_of_one_day_have_their_numbers() {
    let second = FIRST.replace("2018-01", "2018-07");
    let files = [("一.yaml", FIRST), ("二.yaml", &second)];
    let head = rows(&files, DerivedTable::Attendance, None).remove(0);
    assert!(head.starts_with("姓名|5月10日（2018-01）|5月10日（2018-07）|"), "{head}");
}

#[test]
fn replies_are_in_time_late_or_missing() {
    let records = "\
类别: 台账
年度: 2018
征求意见:
  - 事由: 送审稿
    发出: 2018-07-01
    回复: [{ 姓名: 何沐言 }]
  - 事由: 征求意见稿
    发出: 2018-03-01
    截止: 2018-03-15
    对象: [周明远, 何沐言]
    回复:
      - { 姓名: 何沐言, 日期: 2018-03-16 }
      - { 姓名: 林知秋, 日期: 2018-03-02 }
";
    assert_eq!(
        rows(&[("台账.yaml", records)], DerivedTable::Replies, None),
        [
            "姓名|征求意见稿|送审稿|征求|按期回复|逾期回复|未回复",
            "周明远|未回复|未回复|2|0|0|2",
            "何沐言|2018年3月16日|已回复|2|1|1|0",
            "林知秋|2018年3月2日|未回复|1|0|0|1",
        ]
    );
    let early = rows(&[("台账.yaml", records)], DerivedTable::Replies, Some("2018-03-10"));
    assert_eq!(early[1..], ["周明远|未到期|1|0|0|0", "何沐言|未到期|1|0|0|0"]);
}

const PLAN: &str = "\
类别: 年度工作计划
年度: 2018
任务:
  - { 编号: R1, 名称: 甲, 负责: [何沐言], 时限: 2018年6月底前 }
  - { 编号: R2, 名称: 乙, 负责: [何沐言, 丙方研究院], 协作: [周明远], 时限: 长期 }
  - { 编号: R3, 名称: 丙, 负责: [何沐言], 时限: 年底前 }
经费:
  - { 项目: 会议费, 金额: 200 }
  - { 项目: 场地费, 金额: 50, 来源: 单位支持 }
计划调整:
  - { 日期: 2018-05-20, 任务: R1, 事项: 调整, 新时限: 2018年8月底前 }
  - { 日期: 2018-09-01, 任务: R3, 事项: 取消, 原因: 并入R2 }
预算调整:
  - { 日期: 2018-06-01, 项目: 会议费, 金额: 300 }
";
const RECORDS: &str = "\
类别: 台账
年度: 2018
任务进展:
  - { 任务: R1, 日期: 2018-05-01, 状态: 进行中, 预计完成: 2018年8月 }
  - { 任务: R1, 日期: 2018-08-20, 状态: 完成, 说明: 已通过 }
宣传:
  - { 标题: 丙 }
  - { 日期: 2018-03-01, 标题: 甲 }
  - { 日期: 2018-05-11, 媒体: 网站, 标题: 乙 }
支出:
  - { 项目: 会议费, 金额: 100.50, 日期: 2018-05-10 }
  - { 项目: 会议费, 金额: 100.50, 日期: 2018-05-10 }
  - { 项目: 印刷费, 金额: 9.05 }
";

#[test]
fn tasks_stand_by_member_and_as_adjusted() {
    let files = [("计划.yaml", PLAN), ("台账.yaml", RECORDS)];
    assert_eq!(
        rows(&files, DerivedTable::Tasks, None),
        [
            "姓名|分工|编号|任务|时限|最后一天|状态|完成日期",
            "周明远|协作|R2|乙|长期|||",
            "何沐言|负责|R1|甲|2018年8月底前|2018年8月31日|完成|2018年8月20日",
            "何沐言|负责|R2|乙|长期|||",
            "何沐言|负责|R3|丙|年底前|2018年12月31日|取消|",
            "林知秋|||||||",
            "丙方研究院|负责|R2|乙|长期|||",
        ]
    );
}

#[test]
fn completion_is_that_of_the_day() {
    let files = [("计划.yaml", PLAN), ("台账.yaml", RECORDS)];
    assert_eq!(
        rows(&files, DerivedTable::Completion, Some("2018-05-15"))[1..],
        [
            "R1|甲|何沐言|2018年6月底前|2018年6月30日|进行中||2018年8月|",
            "R2|乙|何沐言、丙方研究院|长期|||||",
            "R3|丙|何沐言|年底前|2018年12月31日||||",
        ]
    );
    let summary = "\
类别: 年度工作总结
年度: 2018
截至: 2018-10-15
任务完成:
  - { 编号: R2, 状态: 部分完成, 说明: 尚差两项 }
  - { 编号: R9, 状态: 完成, 完成日期: 2018-02-01 }
";
    let files = [files[0], files[1], ("总结.yaml", summary)];
    let rows = rows(&files, DerivedTable::Completion, None);
    assert_eq!(
        rows[1..],
        [
            "R1|甲|何沐言|2018年8月底前|2018年8月31日|完成|2018年8月20日||已通过",
            "R2|乙|何沐言、丙方研究院|长期||部分完成|||尚差两项",
            "R3|丙|何沐言|年底前|2018年12月31日|取消|||并入R2",
            "R9|||||完成|2018年2月1日||",
        ]
    );
}

#[test]
fn activities_and_publicity_stand_by_date() {
    let files = [("二.yaml", SECOND), ("一.yaml", FIRST), ("台账.yaml", RECORDS)];
    assert_eq!(
        rows(&files, DerivedTable::Activities, None)[1..],
        [
            "2018-01|2018年5月10日|第一次全体会议|全体会议|线下||本组|2|1",
            "2018-02|2018年9月20日至21日|研讨|研讨|线上||本组|2|1",
        ]
    );
    assert_eq!(
        rows(&files, DerivedTable::Publicity, None)[1..],
        ["2018年3月1日||甲|", "2018年5月11日|网站|乙|2018-01", "||丙|"]
    );
    assert_eq!(
        rows(&files, DerivedTable::Publicity, Some("2018-04-01"))[1..],
        ["2018年3月1日||甲|", "||丙|"]
    );
}

#[test]
fn the_budget_is_summed_by_fund_and_what_is_entered_twice_counts_once() {
    let files = [("计划.yaml", PLAN), ("一.yaml", FIRST), ("台账.yaml", RECORDS)];
    assert_eq!(
        rows(&files, DerivedTable::Budget, None)[1..],
        [
            "会议费|补助经费|200.00|300.00|201.00|99.00|67%",
            "场地费|单位支持|50.00|50.00|0.00|50.00|0%",
            "印刷费|补助经费|—|—|9.05|—|—",
            "小计|补助经费|200.00|300.00|210.05|89.95|70%",
            "小计|单位支持|50.00|50.00|0.00|50.00|0%",
            "合计||250.00|350.00|210.05|139.95|60%",
        ]
    );
    let early = rows(&files, DerivedTable::Budget, Some("2018-05-01"));
    assert_eq!(early[1], "会议费|补助经费|200.00|200.00|0.00|200.00|0%");
}
