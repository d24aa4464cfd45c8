//! Characters that a page cannot show: controls, direction marks, invisible ones, and those that no
//! font has. Each at its place in the file.

use super::Context;
use crate::finding::Finding;
use crate::model::invisible;
use crate::source::{Document, Pointer, Shape};
use std::collections::BTreeSet;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in context.workspace.documents.values() {
        let Some(tree) = &document.tree else { continue };
        tree.each_scalar(&mut |pointer, node| {
            if let Shape::Scalar { text, .. } = &node.shape {
                scalar(context, document, pointer, text, &mut findings);
            }
        });
    }
    findings
}

/// One text; each character is told once.
fn scalar(context: &Context<'_>, document: &Document, at: &Pointer, text: &str, findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    for c in text.chars() {
        if let Some(rule) = invisible(c).filter(|_| seen.insert(c)) {
            let place = document.place_of(at, c.encode_utf8(&mut [0; 4]));
            findings.push(Finding::new(rule).at(place).fact("code", code(c)));
        }
    }
    for (_, c) in (context.missing_glyphs)(text) {
        if !c.is_whitespace() && seen.insert(c) {
            let place = document.place_of(at, c.encode_utf8(&mut [0; 4]));
            let finding = Finding::new("text/no-glyph").at(place);
            findings.push(finding.fact("char", c.to_string()).fact("code", code(c)));
        }
    }
}

fn code(c: char) -> String {
    format!("U+{:04X}", c as u32)
}
