//! The five faces of an official document: in go the fonts in the executable and a workspace's own,
//! out come the font book, the fonts, and the chain of families of each role.
//!
//! Refuses a font file that cannot be read.

use crate::finding::Finding;
use crate::typeset::coverage::{Coverage, Covered};
use crate::typeset::lines::Faces;
use serde_json::{Map, Value, json};
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};
use typst::foundations::Bytes;
use typst::layout::{Abs, Em};
use typst::text::{Font, FontBook, FontInfo, FontInstance, FontVariations, FontWeight};
use typst::utils::LazyHash;

/// What a face is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// 仿宋, the text (GB/T 9704-2012, 5.2.2).
    Fang,
    /// 楷体, second-level headings (7.3.3) and signers' names (7.2.6).
    Kai,
    /// 黑体, first-level headings (7.3.3) and labels (7.3.7, 10.3).
    Hei,
    /// 小标宋, mark and title (7.2.4, 7.3.1).
    Biao,
    /// 宋体, page numbers (7.5).
    Song,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 5] = [Self::Fang, Self::Kai, Self::Hei, Self::Biao, Self::Song];

    /// Its name in `/fonts.json`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fang => "fang",
            Self::Kai => "kai",
            Self::Hei => "hei",
            Self::Biao => "biao",
            Self::Song => "song",
        }
    }
}

/// A font of the user's that comes before the shipped ones of a role.
#[derive(Debug, Clone)]
pub struct OwnFont {
    /// The role it takes.
    pub role: Role,
    /// What a finding calls it, for instance its path in the workspace.
    pub name: String,
    /// The file: TrueType, OpenType, or a collection, of which the first face is taken.
    pub data: Arc<[u8]>,
}

const LATIN: &str = "Liberation Serif";
const FANG: &str = "Zhuque Fangsong (technical preview)";
const KAI: &str = "AR PL KaitiM GB";
const KAI_MORE: &str = "GW Kai Ext";
const HEI: &str = "GW Hei";
const BIAO: &str = "GW BiaoSong";
const SONG: &str = "GW Song";

/// The shipped files; where they come from is in `fonts/sources.tsv`.
const SHIPPED: [&[u8]; 8] = [
    include_bytes!("../../fonts/LXGWZhuqueFangsong-Regular.ttf"),
    include_bytes!("../../fonts/gkai00mp.ttf"),
    include_bytes!("../../fonts/GWKaiExt.ttf"),
    include_bytes!("../../fonts/GWHei.ttf"),
    include_bytes!("../../fonts/GWBiaoSong.ttf"),
    include_bytes!("../../fonts/GWSong.ttf"),
    include_bytes!("../../fonts/LiberationSerif-Regular.ttf"),
    include_bytes!("../../fonts/LiberationSerif-Bold.ttf"),
];

/// Ranges of characters, both ends included.
type Ranges = &'static [(char, char)];

/// Digits are half a character wide in this font only, which keeps the grid of 28 true.
const ASCII: Ranges = &[(' ', '~')];

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
fn shipped_chain(role: Role) -> &'static [(&'static str, Ranges)] {
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

/// A font that is parsed when it is first asked for.
struct Slot {
    data: Bytes,
    font: OnceLock<Option<Font>>,
    instance: OnceLock<Option<FontInstance>>,
}

/// All fonts, and how the roles use them.
pub(super) struct FontSet {
    book: LazyHash<FontBook>,
    slots: Vec<Slot>,
    chains: Bytes,
    coverage: Coverage,
    /// For each role, its fonts in order with the characters they take, as indices of `slots`.
    order: Vec<Vec<(Ranges, Vec<usize>)>>,
    /// What the font of the text itself shows, and those for marks and digits before it.
    own_of_text: Covered,
}

impl FontSet {
    /// The shipped fonts, and before them, role by role, the user's `own`.
    ///
    /// # Errors
    /// `page/font` for a file that holds no font.
    pub(super) fn new(own: Vec<OwnFont>) -> Result<Self, Finding> {
        let mut set = Vec::new();
        let mut first: Vec<(Role, String)> = Vec::new();
        for font in own {
            let unreadable = || Finding::new("page/font").fact("font", font.name.clone());
            let info = FontInfo::new(&font.data, 0).ok_or_else(unreadable)?;
            first.push((font.role, info.family.clone()));
            set.push((info, Bytes::new(font.data)));
        }
        for data in SHIPPED {
            let unreadable = || Finding::new("page/font").fact("font", "shipped");
            set.push((FontInfo::new(data, 0).ok_or_else(unreadable)?, Bytes::new(data)));
        }
        let chains: Vec<Vec<(&str, Ranges)>> = Role::ALL
            .map(|role| {
                let own = first.iter().filter(|(taken, _)| *taken == role);
                own.map(|(_, family)| (family.as_str(), &[] as Ranges))
                    .chain(shipped_chain(role).iter().copied())
                    .collect()
            })
            .into();
        let coverage = Coverage::of(chains.iter().map(|chain| covered(chain, &set)));
        let text = &chains[Role::Fang as usize];
        let main = text.iter().position(|(_, ranges)| ranges.is_empty()).map_or(text.len(), |at| at + 1);
        let own_of_text = covered(&text[..main], &set);
        let order = chains.iter().zip(Role::ALL).map(|(chain, role)| order(chain, role, &set)).collect();
        let written: Map<String, Value> = Role::ALL
            .iter()
            .zip(&chains)
            .map(|(role, chain)| (role.name().into(), write_chain(chain)))
            .collect();
        let (infos, slots): (Vec<_>, Vec<_>) = set
            .into_iter()
            .map(|(info, data)| (info, Slot { data, font: OnceLock::new(), instance: OnceLock::new() }))
            .unzip();
        Ok(Self {
            book: LazyHash::new(FontBook::from_infos(infos)),
            slots,
            chains: Bytes::from_string(Value::Object(written).to_string()),
            coverage,
            order,
            own_of_text,
        })
    }

    /// What the typesetter knows of the fonts without parsing them.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    /// The font at `index` of the book.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        let slot = self.slots.get(index)?;
        slot.font.get_or_init(|| Font::new(slot.data.clone(), 0)).clone()
    }

    /// The same as the typesetter uses it, to ask for widths.
    fn instance(&self, index: usize) -> Option<FontInstance> {
        let make = || {
            let font = self.font(index)?;
            let variant = font.info().variant;
            Some(font.instantiate(variant, Abs::pt(16.0), &FontVariations::default()))
        };
        self.slots.get(index)?.instance.get_or_init(make).clone()
    }

    /// What stands in `/fonts.json`.
    pub(super) fn chains(&self) -> &Bytes {
        &self.chains
    }

    /// The characters that every chain can show.
    pub(super) fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}

