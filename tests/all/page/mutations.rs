//! Templates and orders with a fault each, to show that the clause it breaks notices.

use crate::page::cases::{page, sample, turned};
use crate::page::ledger::Verdict;
use crate::page::measure;
use crate::page::texts::{PROSE, paragraphs};
use crate::paper::TYPESETTER;
use baosong::compose::page::{Format, Page, SignatureForm};
use baosong::typeset::{SHIPPED_TEMPLATES, Templates, Typesetter};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

/// Which document shows the fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    /// Upward, two pages, with everything that a document of the general format can have.
    Report,
    /// Unsealed, short.
    Unsealed,
    Stamped,
    Letter,
    Command,
    Minutes,
    /// With a table on its side.
    Turned,
    /// Text over three pages.
    Plain,
}

/// `clause` must notice when `from` stands as `to` in the templates.
struct Fault {
    clause: &'static str,
    from: &'static str,
    to: &'static str,
    on: On,
}

const fn fault(clause: &'static str, on: On, from: &'static str, to: &'static str) -> Fault {
    Fault { clause, from, to, on }
}

const FAULTS: &[Fault] = &[
    // The sheet.
    fault("5.1", On::Plain, "height: 297mm", "height: 295mm"),
    fault("5.2.1", On::Plain, "type-area = (x: 28mm", "type-area = (x: 30mm"),
    fault("5.2.1", On::Plain, "y: 37mm, width: 156mm", "y: 37mm, width: 159mm"),
    fault("5.2.3", On::Plain, "x: 28mm, y: 37mm", "x: 28mm, y: 39mm"),
    fault("5.2.3", On::Plain, "pitch = type-area.height / line-count", "pitch = 30pt"),
    fault("5.2.3", On::Plain, "line-count = style.lines", "line-count = 21"),
    fault("5.2.3", On::Plain, "cell-count = 28", "cell-count = 27"),
    fault("5.2.2", On::Plain, "size-3 = style.size * 1pt", "size-3 = 15pt"),
    fault("5.2.2", On::Plain, "#let fang = (font: chain(\"fang\")", "#let fang = (font: chain(\"kai\")"),
    fault("5.2.4", On::Plain, "black = luma(0)", "black = luma(70)"),
    // The head.
    fault(
        "7.2.1",
        On::Report,
        "place(top + left, block(width: 100%, for line",
        "place(top + left, dy: 5mm, block(width: 100%, for line",
    ),
    fault("7.2.2", On::Report, "text(..hei, it) }", "text(it) }"),
    fault("7.2.4", On::Report, "#let mark-drop = 35mm", "#let mark-drop = 40mm"),
    fault("7.2.4", On::Report, "..biao, size: size, fill: red", "..biao, size: size, fill: black"),
    fault("7.2.5", On::Report, "number-gap = 2", "number-gap = 1"),
    fault("7.2.5", On::Report, "pad(x: number-inset * cell", "pad(x: 0pt"),
    fault("7.2.6", On::Report, "width: width, text(..kai, ", "width: width, text("),
    fault("7.2.7", On::Report, "#let rule-gap = 4mm", "#let rule-gap = 6mm"),
    fault("7.2.7", On::Report, "height: rule-weight, fill: red", "height: rule-weight, fill: black"),
    // The title and what follows.
    fault("7.3.1", On::Report, "size-2 = 22pt", "size-2 = 20pt"),
    fault("7.3.1", On::Report, "text(..biao, tracking: 0pt", "text(..kai, tracking: 0pt"),
    fault("7.3.1", On::Report, "title-gap = 2", "title-gap = 1"),
    fault(
        "7.3.1",
        On::Report,
        "block(width: 100%, text(..biao",
        "block(width: 100%, inset: (left: 9mm), text(..biao",
    ),
    fault("7.3.2", On::Report, "title-after = 1", "title-after = 3"),
    fault(
        "7.3.2",
        On::Report,
        "par(first-line-indent: 0pt, laid(names",
        "par(first-line-indent: (amount: 2em, all: true), laid(names",
    ),
    fault("7.3.3", On::Plain, "first-line-indent: (amount: 2 * cell", "first-line-indent: (amount: 1 * cell"),
    fault("7.3.3", On::Report, "level-faces = (hei, kai", "level-faces = (kai, hei"),
    fault("7.3.4", On::Report, "annex-note-gap = 1", "annex-note-gap = 0"),
    fault("7.3.4", On::Report, "annex-note-indent = 2", "annex-note-indent = 0"),
    // Signatures.
    fault("7.3.5.1", On::Report, "seal-date-inset = 4", "seal-date-inset = 3"),
    fault("7.3.5.1", On::Report, "seal-lines = 5", "seal-lines = 9"),
    fault("7.3.5.2", On::Unsealed, "plain-gap = 1", "plain-gap = 0"),
    fault("7.3.5.2", On::Unsealed, "plain-inset = 2", "plain-inset = 4"),
    fault("7.3.5.2", On::Unsealed, "date-shift = 2", "date-shift = 0"),
    fault("7.3.5.3", On::Stamped, "stamp-gap = 2", "stamp-gap = 0"),
    fault("7.3.5.3", On::Stamped, "stamp-inset = 4", "stamp-inset = 2"),
    fault("7.3.6", On::Report, "note-indent = 2", "note-indent = 0"),
    // Annexes, imprint, page numbers.
    fault("7.3.7", On::Report, "annex-title-line = 3", "annex-title-line = 2"),
    fault("7.3.7", On::Report, "text(..hei, it.label)", "text(it.label)"),
    fault("7.3.7", On::Report, "pagebreak(weak: true)\n", "\n"),
    fault("7.4.1", On::Report, "imprint-outer = 0.35mm", "imprint-outer = 0.5pt"),
    fault("7.4.1", On::Report, "imprint-inner = 0.25mm", "imprint-inner = 0.35mm"),
    fault("7.4.1", On::Report, "place(bottom, whole)", "place(bottom, dy: 10mm, whole)"),
    fault("7.4.2", On::Report, "imprint-inset = size-4", "imprint-inset = 0pt"),
    fault("7.4.2", On::Report, "line-of(size-4, imprint-line)", "line-of(size-3, imprint-line)"),
    fault("7.5", On::Report, "\"— \" + str(number) + \" —\"", "\"- \" + str(number) + \" -\""),
    fault("7.5", On::Report, "let side = if calc.odd(number) { right } else { left }", "let side = center"),
    fault("7.5", On::Report, "let side = if calc.odd(number) { right } else { left }", "let side = right"),
    fault("7.5", On::Report, "folio-drop = 7mm", "folio-drop = 9mm"),
    fault("7.5", On::Report, "folio-inset = size-4", "folio-inset = 0pt"),
    fault("7.5", On::Report, "text(..song, size: size-4, tracking", "text(..song, size: 9pt, tracking"),
    // Tables on their side.
    fault("8", On::Turned, "turn = -90deg", "turn = 90deg"),
    // Special formats.
    fault("10.1", On::Letter, "letter-mark-top = 30mm", "letter-mark-top = 37mm"),
    fault("10.1", On::Letter, "letter-rule-gap = 4mm", "letter-rule-gap = 2mm"),
    fault("10.1", On::Letter, "letter-rule-foot = 20mm", "letter-rule-foot = 15mm"),
    fault("10.1", On::Letter, "letter-rule-width = 170mm", "letter-rule-width = 156mm"),
    fault("10.1", On::Letter, "dx: aside, double-rule(thick, thin)", "dx: aside, double-rule(thin, thick)"),
    fault("10.1", On::Letter, "letter-rule-clear = 7 / 8 * size-3", "letter-rule-clear = 0pt"),
    fault("10.1", On::Letter, "first-folio: none)", "first-folio: auto)"),
    fault("10.1", On::Letter, "ruled-imprint: false", "ruled-imprint: true"),
    fault("10.2", On::Command, "command-mark-drop = 20mm", "command-mark-drop = 35mm"),
    fault("10.2", On::Command, "command-text-gap = 2", "command-text-gap = 0"),
    fault("10.3", On::Minutes, "attendees-gap = 1", "attendees-gap = 0"),
    fault("10.3", On::Minutes, "attendees-indent = 2", "attendees-indent = 0"),
    fault("10.3", On::Minutes, "text(..hei, label); [：]", "text(label); [：]"),
    fault(
        "10.3",
        On::Minutes,
        "hanging-indent: attendees-indent * cell + label-width",
        "hanging-indent: 0pt",
    ),
];

