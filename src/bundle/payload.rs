//! The files of a bundle as they come: bytes and a wished-for path in, an entry and its sum out.

use super::submission::File;
use super::{Entry, PayloadPath, Role, tidy_name};
use crate::build::Content;
use crate::compose::Listed;
use crate::finding::Finding;
use std::collections::BTreeMap;

/// The files of a bundle as they come.
#[derive(Default)]
pub(super) struct Payload {
    pub(super) entries: Vec<Entry>,
    pages: BTreeMap<String, usize>,
}

impl Payload {
    /// Adds a file; its name is made fit for every computer.
    pub(super) fn add(
        &mut self,
        path: &str,
        content: impl Into<Content>,
        pages: Option<usize>,
        role: Role,
    ) -> Result<File, Vec<Finding>> {
        let tidy: Vec<String> = path.split('/').map(tidy_name).collect();
        let path = PayloadPath::new(&tidy.join("/")).map_err(|finding| vec![finding])?;
        if let Some(pages) = pages {
            self.pages.insert(path.as_str().to_owned(), pages);
        }
        let entry = Entry::new(path, content, role);
        let file = File { path: entry.path().in_bag(), sha256: entry.sum().to_string() };
        self.entries.push(entry);
        Ok(file)
    }

    /// How many papers there are, those not counted that only cover them.
    pub(super) fn papers(&self) -> usize {
        let material = self.entries.iter().filter(|entry| entry.role() == Role::Material);
        material.filter(|entry| self.pages.contains_key(entry.path().as_str())).count()
    }

    /// What the list of contents shows, sorted by path.
    pub(super) fn listed(&self) -> Vec<Listed> {
        let mut listed: Vec<Listed> = self
            .entries
            .iter()
            .map(|entry| {
                let path = entry.path().as_str();
                Listed {
                    path: path.to_owned(),
                    pages: self.pages.get(path).copied(),
                    bytes: entry.size(),
                    sha256: entry.sum().to_string(),
                }
            })
            .collect();
        listed.sort_by(|a, b| a.path.cmp(&b.path));
        listed
    }
}
