//! A month, as 出生年月 has it: `1968-05`, `1968年5月` or a whole date in, year and month out; the day is dropped.

use super::ScalarError;
use super::scan::{Scan, compact};
use chrono::NaiveDate;
use std::fmt;
use std::str::FromStr;

/// A month of 1900–2100. It displays as `1968年5月`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    month: u32,
}

super::scalar!(Month, r"^\s*\d{4}\s*(-\s*\d{1,2}(\s*-\s*\d{1,2})?|年\s*\d{1,2}\s*月(\s*\d{1,2}\s*日)?)\s*$");

impl Month {
    /// The year.
    pub fn year(self) -> i32 {
        self.year
    }

    /// The month, from 1.
    pub fn month(self) -> u32 {
        self.month
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}年{}月", self.year, self.month)
    }
}

impl FromStr for Month {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        compact(text).and_then(|it| parse(&it)).ok_or(ScalarError { rule: "model/bad-month" })
    }
}

fn parse(text: &str) -> Option<Month> {
    let mut scan = Scan::new(text);
    let year = scan.year().filter(|it| (1900..=2100).contains(it))?;
    let chinese = scan.take("年");
    if !chinese && !scan.take("-") {
        return None;
    }
    let month = scan.number(2)?;
    if chinese && !scan.take("月") {
        return None;
    }
    let mut day = 1;
    if !scan.done() {
        if !chinese && !scan.take("-") {
            return None;
        }
        day = scan.number(2)?;
        if chinese && !scan.take("日") {
            return None;
        }
    }
    NaiveDate::from_ymd_opt(year, month, day).filter(|_| scan.done()).map(|_| Month { year, month })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn months_and_dates_are_read() {
        for text in ["1968-05", "1968年5月", "1968-05-17", "1968年5月17日", "1968 年 05 月"] {
            let month: Month = text.parse().unwrap();
            assert_eq!(month.to_string(), "1968年5月", "{text}");
            assert_eq!(month.to_string().parse(), Ok(month));
        }
    }

    #[test]
    fn what_is_no_month_is_refused() {
        for text in
            ["1968", "1968-13", "1968-00", "1899-01", "1968-02-30", "1968.05", "68-05", "1968年5", "1968-05-"]
        {
            assert_eq!(text.parse::<Month>().unwrap_err().rule, "model/bad-month", "{text}");
        }
    }
}
