//! File numbers over the whole workspace: none stands on two papers, none is left out, each agrees with its paper's
//! date and the group's 代字. Custom; the regulation says nothing of numbers.

use super::Context;
use crate::derive::file_number::{Numbered, all};
use crate::finding::{Finding, Place};
use crate::model::scalar::Date;
use std::collections::BTreeMap;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let numbered = all(context.workspace);
    let mut findings = Vec::new();
    let mut series: BTreeMap<(&str, u16), BTreeMap<u32, Vec<&Numbered<'_>>>> = BTreeMap::new();
    for paper in &numbered {
        alone(context, paper, &mut findings);
        let key = (&*paper.number.code, paper.number.year);
        series.entry(key).or_default().entry(paper.number.number).or_default().push(paper);
    }
    for numbers in series.values() {
        for papers in numbers.values() {
            repeats(context, papers, &mut findings);
        }
        order(context, numbers, &mut findings);
        gaps(context, numbers, &mut findings);
    }
    issues(context, &mut findings);
    findings
}

fn at(context: &Context<'_>, paper: &Numbered<'_>) -> Place {
    context.workspace.place(paper.file, &paper.pointer)
}

fn say(context: &Context<'_>, rule: &'static str, paper: &Numbered<'_>) -> Finding {
    Finding::new(rule)
        .at(at(context, paper))
        .fact("number", paper.number.to_string())
        .fact("paper", paper.paper)
}

/// 代字 and year of one number.
fn alone(context: &Context<'_>, paper: &Numbered<'_>, findings: &mut Vec<Finding>) {
    if let Some(date) = paper.date.filter(|date| date.year() != i32::from(paper.number.year)) {
        findings.push(say(context, "number/year", paper).fact("date", date.iso()));
    }
    // A house may add a word to its 代字 (函, 纪); papers of 台账 are written elsewhere.
    let code = context.profile().code.as_deref().filter(|code| !code.is_empty());
    let own = code.is_none_or(|code| paper.number.code.starts_with(code));
    if !own && !matches!(paper.paper, "其他报送" | "纪要") {
        let finding =
            say(context, "number/code", paper).with(context.at(&context.workspace.profile, "/代字"));
        findings.push(finding.fact("code", code));
    }
}

fn repeats(context: &Context<'_>, papers: &[&Numbered<'_>], findings: &mut Vec<Finding>) {
    let Some((first, others)) = papers.split_first() else { return };
    for paper in others {
        // One letter may carry several filings.
        if first.paper == "其他报送" && paper.paper == "其他报送" {
            continue;
        }
        let finding = say(context, "number/repeat", paper).with(at(context, first));
        findings.push(finding.fact("other", first.paper).fact("file", first.file));
    }
}

/// A number is not older than the one before it, nor was it sent before that was written.
fn order(context: &Context<'_>, numbers: &BTreeMap<u32, Vec<&Numbered<'_>>>, findings: &mut Vec<Finding>) {
    let alone = numbers.values().filter(|papers| papers.len() == 1).flatten();
    let mut last: Option<(Date, &Numbered<'_>)> = None;
    for paper in alone {
        let Some(date) = paper.date.or(paper.by) else { continue };
        if let Some((before, lower)) = last.filter(|(before, _)| date < *before) {
            findings.push(
                say(context, "number/order", paper)
                    .with(at(context, lower))
                    .fact("date", date.iso())
                    .fact("lower", lower.number.to_string())
                    .fact("before", before.iso()),
            );
        }
        last = paper.date.map(|date| (date, *paper)).or(last);
    }
}

/// Numbers left out between the first and the last known; not said while a file cannot be read at all.
fn gaps(context: &Context<'_>, numbers: &BTreeMap<u32, Vec<&Numbered<'_>>>, findings: &mut Vec<Finding>) {
    let known: Vec<(u32, &Numbered<'_>)> =
        numbers.iter().filter_map(|(number, papers)| Some((*number, *papers.first()?))).collect();
    let mut missing = Vec::new();
    for pair in known.windows(2) {
        let [(before, lower), (number, paper)] = pair else { continue };
        if number - before > 1 {
            let finding = say(context, "number/gap", paper).with(at(context, lower));
            missing.push(finding.fact("from", before + 1).fact("to", number - 1));
        }
    }
    let unread = context.workspace.documents.values().filter(|document| document.tree.is_none());
    let unread: Vec<&str> = unread.map(|document| document.file.as_str()).collect();
    if unread.is_empty() {
        findings.append(&mut missing);
    } else if !missing.is_empty() {
        for file in unread {
            context.skip(file, "number/gap");
        }
    }
}

/// 期号 of minutes: no two of a year alike.
fn issues(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<(i32, &str), &str> = BTreeMap::new();
    for activity in &context.workspace.activities {
        let number = activity.model.minutes.as_ref().and_then(|minutes| minutes.number.as_deref());
        let number = number.filter(|number| number.starts_with('第') && number.ends_with('期'));
        let (Some(number), Some(date)) = (number, activity.model.date) else { continue };
        if let Some(first) = seen.insert((date.first().year(), number), &activity.file) {
            findings.push(
                Finding::new("number/repeat")
                    .at(context.at(activity, "/纪要/期号"))
                    .with(context.workspace.place(first, "/纪要/期号"))
                    .fact("number", number)
                    .fact("paper", "纪要")
                    .fact("other", "纪要")
                    .fact("file", first),
            );
        }
    }
}
