//! `baosong man`: manual pages of the program and of each command, in the language asked for.

use super::init::make_folder;
use super::{Outcome, Ui};
use crate::build::write::write;
use crate::finding::Finding;
use crate::report::Locale;
use crate::rulebook::Rulebook;
use clap::{ArgMatches, Command};
use clap_mangen::Man;
use serde_json::json;
use std::path::{Path, PathBuf};

/// What the page's writer calls the text after the help: an example of ours.
const EXAMPLE: &str = ".SH EXTRA";

/// The headings that the page's writer has in English only, each with its words.
const HEADINGS: [(&str, &str); 5] = [
    (".SH NAME", "man.name"),
    (".SH SYNOPSIS", "man.synopsis"),
    (".SH DESCRIPTION", "man.description"),
    (EXAMPLE, "man.example"),
    (".SH VERSION", "man.version"),
];

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let mut command = super::command(ui.locale.lang);
    command.build();
    let Some(folder) = matches.get_one::<PathBuf>("output") else {
        ui.print(&page(&command, ui.locale));
        return Outcome::Fine;
    };
    match write_all(folder, &command, ui.locale) {
        Ok(files) => {
            for file in files {
                ui.say("schema.done", json!({ "file": file.display().to_string() }));
            }
            Outcome::Fine
        }
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

/// Writes the page of the program and those of its commands into `folder`.
fn write_all(folder: &Path, command: &Command, locale: &Locale) -> Result<Vec<PathBuf>, Finding> {
    make_folder(folder)?;
    let mut files = Vec::new();
    for command in std::iter::once(command).chain(command.get_subcommands()) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let file = folder.join(format!("{name}.1"));
        write(&file, page(command, locale).as_bytes())?;
        files.push(file);
    }
    Ok(files)
}

/// The page of one command.
fn page(command: &Command, locale: &Locale) -> String {
    let manual = locale.word("man.manual");
    let man = Man::new(command.clone()).date(clap::crate_version!()).source("baosong").manual(manual);
    let mut page = Vec::new();
    // Writing to memory does not fail.
    let _ = man.render(&mut page);
    let (mut text, mut is_example) = (String::new(), false);
    for line in String::from_utf8_lossy(&page).lines() {
        let known = HEADINGS.iter().find(|(english, _)| *english == line);
        if line.starts_with(".SH ") {
            is_example = line == EXAMPLE;
        }
        let line = match known {
            Some((_, name)) => format!(".SH {}", locale.word(name)),
            // Each command on a line of its own.
            None if is_example => format!("{}\n.br", line.trim_start()),
            None => line.to_owned(),
        };
        text.push_str(&line);
        text.push('\n');
    }
    text
}
