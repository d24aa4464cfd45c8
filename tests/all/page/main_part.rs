//! 主体: title, addressee, text, annex note, attendees, annexes (7.3.1–7.3.4, 7.3.7, 10.3).

use crate::page::document::Document;
use crate::page::head::{blank_lines, red_rules};
use crate::page::ledger::Strength::{Custom, Generally, Must};
use crate::page::ledger::{Clause, Ledger, clause};
use crate::page::place::{CELL, Face, LEFT, Line, NEAR, NEAR_CELL, NEAR_LINE, TOP, WIDTH, ink, share_of};
use baosong::compose::page::{Block, Format};

const MISSING: Clause = clause("7", Must, "texts that are not at their place");
const TITLE_SIZE: Clause = clause("7.3.1", Generally, "size of the title, pt");
const TITLE_FACE: Clause = clause("7.3.1", Generally, "share of the title in 小标宋");
const TITLE_GAP: Clause = clause("7.3.1", Must, "red rule to the title's ink, blank lines");
const LETTER_TITLE_GAP: Clause =
    clause("10.1", Must, "last part of the head to the title's ink, blank lines");
const TITLE_MIDDLE: Clause = clause("7.3.1", Must, "middle of the title's lines");
const TITLE_LENGTH: Clause = clause("7.3.1", Custom, "characters of the title's longest line");
const TITLE_PITCH: Clause = clause("3.2", Must, "distance of the title's lines");
const TITLE_SHAPE: Clause = clause("7.3.1", Must, "title that is a rectangle or an hourglass");
const TITLE_END: Clause = clause("7.3.1", Custom, "characters of the title's last line");
const ADDRESSEE_GAP: Clause = clause("7.3.2", Must, "blank lines between title and addressee");
const ADDRESSEE_LEFT: Clause = clause("7.3.2", Must, "addressee flush left");
const ADDRESSEE_END: Clause = clause("7.3.2", Must, "full-width colon at the addressee's end");
const TEXT_AFTER: Clause = clause("7.3.3", Must, "lines from addressee to text");
const FIRST_PAGE: Clause = clause("7.3.3", Must, "page 1 shows text");
const COMMAND_GAP: Clause = clause("10.2", Must, "number's ink to the text's, blank lines");
const INDENT: Clause = clause("7.3.3", Must, "indent of paragraphs and headings, characters");
const LEVELS: [Clause; 4] = [
    clause("7.3.3", Generally, "share of level 1 in 黑体"),
    clause("7.3.3", Generally, "share of level 2 in 楷体"),
    clause("7.3.3", Generally, "share of level 3 in 仿宋"),
    clause("7.3.3", Generally, "share of level 4 in 仿宋"),
];
const NOTE_GAP: Clause = clause("7.3.4", Must, "blank lines over 附件说明");
const NOTE_INDENT: Clause = clause("7.3.4", Must, "indent of 附件：, characters");
const NOTE_ALIGN: Clause = clause("7.3.4", Must, "numbers of annexes under each other");
const NOTE_HANG: Clause = clause("7.3.4", Must, "annex names turn over under their first character");
const NOTE_END: Clause = clause("7.3.4", Must, "annex names that end with a mark");
const ATTENDEES_GAP: Clause = clause("10.3", Must, "blank lines over 出席");
const ATTENDEES_INDENT: Clause = clause("10.3", Must, "indent of 出席, 请假, 列席, characters");
const ATTENDEES_FACE: Clause = clause("10.3", Must, "share of 出席 and so on in 黑体");
const ATTENDEES_NAMES: Clause = clause("10.3", Must, "share of the names in 仿宋");
const ATTENDEES_HANG: Clause = clause("10.3", Must, "names turn over under the first one");
const ANNEX_PAGE: Clause = clause("7.3.7", Must, "annexes that begin no page");
const ANNEX_LABEL: Clause = clause("7.3.7", Must, "baseline of 附件 on line 1");
const ANNEX_LEFT: Clause = clause("7.3.7", Must, "附件 flush left");
const ANNEX_FACE: Clause = clause("7.3.7", Must, "share of 附件 in 黑体");
const ANNEX_TITLE: Clause = clause("7.3.7", Must, "middle of the annex title's ink, line");
const ANNEX_MIDDLE: Clause = clause("7.3.7", Must, "middle of the annex title");
const ANNEX_NAMES: Clause = clause("7.3.7", Must, "annexes that are named otherwise in 附件说明");

/// A line of the title (3.2): a 二号 character and 7/8 of a 三号 one.
const TITLE_LINE: f64 = 36.0 * 25.4 / 72.0;

pub(super) fn check(it: &Document<'_>, ledger: &mut Ledger) {
    ledger.none(MISSING, it.missing.iter().cloned());
    title(it, ledger);
    text(it, ledger);
    annex_note(it, ledger);
    attendees(it, ledger);
    annexes(it, ledger);
}

