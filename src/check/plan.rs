//! The annual plan: what custom asks of it, task numbers, and one plan a year. None of this is in
//! article 16(1), which only says when a plan is due.

use super::Context;
use crate::finding::Finding;
use crate::model::scalar::{Deadline, LastDay};
use crate::model::{Change, ChangeKind, Plan};
use crate::workspace::{Loaded, nearest_number};
use std::cmp::Ordering;
use std::collections::BTreeMap;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for plan in &context.workspace.plans {
        custom(context, plan, &mut findings);
        due_years(context, plan, &mut findings);
        meeting_years(context, plan, &mut findings);
        numbers(context, plan, &mut findings);
        changes(context, plan, &mut findings);
    }
    findings
}

fn custom(context: &Context<'_>, plan: &Loaded<Plan>, findings: &mut Vec<Finding>) {
    let model = &plan.model;
    let parts = [
        ("plan/no-tasks", "/任务", model.tasks.is_empty()),
        ("plan/no-meetings", "/会议", model.meetings.is_empty()),
        ("plan/no-budget", "/经费", model.budget.is_empty()),
    ];
    for (rule, pointer, missing) in parts {
        if missing && context.may(plan, rule, &[pointer]) {
            findings.push(Finding::new(rule).at(context.at(plan, pointer)));
        }
    }
    for (index, task) in model.tasks.iter().enumerate() {
        let at = format!("/任务/{index}");
        let wanted = [
            ("名称", task.name.is_none()),
            ("负责", task.lead.is_empty()),
            ("时限", task.due.is_none()),
            ("成果", task.deliverable.is_none()),
        ];
        let missing = plan.missing(&at, &wanted);
        if !missing.is_empty() && plan.sound(&at) | !task.id.is_empty() {
            let finding = Finding::new("plan/task-incomplete").at(context.at(plan, &format!("{at}/编号")));
            findings.push(finding.fact("id", &*task.id).fact("missing", missing));
        }
    }
}

/// A time limit that names a year, and not the plan's; one that somebody else set may be any.
fn due_years(context: &Context<'_>, plan: &Loaded<Plan>, findings: &mut Vec<Finding>) {
    let year = i32::from(plan.model.year);
    for (index, task) in plan.model.tasks.iter().enumerate().filter(|(_, task)| task.source.is_none()) {
        let written = task.due.as_ref().map(Deadline::as_written).unwrap_or_default();
        let named = written.chars().filter(char::is_ascii_digit).count() >= 4 && !written.contains("之日起");
        let own = written.contains(&year.to_string());
        let last = task.due.as_ref().map(|due| due.last_day(year, None));
        let Some(LastDay::On(last)) = last.filter(|_| named && !own && year > 0) else { continue };
        let rule = match last.year().cmp(&year) {
            Ordering::Less => "plan/due-before-year",
            Ordering::Equal => continue,
            Ordering::Greater => "plan/due-after-year",
        };
        let pointer = format!("/任务/{index}/时限");
        if context.may(plan, rule, &["/年度", &pointer]) {
            findings.push(
                Finding::new(rule)
                    .at(context.at(plan, &pointer))
                    .with(context.at(plan, "/年度"))
                    .fact("id", &*task.id)
                    .fact("due", written)
                    .fact("year", plan.model.year),
            );
        }
    }
}

/// No meeting is planned for a year gone by; one of a copied plan often is.
fn meeting_years(context: &Context<'_>, plan: &Loaded<Plan>, findings: &mut Vec<Finding>) {
    const RULE: &str = "plan/meeting-before-year";
    let year = i32::from(plan.model.year);
    for (index, meeting) in plan.model.meetings.iter().enumerate() {
        let pointer = format!("/会议/{index}/时间");
        let past = meeting.time.as_ref().filter(|time| time.last_day(year).year() < year);
        if let Some(time) = past.filter(|_| context.may(plan, RULE, &["/年度", &pointer])) {
            findings.push(
                Finding::new(RULE)
                    .at(context.at(plan, &pointer))
                    .with(context.at(plan, "/年度"))
                    .fact("name", &*meeting.name)
                    .fact("time", time.as_written())
                    .fact("year", plan.model.year),
            );
        }
    }
}

fn numbers(context: &Context<'_>, plan: &Loaded<Plan>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, task) in plan.model.tasks.iter().enumerate().filter(|(_, task)| !task.id.is_empty()) {
        if let Some(first) = seen.insert(&task.id, index) {
            findings.push(
                Finding::new("model/duplicate-id")
                    .at(context.at(plan, &format!("/任务/{index}/编号")))
                    .with(context.at(plan, &format!("/任务/{first}/编号")))
                    .fact("id", &*task.id),
            );
        }
    }
    let known: Vec<String> = seen.keys().map(|id| (*id).to_owned()).collect();
    for (index, change) in plan.model.changes.iter().enumerate() {
        let cancelled = change.kind == Some(ChangeKind::Cancelled);
        if !change.task.is_empty() && !seen.contains_key(&*change.task) && !cancelled && plan.sound("/任务")
        {
            findings.push(
                Finding::new("model/unknown-task")
                    .at(context.at(plan, &format!("/计划调整/{index}/任务")))
                    .fact("year", plan.model.year)
                    .fact("id", &*change.task)
                    .fact("near", nearest_number(&change.task, &known)),
            );
        }
    }
}

/// Every entry of 计划调整 names one thing, says what became of it, and no thing is cancelled or added twice.
fn changes(context: &Context<'_>, plan: &Loaded<Plan>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for (index, change) in plan.model.changes.iter().enumerate() {
        let at = format!("/计划调整/{index}");
        if !context.may(plan, "plan/change-incomplete", &[&at]) {
            continue;
        }
        let meeting = change.meeting.as_deref().unwrap_or_default();
        let name = if meeting.is_empty() { &*change.task } else { meeting };
        if let Some(what) = incomplete(change) {
            findings.push(
                Finding::new("plan/change-incomplete")
                    .at(context.at(plan, &at))
                    .fact("what", what)
                    .fact("name", name),
            );
        }
        let kind = change.kind.filter(|kind| *kind != ChangeKind::Moved);
        if let Some(kind) = kind.filter(|_| !name.is_empty())
            && let Some(first) = seen.insert((kind.word(), name), index)
        {
            findings.push(
                Finding::new("plan/change-twice")
                    .at(context.at(plan, &at))
                    .with(context.at(plan, &format!("/计划调整/{first}")))
                    .fact("name", name)
                    .fact("kind", kind.word()),
            );
        }
        if let Some(date) = change.date.filter(|date| date.year() != i32::from(plan.model.year)) {
            findings.push(
                Finding::new("plan/change-year")
                    .at(context.at(plan, &format!("{at}/日期")))
                    .with(context.at(plan, "/年度"))
                    .fact("date", date.iso())
                    .fact("year", plan.model.year),
            );
        }
    }
}

/// What an entry lacks or has too much of.
fn incomplete(change: &Change) -> Option<&'static str> {
    let task = !change.task.is_empty();
    let meeting = change.meeting.as_deref().is_some_and(|name| !name.is_empty());
    let moved = change.kind == Some(ChangeKind::Moved);
    match (task, meeting) {
        (false, false) => Some("neither"),
        (true, true) => Some("both"),
        (false, true) if change.due.is_some() && change.time.is_none() => Some("time-of-task"),
        (true, false) if change.time.is_some() && change.due.is_none() => Some("time-of-meeting"),
        _ if change.kind.is_none() => Some("kind"),
        _ if moved && change.due.is_none() && change.time.is_none() && change.reason.is_none() => {
            Some("nothing")
        }
        _ => None,
    }
}
