//! One finding in words.

use super::Locale;
use crate::finding::{Finding, Place};
use crate::model::invisible;
use crate::rulebook::{Aspect, Rulebook, Severity, Stage};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use unicode_width::UnicodeWidthChar;

/// How findings are shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Format {
    /// With the line, the remedy and the article.
    #[default]
    Full,
    /// One line each: `file:line:column: severity[rule] message`.
    Short,
    /// One JSON document for the whole answer.
    Json,
    /// One SARIF log for the whole answer.
    Sarif,
}

/// How many findings of each severity there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Tally {
    /// 错误.
    pub errors: usize,
    /// 警告.
    pub warnings: usize,
    /// 提示.
    pub notes: usize,
}

/// Turns findings into text.
pub struct Reporter<'a> {
    /// The words.
    pub locale: &'static Locale,
    /// The rules.
    pub rulebook: &'a Rulebook,
    /// Which severities count.
    pub stage: Stage,
    /// Full or short.
    pub format: Format,
    /// Colours for a terminal.
    pub colour: bool,
    /// Gives a file's line, counted from 1.
    pub line: &'a dyn Fn(&str, u32) -> Option<String>,
}

impl Reporter<'_> {
    /// All findings, gravest last in a file's order of lines, and a line that counts them.
    pub fn all(&self, findings: &[Finding]) -> String {
        let mut out = String::new();
        for finding in findings {
            out.push_str(&self.one(finding));
        }
        out
    }

    /// Counts the findings by severity.
    pub fn tally(&self, findings: &[Finding]) -> Tally {
        let mut tally = Tally::default();
        for finding in findings {
            match self.rulebook.gravity(finding, self.stage) {
                Severity::Error => tally.errors += 1,
                Severity::Warning => tally.warnings += 1,
                Severity::Note => tally.notes += 1,
            }
        }
        tally
    }

    /// One finding, with its line break.
    pub fn one(&self, finding: &Finding) -> String {
        match self.format {
            Format::Short => self.short(finding),
            Format::Full | Format::Json | Format::Sarif => self.full(finding),
        }
    }

    /// The message alone.
    pub fn message(&self, finding: &Finding) -> String {
        match self.rulebook.rule(finding.rule) {
            Some(rule) => {
                let more = finding.facts.get("more").map(|more| BTreeMap::from([("more", more)]));
                let more = more.map(|facts| self.locale.say("report.more", facts)).unwrap_or_default();
                self.fill(rule.message.get(self.locale.lang), finding) + &more
            }
            None => visible(&format!("{} {:?}", finding.rule, finding.facts)),
        }
    }

    /// What a covering paper says of it: the group's own words on what happened, not on its files.
    pub fn statement(&self, finding: &Finding) -> String {
        let statement = self.rulebook.rule(finding.rule).and_then(|rule| rule.statement.as_deref());
        statement.map_or_else(|| self.message(finding), |statement| self.fill(statement, finding))
    }

    /// A template with the facts, shortened to what a reader needs; rules are called by their titles.
    fn fill(&self, template: &str, finding: &Finding) -> String {
        let facts: BTreeMap<&str, Value> = finding
            .facts
            .iter()
            .map(|(name, value)| match (*name, value) {
                ("rules", Value::Array(rules)) => {
                    (*name, rules.iter().map(|rule| self.title(rule)).collect())
                }
                (name, Value::String(text)) => (name, Value::String(shortened(text))),
                (name, value) => (name, value.clone()),
            })
            .collect();
        visible(&self.locale.fill(template, facts))
    }

    /// A rule as readers know it, with its id for `explain`.
    fn title(&self, rule: &Value) -> Value {
        let id = rule.as_str().unwrap_or_default();
        let title = self.rulebook.rule(id).map(|rule| rule.title.get(self.locale.lang));
        Value::from(title.map_or_else(|| id.to_owned(), |title| format!("{title} ({id})")))
    }

    fn severity(&self, finding: &Finding) -> (Severity, String) {
        let severity = self.rulebook.gravity(finding, self.stage);
        let name = match severity {
            Severity::Error => "severity.error",
            Severity::Warning => "severity.warning",
            Severity::Note => "severity.note",
        };
        (severity, self.locale.word(name))
    }

    fn paint(&self, severity: Severity, text: &str) -> String {
        use anstyle::{AnsiColor, Style};
        if !self.colour {
            return text.to_owned();
        }
        let colour = match severity {
            Severity::Error => AnsiColor::Red,
            Severity::Warning => AnsiColor::Yellow,
            Severity::Note => AnsiColor::Cyan,
        };
        let style = Style::new().bold().fg_color(Some(colour.into()));
        format!("{style}{text}{style:#}")
    }

    fn short(&self, finding: &Finding) -> String {
        let (severity, word) = self.severity(finding);
        let head = self.paint(severity, &format!("{word}[{}]", finding.rule));
        let message = self.message(finding).replace('\n', " ");
        match &finding.place {
            Some(place) => format!("{}: {head} {message}\n", position(place)),
            None => format!("{head} {message}\n"),
        }
    }

    fn full(&self, finding: &Finding) -> String {
        let (severity, word) = self.severity(finding);
        let mut out = self.paint(severity, &format!("{word}[{}]", finding.rule));
        let rule = self.rulebook.rule(finding.rule);
        if rule.is_some_and(|rule| rule.aspect == Aspect::Fact) {
            let _ = write!(out, " {}", self.locale.word("aspect.fact"));
        }
        let _ = writeln!(out, " {}", self.message(finding));
        if let Some(place) = &finding.place {
            let _ = writeln!(out, "  --> {}", position(place));
            self.frame(place, severity, &mut out);
        }
        for place in &finding.related {
            let _ = writeln!(out, "  {} {}", self.locale.word("report.see"), position(place));
        }
        if let Some(remedy) = self.remedy(finding) {
            let _ = writeln!(out, "  {}{remedy}", self.locale.word("report.remedy"));
        }
        if let Some(by) = self.source(finding) {
            let _ = writeln!(out, "  {}{by}", self.locale.word("report.article"));
        }
        out.push('\n');
        out
    }

    /// How to mend it, if the rule says so.
    pub(super) fn remedy(&self, finding: &Finding) -> Option<String> {
        if finding.is_explained() {
            return Some(self.locale.word("report.explained"));
        }
        let rule = self.rulebook.rule(finding.rule)?;
        Some(self.fill(rule.remedy.get(self.locale.lang), finding)).filter(|remedy| !remedy.is_empty())
    }

    /// The article that the rule comes from, or the kind of its source.
    pub(super) fn source(&self, finding: &Finding) -> Option<String> {
        let rule = self.rulebook.rule(finding.rule)?;
        let article = rule.article.as_ref().map(|article| self.article(article));
        article.or_else(|| rule.source.map(|source| self.locale.word(source.word())))
    }

    fn article(&self, article: &str) -> String {
        self.locale.say("report.regulation", [("article", article)].into_iter().collect::<BTreeMap<_, _>>())
    }

    /// The line itself with a mark under what is meant.
    fn frame(&self, place: &Place, severity: Severity, out: &mut String) {
        if place.line == 0 {
            return;
        }
        let Some(line) = (self.line)(&place.file, place.line) else { return };
        let start = place.column.saturating_sub(1) as usize;
        let window = Window::around(&line, start);
        let before = width(window.text.chars().take(window.start));
        let marked = width(window.text.chars().skip(window.start).take(place.length as usize)).max(1);
        let number = place.line.to_string();
        let gutter = " ".repeat(number.len());
        let _ = writeln!(out, "  {number} | {}", window.text);
        let mark = self.paint(severity, &"^".repeat(marked));
        let _ = writeln!(out, "  {gutter} | {}{mark}", " ".repeat(before));
    }
}

