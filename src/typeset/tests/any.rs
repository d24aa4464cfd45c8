//! Whatever the fonts have can be set.

use super::{TYPESETTER, plain, text};
use crate::compose::page::{Align, Attendees, Block, Column, Page};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// A page with `texts` in every kind of place.
fn everywhere(texts: &[String]) -> Page {
    let all = || texts.iter();
    let column = |title: &String| Column { title: title.clone(), weight: 1.0, align: Align::Left };
    let mut body: Vec<Block> = all().map(|it| text(it)).collect();
    body.extend(all().map(|it| Block::Heading { level: 1, text: it.clone() }));
    body.extend(all().map(|it| Block::RunIn { level: 2, head: it.clone(), text: it.clone() }));
    body.push(Block::Table {
        caption: texts.first().cloned(),
        columns: texts.iter().take(3).map(column).collect(),
        rows: vec![texts.iter().take(3).cloned().collect(); 2],
        totals: 1,
        turned: false,
    });
    Page {
        subtitle: texts.first().cloned(),
        addressee: texts.first().cloned(),
        annex_notes: texts.to_vec(),
        attendees: all().map(|it| Attendees { label: "出席".into(), text: it.clone() }).collect(),
        ..plain(body)
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn covered_text_is_set_whole(texts in prop::collection::vec("\\PC{0,80}|[!-~]{0,120}|[ -~\u{3000}-\u{303f}\u{4e00}-\u{9fff}\u{ff00}-\u{ff65}]{0,80}", 3..6)) {
        let clean = |it: &String| {
            let missing = TYPESETTER.missing_glyphs(it);
            it.chars().filter(|c| missing.iter().all(|(_, lacking)| lacking != c)).collect::<String>()
        };
        let texts: Vec<String> = texts.iter().map(clean).collect();
        let set = TYPESETTER.set(&everywhere(&texts), &BTreeMap::new());
        // Text that has no place to break may leave the paper; then it is named.
        let named = |findings: &[crate::finding::Finding]| findings.iter().all(|it| it.rule == "page/overflow");
        prop_assert!(set.as_ref().err().is_none_or(|it| named(it)), "{:?}\n{:?}", texts, set.err());
    }
}
