//! A bag in a folder: the folder's path goes in, its files come out. Links are named, not followed.

use super::container::{Container, Item, Kind, MAX_ITEMS, too_large, unreadable};
use crate::finding::Finding;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

pub(super) struct Folder {
    root: PathBuf,
    items: Vec<Item>,
    findings: Vec<Finding>,
}

impl Folder {
    /// The folder with `bagit.txt`: `path` itself, or the only one up to two folders below it.
    pub(super) fn open(path: &Path) -> Result<Self, Finding> {
        let root = bag_folder(path)?;
        let mut folder = Self { root, items: Vec::new(), findings: Vec::new() };
        folder.list()?;
        Ok(folder)
    }

    fn list(&mut self) -> Result<(), Finding> {
        for entry in WalkDir::new(&self.root).follow_links(false).sort_by_file_name() {
            let entry = match entry {
                Ok(entry) if entry.file_type().is_dir() => continue,
                Ok(entry) => entry,
                Err(error) => {
                    let path = error.path().unwrap_or(&self.root).to_string_lossy().into_owned();
                    self.findings.push(unreadable(&error.into()).fact("path", path));
                    continue;
                }
            };
            if self.items.len() == MAX_ITEMS {
                return Err(too_large(MAX_ITEMS as u64, "files"));
            }
            let kind = match entry.file_type() {
                kind if kind.is_file() => Kind::File,
                kind if kind.is_symlink() => Kind::Link,
                _ => Kind::Foreign,
            };
            if let Some(path) = relative(&self.root, entry.path()) {
                self.items.push(Item { path, kind });
            } else {
                let path = entry.path().to_string_lossy();
                self.findings.push(Finding::new("bag/encoding").fact("path", path));
            }
        }
        Ok(())
    }
}

impl Container for Folder {
    fn name(&self) -> &str {
        self.root.file_name().and_then(OsStr::to_str).unwrap_or_default()
    }

    fn items(&self) -> &[Item] {
        &self.items
    }

    fn findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    fn open(&mut self, index: usize) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(self.root.join(&self.items[index].path))?))
    }

    fn limit(&self) -> u64 {
        u64::MAX
    }
}

/// A path below `root`, its parts joined by `/`; none if a name is not Unicode.
fn relative(root: &Path, path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

/// The folder with `bagit.txt`; unpacking often puts it into another folder, or two.
fn bag_folder(path: &Path) -> Result<PathBuf, Finding> {
    let mut level = vec![path.to_owned()];
    for _ in 0..3 {
        let bags: Vec<&PathBuf> = level.iter().filter(|folder| folder.join("bagit.txt").is_file()).collect();
        match bags.as_slice() {
            [] => level = level.iter().flat_map(|folder| folders_in(folder)).collect(),
            [bag] => return Ok((*bag).clone()),
            _ => {
                let folders: Vec<_> = bags.iter().map(|bag| bag.to_string_lossy()).collect();
                return Err(Finding::new("bag/several-bags").fact("folders", folders));
            }
        }
    }
    Err(Finding::new("bag/not-a-bag"))
}

fn folders_in(path: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(path).into_iter().flatten().flatten();
    // `file_type` does not follow links, so a link to a folder is none.
    let folders = entries.filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_dir()));
    let mut folders: Vec<PathBuf> = folders.map(|entry| entry.path()).collect();
    folders.sort_unstable();
    folders
}
