//! Counts in the summary's text against the tables of the same year. Custom; only what the text states exactly and of the
//! whole year, and where all that is counted could be read.

use super::Context;
use super::summary::to_account;
use crate::derive::claims::{Claim, Counted, claims};
use crate::derive::host::is_own;
use crate::derive::records::YearRecords;
use crate::finding::{Finding, Place};
use crate::model::scalar::{DateRange, Money};
use crate::model::{ActivityKind, ChangeKind, Fund, Prose, Summary, TaskState};
use crate::workspace::Loaded;

const RULE: &str = "summary/told-count";

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for summary in &context.workspace.summaries {
        let model = &summary.model;
        let texts: [(&str, &Prose); 5] = [
            ("前言", &model.preface),
            ("年度工作计划完成情况", &model.completion),
            ("工作成效", &model.results),
            ("宣传工作情况", &model.publicity),
            ("经费使用情况", &model.spending),
        ];
        for (key, prose) in texts {
            for claim in claims(&prose.plain(), model.year) {
                let Some((count, place)) = against(context, summary, &claim) else { continue };
                let at = context.workspace.place_of(&summary.file, &format!("/{key}"), &claim.words);
                let finding = Finding::new(RULE).at(at).with(place).fact("words", claim.words.as_str());
                let (what, state) = match claim.counted {
                    Counted::Tasks => ("tasks", None),
                    Counted::Tasked(state) => ("state", Some(state.word())),
                    Counted::Meetings => ("meetings", None),
                    Counted::Plenaries => ("plenaries", None),
                    Counted::Spent => ("spent", None),
                    Counted::SpentOfSubsidy => ("subsidy", None),
                };
                findings.push(finding.fact("what", what).fact("state", state).fact("count", count));
            }
        }
    }
    findings
}

/// What the table says instead, and where it stands; none when it agrees or nobody can tell.
fn against(context: &Context<'_>, summary: &Loaded<Summary>, claim: &Claim) -> Option<(String, Place)> {
    match claim.counted {
        Counted::Tasks => planned(context, summary, claim),
        Counted::Tasked(state) => stated(context, summary, claim, state),
        Counted::Meetings | Counted::Plenaries => held(context, summary, claim),
        Counted::Spent | Counted::SpentOfSubsidy => spent(context, summary, claim),
    }
}

/// The tasks of the plan, as it was and as it is.
fn planned(context: &Context<'_>, summary: &Loaded<Summary>, claim: &Claim) -> Option<(String, Place)> {
    let plan = context.workspace.plan(summary.model.year).filter(|plan| !plan.model.tasks.is_empty())?;
    let known =
        context.may(plan, RULE, &["/任务", "/计划调整"]) && context.may(summary, RULE, &["/任务完成"]);
    let changed =
        |kind| plan.model.changes.iter().filter(move |it| it.kind == Some(kind) && !it.task.is_empty());
    let all = plan.model.tasks.len();
    let at_first = all.saturating_sub(changed(ChangeKind::Added).count());
    let left = all.saturating_sub(changed(ChangeKind::Cancelled).count());
    let due = to_account(&plan.model, summary.model.cutoff).count();
    let right = [all, at_first, left, due, summary.model.tasks.len()];
    let wrong = known && !right.iter().any(|count| i64::try_from(*count) == Ok(claim.number));
    wrong.then(|| (all.to_string(), context.at(plan, "/任务")))
}

/// The tasks of 任务完成 in that state; what is done in part may be counted on either side.
fn stated(
    context: &Context<'_>,
    summary: &Loaded<Summary>,
    claim: &Claim,
    state: TaskState,
) -> Option<(String, Place)> {
    let tasks = &summary.model.tasks;
    let known = context.may(summary, RULE, &["/任务完成"]) && tasks.iter().all(|task| task.state.is_some());
    let count = |state| tasks.iter().filter(|task| task.state == Some(state)).count();
    let (partly, open) = (count(TaskState::Partly), count(TaskState::UnderWay));
    let own = count(state);
    let right = match state {
        TaskState::Done | TaskState::UnderWay => vec![own, own + partly],
        TaskState::Partly => vec![own],
        TaskState::NotDone => vec![own, own + open, own + open + partly],
    };
    let wrong =
        known && !tasks.is_empty() && !right.iter().any(|count| i64::try_from(*count) == Ok(claim.number));
    wrong.then(|| (own.to_string(), context.at(summary, "/任务完成")))
}

