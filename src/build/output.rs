//! The output folder (输出): its path goes in; an [`Output`] comes out that no other run shares and that
//! writes only below itself, and only over files it has written before.
//!
//! Refused: a path that is no folder, a folder with files of someone else in it, a folder that another
//! run is writing to, a target that someone else made, a path that leads out of the folder.

use super::write::{Pending, failed, is_leftover, sweep};
use crate::finding::Finding;
use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use walkdir::WalkDir;

/// The file by which an output folder is known. A run holds a lock on it; its lines are the paths of
/// the files that were written.
pub const MARKER: &str = ".baosong-output";

/// The marker's first line; the number changes with its form.
const HEADER: &str = "baosong output 1";

/// What systems put into folders on their own; it does not make a folder someone's.
const NOISE: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// An output folder that this run alone writes to, from several threads if it likes.
///
/// The lock ends with the value, and with the process however that ends.
#[derive(Debug)]
pub struct Output {
    root: PathBuf,
    record: Mutex<Record>,
}

/// The marker, open and locked, and the paths that stand in it.
#[derive(Debug)]
struct Record {
    marker: File,
    written: BTreeSet<String>,
    /// Whether the marker names paths that are no longer ours.
    stale: bool,
}

impl Drop for Record {
    /// What was removed is forgotten at the end, at once for all; a run killed before leaves a line without a file.
    fn drop(&mut self) {
        if self.stale {
            let _ = self.rewrite();
        }
    }
}

impl Output {
    /// Takes the folder at `root`, made if need be, and sweeps what killed runs left in it.
    ///
    /// # Errors
    ///
    /// `run/not-a-folder` (fact `path`), `run/not-ours` (facts `path`, and `found`: a file that is not
    /// ours), `run/busy` (fact `path`), or `run/cannot-write` and `run/disk-full` (facts `path`, `cause`).
    pub fn open(root: &Path) -> Result<Self, Finding> {
        if root.exists() && !root.is_dir() {
            return Err(Finding::new("run/not-a-folder").fact("path", root.to_string_lossy()));
        }
        let failed = |error: io::Error| failed(root, &error);
        fs::create_dir_all(root).map_err(failed)?;
        let path = root.join(MARKER);
        if !path.exists()
            && let Some(found) = foreign_file(root).map_err(failed)?
        {
            return Err(not_ours(root, &found));
        }
        let marker = OpenOptions::new()
            .read(true)
            .write(true)
            .create(true)
            .truncate(false)
            .open(&path)
            .map_err(failed)?;
        match marker.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Finding::new("run/busy").fact("path", root.to_string_lossy()));
            }
            // Some network drives know no locks; they are still to be written to.
            Err(TryLockError::Error(error)) if error.kind() == ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        let record = Record::read(marker).map_err(failed)?.ok_or_else(|| not_ours(root, MARKER))?;
        sweep_below(root);
        Ok(Self { root: root.to_owned(), record: Mutex::new(record) })
    }

    /// The folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Writes `bytes` at `path`, which is relative to the folder.
    ///
    /// # Errors
    ///
    /// As [`Self::write_with`].
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Finding> {
        self.write_with(path, |file| file.write_all(bytes))
    }

    /// Writes what `fill` writes at `path`, which is relative to the folder; folders on the way are made.
    ///
    /// # Errors
    ///
    /// As [`Self::begin`] and [`Self::finish`].
    pub fn write_with(
        &self,
        path: &Path,
        fill: impl FnOnce(&mut File) -> io::Result<()>,
    ) -> Result<(), Finding> {
        let mut pending = self.begin(path)?;
        fill(pending.file()).map_err(|error| pending.failed(&error))?;
        self.finish(pending)
    }

    /// Begins a file that will stand at `path`, which is relative to the folder; folders on the way are made.
    ///
    /// # Errors
    ///
    /// `run/outside` (fact `path`) for a path that leads out of the folder, through a link for one; and those of
    /// [`super::write::write_with`].
    pub fn begin(&self, path: &Path) -> Result<Pending, Finding> {
        let outside = || Finding::new("run/outside").fact("path", path.to_string_lossy());
        relative(path).ok_or_else(outside)?;
        let target = self.root.join(path);
        let folder = target.parent().unwrap_or(&self.root);
        if has_link(&self.root, path.parent().unwrap_or(Path::new(""))) {
            return Err(outside());
        }
        fs::create_dir_all(folder).map_err(|error| failed(folder, &error))?;
        Pending::at(&target)
    }

    /// Puts a file that was begun in its place.
    ///
    /// # Errors
    ///
    /// `run/not-ours` for a target that no run of ours has written, and those of [`super::write::write_with`].
    pub fn finish(&self, pending: Pending) -> Result<(), Finding> {
        let name = pending.path().strip_prefix(&self.root).ok().and_then(relative);
        let outside = || Finding::new("run/outside").fact("path", pending.path().to_string_lossy());
        self.claim(name.ok_or_else(outside)?, pending.path())?;
        pending.finish()
    }

    /// Removes a file that was written here, and the folders that become empty by it. Tells whether it is gone.
    pub fn remove(&self, path: &Path) -> bool {
        let ours =
            |name: &String| self.record.lock().unwrap_or_else(PoisonError::into_inner).written.contains(name);
        let folder = path.parent().unwrap_or(Path::new(""));
        let removed = relative(path).as_ref().is_some_and(ours)
            && !has_link(&self.root, folder)
            && fs::remove_file(self.root.join(path)).is_ok();
        if removed {
            let mut record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
            record.stale = relative(path).is_some_and(|name| record.written.remove(&name)) || record.stale;
            let folders = folder.ancestors().take_while(|folder| *folder != Path::new(""));
            // The first that is not empty stays, and with it those around it.
            folders
                .map(|folder| fs::remove_dir(self.root.join(folder)))
                .take_while(Result::is_ok)
                .for_each(drop);
        }
        removed
    }

    /// Records that a path is ours, before anything stands there: a run killed in between leaves a
    /// record without a file, never a file of ours that the next run would not touch.
    fn claim(&self, name: String, target: &Path) -> Result<(), Finding> {
        let mut record = self.record.lock().unwrap_or_else(PoisonError::into_inner);
        if record.written.contains(&name) {
            return Ok(());
        }
        if target.symlink_metadata().is_ok() {
            return Err(not_ours(&self.root, &name));
        }
        let line = format!("{name}\n");
        let marker = &mut record.marker;
        let recorded = marker.write_all(line.as_bytes()).and_then(|()| marker.sync_data());
        recorded.map_err(|error| failed(&self.root.join(MARKER), &error))?;
        record.written.insert(name);
        Ok(())
    }
}

