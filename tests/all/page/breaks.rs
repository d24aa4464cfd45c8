//! Where lines may not break: marks (GB/T 15834, by clause 9), and what custom keeps in one piece.

use crate::page::document::Document;
use crate::page::ledger::Strength::{Custom, Must};
use crate::page::ledger::{Clause, Ledger, clause};
use crate::page::place::Line;
use std::ops::Range;

const BEGINS: Clause = clause("9", Must, "lines that begin with a closing mark");
const ENDS: Clause = clause("9", Must, "lines that end with an opening mark");
const PAIRS: Clause = clause("9", Must, "—— or …… torn apart");
const NUMBERS: Clause = clause("9", Custom, "numbers, dates, file numbers torn apart");

const CLOSING: &str = "，。、；：？！）》」』】〕〉”’％%,.;:?!)]…";
const OPENING: &str = "（《「『【〔〈“‘([";
const UNITS: &str = "年月日时分号％%万亿元人个项次家页张件条章届期周度名位所岁倍台套批类组吨米克升℃";

pub(super) fn check(it: &Document<'_>, ledger: &mut Ledger) {
    let notes = it.annex_notes.iter().chain(&it.attendees).chain(&it.imprint);
    let pieces: Vec<&Vec<Line<'_>>> =
        it.prose().map(|(_, lines)| lines).chain(notes).chain([&it.title, &it.addressee, &it.note]).collect();
    let breaks: Vec<(String, String)> = pieces
        .iter()
        .flat_map(|lines| lines.windows(2))
        .map(|pair| (pair[0].text(), pair[1].text()))
        .collect();
    // …… may begin a line; only its halves must stay together.
    let begins = |(_, after): &&(String, String)| CLOSING.contains(first(after)) && !after.starts_with("……");
    let shown = |(before, after): &(String, String)| format!("{}|{}", tail(before), head(after));
    ledger.none(BEGINS, breaks.iter().filter(begins).map(shown));
    ledger.none(ENDS, breaks.iter().filter(|(before, _)| OPENING.contains(last(before))).map(shown));
    let torn = |(before, after): &&(String, String)| {
        last(before) == first(after) && matches!(last(before), '—' | '…')
    };
    ledger.none(PAIRS, breaks.iter().filter(torn).map(shown));
    ledger.none(NUMBERS, pieces.iter().flat_map(|lines| torn_atoms(lines)));
}

fn first(text: &str) -> char {
    text.chars().next().unwrap_or(' ')
}

fn last(text: &str) -> char {
    text.chars().next_back().unwrap_or(' ')
}

fn head(text: &str) -> String {
    text.chars().take(4).collect()
}

fn tail(text: &str) -> String {
    let from = text.chars().count().saturating_sub(4);
    text.chars().skip(from).collect()
}

/// What of `lines` is a number with its unit, or the number of a file, or part of a date, and goes over a line's end.
fn torn_atoms(lines: &[Line<'_>]) -> Vec<String> {
    let texts: Vec<String> = lines.iter().map(Line::text).collect();
    let chars: Vec<char> = texts.iter().flat_map(|text| text.chars()).collect();
    let ends: Vec<usize> = texts
        .iter()
        .scan(0, |at, text| {
            *at += text.chars().count();
            Some(*at)
        })
        .collect();
    // A date may end a line after its year or month.
    let parts = |end: usize| matches!(chars[end - 1], '年' | '月') && chars[end].is_ascii_digit();
    let torn =
        |atom: &Range<usize>| ends.iter().any(|&end| atom.start < end && end < atom.end && !parts(end));
    let shown = |atom: Range<usize>| chars[atom].iter().collect();
    atoms(&chars).into_iter().filter(torn).map(shown).collect()
}

/// `2026年4月24日`, `92.5%`, `128万元`, `〔2026〕18号`: digits with the units after them.
fn atoms(chars: &[char]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let start = at;
        at += usize::from(chars[at] == '〔');
        let digits = at;
        loop {
            let here = at;
            while at < chars.len() && chars[at].is_ascii_digit()
                || at > digits
                    && at + 1 < chars.len()
                    && ".,〕".contains(chars[at])
                    && chars[at + 1].is_ascii_digit()
            {
                at += 1;
            }
            if at == here {
                break;
            }
            while at < chars.len() && UNITS.contains(chars[at]) {
                at += 1;
            }
        }
        if at > digits {
            found.push(start..at);
        } else {
            at = start + 1;
        }
    }
    found
}

#[test]
fn what_is_one_piece_is_known() {
    let text: Vec<char> =
        "省质〔2026〕18号文自2026年4月9日起，增长92.5%，计128万元；〔注〕五".chars().collect();
    let found: Vec<String> = atoms(&text).into_iter().map(|atom| text[atom].iter().collect()).collect();
    assert_eq!(found, ["〔2026〕18号", "2026年4月9日", "92.5%", "128万元"]);
}
