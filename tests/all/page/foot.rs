//! Signature and note (7.3.5, 7.3.6), imprint (7.4), page numbers (7.5).

use crate::page::document::Document;
use crate::page::ledger::Strength::{Custom, Generally, Must, Recommended};
use crate::page::ledger::{Clause, Ledger, clause};
use crate::page::place::{CELL, FOOT, Face, LEFT, Line, NEAR, NEAR_CELL, NEAR_LINE, RIGHT, WIDTH, ink};
use crate::page::read::{Glyph, PT, Rule};
use baosong::compose::page::{Format, SignatureForm};
use kurbo::Rect;

const DATE_FORM: Clause = clause("7.3.5.4", Must, "form of the date");
const SEAL_DATE: Clause = clause("7.3.5.1", Generally, "sealed: characters right of the date");
const SEAL_MIDDLE: Clause = clause("7.3.5.1", Must, "sealed: organ off the middle of the date");
const SEAL_ROOM: Clause = clause("7.3.5.1", Must, "sealed: text to the date's middle, for a seal of 42 mm");
const SEALS_APART: Clause = clause("7.3.5.1", Must, "joint: distance of the seals' middles");
const SEALS_INSIDE: Clause = clause("7.3.5.1", Must, "joint: seals outside the type area");
const PLAIN_GAP: Clause = clause("7.3.5.2", Must, "unsealed: blank lines over the organ");
const PLAIN_RIGHT: Clause = clause("7.3.5.2", Must, "unsealed: characters right of organ or longer date");
const PLAIN_SHIFT: Clause = clause("7.3.5.2", Must, "unsealed: date begins after the organ, characters");
const STAMP_GAP: Clause = clause("7.3.5.3", Must, "stamped: blank lines over the post at the least");
const STAMP_DATE: Clause = clause("7.3.5.3", Must, "stamped: characters right of the date");
const STAMP_POST: Clause = clause("7.3.5.3", Must, "stamped: post to the right edge less six characters, mm");
const STAMP_UNDER: Clause = clause("7.3.5.3", Must, "stamped: blank lines between stamp and date");
const NEVER_ALONE: Clause = clause("7.3.5.5", Custom, "lines of text on the signature's page");
const NOTE_LINE: Clause = clause("7.3.6", Must, "lines from date to note");
const NOTE_INDENT: Clause = clause("7.3.6", Must, "indent of the note, characters");
const NOTE_FORM: Clause = clause("7.3.6", Must, "note in round brackets");
const OUTER: Clause = clause("7.4.1", Recommended, "weight of the imprint's first and last rule");
const INNER: Clause = clause("7.4.1", Recommended, "weight of the imprint's inner rules");
const RULE_WIDTH: Clause = clause("7.4.1", Must, "width of the imprint's rules");
const LAST_RULE: Clause = clause("7.4.1", Must, "last rule on the type area's foot");
const LAST_PAGE: Clause = clause("7.4", Must, "page of the imprint, from the last");
const EVEN_PAGE: Clause = clause("7.4", Custom, "imprint on an even page");
const IMPRINT_SIZE: Clause = clause("7.4.2", Generally, "size of the imprint, pt");
const IMPRINT_LEFT: Clause = clause("7.4.2", Generally, "imprint one character from the left, mm");
const IMPRINT_RIGHT: Clause = clause("7.4.3", Generally, "date of issue one character from the right, mm");
const IMPRINT_HANG: Clause = clause("7.4.2", Generally, "抄送 turns over under the first name");
const IMPRINT_STOP: Clause = clause("7.4.2", Generally, "full stop at the end of 抄送");
const ISSUED: Clause = clause("7.4.3", Generally, "date of issue followed by 印发");
const LETTER_IMPRINT: Clause = clause("10.1", Must, "black rules of a letter's imprint");
const FOLIO_FORM: Clause = clause("7.5", Generally, "form of the page number");
const FOLIO_SIZE: Clause = clause("7.5", Generally, "size of the page number, pt");
const FOLIO_FACE: Clause = clause("7.5", Generally, "page numbers that are not 宋体");
const FOLIO_DROP: Clause = clause("7.5", Must, "dashes under the type area");
const FOLIO_ODD: Clause = clause("7.5", Must, "odd pages: number from the right, mm");
const FOLIO_EVEN: Clause = clause("7.5", Must, "even pages: number from the left, mm");
const FOLIO_NONE: Clause = clause("7.5", Must, "number on blank pages before the imprint and on its page");
const FOLIO_LETTER: Clause = clause("10.1", Must, "number on page 1 of a letter");

