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
    let range = format!(r"(?:第|表|图|附件|附表)?{NUMBER}(?:[—～\-]{NUMBER})*");
    let standard = r"[A-Z][A-Za-z/]*(?: [A-Z]{1,4})? [0-9][0-9.:—\-]*";
    Regex::new(&format!(
        r"(?P<date>{date})|{file_number}|(?P<standard>{standard})|{range}(?:{UNITS}|\p{{Han}})?"
    ))
    .ok()
});

/// A stretch of text that stays on one line.
pub(super) struct Whole {
    pub(super) range: Range<usize>,
    /// After what it may part where the line would otherwise be torn open: `GB/T 27021.1—2017` after its blanks, a date
    /// after year and month.
    pub(super) parts: &'static [char],
}

/// The stretches of `text` that stay on one line.
pub(super) fn wholes(text: &str) -> Vec<Whole> {
    let found = WHOLES.iter().flat_map(|wholes| wholes.captures_iter(text));
    found
        .filter_map(|it| {
            let parts: &[char] = match () {
                () if it.name("standard").is_some() => &[' '],
                () if it.name("date").is_some() => &['年', '月'],
                () => &[],
            };
            Some(Whole { range: it.get(0)?.range(), parts })
        })
        .filter(|it| it.range.len() <= LONGEST)
        .collect()
}

/// Characters of a person's name, at most, without a point in it.
const NAME: usize = 4;

/// The names in a list of people.
pub(super) fn names(text: &str) -> impl Iterator<Item = Whole> {
    let mut at = 0;
    text.split_inclusive(['、', '，', '；', '（', '）', ' ', '\n']).filter_map(move |item| {
        let start = at;
        at += item.len();
        let name = item.trim_end_matches(['、', '，', '；', '（', '）', ' ', '\n']);
        let is_name = (2..=NAME).contains(&name.chars().count());
        is_name.then(|| Whole { range: start..start + name.len(), parts: &[] })
    })
}

/// `text` with joiners where the compiler would part what stays whole, for lines that it breaks itself.
pub(super) fn joined(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for Whole { range, .. } in wholes(text) {
        out.push_str(&text[at..range.start]);
        for (index, c) in text[range.clone()].char_indices() {
            let is_han = !c.is_ascii() && index > 0;
            out.extend(is_han.then_some('\u{2060}'));
            out.push(if c == ' ' { '\u{a0}' } else { c });
        }
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}
