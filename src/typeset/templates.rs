//! The templates: in go those in the executable and a workspace's own, which win file by file; out come
//! parsed sources.
//!
//! Refuses a path that leads out of the templates and a `.typ` file that is not UTF-8.

use crate::compose::page::Format;
use crate::finding::Finding;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use typst::foundations::Bytes;
use typst::syntax::{DiagSpanKind, FileId, RootedPath, Source, VirtualPath, VirtualRoot};

/// A workspace's own templates: path below `templates/` (`letter.typ`, `gongwen/title.typ`) to content.
pub type Templates = BTreeMap<String, Arc<[u8]>>;

/// Lists files of `templates/` with their content.
macro_rules! shipped {
    ($($path:literal),* $(,)?) => {
        /// The templates in the executable: path below `templates/`, content.
        pub const SHIPPED: &[(&str, &str)] = &[$(($path, include_str!(concat!("../../templates/", $path)))),*];
    };
}

shipped![
    "command.typ",
    "general.typ",
    "letter.typ",
    "minutes.typ",
    "plain.typ",
    "gongwen/addressee.typ",
    "gongwen/annex-note.typ",
    "gongwen/annex.typ",
    "gongwen/attendees.typ",
    "gongwen/body.typ",
    "gongwen/command-head.typ",
    "gongwen/corner.typ",
    "gongwen/faces.typ",
    "gongwen/folio.typ",
    "gongwen/head.typ",
    "gongwen/imprint.typ",
    "gongwen/letter-head.typ",
    "gongwen/lib.typ",
    "gongwen/line.typ",
    "gongwen/mark.typ",
    "gongwen/measures.typ",
    "gongwen/note.typ",
    "gongwen/number.typ",
    "gongwen/overlay.typ",
    "gongwen/page.typ",
    "gongwen/picture.typ",
    "gongwen/ruled.typ",
    "gongwen/seals.typ",
    "gongwen/signature.typ",
    "gongwen/stamps.typ",
    "gongwen/table.typ",
    "gongwen/title.typ",
    "gongwen/turned.typ",
];

/// The entry that sets a format.
pub(super) fn entry(format: Format) -> &'static str {
    match format {
        Format::Minutes => "minutes.typ",
        Format::Letter => "letter.typ",
        Format::General => "general.typ",
        Format::Command => "command.typ",
        Format::Plain => "plain.typ",
    }
}

/// The id of a virtual path; none if the path is no path inside the project.
///
/// Ids are never given back and a process has 65 535 of them, so paths of different documents should be
/// the same where they can.
pub(super) fn file_id(path: &str) -> Option<FileId> {
    let path = VirtualPath::new(path).ok()?;
    Some(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// What in `templates` cannot be read, the first fault of each: a path that leads out, a text that is not UTF-8,
/// or one that is no template from a line and column on (`page/template`).
pub fn faults(templates: &Templates) -> Vec<Finding> {
    let fault = |(path, data): (&String, &Arc<[u8]>)| {
        let mut shelf = Shelf { sources: HashMap::new(), files: HashMap::new() };
        if let Err(refused) = shelf.put(path, Arc::clone(data)) {
            return Some(refused);
        }
        let source = shelf.sources.values().next()?;
        let (errors, _) = source.root().errors_and_warnings();
        let error = errors.first()?;
        let DiagSpanKind::Number { num, sub_range, .. } = error.span.get() else { return None };
        let (line, column) = source.lines().byte_to_line_column(source.range(num, sub_range)?.start)?;
        Some(refusal(path, &error.message).fact("line", line + 1).fact("column", column + 1))
    };
    templates.iter().filter_map(fault).collect()
}

fn refusal(path: &str, message: &str) -> Finding {
    let finding = Finding::new("page/template").fact("file", path).fact("message", message);
    finding.fact("line", 0).fact("column", 0).fact("hint", "")
}

/// All templates, ready for the compiler.
#[derive(Default)]
pub(super) struct Shelf {
    sources: HashMap<FileId, Source>,
    files: HashMap<FileId, Bytes>,
}

impl Shelf {
    /// The shipped templates with `overrides` in their place.
    ///
    /// # Errors
    /// `page/template` for a path or a text that cannot be read.
    pub(super) fn new(overrides: Templates) -> Result<Self, Finding> {
        let mut shelf = Self { sources: HashMap::new(), files: HashMap::new() };
        for &(path, text) in SHIPPED {
            shelf.put(path, text.as_bytes().into())?;
        }
        for (path, data) in overrides {
            shelf.put(&path, data)?;
        }
        Ok(shelf)
    }

    fn put(&mut self, path: &str, data: Arc<[u8]>) -> Result<(), Finding> {
        let refuse = |message: &str| refusal(path, message);
        let id = file_id(path).ok_or_else(|| refuse("path leads out of the templates"))?;
        if id.vpath().extension() == Some("typ") {
            let text = std::str::from_utf8(&data).map_err(|_| refuse("file is not UTF-8"))?;
            self.sources.insert(id, Source::new(id, text.to_owned()));
        } else {
            self.files.insert(id, Bytes::new(data));
        }
        Ok(())
    }

    /// Every template: path, content.
    pub(super) fn all(&self) -> BTreeMap<&str, &[u8]> {
        let sources = self.sources.iter().map(|(id, source)| (*id, source.text().as_bytes()));
        let files = self.files.iter().map(|(id, bytes)| (*id, bytes.as_slice()));
        sources.chain(files).map(|(id, bytes)| (id.get().vpath().get_without_slash(), bytes)).collect()
    }

    /// A template.
    pub(super) fn source(&self, id: FileId) -> Option<&Source> {
        self.sources.get(&id)
    }

    /// What else lies among the templates, for instance a picture.
    pub(super) fn file(&self, id: FileId) -> Option<&Bytes> {
        self.files.get(&id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_of_the_folder_is_shipped() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let found = walkdir::WalkDir::new(&root)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|e| e.path().extension().is_some_and(|ext| ext == "typ"));
        let mut found: Vec<String> = found
            .map(|e| e.path().strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/"))
            .collect();
        let mut shipped: Vec<&str> = SHIPPED.iter().map(|(path, _)| *path).collect();
        found.sort_unstable();
        shipped.sort_unstable();
        assert_eq!(found, shipped);
    }

    #[test]
    fn overrides_that_cannot_be_read_are_refused() {
        for (path, data) in [("../x.typ", b"x".as_slice()), ("plain.typ", b"\xff\xfe")] {
            let refused = Shelf::new(Templates::from([(path.to_owned(), data.into())])).err();
            assert_eq!(refused.expect("refused").facts["file"], path);
        }
    }
}
