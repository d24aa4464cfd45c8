//! The five faces of an official document: in go the fonts in the executable and a workspace's own,
//! out come the font book, the fonts, and the chain of families of each role.
//!
//! Refuses a font file that cannot be read.

use crate::checksum::Checksum;
use crate::finding::Finding;
use crate::typeset::chain::{Chain, Entry, chain, primary, primary_at, write_chain};
use crate::typeset::coverage::{Coverage, Covered};
use crate::typeset::guard::is_same_place;
use crate::typeset::rights::Rights;
use crate::typeset::shipped::{BASE, FILES, SHIPPED, Slot, shipped_file, sources};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};
use typst::foundations::Bytes;
use typst::text::{Font, FontBook, FontInfo, FontInstance};
use typst::utils::LazyHash;

/// What a face is used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnFont {
    /// The role it takes.
    pub role: Role,
    /// What a finding calls it, for instance its path in the workspace.
    pub name: String,
    /// What offices call it, for instance 方正仿宋简体; the font's own name when empty.
    pub called: String,
    /// The file: TrueType, OpenType, or a collection.
    pub data: Arc<[u8]>,
    /// Which face of a collection, counted from 0.
    pub index: u32,
    /// What its maker allows.
    pub rights: Rights,
}

/// Which font stands for a role, before anything is set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoleFont {
    /// The role.
    pub role: Role,
    /// The font's name.
    pub font: String,
    /// Its file: as an [`OwnFont`] names it, or the name of a shipped file.
    pub file: String,
    /// Whether it is an open font that stands in for the one that offices use.
    pub stand_in: bool,
    /// Whether a page may carry it.
    pub rights: Rights,
    /// The licence under which a shipped font is passed on.
    pub licence: Option<&'static str>,
}

/// A font that may be used, and its file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FontFile {
    /// The file: as an [`OwnFont`] names it, or the name of a shipped file.
    pub file: String,
    /// The SHA-256 of its bytes, hexadecimal.
    pub sha256: String,
    /// The family by which templates ask for it.
    pub family: String,
}

/// The compiler's list of fonts, and these in the same order.
type Stock = (LazyHash<FontBook>, Vec<Arc<Slot>>);

/// All fonts, and how the roles use them.
pub(super) struct FontSet {
    own: Vec<(OwnFont, FontInfo)>,
    chains: BTreeMap<Role, Chain>,
    written: Bytes,
    stock: OnceLock<Stock>,
    common: OnceLock<Coverage>,
    /// What the font of 仿宋 itself shows, and those for marks and digits before it.
    text: OnceLock<Covered>,
    fingerprint: OnceLock<Checksum>,
}

impl FontSet {
    /// The shipped fonts, and before them, role by role, the user's `own`.
    ///
    /// # Errors
    /// `page/font` for a file that holds no font.
    pub(super) fn new(own: Vec<OwnFont>) -> Result<Self, Finding> {
        let read = |font: OwnFont| {
            let unreadable = || Finding::new("page/font").fact("font", font.name.clone());
            let info = FontInfo::new(&font.data, font.index).ok_or_else(unreadable)?;
            Ok((font, info))
        };
        let own = own.into_iter().map(read).collect::<Result<Vec<_>, Finding>>()?;
        let chains: BTreeMap<Role, Chain> = Role::ALL.map(|role| (role, chain(role, &own))).into();
        let written: Map<String, Value> =
            chains.iter().map(|(role, chain)| (role.name().into(), write_chain(chain))).collect();
        Ok(Self {
            own,
            chains,
            written: Bytes::from_string(Value::Object(written).to_string()),
            stock: OnceLock::new(),
            common: OnceLock::new(),
            text: OnceLock::new(),
            fingerprint: OnceLock::new(),
        })
    }

    /// The user's fonts.
    pub(super) fn own(&self) -> impl Iterator<Item = &OwnFont> {
        self.own.iter().map(|(font, _)| font)
    }

    fn stock(&self) -> &Stock {
        self.stock.get_or_init(|| {
            let own = self.own.iter().map(|(font, info)| {
                let slot = Slot::new(Bytes::new(Arc::clone(&font.data)), font.index);
                (info.clone(), Arc::new(slot))
            });
            let (infos, slots): (Vec<_>, Vec<_>) = own.chain(SHIPPED.iter().cloned()).unzip();
            (LazyHash::new(FontBook::from_infos(infos)), slots)
        })
    }

