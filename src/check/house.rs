//! 本组规则 laid over the rulebook: what the profile names goes in, the rules in force and what could not be followed
//! come out. What is sound applies, the rest is said.
//!
//! Refuses to weaken what the regulation demands, and what files, pages and bundles rest on; facts never stop a bundle.

use crate::finding::{Finding, Place};
use crate::model::{HouseRules, Level};
use crate::rulebook::{Aspect, Choice, Rulebook, Severity};
use crate::workspace::{Loaded, Workspace, nearest};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The rules in force in `workspace`.
pub(super) fn overlay(
    workspace: &Workspace,
    built_in: &'static Rulebook,
) -> (Cow<'static, Rulebook>, Vec<Finding>) {
    let mut findings = Vec::new();
    let in_force = workspace.house();
    if workspace.profile.sound("/规则") {
        findings.extend(missing(workspace));
        for unused in &workspace.house_rules {
            if in_force.is_none_or(|rules| rules.file != unused.file) {
                findings.push(Finding::new("house/unused").at(workspace.place(&unused.file, "/类别")));
            }
        }
    }
    let Some(house) = in_force else { return (Cow::Borrowed(built_in), findings) };
    let mut rulebook = built_in.clone();
    rulebook.lay_over(&house.file);
    let mut overlay = Overlay { workspace, house, rulebook, findings };
    overlay.weigh();
    overlay.set();
    (Cow::Owned(overlay.rulebook), overlay.findings)
}

/// The profile names a file that cannot be followed.
fn missing(workspace: &Workspace) -> Option<Finding> {
    let named = workspace.profile.model.rules.as_ref().filter(|named| !named.is_blank())?;
    if workspace.house().is_some() {
        return None;
    }
    let place = workspace.place(&workspace.profile.file, "/规则");
    let Some(file) = workspace.house_file() else {
        return Some(Finding::new("workspace/outside-path").at(place).fact("path", &**named));
    };
    let what = match workspace.documents.get(&file) {
        None => "nowhere",
        Some(document) if document.tree.is_none() => "unread",
        Some(_) => "other",
    };
    Some(Finding::new("house/missing").at(place).fact("file", file).fact("what", what))
}

/// A rulebook while it is being changed.
struct Overlay<'a> {
    workspace: &'a Workspace,
    house: &'a Loaded<HouseRules>,
    rulebook: Rulebook,
    findings: Vec<Finding>,
}

impl Overlay<'_> {
    fn at(&self, pointer: &str) -> Place {
        self.workspace.place(&self.house.file, pointer)
    }

    fn weigh(&mut self) {
        let ids: Vec<String> = self.rulebook.rules().map(|rule| rule.id.clone()).collect();
        let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
        for (index, entry) in self.house.model.levels.iter().enumerate() {
            let (id, place) = (&*entry.rule, self.at(&format!("/级别/{index}/规则")));
            let (false, Some(level)) = (id.is_empty(), entry.level) else { continue };
            let Some(rule) = self.rulebook.rule(id) else {
                let finding = Finding::new("house/unknown-rule").at(place).fact("rule", id);
                self.findings.push(finding.fact("near", nearest(id, &ids)));
                continue;
            };
            if let Some(first) = seen.get(id) {
                self.findings.push(twice(id, place, first));
                continue;
            }
            seen.insert(id, place.clone());
            let about =
                |finding: &'static str| Finding::new(finding).at(place.clone()).fact("rules", vec![id]);
            let wanted = severity(level);
            let now = match wanted {
                Severity::Error if rule.aspect == Aspect::Fact => {
                    self.findings.push(about("house/fact"));
                    Severity::Warning
                }
                Severity::Note | Severity::Warning if rule.is_firm() => {
                    let refused = match &rule.article {
                        Some(article) => about("house/law").fact("article", article.as_str()),
                        None => about("house/firm"),
                    };
                    self.findings.push(refused.fact("level", wanted.word()));
                    continue;
                }
                level => level,
            };
            let reason = entry.reason.as_ref().map(ToString::to_string);
            self.rulebook.weigh(id, now, reason);
        }
    }

    fn set(&mut self) {
        let known: Vec<String> = self.rulebook.terms.switches.keys().cloned().collect();
        let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
        for (index, entry) in self.house.model.switches.iter().enumerate() {
            let (name, place) = (&*entry.name, self.at(&format!("/口径/{index}/名称")));
            let (false, Some(value)) = (name.is_empty(), entry.value) else { continue };
            if !known.iter().any(|it| it == name) {
                let finding = Finding::new("house/unknown-switch").at(place).fact("name", name);
                self.findings.push(finding.fact("known", known.clone()));
                continue;
            }
            if let Some(first) = seen.get(name) {
                self.findings.push(twice(name, place, first));
                continue;
            }
            seen.insert(name, place);
            let value = if value.0 { "是" } else { "否" };
            let basis = entry.basis.as_ref().map(ToString::to_string);
            self.rulebook.set(name, Choice { value: value.to_owned(), basis });
        }
    }
}

fn twice(name: &str, place: Place, first: &Place) -> Finding {
    Finding::new("house/twice").at(place).with(first.clone()).fact("name", name)
}

fn severity(level: Level) -> Severity {
    match level {
        Level::Note => Severity::Note,
        Level::Warning => Severity::Warning,
        Level::Error => Severity::Error,
    }
}
