//! What happened and asks for an explanation, against what is about to go out: a paper with such facts carries a
//! 情况说明; what a 台账 or a plan tells of, the summary of its year does. What was sent already stays as it was.

use super::Context;
use crate::derive::sent::Reported;
use crate::finding::{EXPLAINED, Finding};
use crate::rulebook::{Aspect, Severity, Stage};
use crate::workspace::Sending;
use std::collections::BTreeMap;

/// One finding for each 报送 that lacks its explanation, given everything else that was found.
pub(super) fn check(context: &Context<'_>, findings: &[Finding]) -> Vec<Finding> {
    let sendings = context.workspace.sendings();
    let mut facts: BTreeMap<(&str, &str), Vec<&'static str>> = BTreeMap::new();
    for finding in findings {
        let Some(place) = &finding.place else { continue };
        if asks(context, finding) {
            for sending in sendings.iter().filter(|it| it.tells_of(context.workspace, place)) {
                let rules = facts.entry((sending.file, sending.kind)).or_default();
                if !rules.contains(&finding.rule) {
                    rules.push(finding.rule);
                }
            }
        }
    }
    let lacking = Reported::all(context.workspace)
        .filter(|(it, reported)| it.kind != "year" && it.sound && is_prepared(*reported))
        .map(|(sending, _)| sending);
    let explained = |it: &Sending<'_>| {
        let same =
            |other: &&Sending<'_>| other.file == it.file && (other.key == it.key || other.kind == "year");
        sendings.iter().filter(same).any(|other| other.explanation().is_some())
    };
    lacking
        .filter(|it| !explained(it))
        .filter_map(|it| {
            let rules = facts.get(&(it.file, it.kind))?;
            let place = context.workspace.place(it.file, &format!("/{}", it.key));
            let finding = Finding::new("submit/no-explanation").at(place).fact("where", it.key);
            Some(finding.fact("rules", rules.clone()))
        })
        .collect()
}

/// Marks what happened and has its 情况说明 in a sending that tells of it.
pub(super) fn mark(context: &Context<'_>, findings: &mut [Finding]) {
    let explaining: Vec<_> =
        context.workspace.sendings().into_iter().filter(|it| it.explanation().is_some()).collect();
    let is_fact = |rule| context.rulebook.rule(rule).is_some_and(|rule| rule.aspect == Aspect::Fact);
    for finding in findings.iter_mut().filter(|finding| !explaining.is_empty() && is_fact(finding.rule)) {
        let told = |place| explaining.iter().any(|it| it.tells_of(context.workspace, place));
        if finding.place.as_ref().is_some_and(told) {
            finding.facts.insert(EXPLAINED, true.into());
        }
    }
}

/// Whether a finding is of what happened and grave enough for words of the group's own.
fn asks(context: &Context<'_>, finding: &Finding) -> bool {
    let rule = context.rulebook.rule(finding.rule);
    rule.is_some_and(|rule| rule.aspect == Aspect::Fact)
        && context.rulebook.severity(finding.rule, Stage::Submit) >= Severity::Warning
}

/// Whether it is about to go out: it has a covering paper and was not sent yet.
fn is_prepared(reported: Reported<'_>) -> bool {
    let submission = reported.submission();
    let begun = submission.number.is_some() || submission.date.is_some();
    begun && reported.believed().iter().all(|dispatch| dispatch.date.is_none())
}
