//! Times as people write them: a day, a month or part of it, a quarter, half a year, a year, or a range of these.
//!
//! In goes text without blanks, out comes the stretch of days that is meant, its year perhaps left open. Refused is
//! what is no such time and a range that ends before it begins.

use super::Date;
use super::date::YEARS;
use super::scan::Scan;
use chrono::NaiveDate;

/// A month, from 1, and a day of it; 31 stands for the last day of any month.
type MonthDay = (u32, u32);

/// One or two times and all days from the first to the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Times {
    first: Stretch,
    last: Stretch,
}

/// A stretch of days within one year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Stretch {
    year: Year,
    from: MonthDay,
    to: MonthDay,
}

/// The year that a time lies in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Year {
    Written(i32),
    /// So many years after the document's own: 0, or 1 for 次年.
    After(i32),
}

/// One time as it stands, before the other end of a range completes it.
#[derive(Debug, Clone, Copy)]
struct Point {
    year: Option<Year>,
    unit: Unit,
}

#[derive(Debug, Clone, Copy)]
enum Unit {
    /// The 6 of 6至9月, the 一 of 一至三季度.
    Bare(u32),
    /// The 9月21 of 9月21至22日.
    BareDay(u32, u32),
    /// Days of a month; the month is left out in the 22日 of 9月21日至22日.
    InMonth(Option<u32>, (u32, u32)),
    Quarter(u32),
    /// Half a year, a year, or its beginning or end.
    InYear(MonthDay, MonthDay),
}

const SEPARATORS: [&str; 9] = ["至", "到", "——", "—", "–", "-", "~", "～", "－"];

/// What may follow a month.
const MONTH_PARTS: [(&str, (u32, u32)); 9] = [
    ("上中旬", (1, 20)),
    ("中下旬", (11, 31)),
    ("上旬", (1, 10)),
    ("中旬", (11, 20)),
    ("下旬", (21, 31)),
    ("初", (1, 10)),
    ("中", (11, 20)),
    ("底", (21, 31)),
    ("末", (21, 31)),
];

const WHOLE_YEAR: (MonthDay, MonthDay) = ((1, 1), (12, 31));
const YEAR_END: (MonthDay, MonthDay) = ((12, 1), (12, 31));
const YEAR_START: (MonthDay, MonthDay) = ((1, 1), (3, 31));

/// Parts of a year, with or without a year before them.
const YEAR_PARTS: [(&str, (MonthDay, MonthDay)); 7] = [
    ("上半年", ((1, 1), (6, 30))),
    ("下半年", ((7, 1), (12, 31))),
    ("全年", WHOLE_YEAR),
    ("年内", WHOLE_YEAR),
    ("年底", YEAR_END),
    ("年末", YEAR_END),
    ("年初", YEAR_START),
];

/// Parts that need a year right before them: 2017年底.
const PARTS_OF_A_WRITTEN_YEAR: [(&str, (MonthDay, MonthDay)); 4] =
    [("底", YEAR_END), ("末", YEAR_END), ("初", YEAR_START), ("内", WHOLE_YEAR)];

const YEAR_WORDS: [(&str, Option<Year>); 5] = [
    ("当年", None),
    ("本年", None),
    ("今年", None),
    ("次年", Some(Year::After(1))),
    ("翌年", Some(Year::After(1))),
];

impl Times {
    /// Takes a time or a range off the front of `scan`.
    pub(super) fn read(scan: &mut Scan<'_>) -> Option<Self> {
        let left = point(scan)?;
        let mut ahead = *scan;
        let right = if ahead.take_any(&SEPARATORS) { point(&mut ahead) } else { None };
        if right.is_some() {
            *scan = ahead;
        }
        let (left, right) = completed(left, right.unwrap_or(left))?;
        let times = Self { first: stretch(left)?, last: stretch(right)? };
        times.is_in_order().then_some(times)
    }

    /// The first day meant; a year left open is `default_year`.
    pub(super) fn first_day(self, default_year: i32) -> Date {
        day(self.first.year.number(default_year), self.first.from)
    }

    /// The last day meant.
    pub(super) fn last_day(self, default_year: i32) -> Date {
        day(self.last.year.number(default_year), self.last.to)
    }

    /// First and last day, when both ends are single days with their year.
    pub(super) fn written_days(self) -> Option<(Date, Date)> {
        let one = |it: Stretch| match it.year {
            Year::Written(year) if it.from == it.to => Some(day(year, it.from)),
            _ => None,
        };
        Some((one(self.first)?, one(self.last)?))
    }

    /// The years of both ends are of one sort by now; a leap year shows the order of all days there are.
    fn is_in_order(self) -> bool {
        let key = |year, day| match year {
            Year::Written(it) | Year::After(it) => (it, day),
        };
        key(self.first.year, self.first.from) <= key(self.last.year, self.last.to)
    }
}

