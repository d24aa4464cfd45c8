//! What a line does not part: numbers and their units, dates, ranges, bracketed file numbers (GB/T 9704-1999, 8.2.2,
//! gone in 2012: custom).

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// What is longer than this, in bytes, may be parted after all.
const LONGEST: usize = 42;

/// A number, also in groups of three; fractions, times and percentages included.
const NUMBER: &str = r"(?:[0-9]{1,3}(?:[ \u{2009}\u{202f}\u{a0}][0-9]{3})+|[0-9]+)(?:[.,:/][0-9]+)*[%％‰℃]?";
/// Units of more than one character; of any other unit, its first character stays with the number.
const UNITS: &str =
    "个工作日|个月|周年|周岁|小时|分钟|万[元人次件份吨]|亿元|平方米|立方米|公[里斤顷]|千[米克瓦]|[毫厘]米";

static WHOLES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let date = r"(?:[0-9]{4}年[0-9]{1,2}月(?:[0-9]{1,2}日)?|[0-9]{1,2}月[0-9]{1,2}日)(?:[—～][0-9]{1,2}[月日](?:[0-9]{1,2}日)?)?";
    let file_number = r"[〔\[（(][0-9]{4}[〕\]）)]第?[0-9]+号";
    let range = format!(r"(?:第)?{NUMBER}(?:[—～\-]{NUMBER})*");
    let standard = r"[A-Z][A-Za-z/]*(?: [A-Z]{1,4})? [0-9][0-9.:—\-]*";
    Regex::new(&format!(r"{date}|{file_number}|{standard}|{range}(?:{UNITS}|\p{{Han}})?")).ok()
});

/// The stretches of `text` that stay on one line.
pub(super) fn wholes(text: &str) -> Vec<Range<usize>> {
    let found = WHOLES.iter().flat_map(|wholes| wholes.find_iter(text));
    found.map(|it| it.range()).filter(|it| it.len() <= LONGEST).collect()
}
