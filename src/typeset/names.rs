//! What a font file says of itself: in go its bytes, out come its faces with every name, their rights and cut,
//! and the role that one of the names stands for in the table of the fonts that offices use.

use crate::typeset::fonts::Role;
use crate::typeset::rights::Rights;
use encoding_rs::{BIG5, GBK, MACINTOSH};
use std::collections::BTreeSet;
use std::sync::LazyLock;
use ttf_parser::name::Name;
use ttf_parser::{Face, PlatformId, name_id};
use unicode_normalization::UnicodeNormalization;

/// The most faces of a collection that are looked at.
const MOST_FACES: u32 = 16;

/// A collection has an offset of so many bytes for each face.
const OFFSET: usize = 4;

/// The names by which a font is known: family, full, PostScript, typographic family, full for old programs.
const NAMES: [u16; 5] = [
    name_id::FAMILY,
    name_id::FULL_NAME,
    name_id::POST_SCRIPT_NAME,
    name_id::TYPOGRAPHIC_FAMILY,
    name_id::COMPATIBLE_FULL,
];

/// From this weight on a face is bold.
const BOLD: u16 = 600;

/// A face of a font file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FontFace {
    /// Which of a collection, counted from 0.
    pub index: u32,
    /// All of its names, in every language, sorted.
    pub names: BTreeSet<String>,
    /// What its maker allows.
    pub rights: Rights,
    /// Whether it is a bold cut.
    pub bold: bool,
    /// Whether its weight can be varied; only its default is used.
    pub variable: bool,
}

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The role.
    pub role: Role,
    /// Its place in the table: the first of a role is used.
    pub rank: usize,
    /// What offices call the font.
    pub name: &'static str,
}

/// The faces of a font file; none if it is not one.
pub fn font_faces(data: &[u8]) -> Vec<FontFace> {
    let count = ttf_parser::fonts_in_collection(data).unwrap_or(1);
    if count as usize > data.len() / OFFSET {
        return Vec::new();
    }
    let face = |index| {
        let face = Face::parse(data, index).ok()?;
        let known = face.names().into_iter().filter(|name| NAMES.contains(&name.name_id));
        Some(FontFace {
            index,
            names: known.filter_map(|name| text(&name)).filter(|name| !name.trim().is_empty()).collect(),
            rights: Rights::of(&face),
            bold: face.is_bold() || face.weight().to_number() >= BOLD,
            variable: face.is_variable(),
        })
    };
    (0..count.min(MOST_FACES)).filter_map(face).collect()
}

/// A name in Unicode. Old Chinese fonts have names in the encodings of their time.
fn text(name: &Name<'_>) -> Option<String> {
    if name.is_unicode() {
        return name.to_string();
    }
    let encoding = match (name.platform_id, name.encoding_id) {
        (PlatformId::Windows, 3) | (PlatformId::Macintosh, 25) => GBK,
        (PlatformId::Windows, 4) | (PlatformId::Macintosh, 2) => BIG5,
        (PlatformId::Macintosh, 0) => MACINTOSH,
        _ => return None,
    };
    // Windows writes two bytes a character, the first of a Latin letter being 0.
    let bytes: Vec<u8> = name.name.iter().copied().filter(|byte| *byte != 0).collect();
    Some(encoding.decode_without_bom_handling(&bytes).0.into_owned())
}

impl FontFace {
    /// The role that one of its names stands for; that of its file, without ending, if none does.
    pub fn role(&self, stem: &str) -> Option<Match> {
        let best = self.names.iter().filter_map(|name| known_font(name)).min_by_key(|it| it.rank);
        // The name of a collection's file is that of its first face.
        best.or_else(|| if self.index == 0 { known_font(stem) } else { None })
    }
}

/// A line of the table: a font and all of its names, as they are compared.
struct Row {
    wanted: Match,
    names: Vec<String>,
}

static TABLE: LazyLock<Vec<Row>> = LazyLock::new(|| {
    let lines = include_str!("../../fonts/wanted.tsv").lines().skip(1).enumerate();
    let row = |(rank, line): (usize, &'static str)| {
        let mut cells = line.split('\t');
        let (role, name) = (cells.next()?, cells.next()?);
        let role = Role::ALL.into_iter().find(|it| it.name() == role)?;
        let others = cells.next().unwrap_or_default().split('|');
        let names = std::iter::once(name).chain(others).map(compared).filter(|name| !name.is_empty());
        Some(Row { wanted: Match { role, rank, name }, names: names.collect() })
    };
    lines.filter_map(row).collect()
});

/// The fonts that offices use for `role`, the most wanted first.
pub fn wanted_fonts(role: Role) -> Vec<&'static str> {
    TABLE.iter().filter(|row| row.wanted.role == role).map(|row| row.wanted.name).collect()
}

/// What `name` stands for.
pub fn known_font(name: &str) -> Option<Match> {
    let name = compared(name);
    let plain = ["regular", "常规", "標準"].iter().find_map(|cut| name.strip_suffix(cut)).unwrap_or(&name);
    let is = |row: &&Row| row.names.iter().any(|known| *known == name || known == plain);
    TABLE.iter().find(is).map(|row| row.wanted)
}

/// A name as it is compared: without case, width, blanks, strokes, and the mark of a subset.
fn compared(name: &str) -> String {
    let name = match name.split_once('+') {
        Some((mark, name)) if mark.len() == 6 && mark.bytes().all(|byte| byte.is_ascii_uppercase()) => name,
        _ => name,
    };
    let plain = name.nfkc().filter(|c| !c.is_whitespace() && !matches!(c, '_' | '-' | '－' | '—'));
    plain.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(name: &str) -> Option<(Role, &'static str)> {
        known_font(name).map(|it| (it.role, it.name))
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        for name in [
            "仿宋_GB2312",
            "仿宋－ＧＢ２３１２",
            "FangSong_GB2312",
            "fangsong gb2312",
            "ABCDEF+FangSong_GB2312",
        ] {
            assert_eq!(role(name), Some((Role::Fang, "仿宋_GB2312")), "{name}");
        }
        assert_eq!(role("FZXBSJW--GB1-0"), Some((Role::Biao, "方正小标宋简体")));
        assert_eq!(role("fzxbsk--gbk1-0"), Some((Role::Biao, "方正小标宋_GBK")));
        assert_eq!(role("KaiTi Regular"), Some((Role::Kai, "楷体")));
        assert_eq!(role("SIMHEI"), Some((Role::Hei, "黑体")));
        assert_eq!(role("NSimSun"), Some((Role::Song, "新宋体")));
        assert_eq!(role("微软雅黑"), None);
        assert_eq!(role(""), None);
    }

    #[test]
    fn no_name_stands_for_two_fonts_and_every_role_has_some() {
        let mut seen = BTreeSet::new();
        for row in TABLE.iter() {
            let names: BTreeSet<&String> = row.names.iter().collect();
            for name in names {
                assert!(seen.insert(name), "{name}");
            }
        }
        assert_eq!(TABLE.len(), include_str!("../../fonts/wanted.tsv").lines().count() - 1);
        assert!(Role::ALL.iter().all(|role| wanted_fonts(*role).len() > 4));
    }

    #[test]
    fn what_is_no_font_has_no_faces() {
        assert_eq!(font_faces(b"no font"), []);
        assert_eq!(font_faces(b"ttcf\0\x01\0\0\xff\xff\xff\xff"), []);
    }
}
