//! Figures for another reader to agree with: `.ci/witness.py` measures the same PDFs with pdfplumber.
//!
//! `BAOSONG_WITNESS=folder cargo test --test all page::witness` writes PDFs and `figures.json` there.

use crate::page::cases::{page, sample};
use crate::page::place::FOOT;
use crate::page::read::{Glyph, Paper, Sheet};
use crate::page::texts::{PROSE, paragraphs};
use crate::paper::TYPESETTER;
use baosong::compose::page::{Format, Page};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;

fn documents() -> [(&'static str, Page); 4] {
    [
        ("report", sample()),
        ("letter", page(Format::Letter, paragraphs(&PROSE, 3))),
        ("minutes", page(Format::Minutes, paragraphs(&PROSE, 3))),
        ("plain", page(Format::Plain, paragraphs(&PROSE, 14))),
    ]
}

/// What both readers measure on a page: all of it in mm, the text being what is set in 16 pt.
fn figures(sheet: &Sheet) -> Value {
    let is_text = |glyph: &&Glyph| (glyph.size - 16.0).abs() < 0.05 && glyph.y < FOOT;
    let text: Vec<&Glyph> = sheet.lines.iter().flatten().filter(is_text).collect();
    let mut baselines: Vec<f64> = text.iter().map(|glyph| glyph.y).collect();
    baselines.sort_by(f64::total_cmp);
    baselines.dedup_by(|a, b| *a - *b < 0.3);
    let folio: String = sheet
        .lines
        .iter()
        .filter(|line| line[0].y > FOOT + 1.0)
        .flatten()
        .map(|it| it.text.as_str())
        .collect();
    let mut rules: Vec<[f64; 4]> = sheet
        .rules
        .iter()
        .filter(|rule| rule.is_horizontal())
        .map(|rule| [rule.area.x0, rule.area.x1, rule.area.y0, rule.area.y1])
        .collect();
    rules.sort_by(|a, b| a[2].total_cmp(&b[2]));
    json!({
        "size": [sheet.width, sheet.height],
        "left": text.iter().map(|glyph| glyph.x).reduce(f64::min),
        "right": text.iter().map(|glyph| glyph.end).reduce(f64::max),
        "lines": baselines.len(),
        "first": baselines.first(),
        "last": baselines.last(),
        "pitch": baselines.windows(2).map(|pair| pair[1] - pair[0]).reduce(f64::min),
        "rules": rules,
        "folio": folio,
    })
}

#[test]
fn another_reader_can_be_asked() {
    let folder = std::env::var_os("BAOSONG_WITNESS").map(PathBuf::from);
    let mut all = BTreeMap::new();
    for (name, page) in documents() {
        let sheet = TYPESETTER.set(&page, &BTreeMap::new()).unwrap_or_else(|found| panic!("{found:#?}"));
        let figures: Vec<Value> = Paper::read(&sheet.pdf).sheets.iter().map(figures).collect();
        if let Some(folder) = &folder {
            std::fs::write(folder.join(format!("{name}.pdf")), &sheet.pdf).expect("a folder");
        }
        all.insert(name, figures);
    }
    // The page of the standard's own figures, so that there is something to agree about.
    assert_eq!(all["plain"][1]["lines"], 22);
    assert_eq!(all["report"][0]["folio"], "—1—");
    if let Some(folder) = &folder {
        let text = serde_json::to_string_pretty(&all).expect("json");
        std::fs::write(folder.join("figures.json"), text).expect("a folder");
    }
}
