//! 版记, 页码 and 附件: what stands at the end of a document, and on which page.

use super::{letter, minutes, plain, set, signed, text};
use crate::compose::page::{Annex, Imprint, Page, Style};
use crate::typeset::{Run, Sheet};

const CELL: f64 = 156.0 / 28.0;
const PITCH: f64 = 225.0 / 22.0;
const SMALL: f64 = 14.0 * 25.4 / 72.0;
/// From a 4号 line's baseline to its foot: 28 pt, the em box in the middle.
const UNDER: f64 = 8.68 * 25.4 / 72.0;

fn imprint() -> Imprint {
    Imprint {
        addressee: Some("各成员单位，各有关部门。".into()),
        copy_to: Some("国家认监委认可监管部、注册管理部，".repeat(3) + "某某研究院。"),
        issuer: Some("某某工作组秘书处".into()),
        issued: Some("2017年4月25日印发".into()),
    }
}

fn find<'a>(sheet: &'a Sheet, text: &str) -> &'a Run {
    sheet.runs.iter().find(|run| run.text.contains(text)).unwrap_or_else(|| panic!("no {text}"))
}

fn assert_near(is: f64, wanted: f64) {
    assert!((is - wanted).abs() < 0.05, "{is} is not {wanted}");
}

/// The numbers that the pages show.
fn numbers(sheet: &Sheet) -> Vec<Option<String>> {
    let number = |page| {
        let runs = sheet.runs.iter().filter(|run| run.furniture && run.page == page);
        let text: String = runs.map(|run| run.text.as_str()).collect();
        let number: String = text.chars().filter(char::is_ascii_digit).collect();
        (!number.is_empty()).then_some(number)
    };
    (1..=sheet.pages).map(number).collect()
}

/// A page with so many lines of text and an imprint.
fn lines(count: usize, even_imprint: bool) -> Sheet {
    let style = Style { even_imprint, ..Style::default() };
    let body = vec![text(&"国".repeat(26 + 28 * (count - 1)))];
    set(&Page { imprint: Some(imprint()), style, ..plain(body) })
}

#[test]
fn the_imprint_stands_on_the_foot_of_the_last_page() {
    let sheet = lines(3, false);
    let (issuer, date) = (find(&sheet, "秘书处"), find(&sheet, "印发"));
    assert_near(issuer.baseline, 262.0 - 0.35 - UNDER);
    assert_near(date.baseline, issuer.baseline);
    assert_near(issuer.x, 28.0 + SMALL);
    assert_near(date.end, 184.0 - SMALL);
    let (sent, copied) = (find(&sheet, "主送"), find(&sheet, "抄送"));
    assert_near(sent.x, copied.x);
    // No rule between 主送 and 抄送, a thin one under them.
    let line = 28.0 * 25.4 / 72.0;
    assert_near(copied.baseline - sent.baseline, line);
    let last = find(&sheet, "研究院");
    assert_near(issuer.baseline - last.baseline, line + 0.25);
    assert!(last.baseline > copied.baseline + 1.0);
    assert_near(last.x, 28.0 + 4.0 * SMALL);
}

#[test]
fn a_letter_has_only_its_copies_at_the_very_foot() {
    let sheet = set(&letter());
    assert_near(find(&sheet, "抄送").baseline, 262.0 - UNDER);
}

#[test]
fn the_imprint_never_touches_the_text() {
    for count in 10..=20 {
        let sheet = lines(count, false);
        let top = find(&sheet, "主送");
        let over = |run: &&Run| run.page == top.page && run.size > 15.0;
        let last = sheet.runs.iter().filter(over).map(|run| run.baseline).fold(0.0, f64::max);
        assert!(top.baseline - last > PITCH, "{count} lines: {last} {}", top.baseline);
        // A page of its own is numbered like any other.
        assert_eq!(numbers(&sheet), (1..=sheet.pages).map(|n| Some(n.to_string())).collect::<Vec<_>>());
    }
    assert_eq!((lines(3, false).pages, lines(19, false).pages), (1, 2));
}

