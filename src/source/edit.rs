//! Puts a value into a file that people write: a document, a path and a value go in, the same text with that value comes
//! out. Comments, layout and everything else stay byte for byte as they were.
//!
//! Refused is whatever would not read back as the old tree plus exactly that value.

use super::document::Document;
use super::fresh::{Fresh, line};
use super::pointer::{Pointer, Step};
use super::tree::{Entry, Node, Shape};
use std::collections::BTreeSet;
use std::ops::Range;

impl Document {
    /// The text with each value at its path: a key that is not there yet or has no value, or the place behind the last
    /// item of a list. Keys above it are made where they are lacking. None when that cannot be done with certainty.
    pub fn put(&self, values: &[(Pointer, Fresh)]) -> Option<String> {
        let mut current = self.reread(&self.text)?;
        if current.tree != self.tree {
            // The file needed mending to be read at all.
            return None;
        }
        for (pointer, value) in values {
            current = current.put_one(pointer, value)?;
        }
        Some(current.text)
    }

    fn reread(&self, text: &str) -> Option<Self> {
        let read = Self::read(&self.file, text.as_bytes(), &BTreeSet::new());
        (read.tree.is_some() && read.text == text).then_some(read)
    }

    fn put_one(&self, pointer: &Pointer, value: &Fresh) -> Option<Self> {
        let tree = self.tree.as_ref()?;
        let steps = pointer.steps();
        let depth = (0..steps.len()).rev().find(|depth| {
            let above = tree.at(&Pointer::from(steps[..*depth].to_vec()));
            above.is_some_and(|node| !node.is_null())
        })?;
        let (above, rest) = steps.split_at(depth);
        let (first, below) = rest.split_first()?;
        let value = below.iter().rev().try_fold(value.clone(), |value, step| match step {
            Step::Key(key) => Some(Fresh::Map(vec![(key.clone(), value)])),
            Step::Index(0) => Some(Fresh::List(vec![value])),
            Step::Index(_) => None,
        })?;
        let node = tree.at(&Pointer::from(above.to_vec()))?;
        let (at, text) = match (&node.shape, first) {
            (Shape::Map(entries), Step::Key(key)) => {
                let there = entries.iter().find(|entry| entry.key == *key);
                match there {
                    Some(entry) if entry.node.is_null() => self.fill(node, entry, &value)?,
                    Some(_) => return None,
                    None => behind(self.add_entry(node, &(key.clone(), value.clone()), depth == 0)?),
                }
            }
            (Shape::List(items), Step::Index(index)) if *index == items.len() => {
                behind(self.add_item(node, &value)?)
            }
            _ => return None,
        };
        let mut edited = self.text.clone();
        edited.replace_range(at, &text);
        let next = self.reread(&edited)?;
        let mut expected = tree.clone();
        place(&mut expected, above, first, &value)?;
        let sound = next.tree.as_ref().is_some_and(|tree| alike(tree, &expected));
        (sound && next.findings.len() <= self.findings.len()).then_some(next)
    }

    /// A value for a key that has none, or in the place of its `~` or `null`.
    fn fill(&self, map: &Node, entry: &Entry, value: &Fresh) -> Option<(Range<usize>, String)> {
        let Shape::Scalar { text, .. } = &entry.node.shape else { return None };
        if !text.is_empty() {
            let span = self.offset(entry.node.span.start)..self.offset(entry.node.span.end);
            return (self.text.get(span.clone()) == Some(text)).then(|| (span, value.flow()));
        }
        let key_end = self.offset(entry.span.end);
        let colon = self.text.get(key_end..)?.find(':').map(|at| key_end + at + 1)?;
        let indent = entry.span.start.column.saturating_sub(1);
        let below = if self.is_flow(map) { Vec::new() } else { value.block(indent + 2) };
        if below.is_empty() {
            return Some((colon..colon, format!(" {}", value.flow())));
        }
        Some(behind((self.line_end(colon), self.lines_below(&below))))
    }

