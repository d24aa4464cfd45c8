//! The regulation's arithmetic the whole way: small workspaces in, sentences out.

use crate::checked::{Desk, char_of};

/// The name of a member of [`Desk::of`].
fn name(number: usize) -> String {
    match number {
        0 => "周明远".into(),
        1 => "林知秋".into(),
        2 => "何沐言".into(),
        number => format!("组员{}", char_of(number)),
    }
}

fn names(count: usize) -> String {
    (0..count).map(name).collect::<Vec<_>>().join(", ")
}

fn plenary(rest: &str) -> String {
    format!("类别: 活动\n编号: 2018-01\n名称: 第一次全体会议\n类型: [全体会议]\n日期: 2018-05-10\n{rest}")
}

fn said(desk: &Desk, rule: &str) -> Vec<String> {
    desk.check().said(rule)
}

#[test]
fn quorum_of_thirteen() {
    let of = |present: usize| {
        let attendance = format!("到会情况: {{ 出席: [{}] }}\n", names(present));
        said(&Desk::of(13).with("活动.yaml", plenary(&attendance)), "art14/quorum")
    };
    assert_eq!(of(8), ["应到 13 人，实到 8 人，不足三分之二（应不少于 9 人）"]);
    assert_eq!(of(9), [""; 0]);
}

#[test]
fn the_roster_is_that_of_the_day() {
    let late =
        "  - { 姓名: 许新成, 任职: { 起: 2018-05-11 } }\n  - { 姓名: 丁离任, 任职: { 止: 2018-05-09 } }\n";
    let desk = Desk::of(3);
    let profile = std::fs::read_to_string(desk.root().join("专家组.yaml")).unwrap() + late;
    let desk = desk
        .with("专家组.yaml", profile)
        .with("活动.yaml", plenary("到会情况: { 出席: [周明远, 许新成, 丁离任] }\n"));
    assert_eq!(said(&desk, "art14/quorum"), ["应到 3 人，实到 1 人，不足三分之二（应不少于 2 人）"]);
    assert_eq!(
        said(&desk, "model/not-serving"),
        [
            "“许新成”在 2018年5月10日 不是成员（任职 2018年5月11日 起）",
            "“丁离任”在 2018年5月10日 不是成员（任职 2018年5月9日 止）"
        ]
    );
}

#[test]
fn who_counts_as_present() {
    let with = |attendance: &str| said(&Desk::of(6).with("活动.yaml", plenary(attendance)), "art14/quorum");
    assert!(with("到会情况: { 出席: [周明远, 林知秋], 线上出席: [何沐言, 组员丁] }\n").is_empty());
    let proxy = "到会情况: { 出席: [周明远, 林知秋, 何沐言], 委托代表: [{ 成员: 组员丁 }], 列席: [{ 姓名: 某某 }] }\n";
    assert_eq!(with(proxy), ["应到 6 人，实到 3 人，不足三分之二（应不少于 4 人）"]);
}

/// Twelve members of whom nine take part, one of them stepping aside.
fn vote(vote: &str) -> Desk {
    let rest = format!(
        "到会情况: {{ 出席: [{}] }}\n议定事项:\n  - {{ 通过文件: 《方案》, 回避: [何沐言], {vote} }}\n",
        names(9)
    );
    Desk::of(12).with("活动.yaml", plenary(&rest))
}

#[test]
fn votes_count_against_all_members() {
    let contradicts = |text: &str| said(&vote(text), "art17/against-count");
    assert!(contradicts("表决: { 赞成: 7, 反对: 0, 弃权: 1 }, 结果: 通过").is_empty());
    assert_eq!(
        contradicts("表决: { 赞成: 6, 反对: 1, 弃权: 1 }, 结果: 通过"),
        [
            "写的是通过，按票数应为未通过：有效表决 8 人（全部参加 9 人，应不少于 6 人），赞成 6 人（全体成员 12 人，应不少于 7 人）"
        ]
    );
    assert_eq!(
        contradicts("表决: { 赞成: 7, 反对: 1 }, 结果: 未通过"),
        [
            "写的是未通过，按票数应为通过：有效表决 8 人（全部参加 9 人，应不少于 6 人），赞成 7 人（全体成员 12 人，应不少于 7 人）"
        ]
    );
    assert_eq!(
        said(&vote("表决: { 赞成: 6, 反对: 2 }, 结果: 未通过"), "art17/lost"),
        ["《方案》未获通过：有效表决 8 人（应不少于 6 人），赞成 6 人（应不少于 7 人）"]
    );
    assert_eq!(
        said(&vote("表决: { 赞成: 9, 反对: 0, 弃权: 0 }"), "art17/count"),
        ["票数对不上：有效表决 9 人，多于可参加表决的 8 人（参加 9 人，回避 1 人）"]
    );
}

