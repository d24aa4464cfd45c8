//! No rule without code that raises it, no code that raises what is no rule.

use crate::checked::rulebook;
use std::collections::BTreeSet;
use std::path::Path;

/// What `src/` names in quotes that looks like a rule of a group the rulebook has.
fn named() -> BTreeSet<String> {
    let groups: BTreeSet<&str> = rulebook().rules().filter_map(|rule| rule.id.split('/').next()).collect();
    let mut named = BTreeSet::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in walkdir::WalkDir::new(source).into_iter().map(Result::unwrap) {
        if entry.path().extension().is_none_or(|extension| extension != "rs") {
            continue;
        }
        let text = std::fs::read_to_string(entry.path()).unwrap();
        named.extend(text.split('"').filter(|word| looks_like_a_rule(word, &groups)).map(str::to_owned));
    }
    named
}

fn looks_like_a_rule(word: &str, groups: &BTreeSet<&str>) -> bool {
    let Some((group, name)) = word.split_once('/') else { return false };
    groups.contains(group) && !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-')
}

#[test]
fn code_and_rulebook_name_the_same_rules() {
    let named = named();
    let known: BTreeSet<String> = rulebook().rules().map(|rule| rule.id.clone()).collect();
    let without_words: Vec<_> = named.difference(&known).collect();
    assert!(without_words.is_empty(), "the rulebook lacks {without_words:?}");
    let never_raised: Vec<_> = known.difference(&named).collect();
    assert!(never_raised.is_empty(), "src never names {never_raised:?}");
}
