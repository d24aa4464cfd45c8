//! Takes keys out of a file that people write: a document and their paths go in, the bytes to leave out come out. The
//! rest of the text stays as it was.
//!
//! Undoes what `edit` puts there: a mapping that would be left empty goes as well, with the blank line that sets it apart.
//! Refused is whatever would not read back as the old tree without exactly these keys.

use super::document::Document;
use super::edit::alike;
use super::pointer::{Pointer, Step};
use super::tree::{Node, Pos, Shape, parse};
use crate::finding::Place;
use std::ops::Range;

impl Document {
    /// The bytes of each key with its value, in the order of the file; a path is of a key below a top key. None when
    /// they cannot be taken out with certainty.
    pub fn cuts(&self, pointers: &[Pointer]) -> Option<Vec<Range<usize>>> {
        let tree = self.tree.as_ref()?;
        let mut cuts = Vec::new();
        for pointer in pointers {
            let [Step::Key(above), Step::Key(key)] = pointer.steps() else { return None };
            let Some(at) = position(tree, above) else { continue };
            let node = &tree.entries()[at].node;
            let is_map = matches!(node.shape, Shape::Map(_));
            if node.is_null() || is_map && node.entries().iter().all(|entry| entry.key == *key) {
                cuts.push((self.cut(tree, at)?, Pointer::root().key(above)));
            } else if let Some(at) = position(node, key) {
                cuts.push((self.cut(node, at)?, pointer.clone()));
            }
        }
        cuts.sort_by_key(|(cut, _)| cut.start);
        let mut left = tree.clone();
        cuts.into_iter().rev().try_fold(Vec::new(), |later, (cut, gone)| {
            left.remove(&gone);
            // A comment below would become a line of a text above.
            let near = self.comments_end(later.iter().fold(cut.end, reached));
            let ways = [
                self.joined(cut.clone(), &later),
                self.joined(cut.start..near, &later),
                self.joined(cut.clone(), &self.with_comments(cut.end, &later)),
            ];
            let mut ways = ways.into_iter();
            ways.find(|cuts| self.without(cuts).is_some_and(|text| reads_as(&text, &left)))
        })
    }

    /// A cut before others. What stands at the top of the file goes with the line break behind it, which is that before
    /// the next.
    fn joined(&self, mut cut: Range<usize>, later: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut joined = vec![cut.clone()];
        for next in later {
            if next.start > cut.end {
                joined.push(next.clone());
            } else if next.end > cut.end {
                cut.end = if next.start < cut.end { self.next_line(next.end) } else { next.end };
                joined[0] = cut.clone();
            }
        }
        joined
    }

    /// Where the line below begins, given the end of one.
    fn next_line(&self, line_end: usize) -> usize {
        self.text[line_end..].find('\n').map_or(self.text.len(), |at| line_end + at + 1)
    }

    /// Later cuts, of which the last one that only blank lines part from `end` takes the comments below it along.
    fn with_comments(&self, mut end: usize, later: &[Range<usize>]) -> Vec<Range<usize>> {
        let mut later = later.to_vec();
        let is_next = |next: &&mut Range<usize>| {
            let blank = self.text.get(end..next.start).is_none_or(|between| between.trim().is_empty());
            end = next.end;
            blank
        };
        if let Some(last) = later.iter_mut().take_while(is_next).last() {
            last.end = self.comments_end(last.end);
        }
        later
    }

    /// The text but for these bytes, which are in the order of the file.
    pub fn without(&self, cuts: &[Range<usize>]) -> Option<String> {
        let mut text = String::with_capacity(self.text.len());
        let mut from = 0;
        for cut in cuts {
            text.push_str(self.text.get(from..cut.start)?);
            from = cut.end;
        }
        text.push_str(self.text.get(from..)?);
        Some(text)
    }

    /// Where a place stands in the text without these bytes; one among them is where they were.
    pub fn place_without(&self, place: &Place, cuts: &[Range<usize>]) -> Place {
        let at = self.offset(Pos { line: place.line as usize, column: place.column as usize });
        let lost = cuts.iter().filter(|cut| cut.start < at).map(|cut| cut.end.min(at) - cut.start);
        let (lost, left) = (lost.sum::<usize>(), self.without(cuts));
        let before = left.as_deref().and_then(|left| left.get(..at - lost));
        let Some(before) = before.filter(|_| lost > 0) else { return place.clone() };
        let line = before.rsplit('\n').next().unwrap_or_default();
        let number = |count: usize| u32::try_from(count + 1).unwrap_or(u32::MAX);
        let (line, column) = (number(before.matches('\n').count()), number(line.chars().count()));
        Place { line, column, ..place.clone() }
    }

