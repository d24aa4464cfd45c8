//! Articles 13 (two plenaries a year), 14 (two thirds present) and 15 (the regulator is invited).

use super::Context;
use crate::derive::host::is_own;
use crate::derive::meetings::{meetings, plenaries_to_come};
use crate::derive::quorum::{Quorum, quorum};
use crate::derive::roster::{Turnout, roster, taking_part};
use crate::derive::terms::fraction;
use crate::finding::Finding;
use crate::model::scalar::DateRange;
use crate::model::{Activity, ActivityKind, EmployerKind, Guest, Member, Plan};
use crate::workspace::Loaded;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for year in context.workspace.years() {
        findings.extend(plenaries(context, year));
    }
    for activity in context.workspace.held() {
        findings.extend(present(context, activity));
        findings.extend(regulator(context, activity));
    }
    findings
}

/// Article 13.
fn plenaries(context: &Context<'_>, year: u16) -> Option<Finding> {
    let Plenaries { plan, held, planned } = counted(context, year)?;
    let wanted = context.terms().plenaries;
    (held.len() + planned < wanted).then(|| {
        let unmarked = unmarked(context, &plan.model);
        let names: Vec<&str> = unmarked.iter().map(|(name, _)| *name).collect();
        let finding = Finding::new("art13/plenaries")
            .at(context.at(plan, "/会议"))
            .fact("year", year)
            .fact("held", held.len())
            .fact("planned", planned)
            .fact("wanted", wanted)
            .fact("unmarked", names);
        unmarked.iter().fold(finding, |finding, (_, it)| finding.with(context.at(it, "/类型")))
    })
}

/// Meetings that the plan has as plenaries and that were held without being called so.
fn unmarked<'a>(context: &Context<'a>, plan: &'a Plan) -> Vec<(&'a str, &'a Loaded<Activity>)> {
    let plenary = |kinds: &[ActivityKind]| kinds.contains(&ActivityKind::Plenary);
    let planned = meetings(context.workspace, plan).into_iter().filter(|meeting| plenary(meeting.kinds));
    let held = planned.filter_map(|meeting| Some((meeting.name, meeting.held?)));
    held.filter(|(_, activity)| !plenary(&activity.model.kinds)).collect()
}

/// The plenaries of a year.
pub(super) struct Plenaries<'a> {
    /// The plan of the year.
    pub(super) plan: &'a Loaded<Plan>,
    /// Those held.
    pub(super) held: Vec<&'a Loaded<Activity>>,
    /// How many are still to come.
    pub(super) planned: usize,
}

/// Held, and still planned after the last one held; none where a file that may tell could not be read.
pub(super) fn counted<'a>(context: &Context<'a>, year: u16) -> Option<Plenaries<'a>> {
    let plan = context.workspace.plan(year)?;
    if !context.may(plan, "art13/plenaries", &["/会议", "/计划调整"]) {
        return None;
    }
    let mut all_known = true;
    for activity in &context.workspace.activities {
        all_known &= context.may(activity, "art13/plenaries", &["/日期", "/类型", "/取消/日期"]);
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
        .held_in(year)
        .filter(|activity| activity.model.kinds.contains(&ActivityKind::Plenary))
        .collect();
    let last = held.iter().filter_map(|activity| activity.model.date).map(DateRange::last).max();
    let planned = plenaries_to_come(context.workspace, &plan.model, last);
    Some(Plenaries { plan, held, planned })
}

/// Whether article 14 looks at an activity: a plenary that tells who came.
pub(super) fn is_counted(context: &Context<'_>, activity: &Loaded<Activity>) -> bool {
    activity.model.attendance.is_some()
        && activity.model.kinds.contains(&ActivityKind::Plenary)
        && context.may(activity, "art14/quorum", &["/到会情况", "/日期"])
        && context.may_roster("art14/quorum")
}

/// Who came and whether they were enough; none without names.
pub(super) fn reckoned(context: &Context<'_>, activity: &Activity) -> Option<(Turnout, Quorum)> {
    let turnout = Turnout::of(context.profile(), activity)?;
    let share = fraction(context.terms().quorum)?;
    Some((turnout, quorum(turnout.members, turnout.present(context.terms()), share)?))
}

