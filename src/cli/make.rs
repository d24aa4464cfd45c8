//! `baosong build`: every paper that can be read, as PDF; what has not changed since the last time is left as it is.

use super::built::{Built, State, concerns, marked_jobs};
use super::check::{Examined, examine, typesetter_for, workspaces};
use super::progress::Progress;
use super::ui::path;
use super::{Outcome, Ui, open, watch};
use crate::build::{self, made::RECORD, output::Output};
use crate::build::{
    Done, Job, Known, Made, Maker, Scope, merge_faults, set_all, share, strict_fonts, wanted, with_grid,
};
use crate::check::lint;
use crate::finding::Finding;
use crate::rulebook::{Rulebook, Severity, Stage};
use crate::typeset::Typesetter;
use crate::workspace::{Workspace, prepare};
use clap::ArgMatches;
use rayon::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;

/// The output folder's name in a workspace.
pub(super) const OUTPUT: &str = "输出";

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let path = path(matches);
    let wanted = Wanted { path: &path, matches };
    let typesetter = match typesetter_for(matches) {
        Ok(typesetter) => typesetter,
        Err(finding) => return ui.failure(rulebook, &finding),
    };
    if matches.get_flag("watch") {
        return watch::run(ui, rulebook, &typesetter, &wanted);
    }
    let mut objects = Vec::new();
    let round =
        build(ui, rulebook, &typesetter, &wanted, &mut |built| built.tell(ui, rulebook, &[], &mut objects));
    round.answer(ui, rulebook, &objects);
    round.open(ui, rulebook, &wanted);
    round.outcome
}

/// What the command line asks for.
pub(super) struct Wanted<'a> {
    /// Which part of the workspace.
    pub(super) path: &'a Path,
    matches: &'a ArgMatches,
}

impl Wanted<'_> {
    fn flag(&self, name: &str) -> bool {
        self.matches.get_flag(name)
    }

    /// Where the files of each workspace go: `-o`, with a folder for each of several, or 输出 in the workspace.
    fn folders(&self, roots: Vec<PathBuf>) -> Vec<(PathBuf, PathBuf)> {
        let several = roots.len() > 1;
        let mut taken = BTreeSet::new();
        let mut folder = |root: &Path| match self.matches.get_one::<PathBuf>("output") {
            None => root.join(OUTPUT),
            Some(folder) if !several => folder.clone(),
            Some(folder) => {
                let name = root.file_name().unwrap_or_default().to_string_lossy();
                let mut names =
                    std::iter::once(name.to_string()).chain((2..).map(|at| format!("{name}（{at}）")));
                let name = names.find(|name| taken.insert(name.to_lowercase())).unwrap_or_default();
                folder.join(name)
            }
        };
        let with_folder = |root: PathBuf| {
            let folder = folder(&root);
            (root, folder)
        };
        roots.into_iter().map(with_folder).collect()
    }
}

/// How a build ended.
pub(super) struct Round {
    outcome: Outcome,
    /// The files that stand for the papers, made now or before.
    files: Vec<PathBuf>,
    /// The output folders.
    pub(super) folders: Vec<PathBuf>,
    /// Why there is nothing to build.
    pub(super) failure: Option<Finding>,
}

impl Round {
    /// Says why nothing could be built, or gives the answer for other programs.
    pub(super) fn answer(&self, ui: &Ui, rulebook: &Rulebook, objects: &[Value]) {
        if let Some(finding) = &self.failure {
            ui.failure(rulebook, finding);
        } else if ui.json() {
            ui.answer(&json!({ "workspaces": objects }));
        }
    }

    /// Opens the paper, or the folder of several, if that is wanted and there is any.
    pub(super) fn open(&self, ui: &Ui, rulebook: &Rulebook, wanted: &Wanted<'_>) {
        let several = || wanted.matches.get_one("output").map_or(wanted.path, PathBuf::as_path);
        let path = match (&self.files[..], &self.folders[..]) {
            ([], _) => None,
            ([file], _) => Some(file.as_path()),
            (_, [folder]) => Some(folder.as_path()),
            _ => Some(several()),
        };
        if let Some(path) = path.filter(|_| wanted.flag("open")) {
            open::show(ui, rulebook, path);
        }
    }
}