    /// The end of the last of the comments right below a line, given its own end.
    fn comments_end(&self, line_end: usize) -> usize {
        let mut end = line_end;
        for line in self.text[line_end..].split_inclusive('\n').skip(1) {
            if !line.trim_start().starts_with('#') {
                break;
            }
            end = self.line_end(self.next_line(end));
        }
        end
    }

    /// The bytes of one key of a mapping with its value and what sets it apart from the one before.
    fn cut(&self, map: &Node, at: usize) -> Option<Range<usize>> {
        let entries = map.entries();
        let entry = entries.get(at)?;
        let (start, end) = (self.offset(entry.span.start), self.end_of_entry(entry));
        let before = at.checked_sub(1).and_then(|at| entries.get(at));
        if self.is_flow(map) {
            return match (before, entries.get(at + 1)) {
                (Some(before), _) => Some(self.end_of_entry(before)..end),
                (None, Some(next)) => Some(start..self.offset(next.span.start)),
                (None, None) => Some(start..end),
            };
        }
        let line = entry.span.start.line;
        // Of the lines before only a blank one belongs to it, where the parts of the file stand apart.
        let is_blank = |line: usize| line > 1 && self.line(line - 1).trim().is_empty();
        let apart = before.is_some_and(|it| is_blank(it.span.start.line)) && is_blank(line);
        let first = if apart && map.span.start.column == 1 { line - 1 } else { line };
        let end = self.line_end(end);
        match first {
            0 => None,
            1 => Some(0..self.next_line(end)),
            first => Some(self.line_end(self.lines.get(first - 2)?.0)..end),
        }
    }
}

fn position(map: &Node, key: &str) -> Option<usize> {
    map.entries().iter().position(|entry| entry.key == key)
}

/// The end of what goes, given that of a cut before.
fn reached(end: usize, next: &Range<usize>) -> usize {
    if next.start <= end { end.max(next.end) } else { end }
}

