//! Model and derived facts against the rules; one module a part of the regulation. Yields findings
//! and knows no words.

mod absences;
mod absentees;
mod actions;
mod activity;
mod agenda;
mod ballot;
mod claims;
mod composition;
mod context;
mod dated;
mod due;
mod explanation;
pub mod fix;
mod house;
mod law;
pub mod lint;
mod matters;
mod meetings;
mod members;
mod money;
mod names;
mod notices;
mod numbers;
mod obligations;
mod order;
mod package;
mod past;
mod people;
mod photos;
mod plan;
mod plenary;
mod press;
mod profile;
mod progress;
mod proxies;
mod reckon;
mod records;
mod recusal;
mod resending;
mod sample;
mod secret;
mod sent;
mod sitting;
mod standing;
mod style;
mod subgroups;
mod submit;
mod summary;
mod tables;
mod text;
mod titles;

pub use context::Context;
pub use due::{Item, Owed, owed};
pub use law::Law;
pub use obligations::{Opened, opened};
pub use photos::{load as load_photo, locate as locate_photo};
pub use reckon::{Reckoning, reckon};
pub use standing::{Paper, Standing, State, standing, unread};
pub use tables::{deadline_rows, table};

use crate::finding::{Finding, Place};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Everything found in the workspace, reading included, sorted by file and line.
pub fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = context.workspace.findings.clone();
    let rules: [fn(&Context<'_>) -> Vec<Finding>; 39] = [
        absences::check,
        absentees::check,
        actions::check,
        activity::check,
        agenda::check,
        ballot::check,
        claims::check,
        composition::check,
        dated::check,
        due::check,
        lint::check,
        matters::check,
        meetings::check,
        members::check,
        money::check,
        numbers::check,
        order::check,
        package::check,
        people::check,
        photos::check,
        plan::check,
        plenary::check,
        press::check,
        profile::check,
        progress::check,
        proxies::check,
        records::check,
        recusal::check,
        resending::check,
        sample::check,
        secret::check,
        sent::check,
        sitting::check,
        style::check,
        subgroups::check,
        submit::check,
        summary::check,
        text::check,
        titles::check,
    ];
    findings.par_extend(rules.par_iter().flat_map_iter(|rule| rule(context)));
    let unexplained = explanation::check(context, &findings);
    findings.extend(unexplained);
    explanation::mark(context, &mut findings);
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
        let Some(place) = finding.place.as_ref().filter(|_| !is_remark(finding)) else { return true };
        let count = counts.entry(place.file.clone()).or_default();
        *count += 1;
        *count <= MOST
    });
    for (file, count) in counts.into_iter().filter(|(_, count)| *count > MOST) {
        findings.push(Finding::new("workspace/more").at(Place::file(file)).fact("count", count - MOST));
    }
}

/// By file, line and column; what has no place comes first, what is said of the other findings of a file last.
pub fn sort(findings: &mut [Finding]) {
    fn rank(it: &Finding) -> (Option<&str>, bool, Option<&Place>, &str) {
        let place = it.place.as_ref();
        (place.map(|place| place.file.as_str()), is_remark(it), place, it.rule)
    }
    findings.sort_by(|a, b| rank(a).cmp(&rank(b)));
}

/// Whether a finding is about the other findings of its file.
fn is_remark(finding: &Finding) -> bool {
    matches!(finding.rule, "model/not-checked" | "workspace/more")
}
