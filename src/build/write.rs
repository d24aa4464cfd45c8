//! Writing a file whole or not at all: a path and what makes the bytes go in. The bytes go to a
//! temporary file in the same folder and take the final name only when they are on the disk.
//!
//! Refused, with the old file untouched: a disk that is full or read-only, a name that cannot be taken
//! because another program holds the file.

use crate::finding::Finding;
use std::fs::{self, File, TryLockError};
use std::io::{self, ErrorKind, Seek, Write};
use std::path::{Path, PathBuf};
use tempfile::{Builder, NamedTempFile};

const PREFIX: &str = ".baosong-";
const SUFFIX: &str = ".tmp";

/// Writes the bytes at `path`, in the place of what is there.
///
/// # Errors
///
/// As [`write_with`].
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), Finding> {
    write_with(path, |file| file.write_all(bytes))
}

/// Writes what `fill` writes at `path`, in the place of what is there. The folder must exist.
///
/// # Errors
///
/// `run/disk-full`, `run/cannot-write` (the temporary file) or `run/cannot-replace` (the final name),
/// each with the facts `path` and `cause`.
pub fn write_with(path: &Path, fill: impl FnOnce(&mut File) -> io::Result<()>) -> Result<(), Finding> {
    let mut pending = Pending::at(path)?;
    fill(pending.file()).map_err(|error| pending.failed(&error))?;
    pending.finish()
}

/// A file that is being written. It takes its name when it is finished; else nothing of it stays.
#[derive(Debug)]
pub struct Pending {
    path: PathBuf,
    temporary: NamedTempFile,
}

impl Pending {
    /// Of a file that will stand at `path`; the folder must exist.
    ///
    /// # Errors
    /// As [`write_with`].
    pub fn at(path: &Path) -> Result<Self, Finding> {
        // A bare name has the empty path for a folder.
        let folder = match path.parent() {
            Some(folder) if folder != Path::new("") => folder,
            _ => Path::new("."),
        };
        let temporary = temporary_in(folder).map_err(|error| failed(path, &error))?;
        Ok(Self { path: path.to_owned(), temporary })
    }

    /// Where it will stand.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What to write to.
    pub fn file(&mut self) -> &mut File {
        self.temporary.as_file_mut()
    }

    /// A handle of its own to it, at its beginning; what was written to it is gone.
    ///
    /// # Errors
    /// What the system says.
    pub fn emptied(&self) -> io::Result<File> {
        let mut file = self.temporary.as_file().try_clone()?;
        file.set_len(0)?;
        file.rewind()?;
        Ok(file)
    }

    /// The finding for writing that failed.
    pub fn failed(&self, error: &io::Error) -> Finding {
        failed(&self.path, error)
    }

    /// Puts it in the place of what is there.
    ///
    /// # Errors
    /// As [`write_with`].
    pub fn finish(self) -> Result<(), Finding> {
        let Self { path, temporary } = self;
        temporary.as_file().sync_all().map_err(|error| failed(&path, &error))?;
        // On failure the temporary file goes away with the error.
        temporary.persist(&path).map_err(|error| trouble("run/cannot-replace", &path, &error.error))?;
        if let Some(folder) = path.parent() {
            sync_folder(folder);
        }
        Ok(())
    }
}

/// Whether a file name is that of a temporary file of ours.
pub fn is_leftover(name: &str) -> bool {
    name.len() > PREFIX.len() + SUFFIX.len() && name.starts_with(PREFIX) && name.ends_with(SUFFIX)
}

/// Removes the temporary files that a killed run left in `folder` itself; what another run is writing
/// stays.
pub fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if is_file && entry.file_name().to_str().is_some_and(is_leftover) && !is_in_use(&entry.path()) {
            // Another program may hold it; the next run tries again.
            let _ = fs::remove_file(entry.path());
        }
    }
}

/// Whether a run that is still alive writes to the temporary file at `path`.
fn is_in_use(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| matches!(file.try_lock(), Err(TryLockError::WouldBlock)))
}

/// The finding for an operation of the system that failed.
pub(super) fn failed(path: &Path, error: &io::Error) -> Finding {
    let rule = match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "run/disk-full",
        _ => "run/cannot-write",
    };
    trouble(rule, path, error)
}

fn trouble(rule: &'static str, path: &Path, error: &io::Error) -> Finding {
    Finding::new(rule).fact("path", path.to_string_lossy()).fact("cause", error.to_string())
}

fn temporary_in(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = Builder::new();
    builder.prefix(PREFIX).suffix(SUFFIX);
    // Temporary files are private by default; this one will be a document that colleagues open.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let temporary = builder.tempfile_in(folder)?;
    // Says to other runs that it is no leftover; where drives know no locks, nothing is lost by it.
    let _ = temporary.as_file().try_lock();
    Ok(temporary)
}

/// Makes a renaming outlast a power cut where folders can be synced; elsewhere the system sees to it.
fn sync_folder(folder: &Path) {
    if cfg!(unix) {
        let _ = File::open(PathBuf::from(folder)).and_then(|folder| folder.sync_all());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn the_new_file_takes_the_place_of_the_old() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("会议纪要.pdf");
        write(&path, b"old and long").unwrap();
        write(&path, b"new").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"new");
        assert_eq!(names(folder.path()), ["会议纪要.pdf"]);
    }

    #[test]
    fn a_name_that_cannot_be_taken_leaves_everything_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("会议纪要.pdf");
        // No file can be renamed over a folder that is not empty.
        fs::create_dir_all(path.join("held")).unwrap();
        let finding = write(&path, b"new").unwrap_err();
        assert_eq!(finding.rule, "run/cannot-replace");
        assert!(finding.facts.contains_key("path") && finding.facts.contains_key("cause"));
        assert_eq!(names(folder.path()), ["会议纪要.pdf"]);
        assert_eq!(names(&path), ["held"]);
    }

    #[test]
    fn bytes_that_cannot_be_made_leave_everything_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        write(&path, b"old").unwrap();
        let full = |file: &mut File| file.write_all(b"half").and(Err::<(), _>(ErrorKind::StorageFull.into()));
        assert_eq!(write_with(&path, full).unwrap_err().rule, "run/disk-full");
        assert_eq!(fs::read(&path).unwrap(), b"old");
        assert_eq!(names(folder.path()), ["a.zip"]);
        let nowhere = folder.path().join("none/a.zip");
        assert_eq!(write(&nowhere, b"").unwrap_err().rule, "run/cannot-write");
    }

    #[test]
    fn leftovers_are_swept_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        for name in [".baosong-Ab12.tmp", ".baosong-.tmp", "a.tmp", ".baosong-output"] {
            fs::write(folder.path().join(name), b"x").unwrap();
        }
        sweep(folder.path());
        assert_eq!(names(folder.path()), [".baosong-.tmp", ".baosong-output", "a.tmp"]);
    }

    #[test]
    fn what_another_run_is_writing_is_not_swept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.zip");
        write_with(&path, |file| {
            sweep(folder.path());
            file.write_all(b"whole")
        })
        .unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"whole");
        assert_eq!(names(folder.path()), ["a.zip"]);
    }

    #[cfg(unix)]
    #[test]
    fn colleagues_may_read_what_is_written() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (ours, usual) = (folder.path().join("a"), folder.path().join("b"));
        write(&ours, b"").unwrap();
        fs::write(&usual, b"").unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&usual));
    }
}
