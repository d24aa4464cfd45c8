//! What the compiler says, as findings: file, line and column in a template, message, hint.

use crate::finding::Finding;
use typst::diag::SourceDiagnostic;
use typst::{World, WorldExt};

/// The finding of `rule` for each of `diagnostics`.
pub(super) fn findings(
    rule: &'static str,
    world: &dyn World,
    diagnostics: impl IntoIterator<Item = SourceDiagnostic>,
) -> Vec<Finding> {
    diagnostics.into_iter().map(|diagnostic| finding(rule, world, &diagnostic)).collect()
}

fn finding(rule: &'static str, world: &dyn World, diagnostic: &SourceDiagnostic) -> Finding {
    let (file, line, column) = place(world, diagnostic).unwrap_or_default();
    let hints: Vec<&str> = diagnostic.hints.iter().map(|hint| hint.v.as_str()).collect();
    Finding::new(rule)
        .fact("file", file)
        .fact("line", line)
        .fact("column", column)
        .fact("message", diagnostic.message.as_str())
        .fact("hint", hints.join("; "))
}

/// File, line and column (both from 1) of a template or of a data file.
fn place(world: &dyn World, diagnostic: &SourceDiagnostic) -> Option<(String, usize, usize)> {
    let id = diagnostic.span.id()?;
    let start = world.range(diagnostic.span)?.start;
    let lines = match world.source(id) {
        Ok(source) => source.lines().clone(),
        Err(_) => world.file(id).ok()?.lines().ok()?,
    };
    let (line, column) = lines.byte_to_line_column(start)?;
    Some((id.vpath().get_without_slash().to_owned(), line + 1, column + 1))
}
