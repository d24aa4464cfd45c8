//! What was really set: in go the laid-out pages and the page's data, out come the runs of text on the
//! paper, and a finding for every text that got lost, left the paper or has no glyph.
//!
//! The compiler can drop text without a word: when a chain of fonts has no entry open to a character,
//! or when a template forgets a field.

use crate::compose::page::Page;
use crate::finding::Finding;
use crate::typeset::printed::printed;
use std::collections::{BTreeMap, BTreeSet};
use typst::foundations::{Bytes, Label};
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::text::{Font, TextItem};
use typst_layout::PagedDocument;

/// The label under which templates set what does not come from the data (page numbers).
const FURNITURE: &str = "furniture";

/// The label under which they set what stands under the text.
const TAIL: &str = "tail";

/// Width and height of the sheet, mm (GB/T 9704-2012, 5.1).
const SHEET: (f64, f64) = (210.0, 297.0);

/// What templates and cells of tables have between characters to forbid or allow a break.
pub(super) const JOINERS: [char; 2] = ['\u{2060}', '\u{200b}'];

/// How many characters of a torn text a finding shows.
const SHOWN: usize = 20;

/// A run of text on the paper: one font, one line.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// Page, from 1.
    pub page: usize,
    /// Left end, mm from the paper's left edge.
    pub x: f64,
    /// Right end of the last advance, mm from the paper's left edge.
    pub end: f64,
    /// Baseline, mm from the paper's top edge.
    pub baseline: f64,
    /// Size of the type, pt.
    pub size: f64,
    /// Family of the font.
    pub family: String,
    /// The text.
    pub text: String,
    /// Whether it is furniture (a page number) and no part of the document's text.
    pub furniture: bool,
}

/// The text on all pages, in the order in which it was set.
#[derive(Debug, Default)]
pub(super) struct Setting {
    /// The runs.
    pub(super) runs: Vec<Run>,
    /// Page and height, mm, of what stands under the text: annex note, signature.
    pub(super) tail: Option<(usize, f64)>,
    /// The fonts that were needed, each once.
    pub(super) fonts: Vec<Font>,
    tofu: BTreeSet<(String, String)>,
    /// What begins or ends outside the paper, and its page.
    outside: Vec<(String, usize)>,
}

impl Setting {
    /// Reads the frames of `document`.
    pub(super) fn of(document: &PagedDocument) -> Self {
        let mut setting = Self::default();
        for (i, page) in document.pages().iter().enumerate() {
            setting.walk(&page.frame, Transform::identity(), i + 1, false);
        }
        setting
    }

    fn walk(&mut self, frame: &Frame, outer: Transform, page: usize, furniture: bool) {
        let is =
            |label: Option<Label>, name: &str| label.is_some_and(|label| label.resolve().as_str() == name);
        for (at, item) in frame.items() {
            let here = outer.pre_concat(Transform::translate(at.x, at.y));
            match item {
                FrameItem::Group(group) => {
                    let inner = here.pre_concat(group.transform);
                    if is(group.label, TAIL) && self.tail.is_none() {
                        self.tail = Some((page, Point::zero().transform(inner).y.to_mm()));
                    }
                    self.walk(&group.frame, inner, page, furniture || is(group.label, FURNITURE));
                }
                FrameItem::Text(text) => self.text(text, here, page, furniture),
                _ => {}
            }
        }
    }

    fn text(&mut self, item: &TextItem, here: Transform, page: usize, furniture: bool) {
        let start = Point::zero().transform(here);
        let end = Point::with_x(item.width()).transform(here);
        let off = |point: Point| {
            let (x, y) = (point.x.to_mm(), point.y.to_mm());
            x < 0.0 || x > SHEET.0 || y < 0.0 || y > SHEET.1
        };
        if (off(start) || off(end)) && item.text.chars().any(visible) {
            self.outside.push((item.text.to_string(), page));
        }
        let font = item.font.font();
        if !self.fonts.iter().any(|known| is_same_place(known.data(), font.data())) {
            self.fonts.push(font.clone());
        }
        let family = font.info().family.clone();
        for glyph in item.glyphs.iter().filter(|glyph| glyph.id == 0) {
            let lacking: String = item.text[glyph.range()].chars().filter(|&c| visible(c)).collect();
            if !lacking.is_empty() {
                self.tofu.insert((lacking, family.clone()));
            }
        }
        self.runs.push(Run {
            page,
            x: start.x.to_mm(),
            end: end.x.to_mm(),
            baseline: start.y.to_mm(),
            size: item.size.to_pt(),
            family,
            text: item.text.as_str().replace(JOINERS, ""),
            furniture,
        });
    }

