//! What a build made, so that the next one sets only what has changed: the record in an output folder goes in, with
//! the sum of everything beside the documents that papers depend on; out comes what is still as it was made.
//!
//! Refused, and so all is made anew: a record that cannot be read, of another form, or of another workspace. A paper
//! is up to date only if the sum over all that determines its bytes is the recorded one and its file holds the recorded
//! bytes.

use super::content::Content;
use super::copies::{Copies, Kept};
use super::output::Output;
use super::stamp::Stamp;
use crate::checksum::Checksum;
use crate::compose::PaperKind;
use crate::finding::Finding;
use crate::media::inspect;
use crate::model::Photo;
use crate::typeset::{Faces, Sheet, Typesetter, note};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The record's name in the output folder.
pub const RECORD: &str = ".baosong-build.json";

/// The number changes with the record's form.
const FORMAT: u32 = 1;

/// The largest record that is read, bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// A paper as it was made.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Known {
    /// The YAML file that it comes from.
    pub file: String,
    /// The sum over everything that determines its bytes.
    key: String,
    /// The sum of its bytes.
    sha256: String,
    /// What the system said of the file.
    stamp: Stamp,
    /// How many pages it has.
    pub pages: usize,
    /// Which font stands for which face.
    pub faces: Faces,
    /// What was changed so that it holds what belongs together: rule, and lines of another pitch.
    notes: Vec<(String, Option<u64>)>,
    /// The same paper as text: path below the output folder, sum.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    texts: BTreeMap<String, String>,
}

impl Known {
    /// The notes that setting it at `path` gave.
    pub fn notes(&self, path: &str) -> impl Iterator<Item = Finding> {
        let notes = self.notes.iter().filter_map(|(rule, lines)| note(rule, *lines));
        notes.map(move |note| note.fact("document", path))
    }
}

/// A photograph as it was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Seen {
    stamp: Stamp,
    /// The sum of its bytes.
    pub(super) sha256: String,
    /// Width and height upright, pixels; none if it cannot be used.
    pub(super) size: Option<(u32, u32)>,
}

/// The record as it is written.
#[derive(Default, Serialize, Deserialize)]
struct Record {
    format: u32,
    workspace: String,
    basis: String,
    papers: BTreeMap<String, Known>,
    photos: BTreeMap<String, Seen>,
    /// The program that made the copies.
    #[serde(default)]
    program: String,
    /// The copies of photographs.
    #[serde(default)]
    copies: BTreeMap<String, Kept>,
}

/// What is known of a workspace's papers in one output folder.
#[derive(Default)]
pub struct Made {
    folder: PathBuf,
    record: Record,
    /// The record's file as it stands, and what the system says of it.
    written: Option<(Vec<u8>, Stamp)>,
    /// The photographs that were looked at by now.
    looked: Mutex<Looked>,
    /// The copies of photographs.
    pub(super) copies: Copies,
    /// Files of which the bytes are not as they were written.
    damaged: Mutex<BTreeSet<PathBuf>>,
}

#[derive(Default)]
struct Looked {
    photos: BTreeMap<String, Seen>,
    /// Whether the bytes of one had to be read.
    read: bool,
}

impl Made {
    /// What the record in `folder` knows of the workspace at `root`, for this program and these templates and fonts.
    pub fn read(folder: &Path, root: &Path, program: &str, typesetter: &Typesetter) -> Self {
        let basis = Checksum::of(format!("{program}\n{}", typesetter.sum()).as_bytes()).to_string();
        // A workspace may move with its own output folder; of another folder it is known by where it lies.
        let workspace = match folder.strip_prefix(root) {
            Ok(below) => format!("./{}", below.to_string_lossy()),
            Err(_) => root.to_string_lossy().into_owned(),
        };
        let written = content(&folder.join(RECORD));
        let record = written.as_ref().and_then(|(bytes, _)| serde_json::from_slice::<Record>(bytes).ok());
        let record = record.filter(|record| record.format == FORMAT && record.workspace == workspace);
        let mut record = record.unwrap_or_else(|| Record { format: FORMAT, workspace, ..Record::default() });
        if record.basis != basis {
            record.basis = basis;
            record.photos.clear();
        }
        if record.program != program {
            program.clone_into(&mut record.program);
            record.copies.clear();
        }
        let copies = Copies::new(folder, std::mem::take(&mut record.copies));
        Self { folder: folder.to_owned(), record, written, copies, ..Self::default() }
    }

