//! Checking a bag: a zip or a folder goes in, made by us or by any other program, packed on any system;
//! what it says, what lies in it, and every difference between the two come out.
//!
//! Refused as a whole: what cannot be read, holds no bag, or unpacks to an unreasonable size. Nothing is
//! unpacked to disk; no link is followed; each file is read once, piece by piece.

mod archive;
mod compare;
mod container;
mod digests;
mod folder;
mod layout;
mod manifest;
#[cfg(test)]
mod tests;

pub use digests::Algorithm;

use super::bag::{EXCLUDED_KEY, SUBMISSION};
use super::code::CheckCode;
use super::info::{BagInfo, CHECK_CODE};
use crate::checksum::Checksum;
use crate::finding::Finding;
use container::Container;
use layout::Layout;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// What came out when a bag was checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Verification {
    /// The name of the bag's own folder; of the zip, without its ending, if it lies at the zip's root.
    pub name: String,
    /// What its `bag-info.txt` says.
    pub info: BagInfo,
    /// The sums by which its payload was checked.
    pub algorithms: Vec<Algorithm>,
    /// The payload as it is, by path; files that systems leave behind are not among it.
    pub files: Vec<PayloadFile>,
    /// What its `data/submission.json` says, if it is one of ours.
    pub submission: Option<Value>,
    /// The check code of the payload as it is, for a bag of ours.
    pub check_code: Option<CheckCode>,
    /// Everything that is not as it should be, down to what is only worth a word.
    pub findings: Vec<Finding>,
}

/// One file of the payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadFile {
    /// Its path from `data/` on, as it is spelled in the bag.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// Its SHA-256 sum.
    pub sha256: Checksum,
}

/// Checks the bag in the zip or folder at `path`; of a folder, the bag may lie up to two folders deeper.
///
/// # Errors
///
/// Each with the fact `path`, and when nothing can be said about a bag at all: `bag/unreadable` and
/// `bag/broken-zip` (fact `cause`), `bag/not-a-zip`, `bag/not-a-bag`, `bag/several-bags` (fact `folders`),
/// `bag/locked`, `bag/symlink`, `bag/unsupported` or `bag/too-large` (facts `limit` and `unit`, `bytes` or `files`).
pub fn verify(path: &Path) -> Result<Verification, Finding> {
    open(path).and_then(|mut container| check(&mut *container)).map_err(|finding| {
        // What is refused here is refused as a whole.
        finding.fact("path", path.to_string_lossy())
    })
}

fn open(path: &Path) -> Result<Box<dyn Container>, Finding> {
    let metadata = fs::metadata(path).map_err(|error| container::unreadable(&error))?;
    Ok(if metadata.is_dir() {
        Box::new(folder::Folder::open(path)?)
    } else {
        Box::new(archive::Archive::open(path)?)
    })
}

fn check(container: &mut dyn Container) -> Result<Verification, Finding> {
    let mut layout = Layout::of(container)?;
    let tags = manifest::TagFiles::read(container, &mut layout)?;
    let algorithms = tags.algorithms();
    let sums = layout.hash(container, &algorithms)?;
    let mut findings = std::mem::take(&mut layout.findings);
    let is_as_listed = compare::payload(&tags, &sums, &layout, &mut findings);
    compare::tag_files(&tags, &sums, &mut findings);
    compare::noise(&tags, &sums, &layout, &mut findings);
    let files: Vec<PayloadFile> = sums.payload(&tags).collect();
    let submission = read_submission(container, &mut layout)?;
    let check_code = submission.as_ref().and_then(|submission| code(submission, &files));
    // The two sums over everything say nothing new when single files are already named.
    if is_as_listed {
        compare::oxum(&tags.info, &files, &mut findings);
        compare::check_code(tags.info.get(CHECK_CODE), check_code, &mut findings);
    }
    Ok(Verification {
        name: layout.name,
        info: tags.info,
        algorithms: tags.payload.iter().map(|manifest| manifest.algorithm).collect(),
        files,
        submission,
        check_code,
        findings,
    })
}

fn read_submission(container: &mut dyn Container, layout: &mut Layout) -> Result<Option<Value>, Finding> {
    let path = format!("data/{SUBMISSION}");
    let bytes = layout.read_small(container, &path)?;
    Ok(bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
}

/// The check code, if the submission says which files have no part in it.
fn code(submission: &Value, files: &[PayloadFile]) -> Option<CheckCode> {
    let excluded: Option<BTreeSet<String>> = submission
        .get(EXCLUDED_KEY)?
        .as_array()?
        .iter()
        .map(|path| path.as_str().map(layout::composed))
        .collect();
    let excluded = excluded?;
    let files: Vec<_> = files.iter().map(|file| (layout::composed(&file.path), file.sha256)).collect();
    let counted = files.iter().filter(|(path, _)| !excluded.contains(path));
    Some(CheckCode::over(counted.map(|(path, sum)| (path.as_str(), *sum))))
}
