//! 版头 (7.2) and the heads of letters (10.1), commands (10.2) and minutes (10.3), measured to the ink.

use super::ink::{Ink, bounds, ink, line};
use super::layout::{FIRST_BASELINE, PITCH, assert_near, find};
use super::{LONG, letter, minutes, plain, set, text, upward};
use crate::compose::page::{Format, Head, Page};

const CELL: f64 = 156.0 / 28.0;
/// From the top of a line to its baseline.
const OVER: f64 = FIRST_BASELINE - 37.0;
/// 3号 type's height, mm.
const SIZE_3: f64 = 16.0 * 25.4 / 72.0;

fn general(head: Head) -> Page {
    Page { format: Format::General, head: Some(head), ..plain(vec![text(LONG)]) }
}

fn issued(mark: &[&str], word: &str) -> Head {
    Head {
        mark: mark.iter().map(ToString::to_string).collect(),
        mark_word: Some(word.into()),
        number: Some("认监委〔2017〕5号".into()),
        ..Head::default()
    }
}

pub(super) fn marked() -> Head {
    Head {
        copy_number: Some("000012".into()),
        secrecy: Some("机密★1年".into()),
        urgency: Some("特急".into()),
        ..issued(&["可持续管理体系专家工作组"], "文件")
    }
}

pub(super) fn joint(count: usize) -> Page {
    let organs = [
        "国家认证认可监督管理委员会",
        "国家发展和改革委员会",
        "工业和信息化部",
        "财政部",
        "生态环境部",
        "交通运输部",
        "农业农村部",
        "商务部",
    ];
    let title = ["国家认监委等部门关于推进可持续", "管理体系认证改革若干重要", "事项的通知"];
    Page {
        title: title.map(String::from).to_vec(),
        addressee: Some("各省、自治区、直辖市市场监督管理局（厅、委），各直属单位，各有关认证机构：".into()),
        ..general(issued(&organs[..count], "文件"))
    }
}

pub(super) fn command() -> Page {
    Page {
        format: Format::Command,
        title: Vec::new(),
        ..general(Head {
            number: Some("第12号".into()), ..issued(&["国家认证认可监督管理委员会"], "令")
        })
    }
}

/// One organ whose name needs two lines.
pub(super) fn two_lines() -> Page {
    general(issued(&["全国认证认可标准化技术委员会\n绿色产品认证专家工作组"], "文件"))
}

/// A letter with everything that may stand under its first double rule.
pub(super) fn letter_corner() -> Page {
    let number = letter().head.expect("a head").number;
    Page { head: Some(Head { number, mark_word: None, ..marked() }), note: None, ..letter() }
}

fn mark(inks: &[Ink]) -> Ink {
    bounds(inks, |ink| ink.page == 1 && ink.red && !ink.text.is_empty())
}

fn bars(inks: &[Ink]) -> Vec<&Ink> {
    inks.iter().filter(|ink| ink.red && ink.text.is_empty()).collect()
}

/// The baseline of a line over which `blank` lines are free under `foot`.
fn under(foot: f64, blank: f64) -> f64 {
    foot + blank * PITCH + OVER
}

#[test]
fn the_mark_is_35_mm_down_whatever_stands_in_the_corner() {
    let corners = [
        (marked(), vec![("000012", 0.0), ("机密", 1.0), ("特急", 2.0)]),
        (Head { copy_number: None, ..marked() }, vec![("机密", 1.0), ("特急", 2.0)]),
        (Head { secrecy: None, ..marked() }, vec![("000012", 0.0), ("特急", 1.0)]),
        (Head { secrecy: None, copy_number: None, ..marked() }, vec![("特急", 0.0)]),
        (issued(&["可持续管理体系专家工作组"], "文件"), vec![]),
    ];
    for (head, lines) in corners {
        let page = general(head);
        assert_near(mark(&ink(&page)).top, 37.0 + 35.0);
        let sheet = set(&page);
        for (text, at) in lines {
            let run = find(&sheet.runs, text);
            assert_near(run.x, 28.0);
            assert_near(run.baseline, FIRST_BASELINE + at * PITCH);
            assert_eq!(run.family == "GW Hei", text != "000012", "{text}");
        }
    }
}

