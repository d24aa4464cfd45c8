//! Tables on the page: upright and turned, alone and many.

use super::{LONG, plain, set, text};
use crate::compose::page::{Align, Annex, Block, Column, Page};
use crate::typeset::Sheet;
use crate::typeset::tests::layout::assert_on_grid;
use std::collections::BTreeMap;
use typst::layout::{Frame, FrameItem};

fn table(columns: usize, rows: usize, words: impl Fn(usize, usize) -> String) -> Block {
    let column = |at: usize| Column { title: format!("<{at}>"), weight: 1.0, align: Align::Left };
    Block::Table {
        caption: Some("各栏情况表".into()),
        columns: (1..=columns).map(column).collect(),
        rows: (0..rows).map(|row| (0..columns).map(|at| words(row, at)).collect()).collect(),
        totals: 0,
        turned: false,
    }
}

fn turned(mut block: Block) -> Block {
    if let Block::Table { turned, .. } = &mut block {
        *turned = true;
    }
    block
}

/// The pages on which `text` stands.
fn pages(sheet: &Sheet, text: &str) -> Vec<usize> {
    let mut pages: Vec<usize> =
        sheet.runs.iter().filter(|run| run.text.contains(text)).map(|run| run.page).collect();
    pages.dedup();
    pages
}

#[test]
fn a_turned_table_has_pages_of_its_own_and_its_head_left_on_each() {
    let wide = turned(table(12, 40, |row, at| format!("r{row}c{at}研究认证规则")));
    let sheet = set(&plain(vec![text("前文。"), wide, text("后文。")]));
    let of_table = pages(&sheet, "<1>");
    assert!(of_table.len() > 1);
    assert_eq!(of_table, (2..2 + of_table.len()).collect::<Vec<_>>());
    assert_eq!(pages(&sheet, "后文"), [sheet.pages]);
    assert_eq!(sheet.pages, of_table.last().expect("a page") + 1);
    for page in of_table {
        let own = || sheet.runs.iter().filter(move |run| run.page == page && !run.furniture);
        let heads: Vec<_> = own().filter(|run| run.text.contains('<')).collect();
        // Counter-clockwise: what is right of a word on the table is above it on the paper.
        let column = |name: &str| heads.iter().find(|run| run.text.contains(name)).expect("a head").baseline;
        assert!(column("<12>") < column("<1>"));
        assert!(
            heads.iter().all(|head| own().filter(|run| run.text.starts_with('r')).all(|run| run.x > head.x))
        );
        assert!(
            own().all(|run| run.x > 28.0 && run.x < 184.0 && run.baseline > 37.0 && run.baseline < 262.0)
        );
        // The page number stays at the foot of the upright page.
        let folio = sheet.runs.iter().find(|run| run.page == page && run.furniture).expect("a number");
        assert!(folio.baseline > 269.0 && folio.end > folio.x);
    }
    // No row is torn.
    for row in 0..40 {
        assert_eq!(pages(&sheet, &format!("r{row}c")).len(), 1, "row {row}");
    }
}

#[test]
fn an_annex_that_is_a_wide_table_lies_on_its_side_with_its_title() {
    let wide = turned(table(12, 40, |row, at| format!("r{row}c{at}研究认证规则")));
    let annex =
        Annex {
            label: "附件".into(), title: vec!["一览表".into()], body: vec![wide, text("后文。")]
        };
    let annex_notes = vec!["一览表".into()];
    let sheet = set(&Page { annex_notes, annexes: vec![annex], ..plain(vec![text("前文。")]) });
    let of_table = pages(&sheet, "<1>");
    let run = |text: &str| sheet.runs.iter().rfind(|run| run.text.contains(text)).expect("a run");
    let (label, title) = (run("附件"), run("一览表"));
    assert_eq!((label.page, title.page, of_table[0]), (2, 2, 2));
    // Down the turned page is to the right on the paper: two lines from label to title, whose type is larger.
    assert!((title.x - label.x - 22.5).abs() < 0.1, "{} {}", label.x, title.x);
    assert!(label.baseline > 255.0 && label.baseline < 262.5, "{}", label.baseline);
    assert_eq!(pages(&sheet, "后文"), [sheet.pages]);
}

#[test]
fn many_tables_settle_on_the_grid() {
    for rows in [3, 9] {
        let body = (1..=30).flat_map(|i| {
            let table =
                table(
                    2,
                    i % 5 + rows,
                    |row, at| if at == 0 { row.to_string() } else { "研究".repeat(row * 3) },
                );
            [table, text(&LONG[..LONG.len() / 3 / 3 * 3])]
        });
        let sheet = set(&plain(body.collect()));
        assert!(sheet.pages > 10);
        (1..=sheet.pages).for_each(|page| assert_on_grid(&sheet.runs, page));
    }
}

