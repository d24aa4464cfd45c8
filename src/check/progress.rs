//! What the summary says of a task against 任务进展 of the year up to its cut-off. Custom; where a day or a state is not
//! written nothing is judged.

use super::Context;
use crate::derive::records::{Entry, YearRecords};
use crate::finding::Finding;
use crate::model::scalar::{Date, DateRange};
use crate::model::{Progress, Summary, TaskState, TaskStatus};
use crate::workspace::Loaded;

const RULE: &str = "summary/against-progress";

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for summary in &context.workspace.summaries {
        let Some(cutoff) = summary.model.cutoff else { continue };
        let told = YearRecords { workspace: context.workspace, year: summary.model.year }.progress();
        if told.is_empty() || !all_known(context, summary) {
            continue;
        }
        for (index, status) in summary.model.tasks.iter().enumerate().filter(|(_, it)| !it.id.is_blank()) {
            let of_task = told.iter().filter(|(task, _)| **task == *status.id).map(|(_, entry)| entry);
            let dated: Option<Vec<(Date, &Entry<'_, Progress>)>> =
                of_task.map(|entry| Some((day(entry)?, entry))).collect();
            let Some(mut dated) = dated else { continue };
            dated.retain(|(day, _)| *day <= cutoff);
            findings.extend(against(context, summary, index, status, &dated));
        }
    }
    findings
}

/// The day of an entry; that of the activity in which it was told.
fn day(entry: &Entry<'_, Progress>) -> Option<Date> {
    entry.item.date.or_else(|| entry.activity?.model.date.map(DateRange::first))
}

fn all_known(context: &Context<'_>, summary: &Loaded<Summary>) -> bool {
    let workspace = context.workspace;
    let mut known = context.may(summary, RULE, &["/任务完成", "/截至"]);
    for plan in workspace.plans.iter().filter(|plan| plan.model.year == summary.model.year) {
        known &= context.may(plan, RULE, &["/任务"]);
    }
    for records in workspace.records.iter().filter(|records| records.model.year == summary.model.year) {
        known &= context.may(records, RULE, &["/任务进展"]);
    }
    for activity in workspace.activities_of(summary.model.year) {
        known &= context.may(activity, RULE, &["/落实情况", "/日期"]);
    }
    known
}

fn against(
    context: &Context<'_>,
    summary: &Loaded<Summary>,
    index: usize,
    status: &TaskStatus,
    dated: &[(Date, &Entry<'_, Progress>)],
) -> Option<Finding> {
    let stated = status.state?;
    let (key, (day, entry)) = if stated == TaskState::Done {
        // Done, it is said, on a day after which it was still under way.
        let done = status.done?;
        let open =
            |entry: &Entry<'_, Progress>| entry.item.state.is_some_and(|state| state != TaskState::Done);
        (
            "完成日期",
            dated.iter().filter(|(day, entry)| *day > done && open(entry)).max_by_key(|(day, _)| *day)?,
        )
    } else {
        let last = dated.iter().map(|(day, _)| *day).max()?;
        let mut latest = dated.iter().filter(|(day, _)| *day == last);
        if !latest.clone().all(|(_, entry)| entry.item.state == Some(TaskState::Done)) {
            return None;
        }
        ("状态", latest.next()?)
    };
    let finding = Finding::new(RULE)
        .at(context.at(summary, &format!("/任务完成/{index}/{key}")))
        .with(context.workspace.place(entry.file, &format!("{}/状态", entry.pointer)));
    Some(
        finding
            .fact("id", &*status.id)
            .fact("state", stated.word())
            .fact("told", entry.item.state.map(TaskState::word))
            .fact("day", day.iso())
            .fact("done", status.done.filter(|_| stated == TaskState::Done).map(Date::iso)),
    )
}
