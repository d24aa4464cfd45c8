//! The command line: one file a command. The only part that touches terminal, environment and clock.
//!
//! Exit codes: 0 fine, 1 the documents have errors, 2 the tool could not do its work.

mod ask;
mod attention;
mod built;
mod check;
mod command;
mod complaint;
mod doctor;
mod eject;
mod explain;
mod export;
mod fix;
mod fonts;
mod front;
mod group;
mod ics;
mod init;
mod make;
mod man;
mod meeting;
mod new;
mod number_kept;
mod open;
mod pack;
mod preview;
mod progress;
mod receipt;
mod scaffold;
mod sent;
mod status;
mod surroundings;
mod table;
mod target;
mod ui;
mod verify;
mod watch;
mod workday;
mod year;

pub use command::command;
pub use ui::Ui;

use crate::rulebook::{Lang, Rulebook};
use clap::error::{Error, ErrorKind};
use clap::{ArgMatches, Command};
use serde_json::json;
use std::ffi::OsString;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// Everything is in order.
    Fine,
    /// The documents have errors.
    Findings,
    /// The tool could not do its work.
    Failure,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        Self::from(match outcome {
            Outcome::Fine => 0,
            Outcome::Findings => 1,
            Outcome::Failure => 2,
        })
    }
}

/// Reads the process's own arguments and environment, and runs.
pub fn main() -> ExitCode {
    crate::typeset::quiet_panics();
    let mut arguments: Vec<OsString> = std::env::args_os().collect();
    // `baosong help pack` is what others call `baosong pack --help`.
    if arguments.get(1).is_some_and(|first| first == "help") {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    let lang = language(&arguments);
    let parsed = |arguments: &[OsString]| command(lang).try_get_matches_from(arguments);
    let mut matches = parsed(&arguments);
    if is_bare(&matches, &arguments, &command(lang)) {
        arguments.insert(1, "front".into());
        let front = parsed(&arguments);
        // What the front page does not know either is wrong for the whole.
        if !front.as_ref().is_err_and(|error| error.kind() == ErrorKind::UnknownArgument) {
            matches = front;
        }
    }
    let matches = match matches {
        Ok(matches) => matches,
        Err(error) => return complaint::show(lang, &arguments, &error).into(),
    };
    let ui = Ui::new(lang, &matches);
    match Rulebook::built_in() {
        Ok(rulebook) => guarded(&ui, || dispatch(&ui, rulebook, &matches)).into(),
        Err(cause) => {
            ui.complain(&format!("rulebook: {cause}\n"));
            Outcome::Failure.into()
        }
    }
}

/// A panic that nobody else caught is a failure like any other: where threads share one work it would else say nothing.
fn guarded(ui: &Ui, work: impl FnOnce() -> Outcome) -> Outcome {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = crate::typeset::said(&*panic);
        ui.complain(&format!("{}\n", ui.locale.say("complaint.internal", json!({ "said": said }))));
        Outcome::Failure
    })
}

/// Whether no command is named: then options are those of the front page.
fn is_bare(matches: &Result<ArgMatches, Error>, arguments: &[OsString], command: &Command) -> bool {
    let is_command = |it: &OsString| it.to_str().is_some_and(|it| command.find_subcommand(it).is_some());
    match matches {
        Ok(matches) => matches.subcommand().is_none(),
        Err(error) => error.kind() == ErrorKind::UnknownArgument && !arguments.iter().skip(1).any(is_command),
    }
}

fn dispatch(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    match matches.subcommand() {
        Some(("front", matches)) => front::run(ui, rulebook, matches),
        Some(("init", matches)) => init::run(ui, rulebook, matches),
        Some(("new", matches)) => new::run(ui, rulebook, matches),
        Some(("check", matches)) => check::run(ui, rulebook, matches),
        Some(("build", matches)) => make::run(ui, rulebook, matches),
        Some(("pack", matches)) => pack::run(ui, rulebook, matches),
        Some(("status", matches)) => status::run(ui, rulebook, matches),
        Some(("sent", matches)) => sent::run(ui, rulebook, matches),
        Some(("receipt", matches)) => receipt::run(ui, rulebook, matches),
        Some(("workday", matches)) => workday::run(ui, rulebook, matches),
        Some(("verify", matches)) => verify::run(ui, rulebook, matches),
        Some(("table", matches)) => table::run(ui, rulebook, matches),
        Some(("fonts", matches)) => fonts::run(ui, rulebook, matches),
        Some(("explain", matches)) => explain::run(ui, rulebook, matches),
        Some(("eject", matches)) => eject::run(ui, rulebook, matches),
        Some(("schema", matches)) => export::schema(ui, rulebook, matches),
        Some(("completions", matches)) => export::completions(ui, matches),
        Some(("man", matches)) => man::run(ui, rulebook, matches),
        Some(("doctor", matches)) => doctor::run(ui, rulebook, matches),
        _ => Outcome::Failure,
    }
}

/// `--lang`, then `BAOSONG_LANG`, then an English locale; else Chinese.
fn language(arguments: &[OsString]) -> Lang {
    let given = arguments.iter().enumerate().find_map(|(index, argument)| {
        let argument = argument.to_str()?;
        match argument.strip_prefix("--lang") {
            Some("") => arguments.get(index + 1)?.to_str().map(str::to_owned),
            Some(value) => value.strip_prefix('=').map(str::to_owned),
            None => None,
        }
    });
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = || variable("LC_ALL").or_else(|| variable("LC_MESSAGES")).or_else(|| variable("LANG"));
    match given.or_else(|| variable("BAOSONG_LANG")) {
        Some(given) if given.starts_with("en") => Lang::En,
        None if locale().is_some_and(|locale| locale.starts_with("en_")) => Lang::En,
        _ => Lang::Zh,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_a_failure() {
        let matches = command(Lang::Zh).try_get_matches_from(["baosong", "check"]).expect("a command");
        let ui = Ui::new(Lang::Zh, &matches);
        let spread = || rayon::join(|| panic!("here"), || Outcome::Fine).1;
        assert_eq!(guarded(&ui, spread), Outcome::Failure);
        assert_eq!(guarded(&ui, || Outcome::Findings), Outcome::Findings);
    }
}
