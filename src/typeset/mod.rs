//! From the data of a page to a PDF: in go a [`Page`] and the files it names, out comes a PDF/A-3a and
//! PDF/UA-1 with the same bytes every time, and what was set where.
//!
//! Refuses what would not show the data faithfully: a character without glyph, a text that was lost or
//! left the paper, any warning of the compiler. The only module that knows the compiler.

mod chain;
mod contained;
mod coverage;
mod diagnose;
mod faces;
mod fit;
mod fonts;
mod guard;
mod lines;
mod names;
mod pdf;
mod printed;
mod rights;
mod shipped;
mod templates;
#[cfg(test)]
mod tests;
mod widths;
mod world;

pub use contained::{quiet_panics, said};
pub use faces::{Face, Faces};
pub use fit::note;
pub use fonts::{FontFile, OwnFont, Role, RoleFont};
pub use guard::Run;
pub use names::{FontFace, Match, font_faces, known_font, wanted_fonts};
pub use printed::{Printed, printed};
pub use rights::Rights;
pub use shipped::{fonts_are_whole, shipped_fonts};
pub use templates::{SHIPPED as SHIPPED_TEMPLATES, Templates, faults as template_faults};

use crate::checksum::Checksum;
use crate::compose::page::{Page, Style};
use crate::finding::Finding;
use contained::contained;
use fonts::FontSet;
use guard::Setting;
use serde_json::Value;
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock, Mutex, PoisonError};
use templates::Shelf;
use typst_layout::PagedDocument;
use world::Desk;

/// What the compiler says of pages that change with every attempt.
const RESTLESS: &str = "did not converge";

/// How many documents back the compiler's cache remembers.
const CACHE_AGE: usize = 6;

/// Sets pages. Made once, shared by all threads.
#[derive(Clone)]
pub struct Typesetter {
    /// None for the shipped templates, which are parsed when the first page is set.
    shelf: Option<Arc<Shelf>>,
    fonts: Arc<FontSet>,
    /// The fonts that were added last: while one watches, and in groups of one house, they are the same again.
    added: Arc<Mutex<Option<Arc<FontSet>>>>,
}

/// A document as it was laid out, where everything stands, and what it was laid out from.
type LaidOut<'t> = (PagedDocument, Setting, Desk<'t>);

/// A font that shows what the font of a role lacks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lender {
    /// The font's name.
    pub font: String,
    /// Whether it is a font of the user's.
    pub own: bool,
}

/// A document to be set by the stock compiler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Project {
    /// The template to compile.
    pub entry: &'static str,
    /// Every file by its path, `/data.json` and `/fonts.json` among them.
    pub files: BTreeMap<String, Vec<u8>>,
}

/// A document that has been set.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// The file.
    pub pdf: Vec<u8>,
    /// How many pages it has.
    pub pages: usize,
    /// Which font stands for which face.
    pub faces: Faces,
    /// Its text, in the order in which it was set.
    pub runs: Vec<Run>,
    /// What was changed so that it holds what belongs together: notes for the build's report.
    pub notes: Vec<Finding>,
}

impl Sheet {
    /// Its lines as `page  left mm  baseline mm  size pt  text`, for comparison and for looking at.
    pub fn outline(&self) -> String {
        let lines = self.runs.chunk_by(|a, b| a.page == b.page && (a.baseline - b.baseline).abs() < 0.01);
        let line = |runs: &[Run]| {
            let text: String = runs.iter().map(|run| run.text.as_str()).collect();
            let Run { page, x, baseline, size, .. } = &runs[0];
            format!("{page}  {x:6.2}  {baseline:6.2}  {size:4.1}  {text}\n")
        };
        lines.map(line).collect()
    }
}

impl Typesetter {
    /// A typesetter with the shipped fonts and templates; `overrides` win over these file by file.
    ///
    /// # Errors
    /// `page/template` for an override that cannot be read.
    pub fn new(overrides: Templates) -> Result<Self, Finding> {
        Self::with_fonts(overrides, Vec::new())
    }

    /// The same, with fonts of the user's before the shipped ones of their roles.
    ///
    /// # Errors
    /// `page/template` and `page/font` for what cannot be read.
    pub fn with_fonts(overrides: Templates, own: Vec<OwnFont>) -> Result<Self, Finding> {
        Ok(Self { shelf: shelf(overrides)?, fonts: Arc::new(FontSet::new(own)?), added: Arc::default() })
    }

    /// The same fonts with other templates in the place of the shipped ones.
    ///
    /// # Errors
    /// `page/template` for an override that cannot be read.
    pub fn with_templates(&self, overrides: Templates) -> Result<Self, Finding> {
        Ok(Self { shelf: shelf(overrides)?, ..self.clone() })
    }

