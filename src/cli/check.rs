//! `baosong check`: everything that is wrong, at once.

use super::export::stale_schemas;
use super::fix::{self, Mending};
use super::make::workers;
use super::ui::path;
use super::{Outcome, Ui};
use crate::build::{Equipment, Texts, equip, equip_fonts, fonts_of};
use crate::check::{Context, Law, check, lint, sort};
use crate::finding::Finding;
use crate::model::Activity;
use crate::report::{CheckAnswer, CheckedWorkspace, Format, Mended, sarif};
use crate::rulebook::{Rulebook, Stage};
use crate::typeset::Typesetter;
use crate::workspace::{Loaded, Workspace, containing, prepare, roots};
use clap::ArgMatches;
use rayon::prelude::*;
use serde_json::Value;
use std::path::{Path, PathBuf};

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let stage = match matches.get_one::<String>("for").map(String::as_str) {
        Some("submit") => Stage::Submit,
        _ => Stage::Draft,
    };
    let path = path(matches);
    let roots = match workspaces(&path) {
        Ok(roots) => roots,
        Err(finding) => return ui.failure(rulebook, &finding),
    };
    let mending = if matches.get_flag("dry-run") { Mending::Shown } else { Mending::Written };
    let mending = matches.get_flag("fix").then_some(mending);
    let mut mended = Vec::new();
    for root in &roots {
        let Some(mending) = mending else { break };
        let workspace = Workspace::read(root);
        head(ui, &roots, root);
        match fix::run(ui, rulebook, &workspace, mending, |file| is_below(&workspace, &path, file)) {
            Ok(done) => mended.push(done),
            Err(finding) => return ui.failure(rulebook, &finding),
        }
    }
    let typesetter = match typesetter_for(matches) {
        Ok(typesetter) => typesetter,
        Err(finding) => return ui.failure(rulebook, &finding),
    };
    rayon::join(prepare, || lint::prepare(rulebook));
    // Only what is told of a workspace is kept, so that many need no more memory than a few.
    let look = |root: &PathBuf| {
        let workspace = Workspace::read(root);
        let Examined { law, mut findings, .. } = examine(&workspace, rulebook, &typesetter);
        findings.extend(stale_schemas(root));
        sort(&mut findings);
        let findings = below(&workspace, &path, findings);
        let (told, outcome) = ui.told(&law.rulebook, stage, &workspace, &findings);
        let answer = ui.json().then(|| Answer::of(ui, stage, &law.rulebook, &workspace, &findings));
        (told, outcome, answer)
    };
    let mut outcome = Outcome::Fine;
    let mut answers = Vec::new();
    for some in roots.chunks(32 * workers()) {
        let looked: Vec<_> = some.par_iter().map(look).collect();
        for (root, (told, one, answer)) in some.iter().zip(looked) {
            head(ui, &roots, root);
            ui.print(&told);
            outcome = outcome.max(one);
            answers.extend(answer);
        }
    }
    if ui.json() {
        ui.answer(&whole(stage, answers, mended));
    }
    outcome
}

/// Says which workspace is meant where there are several.
fn head(ui: &Ui, roots: &[PathBuf], root: &Path) {
    if roots.len() > 1 && !ui.json() {
        ui.print(&format!("== {}\n", root.display()));
    }
}

/// What other programs are told of a workspace.
enum Answer {
    Own(CheckedWorkspace),
    Sarif(Value),
}

impl Answer {
    fn of(ui: &Ui, stage: Stage, rulebook: &Rulebook, workspace: &Workspace, findings: &[Finding]) -> Self {
        let reporter = ui.reporter(rulebook, stage, &|_, _| None);
        let fixes = fix::certain(workspace, rulebook, findings);
        if ui.format() == Format::Sarif {
            let root = std::path::absolute(&workspace.root).unwrap_or_else(|_| workspace.root.clone());
            return Self::Sarif(reporter.run(&root, findings, &fixes));
        }
        Self::Own(CheckedWorkspace {
            root: workspace.root.display().to_string(),
            rulebook: rulebook.version.clone(),
            mended: None,
            findings: findings.iter().map(|finding| reporter.told(finding, &fixes)).collect(),
            counts: reporter.tally(findings),
        })
    }
}

/// The answer for other programs: JSON of our own, or SARIF; `mended` is what `--fix` did to each workspace.
fn whole(stage: Stage, answers: Vec<Answer>, mended: Vec<Mended>) -> Value {
    let mut own = CheckAnswer::new(if stage == Stage::Submit { "submit" } else { "draft" });
    let mut runs = Vec::new();
    let mut mended = mended.into_iter();
    for answer in answers {
        match answer {
            Answer::Own(one) => own.add(CheckedWorkspace { mended: mended.next(), ..one }),
            Answer::Sarif(run) => runs.push(run),
        }
    }
    if runs.is_empty() { serde_json::to_value(own).unwrap_or_default() } else { sarif(&runs) }
}

