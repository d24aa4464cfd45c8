//! `baosong new year 2027`: the next year's plan as a draft, with what the last year left to do, and its 台账.

use super::new::numbers;
use super::scaffold::{next_year, scalar};
use crate::calendar::Calendar;
use crate::derive::actions::{Unsettled, unsettled};
use crate::derive::year_turn::{Turn, Unfinished};
use crate::finding::Finding;
use crate::model::scalar::{Date, Deadline};
use crate::workspace::Workspace;
use serde_json::{Value, json};

/// The text of the plan, and the figures for the closing line; none when last year has left neither plan nor summary.
pub(super) fn plan(
    workspace: &Workspace,
    year: u16,
    date: &str,
    depth: usize,
) -> Result<Option<(String, Value)>, Finding> {
    let turn = Turn::to(workspace, year);
    if !turn.has_plan && !turn.has_summary {
        return Ok(None);
    }
    let last = year.saturating_sub(1);
    let proposals = turn.proposals.iter().map(|task| {
        json!({ "id": task.id, "name": scalar(&flat(&task.name)), "content": lines(task.content.iter()) })
    });
    let budget = turn.budget.iter().map(|line| {
        json!({
            "item": scalar(&flat(&line.item)),
            "fund": line.fund.word(),
            "purpose": line.purpose.as_deref().map(|text| scalar(&flat(text))),
            "amount": line.amount.map(|amount| amount.to_string()).unwrap_or_default(),
        })
    });
    let facts = json!({
        "year": year,
        "last": last,
        "date": date,
        "outlook": !turn.proposals.is_empty(),
        "leader": turn.members.first().map_or_else(|| "张三".to_owned(), |name| scalar(&flat(name))),
        "members": flat(&turn.members.join("、")),
        "tasks": turn.tasks.iter().map(task).collect::<Vec<_>>(),
        "proposals": proposals.collect::<Vec<_>>(),
        "budget": budget.collect::<Vec<_>>(),
        "number": flat(&numbers(workspace, year, 1).concat()),
        "unsettled": open(workspace, year),
    });
    let figures = json!({
        "last": last,
        "tasks": turn.tasks.len(),
        "proposals": turn.proposals.len(),
        "members": turn.members.len(),
    });
    Ok(Some((next_year(depth, super::init::object(facts))?, figures)))
}

/// The tasks of minutes that are not settled when the year begins. What is classified is told by its number alone.
pub(super) fn open(workspace: &Workspace, year: u16) -> Vec<Value> {
    let Some(day) = Date::new(i32::from(year), 1, 1) else { return Vec::new() };
    let one = |task: &Unsettled<'_>| {
        let (item, decision) = (&task.item, task.item.decision);
        let classified = item.activity.model.classification.is_some() || decision.classification.is_some();
        let subject = if classified { String::new() } else { flat(decision.subject()) };
        let lead: Vec<String> = decision.lead.iter().map(|name| flat(name)).collect();
        json!({ "number": flat(&item.number), "subject": subject, "lead": lead, "due": task.until.iso() })
    };
    unsettled(workspace, &Calendar::built_in(), day).iter().map(one).collect()
}

fn task(unfinished: &Unfinished<'_>) -> Value {
    let task = unfinished.task;
    let text = |text: Option<&str>| text.map(flat).filter(|text| !text.is_empty()).map(|text| scalar(&text));
    let names = |names: &[&str]| names.iter().map(|name| scalar(&flat(name))).collect::<Vec<_>>();
    json!({
        "id": scalar(&flat(&unfinished.id)),
        "state": unfinished.state.map_or("没有记录", crate::model::TaskState::word),
        "due": unfinished.due.map(Deadline::as_written).map(flat),
        "more": unfinished.more,
        "until": unfinished.until.map(|due| scalar(&flat(due.as_written()))),
        "mentioned": lines(unfinished.mentioned.iter()),
        "block": text(task.block.as_deref()),
        "name": text(task.name.as_deref()),
        "content": lines(task.content.plain().lines()),
        "lead": names(&unfinished.lead),
        "help": names(&unfinished.help),
        "left": unfinished.left.iter().map(|name| flat(name)).collect::<Vec<_>>(),
        "deliverable": text(task.deliverable.as_deref()),
        "by": text(task.source.as_ref().map(|source| &*source.by)),
        "by_date": task.source.as_ref().and_then(|source| source.date).map(Date::iso),
    })
}

/// On one line, as a comment needs it.
fn flat(text: &str) -> String {
    let plain = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Paragraphs of a block of text.
fn lines<T: AsRef<str>>(lines: impl Iterator<Item = T>) -> Vec<String> {
    lines.map(|line| flat(line.as_ref())).filter(|line| !line.is_empty()).collect()
}
