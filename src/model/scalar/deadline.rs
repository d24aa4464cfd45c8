//! By when a task is to be done (时限): the wording people use in, the last day it allows out.
//!
//! Read are the times of [`Period`](super::Period), with or without 前 or 内 behind them, 印发之日起N日内, and words
//! for what never falls due (长期, 尽快). Where a wording has two readings (9月前, 9月30日前) the later one counts: nobody
//! is called late who is late by one reading only. Anything else is refused.

use super::scan::{Scan, compact};
use super::times::{Times, page_form};
use super::{Date, ScalarError};
use chrono::{Days, Months};
use std::fmt;
use std::str::FromStr;

/// A time limit. It displays as it was written, ISO dates as the page has them.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Deadline {
    text: String,
    limit: Limit,
}

super::scalar!(Deadline);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Limit {
    Times(Times),
    SinceIssue(u32, Unit),
    Open,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Unit {
    Workdays,
    Days,
    Weeks,
    Months,
}

/// The last day that a [`Deadline`] allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastDay {
    /// That day.
    On(Date),
    /// So many working days after a day; the calendar tells which.
    Workdays {
        /// The day of issue, not counted itself.
        from: Date,
        /// How many.
        count: u32,
    },
    /// There is none: nothing of 长期 or 尽快 is ever late.
    Never,
    /// It hangs on the day of issue, which is not known.
    Unknown,
}

const OPEN: [&str; 18] = [
    "长期",
    "常年",
    "尽快",
    "尽早",
    "即时",
    "即刻",
    "立即",
    "及时",
    "随时",
    "适时",
    "持续",
    "常态化",
    "每周",
    "每月",
    "每季度",
    "每半年",
    "每年",
    "不定期",
];
const OPEN_VERBS: [&str; 8] = ["坚持", "推进", "开展", "进行", "实施", "落实", "办理", "完成"];
const PAPERS: [&str; 6] = ["本纪要", "本通知", "本计划", "本方案", "本文件", "文件"];
const ISSUE: [&str; 4] = ["印发", "发布", "下发", "发文"];
const SINCE: [&str; 3] = ["之日起", "日起", "后"];
const UNITS: [(&str, Unit); 7] = [
    ("个工作日", Unit::Workdays),
    ("工作日", Unit::Workdays),
    ("日", Unit::Days),
    ("天", Unit::Days),
    ("周", Unit::Weeks),
    ("个月", Unit::Months),
    ("月", Unit::Months),
];
const WITHIN: [&str; 3] = ["之内", "以内", "内"];
const BY: [&str; 7] = ["之前", "以前", "前", "之内", "以内", "内", "止"];

impl Deadline {
    /// The text as it stands in the file, without blanks around it.
    pub fn as_written(&self) -> &str {
        &self.text
    }

    /// The last day allowed. A year that is not written is `default_year`, the document's own; `issued` is its date,
    /// for wordings that count from it.
    pub fn last_day(&self, default_year: i32, issued: Option<Date>) -> LastDay {
        match (self.limit, issued) {
            (Limit::Times(times), _) => LastDay::On(times.last_day(default_year)),
            (Limit::Open, _) => LastDay::Never,
            (Limit::SinceIssue(..), None) => LastDay::Unknown,
            (Limit::SinceIssue(count, unit), Some(from)) => unit.after(from, count),
        }
    }
}

impl Unit {
    fn after(self, from: Date, count: u32) -> LastDay {
        let date = match self {
            Self::Workdays => return LastDay::Workdays { from, count },
            Self::Days => from.naive().checked_add_days(Days::new(count.into())),
            Self::Weeks => from.naive().checked_add_days(Days::new(u64::from(count) * 7)),
            Self::Months => from.naive().checked_add_months(Months::new(count)),
        };
        date.map_or(LastDay::Unknown, |it| LastDay::On(it.into()))
    }
}

impl fmt::Display for Deadline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&page_form(&self.text))
    }
}

impl FromStr for Deadline {
    type Err = ScalarError;

