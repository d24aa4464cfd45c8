//! The examples of the rulebook, laid over a sound workspace one at a time: the wrong one breaks its rule, the right
//! one does not.

use crate::checked::{Desk, rulebook};
use baosong::rulebook::{Example, Lang, Rule};

fn breaks(rule: &Rule, example: &Example) -> bool {
    let desk = Desk::sound().with(&example.file, &example.text);
    let checked = example.also.iter().fold(desk, |desk, also| desk.with(&also.file, &also.text)).check();
    checked.findings.iter().any(|finding| finding.rule == rule.id)
}

#[test]
fn the_base_is_sound() {
    let checked = Desk::sound().check();
    assert!(checked.findings.is_empty(), "{}", checked.full(Lang::Zh));
}

#[test]
fn examples_show_what_they_are_for() {
    let mut wrong = Vec::new();
    for rule in rulebook().rules() {
        if rule.bad.as_ref().is_some_and(|example| !breaks(rule, example)) {
            wrong.push(format!("{}: 反例 does not break it", rule.id));
        }
        if rule.good.as_ref().is_some_and(|example| breaks(rule, example)) {
            wrong.push(format!("{}: 正例 breaks it", rule.id));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_rule_of_the_regulation_has_both_examples() {
    let groups = [
        "art",
        "plan/",
        "activity/",
        "decision/",
        "photo/",
        "submit/",
        "people/",
        "profile/",
        "house/",
        "records/",
        "order/",
        "number/",
        "secret/",
    ];
    let ours = |rule: &&Rule| groups.iter().any(|group| rule.id.starts_with(group));
    let without = |rule: &&Rule| rule.good.is_none() || rule.bad.is_none();
    let lacking: Vec<&str> = rulebook().rules().filter(ours).filter(without).map(|rule| &*rule.id).collect();
    assert!(lacking.is_empty(), "{lacking:?}");
}