impl Year {
    fn number(self, default_year: i32) -> i32 {
        match self {
            Self::Written(year) => year,
            Self::After(years) => default_year.clamp(*YEARS.start(), *YEARS.end()) + years,
        }
    }
}

/// A day of a year, brought back to the month's last.
fn day(year: i32, (month, day): MonthDay) -> Date {
    let date = (28..=day).rev().chain([day]).find_map(|it| NaiveDate::from_ymd_opt(year, month, it));
    Date::from(date.unwrap_or_default())
}

/// Whether any year, or the year that is written, has that day.
fn exists(year: Year, (month, day): MonthDay) -> bool {
    let year = if let Year::Written(year) = year { year } else { 2000 };
    NaiveDate::from_ymd_opt(year, month, day).is_some()
}

fn stretch(point: Point) -> Option<Stretch> {
    let year = point.year.unwrap_or(Year::After(0));
    let (from, to) = match point.unit {
        Unit::InMonth(Some(month @ 1..=12), (first, last)) => ((month, first), (month, last)),
        Unit::Quarter(quarter @ 1..=4) => ((quarter * 3 - 2, 1), (quarter * 3, 31)),
        Unit::InYear(from, to) => (from, to),
        _ => return None,
    };
    (from != to || exists(year, from)).then_some(Stretch { year, from, to })
}

/// Both ends of a range with what each leaves to the other.
fn completed(mut left: Point, mut right: Point) -> Option<(Point, Point)> {
    match (left.unit, right.unit) {
        (Unit::Bare(month), Unit::InMonth(Some(_), (1, 31))) => {
            left.unit = Unit::InMonth(Some(month), (1, 31));
        }
        (Unit::Bare(quarter), Unit::Quarter(_)) => left.unit = Unit::Quarter(quarter),
        (Unit::BareDay(month, first), Unit::InMonth(None, (last, end))) if last == end => {
            left.unit = Unit::InMonth(Some(month), (first, first));
            right.unit = Unit::InMonth(Some(month), (last, last));
        }
        (Unit::InMonth(month, _), Unit::InMonth(None, days)) => right.unit = Unit::InMonth(month, days),
        _ => {}
    }
    match (left.year, right.year) {
        (year, None) => right.year = year,
        (Some(Year::Written(year)), Some(Year::After(years))) => {
            right.year = Some(Year::Written(year + years));
        }
        (Some(Year::After(_)), Some(Year::Written(_))) => return None,
        (None, Some(Year::Written(year))) => {
            let turn = stretch(left)?.from > stretch(right)?.to;
            left.year = Some(Year::Written(year - i32::from(turn)));
        }
        _ => {}
    }
    Some((left, right))
}

fn point(scan: &mut Scan<'_>) -> Option<Point> {
    let mut ahead = *scan;
    if let Some(year) = ahead.year() {
        if !YEARS.contains(&year) {
            return None;
        }
        let year = Some(Year::Written(year));
        let iso = ahead.take("-");
        if !iso && !ahead.take("年") {
            return None;
        }
        *scan = ahead;
        let unit = if iso { iso_unit(scan) } else { Some(unit_after_year(scan)) }?;
        return Some(Point { year, unit });
    }
    match scan.look_up(&YEAR_WORDS) {
        Some(year) => Some(Point { year, unit: unit_after_year(scan) }),
        None => Some(Point { year: None, unit: unit(scan)? }),
    }
}

/// The `09` or `09-21` of an ISO date.
fn iso_unit(scan: &mut Scan<'_>) -> Option<Unit> {
    let month = scan.number(2)?;
    let mut ahead = *scan;
    let day = if ahead.take("-") { ahead.number(2) } else { None };
    if day.is_some() {
        *scan = ahead;
    }
    Some(Unit::InMonth(Some(month), day.map_or((1, 31), |it| (it, it))))
}

/// What follows a year; nothing means all of it.
fn unit_after_year(scan: &mut Scan<'_>) -> Unit {
    scan.take("度");
    scan.look_up(&PARTS_OF_A_WRITTEN_YEAR)
        .map(|(from, to)| Unit::InYear(from, to))
        .or_else(|| unit(scan))
        .unwrap_or(Unit::InYear(WHOLE_YEAR.0, WHOLE_YEAR.1))
}

fn unit(scan: &mut Scan<'_>) -> Option<Unit> {
    if let Some((from, to)) = scan.look_up(&YEAR_PARTS) {
        return Some(Unit::InYear(from, to));
    }
    if let Some(days) = scan.look_up(&MONTH_PARTS) {
        return Some(Unit::InMonth(None, days));
    }
    let ordinal = scan.take("第");
    let number = scan.small_number(2)?;
    if scan.take("季度") {
        return Some(Unit::Quarter(number));
    }
    if ordinal {
        return Some(Unit::Bare(number));
    }
    if scan.take_any(&["日", "号"]) {
        return Some(Unit::InMonth(None, (number, number)));
    }
    if !scan.take("月") {
        return Some(Unit::Bare(number));
    }
    scan.take("份");
    if let Some(days) = scan.look_up(&MONTH_PARTS) {
        return Some(Unit::InMonth(Some(number), days));
    }
    Some(match scan.small_number(2) {
        Some(day) if scan.take_any(&["日", "号"]) => Unit::InMonth(Some(number), (day, day)),
        Some(day) => Unit::BareDay(number, day),
        None => Unit::InMonth(Some(number), (1, 31)),
    })
}

