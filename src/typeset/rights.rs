//! What a font's maker allows: in go the rights that a font file states (`fsType`), out comes whether a page
//! may carry it.

use ttf_parser::{Face, Permissions};

/// What a font states of being embedded; a PDF/A carries all of its fonts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rights {
    /// Without limits.
    Installable,
    /// In files that may be changed.
    Editable,
    /// In files that are read and printed.
    Preview,
    /// Nothing is stated, or what cannot be understood; nothing is forbidden, then.
    Unstated,
    /// Only whole, while pages carry the characters that they show.
    Whole,
    /// Only as bitmaps, while pages carry outlines.
    Bitmap,
    /// Not at all.
    Restricted,
}

impl Rights {
    pub(super) fn of(face: &Face<'_>) -> Self {
        let Some(table) = face.tables().os2 else { return Self::Unstated };
        match table.permissions() {
            Some(Permissions::Restricted) => Self::Restricted,
            _ if !table.is_outline_embedding_allowed() => Self::Bitmap,
            _ if !table.is_subsetting_allowed() => Self::Whole,
            Some(Permissions::Installable) => Self::Installable,
            Some(Permissions::Editable) => Self::Editable,
            Some(Permissions::PreviewAndPrint) => Self::Preview,
            None => Self::Unstated,
        }
    }

    /// Its name in the locale and in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Self::Installable => "installable",
            Self::Editable => "editable",
            Self::Preview => "preview",
            Self::Unstated => "unstated",
            Self::Whole => "whole",
            Self::Bitmap => "bitmap",
            Self::Restricted => "restricted",
        }
    }

    /// Whether a page may carry the font.
    pub fn allow_embedding(self) -> bool {
        !matches!(self, Self::Whole | Self::Bitmap | Self::Restricted)
    }
}
