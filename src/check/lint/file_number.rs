//! 发文字号: 代字〔年份〕序号号 (GB/T 9704—2012, 7.2.5). Numbers of courts, certificates and standards are none.

use super::Fault;
use super::line::{DIGITS, Line};
use regex::Regex;
use std::sync::LazyLock;

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        "([〇々㐀-䶿一-鿿\\u{20000}-\\u{3FFFF}]{1,15}) ?([〔﹝\\[(（【［〖{〈] ?)([0-9]{4}|[0-9]{2})(年?)( ?[〕﹞\\])）】］〗}〉] ?)(第?)(0*)([1-9][0-9]{0,3})号(.?)",
    )
    .ok()
});

/// Ends of what stands before the number of a judgment, an award or a certificate.
const OTHERS: [&str; 8] = ["仲", "民初", "刑初", "终字", "执字", "判", "证字", "许字"];

/// Whose numbers have 第 in their official form.
const WITH_ORDINAL: [&str; 3] = ["公告", "通告", "令"];

pub(super) fn check(line: &Line<'_>, faults: &mut Vec<Fault>) {
    if !line.has(&['号']) || !line.has(&DIGITS) {
        return;
    }
    let Some(pattern) = NUMBER.as_ref() else { return };
    for found in pattern.captures_iter(line.text) {
        let part = |group: usize| found.get(group).map_or("", |part| part.as_str());
        let place = |group: usize| {
            found.get(group).map_or(0..0, |part| line.index(part.start())..line.index(part.end()))
        };
        let (code, year, next) = (part(1), part(3), part(9));
        let other = OTHERS.iter().any(|other| code.contains(other));
        if other
            || line.in_title(place(2).start)
            || "楼院馆线房室门店车库地".contains(next) && !next.is_empty()
        {
            continue;
        }
        let good = part(2) == "〔" && part(5) == "〕" && part(4).is_empty();
        let round = part(2).starts_with(['(', '（', '〈']);
        let ordinal = WITH_ORDINAL.iter().any(|organ| code.ends_with(organ));
        match year.len() {
            4 if !year.starts_with("19") && !year.starts_with("20") => continue,
            4 if !good && !(round && (ordinal || code.chars().count() < 2)) => {
                let bracket = line.fault("text/file-number", place(2).start..place(5).end);
                faults.push(bracket.fact("what", "bracket").fix(format!("〔{year}〕")));
            }
            2 if round => continue,
            2 => faults.push(line.fault("text/file-number", place(3)).fact("what", "year")),
            _ => {}
        }
        if !part(6).is_empty() && !ordinal {
            faults.push(line.fault("text/file-number", place(6)).fact("what", "ordinal").fix(""));
        }
        if !part(7).is_empty() {
            faults.push(line.fault("text/file-number", place(7)).fact("what", "zero").fix(""));
        }
    }
}