    fn from_str(text: &str) -> Result<Self, ScalarError> {
        let limit =
            compact(text).and_then(|it| open(&it).or_else(|| since_issue(&it)).or_else(|| times(&it)));
        let limit = limit.ok_or(ScalarError { rule: "model/bad-deadline" })?;
        Ok(Self { text: text.trim().to_owned(), limit })
    }
}

fn open(text: &str) -> Option<Limit> {
    let mut scan = Scan::new(text);
    let open = scan.take_any(&OPEN);
    scan.take_any(&OPEN_VERBS);
    (open && scan.done()).then_some(Limit::Open)
}

fn since_issue(text: &str) -> Option<Limit> {
    let mut scan = Scan::new(text);
    scan.take("自");
    scan.take_any(&PAPERS);
    if !scan.take_any(&ISSUE) || !scan.take_any(&SINCE) {
        return None;
    }
    let count = scan.small_number(3)?;
    let unit = scan.look_up(&UNITS)?;
    scan.take_any(&WITHIN);
    scan.done().then_some(Limit::SinceIssue(count, unit))
}

fn times(text: &str) -> Option<Limit> {
    let mut scan = Scan::new(text);
    let times = Times::read(&mut scan)?;
    scan.take_any(&BY);
    scan.done().then_some(Limit::Times(times))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn last(text: &str, issued: Option<&str>) -> LastDay {
        let issued = issued.map(|it| it.parse().unwrap());
        text.parse::<Deadline>().unwrap().last_day(2017, issued)
    }

    fn on(text: &str) -> LastDay {
        LastDay::On(text.parse().unwrap())
    }

    #[test]
    fn times_allow_their_last_day() {
        for (text, day) in [
            ("9月底前", "2017-09-30"),
            ("2018年9月30日之前", "2018-09-30"),
            ("2018-03-31前", "2018-03-31"),
            ("9月前", "2017-09-30"),
            ("第三季度内", "2017-09-30"),
            ("年底前", "2017-12-31"),
            ("2017年内", "2017-12-31"),
            ("6 月至 9 月", "2017-09-30"),
            ("上半年", "2017-06-30"),
        ] {
            assert_eq!(last(text, None), on(day), "{text}");
        }
    }

    #[test]
    fn limits_from_the_day_of_issue() {
        let issued = Some("2017-04-24");
        assert_eq!(last("印发之日起30日内", issued), on("2017-05-24"));
        assert_eq!(last("自本纪要印发之日起一个月内", issued), on("2017-05-24"));
        assert_eq!(last("印发后2周内", issued), on("2017-05-08"));
        let workdays = LastDay::Workdays { from: "2017-04-24".parse().unwrap(), count: 10 };
        assert_eq!(last("印发之日起10个工作日内", issued), workdays);
        assert_eq!(last("印发之日起十个工作日内", issued), workdays);
        assert_eq!(last("印发之日起10日内", None), LastDay::Unknown);
    }

    #[test]
    fn what_is_open_is_never_late() {
        for text in ["长期", "尽快", "持续推进", "每季度", "常态化开展"] {
            assert_eq!(last(text, None), LastDay::Never, "{text}");
        }
    }

    #[test]
    fn the_page_shows_what_was_written_but_no_iso_date() {
        let deadline: Deadline = " 2017-09-30 前 ".parse().unwrap();
        assert_eq!(
            (deadline.as_written(), deadline.to_string().as_str()),
            ("2017-09-30 前", "2017年9月30日 前")
        );
        assert_eq!("9 月底前".parse::<Deadline>().unwrap().to_string(), "9 月底前");
    }

    #[test]
    fn unknown_wording_is_refused() {
        for text in
            ["", "Q3", "下周", "待定", "9月底前后", "前", "印发之日起若干日内", "印发之日起10", "长期吗"]
        {
            assert_eq!(text.parse::<Deadline>().unwrap_err().rule, "model/bad-deadline", "{text}");
        }
    }
}
