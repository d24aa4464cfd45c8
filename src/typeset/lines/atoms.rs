//! What a line is made of: full-width characters one by one, narrow words whole.

use super::{CELL, HALF, LINE, Run, Widths, marks, whole};
use crate::typeset::fonts::Role;
use unicode_width::UnicodeWidthChar;

/// A full-width character, a pair like ——, or a narrow word.
#[derive(Debug)]
pub(super) struct Atom<'t> {
    pub(super) text: &'t str,
    pub(super) width: Width,
    /// Which run it is of.
    pub(super) run: usize,
    /// What may come before it.
    pub(super) before: Before,
    /// Whether its glyph comes from another font than its neighbours.
    pub(super) stands_in: bool,
}

/// What may come between an atom and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// A gap.
    Gap,
    /// A gap too: both are of something that stays whole.
    Kept,
    /// A gap, or the end of the line if it would be torn open without.
    Loose,
    /// A gap or the end of the line.
    Break,
    /// The end of the line, but no gap: both are of one narrow word.
    Part,
    /// The end of the line, as it was written.
    End,
}

impl Before {
    /// Whether a line may begin here.
    pub(super) fn is_break(self) -> bool {
        matches!(self, Self::Break | Self::Part | Self::End)
    }
}

/// How wide an atom is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Width {
    /// So many cells; its glyphs are `glyph` pt wide.
    Cells { count: u8, glyph: f64 },
    /// A narrow word and the blank after it, pt. Digits are half a cell each.
    Narrow { word: f64, blank: f64, digits: u32 },
}

impl Atom<'_> {
    pub(super) fn first(&self) -> char {
        self.text.chars().next().unwrap_or(' ')
    }

    pub(super) fn last(&self) -> char {
        self.text.trim_end_matches(' ').chars().next_back().unwrap_or(' ')
    }

    pub(super) fn is_narrow(&self) -> bool {
        matches!(self.width, Width::Narrow { .. })
    }
}

/// How much wider than others a gap becomes between a full-width character and a narrow word: there it is seen least.
const BY_A_WORD: f64 = 2.5;

/// How far `atom` moves from the one `before` it, when full-width characters move apart by 1.
pub(super) fn moves(before: &Atom<'_>, atom: &Atom<'_>) -> f64 {
    match atom.before {
        Before::Part => 0.0,
        // A number and its unit, a word and its mark keep close.
        Before::Kept | Before::Gap => 1.0,
        Before::Loose | Before::Break | Before::End if atom.is_narrow() == before.is_narrow() => 1.0,
        Before::Loose | Before::Break | Before::End => BY_A_WORD,
    }
}

/// A glyph wider than this, em, is full-width: dashes become so when they are set.
const WIDE: f64 = 0.75;

/// A narrow word wider than this, pt, may be parted as addresses are.
const LONG_WORD: f64 = LINE / 4.0;
/// Where nothing else helps, after so many of its characters.
const LONG_PART: usize = 24;

/// The parts of a long word: of an address after a slash, before a point, an @, a query; of another after its hyphens.
fn parts(word: &str, width: f64) -> Vec<&str> {
    if width <= LONG_WORD {
        return vec![word];
    }
    let is_address = word.contains(['@', '/', '.']);
    let mut parts = Vec::new();
    let mut start = 0;
    let mut before = ' ';
    for (at, c) in word.char_indices() {
        let hyphen = before == '-' && c.is_alphabetic() && !is_address;
        let breaks = hyphen || (before == '/' && c != '/') || matches!(c, '.' | '@' | '?' | '&' | '=' | '#');
        if at > start && (breaks || word[start..at].chars().count() >= LONG_PART) {
            parts.push(&word[start..at]);
            start = at;
        }
        before = c;
    }
    parts.push(&word[start..]);
    parts
}

/// The atoms of `text`, which is what `runs` hold one after the other. `names`: it is a list of people, whose names
/// stay whole.
pub(super) fn atoms<'t>(
    text: &'t str,
    runs: &[Run<'_>],
    size: f64,
    widths: &dyn Widths,
    names: bool,
) -> Vec<Atom<'t>> {
    let mut ends = Vec::new();
    for run in runs {
        ends.push((ends.last().map_or(0, |(end, _)| *end) + run.text.len(), run.role));
    }
    let mut maker = Maker { text, ends, size, widths, atoms: Vec::new(), ended: false };
    maker.split();
    let mut wholes = whole::wholes(text);
    if names {
        wholes.extend(whole::names(text));
        wholes.sort_by_key(|whole| whole.range.start);
    }
    let mut wholes = wholes.iter().peekable();
    let mut at = 0;
    let mut before: Option<char> = None;
    for atom in &mut maker.atoms {
        // Blanks and line breaks between atoms belong to none.
        at += text[at..].find(atom.text).unwrap_or(0);
        while wholes.next_if(|whole| whole.range.end <= at).is_some() {}
        let inside = wholes.peek().filter(|whole| whole.range.start < at);
        let kept =
            |before| marks::opens(before) || marks::closes(atom.first()) || is_range_dash(before, atom);
        let may_part = before.is_some_and(|before| !kept(before));
        atom.before = match (atom.before, inside) {
            (Before::Gap, Some(whole)) if text[..at].ends_with(whole.parts) && may_part => Before::Loose,
            (Before::Gap, Some(_)) => Before::Kept,
            (Before::Gap, None) if may_part => Before::Break,
            (other, _) => other,
        };
        before = Some(atom.last());
        at += atom.text.len();
    }
    maker.atoms
}

