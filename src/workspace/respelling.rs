//! Wrong marks that may be mended without a doubt: a document goes in, its slips come out, if each stands beside a key
//! that the kind has at that very place.

use super::shape::keys_at;
use super::structure::{kind, schema_of};
use super::walk::KEYS;
use crate::source::{Document, Node, Pointer, Shape, Slipped};

/// All of them; none when one is in doubt, for the file would not be read as it is meant.
pub fn certain_slips(document: &Document) -> Vec<Slipped> {
    let Some(tree) = &document.tree else { return Vec::new() };
    let slips = document.slips(&KEYS);
    let Some((schema, _)) = kind(document).ok().flatten().and_then(schema_of).filter(|_| !slips.is_empty())
    else {
        return Vec::new();
    };
    let mut keys = Vec::new();
    each_key(tree, &Pointer::root(), &mut |line, parent, key| {
        keys.push((line, parent.clone(), key.to_owned()));
    });
    let is_known = |slip: &Slipped| {
        let mut here = keys.iter().filter(|(line, _, key)| *line == slip.line && *key == slip.key).peekable();
        let in_schema = |parent: &Pointer, key: &str| {
            keys_at(schema, parent).iter().any(|known| known == key)
                || (key == "类别" && parent.steps().is_empty())
        };
        here.peek().is_some() && here.all(|(_, parent, key)| in_schema(parent, key))
    };
    if slips.iter().all(is_known) { slips } else { Vec::new() }
}

fn each_key(node: &Node, at: &Pointer, see: &mut dyn FnMut(usize, &Pointer, &str)) {
    match &node.shape {
        Shape::Scalar { .. } => {}
        Shape::List(items) => {
            for (index, item) in items.iter().enumerate() {
                each_key(item, &at.index(index), see);
            }
        }
        Shape::Map(entries) => {
            for entry in entries {
                see(entry.span.start.line, at, &entry.key);
                each_key(&entry.node, &at.key(&entry.key), see);
            }
        }
    }
}
