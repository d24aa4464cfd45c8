//! Names in a bundle: a name goes in; a [`PayloadPath`] comes out that each computer can unpack, or the
//! finding that says what is wrong with it.
//!
//! A bundle is unpacked on Windows, on Linux and on a Mac, and is still to be readable after years. So
//! a name must be right everywhere, and no two may become one on some of these systems.

use crate::finding::Finding;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// The longest path inside a bundle, its folder and `data/` included, in UTF-16 units: Windows takes
/// 260 from the drive letter on, and where it is unpacked (often twice the bundle's name deep) counts.
const MAX_PATH_UNITS: usize = 160;

/// The longest single name, in bytes of UTF-8: Linux takes 255, and what writes it may add an ending.
const MAX_NAME_BYTES: usize = 230;

/// The place of a file in a bundle, below `data/`, parts separated by `/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PayloadPath(String);

impl PayloadPath {
    /// Takes a path, composed (NFC), if each of its names is one that every computer can unpack.
    ///
    /// # Errors
    ///
    /// `bag/bad-name` with the facts `name` and `reason`: `empty`, `escapes`, `control`, `forbidden`,
    /// `percent`, `reserved`, `trailing` or `too-long`.
    pub fn new(path: &str) -> Result<Self, Finding> {
        let path: String = path.nfc().collect();
        path.split('/').try_for_each(check_name)?;
        Ok(Self(path))
    }

    /// The path below `data/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The path in manifests: from `data/` on.
    pub fn in_bag(&self) -> String {
        format!("data/{}", self.0)
    }
}

impl fmt::Display for PayloadPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One name that every computer can unpack, from any text: what may not stand in a name becomes its
/// full-width twin or falls away, and a text that is too long is cut before its extension.
pub fn tidy_name(text: &str) -> String {
    const MOST: usize = MAX_NAME_BYTES / 2;
    let composed: String = text.chars().filter(|&c| !is_hidden(c)).nfc().map(wide_twin).collect();
    let mut name = trim(&composed).to_owned();
    if name.len() > MOST {
        let (stem, extension) = match name.rsplit_once('.') {
            Some((stem, extension)) if extension.len() <= 8 => (stem, format!(".{extension}")),
            _ => (name.as_str(), String::new()),
        };
        let end = stem.floor_char_boundary(MOST - extension.len());
        name = format!("{}{extension}", trim(&stem[..end]));
    }
    if name.is_empty() || is_reserved(&name) { format!("_{name}") } else { name }
}

/// Checks one name, without `/`.
pub(super) fn check_name(name: &str) -> Result<(), Finding> {
    let reason = match name {
        "" => "empty",
        "." | ".." => "escapes",
        _ if name.contains(is_hidden) => "control",
        _ if name.contains('%') => "percent",
        _ if name.contains(is_forbidden) => "forbidden",
        _ if trim(name) != name => "trailing",
        _ if is_reserved(name) => "reserved",
        _ if name.len() > MAX_NAME_BYTES => "too-long",
        _ => return Ok(()),
    };
    Err(bad(name, reason))
}

/// Checks the paths of a bundle together: their length below the folder `top`, and that no two of them
/// become one where capital and small letters, or a letter and its parts, are the same.
pub(super) fn check_paths<'a>(
    top: &str,
    paths: impl IntoIterator<Item = &'a PayloadPath>,
) -> Result<(), Vec<Finding>> {
    let mut findings = Vec::new();
    // Each file and each folder above it, by its folded spelling; a folder may come again, spelled alike.
    let mut seen: BTreeMap<String, (&str, bool)> = BTreeMap::new();
    for PayloadPath(path) in paths {
        if units(top) + "/data/".len() + units(path) > MAX_PATH_UNITS {
            findings.push(bad(path, "too-long").fact("limit", MAX_PATH_UNITS));
        }
        let folders = path.match_indices('/').map(|(end, _)| (&path[..end], true));
        for here in folders.chain([(path.as_str(), false)]) {
            match seen.entry(fold(here.0)) {
                Entry::Vacant(place) => _ = place.insert(here),
                // A folder comes again with each of its files.
                Entry::Occupied(first) if *first.get() == here && here.1 => {}
                Entry::Occupied(first) => {
                    let other = first.get().0;
                    findings
                        .push(Finding::new("bag/same-name").fact("name", path.as_str()).fact("other", other));
                    break;
                }
            }
        }
    }
    if findings.is_empty() { Ok(()) } else { Err(findings) }
}

