//! Papers set by the library, with what stands where; and finished PDFs as another program reads them.

use baosong::build::{Done, Made, Maker, Scope};
use baosong::check::{Context as Checked, Law, check};
use baosong::finding::Finding;
use baosong::rulebook::Rulebook;
use baosong::typeset::{Templates, Typesetter};
use baosong::workspace::Workspace;
use hayro_interpret::font::Glyph;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, interpret_page,
};
use kurbo::{Affine, BezPath, Rect};

use std::path::Path;
use std::sync::LazyLock;

/// Shipped fonts and templates.
pub(crate) static TYPESETTER: LazyLock<Typesetter> =
    LazyLock::new(|| Typesetter::new(Templates::new()).expect("shipped fonts and templates"));

/// The rules inside the executable.
pub(crate) fn rulebook() -> &'static Rulebook {
    Rulebook::built_in().expect("the rulebook inside")
}

/// What `check` finds in `workspace`.
pub(crate) fn findings(workspace: &Workspace) -> Vec<Finding> {
    let law = Law::of(workspace, rulebook());
    check(&Checked::new(workspace, &law, &|text| TYPESETTER.missing_glyphs(text)))
}

/// Sets the papers of the part of `workspace` at `prefix`, which may be empty.
pub(crate) fn set(workspace: &Workspace, prefix: &str, workers: usize) -> (Vec<Done>, Vec<Finding>) {
    let law = Law::of(workspace, rulebook());
    let maker = Maker { workspace, law: &law, typesetter: &TYPESETTER, workers, made: &Made::default() };
    maker.set(&maker.jobs(&Scope { prefix: prefix.to_owned() }))
}

/// Reads the workspace at `root`.
pub(crate) fn read(root: &Path) -> Workspace {
    Workspace::read(root)
}

/// The text of each page of a PDF, in the order in which it is drawn, without blanks.
pub(crate) fn pages(pdf: &[u8]) -> Vec<String> {
    let pdf = Pdf::new(pdf.to_vec()).expect("a PDF");
    let cache = InterpreterCache::new();
    pdf.pages()
        .iter()
        .map(|page| {
            let mut text = Text::default();
            let bounds = Rect::new(0.0, 0.0, 1.0, 1.0);
            let settings = InterpreterSettings::default();
            let mut context = Context::new(Affine::IDENTITY, bounds, &cache, pdf.xref(), settings);
            interpret_page(page, &mut context, &mut text);
            text.0
        })
        .collect()
}

#[derive(Default)]
struct Text(String);

impl Device<'_> for Text {
    fn draw_glyph(&mut self, glyph: &Glyph<'_>, _: Affine, _: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => '\u{fffd}'.to_string(),
        };
        self.0.extend(text.chars().filter(|c| !c.is_whitespace()));
    }
    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
}
