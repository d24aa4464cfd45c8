//! 今天, 近日, 本周 where a paper has to say the day: in the lead of a press draft and the opening of minutes.

use super::Fault;
use super::line::{Line, is_boundary};

/// Words, and what must not follow them.
const WORDS: [(&str, &[&str]); 20] = [
    ("今天", &["的"]),
    ("今日", &["的"]),
    ("明天", &["的"]),
    ("明日", &["的"]),
    ("昨天", &["的"]),
    ("昨日", &["的"]),
    ("前天", &["的"]),
    ("后天", &["的", "努力"]),
    ("近日", &["点"]),
    ("日前", &[]),
    ("近期", &["的", "目标", "内", "工作", "规划", "任务"]),
    ("本周", &["期", "年", "刊"]),
    ("上周", &[]),
    ("下周", &["期"]),
    ("本月", &[]),
    ("上月", &[]),
    ("下月", &[]),
    ("今年", &["以来", "是", "的", "初以来"]),
    ("去年", &["以来", "同期", "的"]),
    ("明年", &["的"]),
];

/// Where a date belongs: at the beginning, behind a mark, or behind the place of a report (上海讯).
pub(super) fn check(line: &Line<'_>, faults: &mut Vec<Fault>) {
    for (word, not_before) in WORDS {
        for (offset, _) in line.text.match_indices(word) {
            let at = line.index(offset);
            let rest = &line.text[offset + word.len()..];
            let begins =
                is_boundary(line.before(at)) || matches!(line.before(at), '讯' | '于' | '在' | '自' | '至');
            let other = not_before.iter().any(|other| rest.starts_with(other));
            // Which day of a year is said by a month alone.
            let year = word.ends_with('年') && !rest.starts_with(|c: char| c.is_ascii_digit() || c == '，');
            if begins && !other && !year && !line.is_cited(at) {
                faults.push(line.fault("text/relative-date", at..at + word.chars().count()));
            }
        }
    }
}
