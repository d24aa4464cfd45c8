//! Budget, as adjusted, and spending side by side, line by line: exact sums.

use super::records::Entry;
use crate::model::scalar::{Date, Money};
use crate::model::{BudgetChange, Fund, Plan, Spending};

/// One item of one fund, or the total of several.
#[derive(Debug, Clone, PartialEq)]
pub struct Line<'a> {
    /// 项目; empty of a total.
    pub item: String,
    /// 来源.
    pub fund: Fund,
    /// What the budget granted at first; none for what was added later and for spending outside it.
    pub planned: Option<Money>,
    /// What it grants as adjusted; none for spending outside it.
    pub budget: Option<Money>,
    /// What was spent in all.
    pub spent: Money,
    /// Where in the plan's file the budget of this line stands: the pointer of the last change, else of the line.
    pub granted_at: Option<String>,
    /// Whether the budget names the line without an amount, so that it cannot be judged.
    pub open: bool,
    /// The first spending of this line: file and pointer.
    pub first_spending: Option<(&'a str, String)>,
}

impl Line<'_> {
    fn new(item: &str, fund: Fund) -> Self {
        Self {
            item: item.to_owned(),
            fund,
            planned: None,
            budget: None,
            spent: Money::ZERO,
            granted_at: None,
            open: false,
            first_spending: None,
        }
    }

    /// What is left of the budget; none outside it.
    pub fn rest(&self) -> Option<Money> {
        self.budget.and_then(|budget| budget.checked_sub(self.spent))
    }
}

/// Every line of the budget in its order, what was added to it up to `until`, then what was spent outside it. Sums
/// without an amount count nothing.
pub fn ledger<'a>(plan: &Plan, spent: &[Entry<'a, Spending>], until: Option<Date>) -> Vec<Line<'a>> {
    let mut lines: Vec<Line<'a>> = Vec::new();
    for (index, granted) in plan.budget.iter().enumerate() {
        let line = line(&mut lines, &granted.item, granted.fund);
        line.open |= granted.amount.is_none();
        line.planned = plus(line.planned, granted.amount.unwrap_or(Money::ZERO));
        line.granted_at.get_or_insert_with(|| format!("/经费/{index}"));
    }
    for line in &mut lines {
        line.budget = line.planned;
    }
    for (index, change) in in_force(plan, until) {
        let line = line(&mut lines, &change.item, change.fund);
        line.budget = change.amount;
        line.granted_at = Some(format!("/预算调整/{index}"));
        line.open = false;
    }
    for entry in spent {
        let line = line(&mut lines, &entry.item.item, entry.item.fund);
        line.spent = plus(Some(line.spent), entry.item.amount.unwrap_or(Money::ZERO)).unwrap_or(line.spent);
        line.first_spending.get_or_insert_with(|| (entry.file, entry.pointer.clone()));
    }
    lines
}

/// The last change of each line up to `until`, in the order written: the later date wins, then the later written.
fn in_force(plan: &Plan, until: Option<Date>) -> Vec<(usize, &BudgetChange)> {
    let mut last: Vec<(usize, &BudgetChange)> = Vec::new();
    let effective = |change: &&BudgetChange| {
        change.amount.is_some() && change.date.zip(until).is_none_or(|(day, until)| day <= until)
    };
    for (index, change) in plan.budget_changes.iter().enumerate().filter(|(_, change)| effective(change)) {
        let same = last.iter_mut().find(|(_, other)| other.item == change.item && other.fund == change.fund);
        match same {
            Some(same) if same.1.date.zip(change.date).is_none_or(|(old, new)| old <= new) => {
                *same = (index, change);
            }
            Some(_) => {}
            None => last.push((index, change)),
        }
    }
    last
}

fn line<'l, 'a>(lines: &'l mut Vec<Line<'a>>, item: &str, fund: Fund) -> &'l mut Line<'a> {
    let at = lines.iter().position(|line| line.item == item && line.fund == fund);
    let at = at.unwrap_or_else(|| {
        lines.push(Line::new(item, fund));
        lines.len() - 1
    });
    &mut lines[at]
}

fn plus(sum: Option<Money>, amount: Money) -> Option<Money> {
    sum.unwrap_or(Money::ZERO).checked_add(amount).or(sum)
}

/// The sums of `lines`, as a line without a name.
pub fn totals<'l, 'a: 'l>(lines: impl IntoIterator<Item = &'l Line<'a>>) -> Line<'a> {
    lines.into_iter().fold(Line::new("", Fund::default()), |mut total, line| {
        let add = |sum: Option<Money>, amount: Option<Money>| match amount {
            Some(amount) => plus(sum, amount),
            None => sum,
        };
        total.planned = add(total.planned, line.planned);
        total.budget = add(total.budget, line.budget);
        total.spent = add(Some(total.spent), Some(line.spent)).unwrap_or(total.spent);
        total
    })
}