impl Record {
    /// Reads the marker and stands at its end; none if it is a file of someone else.
    fn read(mut marker: File) -> io::Result<Option<Self>> {
        let mut bytes = Vec::new();
        marker.read_to_end(&mut bytes)?;
        let text = String::from_utf8_lossy(&bytes);
        let mut lines = text.lines();
        let header = lines.next().unwrap_or_default();
        if header == HEADER {
            // What a killed run had begun to write ends here.
            if !text.ends_with('\n') {
                marker.write_all(b"\n")?;
            }
        } else if let Some(rest) = HEADER.strip_prefix(header) {
            // Killed before the first line was whole; nothing had been written yet.
            marker.write_all(format!("{rest}\n").as_bytes())?;
        } else {
            return Ok(None);
        }
        let written = lines.map(str::to_owned).collect();
        Ok(Some(Self { marker, written, stale: false }))
    }

    /// Writes the marker anew, in its place, as the lock hangs on the file. The lines only move towards the start, and
    /// the end is cut when they stand there: no path of ours is missing in between.
    fn rewrite(&mut self) -> io::Result<()> {
        let mut text = String::new();
        self.marker.rewind()?;
        self.marker.read_to_string(&mut text)?;
        let mut left = std::mem::take(&mut self.written);
        let kept = text.lines().filter(|line| *line == HEADER || left.remove(*line));
        let text: String = kept.flat_map(|line| [line, "\n"]).collect();
        self.marker.rewind()?;
        self.marker.write_all(text.as_bytes())?;
        self.marker.sync_data()?;
        self.marker.set_len(text.len() as u64)
    }
}

/// The parts of a relative path joined by `/`, if it leads neither up nor away.
fn relative(path: &Path) -> Option<String> {
    let part = |part: Component<'_>| match part {
        Component::Normal(name) => name.to_str().map(str::to_owned),
        _ => None,
    };
    let parts: Vec<String> = path.components().map(part).collect::<Option<_>>()?;
    (!parts.is_empty() && parts.iter().all(|part| !part.contains('\n'))).then(|| parts.join("/"))
}

/// Whether a folder on the way from `root` down `path` is a link, and so may lead anywhere.
fn has_link(root: &Path, path: &Path) -> bool {
    let folders = path.ancestors().filter(|folder| *folder != Path::new(""));
    folders.map(|folder| root.join(folder)).any(|folder| folder.is_symlink())
}

/// The name of something in a folder that neither we nor the system put there.
fn foreign_file(root: &Path) -> io::Result<Option<String>> {
    let mut found = None;
    for entry in fs::read_dir(root)? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if !is_leftover(&name) && !NOISE.contains(&name.as_str()) {
            // The first by name, whatever order the system lists them in.
            found = found.filter(|other| *other < name).or(Some(name));
        }
    }
    Ok(found)
}

fn sweep_below(root: &Path) {
    let entries = WalkDir::new(root).follow_links(false).into_iter().flatten();
    entries.filter(|entry| entry.file_type().is_dir()).for_each(|folder| sweep(folder.path()));
}

