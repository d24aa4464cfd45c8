//! People across documents and the year: absences and what they open, votes with somebody stepping aside, both under
//! the switches; leap days.

use crate::checked::{Desk, rulebook};
use baosong::check::{Context, Law, Opened, check, opened};
use baosong::model::FilingKind;
use baosong::report::{Format, Locale, Reporter};
use baosong::rulebook::{Lang, Stage};
use baosong::workspace::Workspace;
use std::borrow::Cow;

fn activity(number: u32, date: &str, rest: &str) -> String {
    format!("类别: 活动\n编号: 2018-{number:02}\n名称: 研讨\n类型: [培训]\n日期: {date}\n{rest}")
}

fn absent(date: &str) -> String {
    let attendance = "到会情况: { 出席: [周明远, 林知秋], 无故缺席: [何沐言] }\n";
    activity(date.replace('-', "").parse::<u32>().unwrap() % 97, date, attendance)
}

/// What one rule says when the switches named are 否.
fn said(desk: &Desk, rule: &str, off: &[&str]) -> Vec<String> {
    let workspace = Workspace::read(desk.root());
    let mut law = Law::of(&workspace, rulebook());
    let mut own = law.rulebook.into_owned();
    for name in off {
        own.terms.switches.get_mut(*name).unwrap().default = "否".into();
    }
    law.rulebook = Cow::Owned(own);
    let findings = check(&Context::new(&workspace, &law, &|_| Vec::new()));
    let reporter = Reporter {
        locale: Locale::of(Lang::Zh),
        rulebook: &law.rulebook,
        stage: Stage::Submit,
        format: Format::Short,
        colour: false,
        line: &|_, _| None,
    };
    findings.iter().filter(|finding| finding.rule == rule).map(|finding| reporter.message(finding)).collect()
}

fn open(desk: &Desk) -> Vec<Opened> {
    let workspace = Workspace::read(desk.root());
    let law = Law::of(&workspace, rulebook());
    opened(&Context::new(&workspace, &law, &|_| Vec::new()))
}

/// Of how many took part nothing is known; that there are more ballots than members is wrong all the same.
#[test]
fn more_ballots_than_members_are_told_without_names() {
    let vote = |ayes: u32| {
        let activity = format!(
            "类别: 活动\n编号: 2018-02\n名称: 第二次全体会议\n类型: [全体会议]\n日期: 2018-09-20\n议定事项:\n\
            \x20 - {{ 通过文件: 《方案》, 决定方式: 投票, 表决: {{ 赞成: {ayes}, 反对: 0, 弃权: 0 }} }}\n"
        );
        Desk::of(3).with("活动.yaml", activity).check()
    };
    assert_eq!(vote(9).said("art17/count"), ["票数对不上：赞成、反对、弃权合计 9 票，多于全体成员 3 人"]);
    assert!(vote(9).said("art17/not-computable").is_empty());
    assert!(vote(3).said("art17/count").is_empty() && !vote(3).said("art17/not-computable").is_empty());
}

#[test]
fn absences_are_counted_by_the_year_or_over_the_membership() {
    let rule = "art10/second-absence";
    let desk =
        Desk::of(3).with("活动一.yaml", absent("2018-11-10")).with("活动二.yaml", absent("2019-01-10"));
    assert_eq!(said(&desk, rule, &[]), [""; 0]);
    let whole = "“何沐言”任职以来无故缺席 2 次（2018年11月10日、2019年1月10日）；规则规定达 2 次的由组长报告，予以除名、更换";
    assert_eq!(said(&desk, rule, &["缺席按年度累计"]), [whole]);
    let third = desk.with("活动三.yaml", absent("2019-03-20"));
    let of_year = "“何沐言”2019年无故缺席 2 次（2019年1月10日、2019年3月20日）；规则规定达 2 次的由组长报告，予以除名、更换";
    assert_eq!(said(&third, rule, &[]), [of_year]);
}