    /// The same, but nothing is taken for up to date.
    #[must_use]
    pub fn forgotten(mut self) -> Self {
        self.record.photos.clear();
        self.copies = Copies::new(&self.folder, BTreeMap::new());
        self.record.papers.values_mut().for_each(|known| known.key.clear());
        self
    }

    /// Whether it knows of no paper.
    pub fn is_empty(&self) -> bool {
        self.record.papers.is_empty()
    }

    /// What everything but page and files is known by.
    pub(super) fn basis(&self) -> &str {
        &self.record.basis
    }

    /// The paper at `path`, if it was made with that key and is still there as it was.
    pub(super) fn current(&self, path: &str, key: &str) -> Option<Known> {
        let known = self.record.papers.get(path).filter(|known| known.key == key)?;
        let file = self.folder.join(path);
        let stamp = Stamp::of(&fs::symlink_metadata(&file).ok().filter(fs::Metadata::is_file)?)?;
        let same = stamp == known.stamp || is_sum(&fs::read(&file).ok()?, &known.sha256);
        same.then(|| Known { stamp, ..known.clone() })
    }

    /// The paper at `path` and what is known of it, if it was made with that key; its bytes are not looked at.
    pub(super) fn content(&self, path: &str, key: &str) -> Option<(Content, &Known)> {
        let known = self.record.papers.get(path).filter(|known| known.key == key)?;
        let file = self.folder.join(path);
        let size = fs::symlink_metadata(&file).ok().filter(fs::Metadata::is_file)?.len();
        let content = Content::recorded(file, size, known.sha256.parse().ok()?);
        self.trusts(&content).then_some((content, known))
    }

    /// Whether nobody has found that a file's bytes are not as they were.
    pub(super) fn trusts(&self, content: &Content) -> bool {
        let damaged = self.damaged.lock().unwrap_or_else(PoisonError::into_inner);
        content.path().is_none_or(|path| !damaged.contains(path))
    }

    /// Lets what lies in a file be made anew.
    pub fn distrust(&self, content: &Content) {
        let path = content.path().map(Path::to_owned);
        self.damaged.lock().unwrap_or_else(PoisonError::into_inner).extend(path);
    }

    /// What is to be remembered of a paper that was just written.
    ///
    /// None if the file cannot be looked at any more.
    pub fn note(&self, path: &str, file: &str, key: &str, sheet: &Sheet) -> Option<Known> {
        let stamp = Stamp::of(&fs::symlink_metadata(self.folder.join(path)).ok()?)?;
        let lines = |note: &Finding| note.facts.get("lines").and_then(serde_json::Value::as_u64);
        Some(Known {
            file: file.to_owned(),
            key: key.to_owned(),
            sha256: Checksum::of(&sheet.pdf).to_string(),
            stamp,
            pages: sheet.pages,
            faces: sheet.faces.clone(),
            notes: sheet.notes.iter().map(|note| (note.rule.to_owned(), lines(note))).collect(),
            texts: BTreeMap::new(),
        })
    }

    /// Writes the texts that go beside a paper, as far as they are not there, and remembers them with it.
    ///
    /// # Errors
    /// As [`Output::write`].
    pub fn put_texts(
        &self,
        output: &Output,
        texts: &[(String, String)],
        known: &mut Known,
    ) -> Result<(), Finding> {
        known.texts.clear();
        for (path, text) in texts {
            if fs::read(self.folder.join(path)).ok().as_deref() != Some(text.as_bytes()) {
                output.write(Path::new(path), text.as_bytes())?;
            }
            known.texts.insert(path.clone(), Checksum::of(text.as_bytes()).to_string());
        }
        Ok(())
    }

