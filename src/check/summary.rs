//! Article 16(2): the six parts of the summary, and an account of every task of the plan.

use super::Context;
use crate::derive::lateness::last_day;
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::model::{Change, ChangeKind, Plan, Summary, Task, TaskState, TaskStatus};
use crate::workspace::{Loaded, nearest_number};
use std::collections::BTreeMap;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for summary in &context.workspace.summaries {
        sections(context, summary, &mut findings);
        states(context, summary, &mut findings);
        findings.extend(as_last_year(context, summary));
        if let Some(plan) = context.workspace.plan(summary.model.year) {
            account(context, summary, plan, &mut findings);
            overdue(context, summary, plan, &mut findings);
            done(context, summary, plan, &mut findings);
        }
        if summary.model.cutoff.is_none() && context.may(summary, "art16.2/no-cutoff", &["/截至"]) {
            let finding = Finding::new("art16.2/no-cutoff").at(context.at(summary, "/年度"));
            findings.push(finding.fact("year", summary.model.year));
        }
    }
    findings
}

fn sections(context: &Context<'_>, summary: &Loaded<Summary>, findings: &mut Vec<Finding>) {
    let tree = context.workspace.documents.get(&summary.file).and_then(|document| document.tree.as_ref());
    for (section, prose) in summary.model.sections() {
        let pointer = format!("/{section}");
        if prose.is_blank() && context.may(summary, "art16.2/required-section", &[&pointer]) {
            let empty = tree.is_some_and(|tree| tree.get(section).is_some());
            let place = context.at(summary, if empty { &pointer } else { "/年度" });
            findings.push(
                Finding::new("art16.2/required-section")
                    .at(place)
                    .fact("section", section)
                    .fact("empty", empty),
            );
        }
    }
}

/// Fewer characters may well be the same in two years.
const TELLING: usize = 20;

/// Parts that are word for word those of the year before; tables are not compared.
fn as_last_year(context: &Context<'_>, summary: &Loaded<Summary>) -> Option<Finding> {
    let last = context.workspace.summary(summary.model.year.checked_sub(1)?)?;
    let written = |summary: &Summary| {
        let named = summary.sections().map(|(section, prose)| (section.to_owned(), prose.plain()));
        let further = summary.further.iter().map(|it| (it.title.to_string(), it.body.plain()));
        let bare = |text: String| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        named.into_iter().chain(further).map(|(name, text)| (name, bare(text))).collect::<Vec<_>>()
    };
    let before = written(&last.model);
    let as_before = |part: &(String, String)| part.1.chars().count() >= TELLING && before.contains(part);
    let parts: Vec<String> =
        written(&summary.model).into_iter().filter(as_before).map(|(name, _)| name).collect();
    let first = parts.first()?;
    let at = |of: &Loaded<Summary>| {
        let own = of.model.further.iter().position(|it| *it.title == **first);
        let own = own.map_or_else(|| format!("/{first}"), |index| format!("/其他/{index}/标题"));
        context.at(of, &own)
    };
    let finding = Finding::new("summary/as-last-year").at(at(summary)).with(at(last));
    Some(finding.fact("year", last.model.year).fact("parts", parts.clone()))
}

fn states(context: &Context<'_>, summary: &Loaded<Summary>, findings: &mut Vec<Finding>) {
    for (index, task) in summary.model.tasks.iter().enumerate() {
        let at = format!("/任务完成/{index}");
        if !summary.sound(&at) {
            continue;
        }
        let what = match task.state {
            None => "state",
            Some(TaskState::UnderWay) if task.expected.is_none() => "expected",
            Some(TaskState::NotDone | TaskState::Partly) if task.note.is_none() => "reason",
            _ => continue,
        };
        let place = context.at(summary, &format!("{at}/编号"));
        findings.push(Finding::new("art16.2/task-state").at(place).fact("id", &*task.id).fact("what", what));
    }
}

/// The task of the plan that an account is about, and its last day; none where it has no day.
pub(super) fn task_due<'a>(
    context: &Context<'_>,
    plan: &'a Plan,
    status: &TaskStatus,
) -> Option<(&'a Task, Date)> {
    let task = plan.tasks.iter().find(|task| task.id == status.id)?;
    Some((task, last_day(plan, task, context.calendar)?))
}

/// The tasks that a summary must account for: those of the plan that were not cancelled, and not added after the
/// cut-off.
pub(super) fn to_account(plan: &Plan, cutoff: Option<Date>) -> impl Iterator<Item = &Task> {
    let of = |id: &str, kind| {
        let changes = plan.changes.iter().filter(move |change| change.kind == Some(kind));
        changes.filter(|change| *change.task == *id).collect::<Vec<_>>()
    };
    let cancelled = move |id: &str| !of(id, ChangeKind::Cancelled).is_empty();
    let later = move |id: &str| {
        let dates = of(id, ChangeKind::Added).into_iter().filter_map(|change| change.date);
        cutoff.is_some_and(|cutoff| dates.max().is_some_and(|date| date > cutoff))
    };
    plan.tasks.iter().filter(move |task| !task.id.is_empty() && !cancelled(&task.id) && !later(&task.id))
}