/// `text`, which has been read as a time, with its ISO dates as a page has them: `2017-09-30前` as 2017年9月30日前.
pub(super) fn page_form(text: &str) -> String {
    let mut page = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let mut scan = Scan::new(rest);
        let iso = scan.year().filter(|_| scan.take("-")).and_then(|year| match iso_unit(&mut scan)? {
            Unit::InMonth(Some(month), (1, 31)) => Some(format!("{year}年{month}月")),
            Unit::InMonth(Some(month), (day, _)) => Some(format!("{year}年{month}月{day}日")),
            _ => None,
        });
        if let Some(date) = iso {
            page.push_str(&date);
            rest = scan.rest();
        } else {
            page.push(next);
            rest = &rest[next.len_utf8()..];
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(text: &str) -> Option<(String, String)> {
        let mut scan = Scan::new(text);
        let times = Times::read(&mut scan).filter(|_| scan.done())?;
        Some((times.first_day(2017).iso(), times.last_day(2017).iso()))
    }

    #[test]
    fn times_are_read_as_meant() {
        for (text, first, last) in [
            ("2017-09-30", "2017-09-30", "2017-09-30"),
            ("2018年9月30日", "2018-09-30", "2018-09-30"),
            ("9月30日", "2017-09-30", "2017-09-30"),
            ("2016-02", "2016-02-01", "2016-02-29"),
            ("2月", "2017-02-01", "2017-02-28"),
            ("2月29日", "2017-02-28", "2017-02-28"),
            ("十月底", "2017-10-21", "2017-10-31"),
            ("9月份中下旬", "2017-09-11", "2017-09-30"),
            ("2018年6月上旬", "2018-06-01", "2018-06-10"),
            ("第三季度", "2017-07-01", "2017-09-30"),
            ("2018年四季度", "2018-10-01", "2018-12-31"),
            ("上半年", "2017-01-01", "2017-06-30"),
            ("2018年下半年", "2018-07-01", "2018-12-31"),
            ("年底", "2017-12-01", "2017-12-31"),
            ("2018年年底", "2018-12-01", "2018-12-31"),
            ("2018年末", "2018-12-01", "2018-12-31"),
            ("2018年度", "2018-01-01", "2018-12-31"),
            ("全年", "2017-01-01", "2017-12-31"),
            ("次年1月", "2018-01-01", "2018-01-31"),
            ("6至9月", "2017-06-01", "2017-09-30"),
            ("2017年6月—2018年3月", "2017-06-01", "2018-03-31"),
            ("11月至次年2月", "2017-11-01", "2018-02-28"),
            ("11月至2017年2月", "2016-11-01", "2017-02-28"),
            ("9月21日至22日", "2017-09-21", "2017-09-22"),
            ("2017年9月21—22日", "2017-09-21", "2017-09-22"),
            ("2017-09-21-2017-09-22", "2017-09-21", "2017-09-22"),
            ("2017-09-2017-12", "2017-09-01", "2017-12-31"),
            ("9月上旬至中旬", "2017-09-01", "2017-09-20"),
            ("一至三季度", "2017-01-01", "2017-09-30"),
            ("第一季度至第二季度", "2017-01-01", "2017-06-30"),
            ("2017年11月至次年2月", "2017-11-01", "2018-02-28"),
        ] {
            assert_eq!(days(text), Some((first.into(), last.into())), "{text}");
        }
    }

    #[test]
    fn what_is_no_time_is_refused() {
        for text in [
            "",
            "9",
            "Q3",
            "13月",
            "第五季度",
            "2月30日",
            "2017年2月29日",
            "22日",
            "上旬",
            "9月至6月",
            "2017-09-22至2017-09-21",
            "6至9",
            "9月21",
            "1900年",
            "2017",
            "6至9月底",
            "三十二月",
            "9月21日至",
            "2017-13",
            "次年1月至2017年2月",
        ] {
            assert_eq!(days(text), None, "{text}");
        }
    }

    #[test]
    fn iso_dates_become_the_pages() {
        assert_eq!(page_form("2017-09-30前"), "2017年9月30日前");
        assert_eq!(page_form("2017-06至2017-09"), "2017年6月至2017年9月");
        assert_eq!(page_form("2017年9月底"), "2017年9月底");
    }
}
