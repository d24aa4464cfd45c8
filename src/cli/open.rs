//! Opens what was made with the system's own viewer; that it cannot be opened is told and changes nothing else.

use super::Ui;
use crate::finding::Finding;
use crate::rulebook::Rulebook;
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::time::Duration;

/// How long a viewer may take to say that it cannot; some only return when they are closed.
const PATIENCE: Duration = Duration::from_secs(3);

pub(super) fn show(ui: &Ui, rulebook: &Rulebook, path: &Path) {
    let (send, answer) = mpsc::channel();
    let path: PathBuf = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let wanted = path.clone();
    std::thread::spawn(move || send.send(open::that(wanted)));
    if let Ok(Err(error)) = answer.recv_timeout(PATIENCE) {
        let finding = Finding::new("run/cannot-open")
            .fact("path", path.to_string_lossy())
            .fact("cause", error.to_string());
        ui.failure(rulebook, &finding);
    }
}