    /// A key with its value behind the last one of a mapping.
    fn add_entry(&self, map: &Node, entry: &(String, Fresh), top: bool) -> Option<(usize, String)> {
        let inside = Fresh::Map(vec![entry.clone()]).flow();
        let inside = inside.strip_prefix('{')?.strip_suffix(" }")?;
        let Some(last) = map.entries().last() else {
            let at = self.offset(map.span.start) + 1;
            let blank = if self.text.get(at..)?.starts_with('}') { " " } else { "" };
            return self.is_flow(map).then(|| (at, format!("{inside}{blank}")));
        };
        let end = self.end_of_entry(last);
        if self.is_flow(map) {
            return Some((end, format!(",{inside}")));
        }
        let indent = last.span.start.column.saturating_sub(1);
        let mut lines = line(entry, indent);
        // Where the parts of a file stand apart, so does the new one.
        let before = last.span.start.line.saturating_sub(1);
        if top && before > 0 && self.line(before).trim().is_empty() {
            lines.insert(0, String::new());
        }
        Some((self.line_end(end), self.lines_below(&lines)))
    }

    /// An item behind the last one of a list, in the form that this one has.
    fn add_item(&self, list: &Node, value: &Fresh) -> Option<(usize, String)> {
        let Shape::List(items) = &list.shape else { return None };
        let Some(before) = items.last() else {
            return self.is_flow(list).then(|| (self.offset(list.span.start) + 1, value.flow()));
        };
        let end = self.end(before);
        if self.is_flow(list) {
            return Some((end, format!(", {}", value.flow())));
        }
        let start = before.span.start;
        let lead: String = self.line(start.line).chars().take(start.column.saturating_sub(1)).collect();
        let dash = lead.len() - lead.trim_start().len();
        let blanks = lead.trim_start().strip_prefix('-')?;
        if !blanks.trim().is_empty() || blanks.is_empty() {
            return None;
        }
        let in_block = matches!(before.shape, Shape::Map(_)) && !self.is_flow(before);
        let mut lines = if in_block { value.entries(lead.len()) } else { Vec::new() };
        match lines.first_mut() {
            Some(first) => first.replace_range(..lead.len(), &lead),
            None => lines.push(format!("{:dash$}-{blanks}{}", "", value.flow())),
        }
        Some((self.line_end(end), self.lines_below(&lines)))
    }

    /// Whether a list or mapping is written in brackets.
    pub(super) fn is_flow(&self, node: &Node) -> bool {
        self.text.get(self.offset(node.span.start)..).is_some_and(|rest| rest.starts_with(['{', '[']))
    }

    /// The byte behind the last character that is written for `node`.
    fn end(&self, node: &Node) -> usize {
        let last = match &node.shape {
            Shape::Map(entries) if !self.is_flow(node) => {
                entries.last().map(|entry| self.end_of_entry(entry))
            }
            Shape::List(items) if !self.is_flow(node) => items.last().map(|item| self.end(item)),
            _ => None,
        };
        last.unwrap_or_else(|| {
            let (from, to) = (self.offset(node.span.start), self.offset(node.span.end));
            self.text.get(from..to.max(from)).map_or(from, |written| from + written.trim_end().len())
        })
    }

    pub(super) fn end_of_entry(&self, entry: &Entry) -> usize {
        let key_end = self.offset(entry.span.end);
        if entry.node.is_null() && entry.node.span.start == entry.node.span.end {
            let colon = self.text.get(key_end..).and_then(|rest| rest.find(':'));
            return colon.map_or(key_end, |at| key_end + at + 1);
        }
        self.end(&entry.node).max(key_end)
    }

    /// The end of the line in which a byte stands, before its line break.
    pub(super) fn line_end(&self, byte: usize) -> usize {
        let rest = self.text.get(byte..).unwrap_or_default();
        let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
        byte + line.strip_suffix('\r').unwrap_or(line).len()
    }

    /// Lines to stand below another one, with the line breaks of this file.
    fn lines_below(&self, lines: &[String]) -> String {
        let ending = if self.text.contains("\r\n") { "\r\n" } else { "\n" };
        lines.iter().flat_map(|line| [ending, line]).collect()
    }
}

/// What is put behind a byte and replaces nothing.
fn behind((at, text): (usize, String)) -> (Range<usize>, String) {
    (at..at, text)
}