/// Refuses a path that is not there, and says which activities may be meant.
pub(super) fn existing(path: &Path) -> Result<(), Finding> {
    let missing = || {
        let near = near(path).unwrap_or_default();
        Finding::new("workspace/no-path").fact("path", path.to_string_lossy()).fact("near", near)
    };
    if path.exists() { Ok(()) } else { Err(missing()) }
}

/// How many activities may be meant, at the most: of more, none is a good guess.
const FEW: usize = 3;

/// The folders of the activities whose 编号 is the last part of `path`, or whose name or folder has it as a part.
fn near(path: &Path) -> Option<Vec<String>> {
    let word = path.file_name()?.to_string_lossy();
    let Workspace { root, activities, .. } = Workspace::read(&containing(path)?);
    let bears = |it: &&Loaded<Activity>| *it.model.id == *word;
    let has = |it: &&Loaded<Activity>| {
        it.file.contains(&*word) || it.model.name.as_ref().is_some_and(|name| name.contains(&*word))
    };
    let mut meant: Vec<_> = activities.iter().filter(bears).collect();
    if meant.is_empty() {
        meant = activities.iter().filter(has).collect();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let folder = |it: &Loaded<Activity>| {
        let file = root.join(&it.file);
        let folder = file.parent().unwrap_or(&root);
        folder.strip_prefix(&here).unwrap_or(folder).display().to_string()
    };
    Some(meant.into_iter().map(folder).collect()).filter(|meant: &Vec<_>| meant.len() <= FEW)
}

/// The workspaces that `path` means: the one around it, or those below.
pub(super) fn workspaces(path: &Path) -> Result<Vec<PathBuf>, Finding> {
    existing(path)?;
    let found = match containing(path) {
        Some(root) => vec![root],
        None => roots(path),
    };
    if found.is_empty() { Err(no_profile(path)) } else { Ok(found) }
}

/// The one workspace that `path` means.
pub(super) fn workspace(path: &Path) -> Result<PathBuf, Finding> {
    let mut found = workspaces(path)?;
    if found.len() > 1 {
        let some: Vec<_> = found.iter().take(FEW).map(|root| root.display().to_string()).collect();
        return Err(no_profile(path).fact("count", found.len()).fact("several", some));
    }
    found.pop().ok_or_else(|| no_profile(path))
}

/// Says, too, when there is one that goes by another ending.
fn no_profile(path: &Path) -> Finding {
    let names =
        path.read_dir().into_iter().flatten().filter_map(|it| it.ok()?.file_name().into_string().ok());
    let disguised = names.filter(|name| name.starts_with("专家组.y")).min();
    Finding::new("workspace/no-profile").fact("path", path.to_string_lossy()).fact("other", disguised)
}

/// Fonts and templates.
pub(super) fn typesetter() -> Result<Typesetter, Finding> {
    Typesetter::new(crate::typeset::Templates::default())
}

/// The same with the fonts of `--font-path`.
pub(super) fn typesetter_for(matches: &ArgMatches) -> Result<Typesetter, Finding> {
    match matches.get_one::<PathBuf>("font-path") {
        Some(folder) => typesetter()?.with_own_fonts(fonts_of(folder)?),
        None => typesetter(),
    }
}

/// A workspace that was looked at.
pub(super) struct Examined {
    /// What it is judged by.
    pub(super) law: Law,
    /// The typesetter with the workspace's own templates and fonts.
    pub(super) typesetter: Typesetter,
    /// The text templates, the workspace's own among them.
    pub(super) texts: Texts,
    /// Everything found.
    pub(super) findings: Vec<Finding>,
}

/// Law, templates and all findings of a workspace.
pub(super) fn examine(
    workspace: &Workspace,
    rulebook: &'static Rulebook,
    typesetter: &Typesetter,
) -> Examined {
    let law = Law::of(workspace, rulebook);
    let Equipment { typesetter, texts, mut findings } = equip(typesetter, workspace);
    let (typesetter, of_fonts) = equip_fonts(&typesetter, workspace);
    findings.extend(of_fonts);
    let missing = |text: &str| typesetter.missing_glyphs(text);
    findings.extend(law.findings.iter().cloned());
    findings.extend(check(&Context::new(workspace, &law, &missing)));
    sort(&mut findings);
    Examined { law, typesetter, texts, findings }
}

/// Only what stands at or below `path`, if that is a part of the workspace.
fn below(workspace: &Workspace, path: &Path, findings: Vec<Finding>) -> Vec<Finding> {
    let inside =
        |finding: &Finding| finding.place.as_ref().is_none_or(|place| is_below(workspace, path, &place.file));
    findings.into_iter().filter(inside).collect()
}

/// Whether a file of the workspace stands at or below `path`; every one does when that is no part of it.
fn is_below(workspace: &Workspace, path: &Path, file: &str) -> bool {
    let absolute = std::path::absolute(path).ok();
    let prefix = match absolute.as_deref().and_then(|path| path.strip_prefix(&workspace.root).ok()) {
        Some(rest) if !rest.as_os_str().is_empty() => rest.to_string_lossy().replace('\\', "/"),
        _ => return true,
    };
    file == prefix || file.strip_prefix(&prefix).is_some_and(|rest| rest.starts_with('/'))
}
