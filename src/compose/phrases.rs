//! The sentences that pages compose from facts. They lie in `templates/text/phrases.yaml`, not here.

use crate::source::{Document, from_node};
use minijinja::Environment;
use minijinja::value::{Serde, Value};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static PHRASES: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let text = include_str!("../../templates/text/phrases.yaml");
    let document = Document::read("phrases.yaml", text.as_bytes(), &BTreeSet::new());
    document.tree.and_then(|tree| from_node(&tree).ok()).unwrap_or_default()
});

static ENVIRONMENT: LazyLock<Environment<'static>> = LazyLock::new(Environment::new);

/// The sentence of that name with `facts` filled in; an unknown name shows itself.
pub(super) fn phrase(name: &str, facts: impl Serialize) -> String {
    let Some(template) = PHRASES.get(name) else { return format!("［{name}］") };
    if !template.contains('{') {
        return template.clone();
    }
    ENVIRONMENT
        .render_str(template, Value::from(Serde(facts)))
        .unwrap_or_else(|error| format!("［{name}：{error}］"))
}

/// 一, 二, … 九十九.
pub(super) fn numeral(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, number % 10);
    match tens {
        0 => DIGITS[ones].to_owned(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens], DIGITS[ones]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phrase_is_a_sound_template() {
        assert!(PHRASES.len() > 40);
        for (name, template) in PHRASES.iter() {
            assert!(ENVIRONMENT.template_from_str(template).is_ok(), "{name}");
        }
    }

    /// A training has its members, and many who are none.
    #[test]
    fn the_count_of_all_who_came_stands_beside_the_members() {
        let turnout = serde_json::json!({ "members": 3, "present": 2 });
        let facts = serde_json::json!({
            "when": "2026年6月18日", "name": "培训班", "noun": "活动", "verb": "举办", "turnout": turnout, "present": 2,
            "count": "86人",
        });
        assert!(phrase("纪要导语", &facts).contains("应到成员3人，实到2人，到会共86人。"));
        assert!(phrase("通稿导语", &facts).contains("2名成员参加活动，到会共86人。"));
        let facts = serde_json::json!({ "name": "培训班", "noun": "活动", "count": "86人" });
        assert!(phrase("纪要导语", &facts).contains("。参加活动86人。"));
        assert!(phrase("通稿导语", &facts).contains("。86人参加活动。"));
    }

    /// An error would stand on the page: every branch is seen with facts and without.
    #[test]
    fn no_phrase_fails() {
        let item = serde_json::json!({ "content": "一", "speaker": "二", "name": "三", "telephone": "四", "count": 1, "fund": "五", "amount": "六" });
        for facts in [
            serde_json::json!({ "short": "某组", "name": "会议", "blocks": [], "parts": [], "genre": "函" }),
            serde_json::json!({
                "name": "某组会议", "short": "某组", "agenda": [item], "contacts": [item], "states": [item],
                "parts": [item, item], "blocks": ["一", "二"], "names": ["一"], "hosts": ["一"], "guests": ["一"],
                "organisers": ["一"], "lead": ["一"], "members": 3, "expected": 3, "mode": "混合", "when": "上午",
                "turnout": { "members": 3, "present": 2, "online": 1, "proxies": 1, "excused": 1, "absent": 1 },
            }),
        ] {
            for name in PHRASES.keys() {
                let shown = phrase(name, &facts);
                assert!(!shown.starts_with('［'), "{name}: {shown}");
            }
        }
    }

    /// Each phrase is used and each one used is there.
    #[test]
    fn no_phrase_is_orphaned() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src/compose");
        let sources: Vec<String> = walkdir::WalkDir::new(folder)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.path().extension().is_some_and(|ext| ext == "rs"))
            .filter_map(|entry| std::fs::read_to_string(entry.path()).ok())
            .collect();
        let sources = sources.concat();
        for name in PHRASES.keys() {
            assert!(sources.contains(&format!("\"{name}\"")), "{name} is not used");
        }
        for call in sources.split("phrase(\"").skip(1) {
            let name = call.split('"').next().unwrap_or_default();
            assert!(name.contains('{') || PHRASES.contains_key(name), "{name} is not there");
        }
    }

    #[test]
    fn numerals() {
        let shown: Vec<String> = [1, 9, 10, 11, 20, 38].into_iter().map(numeral).collect();
        assert_eq!(shown, ["一", "九", "十", "十一", "二十", "三十八"]);
    }
}
