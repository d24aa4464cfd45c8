//! What the summary says of a task against 任务进展 of the year up to its cut-off. Custom; where a day or a state is not
//! written nothing is judged.

use super::Context;
use crate::derive::records::{Entry, YearRecords};
use crate::finding::Finding;
use crate::model::scalar::{Date, DateRange};
use crate::model::{Progress, Summary, TaskState, TaskStatus};
use crate::workspace::Loaded;
use std::collections::BTreeMap;

const RULE: &str = "summary/against-progress";

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for summary in &context.workspace.summaries {
        let Some(cutoff) = summary.model.cutoff else { continue };
        let told = YearRecords { workspace: context.workspace, year: summary.model.year }.progress();
        let known = context.may(summary, RULE, &["/任务完成", "/截至"]);
        if told.is_empty() || !all_known(context, RULE, summary.model.year) || !known {
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
    for year in context.workspace.years() {
        among(context, year, &mut findings);
    }
    findings
}

/// The day of an entry; that of the activity in which it was told.
fn day(entry: &Entry<'_, Progress>) -> Option<Date> {
    entry.item.date.or_else(|| entry.activity?.model.date.map(DateRange::first))
}

fn all_known(context: &Context<'_>, rule: &'static str, year: u16) -> bool {
    let workspace = context.workspace;
    let mut known = true;
    for plan in workspace.plans.iter().filter(|plan| plan.model.year == year) {
        known &= context.may(plan, rule, &["/任务"]);
    }
    for records in workspace.records.iter().filter(|records| records.model.year == year) {
        known &= context.may(records, rule, &["/任务进展"]);
    }
    for activity in workspace.activities_of(year) {
        known &= context.may(activity, rule, &["/落实情况", "/日期"]);
    }
    known
}

/// 任务进展 against itself: what was done stays done, and was done on one day.
fn among(context: &Context<'_>, year: u16, findings: &mut Vec<Finding>) {
    const RULE: &str = "records/progress-differs";
    let mut told: BTreeMap<&str, Vec<(Date, Entry<'_, Progress>)>> = BTreeMap::new();
    for (task, entry) in (YearRecords { workspace: context.workspace, year }).progress() {
        let dated = day(&entry).filter(|_| entry.item.state.is_some() && !task.is_empty());
        told.entry(task).or_default().extend(dated.map(|day| (day, entry)));
    }
    for (task, mut entries) in told {
        entries.sort_by_key(|(day, _)| *day);
        let is_done = |entry: &Entry<'_, Progress>| entry.item.state == Some(TaskState::Done);
        let Some((done, first)) = entries.iter().find(|(_, entry)| is_done(entry)) else { continue };
        // Within one list a note may say why it went on; the day of a meeting is that of the report only.
        let own_day = |day: Date, entry: &Entry<'_, Progress>| {
            entry.activity.is_none_or(|it| it.model.date.is_none_or(|held| !held.contains(day)))
        };
        let differs = |(day, entry): &&(Date, Entry<'_, Progress>)| match entry.item.state {
            Some(TaskState::Done) => {
                day > done && entry.file != first.file && own_day(*day, entry) && own_day(*done, first)
            }
            _ => day > done || day == done && entry.file != first.file,
        };
        let Some((day, entry)) = entries.iter().find(differs) else { continue };
        if all_known(context, RULE, year) {
            let place = |entry: &Entry<'_, Progress>| {
                context.workspace.place(entry.file, &format!("{}/状态", entry.pointer))
            };
            let finding = Finding::new(RULE).at(place(entry)).with(place(first)).fact("id", task);
            let finding = finding.fact("done", done.iso()).fact("day", day.iso());
            findings.push(finding.fact("state", entry.item.state.map(TaskState::word)));
        }
    }
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
        // Done, it is said, on a day after which it was still under way, or before which it was done already.
        let done = status.done?;
        let is_done = |entry: &Entry<'_, Progress>| entry.item.state == Some(TaskState::Done);
        let open = |entry: &Entry<'_, Progress>| entry.item.state.is_some() && !is_done(entry);
        let still =
            dated.iter().filter(|(day, entry)| *day > done && open(entry)).max_by_key(|(day, _)| *day);
        let before = || dated.iter().filter(|(_, entry)| is_done(entry)).min_by_key(|(day, _)| *day);
        ("完成日期", still.or_else(|| before().filter(|(day, _)| *day < done))?)
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
