//! `baosong workday`: the nth working day after or before a day, what a day is, how many lie between two.

use super::complaint::no_day;
use super::{Outcome, Ui};
use crate::calendar::{Calendar, Count, DaysOff, MakeUp};
use crate::check::Law;
use crate::model::scalar::Date;
use crate::report::unknown_year;
use crate::rulebook::Rulebook;
use crate::workspace::{Workspace, containing};
use chrono::NaiveDate;
use clap::ArgMatches;
use serde_json::{Value, json};
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
        return ui.refuse("workday.malformed", json!({ "text": to, "reason": no_day(ui.locale, to) }));
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
        let (work, name) = self.told();
        self.end(self.date, json!({ "date": iso(self.date), "workday": work, "name": name }));
    }

    /// Says what the day is: whether it is worked, and the festival.
    fn told(&self) -> (bool, Option<String>) {
        let day = self.calendar.day(self.date);
        let name = self.calendar.days_off(self.date).map_or(day.name.map(str::to_owned), |off| off.name);
        let facts = json!({ "day": iso(self.date), "weekday": self.weekday(self.date), "work": day.work, "name": name });
        self.ui.say("workday.day", facts);
        (day.work, name)
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
        if n == 0 {
            // It is no count: what the day itself is.
            self.told();
        } else {
            self.ui.say("workday.reached", facts);
        }
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
        let off = |off: &DaysOff| json!({ "first": iso(off.first), "last": iso(off.last), "name": off.name });
        let worked =
            |day: &MakeUp| json!({ "date": iso(day.date), "name": day.name, "ordinal": day.ordinal });
        let answer = json!({
            "from": iso(self.date),
            "workdays": if back { -i64::from(n) } else { i64::from(n) },
            "date": iso(count.date),
            "days_off": count.skipped.iter().map(off).collect::<Vec<_>>(),
            "make_up": count.make_up.iter().map(worked).collect::<Vec<_>>(),
        });
        self.end(count.date, answer);
    }

    fn between(&self, to: NaiveDate) {
        let (first, last) = (self.date.min(to), self.date.max(to));
        let n = self.calendar.workdays_between(first, last);
        let facts = json!({
            "from": iso(first),
            "weekday": self.weekday(first),
            "day": iso(last),
            "day_weekday": self.weekday(last),
            "n": n,
        });
        self.ui.say("workday.between", facts);
        self.end(to, json!({ "from": iso(first), "to": iso(last), "workdays": n }));
    }

    /// Says when a year on the way is not known, or gives the answer for programs.
    fn end(&self, to: NaiveDate, mut answer: Value) {
        let unknown = unknown_year(self.calendar, self.date, to);
        if let Some(year) = unknown {
            self.ui.say("workday.provisional", json!({ "year": year }));
        }
        if self.ui.json() {
            answer["provisional_year"] = json!(unknown);
            self.ui.answer(&answer);
        }
    }

    fn weekday(&self, date: NaiveDate) -> &'static str {
        self.ui.locale.weekday(date)
    }
}

fn iso(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}
