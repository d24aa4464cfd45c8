//! Article 16(3) by the papers' own dates: what is dated after its due day cannot be sent in time. As soon as a
//! sending is recorded its date counts, and not the paper's.

use super::Context;
use crate::derive::due::{Applies, Obligation};
use crate::derive::host::is_own;
use crate::derive::sent::Reported;
use crate::finding::Finding;
use crate::model::Activity;
use crate::model::scalar::Date;
use crate::workspace::Loaded;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let activities = context.workspace.held();
    activities
        .flat_map(|activity| [report(context, activity), minutes(context, activity)])
        .flatten()
        .collect()
}

/// The report before the activity.
fn report(context: &Context<'_>, activity: &Loaded<Activity>) -> Option<Finding> {
    const RULE: &str = "art16.3/report-date";
    let pointers = ["/日期", "/重要活动", "/主办", "/取消/日期", "/活动报告/日期", "/事前报送/记录"];
    if !important(context, &activity.model) || !context.may(activity, RULE, &pointers) {
        return None;
    }
    let start = activity.model.date?.first();
    let written = activity.model.report.as_ref()?.date?;
    let due = context.reckoner()?.activity_report(start.naive(), None)?;
    // A report dated after the activity is a contradiction of its own.
    let late = is_late(&due, Reported::Before(&activity.model), written) && written <= start;
    late.then(|| {
        Finding::new(RULE)
            .at(context.at(activity, "/活动报告/日期"))
            .with(context.at(activity, "/日期"))
            .fact("date", written.iso())
            .fact("start", start.iso())
            .fact("due", Date::from(due.due).iso())
    })
}

/// The minutes after it.
fn minutes(context: &Context<'_>, activity: &Loaded<Activity>) -> Option<Finding> {
    const RULE: &str = "art16.3/minutes-date";
    let pointers = ["/日期", "/重要活动", "/主办", "/取消/日期", "/纪要/日期", "/事后报送/记录"];
    if !important(context, &activity.model) || !context.may(activity, RULE, &pointers) {
        return None;
    }
    let end = activity.model.date?.last();
    let written = activity.model.minutes.as_ref()?.date?;
    let due = context.reckoner()?.activity_material(end.naive(), None);
    is_late(&due, Reported::After(&activity.model), written).then(|| {
        Finding::new(RULE)
            .at(context.at(activity, "/纪要/日期"))
            .with(context.at(activity, "/日期"))
            .fact("date", written.iso())
            .fact("end", end.iso())
            .fact("n", context.terms().material_workdays)
            .fact("due", Date::from(due.due).iso())
    })
}

fn important(context: &Context<'_>, activity: &Activity) -> bool {
    activity.important.is_some_and(|yes| yes.0) && is_own(context.profile(), activity)
}

fn is_late(due: &Obligation, reported: Reported<'_>, written: Date) -> bool {
    let believed = reported.believed();
    !believed.iter().any(|dispatch| dispatch.date.is_some())
        && due.applies == Applies::Yes
        && written.naive() > due.due
}
