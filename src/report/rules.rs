//! All rules on one page of Markdown: the rulebook goes in, chapters with a table of contents and a short section for
//! every rule come out.

use super::{Locale, pattern};
use crate::rulebook::{Aspect, Chapter, Example, Rule, Rulebook, Severity, Stage};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The page.
pub fn rules_page(locale: &Locale, rulebook: &Rulebook) -> String {
    let count = rulebook.rules().count();
    let mut out = format!("# {}\n\n", locale.word("rules.title"));
    let _ = writeln!(out, "{}\n", locale.say("rules.intro", BTreeMap::from([("count", count)])));
    for chapter in Chapter::ALL {
        let mut rules: Vec<&Rule> = rulebook.rules().filter(|rule| rule.chapter == chapter).collect();
        rules.sort_by_key(|rule| rule.articles().first().map_or(0, |article| ordinal(article)));
        if rules.is_empty() {
            continue;
        }
        let _ = writeln!(out, "## {}\n", locale.word(chapter.word()));
        let _ = writeln!(out, "{}\n", locale.word(&format!("{}.intro", chapter.word())));
        contents(locale, &rules, &mut out);
        for rule in rules {
            section(locale, rulebook, rule, &mut out);
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

/// A line for every article, or for every rule of a chapter that cites none.
fn contents(locale: &Locale, rules: &[&Rule], out: &mut String) {
    for part in rules.chunk_by(|a, b| a.article.is_some() && a.articles().first() == b.articles().first()) {
        let links: Vec<String> = part
            .iter()
            .map(|rule| {
                format!("[{}](#{}) {}", rule.id, anchor(&rule.id), escaped(rule.title.get(locale.lang)))
            })
            .collect();
        let article = part.first().and_then(|rule| rule.articles().first().copied());
        let head = article.map(|article| locale.say("rules.article", BTreeMap::from([("article", article)])));
        let _ = writeln!(out, "- {}{}", head.unwrap_or_default(), links.join(&locale.word("rules.between")));
    }
    out.push('\n');
}

fn section(locale: &Locale, rulebook: &Rulebook, rule: &Rule, out: &mut String) {
    let lang = locale.lang;
    let _ = writeln!(out, "### {}\n", rule.id);
    let _ = writeln!(out, "**{}**\n", escaped(rule.title.get(lang)));
    let mut item = |text: &str| {
        let _ = writeln!(out, "- {}", escaped(text));
    };
    item(&severities(locale, rule));
    if let Some(by) = cited(locale, rule) {
        item(&by);
    }
    let message = pattern(lang, rule.message.get(lang));
    item(&format!("{}{message}", locale.word("rules.message")));
    let remedy = pattern(lang, rule.remedy.get(lang));
    if !matches!(remedy.as_str(), "" | "…") {
        item(&format!("{}{remedy}", locale.word("report.remedy")));
    }
    if let Some(reason) = &rule.reason {
        item(&format!("{}{}", locale.word("rules.reason"), reason.get(lang)));
    }
    if !rule.words.is_empty() {
        let facts = BTreeMap::from([("words", &rule.words), ("harmless", &rule.harmless)]);
        item(&locale.say("explain.words", facts));
    }
    for name in &rule.switches {
        item(&switch(locale, rulebook, name));
    }
    for (title, example) in [("rules.bad", &rule.bad), ("rules.good", &rule.good)] {
        let files = example.iter().flat_map(|example| std::iter::once(example).chain(&example.also));
        for Example { file, text, .. } in files {
            let title = locale.say(title, BTreeMap::from([("file", file)]));
            let _ = writeln!(out, "\n{title}\n\n```yaml\n{}\n```", text.trim_end());
        }
    }
    out.push('\n');
}

/// How grave the rule is at both stages, and what it is about.
pub fn severities(locale: &Locale, rule: &Rule) -> String {
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
    let facts = BTreeMap::from([
        ("draft", word(rule.severity.at(Stage::Draft))),
        ("submit", word(rule.severity.at(Stage::Submit))),
        ("aspect", locale.word(aspect)),
    ]);
    locale.say("explain.severity", facts)
}

/// What the rule rests on, if it names anything.
pub fn cited(locale: &Locale, rule: &Rule) -> Option<String> {
    let regulation =
        |article: &String| locale.say("report.regulation", BTreeMap::from([("article", article)]));
    let source = rule.source.map(|source| locale.word(source.word()));
    let by = rule.article.as_ref().map(regulation).or(source)?;
    Some(format!("{}{by}", locale.word("report.article")))
}

/// A switch with its meaning and how it is read.
pub fn switch(locale: &Locale, rulebook: &Rulebook, name: &str) -> String {
    let Some(switch) = rulebook.terms.switches.get(name) else { return String::new() };
    let chosen = switch.chosen.as_ref();
    let facts = BTreeMap::from([
        ("name", Some(name)),
        ("default", Some(switch.default.as_str())),
        ("chosen", chosen.map(|choice| choice.value.as_str())),
        ("basis", chosen.and_then(|choice| choice.basis.as_deref())),
        ("meaning", Some(switch.meaning.get(locale.lang))),
    ]);
    locale.say("explain.switch", facts)
}

/// `第二十三条` as 23, so that articles stand in their order.
pub fn ordinal(article: &str) -> usize {
    let digit = |c| "一二三四五六七八九".chars().position(|it| it == c).map(|at| at + 1);
    article.chars().fold(0, |sum: usize, c| match c {
        '十' => sum.max(1) * 10,
        c => sum + digit(c).unwrap_or(0),
    })
}

/// The anchor that a Markdown page gives to the heading of a rule.
pub fn anchor(id: &str) -> String {
    id.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect()
}

/// Text that Markdown would take for marks of its own.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.replace('\n', " ").chars() {
        if matches!(c, '\\' | '*' | '_' | '<' | '[' | '`') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
