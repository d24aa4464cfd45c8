//! Titles as real papers have them, and any text at all.

use super::{break_name, break_title, halves};
use proptest::prelude::*;

const GROUP: &str = "可持续管理体系专家工作组";
const FULL: &str = "国家认监委“认证市场准入及监管改革专项组”可持续管理体系专家工作组";
const TERMS: [&str; 3] = [GROUP, FULL, "国家认监委"];

fn broken(title: &str) -> String {
    break_title(title, &TERMS).join("/")
}

/// Each title with its breaks as `/`.
fn expect(titles: &[&str]) {
    for title in titles {
        assert_eq!(broken(&title.replace('/', "")), *title);
    }
}

#[test]
fn what_fits_stays_on_one_line() {
    expect(&["可持续管理体系专家工作组2017年度工作计划", "会议纪要"]);
    assert_eq!(break_title("", &TERMS), [""; 0]);
}

#[test]
fn lines_end_before_the_subject_and_after_the_organ() {
    expect(&[
        "可持续管理体系专家工作组/关于报送2017年度工作总结报告的报告",
        "可持续管理体系专家工作组/成立大会暨第一次全体会议纪要",
        "国务院办公厅/关于2026年部分节假日安排的通知",
        "质检总局办公厅、国家认监委办公室/关于做好2017年世界认可日宣传活动的通知",
    ]);
}

#[test]
fn words_names_and_numbers_stay_whole() {
    expect(&[
        "关于召开可持续管理体系专家工作组/第二次全体会议的通知",
        "关于邀请国家认监委派员出席/可持续管理体系专家工作组/第二次全体会议的函",
        "关于进一步加强和改进认证机构/从业人员能力建设工作的实施意见",
        "认监委关于开展2017年度认证认可/检验检测标准化工作先进集体/和先进个人推荐工作的通知",
    ]);
    let standard = break_title(
        "大型活动可持续性管理体系审核及认证能力要求（ISO/IEC TS 17021-4）项目研讨会会议纪要",
        &TERMS,
    );
    assert_eq!(
        standard,
        ["大型活动可持续性管理体系审核及认证", "能力要求（ISO/IEC TS 17021-4）", "项目研讨会会议纪要"]
    );
}

#[test]
fn a_date_stays_whole() {
    expect(&["关于调整可持续管理体系专家工作组/2017年9月21日第三次全体会议议程的通知"]);
}

#[test]
fn a_cited_title_stays_whole_when_it_can() {
    expect(&[
        "国家认监委办公室关于印发/《专家工作组管理规则（试行）》的通知",
        "国家认监委关于印发《国家认监委/“认证市场准入及监管改革专项组”/专家工作组管理规则（试行）》的通知",
    ]);
}

#[test]
fn more_lines_when_the_organ_asks_for_them() {
    expect(&[
        "国家认监委/“认证市场准入及监管改革专项组”/可持续管理体系专家工作组/2017年度工作总结报告",
        "市场监管总局/关于开展质量认证提升行动进一步发挥/质量认证作用服务高质量发展的指导意见",
    ]);
}

#[test]
fn a_word_is_not_taken_for_the_link_or_tail_it_looks_like() {
    expect(&["可持续管理体系专家工作组/上半年工作进展情况报告"]);
    let title = "关于组织会员单位积极参与中国质量认证中心专题研讨活动的通知";
    let lines = break_title(title, &["中国质量认证中心"]);
    assert_eq!(lines, ["关于组织会员单位积极参与", "中国质量认证中心专题研讨活动的通知"]);
}

#[test]
fn a_press_headline() {
    expect(&["可持续管理体系专家工作组召开大型活动/可持续性标准与城市可持续发展指标研讨会"]);
}

#[test]
fn a_break_by_hand_wins() {
    assert_eq!(broken("关于报送\n工作计划的报告\r\n \n"), "关于报送/工作计划的报告");
}

#[test]
fn a_name_may_take_any_shape() {
    assert_eq!(
        break_name(FULL, 24, &[GROUP]),
        ["国家认监委“认证市场准入及监管改革专项组”", "可持续管理体系专家工作组"]
    );
    assert_eq!(break_name(GROUP, 12, &[GROUP]), [GROUP]);
}

#[test]
fn a_term_wider_than_a_line_is_broken_by_its_words() {
    assert_eq!(break_name(GROUP, 8, &[GROUP]), ["可持续管理体系", "专家工作组"]);
}

#[test]
fn what_no_line_can_hold_is_cut_by_characters() {
    let lines = break_title(&"喆".repeat(130), &TERMS);
    assert_eq!(lines.iter().map(|it| it.chars().count()).collect::<Vec<_>>(), [20, 20, 20, 20, 20, 20, 10]);
    assert_eq!(break_name("喆喆喆", 0, &TERMS), ["喆"; 3]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn no_text_is_lost_and_every_line_fits(
        title in "([可持续管理体系专家工作组关于报送的通知《》“”（）、，年度0-9A-Z ]|会议|总结|.){0,70}",
    ) {
        let lines = break_title(&title, &TERMS);
        let bare = |it: &str| it.split_whitespace().collect::<String>();
        prop_assert_eq!(bare(&lines.concat()), bare(&title));
        prop_assert!(lines.iter().all(|it| halves(it) <= 40), "{lines:?}");
    }
}

#[test]
fn neither_a_huge_nor_an_awkward_title_is_too_much() {
    let huge = break_title(&"可持续管理体系".repeat(10_000), &TERMS);
    assert_eq!(huge.concat().chars().count(), 70_000);
    assert_eq!(break_title(&"\u{301}".repeat(10_000), &TERMS).len(), 1);
    let singles: String = "我你他她它们又也还都再很更最太不没无非别".chars().cycle().take(79).collect();
    assert!(break_title(&singles, &TERMS).len() >= 4);
}

/// Captions of tables are broken as titles are.
#[test]
fn a_caption_ends_its_lines_with_words() {
    let caption = "国家认监委可持续管理体系认证专家工作组2017年度工作计划任务完成情况一览表";
    let lines = super::break_caption(caption, 31);
    assert_eq!(lines.concat(), caption);
    assert!(lines.len() == 2 && lines[1].starts_with("专家工作组2017年度"), "{lines:?}");
    assert_eq!(super::break_caption("任务分解表", 31), ["任务分解表"]);
    assert_eq!(super::break_caption("甲\n乙", 31), ["甲", "乙"]);
    let bracket = "（截至2026年10月14日，6项中完成3项、部分完成1项、进行中2项）";
    let lines = super::break_caption(&format!("年度计划任务完成情况表{bracket}"), 31);
    assert_eq!(lines, ["年度计划任务完成情况表", bracket]);
}
