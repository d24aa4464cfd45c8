//! Articles 20 and 21: every line of the budget beside what was spent.

use super::super::Context;
use super::super::money::has_amount;
use super::Reckoning;
use crate::derive::money::{Line, ledger};
use crate::model::scalar::Money;

pub(super) fn lines(context: &Context<'_>) -> Vec<Reckoning> {
    let mut all = Vec::new();
    for summary in &context.workspace.summaries {
        let Some(plan) = context.workspace.plan(summary.model.year) else { continue };
        if !plan.sound("/经费") || !summary.sound("/支出") || plan.model.budget.is_empty() {
            continue;
        }
        let lines = ledger(&plan.model, &summary.model);
        for line in lines.into_iter().filter(|line| has_amount(&plan.model, line)) {
            let Line { item, fund, budget, spent, first_spending } = line;
            let rest = budget.and_then(|budget| budget.checked_sub(spent));
            let place = match first_spending {
                Some(index) => context.at(summary, &format!("/支出/{index}/项目")),
                None => context.at(plan, "/经费"),
            };
            all.push(
                Reckoning::at(place)
                    .fact("year", plan.model.year)
                    .fact("item", item)
                    .fact("fund", fund.word())
                    .fact("budget", budget.map(Money::plain))
                    .fact("spent", spent.plain())
                    .fact("over", rest.is_some_and(Money::is_negative))
                    .fact("rest", rest.map(|rest| rest.plain().trim_start_matches('-').to_owned())),
            );
        }
    }
    all
}