/// Builds all that is wanted, and tells of each workspace in its turn.
///
/// Some workspaces are read at once and their papers set from one queue, so that no core waits; only some, so that many
/// need no more memory than a few.
pub(super) fn build(
    ui: &Ui,
    rulebook: &'static Rulebook,
    typesetter: &Typesetter,
    wanted: &Wanted<'_>,
    tell: &mut dyn FnMut(&Built) -> Outcome,
) -> Round {
    let mut round = Round { outcome: Outcome::Fine, files: Vec::new(), folders: Vec::new(), failure: None };
    let roots = match workspaces(wanted.path) {
        Ok(roots) => roots,
        Err(finding) => return Round { outcome: Outcome::Failure, failure: Some(finding), ..round },
    };
    let folders = wanted.folders(roots);
    let progress = Progress::new(ui);
    let mut cold = wanted.flag("force") || folders.iter().any(|(_, folder)| !folder.join(RECORD).exists());
    rayon::join(prepare, || lint::prepare(rulebook));
    for some in folders.chunks(4 * workers()) {
        let desks = || -> Vec<Desk> {
            let desk =
                |(root, folder): &(PathBuf, PathBuf)| Desk::new(rulebook, typesetter, root, folder, wanted);
            some.par_iter().map(desk).collect()
        };
        let warmed = || {
            if std::mem::take(&mut cold) {
                typesetter.warm();
            }
        };
        let (desks, ()) = rayon::join(desks, warmed);
        for built in set(desks, &progress, folders.len() == 1) {
            let files = built.papers.iter().filter(|paper| paper.state != State::Failed);
            round.files.extend(files.map(|paper| built.folder.join(&paper.path)));
            round.outcome = round.outcome.max(tell(&built));
            round.folders.push(built.folder);
        }
    }
    round
}

/// Sets the papers of some workspaces that are not up to date, and writes each as soon as it is finished.
fn set(desks: Vec<Desk>, progress: &Progress, alone: bool) -> Vec<Built> {
    let makers: Vec<Maker<'_>> = desks.iter().map(Desk::maker).collect();
    let mut places = Vec::new();
    for (at, desk) in desks.iter().enumerate() {
        let stale = desk.current.iter().enumerate().filter(|(_, current)| current.is_none());
        places.extend(stale.map(|(job, _)| (at, job)));
    }
    let queue: Vec<_> = places.iter().map(|&(at, job)| (&makers[at], &desks[at].jobs[job])).collect();
    let mut copies = Vec::new();
    for (at, desk) in desks.iter().enumerate() {
        let lacking = desk.copies().into_iter().filter(|one| makers[at].lacks(one));
        copies.extend(lacking.map(|one| (at, one)));
    }
    progress.begin(alone.then_some(copies.len() + queue.len()));
    share(copies.len(), workers(), |index| {
        let (at, wanted) = &copies[index];
        if let Ok(Some(output)) = &desks[*at].output {
            makers[*at].make_copies(Some(output), wanted);
        }
        progress.step(&desks[*at].root, &wanted.photo.file);
    });
    let write = |(index, result): (usize, Result<Done, Vec<Finding>>)| {
        let (at, job) = places[index];
        let word = desks[at].jobs[job].paper.kind.word();
        let result = result.map_err(Fault::Paper).and_then(|done| desks[at].write(&done));
        progress.step(&desks[at].root, word);
        ((at, job), result)
    };
    let mut results: BTreeMap<(usize, usize), Result<Known, Fault>> = thread::scope(|scope| {
        // Who sets papers does not wait for the disk.
        let (to_disk, papers) = mpsc::sync_channel(workers());
        let writer = scope.spawn(|| papers.into_iter().map(write).collect());
        set_all(&queue, workers(), |index, result| {
            // Fails only if the writer did, which is told below.
            let _ = to_disk.send((index, result));
        });
        drop(to_disk);
        writer.join().unwrap_or_else(|panic| resume_unwind(panic))
    });
    progress.end();
    let finish = |(at, desk): (usize, Desk)| {
        let rest = results.split_off(&(at + 1, 0));
        let own = std::mem::replace(&mut results, rest);
        desk.finish(own.into_iter().map(|((_, job), result)| (job, result)).collect())
    };
    desks.into_iter().enumerate().map(finish).collect()
}