    /// What the typesetter knows of the fonts without parsing them.
    pub(super) fn book(&self) -> &LazyHash<FontBook> {
        &self.stock().0
    }

    /// The font at `index` of the book.
    pub(super) fn font(&self, index: usize) -> Option<Font> {
        self.stock().1.get(index)?.font()
    }

    /// The same as the typesetter uses it, to ask for widths.
    pub(super) fn instance(&self, index: usize) -> Option<FontInstance> {
        self.stock().1.get(index)?.instance()
    }

    /// What stands in `/fonts.json`.
    pub(super) fn written(&self) -> &Bytes {
        &self.written
    }

    /// Whether the font of 仿宋 itself has `c`, or one of those for marks and digits before it.
    pub(super) fn is_own(&self, c: char) -> bool {
        let read = |chain: &Chain| self.covered(&chain[..=primary_at(chain)]);
        self.text.get_or_init(|| self.chains.get(&Role::Fang).map(read).unwrap_or_default()).has(c)
    }

    /// The chain of each role.
    pub(super) fn chains(&self) -> &BTreeMap<Role, Chain> {
        &self.chains
    }

    /// The characters of `text` that some chain cannot show, with their index counted in characters.
    pub(super) fn missing(&self, text: &str) -> Vec<(usize, char)> {
        let is_shown = |c: char| BASE.has(c) || (!self.own.is_empty() && self.common().has(c));
        crate::typeset::coverage::missing(text, is_shown)
    }

    /// The characters that every chain can show.
    fn common(&self) -> &Coverage {
        self.common.get_or_init(|| Coverage::of(self.chains.values().map(|chain| self.covered(chain))))
    }

    /// The characters that the entries of `chain` can show together.
    fn covered(&self, chain: &[Entry]) -> Covered {
        let mut all = Covered::default();
        for entry in chain {
            for index in self.book().select_family(&entry.family.to_lowercase()) {
                let coverage = self.book().info(index).into_iter().flat_map(|info| info.coverage.iter());
                all.extend(coverage.filter(|&c| entry.takes(c)));
            }
        }
        all
    }

    /// The font that stands for each role.
    pub(super) fn roles(&self) -> Vec<RoleFont> {
        let font = |(role, chain): (&Role, &Chain)| {
            let entry = primary(chain);
            let own = self.own.iter().find(|(font, info)| font.role == *role && info.family == entry.family);
            let (file, rights, licence) = match own {
                Some((font, _)) => (font.name.clone(), font.rights, None),
                None => shipped_file(&entry.family),
            };
            let stand_in = entry.own.is_none();
            RoleFont { role: *role, font: entry.shown().to_owned(), file, stand_in, rights, licence }
        };
        self.chains.iter().map(font).collect()
    }

    /// Every file: the user's, then the shipped ones.
    pub(super) fn files(&self) -> Vec<FontFile> {
        let own = self.own.iter().map(|(font, info)| FontFile {
            file: font.name.clone(),
            sha256: Checksum::of(&font.data).to_string(),
            family: info.family.clone(),
        });
        let shipped = SHIPPED.iter().zip(FILES).map(|((info, _), (file, _))| FontFile {
            file: file.to_owned(),
            sha256: sources().filter(|font| font.file == file).map(|font| font.sha256).collect(),
            family: info.family.clone(),
        });
        own.chain(shipped).collect()
    }

    /// The file of a font of these.
    pub(super) fn file_of(&self, font: &Font) -> Option<String> {
        let (_, slots) = self.stock();
        let at = slots.iter().position(|slot| is_same_place(&slot.data, font.data()))?;
        let own = self.own.get(at).map(|(own, _)| own.name.clone());
        own.or_else(|| Some(FILES.get(at - self.own.len())?.0.to_owned()))
    }

