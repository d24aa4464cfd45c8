//! What any stage can say about a document: the rule, the place, and the facts of the case.
//!
//! No words and no printing: the rulebook gives a finding its severity and its sentences,
//! `report` puts both together.

use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The value of a finding that is of what happened and has its 情况说明.
pub const EXPLAINED: &str = "explained";

/// Where something stands in a file of the workspace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    /// Path relative to the workspace, with `/` between the parts.
    pub file: String,
    /// Line, counted from 1; 0 when the file as a whole is meant.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
    /// How many characters are meant; at least 1.
    pub length: u32,
}

impl Place {
    /// A whole file, no line in particular.
    pub fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), line: 0, column: 0, length: 1 }
    }
}

/// One thing found: which rule, where, and the values its message needs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finding {
    /// Stable ASCII id of the rule, `group/name`; the rulebook has its words.
    pub rule: &'static str,
    /// Where it stands, if it stands anywhere.
    pub place: Option<Place>,
    /// Other places that take part, for instance the first of two equal keys.
    pub related: Vec<Place>,
    /// The values that the rule's message is filled with.
    pub facts: BTreeMap<&'static str, Value>,
}

impl Finding {
    /// A finding of `rule` without place or facts.
    pub fn new(rule: &'static str) -> Self {
        Self { rule, place: None, related: Vec::new(), facts: BTreeMap::new() }
    }

    /// The same finding, at `place`.
    #[must_use]
    pub fn at(mut self, place: impl Into<Option<Place>>) -> Self {
        self.place = place.into();
        self
    }

    /// The same finding, with one more place that takes part in it.
    #[must_use]
    pub fn with(mut self, place: impl Into<Option<Place>>) -> Self {
        self.related.extend(place.into());
        self
    }

    /// The same finding, with one more value for its message.
    #[must_use]
    pub fn fact(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.facts.insert(name, value.into());
        self
    }

    /// Whether it is of what happened, and the group's own words on it go out with it.
    pub fn is_explained(&self) -> bool {
        self.facts.get(EXPLAINED) == Some(&Value::Bool(true))
    }
}
