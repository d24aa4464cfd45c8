//! One finding as an object for other programs.

use super::Reporter;
use crate::check::fix::Fixes;
use crate::finding::{Finding, Place};
use crate::rulebook::{Aspect, Severity};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

/// What happened, where, and by which rule.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Told {
    /// Stable id of the rule.
    pub rule: &'static str,
    /// Title of the rule.
    pub title: Option<String>,
    /// How grave it is at this stage.
    pub severity: Level,
    /// 事实: it happened, and never stops a true report; else 材料, the paper itself.
    pub fact: bool,
    /// What is wrong.
    pub message: String,
    /// How to mend it.
    pub remedy: Option<String>,
    /// The article of the regulation, `第十六条第（二）项`.
    pub article: Option<String>,
    /// Article or other source, as a sentence names it.
    pub source: Option<String>,
    /// The command that tells more about the rule.
    pub help: String,
    /// Where it stands, if it stands anywhere.
    pub place: Option<Spot>,
    /// Other places that take part in it.
    pub related: Vec<Spot>,
    /// What `check --fix` writes there, where that is certain; only `check` says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fix: Option<Fix>,
}

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// 错误.
    Error,
    /// 警告.
    Warning,
    /// 提示.
    Note,
}

impl From<Severity> for Level {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Error => Self::Error,
            Severity::Warning => Self::Warning,
            Severity::Note => Self::Note,
        }
    }
}

/// A place in a file of the workspace; without line, the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Spot {
    /// Path relative to the workspace, with `/`.
    pub file: String,
    /// From 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// From 1, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// In characters, at least 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<u32>,
}

impl From<&Place> for Spot {
    fn from(place: &Place) -> Self {
        let of_line = |number| (place.line > 0).then_some(number);
        Self {
            file: place.file.clone(),
            line: of_line(place.line),
            column: of_line(place.column),
            length: of_line(place.length),
        }
    }
}

/// A replacement that is certain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fix {
    /// What takes the place of the characters at `place`.
    pub text: String,
}

impl Reporter<'_> {
    /// A finding with its words.
    pub fn told(&self, finding: &Finding, fixes: &Fixes) -> Told {
        let rule = self.rulebook.rule(finding.rule);
        let place = finding.place.as_ref();
        let fix = place.and_then(|place| fixes.get(&(place.clone(), finding.rule)));
        Told {
            rule: finding.rule,
            title: rule.map(|rule| rule.title.get(self.locale.lang).to_owned()),
            severity: self.rulebook.gravity(finding, self.stage).into(),
            fact: rule.is_some_and(|rule| rule.aspect == Aspect::Fact),
            message: self.message(finding),
            remedy: self.remedy(finding),
            article: rule.and_then(|rule| rule.article.clone()),
            source: self.source(finding),
            help: format!("baosong explain {}", finding.rule),
            place: place.map(Spot::from),
            related: finding.related.iter().map(Spot::from).collect(),
            fix: fix.map(|text| Fix { text: text.clone() }),
        }
    }

    /// The same as JSON, where nothing is mended.
    pub fn object(&self, finding: &Finding) -> Value {
        serde_json::to_value(self.told(finding, &Fixes::new())).unwrap_or_default()
    }
}