/// Article 14.
fn present(context: &Context<'_>, activity: &Loaded<Activity>) -> Option<Finding> {
    let attendance = activity.model.attendance.as_ref().filter(|_| is_counted(context, activity))?;
    if Turnout::of(context.profile(), &activity.model).is_none() {
        let place = context.at(activity, "/到会情况/人数");
        return Some(
            Finding::new("art14/not-computable")
                .at(place)
                .fact("name", name(activity))
                .fact("count", attendance.count.as_deref()),
        );
    }
    let share = context.terms().quorum;
    let (_, reckoned) = reckoned(context, &activity.model)?;
    (!reckoned.reached).then(|| {
        Finding::new("art14/quorum")
            .at(context.at(activity, "/到会情况/出席"))
            .fact("name", name(activity))
            .fact("due", reckoned.due)
            .fact("present", reckoned.present)
            .fact("needed", reckoned.needed)
            .fact("numerator", share.numerator)
            .fact("denominator", share.denominator)
    })
}

/// What an activity is called, if it was written.
fn name(activity: &Loaded<Activity>) -> Option<&str> {
    activity.model.name.as_deref().filter(|name| !name.is_empty())
}

/// How many from the regulator are at a meeting.
pub(super) struct FromRegulator {
    /// Among the guests.
    pub(super) guests: usize,
    /// Among the members who take part.
    pub(super) members: usize,
}

/// Article 15: who from the regulator is at the group's own meeting; none for anything else.
pub(super) fn from_regulator(context: &Context<'_>, activity: &Loaded<Activity>) -> Option<FromRegulator> {
    let model = &activity.model;
    let meeting = model
        .kinds
        .iter()
        .any(|kind| matches!(kind, ActivityKind::Plenary | ActivityKind::Meeting | ActivityKind::Workshop));
    let known = model.attendance.is_some() || model.invitation.is_some();
    let pointers = ["/到会情况", "/邀请函", "/主办", "/类型"];
    if !meeting
        || !known
        || !is_own(context.profile(), model)
        || !context.may(activity, "art15/regulator", &pointers)
        || !context.may(&context.workspace.profile, "art15/regulator", &["/监管部门"])
        || !context.may_members("art15/regulator", &["职务", "出生年月"])
    {
        return None;
    }
    let guests = model.attendance.iter().flat_map(|attendance| &attendance.guests);
    let guests = guests.filter(|guest| is_from_regulator(context, guest)).count();
    let there = taking_part(context.profile(), model);
    let members = roster(context.profile(), model.date.map(DateRange::first)).into_iter();
    let members = members.filter(|member| there.contains(&*member.name));
    let members = members.filter(|member| is_of_regulator(context, member)).count();
    Some(FromRegulator { guests, members })
}

/// Article 15: somebody from the regulator is invited to, or at, the group's own meeting.
fn regulator(context: &Context<'_>, activity: &Loaded<Activity>) -> Option<Finding> {
    let FromRegulator { guests, members } = from_regulator(context, activity)?;
    (guests + members == 0 && activity.model.invitation.is_none()).then(|| {
        Finding::new("art15/regulator")
            .at(context.at(activity, "/到会情况/列席"))
            .fact("name", name(activity))
            .fact("regulator", regulator_names(context))
    })
}

fn regulator_names(context: &Context<'_>) -> Vec<String> {
    let named: Vec<String> = context.profile().regulator.iter().map(ToString::to_string).collect();
    if named.is_empty() { vec!["国家认监委".to_owned()] } else { named }
}

fn is_from_regulator(context: &Context<'_>, guest: &Guest) -> bool {
    guest.regulator.map_or_else(|| is_regulator(context, guest.employer.as_deref()), |yes| yes.0)
}

fn is_of_regulator(context: &Context<'_>, member: &Member) -> bool {
    member.employer_kind == Some(EmployerKind::Regulator) || is_regulator(context, member.employer.as_deref())
}

fn is_regulator(context: &Context<'_>, employer: Option<&str>) -> bool {
    let employer = employer.unwrap_or_default();
    regulator_names(context).iter().any(|name| employer.contains(name.as_str()))
}
