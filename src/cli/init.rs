//! `baosong init`: a workspace with its profile, the schemas for editors, a first plan and a first activity. On a
//! terminal it asks what no option says.
//!
//! Refused: a folder that is a workspace already or lies in one. Nothing is written before everything is known.

use super::ask::Ask;
use super::group::{Group, is_answered};
use super::new::{Draft, first_activity, first_plan, refuse_taken, write_new};
use super::scaffold::text;
use super::{Outcome, Ui};
use crate::build::write::write;
use crate::finding::Finding;
use crate::model::Kind;
use crate::model::scalar::Date;
use crate::rulebook::Rulebook;
use crate::workspace::{PROFILE_FILE, Workspace, containing};
use chrono::{DateTime, FixedOffset};
use clap::ArgMatches;
use serde_json::{Map, Value, json};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folder for schemas.
pub(super) const SCHEMAS: &str = ".baosong";

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let folder = super::ui::path(matches);
    let group = match prepare(ui, &folder, matches) {
        Ok(Some(group)) => group,
        Ok(None) => {
            ui.complain(&format!("\n{}\n", ui.locale.word("init.abandoned")));
            return Outcome::Failure;
        }
        Err(finding) => return ui.failure(rulebook, &finding),
    };
    match init(&folder, &group, today(matches)) {
        Ok(files) => {
            let files: Vec<String> = files.iter().map(|file| file.display().to_string()).collect();
            let (shown, next) = (folder.display().to_string(), next(&folder, &group));
            ui.say("init.done", json!({ "folder": shown, "files": files, "next": next }));
            if ui.json() {
                ui.answer(&json!({ "folder": shown, "files": files, "next": next }));
            }
            Outcome::Fine
        }
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

/// Looks at the place before anything is asked, then asks or takes what the options say; none when the asking was
/// broken off.
fn prepare(ui: &Ui, folder: &Path, matches: &ArgMatches) -> Result<Option<Group>, Finding> {
    let wrong = |rule, path: &Path| Err(Finding::new(rule).fact("path", path.to_string_lossy()));
    if folder.exists() && !folder.is_dir() {
        return wrong("run/not-a-folder", folder);
    }
    let profile = folder.join(PROFILE_FILE);
    if std::fs::symlink_metadata(&profile).is_ok() {
        return wrong("run/exists", &profile);
    }
    if let Some(around) = containing(folder) {
        return wrong("run/inside-workspace", &around);
    }
    let today = today(matches);
    let (input, output) = (std::io::stdin(), std::io::stdout());
    let is_terminal = input.is_terminal() && output.is_terminal();
    if is_answered(matches) || ui.json() || !is_terminal {
        return Group::given(matches, today).map(Some);
    }
    let (mut input, mut output) = (input.lock(), anstream::stdout().lock());
    let mut ask = Ask { input: &mut input, output: &mut output, locale: ui.locale };
    let place = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    let begin = ui.locale.say("ask.begin", json!({ "folder": place.display().to_string() }));
    ask.tell(&format!("{begin}\n\n"));
    Ok(Group::asked(&mut ask, today))
}

/// Writes the profile and the schemas, and what else the group begins with.
fn init(folder: &Path, group: &Group, today: Option<Date>) -> Result<Vec<PathBuf>, Finding> {
    let profile = folder.join(PROFILE_FILE);
    let text = text(Kind::Profile, 0, object(group.facts()))?;
    // Names do not depend on what the profile says, so that a file in the way is told before the first is written.
    let papers = |workspace: &Workspace| -> Result<Vec<Draft>, Finding> {
        let plan = group.year.map(|year| first_plan(workspace, year, today, group.first_month()));
        let activity =
            group.activity.as_ref().map(|(name, day)| first_activity(workspace, name, *day, today));
        plan.into_iter().chain(activity).collect()
    };
    refuse_taken(folder, &papers(&Workspace::read(folder))?)?;
    make_folder(folder)?;
    super::export::write_all(&folder.join(SCHEMAS))?;
    write(&profile, text.as_bytes())?;
    let mut files = vec![profile];
    files.extend(write_new(folder, &papers(&Workspace::read(folder))?)?);
    Ok(files)
}

/// The commands that make sense now.
fn next(folder: &Path, group: &Group) -> Vec<String> {
    let shown = folder.display().to_string();
    let quoted = if shown.contains(char::is_whitespace) { format!("\"{shown}\"") } else { shown };
    let into = (folder != Path::new(".")).then(|| format!("cd {quoted}"));
    let then = match group.year {
        Some(_) => ["baosong check", "baosong build", "baosong status"],
        None => ["baosong new plan", "baosong check", "baosong build"],
    };
    into.into_iter().chain(then.map(str::to_owned)).take(3).collect()
}

/// Makes a folder with those above it.
pub(super) fn make_folder(folder: &Path) -> Result<(), Finding> {
    std::fs::create_dir_all(folder).map_err(|error| {
        Finding::new("run/cannot-write")
            .fact("path", folder.to_string_lossy())
            .fact("cause", error.to_string())
    })
}

pub(super) fn object(value: Value) -> Map<String, Value> {
    if let Value::Object(object) = value { object } else { Map::new() }
}

/// `--today`, or the system's date in Beijing.
pub(super) fn today(matches: &ArgMatches) -> Option<Date> {
    if let Some(today) = matches.get_one::<Date>("today") {
        return Some(*today);
    }
    let seconds = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).ok()?.as_secs();
    let now = DateTime::from_timestamp(i64::try_from(seconds).ok()?, 0)?;
    Some(Date::from(now.with_timezone(&FixedOffset::east_opt(8 * 3600)?).date_naive()))
}
