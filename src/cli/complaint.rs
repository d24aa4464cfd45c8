//! What clap has to say about a wrong command line, in the language of the user.

use super::Outcome;
use super::ui::refusal;
use crate::model::scalar::{common_year_of_leap_day, is_no_day};
use crate::report::Locale;
use crate::rulebook::Lang;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};
use serde_json::json;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Write;

/// Prints help, version or complaint; the last as JSON where a program asked.
pub(super) fn show(lang: Lang, arguments: &[OsString], error: &Error) -> Outcome {
    let locale = Locale::of(lang);
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let _ = error.print();
            return Outcome::Fine;
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            let _ = error.print();
            return Outcome::Failure;
        }
        _ => {}
    }
    let mut facts: BTreeMap<&str, String> = [
        ("argument", ContextKind::InvalidArg),
        ("value", ContextKind::InvalidValue),
        ("known", ContextKind::ValidValue),
        ("command", ContextKind::InvalidSubcommand),
        ("near", ContextKind::SuggestedArg),
        ("near_command", ContextKind::SuggestedSubcommand),
        ("near_value", ContextKind::SuggestedValue),
    ]
    .into_iter()
    .map(|(name, kind)| {
        let shown = error.get(kind).map(show_value).unwrap_or_default();
        // Suggestions come with the best one last.
        let best = shown.rsplit('、').next().unwrap_or_default().to_owned();
        (name, if name.starts_with("near") { best } else { shown })
    })
    .collect();
    let date = format!("<{}>", locale.word("value.DATE"));
    let name = match error.kind() {
        ErrorKind::InvalidSubcommand => "complaint.command",
        ErrorKind::UnknownArgument => "complaint.argument",
        ErrorKind::MissingRequiredArgument | ErrorKind::MissingSubcommand => "complaint.missing",
        ErrorKind::ValueValidation if facts["argument"].contains(&date) => "complaint.date",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::NoEquals => "complaint.value",
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues | ErrorKind::ArgumentConflict => {
            "complaint.conflict"
        }
        _ => "complaint.other",
    };
    facts.insert("reason", no_day(locale, &facts["value"]));
    let message = locale.say(name, facts);
    if wants_json(arguments) {
        let _ = writeln!(anstream::stdout().lock(), "{:#}", refusal(&message));
    } else {
        let _ = writeln!(anstream::stderr().lock(), "{message}");
    }
    Outcome::Failure
}

/// What cannot be read as a whole may still say this; a log of SARIF needs a command that was understood.
fn wants_json(arguments: &[OsString]) -> bool {
    let joined = arguments.iter().any(|argument| argument == "--format=json");
    joined || arguments.windows(2).any(|pair| pair[0] == "--format" && pair[1] == "json")
}

/// Why there is no such day; empty for what is not even written as one.
pub(super) fn no_day(locale: &Locale, text: &str) -> String {
    match common_year_of_leap_day(text) {
        Some(year) => locale.say("no-day.leap", json!({ "year": year })),
        None if is_no_day(text) => locale.word("no-day"),
        None => String::new(),
    }
}

fn show_value(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join("、"),
        ContextValue::StyledStr(text) => text.to_string(),
        ContextValue::Number(number) => number.to_string(),
        _ => String::new(),
    }
}
