//! What a bag can lie in: a list of items comes out, and the bytes of each, piece by piece.

use crate::finding::Finding;
use std::io::{self, Read};

/// What an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A file that can be read.
    File,
    /// A symbolic link; never followed.
    Link,
    /// A file behind a password.
    Locked,
    /// Packed by a method we do not know, or a device.
    Foreign,
}

impl Kind {
    /// The rule that says why an item of this kind is not read, if it is not.
    pub(super) const fn obstacle(self) -> Option<&'static str> {
        match self {
            Self::File => None,
            Self::Link => Some("bag/symlink"),
            Self::Locked => Some("bag/locked"),
            Self::Foreign => Some("bag/unsupported"),
        }
    }
}

/// One file or link in a container.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// Its path from the container's root, parts separated by `/`; none is empty, `.` or `..`.
    pub(super) path: String,
    pub(super) kind: Kind,
}

/// A folder or an archive.
pub(super) trait Container {
    /// Its own name, by which a bag at its root is known.
    fn name(&self) -> &str;

    /// Everything in it but folders.
    fn items(&self) -> &[Item];

    /// What was odd about the list: names in another encoding, or leading out of the container.
    fn findings(&mut self) -> Vec<Finding>;

    /// A reader of the item with this index.
    fn open(&mut self, index: usize) -> io::Result<Box<dyn Read + '_>>;

    /// The most bytes that may be read from it altogether.
    fn limit(&self) -> u64;
}

/// The most items a bag may hold.
pub(super) const MAX_ITEMS: usize = 200_000;

/// Whether each part of a path stays below where the path starts.
pub(super) fn stays_below(path: &str) -> bool {
    let has_drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
    !has_drive && path.split('/').all(|part| !matches!(part, "" | "." | "..")) && !path.contains('\0')
}

/// What the system says about an item that cannot be read.
pub(super) fn unreadable(error: &io::Error) -> Finding {
    Finding::new("bag/unreadable").fact("cause", error.to_string())
}

/// More than anyone would submit.
pub(super) fn too_large(limit: u64, unit: &'static str) -> Finding {
    Finding::new("bag/too-large").fact("limit", limit).fact("unit", unit)
}
