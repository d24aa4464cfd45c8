//! Which families are asked for a character, role by role: in go the user's fonts, out come the chains as the
//! compiler and the templates read them.

use crate::typeset::fonts::{OwnFont, Role};
use serde_json::{Value, json};
use std::fmt::Write as _;
use std::ops::RangeInclusive;
use ttf_parser::Face;
use typst::text::FontInfo;

pub(super) const LATIN: &str = "Liberation Serif";
const FANG: &str = "Zhuque Fangsong (technical preview)";
const KAI: &str = "AR PL KaitiM GB";
const KAI_MORE: &str = "GW Kai Ext";
const HEI: &str = "GW Hei";
const BIAO: &str = "GW BiaoSong";
pub(super) const SONG: &str = "GW Song";

/// Ranges of characters, both ends included.
pub(super) type Ranges = &'static [(char, char)];

/// Widths that differ by less are the same, em.
const SAME_WIDTH: f64 = 0.01;

/// Digits are half a character wide in this font only, which keeps the grid of 28 true.
pub(super) const ASCII: Ranges = &[(' ', '~')];

/// Marks that are narrow in 朱雀仿宋 (quotes) or broken in 文鼎楷 (dashes).
const WIDE_MARKS: Ranges = &[
    ('‘', '’'),
    ('“', '”'),
    ('—', '—'),
    ('…', '…'),
    ('①', '⑳'),
    ('№', '№'),
    ('℃', '℃'),
    ('‰', '‰'),
    ('±', '±'),
    ('×', '×'),
    ('÷', '÷'),
    ('★', '★'),
];

/// Marks that stand too high in 文鼎楷.
const LOW_MARKS: Ranges = &[
    ('、', '。'),
    ('《', '》'),
    ('〔', '〕'),
    ('！', '！'),
    ('（', '）'),
    ('，', '，'),
    ('：', '；'),
    ('？', '？'),
];

/// The families of a role in order; one with ranges takes only these. The last never has any: text for
/// which no entry of a chain stands open is dropped without a sign.
pub(super) fn shipped_chain(role: Role) -> &'static [(&'static str, Ranges)] {
    match role {
        Role::Fang => &[(LATIN, ASCII), (SONG, WIDE_MARKS), (FANG, &[]), (KAI_MORE, &[]), (SONG, &[])],
        Role::Kai => &[
            (LATIN, ASCII),
            (SONG, WIDE_MARKS),
            (FANG, LOW_MARKS),
            (KAI, &[]),
            (KAI_MORE, &[]),
            (FANG, &[]),
            (SONG, &[]),
        ],
        Role::Hei => &[(LATIN, ASCII), (HEI, &[]), (SONG, &[])],
        Role::Biao => &[(LATIN, ASCII), (BIAO, &[]), (SONG, &[])],
        Role::Song => &[(LATIN, ASCII), (SONG, &[])],
    }
}

/// A family in a chain.
#[derive(Debug)]
pub(super) struct Entry {
    /// As the font calls it.
    pub(super) family: String,
    /// The characters it takes; all when empty.
    ranges: Ranges,
    /// The user's font that it is, if it is one.
    pub(super) own: Option<String>,
}

impl Entry {
    /// The name by which users know it.
    pub(super) fn shown(&self) -> &str {
        match (&self.own, self.family.as_str()) {
            (Some(name), _) => name,
            (None, FANG) => "朱雀仿宋",
            (None, KAI) => "文鼎楷体",
            (None, family) => family,
        }
    }

    pub(super) fn takes(&self, c: u32) -> bool {
        self.ranges.is_empty() || self.ranges.iter().any(|&(a, b)| (u32::from(a)..=u32::from(b)).contains(&c))
    }
}

/// The families of a role, in the order in which they are asked; never empty.
pub(super) type Chain = Vec<Entry>;

/// The chain of `role` with the user's fonts of that role, in their order, before the shipped ones.
pub(super) fn chain(role: Role, own: &[(OwnFont, FontInfo)]) -> Chain {
    let shipped = |&(family, ranges): &(&str, Ranges)| Entry { family: family.to_owned(), ranges, own: None };
    let mut chain = Chain::new();
    for (font, info) in own.iter().filter(|(font, _)| font.role == role) {
        // Titles and page numbers stand on no grid.
        if chain.is_empty() && !matches!(role, Role::Biao | Role::Song) {
            chain.extend(corrections(font).iter().map(shipped));
        }
        let shown = if font.called.is_empty() { info.family.clone() } else { font.called.clone() };
        chain.push(Entry { family: info.family.clone(), ranges: &[], own: Some(shown) });
    }
    chain.extend(shipped_chain(role).iter().map(shipped));
    chain
}

/// What comes before a font of the user's so that the grid of 28 stays true: digits if its own are not half a
/// character wide, marks if its own are not a whole one.
fn corrections(font: &OwnFont) -> Vec<(&'static str, Ranges)> {
    let face = Face::parse(&font.data, font.index).ok();
    let wide = |chars: RangeInclusive<char>, width: f64| {
        let is = |c| {
            let face = face.as_ref()?;
            let advance = f64::from(face.glyph_hor_advance(face.glyph_index(c)?)?);
            Some((advance / f64::from(face.units_per_em()) - width).abs() < SAME_WIDTH)
        };
        chars.into_iter().all(|c| is(c) == Some(true))
    };
    let marks = ['‘'..='’', '“'..='”', '—'..='—', '…'..='…'];
    let mut needed: Vec<(&'static str, Ranges)> = Vec::new();
    if !wide('0'..='9', 0.5) {
        needed.push((LATIN, ASCII));
    }
    if !marks.into_iter().all(|marks| wide(marks, 1.0)) {
        needed.push((SONG, WIDE_MARKS));
    }
    needed
}

/// Where the family that gives a role its face stands: the first that takes any character.
pub(super) fn primary_at(chain: &Chain) -> usize {
    chain.iter().position(|entry| entry.ranges.is_empty()).unwrap_or(0)
}

/// That family.
pub(super) fn primary(chain: &Chain) -> &Entry {
    &chain[primary_at(chain)]
}

/// The family that is asked first for `c`.
pub(super) fn taker(chain: &Chain, c: char) -> &Entry {
    chain.iter().find(|entry| entry.takes(u32::from(c))).unwrap_or(&chain[0])
}

/// A chain as JSON: `[{"name": …, "covers": regular expression}, …]`.
pub(super) fn write_chain(chain: &Chain) -> Value {
    let entry = |Entry { family, ranges, .. }: &Entry| {
        if ranges.is_empty() {
            return json!({ "name": family });
        }
        let mut class = String::new();
        for &(first, last) in *ranges {
            // Writing to a string does not fail.
            let _ = write!(class, "\\u{{{:x}}}-\\u{{{:x}}}", u32::from(first), u32::from(last));
        }
        json!({ "name": family, "covers": format!("[{class}]") })
    };
    chain.iter().map(entry).collect()
}
