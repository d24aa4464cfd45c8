//! 年度工作计划: title and body, no red head (it is no official genre).

use super::body::{Body, Insets};
use super::group::draft_mark;
use super::page::{Block, Format, Page};
use super::phrases::{numeral, phrase};
use super::{Composer, tables};
use crate::derive::money::sum;
use crate::model::scalar::Date;
use crate::model::{ChangeKind, Fund, Part, Plan, Prose, Task};
use serde_json::json;

pub(super) fn compose(composer: &Composer<'_>, plan: &Plan, insets: Insets<'_>) -> Page {
    let plan = &in_order(as_submitted(plan));
    let group = composer.group();
    let facts = json!({ "short": group.short_name(), "year": plan.year });
    let title = plan.title.as_ref().map_or_else(|| phrase("计划标题", facts), ToString::to_string);
    let fallback = composer.fallback(plan.approval.as_ref().and_then(|approval| approval.date));
    let mut page = group.page(Format::Plain, &title, plan.date, fallback);
    page.subtitle = draft_mark(plan.stage);
    let mut body = Body::new(insets);
    body.prose(&plan.basis);
    for (heading, prose) in [("总体思路", &plan.thinking), ("主要研究方向", &plan.directions)] {
        if !prose.is_blank() {
            body.section(heading);
            body.prose(prose);
        }
    }
    if !plan.tasks.is_empty() {
        body.section("重点任务");
        tasks(plan, &mut body);
    }
    if !plan.meetings.is_empty() {
        body.section("会议安排");
        let (columns, rows) = tables::meetings(plan);
        body.numbered_table("会议表", columns, rows, 0);
    }
    if !plan.budget.is_empty() || !plan.budget_note.is_blank() {
        body.section("经费测算");
        budget(plan, &mut body);
    }
    if !plan.changes.is_empty() {
        body.section("计划调整");
        let (columns, rows) = tables::changes(plan);
        body.numbered_table("计划调整", columns, rows, 0);
    }
    if !plan.measures.is_blank() {
        body.section("保障措施");
        body.prose(&plan.measures);
    }
    page.body = body.blocks;
    page.signature = Some(group.signature(plan.date));
    page
}

/// The plan as it went out: what was changed after its submission is shown in the summary.
fn as_submitted(plan: &Plan) -> Plan {
    let mut plan = plan.clone();
    let Some(day) = plan.submission.date else { return plan };
    let later = |date: Option<Date>| date.is_some_and(|date| date > day);
    let (later, earlier): (Vec<_>, Vec<_>) = plan.changes.into_iter().partition(|change| later(change.date));
    let added = |task: &Task| {
        later.iter().any(|change| change.task == task.id && change.kind == Some(ChangeKind::Added))
    };
    plan.tasks.retain(|task| !added(task));
    plan.changes = earlier;
    plan
}

/// Tasks without block first, for behind a head they would belong to it; then block by block as they first appear.
fn in_order(mut plan: Plan) -> Plan {
    let blocks: Vec<_> = plan.tasks.iter().filter_map(|task| task.block.clone()).collect();
    plan.tasks.sort_by_key(|task| {
        task.block.as_ref().and_then(|block| blocks.iter().position(|other| other == block))
    });
    plan
}

/// Tasks without block, those of each block under its head, then the table of who does what by when.
fn tasks(plan: &Plan, body: &mut Body<'_>) {
    let mut blocks: Vec<&str> = Vec::new();
    for block in plan.tasks.iter().filter_map(|task| task.block.as_deref()) {
        if !blocks.contains(&block) {
            blocks.push(block);
        }
    }
    let facts = json!({ "year": plan.year, "tasks": plan.tasks.len(), "blocks": blocks });
    body.paragraph(phrase("计划总述", facts));
    let mut number = 0;
    for task in plan.tasks.iter().filter(|task| task.block.is_none()) {
        number += 1;
        one_task(task, number, body);
    }
    for (index, block) in blocks.iter().enumerate() {
        body.heading(2, format!("（{}）{block}", numeral(index + 1)));
        for task in plan.tasks.iter().filter(|task| task.block.as_deref() == Some(block)) {
            number += 1;
            one_task(task, number, body);
        }
    }
    let (columns, rows) = tables::tasks(plan);
    body.numbered_table("任务表", columns, rows, 0);
}

fn one_task(task: &Task, number: usize, body: &mut Body<'_>) {
    let name = task.name.as_deref().unwrap_or(&task.id);
    let content = task.content.plain();
    let mut lines = content.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    // What begins with the task's name does not say it again.
    let after = first.strip_prefix(name);
    let text = after.filter(|after| after.is_empty() || after.starts_with('。')).unwrap_or(first);
    let text = text.trim_start_matches('。');
    if after.is_some_and(|after| after.starts_with(['，', '：', '；'])) {
        body.paragraph(format!("{number}. {first}"));
    } else if text.is_empty() {
        body.paragraph(format!("{number}. {name}。"));
    } else {
        body.blocks.push(Block::RunIn {
            level: 3,
            head: format!("{number}. {name}。"),
            text: text.to_owned(),
        });
    }
    for line in lines {
        body.text(line);
    }
    let others = task.content.0.iter().filter(|part| !matches!(part, Part::Text(_))).cloned();
    body.prose(&Prose(others.collect()));
}

fn budget(plan: &Plan, body: &mut Body<'_>) {
    body.prose(&plan.budget_note);
    let of =
        |fund: Fund| sum(plan.budget.iter().filter(|line| line.fund == fund).filter_map(|line| line.amount));
    let parts: Vec<_> = [Fund::Subsidy, Fund::Employer, Fund::Other]
        .into_iter()
        .filter_map(|fund| of(fund).filter(|amount| !amount.is_zero()).map(|amount| (fund, amount)))
        .map(|(fund, amount)| json!({ "fund": fund.word(), "amount": amount.yuan() }))
        .collect();
    let total = tables::total(plan).filter(|_| plan.budget_note.is_blank() && !plan.budget.is_empty());
    if let Some(total) = total {
        body.paragraph(phrase("预算合计", json!({ "total": total.yuan(), "parts": parts })));
    }
    let (columns, rows) = tables::budget(plan);
    body.numbered_table("预算表", columns, rows, 1);
}
