//! 意见回复 (art. 7(2)): each round of the year in which opinions were asked for, and who answered when.

use super::{Cell, Column, Expanded, Scope, own_column};
use crate::model::{Consultation, Member};

pub(super) fn rows(scope: &Scope<'_>) -> Expanded {
    let mut rounds: Vec<&Consultation> = scope
        .records()
        .consultations()
        .into_iter()
        .map(|entry| entry.item)
        .filter(|round| scope.counts(round.sent))
        .collect();
    rounds.sort_by_key(|round| (round.sent.is_none(), round.sent));
    let rows = scope.members().into_iter().filter(|_| !rounds.is_empty()).map(|member| {
        let mut tally = Tally::default();
        let mut row = vec![Cell::words(&*member.name)];
        row.extend(rounds.iter().map(|round| tally.add(scope, round, member)));
        row.extend([tally.asked, tally.in_time, tally.late, tally.missing].map(Cell::Number));
        row
    });
    (rounds.iter().enumerate().map(column).collect(), rows.collect(), 0)
}

fn column((index, round): (usize, &&Consultation)) -> Column {
    let number = index + 1;
    let zh = if round.subject.is_blank() { format!("第{number}轮") } else { round.subject.to_string() };
    own_column(format!("round-{number}"), zh, None)
}

#[derive(Default)]
struct Tally {
    asked: u32,
    in_time: u32,
    late: u32,
    missing: u32,
}

impl Tally {
    /// Counts what `member` did in `round`, and shows it. An answer nobody asked for is shown, not counted.
    fn add(&mut self, scope: &Scope<'_>, round: &Consultation, member: &Member) -> Cell {
        let asked = if round.asked.is_empty() {
            scope.serves(member, round.sent)
        } else {
            round.asked.contains(&member.name)
        };
        let of_member = round.replies.iter().filter(|reply| reply.name == member.name);
        let reply = of_member.filter(|reply| scope.counts(reply.date)).min_by_key(|reply| reply.date);
        let shown = reply.map(|reply| reply.date.map_or_else(|| Cell::words("已回复"), Cell::Date));
        if !asked {
            return shown.unwrap_or(Cell::Dash);
        }
        self.asked += 1;
        match (reply, round.due) {
            (Some(reply), Some(due)) if reply.date.is_some_and(|date| date > due) => self.late += 1,
            (Some(_), _) => self.in_time += 1,
            (None, Some(due)) if !scope.counts(Some(due)) => return Cell::words("未到期"),
            (None, _) => self.missing += 1,
        }
        shown.unwrap_or_else(|| Cell::words("未回复"))
    }
}