fn bad(name: &str, reason: &'static str) -> Finding {
    Finding::new("bag/bad-name").fact("name", name).fact("reason", reason)
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

/// A spelling in which names are equal that some file system takes for equal.
fn fold(path: &str) -> String {
    path.nfd().flat_map(char::to_lowercase).nfc().collect()
}

fn trim(name: &str) -> &str {
    name.trim_start().trim_end_matches(|c: char| c == '.' || c.is_whitespace())
}

/// Control characters and those that cannot be seen or turn the direction of writing.
fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{ad}' | '\u{feff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn is_forbidden(c: char) -> bool {
    matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\' | '/')
}

/// The full-width twin of a character that may not stand in a name. `%` is one of them: RFC 8493 wants
/// it written `%25` in manifests, which the most common validator does not read.
fn wide_twin(c: char) -> char {
    if c == '%' || is_forbidden(c) { char::from_u32(u32::from(c) + 0xfee0).unwrap_or('_') } else { c }
}

/// Whether Windows keeps the name for a device, whatever its extension.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_uppercase();
    let is_numbered = |prefix| {
        let digit = stem.strip_prefix(prefix).map(str::chars);
        digit.is_some_and(|mut rest| {
            rest.next().is_some_and(|c| matches!(c, '1'..='9' | '¹' | '²' | '³')) && rest.next().is_none()
        })
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL" | "CONIN$" | "CONOUT$")
        || is_numbered("COM")
        || is_numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn reason(path: &str) -> String {
        let finding = PayloadPath::new(path).unwrap_err();
        assert_eq!(finding.rule, "bag/bad-name");
        finding.facts["reason"].as_str().unwrap().to_owned()
    }

    fn together(paths: &[&str]) -> Vec<&'static str> {
        let paths: Vec<_> = paths.iter().map(|path| PayloadPath::new(path).unwrap()).collect();
        let findings = check_paths("组", &paths).err().unwrap_or_default();
        findings.into_iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn bad_names_are_refused_for_what_they_are() {
        let cases = [
            ("", "empty"),
            ("/etc/passwd", "empty"),
            ("附件//1.pdf", "empty"),
            ("附件/../1.pdf", "escapes"),
            ("C:/x", "forbidden"),
            ("附件\\1.pdf", "forbidden"),
            ("a\nb", "control"),
            ("纪\u{202e}fdp.exe", "control"),
            ("完成率100%.pdf", "percent"),
            ("aux.pdf", "reserved"),
            ("附件/COM1", "reserved"),
            ("LPT².txt", "reserved"),
            ("总结.", "trailing"),
            ("总结 ", "trailing"),
            (" 总结", "trailing"),
        ];
        for (path, expected) in cases {
            assert_eq!(reason(path), expected, "{path}");
        }
        assert_eq!(reason(&"长".repeat(77)), "too-long");
        assert!(PayloadPath::new("附件/通知（正文）.pdf").is_ok());
        assert!(PayloadPath::new("COM10.txt").is_ok());
    }

    #[test]
    fn names_that_become_one_somewhere_are_refused() {
        assert_eq!(together(&["图片/a.jpg", "图片/b.jpg", "图片.txt"]), [""; 0]);
        assert_eq!(together(&["A.pdf", "a.PDF"]), ["bag/same-name"]);
        assert_eq!(together(&["Image/a.jpg", "image/b.jpg"]), ["bag/same-name"]);
        assert_eq!(together(&["图片", "图片/b.jpg"]), ["bag/same-name"]);
        assert_eq!(together(&["图片/b.jpg", "图片"]), ["bag/same-name"]);
        assert_eq!(together(&["e\u{301}", "\u{e9}"]), ["bag/same-name"]);
        assert_eq!(together(&["x", "x"]), ["bag/same-name"]);
        assert_eq!(
            together(&[&["长".repeat(70), "短".repeat(70), "x".repeat(20)].join("/")]),
            ["bag/bad-name"]
        );
    }

    #[test]
    fn tidying_keeps_the_name_readable() {
        assert_eq!(tidy_name("完成率100%: 上半年?.pdf"), "完成率100％： 上半年？.pdf");
        assert_eq!(tidy_name("NUL.txt"), "_NUL.txt");
        assert_eq!(tidy_name(" ..."), "_");
        assert!(tidy_name(&format!("{}.pdf", "长".repeat(200))).ends_with("长.pdf"));
    }

    proptest! {
        #[test]
        fn any_text_can_be_made_a_name(text in "\\PC{0,200}|[.%/ a-c\\p{C}]{0,9}") {
            let name = tidy_name(&text);
            prop_assert!(PayloadPath::new(&name).is_ok(), "{name:?}");
            prop_assert_eq!(tidy_name(&name), name);
        }
    }
}
