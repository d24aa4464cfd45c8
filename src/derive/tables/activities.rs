//! 活动一览 and 宣传一览: what the group did in the year, and what was published of it (art. 7(1)(3)).

use super::{Cell, Scope};
use crate::derive::roster::Turnout;
use crate::model::scalar::DateRange;

pub(super) fn rows(scope: &Scope<'_>) -> Vec<Vec<Cell>> {
    let held = scope.workspace.held_in(scope.year).map(|activity| &activity.model);
    let held = held.filter(|activity| scope.counts(activity.date.map(DateRange::first)));
    held.map(|activity| {
        let turnout = Turnout::of(scope.profile(), activity);
        let expected = match activity.expected.len() {
            0 => turnout.map(|turnout| turnout.members),
            listed => u32::try_from(listed).ok(),
        };
        let kinds: Vec<&str> = activity.kinds.iter().map(|kind| kind.word()).collect();
        let hosts: Vec<&str> = activity.hosts.iter().map(|host| &**host).collect();
        let number = |number: Option<u32>| number.map_or(Cell::Empty, Cell::Number);
        vec![
            Cell::words(&*activity.id),
            activity.date.map_or(Cell::Empty, Cell::Days),
            Cell::text(activity.name.as_ref()),
            Cell::words(kinds.join("、")),
            Cell::words(activity.mode.word()),
            Cell::text(activity.place.as_ref()),
            Cell::words(if hosts.is_empty() { "本组".to_owned() } else { hosts.join("、") }),
            number(expected),
            number(turnout.map(|turnout| turnout.in_room + turnout.online)),
        ]
    })
    .collect()
}

pub(super) fn publicity(scope: &Scope<'_>) -> Vec<Vec<Cell>> {
    let published = scope.records().published_by(scope.until).counted;
    published
        .into_iter()
        .map(|entry| {
            vec![
                entry.item.date.into(),
                Cell::text(entry.item.medium.as_ref()),
                Cell::words(&*entry.item.title),
                entry.activity.map_or(Cell::Empty, |activity| Cell::words(&*activity.model.id)),
            ]
        })
        .collect()
}
