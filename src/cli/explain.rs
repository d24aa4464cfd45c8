//! `baosong explain`: a rule with its article, reason, switches and examples.

use super::{Outcome, Ui};
use crate::rulebook::{Aspect, Example, Rule, Rulebook, Severity, Stage};
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::fmt::Write;

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let Some(id) = matches.get_one::<String>("rule") else {
        for rule in rulebook.rules() {
            ui.print(&format!("{:32} {}\n", rule.id, rule.title.get(ui.locale.lang)));
        }
        return Outcome::Fine;
    };
    let Some(rule) = rulebook.rule(id) else {
        let ids: Vec<String> = rulebook.rules().map(|rule| rule.id.clone()).collect();
        let near = crate::workspace::nearest(id, &ids);
        let facts = BTreeMap::from([("rule", Some(id.clone())), ("near", near)]);
        ui.complain(&format!("{}\n", ui.locale.say("explain.unknown", facts)));
        return Outcome::Failure;
    };
    ui.print(&text(ui, rulebook, rule));
    Outcome::Fine
}

fn text(ui: &Ui, rulebook: &Rulebook, rule: &Rule) -> String {
    let (locale, lang) = (ui.locale, ui.locale.lang);
    let word = |severity| {
        locale.word(match severity {
            Severity::Error => "severity.error",
            Severity::Warning => "severity.warning",
            Severity::Note => "severity.note",
        })
    };
    let aspect = match rule.aspect {
        Aspect::Paper => "aspect.paper.word",
        Aspect::Fact => "aspect.fact.word",
    };
    let mut out = format!("{}　{}\n", rule.id, rule.title.get(lang));
    let facts = BTreeMap::from([
        ("draft", word(rule.severity.at(Stage::Draft))),
        ("submit", word(rule.severity.at(Stage::Submit))),
        ("aspect", locale.word(aspect)),
    ]);
    let _ = writeln!(out, "{}", locale.say("explain.severity", facts));
    if let Some(article) = &rule.article {
        let by = locale.say("report.regulation", BTreeMap::from([("article", article)]));
        let _ = writeln!(out, "{}{by}", locale.word("report.article"));
    }
    if let Some(source) = rule.source {
        let _ = writeln!(out, "{}{}", locale.word("report.article"), locale.word(source.word()));
    }
    if !rule.words.is_empty() {
        let facts = BTreeMap::from([("words", &rule.words), ("harmless", &rule.harmless)]);
        let _ = writeln!(out, "{}", locale.say("explain.words", facts));
    }
    if let Some(reason) = &rule.reason {
        let _ = writeln!(out, "{}", reason.get(lang));
    }
    let remedy = rule.remedy.get(lang);
    if !remedy.contains("{%") {
        let _ = writeln!(out, "{}{}", locale.word("report.remedy"), without_facts(remedy));
    }
    for name in &rule.switches {
        if let Some(switch) = rulebook.terms.switches.get(name) {
            let facts = BTreeMap::from([
                ("name", name.as_str()),
                ("default", switch.default.as_str()),
                ("meaning", switch.meaning.get(lang)),
            ]);
            let _ = writeln!(out, "{}", locale.say("explain.switch", facts));
        }
    }
    for (title, example) in [("explain.bad", &rule.bad), ("explain.good", &rule.good)] {
        let files = example.iter().flat_map(|example| std::iter::once(example).chain(&example.also));
        for Example { file, text, .. } in files {
            let _ = writeln!(out, "\n{}", locale.say(title, BTreeMap::from([("file", file)])));
            for line in text.lines() {
                let _ = writeln!(out, "    {line}");
            }
        }
    }
    out
}

/// A sentence with an ellipsis where a finding would fill in its facts.
fn without_facts(sentence: &str) -> String {
    let mut out = String::new();
    for (index, part) in sentence.split("{{").enumerate() {
        let rest = if index == 0 { Some(part) } else { part.split_once("}}").map(|(_, rest)| rest) };
        if index > 0 {
            out.push('…');
        }
        out.push_str(rest.unwrap_or(part));
    }
    out
}