    /// What is wrong with the setting of `page`; empty when every text stands on the paper.
    pub(super) fn check(&self, page: &Page) -> Vec<Finding> {
        let mut found = self.without_glyph();
        found.extend(self.off_the_paper());
        found.extend(self.lost(page));
        found
    }

    fn without_glyph(&self) -> Vec<Finding> {
        let finding = |(text, family): &(String, String)| {
            no_glyph(text).fact("pointer", "").fact("font", family.as_str())
        };
        self.tofu.iter().map(finding).collect()
    }

    fn off_the_paper(&self) -> Option<Finding> {
        let (text, page) = self.outside.first()?;
        Some(Finding::new("page/overflow").fact("text", text.as_str()).fact("page", *page))
    }

    /// Every text of the data must stand on the pages in one piece (a lost one may not hide behind a
    /// longer one that holds the same characters), and as many of each character as the data have.
    fn lost(&self, page: &Page) -> Option<Finding> {
        let pages: Vec<String> = self
            .runs
            .chunk_by(|a, b| a.page == b.page)
            .map(|runs| runs.iter().filter(|run| !run.furniture).flat_map(|run| run.text.chars()))
            .map(|text| text.filter(|&c| visible(c)).collect())
            .collect();
        let set = pages.concat();
        let wanted = printed(page);
        let pieces = wanted
            .iter()
            .map(|piece| (piece, piece.text.chars().filter(|&c| visible(c)).collect::<String>()));
        let broken =
            pieces.clone().find(|(_, text)| !set.contains(text.as_str()) && !is_carried_over(&pages, text));
        let mut left: BTreeMap<char, i64> = BTreeMap::new();
        set.chars().for_each(|c| *left.entry(c).or_default() += 1);
        pieces
            .flat_map(|(_, text)| text.chars().collect::<Vec<_>>())
            .for_each(|c| *left.entry(c).or_default() -= 1);
        let short: String = left.iter().filter(|&(_, &n)| n < 0).map(|(&c, _)| c).collect();
        if let Some((piece, text)) = broken {
            let lost = if short.is_empty() { beyond(&set, &text) } else { short };
            return Some(lost_text(&lost, &piece.pointer, piece.text));
        }
        // Everything is there once, but something that stands in the data twice is on the pages only once.
        let whose = wanted.iter().find(|piece| piece.text.chars().any(|c| short.contains(c)))?;
        Some(lost_text(&short, &whose.pointer, whose.text))
    }
}

/// Whether bytes lie at the same place in memory, as those of one font file do; to compare them would be slow.
pub(super) fn is_same_place(a: &Bytes, b: &Bytes) -> bool {
    std::ptr::eq(a.as_slice(), b.as_slice())
}

/// Whether `text` stands on pages that follow each other, a piece on each, as the cells of a row do that
/// goes on overleaf.
fn is_carried_over(pages: &[String], text: &str) -> bool {
    (0..pages.len()).any(|first| {
        let mut rest = text;
        for page in &pages[first..] {
            match known(page, rest) {
                0 => return false,
                end if end == rest.len() => return true,
                end => rest = &rest[end..],
            }
        }
        false
    })
}

/// The length in bytes of the longest beginning of `text` that stands in `set`.
fn known(set: &str, text: &str) -> usize {
    let ends: Vec<usize> = text.char_indices().map(|(i, c)| i + c.len_utf8()).collect();
    let count = ends.partition_point(|&end| set.contains(&text[..end]));
    count.checked_sub(1).map_or(0, |last| ends[last])
}

/// What follows in `text` on its longest beginning that stands in `set`, or the first of it.
fn beyond(set: &str, text: &str) -> String {
    text[known(set, text)..].chars().take(SHOWN).collect()
}

/// `page/no-glyph` for characters that no font has.
pub(super) fn no_glyph(text: &str) -> Finding {
    let codes: Vec<String> = text.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect();
    Finding::new("page/no-glyph").fact("text", text).fact("code", codes.join(" "))
}

fn lost_text(lost: &str, pointer: &str, text: &str) -> Finding {
    Finding::new("page/lost-text").fact("lost", lost).fact("pointer", pointer).fact("text", text)
}

/// Whether a character leaves a mark on paper: neither blank nor control nor an invisible joiner.
pub(super) fn visible(c: char) -> bool {
    !(c.is_whitespace()
        || c.is_control()
        || matches!(u32::from(c),
            0xAD | 0x200B..=0x200F | 0x202A..=0x202E | 0x2060..=0x206F | 0xFE00..=0xFE0F | 0xFEFF | 0xFFFC
            | 0xE0100..=0xE01EF))
}
