//! Where ink stands on the paper: the bounds of what is drawn, to which the standard measures its distances.

use super::{TYPESETTER, set};
use crate::compose::page::Page;
use crate::typeset::templates;
use crate::typeset::world::Desk;
use std::collections::BTreeMap;
use typst::layout::{Frame, FrameItem, Point, Transform};
use typst::visualize::{Geometry, Paint};
use typst_layout::PagedDocument;

/// The bounds of a run of text or of a filled bar, mm from the paper's left and top edge.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Ink {
    pub(super) page: usize,
    pub(super) left: f64,
    pub(super) right: f64,
    pub(super) top: f64,
    pub(super) bottom: f64,
    pub(super) red: bool,
    /// Empty for a bar.
    pub(super) text: String,
}

impl Ink {
    pub(super) fn centre(&self) -> f64 {
        f64::midpoint(self.left, self.right)
    }

    pub(super) fn middle(&self) -> f64 {
        f64::midpoint(self.top, self.bottom)
    }
}

/// Everything that `page` draws, in the order in which it was set.
pub(super) fn ink(page: &Page) -> Vec<Ink> {
    set(page); // the guards
    let data = serde_json::to_vec(page).expect("json");
    let files = BTreeMap::new();
    let entry = templates::entry(page.format);
    let desk = Desk::new(TYPESETTER.shelf(), &TYPESETTER.fonts, entry, data, &files).expect("a desk");
    let document = typst::compile::<PagedDocument>(&desk).output.expect("pages");
    let mut inks = Vec::new();
    for (i, page) in document.pages().iter().enumerate() {
        walk(&page.frame, Transform::identity(), i + 1, &mut inks);
    }
    inks
}

/// The bounds of all `inks` that `wanted` takes, which are some.
pub(super) fn bounds(inks: &[Ink], wanted: impl Fn(&Ink) -> bool) -> Ink {
    let all = inks.iter().filter(|ink| wanted(ink)).cloned();
    all.reduce(|a, b| Ink {
        left: a.left.min(b.left),
        right: a.right.max(b.right),
        top: a.top.min(b.top),
        bottom: a.bottom.max(b.bottom),
        text: a.text + &b.text,
        ..a
    })
    .expect("some ink")
}

/// The line of which `text` begins a run: everything whose middle is between its top and bottom.
pub(super) fn line(inks: &[Ink], text: &str) -> Ink {
    let start = inks.iter().rfind(|ink| ink.text.starts_with(text)).unwrap_or_else(|| panic!("no {text}"));
    bounds(inks, |ink| {
        ink.page == start.page && !ink.red && ink.middle() > start.top && ink.middle() < start.bottom
    })
}

fn walk(frame: &Frame, outer: Transform, page: usize, inks: &mut Vec<Ink>) {
    for (at, item) in frame.items() {
        let here = outer.pre_concat(Transform::translate(at.x, at.y));
        let (from, to, fill, text) = match item {
            FrameItem::Group(group) => {
                walk(&group.frame, here.pre_concat(group.transform), page, inks);
                continue;
            }
            FrameItem::Text(text) if !text.text.trim().is_empty() => {
                let bounds = text.bbox();
                (bounds.min, bounds.max, Some(&text.fill), text.text.to_string())
            }
            FrameItem::Shape(shape, _) => match &shape.geometry {
                Geometry::Rect(size) => (Point::zero(), size.to_point(), shape.fill.as_ref(), String::new()),
                _ => continue,
            },
            _ => continue,
        };
        let (a, b) = (from.transform(here), to.transform(here));
        inks.push(Ink {
            page,
            left: a.x.min(b.x).to_mm(),
            right: a.x.max(b.x).to_mm(),
            top: a.y.min(b.y).to_mm(),
            bottom: a.y.max(b.y).to_mm(),
            red: matches!(fill, Some(Paint::Solid(color)) if color.to_vec4()[0] > 0.5),
            text,
        });
    }
}
