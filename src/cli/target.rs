//! Where bundles are written: our own output folder, or any that is named; what we did not make is refused, and what was
//! sent is not changed.

use super::make::OUTPUT;
use super::pack::FOLDER;
use crate::build::output::Output;
use crate::build::write::{Pending, sweep, write};
use crate::bundle::{Mail, Packed, Parcel, Zip, is_mail, verify};
use crate::checksum::Checksum;
use crate::derive::resending::is_sent;
use crate::finding::Finding;
use std::io;
use std::path::{Path, PathBuf};

/// Where bundles go: our own output folder, or any folder that the user names.
pub(super) enum Target {
    Own(Output),
    Named(PathBuf),
}

impl Target {
    pub(super) fn open(root: &Path, named: Option<&PathBuf>) -> Result<Self, Finding> {
        let Some(folder) = named else { return Output::open(&root.join(OUTPUT)).map(Self::Own) };
        let problem = |cause: &io::Error| {
            Finding::new("run/cannot-write")
                .fact("path", folder.to_string_lossy())
                .fact("cause", cause.to_string())
        };
        if folder.exists() && !folder.is_dir() {
            return Err(Finding::new("run/not-a-folder").fact("path", folder.to_string_lossy()));
        }
        std::fs::create_dir_all(folder).map_err(|error| problem(&error))?;
        sweep(folder);
        Ok(Self::Named(folder.clone()))
    }

    /// What was sent stays as it was: another content goes out as another version.
    pub(super) fn refuse_changed(&self, parcel: &Parcel, packed: &Packed) -> Result<(), Finding> {
        let path = self.path(&packed.name);
        let sent = is_sent(&parcel.submission);
        let old = if sent { verify(&path).ok().and_then(|old| old.check_code) } else { None };
        match old {
            Some(old) if old != packed.code => {
                Err(Finding::new("run/already-sent").fact("path", path.to_string_lossy()))
            }
            _ => Ok(()),
        }
    }

    /// In a folder that the user names, only what we made gives way; a stamped covering paper in none.
    pub(super) fn refuse_foreign(&self, mail: &Mail<'_>) -> Result<(), Finding> {
        let letter = &mail.packed.letter;
        let (paper, bundle) = (self.path(&letter.name), self.path(&mail.packed.name));
        if !letter.may_replace(&paper) {
            return Err(Finding::new("run/exists").fact("path", paper.to_string_lossy()));
        }
        let Self::Named(folder) = self else { return Ok(()) };
        let is_bundle = |path: &Path| verify(path).is_ok_and(|old| old.submission.is_some());
        let draft = folder.join(mail.name());
        let foreign = match () {
            () if bundle.exists() && !is_bundle(&bundle) => bundle,
            () if draft.exists() && !is_mail(&draft) => draft,
            () => return Ok(()),
        };
        Err(Finding::new("run/exists").fact("path", foreign.to_string_lossy()))
    }

    /// Our own output folder, if it is that.
    pub(super) fn own(&self) -> Option<&Output> {
        match self {
            Self::Own(output) => Some(output),
            Self::Named(_) => None,
        }
    }

    /// Begins the file of that name.
    pub(super) fn begin(&self, name: &str) -> Result<Pending, Finding> {
        match self {
            Self::Own(output) => output.begin(&Path::new(FOLDER).join(name)),
            Self::Named(folder) => Pending::at(&folder.join(name)),
        }
    }

    /// Writes the rest of the bundle; gives its place and its sum.
    pub(super) fn finish(&self, pending: Pending, zip: Zip) -> Result<(PathBuf, Checksum), Finding> {
        let sum = zip.finish().map_err(|error| pending.failed(&error))?;
        let path = pending.path().to_owned();
        match self {
            Self::Own(output) => output.finish(pending)?,
            Self::Named(_) => pending.finish()?,
        }
        Ok((path, sum))
    }

    /// Writes what goes with the bundle, beside it.
    pub(super) fn write_beside(&self, name: &str, bytes: &[u8]) -> Result<PathBuf, Finding> {
        match self {
            Self::Own(output) => output.write(&Path::new(FOLDER).join(name), bytes)?,
            Self::Named(folder) => write(&folder.join(name), bytes)?,
        }
        Ok(self.path(name))
    }

    /// Where a file of that name goes.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        match self {
            Self::Own(output) => output.root().join(FOLDER).join(name),
            Self::Named(folder) => folder.join(name),
        }
    }
}