    /// The photograph that `file` of the workspace at `root` names. It is read only if it may be another than last
    /// time: if size or times of the file differ, or if it was younger than the record.
    pub(super) fn photo(&self, root: &Path, file: &str, photo: &Photo) -> Result<Seen, Finding> {
        let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
        let name = format!("{folder}/{}", &*photo.file);
        let looked = || self.looked.lock().unwrap_or_else(PoisonError::into_inner);
        let known = looked().photos.get(&name).cloned();
        if let Some(seen) = known {
            return Ok(seen);
        }
        let (_, metadata) = crate::check::locate_photo(root, file, photo)?;
        let stamp = Stamp::of(&metadata);
        let settled = |stamp: &Stamp| self.written.as_ref().is_some_and(|(_, at)| stamp.is_settled_at(at));
        let same = |old: &&Seen| stamp.as_ref() == Some(&old.stamp) && settled(&old.stamp);
        let seen = if let Some(old) = self.record.photos.get(&name).filter(same) {
            old.clone()
        } else {
            looked().read = true;
            let bytes = crate::check::load_photo(root, file, photo)?;
            let size = inspect(&bytes).ok().map(|photo| (photo.width, photo.height));
            Seen { stamp: stamp.unwrap_or_default(), sha256: Checksum::of(&bytes).to_string(), size }
        };
        looked().photos.insert(name, seen.clone());
        Ok(seen)
    }

    /// Forgets the photographs that were not looked at: to be called when all were that anything needs.
    pub fn forget_unseen(&mut self) {
        self.record.photos.clear();
    }

    /// The recorded papers, by path, that are not among `paths`, in whatever case a file system keeps these.
    pub fn others<'m>(&'m self, paths: &[&str]) -> impl Iterator<Item = &'m str> + use<'m> {
        let kept: BTreeSet<String> = paths.iter().map(|path| path.to_lowercase()).collect();
        let recorded = self.record.papers.keys().map(String::as_str);
        recorded.filter(move |path| !kept.contains(&path.to_lowercase()))
    }

    /// Removes what stands at `path` of the output folder, and the texts beside it, as far as they are what was written
    /// there. Tells whether the paper is gone.
    pub fn remove(&self, path: &str, output: &Output) -> bool {
        let Some(known) = self.record.papers.get(path) else { return false };
        let removed = |path: &str, sum: &str| match fs::read(self.folder.join(path)) {
            Ok(bytes) => is_sum(&bytes, sum) && output.remove(Path::new(path)),
            Err(_) => false,
        };
        for (path, sum) in &known.texts {
            removed(path, sum);
        }
        removed(path, &known.sha256)
    }

    /// Whether anything stands at `path` of the output folder.
    pub fn is_there(&self, path: &str) -> bool {
        self.folder.join(path).symlink_metadata().is_ok()
    }

    /// Writes the record: `papers` as they are now, the others as they were but for `gone`.
    ///
    /// # Errors
    /// As [`Output::write`].
    pub fn save(
        self,
        output: &Output,
        papers: BTreeMap<String, Known>,
        gone: &[String],
    ) -> Result<(), Finding> {
        let mut record = self.record;
        let looked = self.looked.into_inner().unwrap_or_else(PoisonError::into_inner);
        record.papers.extend(papers);
        record.papers.retain(|path, _| !gone.contains(path));
        record.photos.extend(looked.photos);
        let originals = record.photos.values().map(|seen| seen.sha256.as_str()).collect();
        record.copies = self.copies.settle(output, &originals);
        if record.papers.is_empty() && record.copies.is_empty() && self.written.is_none() {
            return Ok(());
        }
        let bytes = serde_json::to_vec(&record).unwrap_or_default();
        // A photograph that was read is settled once the record is younger than it.
        if !looked.read && self.written.is_some_and(|(written, _)| written == bytes) {
            return Ok(());
        }
        output.write(Path::new(RECORD), &bytes)
    }
}

/// The sum by which a paper is known: over what all papers depend on, its kind and the sums of its own parts.
pub(super) fn key(basis: &str, kind: PaperKind, parts: &[Checksum]) -> String {
    let sums = parts.iter().map(ToString::to_string);
    let lines: Vec<String> = [basis.to_owned(), kind.word().to_owned()].into_iter().chain(sums).collect();
    Checksum::of(lines.join("\n").as_bytes()).to_string()
}

fn is_sum(bytes: &[u8], sum: &str) -> bool {
    Checksum::of(bytes).to_string() == sum
}

/// The bytes of a record that is no larger than ours are.
fn content(path: &Path) -> Option<(Vec<u8>, Stamp)> {
    let metadata = fs::symlink_metadata(path).ok()?;
    let sound = metadata.is_file() && metadata.len() <= MAX_BYTES;
    Some((fs::read(path).ok().filter(|_| sound)?, Stamp::of(&metadata)?))
}
