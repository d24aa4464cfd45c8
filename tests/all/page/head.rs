//! 版头 (7.2), and what letters and commands have instead (10.1, 10.2).

use crate::page::document::Document;
use crate::page::ledger::Strength::{Custom, Generally, Must, Recommended};
use crate::page::ledger::{Clause, Ledger, clause};
use crate::page::place::{CELL, Face, LEFT, Line, NEAR, NEAR_LINE, RIGHT, TOP, WIDTH, ink, is_red, share_of};
use crate::page::read::{PT, Rule};
use baosong::compose::page::Format;
use kurbo::Rect;

const COPY: Clause = clause("7.2.1", Generally, "line of 份号");
const COPY_FACE: Clause = clause("7.2.1", Generally, "size of 份号, pt");
const COPY_FORM: Clause = clause("7.2.1", Generally, "份号 of six digits");
const SECRECY: Clause = clause("7.2.2", Generally, "line of 密级");
const URGENCY: Clause = clause("7.2.3", Generally, "lines under what stands over 紧急程度");
const LABEL_FACE: Clause = clause("7.2.2", Generally, "share of 密级, 紧急程度 in 黑体");
const LABEL_LEFT: Clause = clause("7.2.1", Generally, "份号, 密级, 紧急程度 flush left");
const MARK_TOP: Clause = clause("7.2.4", Must, "type area's top to the mark's ink");
const MARK_COMMAND: Clause = clause("10.2", Must, "type area's top to the mark's ink");
const MARK_MINUTES: Clause = clause("10.3", Must, "type area's top to the mark's ink");
const MARK_LETTER: Clause = clause("10.1", Must, "paper's top to the mark's ink");
const MARK_MIDDLE: Clause = clause("7.2.4", Must, "middle of the mark");
const MARK_WIDTH: Clause = clause("7.2.4", Custom, "width of the mark");
const MARK_COLOUR: Clause = clause("7.2.4", Recommended, "mark that is not red");
const MARK_FACE: Clause = clause("7.2.4", Recommended, "share of the mark in 小标宋");
const MARK_WORD: Clause = clause("7.2.4", Generally, "文件 off the middle of the block of names");
const MARK_WORD_SIDE: Clause = clause("7.2.4", Generally, "文件 right of the names");
const NUMBER_GAP: Clause = clause("7.2.5", Must, "mark's ink to the number's, blank lines");
const COMMAND_GAP: Clause = clause("10.2", Must, "mark's ink to the number's, blank lines");
const NUMBER_MIDDLE: Clause = clause("7.2.5", Must, "middle of the number");
const NUMBER_LEFT: Clause = clause("7.2.5", Must, "upward: number one character from the left");
const NUMBER_LINE: Clause = clause("7.2.5", Must, "upward: number on the last signer's line");
const NUMBER_FORM: Clause = clause("7.2.5", Must, "form of the number");
const SIGNER_RIGHT: Clause = clause("7.2.6", Must, "last signer one character from the right");
const SIGNER_FACE: Clause = clause("7.2.6", Must, "share of signers' names in 楷体");
const SIGNER_LABEL: Clause = clause("7.2.6", Must, "share of 签发人： in 仿宋");
const SIGNER_ALIGN: Clause = clause("7.2.6", Generally, "signers' lines begin under the first name");
const SIGNERS_A_LINE: Clause = clause("7.2.6", Generally, "signers on a line");
const RULE_GAP: Clause = clause("7.2.7", Must, "number's ink to the red rule");
const RULE_WIDTH: Clause = clause("7.2.7", Must, "width of the red rule");
const RULE_LEFT: Clause = clause("7.2.7", Must, "left end of the red rule");
const RULES: Clause = clause("7.2.7", Must, "red rules on page 1");
const NO_RULE: Clause = clause("10.2", Must, "red rules of a command");
const LETTER_RULES: Clause = clause("10.1", Must, "red rules on page 1");
const LETTER_LATER: Clause = clause("10.1", Custom, "red rules on later pages");
const LETTER_WIDTH: Clause = clause("10.1", Must, "width of the double rules");
const LETTER_MIDDLE: Clause = clause("10.1", Must, "middle of the double rules");
const LETTER_GAP: Clause = clause("10.1", Must, "mark's ink to the first double rule");
const LETTER_FOOT: Clause = clause("10.1", Must, "second double rule to the paper's foot");
const LETTER_ORDER: Clause = clause("10.1", Must, "first rule thick above thin, second thin above thick");
const LETTER_NUMBER: Clause = clause("10.1", Must, "number flush right");
const LETTER_NUMBER_GAP: Clause = clause("10.1", Must, "first double rule to the number's ink");

/// How far the middle of the mark may be off: its letters are tracked, also after the last one.
const MARK_OFF: f64 = 0.5;

/// Red rules of a page, from top to bottom.
pub(super) fn red_rules<'p>(it: &Document<'p>, page: usize) -> Vec<&'p Rule> {
    let rules = it.paper.sheets[page].rules.iter();
    let mut red: Vec<&Rule> = rules.filter(|rule| is_red(rule.colour) && rule.is_horizontal()).collect();
    red.sort_by(|a, b| a.area.y0.total_cmp(&b.area.y0));
    red
}

