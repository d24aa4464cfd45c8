//! Dates and hours as GB/T 15835—2011 writes them, and whether there is such a day.

use super::Fault;
use super::line::{DIGITS, Line, chinese_number, is_boundary, is_han};
use crate::model::scalar::Date;
use chrono::NaiveDate;
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

type Pattern = LazyLock<Option<Regex>>;

static DAY: Pattern = LazyLock::new(|| {
    Regex::new(
        "(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})日(?:[ （(]{0,2}(?:星期|礼拜|周)([一二三四五六日天]))?",
    )
    .ok()
});
static ZERO: Pattern = LazyLock::new(|| Regex::new("0[1-9][月日]").ok());
static MIXED: Pattern = LazyLock::new(|| {
    const D: &str = "[〇○零一二三四五六七八九]";
    const N: &str = "[一二三四五六七八九十]";
    Regex::new(&format!("({D}{{4}}|[0-9]{{4}})年({N}{{1,2}}|[0-9]{{1,2}})月(?:({N}{{1,3}}|[0-9]{{1,2}})日)?"))
        .ok()
});
static HAO: Pattern = LazyLock::new(|| Regex::new("[0-9]{1,2}月[0-9]{1,2}号").ok());
static HOUR: Pattern = LazyLock::new(|| Regex::new("(下午|晚上|傍晚|中午) ?(1[3-9]|2[0-4])[时点:：]").ok());
static GAP: Pattern =
    LazyLock::new(|| Regex::new("[0-9]{4}年日|年[0-9]{1,2}月日?|[0-9]月日|[0-9]年月[0-9]").ok());
static SHORT: Pattern =
    LazyLock::new(|| Regex::new("[0-9]{2}年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?|度|底|初|末)").ok());

static POINTS: Pattern =
    LazyLock::new(|| Regex::new("((?:19|20)[0-9]{2})([./])([0-9]{1,2})([./])([0-9]{1,2})(日?)").ok());

/// What may follow `5号` when it is no day.
const NUMBERED: &str = "楼院线车公令文厅馆门库井机店码台桥房室会站出展通仓船炉墙桩岛窗舱井位";

pub(super) fn check(line: &Line<'_>, faults: &mut Vec<Fault>) {
    if line.has(&['.', '/']) {
        for_each(&POINTS, line, |found, at| points(line, found, at, faults));
    }
    if line.has(&['年', '月', '日', '号']) {
        if line.has(&DIGITS) {
            for_each(&DAY, line, |found, at| day(line, found, at, faults));
            if line.has(&['0']) {
                for_each(&ZERO, line, |_, at| zero(line, &at, faults));
            }
            if line.has(&['号']) {
                for_each(&HAO, line, |_, at| hao(line, &at, faults));
            }
            for_each(&GAP, line, |found, at| gap(line, found, at, faults));
            for_each(&SHORT, line, |found, at| short_year(line, found, at, faults));
        }
        if line.has(&['年']) && has_chinese_numeral(line) {
            for_each(&MIXED, line, |found, at| mixed(line, found, at, faults));
        }
    }
    if !line.has(&['午', '晚']) {
        return;
    }
    for_each(&HOUR, line, |found, at| {
        let word = at.start..at.start + found[1].chars().count();
        let blank = usize::from(line.at(word.end) == ' ');
        faults.push(line.fault("text/hour", word.start..word.end + blank).fact("hour", &found[2]).fix(""));
    });
}

/// Whether 年, 月 or 日 stands behind a numeral in Chinese signs.
fn has_chinese_numeral(line: &Line<'_>) -> bool {
    line.iter().any(|(at, c)| {
        matches!(c, '年' | '月' | '日') && "〇○零一二三四五六七八九十".contains(line.before(at))
    })
}

/// Calls `look` with every place of a pattern that is not in the title of another's work.
fn for_each(pattern: &Pattern, line: &Line<'_>, mut look: impl FnMut(&Captures<'_>, Range<usize>)) {
    let Some(pattern) = pattern.as_ref() else { return };
    for found in pattern.captures_iter(line.text) {
        let Some(whole) = found.get(0) else { continue };
        let at = line.index(whole.start())..line.index(whole.end());
        if !line.in_title(at.start) {
            look(&found, at);
        }
    }
}

fn number(found: &Captures<'_>, group: usize) -> Option<u32> {
    found.get(group)?.as_str().parse().ok()
}

fn day(line: &Line<'_>, found: &Captures<'_>, at: Range<usize>, faults: &mut Vec<Fault>) {
    let (year, Some(month), Some(day)) = (number(found, 1), number(found, 2), number(found, 3)) else {
        return;
    };
    if line.before(at.start).is_ascii_digit() {
        return;
    }
    let place = |group: usize| found.get(group).map_or(0, |part| line.index(part.start()));
    let days_end = place(3) + found[3].len() + 1;
    let in_any_year = i32::try_from(year.unwrap_or(2000)).unwrap_or(2000);
    let Some(date) = NaiveDate::from_ymd_opt(in_any_year, month, day) else {
        faults.push(line.fault("text/no-such-date", at.start..days_end));
        return;
    };
    let named = found.get(4).filter(|_| !"年末常报刊".contains(line.at(at.end)) || line.at(at.end) == '\0');
    let (Some(named), Some(_)) = (named, year) else { return };
    let right = Date::from(date).weekday_zh();
    if !right.ends_with(named.as_str().replace('天', "日").as_str()) {
        let at = line.index(named.start());
        let word = if line.before(at) == '周' { 1 } else { 2 };
        faults.push(line.fault("text/weekday", at - word..at + 1).fact("right", right));
    }
}