fn count(text: &str) -> f64 {
    let wide = text.chars().filter(|c| !c.is_ascii()).count();
    let narrow = text.chars().count() - wide;
    f64::from(u32::try_from(wide).expect("few")) + f64::from(u32::try_from(narrow).expect("few")) / 2.0
}

fn title(it: &Document<'_>, ledger: &mut Ledger) {
    let Some(first) = it.title.first() else { return };
    let glyphs = it.title.iter().flat_map(|line| &line.glyphs);
    ledger.near(TITLE_SIZE, 22.0, 0.05, glyphs.map(|glyph| glyph.size));
    ledger.between(TITLE_FACE, 1.0, 1.0, share_of(Face::Biao, &it.title));
    ledger.near(TITLE_MIDDLE, LEFT + WIDTH / 2.0, NEAR, it.title.iter().map(Line::middle));
    let pitches = it.title.windows(2).map(|pair| pair[1].y() - pair[0].y());
    ledger.near(TITLE_PITCH, TITLE_LINE, NEAR, pitches);
    let lengths: Vec<f64> = it.title.iter().map(|line| count(&line.text())).collect();
    ledger.between(TITLE_LENGTH, 1.0, 20.0, lengths.iter().copied());
    if lengths.len() > 1 {
        let rectangle = lengths.windows(2).all(|pair| (pair[0] - pair[1]).abs() < 0.1);
        let hourglass = lengths.windows(3).any(|three| three[1] < three[0] && three[1] < three[2]);
        ledger.none(TITLE_SHAPE, (rectangle || hourglass).then(|| format!("{lengths:?}")));
        ledger.between(TITLE_END, 3.0, 20.0, lengths.last().copied());
    }
    match it.page.format {
        Format::General | Format::Minutes => {
            if let Some(rule) = red_rules(it, 0).first() {
                blank_lines(it, ledger, TITLE_GAP, 2.0, [rule.area.y1, first.ink().y0]);
            }
        }
        Format::Letter => {
            let over = it.labels.iter().chain(&it.number).map(|lines| ink(lines).y1);
            let gap = first.ink().y0 - over.fold(0.0, f64::max);
            // 相距二行: two blank lines, or the distance of two lines, which is one.
            ledger.between(
                LETTER_TITLE_GAP,
                1.0,
                2.0 + it.lines.lead() / it.lines.pitch + NEAR_LINE,
                [gap / it.lines.pitch],
            );
        }
        Format::Command | Format::Plain => {}
    }
    if let Some(to) = it.addressee.first() {
        let last = it.title.last().unwrap_or(first);
        // The title's lines are higher than those of the text, which returns to its grid: the blank line is
        // up to two thirds of a line more or less.
        let gap = (to.ink().y0 - last.ink().y1 - it.lines.lead()) / it.lines.pitch;
        if it.page.subtitle.is_none() {
            ledger.near(ADDRESSEE_GAP, 1.0, 0.68, [gap]);
        }
    }
}

fn text(it: &Document<'_>, ledger: &mut Ledger) {
    let first = it.body.first().and_then(|(_, lines)| lines.first());
    if let (Some(first), Some(last)) = (first, it.addressee.last()) {
        ledger.near(ADDRESSEE_LEFT, LEFT, NEAR, it.addressee.iter().map(Line::x));
        let text = last.text();
        let end: String = text.chars().next_back().into_iter().collect();
        ledger.is(ADDRESSEE_END, '：', &end, end == "：");
        let same = first.page == last.page;
        ledger.near(TEXT_AFTER, 1.0, NEAR_LINE, same.then(|| (first.y() - last.y()) / it.lines.pitch));
    }
    let on_first = it.body.iter().flat_map(|(_, lines)| lines).filter(|line| line.page == 0).count();
    ledger.is(FIRST_PAGE, "text", format!("{on_first} lines"), on_first > 0);
    if let (Format::Command, Some(number), Some(first)) = (it.page.format, &it.number, first)
        && !number.is_empty()
    {
        blank_lines(it, ledger, COMMAND_GAP, 2.0, [ink(number).y1, first.ink().y0]);
    }
    let indents = it.prose().map(|(_, lines)| (lines[0].x() - it.left(lines[0].page)) / CELL);
    ledger.near(INDENT, 2.0, NEAR_CELL, indents);
    for (block, lines) in it.prose() {
        let (level, head) = match block {
            Block::Heading { level, text } => (*level, text),
            Block::RunIn { level, head, .. } => (*level, head),
            _ => continue,
        };
        let index = usize::from(level.clamp(1, 4)) - 1;
        let face = [Face::Hei, Face::Kai, Face::Fang, Face::Fang][index];
        let mut left = head.chars().count();
        let glyphs = lines.iter().flat_map(|line| &line.glyphs).take_while(|glyph| {
            let inside = left > 0;
            left = left.saturating_sub(glyph.text.chars().count());
            inside
        });
        let head = Line { page: 0, glyphs: glyphs.copied().collect() };
        ledger.between(LEVELS[index], 1.0, 1.0, share_of(face, &[head]));
    }
}

