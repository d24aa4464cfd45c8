//! A file of the workspace as read: its text, its tree, what is wrong with either, and the way from
//! a path in the tree back to line and column.

use super::encoding::decode;
use super::pointer::{Pointer, Step};
use super::prescan::{Mended, Slip, Suspicion, scan};
use super::syntax::explain;
use super::tree::{Defect, Entry, Node, Pos, Shape, Span, parse};
use crate::finding::{Finding, Place};
use std::collections::BTreeSet;

/// Bounds on what is read at all.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Largest YAML file, bytes.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: 2 * 1024 * 1024 }
    }
}

/// A YAML file as read.
#[derive(Debug, Clone)]
pub struct Document {
    /// Path relative to the workspace.
    pub file: String,
    /// The text as written, decoded.
    pub text: String,
    /// What could be read; `None` when nothing could.
    pub tree: Option<Node>,
    /// What is wrong with encoding and syntax.
    pub findings: Vec<Finding>,
    /// Each line of the text: where it starts, in bytes, and how many characters it has.
    pub(super) lines: Vec<(usize, usize)>,
}

/// What came of one attempt at a text.
struct Reading {
    /// Where the parser gave up, if it did.
    stop: Option<Pos>,
    mended: Mended,
    tree: Option<Node>,
    defects: Vec<Defect>,
}

impl Document {
    /// Reads the bytes of `file`. `keys` are the words that a colon may be meant to follow.
    pub fn read(file: &str, bytes: &[u8], keys: &BTreeSet<String>) -> Self {
        let decoded = decode(file, bytes);
        let lines = lines(&decoded.text);
        let mut document =
            Self { file: file.to_owned(), text: decoded.text, tree: None, findings: decoded.findings, lines };
        if decoded.readable {
            document.parse(keys);
        }
        document
    }

    /// A file that is not read because it is larger than the bounds.
    pub fn too_large(file: &str, bytes: u64, limits: Limits) -> Self {
        let finding = Finding::new("yaml/too-large")
            .at(Place::file(file))
            .fact("mib", bytes / (1024 * 1024))
            .fact("limit_mib", limits.bytes / (1024 * 1024));
        Self {
            file: file.to_owned(),
            text: String::new(),
            tree: None,
            findings: vec![finding],
            lines: Vec::new(),
        }
    }

    fn parse(&mut self, keys: &BTreeSet<String>) {
        let known = |quotes| Suspicion { keys: Some(keys), quotes };
        let any = Suspicion { keys: None, quotes: true };
        // The reading that gets furthest before the parser gives up.
        let mut best: Option<Reading> = None;
        for suspicion in [known(false), known(true), any] {
            let mended = scan(&self.text, &suspicion);
            let (tree, defects) = parse(&mended.text);
            let stop = defects.iter().find_map(|defect| match defect {
                Defect::Syntax { at, .. } => Some(*at),
                _ => None,
            });
            let further = best.as_ref().is_none_or(|best| match (stop, best.stop) {
                (Some(stop), Some(before)) => stop > before,
                (stop, before) => stop.is_none() && before.is_some(),
            });
            if further {
                best = Some(Reading { stop, mended, tree, defects });
            }
            if stop.is_none() {
                break;
            }
        }
        let Some(Reading { mended, tree, defects, .. }) = best else { return };
        self.tree = tree.map(|mut tree| {
            if mended.is_longer() {
                restore(&mut tree, &mended);
            }
            tree
        });
        for candidate in &mended.candidates {
            let rule = match candidate.slip {
                Slip::Tab => "yaml/tab",
                Slip::FullWidthColon => "yaml/full-width-colon",
                Slip::FullWidthBlank => "yaml/full-width-blank",
                Slip::NoBlankAfterColon => "yaml/no-blank-after-colon",
                Slip::FullWidthComma => "yaml/full-width-comma",
                Slip::UnclosedQuote => "yaml/unclosed-quote",
            };
            let place = self.at(candidate.at, 1);
            self.findings.push(Finding::new(rule).at(place).fact("key", candidate.key.as_str()));
        }
        for defect in defects {
            let follows = follows_quote(&defect, &mended);
            let finding = self.defect(defect, &mended);
            if !follows || !matches!(finding.rule, "yaml/indentation" | "yaml/no-colon") {
                self.findings.push(finding);
            }
        }
        self.warn_of_comments();
        self.findings.sort_by(|a, b| a.place.cmp(&b.place));
        self.findings.dedup_by(|a, b| a.rule == b.rule && same_line(a, b) && a.rule != "yaml/duplicate-key");
    }

    fn defect(&self, defect: Defect, mended: &Mended) -> Finding {
        let place = |span: Span| self.span(original(span, mended));
        match defect {
            Defect::Syntax { message, at } => self.syntax(&message, mended.original(at)),
            Defect::DuplicateKey { key, first, again } => {
                let line = first.start.line;
                Finding::new("yaml/duplicate-key")
                    .at(place(again))
                    .with(place(first))
                    .fact("key", key)
                    .fact("first_line", line)
            }
            Defect::Unsupported { what, at } => {
                Finding::new("yaml/unsupported").at(place(at)).fact("what", what)
            }
            Defect::TooMuch { what, at } => {
                Finding::new("yaml/too-complex").at(self.at(mended.original(at), 1)).fact("what", what)
            }
            Defect::KeyNotText { at } => Finding::new("yaml/key-not-text").at(place(at)),
            Defect::SecondDocument { at } => {
                Finding::new("yaml/second-document").at(self.at(mended.original(at), 3))
            }
        }
    }

