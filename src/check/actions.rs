//! Tasks of earlier minutes: closed or carried over, and 任务进展 that names what there is. Custom.

use super::Context;
use crate::derive::actions::{ActionItem, Checkpoint, open};
use crate::derive::records::decision_number;
use crate::finding::{Finding, Place};
use crate::model::Progress;
use crate::workspace::nearest_number;
use std::collections::BTreeSet;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let open = open(context.workspace, context.calendar);
    if !open.is_empty() && all_known(context) {
        findings.extend(open.iter().map(|(item, checkpoint)| left_open(context, item, *checkpoint)));
    }
    references(context, &mut findings);
    findings
}

/// Whether everything could be read that may say what became of a task.
fn all_known(context: &Context<'_>) -> bool {
    const RULE: &str = "decision/open";
    let mut known = all_read(context, RULE);
    for activity in &context.workspace.activities {
        known &= context.may(activity, RULE, &["/编号", "/日期", "/落实情况", "/议定事项"]);
    }
    for plan in &context.workspace.plans {
        known &= context.may(plan, RULE, &["/任务", "/计划调整"]);
    }
    for records in &context.workspace.records {
        known &= context.may(records, RULE, &["/任务进展"]);
    }
    for summary in &context.workspace.summaries {
        known &= context.may(summary, RULE, &["/任务完成", "/截至"]);
    }
    known
}

fn left_open(context: &Context<'_>, item: &ActionItem<'_>, checkpoint: Checkpoint<'_>) -> Finding {
    let (place, meeting) = match checkpoint {
        Checkpoint::Meeting(meeting) => {
            let key = if meeting.model.follow_up.is_empty() { "/纪要" } else { "/落实情况" };
            (context.at(meeting, key), meeting.model.name.as_deref())
        }
        Checkpoint::Summary(summary) => (context.at(summary, "/截至"), None),
    };
    Finding::new("decision/open")
        .at(place)
        .with(context.at(item.activity, &format!("/议定事项/{}/任务", item.index)))
        .fact("subject", item.decision.subject())
        .fact("number", item.number.as_str())
        .fact("due", item.last.map(crate::model::scalar::Date::iso))
        .fact("meeting", meeting)
        .fact("at_meeting", matches!(checkpoint, Checkpoint::Meeting(_)))
}

/// 任务进展 and 落实情况 name a task of a plan or of some minutes.
fn references(context: &Context<'_>, findings: &mut Vec<Finding>) {
    const RULE: &str = "records/unknown-task";
    let workspace = context.workspace;
    let mut numbers = BTreeSet::new();
    for activity in &workspace.activities {
        let decisions = activity.model.decisions.iter().enumerate();
        numbers.extend(decisions.map(|(index, _)| decision_number(&activity.model, index)));
    }
    for plan in &workspace.plans {
        numbers.extend(plan.model.tasks.iter().map(|task| task.id.to_string()));
    }
    let known: Vec<String> = numbers.iter().cloned().collect();
    let mut unknown = Vec::new();
    let mut judge = |entry: &Progress, year: u16, place: Place| {
        let id = entry.task.as_deref().unwrap_or_default();
        // Without the year's plan nobody knows its numbers; an item's own number tells its activity.
        let decidable = id.is_empty() || id.contains('/') || workspace.plan(year).is_some();
        if decidable && !numbers.contains(id) {
            let near = if id.is_empty() { None } else { nearest_number(id, &known) };
            unknown.push(Finding::new(RULE).at(place).fact("id", id).fact("near", near));
        }
    };
    for records in workspace.records.iter().filter(|records| context.may(records, RULE, &["/任务进展"])) {
        for (index, entry) in records.model.progress.iter().enumerate() {
            let key = if entry.task.is_some() { "/任务" } else { "" };
            let place = context.at(records, &format!("/任务进展/{index}{key}"));
            judge(entry, records.model.year, place);
        }
    }
    for activity in workspace.activities.iter().filter(|activity| context.may(activity, RULE, &["/落实情况"]))
    {
        let year = activity.model.date.and_then(|date| u16::try_from(date.first().year()).ok());
        for (index, entry) in activity.model.follow_up.iter().enumerate() {
            let key = if entry.task.is_some() { "/任务" } else { "" };
            let place = context.at(activity, &format!("/落实情况/{index}{key}"));
            judge(entry, year.unwrap_or_default(), place);
        }
    }
    if unknown.is_empty() {
        return;
    }
    // What could not be read may be what is meant.
    let mut sound = true;
    for activity in &workspace.activities {
        sound &= context.may(activity, RULE, &["/编号", "/议定事项"]);
    }
    for plan in &workspace.plans {
        sound &= context.may(plan, RULE, &["/任务"]);
    }
    if all_read(context, RULE) && sound {
        findings.extend(unknown);
    }
}

/// Whether every file could be read at all.
fn all_read(context: &Context<'_>, rule: &'static str) -> bool {
    let unread = context.workspace.documents.values().filter(|document| document.tree.is_none());
    let unread: Vec<&str> = unread.map(|document| document.file.as_str()).collect();
    for file in &unread {
        context.skip(file, rule);
    }
    unread.is_empty()
}