/// The document, and what of it does not hold even without a fault.
type Sample = (Page, BTreeSet<String>);

static SAMPLES: LazyLock<Vec<(On, Sample)>> = LazyLock::new(|| {
    let pages = [
        (On::Report, sample()),
        (On::Unsealed, signed(SignatureForm::Plain)),
        (On::Stamped, signed(SignatureForm::Stamp)),
        (On::Letter, page(Format::Letter, paragraphs(&PROSE, 2))),
        (On::Turned, turned(5)),
        (On::Command, page(Format::Command, paragraphs(&PROSE, 1))),
        (On::Minutes, page(Format::Minutes, paragraphs(&PROSE, 1))),
        (On::Plain, page(Format::Plain, paragraphs(&PROSE, 16))),
    ];
    pages.into_iter().map(|(on, page)| (on, (page.clone(), broken(&measure(&TYPESETTER, &page))))).collect()
});

fn signed(form: SignatureForm) -> Page {
    let mut page = page(Format::General, paragraphs(&PROSE, 1));
    page.signature.as_mut().expect("a signature").form = form;
    page
}

/// Number and name of every clause that does not hold.
fn broken(verdicts: &[Verdict]) -> BTreeSet<String> {
    let wrong = verdicts.iter().filter(|it| !it.holds);
    wrong.map(|it| format!("{}: {}", it.clause.number, it.clause.what)).collect()
}