/// Why a paper was not made.
enum Fault {
    /// It cannot be set.
    Paper(Vec<Finding>),
    /// It cannot be written.
    Output(Finding),
}

/// A workspace with all that its papers need.
struct Desk {
    root: PathBuf,
    folder: PathBuf,
    workspace: Workspace,
    examined: Examined,
    made: Made,
    jobs: Vec<Job>,
    /// Of each job, what is up to date.
    current: Vec<Option<Known>>,
    /// None when there is nothing to do in it.
    output: Result<Option<Output>, Finding>,
    scope: Scope,
}

impl Desk {
    fn new(
        rulebook: &'static Rulebook,
        typesetter: &Typesetter,
        root: &Path,
        folder: &Path,
        wanted: &Wanted<'_>,
    ) -> Self {
        let workspace = Workspace::read(root);
        let mut examined = examine(&workspace, rulebook, typesetter);
        // When papers are due is for `status` and `check` to say.
        examined.findings.retain(|finding| !finding.rule.starts_with("art16/due"));
        let made = made(folder, root, &examined.typesetter);
        let made = if wanted.flag("force") { made.forgotten() } else { made };
        let scope = Scope::of(&workspace, wanted.path);
        let (jobs, current, output) = (Vec::new(), Vec::new(), Ok(None));
        let (root, folder) = (root.to_owned(), folder.to_owned());
        let mut desk = Self { root, folder, workspace, examined, made, jobs, current, output, scope };
        desk.jobs = marked_jobs(&desk.maker(), &desk.scope, &desk.examined.findings);
        if wanted.flag("grid") {
            desk.jobs.iter_mut().for_each(Job::draw_grid);
        }
        if wanted.flag("strict-fonts") {
            let strict = strict_fonts(&desk.examined.typesetter, &desk.jobs);
            desk.examined.findings.extend(strict);
        }
        // Before the papers are set: whoever cannot write is told at once, and two runs never mix.
        if !desk.jobs.is_empty() || (desk.scope.prefix.is_empty() && !desk.made.is_empty()) {
            desk.output = Output::open(&desk.folder).map(Some);
        }
        if desk.output.is_err() {
            desk.jobs.clear();
        }
        desk.current = desk.jobs.iter().map(|job| desk.maker().current(job)).collect();
        desk
    }