pub(super) fn check(it: &Document<'_>, ledger: &mut Ledger) {
    if it.mark.is_empty() {
        return;
    }
    let mark = mark(it, ledger);
    if it.page.format == Format::Letter {
        return letter(it, ledger, mark);
    }
    labels(it, ledger);
    let rules = red_rules(it, 0);
    let last = number(it, ledger, mark);
    if it.page.format == Format::Command {
        return ledger.near(NO_RULE, 0.0, 0.0, [count(&rules)]);
    }
    ledger.near(RULES, 1.0, 0.0, [count(&rules)]);
    let Some(rule) = rules.first() else { return };
    ledger.near(RULE_WIDTH, WIDTH, NEAR, [rule.area.width()]);
    ledger.near(RULE_LEFT, LEFT, NEAR, [rule.area.x0]);
    ledger.near(RULE_GAP, 4.0, NEAR, last.map(|last| rule.area.y0 - last.y1));
}

fn count<T>(of: &[T]) -> f64 {
    f64::from(u32::try_from(of.len()).expect("few"))
}

/// 份号, 密级, 紧急程度: those that there are, one a line.
fn labels(it: &Document<'_>, ledger: &mut Ledger) {
    let Some(head) = &it.page.head else { return };
    let lines: Vec<&Line<'_>> = it.labels.iter().flatten().collect();
    ledger.near(LABEL_LEFT, 0.0, NEAR, lines.iter().map(|line| line.x() - it.left(line.page)));
    let mut at = lines.iter();
    let mut over = 0.0;
    if let Some(number) = &head.copy_number {
        let line = at.next();
        ledger.near(COPY, 1.0, NEAR_LINE, line.map(|line| it.lines.number(line.y())));
        ledger.near(COPY_FACE, 16.0, 0.05, line.map(|line| line.glyphs[0].size));
        let six = number.len() == 6 && number.bytes().all(|b| b.is_ascii_digit());
        ledger.is(COPY_FORM, "six digits", number, six);
        over = 1.0;
    }
    if head.secrecy.is_some() {
        // 密级 has line 2; without 份号 line 1 may be left to it or empty.
        let line = at.next().map(|line| it.lines.number(line.y()));
        let (low, high) = (if over > 0.0 { 2.0 } else { 1.0 }, 2.0);
        ledger.between(SECRECY, low - NEAR_LINE, high + NEAR_LINE, line);
        over = line.unwrap_or(2.0);
    }
    if head.urgency.is_some() {
        let line = at.next().map(|line| it.lines.number(line.y()) - over);
        ledger.near(URGENCY, 1.0, NEAR_LINE, line);
    }
    let faces = it.labels.iter().filter_map(|lines| share_of(Face::Hei, lines));
    ledger.between(LABEL_FACE, 1.0, 1.0, faces);
}

/// The mark's ink.
fn mark(it: &Document<'_>, ledger: &mut Ledger) -> Rect {
    let mut all = it.mark.clone();
    all.extend(it.mark_word.iter().flatten().cloned());
    let whole = ink(&all);
    match it.page.format {
        Format::Letter => ledger.near(MARK_LETTER, 30.0, NEAR, [whole.y0]),
        Format::Command => ledger.near(MARK_COMMAND, 20.0, NEAR, [whole.y0 - TOP]),
        Format::Minutes => ledger.near(MARK_MINUTES, 35.0, NEAR, [whole.y0 - TOP]),
        Format::General | Format::Plain => ledger.near(MARK_TOP, 35.0, NEAR, [whole.y0 - TOP]),
    }
    ledger.near(MARK_MIDDLE, LEFT + WIDTH / 2.0, MARK_OFF, [f64::midpoint(whole.x0, whole.x1)]);
    ledger.between(MARK_WIDTH, 20.0, WIDTH + NEAR, [whole.width()]);
    let strange = all.iter().flat_map(|line| &line.glyphs).filter(|glyph| !glyph.is_red());
    ledger.none(MARK_COLOUR, strange.map(|glyph| format!("{} {:?}", glyph.text, glyph.colour)));
    ledger.between(MARK_FACE, 0.9, 1.0, share_of(Face::Biao, &all));
    if let Some(word) = it.mark_word.as_ref().filter(|word| !word.is_empty()) {
        let (names, word) = (ink(&it.mark), ink(word));
        ledger.near(MARK_WORD, 0.0, NEAR, [word.center().y - names.center().y]);
        ledger.between(MARK_WORD_SIDE, 0.0, 20.0, [word.x0 - names.x1]);
    }
    whole
}

/// `〔2026〕18号`, `第3期`: the part of a number that has digits.
fn has_form(number: &str, format: Format) -> bool {
    if matches!(format, Format::Minutes | Format::Command) && number.starts_with('第') {
        let digits = number.trim_start_matches('第').trim_end_matches(['期', '号']);
        return !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    }
    let Some((_, rest)) = number.split_once('〔') else { return false };
    let Some((year, order)) = rest.split_once('〕') else { return false };
    let Some(order) = order.strip_suffix('号') else { return false };
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    year.len() == 4 && digits(year) && digits(order) && !order.starts_with('0')
}

