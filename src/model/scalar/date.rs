//! A day: `2017-04-19` or `2017年4月19日` in, a real date of 1949–2100 out, anything else refused.

use super::ScalarError;
use super::scan::{Scan, compact};
use chrono::{Datelike, NaiveDate, Weekday};
use std::fmt;
use std::str::FromStr;

/// The first and last year that a date may have.
pub(super) const YEARS: std::ops::RangeInclusive<i32> = 1949..=2100;

/// A day of the calendar. It displays as the page has it, `2017年4月19日` (GB/T 9704-2012, 7.3.5.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

super::scalar!(Date, r"^\s*\d{4}\s*(-\s*\d{1,2}\s*-\s*\d{1,2}|年\s*\d{1,2}\s*月\s*\d{1,2}\s*日)\s*$");

impl Date {
    /// That day; none when there is no such day or its year is outside 1949–2100.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).filter(|it| YEARS.contains(&it.year())).map(Self)
    }

    /// As `chrono` has it.
    pub fn naive(self) -> NaiveDate {
        self.0
    }

    /// The year.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, from 1.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, from 1.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// `2017-04-19`.
    pub fn iso(self) -> String {
        self.0.format("%Y-%m-%d").to_string()
    }

    /// `周三`.
    pub fn weekday_zh(self) -> &'static str {
        match self.0.weekday() {
            Weekday::Mon => "周一",
            Weekday::Tue => "周二",
            Weekday::Wed => "周三",
            Weekday::Thu => "周四",
            Weekday::Fri => "周五",
            Weekday::Sat => "周六",
            Weekday::Sun => "周日",
        }
    }
}

impl From<Date> for NaiveDate {
    fn from(date: Date) -> Self {
        date.0
    }
}

/// The years of a [`Date`] bound what people write, not what is reckoned from it: every `chrono` date is taken.
impl From<NaiveDate> for Date {
    fn from(date: NaiveDate) -> Self {
        Self(date)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年{}月{}日", self.year(), self.month(), self.day())
    }
}

impl FromStr for Date {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        compact(text).and_then(|it| parse(&it)).ok_or(ScalarError { rule: "model/bad-date" })
    }
}

/// The common year of which `text` speaks of 29 February, if it does.
pub fn common_year_of_leap_day(text: &str) -> Option<i32> {
    let text = compact(text)?;
    text.char_indices().find_map(|(at, _)| {
        let mut scan = Scan::new(&text[at..]);
        let year = scan.year()?;
        let chinese = scan.take("年");
        let month = if chinese || scan.take("-") { scan.number(2)? } else { return None };
        let day = if scan.take(if chinese { "月" } else { "-" }) { scan.number(2)? } else { return None };
        let leap = NaiveDate::from_ymd_opt(year, 2, 29).is_some();
        ((month, day) == (2, 29) && YEARS.contains(&year) && !leap).then_some(year)
    })
}

/// Whether `text` is written as a day that no calendar has: `2026-02-30`.
pub fn is_no_day(text: &str) -> bool {
    let parts = compact(text).and_then(|text| parts(&text));
    parts.is_some_and(|(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).is_none())
}

fn parse(text: &str) -> Option<Date> {
    let (year, month, day) = parts(text)?;
    Date::new(year, month, day)
}

fn parts(text: &str) -> Option<(i32, u32, u32)> {
    let mut scan = Scan::new(text);
    let year = scan.year()?;
    let chinese = scan.take("年");
    if !chinese && !scan.take("-") {
        return None;
    }
    let month = scan.number(2)?;
    if !scan.take(if chinese { "月" } else { "-" }) {
        return None;
    }
    let day = scan.number(2)?;
    if chinese && !scan.take("日") {
        return None;
    }
    scan.done().then_some((year, month, day))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_forms_are_read_and_shown() {
        for text in ["2017-04-09", "2017年4月9日", "2017年04月09日", "2017 年 4 月 9 日"] {
            let date: Date = text.parse().unwrap();
            assert_eq!(date.to_string(), "2017年4月9日");
            assert_eq!(date.iso(), "2017-04-09");
            assert_eq!(date.weekday_zh(), "周日");
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "",
            "2017-02-29",
            "2017-13-01",
            "2017/04/19",
            "2017.4.19",
            "２０１７年４月１９日",
            "17年4月19日",
            "2017年4月19",
            "2017-04-19日",
            "1948-12-31",
            "2101-01-01",
            "2017-04",
            "2017-04-19 09:00",
            "二〇一七年四月十九日",
        ] {
            assert_eq!(text.parse::<Date>().unwrap_err().rule, "model/bad-date", "{text}");
        }
    }

    #[test]
    fn leap_days() {
        for text in ["2020-02-29", "2024-02-29", "2000年2月29日"] {
            assert!(text.parse::<Date>().is_ok() && common_year_of_leap_day(text).is_none(), "{text}");
        }
        for (text, year) in [
            ("2018-02-29", Some(2018)),
            ("2100年2月29日", Some(2100)),
            ("2018-02-28 至 2018-02-29", Some(2018)),
            ("2018-02-30", None),
            ("2018年2月", None),
            ("二月廿九", None),
        ] {
            assert!(text.parse::<Date>().is_err());
            assert_eq!(common_year_of_leap_day(text), year, "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_date_survives_both_of_its_forms(days in 0u64..55_000) {
            let date = Date::from(NaiveDate::from_ymd_opt(1949, 10, 1).unwrap() + chrono::Days::new(days));
            prop_assert_eq!(date.to_string().parse(), Ok(date));
            prop_assert_eq!(date.iso().parse(), Ok(date));
        }
    }
}
