//! A font of the user's keeps the page: a document in a font that stands for theirs, measured as all others.

use crate::fonts::{english, font};
use crate::page::cases::{full, sample};
use crate::page::document::Document;
use crate::page::ledger::Ledger;
use crate::page::{set, verdicts};
use baosong::compose::page::{Format, Page};
use baosong::typeset::{OwnFont, Rights, Role, Templates, Typesetter};

/// Contains the word by which the proof knows the face.
const NAME: &str = "OwnFangsong";

/// `file` as 仿宋 of the user's.
fn typesetter(file: &str) -> Typesetter {
    let font = OwnFont {
        role: Role::Fang,
        name: "字体/own.ttf".into(),
        called: "仿宋_GB2312".into(),
        data: font(file, &english(NAME), 8).into(),
        index: 0,
        rights: Rights::Editable,
    };
    Typesetter::with_fonts(Templates::new(), vec![font]).expect("fonts")
}

fn broken(typesetter: &Typesetter, page: &Page) -> Vec<String> {
    let paper = set(typesetter, page).expect("a page");
    let glyphs = paper.sheets.iter().flat_map(|sheet| &sheet.lines).flatten();
    let (own, all) =
        glyphs.fold((0, 0), |(own, all), glyph| (own + usize::from(glyph.font == NAME), all + 1));
    assert!(own * 2 > all, "{own} of {all} glyphs are the font's");
    let mut ledger = Ledger::default();
    verdicts(&Document::of(page, &paper), &mut ledger);
    let wrong = ledger.verdicts.iter().filter(|it| !it.holds);
    wrong
        .map(|it| {
            format!("{} {}: wanted {}, measured {}", it.clause.number, it.clause.what, it.wanted, it.measured)
        })
        .collect()
}

#[test]
fn a_font_with_digits_of_half_a_character_keeps_the_page() {
    let typesetter = typesetter("gkai00mp.ttf");
    let paper = set(&typesetter, &sample()).expect("a page");
    let mut glyphs = paper.sheets.iter().flat_map(|sheet| &sheet.lines).flatten();
    assert!(glyphs.any(|glyph| glyph.font == NAME && glyph.text == "1"));
    for page in [full(Format::General, 14, true), full(Format::Plain, 44, false), sample()] {
        assert_eq!(broken(&typesetter, &page), [""; 0]);
    }
}

#[test]
fn a_font_with_narrow_digits_and_quotes_gets_those_of_the_grid() {
    let typesetter = typesetter("LXGWZhuqueFangsong-Regular.ttf");
    for page in [full(Format::General, 14, true), full(Format::Plain, 44, false), sample()] {
        assert_eq!(broken(&typesetter, &page), [""; 0]);
    }
}
