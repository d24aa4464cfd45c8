//! Bytes to text: UTF-8 as it should be; BOM, UTF-16 and GBK read with a notice.

use crate::finding::{Finding, Place};
use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

/// What came of the bytes.
pub(super) struct Decoded {
    /// The text; empty when nothing could be made of the bytes.
    pub(super) text: String,
    /// What there is to say about the encoding.
    pub(super) findings: Vec<Finding>,
    /// Whether the text may be read on.
    pub(super) readable: bool,
}

/// Decodes the bytes of `file`.
pub(super) fn decode(file: &str, bytes: &[u8]) -> Decoded {
    let at_file = |rule| Finding::new(rule).at(Place::file(file));
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        let mut decoded = decode_unmarked(file, rest);
        decoded.findings.push(at_file("yaml/bom"));
        return decoded;
    }
    decode_unmarked(file, bytes)
}

/// Decodes bytes without the mark of UTF-8; a second one is a character like any other.
fn decode_unmarked(file: &str, bytes: &[u8]) -> Decoded {
    let at_file = |rule| Finding::new(rule).at(Place::file(file));
    if let Ok(text) = std::str::from_utf8(bytes)
        && !text.contains('\0')
    {
        return Decoded { text: text.to_owned(), findings: Vec::new(), readable: true };
    }
    let utf16 = match bytes {
        [0xFF, 0xFE, ..] | [_, 0, ..] => Some(UTF_16LE),
        [0xFE, 0xFF, ..] | [0, _, ..] => Some(UTF_16BE),
        _ => None,
    };
    let (encoding, name) = utf16.map_or((GB18030, "GBK"), |encoding| (encoding, "UTF-16"));
    let (text, _, damaged) = encoding.decode(bytes);
    let text = text.trim_start_matches('\u{FEFF}').to_owned();
    if damaged || text.contains('\0') {
        let finding = at_file("yaml/not-text");
        return Decoded { text: String::new(), findings: vec![finding], readable: false };
    }
    let finding = at_file("yaml/encoding").fact("encoding", name);
    Decoded { text, findings: vec![finding], readable: true }
}

/// A way to write a text as bytes.
type Form<'f> = &'f dyn Fn(&str) -> Option<Vec<u8>>;

/// The bytes of `text` in the encoding of `like`, the bytes that `was` was read from: with or without its mark. None
/// when that encoding would not give back `like` itself, or has no sign for a character.
pub fn encode_like(like: &[u8], was: &str, text: &str) -> Option<Vec<u8>> {
    let utf16 = |text: &str, mark: &[u8], bytes: fn(u16) -> [u8; 2]| -> Option<Vec<u8>> {
        Some(mark.iter().copied().chain(text.encode_utf16().flat_map(bytes)).collect())
    };
    let gbk = |text: &str| {
        let (bytes, _, lacking) = GB18030.encode(text);
        (!lacking).then(|| bytes.into_owned())
    };
    let forms: [Form<'_>; 7] = [
        &|text| Some(text.as_bytes().to_vec()),
        &|text| Some([b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        &gbk,
        &|text| utf16(text, &[0xFF, 0xFE], u16::to_le_bytes),
        &|text| utf16(text, &[0xFE, 0xFF], u16::to_be_bytes),
        &|text| utf16(text, &[], u16::to_le_bytes),
        &|text| utf16(text, &[], u16::to_be_bytes),
    ];
    forms.iter().find(|form| form(was).as_deref() == Some(like)).and_then(|form| form(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_goes_back_into_its_encoding() {
        let (was, is) = ("全称: 某组,\r\n", "全称: 某组，\r\n");
        let mark = |text: &str| [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        let gbk = |text: &str| GB18030.encode(text).0.into_owned();
        let utf16 = |text: &str| -> Vec<u8> {
            std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_be_bytes).collect()
        };
        for form in
            [&(|text: &str| text.as_bytes().to_vec()) as &dyn Fn(&str) -> Vec<u8>, &mark, &gbk, &utf16]
        {
            assert_eq!(encode_like(&form(was), was, is), Some(form(is)));
            assert_eq!(decode("f", &form(was)).text, was);
        }
        assert_eq!(encode_like(b"other", was, is), None);
    }

    fn rules(bytes: &[u8]) -> (String, Vec<&'static str>) {
        let decoded = decode("f", bytes);
        (decoded.text, decoded.findings.iter().map(|finding| finding.rule).collect())
    }

    #[test]
    fn every_encoding_is_named() {
        let text = "全称: 某组";
        assert_eq!(rules(text.as_bytes()), (text.into(), vec![]));
        assert_eq!(rules(&[b"\xEF\xBB\xBF", text.as_bytes()].concat()), (text.into(), vec!["yaml/bom"]));
        assert_eq!(rules(&GB18030.encode(text).0), (text.into(), vec!["yaml/encoding"]));
        let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(rules(&[&[0xFF, 0xFE], utf16.as_slice()].concat()), (text.into(), vec!["yaml/encoding"]));
        assert_eq!(rules(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff").1, vec!["yaml/not-text"]);
    }
}