#[test]
fn an_imprint_on_an_even_page_leaves_what_is_blank_unnumbered() {
    let number = |n: usize| Some(n.to_string());
    // The text ends on page 1: the imprint's page follows it at once.
    let sheet = lines(3, true);
    assert_eq!((numbers(&sheet), find(&sheet, "印发").page), (vec![number(1), number(2)], 2));
    // It ends on page 2 with room.
    let sheet = lines(24, true);
    assert_eq!((numbers(&sheet), find(&sheet, "印发").page), (vec![number(1), number(2)], 2));
    // It ends on page 2 without room: page 3 is blank.
    let sheet = lines(40, true);
    assert_eq!((numbers(&sheet), find(&sheet, "印发").page), (vec![number(1), number(2), None, None], 4));
    assert!(sheet.runs.iter().all(|run| run.page != 3));
    // It ends on page 3.
    let sheet = lines(50, true);
    assert_eq!((numbers(&sheet), find(&sheet, "印发").page), ((1..=4).map(number).collect(), 4));
}

#[test]
fn tables_annexes_and_signatures_settle_before_an_even_imprint() {
    let style = Style { even_imprint: true, mirrored: true, ..Style::default() };
    for extra in 0..8 {
        let mut page = Page { style, signature: Some(signed(true)), ..minutes() };
        page.annexes[1].body.extend((0..extra).map(|_| text(super::LONG)));
        let sheet = set(&page);
        assert_eq!((sheet.pages % 2, find(&sheet, "秘书处").page), (0, sheet.pages));
    }
}

#[test]
fn an_annex_bound_separately_bears_the_number_of_its_document() {
    let annex = Annex {
        label: "可持续组〔2017〕5号附件1".into(),
        title: vec!["任务分解表".into()],
        body: vec![text("正文。")],
    };
    let sheet = set(&Page { annexes: vec![annex], ..plain(vec![text("正文。")]) });
    let (label, title) = (find(&sheet, "附件"), find(&sheet, "分解表"));
    assert_eq!((label.page, label.family.as_str()), (2, "GW Hei"));
    assert_near(label.baseline, 44.259);
    assert_near(find(&sheet, "可持续组〔").x, 28.0);
    // 36 pt high from the top of line 3; 22 pt type in the middle.
    assert_near(title.baseline, 37.0 + 2.0 * PITCH + (18.0 + 0.38 * 22.0) * 25.4 / 72.0);
    assert_near(f64::midpoint(title.x, title.end), 106.0);
}

#[test]
fn names_of_annexes_stand_under_each_other() {
    let long = "关于进一步推进可持续管理体系认证试点工作的若干意见和实施方案".to_owned();
    let names = |count: usize| {
        let names = (0..count).map(|i| format!("{}{long}", ["甲", "乙"][i % 2])).collect();
        let sheet = set(&Page { annex_notes: names, ..plain(vec![text("正文。")]) });
        let starts = |run: &&Run| !run.furniture && run.size > 15.0 && run.x > 28.0 + 4.5 * CELL;
        let begins = sheet.runs.iter().filter(|run| run.text.starts_with(['甲', '乙'])).map(|run| run.x);
        let begins: Vec<f64> = begins.collect();
        let turned: Vec<f64> = sheet
            .runs
            .iter()
            .filter(starts)
            .filter(|run| run.text.ends_with("方案"))
            .map(|run| run.x)
            .collect();
        assert_eq!((begins.len(), turned.len()), (count, count), "{}", sheet.outline());
        (begins, turned)
    };
    for (count, lead) in [(1, 5.0), (2, 6.0), (11, 6.5)] {
        let (begins, turned) = names(count);
        begins
            .iter()
            .chain(&turned)
            .for_each(|x| assert!((x - 28.0 - lead * CELL).abs() < 0.25, "{count}: {x}"));
    }
}