impl Faces for FontSet {
    fn advance(&self, role: Role, c: char) -> f64 {
        let mut fonts = self.order[role as usize]
            .iter()
            .filter(|(ranges, _)| takes(ranges, u32::from(c)))
            .flat_map(|(_, fonts)| fonts);
        let advance = |&index: &usize| {
            let font = self.instance(index)?;
            let glyph = font.ttf().glyph_index(c)?;
            font.x_advance(glyph.0)
        };
        fonts.find_map(advance).map_or(1.0, Em::get)
    }

    fn stands_in(&self, c: char) -> bool {
        !self.own_of_text.has(c)
    }
}

/// Whether an entry of a chain is open to a character.
fn takes(ranges: Ranges, c: u32) -> bool {
    ranges.is_empty() || ranges.iter().any(|&(a, b)| (u32::from(a)..=u32::from(b)).contains(&c))
}

/// The fonts of `chain` as indices of `set`; of a family with two weights, the one that the role asks for.
fn order(chain: &[(&str, Ranges)], role: Role, set: &[(FontInfo, Bytes)]) -> Vec<(Ranges, Vec<usize>)> {
    let bold = matches!(role, Role::Hei | Role::Biao);
    let fonts = |family: &str| {
        let mut fonts: Vec<usize> = (0..set.len()).filter(|&at| set[at].0.family == family).collect();
        fonts.sort_by_key(|&at| (set[at].0.variant.weight >= FontWeight::BOLD) != bold);
        fonts
    };
    chain.iter().map(|&(family, ranges)| (ranges, fonts(family))).collect()
}

/// The characters that the entries of `chain` can show together.
fn covered(chain: &[(&str, Ranges)], set: &[(FontInfo, Bytes)]) -> Covered {
    let mut all = Covered::default();
    for &(family, ranges) in chain {
        for (info, _) in set.iter().filter(|(info, _)| info.family == family) {
            all.extend(info.coverage.iter().filter(|&c| takes(ranges, c)));
        }
    }
    all
}

/// A chain as JSON: `[{"name": …, "covers": regular expression}, …]`.
fn write_chain(chain: &[(&str, Ranges)]) -> Value {
    let entry = |&(family, ranges): &(&str, Ranges)| {
        if ranges.is_empty() {
            return json!({ "name": family });
        }
        let mut class = String::new();
        for &(first, last) in ranges {
            // Writing to a string does not fail.
            let _ = write!(class, "\\u{{{:x}}}-\\u{{{:x}}}", u32::from(first), u32::from(last));
        }
        json!({ "name": family, "covers": format!("[{class}]") })
    };
    chain.iter().map(entry).collect()
}

/// The fonts inside the executable: file name and SHA-256, as `fonts/sources.tsv` records them.
pub fn shipped_fonts() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../../fonts/sources.tsv").lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.nth(1)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_chain_ends_open_and_names_shipped_families() {
        let families: Vec<String> =
            SHIPPED.iter().map(|data| FontInfo::new(data, 0).expect("a font").family).collect();
        for role in Role::ALL {
            let chain = shipped_chain(role);
            assert!(chain.last().is_some_and(|(_, ranges)| ranges.is_empty()), "{role:?}");
            for (family, _) in chain {
                assert!(families.iter().any(|known| known == family), "{family}");
            }
        }
    }

    #[test]
    fn what_is_no_font_is_refused() {
        let own =
            OwnFont { role: Role::Fang, name: "字体/仿宋.ttf".into(), data: Arc::from(*b"no font") };
        let finding = FontSet::new(vec![own]).err().expect("refused");
        assert_eq!((finding.rule, &finding.facts["font"]), ("page/font", &json!("字体/仿宋.ttf")));
    }

    #[test]
    fn own_fonts_come_first_in_their_role_only() {
        let own = OwnFont { role: Role::Kai, name: "x".into(), data: Arc::from(SHIPPED[5]) };
        let set = FontSet::new(vec![own]).expect("fonts");
        let chains: Value = serde_json::from_slice(set.chains()).expect("json");
        assert_eq!(chains["kai"][0], json!({ "name": SONG }));
        assert_eq!(chains["fang"][0], json!({ "name": LATIN, "covers": "[\\u{20}-\\u{7e}]" }));
    }
}
