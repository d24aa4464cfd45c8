//! 成员出勤 (art. 7(2)): each member at each activity of the year whose attendance is written, and the sums.

use super::{Cell, Column, Expanded, Scope, own_column};
use crate::derive::roster::Turnout;
use crate::model::scalar::{Date, DateRange};
use crate::model::{Activity, Attendance, Member};

/// How a member stood to an activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Present,
    Online,
    Proxy,
    Excused,
    Absent,
    /// Was expected, and nothing is written.
    Unknown,
    /// Was not expected.
    NotAsked,
    /// Did not belong to the group.
    NoMember,
}

pub(super) fn rows(scope: &Scope<'_>) -> Expanded {
    let held: Vec<&Activity> = scope
        .workspace
        .held_in(scope.year)
        .map(|activity| &activity.model)
        .filter(|activity| activity.attendance.is_some())
        .filter(|activity| scope.counts(activity.date.map(DateRange::first)))
        .collect();
    let rows = scope.members().into_iter().filter(|_| !held.is_empty()).map(|member| {
        let states: Vec<State> = held.iter().map(|activity| state(scope, activity, member)).collect();
        let mut row = vec![Cell::words(&*member.name)];
        row.extend(states.iter().map(|state| shown(*state)));
        row.extend(sums(scope, &states));
        row
    });
    (columns(&held), rows.collect(), 0)
}

/// A column an activity, under its day; two that begin on one day have their numbers too.
fn columns(held: &[&Activity]) -> Vec<Column> {
    let first_day = |activity: &Activity| activity.date.map(DateRange::first);
    let column = |(index, activity): (usize, &&Activity)| {
        let day = first_day(activity);
        let several = held.iter().filter(|other| first_day(other) == day).count() > 1;
        let zh = day.map(|day| format!("{}月{}日", day.month(), day.day())).unwrap_or_default();
        let en = day.map(Date::iso).unwrap_or_default();
        let (zh, en) = if several {
            (format!("{zh}（{}）", &*activity.id), format!("{en} ({})", &*activity.id))
        } else {
            (zh, en)
        };
        let unique = held.iter().filter(|other| other.id == activity.id).count() == 1;
        let id = if unique && !activity.id.is_empty() {
            activity.id.to_string()
        } else {
            format!("activity-{}", index + 1)
        };
        own_column(id, zh, Some(en))
    };
    held.iter().enumerate().map(column).collect()
}

fn state(scope: &Scope<'_>, activity: &Activity, member: &Member) -> State {
    if !scope.serves(member, activity.date.map(DateRange::first)) {
        return State::NoMember;
    }
    let written = activity.attendance.as_ref().and_then(|attendance| listed(attendance, member));
    let expected = activity.expected.is_empty() || activity.expected.contains(&member.name);
    written.unwrap_or(if expected { State::Unknown } else { State::NotAsked })
}

fn listed(attendance: &Attendance, member: &Member) -> Option<State> {
    let name = &member.name;
    if attendance.present.contains(name) {
        Some(State::Present)
    } else if attendance.online.contains(name) {
        Some(State::Online)
    } else if attendance.proxies.iter().any(|proxy| proxy.member == *name) {
        Some(State::Proxy)
    } else if attendance.excused.iter().any(|excused| excused.name == *name) {
        Some(State::Excused)
    } else {
        attendance.absent.contains(name).then_some(State::Absent)
    }
}

fn shown(state: State) -> Cell {
    match state {
        State::Present => Cell::words("出席"),
        State::Online => Cell::words("线上出席"),
        State::Proxy => Cell::words("委托代表"),
        State::Excused => Cell::words("请假"),
        State::Absent => Cell::words("无故缺席"),
        State::Unknown => Cell::words("未记"),
        State::NotAsked => Cell::Empty,
        State::NoMember => Cell::Dash,
    }
}

/// 应到, 出席, 线上, 委托, 请假, 无故缺席, and the rate as the switches of article 14 read presence.
fn sums(scope: &Scope<'_>, states: &[State]) -> Vec<Cell> {
    let count = |wanted: State| {
        u32::try_from(states.iter().filter(|state| **state == wanted).count()).unwrap_or(u32::MAX)
    };
    let turnout = Turnout {
        members: 0,
        in_room: count(State::Present),
        online: count(State::Online),
        proxies: count(State::Proxy),
        excused: count(State::Excused),
        absent: count(State::Absent),
    };
    let Turnout { in_room, online, proxies, excused, absent, .. } = turnout;
    let expected = in_room + online + proxies + excused + absent;
    let mut cells: Vec<Cell> =
        [expected, in_room, online, proxies, excused, absent].into_iter().map(Cell::Number).collect();
    cells.push(Cell::share(turnout.present(scope.terms), expected));
    cells
}