#[test]
fn only_days_of_membership_count() {
    let desk = Desk::of(3);
    let profile = std::fs::read_to_string(desk.root().join("专家组.yaml")).unwrap();
    let profile = profile.replace("职务: 秘书长 }", "职务: 秘书长, 任职: { 起: 2018-06-01 } }");
    let desk = desk.with("专家组.yaml", profile);
    let desk = desk.with("活动一.yaml", absent("2018-05-10")).with("活动二.yaml", absent("2018-07-10"));
    assert_eq!(said(&desk, "art10/second-absence", &[]), [""; 0]);
    assert_eq!(open(&desk), []);
}

#[test]
fn a_second_absence_opens_a_report_and_its_sending_closes_it() {
    let desk =
        Desk::of(3).with("活动一.yaml", absent("2018-05-10")).with("活动二.yaml", absent("2018-07-10"));
    let records = |filings: &str| format!("类别: 台账\n年度: 2018\n其他报送: [{filings}]\n");
    let of = |desk: &Desk| {
        let show = |it: Opened| {
            let day =
                |date: Option<baosong::model::scalar::Date>| date.map(baosong::model::scalar::Date::iso);
            (it.kind, it.subject, day(it.since), day(it.filed))
        };
        open(desk).into_iter().map(show).collect::<Vec<_>>()
    };
    let since = || Some("2018-07-10".to_owned());
    let owed = |filed: Option<&str>| {
        vec![(FilingKind::Membership, "何沐言".to_owned(), since(), filed.map(str::to_owned))]
    };
    assert_eq!(of(&desk), owed(None));
    let desk = desk.with("台账.yaml", records("{ 文种: 成员调整报告, 成员: [何沐言] }"));
    assert_eq!(of(&desk), owed(None));
    let desk = desk.with("台账.yaml", records("{ 文种: 成员调整报告, 成员: [何沐言], 日期: 2018-07-20 }"));
    assert_eq!(of(&desk), owed(Some("2018-07-20")));
    // What was sent before the second absence is about something else.
    let desk = desk.with("台账.yaml", records("{ 文种: 成员调整报告, 成员: [何沐言], 日期: 2018-06-20 }"));
    let mut both = vec![(FilingKind::Membership, "何沐言".to_owned(), None, Some("2018-06-20".to_owned()))];
    both.extend(owed(None));
    assert_eq!(of(&desk), both);
}

#[test]
fn sub_groups_matters_and_evaluations_are_opened_too() {
    let desk = Desk::of(3);
    let profile = std::fs::read_to_string(desk.root().join("专家组.yaml")).unwrap();
    let groups = "专门工作小组: [{ 名称: 甲小组, 成立日期: 2020-02-29 }, { 名称: 乙小组 }]\n";
    let desk = desk.with("专家组.yaml", profile + groups).with(
        "台账.yaml",
        "类别: 台账\n年度: 2020\n其他报送:\n  - { 文种: 考评总结, 期限: 2020-12-10 }\n  - { 文种: 小组组成备案, 小组: 甲小组, 日期: 2020-03-02, 回执: ABCD }\n  - { 文种: 重大事项报告, 事项: 更名, 发生日期: 2020-06-01 }\n",
    );
    let kinds: Vec<(FilingKind, String, bool, Option<String>)> =
        open(&desk).into_iter().map(|it| (it.kind, it.subject, it.filed.is_some(), it.receipt)).collect();
    assert_eq!(
        kinds,
        [
            (FilingKind::SubGroup, "甲小组".to_owned(), true, Some("ABCD".to_owned())),
            (FilingKind::MajorMatter, "更名".to_owned(), false, None),
            (FilingKind::Evaluation, String::new(), false, None),
        ]
    );
    assert!(said(&desk, "art8/not-filed", &[]).is_empty());
}

