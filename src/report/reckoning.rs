//! How a due date came about, in words: the reckoning goes in, a phrase for people who know the almanac comes out.
//! Plain weekends need no words; days of a year without notice are never told as certain.

use super::Locale;
use crate::calendar::{Calendar, Count};
use crate::check::{Paper, Standing};
use crate::derive::due::{Computed, Obligation};
use crate::model::scalar::Date;
use chrono::{Datelike, NaiveDate};
use serde_json::json;

/// How the due date of a paper came about.
pub fn reckoning(locale: &Locale, calendar: &Calendar, standing: &Standing) -> String {
    let Some(obligation) = &standing.obligation else {
        let since = standing.since.map(Date::naive);
        return match standing.due {
            Some(due) => locale.say("reckon.set", json!({ "basis": null })) + &day_off(locale, calendar, due),
            None => locale.say("reckon.prompt", json!({ "day": since.map(|day| locale.day(day, None)) })),
        };
    };
    let due = obligation.due;
    let mut text = match &obligation.computed {
        Computed::Set => locale.say("reckon.set", json!({ "basis": standing.basis })),
        Computed::Yearly => yearly(locale, standing, obligation),
        Computed::Before { start, days } => {
            locale.say("reckon.before", json!({ "day": locale.day(*start, None), "n": days }))
        }
        Computed::After { end, workdays, count: found } => {
            return count(locale, calendar, *end, *workdays, found);
        }
    };
    if let Some(from) = obligation.moved_from {
        let facts = json!({ "day": locale.day(from, Some(due)), "weekday": locale.weekday(from) });
        text += &locale.say("reckon.moved", facts);
    }
    text += &day_off(locale, calendar, due);
    match unknown_year(calendar, due, due).filter(|_| obligation.provisional) {
        Some(year) => text + &locale.say("reckon.provisional", json!({ "year": year })),
        None => text,
    }
}

fn yearly(locale: &Locale, standing: &Standing, obligation: &Obligation) -> String {
    let day = obligation.moved_from.unwrap_or(obligation.due);
    let article = match standing.paper {
        Paper::Dated(item) => locale.word(&format!("{}.article", item.name())),
        Paper::Opened(_) | Paper::Year => String::new(),
    };
    locale.say("reckon.yearly", json!({ "day": locale.day(day, Some(day)), "article": article }))
}

/// Of a due date on a day off, the last working day before it.
fn day_off(locale: &Locale, calendar: &Calendar, due: NaiveDate) -> String {
    let before = calendar.workday_on_or_before(due);
    if before == due {
        return String::new();
    }
    let facts = json!({
        "weekday": locale.weekday(due),
        "name": calendar.days_off(due).and_then(|off| off.name),
        "day": locale.day(before, Some(due)),
        "provisional": !calendar.knows(before, due),
    });
    locale.say("reckon.day-off", facts)
}

/// A count of working days from `end` on.
pub fn count(locale: &Locale, calendar: &Calendar, end: NaiveDate, n: u32, found: &Count) -> String {
    let same = |date: NaiveDate| locale.day(date, Some(end));
    let mut text =
        locale.say("reckon.after", json!({ "day": locale.day(end, None), "weekday": locale.weekday(end) }));
    let mut parts: Vec<(NaiveDate, String)> = Vec::new();
    for off in found.skipped.iter().filter(|it| it.name.is_some()) {
        let days = locale.days(off.first, off.last, Some(end));
        parts.push((off.first, locale.say("reckon.off", json!({ "days": days }))));
    }
    for worked in found.make_up.iter().filter(|it| it.date != found.date) {
        let facts = json!({ "day": same(worked.date), "weekday": locale.weekday(worked.date) });
        parts.push((worked.date, locale.say("reckon.make-up", facts)));
    }
    parts.sort();
    text.extend(parts.into_iter().map(|(_, part)| part));
    let facts = json!({
        "day": same(found.date),
        "weekday": locale.weekday(found.date),
        "make_up": found.make_up.iter().any(|it| it.date == found.date),
        "n": n,
    });
    text += &locale.say("reckon.nth", facts);
    match unknown_year(calendar, end, found.date).filter(|_| found.provisional) {
        Some(year) => text + &locale.say("reckon.provisional", json!({ "year": year })),
        None => text,
    }
}

/// The first year of these days whose notice is not known.
pub fn unknown_year(calendar: &Calendar, first: NaiveDate, last: NaiveDate) -> Option<i32> {
    let years = first.year().min(last.year())..=first.year().max(last.year());
    years.into_iter().find(|year| {
        let day = NaiveDate::from_ymd_opt(*year, 1, 1);
        day.is_some_and(|day| !calendar.knows(day, day))
    })
}