fn zero(line: &Line<'_>, at: &Range<usize>, faults: &mut Vec<Fault>) {
    let before = line.before(at.start);
    let day = line.at(at.start + 2) == '日';
    if (day && before == '月')
        || (!day
            && (before == '年'
                || is_boundary(before) && before != '.'
                || is_han(before)
                || "—～-~".contains(before)))
    {
        faults.push(line.fault("text/date-zero", at.start..at.start + 1).fix(""));
    }
}

/// A date whose parts are written in both systems.
fn mixed(line: &Line<'_>, found: &Captures<'_>, at: Range<usize>, faults: &mut Vec<Fault>) {
    let parts: Vec<&str> = (1..=3).filter_map(|group| Some(found.get(group)?.as_str())).collect();
    let arabic = parts.iter().filter(|part| part.is_ascii()).count();
    if arabic == 0 || arabic == parts.len() || line.before(at.start).is_ascii_digit() {
        return;
    }
    // Days of the old calendar and feasts: 2017年八月十五, 三月三.
    let behind = line.at(at.end);
    if parts.len() == 2 && is_han(behind) && !"份底初末上中下至到召举印发".contains(behind) {
        return;
    }
    let value = |text: &str| text.parse().ok().or_else(|| chinese_number(text));
    let values: Option<Vec<u32>> = parts.iter().map(|part| value(part)).collect();
    let fault = line.fault("text/mixed-date", at);
    faults.push(match values.as_deref() {
        Some([year, month]) => fault.fix(format!("{year}年{month}月")),
        Some([year, month, day]) => fault.fix(format!("{year}年{month}月{day}日")),
        _ => fault,
    });
}

fn hao(line: &Line<'_>, at: &Range<usize>, faults: &mut Vec<Fault>) {
    if !NUMBERED.contains(line.at(at.end)) || line.at(at.end) == '\0' {
        faults.push(line.fault("text/day-word", at.end - 1..at.end).fix("日"));
    }
}

/// A date that lacks a part: 2026年日, 年6月, 6月日.
fn gap(line: &Line<'_>, found: &Captures<'_>, at: Range<usize>, faults: &mut Vec<Fault>) {
    let text = &found[0];
    let before = line.before(at.start);
    let lacks = match text {
        text if text.starts_with('年') && text.ends_with('月') => {
            at.start == line.first()
                || "，。；：、（于自从至到在".contains(before)
                || line.slice(0..at.start).ends_with("截至")
        }
        text if text.ends_with("月日") => {
            !is_han(line.at(at.end)) || "前后至召举印发".contains(line.at(at.end))
        }
        // 2020年日产量, 1997年日本.
        text if text.ends_with("年日") => {
            !is_han(line.at(at.end)) || "前后召举印发".contains(line.at(at.end))
        }
        _ => true,
    };
    if lacks {
        faults.push(line.fault("text/date-gap", at));
    }
}

/// 2026.6.5, 2026/6/5 in running text; versions, addresses and what stands alone in a cell are left.
fn points(line: &Line<'_>, found: &Captures<'_>, at: Range<usize>, faults: &mut Vec<Fault>) {
    let (Some(year), Some(month), Some(day)) = (number(found, 1), number(found, 3), number(found, 5)) else {
        return;
    };
    let (before, next) = (line.before(at.start), line.at(at.end));
    let glued = |c: char| c.is_ascii_alphanumeric() || "./_-:+#".contains(c) && c != '\0';
    let range = [before, next].iter().any(|c| "-–—～~至".contains(*c) && *c != '\0');
    let near = line.slice(at.start.saturating_sub(4)..at.start);
    let version = near.contains(['版', '号', '第']) || "版号节条章款项".contains(next) && next != '\0';
    let running = is_han(before) || is_han(next) || "，。；".contains(before) && before != '\0';
    let is_day =
        i32::try_from(year).ok().and_then(|year| NaiveDate::from_ymd_opt(year, month, day)).is_some();
    if found[2] != found[4]
        || glued(before)
        || glued(next) && !range
        || version
        || !running
        || !is_day
        || line.is_address(at.start)
    {
        return;
    }
    let fault = line.fault("text/date-form", at);
    faults.push(if range { fault } else { fault.fix(format!("{year}年{month}月{day}日")) });
}

/// 17年5月10日, 17年度.
fn short_year(line: &Line<'_>, found: &Captures<'_>, at: Range<usize>, faults: &mut Vec<Fault>) {
    let before = line.before(at.start);
    let text = &found[0];
    let begins = is_boundary(before) && !".,()（".contains(before)
        || before == '（'
        || "于自从至到在".contains(before);
    // 20年底蕴, 10年初心, 30年度过 are spans of time.
    let span = match text.chars().next_back() {
        Some('底') => "蕴子线气薪色层下",
        Some('初') => "心中级步期",
        Some('度') => "过日假劫量",
        _ => "",
    };
    if span.contains(line.at(at.end)) {
        return;
    }
    let certain = text.ends_with('日')
        || text.ends_with("年度") && is_han(before) && !"第满达近约共".contains(before)
        || begins;
    if certain && !before.is_ascii_digit() && !before.is_ascii_alphabetic() && !".-—～~".contains(before) {
        faults.push(line.fault("text/short-year", at.start..at.start + 3));
    }
}
