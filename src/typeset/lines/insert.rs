//! Which texts of a page are made into lines, and where templates find them: beside the text.

use super::whole::joined;
use super::{CELLS, Measure, Run, Widths, lines};
use crate::compose::page::{Block, Grid, Page};
use crate::typeset::fonts::Role;
use serde_json::{Value, json};

/// Indent of a paragraph, characters (7.3.3), of an annex note (7.3.4), a list of people (10.3) and a note (7.3.6).
const INDENT: f64 = 2.0;
/// `附件：` (7.3.4).
const ANNEX_LABEL: f64 = 3.0;
/// The line of the type area, characters.
const FULL: f64 = CELLS;

const PARAGRAPH: Measure = Measure { first: FULL - INDENT, rest: FULL };
const FLUSH: Measure = Measure { first: FULL, rest: FULL };

/// Faces of the four levels of headings (7.3.3).
const LEVELS: [Role; 4] = [Role::Hei, Role::Kai, Role::Fang, Role::Fang];

/// Puts into `data`, which is `page` as JSON, the lines of its texts.
pub(in crate::typeset) fn insert(data: &mut Value, page: &Page, widths: &dyn Widths) {
    if page.style.grid == Grid::Natural {
        return join(data);
    }
    let set = |runs: &[Run<'_>], measure| json!(lines(runs, measure, page.style.size, widths, false));
    let text = |text: &str, measure| set(&[Run { role: Role::Fang, text }], measure);
    let blocks = |data: &mut Value, blocks: &[Block]| {
        for (data, block) in data.as_array_mut().into_iter().flatten().zip(blocks) {
            let lines = match block {
                Block::Paragraph { text: words } => text(words, PARAGRAPH),
                Block::Heading { level, text } => set(&[Run { role: face(*level), text }], PARAGRAPH),
                Block::RunIn { level, head, text } => {
                    let head = Run { role: face(*level), text: head };
                    set(&[head, Run { role: Role::Fang, text }], PARAGRAPH)
                }
                Block::Table { .. } | Block::Picture { .. } => continue,
            };
            data["lines"] = lines;
        }
    };
    blocks(&mut data["body"], &page.body);
    for (data, annex) in data["annexes"].as_array_mut().into_iter().flatten().zip(&page.annexes) {
        blocks(&mut data["body"], &annex.body);
    }
    let hanging = |taken: f64| Measure { first: FULL - INDENT - taken, rest: FULL - INDENT - taken };
    let number = match page.annex_notes.len() {
        0 | 1 => 0.0,
        2..=9 => 1.0,
        _ => 1.5,
    };
    let annex_notes: Vec<Value> =
        page.annex_notes.iter().map(|name| text(name, hanging(ANNEX_LABEL + number))).collect();
    let people = |list: &crate::compose::page::Attendees| {
        let measure = hanging(list.label.chars().map(|_| 1.0).sum::<f64>() + 1.0);
        json!(lines(&[Run { role: Role::Fang, text: &list.text }], measure, page.style.size, widths, true))
    };
    data["lines"] = json!({
        "addressee": page.addressee.as_ref().map(|names| text(names, FLUSH)),
        "annex_notes": annex_notes,
        "attendees": page.attendees.iter().map(people).collect::<Vec<_>>(),
        "note": page.note.as_ref().map(|note| text(note, PARAGRAPH)),
    });
}

/// Joins what stays whole in the paragraphs of a page on the natural grid.
fn join(data: &mut Value) {
    let blocks = |body: &mut Value| {
        for block in body.as_array_mut().into_iter().flatten() {
            if let Some(Value::String(text)) = block.get_mut("text") {
                *text = joined(text);
            }
        }
    };
    blocks(&mut data["body"]);
    for annex in data["annexes"].as_array_mut().into_iter().flatten() {
        blocks(&mut annex["body"]);
    }
}

fn face(level: u8) -> Role {
    LEVELS.get(usize::from(level).saturating_sub(1)).copied().unwrap_or(Role::Fang)
}
