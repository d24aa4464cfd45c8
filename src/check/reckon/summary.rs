//! Article 16(2): the six parts of a summary, and its account of the tasks.

use super::super::Context;
use super::super::summary::{task_due, to_account};
use super::Reckoning;
use crate::model::scalar::Date;
use crate::model::{ChangeKind, Plan, Summary, TaskState};
use crate::workspace::Loaded;
use std::collections::BTreeSet;

pub(super) fn sections(context: &Context<'_>) -> Vec<Reckoning> {
    let reckon = |summary: &Loaded<Summary>| {
        let sections = summary.model.sections();
        let missing: Vec<&str> =
            sections.iter().filter(|(_, prose)| prose.is_blank()).map(|(section, _)| *section).collect();
        Reckoning::at(context.at(summary, "/年度"))
            .fact("year", summary.model.year)
            .fact("wanted", sections.len())
            .fact("written", sections.len() - missing.len())
            .fact("missing", missing)
    };
    let sound = |summary: &&Loaded<Summary>| {
        summary.model.sections().iter().all(|(section, _)| summary.sound(&format!("/{section}")))
    };
    context.workspace.summaries.iter().filter(sound).map(reckon).collect()
}

/// The summaries that can be laid beside their plans.
fn accounts<'a>(context: &Context<'a>) -> Vec<(&'a Loaded<Summary>, &'a Loaded<Plan>)> {
    let workspace = context.workspace;
    let pair = |summary: &'a Loaded<Summary>| {
        let plan = workspace.plan(summary.model.year)?;
        let sound = summary.sound("/任务完成") && plan.sound("/任务") && plan.sound("/计划调整");
        sound.then_some((summary, plan))
    };
    workspace.summaries.iter().filter_map(pair).collect()
}

pub(super) fn tasks(context: &Context<'_>) -> Vec<Reckoning> {
    let reckon = |(summary, plan): (&Loaded<Summary>, &Loaded<Plan>)| {
        let told: BTreeSet<&str> = summary.model.tasks.iter().map(|status| &*status.id).collect();
        let missing: Vec<&str> = to_account(&plan.model, summary.model.cutoff)
            .map(|task| &*task.id)
            .filter(|id| !told.contains(id))
            .collect();
        let states: Vec<serde_json::Value> = TaskState::ALL
            .into_iter()
            .map(|state| (state, summary.model.tasks.iter().filter(|task| task.state == Some(state)).count()))
            .filter(|(_, count)| *count > 0)
            .map(|(state, count)| serde_json::json!({ "name": state.word(), "count": count }))
            .collect();
        let changes = &plan.model.changes;
        let of_tasks = || changes.iter().filter(|change| !change.task.is_empty());
        let count = |kind| of_tasks().filter(|change| change.kind == Some(kind)).count();
        let wanted = to_account(&plan.model, summary.model.cutoff).count();
        Reckoning::at(context.at(summary, "/任务完成"))
            .fact("year", plan.model.year)
            .fact("tasks", plan.model.tasks.len())
            .fact("cancelled", count(ChangeKind::Cancelled))
            .fact("moved", count(ChangeKind::Moved))
            .fact("wanted", wanted)
            .fact("told", wanted - missing.len())
            .fact("missing", missing)
            .fact("states", states)
    };
    accounts(context).into_iter().map(reckon).collect()
}

pub(super) fn overdue(context: &Context<'_>) -> Vec<Reckoning> {
    let mut all = Vec::new();
    for (summary, plan) in accounts(context) {
        let Some(cutoff) = summary.model.cutoff else { continue };
        for (index, status) in summary.model.tasks.iter().enumerate() {
            let (Some(state), Some((task, due))) = (status.state, task_due(context, &plan.model, status))
            else {
                continue;
            };
            all.push(
                Reckoning::at(context.at(summary, &format!("/任务完成/{index}/状态")))
                    .fact("id", &*status.id)
                    .fact("name", task.name.as_deref().unwrap_or_default())
                    .fact("due", due.iso())
                    .fact("cutoff", cutoff.iso())
                    .fact("state", state.word())
                    .fact("passed", due <= cutoff)
                    .fact("late", due <= cutoff && state != TaskState::Done)
                    .fact("done", status.done.map(Date::iso)),
            );
        }
    }
    all
}
