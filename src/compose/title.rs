//! Breaking a title or an organ's name into lines (GB/T 9704-2012, 7.3.1: 词意完整、排列对称、长短适宜、间距恰当，
//! 梯形或菱形).
//!
//! In go the text and the names and terms that must stay whole, out come its lines: a trapezium or a diamond, a
//! rectangle or an hourglass only if the words allow nothing else. No text is lost; only blanks at the ends of
//! lines go. A line break written by hand wins over everything.

mod places;
mod shape;

use places::{Place, places, word_ends};
use shape::Shape;

/// Cells of the body's grid that a line of 二号 characters has room for: 442.2 pt / 22 pt.
const TITLE_CELLS: usize = 20;

/// More lines than this are filled one after the other, not weighed against each other.
const MAX_WEIGHED_LINES: usize = 4;

/// No line that anyone can read has more; marks without width could fill one for ever.
const MAX_LINE_BYTES: usize = 1024;

/// What one line more than necessary costs.
const EXTRA_LINE: usize = 150;

/// Breaks a document's title. `terms` are names and terms that stay on one line: the group's names, those of
/// units and persons. A full-width character takes one cell, a half-width one half of it.
pub fn break_title<T: AsRef<str>>(title: &str, terms: &[T]) -> Vec<String> {
    broken(title, TITLE_CELLS, terms, Shape::Title)
}

/// Breaks an organ's name, for instance of a signature, into lines of at most `max_cells` full-width characters.
pub fn break_name<T: AsRef<str>>(name: &str, max_cells: usize, terms: &[T]) -> Vec<String> {
    broken(name, max_cells, terms, Shape::Name)
}

/// Breaks the caption of a table into lines of at most `max_cells` full-width characters, best before its bracket.
pub(super) fn break_caption(caption: &str, max_cells: usize) -> Vec<String> {
    let bracket =
        caption.find('（').filter(|at| *at > 0 && caption.ends_with('）') && !caption.contains('\n'));
    if let Some(at) = bracket.filter(|_| halves(caption) > 2 * max_cells) {
        let parts = [&caption[..at], &caption[at..]];
        return parts.iter().flat_map(|part| broken(part, max_cells, &[""; 0], Shape::Title)).collect();
    }
    broken(caption, max_cells, &[""; 0], Shape::Title)
}

fn broken<T: AsRef<str>>(text: &str, max_cells: usize, terms: &[T], shape: Shape) -> Vec<String> {
    let text = text.trim();
    if text.contains('\n') {
        return text.lines().map(str::trim).filter(|it| !it.is_empty()).map(str::to_owned).collect();
    }
    if text.is_empty() {
        return Vec::new();
    }
    let max = 2 * max_cells.max(1);
    if halves(text) <= max {
        return vec![text.to_owned()];
    }
    let breaks = weighed(text, terms, max, shape).unwrap_or_else(|| filled(text, max));
    cut(text, &breaks).map(str::to_owned).collect()
}

/// The pieces of a table's cell between which a line may end, none wider than `max` half cells if that can be.
pub(super) fn pieces(text: &str, max: usize) -> Vec<&str> {
    places::pieces(text, max)
}

/// Width in half cells. Characters of ambiguous width are full-width among Chinese ones.
pub(super) fn halves(text: &str) -> usize {
    unicode_width::UnicodeWidthStr::width_cjk(text)
}

/// The lines between `breaks`, blanks at their ends taken off.
fn cut<'t>(text: &'t str, breaks: &[usize]) -> impl Iterator<Item = &'t str> {
    let starts = [0].into_iter().chain(breaks.iter().copied());
    let ends = breaks.iter().copied().chain([text.len()]);
    let lines: Vec<_> = starts.zip(ends).map(|(start, end)| text[start..end].trim()).collect();
    lines.into_iter().filter(|it| !it.is_empty())
}

/// The best of all ways to break `text` into as few lines as it needs or one more; none when no way fits.
fn weighed<T: AsRef<str>>(text: &str, terms: &[T], max: usize, shape: Shape) -> Option<Vec<usize>> {
    let fewest = halves(text).div_ceil(max);
    if fewest > MAX_WEIGHED_LINES || text.len() > MAX_LINE_BYTES {
        return None;
    }
    let terms: Vec<&str> = terms.iter().map(AsRef::as_ref).collect();
    let places = places(text, &terms, max);
    let mut search = Search { text, places: &places, max, shape, best: None };
    for lines in fewest..=fewest + 1 {
        search.descend(&mut Vec::new(), 0, lines, (lines - fewest) * EXTRA_LINE);
    }
    search.best.map(|(_, breaks)| breaks)
}

struct Search<'t> {
    text: &'t str,
    places: &'t [Place],
    max: usize,
    shape: Shape,
    /// Its cost, and where it breaks.
    best: Option<(usize, Vec<usize>)>,
}

impl Search<'_> {
    /// Tries every place for the next break when `lines` lines are still to be made of what follows `breaks`.
    fn descend(&mut self, breaks: &mut Vec<usize>, from: usize, lines: usize, cost: usize) {
        let start = breaks.last().copied().unwrap_or(0);
        let rest = halves(self.text[start..].trim());
        if rest > lines * self.max || self.best.as_ref().is_some_and(|(best, _)| *best <= cost) {
            return;
        }
        if lines == 1 {
            return self.weigh(breaks, cost);
        }
        let places = self.places;
        for (index, place) in places.iter().enumerate().skip(from) {
            if halves(self.text[start..place.at].trim()) > self.max {
                break;
            }
            breaks.push(place.at);
            self.descend(breaks, index + 1, lines - 1, cost + place.cost);
            breaks.pop();
        }
    }

    fn weigh(&mut self, breaks: &[usize], cost: usize) {
        let lines: Vec<_> = cut(self.text, breaks).collect();
        let Ok(shape) = self.shape.cost(&lines, self.max) else { return };
        let cost = cost + shape;
        if self.best.as_ref().is_none_or(|(best, _)| cost < *best) {
            self.best = Some((cost, breaks.to_vec()));
        }
    }
}

/// Lines filled one after the other, for what is longer than any title or has no sound way to break.
fn filled(text: &str, max: usize) -> Vec<usize> {
    let places = word_ends(text);
    let mut breaks = Vec::new();
    let mut start = 0;
    while let Some(room) = room(&text[start..], max) {
        let places = &places[..places.partition_point(|it| *it <= start + room)];
        start = places.last().copied().filter(|it| *it > start).unwrap_or(start + room);
        breaks.push(start);
    }
    breaks
}

/// How many bytes of `text` a line has room for, one character at least; none when it has room for all.
fn room(text: &str, max: usize) -> Option<usize> {
    let mut room = 0;
    for (at, it) in text.char_indices() {
        let end = at + it.len_utf8();
        if room > 0 && (end > MAX_LINE_BYTES || halves(text[..end].trim()) > max) {
            return Some(room);
        }
        room = end;
    }
    None
}

#[cfg(test)]
mod tests;
