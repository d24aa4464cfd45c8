//! Half-width marks beside Chinese characters, round brackets and straight quotation marks among them
//! (GB/T 15834—2011). Times, ratios, sums, addresses and English stay as they are.

use super::Fault;
use super::line::{Line, is_closing, is_han, is_opening};

pub(super) fn check(line: &Line<'_>, faults: &mut Vec<Fault>) {
    if line.has(&[',', ';', ':', '?', '!']) {
        marks(line, faults);
    }
    if line.has(&['(', ')']) {
        brackets(line, faults);
    }
    if line.has(&['"', '\'']) {
        quotes(line, faults);
    }
}

fn is_chinese(c: char) -> bool {
    is_han(c) || is_closing(c)
}

fn marks(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let mut chinese = 0usize;
    let mut at = 0;
    while at < line.len() {
        let c = line.at(at);
        chinese += usize::from(is_han(c));
        let wide = match c {
            ',' => '，',
            ';' => '；',
            ':' => '：',
            '?' => '？',
            '!' => '！',
            _ => {
                at += 1;
                continue;
            }
        };
        let end = at + (at..line.len()).take_while(|next| line.at(*next) == c).count();
        if !line.is_address(at) && stands_in_chinese(line, at, end, c, chinese) {
            let blanks = (end..line.len()).take_while(|next| line.at(*next) == ' ').count();
            let swallowed = if end + blanks < line.len() && c != '!' { blanks } else { 0 };
            let doubled = super::marks::is_doubled(line, at, end);
            if !doubled {
                let repeat = if matches!(c, '?' | '!') { end - at } else { 1 };
                let fix: String = std::iter::repeat_n(wide, repeat).collect();
                faults.push(line.fault("text/half-width", at..end + swallowed).fix(fix));
            }
        }
        at = end;
    }
}

/// Whether the mark `c` at `at..end` belongs to Chinese text; `chinese` characters stand before it.
fn stands_in_chinese(line: &Line<'_>, at: usize, end: usize, c: char, chinese: usize) -> bool {
    let (before, next) = (line.before(at), line.at(end));
    let before = if before == ' ' { line.before(at - 1) } else { before };
    let blanks = (end..line.len()).take_while(|next| line.at(*next) == ' ').count();
    let behind = line.at(end + blanks);
    match c {
        ',' | ';' => {
            let digits = before.is_ascii_digit() && next.is_ascii_digit();
            let follows = chinese > 0 && (before.is_ascii_alphanumeric() || "%)℃‰".contains(before));
            !digits && (is_chinese(before) || follows && (is_han(behind) || is_opening(behind)))
        }
        ':' => {
            let ratio = matches!((before, next), ('男', '女') | ('女', '男') | ('甲', '乙') | ('城', '乡'));
            is_chinese(before) && next != '/' && !ratio
        }
        _ => is_chinese(before) && !next.is_ascii_alphanumeric() && next != '=',
    }
}

/// A pair of brackets, one of them half-width, that holds or follows Chinese.
fn brackets(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let mut open = Vec::new();
    for (at, c) in line.iter() {
        match c {
            '(' | '（' => open.push(at),
            ')' | '）' => {
                let Some(from) = open.pop() else { continue };
                if (line.at(from) == '(' || c == ')') && is_chinese_pair(line, from, at) {
                    if line.at(from) == '(' {
                        let blank =
                            usize::from(line.before(from) == ' ' && from > 1 && is_han(line.at(from - 2)));
                        faults.push(line.fault("text/half-width", from - blank..from + 1).fix("（"));
                    }
                    if c == ')' {
                        let blank = usize::from(line.at(at + 1) == ' ' && is_han(line.at(at + 2)));
                        faults.push(line.fault("text/half-width", at..at + 1 + blank).fix("）"));
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_chinese_pair(line: &Line<'_>, from: usize, to: usize) -> bool {
    let inner = line.slice(from + 1..to.min(from + 65));
    let next = line.at(to + 1);
    // (2017)京01民初5号, 国认可(2017)5号: a number of a court, or one that has a rule of its own.
    let is_year = inner.len() == 4 && inner.bytes().all(|b| b.is_ascii_digit());
    let numbered = is_year && (is_han(next) || next.is_ascii_digit());
    // (一) at the beginning is the mark of a level.
    let level = from == line.first() && super::numbering::is_number(inner);
    let before = line.before(from);
    let before = if before == ' ' { line.before(from - 1) } else { before };
    let mixed = line.at(from) != '(' || line.at(to) != ')';
    let chinese = inner.chars().any(is_han) || is_chinese(before) || mixed && is_han(next);
    !inner.is_empty() && !numbered && !level && chinese && !line.is_address(from) && !line.is_address(to)
}

/// Straight quotation marks, two and two, around Chinese.
fn quotes(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let double: Vec<usize> = line.iter().filter(|(_, c)| *c == '"').map(|(at, _)| at).collect();
    if double.len().is_multiple_of(2) {
        for pair in double.chunks_exact(2) {
            quoted(line, pair[0], pair[1], ("“", "”"), faults);
        }
    }
    let latin = |c: char| c.is_ascii_alphanumeric();
    let single: Vec<usize> = line
        .iter()
        .filter(|(at, c)| *c == '\'' && !(latin(line.before(*at)) && latin(line.at(at + 1))))
        .map(|(at, _)| at)
        .collect();
    if single.len().is_multiple_of(2) {
        for pair in single.chunks_exact(2) {
            let within = line.is_cited(pair[0]);
            let marks = if within { ("‘", "’") } else { ("“", "”") };
            let inner = line.slice(pair[0] + 1..pair[1]);
            if inner.starts_with(is_han) || inner.ends_with(is_han) {
                quoted(line, pair[0], pair[1], marks, faults);
            }
        }
    }
}

fn quoted(line: &Line<'_>, from: usize, to: usize, (open, close): (&str, &str), faults: &mut Vec<Fault>) {
    let inner = line.slice(from + 1..to);
    let beside = is_han(line.before(from)) && (is_han(line.at(to + 1)) || to + 1 == line.end());
    let inch = inner.is_empty() || line.before(from).is_ascii_digit() && !inner.chars().any(is_han);
    if !inch && (inner.chars().any(is_han) || beside) && !line.is_address(from) {
        faults.push(line.fault("text/straight-quote", from..from + 1).fix(open));
        faults.push(line.fault("text/straight-quote", to..to + 1).fix(close));
    }
}
