//! Findings as SARIF 2.1.0 (OASIS), for editors and for services that review changes: workspaces with their findings go
//! in, one log with a run for each comes out.

use super::{Level, Reporter, Spot, Told, cited, pattern};
use crate::check::fix::Fixes;
use crate::finding::Finding;
use crate::rulebook::{Lang, Rule};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// What the paths of a run start from.
const BASE: &str = "WORKSPACE";

/// Everything but what a path may hold as it is (RFC 3986).
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// The whole file.
pub fn sarif(runs: &[Value]) -> Value {
    json!({ "$schema": SCHEMA, "version": "2.1.0", "runs": runs })
}

impl Reporter<'_> {
    /// The findings of the workspace in the folder `root`, an absolute path.
    pub fn run(&self, root: &Path, findings: &[Finding], fixes: &Fixes) -> Value {
        let rules: Vec<&str> =
            findings.iter().map(|finding| finding.rule).collect::<BTreeSet<_>>().into_iter().collect();
        let results: Vec<Value> = findings
            .iter()
            .map(|finding| {
                let index = rules.binary_search(&finding.rule).unwrap_or_default();
                self.result(&self.told(finding, fixes), index)
            })
            .collect();
        json!({
            "tool": self.tool(&rules),
            "language": self.language(),
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { BASE: { "uri": folder_uri(root) } },
            "invocations": [{ "executionSuccessful": true }],
            "results": results,
        })
    }

    /// Of a program that could not do its work.
    pub fn failed_run(&self, finding: &Finding) -> Value {
        let notification = json!({
            "level": "error",
            "descriptor": { "id": finding.rule },
            "message": { "text": self.message(finding) },
        });
        json!({
            "tool": self.tool(&[]),
            "language": self.language(),
            "invocations": [{ "executionSuccessful": false, "toolExecutionNotifications": [notification] }],
            "results": [],
        })
    }

    fn language(&self) -> &'static str {
        match self.locale.lang {
            Lang::Zh => "zh-CN",
            Lang::En => "en",
        }
    }

    fn tool(&self, rules: &[&str]) -> Value {
        let rules = rules.iter().filter_map(|id| self.rulebook.rule(id));
        json!({ "driver": {
            "name": "baosong",
            "version": env!("CARGO_PKG_VERSION"),
            "rules": rules.map(|rule| self.descriptor(rule)).collect::<Vec<_>>(),
        } })
    }

    fn descriptor(&self, rule: &Rule) -> Value {
        let lang = self.locale.lang;
        let remedy = Some(pattern(lang, rule.remedy.get(lang))).filter(|it| !matches!(it.as_str(), "" | "…"));
        let help = [remedy, cited(self.locale, rule), Some(format!("baosong explain {}", rule.id))];
        let mut descriptor = json!({
            "id": rule.id,
            "shortDescription": { "text": rule.title.get(lang) },
            "help": { "text": help.into_iter().flatten().collect::<Vec<_>>().join("\n") },
            "defaultConfiguration": { "level": Level::from(rule.severity.at(self.stage)) },
        });
        if let Some(reason) = &rule.reason {
            descriptor["fullDescription"] = json!({ "text": reason.get(lang) });
        }
        if let Some(article) = &rule.article {
            descriptor["properties"] = json!({ "article": article });
        }
        descriptor
    }

    fn result(&self, told: &Told, index: usize) -> Value {
        let remedy =
            told.remedy.iter().map(|remedy| format!("\n{}{remedy}", self.locale.word("report.remedy")));
        let mut result = json!({
            "ruleId": told.rule,
            "ruleIndex": index,
            "level": told.severity,
            "message": { "text": told.message.clone() + &remedy.collect::<String>() },
            "locations": told.place.iter().map(location).collect::<Vec<_>>(),
            "properties": { "fact": told.fact },
        });
        if !told.related.is_empty() {
            result["relatedLocations"] = told.related.iter().map(location).collect();
        }
        if let (Some(fix), Some(spot)) = (&told.fix, &told.place) {
            let replacement =
                json!({ "deletedRegion": region(spot), "insertedContent": { "text": fix.text } });
            let change = json!({ "artifactLocation": artifact(spot), "replacements": [replacement] });
            result["fixes"] = json!([{ "artifactChanges": [change] }]);
        }
        result
    }
}

fn location(spot: &Spot) -> Value {
    let mut location = json!({ "artifactLocation": artifact(spot) });
    if spot.line.is_some() {
        location["region"] = region(spot);
    }
    json!({ "physicalLocation": location })
}

fn artifact(spot: &Spot) -> Value {
    json!({ "uri": escaped(&spot.file), "uriBaseId": BASE })
}

/// On one line; the end is the column behind it.
fn region(spot: &Spot) -> Value {
    let column = spot.column.unwrap_or(1);
    json!({ "startLine": spot.line, "startColumn": column, "endColumn": column + spot.length.unwrap_or(1) })
}

fn escaped(path: &str) -> String {
    utf8_percent_encode(path, ESCAPED).to_string()
}

/// `file:///home/…/`; a drive of Windows as `file:///C:/…/`, a share as `file://server/share/`.
fn folder_uri(root: &Path) -> String {
    let path = root.to_string_lossy();
    let path = if std::path::MAIN_SEPARATOR == '\\' { path.replace('\\', "/") } else { path.into_owned() };
    let path = escaped(path.trim_end_matches('/')).replace("%3A", ":");
    let slashes = match path.as_bytes() {
        [b'/', b'/', ..] => "",
        [b'/', ..] | [] => "//",
        _ => "///",
    };
    format!("file:{slashes}{path}/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_and_files_become_addresses() {
        assert_eq!(folder_uri(Path::new("/a b/组")), "file:///a%20b/%E7%BB%84/");
        assert_eq!(folder_uri(Path::new("C:/a")), "file:///C:/a/");
        assert_eq!(folder_uri(Path::new("//server/a")), "file://server/a/");
        assert_eq!(folder_uri(Path::new("/")), "file:///");
        assert_eq!(escaped("2026/活:动#1.yaml"), "2026/%E6%B4%BB%3A%E5%8A%A8%231.yaml");
    }
}
