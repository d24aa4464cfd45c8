//! 年度工作总结报告: the six parts of art. 16(2) with their computed tables.

use super::body::{Body, Insets};
use super::group::draft_mark;
use super::page::{Format, Page};
use super::phrases::phrase;
use super::{Composer, tables};
use crate::derive::money::{ledger, sum};
use crate::derive::records::YearRecords;
use crate::model::{Plan, Summary, TaskState};
use serde_json::json;

pub(super) fn compose(composer: &Composer<'_>, summary: &Summary, insets: Insets<'_>) -> Page {
    let group = composer.group();
    let facts = json!({ "short": group.short_name(), "year": summary.year });
    let title = summary.title.as_ref().map_or_else(|| phrase("总结标题", facts), ToString::to_string);
    let mut page = group.page(Format::Plain, &title, summary.date, composer.fallback(summary.cutoff));
    page.subtitle = draft_mark(summary.stage);
    let cutoff = summary.cutoff.map(|date| date.to_string());
    let mut body = Body::new(insets);
    if summary.preface.is_blank() {
        let facts = json!({ "year": summary.year, "short": group.short_name(), "cutoff": cutoff });
        body.paragraph(phrase("总结前言", facts));
    } else {
        body.prose(&summary.preface);
    }
    let plan = composer.workspace.plan(summary.year).map(|plan| &plan.model);
    for (index, (name, prose)) in summary.sections().into_iter().enumerate() {
        body.section(name);
        body.prose(prose);
        match index {
            0 => completion(composer, summary, plan, &mut body),
            2 => {
                let published = records(composer, summary).published_by(summary.cutoff).counted;
                let (columns, rows) = tables::published(&published, summary.year);
                body.table(Some(phrase("宣传表", ())), columns, rows, 0);
            }
            4 => spending(composer, summary, plan, &mut body),
            _ => {}
        }
    }
    for further in &summary.further {
        body.section(&further.title);
        body.prose(&further.body);
    }
    page.body = body.blocks;
    page.signature = Some(group.signature(summary.date));
    page
}

fn completion(composer: &Composer<'_>, summary: &Summary, plan: Option<&Plan>, body: &mut Body<'_>) {
    let states: Vec<_> = TaskState::ALL
        .into_iter()
        .map(|state| (state, summary.tasks.iter().filter(|task| task.state == Some(state)).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(state, count)| json!({ "name": state.word(), "count": count }))
        .collect();
    let cutoff = summary.cutoff.map(|date| date.to_string());
    let caption =
        phrase("完成表", json!({ "total": summary.tasks.len(), "cutoff": cutoff, "states": states }));
    let (columns, rows) = tables::completion(plan, summary);
    body.table(Some(caption), columns, rows, 0);
    if let Some(plan) = plan {
        let (columns, rows) = tables::changes(plan);
        body.table(Some(phrase("调整表", ())), columns, rows, 0);
    }
    let held = composer.workspace.held_in(summary.year).map(|activity| &activity.model);
    let held = held.filter(|activity| match (activity.date, summary.cutoff) {
        (Some(date), Some(cutoff)) => date.first() <= cutoff,
        _ => true,
    });
    let (columns, rows) = tables::activities(held, &composer.workspace.profile.model, summary.year);
    body.table(Some(phrase("活动表", ())), columns, rows, 0);
}

/// The running lists of the summary's year.
fn records<'a>(composer: &Composer<'a>, summary: &Summary) -> YearRecords<'a> {
    YearRecords { workspace: composer.workspace, year: summary.year }
}

fn spending(composer: &Composer<'_>, summary: &Summary, plan: Option<&Plan>, body: &mut Body<'_>) {
    let empty = Plan::default();
    let plan = plan.unwrap_or(&empty);
    let (columns, rows) = tables::budget_changes(plan, summary.cutoff);
    body.table(Some(phrase("预算调整表", ())), columns, rows, 0);
    let spent = records(composer, summary).spent_by(summary.cutoff).counted;
    let lines = ledger(plan, &spent, summary.cutoff);
    let budget = sum(lines.iter().filter_map(|line| line.budget)).filter(|budget| !budget.is_zero());
    let spent = sum(lines.iter().map(|line| line.spent));
    let facts = json!({
        "cutoff": summary.cutoff.map(|date| date.to_string()),
        "share": budget.zip(spent).and_then(|(budget, spent)| spent.per_cent_of(budget)),
    });
    let (columns, rows) = tables::spending(&lines);
    body.table(Some(phrase("经费表", facts)), columns, rows, 1);
}
