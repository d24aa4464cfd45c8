//! The days of an activity: one date or two in, first and last day out; a range that runs backwards is refused.

use super::scan::{Scan, compact};
use super::times::Times;
use super::{Date, ScalarError};
use std::fmt;
use std::str::FromStr;

/// One day or several in a row. It displays without repeating year or month: `2017年9月21日至22日`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DateRange {
    first: Date,
    last: Date,
}

super::scalar!(DateRange);

impl DateRange {
    /// The days from `first` to `last`, both included; none when `last` is earlier.
    pub fn new(first: Date, last: Date) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// The last day.
    pub fn last(self) -> Date {
        self.last
    }

    /// With the time of day at which the first begins: `2017年9月21日上午9:00至22日`. Hours from one to another are
    /// those of every day and follow the last.
    pub fn from_time(self, time: &str) -> String {
        let is_span = time.contains(['—', '–', '-', '~', '～', '－', '至', '到', '每', '、', '，']);
        let (inner, after) = if is_span { ("", time) } else { (time, "") };
        let Self { first, last } = self;
        let until = if first == last {
            String::new()
        } else if first.year() != last.year() {
            format!("至{last}")
        } else if first.month() != last.month() {
            format!("至{}月{}日", last.month(), last.day())
        } else {
            format!("至{}日", last.day())
        };
        format!("{first}{inner}{until}{after}")
    }

    /// Whether `date` is one of its days.
    pub fn contains(self, date: Date) -> bool {
        (self.first..=self.last).contains(&date)
    }
}

impl From<Date> for DateRange {
    fn from(date: Date) -> Self {
        Self { first: date, last: date }
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.from_time(""))
    }
}

impl FromStr for DateRange {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        compact(text).and_then(|it| parse(&it)).ok_or(ScalarError { rule: "model/bad-range" })
    }
}

fn parse(text: &str) -> Option<DateRange> {
    let mut scan = Scan::new(text);
    let (first, last) = Times::read(&mut scan).filter(|_| scan.done())?.written_days()?;
    DateRange::new(first, last)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use chrono::{Days, NaiveDate};
    use proptest::prelude::*;

    #[test]
    fn ranges_are_read_and_shortened() {
        for (text, shown) in [
            ("2017-04-19", "2017年4月19日"),
            ("2017-09-21 至 2017-09-22", "2017年9月21日至22日"),
            ("2017年9月21日至22日", "2017年9月21日至22日"),
            ("2017-09-21—2017-09-22", "2017年9月21日至22日"),
            ("2017年9月28日到10月2日", "2017年9月28日至10月2日"),
            ("2017-12-31 - 2018-01-01", "2017年12月31日至2018年1月1日"),
        ] {
            assert_eq!(text.parse::<DateRange>().unwrap().to_string(), shown, "{text}");
        }
    }

    #[test]
    fn the_hour_stands_with_the_day_it_belongs_to() {
        for (days, time, shown) in [
            ("2026-07-15", "上午9:00", "2026年7月15日上午9:00"),
            ("2026-07-15 至 2026-07-16", "上午9:00", "2026年7月15日上午9:00至16日"),
            ("2026-07-15 至 2026-07-16", "9:00—17:00", "2026年7月15日至16日9:00—17:00"),
            ("2026-07-31 至 2026-08-01", "每天上午", "2026年7月31日至8月1日每天上午"),
            ("2026-07-31 至 2026-08-01", "下午2:30", "2026年7月31日下午2:30至8月1日"),
        ] {
            assert_eq!(days.parse::<DateRange>().unwrap().from_time(time), shown);
        }
    }

    #[test]
    fn what_is_no_range_of_days_is_refused() {
        for text in [
            "2017-09-22 至 2017-09-21",
            "2017年9月",
            "9月21日",
            "2017-09-21 至",
            "2017-09-21 2017-09-22",
            "长期",
        ] {
            assert_eq!(text.parse::<DateRange>().unwrap_err().rule, "model/bad-range", "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_range_survives_its_form(start in 0u64..50_000, length in 0u64..800) {
            let first = NaiveDate::from_ymd_opt(1949, 10, 1).unwrap() + Days::new(start);
            let range = DateRange::new(first.into(), (first + Days::new(length)).into()).unwrap();
            prop_assert_eq!(range.to_string().parse(), Ok(range));
        }
    }
}