    /// The same templates with more fonts of the user's, after those that there are and before the shipped ones.
    ///
    /// # Errors
    /// `page/font` for what cannot be read.
    pub fn with_own_fonts(&self, own: Vec<OwnFont>) -> Result<Self, Finding> {
        let own: Vec<OwnFont> = self.fonts.own().cloned().chain(own).collect();
        let mut added = self.added.lock().unwrap_or_else(PoisonError::into_inner);
        let known = added.as_ref().filter(|known| known.own().eq(&own)).cloned();
        let fonts = match known {
            Some(known) => known,
            None => Arc::new(FontSet::new(own)?),
        };
        *added = Some(Arc::clone(&fonts));
        Ok(Self { fonts, ..self.clone() })
    }

    /// The font that stands for each role.
    pub fn role_fonts(&self) -> Vec<RoleFont> {
        self.fonts.roles()
    }

    /// Every font that there is, the user's before the shipped ones.
    pub fn font_files(&self) -> Vec<FontFile> {
        self.fonts.files()
    }

    /// The characters of `pages` that the font of their role lacks, by role and by the font that lends them.
    pub fn borrowed<'p>(
        &self,
        pages: impl IntoIterator<Item = &'p Page>,
    ) -> BTreeMap<Role, BTreeMap<Lender, BTreeSet<char>>> {
        let mut used: BTreeMap<Role, BTreeSet<char>> = BTreeMap::new();
        for piece in pages.into_iter().flat_map(printed) {
            let chars = piece.text.chars().filter(|&c| guard::visible(c));
            used.entry(piece.role).or_default().extend(chars);
        }
        let mut borrowed = BTreeMap::new();
        for (role, chars) in used {
            let lenders: &mut BTreeMap<Lender, BTreeSet<char>> = borrowed.entry(role).or_default();
            for c in chars {
                if let Some(entry) = self.fonts.lender(role, c) {
                    let lender = Lender { font: entry.shown().to_owned(), own: entry.own.is_some() };
                    lenders.entry(lender).or_default().insert(c);
                }
            }
        }
        borrowed
    }

    fn shelf(&self) -> &Shelf {
        self.shelf.as_deref().unwrap_or(&SHIPPED_SHELF)
    }

    /// The templates that are used, sorted: path below `templates/`, content.
    pub fn templates(&self) -> BTreeMap<&str, &[u8]> {
        self.shelf().all()
    }

    /// A sum over all fonts: where it is another, pages may come out otherwise.
    pub fn fonts_fingerprint(&self) -> Checksum {
        self.fonts.fingerprint()
    }

    /// A sum that changes with templates and fonts: with everything but the page and its files that sheets depend on.
    pub fn sum(&self) -> Checksum {
        let template = |(path, content): (&str, &[u8])| format!("{path} {}\n", Checksum::of(content));
        let templates: String = self.templates().into_iter().map(template).collect();
        Checksum::of(format!("{templates}{}", self.fonts.fingerprint()).as_bytes())
    }

    /// What the stock compiler needs to set `page` as it is set here. A page that cannot be set stays as it is: its
    /// templates may be what somebody wants to mend.
    ///
    /// # Errors
    /// `page/internal` for a page that is no JSON.
    pub fn preview(&self, page: &Page, files: &BTreeMap<String, Arc<[u8]>>) -> Result<Project, Finding> {
        let fitted = contained(|| {
            let ((_, _, desk), ..) = self.fitted(page, files)?;
            Ok(desk.data().to_vec())
        });
        let data = match fitted {
            Ok(data) => data,
            Err(_) => self.data(page)?.to_string().into_bytes(),
        };
        let templates =
            self.templates().into_iter().map(|(path, bytes)| (format!("/{path}"), bytes.to_vec()));
        let files = files.iter().map(|(path, bytes)| (path.clone(), bytes.to_vec()));
        let own =
            [("/data.json".to_owned(), data), ("/fonts.json".to_owned(), self.fonts.written().to_vec())];
        let files = templates.chain(files).chain(own).collect();
        Ok(Project { entry: templates::entry(page.format), files })
    }

    /// A page as templates read it.
    fn data(&self, page: &Page) -> Result<Value, Finding> {
        let mut data = serde_json::to_value(page).map_err(|error| internal(&error.to_string()))?;
        lines::insert(&mut data, page, &*self.fonts);
        data["stand_ins"] = self.fonts.stand_ins(page);
        Ok(data)
    }

    /// The characters of `text` that some chain of fonts lacks, with their index counted in characters.
    pub fn missing_glyphs(&self, text: &str) -> Vec<(usize, char)> {
        self.fonts.missing(text)
    }

    /// Reads what the fonts say of themselves, while others of the process do something else.
    pub fn prepare_fonts(&self) {
        self.fonts.book();
    }

    /// Sets a short page and throws it away: what all pages need is read by then, while others of the process do
    /// something else.
    pub fn warm(&self) {
        // What is wrong shows at the papers.
        let _ = self.set(&Page::trial(), &BTreeMap::new());
    }

    /// Sets `page`. `files` are the pictures and attachments by the virtual paths that the page names.
    ///
    /// # Errors
    /// Everything that keeps the page from being set faithfully: `page/no-glyph`, `page/lost-text`,
    /// `page/overflow`, `page/warning`, `page/template`, and `page/internal` when the compiler panics.
    pub fn set(&self, page: &Page, files: &BTreeMap<String, Arc<[u8]>>) -> Result<Sheet, Vec<Finding>> {
        let done = contained(|| self.set_unguarded(page, files));
        // The cache is the process's: what a failed document left there goes, too.
        typst::comemo::evict(CACHE_AGE);
        done
    }

    fn set_unguarded(&self, page: &Page, files: &BTreeMap<String, Arc<[u8]>>) -> Result<Sheet, Vec<Finding>> {
        let ((mut document, setting, desk), page, notes) = self.fitted(page, files)?;
        let mut faces = Faces::of(&setting.runs, self.fonts.chains());
        faces.files = setting.fonts.iter().filter_map(|font| self.fonts.file_of(font)).collect();
        // Only the finished pages tell which fonts they needed, so that no template can say it.
        document.info_mut().keywords = faces.keywords().into_iter().map(Into::into).collect();
        let pdf = pdf::write(&document, &page.meta)
            .map_err(|errors| diagnose::findings("page/template", &desk, errors))?;
        Ok(Sheet { pdf, pages: document.pages().len(), faces, runs: setting.runs, notes })
    }

    /// Lays `page` out, changed where that holds what belongs together, and notes what was changed.
    fn fitted<'p>(
        &self,
        page: &'p Page,
        files: &BTreeMap<String, Arc<[u8]>>,
    ) -> Result<(LaidOut<'_>, Cow<'p, Page>, Vec<Finding>), Vec<Finding>> {
        self.all_have_glyphs(page)?;
        let mut notes = Vec::new();
        let mut set = self.lay_out(page, files)?;
        let mut page = Cow::Borrowed(page);
        if let Some(other) = fit::without_addressee(&page, &set.1.runs) {
            set = self.lay_out(&other, files)?;
            page = Cow::Owned(other);
            notes.push(fit::moved_addressee());
        }
        if let Some(carried) = fit::carried_over(&page, &set.1) {
            for lines in fit::OTHER_PITCHES {
                let other = Page { style: Style { lines, ..page.style }, ..Page::clone(&page) };
                // What is only tried may fail: the page stands as it was.
                let Ok(tried) = self.lay_out(&other, files) else { continue };
                if carried.is_mended_by(fit::carried_over(&other, &tried.1)) {
                    set = tried;
                    notes.push(fit::other_pitch(u64::from(lines)));
                    page = Cow::Owned(other);
                    break;
                }
            }
        }
        if fit::carried_over(&page, &set.1).is_some_and(|carried| carried.alone) {
            notes.push(fit::alone());
        }
        Ok((set, page, notes))
    }

    /// Lays `page` out, and checks that everything is there.
    fn lay_out(&self, page: &Page, files: &BTreeMap<String, Arc<[u8]>>) -> Result<LaidOut<'_>, Vec<Finding>> {
        let mut data = self.data(page).map_err(|fault| vec![fault])?;
        let lay = |data: &Value| {
            let data = data.to_string().into_bytes();
            let desk = Desk::new(self.shelf(), &self.fonts, templates::entry(page.format), data, files);
            desk.ok_or_else(|| vec![internal("a file's path leads out of the project")])
        };
        let mut desk = lay(&data)?;
        let mut compiled = typst::compile::<PagedDocument>(&desk);
        if compiled.warnings.iter().any(|warning| warning.message.contains(RESTLESS)) {
            // Tables that depend on each other's ends: see `templates/gongwen/table.typ`.
            data["settled"] = true.into();
            desk = lay(&data)?;
            compiled = typst::compile::<PagedDocument>(&desk);
        }
        let document =
            compiled.output.map_err(|errors| diagnose::findings("page/template", &desk, errors))?;
        let setting = Setting::of(&document);
        let mut found = diagnose::findings("page/warning", &desk, compiled.warnings);
        found.extend(setting.check(page));
        if found.is_empty() { Ok((document, setting, desk)) } else { Err(found) }
    }

    /// Refuses characters that no font has before anything is set, text by text.
    fn all_have_glyphs(&self, page: &Page) -> Result<(), Vec<Finding>> {
        let mut found = Vec::new();
        for piece in printed(page) {
            let missing: BTreeSet<char> = self
                .missing_glyphs(&piece.text.replace(guard::JOINERS, ""))
                .into_iter()
                .map(|(_, c)| c)
                .collect();
            if !missing.is_empty() {
                let missing: String = missing.into_iter().collect();
                found.push(guard::no_glyph(&missing).fact("pointer", piece.pointer).fact("font", ""));
            }
        }
        if found.is_empty() { Ok(()) } else { Err(found) }
    }
}

/// The shipped templates; a test reads them all.
static SHIPPED_SHELF: LazyLock<Shelf> = LazyLock::new(|| Shelf::new(Templates::new()).unwrap_or_default());

fn shelf(overrides: Templates) -> Result<Option<Arc<Shelf>>, Finding> {
    if overrides.is_empty() { Ok(None) } else { Shelf::new(overrides).map(|shelf| Some(Arc::new(shelf))) }
}

/// A fault of ours, not of the document's.
fn internal(message: &str) -> Finding {
    Finding::new("page/internal").fact("message", message)
}