/// Lines between `over` and `under`, if they are on one page.
fn lines_between(it: &Document<'_>, over: Option<&Line<'_>>, under: Option<&Line<'_>>) -> Option<f64> {
    let (over, under) = (over?, under?);
    (over.page == under.page).then(|| (under.y() - over.y()) / it.lines.pitch - 1.0)
}

fn annex_note(it: &Document<'_>, ledger: &mut Ledger) {
    let Some(first) = it.annex_notes.first().and_then(|lines| lines.first()) else { return };
    ledger.near(NOTE_GAP, 1.0, NEAR_LINE, lines_between(it, it.last_of_text(), Some(first)));
    ledger.near(NOTE_INDENT, 2.0, NEAR_CELL, [(first.x() - it.left(first.page)) / CELL]);
    // 附件： and, when there are several, a number and a point.
    let label = 3;
    let several = it.annex_notes.len() > 1;
    let start =
        |i: usize, line: &Line<'_>| line.glyphs.get(if i == 0 { label } else { 0 }).map(|glyph| glyph.x);
    let starts: Vec<f64> = it
        .annex_notes
        .iter()
        .enumerate()
        .filter_map(|(i, lines)| start(i, lines.first()?).map(|x| x - it.left(lines[0].page)))
        .collect();
    ledger.near(NOTE_ALIGN, 0.0, NEAR, starts.iter().map(|x| x - starts[0]));
    for (i, lines) in it.annex_notes.iter().enumerate() {
        let number = if several { 1 + (i + 1).to_string().len() } else { 0 };
        let lead = number + if i == 0 { label } else { 0 };
        let name = lines.first().and_then(|line| line.glyphs.get(lead)).map(|glyph| glyph.x);
        let turned = lines.iter().skip(1).map(Line::x);
        ledger.near(NOTE_HANG, 0.0, NEAR, turned.filter_map(|x| name.map(|name| x - name)));
    }
    let ends = it.annex_notes.iter().filter_map(|lines| lines.last().map(Line::text));
    ledger.none(NOTE_END, ends.filter(|text| text.ends_with(['。', '；', '，', '、', ';', '.'])));
}

fn attendees(it: &Document<'_>, ledger: &mut Ledger) {
    let Some(first) = it.attendees.first().and_then(|lines| lines.first()) else { return };
    let over = it.annex_notes.last().and_then(|lines| lines.last()).or(it.last_of_text());
    ledger.near(ATTENDEES_GAP, 1.0, NEAR_LINE, lines_between(it, over, Some(first)));
    for (list, lines) in it.page.attendees.iter().zip(&it.attendees) {
        let Some(first) = lines.first() else { continue };
        ledger.near(ATTENDEES_INDENT, 2.0, NEAR_CELL, [(first.x() - it.left(first.page)) / CELL]);
        let label = list.label.chars().count();
        let part = |glyphs: &[&_]| Line { page: 0, glyphs: glyphs.iter().map(|glyph| **glyph).collect() };
        let glyphs: Vec<&_> = lines.iter().flat_map(|line| &line.glyphs).collect();
        ledger.between(ATTENDEES_FACE, 1.0, 1.0, share_of(Face::Hei, &[part(&glyphs[..label])]));
        ledger.between(ATTENDEES_NAMES, 0.9, 1.0, share_of(Face::Fang, &[part(&glyphs[label + 1..])]));
        let name = first.glyphs[label + 1].x - it.left(first.page);
        let turned = lines.iter().skip(1).map(|line| line.x() - it.left(line.page) - name);
        ledger.near(ATTENDEES_HANG, 0.0, NEAR, turned);
    }
}

fn annexes(it: &Document<'_>, ledger: &mut Ledger) {
    for annex in &it.annexes {
        let (Some(label), Some(title)) = (annex.label.first(), annex.title.first()) else { continue };
        let lines = &it.paper.sheets[label.page].lines;
        let begins = lines.first().is_some_and(|line| (line[0].y - label.y()).abs() < NEAR);
        ledger.none(ANNEX_PAGE, (!begins).then(|| label.text()));
        ledger.near(ANNEX_LABEL, it.lines.first(), NEAR, [label.y()]);
        ledger.near(ANNEX_LEFT, it.left(label.page), NEAR, [label.x()]);
        ledger.between(ANNEX_FACE, 1.0, 1.0, share_of(Face::Hei, &annex.label));
        // Somewhere on line 3: a 二号 line is higher than the grid's.
        let line = (title.ink().center().y - TOP) / it.lines.pitch + 1.0;
        ledger.between(ANNEX_TITLE, 3.0, 4.0, [line]);
        let middle = it.left(title.page) + WIDTH / 2.0;
        ledger.near(ANNEX_MIDDLE, middle, NEAR, annex.title.iter().map(Line::middle));
    }
    let strange = it.page.annexes.iter().zip(&it.page.annex_notes);
    let strange = strange.filter(|(annex, note)| annex.title.concat() != **note);
    ledger.none(ANNEX_NAMES, strange.map(|(_, note)| note.clone()));
}
