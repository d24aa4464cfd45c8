//! One finding as an object for other programs.

use super::Reporter;
use crate::finding::{Finding, Place};
use crate::rulebook::{Aspect, Severity};
use serde_json::{Value, json};

impl Reporter<'_> {
    /// What happened, where, and by which rule; lines and columns count from 1, columns and lengths in characters.
    pub fn object(&self, finding: &Finding) -> Value {
        let rule = self.rulebook.rule(finding.rule);
        let severity = match self.rulebook.severity(finding.rule, self.stage) {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        json!({
            "rule": finding.rule,
            "severity": severity,
            "fact": rule.is_some_and(|rule| rule.aspect == Aspect::Fact),
            "message": self.message(finding),
            "remedy": self.remedy(finding),
            "source": self.source(finding),
            "place": finding.place.as_ref().map(place),
            "related": finding.related.iter().map(place).collect::<Vec<_>>(),
        })
    }
}

fn place(place: &Place) -> Value {
    match place.line {
        0 => json!({ "file": place.file }),
        line => json!({ "file": place.file, "line": line, "column": place.column, "length": place.length }),
    }
}
