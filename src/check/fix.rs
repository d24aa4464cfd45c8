//! Mends what lint and the reading are certain of: a document goes in, the same text with the safe replacements and a list of them comes
//! out. Comments, layout and everything that is in no replacement stay byte for byte as they were.
//!
//! Refused is whatever would not read back as exactly the mended texts.

use super::lint::{self, Fault};
use crate::finding::Place;
use crate::rulebook::Rulebook;
use crate::source::{Document, Node, Pointer, Shape, Written};
use crate::workspace::certain_slips;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Where it is in the file.
    pub place: Place,
    /// The rule that asks for it.
    pub rule: &'static str,
    /// What stood there, with a little of what stands beside it.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// A mending can make another one possible; so many times it is looked for.
const ROUNDS: usize = 4;

/// So many characters are shown on each side of a replacement.
const BESIDE: usize = 4;

/// The mended text of `document` and what was changed; none when there is nothing to change.
pub fn fix(document: &Document, rulebook: &Rulebook) -> Option<(String, Vec<Change>)> {
    let (mut current, mut changes) = readable(document)?;
    for _ in 0..ROUNDS {
        let edits = edits(&current, rulebook);
        let Some(next) = apply(&current, &edits) else { break };
        changes.extend(edits.iter().flat_map(|edit| edit.changes(&current)));
        current = next;
    }
    changes.sort_by(|a, b| a.place.cmp(&b.place));
    (!changes.is_empty()).then_some((current.text, changes))
}

/// The document with the marks behind its keys mended, if it then needs no other mending to be read.
fn readable(document: &Document) -> Option<(Document, Vec<Change>)> {
    let slips = certain_slips(document);
    if slips.is_empty() {
        let read = reread(document, &document.text)?;
        return (read.tree == document.tree).then_some((read, Vec::new()));
    }
    let mut text = document.text.clone();
    for slip in slips.iter().rev() {
        text.replace_range(slip.bytes.clone(), slip.instead);
    }
    let next = reread(document, &text)?;
    let strict = !next.findings.iter().any(|finding| slips.iter().any(|slip| slip.rule == finding.rule));
    let changes = slips.iter().map(|slip| change(document, &slip.bytes, slip.rule, slip.instead)).collect();
    (strict && texts(&next) == texts(document)).then_some((next, changes))
}