fn plan(rest: &str) -> Desk {
    let plan = "类别: 年度工作计划\n年度: ";
    Desk::of(3).with("工作计划.yaml", format!("{plan}{rest}"))
}

#[test]
fn due_dates_of_plans_and_summaries() {
    let due = |rest: &str| said(&plan(rest), "art16/due");
    assert_eq!(due("2018\n"), ["年度工作计划（2018）最迟 2018年1月31日 报送"]);
    assert_eq!(
        due("2021\n"),
        ["年度工作计划（2021）最迟 2021年1月31日 报送，当天休息，前一个工作日是 2021年1月29日"]
    );
    assert_eq!(
        due("2018\n另定期限: { 日期: 2018-03-15 }\n"),
        ["年度工作计划（2018）最迟 2018年3月15日 报送（总秘书处另定）"]
    );
    assert!(due("2018\n报送: { 记录: [{ 日期: 2018-01-31 }] }\n").is_empty());
    assert_eq!(
        said(&plan("2018\n报送: { 记录: [{ 日期: 2018-02-09 }, { 日期: 2018-02-05 }] }\n"), "art16/late"),
        ["年度工作计划（2018）最迟 2018年1月31日 报送，2018年2月5日 才报送，迟 5 天"]
    );
}

#[test]
fn what_was_due_before_there_was_a_group_is_not_applicable() {
    let not_applicable = |desk: &Desk| said(desk, "art16/not-applicable");
    assert_eq!(
        not_applicable(&plan("2017\n")),
        ["年度工作计划（2017）的期限 2017年1月31日 在管理规则施行（2017年4月13日）之前，不适用"]
    );
    let desk = plan("2018\n");
    let profile = std::fs::read_to_string(desk.root().join("专家组.yaml")).unwrap();
    let desk = desk.with("专家组.yaml", profile.replace("2017-04-13", "2018-03-01"));
    assert_eq!(
        not_applicable(&desk),
        ["年度工作计划（2018）的期限 2018年1月31日 在本组成立（2018年3月1日）之前，不适用"]
    );
    assert!(not_applicable(&plan("2017\n另定期限: { 日期: 2017-05-26 }\n")).is_empty());
}

#[test]
fn material_is_due_after_working_days() {
    let important = |date: &str, rest: &str| {
        let text =
            format!("类别: 活动\n编号: 1\n类型: [培训]\n重要活动: 是\n日期: {date}\n活动报告: {{}}\n{rest}");
        Desk::of(3).with("活动.yaml", text)
    };
    // 30 April and 1 May 2018 were days off, 28 April was worked for one of them.
    assert_eq!(
        said(&important("2018-04-26 至 2018-04-27", ""), "art16/due"),
        [
            "活动报告（1）最迟 2018年4月19日 报送（2018年4月26日举办，提前 7 天）",
            "活动材料（纪要、图片、通稿）（1）最迟 2018年5月7日 报送（2018年4月27日结束，5 个工作日内）"
        ]
    );
    let late = important("2018-04-27", "事后报送: { 记录: [{ 日期: 2018-05-08 }] }\n");
    assert_eq!(
        said(&late, "art16/late"),
        [
            "活动材料（纪要、图片、通稿）（1）最迟 2018年5月7日 报送（2018年4月27日结束，5 个工作日内），2018年5月8日 才报送，迟 1 天"
        ]
    );
    assert_eq!(
        said(&important("2027-03-01", ""), "art16/calendar-unknown"),
        ["2027年的放假调休安排不在本程序内，2027年3月8日 是按周末推算的，暂定"]
    );
    assert!(said(&important("2027-03-01", "主办: [某协会]\n"), "art16/due").is_empty());
}

fn summary(tasks: &str, changes: &str) -> Desk {
    let plan = format!(
        "类别: 年度工作计划\n年度: 2018\n任务:\n  - {{ 编号: R1, 名称: 甲 }}\n  - {{ 编号: R2, 名称: 乙 }}\n  - {{ 编号: R3, 名称: 丙 }}\n计划调整: [{changes}]\n"
    );
    let summary = format!("类别: 年度工作总结\n年度: 2018\n任务完成: [{tasks}]\n");
    Desk::of(3).with("工作计划.yaml", plan).with("工作总结.yaml", summary)
}

#[test]
fn the_summary_accounts_for_the_plan_as_adjusted() {
    let unaccounted = |tasks: &str, changes: &str| said(&summary(tasks, changes), "art16.2/task-unaccounted");
    let done = "{ 编号: R1, 状态: 完成 }";
    assert_eq!(
        unaccounted(done, ""),
        ["工作计划的任务 R2“乙”在总结里没有交代", "工作计划的任务 R3“丙”在总结里没有交代"]
    );
    let changes = "{ 任务: R2, 事项: 取消 }, { 任务: R3, 事项: 新增 }";
    assert_eq!(unaccounted(done, changes), ["工作计划的任务 R3“丙”在总结里没有交代"]);
    let cancelled = summary("{ 编号: R1, 状态: 完成 }, { 编号: R2, 状态: 未完成, 说明: 并入 }", changes);
    assert!(said(&cancelled, "model/unknown-task").is_empty());
}

