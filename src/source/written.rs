//! From a place in a scalar's text back to the bytes that were written for it: quotes, escapes, indentation and folded
//! lines lie between the two.

use super::document::Document;
use super::tree::{Node, Pos, Shape};
use crate::finding::Place;
use std::ops::Range;

/// A scalar's text laid beside the bytes of its file.
#[derive(Debug)]
pub struct Written {
    /// Offset in the text, and the bytes of the file that stand for the character there; empty for a blank that the
    /// end of a line stands for.
    characters: Vec<(usize, Range<usize>)>,
}

impl Written {
    /// The bytes of the file that stand for `span` of the text; none when they are not known, or when other lines or
    /// comments lie between them.
    pub fn bytes(&self, span: &Range<usize>) -> Option<Range<usize>> {
        let first = self.characters.binary_search_by_key(&span.start, |(at, _)| *at).ok()?;
        let parts: Vec<&Range<usize>> = self.characters[first..]
            .iter()
            .take_while(|(at, _)| *at < span.end)
            .map(|(_, part)| part)
            .collect();
        let whole = parts.first()?.start..parts.last()?.end;
        let joined = parts.windows(2).all(|pair| pair[0].end == pair[1].start);
        (joined && parts.iter().all(|part| !part.is_empty())).then_some(whole)
    }

    /// Where the character at `at` of the text begins in the file, or the next one that is written.
    pub fn start(&self, at: usize) -> Option<usize> {
        let first = self.characters.partition_point(|(start, _)| *start < at);
        self.characters[first..].iter().find(|(_, part)| !part.is_empty()).map(|(_, part)| part.start)
    }
}

impl Document {
    /// How the scalar `node` of this document is written; none when its text cannot be found in the file.
    pub fn written(&self, node: &Node) -> Option<Written> {
        let Shape::Scalar { text, .. } = &node.shape else { return None };
        let (from, to) = (self.offset(node.span.start), self.offset(node.span.end).min(self.text.len()));
        let source = self.text.get(from..to.max(from))?;
        // A block may begin with any sign: what fits as it stands is taken before quotes are thought of.
        let head = source.starts_with(['|', '>']).then(|| source.find('\n').map(|end| end + 1)).flatten();
        let readings =
            [(head.unwrap_or(0), Style::Plain), (0, Style::Plain), (1, Style::Double), (1, Style::Single)];
        readings.into_iter().find_map(|(skipped, style)| {
            let characters = align(text, source.get(skipped..)?, from + skipped, style)?;
            Some(Written { characters })
        })
    }

    /// Where a position stands in the text, in bytes; the end of its line, or of the text, for one behind it.
    pub(super) fn offset(&self, at: Pos) -> usize {
        let Some((start, _)) = self.lines.get(at.line.saturating_sub(1)) else { return self.text.len() };
        let before = self.line(at.line).chars().take(at.column.saturating_sub(1));
        start + before.map(char::len_utf8).sum::<usize>()
    }

    /// The line, counted from 1, in which a byte of the text stands.
    fn line_at(&self, byte: usize) -> usize {
        self.lines.partition_point(|(start, _)| *start <= byte).max(1)
    }

