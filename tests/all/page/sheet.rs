//! Paper, type area, grid, faces and colours: clause 5; and turned tables: clause 8.

use crate::page::document::Document;
use crate::page::ledger::Strength::{Custom, Generally, Must};
use crate::page::ledger::{Clause, Ledger, clause};
use crate::page::place::{CELL, FOOT, Face, Line, NEAR, TOP, WIDTH, is_han, is_red, share_of};
use crate::page::read::Glyph;
use baosong::compose::page::{Block, Format, Grid};

const PAPER_WIDTH: Clause = clause("5.1", Must, "paper's width");
const PAPER_HEIGHT: Clause = clause("5.1", Must, "paper's height");
const UPRIGHT: Clause = clause("5.1", Must, "pages that lie on their side");
const TOP_MARGIN: Clause = clause("5.2.1", Must, "ink of the text begins under the top margin");
const FOOT_MARGIN: Clause = clause("5.2.1", Must, "ink of the text ends over the bottom margin");
const LEFT_MARGIN: Clause = clause("5.2.1", Must, "text begins at the binding margin");
const RIGHT_MARGIN: Clause = clause("5.2.1", Must, "ink of the text ends within the type area");
const FACE: Clause = clause("5.2.2", Generally, "share of the text in 仿宋");
const SIZE: Clause = clause("5.2.2", Generally, "size of the text, pt");
const PITCH_CLAUSE: Clause = clause("5.2.3", Generally, "distance of lines in a paragraph");
const GRID: Clause = clause("5.2.3", Custom, "baseline's distance from the grid");
const LINES: Clause = clause("5.2.3", Generally, "lines of a full page");
const FIRST_LINE: Clause = clause("5.2.3", Generally, "first baseline of a full page");
const LAST_LINE: Clause = clause("5.2.3", Generally, "last baseline of a full page");
const CELLS: Clause = clause("5.2.3", Generally, "share of full Chinese lines with 28 cells");
const ON_GRID: Clause = clause("5.2.3", Custom, "characters' distance from their cells");
const FLUSH: Clause = clause("5.2.3", Generally, "other full lines end at the right edge");
const BLACK: Clause = clause("5.2.4", Must, "text that is not black and not the mark");
const BLACK_RULES: Clause = clause("5.2.4", Must, "rules that are neither black nor red");
const TURNED_WAY: Clause = clause("8", Must, "text of turned tables that does not run up the page");
const TURNED_HEAD: Clause = clause("8", Must, "turned tables whose head is not on the left");
const TURNED_AREA: Clause = clause("8", Custom, "ink of turned tables outside the type area");
const TURNED_REPEATS: Clause = clause("8", Custom, "pages of turned tables without the table's head");

/// From so many full lines on their share says something.
const ENOUGH: u32 = 20;

/// Not every full line can have 28 cells: no mark may begin one (see `breaks`).
const SHARE_OF_28: f64 = 0.85;

pub(super) fn check(it: &Document<'_>, ledger: &mut Ledger) {
    let sheets = &it.paper.sheets;
    ledger.near(PAPER_WIDTH, 210.0, NEAR, sheets.iter().map(|sheet| sheet.width));
    ledger.near(PAPER_HEIGHT, 297.0, NEAR, sheets.iter().map(|sheet| sheet.height));
    let turned = sheets.iter().filter(|sheet| sheet.rotated || sheet.width > sheet.height);
    ledger.none(UPRIGHT, turned.map(|_| "page".to_owned()));
    let lines: Vec<&Line<'_>> = it.prose().flat_map(|(_, lines)| lines).collect();
    let ink = |edge: fn(kurbo::Rect) -> f64| lines.iter().map(move |line| edge(line.ink()));
    let beyond = |by: f64| by.max(0.0);
    ledger.near(TOP_MARGIN, 0.0, NEAR, ink(|ink| ink.y0).map(|y| beyond(TOP - y)));
    ledger.near(FOOT_MARGIN, 0.0, NEAR, ink(|ink| ink.y1).map(|y| beyond(y - FOOT)));
    let right = |line: &&&Line<'_>| beyond(line.ink().x1 - it.left(line.page) - WIDTH);
    ledger.near(RIGHT_MARGIN, 0.0, NEAR, lines.iter().map(|line| right(&line)));
    let turn_overs = it.prose().flat_map(|(_, lines)| lines.iter().skip(1));
    let han = turn_overs.filter(|line| line.glyphs[0].is_han());
    ledger.near(LEFT_MARGIN, 0.0, NEAR, han.map(|line| line.x() - it.left(line.page)));
    grid(it, ledger);
    full_pages(it, ledger);
    cells(it, ledger);
    let plain = it.prose().filter(|(block, _)| matches!(block, Block::Paragraph { .. }));
    // A rare character is taken from the font of another face.
    let shares = plain.filter_map(|(_, lines)| share_of(Face::Fang, lines));
    ledger.between(FACE, 0.9, 1.0, shares);
    let sizes = lines.iter().flat_map(|line| &line.glyphs).map(|glyph| glyph.size);
    ledger.near(SIZE, it.page.style.size, 0.05, sizes);
    colours(it, ledger);
    turned_tables(it, ledger);
}