/// A character of 四号, mm.
const SMALL: f64 = 14.0 * PT;
/// Diameter of the seal of an enterprise or a unit, mm.
const SEAL: f64 = 42.0;

pub(super) fn check(it: &Document<'_>, ledger: &mut Ledger) {
    if it.page.signature.is_some() && !it.date.is_empty() {
        signature(it, ledger);
    }
    if it.page.imprint.is_some() {
        imprint(it, ledger);
    }
    folios(it, ledger);
}

fn count(n: usize) -> f64 {
    f64::from(u32::try_from(n).expect("few"))
}

/// `2026年4月24日`: whole, without leading zeros.
fn is_date(text: &str) -> bool {
    let parts = text.split_once('年').and_then(|(year, rest)| Some((year, rest.split_once('月')?)));
    let Some((year, (month, day))) = parts else { return false };
    let Some(day) = day.strip_suffix('日') else { return false };
    let number = |part: &str, most: u32| {
        !part.starts_with('0') && part.parse::<u32>().is_ok_and(|number| number <= most)
    };
    year.len() == 4 && number(year, 9999) && number(month, 12) && number(day, 31)
}

fn signature(it: &Document<'_>, ledger: &mut Ledger) {
    let Some(signature) = &it.page.signature else { return };
    let date = &it.date[0];
    let text = date.text();
    ledger.is(DATE_FORM, "2026年4月24日", &text, is_date(&text));
    let right = it.left(date.page) + WIDTH;
    let over = [it.last_of_text(), it.annex_notes.last().and_then(|it| it.last())];
    let over = over.into_iter().flatten().rfind(|line| line.page == date.page);
    let company = it.body.iter().flat_map(|(_, lines)| lines).filter(|line| line.page == date.page).count();
    ledger.between(NEVER_ALONE, 1.0, 22.0, [count(company)]);
    let organs: Vec<Rect> = it.organs.iter().filter(|it| !it.is_empty()).map(|it| ink(it)).collect();
    let lines: Vec<&Line<'_>> = it.organs.iter().flatten().collect();
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return };
    match signature.form {
        SignatureForm::Seal => {
            let widest = lines.iter().map(|line| line.end() - line.x()).fold(0.0, f64::max);
            let date_width = date.end() - date.x();
            // A name that reaches further right than the date moves all to the left.
            if widest < date_width + 4.0 * CELL {
                ledger.near(SEAL_DATE, 4.0, NEAR_CELL, [(right - date.end()) / CELL]);
            }
            // In a joint issue the date belongs to the last organ.
            ledger.near(SEAL_MIDDLE, 0.0, NEAR, [last.middle() - date.middle()]);
            if let Some(over) = over {
                // It presses on the date, at the least down to the middle of it.
                let room = date.ink().center().y - over.ink().y1;
                let rows = organs.iter().map(|organ| organ.y1.round()).fold(Vec::new(), |mut rows, y| {
                    if rows.last() != Some(&y) {
                        rows.push(y);
                    }
                    rows
                });
                if rows.len() == 1 {
                    ledger.between(SEAL_ROOM, it.lines.pitch, it.lines.pitch + SEAL, [room]);
                }
            }
            let middles: Vec<_> = organs.iter().map(Rect::center).collect();
            let pairs = middles.windows(2).map(|pair| (pair[1] - pair[0]).hypot());
            ledger.between(SEALS_APART, SEAL, 225.0, pairs);
            if organs.len() > 1 {
                let outside = middles.iter().filter(|middle| {
                    middle.x - SEAL / 2.0 < LEFT - NEAR || middle.x + SEAL / 2.0 > RIGHT + NEAR
                });
                ledger.none(SEALS_INSIDE, outside.map(|middle| format!("at {:.1}", middle.x)));
            }
        }
        SignatureForm::Plain => {
            let gap = over.map(|over| (first.y() - over.y()) / it.lines.pitch - 1.0);
            ledger.near(PLAIN_GAP, 1.0, NEAR_LINE, gap);
            // The longer of the two has its distance from the right edge, the other follows.
            let widest = lines.iter().copied().max_by(|a, b| (a.end() - a.x()).total_cmp(&(b.end() - b.x())));
            let longer = widest.filter(|organ| organ.end() - organ.x() >= date.end() - date.x());
            ledger.near(PLAIN_RIGHT, 2.0, NEAR_CELL, [(right - longer.unwrap_or(date).end()) / CELL]);
            let begin = lines.iter().map(|line| line.x()).fold(right, f64::min);
            let shift = (date.x() - begin) / CELL;
            ledger.near(PLAIN_SHIFT, 2.0, NEAR_CELL, [shift]);
        }
        SignatureForm::Stamp => {
            let gap = over.map(|over| (first.y() - over.y()) / it.lines.pitch - 1.0);
            ledger.between(STAMP_GAP, 2.0 - NEAR_LINE, 6.0, gap);
            ledger.near(STAMP_DATE, 4.0, NEAR_CELL, [(right - date.end()) / CELL]);
            // The width of the stamp is the house's: what is left between post and right edge.
            let room = right - 6.0 * CELL - last.end();
            ledger.between(STAMP_POST, 15.0, 60.0, [room]);
            // The post stands in the middle of a stamp that is at the least as high as a line.
            ledger.between(STAMP_UNDER, 1.0, 4.0, [(date.y() - last.y()) / it.lines.pitch - 1.0]);
        }
    }
    if let (Some(note), Some(order)) = (it.note.first(), &it.page.note) {
        let step = (note.y() - date.y()) / it.lines.pitch;
        ledger.near(NOTE_LINE, 1.0, NEAR_LINE, (note.page == date.page).then_some(step));
        ledger.near(NOTE_INDENT, 2.0, NEAR_CELL, [(note.x() - it.left(note.page)) / CELL]);
        let round = order.starts_with('（') && order.ends_with('）');
        ledger.is(NOTE_FORM, "（……）", order, round);
    }
}

