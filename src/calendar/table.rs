//! The lines of the working-day table inside the executable: tab-separated text in, dated exceptions out.
//!
//! A line has three columns, date, kind and festival. Blank lines, lines that begin with `#` and the line of column
//! names are passed over; a line that is anything else is none.

use super::Exception;
use chrono::NaiveDate;

/// What each line that is neither blank nor a remark says; none for one that cannot be read.
pub(super) fn lines(tsv: &str) -> impl Iterator<Item = Option<(NaiveDate, Exception)>> {
    tsv.lines()
        .map(|line| line.trim_start_matches('\u{feff}').trim_end())
        .filter(|line| !(line.starts_with("date\t") || line.is_empty() || line.starts_with('#')))
        .map(entry)
}

fn entry(line: &str) -> Option<(NaiveDate, Exception)> {
    let mut columns = line.split('\t').map(str::trim);
    let (date, kind, name) = (columns.next()?, columns.next()?, columns.next()?);
    let work = match kind {
        "holiday" => false,
        "workday" => true,
        _ => return None,
    };
    let date = NaiveDate::parse_from_str(date, "%Y-%m-%d").ok()?;
    columns.next().is_none().then(|| (date, Exception { work, name: name.to_owned() }))
}
