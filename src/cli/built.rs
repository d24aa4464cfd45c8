//! What a build made of one workspace, and how it is told: in sentences, or as an object for other programs.

use super::{Outcome, Ui};
use crate::build::{Job, Known};
use crate::check::Law;
use crate::compose::PaperKind;
use crate::finding::Finding;
use crate::report::Reporter;
use crate::rulebook::{Rulebook, Stage};
use crate::typeset::Face;
use crate::workspace::Workspace;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

/// What became of a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// Set and written.
    Built,
    /// As it was made before.
    Unchanged,
    /// Not set, or not written.
    Failed,
}

impl State {
    fn name(self) -> &'static str {
        match self {
            Self::Built => "built",
            Self::Unchanged => "unchanged",
            Self::Failed => "failed",
        }
    }
}

/// A paper of the workspace.
pub(super) struct Paper {
    /// Path below the output folder.
    pub(super) path: String,
    source: String,
    kind: PaperKind,
    pub(super) state: State,
    /// What is known of it unless it failed.
    pub(super) known: Option<Known>,
}

/// A workspace after a build.
pub(super) struct Built {
    pub(super) root: PathBuf,
    pub(super) folder: PathBuf,
    pub(super) workspace: Workspace,
    pub(super) law: Law,
    /// Its papers, in the order of the year.
    pub(super) papers: Vec<Paper>,
    /// Paths of papers that nothing asked for any more.
    pub(super) removed: Vec<String>,
    pub(super) findings: Vec<Finding>,
    /// Why not everything could be written.
    pub(super) failure: Option<Finding>,
}

impl Built {
    pub(super) fn paper(job: &Job, state: State, known: Option<Known>) -> Paper {
        let (path, source, kind) = (job.path.clone(), job.file.clone(), job.paper.kind);
        Paper { path, source, kind, state, known }
    }

    /// Whether anything was written or removed, or could not be.
    pub(super) fn is_news(&self) -> bool {
        let built = self.papers.iter().any(|paper| paper.state == State::Built);
        built || !self.removed.is_empty() || self.failure.is_some()
    }

    /// Says it all; where JSON was asked for, puts it among the `objects`.
    pub(super) fn tell(&self, ui: &Ui, built_in: &Rulebook, objects: &mut Vec<Value>) -> Outcome {
        let rulebook: &Rulebook = &self.law.rulebook;
        if ui.json() {
            objects.push(self.object(ui));
        }
        let made = self.papers.iter().filter(|paper| paper.state == State::Built);
        for paper in made.clone() {
            let file = self.folder.join(&paper.path).display().to_string();
            let pages = paper.known.as_ref().map_or(0, |known| known.pages);
            ui.say("build.done", json!({ "file": file, "pages": pages }));
        }
        let unchanged = self.papers.iter().filter(|paper| paper.state == State::Unchanged).count();
        if unchanged > 0 {
            ui.say("build.unchanged", json!({ "documents": unchanged, "built": made.count() }));
        }
        for path in &self.removed {
            ui.say("build.removed", json!({ "file": self.folder.join(path).display().to_string() }));
        }
        if let Some(finding) = &self.failure {
            return ui.failure(built_in, finding);
        }
        let outcome = if ui.json() {
            let errors = self.reporter(ui).tally(&self.findings).errors;
            if errors > 0 { Outcome::Findings } else { Outcome::Fine }
        } else {
            ui.report(rulebook, Stage::Draft, Some(&self.workspace), &self.findings)
        };
        ui.count(rulebook, Stage::Draft, &self.findings);
        let documents = self.papers.iter().filter(|paper| paper.known.is_some()).count();
        if documents == 0 {
            ui.say("build.none", ());
        } else {
            ui.say("build.fonts", self.fonts());
            let folder = self.folder.display().to_string();
            ui.say("build.summary", json!({ "documents": documents, "folder": folder }));
        }
        outcome
    }

    fn reporter<'a>(&'a self, ui: &Ui) -> Reporter<'a> {
        Reporter {
            locale: ui.locale,
            rulebook: &self.law.rulebook,
            stage: Stage::Draft,
            format: ui.format(),
            colour: false,
            line: &|_, _| None,
        }
    }

    fn object(&self, ui: &Ui) -> Value {
        let reporter = self.reporter(ui);
        let paper = |paper: &Paper| {
            json!({
                "file": paper.path,
                "source": paper.source,
                "kind": paper.kind.word(),
                "pages": paper.known.as_ref().map(|known| known.pages),
                "state": paper.state.name(),
            })
        };
        let tally = reporter.tally(&self.findings);
        let failure = self.failure.iter();
        json!({
            "root": self.root.display().to_string(),
            "folder": self.folder.display().to_string(),
            "papers": self.papers.iter().map(paper).collect::<Vec<_>>(),
            "removed": self.removed,
            "findings": self.findings.iter().chain(failure).map(|it| reporter.object(it)).collect::<Vec<_>>(),
            "counts": { "errors": tally.errors, "warnings": tally.warnings, "notes": tally.notes },
            "fonts": self.fonts(),
        })
    }

    /// The fonts of all papers, whether they were set now or before.
    fn fonts(&self) -> Value {
        let mut roles: BTreeSet<&Face> = BTreeSet::new();
        let mut borrowed: BTreeMap<&str, BTreeSet<char>> = BTreeMap::new();
        for known in self.papers.iter().filter_map(|paper| paper.known.as_ref()) {
            roles.extend(&known.faces.roles);
            for (font, chars) in &known.faces.borrowed {
                borrowed.entry(font).or_default().extend(chars);
            }
        }
        let named = |stand_in: bool| -> Vec<String> {
            let faces = roles.iter().filter(|face| face.stand_in == stand_in);
            faces.map(|face| format!("{}={}", face.role.word(), face.font)).collect()
        };
        json!({ "stand_ins": named(true), "own": named(false), "borrowed": borrowed })
    }
}
