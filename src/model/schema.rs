//! The JSON Schema (draft-07) of each kind, generated from the model: the same for editors and for
//! `check`. Descriptions come from outside, by structure and key.

use super::{Activity, Holidays, HouseRules, Kind, Plan, Profile, Records, Summary};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

/// The schema of one kind. `describe` gives the description of a key of a structure.
pub fn of(kind: Kind, describe: &dyn Fn(&str, &str) -> Option<String>) -> Value {
    let mut schema = match kind {
        Kind::Profile => generate::<Profile>(),
        Kind::Plan => generate::<Plan>(),
        Kind::Activity => generate::<Activity>(),
        Kind::Summary => generate::<Summary>(),
        Kind::Records => generate::<Records>(),
        Kind::Holidays => generate::<Holidays>(),
        Kind::HouseRules => generate::<HouseRules>(),
    };
    tidy(&mut schema);
    add_kind(&mut schema, kind);
    annotate(&mut schema, kind.word(), describe);
    if let Some(Value::Object(definitions)) = schema.get_mut("definitions") {
        for (name, definition) in definitions {
            annotate(definition, name, describe);
        }
    }
    schema
}

/// The schema that chooses by 类别; its parts are the files `<类别>.json` beside it.
pub fn chooser() -> Value {
    let choices: Vec<Value> = Kind::ALL
        .iter()
        .map(|kind| {
            json!({
                "if": { "properties": { "类别": { "const": kind.word() } }, "required": ["类别"] },
                "then": { "$ref": format!("{}.json", kind.word()) }
            })
        })
        .collect();
    let words: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
    json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "type": "object",
        "properties": { "类别": { "enum": words } },
        "required": ["类别"],
        "allOf": choices
    })
}

/// Every structure of the model with its keys, sorted.
pub fn keys() -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for kind in Kind::ALL {
        let schema = of(kind, &|_, _| None);
        let mut collect = |name: &str, schema: &Value| {
            for key in schema["properties"].as_object().into_iter().flat_map(Map::keys) {
                found.insert((name.to_owned(), key.clone()));
            }
        };
        collect(kind.word(), &schema);
        for (name, definition) in schema["definitions"].as_object().into_iter().flatten() {
            collect(name, definition);
        }
    }
    found
}

fn generate<T: JsonSchema>() -> Value {
    let schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<T>();
    Value::from(schema)
}

/// An empty key counts as an absent one, so `null` never reaches the schema; keys are closed; a choice of words is
/// one list.
fn tidy(schema: &mut Value) {
    match schema {
        Value::Array(items) => items.iter_mut().for_each(tidy),
        Value::Object(object) => {
            for word in ["default", "format", "minimum", "title", "description"] {
                if !object.get(word).is_some_and(Value::is_object) {
                    object.remove(word);
                }
            }
            if let Some(Value::Array(types)) = object.get_mut("type") {
                types.retain(|kind| kind != "null");
                if let [only] = types.as_slice() {
                    let only = only.clone();
                    object.insert("type".into(), only);
                }
            }
            if let Some(Value::Array(values)) = object.get_mut("enum") {
                values.retain(|value| !value.is_null());
            }
            if let Some(Value::Array(choices)) = object.get_mut("anyOf") {
                choices.retain(|choice| choice["type"] != "null");
                if let [Value::Object(only)] = choices.as_slice() {
                    let only = only.clone();
                    object.remove("anyOf");
                    object.extend(only);
                }
            }
            let words: Option<Vec<Value>> = object
                .get("oneOf")
                .and_then(Value::as_array)
                .and_then(|choices| choices.iter().map(|choice| choice.get("const").cloned()).collect());
            if let Some(words) = words {
                object.remove("oneOf");
                object.insert("type".into(), "string".into());
                object.insert("enum".into(), words.into());
            }
            require_marked(object);
            if object.get("properties").is_some_and(Value::is_object) && object.contains_key("type") {
                object.insert("additionalProperties".into(), Value::Bool(false));
            }
            object.values_mut().for_each(tidy);
        }
        _ => {}
    }
}

/// A key that has a default in the model and must be written all the same bears a mark there.
fn require_marked(object: &mut Map<String, Value>) {
    let Some(Value::Object(properties)) = object.get_mut("properties") else { return };
    let mut required: Vec<Value> = Vec::new();
    for (key, property) in properties {
        if property.as_object_mut().and_then(|property| property.remove("x-required")).is_some() {
            required.push(key.as_str().into());
        }
    }
    if !required.is_empty() {
        object.insert("required".into(), required.into());
    }
}

fn add_kind(schema: &mut Value, kind: Kind) {
    let Some(object) = schema.as_object_mut() else { return };
    let mut properties = Map::new();
    properties.insert("类别".into(), json!({ "type": "string", "const": kind.word() }));
    if let Some(Value::Object(own)) = object.remove("properties") {
        properties.extend(own);
    }
    let mut required = vec![Value::from("类别")];
    if let Some(Value::Array(own)) = object.remove("required") {
        required.extend(own);
    }
    object.insert("properties".into(), Value::Object(properties));
    object.insert("required".into(), Value::Array(required));
}

fn annotate(schema: &mut Value, name: &str, describe: &dyn Fn(&str, &str) -> Option<String>) {
    let Some(Value::Object(properties)) = schema.get_mut("properties") else { return };
    for (key, property) in properties {
        if let (Some(text), Some(property)) = (describe(name, key), property.as_object_mut()) {
            property.insert("description".into(), Value::from(text));
        }
    }
}
