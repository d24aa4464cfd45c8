//! The five faces of an official document: in go the fonts in the executable and a workspace's own,
//! out come the font book, the fonts, and the chain of families of each role.
//!
//! Refuses a font file that cannot be read.

use crate::checksum::Checksum;
use crate::finding::Finding;
use crate::typeset::coverage::{Coverage, Covered};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::{Arc, OnceLock};
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontBook, FontInfo, FontInstance, FontVariations};
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

    /// What it is called.
    pub fn word(self) -> &'static str {
        match self {
            Self::Fang => "仿宋",
            Self::Kai => "楷体",
            Self::Hei => "黑体",
            Self::Biao => "小标宋",
            Self::Song => "宋体",
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

/// A family in a chain.
#[derive(Debug)]
pub(super) struct Entry {
    /// As the font calls it.
    pub(super) family: String,
    /// The characters it takes; all when empty.
    ranges: Ranges,
    /// Whether it is a font of the user's.
    pub(super) own: bool,
}

impl Entry {
    /// The name by which users know it.
    pub(super) fn shown(&self) -> &str {
        match self.family.as_str() {
            FANG => "朱雀仿宋",
            KAI => "文鼎楷体",
            family => family,
        }
    }

    pub(super) fn takes(&self, c: u32) -> bool {
        self.ranges.is_empty() || self.ranges.iter().any(|&(a, b)| (u32::from(a)..=u32::from(b)).contains(&c))
    }
}

/// The families of a role, in the order in which they are asked; never empty.
pub(super) type Chain = Vec<Entry>;

/// Where the family that gives a role its face stands: the first that takes any character.
fn primary_at(chain: &Chain) -> usize {
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
    chains: BTreeMap<Role, Chain>,
    written: Bytes,
    coverage: Coverage,
    /// What the font of 仿宋 itself shows, and those for marks and digits before it.
    own: Covered,
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
        let chain = |role: Role| -> Chain {
            let own = first.iter().filter(|(taken, _)| *taken == role);
            let own = own.map(|(_, family)| Entry { family: family.clone(), ranges: &[], own: true });
            let shipped = shipped_chain(role).iter();
            let shipped =
                shipped.map(|&(family, ranges)| Entry { family: family.into(), ranges, own: false });
            own.chain(shipped).collect()
        };
        let chains: BTreeMap<Role, Chain> = Role::ALL.map(|role| (role, chain(role))).into();
        let coverage = Coverage::of(chains.values().map(|chain| covered(chain, &set)));
        let written: Map<String, Value> =
            chains.iter().map(|(role, chain)| (role.name().into(), write_chain(chain))).collect();
        let text = chains.get(&Role::Fang);
        let own = text.map_or_else(Covered::default, |chain| covered(&chain[..=primary_at(chain)], &set));
        let (infos, slots): (Vec<_>, Vec<_>) = set
            .into_iter()
            .map(|(info, data)| (info, Slot { data, font: OnceLock::new(), instance: OnceLock::new() }))
            .unzip();
        Ok(Self {
            book: LazyHash::new(FontBook::from_infos(infos)),
            slots,
            chains,
            written: Bytes::from_string(Value::Object(written).to_string()),
            coverage,
            own,
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
    pub(super) fn instance(&self, index: usize) -> Option<FontInstance> {
        let make = || {
            let font = self.font(index)?;
            let variant = font.info().variant;
            Some(font.instantiate(variant, Abs::pt(16.0), &FontVariations::default()))
        };
        self.slots.get(index)?.instance.get_or_init(make).clone()
    }

    /// What stands in `/fonts.json`.
    pub(super) fn written(&self) -> &Bytes {
        &self.written
    }

    /// Whether the font of 仿宋 itself has `c`, or one of those for marks and digits before it.
    pub(super) fn is_own(&self, c: char) -> bool {
        self.own.has(c)
    }

    /// The chain of each role.
    pub(super) fn chains(&self) -> &BTreeMap<Role, Chain> {
        &self.chains
    }

    /// The characters that every chain can show.
    pub(super) fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}

/// The characters that the entries of `chain` can show together.
fn covered(chain: &[Entry], set: &[(FontInfo, Bytes)]) -> Covered {
    let mut all = Covered::default();
    for entry in chain {
        for (info, _) in set.iter().filter(|(info, _)| info.family == entry.family) {
            all.extend(info.coverage.iter().filter(|&c| entry.takes(c)));
        }
    }
    all
}

/// A chain as JSON: `[{"name": …, "covers": regular expression}, …]`.
fn write_chain(chain: &Chain) -> Value {
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

/// The fonts inside the executable: file name and SHA-256, as `fonts/sources.tsv` records them.
pub fn shipped_fonts() -> impl Iterator<Item = (&'static str, &'static str)> {
    include_str!("../../fonts/sources.tsv").lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some((cells.next()?, cells.nth(1)?))
    })
}

/// Whether the fonts inside the executable are, byte for byte, those of `fonts/sources.tsv`.
pub fn fonts_are_whole() -> bool {
    let sums: Vec<&str> = shipped_fonts().map(|(_, sum)| sum).collect();
    SHIPPED.iter().all(|data| sums.contains(&&*Checksum::of(data).to_string()))
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
        let chains: Value = serde_json::from_slice(set.written()).expect("json");
        assert_eq!(chains["kai"][0], json!({ "name": SONG }));
        assert_eq!(chains["fang"][0], json!({ "name": LATIN, "covers": "[\\u{20}-\\u{7e}]" }));
    }
}
