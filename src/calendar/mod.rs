//! The official working-day calendar: dates in, working days, counts and their explanation out.
//!
//! Built in are the holiday notices of the State Council for 2016–2026 (`calendar/README.md`); the notice of a further
//! year may be added. A year without notice is counted by plain weekends and every answer that touches it says so.

mod count;
mod table;

pub use count::{Count, DaysOff, MakeUp};

use chrono::{Datelike, NaiveDate, Weekday};
use std::collections::{BTreeMap, BTreeSet};

const BUILT_IN: &str = include_str!("../../calendar/workdays.tsv");

/// Which days are worked.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Calendar {
    /// Only the days that differ from the plain week.
    exceptions: BTreeMap<NaiveDate, Exception>,
    /// The years that a notice is known for.
    years: BTreeSet<i32>,
}

/// A day on which the notices depart from the plain week.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Exception {
    work: bool,
    name: String,
}

/// A day that a notice names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// The day.
    pub date: NaiveDate,
    /// Whether it is worked.
    pub work: bool,
    /// The festival.
    pub name: String,
}

/// Whether a notice speaks of all festivals of its year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whole {
    /// It does: the year is known.
    Yes,
    /// It does not.
    No,
}

/// One day, as the calendar has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day<'c> {
    /// Whether it is worked.
    pub work: bool,
    /// The festival for which it is off, or worked in exchange; none on days of the plain week, weekends included.
    pub name: Option<&'c str>,
    /// Whether a holiday notice is known for its year; if not, `work` is only the plain week.
    pub listed: bool,
}

impl Calendar {
    /// The calendar inside the executable.
    pub fn built_in() -> Self {
        let mut calendar = Self::default();
        for (date, exception) in table::lines(BUILT_IN).flatten() {
            calendar.years.insert(date.year());
            calendar.exceptions.insert(date, exception);
        }
        calendar
    }

    /// Puts the notice of `year` in the place of whatever is known of that year. Its days may reach into the years
    /// beside it; a notice that is not `whole` leaves its year as uncertain as it was.
    pub fn announce(&mut self, year: i32, whole: Whole, days: impl IntoIterator<Item = Announced>) {
        self.exceptions.retain(|date, _| date.year() != year);
        match whole {
            Whole::Yes => self.years.insert(year),
            Whole::No => self.years.remove(&year),
        };
        for Announced { date, work, name } in days {
            // A day that the plain week has the same way needs no exception.
            if work == is_weekend(date) {
                self.exceptions.insert(date, Exception { work, name });
            } else {
                self.exceptions.remove(&date);
            }
        }
    }

    /// What the calendar says of `date`.
    pub fn day(&self, date: NaiveDate) -> Day<'_> {
        let exception = self.exceptions.get(&date);
        Day {
            work: exception.map_or(!is_weekend(date), |it| it.work),
            name: exception.map(|it| it.name.as_str()),
            listed: self.years.contains(&date.year()),
        }
    }

    /// The last working day that is not after `date`.
    pub fn workday_on_or_before(&self, date: NaiveDate) -> NaiveDate {
        self.workday(date, NaiveDate::pred_opt)
    }

    /// The first working day that is not before `date`.
    pub fn workday_on_or_after(&self, date: NaiveDate) -> NaiveDate {
        self.workday(date, NaiveDate::succ_opt)
    }

    /// The first working day from `day` on, in steps of `next`; the last there is where none comes.
    fn workday(&self, mut day: NaiveDate, next: fn(&NaiveDate) -> Option<NaiveDate>) -> NaiveDate {
        while !self.day(day).work {
            let Some(other) = next(&day) else { return day };
            day = other;
        }
        day
    }

    /// Whether the notice of `year` is known.
    pub fn knows_year(&self, year: i32) -> bool {
        self.years.contains(&year)
    }

    /// Whether every day from `first` to `last` lies in a year whose notice is known.
    pub fn knows(&self, first: NaiveDate, last: NaiveDate) -> bool {
        (first.year()..=last.year()).all(|year| self.knows_year(year))
    }
}

/// Whether the plain week has `date` off.
pub fn is_weekend(date: NaiveDate) -> bool {
    matches!(date.weekday(), Weekday::Sat | Weekday::Sun)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    pub(super) fn date(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
    }

    #[test]
    fn every_built_in_line_is_read_and_departs_from_the_week() {
        for line in table::lines(BUILT_IN) {
            let (date, exception) = line.unwrap();
            assert_eq!(exception.work, is_weekend(date), "{date}");
        }
        let calendar = Calendar::built_in();
        assert_eq!(calendar.exceptions.len(), 267);
        assert_eq!(calendar.years, (2016..=2026).collect());
    }

    #[test]
    fn working_days_of_a_year_are_those_of_the_notices() {
        let calendar = Calendar::built_in();
        for (year, days) in [(2024, 251), (2025, 248), (2026, 248)] {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let worked = first
                .iter_days()
                .take_while(|it| it.year() == year)
                .filter(|it| calendar.day(*it).work)
                .count();
            assert_eq!(worked, days, "{year}");
        }
    }

    #[test]
    fn a_day_says_what_it_is() {
        let calendar = Calendar::built_in();
        let day = |text| calendar.day(date(text));
        assert_eq!(day("2026-10-01"), Day { work: false, name: Some("国庆节"), listed: true });
        assert_eq!(day("2026-10-03"), Day { work: false, name: None, listed: true });
        assert_eq!(day("2026-10-10"), Day { work: true, name: Some("国庆节"), listed: true });
        assert_eq!(day("2027-10-01"), Day { work: true, name: None, listed: false });
    }

    #[test]
    fn a_notice_takes_the_place_of_its_year() {
        let announced = |text, work| Announced { date: date(text), work, name: "春节".to_owned() };
        let mut calendar = Calendar::built_in();
        let days = [
            announced("2027-02-05", false),
            announced("2027-02-06", false),
            announced("2027-02-20", true),
            announced("2026-12-31", false),
        ];
        calendar.announce(2027, Whole::Yes, days.clone());
        assert!(!calendar.day(date("2027-02-05")).work && calendar.day(date("2027-02-20")).work);
        assert_eq!(calendar.day(date("2027-02-06")), Day { work: false, name: None, listed: true });
        assert!(calendar.day(date("2027-05-06")).listed && !calendar.day(date("2026-12-31")).work);
        assert!(calendar.day(date("2026-10-10")).work && calendar.day(date("2026-10-10")).listed);
        calendar.announce(2026, Whole::No, [announced("2026-10-10", false)]);
        assert!(!calendar.day(date("2026-10-10")).work && calendar.day(date("2026-10-01")).work);
        assert!(!calendar.knows(date("2025-12-31"), date("2026-01-01")));
        assert!(calendar.knows(date("2024-12-31"), date("2025-01-01")));
    }

    #[test]
    fn nearest_working_days() {
        let calendar = Calendar::built_in();
        assert_eq!(calendar.workday_on_or_before(date("2026-10-07")), date("2026-09-30"));
        assert_eq!(calendar.workday_on_or_before(date("2026-10-10")), date("2026-10-10"));
        assert_eq!(calendar.workday_on_or_after(date("2026-10-01")), date("2026-10-08"));
    }
}
