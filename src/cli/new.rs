//! `baosong new plan|activity|summary|records|holidays|rules`: a new file in the workspace, filled with what is known.

use super::check::workspace as root_of;
use super::init::{SCHEMAS, make_folder, object, today};
use super::scaffold::text;
use super::{Outcome, Ui};
use crate::build::write::write;
use crate::bundle::tidy_name;
use crate::derive::roster::roster;
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::model::{Kind, Role};
use crate::rulebook::Rulebook;
use crate::workspace::Workspace;
use chrono::Days;
use clap::ArgMatches;
use serde_json::{Value, json};
use std::path::PathBuf;

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    match new(matches) {
        Ok(file) => {
            ui.say("new.done", json!({ "file": file.display().to_string() }));
            Outcome::Fine
        }
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

fn new(matches: &ArgMatches) -> Result<PathBuf, Finding> {
    let root = root_of(&super::ui::path(matches))?;
    let workspace = Workspace::read(&root);
    let today = today(matches);
    let year = matches.get_one::<u16>("year").copied().or_else(|| {
        let day = matches.get_one::<Date>("on").copied().or(today)?;
        u16::try_from(day.year()).ok()
    });
    let year = year.unwrap_or_default();
    let (kind, file, facts) = match matches.get_one::<String>("kind").map(String::as_str) {
        Some("plan") => {
            (Kind::Plan, PathBuf::from(format!("{year}/工作计划.yaml")), dated(&workspace, year, today))
        }
        Some("summary") => {
            (Kind::Summary, PathBuf::from(format!("{year}/工作总结.yaml")), summary(&workspace, year, today))
        }
        Some("records") => {
            (Kind::Records, PathBuf::from(format!("{year}/台账.yaml")), dated(&workspace, year, today))
        }
        Some("holidays") => {
            (Kind::Holidays, PathBuf::from(format!("{year}/放假安排.yaml")), dated(&workspace, year, today))
        }
        Some("rules") => (Kind::HouseRules, PathBuf::from("本组规则.yaml"), dated(&workspace, year, today)),
        _ => activity(&workspace, year, today, matches),
    };
    let path = root.join(&file);
    if std::fs::symlink_metadata(&path).is_ok() {
        return Err(Finding::new("run/exists").fact("path", path.to_string_lossy()));
    }
    let text = text(kind, file.components().count() - 1, object(facts))?;
    if let Some(folder) = path.parent() {
        make_folder(folder)?;
        if kind == Kind::Activity {
            make_folder(&folder.join("图片"))?;
        }
    }
    super::export::write_all(&root.join(SCHEMAS))?;
    write(&path, text.as_bytes())?;
    Ok(path)
}

/// The group's leader and members of a day, for the scaffold.
fn people(workspace: &Workspace, day: Option<Date>) -> Value {
    let roster = roster(&workspace.profile.model, day);
    let leader = roster.iter().find(|member| member.role == Role::Leader);
    let mut facts = json!({ "today": day.map(Date::iso) });
    if let Some(leader) = leader {
        facts["leader"] = json!(*leader.name);
    }
    if !roster.is_empty() {
        facts["members"] = json!(roster.iter().map(|member| &*member.name).collect::<Vec<_>>());
    }
    if let Some(code) = &workspace.profile.model.code {
        facts["code"] = json!(**code);
    }
    facts
}

/// Today within the year, else the year's first day.
fn date_in(year: u16, today: Option<Date>) -> String {
    let inside = today.filter(|today| today.year() == i32::from(year));
    inside.map_or_else(|| format!("{year}-01-15"), Date::iso)
}

fn dated(workspace: &Workspace, year: u16, today: Option<Date>) -> Value {
    let mut facts = people(workspace, today);
    facts["year"] = json!(year);
    facts["date"] = json!(date_in(year, today));
    facts
}

fn summary(workspace: &Workspace, year: u16, today: Option<Date>) -> Value {
    let tasks = workspace.plan(year).map(|plan| plan.model.tasks.as_slice()).unwrap_or_default();
    let tasks =
        tasks.iter().map(|task| json!({ "id": *task.id, "name": task.name.as_deref().unwrap_or_default() }));
    let mut facts = dated(workspace, year, today);
    facts["tasks"] = tasks.collect();
    facts
}

/// The next number of the year, and a folder by date and name.
fn activity(
    workspace: &Workspace,
    year: u16,
    today: Option<Date>,
    matches: &ArgMatches,
) -> (Kind, PathBuf, Value) {
    let day = matches.get_one::<Date>("on").copied().or(today);
    let name = matches.get_one::<String>("title").map_or("工作会议", String::as_str);
    let prefix = format!("{year}-");
    let numbers = workspace.activities.iter().filter_map(|activity| {
        activity.model.id.strip_prefix(&prefix).and_then(|number| number.parse::<u32>().ok())
    });
    let next = numbers.max().unwrap_or(0) + 1;
    let month_day = day.map(|day| format!("{:02}{:02}-", day.month(), day.day())).unwrap_or_default();
    let file = PathBuf::from(format!("{year}/活动/{month_day}{}/活动.yaml", tidy_name(name)));
    let mut facts = people(workspace, today);
    facts["id"] = json!(format!("{year}-{next:02}"));
    facts["name"] = json!(name);
    facts["date"] = json!(day.map_or_else(|| format!("{year}-01-15"), Date::iso));
    if let Some(day) = day {
        facts["before"] = json!(before(day, today).iso());
    }
    let kind = if name.contains("全体会议") { "全体会议" } else { "组内会议" };
    facts["kind"] = json!(kind);
    (Kind::Activity, file, facts)
}

/// The day of the papers before an activity of `day`: today if that is more than a week ahead of it, else the last day
/// that is (art. 16(3)).
fn before(day: Date, today: Option<Date>) -> Date {
    let ahead = day.naive().checked_sub_days(Days::new(8)).map_or(day, Date::from);
    today.map_or(ahead, |today| today.min(ahead))
}
