//! The proof that the page is GB/T 9704-2012: finished PDFs, read by another program than the one that wrote them,
//! measured clause by clause.
//!
//! `cargo test --test all page::table -- --nocapture` prints for every format each clause with its strength, what the
//! standard wants, what is measured (of all documents of the format the worst) and the verdict.

mod breaks;
mod cases;
mod document;
mod foot;
mod head;
mod ledger;
mod main_part;
mod mutations;
mod own_font;
mod place;
mod plates;
mod read;
mod sheet;
mod texts;
mod witness;

use crate::paper::TYPESETTER;
use baosong::compose::page::{Format, Page};
use baosong::typeset::Typesetter;
use cases::{Case, cases, full};
use document::Document;
use ledger::{Clause, Ledger, Strength, Verdict, clause};
use read::Paper;
use std::collections::BTreeMap;
use std::sync::OnceLock;

const FORMATS: [Format; 5] =
    [Format::General, Format::Letter, Format::Command, Format::Minutes, Format::Plain];

const REFUSED: Clause = clause("7", Strength::Must, "documents that cannot be set");
const FULL: Clause = clause("5.2.3", Strength::Generally, "pages when page 1 is exactly full");
const OVER: Clause = clause("5.2.3", Strength::Generally, "pages with one line more");

const FULL_FOOT: Clause = clause("5.2.3", Strength::Generally, "last line of a page 1 that is exactly full");

/// A document's name and the verdicts on it.
type Measured = (String, Vec<Verdict>);

/// Sets and reads `page`.
fn set(typesetter: &Typesetter, page: &Page) -> Result<Paper, String> {
    let sheet = typesetter.set(page, &BTreeMap::new()).map_err(|found| format!("{:?}", found[0]))?;
    Ok(Paper::read(&sheet.pdf))
}

/// Everything measured on `page`.
fn measure(typesetter: &Typesetter, page: &Page) -> Vec<Verdict> {
    let mut ledger = Ledger::default();
    match set(typesetter, page) {
        Err(message) => ledger.none(REFUSED, [message]),
        Ok(paper) => verdicts(&Document::of(page, &paper), &mut ledger),
    }
    ledger.verdicts
}

fn verdicts(it: &Document<'_>, ledger: &mut Ledger) {
    for part in [sheet::check, breaks::check, head::check, main_part::check, foot::check] {
        part(it, ledger);
    }
}

/// The verdicts on every case of `format`; measured once.
fn results(format: Format) -> &'static [Measured] {
    static RESULTS: [OnceLock<Vec<Measured>>; FORMATS.len()] = [const { OnceLock::new() }; FORMATS.len()];
    let index = FORMATS.iter().position(|it| *it == format).expect("a format");
    RESULTS[index].get_or_init(|| {
        let measured = |case: Case| (case.name, measure(&TYPESETTER, &case.page));
        let mut results: Vec<_> = cases(format).into_iter().map(measured).collect();
        results.extend(full_page(format));
        results
    })
}

/// A page 1 that is exactly full and one line more, of text alone and with what follows the text. How many lines
/// that takes is found by setting.
fn full_page(format: Format) -> Vec<Measured> {
    let mut measured = Vec::new();
    for signed in [false, true] {
        let fits =
            |lines| set(&TYPESETTER, &full(format, lines, signed)).is_ok_and(|paper| paper.sheets.len() == 1);
        let (mut lines, mut over) = (1, 22);
        while over - lines > 1 {
            let middle = usize::midpoint(lines, over);
            *(if fits(middle) { &mut lines } else { &mut over }) = middle;
        }
        for (i, clause) in [FULL, OVER].into_iter().enumerate() {
            let page = full(format, lines + i, signed);
            let mut ledger = Ledger::default();
            match set(&TYPESETTER, &page) {
                Err(message) => ledger.none(REFUSED, [message]),
                Ok(paper) => {
                    let it = Document::of(&page, &paper);
                    verdicts(&it, &mut ledger);
                    let pages = paper.sheets.len();
                    ledger.is(clause, i + 1, pages, pages == i + 1);
                    let last =
                        it.last_of_text().filter(|_| i == 0 && !signed).map(|line| it.lines.number(line.y()));
                    ledger.near(FULL_FOOT, it.lines.count(), 0.03, last.filter(|_| on_grid(format)));
                }
            }
            let (what, tail) = (["exactly full", "one line more"][i], ["text", "all"][usize::from(signed)]);
            measured
                .push((format!("{format:?}, page of {} lines, {what}, {tail}", lines + i), ledger.verdicts));
        }
        if format == Format::Plain {
            break; // It has nothing after its text.
        }
    }
    measured
}

/// A letter's page 1 and a command's begin where the standard measures, not on a line of the grid.
fn on_grid(format: Format) -> bool {
    !matches!(format, Format::Letter | Format::Command)
}

/// What does not hold, a line each.
fn broken(format: Format) -> Vec<String> {
    let lines = |(name, verdicts): &Measured| {
        let wrong = verdicts.iter().filter(|it| !it.holds);
        wrong
            .map(|it| {
                format!(
                    "{name}: {} {}: wanted {}, measured {}",
                    it.clause.number, it.clause.what, it.wanted, it.measured
                )
            })
            .collect::<Vec<_>>()
    };
    let mut broken: Vec<String> = results(format).iter().flat_map(lines).collect();
    broken.dedup();
    broken
}

fn prove(format: Format) {
    let broken = broken(format);
    assert!(broken.is_empty(), "{} figures are not the standard's:\n{}", broken.len(), broken.join("\n"));
}

/// For every format each clause once: of all documents the first that breaks it, or else the last that was measured.
#[test]
fn table() {
    for format in FORMATS {
        println!("\n{format:?}\n");
        let mut rows: Vec<&Verdict> = Vec::new();
        for verdict in results(format).iter().flat_map(|(_, verdicts)| verdicts) {
            match rows.iter_mut().find(|row| row.clause == verdict.clause) {
                Some(row) if row.holds => *row = verdict,
                Some(_) => {}
                None => rows.push(verdict),
            }
        }
        rows.sort_by_key(|row| {
            row.clause.number.split('.').map(|part| part.parse().unwrap_or(0)).collect::<Vec<u32>>()
        });
        for Verdict { clause, wanted, measured, holds } in &rows {
            let verdict = if *holds { "holds" } else { "BROKEN" };
            let strength = format!("{:?}", clause.strength).to_lowercase();
            println!(
                "{:8} {strength:12} {:66} {wanted:24} {measured:28} {verdict}",
                clause.number, clause.what
            );
        }
        assert!(rows.len() > 20, "{format:?} has hardly been measured: {} clauses", rows.len());
    }
}

#[test]
fn general_documents_are_the_standards() {
    prove(Format::General);
}

#[test]
fn letters_are_the_standards() {
    prove(Format::Letter);
}

#[test]
fn commands_are_the_standards() {
    prove(Format::Command);
}

#[test]
fn minutes_are_the_standards() {
    prove(Format::Minutes);
}

#[test]
fn plain_papers_keep_the_standards_page() {
    prove(Format::Plain);
}
