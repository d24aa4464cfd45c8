//! A value that is not in a file yet: as YAML on one line or on several, and as the tree that it must read back as.

use super::tree::{Entry, Node, Pos, Shape, Span};

/// A value to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fresh {
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Self>),
    /// A mapping.
    Map(Vec<(String, Self)>),
}

impl Fresh {
    /// A mapping of texts.
    pub fn record<'a>(entries: impl IntoIterator<Item = (&'a str, String)>) -> Self {
        Self::Map(entries.into_iter().map(|(key, text)| (key.to_owned(), Self::Text(text))).collect())
    }

    /// On one line.
    pub fn flow(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::List(items) => {
                format!("[{}]", items.iter().map(Self::flow).collect::<Vec<_>>().join(", "))
            }
            Self::Map(entries) => {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{}: {}", quoted(key), value.flow())).collect();
                format!("{{ {} }}", entries.join(", "))
            }
        }
    }

    /// What follows the key of a block mapping, on lines indented by `indent` where it needs them; what holds only
    /// texts stays on one line.
    pub(super) fn block(&self, indent: usize) -> Vec<String> {
        match self {
            Self::Map(entries) if !self.is_simple() => {
                entries.iter().flat_map(|it| line(it, indent)).collect()
            }
            Self::List(items) => {
                items.iter().map(|item| format!("{:indent$}- {}", "", item.flow())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The entries of a mapping, each on lines of its own.
    pub(super) fn entries(&self, indent: usize) -> Vec<String> {
        match self {
            Self::Map(entries) => entries.iter().flat_map(|it| line(it, indent)).collect(),
            _ => Vec::new(),
        }
    }

    /// A mapping of nothing but texts, or a text.
    fn is_simple(&self) -> bool {
        match self {
            Self::Text(_) => true,
            Self::List(_) => false,
            Self::Map(entries) => entries.iter().all(|(_, value)| matches!(value, Self::Text(_))),
        }
    }

    /// The tree that it reads back as; its spans mean nothing.
    pub(super) fn node(&self) -> Node {
        let shape = match self {
            Self::Text(text) => Shape::Scalar { text: text.clone(), plain: quoted(text) == *text },
            Self::List(items) => Shape::List(items.iter().map(Self::node).collect()),
            Self::Map(entries) => Shape::Map(entries.iter().map(|(key, value)| value.entry(key)).collect()),
        };
        Node { shape, span: NOWHERE }
    }

    /// The same under a key.
    pub(super) fn entry(&self, key: &str) -> Entry {
        Entry { key: key.to_owned(), span: NOWHERE, node: self.node() }
    }
}

const NOWHERE: Span = Span { start: Pos { line: 0, column: 0 }, end: Pos { line: 0, column: 0 } };

/// A key with its value in a block mapping.
pub(super) fn line((key, value): &(String, Fresh), indent: usize) -> Vec<String> {
    let below = value.block(indent + 2);
    let key = quoted(key);
    if below.is_empty() {
        return vec![format!("{:indent$}{key}: {}", "", value.flow())];
    }
    std::iter::once(format!("{:indent$}{key}:", "")).chain(below).collect()
}

/// A text as it stands where nothing in it can be taken for anything else, else in quotes.
fn quoted(text: &str) -> String {
    let harmless = |c: char| {
        c.is_alphanumeric()
            || matches!(c, '-' | '.' | '/' | '〔' | '〕' | '、' | '，' | '。' | '（' | '）' | '；')
    };
    let plain = text.starts_with(char::is_alphanumeric)
        && text.chars().all(harmless)
        && !matches!(text.to_ascii_lowercase().as_str(), "null" | "true" | "false");
    if plain { text.to_owned() } else { serde_json::Value::from(text).to_string() }
}
