//! What a page may change to hold what belongs together: in go a page and how it was set, out comes the page to try
//! instead.
//!
//! The standard names two remedies: an addressee too long for page 1 goes to the imprint (GB/T 9704-2012, 7.3.2), and
//! spacing may change where a signature finds no room with its text (7.3.5.5).

use super::guard::{Run, Setting, visible};
use super::printed::printed;
use crate::compose::page::Page;
use crate::finding::Finding;

/// Lines a page that are tried for a signature (7.3.5.5; which ones is custom): closer first.
pub(super) const OTHER_PITCHES: [u8; 2] = [23, 21];

/// Foot of the type area, mm (5.2.1).
const FOOT: f64 = 262.0;

/// A page ends early where the last baseline is this far over the foot, mm: three empty lines.
const EMPTY: f64 = 33.0;

/// Text lines over a signature that was carried over, at most.
const COMPANY: usize = 3;

/// `page` with its addressee in the imprint, when `runs` show no text on page 1.
pub(super) fn without_addressee(page: &Page, runs: &[Run]) -> Option<Page> {
    let addressee = page.addressee.as_ref()?;
    if first_of(page, runs, "/body")?.page == 1 {
        return None;
    }
    let mut page = page.clone();
    let names = addressee.trim_end_matches('：');
    page.imprint.get_or_insert_default().addressee = Some(format!("{names}。"));
    page.addressee = None;
    Some(page)
}

/// The first run of what stands in the data under `pointer`, `runs` being in the order of the data.
fn first_of<'r>(page: &Page, runs: &'r [Run], pointer: &str) -> Option<&'r Run> {
    let count = |text: &str| text.chars().filter(|&c| visible(c)).count();
    let pieces = printed(page);
    let start = pieces.iter().position(|piece| piece.pointer.starts_with(pointer))?;
    let mut passed: usize = pieces[..start].iter().map(|piece| count(piece.text)).sum();
    runs.iter().filter(|run| !run.furniture).find(|run| {
        let here = passed < count(&run.text);
        passed = passed.saturating_sub(count(&run.text));
        here
    })
}

/// How a signature stands that was carried over with next to no text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Carried {
    /// The page it is on.
    page: usize,
    /// Whether it is alone there.
    pub(super) alone: bool,
}

impl Carried {
    /// Whether `other` is better.
    pub(super) fn is_mended_by(self, other: Option<Self>) -> bool {
        other.is_none_or(|other| other.page < self.page || (self.alone && !other.alone))
    }
}

/// The signature of `page`, if it was carried over so that the page before ends early, or alone.
pub(super) fn carried_over(page: &Page, setting: &Setting) -> Option<Carried> {
    page.signature.as_ref()?;
    let (on, top) = setting.tail?;
    let baselines = |on: usize| {
        setting.runs.iter().filter(move |run| !run.furniture && run.page == on).map(|run| run.baseline)
    };
    let mut company: Vec<f64> = baselines(on).filter(|baseline| *baseline < top).collect();
    company.sort_by(f64::total_cmp);
    company.dedup_by(|a, b| (*a - *b).abs() < 0.1);
    let last = baselines(on.checked_sub(1)?).max_by(f64::total_cmp)?;
    let alone = company.is_empty();
    (alone || company.len() <= COMPANY && FOOT - last > EMPTY).then_some(Carried { page: on, alone })
}

/// The note of [`super::Sheet`] with that rule and, of another pitch, that number of lines: as it was when the sheet was
/// set.
pub fn note(rule: &str, lines: Option<u64>) -> Option<Finding> {
    match (rule, lines) {
        ("page/other-pitch", Some(lines)) => Some(other_pitch(lines)),
        ("page/moved-addressee", _) => Some(moved_addressee()),
        ("page/signature-alone", _) => Some(alone()),
        _ => None,
    }
}

/// What the build's report says of another pitch.
pub(super) fn other_pitch(lines: u64) -> Finding {
    Finding::new("page/other-pitch").fact("lines", lines)
}

/// What it says of an addressee that was moved.
pub(super) fn moved_addressee() -> Finding {
    Finding::new("page/moved-addressee")
}

/// What it says of a signature that no spacing brings to its text.
pub(super) fn alone() -> Finding {
    Finding::new("page/signature-alone")
}
