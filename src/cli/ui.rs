//! Everything that is printed goes through here.

use super::Outcome;
use crate::finding::Finding;
use crate::report::{Format, Locale, Reporter, Tally, sarif};
use crate::rulebook::{Lang, Rulebook, Stage};
use crate::workspace::Workspace;
use clap::ArgMatches;
use serde::Serialize;
use serde_json::{Value, json};
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
                Some("sarif") => Format::Sarif,
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
        matches!(self.format, Format::Json | Format::Sarif)
    }

    /// Prints the answer of a command that was asked for JSON.
    pub fn answer(&self, value: &Value) {
        // No colours to take out, and it may be long.
        let text = format!("{value:#}\n");
        let mut out = std::io::stdout().lock();
        let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
    }

    /// Prints a sentence of the locale; nothing where JSON was asked for.
    pub fn say(&self, name: &str, facts: impl Serialize) {
        if !self.json() {
            self.tell(&self.locale.say(name, facts));
        }
    }

    /// Prints a sentence; nothing where JSON was asked for.
    pub fn tell(&self, sentence: &str) {
        if !self.json() {
            self.print(&format!("{sentence}\n"));
        }
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

    /// What turns findings into words, lines or objects.
    pub fn reporter<'a>(
        &self,
        rulebook: &'a Rulebook,
        stage: Stage,
        line: &'a dyn Fn(&str, u32) -> Option<String>,
    ) -> Reporter<'a> {
        Reporter { locale: self.locale, rulebook, stage, format: self.format, colour: self.colour, line }
    }

    /// Prints findings of a workspace, unless JSON was asked for.
    pub fn report(
        &self,
        rulebook: &Rulebook,
        stage: Stage,
        workspace: Option<&Workspace>,
        findings: &[Finding],
    ) -> Outcome {
        let line = |file: &str, number: u32| workspace?.line(file, number);
        let reporter = self.reporter(rulebook, stage, &line);
        if !self.json() {
            self.print(&reporter.all(findings));
        }
        outcome(&reporter.tally(findings))
    }

    /// The findings of a workspace and the line that counts them, to be printed; nothing where JSON was asked for.
    pub fn told(
        &self,
        rulebook: &Rulebook,
        stage: Stage,
        workspace: &Workspace,
        findings: &[Finding],
    ) -> (String, Outcome) {
        let line = |file: &str, number: u32| workspace.line(file, number);
        let reporter = self.reporter(rulebook, stage, &line);
        let tally = reporter.tally(findings);
        let outcome = outcome(&tally);
        if self.json() {
            return (String::new(), outcome);
        }
        (format!("{}{}\n", reporter.all(findings), self.locale.say("check.count", tally)), outcome)
    }

    /// Prints why the tool could not do its work.
    pub fn failure(&self, rulebook: &Rulebook, finding: &Finding) -> Outcome {
        let reporter = self.reporter(rulebook, Stage::Submit, &|_, _| None);
        match self.format {
            Format::Json => self.answer(&json!({ "failure": reporter.object(finding) })),
            Format::Sarif => self.answer(&sarif(&[reporter.failed_run(finding)])),
            Format::Full | Format::Short => self.complain(&reporter.one(finding)),
        }
        Outcome::Failure
    }

    /// Says in a sentence of the locale why a command line cannot be followed.
    pub fn refuse(&self, name: &str, facts: impl Serialize) -> Outcome {
        let message = self.locale.say(name, facts);
        if self.json() {
            self.answer(&refusal(&message));
        } else {
            self.complain(&format!("{message}\n"));
        }
        Outcome::Failure
    }

    /// The line that counts findings.
    pub fn count(&self, rulebook: &Rulebook, stage: Stage, findings: &[Finding]) {
        let facts = self.reporter(rulebook, stage, &|_, _| None).tally(findings);
        self.say("check.count", facts);
    }
}

fn outcome(tally: &Tally) -> Outcome {
    if tally.errors > 0 { Outcome::Findings } else { Outcome::Fine }
}

/// A failure that no rule stands behind.
pub(super) fn refusal(message: &str) -> Value {
    json!({ "failure": { "rule": null, "severity": "error", "message": message } })
}

/// The path argument, or the current folder.
pub(super) fn path(matches: &ArgMatches) -> PathBuf {
    matches.get_one::<PathBuf>("path").cloned().unwrap_or_else(|| PathBuf::from("."))
}