/// A single dash between two things does not begin a line.
fn is_range_dash(before: char, atom: &Atom<'_>) -> bool {
    atom.text == "—" && before != '—'
}

struct Maker<'a, 't> {
    text: &'t str,
    /// Where each run ends, and its role.
    ends: Vec<(usize, Role)>,
    size: f64,
    widths: &'a dyn Widths,
    atoms: Vec<Atom<'t>>,
    /// Whether a line was ended by hand.
    ended: bool,
}

impl Maker<'_, '_> {
    fn split(&mut self) {
        let mut chars = self.text.char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            let (run, role) = self.run(at);
            if c == '\n' {
                self.ended = true;
            } else if self.is_wide(role, c) {
                let pair = matches!(c, '—' | '…') && chars.next_if(|(_, next)| *next == c).is_some();
                let mut end = at + c.len_utf8() * (1 + usize::from(pair));
                while let Some((mark, attached)) = chars.next_if(|(_, next)| next.width() == Some(0)) {
                    end = mark + attached.len_utf8();
                }
                let narrow = c.width() != Some(2);
                let advance = if narrow { self.widths.advance(role, c) } else { 1.0 };
                let glyph = if advance > WIDE { 1.0 } else { advance } * self.size;
                let count = 1 + u8::from(pair);
                let width = Width::Cells { count, glyph: glyph * f64::from(count) };
                self.push(at..end, width, run, Before::Gap, self.widths.stands_in(c));
            } else {
                let mut end = at + c.len_utf8();
                let goes_on = |at: usize, next: char| {
                    next != ' ' && next != '\n' && self.run(at).0 == run && !self.is_wide(role, next)
                };
                if c != ' ' {
                    while let Some((more, next)) = chars.next_if(|(at, next)| goes_on(*at, *next)) {
                        end = more + next.len_utf8();
                    }
                }
                while let Some((more, _)) = chars.next_if(|(_, next)| *next == ' ') {
                    end = more + 1;
                }
                self.narrow(at..end, run, role);
            }
        }
    }

    fn run(&self, at: usize) -> (usize, Role) {
        let index = self.ends.iter().position(|(end, _)| at < *end).unwrap_or(0);
        (index, self.ends.get(index).map_or(Role::Fang, |(_, role)| *role))
    }

    fn is_wide(&self, role: Role, c: char) -> bool {
        c.width() == Some(2)
            || (marks::is_full_width(c) && (c != '·' || self.widths.advance(role, c) > WIDE))
            || (c.width_cjk() == Some(2) && self.widths.advance(role, c) > WIDE)
    }

    fn narrow(&mut self, range: std::ops::Range<usize>, run: usize, role: Role) {
        let (widths, size) = (self.widths, self.size);
        let advance = |c: char| widths.advance(role, c) * size;
        let count = |text: &str| u32::try_from(text.len()).unwrap_or(u32::MAX);
        let whole = &self.text[range.clone()];
        let word = whole.trim_end_matches(' ');
        let width: f64 = word.chars().map(advance).sum();
        let blank = advance(' ') * f64::from(count(whole) - count(word));
        let parts = parts(word, width);
        if parts.len() == 1 {
            let digits = if word.bytes().all(|c| c.is_ascii_digit()) { count(word) } else { 0 };
            let width = if digits > 0 { f64::from(digits) * HALF } else { width };
            self.push(range, Width::Narrow { word: width, blank, digits }, run, Before::Gap, false);
            return;
        }
        let mut start = range.start;
        for (index, part) in parts.iter().enumerate() {
            let last = index + 1 == parts.len();
            let end = if last { range.end } else { start + part.len() };
            let word = part.chars().map(advance).sum();
            let width = Width::Narrow { word, blank: if last { blank } else { 0.0 }, digits: 0 };
            let before = if index > 0 { Before::Part } else { Before::Gap };
            self.push(start..end, width, run, before, false);
            start = end;
        }
    }

    fn push(
        &mut self,
        range: std::ops::Range<usize>,
        width: Width,
        run: usize,
        before: Before,
        stands_in: bool,
    ) {
        let before = if std::mem::take(&mut self.ended) { Before::End } else { before };
        let text = &self.text[range];
        self.atoms.push(Atom { text, width, run, before, stands_in });
    }
}

/// What a narrow stretch may stick out of its half cells, of one: nobody sees it.
const STICKS_OUT: f64 = 0.08;

/// How many pt a narrow stretch takes: whole half cells.
pub(super) fn closed_up(natural: f64) -> f64 {
    (natural / HALF - STICKS_OUT).ceil().max(0.0) * HALF
}

/// Width of an atom that stands in cells, pt.
pub(super) fn cells(count: u8) -> f64 {
    f64::from(count) * CELL
}
