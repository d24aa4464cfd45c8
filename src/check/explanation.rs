//! What happened and asks for an explanation, against what is about to go out: a paper with such facts carries a
//! 情况说明; what a 台账 or a plan tells of, the summary of its year does. What was sent already stays as it was.

use super::Context;
use crate::finding::Finding;
use crate::model::Submission;
use crate::rulebook::{Aspect, Rulebook, Severity, Stage};
use crate::workspace::{Sending, Workspace};
use std::collections::BTreeMap;

/// Keys of an activity whose facts belong to what goes out before it.
const BEFORE: [&str; 4] = ["活动报告", "邀请函", "会议通知", "事前报送"];

/// One finding for each 报送 that lacks its explanation, given everything else that was found.
pub(super) fn check(context: &Context<'_>, findings: &[Finding]) -> Vec<Finding> {
    let mut facts: BTreeMap<(&str, bool), Vec<&'static str>> = BTreeMap::new();
    for finding in findings {
        let Some(place) = &finding.place else { continue };
        if asks(context, finding) {
            let before = context.workspace.top_key(place).is_some_and(|key| BEFORE.contains(&key));
            let told = context.workspace.summed_up_in(place).and_then(|year| context.workspace.summary(year));
            let summary = told.map(|summary| (summary.file.as_str(), false));
            for file in std::iter::once((place.file.as_str(), before)).chain(summary) {
                let rules = facts.entry(file).or_default();
                if !rules.contains(&finding.rule) {
                    rules.push(finding.rule);
                }
            }
        }
    }
    let sendings = context.workspace.sendings();
    let lacking = sendings.iter().filter(|it| it.kind != "year" && it.sound && is_prepared(it.submission));
    let explained = |it: &&Sending<'_>| {
        let same =
            |other: &&Sending<'_>| other.file == it.file && (other.key == it.key || other.kind == "year");
        sendings.iter().filter(same).any(|other| explains(other.submission))
    };
    lacking
        .filter(|it| !explained(it))
        .filter_map(|it| {
            let rules = facts.get(&(it.file, it.kind == "activity-before"))?;
            let place = context.workspace.place(it.file, &format!("/{}", it.key));
            let finding = Finding::new("submit/no-explanation").at(place).fact("where", it.key);
            Some(finding.fact("rules", rules.clone()))
        })
        .collect()
}

/// Whether a finding is of what happened, and a sending that it belongs to has its 情况说明.
pub fn is_explained(workspace: &Workspace, rulebook: &Rulebook, finding: &Finding) -> bool {
    let Some(place) = &finding.place else { return false };
    let is_fact = rulebook.rule(finding.rule).is_some_and(|rule| rule.aspect == Aspect::Fact);
    let before = workspace.top_key(place).is_some_and(|key| BEFORE.contains(&key));
    let told = workspace.summed_up_in(place).and_then(|year| workspace.summary(year));
    let belongs = |it: &Sending<'_>| {
        let own = it.file == place.file && (it.kind == "activity-before") == before;
        own || told.is_some_and(|summary| summary.file == it.file)
    };
    is_fact && workspace.sendings().iter().any(|it| belongs(it) && explains(it.submission))
}

/// Whether a finding is of what happened and grave enough for words of the group's own.
fn asks(context: &Context<'_>, finding: &Finding) -> bool {
    let rule = context.rulebook.rule(finding.rule);
    rule.is_some_and(|rule| rule.aspect == Aspect::Fact)
        && context.rulebook.severity(finding.rule, Stage::Submit) >= Severity::Warning
}

/// Whether it is about to go out: it has a covering paper and was not sent yet.
fn is_prepared(submission: &Submission) -> bool {
    let begun = submission.number.is_some() || submission.date.is_some();
    begun && submission.dispatches.iter().all(|dispatch| dispatch.date.is_none())
}

fn explains(submission: &Submission) -> bool {
    submission.explanation.as_ref().is_some_and(|prose| !prose.is_blank())
}