/// Puts `value` into the tree.
fn place(tree: &mut Node, above: &[Step], last: &Step, value: &Fresh) -> Option<()> {
    let mut node = tree;
    for step in above {
        node = match (&mut node.shape, step) {
            (Shape::Map(entries), Step::Key(key)) => {
                &mut entries.iter_mut().find(|entry| entry.key == *key)?.node
            }
            (Shape::List(items), Step::Index(index)) => items.get_mut(*index)?,
            _ => return None,
        };
    }
    match (&mut node.shape, last) {
        (Shape::Map(entries), Step::Key(key)) => match entries.iter_mut().find(|entry| entry.key == *key) {
            Some(entry) => entry.node = value.node(),
            None => entries.push(value.entry(key)),
        },
        (Shape::List(items), Step::Index(_)) => items.push(value.node()),
        _ => return None,
    }
    Some(())
}

/// Whether two trees say the same, wherever it stands.
pub(super) fn alike(a: &Node, b: &Node) -> bool {
    match (&a.shape, &b.shape) {
        (Shape::Scalar { .. }, Shape::Scalar { .. }) => a.shape == b.shape,
        (Shape::List(a), Shape::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| alike(a, b)),
        (Shape::Map(a), Shape::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.key == b.key && alike(&a.node, &b.node))
        }
        _ => false,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn record() -> Fresh {
        Fresh::record([("日期", "2026-01-20".to_owned()), ("方式", "电子邮件".to_owned())])
    }

    fn put(yaml: &str, pointer: &str, value: &Fresh) -> Option<String> {
        let document = Document::read("a.yaml", yaml.as_bytes(), &BTreeSet::new());
        document.put(&[(Pointer::parse(pointer), value.clone())])
    }

    fn sent(yaml: &str, at: usize) -> Option<String> {
        put(yaml, &format!("/报送/记录/{at}"), &record())
    }

    const NEW: &str = "{ 日期: 2026-01-20, 方式: 电子邮件 }";

    #[test]
    fn a_list_in_block_style_gets_one_more_item() {
        let yaml = "报送: # 函\n  记录:\n    - { 日期: 2026-01-02 } # 第一次\n    # 完\n\n附: 一\n";
        let expected = format!(
            "报送: # 函\n  记录:\n    - {{ 日期: 2026-01-02 }} # 第一次\n    - {NEW}\n    # 完\n\n附: 一\n"
        );
        assert_eq!(sent(yaml, 1), Some(expected));
        let yaml = "报送:\r\n  记录:\r\n  -  日期: 2026-01-02\r\n     方式: 一\r\n";
        let expected = format!("{yaml}  -  日期: 2026-01-20\r\n     方式: 电子邮件\r\n");
        assert_eq!(sent(yaml, 1), Some(expected));
    }

    #[test]
    fn a_list_in_brackets_stays_in_them() {
        assert_eq!(sent("报送:\n  记录: []\n", 0), Some(format!("报送:\n  记录: [{NEW}]\n")));
        assert_eq!(
            sent("报送: { 记录: [ { 日期: 2026-01-02 } ] }\n", 1),
            Some(format!("报送: {{ 记录: [ {{ 日期: 2026-01-02 }}, {NEW} ] }}\n"))
        );
        assert_eq!(sent("报送: {}", 0), Some(format!("报送: {{ 记录: [{NEW}] }}")));
        assert_eq!(
            sent("报送: { 文号: 认可某〔2026〕1号 }\n", 0),
            Some(format!("报送: {{ 文号: 认可某〔2026〕1号, 记录: [{NEW}] }}\n"))
        );
    }

    #[test]
    fn keys_that_lack_are_made() {
        let block = format!("  记录:\n    - {NEW}");
        assert_eq!(sent("年度: 2026", 0), Some(format!("年度: 2026\n报送:\n{block}")));
        assert_eq!(
            sent("年度: 2026\n\n正文: |\n  一\n\n  二\n", 0),
            Some(format!("年度: 2026\n\n正文: |\n  一\n\n  二\n\n报送:\n{block}\n"))
        );
        assert_eq!(
            sent("报送: # 待办\n年度: 2026\n", 0),
            Some(format!("报送: # 待办\n{block}\n年度: 2026\n"))
        );
        assert_eq!(
            sent("报送:\n    文号: 一 # 号\n年度: 2026\n", 0),
            Some(format!("报送:\n    文号: 一 # 号\n    记录:\n      - {NEW}\n年度: 2026\n"))
        );
        assert_eq!(
            sent("报送:\n  记录:\n  文号: 一\n", 0),
            Some(format!("报送:\n  记录:\n    - {NEW}\n  文号: 一\n"))
        );
        assert_eq!(sent("报送:\n  文号:\n", 0), Some(format!("报送:\n  文号:\n{block}\n")));
    }

    #[test]
    fn a_value_that_says_nothing_is_replaced() {
        for nothing in ["null", "~"] {
            for (yaml, expected) in [
                (
                    "报送:\n  记录: ? # 待办\n  文号: 一\n",
                    format!("报送:\n  记录: [{NEW}] # 待办\n  文号: 一\n"),
                ),
                ("报送:\n  文号: 一\n  记录: ?", format!("报送:\n  文号: 一\n  记录: [{NEW}]")),
                ("报送: { 记录: ?, 文号: 一 }\n", format!("报送: {{ 记录: [{NEW}], 文号: 一 }}\n")),
                ("报送: ?\n年度: 2026\n", format!("报送: {{ 记录: [{NEW}] }}\n年度: 2026\n")),
            ] {
                assert_eq!(sent(&yaml.replace('?', nothing), 0), Some(expected), "{yaml}");
            }
        }
    }

    #[test]
    fn a_key_is_set_in_an_item() {
        let code = Fresh::Text("收〔2026〕1号: 甲".to_owned());
        let flow = "报送:\n  记录: [{ 日期: 2026-01-02 }] # 一\n";
        assert_eq!(
            put(flow, "/报送/记录/0/回执", &code).unwrap(),
            "报送:\n  记录: [{ 日期: 2026-01-02, 回执: \"收〔2026〕1号: 甲\" }] # 一\n"
        );
        let block = "报送:\n  记录:\n    - 日期: 2026-01-02\n      回执:\n";
        assert_eq!(
            put(block, "/报送/记录/0/回执", &code).unwrap(),
            "报送:\n  记录:\n    - 日期: 2026-01-02\n      回执: \"收〔2026〕1号: 甲\"\n"
        );
        let back = Fresh::record([("日期", "2026-01-05".to_owned()), ("原因", "缺\n图片".to_owned())]);
        assert_eq!(
            put(block, "/报送/记录/0/退回", &back).unwrap(),
            format!("{block}      退回: {{ 日期: 2026-01-05, 原因: \"缺\\n图片\" }}\n")
        );
    }

    #[test]
    fn what_is_not_certain_is_refused() {
        assert_eq!(sent("报送: 已报\n", 0), None);
        assert_eq!(sent("报送:\n  记录: [{ 日期: 2026-01-02 }]\n", 0), None);
        assert_eq!(sent("正文: |+\n  一\n\n\n", 0), None);
        assert_eq!(put("报送: { 日期: 2026-01-02 }\n", "/报送/日期", &Fresh::Text("一".into())), None);
    }

    proptest! {
        #[test]
        fn any_text_is_put_and_reads_back(text in "\\PC{0,20}", crlf: bool) {
            let yaml = "报送:\n  记录:\n    - 日期: 2026-01-02 # 一\n".replace('\n', if crlf { "\r\n" } else { "\n" });
            let edited = put(&yaml, "/报送/记录/0/回执", &Fresh::Text(text.clone()));
            if let Some(edited) = edited {
                let read = Document::read("a.yaml", edited.as_bytes(), &BTreeSet::new());
                let node = read.tree.as_ref().unwrap().at(&Pointer::parse("/报送/记录/0/回执")).unwrap();
                let found = matches!(&node.shape, Shape::Scalar { text: found, .. } if *found == text);
                prop_assert!(found && edited.starts_with(yaml.trim_end()));
            } else {
                prop_assert!(text.contains(|c: char| c.is_control() || !c.is_alphanumeric()));
            }
        }
    }
}
