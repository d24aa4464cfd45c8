//! What kind of file it is, told from its first bytes and never from its name: a [`Format`] comes out,
//! or the finding that names what it is instead.

use crate::finding::Finding;
use image::ImageFormat;
use serde::Serialize;

/// A format that photographs may come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JPEG (ISO/IEC 10918-1).
    Jpeg,
    /// PNG (ISO/IEC 15948).
    Png,
    /// WebP, lossy or lossless; of a moving one, the first frame.
    Webp,
}

impl Format {
    /// The format of `bytes`.
    ///
    /// # Errors
    ///
    /// `media/unsupported` (fact `format`) for a picture of another kind, HEIC for one, and
    /// `media/not-a-picture` (fact `size`, in bytes) for everything else.
    pub fn of(bytes: &[u8]) -> Result<Self, Finding> {
        match image::guess_format(bytes) {
            Ok(ImageFormat::Jpeg) => Ok(Self::Jpeg),
            Ok(ImageFormat::Png) => Ok(Self::Png),
            Ok(ImageFormat::WebP) => Ok(Self::Webp),
            _ => Err(match foreign(bytes) {
                Some(name) => Finding::new("media/unsupported").fact("format", name),
                None => Finding::new("media/not-a-picture").fact("size", bytes.len()),
            }),
        }
    }

    pub(super) const fn codec(self) -> ImageFormat {
        match self {
            Self::Jpeg => ImageFormat::Jpeg,
            Self::Png => ImageFormat::Png,
            Self::Webp => ImageFormat::WebP,
        }
    }
}

/// The usual name of a picture format that is recognised only to be refused by name.
fn foreign(bytes: &[u8]) -> Option<&'static str> {
    // ISO base media files: a box length, `ftyp`, then the brand.
    if bytes.get(4..8) == Some(b"ftyp") {
        return match bytes.get(8..12)? {
            b"avif" | b"avis" => Some("AVIF"),
            b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => Some("HEIC"),
            b"crx " => Some("CR3"),
            _ => None,
        };
    }
    let starts = |magic: &[u8]| bytes.starts_with(magic);
    match bytes {
        _ if starts(b"GIF87a") || starts(b"GIF89a") => Some("GIF"),
        _ if starts(b"II*\0") || starts(b"MM\0*") => Some("TIFF"),
        _ if starts(b"%PDF-") => Some("PDF"),
        _ if starts(b"8BPS") => Some("PSD"),
        _ if starts(b"\xff\x0a") || starts(b"\0\0\0\x0cJXL ") => Some("JPEG XL"),
        _ if starts(b"\0\0\0\x0cjP  ") => Some("JPEG 2000"),
        // `BM` alone opens many a text file; the reserved bytes behind the length are zero.
        _ if starts(b"BM") && bytes.get(6..10) == Some(&[0; 4]) => Some("BMP"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(bytes: &[u8]) -> (String, String) {
        let finding = Format::of(bytes).unwrap_err();
        let fact = finding.facts.values().next().unwrap();
        (finding.rule.into(), fact.to_string())
    }

    #[test]
    fn names_what_a_telephone_sends_instead_of_jpeg() {
        let heic = refused(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic");
        assert_eq!(heic, ("media/unsupported".into(), "\"HEIC\"".into()));
    }

    #[test]
    fn text_and_empty_files_are_no_pictures() {
        assert_eq!(refused("BM 会议纪要".as_bytes()).0, "media/not-a-picture");
        assert_eq!(refused(b""), ("media/not-a-picture".into(), "0".into()));
        assert_eq!(refused(b"\0\0\0\x18ftypisom").0, "media/not-a-picture");
    }
}
