//! 回执: the general secretariat's answer to a bundle, a JSON file. Its schema is committed as
//! `docs/receipt.schema.json`.
//!
//! It comes from outside: refused is what is too large, is no such file, or holds what no record should.

use super::CheckCode;
use crate::finding::Finding;
use crate::model::scalar::{Date, is_no_day};
use crate::workspace::nearest;
use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The version of this form.
pub const FORMAT: u32 = 1;

/// No answer is larger, bytes.
pub const LARGEST: u64 = 1024 * 1024;

/// A text of it is at most so long, characters.
const LONGEST: usize = 2000;

/// The whole file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    /// Version of this form: 1.
    pub format: u32,
    /// Whose bundle it answers.
    pub group: Addressee,
    /// The year that the bundle is about.
    pub year: u16,
    /// What it is: `plan`, `activity-before`, `activity-after`, `summary`, `year`.
    pub kind: String,
    /// Number of the activity, for a bundle about one.
    #[serde(default)]
    pub item: Option<String>,
    /// Version of the bundle, from 1.
    pub version: u16,
    /// 核验码 of the bundle, 64 hexadecimal digits; blanks between them play no part.
    pub check_code: String,
    /// Whether it was received or goes back to be corrected.
    pub state: Answer,
    /// When, ISO 8601.
    pub date: String,
    /// 回执 code; required for what was received.
    #[serde(default)]
    pub code: Option<String>,
    /// Why it goes back.
    #[serde(default)]
    pub reasons: Vec<String>,
}

/// Whose bundle it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Addressee {
    /// 全称.
    pub name: String,
    /// 代字.
    #[serde(default)]
    pub code: Option<String>,
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// 已收.
    Received,
    /// 退回补正.
    Returned,
}

impl Receipt {
    /// Reads an answer.
    ///
    /// # Errors
    /// `run/no-receipt` with the `cause`, or `run/newer-receipt`.
    pub fn read(bytes: &[u8]) -> Result<Self, Finding> {
        let refuse = |cause: &str| Finding::new("run/no-receipt").fact("cause", cause);
        let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let value: Value = serde_json::from_slice(bytes).map_err(|_| refuse("json"))?;
        if let Some(format) = value["format"].as_u64().filter(|format| *format > u64::from(FORMAT)) {
            return Err(Finding::new("run/newer-receipt").fact("format", format).fact("known", FORMAT));
        }
        if let Some((field, near)) = unknown_field(&value) {
            return Err(refuse("unknown").fact("field", field).fact("near", near));
        }
        let field = wrong_field(&value);
        let receipt: Self = serde_json::from_value(value).map_err(|error| match field {
            Some(field) => refuse("field").fact("field", field),
            None => refuse(&error.to_string()),
        })?;
        let reasons = receipt.reasons.iter();
        let texts = reasons.chain(&receipt.code).chain(&receipt.item).chain([&receipt.group.name]);
        let harmful = |text: &String| text.chars().count() > LONGEST || text.chars().any(char::is_control);
        if texts.into_iter().any(harmful) || receipt.reason().chars().count() > LONGEST {
            return Err(refuse("text"));
        }
        if receipt.check_code.parse::<CheckCode>().is_err() {
            return Err(refuse("check_code"));
        }
        if receipt.date().is_none() {
            let reason = if is_no_day(&receipt.date) { "no-day" } else { "form" };
            return Err(refuse("date").fact("date", receipt.date).fact("reason", reason));
        }
        let needs_code = receipt.state == Answer::Received;
        if needs_code && receipt.code.as_ref().is_none_or(|code| code.trim().is_empty()) {
            return Err(refuse("code"));
        }
        Ok(receipt)
    }

    /// When.
    pub fn date(&self) -> Option<Date> {
        self.date.parse().ok()
    }

    /// Its reasons in one line.
    pub fn reason(&self) -> String {
        self.reasons.iter().map(|it| it.trim()).filter(|it| !it.is_empty()).collect::<Vec<_>>().join("；")
    }
}

