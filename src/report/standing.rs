//! What is due, as a table for people and as JSON for programs: papers with their standing go in.

use super::{Locale, reckoning};
use crate::calendar::Calendar;
use crate::check::{Paper, Standing, State};
use crate::derive::due::Computed;
use crate::model::scalar::Date;
use anstyle::{AnsiColor, Style};
use chrono::{Days, NaiveDate};
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

/// So many working days before its due date a paper is shown as urgent.
const URGENT: usize = 3;

/// A table for a terminal or a file.
pub struct StatusTable<'a> {
    /// The words.
    pub locale: &'static Locale,
    /// The working days.
    pub calendar: &'a Calendar,
    /// Colours for a terminal.
    pub colour: bool,
}

impl StatusTable<'_> {
    /// One line a paper, and below an open one how its date came about; columns stand below one another.
    pub fn text(&self, all: &[Standing]) -> String {
        let indent = all.iter().map(|one| one.id.width()).max().unwrap_or(0) + 2;
        let below = |one: &Standing| {
            let open = one.state.is_open();
            let line = || format!("{:indent$}{}\n", "", reckoning(self.locale, self.calendar, one));
            if open { line() } else { String::new() }
        };
        self.lines(all).into_iter().zip(all).map(|(line, one)| line + &below(one)).collect()
    }

    /// One line a paper.
    pub fn lines(&self, all: &[Standing]) -> Vec<String> {
        let rows: Vec<[String; 5]> = all.iter().map(|one| row(self.locale, self.calendar, one)).collect();
        let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or(0);
        let widths = [0, 1, 2, 3].map(width);
        let padded = |text: &str, column: usize| {
            format!("{text}{:1$}", "", widths[column].saturating_sub(text.width()))
        };
        let mut lines = Vec::new();
        for (one, [id, due, left, state, name]) in all.iter().zip(&rows) {
            let style = if self.colour { style(one) } else { Style::new() };
            let (id, due, left, state) = (padded(id, 0), padded(due, 1), padded(left, 2), padded(state, 3));
            lines.push(format!("{id}  {due}  {style}{left}  {state}{style:#}  {name}\n"));
        }
        lines
    }
}

fn row(locale: &Locale, calendar: &Calendar, one: &Standing) -> [String; 5] {
    let due = one.due.map_or_else(
        || locale.word(if one.paper == Paper::Year { "status.no-due" } else { "status.prompt" }),
        |due| {
            let mark = if is_provisional(one) { locale.word("status.provisional") } else { String::new() };
            format!("{} {}{mark}", due.format("%Y-%m-%d"), locale.weekday(due))
        },
    );
    let left = match (one.state, one.workdays_left, one.sent) {
        (State::Open, Some(_), _) if one.days_left == Some(0) => locale.word("status.today"),
        (State::Open, Some(n), _) => {
            let today =
                one.due.zip(one.days_left).and_then(|(due, left)| due.checked_sub_days(Days::new(left)));
            let last = today.is_some_and(|today| calendar.day(today).work);
            locale.say("status.left", json!({ "n": n, "estimated": one.estimated, "last": last }))
        }
        (State::Open, None, _) if one.due.is_some() => {
            locale.say("status.overdue", json!({ "n": one.days_late }))
        }
        (_, _, Some(sent)) => {
            // A month and a day will do in the same year.
            let short = |paper: Date| {
                let form = if paper.year() == sent.year() { "%m-%d" } else { "%Y-%m-%d" };
                paper.naive().format(form).to_string()
            };
            let paper = one.paper_sent.map(short);
            locale.say("status.sent", json!({ "day": sent.iso(), "paper": paper }))
        }
        _ => String::new(),
    };
    [one.id.clone(), due, left, state(locale, one), name(locale, one)]
}

/// The standing in words: `已报（迟 2 天）`.
pub fn state(locale: &Locale, one: &Standing) -> String {
    let word = locale.word(one.state.name());
    let facts =
        json!({ "state": word, "n": one.days_late, "reason": one.reason, "day": naive(cancelled(one)) });
    let template = match one.state {
        State::Open if !one.written => "status.unwritten",
        State::Sent | State::Received if one.days_late > 0 => "status.late",
        State::Sent if one.due.is_some() => "status.on-time",
        State::Returned => "status.returned",
        State::NotApplicable if cancelled(one).is_some() => "status.cancelled",
        _ => return word,
    };
    locale.say(template, facts)
}

/// The paper in words: `活动报告：第二次全体会议`.
pub fn name(locale: &Locale, one: &Standing) -> String {
    let (item, name) = match one.paper {
        Paper::Dated(item) => (locale.word(item.name()), one.name.as_deref()),
        Paper::Opened(kind) => (kind.word().to_owned(), Some(one.of.as_str())),
        Paper::Year => (locale.word("item.year"), None),
    };
    match name {
        Some(name) => locale.say("status.named", json!({ "item": item, "name": name })),
        None => locale.say("status.of", json!({ "item": item, "of": one.of })),
    }
}

/// One object a paper.
pub fn json(locale: &Locale, calendar: &Calendar, group: &str, one: &Standing) -> Value {
    let iso = |date: Option<Date>| date.map(Date::iso);
    let item = match one.paper {
        Paper::Dated(item) => locale.word(item.name()),
        Paper::Opened(kind) => kind.word().to_owned(),
        Paper::Year => locale.word("item.year"),
    };
    json!({
        "group": group,
        "id": one.id,
        "item": item,
        "title": one.name.as_deref().unwrap_or(&one.of),
        "due": naive(one.due),
        "last_workday": naive(one.due.map(|due| calendar.workday_on_or_before(due))),
        "days_left": one.days_left,
        "workdays_left": one.workdays_left,
        "workdays_left_provisional": one.estimated,
        "state": one.state.name().trim_start_matches("state."),
        "cancelled": naive(cancelled(one)),
        "days_late": one.days_late,
        "since": iso(one.since),
        "sent": iso(one.sent),
        "paper_sent": iso(one.paper_sent),
        "received": iso(one.received),
        "returned_for": one.reason,
        "written": one.written,
        "computed": reckoning(locale, calendar, one),
        "provisional": is_provisional(one),
        "place": one.place.as_ref().map(|place| format!("{}:{}", place.file, place.line)),
    })
}

/// The day on which the activity of a paper that is not owed for that was called off.
fn cancelled(one: &Standing) -> Option<NaiveDate> {
    one.obligation.as_ref()?.cancelled_on()
}

fn naive(date: Option<NaiveDate>) -> Option<String> {
    date.map(|date| date.format("%Y-%m-%d").to_string())
}

/// Whether the due date itself may still move.
fn is_provisional(one: &Standing) -> bool {
    let set = |it: &crate::derive::due::Obligation| it.computed == Computed::Set;
    one.obligation.as_ref().is_some_and(|it| it.provisional && !set(it))
}

fn style(one: &Standing) -> Style {
    let colour = match (one.state, one.workdays_left) {
        (State::Open, None) if one.due.is_some() => AnsiColor::Red,
        (State::Returned, _) => AnsiColor::Red,
        (State::Open, Some(left)) if left <= URGENT => AnsiColor::Yellow,
        (State::Open | State::NotApplicable, _) => return Style::new(),
        (State::Sent | State::Received, _) => AnsiColor::Green,
    };
    Style::new().fg_color(Some(colour.into()))
}