fn not_ours(root: &Path, found: &str) -> Finding {
    Finding::new("run/not-ours").fact("path", root.to_string_lossy()).fact("found", found)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tempfile::{TempDir, tempdir};

    fn rule<T>(result: Result<T, Finding>) -> &'static str {
        result.err().map_or("fine", |finding| finding.rule)
    }

    fn output() -> (TempDir, PathBuf) {
        let folder = tempdir().unwrap();
        let root = folder.path().join("输出");
        (folder, root)
    }

    #[test]
    fn what_was_written_is_replaced_by_later_runs() {
        let (_folder, root) = output();
        for run in ["1", "2"] {
            let output = Output::open(&root).unwrap();
            output.write(Path::new("2017/工作计划.pdf"), run.as_bytes()).unwrap();
            output.write(Path::new("2017/工作计划.pdf"), run.as_bytes()).unwrap();
        }
        assert_eq!(fs::read(root.join("2017/工作计划.pdf")).unwrap(), b"2");
        assert_eq!(fs::read_to_string(root.join(MARKER)).unwrap(), "baosong output 1\n2017/工作计划.pdf\n");
    }

    #[test]
    fn what_was_removed_is_no_longer_ours() {
        let (_folder, root) = output();
        let output = Output::open(&root).unwrap();
        for path in ["丙.pdf", "甲.pdf", "乙.pdf"] {
            output.write(Path::new(path), b"x").unwrap();
        }
        assert!(output.remove(Path::new("甲.pdf")) && !output.remove(Path::new("甲.pdf")));
        output.write(Path::new("丁.pdf"), b"x").unwrap();
        fs::write(root.join("甲.pdf"), "mine").unwrap();
        assert_eq!(rule(output.write(Path::new("甲.pdf"), b"x")), "run/not-ours");
        drop(output);
        let marker = || fs::read_to_string(root.join(MARKER)).unwrap();
        assert_eq!(marker(), "baosong output 1\n丙.pdf\n乙.pdf\n丁.pdf\n");
        let output = Output::open(&root).unwrap();
        assert_eq!(rule(output.write(Path::new("甲.pdf"), b"x")), "run/not-ours");
        output.write(Path::new("戊.pdf"), b"x").unwrap();
        assert!(output.remove(Path::new("戊.pdf")));
        output.write(Path::new("戊.pdf"), b"x").unwrap();
        drop(output);
        assert_eq!(marker(), "baosong output 1\n丙.pdf\n乙.pdf\n丁.pdf\n戊.pdf\n");
    }

    #[test]
    fn two_runs_do_not_mix() {
        let (_folder, root) = output();
        let first = Output::open(&root).unwrap();
        assert_eq!(rule(Output::open(&root)), "run/busy");
        drop(first);
        assert_eq!(rule(Output::open(&root)), "fine");
    }

    #[test]
    fn what_is_not_ours_is_left_alone() {
        let (folder, root) = output();
        fs::create_dir(&root).unwrap();
        fs::write(root.join("Thumbs.db"), "").unwrap();
        let output = Output::open(&root).unwrap();
        fs::write(root.join("手写.pdf"), "mine").unwrap();
        assert_eq!(rule(output.write(Path::new("手写.pdf"), b"x")), "run/not-ours");
        assert_eq!(fs::read(root.join("手写.pdf")).unwrap(), b"mine");
        let finding = Output::open(folder.path()).unwrap_err();
        assert_eq!((finding.rule, &finding.facts["found"]), ("run/not-ours", &"输出".into()));
        assert!(!folder.path().join(MARKER).exists());
        assert_eq!(rule(Output::open(&root.join("手写.pdf"))), "run/not-a-folder");
        drop(output);
        fs::write(root.join(MARKER), "something else").unwrap();
        assert_eq!(rule(Output::open(&root)), "run/not-ours");
    }

    #[test]
    fn nothing_is_written_outside() {
        let (folder, root) = output();
        let output = Output::open(&root).unwrap();
        for path in ["../x", "/tmp/x", "", "a/../../x", "."] {
            assert_eq!(rule(output.write(Path::new(path), b"x")), "run/outside", "{path}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(folder.path(), root.join("link")).unwrap();
            assert_eq!(rule(output.write(Path::new("link/sub/x"), b"x")), "run/outside");
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn killed_runs_leave_nothing_behind() {
        let (_folder, root) = output();
        fs::create_dir_all(root.join("2017")).unwrap();
        fs::write(root.join(MARKER), "baosong output 1\n2017/a.pdf\n2017/工作").unwrap();
        fs::write(root.join("2017/.baosong-x.tmp"), "half").unwrap();
        let output = Output::open(&root).unwrap();
        output.write(Path::new("2017/b.pdf"), b"x").unwrap();
        assert!(!root.join("2017/.baosong-x.tmp").exists());
        drop(output);
        for begun in ["", "baosong out", "baosong output 1"] {
            fs::write(root.join(MARKER), begun).unwrap();
            drop(Output::open(&root).unwrap());
            assert_eq!(fs::read_to_string(root.join(MARKER)).unwrap(), "baosong output 1\n");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_cannot_be_made_is_said() {
        assert_eq!(rule(Output::open(Path::new("/proc/none/输出"))), "run/cannot-write");
    }
}
