//! What a build made of one workspace, and how it is told: in sentences, or as an object for other programs.

use super::{Outcome, Ui};
use crate::build::{Job, Known, Maker, Scope};
use crate::check::Law;
use crate::compose::PaperKind;
use crate::finding::Finding;
use crate::report::Reporter;
use crate::rulebook::{Rulebook, Severity, Stage};
use crate::typeset::Face;
use crate::workspace::{PROFILE_FILE, Workspace};
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
    /// What was found in files that have nothing to do with the papers wanted.
    pub(super) elsewhere: Vec<Finding>,
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

    /// Says it all but for what was said before and is no error; where JSON was asked for, puts it among the `objects`.
    pub(super) fn tell(
        &self,
        ui: &Ui,
        built_in: &Rulebook,
        before: &[Finding],
        objects: &mut Vec<Value>,
    ) -> Outcome {
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
        let is_error = |finding: &Finding| rulebook.severity(finding.rule, Stage::Draft) == Severity::Error;
        let (shown, same) = news(&self.findings, before, is_error);
        ui.report(rulebook, Stage::Draft, Some(&self.workspace), &shown);
        if same > 0 {
            ui.say("build.same", json!({ "findings": same }));
        }
        ui.count(rulebook, Stage::Draft, &self.findings);
        if !self.elsewhere.is_empty() {
            let errors = self.reporter(ui).tally(&self.elsewhere).errors;
            ui.say("build.elsewhere", json!({ "findings": self.elsewhere.len(), "errors": errors }));
        }
        let documents = self.papers.iter().filter(|paper| paper.known.is_some()).count();
        if documents == 0 {
            ui.say("build.none", ());
        } else {
            ui.say("build.fonts", self.fonts());
            let folder = self.folder.display().to_string();
            ui.say("build.summary", json!({ "documents": documents, "folder": folder }));
        }
        if self.findings.iter().any(is_error) { Outcome::Findings } else { Outcome::Fine }
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
            "counts": tally,
            "elsewhere": reporter.tally(&self.elsewhere),
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

/// Whether a finding has to do with the papers of `scope`: it stands in their files, is an error of the profile, or
/// belongs to no document, as those of templates and fonts.
pub(super) fn concerns(scope: &Scope, workspace: &Workspace, rulebook: &Rulebook, finding: &Finding) -> bool {
    let Some(place) = &finding.place else { return true };
    scope.holds(&place.file)
        || !workspace.documents.contains_key(&place.file)
        || place.file == PROFILE_FILE && rulebook.severity(finding.rule, Stage::Draft) == Severity::Error
}

/// What is to be said of `findings` to somebody who was told `before`, and how many are left out: everything the first
/// time, then the errors and what is new. Where it stands plays no part, as lines move while one writes.
fn news(
    findings: &[Finding],
    before: &[Finding],
    is_error: impl Fn(&Finding) -> bool,
) -> (Vec<Finding>, usize) {
    if before.is_empty() {
        return (findings.to_vec(), 0);
    }
    let key = |it: &Finding| {
        let file = it.place.as_ref().map(|place| place.file.clone());
        (it.rule, file, serde_json::to_string(&it.facts).unwrap_or_default())
    };
    let mut told: BTreeMap<_, usize> = BTreeMap::new();
    for finding in before {
        *told.entry(key(finding)).or_default() += 1;
    }
    let (mut shown, rest): (Vec<Finding>, Vec<Finding>) =
        findings.iter().cloned().partition(|finding| is_error(finding));
    let all = rest.len();
    let fresh = |finding: &Finding| match told.get_mut(&key(finding)) {
        Some(left) if *left > 0 => {
            *left -= 1;
            false
        }
        _ => true,
    };
    let fresh: Vec<Finding> = rest.into_iter().filter(fresh).collect();
    let same = all - fresh.len();
    shown.extend(fresh);
    (shown, same)
}

/// The papers within `scope`; those whose data have errors bear a mark.
pub(super) fn marked_jobs(maker: &Maker<'_>, scope: &Scope, findings: &[Finding]) -> Vec<Job> {
    let is_error = |rule| maker.law.rulebook.severity(rule, Stage::Draft) == Severity::Error;
    let errors: Vec<&Finding> = findings.iter().filter(|finding| is_error(finding.rule)).collect();
    let mut jobs = maker.jobs(scope);
    for job in &mut jobs {
        let concerns = |finding: &&Finding| {
            let place = finding.place.as_ref();
            finding.rule == "page/template"
                || place.is_none_or(|place| place.file == job.file || place.file == PROFILE_FILE)
        };
        if errors.iter().any(concerns) {
            job.paper.mark_faulty();
        }
    }
    jobs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Place;

    #[test]
    fn errors_are_said_again_and_the_rest_once() {
        let at = |rule, line| Finding::new(rule).at(Place { line, ..Place::file("活动.yaml") });
        let before = [at("warning", 3), at("error", 9), at("note", 1)];
        let after = [at("note", 2), at("warning", 4), at("warning", 7), at("error", 10)];
        let is_error = |it: &Finding| it.rule == "error";
        let (shown, same) = news(&after, &before, is_error);
        assert_eq!((shown, same), (vec![at("error", 10), at("warning", 7)], 2));
        assert_eq!(news(&after, &[], is_error), (after.to_vec(), 0));
    }
}
