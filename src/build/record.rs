//! Records what happened to a paper in the file that people write: a workspace, a file and values go in; the file gets
//! them and stays otherwise as it was.
//!
//! Refused, with the file untouched: what cannot be put there with certainty, and a file that is reached by a link.

use super::write::write;
use crate::finding::{Finding, Place};
use crate::source::{Fresh, Pointer, Step, encode_like};
use crate::workspace::Workspace;

/// Puts each value at its path in `file` of the workspace.
///
/// # Errors
/// `run/not-recordable`, which tells what to write by hand; what [`write()`] may say.
pub fn record(workspace: &Workspace, file: &str, values: &[(Pointer, Fresh)]) -> Result<(), Finding> {
    let path = workspace.root.join(file);
    let by_hand = || {
        let lines: Vec<String> = values.iter().map(|(at, value)| shown(at, value)).collect();
        Finding::new("run/not-recordable").at(Place::file(file)).fact("file", file).fact("values", lines)
    };
    let is_link = path.symlink_metadata().is_ok_and(|data| data.file_type().is_symlink());
    let document = workspace.documents.get(file).filter(|_| !is_link).ok_or_else(by_hand)?;
    let text = document.put(values).ok_or_else(by_hand)?;
    let bytes = std::fs::read(&path).ok().and_then(|bytes| encode_like(&bytes, &document.text, &text));
    write(&path, &bytes.ok_or_else(by_hand)?)
}

/// The values as a user is told of them: `收到 2026-01-22`, an item of a list by itself.
pub fn told(values: &[(Pointer, Fresh)]) -> String {
    let one = |(at, value): &(Pointer, Fresh)| match at.steps().last() {
        Some(Step::Key(key)) => format!("{key} {}", value.flow()),
        _ => value.flow(),
    };
    values.iter().map(one).collect::<Vec<_>>().join("，")
}

/// A value with its path in words: `报送 › 记录 › { 日期: 2026-01-20 }`.
fn shown(at: &Pointer, value: &Fresh) -> String {
    let keys = at.steps().iter().filter_map(|step| match step {
        Step::Key(key) => Some(key.clone()),
        Step::Index(_) => None,
    });
    keys.chain([value.flow()]).collect::<Vec<_>>().join(" › ")
}