/// At most 60 characters of a line around the place that is meant.
struct Window {
    text: String,
    /// Where the place starts in it, in characters.
    start: usize,
}

impl Window {
    const SHOWN: usize = 60;
    const CUT: &str = "... ";

    fn around(line: &str, start: usize) -> Self {
        let skipped = start.saturating_sub(Self::SHOWN / 2);
        let left = if skipped > 0 { Self::CUT } else { "" };
        let shown: String = line.chars().skip(skipped).take(Self::SHOWN).collect();
        let right = if line.chars().nth(skipped + Self::SHOWN).is_some() { " ..." } else { "" };
        let text = format!("{left}{}{right}", visible(&shown));
        Self { text, start: start - skipped + left.len() }
    }
}

/// What a terminal can show: a tab becomes a blank, what would steer the terminal or turn the text around a `\u{FFFD}`.
pub fn visible(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\t' | '\r' => ' ',
            '\n' => '\n',
            c if invisible(c).is_some() => char::REPLACEMENT_CHARACTER,
            c => c,
        })
        .collect()
}

/// The beginning of a long text, on one line.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 80;
    let line = text.trim_end_matches(['\n', '\r']).replace(['\n', '\r'], " ");
    if line.chars().nth(LONGEST).is_none() {
        return line;
    }
    let start: String = line.chars().take(LONGEST / 2).collect();
    format!("{start}……")
}

fn width(chars: impl Iterator<Item = char>) -> usize {
    chars.map(|c| c.width().unwrap_or(0)).sum()
}

/// Where something stands, as a terminal shows it: `file:line:column`.
pub fn position(place: &Place) -> String {
    let file = visible(&place.file.replace('\n', " "));
    if place.line == 0 { file } else { format!("{file}:{}:{}", place.line, place.column) }
}
