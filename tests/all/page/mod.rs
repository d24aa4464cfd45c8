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
mod place;
mod read;
mod sheet;
mod texts;

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
fn results(format: Format) -> &'static [(String, Vec<Verdict>)] {
    static RESULTS: [OnceLock<Vec<(String, Vec<Verdict>)>>; FORMATS.len()] =
        [const { OnceLock::new() }; FORMATS.len()];
    let index = FORMATS.iter().position(|it| *it == format).expect("a format");
    RESULTS[index].get_or_init(|| {
        let measured = |case: Case| (case.name, measure(&TYPESETTER, &case.page));
        let mut results: Vec<_> = cases(format).into_iter().map(measured).collect();
        results.extend(full_page(format));
        results
    })
}

/// A page 1 that is exactly full, and one line more. How many lines of text that takes is found by setting.
fn full_page(format: Format) -> Vec<(String, Vec<Verdict>)> {
    let pages = |lines| set(&TYPESETTER, &full(format, lines)).map(|paper| paper.sheets.len());
    let fits = |lines: usize| pages(lines).is_ok_and(|pages| pages == 1);
    let Some(lines) = (1..=20).rev().find(|&lines| fits(lines)) else {
        return vec![(format!("{format:?}, page exactly full"), measure(&TYPESETTER, &full(format, 1)))];
    };
    let mut at = [FULL, OVER].into_iter().zip([lines, lines + 1]).enumerate();
    let measured = at.by_ref().map(|(i, (clause, lines))| {
        let page = full(format, lines);
        let mut verdicts = measure(&TYPESETTER, &page);
        let mut ledger = Ledger::default();
        let pages = pages(lines).unwrap_or_default();
        ledger.is(clause, i + 1, pages, pages == i + 1);
        verdicts.extend(ledger.verdicts);
        let name = ["page exactly full", "one line more than a page"][i];
        (format!("{format:?}, {name} ({lines} lines)"), verdicts)
    });
    measured.collect()
}

/// What does not hold, a line each.
fn broken(format: Format) -> Vec<String> {
    let lines = |(name, verdicts): &(String, Vec<Verdict>)| {
        let wrong = verdicts.iter().filter(|it| !it.holds);
        wrong.map(|it| format!("{name}: {} {}: wanted {}, measured {}", it.clause.number, it.clause.what, it.wanted, it.measured))
            .collect::<Vec<_>>()
    };
    results(format).iter().flat_map(lines).collect()
}

fn prove(format: Format) {
    let broken = broken(format);
    assert!(broken.is_empty(), "{} figures are not the standard's:\n{}", broken.len(), broken.join("\n"));
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