/// Meetings: at least the group's own plenaries up to the cut-off, at most everything of the year.
fn held(context: &Context<'_>, summary: &Loaded<Summary>, claim: &Claim) -> Option<(String, Place)> {
    let plenaries = claim.counted == Counted::Plenaries;
    let activities = &context.workspace.activities;
    for activity in activities {
        if !context.may(activity, RULE, &["/日期", "/类型", "/主办", "/取消/日期"]) {
            return None;
        }
    }
    let unread = context.workspace.documents.values().any(|document| document.tree.is_none());
    let of_year: Vec<_> = context.workspace.held_in(summary.model.year).collect();
    let is_plenary = |it: &&&Loaded<_>| of_plenary(it);
    let by_cutoff = |it: &&&Loaded<crate::model::Activity>| {
        let last = it.model.date.map(DateRange::last);
        last.zip(summary.model.cutoff).is_none_or(|(last, cutoff)| last <= cutoff)
    };
    let own = of_year.iter().filter(is_plenary).filter(|it| is_own(context.profile(), &it.model));
    let least = own.filter(by_cutoff).count();
    let most = if plenaries { of_year.iter().filter(is_plenary).count() } else { of_year.len() };
    let right = usize::try_from(claim.number).is_ok_and(|said| (least..=most).contains(&said));
    let first = of_year.first().filter(|_| !right && !unread)?;
    let shown = if plenaries { of_year.iter().filter(is_plenary).count() } else { of_year.len() };
    Some((shown.to_string(), context.at(first, "/类型")))
}

fn of_plenary(activity: &Loaded<crate::model::Activity>) -> bool {
    activity.model.kinds.contains(&ActivityKind::Plenary)
}

/// What was spent up to the cut-off, within what the figures written can tell apart.
fn spent(context: &Context<'_>, summary: &Loaded<Summary>, claim: &Claim) -> Option<(String, Place)> {
    let workspace = context.workspace;
    let year = summary.model.year;
    let mut known = context.may(summary, RULE, &["/支出", "/截至"]);
    for records in &workspace.records {
        known &= context.may(records, RULE, &["/年度", "/支出"]);
    }
    for activity in &workspace.activities {
        known &= context.may(activity, RULE, &["/日期", "/支出"]);
    }
    let records = YearRecords { workspace, year };
    let merged = records.spent_by(summary.model.cutoff);
    let entries = merged.counted.iter().chain(&merged.later);
    let sum = |later: bool, subsidy: bool| {
        let counted = merged.counted.iter().chain(merged.later.iter().filter(|_| later));
        let counted = counted.filter(|it| !subsidy || it.item.fund == Fund::Subsidy);
        counted.filter_map(|it| it.item.amount).try_fold(Money::ZERO, Money::checked_add)
    };
    let complete = entries.clone().all(|it| it.item.amount.is_some()) && entries.clone().next().is_some();
    let subsidy = claim.counted == Counted::SpentOfSubsidy;
    let sums = [sum(false, subsidy), sum(true, subsidy), sum(false, true), sum(true, true)];
    let close = |sum: &Option<Money>| {
        let fen = sum.and_then(|sum| sum.plain().replace('.', "").parse::<i64>().ok());
        fen.is_none_or(|fen| (fen - claim.number).abs() < claim.unit.max(1))
    };
    if !known || !complete || sums.iter().any(close) {
        return None;
    }
    let first = merged.counted.first()?;
    Some((sums[0]?.plain(), workspace.place(first.file, &first.pointer)))
}
