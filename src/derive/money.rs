//! Budget and spending side by side.

use crate::model::scalar::Money;
use crate::model::{Fund, Plan, Summary};

/// One item of one fund.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// 项目.
    pub item: String,
    /// 来源.
    pub fund: Fund,
    /// What the budget grants; none for spending outside it.
    pub budget: Option<Money>,
    /// What was spent in all.
    pub spent: Money,
    /// Index of the first spending of this line in the summary.
    pub first_spending: Option<usize>,
}

/// Every line of the budget in its order, then what was spent outside it.
pub fn ledger(plan: &Plan, summary: &Summary) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for line in &plan.budget {
        let amount = line.amount.unwrap_or(Money::ZERO);
        match find(&mut lines, &line.item, line.fund) {
            Some(same) => same.budget = same.budget.unwrap_or(Money::ZERO).checked_add(amount),
            None => lines.push(Line {
                item: line.item.to_string(),
                fund: line.fund,
                budget: Some(amount),
                spent: Money::ZERO,
                first_spending: None,
            }),
        }
    }
    for (index, spending) in summary.spent.iter().enumerate() {
        let amount = spending.amount.unwrap_or(Money::ZERO);
        match find(&mut lines, &spending.item, spending.fund) {
            Some(line) => {
                line.spent = line.spent.checked_add(amount).unwrap_or(line.spent);
                line.first_spending.get_or_insert(index);
            }
            None => lines.push(Line {
                item: spending.item.to_string(),
                fund: spending.fund,
                budget: None,
                spent: amount,
                first_spending: Some(index),
            }),
        }
    }
    lines
}

fn find<'a>(lines: &'a mut [Line], item: &str, fund: Fund) -> Option<&'a mut Line> {
    lines.iter_mut().find(|line| line.item == item && line.fund == fund)
}

/// The sum; none when it is larger than money can be.
pub fn sum(amounts: impl IntoIterator<Item = Money>) -> Option<Money> {
    amounts.into_iter().try_fold(Money::ZERO, Money::checked_add)
}