/// The sum; none when it is larger than money can be.
pub fn sum(amounts: impl IntoIterator<Item = Money>) -> Option<Money> {
    amounts.into_iter().try_fold(Money::ZERO, Money::checked_add)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::BudgetLine;
    use proptest::prelude::*;

    fn money(fen: i64) -> Money {
        let sign = if fen < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", fen.abs() / 100, fen.abs() % 100).parse().unwrap()
    }

    fn granted(item: &str, fen: i64) -> BudgetLine {
        BudgetLine { item: item.into(), amount: Some(money(fen)), ..BudgetLine::default() }
    }

    fn change(item: &str, fen: i64, date: &str) -> BudgetChange {
        let date = date.parse().ok();
        BudgetChange { item: item.into(), amount: Some(money(fen)), date, ..BudgetChange::default() }
    }

    fn paid(item: &str, fen: i64) -> Spending {
        Spending { item: item.into(), amount: Some(money(fen)), ..Spending::default() }
    }

    fn entries(spent: &[Spending]) -> Vec<Entry<'_, Spending>> {
        let entry = |(index, item)| Entry {
            item,
            file: "台账.yaml",
            pointer: format!("/支出/{index}"),
            activity: None,
        };
        spent.iter().enumerate().map(entry).collect()
    }

    #[test]
    fn the_last_change_up_to_the_day_counts() {
        let plan = Plan {
            budget: vec![granted("会议费", 2_000_000), granted("差旅费", 100)],
            budget_changes: vec![
                change("会议费", 3_000_000, "2018-06-01"),
                change("会议费", 2_500_000, "2018-03-01"),
                change("培训费", 500_000, "2018-05-01"),
                change("会议费", 1, "2018-11-01"),
            ],
            ..Plan::default()
        };
        let spent = [paid("会议费", 1_200_050), paid("印刷费", 300), paid("会议费", 100)];
        let until = "2018-10-15".parse().ok();
        let lines = ledger(&plan, &entries(&spent), until);
        let shown: Vec<String> = lines
            .iter()
            .map(|line| {
                let amount = |money: Option<Money>| money.map_or("—".into(), Money::plain);
                let (planned, budget, rest) =
                    (amount(line.planned), amount(line.budget), amount(line.rest()));
                format!("{} {planned} {budget} {} {rest}", line.item, line.spent)
            })
            .collect();
        assert_eq!(
            shown,
            [
                "会议费 20000.00 30000.00 12001.50 17998.50",
                "差旅费 1.00 1.00 0.00 1.00",
                "培训费 — 5000.00 0.00 5000.00",
                "印刷费 — — 3.00 —"
            ]
        );
        assert_eq!(lines[0].granted_at.as_deref(), Some("/预算调整/0"));
        assert_eq!(lines[0].first_spending, Some(("台账.yaml", "/支出/0".into())));
        let early = ledger(&plan, &[], "2018-04-01".parse().ok());
        assert_eq!(early[0].budget, Some(money(2_500_000)));
        assert_eq!(early.len(), 2);
    }

    #[test]
    fn a_line_without_amount_stays_open_until_it_is_changed() {
        let bare = BudgetLine { item: "会议费".into(), ..BudgetLine::default() };
        let mut plan = Plan { budget: vec![bare], ..Plan::default() };
        assert!(ledger(&plan, &[], None)[0].open);
        plan.budget_changes = vec![change("会议费", 100, "2018-01-01")];
        assert!(!ledger(&plan, &[], None)[0].open);
    }

    proptest! {
        #[test]
        fn lines_add_up_to_their_totals(
            budget in proptest::collection::vec((0usize..4, 0i64..1_000_000_000_000), 0..12),
            spent in proptest::collection::vec((0usize..6, -1_000_000i64..1_000_000_000_000), 0..40),
        ) {
            const ITEMS: [&str; 6] = ["会议费", "差旅费", "劳务费", "印刷费", "其他", "宣传费"];
            let plan = Plan {
                budget: budget.iter().map(|(item, fen)| granted(ITEMS[*item], *fen)).collect(),
                ..Plan::default()
            };
            let spending: Vec<Spending> = spent.iter().map(|(item, fen)| paid(ITEMS[*item], *fen)).collect();
            let lines = ledger(&plan, &entries(&spending), None);
            let total = totals(&lines);
            let fen = |of: &[(usize, i64)]| money(of.iter().map(|(_, fen)| fen).sum());
            prop_assert_eq!(total.spent, fen(&spent));
            prop_assert_eq!(total.budget.unwrap_or(Money::ZERO), fen(&budget));
            prop_assert_eq!(total.spent, lines.iter().map(|line| line.spent).sum());
            for line in &lines {
                let of_item: Vec<(usize, i64)> =
                    spent.iter().copied().filter(|(item, _)| ITEMS[*item] == line.item).collect();
                prop_assert_eq!(line.spent, fen(&of_item));
                let back = line.rest().and_then(|rest| rest.checked_add(line.spent));
                prop_assert_eq!(back, line.budget);
            }
        }
    }
}
