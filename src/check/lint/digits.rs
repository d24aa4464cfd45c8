//! Full-width figures in running Chinese, and numbers that are half Chinese and half Arabic (GB/T 15835—2011).

use super::Fault;
use super::line::{Line, is_han};
use regex::Regex;
use std::sync::LazyLock;

/// 三十5家, 二百6人, 5十家: nothing but a measure behind it makes it one number.
static MIXED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    const MEASURE: &str = "[家人名位个项次份件场所台套页篇]";
    Regex::new(&format!("([一二两三四五六七八九]?[十百][1-9][0-9]?|[2-9]十[一二三四五六七八九]?){MEASURE}"))
        .ok()
});

/// What a number of its own may end with before another one begins: 附件5十项任务, 2018十家机构, 五十10人.
const OTHER: &str = "第件表图注节章条款项号期组班类之初一二两三四五六七八九十百千万亿零〇○";

pub(super) fn check(line: &Line<'_>, faults: &mut Vec<Fault>) {
    if line.text.contains(is_wide) {
        wide(line, faults);
    }
    if !line.text.contains(['十', '百']) {
        return;
    }
    for found in MIXED.as_ref().iter().flat_map(|it| it.captures_iter(line.text)) {
        let Some(number) = found.get(1) else { continue };
        let at = line.index(number.start())..line.index(number.end());
        let before = line.before(at.start);
        let joined =
            before.is_ascii_alphanumeric() || before == '.' || OTHER.contains(before) && before != '\0';
        if !joined && !line.is_cited(at.start) {
            faults.push(line.fault("text/mixed-numeral", at));
        }
    }
}

/// Figures beside Chinese; a mark of a level or of a list has a rule of its own, and Ａ４ is a name.
fn wide(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let mut at = 0;
    while at < line.len() {
        if !is_wide(line.at(at)) {
            at += 1;
            continue;
        }
        let mut end = at;
        while is_wide(line.at(end)) || line.at(end) == '．' && is_wide(line.at(end + 1)) {
            end += 1;
        }
        end += usize::from(line.at(end) == '％');
        let (before, next) = (line.before(at), line.at(end));
        let level = at == line.first() && matches!(next, '．' | '、' | '.' | '）' | ')');
        let beside = is_han(before) || is_han(next);
        let name = is_letter(before) || is_letter(next);
        if beside && !level && !name && !line.is_cited(at) && !line.is_address(at) {
            let narrow: String = line.slice(at..end).chars().map(narrow).collect();
            faults.push(line.fault("text/full-width-digit", at..end).fix(narrow));
        }
        at = end.max(at + 1);
    }
}

fn is_wide(c: char) -> bool {
    matches!(c, '０'..='９')
}

fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ' | '－' | '／' | '：')
}

/// The half-width twin.
fn narrow(c: char) -> char {
    match c {
        '０'..='９' | '．' | '％' => {
            u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c)
        }
        c => c,
    }
}
