//! 版式: a red that is none (GB/T 9704-2012, 7.2.4), and one that YAML took for a comment.

use super::Context;
use crate::finding::Finding;
use crate::source::{Node, Pointer};

const RED: &str = "/版式/红色";

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let loaded = &context.workspace.profile;
    let tree = context.workspace.documents.get(&loaded.file).and_then(|document| document.tree.as_ref());
    let written = tree.and_then(|tree| tree.at(&Pointer::parse(RED)));
    let place = || context.at(loaded, RED);
    match context.profile().style.red {
        Some(red) if !red.is_red() => {
            let [red, green, blue] = red.rgb;
            let colour = format!("#{red:02X}{green:02X}{blue:02X}");
            vec![Finding::new("page/not-red").at(place()).fact("colour", colour)]
        }
        None if written.is_some_and(Node::is_null) => {
            vec![Finding::new("model/bad-colour").at(place()).fact("text", "")]
        }
        _ => Vec::new(),
    }
}
