//! 成员任务 (art. 7(2)) and 计划完成情况 (art. 16(2)): the tasks of the plan as adjusted and how they stand.
//!
//! A state is the summary's; of a task that it does not name, or before there is one, that of the latest 任务进展.

use super::{Cell, Scope};
use crate::derive::lateness::{due_by, last_day_by};
use crate::model::scalar::{Date, DateRange};
use crate::model::{Change, ChangeKind, Task, TaskState, TaskStatus, Text};

/// How a task stands.
#[derive(Default)]
struct Standing {
    state: Option<&'static str>,
    done: Option<Date>,
    expected: Cell,
    note: Cell,
}

pub(super) fn by_member<'a>(scope: &Scope<'a>) -> Vec<Vec<Cell>> {
    let tasks = planned(scope);
    let mut people: Vec<&Text> = scope.members().into_iter().map(|member| &member.name).collect();
    for name in tasks.iter().flat_map(|task| task.lead.iter().chain(&task.help)) {
        if !name.is_blank() && !people.contains(&name) {
            people.push(name);
        }
    }
    if tasks.is_empty() {
        return Vec::new();
    }
    let mut rows = Vec::new();
    for name in people {
        let before = rows.len();
        for part in ["负责", "协作"] {
            let people = |task: &'a Task| if part == "负责" { &task.lead } else { &task.help };
            for task in tasks.iter().filter(|task| people(task).contains(name)) {
                let standing = standing(scope, &task.id);
                let mut row = vec![Cell::words(&**name), Cell::words(part)];
                row.extend(task_cells(scope, task));
                row.extend([standing.state.map_or(Cell::Empty, Cell::words), standing.done.into()]);
                rows.push(row);
            }
        }
        if rows.len() == before {
            let mut row = vec![Cell::words(&**name)];
            row.resize(8, Cell::Empty);
            rows.push(row);
        }
    }
    rows
}

pub(super) fn completion(scope: &Scope<'_>) -> Vec<Vec<Cell>> {
    let tasks = planned(scope);
    let ending = |id: &str| {
        let standing = standing(scope, id);
        let state = standing.state.map_or(Cell::Empty, Cell::words);
        [state, standing.done.into(), standing.expected, standing.note]
    };
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    for task in &tasks {
        let lead = Cell::words(task.lead.iter().map(|name| &**name).collect::<Vec<_>>().join("、"));
        let [id, name, due, last] = task_cells(scope, task);
        let mut row = vec![id, name, lead, due, last];
        row.extend(ending(&task.id));
        rows.push(row);
    }
    let told = scope.summary().map(|summary| summary.tasks.as_slice()).unwrap_or_default();
    let in_plan = |status: &&TaskStatus| {
        scope.plan().is_some_and(|plan| plan.tasks.iter().any(|task| task.id == status.id))
    };
    for status in told.iter().filter(|status| !status.id.is_empty() && !in_plan(status)) {
        let mut row = vec![Cell::words(&*status.id)];
        row.resize(5, Cell::Empty);
        row.extend(ending(&status.id));
        rows.push(row);
    }
    rows
}

/// The plan's tasks, without those that were added later.
fn planned<'a>(scope: &Scope<'a>) -> Vec<&'a Task> {
    let Some(plan) = scope.plan() else { return Vec::new() };
    let later = |task: &Task| {
        plan.changes.iter().any(|change| {
            change.task == task.id && change.kind == Some(ChangeKind::Added) && !scope.counts(change.date)
        })
    };
    plan.tasks.iter().filter(|task| !later(task)).collect()
}

/// Number, name, time as adjusted, last day.
fn task_cells(scope: &Scope<'_>, task: &Task) -> [Cell; 4] {
    let plan = scope.plan();
    let due = plan.and_then(|plan| due_by(plan, task, scope.until));
    let last = plan.and_then(|plan| last_day_by(plan, task, scope.calendar, scope.until));
    [
        Cell::words(&*task.id),
        Cell::text(task.name.as_ref()),
        due.map_or(Cell::Empty, |due| Cell::words(due.to_string())),
        last.into(),
    ]
}

fn standing(scope: &Scope<'_>, id: &str) -> Standing {
    if let Some(standing) = in_summary(scope, id) {
        return standing;
    }
    if let Some(change) = cancelled(scope, id) {
        return Standing {
            state: Some("取消"),
            note: Cell::text(change.reason.as_ref()),
            ..Standing::default()
        };
    }
    let told = scope.records().progress().into_iter().filter(|(task, _)| *task == id);
    let dated = told.map(|(_, entry)| {
        let held = entry.activity.and_then(|activity| activity.model.date).map(DateRange::last);
        (entry.item.date.or(held), entry.item)
    });
    let dated: Vec<_> = dated.filter(|(date, item)| scope.counts(*date) && item.state.is_some()).collect();
    let Some((date, progress)) = dated.into_iter().max_by_key(|(date, _)| *date) else {
        return Standing::default();
    };
    Standing {
        state: progress.state.map(TaskState::word),
        done: date.filter(|_| progress.state == Some(TaskState::Done)),
        expected: progress.expected.as_ref().map_or(Cell::Empty, |by| Cell::words(by.to_string())),
        note: Cell::text(progress.note.as_ref()),
    }
}

fn in_summary(scope: &Scope<'_>, id: &str) -> Option<Standing> {
    let status = scope.summary()?.tasks.iter().find(|status| *status.id == *id)?;
    Some(Standing {
        state: Some(status.state?.word()),
        done: status.done,
        expected: status.expected.as_ref().map_or(Cell::Empty, |by| Cell::words(by.to_string())),
        note: Cell::text(status.note.as_ref()),
    })
}

fn cancelled<'a>(scope: &Scope<'a>, id: &str) -> Option<&'a Change> {
    let of_task = |change: &&Change| *change.task == *id && change.kind == Some(ChangeKind::Cancelled);
    scope.plan()?.changes.iter().filter(of_task).find(|change| scope.counts(change.date))
}