/// Faults that are made together, to save time: in the report, where each spoils one part, one of every clause.
fn batches() -> Vec<Vec<&'static Fault>> {
    let mut batches: Vec<Vec<&Fault>> = Vec::new();
    for fault in FAULTS {
        let fits = |batch: &&mut Vec<&Fault>| {
            fault.on == On::Report && batch.iter().all(|it| it.on == On::Report && it.clause != fault.clause)
        };
        match batches.iter_mut().find(fits) {
            Some(batch) => batch.push(fault),
            None => batches.push(vec![fault]),
        }
    }
    batches
}

/// Those faults of `batch` that went unnoticed, and why.
fn missed(batch: &[&Fault]) -> Vec<String> {
    let mut changed: BTreeMap<&str, String> = BTreeMap::new();
    let mut missed = Vec::new();
    for fault in batch {
        let has = |text: &str| text.contains(fault.from);
        for (path, text) in SHIPPED_TEMPLATES.iter().filter(|(_, text)| has(text)) {
            let text = changed.entry(path).or_insert_with(|| (*text).to_owned());
            *text = text.replace(fault.from, fault.to);
        }
        if !SHIPPED_TEMPLATES.iter().any(|(_, text)| has(text)) {
            missed.push(format!("{}: no template has {}", fault.clause, fault.from));
        }
    }
    let templates = changed.into_iter().map(|(path, text)| (path.to_owned(), Arc::from(text.into_bytes())));
    let typesetter = Typesetter::new(templates.collect::<Templates>()).expect("templates");
    let (_, (page, before)) = SAMPLES.iter().find(|(on, _)| *on == batch[0].on).expect("a sample");
    let after = broken(&measure(&typesetter, page));
    let new: Vec<&String> = after.difference(before).collect();
    let unseen = |fault: &&&Fault| !new.iter().any(|it| it.starts_with(&format!("{}: ", fault.clause)));
    let said =
        |fault: &&Fault| format!("{}: {} → {}: noticed are {new:?}", fault.clause, fault.from, fault.to);
    missed.extend(batch.iter().filter(unseen).map(said));
    missed
}

/// Every other batch, from one or the other on: two tests run side by side.
fn all_noticed(first: usize) {
    let missed: Vec<String> =
        batches().iter().skip(first).step_by(2).flat_map(|batch| missed(batch)).collect();
    assert!(missed.is_empty(), "{} faults go unnoticed:\n{}", missed.len(), missed.join("\n"));
}

#[test]
fn faults_are_noticed_by_the_clause_they_break() {
    assert!(FAULTS.len() > 60);
    all_noticed(0);
}

#[test]
fn faults_are_noticed_by_the_clause_they_break_too() {
    all_noticed(1);
}

/// An order that is wrong itself: clause, what is done to the document.
type Order = (&'static str, fn(&mut Page));

const ORDERS: &[Order] = &[
    ("7.2.1", |page| page.head.as_mut().unwrap().copy_number = Some("3".into())),
    ("7.2.5", |page| page.head.as_mut().unwrap().number = Some("海质协[2026]18号".into())),
    ("7.2.5", |page| page.head.as_mut().unwrap().number = Some("海质协〔2026〕第018号".into())),
    ("7.3.1", |page| {
        page.title = vec!["关于开展检验检测机构能力建设专项调研情况和有关".into(), "工作的报告".into()];
    }),
    ("7.3.1", |page| page.title = vec!["关于专项调研".into(), "情况汇总报告".into()]),
    ("7.3.1", |page| page.title = vec!["关于开展专项调研".into(), "情况的".into(), "综合性书面报告".into()]),
    ("7.3.1", |page| page.title = vec!["关于开展专项调研情况的".into(), "报告".into()]),
    ("7.3.2", |page| page.addressee = Some("省质量工作领导小组:".into())),
    ("7.3.4", |page| page.annex_notes[0].push('。')),
    ("7.3.5.4", |page| page.signature.as_mut().unwrap().date = "2026年04月24日".into()),
    ("7.3.6", |page| page.note = Some("此件公开发布".into())),
    ("7.3.7", |page| page.annexes[0].title = vec!["机构名单".into()]),
    ("7.4.2", |page| page.imprint.as_mut().unwrap().copy_to = Some("各部门".into())),
    ("7.4.3", |page| page.imprint.as_mut().unwrap().issued = Some("2026年4月24日".into())),
];

#[test]
fn wrong_orders_are_noticed() {
    let (_, (page, before)) = &SAMPLES[0];
    for (clause, spoil) in ORDERS {
        let mut page = page.clone();
        spoil(&mut page);
        let after = broken(&measure(&TYPESETTER, &page));
        let new: Vec<&String> = after.difference(before).collect();
        assert!(new.iter().any(|it| it.starts_with(&format!("{clause}: "))), "{clause}: noticed are {new:?}");
    }
}