#[test]
fn tables_longer_than_a_page_settle_however_many_they_are() {
    let body = (0..6).flat_map(|i| [table(3, 40 + i, |row, at| format!("r{row}c{at}")), text(LONG)]);
    let sheet = set(&plain(body.collect()));
    (1..=sheet.pages).for_each(|page| assert_on_grid(&sheet.runs, page));
}

#[test]
fn a_row_is_as_high_as_its_words() {
    for piece in ["6月5日", "2017-06-05", "第2次", "a1/", "研究0.5：", "8"] {
        let words = |row: usize, at: usize| if at == 0 { String::new() } else { piece.repeat(row + 1) };
        let sheet = set(&plain(vec![table(4, 40 / piece.chars().count(), words)]));
        let lines: Vec<_> = sheet.runs.iter().filter(|run| !run.furniture && run.size < 13.0).collect();
        let broken = lines.iter().filter(|run| run.x < 75.0).count();
        assert!(broken > 40 / piece.chars().count(), "{piece}");
        for (one, other) in lines.iter().zip(&lines[1..]).filter(|(one, other)| one.page == other.page) {
            let apart = (other.baseline - one.baseline).abs();
            assert!(!(0.1..6.0).contains(&apart), "{piece}: {} over {}, {apart} mm", one.text, other.text);
        }
    }
}

/// Every text of the laid-out pages as it is written into the PDF.
fn written(frame: &Frame, out: &mut String) {
    for (_, item) in frame.items() {
        match item {
            FrameItem::Group(group) => written(&group.frame, out),
            FrameItem::Text(text) => out.push_str(&text.text),
            _ => {}
        }
    }
}

/// What is copied from a cell is what was written: no invisible character breaks a sum.
#[test]
fn a_sum_is_copied_as_it_was_written() {
    let sum = "0123456789abcdef".repeat(4);
    let path = "data/2017/活动/0419-启动会/QIYEGUANLITIXIBIAOZHUNHUAGONGZUO.pdf";
    let words = |_: usize, at: usize| [path.to_owned(), sum.clone(), "x".repeat(16)][at % 3].clone();
    for columns in [3, 6, 9] {
        let page = plain(vec![table(columns, 2, words)]);
        let (document, setting, _) = super::TYPESETTER.lay_out(&page, &BTreeMap::new()).expect("pages");
        let mut text = String::new();
        document.pages().iter().for_each(|page| written(&page.frame, &mut text));
        let joiners = |c: char| matches!(c, '\u{200b}' | '\u{2060}');
        assert!(
            text.matches(&sum).count() == 2 * columns / 3 && !text.contains(joiners),
            "{columns}: {text}"
        );
        // And it stays on the paper, over several lines where it must.
        assert!(setting.runs.iter().all(|run| run.end < 185.0), "{columns}");
    }
}

/// The lines of a caption are made before the page is set; the grid counts each.
#[test]
fn a_caption_of_two_lines_keeps_the_grid() {
    for rows in [3, 9, 40] {
        let mut block = table(2, rows, |row, _| row.to_string());
        if let Block::Table { caption, .. } = &mut block {
            *caption = Some("可持续管理体系认证专家工作组\n年度工作计划任务完成情况一览表".into());
        }
        let sheet = set(&plain(vec![text(LONG), block, text(LONG)]));
        (1..=sheet.pages).for_each(|page| assert_on_grid(&sheet.runs, page));
        let line = |text: &str| sheet.runs.iter().find(|run| run.text == text).expect("a line").baseline;
        assert!(line("年度工作计划任务完成情况一览表") > line("可持续管理体系认证专家工作组") + 5.0);
    }
}

/// The date of a press draft's credit is never torn, wherever the line ends.
#[test]
fn the_date_of_a_credit_stays_whole() {
    for length in 6..30 {
        let credit = format!(
            "（供稿：{}　2017年9月22日）",
            "可持续管理体系专家工作组秘书处".chars().cycle().take(length).collect::<String>()
        );
        let sheet = set(&Page { credit: Some(credit.clone()), ..plain(vec![text("正文。")]) });
        let last = sheet.runs.iter().filter(|run| !run.furniture).map(|run| run.baseline).fold(0.0, f64::max);
        let of_line: String = sheet
            .runs
            .iter()
            .filter(|run| run.baseline > last - 0.1 && !run.furniture)
            .map(|run| run.text.as_str())
            .collect();
        assert!(of_line.contains("2017年9月22日）"), "{length}: {of_line}");
        assert!(sheet.runs.iter().all(|run| run.end < 184.5), "{credit}");
    }
}
