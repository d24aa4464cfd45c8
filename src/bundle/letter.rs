//! The covering paper beside its bundle, to be printed and stamped: the bundle's name and its bytes go in, a file comes
//! out. A file of that name that is not ours, as a stamped copy, is never replaced.

use super::verify;
use crate::checksum::Checksum;
use std::fs;
use std::path::Path;

/// The covering paper as a file of its own.
#[derive(Debug, Clone)]
pub struct Letter {
    /// Its file name.
    pub name: String,
    /// The same bytes as in the bundle.
    pub bytes: Vec<u8>,
}

impl Letter {
    /// The covering paper `inside` the bundle called `stem`, `01-报送函.pdf`.
    pub(super) fn new(stem: &str, inside: &str, bytes: Vec<u8>) -> Self {
        let name = inside.split_once('-').map_or(inside, |(_, name)| name);
        Self { name: format!("{stem}-{name}"), bytes }
    }

    /// Whether it may be written to `path`: nothing is there, or what we made with the bundle at `bundle`.
    pub fn may_replace(&self, path: &Path, bundle: &Path) -> bool {
        if fs::symlink_metadata(path).is_err() {
            return true;
        }
        let Ok(there) = fs::read(path) else { return false };
        let sum = Checksum::of(&there);
        there == self.bytes
            || verify(bundle)
                .is_ok_and(|old| old.submission.is_some() && old.files.iter().any(|file| file.sha256 == sum))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_stamped_copy_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let (path, bundle) = (folder.path().join("函.pdf"), folder.path().join("包.zip"));
        let letter = Letter::new("认可持续-2017-计划-1", "01-报送函.pdf", b"%PDF".to_vec());
        assert_eq!(letter.name, "认可持续-2017-计划-1-报送函.pdf");
        assert!(letter.may_replace(&path, &bundle));
        fs::write(&path, b"%PDF").unwrap();
        assert!(letter.may_replace(&path, &bundle));
        fs::write(&path, b"%PDF, stamped").unwrap();
        assert!(!letter.may_replace(&path, &bundle));
    }
}
