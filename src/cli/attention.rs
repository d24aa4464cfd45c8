//! What of a workspace wants attention first: the findings that somebody can still do something about, gravest and
//! newest first, and the tasks of plans and minutes whose time is over. Findings and a day go in.

use crate::calendar::Calendar;
use crate::derive::actions::{Unsettled, unsettled};
use crate::derive::year_turn::{Late, late};
use crate::finding::Finding;
use crate::model::scalar::{Date, DateRange};
use crate::rulebook::{Rulebook, Severity, Stage};
use crate::workspace::Workspace;
use chrono::NaiveDate;
use serde_json::{Value, json};
use std::cmp::Reverse;

/// Errors and warnings of a draft.
pub(super) struct Attention<'a> {
    /// Errors first; within a severity what belongs to the latest work.
    pub(super) findings: Vec<&'a Finding>,
    /// How many facts are left out, as they have their 情况说明.
    pub(super) explained: usize,
}

impl<'a> Attention<'a> {
    pub(super) fn of(workspace: &Workspace, rulebook: &Rulebook, findings: &'a [Finding]) -> Self {
        let severity = |finding: &Finding| rulebook.severity(finding.rule, Stage::Draft);
        let grave = findings.iter().filter(|finding| severity(finding) >= Severity::Warning);
        let (explained, mut open): (Vec<&Finding>, Vec<&Finding>) =
            grave.partition(|finding| finding.is_explained());
        open.sort_by_key(|it| (Reverse(severity(it)), Reverse(day_of(workspace, it))));
        Self { findings: open, explained: explained.len() }
    }
}

/// The day of the file in which a finding stands; what has none, as the profile, is of every day.
fn day_of(workspace: &Workspace, finding: &Finding) -> Date {
    let of_year = |year: u16, month, day| Date::new(i32::from(year), month, day);
    let day = finding.place.as_ref().and_then(|place| {
        let file = &place.file;
        let activity = || workspace.activities.iter().find(|it| it.file == *file)?.model.date;
        let plan = || workspace.plans.iter().find(|it| it.file == *file).map(|it| &it.model);
        let summary = || workspace.summaries.iter().find(|it| it.file == *file).map(|it| &it.model);
        let records = || workspace.records.iter().find(|it| it.file == *file).map(|it| &it.model);
        None.or_else(|| activity().map(DateRange::first))
            .or_else(|| plan().and_then(|it| it.date.or(of_year(it.year, 1, 1))))
            .or_else(|| summary().and_then(|it| it.date.or(it.cutoff).or(of_year(it.year, 10, 31))))
            .or_else(|| records().and_then(|it| of_year(it.year, 12, 31)))
    });
    day.unwrap_or_else(|| Date::from(NaiveDate::MAX))
}

/// The tasks of plans and minutes that should have been settled before `today`, the longest overdue first, as objects
/// for other programs and for the sentences that tell of them.
pub(super) fn overdue(workspace: &Workspace, calendar: &Calendar, today: Date) -> Vec<Value> {
    let mut tasks = unsettled(workspace, calendar, today);
    tasks.retain(|task| task.until < today);
    let decided = tasks.iter().map(|task| (task.until, object(workspace, task, today)));
    let planned = late(workspace, today);
    let planned = planned.iter().map(|task| (task.until, planned_object(workspace, task, today)));
    let mut all: Vec<(Date, Value)> = decided.chain(planned).collect();
    all.sort_by(|(a, one), (b, other)| (a, one["number"].as_str()).cmp(&(b, other["number"].as_str())));
    all.into_iter().map(|(_, object)| object).collect()
}

fn planned_object(workspace: &Workspace, late: &Late<'_>, today: Date) -> Value {
    let place = workspace.place(&late.plan.file, &format!("/任务/{}", late.index));
    json!({
        "number": *late.task.id,
        "subject": late.task.name.as_deref().unwrap_or_default(),
        "lead": late.task.lead.iter().map(|name| &**name).collect::<Vec<_>>(),
        "due": late.until.iso(),
        "days_late": (today.naive() - late.until.naive()).num_days(),
        "place": format!("{}:{}", place.file, place.line),
    })
}

fn object(workspace: &Workspace, task: &Unsettled<'_>, today: Date) -> Value {
    let item = &task.item;
    let place = workspace.place(&item.activity.file, &format!("/议定事项/{}", item.index));
    let lead: Vec<&str> = item.decision.lead.iter().map(|name| &**name).collect();
    json!({
        "number": item.number,
        "subject": item.decision.subject(),
        "lead": lead,
        "due": task.until.iso(),
        "days_late": (today.naive() - task.until.naive()).num_days(),
        "place": format!("{}:{}", place.file, place.line),
    })
}
