//! `baosong build --watch`: builds, and builds again whenever something in the workspace is saved.
//!
//! What the build itself writes, hidden files and what editors put beside a file while saving it are no reason; a save in
//! several steps is one.

use super::check::workspaces;
use super::make::{Wanted, build};
use super::{Outcome, Ui};
use crate::finding::Finding;
use crate::rulebook::Rulebook;
use crate::typeset::Typesetter;
use crate::workspace::containing;
use notify::{Event, RecommendedWatcher, RecursiveMode, Watcher};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A save is over when nothing has happened for so long.
const QUIET: Duration = Duration::from_millis(50);

/// While something happens all the time, a build begins after so long.
const LONGEST: Duration = Duration::from_millis(500);

pub(super) fn run(
    ui: &Ui,
    rulebook: &'static Rulebook,
    typesetter: &Typesetter,
    wanted: &Wanted<'_>,
) -> Outcome {
    if let Err(finding) = workspaces(wanted.path) {
        return ui.failure(rulebook, &finding);
    }
    let (send, events) = channel();
    let path = containing(wanted.path).unwrap_or_else(|| wanted.path.to_owned());
    let path = std::path::absolute(&path).unwrap_or(path);
    // Before the first build, so that nothing saved while it runs is missed.
    let watcher = notify::recommended_watcher(send).and_then(|mut watcher: RecommendedWatcher| {
        watcher.watch(&path, RecursiveMode::Recursive)?;
        Ok(watcher)
    });
    let _watcher = match watcher {
        Ok(watcher) => watcher,
        Err(error) => {
            let finding = Finding::new("run/cannot-watch").fact("path", path.to_string_lossy());
            return ui.failure(rulebook, &finding.fact("cause", error.to_string()));
        }
    };
    let mut told: BTreeMap<PathBuf, Vec<Finding>> = BTreeMap::new();
    let mut first = true;
    loop {
        let (start, mut objects, mut news) = (Instant::now(), Vec::new(), first);
        let round = build(ui, rulebook, typesetter, wanted, &mut |built| {
            let before = told.insert(built.root.clone(), built.findings.clone());
            let same = before.as_ref() == Some(&built.findings);
            if same && !built.is_news() {
                return Outcome::Fine;
            }
            news = true;
            built.tell(ui, rulebook, &before.unwrap_or_default(), &mut objects)
        });
        if news || round.failure.is_some() {
            round.answer(ui, rulebook, &objects);
            let seconds = format!("{:.2}", start.elapsed().as_secs_f64());
            ui.say("watch.waiting", json!({ "seconds": seconds, "folder": path.display().to_string() }));
        }
        if std::mem::take(&mut first) {
            round.open(ui, rulebook, wanted);
        }
        let folders: Vec<PathBuf> =
            round.folders.iter().filter_map(|folder| std::path::absolute(folder).ok()).collect();
        if !wait(&events, &folders) {
            return Outcome::Failure;
        }
    }
}

/// Waits for a save; false if none can come any more.
fn wait(events: &Receiver<notify::Result<Event>>, folders: &[PathBuf]) -> bool {
    loop {
        let Ok(event) = events.recv() else { return false };
        if event.is_ok_and(|event| is_save(&event, folders)) {
            break;
        }
    }
    let start = Instant::now();
    let mut last = start;
    while let Some(left) = QUIET.checked_sub(last.elapsed()).filter(|_| start.elapsed() < LONGEST) {
        match events.recv_timeout(left) {
            Ok(Ok(event)) if is_save(&event, folders) => last = Instant::now(),
            Ok(_) => {}
            Err(_) => break,
        }
    }
    true
}

/// Whether something changed that papers may depend on.
fn is_save(event: &Event, folders: &[PathBuf]) -> bool {
    let counts = |path: &PathBuf| !folders.iter().any(|folder| path.starts_with(folder)) && !is_passing(path);
    event.need_rescan() || (!event.kind.is_access() && event.paths.iter().any(counts))
}

/// Whether a file is hidden, or such as editors and office programs put beside another for a while.
fn is_passing(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // vi tries whether it may write with a file of this name.
    let probe = name == "4913";
    let endings = ["~", ".swp", ".swx", ".tmp", "#", ".bak"];
    probe || name.starts_with('.') || name.starts_with("~$") || endings.iter().any(|it| name.ends_with(it))
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::EventKind;
    use notify::event::{AccessKind, CreateKind};

    #[test]
    fn only_what_papers_may_depend_on_counts() {
        let counts = |kind: EventKind, path: &str| {
            let event = Event::new(kind).add_path(PathBuf::from(path));
            is_save(&event, &[PathBuf::from("/组/输出")])
        };
        let made = EventKind::Create(CreateKind::Any);
        for path in ["/组/专家组.yaml", "/组/2026/图片/1.jpg", "/组/模板/plain.typ", "/组/输出稿/活动.yaml"]
        {
            assert!(counts(made, path), "{path}");
            assert!(!counts(EventKind::Access(AccessKind::Any), path), "{path}");
        }
        for path in [
            "/组/输出/2026/a.pdf",
            "/组/.专家组.yaml.swp",
            "/组/4913",
            "/组/a.yaml~",
            "/组/.#a.yaml",
            "/组/~$通知.docx",
        ] {
            assert!(!counts(made, path), "{path}");
        }
    }
}
