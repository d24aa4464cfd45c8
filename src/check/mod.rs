//! Model and derived facts against the rules; one module a part of the regulation. Yields findings
//! and knows no words.

mod activity;
mod ballot;
mod context;
mod due;
mod money;
mod package;
mod people;
mod photos;
mod plan;
mod plenary;
mod profile;
mod submit;
mod summary;
mod text;

pub use context::Context;
pub use due::{Item, Owed, owed};
pub(crate) use text::invisible;

use crate::finding::Finding;

/// Everything found in the workspace, reading included, sorted by file and line.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = context.workspace.findings.clone();
    let rules: [fn(&Context<'_>) -> Vec<Finding>; 13] = [
        activity::check,
        ballot::check,
        due::check,
        money::check,
        package::check,
        people::check,
        photos::check,
        plan::check,
        plenary::check,
        profile::check,
        submit::check,
        summary::check,
        text::check,
    ];
    for rule in rules {
        findings.extend(rule(context));
    }
    findings.extend(context.not_checked());
    sort(&mut findings);
    findings
}

/// By file, line and column; what has no place comes first.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
}
