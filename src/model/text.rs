//! Text as written, and 是/否.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, de};
use std::borrow::Cow;
use std::ops::Deref;

/// A line of text; a plain number keeps its digits (`000001`, a telephone).
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Text(String);

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from(String::deserialize(deserializer)?.as_str()))
    }
}

impl Text {
    /// Whether nothing but blanks is written.
    pub fn is_blank(&self) -> bool {
        self.0.trim().is_empty()
    }
}

impl Deref for Text {
    type Target = str;

    /// Without blanks at the ends.
    fn deref(&self) -> &str {
        self.0.trim()
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self)
    }
}

impl From<&str> for Text {
    fn from(text: &str) -> Self {
        Self(visible(text))
    }
}

/// Text without the characters that show nothing; each of them is a finding of its own (`text/…`).
pub(super) fn visible(text: &str) -> String {
    text.chars().filter(|c| invisible(*c).is_none()).collect()
}

/// The rule that a character breaks which shows nothing.
pub fn invisible(c: char) -> Option<&'static str> {
    match c {
        '\n' => None,
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}' => {
            Some("text/bidi-control")
        }
        '\u{00AD}'
        | '\u{200B}'..='\u{200D}'
        | '\u{2060}'..='\u{2064}'
        | '\u{FEFF}'
        | '\u{2028}'
        | '\u{2029}' => Some("text/invisible"),
        c if c.is_control() => Some("text/control-character"),
        _ => None,
    }
}

impl JsonSchema for Text {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "文字".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "number"] })
    }
}

/// 是 or 否.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Yes(pub bool);

impl<'de> Deserialize<'de> for Yes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match String::deserialize(deserializer)?.as_str() {
            "是" => Ok(Self(true)),
            "否" => Ok(Self(false)),
            _ => Err(de::Error::custom("model/not-in-list")),
        }
    }
}

impl JsonSchema for Yes {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "是否".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": ["是", "否"] })
    }
}
