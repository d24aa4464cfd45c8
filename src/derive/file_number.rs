//! File numbers, 〈代字〉〔year〕n号: those that the workspace has go in, the next free one comes out.

use crate::source::{Shape, Step};
use crate::workspace::Workspace;

/// The number after the highest that any file of the workspace gives in that year; none without 代字.
pub fn next_number(workspace: &Workspace, year: u16) -> Option<String> {
    let code = workspace.profile.model.code.as_deref().filter(|code| !code.is_empty())?;
    let head = format!("{code}〔{year}〕");
    let scalars = workspace.documents.values().filter_map(|document| document.tree.as_ref());
    let numbers = scalars.flat_map(|tree| tree.scalars()).filter_map(|(pointer, node)| {
        let Shape::Scalar { text, .. } = &node.shape else { return None };
        let is_number = matches!(pointer.steps().last(), Some(Step::Key(key)) if key == "文号");
        let number = text.trim().strip_prefix(&head)?.strip_suffix('号')?;
        number.parse::<u32>().ok().filter(|_| is_number)
    });
    Some(format!("{head}{}号", numbers.max().unwrap_or(0).saturating_add(1)))
}