fn imprint(it: &Document<'_>, ledger: &mut Ledger) {
    let Some(lowest) = it.imprint.iter().flatten().max_by(|a, b| a.y().total_cmp(&b.y())) else { return };
    let last = it.paper.sheets.len() - 1;
    ledger.near(LAST_PAGE, 0.0, 0.0, [count(last - lowest.page)]);
    if it.page.style.even_imprint {
        ledger.is(EVEN_PAGE, "even", lowest.page + 1, lowest.page % 2 == 1);
    }
    let left = it.left(lowest.page);
    let sizes = it.imprint.iter().flatten().flat_map(|line| &line.glyphs).map(|glyph| glyph.size);
    ledger.near(IMPRINT_SIZE, 14.0, 0.05, sizes);
    let firsts = it.imprint[..3].iter().filter_map(|lines| lines.first());
    ledger.near(IMPRINT_LEFT, SMALL, NEAR, firsts.map(|line| line.x() - left));
    let issued = it.imprint[3].last();
    ledger.near(IMPRINT_RIGHT, SMALL, NEAR, issued.map(|line| left + WIDTH - line.end()));
    if let Some(line) = issued {
        ledger.is(ISSUED, "……日印发", line.text(), line.text().ends_with("日印发"));
    }
    for lines in it.imprint[..2].iter().filter(|lines| !lines.is_empty()) {
        let name = lines[0].glyphs[3].x;
        ledger.near(IMPRINT_HANG, 0.0, NEAR, lines[1..].iter().map(|line| line.x() - name));
        let end = lines.last().map(Line::text).unwrap_or_default();
        ledger.is(IMPRINT_STOP, "。", &end, end.ends_with('。'));
    }
    imprint_rules(it, ledger, lowest);
}

