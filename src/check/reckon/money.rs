//! Articles 20 and 21: every line of the budget beside what was spent.

use super::super::{Context, money};
use super::Reckoning;
use crate::derive::money::Line;
use crate::model::scalar::Money;

pub(super) fn lines(context: &Context<'_>) -> Vec<Reckoning> {
    let mut all = Vec::new();
    for plan in &context.workspace.plans {
        for line in money::lines(context, plan) {
            let Line { item, fund, budget, spent, first_spending, .. } = line;
            let rest = budget.and_then(|budget| budget.checked_sub(spent));
            let place = match first_spending {
                Some((file, pointer)) => context.workspace.place(file, &format!("{pointer}/项目")),
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
