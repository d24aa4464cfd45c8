//! Small faults of official Chinese, found before a superior finds them: a text and what it is for go in, faults with
//! their exact place and, where there is no doubt, what to write instead come out.
//!
//! No finding is better than a false one. What stands in 《》 or quotation marks is another's words.

mod blanks;
mod dates;
mod digits;
mod field;
mod figures;
mod file_number;
mod half_width;
mod history;
mod keys;
mod line;
mod marks;
mod numbering;
mod order;
mod pairs;
mod papers;
mod ranges;
mod relative;
mod telephone;
mod titles;
mod wording;

pub use field::{Field, Use};

use super::Context;
use crate::finding::Finding;
use crate::rulebook::Rulebook;
use crate::source::{Document, Node, Pointer, Shape};
use std::collections::BTreeMap;
use std::ops::Range;

/// A fault in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Its rule.
    pub rule: &'static str,
    /// The faulty characters, in bytes of the text.
    pub span: Range<usize>,
    /// The same as text.
    pub found: String,
    /// What to write instead, where that is certain.
    pub fix: Option<String>,
    /// What else the message says.
    pub facts: Vec<(&'static str, String)>,
}

impl Fault {
    fn fix(mut self, instead: impl Into<String>) -> Self {
        self.fix = Some(instead.into());
        self
    }

    fn fact(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.facts.push((name, value.into()));
        self
    }
}

/// Makes the patterns of the rules ready: this text has something for each of them.
pub fn prepare(rulebook: &Rulebook) {
    const TEXT: &str = "2017年06月5日下午15时，约20人参加，国认可〔2017〕05号，二〇一七年6月5日，6月5号，2017.6.5开会，\
        17年6月，9:00-10:00，5%-8%，6月5日-8日，的的，（待补充），×年，％，第一、，12345678，３年。";
    faults(TEXT, Field { press: true, report: true, ..Field::default() }, rulebook);
}

/// The faults of one text, in its order; of two that share a character the one that says more.
pub fn faults(text: &str, field: Field, rulebook: &Rulebook) -> Vec<Fault> {
    let mut found = Vec::new();
    if field.usage == Use::None || text.is_ascii() && field.usage != Use::Fact {
        return found;
    }
    let lines = line::lines(text);
    for (index, line) in lines.iter().enumerate() {
        one(line, index, field, rulebook, &mut found);
    }
    if matches!(field.usage, Use::Prose | Use::Lead) {
        order::check(&lines, &mut found);
        blanks::cut(&lines, &mut found);
    }
    if matches!(field.usage, Use::Prose | Use::History) && lines.len() > 2 {
        let all: Vec<&line::Line<'_>> = lines.iter().collect();
        history::check(&all, field.usage == Use::History, &mut found);
    }
    if matches!(field.usage, Use::Title) {
        titles::title(&lines, &mut found);
    }
    pairs::check(&lines, &mut found);
    without_overlaps(found)
}

fn one(line: &line::Line<'_>, index: usize, field: Field, rulebook: &Rulebook, found: &mut Vec<Fault>) {
    if matches!(field.usage, Use::Fact | Use::Name | Use::Prose) {
        wording::value(line, field.usage == Use::Fact, found);
    }
    if field.usage == Use::Name {
        return;
    }
    file_number::check(line, found);
    dates::check(line, found);
    ranges::check(line, found);
    digits::check(line, found);
    figures::check(line, found);
    marks::check(line, found);
    half_width::check(line, found);
    if field.usage == Use::Fact {
        return;
    }
    numbering::check(line, found);
    if field.under {
        numbering::under(line, found);
    }
    blanks::check(line, found);
    wording::check(line, found);
    titles::brackets(line, found);
    if field.usage == Use::Lead && index == 0 {
        relative::check(line, found);
    }
    match field.usage {
        Use::Annex => titles::annex(line, found),
        Use::Prose => titles::mention(line, found),
        Use::Subtitle => titles::subtitle(line, found),
        _ => {}
    }
    if field.report {
        wording::request(line, found);
    }
    if field.press {
        telephone::check(line, found);
    }
    if field.press
        && let Some(rule) = rulebook.rule("text/confidential")
    {
        wording::confidential(line, &rule.words, &rule.harmless, found);
    }
}

/// Sorted, without those that share characters with an earlier or longer one.
fn without_overlaps(mut found: Vec<Fault>) -> Vec<Fault> {
    found.sort_by_key(|fault| (fault.span.start, std::cmp::Reverse(fault.span.end)));
    let mut kept: Vec<Fault> = Vec::new();
    for fault in found {
        if kept.last().is_none_or(|last| last.span.end <= fault.span.start) {
            kept.push(fault);
        }
    }
    kept
}

/// The faults of a document with the path of the text that has them, in the order of the file.
pub fn document(document: &Document, rulebook: &Rulebook) -> Vec<(Pointer, Fault)> {
    let Some(tree) = &document.tree else { return Vec::new() };
    let kind = tree.get("类别").and_then(Node::text).unwrap_or_default();
    let genre = tree.get("文种").and_then(Node::text).unwrap_or_default();
    let mut found = Vec::new();
    tree.each_scalar(&mut |pointer, node| {
        if let Shape::Scalar { text, .. } = &node.shape {
            let mut faults = faults(text, papers::field(tree, pointer, kind, genre), rulebook);
            keys::check(text, kind, pointer, &mut faults);
            found.extend(faults.into_iter().map(|fault| (pointer.clone(), fault)));
        }
    });
    papers::check(tree, &mut found);
    found
}

/// The faults of `text` if it stood at `pointer` of a document with that tree.
pub fn text(tree: &Node, pointer: &Pointer, text: &str, rulebook: &Rulebook) -> Vec<Fault> {
    let word = |key: &str| tree.get(key).and_then(Node::text).unwrap_or_default();
    let mut faults = faults(text, papers::field(tree, pointer, word("类别"), word("文种")), rulebook);
    keys::check(text, word("类别"), pointer, &mut faults);
    faults
}

/// So many findings of one rule are told of a file; the last says how many more there are.
const TOLD: usize = 5;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in context.workspace.documents.values() {
        let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
        let found = document(file, context.rulebook);
        for (_, fault) in &found {
            *counts.entry(fault.rule).or_default() += 1;
        }
        let mut told: BTreeMap<&'static str, usize> = BTreeMap::new();
        for (pointer, fault) in found {
            let nth = told.entry(fault.rule).or_default();
            *nth += 1;
            if *nth > TOLD {
                continue;
            }
            let mut finding = finding(file, &pointer, fault);
            let more = counts.get(finding.rule).copied().unwrap_or_default().saturating_sub(TOLD);
            if *nth == TOLD && more > 0 {
                finding = finding.fact("more", more);
            }
            findings.push(finding);
        }
    }
    findings
}

fn finding(file: &Document, pointer: &Pointer, fault: Fault) -> Finding {
    let node = file.tree.as_ref().and_then(|tree| tree.at(pointer));
    let written = node.and_then(|node| file.written(node));
    let bytes = written.as_ref().and_then(|written| {
        written.bytes(&fault.span).or_else(|| written.start(fault.span.start).map(|start| start..start + 1))
    });
    let place = bytes.map_or_else(|| file.place(pointer), |bytes| file.place_of_bytes(&bytes));
    let mut finding = Finding::new(fault.rule).at(place).fact("found", fault.found);
    finding = finding.fact("instead", fault.fix.unwrap_or_default());
    for (name, value) in fault.facts {
        finding = finding.fact(name, value);
    }
    finding
}
