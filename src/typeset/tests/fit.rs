//! What the page changes to hold what belongs together.

use super::{LONG, letter, plain, set, signed, text, upward};
use crate::compose::page::{Align, Block, Column, Page};

fn rules(sheet: &crate::typeset::Sheet) -> Vec<&str> {
    sheet.notes.iter().map(|note| note.rule).collect()
}

#[test]
fn so_many_addressees_that_page_1_shows_no_text_go_to_the_imprint() {
    let names = |count: usize| (1..=count).map(|n| format!("第{n}认证机构")).collect::<Vec<_>>().join("、");
    let few = Page { addressee: Some(format!("{}：", names(20))), ..upward() };
    assert_eq!(rules(&set(&few)), [""; 0]);
    let many = Page { addressee: Some(format!("{}：", names(80))), ..upward() };
    let sheet = set(&many);
    assert_eq!(rules(&sheet), ["page/moved-addressee"]);
    let text = sheet.runs.iter().find(|run| run.text.contains("为贯彻")).expect("the text");
    assert_eq!(text.page, 1);
    let all: String = sheet.runs.iter().map(|run| run.text.as_str()).collect();
    assert!(all.contains("第80认证机构。"), "{all}");
}

/// Whatever the text's length, its signature stands with it.
#[test]
fn the_spacing_changes_where_a_signature_finds_no_room() {
    let mut changed = 0;
    for paragraphs in 0..12 {
        let mut body = vec![text(LONG)];
        body.extend((0..paragraphs).map(|_| text("会议要求按期完成。")));
        let page = Page { signature: Some(signed(true)), ..plain(body.clone()) };
        for page in [page, Page { body, ..letter() }] {
            let sheet = set(&page);
            let date = sheet.runs.iter().rfind(|run| run.text.contains("2017")).expect("the date").page;
            let said =
                |page: usize| sheet.runs.iter().any(|run| run.page == page && run.text.contains("会议要求"));
            assert!(date == 1 || said(date), "{paragraphs}: alone on page {date}");
            changed += rules(&sheet).len();
        }
    }
    assert!(changed > 0, "the remedy was never needed");
}

#[test]
fn a_signature_that_stays_alone_is_said() {
    let row = |at: usize| vec![at.to_string(), "研究认证规则".to_owned()];
    let column = |title: &str| Column { title: title.into(), weight: 1.0, align: Align::Left };
    let alone = (15..40).any(|rows| {
        let table = Block::Table {
            caption: None,
            columns: vec![column("序号"), column("任务")],
            rows: (0..rows).map(row).collect(),
            totals: 0,
            turned: false,
        };
        let sheet =
            set(&Page { signature: Some(signed(true)), ..plain(vec![text("任务如下。"), table]) });
        let date = sheet.runs.iter().rfind(|run| run.text.contains("2017")).expect("the date").page;
        let others = sheet.runs.iter().filter(|run| run.page == date && !run.furniture);
        let is_alone = others.clone().all(|run| !run.text.contains("研究认证"));
        assert_eq!(rules(&sheet).contains(&"page/signature-alone"), date > 1 && is_alone, "{rows} rows");
        is_alone
    });
    assert!(alone, "no table left its signature alone");
}
