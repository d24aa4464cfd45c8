//! Articles 19 to 21: budget and spending, line by line, in exact decimals.

use super::Context;
use crate::derive::money::{Line, ledger};
use crate::finding::Finding;
use crate::model::scalar::Money;
use crate::model::{BudgetLine, Plan};

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for plan in &context.workspace.plans {
        for (index, line) in plan.model.budget.iter().enumerate() {
            let at = format!("/经费/{index}");
            findings.extend(amount(&line.item, line.amount, plan.sound(&at), &|key| {
                context.at(plan, &format!("{at}/{key}"))
            }));
        }
    }
    for summary in &context.workspace.summaries {
        for (index, spent) in summary.model.spent.iter().enumerate() {
            let at = format!("/支出/{index}");
            findings.extend(amount(&spent.item, spent.amount, summary.sound(&at), &|key| {
                context.at(summary, &format!("{at}/{key}"))
            }));
        }
        let Some(plan) = context.workspace.plan(summary.model.year) else { continue };
        if !context.may(plan, "art20/over-budget", &["/经费"])
            || !context.may(summary, "art20/over-budget", &["/支出"])
            || plan.model.budget.is_empty()
        {
            continue;
        }
        for line in ledger(&plan.model, &summary.model) {
            if !has_amount(&plan.model, &line) {
                continue; // No amount to compare with, which is said of the plan.
            }
            findings.extend(judge(&line).map(|finding| {
                let index = line.first_spending.unwrap_or(0);
                finding.at(context.at(summary, &format!("/支出/{index}/项目")))
            }));
        }
    }
    findings
}

/// Whether the budget states every amount of a line.
pub(super) fn has_amount(plan: &Plan, line: &Line) -> bool {
    let of_line = |budget: &&BudgetLine| *budget.item == *line.item && budget.fund == line.fund;
    plan.budget.iter().filter(of_line).all(|budget| budget.amount.is_some())
}

fn amount(
    item: &str,
    amount: Option<Money>,
    sound: bool,
    at: &dyn Fn(&str) -> crate::finding::Place,
) -> Option<Finding> {
    match amount {
        None if sound => Some(Finding::new("art20/no-amount").at(at("项目")).fact("item", item)),
        Some(amount) if amount.is_negative() => Some(
            Finding::new("art20/negative").at(at("金额")).fact("item", item).fact("amount", amount.plain()),
        ),
        _ => None,
    }
}

fn judge(line: &Line) -> Option<Finding> {
    let facts = |rule: &'static str| {
        Finding::new(rule)
            .fact("item", line.item.as_str())
            .fact("fund", line.fund.word())
            .fact("spent", line.spent.plain())
    };
    let Some(budget) = line.budget else {
        return (!line.spent.is_zero()).then(|| facts("art20/outside-budget"));
    };
    let over = line.spent.checked_sub(budget)?;
    (!over.is_zero() && !over.is_negative())
        .then(|| facts("art20/over-budget").fact("budget", budget.plain()).fact("over", over.plain()))
}
