//! The tree of raw scalars, built from the parser's events, with bounds on its size.

use super::pointer::{Pointer, Step};
use saphyr_parser::{Event, Parser, ScalarStyle, StrInput};

/// A position: line and column from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Pos {
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
}

/// From the first character to behind the last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First character.
    pub start: Pos,
    /// Behind the last character.
    pub end: Pos,
}

/// A value of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub shape: Shape,
    /// Where it stands.
    pub span: Span,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// Text as written (quotes and escapes resolved); `plain` without quotes or block style.
    Scalar {
        /// The text.
        text: String,
        /// Written without quotes, so that it may be a number or nothing at all.
        plain: bool,
    },
    /// A list.
    List(Vec<Node>),
    /// A mapping, in the order written, without repeated keys.
    Map(Vec<Entry>),
}

/// A key and its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The key's text.
    pub key: String,
    /// Where the key stands.
    pub span: Span,
    /// The value.
    pub node: Node,
}

impl Node {
    /// Whether nothing is written: an empty plain scalar, `~` or `null`.
    pub fn is_null(&self) -> bool {
        matches!(&self.shape, Shape::Scalar { text, plain: true } if matches!(text.as_str(), "" | "~" | "null"))
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry] {
        if let Shape::Map(entries) = &self.shape { entries } else { &[] }
    }

    /// The value of `key` in a mapping.
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.node)
    }

    /// The text of a scalar that is not empty.
    pub fn text(&self) -> Option<&str> {
        match &self.shape {
            Shape::Scalar { text, .. } if !self.is_null() => Some(text),
            _ => None,
        }
    }

    /// What stands at `pointer`, if anything does.
    pub fn at(&self, pointer: &Pointer) -> Option<&Self> {
        pointer.steps().iter().try_fold(self, |node, step| match (&node.shape, step) {
            (Shape::Map(entries), Step::Key(key)) => {
                entries.iter().find(|entry| entry.key == *key).map(|entry| &entry.node)
            }
            (Shape::List(items), Step::Index(index)) => items.get(*index),
            _ => None,
        })
    }

    fn at_mut(&mut self, path: &[Step]) -> Option<&mut Self> {
        path.iter().try_fold(self, |node, step| match (&mut node.shape, step) {
            (Shape::Map(entries), Step::Key(key)) => {
                entries.iter_mut().find(|entry| entry.key == *key).map(|entry| &mut entry.node)
            }
            (Shape::List(items), Step::Index(index)) => items.get_mut(*index),
            _ => None,
        })
    }

    /// Makes a scalar at `pointer` a list of it, and a list of one scalar that scalar.
    pub fn turn(&mut self, pointer: &Pointer) {
        let Some(node) = self.at_mut(pointer.steps()) else { return };
        match &mut node.shape {
            Shape::Scalar { .. } => {
                let item = node.clone();
                node.shape = Shape::List(vec![item]);
            }
            Shape::List(items) if items.len() == 1 => {
                if let Some(item) = items.pop() {
                    *node = item;
                }
            }
            _ => {}
        }
    }

    /// Removes what stands at `pointer`, if anything does. An item of a list leaves an empty one behind, which is
    /// removed in its turn when it is asked for again.
    pub fn remove(&mut self, pointer: &Pointer) {
        let Some((last, path)) = pointer.steps().split_last() else { return };
        let Some(node) = self.at_mut(path) else { return };
        match (&mut node.shape, last) {
            (Shape::Map(entries), Step::Key(key)) => entries.retain(|entry| entry.key != *key),
            // The place is kept, so that the items behind it keep their index.
            (Shape::List(items), Step::Index(index)) => {
                if items.get(*index).is_some_and(Self::is_null) {
                    items.remove(*index);
                } else if let Some(item) = items.get_mut(*index) {
                    item.shape = Shape::Scalar { text: String::new(), plain: true };
                }
            }
            _ => {}
        }
    }

    /// Shows every scalar with its path, in the order of the file.
    pub fn each_scalar<'a>(&'a self, see: &mut dyn FnMut(&Pointer, &'a Self)) {
        self.walk(&mut Pointer::root(), see);
    }

    fn walk<'a>(&'a self, at: &mut Pointer, see: &mut dyn FnMut(&Pointer, &'a Self)) {
        let mut below = |step, node: &'a Self| {
            at.push(step);
            node.walk(at, see);
            at.pop();
        };
        match &self.shape {
            Shape::Scalar { .. } => see(at, self),
            Shape::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    below(Step::Index(index), item);
                }
            }
            Shape::Map(entries) => {
                for entry in entries {
                    below(Step::Key(entry.key.clone()), &entry.node);
                }
            }
        }
    }
}

