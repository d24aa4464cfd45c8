//! The computed tables with all their rows: those of `derive`, and 报送期限, which needs to know what is owed.

use super::past::state_on;
use super::standing::State;
use super::{Context, Item, Owed, owed};
use crate::derive::due::Applies;
use crate::derive::tables::{Cell, Scope, Table, counts};
use crate::model::DerivedTable;
use crate::model::scalar::{Date, DateRange};

/// The table of that name for `year`; what is dated after `until` is not in it.
pub fn table(context: &Context<'_>, name: DerivedTable, year: u16, until: Option<Date>) -> Table {
    let scope = Scope {
        workspace: context.workspace,
        terms: context.terms(),
        calendar: context.calendar,
        year,
        until,
    };
    let mut table = scope.table(name);
    if name == DerivedTable::Deadlines {
        table.rows = deadline_rows(context, year, until);
    }
    table
}

/// The rows of 报送期限: paper, year or activity, due date, last working day up to it, day of sending, state.
pub fn deadline_rows(context: &Context<'_>, year: u16, until: Option<Date>) -> Vec<Vec<Cell>> {
    let mut owed: Vec<Owed> =
        owed(context).into_iter().filter(|owed| year_of(context, owed) == Some(i32::from(year))).collect();
    owed.sort_by_key(|owed| owed.obligation.due);
    owed.iter().map(|owed| row(context, owed, until)).collect()
}

fn row(context: &Context<'_>, owed: &Owed, until: Option<Date>) -> Vec<Cell> {
    let day = until.unwrap_or_else(|| Date::from(chrono::NaiveDate::MAX));
    let obligation = &owed.obligation.clone().as_of(day.naive());
    let applies = obligation.applies == Applies::Yes;
    let sent = owed.sent.filter(|day| counts(Some(*day), until));
    let answer = match state_on(&owed.dispatches, day) {
        State::Received => "，已收",
        State::Returned => "，退回补正",
        _ => "",
    };
    let state = match sent {
        _ if obligation.cancelled_on().is_some() => "活动取消".to_owned(),
        _ if !applies => "不适用".to_owned(),
        None => "未报".to_owned(),
        Some(sent) => match obligation.days_late(sent.naive()) {
            0 => format!("按期报送{answer}"),
            days => format!("逾期{days}天报送{answer}"),
        },
    };
    let due = |day| if applies { Cell::Date(Date::from(day)) } else { Cell::Dash };
    vec![
        Cell::words(word(owed.item)),
        Cell::words(of(context, owed)),
        due(obligation.due),
        due(obligation.last_workday),
        sent.into(),
        Cell::words(state),
    ]
}

fn word(item: Item) -> &'static str {
    match item {
        Item::Plan => "年度工作计划",
        Item::Summary => "年度工作总结报告",
        Item::Report => "活动报告",
        Item::Material => "会议纪要、图片和新闻通稿",
    }
}

/// The activity's name, or the year.
fn of(context: &Context<'_>, owed: &Owed) -> String {
    let activity = context.workspace.activities.iter().find(|activity| activity.file == owed.place.file);
    match owed.item {
        Item::Plan | Item::Summary => owed.of.clone(),
        Item::Report | Item::Material => activity
            .and_then(|activity| activity.model.name.as_ref())
            .map_or_else(|| owed.of.clone(), ToString::to_string),
    }
}

/// The year that a paper is about: an activity's is that of its first day.
fn year_of(context: &Context<'_>, owed: &Owed) -> Option<i32> {
    match owed.item {
        Item::Plan | Item::Summary => owed.of.parse().ok(),
        Item::Report | Item::Material => {
            let activities = &context.workspace.activities;
            let activity = activities.iter().find(|activity| activity.file == owed.place.file);
            activity.and_then(|activity| activity.model.date).map(|date| DateRange::first(date).year())
        }
    }
}
