//! Articles 19 to 21: the budget as adjusted and all spending of the year, line by line, in exact decimals.
//!
//! The year's spending is that of summary, records and activities up to the summary's cut-off.

use super::Context;
use crate::derive::money::{Line, ledger};
use crate::derive::records::{Entry, YearRecords};
use crate::finding::{Finding, Place};
use crate::model::scalar::Money;
use crate::model::{Activity, Plan, Spending};
use crate::workspace::Loaded;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    amounts(context, &mut findings);
    for plan in &context.workspace.plans {
        for line in lines(context, plan) {
            let Some((file, pointer)) = &line.first_spending else { continue };
            let place = context.workspace.place(file, &format!("{pointer}/项目"));
            let granted: Option<Place> =
                line.granted_at.as_ref().map(|at| context.at(plan, &format!("{at}/项目")));
            findings.extend(judge(&line).map(|finding| finding.at(place).with(granted)));
        }
    }
    findings
}

/// Every sum written anywhere: that it is there and not negative.
fn amounts(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let workspace = context.workspace;
    for plan in &workspace.plans {
        let lines = plan.model.budget.iter().map(|line| (&*line.item, line.amount));
        list(context, plan, "经费", lines, findings);
        let changes = plan.model.budget_changes.iter().map(|change| (&*change.item, change.amount));
        list(context, plan, "预算调整", changes, findings);
    }
    for summary in &workspace.summaries {
        list(context, summary, "支出", spending(&summary.model.spent), findings);
    }
    for records in &workspace.records {
        list(context, records, "支出", spending(&records.model.spent), findings);
    }
    for activity in &workspace.activities {
        list(context, activity, "支出", spending(&activity.model.spent), findings);
    }
}

fn spending(spent: &[Spending]) -> impl Iterator<Item = (&str, Option<Money>)> {
    spent.iter().map(|spent| (&*spent.item, spent.amount))
}

fn list<'a, T>(
    context: &Context<'_>,
    loaded: &Loaded<T>,
    key: &str,
    lines: impl Iterator<Item = (&'a str, Option<Money>)>,
    findings: &mut Vec<Finding>,
) {
    for (index, (item, amount)) in lines.enumerate() {
        let at = format!("/{key}/{index}");
        match amount {
            None if loaded.sound(&at) => {
                let place = context.at(loaded, &format!("{at}/项目"));
                findings.push(Finding::new("art20/no-amount").at(place).fact("item", item));
            }
            Some(amount) if amount.is_negative() => {
                let finding = Finding::new("art20/negative").at(context.at(loaded, &format!("{at}/金额")));
                findings.push(finding.fact("item", item).fact("amount", amount.plain()));
            }
            _ => {}
        }
    }
}

/// The rule that needs the whole ledger.
const RULE: &str = "art20/over-budget";

/// Whether all that the ledger of that plan's year is made of could be read.
fn all_read(context: &Context<'_>, plan: &Loaded<Plan>) -> bool {
    let year = plan.model.year;
    let workspace = context.workspace;
    let mut sound = context.may(plan, RULE, &["/年度", "/经费", "/预算调整"]);
    if let Some(summary) = workspace.summary(year) {
        sound &= context.may(summary, RULE, &["/支出", "/截至"]);
    }
    for records in workspace.records.iter().filter(|records| [0, year].contains(&records.model.year)) {
        sound &= context.may(records, RULE, &["/年度", "/支出"]);
    }
    for activity in workspace.activities.iter().filter(|activity| concerns(activity, year)) {
        sound &= context.may(activity, RULE, &["/日期", "/支出"]);
    }
    sound
}

/// Whether an activity spends money in that year, or may.
fn concerns(activity: &Loaded<Activity>, year: u16) -> bool {
    let spends = !activity.model.spent.is_empty() || !activity.sound("/支出");
    let date = activity.model.date;
    spends && date.is_none_or(|date| date.first().year() == i32::from(year))
}

/// The ledger of that plan's year, as far as there is something to compare: without a budget, or with parts that could
/// not be read, there is none, and a line without an amount is said of the plan.
pub(super) fn lines<'a>(context: &Context<'a>, plan: &'a Loaded<Plan>) -> Vec<Line<'a>> {
    let empty = plan.model.budget.is_empty() && plan.model.budget_changes.is_empty();
    if empty || !all_read(context, plan) {
        return Vec::new();
    }
    let records = YearRecords { workspace: context.workspace, year: plan.model.year };
    let until = context.workspace.summary(plan.model.year).and_then(|summary| summary.model.cutoff);
    let spent: Vec<Entry<'_, Spending>> = records.spent_by(until).counted;
    ledger(&plan.model, &spent, until).into_iter().filter(|line| !line.open).collect()
}

fn judge(line: &Line<'_>) -> Option<Finding> {
    let facts = |rule: &'static str| {
        Finding::new(rule)
            .fact("item", line.item.as_str())
            .fact("fund", line.fund.word())
            .fact("spent", line.spent.plain())
    };
    let Some(budget) = line.budget else {
        return (!line.spent.is_zero()).then(|| facts("art20/outside-budget"));
    };
    // A budget below zero is said of the budget: nothing can be spent within it.
    let over = line.spent.checked_sub(budget).filter(|_| !budget.is_negative())?;
    (!over.is_zero() && !over.is_negative()).then(|| {
        let adjusted = line.planned != line.budget;
        facts("art20/over-budget")
            .fact("budget", budget.plain())
            .fact("over", over.plain())
            .fact("adjusted", adjusted)
    })
}
