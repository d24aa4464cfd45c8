//! What one compilation can see: templates, fonts, the document's data and its files. No disk, no
//! network, no clock.

use crate::typeset::fonts::FontSet;
use crate::typeset::templates::{Shelf, file_id};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, LazyLock};
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, Source};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};

static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// The world of one document.
pub(super) struct Desk<'a> {
    shelf: &'a Shelf,
    fonts: &'a FontSet,
    main: FileId,
    files: HashMap<FileId, Bytes>,
}

impl<'a> Desk<'a> {
    /// Lays out `data` as `/data.json`, the chains as `/fonts.json`, and `files` under their paths;
    /// none if `main` or one of the paths leads out of the project.
    pub(super) fn new(
        shelf: &'a Shelf,
        fonts: &'a FontSet,
        main: &str,
        data: Vec<u8>,
        files: &BTreeMap<String, Arc<[u8]>>,
    ) -> Option<Self> {
        let mut laid = HashMap::new();
        for (path, bytes) in files {
            laid.insert(file_id(path)?, Bytes::new(Arc::clone(bytes)));
        }
        laid.insert(file_id("/data.json")?, Bytes::new(data));
        laid.insert(file_id("/fonts.json")?, fonts.written().clone());
        Some(Self { shelf, fonts, main: file_id(main)?, files: laid })
    }
}

impl Desk<'_> {
    /// What stands in `/data.json`.
    pub(super) fn data(&self) -> &[u8] {
        file_id("/data.json").and_then(|id| self.files.get(&id)).map_or(&[], Bytes::as_slice)
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        self.shelf.source(id).cloned().ok_or_else(|| not_found(id))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let found = self.files.get(&id).or_else(|| self.shelf.file(id)).cloned();
        match found {
            Some(bytes) => Ok(bytes),
            None => self.source(id).map(|source| Bytes::from_string(source.text().to_owned())),
        }
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}

fn not_found(id: FileId) -> FileError {
    FileError::NotFound(id.vpath().get_with_slash().into())
}
