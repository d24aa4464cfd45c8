//! Characters that a page cannot show: controls, direction marks, invisible ones, and those that no
//! font has. Each at its place in the file.

use super::Context;
use crate::finding::Finding;
use crate::model::invisible;
use crate::source::{Document, Pointer, Shape};
use std::collections::BTreeSet;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut shown = BTreeSet::new();
    for document in context.workspace.documents.values() {
        for (pointer, node) in document.tree.iter().flat_map(|tree| tree.scalars()) {
            if let Shape::Scalar { text, .. } = &node.shape {
                scalar(context, document, &pointer, text, &mut shown, &mut findings);
            }
        }
    }
    findings
}

/// One text. `shown` are the characters that a font is known to have.
fn scalar(
    context: &Context<'_>,
    document: &Document,
    at: &Pointer,
    text: &str,
    shown: &mut BTreeSet<char>,
    findings: &mut Vec<Finding>,
) {
    if text.is_ascii() && !text.bytes().any(|byte| byte.is_ascii_control() && byte != b'\n') {
        return;
    }
    let mut seen = BTreeSet::new();
    let (mut visible, mut asked) = (String::new(), BTreeSet::new());
    for c in text.chars() {
        match invisible(c) {
            Some(rule) if seen.insert(c) => {
                let place = document.place_of(at, c.encode_utf8(&mut [0; 4]));
                findings.push(Finding::new(rule).at(place).fact("code", code(c)));
            }
            None if !c.is_whitespace() && !shown.contains(&c) && asked.insert(c) => visible.push(c),
            _ => {}
        }
    }
    if visible.is_empty() {
        return;
    }
    let missing = (context.missing_glyphs)(&visible);
    let lacking: BTreeSet<char> = missing.iter().map(|(_, c)| *c).collect();
    shown.extend(asked.difference(&lacking));
    for (_, c) in missing {
        if seen.insert(c) {
            let place = document.place_of(at, c.encode_utf8(&mut [0; 4]));
            let finding = Finding::new("text/no-glyph").at(place);
            findings.push(finding.fact("char", c.to_string()).fact("code", code(c)));
        }
    }
}

fn code(c: char) -> String {
    format!("U+{:04X}", c as u32)
}
