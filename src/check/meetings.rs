//! Meetings planned against meetings held, at the summary's cut-off. Custom: article 13 counts plenaries, and no
//! article says that each meeting of the plan must take place.

use super::Context;
use crate::derive::meetings::{Planned, meetings};
use crate::finding::Finding;
use crate::model::{ChangeKind, Plan};
use crate::workspace::{Loaded, nearest, nearest_number};

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for plan in &context.workspace.plans {
        if !context.may(plan, "plan/unknown-meeting", &["/会议", "/计划调整"]) {
            continue;
        }
        unknown(context, plan, &mut findings);
        findings.extend(decided_nowhere(context, plan));
        let planned = meetings(context.workspace, &plan.model);
        findings.extend(planned.iter().filter_map(|meeting| moved(context, plan, meeting)));
        let mut missed = missed(context, plan, &planned);
        if !missed.is_empty() && all_known(context, plan.model.year) {
            findings.append(&mut missed);
        }
    }
    findings
}

/// Whether every activity of the year could be read: else one that is not seen may be the one planned.
fn all_known(context: &Context<'_>, year: u16) -> bool {
    let mut known = true;
    for unread in context.workspace.documents.values().filter(|document| document.tree.is_none()) {
        context.skip(&unread.file, "plan/meeting-not-held");
        known = false;
    }
    let undated = context.workspace.activities.iter().filter(|activity| activity.model.date.is_none());
    for activity in context.workspace.activities_of(year).chain(undated) {
        let keys = ["/名称", "/计划会议", "/类型", "/日期", "/主办", "/取消/日期"];
        known &= context.may(activity, "plan/meeting-not-held", &keys);
    }
    known
}

/// At the summary's cut-off.
fn missed(context: &Context<'_>, plan: &Loaded<Plan>, planned: &[Planned<'_>]) -> Vec<Finding> {
    let summary = context.workspace.summary(plan.model.year);
    let Some((summary, cutoff)) = summary.and_then(|summary| Some((summary, summary.model.cutoff?))) else {
        return Vec::new();
    };
    let say = |meeting: &Planned<'_>| {
        Finding::new("plan/meeting-not-held")
            .at(context.at(summary, "/截至"))
            .with(context.at(plan, &meeting.pointer))
            .fact("name", meeting.name)
            .fact("until", meeting.days.map(|(_, last)| last.iso()))
            .fact("cutoff", cutoff.iso())
    };
    planned.iter().filter(|meeting| meeting.is_missed(cutoff)).map(say).collect()
}

fn moved(context: &Context<'_>, plan: &Loaded<Plan>, meeting: &Planned<'_>) -> Option<Finding> {
    let date = meeting.held_elsewhen()?;
    let place = match meeting.change {
        Some((index, _)) => format!("/计划调整/{index}"),
        None => meeting.pointer.clone(),
    };
    let (first, last) = meeting.days?;
    Some(
        Finding::new("plan/meeting-moved")
            .at(context.at(meeting.held?, "/日期"))
            .with(context.at(plan, &place))
            .fact("name", meeting.name)
            .fact("date", date.first().iso())
            .fact("first", first.iso())
            .fact("last", (first != last).then(|| last.iso())),
    )
}

/// A name that no meeting of the plan has, in its changes and under 计划会议.
fn unknown(context: &Context<'_>, plan: &Loaded<Plan>, findings: &mut Vec<Finding>) {
    let model = &plan.model;
    let added = model.changes.iter().filter(|change| change.kind == Some(ChangeKind::Added));
    let added = added.filter_map(|change| change.meeting.as_ref());
    let known: Vec<String> =
        model.meetings.iter().map(|meeting| &meeting.name).chain(added).map(ToString::to_string).collect();
    let mut say = |place, name: &str| {
        if !name.is_empty() && !known.iter().any(|other| other == name) {
            findings.push(
                Finding::new("plan/unknown-meeting")
                    .at(place)
                    .with(context.at(plan, "/会议"))
                    .fact("year", model.year)
                    .fact("name", name)
                    .fact("near", nearest(name, &known)),
            );
        }
    };
    for (index, change) in model.changes.iter().enumerate() {
        if let Some(name) = &change.meeting {
            say(context.at(plan, &format!("/计划调整/{index}/会议")), name);
        }
    }
    for activity in context.workspace.activities_of(model.year) {
        if let Some(name) = &activity.model.planned {
            say(context.at(activity, "/计划会议"), name);
        }
    }
}

/// Who decided is given by the number of an activity that is not there. A year of which no activity is written yet, or
/// with one that could not be read, is not judged.
fn decided_nowhere(context: &Context<'_>, plan: &Loaded<Plan>) -> Vec<Finding> {
    let model = &plan.model;
    let known: Vec<String> =
        context.workspace.activities.iter().map(|activity| activity.model.id.to_string()).collect();
    let changes = model.changes.iter().map(|it| it.by.as_ref()).enumerate();
    let changes = changes.filter_map(|(at, by)| Some((format!("/计划调整/{at}/决定人"), &*by?.name)));
    let budget = model.budget_changes.iter().map(|it| it.by.as_ref()).enumerate();
    let budget = budget.filter_map(|(at, by)| Some((format!("/预算调整/{at}/决定人"), &*by?.name)));
    let approval =
        model.approval.iter().filter_map(|it| Some(("/审定/审定人".to_owned(), &**it.by.as_ref()?)));
    let lacking = changes.chain(budget).chain(approval).filter(|(_, by)| {
        let year = by.split_once('-').filter(|(year, number)| is_number(year, 4) && is_number(number, 2));
        year.is_some_and(|(year, _)| known.iter().any(|id| id.starts_with(&format!("{year}-"))))
            && !known.iter().any(|id| id == by)
    });
    let lacking: Vec<(String, &str)> = lacking.collect();
    let unread = context.workspace.documents.values().any(|document| document.tree.is_none())
        || context.workspace.activities.iter().any(|activity| !activity.sound("/编号"));
    if !lacking.is_empty() && unread {
        context.skip(&plan.file, "plan/unknown-activity");
        return Vec::new();
    }
    let say = |(pointer, by): (String, &str)| {
        let finding = Finding::new("plan/unknown-activity").at(context.at(plan, &pointer));
        finding.fact("id", by).fact("near", nearest_number(by, &known))
    };
    lacking.into_iter().map(say).collect()
}

fn is_number(text: &str, digits: usize) -> bool {
    text.len() == digits && text.bytes().all(|byte| byte.is_ascii_digit())
}
