//! The marks behind numbers: 一、（一）1.（1） (GB/T 9704—2012, 7.3.3) and 第一， (GB/T 15834—2011). Gaps and repeats
//! are for `order`.

use super::Fault;
use super::line::{Line, is_han};

/// A number at the beginning of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Numbered {
    /// 1 for 一、 2 for （一） 3 for 1. 4 for （1）.
    pub(super) level: usize,
    /// Its value.
    pub(super) value: u32,
    /// Behind the number and its marks.
    pub(super) end: usize,
}

/// Whether it is a number as levels have: 一 to 九十九, 1 to 99.
pub(super) fn is_number(text: &str) -> bool {
    chinese(text).is_some() || arabic(text).is_some()
}

fn chinese(text: &str) -> Option<u32> {
    let short = text.chars().count() <= 3 && text.chars().all(|c| "一二三四五六七八九十".contains(c));
    super::line::chinese_number(text).filter(|value| short && (*value < 11 || text.contains('十')))
}

fn arabic(text: &str) -> Option<u32> {
    (text.len() <= 2 && !text.starts_with('0')).then(|| text.parse().ok()).flatten()
}

/// The number at the beginning of a paragraph, however its marks are written.
pub(super) fn numbered(line: &Line<'_>) -> Option<Numbered> {
    let first = line.first();
    if matches!(line.at(first), '（' | '(') {
        let close = (first + 1..line.len().min(first + 5)).find(|at| matches!(line.at(*at), '）' | ')'))?;
        let number = line.slice(first + 1..close);
        let (level, value) =
            chinese(number).map(|value| (2, value)).or_else(|| arabic(number).map(|value| (4, value)))?;
        // （二）、（三）项 speaks of numbers, （1）和（2） too.
        let speaks = matches!(line.at(close + 1), '、' | '和' | '至' | '或' | '—' | '～')
            && matches!(line.at(close + 2), '（' | '(');
        return (!speaks).then_some(Numbered { level, value, end: close + 1 });
    }
    let digits = |c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c);
    let length = (first..line.len().min(first + 4)).take_while(|at| digits(line.at(*at))).count();
    let number = line.slice(first..first + length);
    let (mark, next) = (line.at(first + length), line.at(first + length + 1));
    let end = first + length + 1;
    if let Some(value) = chinese(number) {
        // 十、百 or 二、三季度 are no numbers of a paragraph.
        let listed =
            digits(next) && line.at(end + 1) != '\0' && "、季月年级类期是等线审".contains(line.at(end + 1));
        return (matches!(mark, '、' | '.' | '．') && !listed).then_some(Numbered { level: 1, value, end });
    }
    let value = arabic(number)?;
    let fits = matches!(mark, '.' | '．' | '、') && !next.is_ascii_digit() && next != '.';
    fits.then_some(Numbered { level: 3, value, end })
}

pub(super) fn check(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let first = line.first();
    if first == line.len() {
        return;
    }
    if !line.is_cited(first) || line.before(first + 1) == '“' {
        if let Some(number) = numbered(line) {
            level(line, number, faults);
        } else if "①②③④⑤⑥⑦⑧⑨⑩".contains(line.at(first)) && line.at(first + 1) == '、' {
            faults.push(line.fault("text/number-mark", first + 1..first + 2).fix(""));
        }
    }
    if line.has(&['、']) {
        ordinals(line, faults);
    }
}

fn level(line: &Line<'_>, number: Numbered, faults: &mut Vec<Fault>) {
    let (first, end) = (line.first(), number.end);
    let mark = line.at(end - 1);
    match number.level {
        1 if mark != '、' => faults.push(line.fault("text/number-mark", end - 1..end).fix("、")),
        2 | 4 => {
            if line.at(first) == '(' || mark == ')' {
                let fix = format!("（{}）", line.slice(first + 1..end - 1));
                faults.push(line.fault("text/number-mark", first..end).fix(fix));
            }
            if matches!(line.at(end), '、' | '，' | '.' | '．') && !line.at(end + 1).is_ascii_digit() {
                faults.push(line.fault("text/number-mark", end..end + 1).fix(""));
            }
        }
        3 if mark == '、' && !more_numbers(line, end) => {
            faults.push(line.fault("text/number-mark", end - 1..end).fix("."));
        }
        3 if mark == '．' => faults.push(line.fault("text/number-dot", end - 1..end).fix(".")),
        _ => {}
    }
}

/// 一、 in a text that the page itself prints under 一、: its own first level is （一）.
pub(super) fn under(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let first = line.first();
    let Some(number) = numbered(line).filter(|number| number.level == 1) else { return };
    if line.at(number.end - 1) == '、' && !line.is_cited(first) {
        let number = first..number.end - 1;
        let instead = format!("（{}）", line.slice(number.clone()));
        faults.push(
            line.fault("text/level-under-section", number.start..number.end + 1).fact("level", instead),
        );
    }
}

/// 1、2号楼, 3、A5: a list of numbers, not the number of a paragraph.
fn more_numbers(line: &Line<'_>, end: usize) -> bool {
    line.at(end).is_ascii_digit() || line.at(end) == '、' || end >= line.end()
}

/// Words that take a comma: 第一，首先，其一，.
const ORDINALS: [&str; 12] =
    ["第一", "第二", "第三", "第四", "第五", "第六", "首先", "其次", "再次", "最后", "其一", "其二"];

fn ordinals(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let begins = line.iter().filter(|(_, c)| "。；：".contains(*c)).map(|(at, _)| at + 1);
    for at in std::iter::once(line.first()).chain(begins) {
        let mark = at + 2;
        if line.at(mark) != '、' || !ORDINALS.contains(&line.slice(at..mark)) {
            continue;
        }
        let next = line.at(mark + 1);
        let lists = "第一二三四五六七八九十".contains(next) || !is_han(next);
        // 第一、最后和第三项 speaks of items.
        let behind = line.slice(mark..line.len().min(mark + 12));
        let clause = behind.split(['，', '。', '；']).next().unwrap_or_default();
        let speaks = line.at(at) == '第' && clause.contains('第');
        if !lists && !speaks && !line.is_cited(at) {
            faults.push(line.fault("text/number-mark", mark..mark + 1).fix("，"));
        }
    }
}
