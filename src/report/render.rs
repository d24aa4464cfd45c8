//! One finding in words.

use super::Locale;
use crate::finding::{Finding, Place};
use crate::rulebook::{Aspect, Rulebook, Severity, Stage};
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
}

/// How many findings of each severity there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// 错误 of the papers.
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
            match self.rulebook.severity(finding.rule, self.stage) {
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
            Format::Full => self.full(finding),
        }
    }

    /// The message alone.
    pub fn message(&self, finding: &Finding) -> String {
        match self.rulebook.rule(finding.rule) {
            Some(rule) => self.locale.fill(rule.message.get(self.locale.lang), &finding.facts),
            None => format!("{} {:?}", finding.rule, finding.facts),
        }
    }

    fn severity(&self, finding: &Finding) -> (Severity, String) {
        let severity = self.rulebook.severity(finding.rule, self.stage);
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
        if let Some(rule) = rule {
            let remedy = self.locale.fill(rule.remedy.get(self.locale.lang), &finding.facts);
            if !remedy.is_empty() {
                let _ = writeln!(out, "  {}{remedy}", self.locale.word("report.remedy"));
            }
            if let Some(article) = &rule.article {
                let _ = writeln!(out, "  {}{}", self.locale.word("report.article"), self.article(article));
            }
        }
        out.push('\n');
        out
    }

    fn article(&self, article: &str) -> String {
        self.locale.say(
            "report.regulation",
            [("article", article)].into_iter().collect::<std::collections::BTreeMap<_, _>>(),
        )
    }

    /// The line itself with a mark under what is meant.
    fn frame(&self, place: &Place, severity: Severity, out: &mut String) {
        if place.line == 0 {
            return;
        }
        let Some(line) = (self.line)(&place.file, place.line) else { return };
        let start = place.column.saturating_sub(1) as usize;
        let (shown, skipped) = window(&line, start);
        let before = width(shown.chars().take(start - skipped));
        let marked = width(shown.chars().skip(start - skipped).take(place.length as usize)).max(1);
        let number = place.line.to_string();
        let gutter = " ".repeat(number.len());
        let _ = writeln!(out, "  {number} | {shown}");
        let mark = self.paint(severity, &"^".repeat(marked));
        let _ = writeln!(out, "  {gutter} | {}{mark}", " ".repeat(before));
    }
}

/// At most 60 characters of a long line around the place that is meant; tabs and other controls
/// shown as blanks.
fn window(line: &str, start: usize) -> (String, usize) {
    const SHOWN: usize = 60;
    let skipped = start.saturating_sub(SHOWN / 2);
    let shown = line.chars().skip(skipped).take(SHOWN);
    (shown.map(|c| if c.is_control() { ' ' } else { c }).collect(), skipped)
}

fn width(chars: impl Iterator<Item = char>) -> usize {
    chars.map(|c| c.width().unwrap_or(0)).sum()
}

fn position(place: &Place) -> String {
    if place.line == 0 {
        place.file.clone()
    } else {
        format!("{}:{}:{}", place.file, place.line, place.column)
    }
}