/// What to write at a place instead, by the rule that asks for it.
pub type Fixes = BTreeMap<(Place, &'static str), String>;

/// The first replacements of [`fix`], at their places in `document` as it is, for programs that mend it themselves; only
/// those that take the place of characters within one line.
pub fn fixes(document: &Document, rulebook: &Rulebook) -> Fixes {
    let edits = edits(document, rulebook);
    let readable = reread(document, &document.text).is_some_and(|read| read.tree == document.tree);
    if !readable || apply(document, &edits).is_none() {
        return Fixes::new();
    }
    let parts = edits.into_iter().flat_map(|edit| edit.parts);
    let within_line =
        |bytes: &Range<usize>| !bytes.is_empty() && !document.text[bytes.clone()].contains('\n');
    parts
        .filter(|(bytes, _)| within_line(bytes))
        .filter_map(|(bytes, fault)| Some(((document.place_of_bytes(&bytes), fault.rule), fault.fix?)))
        .collect()
}

fn reread(document: &Document, text: &str) -> Option<Document> {
    let read = Document::read(&document.file, text.as_bytes(), &BTreeSet::new());
    (read.tree.is_some() && read.text == text).then_some(read)
}

/// The replacements within one scalar.
struct Edit {
    pointer: Pointer,
    /// The scalar's text with all of them.
    text: String,
    /// Bytes of the file and what takes their place.
    parts: Vec<(Range<usize>, Fault)>,
}

impl Edit {
    fn changes(&self, document: &Document) -> Vec<Change> {
        let shown = |(bytes, fault): &(Range<usize>, Fault)| {
            change(document, bytes, fault.rule, fault.fix.as_deref().unwrap_or_default())
        };
        self.parts.iter().map(shown).collect()
    }
}

/// `instead` in the place of `bytes`, as it is shown.
fn change(document: &Document, bytes: &Range<usize>, rule: &'static str, instead: &str) -> Change {
    let line_start = document.text[..bytes.start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = document.text[bytes.end..].find('\n').map_or(document.text.len(), |at| bytes.end + at);
    let left = &document.text[line_start..bytes.start];
    let from = left.char_indices().rev().take(BESIDE).last().map_or(left.len(), |(at, _)| at);
    let right: String = document.text[bytes.end..line_end].trim_end().chars().take(BESIDE).collect();
    let shown = |text: &str| format!("{}{text}{right}", left[from..].trim_start());
    Change {
        place: document.place_of_bytes(bytes),
        rule,
        before: shown(&document.text[bytes.clone()]),
        after: shown(instead),
    }
}

fn edits(document: &Document, rulebook: &Rulebook) -> Vec<Edit> {
    let Some(tree) = &document.tree else { return Vec::new() };
    let mut by_text: BTreeMap<Pointer, Vec<Fault>> = BTreeMap::new();
    for (pointer, fault) in lint::document(document, rulebook) {
        by_text.entry(pointer).or_default().push(fault);
    }
    let mut edits = Vec::new();
    tree.each_scalar(&mut |pointer, node| {
        let Some(faults) = by_text.remove(pointer) else { return };
        let mends = faults.iter().any(|fault| fault.fix.is_some());
        if let Some(written) = mends.then(|| document.written(node)).flatten() {
            edits.extend(edit(tree, pointer.clone(), node, faults, &written, rulebook));
        }
    });
    edits
}

/// The replacements of one scalar; none when they would bring up what was not found before.
fn edit(
    tree: &Node,
    pointer: Pointer,
    node: &Node,
    faults: Vec<Fault>,
    written: &Written,
    rulebook: &Rulebook,
) -> Option<Edit> {
    let text = node.text()?;
    let before = count(&faults);
    let parts: Vec<(Range<usize>, Fault)> = faults
        .into_iter()
        .filter(|fault| fault.fix.is_some())
        .filter_map(|fault| Some((written.bytes(&fault.span)?, fault)))
        .collect();
    let with = |rules: &BTreeSet<&str>| {
        let mut mended = text.to_owned();
        for (_, fault) in parts.iter().rev().filter(|(_, fault)| rules.contains(fault.rule)) {
            mended.replace_range(fault.span.clone(), fault.fix.as_deref().unwrap_or_default());
        }
        mended
    };
    let is_sound = |rules: &BTreeSet<&str>| {
        let after = count(&lint::text(tree, &pointer, &with(rules), rulebook));
        after.iter().all(|(rule, times)| before.get(rule).copied().unwrap_or_default() >= *times)
    };
    let all: BTreeSet<&'static str> = parts.iter().map(|(_, fault)| fault.rule).collect();
    let rules = if is_sound(&all) { all } else { most(&all, is_sound) };
    let text = with(&rules);
    let parts: Vec<_> = parts.into_iter().filter(|(_, fault)| rules.contains(fault.rule)).collect();
    (!parts.is_empty()).then_some(Edit { pointer, text, parts })
}

/// As many of the rules as can be applied together, so that one awkward place does not keep a text from all others.
fn most(all: &BTreeSet<&'static str>, is_sound: impl Fn(&BTreeSet<&str>) -> bool) -> BTreeSet<&'static str> {
    let mut taken: BTreeSet<&'static str> = BTreeSet::new();
    loop {
        let next = all.iter().filter(|rule| !taken.contains(*rule)).find(|rule| {
            let mut more: BTreeSet<&str> = taken.iter().copied().collect();
            more.insert(rule);
            is_sound(&more)
        });
        match next {
            Some(rule) => taken.insert(rule),
            None => return taken,
        };
    }
}

fn count(faults: &[Fault]) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for fault in faults {
        *counts.entry(fault.rule).or_default() += 1;
    }
    counts
}

/// The document with all replacements, if it reads back as exactly the mended texts.
fn apply(document: &Document, edits: &[Edit]) -> Option<Document> {
    let mut parts: Vec<(&Range<usize>, &str)> = edits
        .iter()
        .flat_map(|edit| &edit.parts)
        .map(|(bytes, fault)| (bytes, fault.fix.as_deref().unwrap_or_default()))
        .collect();
    parts.sort_by_key(|(bytes, _)| std::cmp::Reverse(bytes.start));
    let mut text = document.text.clone();
    for (bytes, instead) in &parts {
        text.replace_range((*bytes).clone(), instead);
    }
    if parts.is_empty() {
        return None;
    }
    let next = reread(document, &text)?;
    let mut expected = texts(document);
    for edit in edits {
        if let Some(text) = expected.get_mut(&edit.pointer) {
            text.0.clone_from(&edit.text);
        }
    }
    (texts(&next) == expected).then_some(next)
}

fn texts(document: &Document) -> BTreeMap<Pointer, (String, bool)> {
    let mut texts = BTreeMap::new();
    if let Some(tree) = &document.tree {
        tree.each_scalar(&mut |pointer, node| {
            if let Shape::Scalar { text, plain } = &node.shape {
                texts.insert(pointer.clone(), (text.clone(), *plain));
            }
        });
    }
    texts
}
