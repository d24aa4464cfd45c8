//! `baosong build`: every paper that can be read, as PDF.

use super::check::{Examined, examine, typesetter, workspaces};
use super::ui::path;
use super::{Outcome, Ui};
use crate::build::output::Output;
use crate::build::{Maker, Scope};
use crate::finding::Finding;
use crate::rulebook::{Rulebook, Severity, Stage};
use crate::typeset::{Face, Faces, Typesetter};
use crate::workspace::{PROFILE_FILE, Workspace};
use clap::ArgMatches;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// The output folder's name in a workspace.
pub(super) const OUTPUT: &str = "输出";

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let path = path(matches);
    let prepared = workspaces(&path).and_then(|roots| Ok((roots, typesetter()?)));
    let (roots, typesetter) = match prepared {
        Ok(prepared) => prepared,
        Err(finding) => return ui.failure(rulebook, &finding),
    };
    let wanted = Wanted { path: &path, grid: matches.get_flag("grid") };
    let several = roots.len() > 1;
    let mut outcome = Outcome::Fine;
    for root in roots {
        let output = output_folder(matches, &root, several);
        let one = build(ui, rulebook, &typesetter, &root, &wanted, &output);
        outcome = outcome.max(one.unwrap_or_else(|finding| ui.failure(rulebook, &finding)));
    }
    outcome
}

/// What the command line asks for.
struct Wanted<'a> {
    /// Which part of the workspace.
    path: &'a Path,
    /// Whether type area, grid and measured distances are drawn over the pages.
    grid: bool,
}

/// The fonts of all papers, for the last line but one.
#[derive(Default)]
struct Fonts {
    roles: BTreeSet<Face>,
    borrowed: BTreeMap<String, BTreeSet<char>>,
}

impl Fonts {
    fn add(&mut self, faces: &Faces) {
        self.roles.extend(faces.roles.iter().cloned());
        for (font, chars) in &faces.borrowed {
            self.borrowed.entry(font.clone()).or_default().extend(chars);
        }
    }

    fn facts(&self) -> Value {
        let named = |stand_in: bool| -> Vec<String> {
            let faces = self.roles.iter().filter(|face| face.stand_in == stand_in);
            faces.map(|face| format!("{}={}", face.role.word(), face.font)).collect()
        };
        json!({ "stand_ins": named(true), "own": named(false), "borrowed": self.borrowed })
    }
}

/// Where the files go: `-o`, with a folder for each of several workspaces, or 输出 in the workspace.
pub(super) fn output_folder(matches: &ArgMatches, root: &Path, several: bool) -> PathBuf {
    match matches.get_one::<PathBuf>("output") {
        Some(folder) if several => folder.join(root.file_name().unwrap_or_default()),
        Some(folder) => folder.clone(),
        None => root.join(OUTPUT),
    }
}

fn build(
    ui: &Ui,
    rulebook: &'static Rulebook,
    typesetter: &Typesetter,
    root: &Path,
    wanted: &Wanted<'_>,
    folder: &Path,
) -> Result<Outcome, Finding> {
    let workspace = Workspace::read(root);
    let Examined { law, typesetter, texts, mut findings } = examine(&workspace, rulebook, typesetter);
    let rulebook: &Rulebook = &law.rulebook;
    // When papers are due is for `status` and `check` to say.
    findings.retain(|finding| finding.rule != "art16/due");
    let maker = Maker { workspace: &workspace, law: &law, typesetter: &typesetter, workers: workers() };
    let mut jobs = maker.jobs(&Scope::of(&workspace, wanted.path));
    for job in &mut jobs {
        let of_job = |finding: &&Finding| {
            finding.rule == "page/template"
                || finding
                    .place
                    .as_ref()
                    .is_none_or(|place| place.file == job.file || place.file == PROFILE_FILE)
        };
        let errors = findings
            .iter()
            .filter(of_job)
            .filter(|it| rulebook.severity(it.rule, Stage::Draft) == Severity::Error);
        if errors.count() > 0 {
            job.paper.mark_faulty();
        }
        if wanted.grid {
            job.draw_grid();
        }
    }
    // Before the papers are set: whoever cannot write is told at once, and two runs never mix.
    let output = if jobs.is_empty() { None } else { Some(Output::open(folder)?) };
    let (done, failed) = maker.set(&jobs);
    let mut fonts = Fonts::default();
    for one in &done {
        if let Some(output) = &output {
            output.write(Path::new(&one.path), &one.sheet.pdf)?;
        }
        fonts.add(&one.sheet.faces);
        findings.extend(one.sheet.notes.iter().cloned());
        ui.say(
            "build.done",
            json!({ "file": folder.join(&one.path).display().to_string(), "pages": one.sheet.pages }),
        );
    }
    for job in jobs.iter().filter(|job| done.iter().any(|one| one.path == job.path)) {
        match (texts.press(job), &output) {
            (Ok(made), Some(output)) => {
                made.iter().try_for_each(|(path, text)| output.write(Path::new(path), text.as_bytes()))?;
            }
            (Err(fault), _) => findings.push(fault),
            _ => {}
        }
    }
    findings.extend(failed);
    let outcome = ui.report(rulebook, Stage::Draft, Some(&workspace), &findings);
    ui.count(rulebook, Stage::Draft, &findings);
    if done.is_empty() {
        ui.say("build.none", ());
    } else {
        ui.say("build.fonts", fonts.facts());
        ui.say("build.summary", json!({ "documents": done.len(), "folder": folder.display().to_string() }));
    }
    Ok(outcome)
}

/// One worker a core.
pub(super) fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
