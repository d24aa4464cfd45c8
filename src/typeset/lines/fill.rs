//! Which atoms stand on which line: as few lines as there can be, moved apart as little as there can be.
//!
//! A line is full, or short because what follows may not be parted; then its characters move apart. The lines of a
//! paragraph are chosen together, so that several move apart a little, which no one sees, before one does much.

use super::atoms::{Atom, Before, Width, cells, closed_up, moves};
use super::{CELL, HALF, Measure, marks};
use std::cmp::Ordering;
use std::ops::Range;

/// What is parted that had better stay whole weighs as a line whose gaps are so much wider, cells.
const PARTED: f64 = 0.1;

/// Rounding, pt.
const GRAIN: f64 = 0.01;

/// The lines of `atoms`, each as a range of them.
pub(super) fn fill(atoms: &[Atom<'_>], measure: Measure) -> Vec<Range<usize>> {
    let mut ways: Vec<Way> = vec![Way::default(); atoms.len() + 1];
    for start in (0..atoms.len()).rev() {
        let room = if start == 0 { measure.first } else { measure.rest } * CELL;
        let way = |end: Ended| {
            let rest = &ways[end.at];
            Way { lines: rest.lines + 1, torn: rest.torn + end.torn, end: end.at }
        };
        ways[start] = ends(atoms, start, room).into_iter().map(way).min_by(Way::compare).unwrap_or_default();
    }
    let mut lines = Vec::new();
    let mut start = 0;
    while start < atoms.len() {
        let end = ways[start].end;
        lines.push(start..end);
        start = end;
    }
    lines
}

/// The best lines from an atom on.
#[derive(Debug, Clone, Copy, Default)]
struct Way {
    lines: usize,
    /// How far their characters move apart: squares of the gaps.
    torn: f64,
    /// Where the first of them ends.
    end: usize,
}

impl Way {
    /// Of two that are as good the one that fills its first line comes first.
    fn compare(a: &Self, b: &Self) -> Ordering {
        a.lines.cmp(&b.lines).then(a.torn.total_cmp(&b.torn)).then(b.end.cmp(&a.end))
    }
}

/// Where a line may end, and how far its characters then move apart.
struct Ended {
    at: usize,
    torn: f64,
}

/// Where the line that begins with the atom at `start` may end: somewhere, always.
fn ends(atoms: &[Atom<'_>], start: usize, room: f64) -> Vec<Ended> {
    let mut found = Vec::new();
    let mut width = Filled::default();
    let mut gaps = 0.0_f64;
    for (index, atom) in atoms.iter().enumerate().skip(start) {
        if let Some(before) = index.checked_sub(1).filter(|before| *before >= start) {
            let wider = (room - width.total()).max(0.0) / CELL / gaps.max(1.0);
            match atom.before {
                // Lines that end here do not move apart, and none goes on.
                Before::End => return vec![Ended { at: index, torn: 0.0 }],
                Before::Loose => found.push(Ended { at: index, torn: wider.powi(2) + PARTED.powi(2) }),
                Before::Break | Before::Part => found.push(Ended { at: index, torn: wider.powi(2) }),
                Before::Gap | Before::Kept => {}
            }
            gaps += moves(&atoms[before], atom);
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
            found.push(Ended { at: index + 1, torn: 0.0 });
        }
        if found.is_empty() {
            found.push(Ended { at: index.max(start + 1), torn: 0.0 });
        }
        return found;
    }
    vec![Ended { at: atoms.len(), torn: 0.0 }]
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