    /// The font further down the chain of `role` that has `c`, where the role's own and those for marks and digits
    /// before it lack it.
    pub(super) fn lender(&self, role: Role, c: char) -> Option<&Entry> {
        let chain = self.chains.get(&role)?;
        let has = |entry: &Entry| {
            let mut fonts = self.book().select_family(&entry.family.to_lowercase());
            entry.takes(u32::from(c))
                && fonts.any(|at| self.book().info(at).is_some_and(|it| it.coverage.contains(u32::from(c))))
        };
        let first = chain.iter().position(has)?;
        (first > primary_at(chain)).then(|| &chain[first])
    }

    /// A sum over everything that decides how a font of these draws.
    pub(super) fn fingerprint(&self) -> Checksum {
        *self.fingerprint.get_or_init(|| {
            let own = self.own.iter().map(|(font, _)| {
                let OwnFont { role, called, index, data, .. } = font;
                format!("{}\t{called}\t{index}\t{}\n", role.name(), Checksum::of(data))
            });
            let shipped = sources().map(|font| format!("{}\n", font.sha256));
            Checksum::of(own.chain(shipped).collect::<String>().as_bytes())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::chain::{LATIN, SONG};
    use crate::typeset::shipped::FILES;
    use crate::typeset::{Templates, Typesetter};
    use serde_json::json;

    fn own(role: Role, data: &[u8]) -> OwnFont {
        let name = "字体/仿宋.ttf".into();
        OwnFont { role, name, called: String::new(), index: 0, rights: Rights::Editable, data: data.into() }
    }

    #[test]
    fn what_is_no_font_is_refused() {
        let finding = FontSet::new(vec![own(Role::Fang, b"no font")]).err().expect("refused");
        assert_eq!((finding.rule, &finding.facts["font"]), ("page/font", &json!("字体/仿宋.ttf")));
    }

    #[test]
    fn own_fonts_come_first_in_their_role_only() {
        let fonts =
            [(Role::Kai, 1), (Role::Hei, 3), (Role::Song, 5)].map(|(role, at)| own(role, FILES[at].1));
        let set = FontSet::new(fonts.into()).expect("fonts");
        let chains: Value = serde_json::from_slice(set.written()).expect("json");
        assert_eq!(chains["kai"][0], json!({ "name": "AR PL KaitiM GB" }));
        let latin = json!({ "name": LATIN, "covers": "[\\u{20}-\\u{7e}]" });
        assert_eq!(chains["fang"][0], latin);
        // Digits that are not half a character wide would break the grid.
        assert_eq!(chains["hei"][0], latin);
        // A page number stands on none.
        assert_eq!(chains["song"][0], json!({ "name": SONG }));
    }

    #[test]
    fn the_same_fonts_are_read_once() {
        let desk = Typesetter::new(Templates::new()).expect("a typesetter");
        let with = |role, at: usize| desk.with_own_fonts(vec![own(role, FILES[at].1)]).expect("fonts").fonts;
        assert!(Arc::ptr_eq(&with(Role::Kai, 2), &with(Role::Kai, 2)));
        assert!(!Arc::ptr_eq(&with(Role::Kai, 2), &with(Role::Hei, 2)));
        assert!(!Arc::ptr_eq(&with(Role::Hei, 2), &with(Role::Hei, 6)));
    }

    #[test]
    fn the_fonts_decide_the_fingerprint() {
        let of = |own| FontSet::new(own).expect("fonts").fingerprint();
        let kai = || own(Role::Kai, FILES[2].1);
        assert_eq!(of(Vec::new()), of(Vec::new()));
        assert_ne!(of(Vec::new()), of(vec![kai()]));
        assert_ne!(of(vec![OwnFont { role: Role::Fang, ..kai() }]), of(vec![kai()]));
        assert_ne!(of(vec![OwnFont { data: FILES[6].1.into(), ..kai() }]), of(vec![kai()]));
    }

    #[test]
    fn what_all_faces_show_is_what_the_chains_have_in_common() {
        let set = FontSet::new(vec![own(Role::Fang, FILES[2].1)]).expect("fonts");
        let text: String = ('\u{20}'..'\u{30000}').collect();
        let missing = crate::typeset::coverage::missing(&text, |c| set.common().has(c));
        assert_eq!(set.missing(&text), missing);
        assert_eq!(FontSet::new(Vec::new()).expect("fonts").missing(&text), missing);
    }
}
