//! Copies of photographs, each made once: what a copy is known by goes in, the copy comes out. They lie in
//! the output folder and in its record; where there is none, they are held until the end of the run.
//!
//! Refused, and so made anew: a copy that is not as long as it was written. Whoever takes one sees whether its bytes are.

use super::content::Content;
use super::maker::Job;
use super::output::Output;
use crate::checksum::Checksum;
use crate::media::{Copied, Purpose};
use crate::model::Photo;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A copy of a photograph.
#[derive(Debug, Clone)]
pub struct PhotoCopy {
    /// The sum of the photograph itself.
    pub original: String,
    /// The copy.
    pub content: Content,
    /// Its width and height, pixels.
    pub size: (u32, u32),
}

impl PhotoCopy {
    pub(super) fn new(original: String, Copied { jpeg, width, height }: Copied) -> Self {
        Self { original, content: jpeg.into(), size: (width, height) }
    }
}

/// A copy as it was written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Kept {
    sha256: String,
    bytes: u64,
    width: u32,
    height: u32,
}

/// What a copy is known by: the sum of the photograph, and its width on a page.
fn name(original: &str, purpose: Purpose) -> String {
    match purpose {
        Purpose::Bag => original.to_owned(),
        Purpose::Page { pixels } => format!("{original}-{pixels}"),
    }
}

/// Where a copy lies in the output folder.
fn path(name: &str) -> String {
    format!(".baosong-copies/{name}.jpg")
}

/// The copies that one output folder keeps, and those made by now.
#[derive(Default)]
pub(super) struct Copies {
    folder: PathBuf,
    recorded: BTreeMap<String, Kept>,
    written: Mutex<BTreeMap<String, Kept>>,
    held: Mutex<BTreeMap<String, PhotoCopy>>,
}

impl Copies {
    /// Those that the record of `folder` knows.
    pub(super) fn new(folder: &Path, recorded: BTreeMap<String, Kept>) -> Self {
        Self { folder: folder.to_owned(), recorded, ..Self::default() }
    }

    /// A copy; of one in a file only the size is compared. One that is held is given away, unless several papers may
    /// show it.
    pub(super) fn get(&self, original: &str, purpose: Purpose) -> Option<PhotoCopy> {
        let name = &name(original, purpose);
        let held = match purpose {
            Purpose::Bag => lock(&self.held).remove(name),
            Purpose::Page { .. } => lock(&self.held).get(name).cloned(),
        };
        if held.is_some() {
            return held;
        }
        let kept = lock(&self.written).get(name).or_else(|| self.recorded.get(name))?.clone();
        let file = self.folder.join(path(name));
        let same = fs::metadata(&file).is_ok_and(|data| data.len() == kept.bytes);
        let content = Content::recorded(file, kept.bytes, kept.sha256.parse().ok().filter(|_| same)?);
        Some(PhotoCopy { original: original.to_owned(), content, size: (kept.width, kept.height) })
    }

    /// Whether there is that copy, told by the size of its file.
    pub(super) fn has(&self, original: &str, purpose: Purpose) -> bool {
        let name = &name(original, purpose);
        let size = || fs::metadata(self.folder.join(path(name))).map(|data| data.len()).ok();
        let recorded = || self.recorded.get(name).is_some_and(|kept| Some(kept.bytes) == size());
        lock(&self.held).contains_key(name) || lock(&self.written).contains_key(name) || recorded()
    }

    /// Writes a copy to where [`Self::get`] finds it; holds it where it cannot be written.
    pub(super) fn keep(&self, output: Option<&Output>, original: &str, purpose: Purpose, copy: Copied) {
        let name = name(original, purpose);
        let (bytes, width, height) = (copy.jpeg.len() as u64, copy.width, copy.height);
        // A full disk shows at the papers, too.
        if output.is_some_and(|output| output.write(Path::new(&path(&name)), &copy.jpeg).is_ok()) {
            let sha256 = Checksum::of(&copy.jpeg).to_string();
            lock(&self.written).insert(name, Kept { sha256, bytes, width, height });
        } else {
            lock(&self.held).insert(name, PhotoCopy::new(original.to_owned(), copy));
        }
    }

    /// Those to be recorded; the copies of other photographs than those of the sums `originals` are removed.
    pub(super) fn settle(self, output: &Output, originals: &BTreeSet<&str>) -> BTreeMap<String, Kept> {
        let mut copies = self.recorded;
        copies.extend(self.written.into_inner().unwrap_or_else(PoisonError::into_inner));
        let original = |name: &str| name.split('-').next().is_some_and(|sum| originals.contains(sum));
        copies.retain(|name, _| original(name) || !output.remove(Path::new(&path(name))));
        copies
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A photograph and what copies of it are for.
#[derive(Debug, Clone)]
pub struct Wanted<'a> {
    /// The file that names it.
    pub file: &'a str,
    /// The photograph.
    pub photo: &'a Photo,
    /// What for.
    pub purposes: BTreeSet<Purpose>,
}

/// The photographs on the papers of `jobs` and those `bagged`, with the files that name them: each once.
pub fn wanted<'a>(
    jobs: impl IntoIterator<Item = &'a Job>,
    bagged: impl IntoIterator<Item = (&'a str, &'a Photo)>,
) -> Vec<Wanted<'a>> {
    let mut all: BTreeMap<(&str, &str), Wanted<'a>> = BTreeMap::new();
    let mut add = |file: &'a str, photo: &'a Photo, purpose| {
        let one = Wanted { file, photo, purposes: BTreeSet::new() };
        all.entry((file, &*photo.file)).or_insert(one).purposes.insert(purpose);
    };
    for job in jobs {
        for picture in &job.paper.pictures {
            add(&job.file, &picture.photo, Purpose::page(picture.width_mm));
        }
    }
    bagged.into_iter().for_each(|(file, photo)| add(file, photo, Purpose::Bag));
    all.into_values().collect()
}