fn grid(it: &Document<'_>, ledger: &mut Ledger) {
    let pairs = it.prose().flat_map(|(_, lines)| lines.windows(2));
    let steps = pairs.filter(|pair| pair[0].page == pair[1].page).map(|pair| pair[1].y() - pair[0].y());
    ledger.near(PITCH_CLAUSE, it.lines.pitch, 0.05, steps);
    let off = |line: &Line<'_>| {
        let number = it.lines.number(line.y());
        (number - number.round()) * it.lines.pitch
    };
    // A letter's text and a command's follow a head that the standard measures, not the grid, on page 1.
    let ours = it.prose().flat_map(|(_, lines)| lines);
    let free = matches!(it.page.format, Format::Letter | Format::Command);
    let ours = ours.filter(|line| !(free && line.page == 0));
    ledger.near(GRID, 0.0, 0.1, ours.map(off));
}

/// A page is full when a paragraph comes from the page before and another goes on to the page after; the last
/// paragraphs, which keep company with a signature, do not count.
fn full_pages(it: &Document<'_>, ledger: &mut Ledger) {
    let prose: Vec<_> = it.body.iter().collect();
    let crosses = |page: usize| {
        let free = prose.len().saturating_sub(2);
        prose[..free]
            .iter()
            .any(|(_, lines)| lines.windows(2).any(|pair| pair[0].page == page && pair[1].page == page + 1))
    };
    let full = (1..it.paper.sheets.len()).filter(|&page| crosses(page - 1) && crosses(page));
    for page in full {
        let on_page = it.body.iter().flat_map(|(_, lines)| lines).filter(|line| line.page == page);
        let mut baselines: Vec<f64> = on_page.map(Line::y).collect();
        baselines.dedup();
        let count = u32::try_from(baselines.len()).expect("few lines");
        ledger.near(LINES, it.lines.count(), 0.0, [f64::from(count)]);
        ledger.near(FIRST_LINE, it.lines.first(), NEAR, baselines.first().copied());
        ledger.near(
            LAST_LINE,
            it.lines.first() + (it.lines.count() - 1.0) * it.lines.pitch,
            NEAR,
            baselines.last().copied(),
        );
    }
}

/// Full lines: all but the last of a paragraph.
fn cells(it: &Document<'_>, ledger: &mut Ledger) {
    let (mut exact, mut full, mut offsets, mut ends) = (0_u32, 0_u32, Vec::new(), Vec::new());
    let paragraphs = it.prose().filter(|(block, _)| matches!(block, Block::Paragraph { .. }));
    for (_, lines) in paragraphs {
        for (i, line) in lines[..lines.len() - 1].iter().enumerate() {
            let indent = if i == 0 { 2_u32 } else { 0 };
            let text = line.text();
            let count = indent + u32::try_from(text.chars().count()).expect("few characters");
            let chinese = !text.chars().any(|c| c.is_ascii() || c == '·');
            full += u32::from(chinese);
            if chinese && count == 28 && it.page.style.grid == Grid::Strict {
                exact += 1;
                let mut cell = f64::from(indent);
                for glyph in &line.glyphs {
                    offsets.push((glyph.x - it.left(line.page) - cell * CELL, text.clone()));
                    cell += f64::from(u32::try_from(glyph.text.chars().count()).expect("few characters"));
                }
            } else {
                exact += u32::from(chinese && count == 28);
                // A mark at the end may fill its cell with blank, or give up the right half of its cell.
                let edge = it.left(line.page) + WIDTH;
                let by_advance = line.end() - edge;
                let by_ink = line.ink().x1 - edge;
                let halved =
                    if text.ends_with(['，', '。', '、', '；', '：']) { CELL / 2.0 } else { 0.0 };
                let off = [by_advance, by_ink, by_advance - halved];
                ends.extend(
                    off.into_iter().min_by(|a, b| a.abs().total_cmp(&b.abs())).map(|off| (off, text)),
                );
            }
        }
    }
    if full >= ENOUGH {
        ledger.between(CELLS, SHARE_OF_28, 1.0, [f64::from(exact) / f64::from(full)]);
    }
    ledger.near_at(ON_GRID, 0.0, 0.1, offsets);
    ledger.near_at(FLUSH, 0.0, NEAR, ends);
}

