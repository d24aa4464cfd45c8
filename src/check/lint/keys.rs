//! Keys that were indented too far and so became text of the block above: the text and its faults go in, the faults
//! without those that take such a line for a sentence come out, and one that names the first of these lines.
//!
//! A word behind which a full-width colon stands is prose.

use super::Fault;
use crate::model::schema;
use crate::source::{Pointer, Step};
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Every structure of the model with its keys.
static PAIRS: LazyLock<BTreeSet<(String, String)>> = LazyLock::new(schema::keys);

/// The keys alone.
static KEYS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| PAIRS.iter().map(|(_, key)| key.as_str()).collect());

/// A line that begins with a key and an ASCII colon.
struct Keyed<'t> {
    key: &'t str,
    /// The key and its colon.
    head: Range<usize>,
    /// From the key to the end of the line.
    line: Range<usize>,
    /// Whether hardly anybody would write the line as a sentence: nothing stands behind the key, or it is one of those
    /// that a file of the kind begins a line with.
    certain: bool,
}

pub(super) fn check(text: &str, kind: &str, pointer: &Pointer, faults: &mut Vec<Fault>) {
    if !text.contains('\n') || !text.contains(':') {
        return;
    }
    let keyed = keyed(text, kind);
    let Some(first) = keyed.first() else { return };
    if keyed.iter().any(|line| line.certain) {
        let within = |fault: &Fault| keyed.iter().any(|it| it.line.contains(&fault.span.start));
        faults.retain(|fault| !within(fault));
        let above = pointer.steps().iter().rev().find_map(|step| match step {
            Step::Key(key) => Some(key.clone()),
            Step::Index(_) => None,
        });
        faults.push(Fault {
            rule: "yaml/key-in-text",
            span: first.head.clone(),
            found: text[first.head.clone()].to_owned(),
            fix: None,
            facts: vec![("key", first.key.to_owned()), ("above", above.unwrap_or_default())],
        });
        faults.sort_by_key(|fault| fault.span.start);
    } else {
        // It may be either; so the mark is named and left as it is.
        let colon = |span: &Range<usize>| keyed.iter().any(|it| it.head.end - 1 == span.start);
        for fault in faults.iter_mut().filter(|fault| colon(&fault.span)) {
            fault.fix = None;
        }
    }
}

fn keyed<'t>(text: &'t str, kind: &str) -> Vec<Keyed<'t>> {
    let mut found = Vec::new();
    let mut end = 0;
    for line in text.split_inclusive('\n') {
        end += line.len();
        let rest = line.trim_start().trim_start_matches("- ").trim_start();
        let Some((key, value)) = rest.split_once(':').filter(|(key, _)| KEYS.contains(key)) else {
            continue;
        };
        let value = value.trim_end_matches('\n');
        if value.starts_with(|c: char| c != ' ') {
            continue;
        }
        let start = end - rest.len();
        let alone = matches!(value.trim(), "" | "|" | "|-" | "|+" | ">" | ">-");
        found.push(Keyed {
            key,
            head: start..start + key.len() + 1,
            line: start..end,
            certain: alone || PAIRS.contains(&(kind.to_owned(), key.to_owned())),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys named in the text of 活动小结 of an activity.
    fn named(text: &str) -> Vec<String> {
        let mut faults = Vec::new();
        check(text, "活动", &Pointer::parse("/活动小结"), &mut faults);
        faults.into_iter().map(|fault| fault.facts[0].1.clone()).collect()
    }

    #[test]
    fn only_what_is_written_like_a_key_is_named() {
        let swallowed = "会议圆满结束。\n新闻通稿:\n  标题: 会议召开\n  正文: |\n    昨日召开。\n";
        assert_eq!(named(swallowed), ["新闻通稿"]);
        assert_eq!(named("会议结束。\n- 姓名: 张三\n  正文: |\n"), ["姓名"]);
        assert_eq!(named("会议结束。\n地点: 上海\n"), ["地点"]);
        for prose in [
            "会议结束。\n地点：上海\n",
            "会议结束。\n单位: 甲方研究院\n",
            "会议认为:\n一是进展较快。\n",
            "会议结束。\n正文:甲\n",
            "新闻通稿:",
        ] {
            assert_eq!(named(prose), [""; 0], "{prose}");
        }
    }
}
