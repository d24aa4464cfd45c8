//! `baosong explain`: a rule with its article, reason, switches and examples; inside a workspace as the group's own
//! rules weigh it, with every case reckoned.

use super::check::workspace as root_of;
use super::{Outcome, Ui};
use crate::check::{Context, Law, reckon};
use crate::finding::Finding;
use crate::report::{cited, pattern, position, reckoned, rules_page, severities, switch};
use crate::rulebook::{Example, Rule, Rulebook, Severities};
use crate::workspace::{Workspace, containing};
use clap::ArgMatches;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    if matches.get_flag("all") {
        ui.print(&rules_page(ui.locale, rulebook));
        return Outcome::Fine;
    }
    let Some(id) = matches.get_one::<String>("rule") else {
        for rule in rulebook.rules() {
            ui.print(&format!("{:32} {}\n", rule.id, rule.title.get(ui.locale.lang)));
        }
        return Outcome::Fine;
    };
    if rulebook.rule(id).is_none() {
        let ids: Vec<String> = rulebook.rules().map(|rule| rule.id.clone()).collect();
        let near = crate::workspace::nearest(id, &ids);
        let facts = BTreeMap::from([("rule", Some(id.clone())), ("near", near)]);
        ui.complain(&format!("{}\n", ui.locale.say("explain.unknown", facts)));
        return Outcome::Failure;
    }
    match root(matches) {
        Ok(Some(root)) => {
            let workspace = Workspace::read(&root);
            let law = Law::of(&workspace, rulebook);
            ui.print(&text(ui, &law.rulebook, id));
            ui.print(&cases(ui, &workspace, &law, id));
            Outcome::Fine
        }
        Ok(None) => {
            ui.print(&text(ui, rulebook, id));
            Outcome::Fine
        }
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

/// The workspace that is named, or the one around the current folder.
fn root(matches: &ArgMatches) -> Result<Option<PathBuf>, Finding> {
    match matches.get_one::<PathBuf>("path") {
        Some(path) => root_of(path).map(Some),
        None => Ok(containing(Path::new("."))),
    }
}

fn text(ui: &Ui, rulebook: &Rulebook, id: &str) -> String {
    let Some(rule) = rulebook.rule(id) else { return String::new() };
    let (locale, lang) = (ui.locale, ui.locale.lang);
    let mut out = format!("{}　{}\n", rule.id, rule.title.get(lang));
    let _ = writeln!(out, "{}", severities(locale, rule));
    out.push_str(&weighed(ui, rulebook, rule));
    if let Some(by) = cited(locale, rule) {
        let _ = writeln!(out, "{by}");
    }
    if !rule.words.is_empty() {
        let facts = BTreeMap::from([("words", &rule.words), ("harmless", &rule.harmless)]);
        let _ = writeln!(out, "{}", locale.say("explain.words", facts));
    }
    if let Some(reason) = &rule.reason {
        let _ = writeln!(out, "{}", reason.get(lang));
    }
    let remedy = pattern(lang, rule.remedy.get(lang));
    if !matches!(remedy.as_str(), "" | "…") {
        let _ = writeln!(out, "{}{remedy}", locale.word("report.remedy"));
    }
    for name in &rule.switches {
        let _ = writeln!(out, "{}", switch(locale, rulebook, name));
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

/// That the group has weighed the rule anew.
fn weighed(ui: &Ui, rulebook: &Rulebook, rule: &Rule) -> String {
    let weighed = rulebook.house.as_ref().and_then(|house| Some((house, house.weighed.get(&rule.id)?)));
    let Some((house, weighed)) = weighed else { return String::new() };
    let as_it_was = Rule { severity: weighed.was, ..rule.clone() };
    debug_assert_eq!(rule.severity, Severities::both(weighed.now));
    let was = severities(ui.locale, &as_it_was);
    let facts = BTreeMap::from([
        ("file", Some(house.file.as_str())),
        ("was", Some(was.as_str())),
        ("reason", weighed.reason.as_deref()),
    ]);
    format!("{}\n", ui.locale.say("explain.weighed", facts))
}

/// Every case of the workspace; nothing for a rule without figures.
fn cases(ui: &Ui, workspace: &Workspace, law: &Law, id: &str) -> String {
    let Some(rule) = law.rulebook.rule(id).filter(|rule| law.rulebook.reckoning(rule).is_some()) else {
        return String::new();
    };
    let context = Context::new(workspace, law, &|_| Vec::new());
    let cases = reckon(&context, id);
    if cases.is_empty() {
        return format!("\n{}\n", ui.locale.word("explain.no-case"));
    }
    let mut out = format!("\n{}\n", ui.locale.word("explain.cases"));
    for case in cases {
        if let Some(sentence) = reckoned(ui.locale, &law.rulebook, rule, &case.facts) {
            let _ = writeln!(out, "  {sentence}\n    --> {}", position(&case.place));
        }
    }
    out
}