fn imprint_rules(it: &Document<'_>, ledger: &mut Ledger, lowest: &Line<'_>) {
    let first = it.imprint.iter().flatten().map(Line::y).fold(FOOT, f64::min);
    let rules = it.paper.sheets[lowest.page].rules.iter();
    let near = |rule: &&Rule| rule.is_horizontal() && rule.area.y0 > first - 2.0 * it.lines.pitch;
    let mut rules: Vec<&Rule> = rules.filter(near).filter(|rule| rule.colour == [0, 0, 0]).collect();
    rules.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0));
    if it.page.format == Format::Letter {
        return ledger.near(LETTER_IMPRINT, 0.0, 0.0, [count(rules.len())]);
    }
    let (outer, inner): (Vec<_>, Vec<_>) = match &rules[..] {
        [first, inner @ .., last] => (vec![*first, *last], inner.to_vec()),
        _ => (Vec::new(), Vec::new()),
    };
    let weight = |rule: &&Rule| rule.area.height();
    // As fine as the difference between the two weights asks for.
    let none = outer.is_empty().then_some(0.0);
    ledger.near(OUTER, 0.35, 0.02, outer.iter().map(weight).chain(none));
    ledger.near(INNER, 0.25, 0.02, inner.iter().map(weight));
    ledger.near(RULE_WIDTH, WIDTH, NEAR, rules.iter().map(|rule| rule.area.width()));
    ledger.near(LAST_RULE, FOOT, NEAR, outer.last().map(|rule| rule.area.center().y));
}

fn folios(it: &Document<'_>, ledger: &mut Ledger) {
    let sheets = &it.paper.sheets;
    let below = |line: &&Vec<Glyph>| line[0].y > FOOT + 1.0;
    let has_text = |i: usize| sheets[i].lines.iter().any(|line| line[0].y <= FOOT + 1.0);
    let blank = (0..sheets.len())
        .find(|&i| !has_text(i) && sheets[i].turned.is_empty() && sheets[i].pictures.is_empty());
    for (i, sheet) in sheets.iter().enumerate() {
        let folio: Vec<&Glyph> = sheet.lines.iter().filter(below).flatten().collect();
        // From a blank page on to the imprint's there are no numbers; none on page 1 of a letter (10.1).
        let letter = i == 0 && it.page.format == Format::Letter;
        let none = letter || blank.is_some_and(|blank| i >= blank);
        let text: String = folio.iter().map(|glyph| glyph.text.as_str()).collect();
        let wanted = if none { String::new() } else { format!("—{}—", i + 1) };
        let clause = if letter {
            FOLIO_LETTER
        } else if none {
            FOLIO_NONE
        } else {
            FOLIO_FORM
        };
        ledger.is(clause, &wanted, &text, text == wanted);
        let (Some(first), Some(last)) = (folio.first(), folio.last()) else { continue };
        ledger.near(FOLIO_SIZE, 14.0, 0.05, folio.iter().map(|glyph| glyph.size));
        let strange = folio.iter().filter(|glyph| !matches!(glyph.face(), Some(Face::Song | Face::Latin)));
        ledger.none(FOLIO_FACE, strange.map(|glyph| glyph.font.clone()));
        // 一字线上距版心下边缘7 mm: to the dash's upper edge.
        let dashes = [first, last].map(|glyph| glyph.ink.y0 - FOOT);
        ledger.near(FOLIO_DROP, 7.0, NEAR, dashes);
        // One character of 四号 or of 三号: the standard does not say which.
        let (low, high) = (SMALL - NEAR, CELL + NEAR);
        let left = it.left(i);
        if i % 2 == 0 {
            ledger.between(FOLIO_ODD, low, high, [left + WIDTH - last.end]);
        } else {
            ledger.between(FOLIO_EVEN, low, high, [first.x - left]);
        }
    }
}