/// A field of the file, and whether a value can be read as it.
type Field = (&'static str, fn(&Value) -> bool);

const FIELDS: [Field; 11] = [
    ("format", reads::<u32>),
    ("group", reads::<Addressee>),
    ("year", reads::<u16>),
    ("kind", reads::<String>),
    ("item", reads::<Option<String>>),
    ("version", reads::<u16>),
    ("check_code", reads::<String>),
    ("state", reads::<Answer>),
    ("date", reads::<String>),
    ("code", reads::<Option<String>>),
    ("reasons", |value| value.is_null() || reads::<Vec<String>>(value)),
];

fn reads<T: DeserializeOwned>(value: &Value) -> bool {
    T::deserialize(value).is_ok()
}

/// The first field that is lacking or cannot be read; of what is no object, the first of all.
fn wrong_field(value: &Value) -> Option<&'static str> {
    FIELDS.into_iter().find(|(name, reads)| !reads(&value[*name])).map(|(name, _)| name)
}

/// The first key that the file does not have, with the one that may be meant: what it says would be lost.
fn unknown_field(value: &Value) -> Option<(String, Option<String>)> {
    let fields = FIELDS.map(|(name, _)| name);
    let objects: [(&str, &Value, &[&str]); 2] =
        [("", value, &fields), ("group.", &value["group"], &["name", "code"])];
    objects.into_iter().find_map(|(prefix, value, known)| {
        let key = value.as_object()?.keys().find(|key| !known.contains(&key.as_str()))?;
        let known: Vec<String> = known.iter().map(ToString::to_string).collect();
        let near = nearest(key, &known).map(|near| format!("{prefix}{near}"));
        // Whatever stands there, the message stays a line.
        Some((format!("{prefix}{}", key.chars().take(40).collect::<String>()), near))
    })
}

/// The schema of the file.
pub fn schema() -> serde_json::Value {
    schemars::generate::SchemaSettings::draft07().into_generator().into_root_schema_for::<Receipt>().into()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    fn sound() -> Value {
        json!({
            "format": 1, "group": { "name": "某组", "code": "认某" }, "year": 2026, "kind": "plan", "version": 1,
            "check_code": "AB".repeat(32), "state": "received", "date": "2026-01-22", "code": "收1",
        })
    }

    fn cause(value: &Value) -> String {
        let finding = Receipt::read(value.to_string().as_bytes()).unwrap_err();
        finding.facts.get("cause").and_then(Value::as_str).unwrap_or(finding.rule).to_owned()
    }

    #[test]
    fn an_answer_is_read_and_what_is_none_is_refused() {
        let receipt = Receipt::read(sound().to_string().as_bytes()).unwrap();
        assert_eq!((receipt.state, receipt.item), (Answer::Received, None));
        for (key, value, expected) in [
            ("format", json!(2), "run/newer-receipt"),
            ("check_code", json!("AB"), "check_code"),
            ("date", json!("2026-02-30"), "date"),
            ("code", json!(" "), "code"),
            ("code", json!("a\nb"), "text"),
            ("reasons", json!(["长".repeat(2001)]), "text"),
            ("kind", json!(null), "field"),
            ("state", json!("lost"), "field"),
            ("reason", json!("缺测算"), "unknown"),
            ("group", json!({ "name": "某组", "mail": "甲" }), "unknown"),
        ] {
            let mut wrong = sound();
            wrong[key] = value;
            assert_eq!(cause(&wrong), expected, "{key}");
        }
        assert!(!cause(&json!([])).is_empty());
        assert!(Receipt::read(b"").is_err() && Receipt::read(b"[[[[").is_err());
    }

    proptest! {
        #[test]
        fn nothing_makes_it_stop(bytes in prop::collection::vec(any::<u8>(), 0..200), at in 0usize..150, byte: u8) {
            let _ = Receipt::read(&bytes);
            let mut near = sound().to_string().into_bytes();
            let at = at.min(near.len() - 1);
            near[at] = byte;
            let _ = Receipt::read(&near);
        }
    }
}