/// Number and signers under the mark; the ink of their last line.
fn number(it: &Document<'_>, ledger: &mut Ledger, mark: Rect) -> Option<Rect> {
    let number = it.number.as_ref()?.first()?;
    let gap = if it.page.format == Format::Command { COMMAND_GAP } else { NUMBER_GAP };
    let text = number.text();
    ledger.is(NUMBER_FORM, "机关代字〔年〕号", &text, has_form(&text, it.page.format));
    let first = it.signers.first().unwrap_or(number);
    blank_lines(it, ledger, gap, 2.0, [mark.y1, first.ink().y0]);
    let Some((label, names)) = it.signers.split_first() else {
        ledger.near(NUMBER_MIDDLE, LEFT + WIDTH / 2.0, NEAR, [number.middle()]);
        return Some(number.ink());
    };
    ledger.near(NUMBER_LEFT, LEFT + CELL, NEAR, [number.x()]);
    let last = names.last()?;
    ledger.near(NUMBER_LINE, 0.0, NEAR, [number.y() - last.y()]);
    ledger.between(SIGNER_FACE, 1.0, 1.0, share_of(Face::Kai, names));
    ledger.between(SIGNER_LABEL, 1.0, 1.0, share_of(Face::Fang, std::slice::from_ref(label)));
    let rows: Vec<&[Line<'_>]> = names.chunk_by(|a, b| (a.y() - b.y()).abs() < NEAR).collect();
    let ends = rows.iter().filter_map(|row| row.last()).map(Line::end);
    ledger.near(SIGNER_RIGHT, RIGHT - CELL, NEAR, [ends.fold(0.0, f64::max)]);
    ledger.near(SIGNER_ALIGN, 0.0, NEAR, rows.iter().map(|row| row[0].x() - names[0].x()));
    ledger.between(SIGNERS_A_LINE, 1.0, 2.0, rows.iter().map(|row| count(row)));
    Some(last.ink().union(number.ink()))
}

/// So many blank lines between two inks: at the least they, and at the most the lead of the lines around them.
pub(super) fn blank_lines(
    it: &Document<'_>,
    ledger: &mut Ledger,
    clause: Clause,
    wanted: f64,
    edges: [f64; 2],
) {
    let pitch = it.lines.pitch;
    let lines = (edges[1] - edges[0]) / pitch;
    ledger.between(clause, wanted - NEAR_LINE, wanted + it.lines.lead() / pitch + NEAR_LINE, [lines]);
}

fn letter(it: &Document<'_>, ledger: &mut Ledger, mark: Rect) {
    let rules = red_rules(it, 0);
    ledger.near(LETTER_RULES, 4.0, 0.0, [count(&rules)]);
    let later = (1..it.paper.sheets.len()).map(|page| count(&red_rules(it, page)));
    ledger.near(LETTER_LATER, 0.0, 0.0, later);
    let [first, second, third, fourth] = rules[..] else { return };
    ledger.near(LETTER_WIDTH, 170.0, NEAR, rules.iter().map(|rule| rule.area.width()));
    // Centred on the paper or on the type area: the standard does not say.
    ledger.between(LETTER_MIDDLE, 105.0 - NEAR, 106.0 + NEAR, rules.iter().map(|rule| rule.area.center().x));
    ledger.near(LETTER_GAP, 4.0, NEAR, [first.area.y0 - mark.y1]);
    let heights = [first, second, third, fourth].map(|rule| rule.area.height());
    let order = heights[0] > heights[1] && heights[2] < heights[3];
    ledger.is(LETTER_ORDER, "thick, thin; thin, thick", format!("{heights:.2?}"), order);
    // To the middle of the pair, whose weights are the house's.
    let middle = f64::midpoint(third.area.y0, fourth.area.y1);
    ledger.near(LETTER_FOOT, 20.0, NEAR, [297.0 - middle]);
    let label_tops = it.labels.iter().filter_map(|lines| lines.first());
    ledger.near(LABEL_LEFT, 0.0, NEAR, label_tops.clone().map(|line| line.x() - LEFT));
    ledger.between(LABEL_FACE, 1.0, 1.0, it.labels.iter().filter_map(|lines| share_of(Face::Hei, lines)));
    let Some(number) = it.number.as_ref().and_then(|lines| lines.first()) else { return };
    let text = number.text();
    ledger.is(NUMBER_FORM, "机关代字〔年〕号", &text, has_form(&text, Format::Letter));
    ledger.near(LETTER_NUMBER, RIGHT, NEAR, [number.end()]);
    // 7/8 of a 三号 character.
    let wanted = 14.0 * PT;
    let top = label_tops.take(1).chain([number]).map(|line| line.ink().y0).fold(297.0, f64::min);
    ledger.near(LETTER_NUMBER_GAP, wanted, NEAR, [top - second.area.y1]);
}
