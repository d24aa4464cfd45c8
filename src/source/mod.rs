//! From bytes to a tree of raw scalars with their style and span, and from a path in that tree
//! back to file, line and column.
//!
//! Refuses nothing by panic: whatever cannot be read becomes findings (`yaml/…`), all of them at
//! once as far as YAML allows. Knows neither the kinds of documents nor the words of a message.

mod cut;
mod de;
mod document;
mod edit;
mod encoding;
mod fresh;
mod pointer;
mod prescan;
mod slips;
mod syntax;
mod tree;
mod written;

pub use de::{Problem, from_node};
pub use document::{Document, Limits};
pub use encoding::encode_like;
pub use fresh::Fresh;
pub use pointer::{Pointer, Step};
pub use slips::Slipped;
pub use tree::{Entry, Node, Pos, Shape, Span};
pub use written::Written;
