//! The strict grid: in go the texts of a page, out come their lines, every character in a cell of its own.
//!
//! The compiler closes marks up and cannot be told not to, so lines are made here and every gap is stated. They give
//! way only where they must: no line begins with a closing mark or ends with an opening one, and a number stays with
//! its unit (`whole`); then the characters of the line move apart until it is flush right. Digits take half a cell
//! each, other narrow words as many half cells as they need.

mod atoms;
mod fill;
mod insert;
mod marks;
mod set;
mod whole;

pub(super) use insert::insert;

use crate::typeset::fonts::Role;
use atoms::Before;
use serde::Serialize;

/// Cells of a full line (GB/T 9704-2012, 5.2.3).
pub(super) const CELLS: f64 = 28.0;
/// Width of the type area, pt (5.2.1: 156 mm).
const LINE: f64 = 156.0 / 25.4 * 72.0;
/// One cell, pt (3.1).
pub(super) const CELL: f64 = LINE / CELLS;
/// What a digit takes, pt.
const HALF: f64 = CELL / 2.0;

/// A stretch of text in one face.
#[derive(Debug, Clone, Copy)]
pub(super) struct Run<'t> {
    pub(super) role: Role,
    pub(super) text: &'t str,
}

/// How many cells the first line of a paragraph has room for, and how many the others.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measure {
    pub(super) first: f64,
    pub(super) rest: f64,
}

/// What is asked of the fonts.
pub(super) trait Widths {
    /// Advance of a character, em.
    fn advance(&self, role: Role, c: char) -> f64;
    /// Whether a character comes from another font than its neighbours in 仿宋: templates bring it to their height.
    fn stands_in(&self, c: char) -> bool;
}

/// A line as templates read it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Line {
    /// Tracking of its full-width characters, pt; absent on a line that keeps the grid.
    #[serde(rename = "t", skip_serializing_if = "Option::is_none")]
    tracking: Option<f64>,
    /// Whether a paragraph, or a part of it that was ended by hand, ends with it.
    #[serde(rename = "e", skip_serializing_if = "std::ops::Not::not")]
    ends: bool,
    /// What stands on it.
    #[serde(rename = "p")]
    pieces: Vec<Piece>,
}

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
enum Piece {
    /// A gap, pt, also negative.
    Gap(f64),
    /// Full-width characters in the paragraph's face.
    Cells(String),
    /// Anything else.
    Other {
        #[serde(rename = "s")]
        text: String,
        /// Tracking of its own, pt.
        #[serde(rename = "t", skip_serializing_if = "Option::is_none")]
        tracking: Option<f64>,
        /// Whether it is in the head's face.
        #[serde(rename = "h", skip_serializing_if = "std::ops::Not::not")]
        head: bool,
    },
}

/// The lines of `runs` (the first is a head when there are two) in type of `size` pt; `names`: of a list of people.
pub(super) fn lines(
    runs: &[Run<'_>],
    measure: Measure,
    size: f64,
    widths: &dyn Widths,
    names: bool,
) -> Vec<Line> {
    let head = runs.len() > 1;
    let text: String = runs.iter().map(|run| run.text).collect();
    let atoms = atoms::atoms(&text, runs, size, widths, names);
    let lines = fill::fill(&atoms, measure);
    let last = lines.len().saturating_sub(1);
    lines
        .into_iter()
        .enumerate()
        .map(|(index, range)| {
            let room = if index == 0 { measure.first } else { measure.rest } * CELL;
            let ends = index == last || atoms.get(range.end).is_some_and(|next| next.before == Before::End);
            set::set(&atoms[range], room, ends, size, head)
        })
        .collect()
}

#[cfg(test)]
mod tests;
