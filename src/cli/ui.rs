//! Everything that is printed goes through here.

use super::Outcome;
use crate::finding::Finding;
use crate::report::{Format, Locale, Reporter};
use crate::rulebook::{Lang, Rulebook, Stage};
use crate::workspace::Workspace;
use clap::ArgMatches;
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::path::PathBuf;

/// The terminal and the language.
pub struct Ui {
    /// The words.
    pub locale: &'static Locale,
    format: Format,
    colour: bool,
}

impl Ui {
    /// With the global options.
    pub fn new(lang: Lang, matches: &ArgMatches) -> Self {
        let matches = matches.subcommand().map_or(matches, |(_, matches)| matches);
        let format = matches.try_get_one::<String>("format").ok().flatten();
        Self {
            locale: Locale::of(lang),
            format: match format.map(String::as_str) {
                Some("short") => Format::Short,
                Some("json") => Format::Json,
                _ => Format::Full,
            },
            colour: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        }
    }

    /// Whether each thing is told at length or on one line.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Whether the terminal takes colours.
    pub fn colour(&self) -> bool {
        self.colour
    }

    /// Whether the answer is one JSON document: then sentences are kept back and [`Self::answer`] prints it.
    pub fn json(&self) -> bool {
        self.format == Format::Json
    }

    /// Prints the answer of a command that was asked for JSON.
    pub fn answer(&self, value: &serde_json::Value) {
        self.print(&format!("{value:#}\n"));
    }

    /// Prints a sentence of the locale; nothing where JSON was asked for.
    pub fn say(&self, name: &str, facts: impl Serialize) {
        if self.json() {
            return;
        }
        self.print(&format!("{}\n", self.locale.say(name, facts)));
    }

    /// Prints text as it is; a closed pipe is no failure.
    pub fn print(&self, text: &str) {
        let mut out = anstream::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Prints to standard error.
    pub fn complain(&self, text: &str) {
        let mut out = anstream::stderr().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Prints findings of a workspace and a line that counts them.
    pub fn report(
        &self,
        rulebook: &Rulebook,
        stage: Stage,
        workspace: Option<&Workspace>,
        findings: &[Finding],
    ) -> Outcome {
        let line = |file: &str, number: u32| workspace?.line(file, number);
        let reporter = Reporter {
            locale: self.locale,
            rulebook,
            stage,
            format: self.format,
            colour: self.colour,
            line: &line,
        };
        self.print(&reporter.all(findings));
        let tally = reporter.tally(findings);
        if tally.errors > 0 { Outcome::Findings } else { Outcome::Fine }
    }

    /// Prints why the tool could not do its work.
    pub fn failure(&self, rulebook: &Rulebook, finding: &Finding) -> Outcome {
        let reporter = Reporter {
            locale: self.locale,
            rulebook,
            stage: Stage::Submit,
            format: self.format,
            colour: self.colour,
            line: &|_, _| None,
        };
        self.complain(&reporter.one(finding));
        Outcome::Failure
    }

    /// The line that counts findings.
    pub fn count(&self, rulebook: &Rulebook, stage: Stage, findings: &[Finding]) {
        let mut tally = [0usize; 3];
        for finding in findings {
            match rulebook.severity(finding.rule, stage) {
                crate::rulebook::Severity::Error => tally[0] += 1,
                crate::rulebook::Severity::Warning => tally[1] += 1,
                crate::rulebook::Severity::Note => tally[2] += 1,
            }
        }
        let facts = std::collections::BTreeMap::from([
            ("errors", tally[0]),
            ("warnings", tally[1]),
            ("notes", tally[2]),
        ]);
        self.say("check.count", facts);
    }
}

/// The path argument, or the current folder.
pub(super) fn path(matches: &ArgMatches) -> PathBuf {
    matches.get_one::<PathBuf>("path").cloned().unwrap_or_else(|| PathBuf::from("."))
}