fn colours(it: &Document<'_>, ledger: &mut Ledger) {
    let mark = |glyph: &&Glyph| glyph.is_red() && glyph.size > 23.0;
    let glyphs = it.paper.sheets.iter().flat_map(|sheet| sheet.lines.iter().flatten().chain(&sheet.turned));
    let strange = glyphs.filter(|glyph| glyph.colour != [0, 0, 0] && !mark(glyph));
    ledger.none(BLACK, strange.map(|glyph| format!("{} {:?}", glyph.text, glyph.colour)));
    let rules = it.paper.sheets.iter().flat_map(|sheet| &sheet.rules);
    let strange = rules.filter(|rule| rule.colour != [0, 0, 0] && !is_red(rule.colour));
    ledger.none(BLACK_RULES, strange.map(|rule| format!("{:?}", rule.colour)));
}

fn turned_tables(it: &Document<'_>, ledger: &mut Ledger) {
    let blocks = it.page.annexes.iter().flat_map(|annex| &annex.body).chain(&it.page.body);
    let mut tables = blocks.filter_map(|block| match block {
        Block::Table { columns, turned: true, .. } => Some(columns),
        _ => None,
    });
    // One turned table a document: two would be told apart by nothing here.
    let Some(columns) = tables.next() else { return };
    let sheets: Vec<_> = it.paper.sheets.iter().filter(|sheet| !sheet.turned.is_empty()).collect();
    ledger.is(TURNED_REPEATS, "some", sheets.len(), !sheets.is_empty());
    let all = || sheets.iter().flat_map(|sheet| &sheet.turned);
    let wrong = all().filter(|glyph| glyph.towards != (0, -1));
    ledger.none(TURNED_WAY, wrong.map(|glyph| format!("{} {:?}", glyph.text, glyph.towards)));
    let outside = all().filter(|glyph| {
        let ink = glyph.ink;
        // Between the margins of odd and even pages, if these are mirrored.
        ink.x0 < 26.0 - NEAR || ink.x1 > 184.0 + NEAR || ink.y0 < TOP - NEAR || ink.y1 > FOOT + NEAR
    });
    ledger.none(TURNED_AREA, outside.map(|glyph| format!("{} {:?}", glyph.text, glyph.ink)));
    let heads: String = columns.iter().flat_map(|column| column.title.chars()).collect();
    for sheet in sheets {
        // The head of a table that is turned to the left has the smallest x of all rows.
        let mut glyphs: Vec<&Glyph> = sheet.turned.iter().collect();
        glyphs.sort_by(|a, b| a.x.total_cmp(&b.x));
        let rows: Vec<String> = glyphs
            .chunk_by(|a, b| b.x - a.x < NEAR)
            .map(|row| row.iter().map(|glyph| glyph.text.as_str()).collect())
            .collect();
        let all: String = rows.concat();
        let has_all = heads.chars().filter(|c| is_han(*c)).all(|c| all.contains(c));
        ledger.is(TURNED_REPEATS, "the head", if has_all { "the head" } else { "none" }, has_all);
        let first: String = rows.into_iter().find(|row| row.chars().any(is_han)).unwrap_or_default();
        let on_left =
            first.contains(&columns[0].title) || first.contains(heads.chars().next().unwrap_or(' '));
        ledger.is(TURNED_HEAD, "on the left", &first, on_left);
    }
}