/// Whether a text says what is expected; one that says nothing reads as no tree.
fn reads_as(text: &str, expected: &Node) -> bool {
    let (tree, defects) = parse(text);
    defects.is_empty() && tree.map_or(expected.entries().is_empty(), |tree| alike(&tree, expected))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::source::Fresh;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    const HOLDERS: [&str; 2] = ["事前报送", "事后报送"];

    fn read(yaml: &str) -> Document {
        Document::read("a.yaml", yaml.as_bytes(), &BTreeSet::new())
    }

    fn stripped(yaml: &str) -> Option<String> {
        let document = read(yaml);
        let pointers = HOLDERS.map(|key| Pointer::root().key(key).key("记录"));
        document.without(&document.cuts(&pointers)?)
    }

    /// As `sent` and `receipt` do.
    fn sent(yaml: &str, holder: &str, values: &[(&str, &str)]) -> Option<String> {
        let document = read(yaml);
        let list = Pointer::root().key(holder).key("记录");
        let count = match document.tree.as_ref()?.at(&list).map(|node| &node.shape) {
            Some(Shape::List(items)) => items.len(),
            _ => 0,
        };
        let record = Fresh::record(values.iter().map(|(key, text)| (*key, (*text).to_owned())));
        let sent = document.put(&[(list.index(count), record)])?;
        let back = Fresh::record([("日期", "2026-02-01".to_owned()), ("原因", "缺: 图\n片".to_owned())]);
        read(&sent).put(&[(list.index(count).key("退回"), back)])
    }

    #[test]
    fn what_holds_nothing_else_goes_with_its_blank_line() {
        let plain = "编号: 一\n\n名称: 二 # 末\n";
        for holder in
            ["\n事后报送:\n  记录:\n    - { 日期: 2026-01-20 } # 一\n", "\n事后报送: {}\n", "\n事后报送: ~\n"]
        {
            assert_eq!(stripped(&format!("{plain}{holder}")).as_deref(), Some(plain));
        }
        assert_eq!(stripped("事前报送: # 函\n  记录: []\n编号: 一\n").as_deref(), Some("编号: 一\n"));
        let flow =
            "事前报送: { 记录: [{ 日期: 2026-01-20 }], 文号: 一 } # 函\n事后报送: { 文号: 二, 记录: [] }";
        let expected = "事前报送: { 文号: 一 } # 函\n事后报送: { 文号: 二 }";
        assert_eq!(stripped(flow).as_deref(), Some(expected));
        // What is no mapping stays; a file that needs mending is left alone.
        assert_eq!(stripped("事前报送: 已报\n").as_deref(), Some("事前报送: 已报\n"));
        assert_eq!(stripped("事前报送: { 记录: [] , 文号： 一 }\n名称：二\n"), None);
    }

    #[test]
    fn a_comment_below_a_blank_line_never_becomes_text() {
        let text = "编号: 一\n正文: |\n  一\n\n  二\n";
        let records = "事后报送: # 函\n  记录:\n    - { 日期: 2026-01-02 } # 一\n    # 完\n";
        let yaml = format!("{text}事前报送:\n\n{records}");
        assert_eq!(stripped(&yaml), Some(format!("{text}\n")));
        let holder = "事前报送:\n  情况说明: |\n    一\n";
        let yaml = |sent: &str| format!("{holder}{sent}\n{records}编号: 一\n");
        assert_eq!(stripped(&yaml("")), Some(format!("{holder}\n编号: 一\n")));
        assert_eq!(stripped(&yaml("  记录: []\n")), stripped(&yaml("")));
    }

    #[test]
    fn places_move_with_the_text() {
        let document = read(
            "事前报送: { 记录: [{ 日期: 2026-01-20 }], 文号: 一 }\n事后报送:\n  记录:\n    - 日期: 2026-01-21\n名称: 二\n",
        );
        let cuts = document.cuts(&HOLDERS.map(|key| Pointer::root().key(key).key("记录"))).unwrap();
        let left = read(&document.without(&cuts).unwrap());
        for pointer in ["/事前报送/文号", "/名称"] {
            let pointer = Pointer::parse(pointer);
            let place = document.place_without(&document.place(&pointer), &cuts);
            assert_eq!(place, left.place(&pointer));
        }
        let gone = document.place(&Pointer::parse("/事后报送/记录/0/日期"));
        assert_eq!(document.place_without(&gone, &cuts).line, 1);
    }

    fn holder(name: &'static str) -> impl Strategy<Value = String> {
        let record = prop::sample::select(vec![
            "",
            "  记录:\n",
            "  记录: # 待办\n",
            "  记录: ~ # 待办\n",
            "  记录: []\n",
            "  记录:\n    - { 日期: 2026-01-02 } # 一\n    # 完\n",
            "  记录:\n  -  日期: 2026-01-02\n     方式: 一\n",
            "  记录:\n    - 日期: 2026-01-02\n      退回:\n        原因: |\n          缺\n\n          图\n",
        ]);
        let flow = prop::sample::select(vec![
            "",
            ":\n",
            ": # 待办\n",
            ": ~ # 待办\n",
            ": {}\n",
            ": { 文号: 一 } # 函\n",
            ": { 文号: 一, # 号\n  日期: 2026-01-01 }\n",
            ": { 记录: [ { 日期: 2026-01-02 } ], 文号: 一 }\n",
            ": { 文号: 一, \"记录\": [] }\n",
        ]);
        let others = prop::sample::select(vec![
            "",
            "  文号: 一 # 号\n",
            "  情况说明: |\n    一\n\n    二\n\n",
            "  # 注\n  文号:\n",
        ]);
        let block = (others.clone(), record, others).prop_map(move |(a, record, b)| {
            let b = if a.contains("文号") == b.contains("文号") { "" } else { b };
            let inside = format!("{a}{record}{b}");
            if inside.trim().is_empty() { String::new() } else { format!("{name}: # 函\n{inside}") }
        });
        let flow =
            flow.prop_map(move |rest| if rest.is_empty() { String::new() } else { format!("{name}{rest}") });
        prop_oneof![block, flow]
    }

    proptest! {
        #[test]
        fn a_file_leaves_the_house_as_before_it_was_sent(
            parts in (holder(HOLDERS[0]), holder(HOLDERS[1])),
            gaps in prop::collection::vec(prop::sample::select(vec!["", "\n", "# 注\n", "\n# 注\n\n"]), 3),
            order in 0..3usize,
            times in prop::collection::vec(0..2usize, 0..4),
            crlf: bool,
            cut_end: bool,
        ) {
            let mut all = vec![parts.0, parts.1];
            all.insert(order, "编号: 一\n正文: |\n  一\n\n  二\n".to_owned());
            let yaml = all.iter().zip(&gaps).flat_map(|(part, gap)| [part.clone(), gap.to_string()]).collect::<String>();
            let yaml = if cut_end { yaml.trim_end().to_owned() } else { yaml };
            let yaml = yaml.replace('\n', if crlf { "\r\n" } else { "\n" });
            prop_assume!(read(&yaml).findings.is_empty());
            let before = stripped(&yaml).unwrap();
            let has_empty = |part: &String| {
                let says = |it: &str| part.trim_end().ends_with(it) || part.contains(&format!("{it} #"));
                part.contains("记录") || HOLDERS.iter().any(|key| [":", ": ~", ": {}"].iter().any(|it| says(&format!("{key}{it}"))))
            };
            if !all.iter().any(has_empty) {
                prop_assert_eq!(&before, &yaml);
            }
            let mut after = yaml;
            for which in times {
                if let Some(next) = sent(&after, HOLDERS[which], &[("日期", "2026-01-20"), ("方式", "电子邮件")]) {
                    after = next;
                }
            }
            prop_assert_eq!(stripped(&after), Some(before), "{}", after);
        }
    }
}
