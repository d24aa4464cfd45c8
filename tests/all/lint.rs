//! The rules of official Chinese against a corpus: correct texts in which nothing may be found, wrong ones in which
//! the fault must be found and, where it can be mended, become exactly the right one.

use crate::checked::rulebook;
use baosong::check::lint::{Fault, Field, Use, faults};
use std::path::Path;

fn corpus(name: &str) -> String {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(name))
        .unwrap();
    text.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect()
}

/// What stands before `|` names the use of the text behind it; `↵` stands for the end of a paragraph.
fn entry(text: &str) -> (Field, String) {
    let (usage, text) = match text.split_once('|') {
        Some((
            name @ ("标题" | "副标题" | "导语" | "附件" | "时间" | "大事记" | "通稿" | "报告" | "节内"),
            text,
        )) => (name, text),
        _ => ("", text),
    };
    let field = Field {
        usage: match usage {
            "标题" => Use::Title,
            "副标题" => Use::Subtitle,
            "导语" => Use::Lead,
            "附件" => Use::Annex,
            "时间" => Use::Fact,
            "大事记" => Use::History,
            _ => Use::Prose,
        },
        press: matches!(usage, "通稿" | "导语"),
        report: usage == "报告",
        under: usage == "节内",
    };
    (field, text.replace('↵', "\n"))
}

fn found(field: Field, text: &str) -> Vec<Fault> {
    faults(text, field, rulebook())
}

fn mended(text: &str, faults: &[Fault]) -> String {
    let mut mended = text.to_owned();
    for fault in faults.iter().rev() {
        if let Some(fix) = &fault.fix {
            mended.replace_range(fault.span.clone(), fix);
        }
    }
    mended
}

#[test]
fn nothing_is_found_in_correct_texts() {
    let text = corpus("correct.txt");
    let mut count = 0;
    let mut wrong = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        count += 1;
        let (field, text) = entry(line);
        wrong.extend(
            found(field, &text).into_iter().map(|fault| format!("{}: {} in {line}", fault.rule, fault.found)),
        );
    }
    assert!(wrong.is_empty(), "{} of {count}: {wrong:#?}", wrong.len());
    assert!(count >= 300, "only {count} correct texts");
}

#[test]
fn faults_are_found_and_mended() {
    let text = corpus("wrong.tsv");
    let (mut count, mut missed, mut otherwise) = (0, Vec::new(), Vec::new());
    for line in text.lines().filter(|line| !line.is_empty()) {
        let parts: Vec<&str> = line.split('\t').collect();
        let [rule, wrong, right] = parts[..] else { panic!("{line}") };
        let (field, wrong) = entry(wrong);
        count += 1;
        let faults = found(field, &wrong);
        if !faults.iter().any(|fault| fault.rule == format!("text/{rule}")) {
            missed.push(format!("{line}: {:?}", faults.iter().map(|fault| fault.rule).collect::<Vec<_>>()));
            continue;
        }
        let others: Vec<&str> =
            faults.iter().map(|f| f.rule).filter(|it| *it != format!("text/{rule}")).collect();
        let (_, right) = entry(right);
        let is = mended(&wrong, &faults);
        let can = faults.iter().any(|fault| fault.fix.is_some());
        if !others.is_empty() || can && is != right || !can && right != "-" {
            otherwise.push(format!("{line} → {is} {others:?}"));
        }
        // What was mended is right.
        let again = found(field, &is);
        if can && again.iter().any(|fault| fault.fix.is_some()) {
            otherwise.push(format!("{line}: after mending {again:?}"));
        }
    }
    assert!(otherwise.is_empty(), "{} of {count}: {otherwise:#?}", otherwise.len());
    assert!(missed.is_empty(), "{} of {count} missed: {missed:#?}", missed.len());
    assert!(count >= 200, "only {count} wrong texts");
}
