//! `baosong schema` and `baosong completions`: what editors and shells want of us.

use super::init::SCHEMAS;
use super::{Outcome, Ui};
use crate::build::write::write;
use crate::finding::{Finding, Place};
use crate::model::{Kind, schema};
use crate::report::Locale;
use crate::rulebook::{Lang, Rulebook};
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

pub(super) fn schema(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let folder = matches.get_one::<PathBuf>("output");
    if let Some(word) = matches.get_one::<String>("kind") {
        let Some(kind) = Kind::of(word) else {
            let kinds: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
            let facts = serde_json::json!({ "kind": word, "kinds": kinds });
            return ui.refuse("schema.unknown", facts);
        };
        ui.print(&text(kind));
        return Outcome::Fine;
    }
    let Some(folder) = folder else {
        ui.print(&format!("{:#}\n", schema::chooser()));
        return Outcome::Fine;
    };
    match write_all(folder) {
        Ok(files) => {
            let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
            for file in &files {
                ui.say("schema.done", BTreeMap::from([("file", file)]));
            }
            if ui.json() {
                ui.answer(&serde_json::json!({ "files": files }));
            }
            Outcome::Fine
        }
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

fn text(kind: Kind) -> String {
    let describe = |structure: &str, key: &str| Locale::of(Lang::Zh).key(structure, key);
    format!("{:#}\n", schema::of(kind, &describe))
}

/// Writes every kind's schema and the one that chooses among them into `folder`.
pub(super) fn write_all(folder: &Path) -> Result<Vec<PathBuf>, Finding> {
    std::fs::create_dir_all(folder).map_err(|error| {
        Finding::new("run/cannot-write")
            .fact("path", folder.to_string_lossy())
            .fact("cause", error.to_string())
    })?;
    let mut files = Vec::new();
    for (name, text) in ALL.iter() {
        let file = folder.join(name);
        write(&file, text.as_bytes())?;
        files.push(file);
    }
    Ok(files)
}

/// Every kind's schema and the one that chooses among them, each with the name of its file.
static ALL: LazyLock<Vec<(String, String)>> = LazyLock::new(|| {
    let chooser = ("材料.json".to_owned(), format!("{:#}\n", schema::chooser()));
    let kinds = Kind::ALL.iter().map(|kind| (format!("{}.json", kind.word()), text(*kind)));
    std::iter::once(chooser).chain(kinds).collect()
});

/// The schemas of a workspace that are not those of this version, missing ones too; none where it keeps no schemas.
pub(super) fn stale(root: &Path) -> Vec<String> {
    let folder = root.join(SCHEMAS);
    if !folder.is_dir() {
        return Vec::new();
    }
    // A checkout may have changed the ends of lines.
    let same = |file: &str, text: &str| {
        std::fs::read_to_string(folder.join(file)).is_ok_and(|kept| kept.replace("\r\n", "\n") == text)
    };
    ALL.iter().filter(|(file, text)| !same(file, text)).map(|(file, _)| file.clone()).collect()
}

/// What `check` says of stale schemas.
pub(super) fn stale_schemas(root: &Path) -> Option<Finding> {
    let stale = stale(root);
    let first = stale.first()?;
    let place = Place::file(format!("{SCHEMAS}/{first}"));
    Some(Finding::new("workspace/stale-schema").at(place).fact("count", stale.len()))
}

pub(super) fn completions(ui: &Ui, matches: &ArgMatches) -> Outcome {
    if let Some(shell) = matches.get_one::<clap_complete::Shell>("shell") {
        let mut script = Vec::new();
        clap_complete::generate(*shell, &mut super::command(ui.locale.lang), "baosong", &mut script);
        ui.print(&String::from_utf8_lossy(&script));
    }
    Outcome::Fine
}
