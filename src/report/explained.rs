//! One rule as an object for other programs.

use super::{Level, Locale, pattern};
use crate::rulebook::{Aspect, Example, Rule, Rulebook, Severities, Stage};
use serde_json::{Value, json};

/// The rule as the rulebook weighs it.
pub fn explained(locale: &Locale, rulebook: &Rulebook, rule: &Rule) -> Value {
    let lang = locale.lang;
    let switches: Vec<Value> = rule
        .switches
        .iter()
        .filter_map(|name| Some((name, rulebook.terms.switches.get(name)?)))
        .map(|(name, switch)| {
            json!({
                "name": name,
                "value": switch.chosen.as_ref().map_or(&switch.default, |choice| &choice.value),
                "default": switch.default,
                "meaning": switch.meaning.get(lang),
            })
        })
        .collect();
    let house = rulebook.house.as_ref().and_then(|house| Some((house, house.weighed.get(&rule.id)?)));
    json!({
        "rule": rule.id,
        "title": rule.title.get(lang),
        "severity": severity(rule.severity),
        "weighed": house.map(|(house, weighed)| {
            json!({ "file": house.file, "was": severity(weighed.was), "reason": weighed.reason })
        }),
        "fact": rule.aspect == Aspect::Fact,
        "article": rule.article,
        "source": rule.source.map(|source| locale.word(source.word())),
        "message": pattern(lang, rule.message.get(lang)),
        "remedy": pattern(lang, rule.remedy.get(lang)),
        "reason": rule.reason.as_ref().map(|reason| reason.get(lang)),
        "words": rule.words,
        "harmless": rule.harmless,
        "switches": switches,
        "bad": files(rule.bad.as_ref()),
        "good": files(rule.good.as_ref()),
    })
}

fn severity(severities: Severities) -> Value {
    let at = |stage| Level::from(severities.at(stage));
    json!({ "draft": at(Stage::Draft), "submit": at(Stage::Submit) })
}

fn files(example: Option<&Example>) -> Vec<Value> {
    let all = example.into_iter().flat_map(|example| std::iter::once(example).chain(&example.also));
    all.map(|Example { file, text, .. }| json!({ "file": file, "text": text })).collect()
}
