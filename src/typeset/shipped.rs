//! The fonts inside the executable, each read when it is first needed.

use crate::checksum::Checksum;
use crate::typeset::chain::ASCII;
use crate::typeset::coverage::Covered;
use crate::typeset::names::font_faces;
use crate::typeset::rights::Rights;
use std::sync::{Arc, LazyLock, OnceLock};
use ttf_parser::Face;
use typst::foundations::Bytes;
use typst::layout::Abs;
use typst::text::{Font, FontInfo, FontInstance, FontVariations};

/// The shipped files, by the names that `fonts/sources.tsv` has for them.
pub(super) const FILES: [(&str, &[u8]); 8] = [
    ("LXGWZhuqueFangsong-Regular.ttf", include_bytes!("../../fonts/LXGWZhuqueFangsong-Regular.ttf")),
    ("gkai00mp.ttf", include_bytes!("../../fonts/gkai00mp.ttf")),
    ("GWKaiExt.ttf", include_bytes!("../../fonts/GWKaiExt.ttf")),
    ("GWHei.ttf", include_bytes!("../../fonts/GWHei.ttf")),
    ("GWBiaoSong.ttf", include_bytes!("../../fonts/GWBiaoSong.ttf")),
    ("GWSong.ttf", SONG_FILE),
    ("LiberationSerif-Regular.ttf", LATIN_FILE),
    ("LiberationSerif-Bold.ttf", include_bytes!("../../fonts/LiberationSerif-Bold.ttf")),
];

const SONG_FILE: &[u8] = include_bytes!("../../fonts/GWSong.ttf");
const LATIN_FILE: &[u8] = include_bytes!("../../fonts/LiberationSerif-Regular.ttf");

/// A font that is parsed when it is first asked for.
pub(super) struct Slot {
    pub(super) data: Bytes,
    pub(super) index: u32,
    font: OnceLock<Option<Font>>,
    instance: OnceLock<Option<FontInstance>>,
}

impl Slot {
    pub(super) fn new(data: Bytes, index: u32) -> Self {
        Self { data, index, font: OnceLock::new(), instance: OnceLock::new() }
    }

    pub(super) fn font(&self) -> Option<Font> {
        self.font.get_or_init(|| Font::new(self.data.clone(), self.index)).clone()
    }

    /// The font as the typesetter uses it, to ask for widths.
    pub(super) fn instance(&self) -> Option<FontInstance> {
        let make = || {
            let font = self.font()?;
            let variant = font.info().variant;
            Some(font.instantiate(variant, Abs::pt(16.0), &FontVariations::default()))
        };
        self.instance.get_or_init(make).clone()
    }
}

/// What the compiler knows of the shipped fonts, and these.
pub(super) static SHIPPED: LazyLock<Vec<(FontInfo, Arc<Slot>)>> = LazyLock::new(|| {
    let slot = |(_, data): (&str, &'static [u8])| {
        Some((FontInfo::new(data, 0)?, Arc::new(Slot::new(Bytes::new(data), 0))))
    };
    FILES.into_iter().filter_map(slot).collect()
});

/// The characters that every chain can show whatever fonts the user adds: each begins with the Latin font's ASCII
/// and ends with 宋体. Read off two fonts only, as this is needed at every start.
pub(super) static BASE: LazyLock<Covered> = LazyLock::new(|| {
    let mut all = Covered::default();
    let latin = characters(LATIN_FILE).into_iter();
    all.extend(latin.filter(|c| ASCII.iter().any(|&(a, b)| (u32::from(a)..=u32::from(b)).contains(c))));
    all.extend(characters(SONG_FILE));
    all
});

/// The characters that a font has.
fn characters(data: &[u8]) -> Vec<u32> {
    let mut all = Vec::new();
    let face = Face::parse(data, 0).ok();
    for table in face.iter().filter_map(|face| face.tables().cmap).flat_map(|cmap| cmap.subtables) {
        if table.is_unicode() {
            table.codepoints(|c| all.push(c));
        }
    }
    all
}

/// The file of a shipped family, what its maker allows, and its licence.
pub(super) fn shipped_file(family: &str) -> (String, Rights, Option<&'static str>) {
    let at = SHIPPED.iter().zip(FILES).find(|((info, _), _)| info.family == family);
    let Some((_, (file, data))) = at else { return (String::new(), Rights::Unstated, None) };
    let rights = font_faces(data).first().map_or(Rights::Unstated, |face| face.rights);
    let licence = sources().find(|source| source.file == file).map(|source| source.licence);
    (file.to_owned(), rights, licence)
}

/// What is recorded of a font inside the executable.
pub(super) struct Source {
    pub(super) file: &'static str,
    pub(super) sha256: &'static str,
    pub(super) licence: &'static str,
}

pub(super) fn sources() -> impl Iterator<Item = Source> {
    include_str!("../../fonts/sources.tsv").lines().skip(1).filter_map(|line| {
        let mut cells = line.split('\t');
        Some(Source { file: cells.next()?, sha256: cells.nth(1)?, licence: cells.nth(4)? })
    })
}

/// The fonts inside the executable: file name and SHA-256, as `fonts/sources.tsv` records them.
pub fn shipped_fonts() -> impl Iterator<Item = (&'static str, &'static str)> {
    sources().map(|font| (font.file, font.sha256))
}

/// Whether the fonts inside the executable are, byte for byte, those of `fonts/sources.tsv`.
pub fn fonts_are_whole() -> bool {
    let recorded = |file: &str| shipped_fonts().find(|(known, _)| *known == file).map(|(_, sum)| sum);
    FILES.iter().all(|(file, data)| recorded(file).is_some_and(|sum| sum == Checksum::of(data).to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::typeset::chain::{LATIN, SONG, shipped_chain};
    use crate::typeset::fonts::Role;

    #[test]
    fn every_chain_has_the_base_and_names_shipped_families() {
        assert_eq!(SHIPPED.len(), FILES.len());
        assert!(FILES.iter().all(|(file, _)| sources().any(|known| known.file == *file)));
        for role in Role::ALL {
            let chain = shipped_chain(role);
            assert_eq!(chain.first(), Some(&(LATIN, ASCII)), "{role:?}");
            assert!(
                chain.last().is_some_and(|(family, ranges)| *family == SONG && ranges.is_empty()),
                "{role:?}"
            );
            for (family, _) in chain {
                assert!(SHIPPED.iter().any(|(known, _)| known.family == *family), "{family}");
            }
        }
    }
}
