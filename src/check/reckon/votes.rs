//! Article 17: every vote of which the ballots are known.

use super::super::{Context, ballot};
use super::{Reckoning, name};
use crate::derive::ballot::Ballot;
use crate::model::{Activity, Decision, Outcome};
use crate::workspace::Loaded;

pub(super) fn all(context: &Context<'_>) -> Vec<Reckoning> {
    let mut all = Vec::new();
    if !context.may_roster("art17/against-count") {
        return all;
    }
    for activity in &context.workspace.activities {
        for (index, decision) in activity.model.decisions.iter().enumerate() {
            all.extend(one(context, activity, index, decision));
        }
    }
    all
}

fn one(
    context: &Context<'_>,
    activity: &Loaded<Activity>,
    index: usize,
    decision: &Decision,
) -> Option<Reckoning> {
    let at = format!("/议定事项/{index}");
    let sound = [at.as_str(), "/到会情况", "/日期"].iter().all(|pointer| activity.sound(pointer));
    let written = decision.ballot.as_ref().filter(|ballot| sound && ballot.ayes.is_some())?;
    let ballot = ballot::reckoned(context, &activity.model, decision, written)?;
    let (valid, majority, carried) = (ballot.is_valid(), ballot.has_majority(), ballot.carried());
    let Ballot { votes, ballots, members, taking_part, valid_needed, ayes_needed, contradictions } = ballot;
    let terms = context.terms();
    Some(
        Reckoning::at(context.at(activity, &format!("{at}/表决")))
            .fact("of", name(&activity.model))
            .fact("subject", decision.subject())
            .fact("members", members)
            .fact("taking_part", taking_part)
            .fact("recused", votes.recused)
            .fact("recused_stay", terms.is_on("回避仍计入分母"))
            .fact("valid", votes.valid)
            .fact("valid_needed", valid_needed)
            .fact("valid_numerator", terms.valid_share.numerator)
            .fact("valid_denominator", terms.valid_share.denominator)
            .fact("is_valid", valid)
            .fact("ayes", votes.ayes)
            .fact("noes", votes.noes)
            .fact("abstentions", votes.abstentions)
            .fact("cast", ballots)
            .fact("ayes_needed", ayes_needed)
            .fact("aye_numerator", terms.aye_share.numerator)
            .fact("aye_denominator", terms.aye_share.denominator)
            .fact("majority", majority)
            .fact("carried", carried)
            .fact("written_carried", decision.outcome == Outcome::Carried)
            .fact("sound", contradictions.is_empty()),
    )
}
