//! The lines of a working-day table: tab-separated text in, dated exceptions or findings out.
//!
//! A line has three columns, date, kind and festival. Blank lines, lines that begin with `#` and a first line
//! of column names are passed over; anything else is refused as `model/calendar-line`.

use super::{Calendar, Exception};
use crate::finding::{Finding, Place};
use chrono::NaiveDate;

/// A line that is neither blank nor a remark.
pub(super) struct Line<'t> {
    /// Counted from 1.
    number: u32,
    text: &'t str,
    /// What it says, if it can be read.
    pub(super) entry: Result<(NaiveDate, Exception), Malformed>,
}

/// A line that does not have the three columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Malformed;

pub(super) fn lines(tsv: &str) -> impl Iterator<Item = Line<'_>> {
    tsv.lines()
        .zip(1..)
        .map(|(text, number)| (text.trim_start_matches('\u{feff}'), number))
        .filter(|(text, number)| {
            let text = text.trim();
            let head = *number == 1 && text.starts_with("date");
            !(head || text.is_empty() || text.starts_with('#'))
        })
        .map(|(text, number)| Line { number, text, entry: entry(text) })
}

fn entry(line: &str) -> Result<(NaiveDate, Exception), Malformed> {
    let mut columns = line.split('\t').map(str::trim);
    let (Some(date), Some(kind), name, None) =
        (columns.next(), columns.next(), columns.next().unwrap_or_default(), columns.next())
    else {
        return Err(Malformed);
    };
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").map_err(|_| Malformed)?;
    let work = match kind {
        "holiday" | "放假" => false,
        "workday" | "上班" => true,
        _ => return Err(Malformed),
    };
    Ok((date, Exception { work, name: name.to_owned() }))
}

impl Calendar {
    /// The calendar with the lines of a table of the group's own, which win over those already there.
    ///
    /// `file` is the table's path in the workspace, for the findings: one `model/calendar-line` (fact `text`) for
    /// each line that cannot be read.
    #[must_use]
    pub fn with(mut self, file: &str, tsv: &str) -> (Self, Vec<Finding>) {
        let mut findings = Vec::new();
        for line in lines(tsv) {
            match line.entry {
                Ok(entry) => self.insert(entry),
                Err(Malformed) => findings.push(
                    Finding::new("model/calendar-line")
                        .at(place(file, line.number, line.text))
                        .fact("text", line.text),
                ),
            }
        }
        (self, findings)
    }
}

fn place(file: &str, line: u32, text: &str) -> Place {
    let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX).max(1);
    Place { file: file.to_owned(), line, column: 1, length }
}

#[cfg(test)]
mod tests {
    use super::super::tests::date;
    use super::*;

    #[test]
    fn a_table_of_ones_own_lists_a_year_and_wins() {
        let tsv =
            "# 2027年\n2027-02-05\t放假\t春节\n2027-02-20\tworkday\t春节\r\n2026-10-10\tholiday\t国庆节\n";
        let (calendar, findings) = Calendar::built_in().with("日历.tsv", tsv);
        assert_eq!(findings, []);
        assert!(!calendar.day(date("2027-02-05")).work);
        assert!(calendar.day(date("2027-02-20")).work);
        assert!(calendar.day(date("2027-05-06")).listed);
        assert!(!calendar.day(date("2026-10-10")).work);
    }

    #[test]
    fn a_bad_line_is_named_and_the_others_count() {
        let tsv = "2027-02-30\tholiday\t春节\n2027-02-05\tfree\t春节\n2027-02-05\n\n2027-02-05\tholiday\t春节\t多\n2027-02-06\tworkday\n";
        let (calendar, findings) = Calendar::built_in().with("日历.tsv", tsv);
        let lines: Vec<_> = findings.iter().filter_map(|it| it.place.as_ref()).map(|it| it.line).collect();
        assert_eq!(lines, [1, 2, 3, 5]);
        assert!(findings.iter().all(|it| it.rule == "model/calendar-line"));
        assert_eq!(findings[2].facts["text"], "2027-02-05");
        assert!(calendar.day(date("2027-02-06")).work);
    }
}
