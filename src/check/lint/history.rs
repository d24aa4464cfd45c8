//! A history (大事记, 年表): paragraphs that each begin with a date stand in the order of time.

use super::Fault;
use super::line::{Line, is_han};
use regex::Regex;
use std::sync::LazyLock;

static START: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("^[ \u{3000}—－·•-]*(?:([0-9]{4})年)?([0-9]{1,2})月(?:([0-9]{1,2})日)?").ok()
});

/// So many dated paragraphs on end are a history even where nothing calls them one.
const PLAINLY: usize = 6;

/// `lines` of a text, or the items of a list; `named` when it is called a history.
pub(super) fn check(lines: &[&Line<'_>], named: bool, faults: &mut Vec<Fault>) {
    let mut run: Vec<(&Line<'_>, [u32; 3])> = Vec::new();
    let mut year = 0;
    let mut named_above = named;
    for line in lines.iter().filter(|line| line.first() < line.len()) {
        if let Some(date) = dated(line, &mut year) {
            run.push((line, date));
            continue;
        }
        judge(&run, named_above, faults);
        run.clear();
        year = 0;
        named_above = named || ["大事记", "年表", "纪事"].iter().any(|word| line.text.contains(word));
    }
    judge(&run, named_above, faults);
}

fn dated(line: &Line<'_>, year: &mut u32) -> Option<[u32; 3]> {
    let found = START.as_ref()?.captures(line.text)?;
    let part = |group: usize| found.get(group).and_then(|part| part.as_str().parse::<u32>().ok());
    // 5月底前 and 6月份 begin sentences of any kind.
    let next = line.at(line.index(found.get(0)?.end()));
    let month = part(2).filter(|month| (1..=12).contains(month))?;
    if "底初末份以起".contains(next) && is_han(next) {
        return None;
    }
    *year = part(1).unwrap_or(*year);
    Some([*year, month, part(3).unwrap_or_default()])
}

/// Only one paragraph out of its place is certainly a slip; a list that goes backwards or by subject is meant so.
fn judge(run: &[(&Line<'_>, [u32; 3])], named: bool, faults: &mut Vec<Fault>) {
    if run.len() < if named { 3 } else { PLAINLY } {
        return;
    }
    let before = |a: [u32; 3], b: [u32; 3]| {
        let same_year = a[0] == b[0] || a[0] == 0 || b[0] == 0;
        // The turn of a year that nobody wrote.
        let turned = a[0] == b[0] && a[1] >= 11 && b[1] <= 2;
        let days = if a[2] == 0 || b[2] == 0 { true } else { a[2] <= b[2] };
        if same_year { turned || a[1] < b[1] || a[1] == b[1] && days } else { a[0] < b[0] }
    };
    let fits = |left_out: Option<usize>| {
        let kept: Vec<[u32; 3]> = run
            .iter()
            .enumerate()
            .filter(|(index, _)| Some(*index) != left_out)
            .map(|(_, (_, date))| *date)
            .collect();
        kept.windows(2).all(|pair| before(pair[0], pair[1]))
    };
    let descends = run.windows(2).position(|pair| !before(pair[0].1, pair[1].1));
    let Some(at) = descends else { return };
    // Either the later or the earlier of the two is the one that strayed.
    if let Some(stray) = [at + 1, at].into_iter().find(|index| fits(Some(*index))) {
        let line = run[stray].0;
        let end = (line.first()..line.len())
            .find(|at| matches!(line.at(*at), '月'))
            .map_or(line.first() + 1, |at| at + 1);
        faults.push(line.fault("text/history-order", line.first()..end));
    }
}
