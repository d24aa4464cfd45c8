//! From … to …: — or ～ between numbers, and %, 万, 亿 with both of them (GB/T 15834—2011, GB/T 15835—2011).
//! Telephone numbers, codes, rooms and standards are no ranges.

use super::Fault;
use super::line::{Line, is_han};
use regex::{Captures, Regex};
use std::sync::LazyLock;

static RANGE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        "([0-9]+(?:\\.[0-9]+)?)(年|月|日|时|点|%|％|万元|亿元|万|亿|元|人)?(-{1,2}|~|～|—|∼|〜)([0-9]+(?:\\.[0-9]+)?)(%|％|‰|万元|亿元|[〇々㐀-䶿一-鿿\\u{20000}-\\u{3FFFF}℃]|)",
    )
    .ok()
});
static HOURS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new("[0-9]{1,2}[:：][0-9]{2}(-{1,2}|~)[0-9]{1,2}[:：][0-9]{2}").ok());
static DAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("[0-9]{1,2}[月日](-{1,2}|~)(?:[0-9]{4}年)?[0-9]{1,2}[月日]|[0-9]年(-{1,2}|~)[0-9]{4}年").ok()
});

/// What is counted or measured; 室 and 号 are not.
const COUNTED: &str = "月日年时点万亿元人家个项次天周名篇份小分倍岁米公吨克千亩平套件所页字种位届起条场℃%％";

/// What stands before a number that is a code.
const CODES: &str = "第图表式号附录款条注区栋幢座楼室班路线机码话真编批册卷";

pub(super) fn check(line: &Line<'_>, faults: &mut Vec<Fault>) {
    if !line.has(&['-', '~', '～', '—', '∼', '〜']) {
        return;
    }
    for pattern in [&HOURS, &DAYS] {
        for found in pattern.as_ref().iter().flat_map(|it| it.captures_iter(line.text)) {
            let Some((whole, mark)) = found.get(0).zip(found.get(1).or_else(|| found.get(2))) else {
                continue;
            };
            let (from, at) = (line.index(whole.start()), line.index(mark.start()));
            let end = line.index(whole.end());
            let part = line.before(from).is_ascii_digit() && whole.as_str().contains([':', '：']);
            if !part && !line.in_title(at) && !line.at(end).is_ascii_digit() {
                let sign = if mark.as_str() == "~" { "～" } else { "—" };
                faults.push(line.fault("text/range", at..at + mark.len()).fix(sign));
            }
        }
    }
    for found in RANGE.as_ref().iter().flat_map(|it| it.captures_iter(line.text)) {
        range(line, &found, faults);
    }
}

fn range(line: &Line<'_>, found: &Captures<'_>, faults: &mut Vec<Fault>) {
    let part = |group: usize| found.get(group).map_or("", |part| part.as_str());
    let place =
        |group: usize| found.get(group).map_or(0..0, |part| line.index(part.start())..line.index(part.end()));
    let (first, unit, mark, second, behind) = (part(1), part(2), part(3), part(4), part(5));
    let from = place(1).start;
    let end = place(4).end;
    let before = line.before(from);
    let glued = before.is_ascii_alphanumeric()
        || "-–—~～./_:：+\u{2212}".contains(before) && before != '：'
        || CODES.contains(before) && is_han(before)
        || before == ' ' && line.before(from - 1).is_ascii_alphanumeric();
    let tail = line.at(end);
    let ascii = mark.starts_with('-') || mark == "~";
    if glued || "-–~/_.".contains(tail) && tail != '\0' || line.in_title(from) || line.is_address(from) {
        return;
    }
    if dropped(line, found, faults) {
        return;
    }
    let year = |text: &str| text.len() == 4 && (text.starts_with("19") || text.starts_with("20"));
    let counted = behind.chars().next().is_some_and(|c| COUNTED.contains(c)) && !is_compound(line, end);
    let years = year(first) && year(second) && (behind == "年" || tail == '）');
    let short = first.len() <= 4 && second.len() <= 5 && !first.starts_with("00") && !is_code(first);
    let rises = first.parse::<f64>().ok() < second.parse::<f64>().ok();
    let sure = years
        || mark == "~" && !first.starts_with("00") && line.text.chars().any(is_han)
        || counted && short && rises;
    if ascii && sure && !(unit.len() == 3 && "年月日".contains(unit) && unit == behind) {
        let date = years || matches!(behind, "月" | "日" | "时" | "点");
        let sign = if date && mark != "~" { "—" } else { "～" };
        faults.push(line.fault("text/range", place(3)).fix(sign));
    }
}

/// A telephone's area code or a code with a leading zero.
fn is_code(first: &str) -> bool {
    first.starts_with('0') && first.len() > 1 && !first.starts_with("0.")
}

/// 3-2人民路, 5-1公司: the unit is the beginning of another word.
fn is_compound(line: &Line<'_>, at: usize) -> bool {
    let word = line.slice(at..line.len().min(at + 2));
    [
        "人民", "公司", "公寓", "公园", "千禧", "元旦", "天津", "日报", "分册", "分厂", "分院", "分会",
        "分队", "小区", "小学", "家属", "条款",
    ]
    .contains(&word)
}

/// 5～10%, 3～5万元: the first number lacks what the second has.
fn dropped(line: &Line<'_>, found: &Captures<'_>, faults: &mut Vec<Fault>) -> bool {
    let part = |group: usize| found.get(group).map_or("", |part| part.as_str());
    let (first, unit, mark, second, behind) = (part(1), part(2), part(3), part(4), part(5));
    let repeated = match behind {
        "％" => "%",
        "%" | "‰" | "万元" | "亿元" | "万" | "亿" => behind,
        _ => return false,
    };
    let from = found.get(1).map_or(0, |it| line.index(it.start()));
    let end = found.get(5).map_or(0, |it| line.index(it.end()));
    let rises = first.parse::<f64>().ok() < second.parse::<f64>().ok();
    let year = first.len() == 4;
    if !unit.is_empty() || first == "0" || !rises || year || is_code(first) || mark == "--" {
        return false;
    }
    let sign = if matches!(mark, "—") { "—" } else { "～" };
    let fault = line.fault("text/range-unit", from..end).fact("unit", repeated);
    faults.push(fault.fix(format!("{first}{repeated}{sign}{second}{repeated}")));
    true
}
