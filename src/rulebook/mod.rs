//! The rules as data: severities, 材料 or 事实, citations, numbers, switches, messages in both
//! languages, a good and a bad example. What a lawyer edits lies in `rulebook/`; nothing here
//! knows what a rule looks at.

mod embedded;
mod house;
mod rule;
mod terms;

pub use embedded::FILES;
pub use house::{House, Weighed};
pub use rule::{Aspect, Chapter, Example, Rule, Severities, Severity, Source, Words};
pub use terms::{Choice, Fraction, Switch, Terms};

use crate::finding::Finding;
use crate::source::{Document, from_node};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// Language of messages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Lang {
    /// Chinese, the first language.
    #[default]
    Zh,
    /// English.
    En,
}

/// How far a document must be: a draft may lack what is not due yet.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Stage {
    /// 起草: `check`, `build`.
    #[default]
    Draft,
    /// 报送: `check --for submit`, `pack`.
    Submit,
}

/// A regulation's rules together with the tool's own.
#[derive(Debug, Clone)]
pub struct Rulebook {
    /// Name and date of the regulation's version: `zhuanjiazu/2017-04-13`.
    pub version: String,
    /// Numbers and switches.
    pub terms: Terms,
    /// The group's own overlay, where one is in force.
    pub house: Option<House>,
    rules: BTreeMap<String, Rule>,
}

static BUILT_IN: LazyLock<Result<Rulebook, String>> = LazyLock::new(|| load(embedded::FILES));

impl Rulebook {
    /// The rulebook inside the executable.
    ///
    /// # Errors
    /// A file of `rulebook/` that cannot be read: a fault of the build that a test excludes.
    pub fn built_in() -> Result<&'static Self, String> {
        BUILT_IN.as_ref().map_err(Clone::clone)
    }

    /// The rule of that id.
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.get(id)
    }

    /// How a case of `rule` was reckoned, as a template; none for a rule without figures.
    pub fn reckoning(&self, rule: &Rule) -> Option<&Words> {
        match &rule.reckoned_as {
            Some(other) => self.rule(other)?.reckoning.as_ref(),
            None => self.rule(&rule.id)?.reckoning.as_ref(),
        }
    }

    /// Every rule, sorted by id.
    pub fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.values()
    }

    /// How grave a finding of `rule` is at `stage`; an unknown rule is an error.
    pub fn severity(&self, rule: &str, stage: Stage) -> Severity {
        self.rule(rule).map_or(Severity::Error, |rule| rule.severity.at(stage))
    }

    /// How grave this finding is at `stage`: what is explained asks for nothing more.
    pub fn gravity(&self, finding: &Finding, stage: Stage) -> Severity {
        let severity = self.severity(finding.rule, stage);
        if finding.is_explained() && severity == Severity::Warning { Severity::Note } else { severity }
    }

    /// Whether a finding of `rule` keeps a bundle from being packed: an error of the papers.
    pub fn blocks(&self, rule: &str) -> bool {
        self.severity(rule, Stage::Submit) == Severity::Error
            && self.rule(rule).is_none_or(|rule| rule.aspect == Aspect::Paper)
    }
}

/// What a file of the rulebook holds.
enum Part {
    Terms(Box<Terms>),
    Rules(Vec<Rule>),
}

fn part(file: &str, text: &str) -> Result<Part, String> {
    let document = Document::read(file, text.as_bytes(), &BTreeSet::new());
    if let Some(finding) = document.findings.first() {
        return Err(format!("{file}: {finding:?}"));
    }
    let tree = document.tree.ok_or_else(|| format!("{file}: empty"))?;
    let problem = |problem| format!("{file}: {problem:?}");
    if file.ends_with("terms.yaml") {
        return from_node(&tree).map(Part::Terms).map_err(problem);
    }
    let mut rules: Vec<Rule> = from_node(&tree).map_err(problem)?;
    for rule in &mut rules {
        rule.chapter = rule.article.as_ref().map_or_else(|| Chapter::of(file), |_| Chapter::Regulation);
    }
    Ok(Part::Rules(rules))
}

fn load(files: &[(&str, &str)]) -> Result<Rulebook, String> {
    let mut rulebook = Rulebook {
        version: embedded::VERSION.to_owned(),
        terms: Terms::default(),
        house: None,
        rules: BTreeMap::new(),
    };
    let parts: Vec<Part> = files.par_iter().map(|(file, text)| part(file, text)).collect::<Result<_, _>>()?;
    for part in parts {
        match part {
            Part::Terms(terms) => rulebook.terms = *terms,
            Part::Rules(rules) => {
                for rule in rules {
                    if let Some(twice) = rulebook.rules.insert(rule.id.clone(), rule) {
                        return Err(format!("{} twice", twice.id));
                    }
                }
            }
        }
    }
    Ok(rulebook)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn every_file_of_the_rulebook_is_inside() {
        let rulebook = Rulebook::built_in().unwrap();
        assert!(rulebook.rules().count() > 50);
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rulebook");
        let mut on_disk: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.path().extension().is_some_and(|ext| ext == "yaml"))
            .map(|entry| entry.path().strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"))
            .collect();
        on_disk.sort();
        let mut inside: Vec<String> = embedded::FILES.iter().map(|(file, _)| (*file).to_owned()).collect();
        inside.sort();
        assert_eq!(on_disk, inside);
    }

    #[test]
    fn facts_never_stop_a_bundle() {
        for rule in Rulebook::built_in().unwrap().rules() {
            if rule.aspect == Aspect::Fact {
                assert!(rule.severity.at(Stage::Submit) < Severity::Error, "{}", rule.id);
            }
        }
    }
}
