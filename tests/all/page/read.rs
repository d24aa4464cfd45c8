//! A finished PDF as another program draws it: in go the bytes, out come the glyphs, rules and pictures of each
//! page in millimetres from the paper's top left corner.

use hayro_interpret::font::Glyph as Drawn;
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::{
    BlendMode, CacheKey, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache,
    InterpreterSettings, Paint, PathDrawMode, SoftMask, TransformExt, interpret_page,
};
use kurbo::{Affine, BezPath, Point, Rect, Shape};
use std::collections::HashMap;

/// Millimetres of a point.
pub(super) const PT: f64 = 25.4 / 72.0;

/// Baselines nearer to each other than this are one line, mm.
const SAME_LINE: f64 = 0.3;

/// What a template puts between characters to forbid or allow a break, and blanks.
fn is_visible(c: char) -> bool {
    !c.is_whitespace() && !matches!(c, '\u{2060}' | '\u{200b}' | '\u{feff}' | '\u{ad}')
}

/// `text` as the pages show it: without blanks and joiners.
pub(super) fn shown(text: &str) -> String {
    text.chars().filter(|&c| is_visible(c)).collect()
}

/// A document on paper.
pub(super) struct Paper {
    pub(super) sheets: Vec<Sheet>,
}

/// One page.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Whether a viewer shows it turned.
    pub(super) rotated: bool,
    /// Upright text, line by line from top to bottom.
    pub(super) lines: Vec<Vec<Glyph>>,
    /// Text that does not stand upright, in the order in which it is drawn.
    pub(super) turned: Vec<Glyph>,
    pub(super) rules: Vec<Rule>,
    pub(super) pictures: Vec<Rect>,
}

/// One glyph, which may stand for several characters (——).
#[derive(Debug, Clone)]
pub(super) struct Glyph {
    pub(super) text: String,
    /// Its origin.
    pub(super) x: f64,
    pub(super) y: f64,
    /// Where its advance ends.
    pub(super) end: f64,
    /// Size of the type, pt.
    pub(super) size: f64,
    /// The direction in which it is read: (1, 0) for upright text, (0, -1) for text that runs up the page.
    pub(super) towards: (i8, i8),
    /// PostScript name of its font, without the subset's prefix.
    pub(super) font: String,
    pub(super) colour: [u8; 3],
    /// What is seen of it.
    pub(super) ink: Rect,
}

/// A filled or stroked path.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    /// What it covers, the width of a stroke included.
    pub(super) area: Rect,
    pub(super) colour: [u8; 3],
}

impl Rule {
    pub(super) fn is_horizontal(&self) -> bool {
        self.area.width() > 20.0 * self.area.height()
    }
}

impl Paper {
    pub(super) fn read(pdf: &[u8]) -> Self {
        let pdf = Pdf::new(pdf.to_vec()).expect("a PDF");
        let cache = InterpreterCache::new();
        let mut outlines = HashMap::new();
        let mut sheets = Vec::new();
        for page in pdf.pages().iter() {
            let mut pen = Pen { outlines, ..Pen::default() };
            let (width, height) = page.render_dimensions();
            let transform = Affine::scale(PT) * page.initial_transform(true).to_kurbo();
            let all = Rect::new(0.0, 0.0, f64::from(width), f64::from(height));
            let mut context =
                Context::new(transform, all, &cache, page.xref(), InterpreterSettings::default());
            interpret_page(page, &mut context, &mut pen);
            let (upright, turned) = pen.glyphs.into_iter().partition(|glyph| glyph.towards == (1, 0));
            sheets.push(Sheet {
                width: f64::from(width) * PT,
                height: f64::from(height) * PT,
                rotated: format!("{:?}", page.rotation()) != "None",
                lines: in_lines(upright),
                turned,
                rules: pen.rules,
                pictures: pen.pictures,
            });
            outlines = pen.outlines;
        }
        Self { sheets }
    }
}

fn in_lines(mut glyphs: Vec<Glyph>) -> Vec<Vec<Glyph>> {
    glyphs.sort_by(|a, b| a.y.total_cmp(&b.y));
    let mut lines: Vec<Vec<Glyph>> =
        glyphs.chunk_by(|a, b| b.y - a.y < SAME_LINE).map(<[Glyph]>::to_vec).collect();
    for line in &mut lines {
        line.sort_by(|a, b| a.x.total_cmp(&b.x));
    }
    lines
}

/// Notes what it is told to draw.
#[derive(Default)]
struct Pen {
    /// The boxes of outlines, in thousandths of the type's size.
    outlines: HashMap<u128, Rect>,
    glyphs: Vec<Glyph>,
    rules: Vec<Rule>,
    pictures: Vec<Rect>,
}

/// The colour of `paint`, which a page of ours never fills with a pattern.
fn colour(paint: &Paint<'_>) -> [u8; 3] {
    let Paint::Color(colour) = paint else { panic!("a pattern") };
    let [red, green, blue, _] = colour.to_rgba().to_rgba8();
    [red, green, blue]
}

impl Device<'_> for Pen {
    fn draw_glyph(
        &mut self,
        glyph: &Drawn<'_>,
        transform: Affine,
        glyph_transform: Affine,
        paint: &Paint<'_>,
        mode: &GlyphDrawMode,
    ) {
        let text = match glyph.as_unicode() {
            Some(BfString::Char(c)) => c.to_string(),
            Some(BfString::String(text)) => text,
            None => '\u{fffd}'.to_string(),
        };
        let text = shown(&text);
        let Drawn::Outline(outline) = glyph else { panic!("a drawn font") };
        if text.is_empty() || matches!(mode, GlyphDrawMode::Invisible) {
            return;
        }
        let whole = transform * glyph_transform;
        let id = outline.identifier().cache_key();
        let ink = *self.outlines.entry(id).or_insert_with(|| outline.outline().bounding_box());
        let origin = whole * Point::ZERO;
        let end = whole * Point::new(f64::from(outline.advance_width().unwrap_or_default()), 0.0);
        let [along_x, along_y, up_x, up_y, ..] = whole.as_coeffs();
        let sign = |part: f64| i8::from(part > 1e-6) - i8::from(part < -1e-6);
        let name = outline.font_data().and_then(|font| font.postscript_name).unwrap_or_default();
        self.glyphs.push(Glyph {
            text,
            x: origin.x,
            y: origin.y,
            end: end.x,
            size: up_x.hypot(up_y) * 1000.0 / PT,
            towards: (sign(along_x), sign(along_y)),
            font: name.split_once('+').map_or(name.as_str(), |(_, name)| name).to_owned(),
            colour: colour(paint),
            ink: whole.transform_rect_bbox(ink),
        });
    }

    fn draw_path(&mut self, path: &BezPath, transform: Affine, paint: &Paint<'_>, mode: &PathDrawMode) {
        let area = transform.transform_rect_bbox(path.bounding_box());
        let area = match mode {
            PathDrawMode::Fill(_) => area,
            PathDrawMode::Stroke(stroke) => {
                let half = f64::from(stroke.line_width) * transform.determinant().abs().sqrt() / 2.0;
                // A butt cap adds nothing to a line's length.
                let (flat, upright) = (area.height() < 1e-6, area.width() < 1e-6);
                area.inflate(if flat { 0.0 } else { half }, if upright { 0.0 } else { half })
            }
        };
        self.rules.push(Rule { area, colour: colour(paint) });
    }

    fn draw_image(&mut self, _: Image<'_, '_>, transform: Affine) {
        self.pictures.push(transform.transform_rect_bbox(Rect::new(0.0, 0.0, 1.0, 1.0)));
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
}