    fn maker(&self) -> Maker<'_> {
        let Examined { law, typesetter, .. } = &self.examined;
        Maker { workspace: &self.workspace, law, typesetter, workers: workers(), made: &self.made }
    }

    /// The copies of photographs that its papers and its bundles need.
    fn copies(&self) -> Vec<build::Wanted<'_>> {
        let stale = self.jobs.iter().zip(&self.current).filter(|(_, current)| current.is_none());
        let activities = self.workspace.activities.iter().filter(|activity| self.scope.holds(&activity.file));
        let photos = activities.flat_map(|it| it.model.photos.iter().map(|photo| (it.file.as_str(), photo)));
        wanted(stale.map(|(job, _)| job), photos.filter(|(_, photo)| !photo.file.is_empty()))
    }

    fn is_error(&self, finding: &Finding) -> bool {
        self.examined.law.rulebook.severity(finding.rule, Stage::Draft) == Severity::Error
    }

    fn write(&self, done: &Done) -> Result<Known, Fault> {
        let Ok(Some(output)) = &self.output else { return Err(Fault::Paper(Vec::new())) };
        let path = Path::new(&done.path);
        output.write(path, &done.sheet.pdf).map_err(Fault::Output)?;
        let gone = || Finding::new("run/cannot-write").fact("path", done.path.as_str()).fact("cause", "");
        let known = self.made.note(&done.path, &done.file, &done.key, &done.sheet);
        known.ok_or_else(|| Fault::Output(gone()))
    }

    /// With the papers that were set, by the number of their job: what is no longer wanted goes, and all is recorded.
    fn finish(mut self, mut set: BTreeMap<usize, Result<Known, Fault>>) -> Built {
        let mut failed = Vec::new();
        let mut failure = None;
        let mut papers = Vec::new();
        let mut notes = Vec::new();
        let texts = &self.examined.texts;
        for (index, (job, current)) in self.jobs.iter().zip(std::mem::take(&mut self.current)).enumerate() {
            let (state, mut known) = match (current, set.remove(&index)) {
                (Some(known), _) => (State::Unchanged, Some(known)),
                (None, Some(Ok(known))) => (State::Built, Some(known)),
                (None, Some(Err(Fault::Paper(findings)))) => {
                    failed.extend(findings);
                    (State::Failed, None)
                }
                (None, Some(Err(Fault::Output(finding)))) => {
                    failure.get_or_insert(finding);
                    (State::Failed, None)
                }
                (None, None) => (State::Failed, None),
            };
            if let (Some(known), Ok(Some(output))) = (&mut known, &self.output) {
                match texts.press(job) {
                    Ok(made) => failure = failure.or(self.made.put_texts(output, &made, known).err()),
                    Err(fault) => failed.push(fault),
                }
            }
            notes.extend(known.iter().flat_map(|known| known.notes(&job.path)));
            papers.push(Built::paper(job, state, known));
        }
        merge_faults(&mut failed);
        self.examined.findings.extend(notes);
        self.examined.findings.extend(failed);
        let mut removed = Vec::new();
        match std::mem::replace(&mut self.output, Ok(None)) {
            Err(finding) => failure = Some(finding),
            Ok(None) => {}
            Ok(Some(output)) => {
                let gone = self.clear(&output, &mut removed);
                let known =
                    papers.iter().filter_map(|paper| Some((paper.path.clone(), paper.known.clone()?)));
                let saved = self.made.save(&output, known.collect(), &gone);
                failure = failure.or(saved.err());
            }
        }
        let all = std::mem::take(&mut self.examined.findings);
        let Examined { law, .. } = self.examined;
        let concerns = |it: &Finding| concerns(&self.scope, &self.workspace, &law.rulebook, it);
        let (findings, elsewhere) = all.into_iter().partition(concerns);
        Built {
            root: self.root,
            folder: self.folder,
            workspace: self.workspace,
            law,
            papers,
            removed,
            findings,
            elsewhere,
            failure,
        }
    }

    /// Removes papers that nothing asks for any more, as far as they are as they were written, and gives back those to be
    /// forgotten. Nothing goes when only a part was built or a file cannot be read whole: it may ask for them again.
    fn clear(&mut self, output: &Output, removed: &mut Vec<String>) -> Vec<String> {
        let unread = self.workspace.findings.iter().any(|finding| self.is_error(finding));
        if unread || !self.scope.prefix.is_empty() {
            return Vec::new();
        }
        let bare = |path: &str| path.replace("（网格）.pdf", ".pdf");
        let kept: Vec<String> =
            self.jobs.iter().flat_map(|job| [bare(&job.path), with_grid(&bare(&job.path))]).collect();
        let kept: Vec<&str> = kept.iter().map(String::as_str).collect();
        self.made.forget_unseen();
        let mut gone = Vec::new();
        for path in self.made.others(&kept) {
            if self.made.remove(path, output) {
                removed.push(path.to_owned());
            } else if self.made.is_there(path) {
                self.examined.findings.push(Finding::new("run/left-over").fact("path", path));
                continue;
            }
            gone.push(path.to_owned());
        }
        gone
    }
}

/// What a run before this one knows of the papers of the workspace at `root` in `folder`.
pub(super) fn made(folder: &Path, root: &Path, typesetter: &Typesetter) -> Made {
    Made::read(folder, root, &program(), typesetter)
}

/// This program: another version, and another executable of the same version, may set pages otherwise.
fn program() -> String {
    let executable = std::env::current_exe().and_then(std::fs::metadata).ok();
    let size = executable.as_ref().map_or(0, std::fs::Metadata::len);
    let modified =
        executable.and_then(|file| file.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok());
    format!("{} {size} {}", clap::crate_version!(), modified.map_or(0, |since| since.as_nanos()))
}

/// One worker a core.
pub(super) fn workers() -> usize {
    std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
}
