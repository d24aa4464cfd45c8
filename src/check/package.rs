//! Article 16(3): minutes, photographs and press draft of the group's own important activities.
//!
//! No day goes in: of an activity that bears no trace of having been held, in a workspace that shows no later day, the
//! material is named as still to come.

use super::Context;
use crate::derive::host::is_own;
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::model::{Activity, ActivityKind, Minutes, Submission};
use crate::workspace::{Loaded, Workspace};
use serde_json::Value;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    important(context).flat_map(|activity| package(context, activity)).collect()
}

/// The group's own important activities.
pub(super) fn important<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Loaded<Activity>> {
    let profile = context.profile();
    let own = move |activity: &&Loaded<Activity>| {
        activity.model.important.is_some_and(|yes| yes.0) && is_own(profile, &activity.model)
    };
    context.workspace.held().filter(own)
}

/// What article 16(3) wants of an activity: name, key, whether it is there.
pub(super) fn parts(model: &Activity) -> [(&'static str, &'static str, bool); 3] {
    let digest_may_stand =
        model.kinds.iter().any(|kind| matches!(kind, ActivityKind::Survey | ActivityKind::Training));
    let minutes = has_minutes(model) || (digest_may_stand && !model.digest.is_blank());
    // Of what is classified nothing is published.
    let press =
        model.classification.is_some() || model.press.as_ref().is_some_and(|press| !press.body.is_blank());
    [
        (if digest_may_stand { "package.digest" } else { "package.minutes" }, "/纪要", minutes),
        ("package.photos", "/图片", !model.photos.is_empty() || model.photos_waived.is_some()),
        ("package.press", "/新闻通稿", press),
    ]
}

fn package(context: &Context<'_>, activity: &Loaded<Activity>) -> Vec<Finding> {
    let lacking = lacking(context, activity);
    if lacking.is_empty() || !is_to_come(context.workspace, activity) {
        return lacking;
    }
    let what: Vec<Value> = lacking.iter().filter_map(|finding| finding.facts.get("what").cloned()).collect();
    vec![Finding::new("art16.3/to-come").at(context.at(activity, "/日期")).fact("what", what)]
}

/// What is not there of an activity's material, whether it was held yet or not.
fn lacking(context: &Context<'_>, activity: &Loaded<Activity>) -> Vec<Finding> {
    parts(&activity.model)
        .into_iter()
        .filter(|(_, pointer, there)| {
            !there && context.may(activity, "art16.3/package", &[pointer, "/取消/日期"])
        })
        .map(|(what, pointer, _)| {
            Finding::new("art16.3/package").at(context.at(activity, pointer)).fact("what", what)
        })
        .collect()
}

/// Whether nothing shows that an activity was held: neither its own file, nor the cut-off of the year's summary or the
/// letter of the year's bundle, which brings what is over by then, nor an activity as late that was.
fn is_to_come(workspace: &Workspace, activity: &Loaded<Activity>) -> bool {
    let Some(date) = activity.model.date else { return false };
    let is_past = |day: Date| day >= date.last();
    let summary = u16::try_from(date.first().year()).ok().and_then(|year| workspace.summary(year));
    let summed_up = summary.is_some_and(|Loaded { model, .. }| {
        let letter = (model.year_submission != Submission::default()).then(|| model.year_until()).flatten();
        model.cutoff.into_iter().chain(letter).any(is_past)
    });
    let later = |other: &&Loaded<Activity>| other.model.date.is_some_and(|date| is_past(date.first()));
    !summed_up && !workspace.held().filter(later).any(bears_traces) && !bears_traces(activity)
}

/// Whether anything is written that only comes after an activity, readable or not.
fn bears_traces(activity: &Loaded<Activity>) -> bool {
    const KEYS: [&str; 6] = ["/纪要", "/新闻通稿", "/到会情况", "/图片", "/活动小结", "/议定事项"];
    let model = &activity.model;
    model.minutes.is_some()
        || model.press.is_some()
        || model.attendance.is_some()
        || !model.photos.is_empty()
        || !model.digest.is_blank()
        || !model.decisions.is_empty()
        || model.after != Submission::default()
        || KEYS.iter().any(|key| !activity.sound(key))
}

/// Minutes that say something: topics, decisions or a text of their own.
fn has_minutes(activity: &Activity) -> bool {
    let text = |minutes: &Minutes| !minutes.body.is_blank();
    let said = !activity.topics.is_empty() || !activity.decisions.is_empty();
    activity.minutes.as_ref().is_some_and(|minutes| said || text(minutes))
}