    fn syntax(&self, message: &str, at: Pos) -> Finding {
        let (finding, at) = explain(&self.text, message, at);
        finding.at(self.at(at, 1))
    }

    /// `#` behind a blank starts a comment; one that is written like text is named.
    fn warn_of_comments(&mut self) {
        let Some(tree) = self.tree.as_ref().filter(|_| self.text.contains(" #")) else { return };
        let mut found = Vec::new();
        let mut line: (usize, Vec<char>) = (0, Vec::new());
        tree.each_scalar(&mut |_, node| {
            let Shape::Scalar { plain: true, .. } = node.shape else { return };
            if line.0 != node.span.end.line {
                line = (node.span.end.line, self.line(node.span.end.line).chars().collect());
            }
            let rest = line.1.get(node.span.end.column.saturating_sub(1)..).unwrap_or_default();
            let blanks = rest.iter().take_while(|c| **c == ' ').count();
            if rest.get(blanks) == Some(&'#')
                && rest.get(blanks + 1).is_some_and(|c| !matches!(c, ' ' | '#' | '!' | '-' | '='))
            {
                let at = Pos { line: node.span.end.line, column: node.span.end.column + blanks };
                let lost: String = rest[blanks..].iter().collect();
                found.push(Finding::new("yaml/comment").at(self.at(at, 1)).fact("text", lost));
            }
        });
        self.findings.extend(found);
    }

    /// A line of the text, counted from 1, without its end; empty when there is none.
    pub fn line(&self, number: usize) -> &str {
        let Some((start, _)) = number.checked_sub(1).and_then(|index| self.lines.get(index)) else {
            return "";
        };
        let end = self.lines.get(number).map_or(self.text.len(), |(start, _)| *start);
        let line = &self.text[*start..end];
        let line = line.strip_suffix('\n').unwrap_or(line);
        line.strip_suffix('\r').unwrap_or(line)
    }

    /// A place of the text, or the nearest one that it has: a parser may point behind its end.
    pub(super) fn at(&self, at: Pos, length: usize) -> Place {
        let line = at.line.clamp(1, self.lines.len().max(1));
        let end = self.lines.get(line - 1).map_or(0, |(_, length)| *length) + 1;
        let column = if line < at.line { end } else { at.column.clamp(1, end) };
        let length = length.clamp(1, end.saturating_sub(column).max(1));
        let at = Pos { line, column };
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Place {
            file: self.file.clone(),
            line: count(at.line),
            column: count(at.column),
            length: count(length),
        }
    }

    fn span(&self, span: Span) -> Place {
        let length = if span.start.line == span.end.line {
            span.end.column.saturating_sub(span.start.column)
        } else {
            self.line(span.start.line).chars().count().saturating_sub(span.start.column - 1)
        };
        self.at(span.start, length.max(1))
    }

    /// Where the value at `pointer` stands: a short value itself, the key of a longer one; for a
    /// path that leads nowhere the nearest key above it.
    pub fn place(&self, pointer: &Pointer) -> Place {
        let Some((entry, node)) = self.follow(pointer) else { return Place::file(&self.file) };
        let short = matches!(node.shape, Shape::Scalar { .. })
            && !node.is_null()
            && node.span.start.line == node.span.end.line;
        match entry {
            Some(entry) if !short => self.span(entry.span),
            _ => self.first_word(node),
        }
    }

    /// Where the key at `pointer` stands.
    pub fn key_place(&self, pointer: &Pointer) -> Place {
        match self.follow(pointer) {
            Some((Some(entry), _)) => self.span(entry.span),
            Some((None, node)) => self.first_word(node),
            None => Place::file(&self.file),
        }
    }

    /// Where `needle` first stands within the value at `pointer`.
    pub fn place_of(&self, pointer: &Pointer, needle: &str) -> Place {
        if let Some((_, node)) = self.follow(pointer) {
            let end = node.span.end.line.max(node.span.start.line);
            for number in node.span.start.line..=end {
                let line = self.line(number);
                let from = if number == node.span.start.line { node.span.start.column - 1 } else { 0 };
                let skipped: usize = line.chars().take(from).map(char::len_utf8).sum();
                if let Some(found) = line.get(skipped..).and_then(|rest| rest.find(needle)) {
                    let column = line[..skipped + found].chars().count() + 1;
                    return self.at(Pos { line: number, column }, needle.chars().count().max(1));
                }
            }
        }
        self.place(pointer)
    }

    fn first_word(&self, node: &Node) -> Place {
        match &node.shape {
            Shape::Map(entries) => {
                entries.first().map_or_else(|| self.span(node.span), |e| self.span(e.span))
            }
            Shape::List(items) => {
                items.first().map_or_else(|| self.span(node.span), |item| self.first_word(item))
            }
            Shape::Scalar { .. } => self.span(node.span),
        }
    }

