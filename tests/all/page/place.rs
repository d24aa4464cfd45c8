//! What stands where: the pieces that a document is made of, found among the glyphs of its pages.

use crate::page::read::{Glyph, Paper, shown};
use kurbo::Rect;
use std::ops::Range;

/// The type area and its grid (GB/T 9704-2012, 5.2.1, 5.2.3), mm. The checker's own figures.
pub(super) const LEFT: f64 = 28.0;
pub(super) const TOP: f64 = 37.0;
pub(super) const WIDTH: f64 = 156.0;
pub(super) const RIGHT: f64 = LEFT + WIDTH;
pub(super) const FOOT: f64 = 262.0;
pub(super) const CELL: f64 = WIDTH / 28.0;
/// Size of 三号 in mm.
pub(super) const EM: f64 = 16.0 * 25.4 / 72.0;
/// How exact a position must be, if a comment does not say why it need not be, mm.
pub(super) const NEAR: f64 = 0.3;
/// The same in lines, and in characters.
pub(super) const NEAR_LINE: f64 = NEAR * 22.0 / 225.0;
pub(super) const NEAR_CELL: f64 = NEAR / CELL;

/// The five faces, and the Latin one that goes with all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Face {
    Fang,
    Kai,
    Hei,
    Biao,
    Song,
    Latin,
}

impl Glyph {
    pub(super) fn face(&self) -> Option<Face> {
        let faces = [
            ("Fangsong", Face::Fang),
            ("Kai", Face::Kai),
            ("Hei", Face::Hei),
            ("BiaoSong", Face::Biao),
            ("GWSong", Face::Song),
            ("Liberation", Face::Latin),
        ];
        faces.iter().find(|(name, _)| self.font.contains(name)).map(|(_, face)| *face)
    }

    pub(super) fn is_han(&self) -> bool {
        self.text.chars().all(is_han)
    }

    pub(super) fn is_red(&self) -> bool {
        is_red(self.colour)
    }
}

pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Red as a screen shows the ink of 6.2.
pub(super) fn is_red([red, green, blue]: [u8; 3]) -> bool {
    red >= 0xc8 && green <= 0x50 && blue <= 0x50
}

/// Part of a piece that stands on one line.
#[derive(Debug, Clone)]
pub(super) struct Line<'p> {
    /// From 0.
    pub(super) page: usize,
    pub(super) glyphs: Vec<&'p Glyph>,
}

impl Line<'_> {
    pub(super) fn text(&self) -> String {
        self.glyphs.iter().map(|glyph| glyph.text.as_str()).collect()
    }
    pub(super) fn x(&self) -> f64 {
        self.glyphs[0].x
    }
    pub(super) fn y(&self) -> f64 {
        self.glyphs[0].y
    }
    pub(super) fn end(&self) -> f64 {
        self.glyphs.iter().map(|glyph| glyph.end).fold(0.0, f64::max)
    }
    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.x(), self.end())
    }
    pub(super) fn ink(&self) -> Rect {
        self.glyphs.iter().map(|glyph| glyph.ink).reduce(|a, b| a.union(b)).expect("a glyph")
    }
}

/// Glyphs of a stream, by their numbers.
pub(super) type Span = Range<usize>;

/// All upright text from top to bottom over all pages, without page numbers.
pub(super) struct Stream<'p> {
    places: Vec<(usize, &'p Glyph)>,
    chars: Vec<char>,
    /// The glyph that each character belongs to.
    owner: Vec<usize>,
}

impl<'p> Stream<'p> {
    pub(super) fn of(paper: &'p Paper) -> Self {
        let mut stream = Self { places: Vec::new(), chars: Vec::new(), owner: Vec::new() };
        for (page, sheet) in paper.sheets.iter().enumerate() {
            for glyph in sheet.lines.iter().flatten().filter(|glyph| glyph.y < FOOT + 1.0) {
                for c in glyph.text.chars() {
                    stream.chars.push(c);
                    stream.owner.push(stream.places.len());
                }
                stream.places.push((page, glyph));
            }
        }
        stream
    }

    /// Where `text` stands in one piece, at glyph `from` or later.
    pub(super) fn find(&self, from: usize, text: &str) -> Option<Span> {
        let wanted: Vec<char> = shown(text).chars().collect();
        let first = self.owner.partition_point(|&glyph| glyph < from);
        let found = self.chars[first..].windows(wanted.len().max(1)).position(|window| window == wanted)?;
        let last = first + found + wanted.len() - 1;
        Some(self.owner[first + found]..self.owner[last] + 1)
    }

    /// The lines of a piece.
    pub(super) fn lines(&self, span: &Span) -> Vec<Line<'p>> {
        self.places[span.clone()]
            .chunk_by(|a, b| a.0 == b.0 && (a.1.y - b.1.y).abs() < 0.3)
            .map(|line| Line { page: line[0].0, glyphs: line.iter().map(|(_, glyph)| *glyph).collect() })
            .collect()
    }
}

/// The lines of a page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lines {
    /// From baseline to baseline.
    pub(super) pitch: f64,
}

impl Lines {
    /// 22 lines fill the type area (5.2.3); 21 or 23 where they bring a signature to its text (7.3.5.5), which may
    /// have been done if that is nearer to the `step` of most lines.
    pub(super) fn of(step: Option<f64>, is_signed: bool) -> Self {
        let standard = 225.0 / 22.0;
        let others = [225.0 / 21.0, 225.0 / 23.0].into_iter().filter(|_| is_signed);
        let near = |pitch: &f64| step.is_some_and(|step| (step - pitch).abs() < 0.05);
        Self { pitch: others.into_iter().find(near).unwrap_or(standard) }
    }

    /// What of a line's height is no character.
    pub(super) fn lead(self) -> f64 {
        self.pitch - EM
    }

    /// Baseline of line 1: the em box, 0.88 of it over the baseline, stands in the middle of the line.
    pub(super) fn first(self) -> f64 {
        TOP + self.pitch / 2.0 + 0.38 * EM
    }

    /// How many fill the type area.
    pub(super) fn count(self) -> f64 {
        (225.0 / self.pitch).round()
    }

    /// The line on which a baseline stands, from 1; with a fraction if it stands on none.
    pub(super) fn number(self, baseline: f64) -> f64 {
        (baseline - self.first()) / self.pitch + 1.0
    }
}

/// The ink of several lines.
pub(super) fn ink(lines: &[Line<'_>]) -> Rect {
    lines.iter().map(Line::ink).reduce(|a, b| a.union(b)).expect("a line")
}

/// How much of the Han characters of `lines` is set in `face`, 0 to 1; rare ones come from a font of another face.
pub(super) fn share_of(face: Face, lines: &[Line<'_>]) -> Option<f64> {
    let han: Vec<&&Glyph> =
        lines.iter().flat_map(|line| &line.glyphs).filter(|glyph| glyph.is_han()).collect();
    let count = |n: usize| f64::from(u32::try_from(n).expect("few glyphs"));
    let in_face = han.iter().filter(|glyph| glyph.face() == Some(face)).count();
    (!han.is_empty()).then(|| count(in_face) / count(han.len()))
}
