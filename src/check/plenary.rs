//! Articles 13 (two plenaries a year), 14 (two thirds present) and 15 (the regulator is invited).

use super::Context;
use crate::derive::quorum::quorum;
use crate::derive::roster::Turnout;
use crate::derive::terms::fraction;
use crate::finding::Finding;
use crate::model::scalar::{Date, DateRange, Period};
use crate::model::{Activity, ActivityKind, Guest, Plan, PlannedMeeting};
use crate::workspace::Loaded;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for year in context.workspace.years() {
        findings.extend(plenaries(context, year));
    }
    for activity in &context.workspace.activities {
        findings.extend(present(context, activity));
        findings.extend(regulator(context, activity));
    }
    findings
}

/// Article 13: held, and still planned after the last one held.
fn plenaries(context: &Context<'_>, year: u16) -> Option<Finding> {
    let plan = context.workspace.plan(year)?;
    if !context.may(plan, "art13/plenaries", &["/会议"]) {
        return None;
    }
    let mut all_known = true;
    for activity in &context.workspace.activities {
        all_known &= context.may(activity, "art13/plenaries", &["/日期", "/类型"]);
    }
    for unread in context.workspace.documents.values().filter(|document| document.tree.is_none()) {
        context.skip(&unread.file, "art13/plenaries");
        all_known = false;
    }
    if !all_known {
        return None;
    }
    let held: Vec<_> = context
        .workspace
        .activities_of(year)
        .filter(|activity| activity.model.kinds.contains(&ActivityKind::Plenary))
        .collect();
    let mut days: Vec<Date> =
        held.iter().filter_map(|activity| activity.model.date).map(DateRange::last).collect();
    days.sort_unstable();
    let planned = still_planned(&plan.model, i32::from(year), &days);
    let wanted = context.terms().plenaries;
    (held.len() + planned < wanted).then(|| {
        Finding::new("art13/plenaries")
            .at(context.at(plan, "/会议"))
            .fact("year", year)
            .fact("held", held.len())
            .fact("planned", planned)
            .fact("wanted", wanted)
    })
}

/// How many of the plenaries planned are still to come after those of `held`, in order: one that was held takes the
/// place of the one planned for that time.
fn still_planned(plan: &Plan, year: i32, held: &[Date]) -> usize {
    let plenary = |meeting: &&PlannedMeeting| meeting.kinds.contains(&ActivityKind::Plenary);
    let mut open: Vec<Option<&Period>> =
        plan.meetings.iter().filter(plenary).map(|meeting| meeting.time.as_ref()).collect();
    for day in held {
        let meant = open.iter().position(|time| {
            time.is_some_and(|time| time.first_day(year) <= *day && *day <= time.last_day(year))
        });
        if let Some(meant) = meant {
            open.remove(meant);
        }
    }
    let last = held.last();
    open.into_iter()
        .filter(|time| time.is_none_or(|time| last.is_none_or(|last| time.last_day(year) > *last)))
        .count()
}

/// Article 14.
fn present(context: &Context<'_>, activity: &Loaded<Activity>) -> Option<Finding> {
    let model = &activity.model;
    let attendance = model.attendance.as_ref()?;
    if !model.kinds.contains(&ActivityKind::Plenary)
        || !context.may(activity, "art14/quorum", &["/到会情况", "/日期"])
        || !context.may_roster("art14/quorum")
    {
        return None;
    }
    let Some(turnout) = Turnout::of(context.profile(), model) else {
        let place = context.at(activity, "/到会情况/人数");
        return Some(
            Finding::new("art14/not-computable").at(place).fact("count", attendance.count.as_deref()),
        );
    };
    let share = context.terms().quorum;
    let reckoned = quorum(turnout.members, turnout.present(context.terms()), fraction(share)?)?;
    (!reckoned.reached).then(|| {
        Finding::new("art14/quorum")
            .at(context.at(activity, "/到会情况/出席"))
            .fact("due", reckoned.due)
            .fact("present", reckoned.present)
            .fact("needed", reckoned.needed)
            .fact("numerator", share.numerator)
            .fact("denominator", share.denominator)
    })
}

/// Article 15: somebody from the regulator is invited to, or at, the group's own meeting.
fn regulator(context: &Context<'_>, activity: &Loaded<Activity>) -> Option<Finding> {
    let model = &activity.model;
    let meeting = model
        .kinds
        .iter()
        .any(|kind| matches!(kind, ActivityKind::Plenary | ActivityKind::Meeting | ActivityKind::Workshop));
    let known = model.attendance.is_some() || model.invitation.is_some();
    let pointers = ["/到会情况/列席", "/邀请函", "/主办", "/类型"];
    if !meeting || !known || !is_own(context, model) || !context.may(activity, "art15/regulator", &pointers) {
        return None;
    }
    let guests = model.attendance.iter().flat_map(|attendance| &attendance.guests);
    let present = guests.into_iter().any(|guest| is_from_regulator(context, guest));
    (!present && model.invitation.is_none()).then(|| {
        Finding::new("art15/regulator")
            .at(context.at(activity, "/到会情况/列席"))
            .fact("regulator", regulator_names(context))
    })
}

/// Whether the group itself is (also) the host: it is, unless others alone are named.
pub(super) fn is_own(context: &Context<'_>, activity: &Activity) -> bool {
    let profile = context.profile();
    let own = [profile.full_name.as_deref(), profile.short_name.as_deref(), Some("本组")];
    activity.hosts.is_empty() || activity.hosts.iter().any(|host| own.contains(&Some(&**host)))
}

fn regulator_names(context: &Context<'_>) -> Vec<String> {
    let named: Vec<String> = context.profile().regulator.iter().map(ToString::to_string).collect();
    if named.is_empty() { vec!["国家认监委".to_owned()] } else { named }
}

fn is_from_regulator(context: &Context<'_>, guest: &Guest) -> bool {
    guest.regulator.map_or_else(
        || {
            let employer = guest.employer.as_deref().unwrap_or_default();
            regulator_names(context).iter().any(|name| employer.contains(name.as_str()))
        },
        |yes| yes.0,
    )
}
