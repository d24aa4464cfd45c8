//! `baosong schema` and `baosong completions`: what editors and shells want of us.

use super::{Outcome, Ui};
use crate::build::write::write;
use crate::finding::Finding;
use crate::model::{Kind, schema};
use crate::report::Locale;
use crate::rulebook::{Lang, Rulebook};
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

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
    let mut files = vec![(folder.join("材料.json"), format!("{:#}\n", schema::chooser()))];
    files.extend(Kind::ALL.iter().map(|kind| (folder.join(format!("{}.json", kind.word())), text(*kind))));
    for (file, text) in &files {
        write(file, text.as_bytes())?;
    }
    Ok(files.into_iter().map(|(file, _)| file).collect())
}

pub(super) fn completions(ui: &Ui, matches: &ArgMatches) -> Outcome {
    if let Some(shell) = matches.get_one::<clap_complete::Shell>("shell") {
        let mut script = Vec::new();
        clap_complete::generate(*shell, &mut super::command(ui.locale.lang), "baosong", &mut script);
        ui.print(&String::from_utf8_lossy(&script));
    }
    Outcome::Fine
}
