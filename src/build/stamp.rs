//! By what a file is known without being read: what the system says of it goes in, a value that compares comes out.
//!
//! As build tools do, a file of the same size and the same times is taken to hold the same bytes. Where the system
//! keeps the time of the last change of anything about a file (Unix), that must be the same, too: it cannot be set back.

use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::time::UNIX_EPOCH;

/// How coarsely file systems may keep times, ns: two seconds on FAT.
const GRAIN: i128 = 2_000_000_000;

/// Size, time of the last writing, and time of the last change of anything (0 where unknown), ns since 1970.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp(u64, i64, i64);

impl Stamp {
    /// Of a file; none where the system keeps no times, or one before 1970.
    pub(super) fn of(metadata: &Metadata) -> Option<Self> {
        let modified = metadata.modified().ok()?.duration_since(UNIX_EPOCH).ok()?;
        Some(Self(metadata.len(), i64::try_from(modified.as_nanos()).ok()?, changed(metadata)))
    }

    /// Whether the file was last written so long before `other` that nobody can have written to it again at the same
    /// time on the clock.
    pub(super) fn is_settled_at(&self, other: &Self) -> bool {
        let latest = i128::from(self.1.max(self.2));
        latest + GRAIN < i128::from(other.1)
    }
}

#[cfg(unix)]
fn changed(metadata: &Metadata) -> i64 {
    use std::os::unix::fs::MetadataExt;
    metadata.ctime().saturating_mul(1_000_000_000).saturating_add(metadata.ctime_nsec())
}

#[cfg(not(unix))]
fn changed(_: &Metadata) -> i64 {
    0
}