    /// The deepest value on the way of `pointer`, with the last entry passed.
    fn follow(&self, pointer: &Pointer) -> Option<(Option<&Entry>, &Node)> {
        let mut node = self.tree.as_ref()?;
        let mut entry = None;
        for step in pointer.steps() {
            match (&node.shape, step) {
                (Shape::Map(entries), Step::Key(key)) => {
                    let Some(found) = entries.iter().find(|entry| entry.key == *key) else { break };
                    entry = Some(found);
                    node = &found.node;
                }
                (Shape::List(items), Step::Index(index)) => {
                    let Some(item) = items.get(*index) else { break };
                    entry = None;
                    node = item;
                }
                _ => break,
            }
        }
        Some((entry, node))
    }
}

/// Where each line starts, in bytes, and its length in characters; a line is what `str::lines` takes for one.
fn lines(text: &str) -> Vec<(usize, usize)> {
    let behind = text.match_indices('\n').map(|(at, _)| at + 1);
    let starts = std::iter::once(0).chain(behind).filter(|start| *start < text.len());
    starts.zip(text.lines()).map(|(start, line)| (start, line.chars().count())).collect()
}

/// Whether a defect stands right below a quote that was closed because its line leaves it open: it may be the rest
/// of that text.
fn follows_quote(defect: &Defect, mended: &Mended) -> bool {
    let Defect::Syntax { at, .. } = defect else { return false };
    let open = mended.candidates.iter().filter(|candidate| candidate.slip == Slip::UnclosedQuote);
    open.into_iter().any(|candidate| candidate.at.line + 1 == at.line)
}

fn same_line(a: &Finding, b: &Finding) -> bool {
    a.place.as_ref().map(|place| place.line) == b.place.as_ref().map(|place| place.line)
}

fn original(span: Span, mended: &Mended) -> Span {
    Span { start: mended.original(span.start), end: mended.original(span.end) }
}

/// Turns the spans of a mended copy back into those of the text as written.
fn restore(node: &mut Node, mended: &Mended) {
    node.span = original(node.span, mended);
    match &mut node.shape {
        Shape::Scalar { .. } => {}
        Shape::List(items) => items.iter_mut().for_each(|item| restore(item, mended)),
        Shape::Map(entries) => {
            for entry in entries {
                entry.span = original(entry.span, mended);
                restore(&mut entry.node, mended);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Document {
        let keys = ["类别", "名称", "正文", "成员", "姓名"].map(String::from).into();
        Document::read("a.yaml", text.as_bytes(), &keys)
    }

    fn found(text: &str) -> Vec<(&'static str, u32, u32)> {
        let findings = read(text).findings;
        findings
            .iter()
            .map(|f| {
                (f.rule, f.place.as_ref().map_or(0, |p| p.line), f.place.as_ref().map_or(0, |p| p.column))
            })
            .collect()
    }

    #[test]
    fn a_sound_file_has_no_findings() {
        assert_eq!(
            found("# 注释\n类别: 活动 # 说明\n正文: |\n  一：二\n  # 不是注释\n成员:\n  - 姓名：张三\n"),
            []
        );
    }

    #[test]
    fn slips_do_not_hide_the_rest() {
        let text = "类别：活动\n名称:会议\n\t正文: 一\n成员: \"张三\n姓名: @李四\n";
        assert_eq!(
            found(text),
            [
                ("yaml/full-width-colon", 1, 3),
                ("yaml/no-blank-after-colon", 2, 3),
                ("yaml/tab", 3, 1),
                ("yaml/unclosed-quote", 4, 5),
                ("yaml/reserved-start", 5, 5),
            ]
        );
    }

    #[test]
    fn syntax_has_own_messages() {
        assert_eq!(found("名称: \"会议\n正文: 二\n"), [("yaml/unclosed-quote", 1, 5)]);
        assert_eq!(found("名称: 一\n名称: 二\n"), [("yaml/duplicate-key", 2, 1)]);
        assert_eq!(found("名称: @会议\n"), [("yaml/reserved-start", 1, 5)]);
        assert_eq!(found("名称: *会议\n"), [("yaml/reserved-start", 1, 5)]);
        assert_eq!(found("名称: 3 #楼\n"), [("yaml/comment", 1, 7)]);
        assert_eq!(found("正文: 一\n---\n正文: 二\n"), [("yaml/second-document", 2, 1)]);
    }

    #[test]
    fn places_are_lines_and_columns() {
        let document = read("类别: 活动\n成员:\n  - 姓名: 张三\n    正文: |\n      一\n      二𠮷三\n");
        let at = |pointer: &str| document.place(&Pointer::parse(pointer));
        assert_eq!((at("/成员/0/姓名").line, at("/成员/0/姓名").column), (3, 9));
        assert_eq!((at("/成员/0/单位").line, at("/成员/0/单位").column), (3, 5));
        let rare = document.place_of(&Pointer::parse("/成员/0/正文"), "𠮷");
        assert_eq!((rare.line, rare.column, rare.length), (6, 8, 1));
    }
}
