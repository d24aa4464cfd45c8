//! `baosong check --fix`: the replacements that lint is certain of, each file written whole or not at all.

use super::Ui;
use crate::build::write::write;
use crate::check::fix::{Change, Fixes, fix, fixes};
use crate::finding::Finding;
use crate::report::{Format, Mended, Replaced, Spot, visible};
use crate::rulebook::Rulebook;
use crate::source::encode_like;
use crate::workspace::Workspace;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

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
) -> Result<Mended, Finding> {
    let mut mended = Mended { written: mending == Mending::Written, ..Mended::default() };
    for (file, document) in workspace.documents.iter().filter(|(file, _)| chosen(file)) {
        let path = workspace.root.join(file);
        let Some((text, changes)) = fix(document, rulebook).filter(|_| !is_link(&path)) else { continue };
        if mending == Mending::Written {
            let bytes =
                std::fs::read(&path).ok().and_then(|bytes| encode_like(&bytes, &document.text, &text));
            let Some(bytes) = bytes else {
                ui.say("fix.skipped", BTreeMap::from([("file", file)]));
                mended.skipped.push(file.clone());
                continue;
            };
            write(&path, &bytes)?;
        }
        mended.changes.extend(changes.iter().map(replaced));
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
    ui.say("fix.count", BTreeMap::from([("count", mended.changes.len()), ("shown", shown)]));
    Ok(mended)
}

/// What would be written where the findings are.
pub(super) fn certain(workspace: &Workspace, rulebook: &Rulebook, findings: &[Finding]) -> Fixes {
    let of_lint = |finding: &&Finding| finding.facts.contains_key("instead");
    let places = findings.iter().filter(of_lint).filter_map(|finding| finding.place.as_ref());
    let files: BTreeSet<&str> = places.map(|place| place.file.as_str()).collect();
    let documents = files.into_iter().filter_map(|file| workspace.documents.get(file).map(|it| (file, it)));
    documents
        .filter(|(file, _)| !is_link(&workspace.root.join(file)))
        .flat_map(|(_, document)| fixes(document, rulebook))
        .collect()
}

/// What a link leads to is mended where it lies.
fn is_link(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|data| data.file_type().is_symlink())
}

fn replaced(change: &Change) -> Replaced {
    Replaced {
        rule: change.rule,
        place: Spot::from(&change.place),
        before: change.before.clone(),
        after: change.after.clone(),
    }
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