/// Why no tree, or not all of it, could be built.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Defect {
    /// The scanner's own words and place.
    Syntax { message: String, at: Pos },
    /// A key that stands twice in one mapping.
    DuplicateKey { key: String, first: Span, again: Span },
    /// `&name`, `*name`, `<<` or a `!tag`: not part of what these files use.
    Unsupported { what: &'static str, at: Span },
    /// Deeper or larger than any real document.
    TooMuch { what: &'static str, at: Pos },
    /// A key that is itself a list or a mapping.
    KeyNotText { at: Span },
    /// A second document in the file (`---`).
    SecondDocument { at: Pos },
}

const MAX_DEPTH: usize = 32;
const MAX_NODES: usize = 50_000;

/// Builds the tree of the first document of `text`; `None` when there is none.
pub(super) fn parse(text: &str) -> (Option<Node>, Vec<Defect>) {
    let mut builder =
        Builder { parser: Parser::new_from_str(text), ahead: None, defects: Vec::new(), nodes: 0 };
    let tree = builder.document();
    (tree.ok().flatten(), builder.defects)
}

struct Builder<'a> {
    parser: Parser<'a, StrInput<'a>>,
    ahead: Option<(Event<'a>, Span)>,
    defects: Vec<Defect>,
    nodes: usize,
}

/// The parser cannot go on; the reason stands among the defects.
struct Stop;

impl<'a> Builder<'a> {
    fn next(&mut self) -> Result<Option<(Event<'a>, Span)>, Stop> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => Ok(Some((event, from_marks(&span)))),
            Some(Err(error)) => {
                let at = pos(error.marker());
                if error.info().contains("recursion limit") {
                    self.defects.push(Defect::TooMuch { what: "depth", at });
                    return Err(Stop);
                }
                self.defects.push(Defect::Syntax { message: error.info().to_owned(), at });
                Err(Stop)
            }
        }
    }

    fn document(&mut self) -> Result<Option<Node>, Stop> {
        let mut tree = None;
        while let Some((event, span)) = self.next()? {
            match event {
                Event::DocumentStart(_) if tree.is_some() => {
                    self.defects.push(Defect::SecondDocument { at: span.start });
                    return Ok(tree);
                }
                Event::StreamStart
                | Event::DocumentStart(_)
                | Event::DocumentEnd
                | Event::StreamEnd
                | Event::Nothing => {}
                event => {
                    let built = self.node(event, span, 0);
                    match built {
                        Ok(node) => tree = Some(node),
                        Err(stop) => return Err(stop),
                    }
                }
            }
        }
        Ok(tree)
    }

    fn node(&mut self, event: Event<'a>, span: Span, depth: usize) -> Result<Node, Stop> {
        self.nodes += 1;
        if depth > MAX_DEPTH || self.nodes > MAX_NODES {
            let what = if depth > MAX_DEPTH { "depth" } else { "size" };
            self.defects.push(Defect::TooMuch { what, at: span.start });
            return Err(Stop);
        }
        self.refuse_anchor(&event, span);
        match event {
            Event::Scalar(text, style, _, _) => {
                let plain = style == ScalarStyle::Plain;
                Ok(Node { shape: Shape::Scalar { text: text.into_owned(), plain }, span })
            }
            Event::SequenceStart(..) => self.list(span, depth),
            Event::MappingStart(..) => self.map(span, depth),
            _ => Ok(Node { shape: Shape::Scalar { text: String::new(), plain: true }, span }),
        }
    }

    fn refuse_anchor(&mut self, event: &Event<'a>, at: Span) {
        let (anchor, tagged) = match event {
            Event::Alias(_) => {
                self.defects.push(Defect::Unsupported { what: "alias", at });
                return;
            }
            Event::Scalar(_, _, anchor, tag)
            | Event::SequenceStart(anchor, tag)
            | Event::MappingStart(anchor, tag) => (*anchor, tag.is_some()),
            _ => return,
        };
        if anchor != 0 {
            self.defects.push(Defect::Unsupported { what: "anchor", at });
        }
        if tagged {
            self.defects.push(Defect::Unsupported { what: "tag", at });
        }
    }

    fn list(&mut self, mut span: Span, depth: usize) -> Result<Node, Stop> {
        let mut items = Vec::new();
        while let Some((event, at)) = self.next()? {
            span.end = at.end;
            if matches!(event, Event::SequenceEnd) {
                break;
            }
            items.push(self.node(event, at, depth + 1)?);
        }
        Ok(Node { shape: Shape::List(items), span })
    }

    fn map(&mut self, mut span: Span, depth: usize) -> Result<Node, Stop> {
        let mut entries: Vec<Entry> = Vec::new();
        while let Some((event, at)) = self.next()? {
            span.end = at.end;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let key = self.node(event, at, depth + 1)?;
            let Some((event, value_at)) = self.next()? else { break };
            let node = self.node(event, value_at, depth + 1)?;
            let Shape::Scalar { text, .. } = key.shape else {
                self.defects.push(Defect::KeyNotText { at: key.span });
                continue;
            };
            if let Some(first) = entries.iter().find(|entry| entry.key == text).map(|entry| entry.span) {
                self.defects.push(Defect::DuplicateKey { key: text, first, again: key.span });
                continue;
            }
            entries.push(Entry { key: text, span: key.span, node });
        }
        Ok(Node { shape: Shape::Map(entries), span })
    }
}

fn from_marks(span: &saphyr_parser::Span) -> Span {
    Span { start: pos(&span.start), end: pos(&span.end) }
}

fn pos(mark: &saphyr_parser::Marker) -> Pos {
    Pos { line: mark.line(), column: mark.col() + 1 }
}
