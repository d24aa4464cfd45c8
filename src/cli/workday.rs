//! `baosong workday`: the nth working day after or before a day, what a day is, how many lie between two.

use super::complaint::no_day;
use super::{Outcome, Ui};
use crate::calendar::{Calendar, Count};
use crate::check::Law;
use crate::model::scalar::Date;
use crate::report::unknown_year;
use crate::rulebook::Rulebook;
use crate::workspace::{Workspace, containing};
use chrono::NaiveDate;
use clap::ArgMatches;
use serde_json::json;
use std::path::Path;

/// A count of more days than this is a slip.
const MOST: u32 = 10_000;

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let Some(date) = matches.get_one::<Date>("date").map(|date| date.naive()) else {
        return Outcome::Failure;
    };
    let workspace = containing(Path::new(".")).map(|root| Workspace::read(&root));
    let calendar = workspace.map_or_else(Calendar::built_in, |it| Law::of(&it, rulebook).calendar);
    let desk = Desk { ui, calendar: &calendar, date };
    let Some(to) = matches.get_one::<String>("to") else {
        desk.day();
        return Outcome::Fine;
    };
    let number = |digits: &str| digits.parse::<u32>().ok().filter(|n| *n <= MOST);
    if let Some(n) = to.strip_prefix(['+', '＋']).and_then(number) {
        desk.reached(n, &calendar.add_workdays(date, n), false);
    } else if let Some(n) = to.strip_prefix(['-', '－']).and_then(number) {
        desk.reached(n, &calendar.subtract_workdays(date, n), true);
    } else if let Ok(to) = to.parse::<Date>() {
        desk.between(to.naive());
    } else {
        let facts = json!({ "text": to, "reason": no_day(ui.locale, to) });
        ui.complain(&format!("{}\n", ui.locale.say("workday.malformed", facts)));
        return Outcome::Failure;
    }
    Outcome::Fine
}

/// A question about one day.
struct Desk<'a> {
    ui: &'a Ui,
    calendar: &'a Calendar,
    date: NaiveDate,
}

impl Desk<'_> {
    fn day(&self) {
        let day = self.calendar.day(self.date);
        let name = self.calendar.days_off(self.date).map_or(day.name.map(str::to_owned), |off| off.name);
        let facts = json!({ "day": iso(self.date), "weekday": self.weekday(self.date), "work": day.work, "name": name });
        self.ui.say("workday.day", facts);
        self.warn(self.date);
    }

    fn reached(&self, n: u32, count: &Count, back: bool) {
        let facts = json!({
            "from": iso(self.date),
            "weekday": self.weekday(self.date),
            "back": back,
            "n": n,
            "day": iso(count.date),
            "day_weekday": self.weekday(count.date),
            "make_up": count.make_up.iter().any(|it| it.date == count.date),
        });
        self.ui.say("workday.reached", facts);
        let locale = self.ui.locale;
        for off in &count.skipped {
            let Some(name) = &off.name else { continue };
            let days = locale.days(off.first, off.last, Some(self.date));
            self.ui.say("workday.off", json!({ "days": days, "name": name }));
        }
        for worked in &count.make_up {
            let day = locale.day(worked.date, Some(self.date));
            let weekday = self.weekday(worked.date);
            let facts = json!({ "day": day, "weekday": weekday, "name": worked.name, "n": worked.ordinal });
            self.ui.say("workday.make-up", facts);
        }
        self.warn(count.date);
    }

    fn between(&self, to: NaiveDate) {
        let (first, last) = (self.date.min(to), self.date.max(to));
        let facts = json!({
            "from": iso(first),
            "weekday": self.weekday(first),
            "day": iso(last),
            "day_weekday": self.weekday(last),
            "n": self.calendar.workdays_between(first, last),
        });
        self.ui.say("workday.between", facts);
        self.warn(to);
    }

    /// Says when a year on the way is not known.
    fn warn(&self, to: NaiveDate) {
        if let Some(year) = unknown_year(self.calendar, self.date, to) {
            self.ui.say("workday.provisional", json!({ "year": year }));
        }
    }

    fn weekday(&self, date: NaiveDate) -> &'static str {
        self.ui.locale.weekday(date)
    }
}

fn iso(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}
