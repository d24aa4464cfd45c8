//! 预算与支出 (arts. 19–21): line by line, then a total of each 来源 when there are several, then of all.

use super::{Cell, Scope};
use crate::derive::money::{Line, ledger, totals};
use crate::model::scalar::Money;
use crate::model::{Fund, Plan};

pub(super) fn rows(scope: &Scope<'_>) -> (Vec<Vec<Cell>>, usize) {
    let empty = Plan::default();
    let spent = scope.records().spent_by(scope.until).counted;
    let lines = ledger(scope.plan().unwrap_or(&empty), &spent, scope.until);
    if lines.is_empty() {
        return (Vec::new(), 0);
    }
    let mut rows: Vec<Vec<Cell>> = lines.iter().map(|line| row(&line.item, line.fund.word(), line)).collect();
    let funds: Vec<Fund> =
        Fund::ALL.into_iter().filter(|fund| lines.iter().any(|line| line.fund == *fund)).collect();
    let before = rows.len();
    if funds.len() > 1 {
        for fund in funds {
            let of_fund = totals(lines.iter().filter(|line| line.fund == fund));
            rows.push(row("小计", fund.word(), &of_fund));
        }
    }
    rows.push(row("合计", "", &totals(&lines)));
    let count = rows.len() - before;
    (rows, count)
}

fn row(item: &str, fund: &str, line: &Line<'_>) -> Vec<Cell> {
    let money = |amount: Option<Money>| amount.map_or(Cell::Dash, Cell::Money);
    let share = line.budget.and_then(|budget| line.spent.tenths_of(budget));
    vec![
        Cell::words(item),
        Cell::words(fund),
        money(line.planned),
        money(line.budget),
        Cell::Money(line.spent),
        money(line.rest()),
        share.map_or(Cell::Dash, Cell::Share),
    ]
}
