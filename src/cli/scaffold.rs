//! The first text of each kind of file, from `scaffold/`; what goes into it is quoted as YAML needs.

use crate::finding::Finding;
use crate::model::Kind;
use minijinja::Environment;
use minijinja::value::{Serde, Value as Filled};
use serde_json::{Map, Value};

/// The templates of `scaffold/`.
fn template(kind: Kind) -> &'static str {
    match kind {
        Kind::Profile => include_str!("../../scaffold/专家组.yaml"),
        Kind::Plan => include_str!("../../scaffold/工作计划.yaml"),
        Kind::Activity => include_str!("../../scaffold/活动.yaml"),
        Kind::Summary => include_str!("../../scaffold/工作总结.yaml"),
        Kind::Records => include_str!("../../scaffold/台账.yaml"),
        Kind::Holidays => include_str!("../../scaffold/放假安排.yaml"),
        Kind::HouseRules => include_str!("../../scaffold/本组规则.yaml"),
    }
}

/// The text of a new file of `kind` that lies `depth` folders below the workspace.
///
/// # Errors
/// `run/rulebook` for a template that is wrong: a fault of the build that a test excludes.
pub(super) fn text(kind: Kind, depth: usize, facts: Map<String, Value>) -> Result<String, Finding> {
    let facts = facts.into_iter().map(|(name, value)| (name, quoted(value))).collect();
    fill(template(kind), kind, depth, facts)
}

/// The text of a plan that goes on from the year before; `facts` are quoted already where they need it.
///
/// # Errors
/// As [`text`].
pub(super) fn next_year(depth: usize, facts: Map<String, Value>) -> Result<String, Finding> {
    fill(include_str!("../../scaffold/年度接续.yaml"), Kind::Plan, depth, facts)
}

/// A text as YAML reads it back: in quotes where it needs them.
pub(super) fn scalar(text: &str) -> String {
    if needs_quotes(text) { Value::from(text).to_string() } else { text.to_owned() }
}

fn fill(template: &str, kind: Kind, depth: usize, mut facts: Map<String, Value>) -> Result<String, Finding> {
    let schema = format!("{}.baosong/{}.json", "../".repeat(depth), kind.word());
    facts.insert("schema".into(), Value::from(schema));
    let mut text = Environment::new()
        .render_str(template, Filled::from(Serde(facts)))
        .map_err(|error| Finding::new("run/rulebook").fact("cause", error.to_string()))?;
    if !text.ends_with('\n') {
        text.push('\n');
    }
    Ok(text)
}

/// Text that YAML would read otherwise is put in quotes.
fn quoted(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(scalar(&text)),
        Value::Array(items) => Value::Array(items.into_iter().map(quoted).collect()),
        Value::Object(object) => {
            Value::Object(object.into_iter().map(|(key, value)| (key, quoted(value))).collect())
        }
        other => other,
    }
}

fn needs_quotes(text: &str) -> bool {
    let first = text.chars().next();
    text.is_empty()
        || text.trim() != text
        || first.is_some_and(|c| "-?:,[]{}#&*!|>'\"%@`~=".contains(c))
        || text.contains([':', '#', ',', '[', ']', '{', '}', '"', '\\'])
        || text.chars().any(|c| c.is_control() || c.is_whitespace() && c != ' ')
        || matches!(text.to_ascii_lowercase().as_str(), "null" | "true" | "false")
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn awkward_values_are_quoted() {
        let facts = json!({ "id": "2026-01", "name": "a: b # \"c\"\n", "date": "2026-06-18", "kinds": ["全体会议"], "numbers": ["1", "2", "3", "4", "5"] });
        let text = text(Kind::Activity, 3, facts.as_object().cloned().unwrap()).unwrap();
        assert!(text.starts_with("# yaml-language-server: $schema=../../../.baosong/活动.json\n"));
        assert!(text.contains("名称: \"a: b # \\\"c\\\"\\n\"\n"), "{text}");
    }
}
