//! `baosong check --fix`: the replacements that lint is certain of, each file written whole or not at all.

use super::Ui;
use crate::build::write::write;
use crate::check::fix::{Change, fix};
use crate::finding::Finding;
use crate::report::{Format, visible};
use crate::rulebook::Rulebook;
use crate::source::encode_like;
use crate::workspace::Workspace;
use serde_json::json;
use std::collections::BTreeMap;

/// What becomes of the replacements.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mending {
    /// They are written.
    Written,
    /// `--dry-run`: they are shown.
    Shown,
}

/// Mends the files that `chosen` names and says what was changed.
pub(super) fn run(
    ui: &Ui,
    rulebook: &'static Rulebook,
    workspace: &Workspace,
    mending: Mending,
    chosen: impl Fn(&str) -> bool,
) -> Result<(), Finding> {
    let mut count = 0;
    for (file, document) in workspace.documents.iter().filter(|(file, _)| chosen(file)) {
        let path = workspace.root.join(file);
        // What a link leads to is mended where it lies.
        let is_link = path.symlink_metadata().is_ok_and(|data| data.file_type().is_symlink());
        let Some((text, changes)) = fix(document, rulebook).filter(|_| !is_link) else { continue };
        if mending == Mending::Written {
            let bytes =
                std::fs::read(&path).ok().and_then(|bytes| encode_like(&bytes, &document.text, &text));
            let Some(bytes) = bytes else {
                ui.say("fix.skipped", BTreeMap::from([("file", file)]));
                continue;
            };
            write(&path, &bytes)?;
        }
        count += changes.len();
        if ui.format() == Format::Short {
            for change in changes {
                let line = change.place.line.to_string();
                let facts =
                    [("file", file), ("line", &line), ("before", &change.before), ("after", &change.after)];
                ui.say("fix.change", BTreeMap::from(facts));
            }
        } else {
            show_lines(ui, file, (&document.text, &text), &changes);
        }
    }
    let shown = usize::from(mending == Mending::Shown);
    ui.say("fix.count", BTreeMap::from([("count", count), ("shown", shown)]));
    Ok(())
}

/// Each line that is changed, before and after, with how many replacements it has.
fn show_lines(ui: &Ui, file: &str, (was, is): (&str, &str), changes: &[Change]) {
    for ((number, before), after) in (1u32..).zip(was.lines()).zip(is.lines()) {
        if before != after {
            let count = changes.iter().filter(|change| change.place.line == number).count();
            let facts = json!({
                "file": file,
                "line": number,
                "count": count,
                "before": visible(before.trim()),
                "after": visible(after.trim()),
            });
            ui.say("fix.line", facts);
        }
    }
}
