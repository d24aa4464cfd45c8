//! When something is planned or took place: a day, a month, a quarter or a range in, its first and last day out.

use super::scan::{Scan, compact};
use super::times::{Times, page_form};
use super::{Date, ScalarError};
use std::fmt;
use std::str::FromStr;

/// The time of a planned meeting or a chronicle entry. It displays as it was written, ISO dates as the page has them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Period {
    text: String,
    times: Times,
    /// 9月底前: any day of the year until then.
    by: bool,
}

super::scalar!(Period);

impl Period {
    /// The text as it stands in the file, without blanks around it.
    pub fn as_written(&self) -> &str {
        &self.text
    }

    /// The first day it can mean; a year that is not written is `default_year`, the document's own.
    pub fn first_day(&self, default_year: i32) -> Date {
        let first = self.times.first_day(default_year);
        let new_year = || chrono::NaiveDate::from_ymd_opt(first.year(), 1, 1).map(Date::from);
        if self.by { new_year().unwrap_or(first) } else { first }
    }

    /// The last day it can mean.
    pub fn last_day(&self, default_year: i32) -> Date {
        self.times.last_day(default_year)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&page_form(&self.text))
    }
}

impl FromStr for Period {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        let compact = compact(text);
        let read = |text: &str| {
            let mut scan = Scan::new(text);
            Times::read(&mut scan).filter(|_| scan.done())
        };
        let whole = compact.as_deref().and_then(read);
        let before = || compact.as_deref().and_then(|text| read(text.strip_suffix('前')?));
        let by = whole.is_none();
        let times = whole.or_else(before).ok_or(ScalarError { rule: "model/bad-time" })?;
        Ok(Self { text: text.trim().to_owned(), times, by })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_planned_month_has_a_first_and_a_last_day() {
        let period: Period = "6月".parse().unwrap();
        assert_eq!(
            (period.first_day(2017).iso(), period.last_day(2017).iso()),
            ("2017-06-01".into(), "2017-06-30".into())
        );
        assert_eq!(period.to_string(), "6月");
        let period: Period = "9月底前".parse().unwrap();
        assert_eq!(
            (period.first_day(2017).iso(), period.last_day(2017).iso()),
            ("2017-01-01".into(), "2017-09-30".into())
        );
        assert_eq!("2017年底前".parse::<Period>().unwrap().last_day(2017).iso(), "2017-12-31");
        assert_eq!("2017-06-01".parse::<Period>().unwrap().to_string(), "2017年6月1日");
    }

    #[test]
    fn a_deadline_is_no_period() {
        for text in ["长期", "印发之日起10日内", "待定", "前"] {
            assert_eq!(text.parse::<Period>().unwrap_err().rule, "model/bad-time", "{text}");
        }
    }
}
