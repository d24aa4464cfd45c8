//! Model and derived facts against the rules; one module a part of the regulation. Yields findings
//! and knows no words.

mod activity;
mod ballot;
mod context;
mod due;
mod explanation;
pub mod fix;
mod law;
pub mod lint;
mod money;
mod notices;
mod obligations;
mod package;
mod people;
mod photos;
mod plan;
mod plenary;
mod profile;
mod standing;
mod style;
mod submit;
mod summary;
mod text;

pub use context::Context;
pub use due::{Item, Owed, owed};
pub use law::Law;
pub use obligations::{Opened, opened};
pub use photos::load as load_photo;
pub use standing::{Paper, Standing, State, standing, unread};

use crate::finding::{Finding, Place};
use std::collections::BTreeMap;

/// Everything found in the workspace, reading included, sorted by file and line.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = context.workspace.findings.clone();
    let rules: [fn(&Context<'_>) -> Vec<Finding>; 15] = [
        activity::check,
        ballot::check,
        due::check,
        lint::check,
        money::check,
        package::check,
        people::check,
        photos::check,
        plan::check,
        plenary::check,
        profile::check,
        style::check,
        submit::check,
        summary::check,
        text::check,
    ];
    for rule in rules {
        findings.extend(rule(context));
    }
    let unexplained = explanation::check(context, &findings);
    findings.extend(unexplained);
    findings.extend(context.not_checked());
    sort(&mut findings);
    shorten(&mut findings);
    findings
}

/// The most findings that are told of one file.
const MOST: usize = 500;

/// Of a file with more findings than anybody reads the first are kept, and how many there were more.
fn shorten(findings: &mut Vec<Finding>) {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    findings.retain(|finding| {
        let Some(place) = &finding.place else { return true };
        let count = counts.entry(place.file.clone()).or_default();
        *count += 1;
        *count <= MOST
    });
    for (file, count) in counts.into_iter().filter(|(_, count)| *count > MOST) {
        findings.push(Finding::new("workspace/more").at(Place::file(file)).fact("count", count - MOST));
    }
}

/// By file, line and column; what has no place comes first.
pub fn sort(findings: &mut [Finding]) {
    findings.sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
}