#[test]
fn number_and_rule_stand_under_every_mark() {
    let pages = [general(marked()), two_lines(), joint(1), joint(3), joint(7)];
    for page in pages {
        let (inks, sheet) = (ink(&page), set(&page));
        let mark = mark(&inks);
        assert_near(mark.top, 72.0);
        assert!((mark.centre() - 106.0).abs() < 0.6, "{mark:?}");
        assert!(mark.left >= 27.9 && mark.right <= 184.1, "{mark:?}");
        assert_near(find(&sheet.runs, "认监委〔").baseline, under(mark.bottom, 2.0));
        let number = line(&inks, "认监委〔");
        assert!((number.centre() - 106.0).abs() < 0.6, "{number:?}");
        let [rule] = bars(&inks)[..] else { panic!("one rule") };
        assert_near(rule.top - number.bottom, 4.0);
        assert_near(rule.left, 28.0);
        assert_near(rule.right, 184.0);
        let title = sheet.runs.iter().find(|run| (run.size - 22.0).abs() < 0.01).expect("a title");
        // The title's line is 36 pt high, its em box in the middle.
        assert_near(title.baseline, rule.bottom + 2.0 * PITCH + (18.0 + 0.38 * 22.0) * 25.4 / 72.0);
        let text = sheet.runs.iter().filter(|run| run.page == 1 && run.text.contains("改革精神"));
        assert_eq!(text.count(), 1, "page 1 shows text (7.3.3)\n{}", sheet.outline());
    }
}

#[test]
fn a_joint_mark_is_spread_and_its_word_centred_on_it() {
    for count in [2, 3, 5] {
        let page = joint(count);
        let inks = ink(&page);
        let names = &page.head.as_ref().expect("a head").mark;
        let lines: Vec<Ink> =
            names.iter().map(|name| bounds(&inks, |ink| ink.red && ink.text == *name)).collect();
        for line in &lines {
            // To the side bearings of their characters.
            assert!((line.left - lines[0].left).abs() < 1.2, "{line:?}");
            assert!((line.right - lines[0].right).abs() < 1.2, "{line:?}");
        }
        let block = bounds(&inks, |ink| names.contains(&ink.text));
        let word = bounds(&inks, |ink| ink.red && ink.text == "文件");
        assert_near(word.middle(), block.middle());
        assert!(word.left > block.right);
    }
}

#[test]
fn the_word_follows_the_last_line_of_one_organ() {
    let inks = ink(&two_lines());
    let lines: Vec<&Ink> = inks.iter().filter(|ink| ink.red && !ink.text.is_empty()).collect();
    assert_eq!(
        lines.iter().map(|ink| &*ink.text).collect::<Vec<_>>(),
        ["全国认证认可标准化技术委员会", "绿色产品认证专家工作组文件"]
    );
    assert!((lines[0].centre() - lines[1].centre()).abs() < 0.6);
}

#[test]
fn signers_stand_right_and_the_number_on_their_last_line() {
    for names in [
        &["张明远"][..],
        &["李静", "张明远"],
        &["张明远", "欧阳建国", "李静"],
        &["甲乙", "丙丁", "戊己", "庚辛", "壬癸"],
    ] {
        let signers = names.iter().map(ToString::to_string).collect();
        let page = Page { head: Some(Head { signers, ..upward().head.expect("a head") }), ..upward() };
        let (inks, sheet) = (ink(&page), set(&page));
        let label = find(&sheet.runs, "签发人：");
        assert_near(label.baseline, under(mark(&inks).bottom, 2.0));
        assert_ne!(label.family, "AR PL KaitiM GB");
        let number = find(&sheet.runs, "可持续组〔");
        assert_near(number.x, 28.0 + CELL);
        let rows = f64::from(u32::try_from(names.len().div_ceil(2)).expect("few"));
        assert_near(number.baseline, label.baseline + (rows - 1.0) * PITCH);
        let kai: Vec<_> =
            sheet.runs.iter().filter(|run| run.page == 1 && run.family == "AR PL KaitiM GB").collect();
        let right = kai.iter().map(|run| run.end).fold(0.0, f64::max);
        assert!((184.0 - CELL - right).abs() < 0.2, "{right}");
        assert!((label.x + 4.0 * CELL - kai.iter().map(|run| run.x).fold(210.0, f64::min)).abs() < 0.05);
        assert_near(bars(&inks)[0].top - line(&inks, "可持续组〔").bottom.max(number.baseline), 4.0);
    }
}

#[test]
fn a_name_of_two_characters_ends_like_one_of_three() {
    let signers = vec!["李静".to_owned(), "张明远".into(), "王海涛".into(), "周正".into()];
    let page = Page { head: Some(Head { signers, ..upward().head.expect("a head") }), ..upward() };
    let sheet = set(&page);
    let run = |text| find(&sheet.runs, text);
    assert_near(run("李").x, run("王海涛").x);
    assert_near(run("静").end, run("王海涛").end);
    assert_near(run("周").x, run("张明远").x);
    assert_near(run("正").end, run("张明远").end);
}

