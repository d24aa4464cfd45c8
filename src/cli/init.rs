//! `baosong init`: a workspace with its profile and the schemas for editors.

use super::scaffold::text;
use super::{Outcome, Ui};
use crate::build::write::write;
use crate::finding::Finding;
use crate::model::Kind;
use crate::model::scalar::Date;
use crate::rulebook::Rulebook;
use crate::workspace::PROFILE_FILE;
use chrono::{DateTime, FixedOffset};
use clap::ArgMatches;
use serde_json::{Map, Value, json};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The folder for schemas.
pub(super) const SCHEMAS: &str = ".baosong";

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let folder = super::ui::path(matches);
    match init(&folder, matches) {
        Ok(files) => {
            ui.say("init.done", json!({ "folder": folder.display().to_string() }));
            for file in files {
                ui.say("init.file", json!({ "file": file.display().to_string() }));
            }
            ui.say("init.next", ());
            Outcome::Fine
        }
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

fn init(folder: &Path, matches: &ArgMatches) -> Result<Vec<PathBuf>, Finding> {
    if folder.exists() && !folder.is_dir() {
        return Err(Finding::new("run/not-a-folder").fact("path", folder.to_string_lossy()));
    }
    let profile = folder.join(PROFILE_FILE);
    if std::fs::symlink_metadata(&profile).is_ok() {
        return Err(Finding::new("run/exists").fact("path", profile.to_string_lossy()));
    }
    let given = |name: &str| matches.get_one::<String>(name).cloned();
    let name = given("name").unwrap_or_else(|| "示例专家工作组".to_owned());
    let short = given("short-name").unwrap_or_else(|| name.replace("专家工作组", "专家组"));
    let founded = matches.get_one::<Date>("founded").copied().or_else(|| today(matches));
    let facts = json!({
        "full_name": name,
        "short_name": short,
        "code": given("code").unwrap_or_else(|| "示例".to_owned()),
        "lead_employer": given("employer").unwrap_or_else(|| "示例研究院".to_owned()),
        "founded": founded.map(Date::iso).unwrap_or_default(),
    });
    let text = text(Kind::Profile, 0, object(facts))?;
    make_folder(folder)?;
    super::export::write_all(&folder.join(SCHEMAS))?;
    write(&profile, text.as_bytes())?;
    Ok(vec![profile, folder.join(SCHEMAS)])
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
