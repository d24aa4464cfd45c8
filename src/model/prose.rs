//! Prose: a block of text whose lines are paragraphs, or a list of such blocks, tables and pictures.

use super::text::visible;
use super::{DerivedTable, Text, Yes};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, de};
use std::borrow::Cow;
use std::fmt;

/// Text of any length.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prose(pub Vec<Part>);

impl Prose {
    /// Whether nothing is written that a page would show.
    pub fn is_blank(&self) -> bool {
        self.0.iter().all(|part| match part {
            Part::Text(text) => text.trim().is_empty(),
            Part::Table(table) => table.rows.is_empty() && table.from.is_none(),
            Part::Picture(_) => false,
        })
    }

    /// All its text, without tables and pictures.
    pub fn plain(&self) -> String {
        let texts = self.0.iter().filter_map(|part| match part {
            Part::Text(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join("\n")
    }
}

impl From<&str> for Prose {
    fn from(text: &str) -> Self {
        Self(vec![Part::Text(visible(text))])
    }
}

/// A piece of prose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Lines, each a paragraph.
    Text(String),
    /// 表格.
    Table(TableBlock),
    /// 图片.
    Picture(super::Photo),
}

/// A table written by hand, or one of the computed ones.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "表格")]
pub struct TableBlock {
    /// 标题.
    #[serde(rename = "标题")]
    pub caption: Option<Text>,
    /// 取自: a computed table, in place of head and rows.
    #[serde(rename = "取自")]
    pub from: Option<DerivedTable>,
    /// 表头.
    #[serde(rename = "表头", default)]
    pub head: Vec<Text>,
    /// 行.
    #[serde(rename = "行", default)]
    pub rows: Vec<Vec<Text>>,
    /// 横排: too wide for an upright page (GB/T 9704-2012, 8).
    #[serde(rename = "横排", default)]
    pub turned: Option<Yes>,
}

impl TableBlock {
    /// How many columns it has.
    pub fn width(&self) -> usize {
        self.rows.iter().map(Vec::len).chain([self.head.len()]).max().unwrap_or(0)
    }
}

#[derive(Deserialize, JsonSchema)]
#[schemars(rename = "表格或图片")]
struct Written {
    #[serde(rename = "表格")]
    table: Option<TableBlock>,
    #[serde(rename = "图片")]
    picture: Option<super::Photo>,
}

impl<'de> Deserialize<'de> for Prose {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Whole)
    }
}

struct Whole;

impl<'de> de::Visitor<'de> for Whole {
    type Value = Prose;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("model/wrong-type")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Prose, E> {
        Ok(Prose::default())
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Prose, E> {
        Ok(Prose::from(text))
    }

    fn visit_seq<A: de::SeqAccess<'de>>(self, mut items: A) -> Result<Prose, A::Error> {
        let mut parts = Vec::new();
        while let Some(Item(part)) = items.next_element()? {
            parts.push(part);
        }
        Ok(Prose(parts))
    }
}

struct Item(Part);

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(OnePart).map(Item)
    }
}

struct OnePart;

impl<'de> de::Visitor<'de> for OnePart {
    type Value = Part;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("model/wrong-type")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Part, E> {
        Ok(Part::Text(String::new()))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Part, E> {
        Ok(Part::Text(visible(text)))
    }

    fn visit_map<A: de::MapAccess<'de>>(self, map: A) -> Result<Part, A::Error> {
        let written = Written::deserialize(de::value::MapAccessDeserializer::new(map))?;
        Ok(match (written.table, written.picture) {
            (Some(table), _) => Part::Table(table),
            (None, Some(picture)) => Part::Picture(picture),
            (None, None) => Part::Text(String::new()),
        })
    }
}

impl JsonSchema for Prose {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "正文".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let object = generator.subschema_for::<Written>();
        json_schema!({
            "anyOf": [
                { "type": ["string", "number"] },
                { "type": "array", "items": { "anyOf": [{ "type": "string" }, object] } }
            ]
        })
    }
}
