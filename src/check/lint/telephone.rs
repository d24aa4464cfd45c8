//! Telephone numbers in what is published. Numbers of standards, accounts and sums are none.

use super::Fault;
use super::line::{Line, is_han};
use regex::Regex;
use std::sync::LazyLock;

/// A mobile number, or an area code with a number behind a hyphen or in brackets.
static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("1[3-9][0-9][- ]?[0-9]{4}[- ]?[0-9]{4}|[(（]0[1-9][0-9]{1,2}[)）][2-9][0-9]{6,7}|0(?:10|2[0-9]|[3-9][0-9]{2})[-—–－ ][2-9][0-9]{6,7}")
        .ok()
});

/// What stands before a number that is no telephone's.
const CODES: [&str; 18] = [
    "编号",
    "账号",
    "帐号",
    "账户",
    "卡号",
    "证号",
    "单号",
    "书号",
    "刊号",
    "批号",
    "文号",
    "序号",
    "案号",
    "代码",
    "条码",
    "证书",
    "标准",
    "许可证",
];

/// What is counted.
const COUNTED: &str = "元万亿人个件份家次条吨千公米平斤克字度株只头辆套台%％‰";

pub(super) fn check(line: &Line<'_>, faults: &mut Vec<Fault>) {
    for found in NUMBER.as_ref().iter().flat_map(|number| number.find_iter(line.text)) {
        let at = line.index(found.start())..line.index(found.end());
        let cited = line.in_title(at.start) || line.is_address(at.start);
        if !cited && begins(line, at.start) && ends(line, at.end) && !is_code(line, at.start) {
            faults.push(line.fault("text/press-telephone", at));
        }
    }
}

/// Nothing that a longer number goes on with stands before it, but the code of the country.
fn begins(line: &Line<'_>, at: usize) -> bool {
    let before: Vec<char> = (0..at).rev().take(5).map(|at| line.at(at)).collect();
    let country = |skip: usize| {
        let rest = &before[skip..];
        rest.starts_with(&['6', '8']) && !rest.get(2).is_some_and(char::is_ascii_alphanumeric)
    };
    match before.first() {
        None => true,
        Some('-' | ' ') if before.len() > 2 && country(1) => true,
        // GB/T 13812345678, 978 010-12345678: part of another number.
        Some(' ') => before.get(1).is_none_or(|c| !c.is_ascii_alphanumeric()),
        Some('6') => before.len() > 2 && before[1] == '8' && before[2] == '+',
        Some(c) => is_han(*c) || "，。；：、（(:,;“”《》【】/".contains(*c) && !is_slashed(&before),
    }
}

/// GB/13812345678
fn is_slashed(before: &[char]) -> bool {
    before.first() == Some(&'/') && before.get(1).is_some_and(|c| c.is_ascii_alphabetic() || is_han(*c))
}

fn ends(line: &Line<'_>, at: usize) -> bool {
    let gap = usize::from(line.at(at) == ' ');
    let next = line.at(at + gap);
    let counted = COUNTED.contains(next);
    let glued = gap == 0 && (next.is_ascii_alphanumeric() || "-—–_.+*×/〔[".contains(next));
    // A stop of the sentence may follow it.
    let stop = next == '.' && !line.at(at + 1).is_ascii_alphanumeric();
    let digits = gap == 1 && next.is_ascii_digit();
    !counted && (!glued || stop) && !digits
}

/// 编号为, 账号：
fn is_code(line: &Line<'_>, at: usize) -> bool {
    let before = line.slice(at.saturating_sub(8)..at);
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || "：:为是（(第".contains(c));
    CODES.iter().any(|word| before.ends_with(word))
}
