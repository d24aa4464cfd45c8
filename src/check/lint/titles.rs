//! Titles and annexes: no mark at the end, no 《》 around what is no title, numbers 1. 2. (GB/T 9704—2012, 7.3.1, 7.3.4;
//! GB/T 15834—2011, 4.15).

use super::Fault;
use super::line::{Line, is_han};

/// The title of a paper or of one of its parts.
pub(super) fn title(lines: &[Line<'_>], faults: &mut Vec<Fault>) {
    let mut filled = lines.iter().filter(|line| line.first() < line.len());
    let Some(line) = filled.next_back() else { return };
    let end = line.end();
    if "。，；：、.,;:".contains(line.at(end - 1)) && end - line.first() > 1 && is_han(line.before(end - 1))
    {
        faults.push(line.fault("text/title-mark", end - 1..end).fix(""));
    }
    let first = line.first();
    if filled.next().is_none()
        && line.at(first) == '《'
        && line.at(end - 1) == '》'
        && line.text.matches('《').count() == 1
    {
        faults.push(line.fault("text/title-brackets", first..end).fact("what", "whole"));
    }
}

/// What has a name and no title.
const NO_TITLES: [&str; 12] = [
    "全体会议",
    "工作会议",
    "座谈会",
    "研讨会",
    "培训班",
    "工作组",
    "专家组",
    "委员会",
    "有限公司",
    "协会",
    "启动会",
    "推进会",
];

/// 《》 around a meeting, a group, a course, a company.
pub(super) fn brackets(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let mut open = None;
    for (at, c) in line.iter() {
        match c {
            '《' => open = Some(at),
            '》' => {
                let Some(from) = open.take() else { continue };
                let inner = line.slice(from + 1..at);
                if NO_TITLES.iter().any(|end| inner.ends_with(end))
                    && !inner.contains("关于")
                    && !inner.contains("在")
                {
                    faults.push(line.fault("text/title-brackets", from..at + 1).fact("what", inner));
                }
            }
            _ => {}
        }
    }
}

/// The name of an annex, an item of a list.
pub(super) fn annex(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let (first, end) = (line.first(), line.end());
    if first >= end {
        return;
    }
    if "。，；：、.,;:".contains(line.at(end - 1)) {
        faults.push(line.fault("text/annex-mark", end - 1..end).fix(""));
    }
}

/// The mention of annexes below a text: 附件：1.名称.
pub(super) fn mention(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let first = line.first();
    if line.slice(first..line.len().min(first + 2)) != "附件" {
        return;
    }
    let digits =
        |from: usize| (from..line.len().min(from + 3)).take_while(|at| line.at(*at).is_ascii_digit()).count();
    let colon = usize::from(matches!(line.at(first + 2), '：' | ':'));
    let number = first + 2 + colon;
    let count = digits(number);
    let mark = number + count;
    if count > 0
        && line.at(mark) == '、'
        && !line.at(mark + 1).is_ascii_digit()
        && !"附第".contains(line.at(mark + 1))
    {
        let fault = line.fault("text/annex-number", mark..mark + 1).fact("what", "mark");
        faults.push(if colon > 0 { fault.fix(".") } else { fault });
    }
    let end = line.end();
    let name = line.slice(mark..end);
    let sentence = ["，", "见", "另发", "略", "是", "为", "应"].iter().any(|word| name.contains(word));
    let labelled = colon > 0 || matches!(line.at(mark), '：' | ':');
    if labelled
        && "。；".contains(line.at(end - 1))
        && !sentence
        && end - mark <= 40
        && name.matches('。').count() <= 1
    {
        faults.push(line.fault("text/annex-mark", end - 1..end).fix(""));
    }
}

/// —— before a subtitle that the writer led in with one dash.
pub(super) fn subtitle(line: &Line<'_>, faults: &mut Vec<Fault>) {
    let first = line.first();
    if matches!(line.at(first), '-' | '—') && is_han(line.at(first + 1)) {
        faults.push(line.fault("text/dash", first..first + 1).fix("——"));
    }
}
