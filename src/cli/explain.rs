//! `baosong explain`: a rule with its article, reason, switches and examples; inside a workspace as the group's own
//! rules weigh it, with every case reckoned.

use super::check::workspace as root_of;
use super::{Outcome, Ui};
use crate::check::{Context, Law, reckon};
use crate::finding::{Finding, Place};
use crate::report::{Spot, cited, explained, pattern, position, reckoned, rules_page, severities, switch};
use crate::rulebook::{Example, Lang, Rule, Rulebook, Severities};
use crate::workspace::{Workspace, containing};
use clap::ArgMatches;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

/// So many ids are offered for a beginning.
const MOST_BEGINNINGS: usize = 12;

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let asked = matches.get_one::<String>("rule");
    if ui.json() && asked.is_none() {
        ui.answer(&all(ui, rulebook, matches));
        return Outcome::Fine;
    }
    if matches.get_flag("all") {
        ui.print(&rules_page(ui.locale, rulebook));
        return Outcome::Fine;
    }
    let Some(id) = asked else {
        for rule in rulebook.rules() {
            ui.print(&format!("{:32} {}\n", rule.id, rule.title.get(ui.locale.lang)));
        }
        return Outcome::Fine;
    };
    if rulebook.rule(id).is_none() {
        let ids: Vec<String> = rulebook.rules().map(|rule| rule.id.clone()).collect();
        let begins: Vec<&String> = ids.iter().filter(|it| it.starts_with(id.as_str())).collect();
        let shown = &begins[..begins.len().min(MOST_BEGINNINGS)];
        let more = Some(begins.len()).filter(|all| *all > shown.len());
        let found: Vec<&Rule> =
            rulebook.rules().filter(|rule| begins.is_empty() && holds(rule, id)).collect();
        if !found.is_empty() {
            list(ui, id, &found);
            return Outcome::Fine;
        }
        let near = crate::workspace::nearest(id, &ids);
        let facts = json!({ "rule": id, "begins": shown, "more": more, "near": near });
        return ui.refuse("explain.unknown", facts);
    }
    match root(matches) {
        Ok(Some(root)) => {
            let workspace = Workspace::read(&root);
            let law = Law::of(&workspace, rulebook);
            let cases = cases(ui, &workspace, &law, id);
            show(ui, &law.rulebook, id, cases.as_deref());
            Outcome::Fine
        }
        Ok(None) => {
            show(ui, rulebook, id, None);
            Outcome::Fine
        }
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

/// Whether a word stands in the title or the article of a rule.
fn holds(rule: &Rule, word: &str) -> bool {
    let texts = [Some(rule.title.get(Lang::Zh)), Some(rule.title.get(Lang::En)), rule.article.as_deref()];
    let word = word.trim().to_lowercase();
    !word.is_empty() && texts.into_iter().flatten().any(|text| text.to_lowercase().contains(&word))
}

fn list(ui: &Ui, word: &str, found: &[&Rule]) {
    let title = |rule: &&Rule| json!({ "rule": rule.id, "title": rule.title.get(ui.locale.lang) });
    if ui.json() {
        ui.answer(&json!({ "rules": found.iter().map(title).collect::<Vec<_>>() }));
        return;
    }
    ui.say("explain.found", json!({ "rule": word }));
    for rule in found {
        ui.print(&format!("{:32} {}\n", rule.id, rule.title.get(ui.locale.lang)));
    }
}

/// Every rule: id and title, or all that there is to say.
fn all(ui: &Ui, rulebook: &Rulebook, matches: &ArgMatches) -> Value {
    let at_length = |rule: &Rule| explained(ui.locale, rulebook, rule);
    let title = |rule: &Rule| json!({ "rule": rule.id, "title": rule.title.get(ui.locale.lang) });
    let rules: Vec<Value> = if matches.get_flag("all") {
        rulebook.rules().map(at_length).collect()
    } else {
        rulebook.rules().map(title).collect()
    };
    json!({ "rules": rules })
}

fn show(ui: &Ui, rulebook: &Rulebook, id: &str, cases: Option<&[Reckoned]>) {
    let Some(rule) = rulebook.rule(id) else { return };
    if ui.json() {
        let mut answer = explained(ui.locale, rulebook, rule);
        let case = |case: &Reckoned| json!({ "place": Spot::from(&case.place), "message": case.sentence });
        answer["cases"] = cases.map(|cases| cases.iter().map(case).collect::<Vec<_>>()).into();
        ui.answer(&answer);
        return;
    }
    let mut out = text(ui, rulebook, rule);
    match cases {
        None => {}
        Some([]) => {
            let _ = writeln!(out, "\n{}", ui.locale.word("explain.no-case"));
        }
        Some(cases) => {
            let _ = writeln!(out, "\n{}", ui.locale.word("explain.cases"));
            for Reckoned { place, sentence } in cases {
                let _ = writeln!(out, "  {sentence}\n    --> {}", position(place));
            }
        }
    }
    ui.print(&out);
}

/// The workspace that is named, or the one around the current folder.
fn root(matches: &ArgMatches) -> Result<Option<PathBuf>, Finding> {
    match matches.get_one::<PathBuf>("path") {
        Some(path) => root_of(path).map(Some),
        None => Ok(containing(Path::new("."))),
    }
}

fn text(ui: &Ui, rulebook: &Rulebook, rule: &Rule) -> String {
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

/// A case with its figures in a sentence.
struct Reckoned {
    place: Place,
    sentence: String,
}

/// Every case of the workspace; none at all for a rule without figures.
fn cases(ui: &Ui, workspace: &Workspace, law: &Law, id: &str) -> Option<Vec<Reckoned>> {
    let rule = law.rulebook.rule(id).filter(|rule| law.rulebook.reckoning(rule).is_some())?;
    let context = Context::new(workspace, law, &|_| Vec::new());
    let in_words = reckon(&context, id).into_iter().filter_map(|case| {
        let sentence = reckoned(ui.locale, &law.rulebook, rule, &case.facts)?;
        Some(Reckoned { place: case.place, sentence })
    });
    Some(in_words.collect())
}