#[test]
fn whoever_steps_aside_stays_in_the_denominators_or_leaves_them() {
    // Of six members four take part and one steps aside: three ayes are half of six, and more than half of five.
    let vote = "到会情况: { 出席: [周明远, 林知秋, 何沐言, 组员丁] }\n议定事项: [{ 通过文件: 《甲》, 决定方式: 投票, 表决: { 赞成: 3 }, 回避: [组员丁], 结果: 通过 }]\n";
    let desk = Desk::of(6).with("活动.yaml", activity(1, "2018-05-10", vote));
    assert_eq!(
        said(&desk, "art17/against-count", &[]),
        [
            "写的是通过，按票数应为未通过：有效表决 3 人（全部参加 4 人，应不少于 3 人），赞成 3 人（全体成员 6 人，应不少于 4 人）"
        ]
    );
    assert_eq!(said(&desk, "art17/against-count", &["回避仍计入分母"]), [""; 0]);
    let lost = vote.replace("结果: 通过", "结果: 未通过");
    let desk = Desk::of(6).with("活动.yaml", activity(1, "2018-05-10", &lost));
    assert_eq!(
        said(&desk, "art17/against-count", &["回避仍计入分母"]),
        [
            "写的是未通过，按票数应为通过：有效表决 3 人（全部参加 3 人，应不少于 2 人），赞成 3 人（全体成员 5 人，应不少于 3 人），两处分母都已除去回避的 1 人"
        ]
    );
    // Somebody who is not there does not step aside: the count goes on without.
    let away = vote.replace("回避: [组员丁]", "回避: [组员戊]").replace("赞成: 3", "赞成: 4");
    let desk = Desk::of(6).with("活动.yaml", activity(1, "2018-05-10", &away));
    assert_eq!(said(&desk, "art17/count", &[]), [""; 0]);
    assert_eq!(said(&desk, "art11/recused-absent", &[]), ["“组员戊”没有参加，却写在《甲》的“回避”里"]);
}

#[test]
fn leap_days_are_days() {
    let leap = activity(1, "2020-02-29", "重要活动: 是\n活动报告: { 日期: 2020-02-21 }\n");
    let desk = Desk::of(3).with("活动.yaml", leap);
    assert_eq!(
        said(&desk, "art16/due", &[]),
        [
            "活动报告（2018-01）最迟 2020年2月22日 报送（2020年2月29日举办，提前 7 天），当天休息，前一个工作日是 2020年2月21日",
            "活动材料（纪要、图片、通稿）（2018-01）最迟 2020年3月6日 报送（2020年2月29日结束，5 个工作日内）"
        ]
    );
    let matter = "类别: 台账\n年度: 2024\n其他报送: [{ 文种: 重大事项报告, 事项: 更名, 发生日期: 2024-02-29, 日期: 2024-03-01 }]\n";
    assert!(said(&Desk::of(3).with("台账.yaml", matter), "art16.4/prompt", &[]).is_empty());
    let matter = matter.replace("2024-02-29", "2024-02-28").replace("2024-03-01", "2024-02-29");
    assert!(said(&Desk::of(3).with("台账.yaml", matter), "art16.4/prompt", &[]).is_empty());
    let common = Desk::of(3).with("活动.yaml", activity(1, "2018-02-29", ""));
    assert_eq!(
        said(&common, "model/bad-range", &[]),
        ["“2018-02-29”不是一天，也不是起止日期：2018年不是闰年，2月没有29日"]
    );
}

#[test]
fn a_leader_who_left_is_missed_on_the_day_of_an_activity() {
    let profile = "类别: 专家组\n成立日期: 2017-04-13\n成员:\n  - { 姓名: 周明远, 角色: 组长, 任职: { 止: 2018-05-31 } }\n  - { 姓名: 林知秋, 角色: 副组长, 任职: { 止: 2018-06-30 } }\n  - { 姓名: 林知秋, 角色: 组长, 任职: { 起: 2018-07-01 } }\n  - { 姓名: 何沐言, 角色: 副组长 }\n";
    let desk = Desk::of(3).with("专家组.yaml", profile);
    assert_eq!(said(&desk, "art9/leader", &[]), [""; 0]);
    let desk = desk.with("活动.yaml", activity(1, "2018-06-10", ""));
    assert_eq!(said(&desk, "art9/leader", &[]), ["应有组长 1 名，名单（2018年6月10日）里有 0 名"]);
    assert_eq!(said(&desk, "profile/member-twice", &[]), [""; 0]);
}
