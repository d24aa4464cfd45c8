//! Deserializing a model from the tree: scalars arrive as they were written, an empty value counts
//! as an absent one, and an error knows its path.

use super::pointer::{Pointer, Step};
use super::tree::{Entry, Node, Shape};
use serde::de::{self, DeserializeOwned, IntoDeserializer, Visitor};
use std::fmt;

/// Why a value could not be read, and where.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    /// What the type said; for a type of the model the id of a rule.
    pub message: String,
    /// Where the value stands.
    pub pointer: Pointer,
}

/// Reads a model from a tree.
///
/// # Errors
/// The first value that its type refuses.
pub fn from_node<T: DeserializeOwned>(node: &Node) -> Result<T, Problem> {
    T::deserialize(Reader(node)).map_err(|error| {
        let mut steps = error.steps;
        steps.reverse();
        Problem { message: error.message, pointer: Pointer::from(steps) }
    })
}

#[derive(Debug)]
struct Error {
    message: String,
    steps: Vec<Step>, // innermost first
}

impl Error {
    fn below(mut self, step: Step) -> Self {
        self.steps.push(step);
        self
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), steps: Vec::new() }
    }
}

struct Reader<'a>(&'a Node);

impl Reader<'_> {
    fn number<T: std::str::FromStr>(&self) -> Result<T, Error> {
        self.0.text().and_then(|text| text.parse().ok()).ok_or_else(|| de::Error::custom("model/wrong-type"))
    }
}

macro_rules! numbers {
    ($($method:ident $visit:ident),*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            visitor.$visit(self.number()?)
        }
    )*};
}

impl<'de> de::Deserializer<'de> for Reader<'_> {
    type Error = Error;

    numbers!(deserialize_i8 visit_i8, deserialize_i16 visit_i16, deserialize_i32 visit_i32, deserialize_i64 visit_i64,
        deserialize_u8 visit_u8, deserialize_u16 visit_u16, deserialize_u32 visit_u32, deserialize_u64 visit_u64,
        deserialize_f32 visit_f32, deserialize_f64 visit_f64);

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0.shape {
            Shape::Scalar { .. } if self.0.is_null() => visitor.visit_unit(),
            Shape::Scalar { text, .. } => visitor.visit_str(text),
            Shape::List(items) => visitor.visit_seq(Items { items, next: 0 }),
            Shape::Map(entries) => visitor.visit_map(Entries::new(entries)),
        }
    }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_bool(self.number()?)
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0.shape {
            Shape::Scalar { .. } if self.0.is_null() => visitor.visit_str(""),
            Shape::Scalar { text, .. } => visitor.visit_str(text),
            _ => Err(de::Error::custom("model/wrong-type")),
        }
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0.shape {
            Shape::List(items) => visitor.visit_seq(Items { items, next: 0 }),
            Shape::Scalar { .. } if self.0.is_null() => visitor.visit_seq(Items { items: &[], next: 0 }),
            _ => Err(de::Error::custom("model/wrong-type")),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match &self.0.shape {
            Shape::Map(entries) => visitor.visit_map(Entries::new(entries)),
            Shape::Scalar { .. } if self.0.is_null() => visitor.visit_map(Entries::new(&[])),
            _ => Err(de::Error::custom("model/wrong-type")),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.deserialize_map(visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        match self.0.text() {
            Some(text) => visitor.visit_enum(text.into_deserializer()),
            None => Err(de::Error::custom("model/wrong-type")),
        }
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit()
    }

    serde::forward_to_deserialize_any! { bytes byte_buf unit_struct tuple tuple_struct identifier }
}

struct Items<'a> {
    items: &'a [Node],
    next: usize,
}

impl<'de> de::SeqAccess<'de> for Items<'_> {
    type Error = Error;

    fn next_element_seed<T: de::DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        let Some(item) = self.items.get(self.next) else { return Ok(None) };
        let index = self.next;
        self.next += 1;
        seed.deserialize(Reader(item)).map(Some).map_err(|error| error.below(Step::Index(index)))
    }
}

/// The entries that hold something.
struct Entries<'a> {
    entries: Vec<&'a Entry>,
    next: usize,
}

impl<'a> Entries<'a> {
    fn new(entries: &'a [Entry]) -> Self {
        Self { entries: entries.iter().filter(|entry| !entry.node.is_null()).collect(), next: 0 }
    }
}

impl<'de> de::MapAccess<'de> for Entries<'_> {
    type Error = Error;

    fn next_key_seed<K: de::DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        let Some(entry) = self.entries.get(self.next) else { return Ok(None) };
        seed.deserialize(entry.key.as_str().into_deserializer()).map(Some)
    }

    fn next_value_seed<V: de::DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Error> {
        let entry = self.entries[self.next];
        self.next += 1;
        seed.deserialize(Reader(&entry.node)).map_err(|error| error.below(Step::Key(entry.key.clone())))
    }
}
