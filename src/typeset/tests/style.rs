//! 版式: what the house chooses, on the page; the grid drawn over it; the fonts that are named.

use super::{LONG, TYPESETTER, letter, minutes, plain, set, text, upward};
use crate::compose::page::{Block, Page, Style};
use crate::typeset::{OwnFont, Rights, Role, Run, Sheet, Templates, Typesetter};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

fn styled(style: Style, page: Page) -> Sheet {
    set(&Page { style, ..page })
}

fn left(sheet: &Sheet, page: usize) -> f64 {
    let runs = sheet.runs.iter().filter(|run| run.page == page && !run.furniture);
    runs.map(|run| run.x).fold(210.0, f64::min)
}

#[test]
fn mirrored_margins_move_even_pages() {
    let page = || plain(vec![text(&"国".repeat(28 * 60))]);
    let (same, mirrored) = (set(&page()), styled(Style { mirrored: true, ..Style::default() }, page()));
    for (number, moved) in [(1, 0.0), (2, -2.0), (3, 0.0)] {
        assert!((left(&same, number) - 28.0).abs() < 0.01);
        assert!((left(&mirrored, number) - 28.0 - moved).abs() < 0.01, "{}", left(&mirrored, number));
        let folio = |sheet: &Sheet| {
            sheet.runs.iter().find(|run| run.furniture && run.page == number).map_or(0.0, |run| run.x)
        };
        assert!((folio(&mirrored) - folio(&same) - moved).abs() < 0.01);
    }
}

#[test]
fn a_character_of_another_font_is_brought_to_its_neighbours_height() {
    // 𠂢 is in no 仿宋; the last font of the chain stands higher.
    let sheet = set(&plain(vec![text(&format!("{}{}", "国𠂢".repeat(14), "国".repeat(40)))]));
    let run = |text: &str| sheet.runs.iter().find(|run| run.text.contains(text)).expect("a run");
    let lower = (run("𠂢").baseline - run("国").baseline) * 72.0 / 25.4;
    assert!((0.3..1.2).contains(&lower), "{lower} pt");
    let mut lines: Vec<f64> =
        sheet.runs.iter().filter(|run| run.text.contains('国')).map(|run| run.baseline).collect();
    lines.dedup_by(|a, b| (*a - *b).abs() < 0.01);
    assert_eq!(lines.len(), 3, "{}", sheet.outline());
}

#[test]
fn letterpress_type_fills_the_same_grid() {
    let page = plain(vec![text(&"国".repeat(28 * 30))]);
    let sheet = styled(Style { size: 15.75, ..Style::default() }, page);
    let lines: Vec<&Run> = sheet.runs.iter().filter(|run| run.page == 2 && !run.furniture).collect();
    let full = lines.iter().filter(|run| (run.x - 28.0).abs() < 0.01).collect::<Vec<_>>();
    assert!((full[0].size - 15.75).abs() < 0.001);
    assert!(
        full[1..full.len() - 1].iter().all(|run| run.text.trim_end().chars().count() == 28),
        "{}",
        sheet.outline()
    );
    let end = lines.iter().map(|run| run.end).fold(0.0, f64::max);
    assert!((end - 184.0).abs() < 0.15, "{end}");
    let pitch = full.windows(2).map(|pair| pair[1].baseline - pair[0].baseline).fold(0.0, f64::max);
    assert!((pitch - 225.0 / 22.0).abs() < 0.01, "{pitch}");
}

#[test]
fn the_overlay_moves_nothing_and_shows_what_was_measured() {
    let said = |sheet: &Sheet, page| -> BTreeSet<String> {
        let runs = sheet.runs.iter().filter(|run| run.furniture && run.page == page && run.size < 9.0);
        let text: String = runs.map(|run| run.text.as_str()).collect();
        text.split("mm").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty()).collect()
    };
    for (page, first) in [
        (minutes(), &["37", "28", "26", "35", "4", "7"][..]),
        (upward(), &["37", "28", "26", "35", "4", "7"]),
        (letter(), &["37", "28", "26", "35", "30", "4", "20"]),
    ] {
        let (bare, drawn) = (set(&page), styled(Style { overlay: true, ..Style::default() }, page));
        let text = |sheet: &Sheet| -> Vec<Run> {
            sheet.runs.iter().filter(|run| !run.furniture || run.size > 9.0).cloned().collect()
        };
        assert_eq!(text(&bare), text(&drawn));
        assert!(said(&bare, 1).is_empty());
        for distance in first {
            assert!(said(&drawn, 1).contains(*distance), "{distance}: {:?}", said(&drawn, 1));
        }
        if drawn.pages > 1 {
            assert!(!said(&drawn, 2).contains("4") && said(&drawn, 2).contains("7"));
        }
    }
}

#[test]
fn the_fonts_that_stand_in_are_named_in_the_file() {
    let kai = Block::Heading { level: 2, text: "（一）总体情况".into() };
    // 㛃 is in no name list of the old standard set that 文鼎楷 has.
    let sheet = set(&plain(vec![kai, text(LONG), text("张㛃")]));
    let roles: Vec<String> = sheet.faces.roles.iter().map(ToString::to_string).collect();
    assert_eq!(
        roles,
        ["仿宋=朱雀仿宋（代）", "楷体=文鼎楷体（代）", "小标宋=GW BiaoSong（代）", "宋体=GW Song（代）"]
    );
    let has = |text: &str| sheet.pdf.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(roles.iter().all(|role| has(role)), "{roles:?}");
    assert!(sheet.faces.borrowed.values().flatten().all(|c| *c == '㛃'), "{:?}", sheet.faces);
}

#[test]
fn characters_from_further_down_a_chain_are_named() {
    let heading = Block::Heading { level: 1, text: "一、张龑".into() };
    let own = |role, file: &str| {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("fonts").join(file);
        let data = Arc::from(std::fs::read(path).expect("a font"));
        OwnFont { role, name: file.into(), called: String::new(), index: 0, rights: Rights::Editable, data }
    };
    let typesetter =
        Typesetter::with_fonts(Templates::new(), vec![own(Role::Fang, "LiberationSerif-Regular.ttf")]);
    let page = plain(vec![heading, text("正文2017")]);
    let sheet = typesetter.expect("fonts").set(&page, &BTreeMap::new()).expect("a sheet");
    let first = &sheet.faces.roles[0];
    assert_eq!((first.to_string().as_str(), first.stand_in), ("仿宋=Liberation Serif", false));
    assert_eq!(sheet.faces.borrowed["朱雀仿宋"], BTreeSet::from(['正', '文']));
    assert!(TYPESETTER.set(&page, &BTreeMap::new()).expect("a sheet").faces.borrowed.is_empty());
}