    /// The place of some bytes of the file, at most to the end of their first line.
    pub fn place_of_bytes(&self, bytes: &Range<usize>) -> Place {
        let line = self.line_at(bytes.start);
        let start = self.offset(Pos { line, column: 1 });
        let text = self.line(line);
        let from = (bytes.start - start).min(text.len());
        let to = (bytes.end - start).min(text.len()).max(from);
        let column = text[..from].chars().count() + 1;
        self.at(Pos { line, column }, text[from..to].chars().count().max(1))
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Style {
    Plain,
    Single,
    Double,
}

/// Lays `text` beside `source`, which begins at `offset` of the file: what is no blank stands in both in the same order.
fn align(text: &str, source: &str, offset: usize, style: Style) -> Option<Vec<(usize, Range<usize>)>> {
    let mut characters = Vec::with_capacity(text.len() / 2);
    let mut here = 0;
    for (at, c) in text.char_indices() {
        let rest = source.get(here..)?;
        let (skipped, length) = if c.is_whitespace() {
            blank(rest, c)
        } else {
            let blanks = rest.len() - rest.trim_start().len();
            let found = one(&rest[blanks..], c, style);
            // A line of a double-quoted scalar may end with a backslash.
            let found = found.map(|length| (blanks, length));
            found.or_else(|| continued(rest, c, style))?
        };
        characters.push((at, offset + here + skipped..offset + here + skipped + length));
        here += skipped + length;
    }
    Some(characters)
}

/// A blank of the text: how much is skipped before it is written, and its length; nothing of either when it stands for
/// the end of a line.
fn blank(rest: &str, c: char) -> (usize, usize) {
    let run = rest.len() - rest.trim_start().len();
    let same = rest[..run].find(c).map(|skipped| (skipped, c.len_utf8()));
    same.unwrap_or((0, 0))
}

/// How long `c` is written at the beginning of `rest`.
fn one(rest: &str, c: char, style: Style) -> Option<usize> {
    match style {
        Style::Single if c == '\'' => rest.starts_with("''").then_some(2),
        Style::Double if rest.starts_with('\\') => escaped(rest, c),
        _ => rest.starts_with(c).then(|| c.len_utf8()),
    }
}

fn escaped(rest: &str, c: char) -> Option<usize> {
    let kind = rest[1..].chars().next()?;
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        kind => return (kind == c).then(|| 1 + kind.len_utf8()),
    };
    let code = u32::from_str_radix(rest.get(2..2 + digits)?, 16).ok()?;
    (char::from_u32(code) == Some(c)).then_some(2 + digits)
}

fn continued(rest: &str, c: char, style: Style) -> Option<(usize, usize)> {
    let behind = rest.trim_start().strip_prefix('\\').filter(|_| style == Style::Double)?.trim_start();
    let skipped = rest.len() - behind.len();
    one(behind, c, style).map(|length| (skipped, length))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Pointer;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn slice(yaml: &str, key: &str, needle: &str) -> Option<(String, u32, u32)> {
        let document = Document::read("a.yaml", yaml.as_bytes(), &BTreeSet::new());
        let node = document.tree.as_ref()?.at(&Pointer::parse(key))?;
        let at = node.text()?.find(needle)?;
        let bytes = document.written(node)?.bytes(&(at..at + needle.len()))?;
        let place = document.place_of_bytes(&bytes);
        Some((document.text[bytes].to_owned(), place.line, place.column))
    }

    #[test]
    fn every_style_leads_back_to_its_bytes() {
        let yaml = "一: 会议听取,了\n二: \"他说\\\"好\\\"，\\u4E00致\"\n三: 'it''s,好'\n四: |\r\n  　　第一,段\r\n\r\n  第二;段\r\n五: >-\n  折叠\n  的,行\n六: [甲,乙, 丙;丁]\n七: 跨\n  行,的\n八: |+\n    - 深,的\n";
        let found = |key: &str, needle: &str| slice(yaml, key, needle);
        assert_eq!(found("/一", ","), Some((",".into(), 1, 8)));
        assert_eq!(found("/二", "\""), Some(("\\\"".into(), 2, 7)));
        assert_eq!(found("/二", "一"), Some(("\\u4E00".into(), 2, 13)));
        assert_eq!(found("/三", "'"), Some(("''".into(), 3, 7)));
        assert_eq!(found("/四", ","), Some((",".into(), 5, 7)));
        assert_eq!(found("/四", ";"), Some((";".into(), 7, 5)));
        assert_eq!(found("/五", ","), Some((",".into(), 10, 4)));
        assert_eq!(found("/五", "叠 的"), None);
        assert_eq!(found("/六/2", ";"), Some((";".into(), 11, 11)));
        assert_eq!(found("/七", ","), Some((",".into(), 13, 4)));
        assert_eq!(found("/八", ","), Some((",".into(), 15, 8)));
    }

    proptest! {
        #[test]
        fn what_is_no_blank_is_found(lines in prop::collection::vec("[一二，,.“\"'#:：a1-][一二，,.“\"'#:：a1 \u{3000}-]{0,12}", 1..5)) {
            let block = format!("甲:\n  - 正文: |\n{}", format_args!("      {}\n", lines.join("\n      ")));
            let flat = lines.join(" ");
            let double = format!("甲: [\"{}\"]\n", flat.replace('"', "\\\""));
            for (yaml, key) in [(block, "/甲/0/正文"), (double, "/甲/0")] {
                let document = Document::read("a.yaml", yaml.as_bytes(), &BTreeSet::new());
                let node = document.tree.as_ref().unwrap().at(&Pointer::parse(key)).unwrap();
                let written = document.written(node).unwrap();
                for (at, c) in node.text().unwrap_or_default().char_indices().filter(|(_, c)| !c.is_whitespace()) {
                    let bytes = written.bytes(&(at..at + c.len_utf8())).unwrap();
                    prop_assert!(document.text[bytes].ends_with(c));
                }
            }
        }
    }
}
