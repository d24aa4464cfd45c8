//! One line: its atoms as pieces, and the gaps between them.

use super::atoms::{Atom, Width, cells, closed_up, moves};
use super::{CELL, HALF, Line, Piece, marks};

/// The narrowest gap, pt: it keeps marks from being closed up.
const HAIR: f64 = 0.001;
/// What a line is short of its room, pt, so that rounding never makes it too wide.
const SPARE: f64 = 0.02;
/// Where characters would stand further apart than this, in cells, the line stays ragged.
const WIDEST: f64 = 0.6;

/// Sets `atoms` on a line of `room` pt, flush right unless the paragraph `ends` with it. `head`: the first run is in
/// the head's face.
pub(super) fn set(atoms: &[Atom<'_>], room: f64, ends: bool, size: f64, head: bool) -> Line {
    let slots = slots(atoms, size);
    let used: f64 = slots.iter().map(|slot| slot.before + slot.own + slot.after).sum();
    let gaps: f64 = atoms.windows(2).map(|two| moves(&two[0], &two[1])).sum();
    let short = room - used;
    let extra = if gaps > 0.0 && !ends { (short / gaps).max(0.0) } else { 0.0 };
    let extra = if (SPARE..WIDEST * CELL).contains(&extra) { extra } else { 0.0 };
    let mut pieces = Vec::new();
    let mut open = Cells::default();
    let mut gap = 0.0;
    for (index, (atom, slot)) in atoms.iter().zip(&slots).enumerate() {
        let before = index.checked_sub(1).map(|index| &atoms[index]);
        gap += slot.before + before.map_or(0.0, |before| extra * moves(before, atom));
        let in_head = head && atom.run == 0;
        let plain = slot.is_plain && !atom.stands_in;
        let meets_mark = before.is_none_or(|before| marks::is_closed_up(before.last()));
        let kept_apart = meets_mark && marks::is_closed_up(atom.first());
        let in_cell = (gap - (CELL - size + extra)).abs() < HAIR;
        if !plain || open.text.is_empty() || open.head != in_head || kept_apart || !in_cell {
            open.close(&mut pieces);
            if gap.abs() >= HAIR || kept_apart {
                pieces.push(Piece::Gap(round(if gap.abs() < HAIR { HAIR } else { gap })));
            }
        }
        if plain {
            open.text.push_str(atom.text);
            open.head = in_head;
        } else {
            // A narrow word at the end of the line leaves its blank behind.
            let last = index + 1 == atoms.len();
            let text = if last { atom.text.trim_end_matches(' ') } else { atom.text }.to_owned();
            pieces.push(Piece::Other { text, tracking: Some(round(slot.tracking)), head: in_head });
        }
        gap = slot.after;
    }
    open.close(&mut pieces);
    let end = gap + short.min(0.0) - SPARE;
    pieces.push(Piece::Gap(round(end)));
    Line { ends, tracking: (extra > 0.0).then(|| round(CELL - size + extra)), pieces }
}

/// Full-width characters that one piece can hold.
#[derive(Default)]
struct Cells {
    text: String,
    head: bool,
}

impl Cells {
    fn close(&mut self, pieces: &mut Vec<Piece>) {
        let text = std::mem::take(&mut self.text);
        match (text.is_empty(), self.head) {
            (true, _) => {}
            (false, true) => pieces.push(Piece::Other { text, tracking: None, head: true }),
            (false, false) => pieces.push(Piece::Cells(text)),
        }
    }
}

/// To a ten-thousandth of a point, which no one sees and templates read faster.
fn round(pt: f64) -> f64 {
    (pt * 1e4).round() / 1e4
}

/// Whether `atom` is a full-width mark of that sort.
fn leans(atom: &Atom<'_>, is: fn(char) -> bool) -> bool {
    !atom.is_narrow() && is(atom.first())
}

/// What an atom takes on a line that keeps the grid, pt.
struct Slot {
    before: f64,
    /// Its glyphs, as the compiler sets them.
    own: f64,
    after: f64,
    /// Tracking between its glyphs.
    tracking: f64,
    /// Whether it is one full-width glyph in its cell.
    is_plain: bool,
}

fn slots(atoms: &[Atom<'_>], size: f64) -> Vec<Slot> {
    let mut slots: Vec<Slot> =
        atoms.iter().enumerate().map(|(at, atom)| slot(atom, size, at + 1 == atoms.len())).collect();
    // Words between full-width characters stand in the middle of the half cells they need.
    let mut start = 0;
    for words in atoms.chunk_by(|a, b| a.is_narrow() == b.is_narrow()) {
        let end = start + words.len();
        if words[0].is_narrow() {
            let natural: f64 = slots[start..end].iter().map(|slot| slot.own + slot.after).sum();
            let rest = closed_up(natural) - natural;
            // `1. 9:00—9:30`: between words a little more is not seen.
            let blank = atoms[start..end - 1].iter().position(|word| word.text.ends_with(' '));
            if let (0, Some(at)) = (start, blank) {
                slots[at].after += rest;
                start = end;
                continue;
            }
            let before = match (start == 0, end == atoms.len()) {
                (true, _) => 0.0,
                (false, true) => rest,
                (false, false) => rest / 2.0,
            };
            // A mark leans on the word it belongs to.
            let opened = atoms[..start].iter().rev().take_while(|atom| leans(atom, marks::opens)).count();
            let closed = atoms[end..].iter().take_while(|atom| leans(atom, marks::closes)).count();
            slots[start - opened].before += before;
            slots[end - 1 + closed].after += rest - before;
        }
        start = end;
    }
    slots
}

fn slot(atom: &Atom<'_>, size: f64, last: bool) -> Slot {
    match atom.width {
        Width::Cells { count, glyph } => {
            let room = cells(count);
            let full = size * f64::from(count);
            let before = match () {
                () if marks::opens(atom.first()) => full - glyph,
                () if marks::closes(atom.first()) && atom.first() != '·' => 0.0,
                () => (full - glyph) / 2.0,
            };
            let is_plain = count == 1 && (full - glyph).abs() < HAIR;
            Slot { before, own: glyph, after: room - before - glyph, tracking: 0.0, is_plain }
        }
        Width::Narrow { word, blank, digits } => {
            let blank = if last { 0.0 } else { blank };
            if digits == 0 {
                return Slot { before: 0.0, own: word + blank, after: 0.0, tracking: 0.0, is_plain: false };
            }
            let tracking = HALF - size / 2.0;
            let after = if blank > 0.0 { 0.0 } else { tracking };
            Slot { before: 0.0, own: word + blank - after, after, tracking, is_plain: false }
        }
    }
}