#[test]
fn signers_too_wide_for_the_number_have_a_line_each() {
    let head = Head {
        number: Some("可持续管理体系专家组秘〔2017〕15号".into()),
        signers: vec!["欧阳建国".into(), "司徒志远".into()],
        ..upward().head.expect("a head")
    };
    let sheet = set(&Page { head: Some(head), ..upward() });
    assert_near(find(&sheet.runs, "欧阳建国").x, find(&sheet.runs, "司徒志远").x);
    assert_near(find(&sheet.runs, "司徒志远").baseline, find(&sheet.runs, "秘〔").baseline);
}

#[test]
fn a_letter_has_its_mark_30_mm_down_between_double_rules() {
    for (page, lines) in [(letter(), 0.0), (letter_corner(), 2.0)] {
        let (inks, sheet) = (ink(&page), set(&page));
        let mark = mark(&inks);
        assert_near(mark.top, 30.0);
        let [thick, thin, lower_thin, lower_thick] = bars(&inks)[..] else { panic!("two double rules") };
        assert!(thick.bottom - thick.top > thin.bottom - thin.top);
        assert!(lower_thick.bottom - lower_thick.top > lower_thin.bottom - lower_thin.top);
        assert!(thick.top < thin.top && lower_thin.top < lower_thick.top);
        assert_near(thick.top - mark.bottom, 4.0);
        assert_near(f64::midpoint(lower_thin.top, lower_thick.bottom), 297.0 - 20.0);
        for bar in [thick, thin, lower_thin, lower_thick] {
            assert_eq!(bar.page, 1);
            assert_near(bar.left, 106.0 - 85.0);
            assert_near(bar.right, 106.0 + 85.0);
        }
        let number = find(&sheet.runs, "可持续组函");
        let first = line(&inks, "可持续组函");
        assert_near(first.top - thin.bottom, 7.0 / 8.0 * SIZE_3);
        assert!((184.0 - first.right).abs() < 0.5, "{first:?}");
        let last = if lines > 0.0 {
            assert_near(find(&sheet.runs, "000012").baseline, number.baseline);
            assert_near(find(&sheet.runs, "000012").x, 28.0);
            assert_near(find(&sheet.runs, "机密").baseline, number.baseline + PITCH);
            line(&inks, "特急")
        } else {
            first
        };
        let title = sheet.runs.iter().find(|run| (run.size - 22.0).abs() < 0.01).expect("a title");
        assert_near(title.baseline, last.bottom + 2.0 * PITCH + (18.0 + 0.38 * 22.0) * 25.4 / 72.0);
    }
}

#[test]
fn text_over_a_letters_foot_rule_keeps_clear_of_it() {
    let page = Page { body: vec![text(&LONG.repeat(20))], ..letter() };
    let inks = ink(&page);
    let rule = bars(&inks).into_iter().map(|bar| bar.top).find(|&top| top > 200.0).expect("a foot rule");
    let last = bounds(&inks, |ink| ink.page == 1 && !ink.text.is_empty()).bottom;
    assert!(rule - last > 7.0 / 8.0 * SIZE_3, "{rule} {last}");
    assert_eq!(bars(&inks).iter().filter(|bar| bar.page > 1).count(), 0);
}

#[test]
fn minutes_have_their_issue_and_rule() {
    let page = minutes();
    let (inks, sheet) = (ink(&page), set(&page));
    let mark = mark(&inks);
    assert_near(mark.top, 72.0);
    assert_near(find(&sheet.runs, "期").baseline, under(mark.bottom, 2.0));
    assert_near(bars(&inks)[0].top - line(&inks, "期").bottom, 4.0);
}

#[test]
fn a_command_has_mark_number_and_text_two_lines_apart() {
    let page = command();
    let (inks, sheet) = (ink(&page), set(&page));
    let mark = mark(&inks);
    assert_near(mark.top, 37.0 + 20.0);
    assert!((mark.centre() - 106.0).abs() < 0.6, "{mark:?}");
    assert_near(find(&sheet.runs, "号").baseline, under(mark.bottom, 2.0));
    let number = line(&inks, "号");
    assert!((number.centre() - 106.0).abs() < 0.6, "{number:?}");
    assert_near(find(&sheet.runs, "改革精神").baseline, under(number.bottom, 2.0));
    assert_eq!(bars(&inks).len(), 0, "no red rule");
    let titles = sheet.runs.iter().filter(|run| (run.size - 22.0).abs() < 0.01);
    assert_eq!(titles.count(), 0, "no title");
    assert!(sheet.pdf.windows(9).any(|window| window == b"/Outlines"), "its mark is a bookmark");
}
