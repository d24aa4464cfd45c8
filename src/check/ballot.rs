//! Article 17: votes. Valid voters against those taking part, ayes against all members, in integers.

use super::Context;
use crate::derive::ballot::{Ballot, Contradiction, Votes};
use crate::derive::host::is_own;
use crate::derive::roster::{Turnout, roster, taking_part};
use crate::derive::terms::ballot_terms;
use crate::finding::Finding;
use crate::model::scalar::DateRange;
use crate::model::{Activity, Ballot as Written, Decision, Method, Outcome};
use crate::workspace::Loaded;
use std::collections::BTreeSet;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for activity in &context.workspace.activities {
        for (index, decision) in activity.model.decisions.iter().enumerate() {
            decision_findings(context, activity, index, decision, &mut findings);
        }
    }
    findings
}

fn decision_findings(
    context: &Context<'_>,
    activity: &Loaded<Activity>,
    index: usize,
    decision: &Decision,
    findings: &mut Vec<Finding>,
) {
    let at = format!("/议定事项/{index}");
    let subject = decision.subject();
    if subject.is_empty() {
        if activity.sound(&at) {
            findings.push(Finding::new("decision/empty").at(context.at(activity, &at)));
        }
        return;
    }
    if decision.task.is_some() {
        let wanted = [("负责", decision.lead.is_empty()), ("时限", decision.due.is_none())];
        let missing = activity.missing(&at, &wanted);
        if !missing.is_empty() {
            let place = context.at(activity, &format!("{at}/任务"));
            findings.push(
                Finding::new("decision/incomplete")
                    .at(place)
                    .fact("subject", subject)
                    .fact("missing", missing),
            );
        }
    }
    if decision.method == Method::Vote || decision.ballot.is_some() {
        vote(context, activity, &at, decision, findings);
    }
}

/// The vote as the switches read it; none when those taking part are not named.
pub(super) fn reckoned(
    context: &Context<'_>,
    activity: &Activity,
    decision: &Decision,
    written: &Written,
) -> Option<Ballot> {
    let turnout = Turnout::of(context.profile(), activity)?;
    let terms = ballot_terms(context.terms())?;
    let count = |votes: Option<u32>| votes.unwrap_or(0);
    let (ayes, noes, abstentions) = (count(written.ayes), count(written.noes), count(written.abstentions));
    let cast = ayes.saturating_add(noes).saturating_add(abstentions);
    // Who is not there does not step aside; that is said of its own (art11/recused-absent).
    let here = taking_part(context.profile(), activity);
    let recused: BTreeSet<&str> =
        decision.recused.iter().map(|name| &**name).filter(|name| here.contains(name)).collect();
    let votes = Votes {
        members: turnout.members,
        taking_part: u32::try_from(here.len()).unwrap_or(u32::MAX),
        recused: u32::try_from(recused.len()).unwrap_or(u32::MAX),
        valid: written.valid.unwrap_or(cast),
        ayes,
        noes,
        abstentions,
    };
    Some(Ballot::new(votes, terms))
}

fn vote(
    context: &Context<'_>,
    activity: &Loaded<Activity>,
    at: &str,
    decision: &Decision,
    findings: &mut Vec<Finding>,
) {
    let subject = decision.subject();
    let parts = ["表决", "决定方式", "结果", "回避"].map(|key| format!("{at}/{key}"));
    if !context.may(activity, "art17/against-count", &parts.each_ref().map(String::as_str)) {
        return;
    }
    let Some(written) = decision.ballot.as_ref().filter(|ballot| ballot.ayes.is_some()) else {
        let place = context.at(activity, &format!("{at}/决定方式"));
        findings.push(Finding::new("art17/no-count").at(place).fact("subject", subject));
        return;
    };
    let place = context.at(activity, &format!("{at}/表决"));
    if !context.may(activity, "art17/against-count", &["/到会情况", "/日期"])
        || !context.may_roster("art17/against-count")
    {
        return;
    }
    let Some(ballot) = reckoned(context, &activity.model, decision, written) else {
        // Without names nothing is known but that no member votes twice; at another's activity others vote too.
        let ballots = [written.ayes, written.noes, written.abstentions].into_iter().flatten().map(u64::from);
        let cast: u64 = ballots.sum();
        let members = roster(context.profile(), activity.model.date.map(DateRange::first)).len();
        let own = is_own(context.profile(), &activity.model);
        if own && members > 0 && usize::try_from(cast).is_ok_and(|cast| cast > members) {
            let finding = Finding::new("art17/count").at(place);
            let finding = finding.with(context.at(&context.workspace.profile, "/成员"));
            findings.push(
                finding.fact("what", "more-ballots-than-members").fact("cast", cast).fact("members", members),
            );
            return;
        }
        findings.push(Finding::new("art17/not-computable").at(place).fact("subject", subject));
        return;
    };
    let votes = ballot.votes;
    let facts = |rule: &'static str| {
        Finding::new(rule)
            .at(place.clone())
            .fact("subject", subject)
            .fact("members", ballot.members)
            .fact("taking_part", ballot.taking_part)
            .fact("here", votes.taking_part)
            .fact("left_out", votes.taking_part - ballot.taking_part)
            .fact("recused", votes.recused)
            .fact("eligible", votes.taking_part.saturating_sub(votes.recused))
            .fact("valid", votes.valid)
            .fact("valid_needed", ballot.valid_needed)
            .fact("ayes", votes.ayes)
            .fact("ayes_needed", ballot.ayes_needed)
            .fact("cast", ballot.ballots)
            .fact("carried", ballot.carried())
    };
    if let Some(contradiction) = ballot.contradictions.first() {
        let what = match contradiction {
            Contradiction::TakingPartOverMembers => "more-taking-part-than-members",
            Contradiction::ValidOverTakingPart => "more-valid-than-present",
            Contradiction::BallotsOverValid => "more-ballots-than-voters",
        };
        let in_room = activity.model.attendance.as_ref().is_some_and(|it| !it.present.is_empty());
        let listed = if in_room { "出席" } else { "线上出席" };
        let listed = context.at(activity, &format!("/到会情况/{listed}"));
        findings.push(facts("art17/count").with(listed).fact("what", what));
    } else if ballot.carried() != (decision.outcome == Outcome::Carried) {
        findings.push(facts("art17/against-count"));
    } else if !ballot.carried() {
        findings.push(facts("art17/lost"));
    }
}
