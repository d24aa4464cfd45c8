//! Where in a container the bag lies, and what lies in it: a container goes in; the bag's files come
//! out, apart from what lies beside the bag and what systems leave behind.

use super::PayloadFile;
use super::container::{Container, Kind, too_large, unreadable};
use super::digests::{Algorithm, Summing, Sums};
use super::manifest::TagFiles;
use crate::finding::Finding;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use unicode_normalization::UnicodeNormalization;

/// The most bytes that are read as a whole, altogether: manifests, descriptions.
const MAX_TEXT: u64 = 64 << 20;

/// The files of one bag.
pub(super) struct Layout {
    /// The bag's folder, or what it lies at the root of.
    pub(super) name: String,
    /// Index in the container by path from the bag's folder on, composed (NFC): systems spell the same
    /// name in composed or decomposed letters.
    files: BTreeMap<String, Place>,
    /// Paths that are there but cannot be read: links, files with a password.
    closed: BTreeSet<String>,
    /// What systems left behind beside the bag.
    pub(super) noise: Vec<String>,
    /// How much may still be read as a whole, in bytes.
    text_left: u64,
    pub(super) findings: Vec<Finding>,
}

struct Place {
    index: usize,
    spelled: String,
}

/// The sums of each file of a bag, by composed path.
pub(super) struct FileSums(BTreeMap<String, (String, Sums)>);

impl Layout {
    /// Finds the bag: the shallowest folder with `bagit.txt`.
    pub(super) fn of(container: &mut dyn Container) -> Result<Self, Finding> {
        let findings = container.findings();
        let root = root(container)?;
        let name = root.trim_end_matches('/').rsplit('/').next().filter(|name| !name.is_empty());
        let name = name.unwrap_or(container.name()).to_owned();
        let mut layout = Self {
            name,
            files: BTreeMap::new(),
            closed: BTreeSet::new(),
            noise: Vec::new(),
            text_left: MAX_TEXT,
            findings,
        };
        for (index, item) in container.items().iter().enumerate() {
            let Some(path) = item.path.strip_prefix(&root) else {
                if is_noise(&item.path) {
                    layout.noise.push(item.path.clone());
                } else {
                    layout.findings.push(Finding::new("bag/outside").fact("path", item.path.as_str()));
                }
                continue;
            };
            layout.add(path, index, item.kind);
        }
        Ok(layout)
    }

    fn add(&mut self, path: &str, index: usize, kind: Kind) {
        if let Some(rule) = kind.obstacle() {
            self.closed.insert(composed(path));
            self.findings.push(Finding::new(rule).fact("path", path));
            return;
        }
        let place = Place { index, spelled: path.to_owned() };
        if self.files.insert(composed(path), place).is_some() {
            self.findings.push(Finding::new("bag/listed-twice").fact("path", path));
        }
    }

    /// Whether there is such a file, readable or not.
    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path) || self.closed.contains(path)
    }

    /// Whether all of it could be read.
    pub(super) fn is_open(&self) -> bool {
        self.closed.is_empty()
    }

    /// The paths at the top of the bag, beside `data/`.
    pub(super) fn top(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str).filter(|path| !path.contains('/'))
    }

    /// The content of a file, if it is there and can be read.
    pub(super) fn read_small(
        &mut self,
        container: &mut dyn Container,
        path: &str,
    ) -> Result<Option<Vec<u8>>, Finding> {
        let Some(place) = self.files.get(path) else { return Ok(None) };
        let mut bytes = Vec::new();
        let reader = container.open(place.index);
        let read = reader.and_then(|reader| reader.take(self.text_left + 1).read_to_end(&mut bytes));
        // Why it cannot be read is said when its sum is wanted.
        let Ok(read) = read else { return Ok(None) };
        self.text_left =
            (self.text_left.checked_sub(read as u64)).ok_or_else(|| too_large(MAX_TEXT, "bytes"))?;
        Ok(Some(bytes))
    }

    /// Reads every file of the bag once, for its sums. What cannot be read is said and left out.
    pub(super) fn hash(
        &mut self,
        container: &mut dyn Container,
        algorithms: &BTreeSet<Algorithm>,
    ) -> Result<FileSums, Finding> {
        let mut left = container.limit();
        let mut sums = BTreeMap::new();
        for (path, place) in &self.files {
            let mut summing = Summing::start(algorithms);
            let read = container.open(place.index).and_then(|reader| pour(reader, &mut left, &mut summing));
            match read {
                Ok(()) => _ = sums.insert(path.clone(), (place.spelled.clone(), summing.finish())),
                Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                    return Err(too_large(container.limit(), "bytes"));
                }
                Err(error) => {
                    self.findings.push(unreadable(&error).fact("path", place.spelled.as_str()));
                    self.closed.insert(path.clone());
                }
            }
        }
        Ok(FileSums(sums))
    }
}

impl FileSums {
    /// The sums of a file and its path as spelled.
    pub(super) fn get(&self, path: &str) -> Option<&Sums> {
        self.0.get(path).map(|(_, sums)| sums)
    }

    /// All composed paths.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    /// The payload, without what systems leave behind, unless it was packed on purpose.
    pub(super) fn payload(&self, tags: &TagFiles) -> impl Iterator<Item = PayloadFile> {
        let is_payload = |path: &str| path.starts_with("data/") && (!is_noise(path) || tags.lists(path));
        let payload = self.0.iter().filter(move |(path, _)| is_payload(path));
        payload.map(|(_, (spelled, sums))| PayloadFile {
            path: spelled.clone(),
            size: sums.size,
            sha256: sums.sha256,
        })
    }
}

/// The composed (NFC) spelling of a path.
pub(super) fn composed(path: &str) -> String {
    path.nfc().collect()
}

/// Whether a file is one that systems leave behind in folders and archives.
pub(super) fn is_noise(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    path.split('/').any(|part| part == "__MACOSX")
        || name.starts_with("._")
        || ["thumbs.db", ".ds_store", "desktop.ini"].contains(&name.to_ascii_lowercase().as_str())
}

/// The path of the bag's folder with its final `/`, or nothing for the container's root.
fn root(container: &dyn Container) -> Result<String, Finding> {
    let depth = |root: &str| root.matches('/').count();
    let mut roots = Vec::new();
    for item in container.items() {
        match item.path.strip_suffix("bagit.txt") {
            Some(root) if (root.is_empty() || root.ends_with('/')) && !is_noise(root) => {
                roots.push((root, item.kind));
            }
            _ => {}
        }
    }
    roots.sort_by_key(|(root, _)| depth(root));
    match roots.as_slice() {
        [] => Err(Finding::new("bag/not-a-bag")),
        [(first, _), (second, _), ..] if depth(first) == depth(second) => {
            Err(Finding::new("bag/several-bags").fact("folders", vec![*first, *second]))
        }
        // A zip behind a password is behind it as a whole.
        [(first, kind), ..] => {
            kind.obstacle().map_or(Ok((*first).to_owned()), |rule| Err(Finding::new(rule)))
        }
    }
}

/// Reads to the end, but never more than `left` bytes.
fn pour(mut reader: impl Read, left: &mut u64, summing: &mut Summing) -> io::Result<()> {
    let mut piece = vec![0; 1 << 16];
    loop {
        let read = match reader.read(&mut piece) {
            Ok(0) => return Ok(()),
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => return Err(error),
        };
        *left = left.checked_sub(read as u64).ok_or(io::ErrorKind::FileTooLarge)?;
        summing.update(&piece[..read]);
    }
}
