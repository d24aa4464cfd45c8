//! What must never leave the house.

use super::{LONG, TYPESETTER, letter, minutes, plain, set, set_with, text};
use crate::compose::page::{Align, Block, Column, Page};
use crate::typeset::{SHIPPED_TEMPLATES, contained, printed};
use std::collections::BTreeMap;

fn shipped(path: &str) -> &'static str {
    SHIPPED_TEMPLATES.iter().find(|(known, _)| *known == path).expect("a template").1
}

fn short() -> Page {
    plain(vec![text("第一段。"), text("第二段。")])
}

#[test]
fn text_is_literal() {
    let literal = r#"# $ @ * < \ _ ~ // [x] -- --- `a` "q" 'r' = - + 1. {y} #import "/x" #panic() $a^2$"#;
    let page = Page { addressee: Some(format!("{literal}：")), ..plain(vec![text(literal)]) };
    let sheet = set(&page);
    assert_eq!(sheet.outline().matches(r#"# $ @ * < \ _ ~ // [x] -- --- `a` "q" 'r' ="#).count(), 2);
}

#[test]
fn a_long_word_stays_on_the_page() {
    let address = format!("https://example.org/{}", "abcdefghij".repeat(20));
    let sheet = set(&plain(vec![text(&address)]));
    assert!(sheet.runs.iter().all(|run| run.end < 184.5), "{}", sheet.outline());
}

#[test]
fn an_unknown_family_is_no_warning_to_overlook() {
    let own = shipped("plain.typ").replace("#main-part", "#set text(font: \"No Such Font\")\n#main-part");
    let found = set_with("plain.typ", own, &short());
    assert!(found.iter().any(|finding| finding.rule == "page/warning"), "{found:?}");
    assert!(found.iter().any(|finding| finding.rule == "page/lost-text"), "{found:?}");
}

#[test]
fn a_chain_that_is_closed_to_a_character_loses_it() {
    let own = shipped("plain.typ").replace(
        "#main-part",
        "#set text(font: ((name: \"GW Song\", covers: regex(\"[^第]\")),))\n#main-part",
    );
    let found = set_with("plain.typ", own, &short());
    let lost = found.iter().find(|finding| finding.rule == "page/lost-text").expect("a finding");
    assert_eq!(lost.facts["lost"], "第");
}

#[test]
fn a_field_that_the_template_forgets_is_named() {
    let own = shipped("gongwen/addressee.typ").replace("laid(names, lines)", "[总：]");
    let found = set_with("gongwen/addressee.typ", own, &letter());
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].rule, &found[0].facts["pointer"]), ("page/lost-text", &"/addressee".into()));
}

#[test]
fn what_stands_twice_in_the_data_must_stand_twice_on_paper() {
    let own =
        shipped("plain.typ").replace("#main-part(data)", "#main-part(data + (body: data.body.slice(1)))");
    let found = set_with("plain.typ", own, &plain(vec![text("同一段。"), text("同一段。")]));
    assert_eq!((found[0].rule, &found[0].facts["lost"]), ("page/lost-text", &"。一同段".into()));
}

#[test]
fn text_that_leaves_the_paper_is_named() {
    let own = shipped("plain.typ").replace("#main-part(data)", "#move(dx: 200mm, main-part(data))");
    let found = set_with("plain.typ", own, &short());
    assert!(found.iter().any(|finding| finding.rule == "page/overflow"), "{found:?}");
}

#[test]
fn a_fault_in_a_template_has_its_place() {
    let found = set_with("gongwen/note.typ", "#let note(it) = it\n#let credit = nonsense\n".into(), &short());
    let facts = &found[0].facts;
    assert_eq!(found[0].rule, "page/template");
    assert_eq!(
        (&facts["file"], &facts["line"], &facts["column"]),
        (&"gongwen/note.typ".into(), &2.into(), &15.into())
    );
    assert_eq!(facts["message"], "unknown variable: nonsense");
}

#[test]
fn a_missing_file_is_a_finding() {
    let mut page = short();
    page.attachments.push(crate::compose::page::Attachment {
        path: "/source/x.yaml".into(),
        description: "源".into(),
        mime: "application/yaml".into(),
    });
    let found = TYPESETTER.set(&page, &BTreeMap::new()).expect_err("no such file");
    assert_eq!(found[0].rule, "page/template");
}

#[test]
fn characters_without_glyph_are_found_before_setting() {
    assert_eq!(TYPESETTER.missing_glyphs("冯堃喆𬭚😀①—\n\u{7}"), [(4, '😀'), (8, '\u{7}')]);
    let found = TYPESETTER.set(&plain(vec![text("好😀")]), &BTreeMap::new()).expect_err("an emoji");
    let facts = &found[0].facts;
    assert_eq!(
        (found[0].rule, &facts["pointer"], &facts["code"]),
        ("page/no-glyph", &"/body/0/text".into(), &"U+1F600".into())
    );
}

#[test]
fn every_text_of_the_data_is_watched() {
    let page = minutes();
    let json = serde_json::to_value(&page).expect("json");
    for piece in printed(&page) {
        assert_eq!(
            json.pointer(&piece.pointer).and_then(|value| value.as_str()),
            Some(piece.text),
            "{}",
            piece.pointer
        );
    }
}

#[test]
fn threads_share_one_typesetter() {
    let alone = set(&plain(vec![text(LONG)])).pdf;
    std::thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(|| set(&plain(vec![text(LONG)])).pdf));
        for thread in both {
            assert_eq!(thread.join().expect("no panic"), alone);
        }
    });
}

#[test]
fn a_panic_ends_one_document_only() {
    let found = contained::<()>(|| panic!("the compiler fell over")).expect_err("a finding");
    assert_eq!(
        (found[0].rule, &found[0].facts["message"]),
        ("page/internal", &"the compiler fell over".into())
    );
}

#[test]
fn a_row_may_go_on_overleaf() {
    let column = |title: &str| Column { title: title.into(), weight: 1.0, align: Align::Left };
    let long = |word: &str| word.repeat(900);
    let table = Block::Table {
        caption: None,
        columns: vec![column("事项"), column("说明")],
        rows: vec![vec![long("研究"), long("说明")]],
        totals: 0,
        turned: false,
    };
    assert!(set(&plain(vec![table])).pages > 2);
}

#[test]
fn empty_texts_are_set() {
    let page = Page {
        addressee: Some(String::new()),
        note: Some(" ".into()),
        annex_notes: vec![String::new(), "名单".into()],
        ..plain(vec![text(""), text(" "), text("正文。")])
    };
    assert_eq!(set(&page).pages, 1);
}
