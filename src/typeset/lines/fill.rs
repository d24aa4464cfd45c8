//! Which atoms stand on which line: as many as it has room for.

use super::atoms::{Atom, Before, Width, cells, closed_up};
use super::{CELL, HALF, Measure, marks};
use std::ops::Range;

/// A line that is so much short, pt, is torn open.
const TORN: f64 = 2.5 * CELL;

/// Rounding, pt.
const GRAIN: f64 = 0.01;

/// The lines of `atoms`, each as a range of them.
pub(super) fn fill(atoms: &[Atom<'_>], measure: Measure) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    while start < atoms.len() {
        let room = if lines.is_empty() { measure.first } else { measure.rest } * CELL;
        let end = line_end(atoms, start, room);
        lines.push(start..end);
        start = end;
    }
    lines
}

/// Where the line that begins with the atom at `start` ends.
fn line_end(atoms: &[Atom<'_>], start: usize, room: f64) -> usize {
    let mut width = Filled::default();
    let mut last_break = None;
    let mut last_loose = None;
    for (index, atom) in atoms.iter().enumerate().skip(start) {
        if index > start && atom.before == Before::End {
            return index;
        }
        if index > start && atom.before.is_break() {
            last_break = Some((index, width.total()));
        }
        if index > start && atom.before == Before::Loose {
            last_loose = Some(index);
        }
        width.add(atom);
        let over = width.total() - room;
        if over <= GRAIN {
            continue;
        }
        // Half a cell is left over by an odd number of digits: a closing mark that ends the line gives it up.
        let next = atoms.get(index + 1);
        let may_end = next.is_none_or(|next| next.before.is_break());
        if over <= HALF + GRAIN && may_end && marks::is_empty_right(atom.last()) {
            return index + 1;
        }
        return match (last_break, last_loose) {
            (Some((at, filled)), Some(loose)) if loose > at && room - filled > TORN => loose,
            (Some((at, _)), _) => at,
            (None, Some(loose)) => loose,
            (None, None) => index.max(start + 1),
        };
    }
    atoms.len()
}

/// The width of a line as it fills.
#[derive(Default)]
struct Filled {
    closed: f64,
    /// The narrow words at its end, without the last blank.
    narrow: f64,
    blank: f64,
}

impl Filled {
    fn add(&mut self, atom: &Atom<'_>) {
        match atom.width {
            Width::Cells { count, .. } => {
                self.closed += closed_up(self.narrow + self.blank) + cells(count);
                (self.narrow, self.blank) = (0.0, 0.0);
            }
            Width::Narrow { word, blank, .. } => {
                self.narrow += self.blank + word;
                self.blank = blank;
            }
        }
    }

    fn total(&self) -> f64 {
        self.closed + closed_up(self.narrow)
    }
}