#[test]
fn spending_against_the_budget() {
    let desk = |budget: &str, spent: &str| {
        Desk::of(3)
            .with("工作计划.yaml", format!("类别: 年度工作计划\n年度: 2018\n经费: [{budget}]\n"))
            .with("工作总结.yaml", format!("类别: 年度工作总结\n年度: 2018\n支出: [{spent}]\n"))
    };
    let budget = "{ 项目: 会议费, 金额: 20000 }";
    let over = desk(budget, "{ 项目: 会议费, 金额: 12000.5 }, { 项目: 会议费, 金额: 8000 }");
    assert_eq!(
        said(&over, "art20/over-budget"),
        ["“会议费”（补助经费）预算 20000.00 元，支出 20000.50 元，超出 0.50 元"]
    );
    let exact = desk(budget, "{ 项目: 会议费, 金额: \"20,000.00\" }");
    assert!(said(&exact, "art20/over-budget").is_empty());
    let other_fund = desk(budget, "{ 项目: 会议费, 金额: 1, 来源: 单位支持 }");
    assert_eq!(
        said(&other_fund, "art20/outside-budget"),
        ["支出“会议费”（单位支持）1.00 元，预算里没有这一项"]
    );
    assert!(said(&desk("{ 项目: 会议费 }", "{ 项目: 会议费, 金额: 1 }"), "art20/over-budget").is_empty());
}

#[test]
fn plenaries_held_and_planned() {
    let meetings = |times: &[&str]| {
        let planned: String =
            times.iter().map(|time| format!("{{ 名称: 会, 类型: [全体会议], 时间: {time} }}, ")).collect();
        plan(&format!("2018\n会议: [{planned}]\n"))
    };
    let plenaries = |desk: &Desk| said(desk, "art13/plenaries");
    assert_eq!(plenaries(&meetings(&["2018年5月"])), ["2018年已开全体会议 0 次，还计划 1 次，合计不足 2 次"]);
    assert!(plenaries(&meetings(&["2018年5月", "第四季度"])).is_empty());
    let held = meetings(&["2018年5月", "2018年11月"]).with("活动.yaml", plenary(""));
    assert!(plenaries(&held).is_empty());
    let one = meetings(&["2018年5月"]).with("活动.yaml", plenary(""));
    assert_eq!(plenaries(&one), ["2018年已开全体会议 1 次，还计划 0 次，合计不足 2 次"]);
    let past = meetings(&["2018年3月"]).with("活动.yaml", plenary(""));
    assert_eq!(plenaries(&past), ["2018年已开全体会议 1 次，还计划 0 次，合计不足 2 次"]);
}

#[test]
fn what_cannot_be_judged_is_said_to_be_unchecked() {
    let broken = Desk::of(3).with("活动.yaml", plenary("到会情况: { 出席: 全体 }\n"));
    assert_eq!(
        said(&broken, "model/not-checked"),
        ["有内容读不出来，未检查：全体会议到会人数 (art14/quorum)、邀请监管部门人员 (art15/regulator)"]
    );
    assert!(said(&broken, "art14/quorum").is_empty());
    let unread = Desk::of(3)
        .with("专家组.yaml", "类别: 专家组\n成员: [")
        .with("活动.yaml", plenary("到会情况: { 出席: [张三] }\n"));
    assert_eq!(
        said(&unread, "model/not-checked"),
        [
            "有内容读不出来，未检查：全体会议到会人数 (art14/quorum)、邀请监管部门人员 (art15/regulator)、代章单位 (art18/lead-employer)、组长一名 (art9/leader)、名单里没有此人 (model/unknown-person)"
        ]
    );
    assert!(said(&unread, "model/unknown-person").is_empty());
}

/// A month of birth tells of ages and of nothing else.
#[test]
fn a_broken_month_of_birth_keeps_back_what_ages_need() {
    let profile =
        "类别: 专家组\n成立日期: 2017-04-13\n成员:\n  - { 姓名: 张三, 角色: 组长, 出生年月: 1990-13 }\n";
    let desk =
        Desk::of(3).with("专家组.yaml", profile).with("活动.yaml", plenary("到会情况: { 出席: [张三] }\n"));
    assert_eq!(said(&desk, "model/not-checked"), ["有内容读不出来，未检查：没有青年专家 (art9/young)"]);
    assert_eq!(said(&desk, "art15/regulator").len(), 1);
}
