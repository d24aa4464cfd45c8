//! Article 16(3): minutes, photographs and press draft of the group's own important activities.

use super::Context;
use crate::derive::host::is_own;
use crate::finding::Finding;
use crate::model::{Activity, ActivityKind, Minutes};
use crate::workspace::Loaded;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    important(context).flat_map(|activity| package(context, activity)).collect()
}

/// The group's own important activities.
pub(super) fn important<'a>(context: &Context<'a>) -> impl Iterator<Item = &'a Loaded<Activity>> {
    let profile = context.profile();
    let own = move |activity: &&Loaded<Activity>| {
        activity.model.important.is_some_and(|yes| yes.0) && is_own(profile, &activity.model)
    };
    context.workspace.activities.iter().filter(own)
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
    parts(&activity.model)
        .into_iter()
        .filter(|(_, pointer, there)| !there && context.may(activity, "art16.3/package", &[pointer]))
        .map(|(what, pointer, _)| {
            Finding::new("art16.3/package").at(context.at(activity, pointer)).fact("what", what)
        })
        .collect()
}

/// Minutes that say something: topics, decisions or a text of their own.
fn has_minutes(activity: &Activity) -> bool {
    let text = |minutes: &Minutes| !minutes.body.is_blank();
    let said = !activity.topics.is_empty() || !activity.decisions.is_empty();
    activity.minutes.as_ref().is_some_and(|minutes| said || text(minutes))
}
