//! The covering paper beside its bundle, to be printed and stamped: the bundle's name and its bytes go in, a file comes
//! out. A file of that name that is not ours, as a stamped copy, is never replaced.

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

    /// Whether it may be written to `path`: nothing is there, or what we made and nobody has changed.
    pub fn may_replace(&self, path: &Path) -> bool {
        if fs::symlink_metadata(path).is_err() {
            return true;
        }
        fs::read(path).is_ok_and(|there| there == self.bytes || is_ours(&there))
    }
}

/// Whether a PDF is as we wrote it: what other programs save names them, what they append ends a second time.
fn is_ours(pdf: &[u8]) -> bool {
    let count = |needle: &[u8]| pdf.windows(needle.len()).filter(|window| *window == needle).count();
    count(b"/Creator(baosong ") == 1 && count(b"/Producer") == 0 && count(b"%%EOF") == 1
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_stamped_copy_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("函.pdf");
        let letter = Letter::new("认可持续-2017-计划-1", "01-报送函.pdf", b"%PDF".to_vec());
        assert_eq!(letter.name, "认可持续-2017-计划-1-报送函.pdf");
        assert!(letter.may_replace(&path));
        let there = |bytes: &str| {
            fs::write(&path, bytes).unwrap();
            letter.may_replace(&path)
        };
        assert!(there("%PDF"));
        assert!(there("%PDF /Creator(baosong 0.1.0) %%EOF"));
        assert!(!there("%PDF, stamped"));
        assert!(!there("%PDF /Creator(baosong 0.1.0) %%EOF seal %%EOF"));
        assert!(!there("%PDF /Creator(baosong 0.1.0) /Producer(viewer) %%EOF"));
    }
}