/// A task whose time had passed at the cut-off and that is not done.
fn overdue(
    context: &Context<'_>,
    summary: &Loaded<Summary>,
    plan: &Loaded<Plan>,
    findings: &mut Vec<Finding>,
) {
    let Some(cutoff) = summary.model.cutoff else { return };
    if !context.may(summary, "art16.2/task-overdue", &["/任务完成"])
        || !context.may(plan, "art16.2/task-overdue", &["/任务", "/计划调整"])
    {
        return;
    }
    for (index, status) in summary.model.tasks.iter().enumerate() {
        if matches!(status.state, None | Some(TaskState::Done)) {
            continue;
        }
        if last_change(&plan.model, &status.id).is_some_and(|(_, change)| is_cancelled(change)) {
            continue;
        }
        let due = task_due(context, &plan.model, status);
        if let Some((task, due)) = due.filter(|(_, due)| *due <= cutoff) {
            findings.push(
                Finding::new("art16.2/task-overdue")
                    .at(context.at(summary, &format!("/任务完成/{index}/状态")))
                    .fact("id", &*status.id)
                    .fact("name", task.name.as_deref().unwrap_or_default())
                    .fact("state", status.state.map(TaskState::word))
                    .fact("due", due.iso())
                    .fact("cutoff", cutoff.iso()),
            );
        }
    }
}

/// Every task of the plan as adjusted stands in the summary once, and no other does.
fn account(
    context: &Context<'_>,
    summary: &Loaded<Summary>,
    plan: &Loaded<Plan>,
    findings: &mut Vec<Finding>,
) {
    if !context.may(summary, "art16.2/task-unaccounted", &["/任务完成"])
        || !context.may(plan, "art16.2/task-unaccounted", &["/任务", "/计划调整"])
    {
        return;
    }
    for task in to_account(&plan.model, summary.model.cutoff) {
        if !summary.model.tasks.iter().any(|status| status.id == task.id) {
            findings.push(
                Finding::new("art16.2/task-unaccounted")
                    .at(context.at(summary, "/任务完成"))
                    .fact("id", &*task.id)
                    .fact("name", task.name.as_deref().unwrap_or_default()),
            );
        }
    }
    let known: Vec<String> = plan.model.tasks.iter().map(|task| task.id.to_string()).collect();
    let mut seen = BTreeMap::new();
    for (index, status) in summary.model.tasks.iter().enumerate().filter(|(_, status)| !status.id.is_empty())
    {
        let place = context.at(summary, &format!("/任务完成/{index}/编号"));
        if let Some(first) = seen.insert(&*status.id, index) {
            let first = context.at(summary, &format!("/任务完成/{first}/编号"));
            findings.push(Finding::new("model/duplicate-id").at(place).with(first).fact("id", &*status.id));
        } else if !known.iter().any(|id| *id == *status.id) {
            findings.push(
                Finding::new("model/unknown-task")
                    .at(place)
                    .fact("year", plan.model.year)
                    .fact("id", &*status.id)
                    .fact("near", nearest_number(&status.id, &known)),
            );
        }
    }
}

/// A task that is done: when, whether in time, and that nobody cancelled it.
fn done(context: &Context<'_>, summary: &Loaded<Summary>, plan: &Loaded<Plan>, findings: &mut Vec<Finding>) {
    const RULE: &str = "summary/done-late";
    if !context.may(summary, RULE, &["/任务完成"]) || !context.may(plan, RULE, &["/任务", "/计划调整"])
    {
        return;
    }
    for (index, status) in summary.model.tasks.iter().enumerate().filter(|(_, status)| !status.id.is_empty())
    {
        let at = |key: &str| context.at(summary, &format!("/任务完成/{index}/{key}"));
        let say = |rule: &'static str| Finding::new(rule).fact("id", &*status.id);
        let cancelled = last_change(&plan.model, &status.id).filter(|(_, change)| {
            // At the cut-off a task that was cancelled later was still under way.
            let known = change.date.zip(summary.model.cutoff).is_none_or(|(date, cutoff)| date <= cutoff);
            is_cancelled(change) && (known || status.state == Some(TaskState::Done))
        });
        if let (Some((change, _)), Some(TaskState::Done | TaskState::UnderWay)) = (cancelled, status.state) {
            findings.push(
                say("summary/task-cancelled")
                    .at(at("状态"))
                    .with(context.at(plan, &format!("/计划调整/{change}")))
                    .fact("state", status.state.map(TaskState::word)),
            );
        }
        let task = plan.model.tasks.iter().find(|task| task.id == status.id);
        let Some(task) = task.filter(|_| status.state == Some(TaskState::Done)) else { continue };
        let Some(done) = status.done else {
            findings.push(say("summary/no-done-date").at(at("编号")));
            continue;
        };
        if done.year() < i32::from(summary.model.year) {
            findings.push(
                say("summary/done-before-year")
                    .at(at("完成日期"))
                    .with(context.at(summary, "/年度"))
                    .fact("date", done.iso())
                    .fact("year", summary.model.year),
            );
        }
        if let Some(due) = last_day(&plan.model, task, context.calendar).filter(|due| done > *due) {
            let of_plan = plan.model.tasks.iter().position(|task| task.id == status.id).unwrap_or_default();
            findings.push(
                say(RULE)
                    .at(at("完成日期"))
                    .with(context.at(plan, &format!("/任务/{of_plan}/时限")))
                    .fact("date", done.iso())
                    .fact("due", due.iso()),
            );
        }
    }
}

/// The last change of a task, and which one that is.
fn last_change<'a>(plan: &'a Plan, id: &str) -> Option<(usize, &'a Change)> {
    plan.changes.iter().enumerate().rfind(|(_, change)| *change.task == *id)
}

fn is_cancelled(change: &Change) -> bool {
    change.kind == Some(ChangeKind::Cancelled)
}
