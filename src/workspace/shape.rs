//! What the schema wants at a place: keys, one value or a list; a tree as JSON, each scalar as the
//! type wanted.

use crate::source::{Node, Pointer, Shape, Step};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Number, Value};

/// Converts `node`; `schema` is what stands for it in `root`.
pub(super) fn to_json(node: &Node, schema: &Value, root: &Value) -> Value {
    let choices = choices(schema, root);
    match &node.shape {
        Shape::Scalar { .. } if node.is_null() => Value::Null,
        Shape::Scalar { text, plain } => scalar(text, *plain, &choices),
        Shape::List(items) => {
            let below = choices.iter().find_map(|choice| choice.get("items")).unwrap_or(&Value::Null);
            Value::Array(items.iter().map(|item| to_json(item, below, root)).collect())
        }
        Shape::Map(entries) => {
            let mut object = Map::new();
            for entry in entries {
                let below = choices.iter().find_map(|choice| choice.get("properties")?.get(&entry.key));
                // An empty key counts as an absent one, but only if it is a key at all.
                if entry.node.is_null() && below.is_some() {
                    continue;
                }
                object.insert(entry.key.clone(), to_json(&entry.node, below.unwrap_or(&Value::Null), root));
            }
            Value::Object(object)
        }
    }
}

fn scalar(text: &str, plain: bool, choices: &[&Value]) -> Value {
    let wants = |wanted: &str| choices.iter().any(|choice| takes(choice, wanted));
    if plain
        && !wants("string")
        && wants("integer")
        && let Ok(number) = text.parse::<i64>()
    {
        return Value::Number(Number::from(number));
    }
    Value::String(text.to_owned())
}

fn takes(schema: &Value, wanted: &str) -> bool {
    match &schema["type"] {
        Value::String(kind) => kind == wanted,
        Value::Array(kinds) => kinds.iter().any(|kind| kind == wanted),
        _ => schema.get("enum").is_some() && wanted == "string",
    }
}

/// The schemas that may stand for a value: references followed, alternatives side by side.
pub(super) fn choices<'a>(schema: &'a Value, root: &'a Value) -> Vec<&'a Value> {
    let mut found = Vec::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        if let Some(name) = schema["$ref"].as_str().and_then(|path| path.strip_prefix("#/definitions/")) {
            let name = percent_decode_str(name).decode_utf8_lossy();
            open.push(&root["definitions"][&*name]);
            continue;
        }
        for word in ["anyOf", "allOf"] {
            open.extend(schema[word].as_array().into_iter().flatten());
        }
        found.push(schema);
    }
    found
}

/// The schemas that may stand for what is at `pointer`.
fn schemas_at<'a>(root: &'a Value, pointer: &Pointer) -> Vec<&'a Value> {
    pointer.steps().iter().fold(choices(root, root), |schemas, step| {
        let below = schemas.iter().filter_map(|schema| match step {
            Step::Key(key) => schema["properties"].get(key),
            Step::Index(_) => schema.get("items"),
        });
        below.flat_map(|schema| choices(schema, root)).collect()
    })
}

/// The keys that the schema knows at `pointer`.
pub(super) fn keys_at(root: &Value, pointer: &Pointer) -> Vec<String> {
    let schemas = schemas_at(root, pointer);
    let keys = schemas.iter().filter_map(|schema| schema["properties"].as_object());
    keys.flat_map(|object| object.keys().cloned()).collect()
}

/// Whether `instance` can only mean one thing although it is one value for a list, or the other way.
pub(super) fn is_lone(root: &Value, pointer: &Pointer, instance: &Value) -> bool {
    let takes_text =
        |pointer: &Pointer| schemas_at(root, pointer).iter().any(|schema| takes(schema, "string"));
    match instance {
        Value::String(text) => is_name(text) && takes_text(&pointer.index(0)),
        Value::Array(items) => matches!(items.as_slice(), [Value::String(_)]) && takes_text(pointer),
        _ => false,
    }
}

/// Whether a text names one thing: neither a count nor a word for all or none.
fn is_name(text: &str) -> bool {
    const NO_NAMES: [&str; 9] =
        ["无", "没有", "暂无", "待定", "全体", "全体成员", "全部", "所有", "所有成员"];
    let text = text.trim();
    let counts = text.ends_with('人') && text.contains(|c: char| c.is_ascii_digit());
    several(text) == [text] && !counts && !NO_NAMES.contains(&text) && text.contains(char::is_alphabetic)
}

/// What one line of text names, by the marks that stand between several; nothing of a longer text or a key.
pub(super) fn several(text: &str) -> Vec<&str> {
    const BETWEEN: [char; 7] = ['、', '，', ',', '；', ';', '/', ' '];
    let line = if text.contains(['：', ':', '\n']) { "" } else { text.trim() };
    // A list was meant by brackets of another kind.
    let pairs = [('【', '】'), ('［', '］'), ('〔', '〕'), ('（', '）')];
    let mut inner = pairs.iter().filter_map(|(open, close)| line.strip_prefix(*open)?.strip_suffix(*close));
    inner.next().unwrap_or(line).split(BETWEEN).map(str::trim).filter(|item| !item.is_empty()).collect()
}

/// The year that a paper is about, for examples in messages.
pub(super) fn year_of(tree: &Node) -> Option<u16> {
    let keys = ["年度", "编号", "日期", "成立日期"];
    keys.iter().find_map(|key| {
        let year = tree.get(key)?.text()?.get(..4)?.parse().ok()?;
        (1900..=2100).contains(&year).then_some(year)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_full_width_brackets_are_told_apart() {
        assert_eq!(several("【甲, 乙】"), ["甲", "乙"]);
        assert_eq!(several("甲（主任）、乙"), ["甲（主任）", "乙"]);
        assert!(!is_name("【甲】") && is_name("甲"));
    }
}
