//! `baosong new plan|activity|summary|records|holidays|rules|year`: new files in the workspace, filled with what is
//! known. What is already there is never replaced.

use super::check::workspace as root_of;
use super::init::{SCHEMAS, make_folder, object, today};
use super::meeting::{Foreseen, Meeting, USUAL};
use super::scaffold::text;
use super::{Outcome, Ui};
use crate::build::write::write;
use crate::bundle::tidy_name;
use crate::calendar::Calendar;
use crate::derive::file_number::{FileNumber, next_number};
use crate::derive::records::YearRecords;
use crate::derive::roster::roster;
use crate::finding::Finding;
use crate::model::scalar::{Date, Deadline};
use crate::model::{Kind, Role, TaskState};
use crate::rulebook::Rulebook;
use crate::workspace::Workspace;
use chrono::Days;
use clap::ArgMatches;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    match new(ui, matches) {
        Ok(None) => {
            ui.complain(&format!("\n{}\n", ui.locale.word("init.abandoned")));
            Outcome::Failure
        }
        Ok(Some(made)) => {
            let files: Vec<String> = made.files.iter().map(|file| file.display().to_string()).collect();
            for file in &files {
                ui.say("new.done", json!({ "file": file }));
            }
            if let Some(figures) = &made.figures {
                ui.say("new.year", figures);
            }
            if let Some(assumed) = &made.assumed {
                ui.say("new.assumed", assumed);
            }
            ui.say("new.next", ());
            if ui.json() {
                ui.answer(&json!({ "files": files, "carried_over": made.figures }));
            }
            Outcome::Fine
        }
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

/// What was written.
struct Made {
    files: Vec<PathBuf>,
    /// Of the year's turn: what was carried over.
    figures: Option<Value>,
    /// Name and date of an activity that nobody gave.
    assumed: Option<Value>,
}

/// A file to be written.
pub(super) struct Draft {
    kind: Kind,
    /// Its path below the workspace.
    file: PathBuf,
    text: String,
}

/// None when the asking was broken off.
fn new(ui: &Ui, matches: &ArgMatches) -> Result<Option<Made>, Finding> {
    let (named, path) = places(matches)?;
    let root = root_of(&path)?;
    let workspace = Workspace::read(&root);
    let today = today(matches);
    let Some(meeting) = Meeting::of(ui, matches, &workspace, today) else { return Ok(None) };
    let given = named.or_else(|| matches.get_one::<u16>("year").copied());
    let turns = matches.get_one::<String>("kind").is_some_and(|kind| kind == "year");
    let newest = workspace.plans.iter().map(|plan| plan.model.year).max();
    let follows = newest.filter(|_| turns && given.is_none()).map(|year| year.saturating_add(1));
    let year = given.or(follows).or_else(|| {
        let day = meeting.day.or(today)?;
        u16::try_from(day.year()).ok()
    });
    let year = year.unwrap_or_default();
    let kind = matches.get_one::<String>("kind").map(String::as_str);
    let of_year = |kind: Kind, name: &str| (kind, PathBuf::from(format!("{year}/{name}.yaml")));
    let (kind, file) = match kind {
        Some("plan" | "year") => of_year(Kind::Plan, "工作计划"),
        Some("summary") => of_year(Kind::Summary, "工作总结"),
        Some("records") => of_year(Kind::Records, "台账"),
        Some("holidays") => of_year(Kind::Holidays, "放假安排"),
        Some("rules") => (Kind::HouseRules, PathBuf::from("本组规则.yaml")),
        _ => (Kind::Activity, PathBuf::new()),
    };
    if kind == Kind::Holidays && Calendar::built_in().knows_year(i32::from(year)) {
        return Err(Finding::new("run/year-known").fact("year", year));
    }
    let (file, facts) = match kind {
        Kind::Activity => activity(&workspace, year, today, meeting.name.as_deref(), meeting.day),
        Kind::Summary => (file, summary(&workspace, year, today)),
        _ => (file, dated(&workspace, year, today)),
    };
    if turns {
        if let Some(year) = follows {
            ui.say("new.follows", json!({ "year": year }));
        }
        return turn(&workspace, year, facts).map(Some);
    }
    let assumed = (kind == Kind::Activity && meeting.name.is_none() && meeting.day.is_none())
        .then(|| json!({ "name": facts["name"], "date": facts["date"] }));
    let text = text(kind, file.components().count() - 1, object(facts))?;
    let files = write_new(&root, &[Draft { kind, file, text }])?;
    Ok(Some(Made { files, figures: None, assumed }))
}

/// The year and the path of the command line; only `new year` takes the year as its first.
fn places(matches: &ArgMatches) -> Result<(Option<u16>, PathBuf), Finding> {
    let mut given: Vec<PathBuf> = matches.get_many("path").into_iter().flatten().cloned().collect();
    let turns = matches.get_one::<String>("kind").is_some_and(|kind| kind == "year");
    let year = given.first().and_then(|first| first.to_str()?.parse::<u16>().ok());
    let year = year.filter(|year| turns && (1949..=2100).contains(year));
    if year.is_some() {
        given.remove(0);
    }
    let is_path = given.first().is_none_or(|first| first.exists() || first.components().count() > 1);
    if let Some(first) = given.first().filter(|_| turns && year.is_none() && !is_path) {
        return Err(Finding::new("run/not-a-year").fact("value", first.to_string_lossy()));
    }
    if let Some(second) = given.get(1) {
        return Err(Finding::new("workspace/no-path").fact("path", second.to_string_lossy()));
    }
    Ok((year, given.pop().unwrap_or_else(|| PathBuf::from("."))))
}

/// Plan and 台账 of a new year; a 台账 that is there already stays.
fn turn(workspace: &Workspace, year: u16, facts: Value) -> Result<Made, Finding> {
    if let Some(plan) = workspace.plan(year) {
        let path = workspace.root.join(&plan.file);
        return Err(Finding::new("run/exists").fact("path", path.to_string_lossy()));
    }
    let folder = PathBuf::from(year.to_string());
    let date = facts["date"].as_str().unwrap_or_default().to_owned();
    let (plan, mut figures) = match super::year::plan(workspace, year, &date, 1)? {
        Some((plan, figures)) => (plan, figures),
        None => (text(Kind::Plan, 1, object(facts.clone()))?, json!({ "last": year.saturating_sub(1) })),
    };
    let mut drafts = vec![Draft { kind: Kind::Plan, file: folder.join("工作计划.yaml"), text: plan }];
    let records = folder.join("台账.yaml");
    if std::fs::symlink_metadata(workspace.root.join(&records)).is_err() {
        let text = text(Kind::Records, 1, object(facts))?;
        drafts.push(Draft { kind: Kind::Records, file: records, text });
    }
    figures["unsettled"] = super::year::open(workspace, year).into();
    Ok(Made { files: write_new(&workspace.root, &drafts)?, figures: Some(figures), assumed: None })
}

/// The plan that a group begins with; its first plenary meeting may be set for a month.
pub(super) fn first_plan(
    workspace: &Workspace,
    year: u16,
    today: Option<Date>,
    first_month: Option<u32>,
) -> Result<Draft, Finding> {
    let mut facts = dated(workspace, year, today);
    if let Some(month) = first_month {
        facts["first_month"] = json!(month);
        // The second is in November, or follows the first.
        facts["second_month"] = json!(if month < 11 { 11 } else { 12 });
        facts["first_due"] = json!(if month < 6 { 6 } else { 12 });
    }
    let text = text(Kind::Plan, 1, object(facts))?;
    Ok(Draft { kind: Kind::Plan, file: PathBuf::from(format!("{year}/工作计划.yaml")), text })
}

/// The activity that a group begins with.
pub(super) fn first_activity(
    workspace: &Workspace,
    name: &str,
    day: Date,
    today: Option<Date>,
) -> Result<Draft, Finding> {
    let year = u16::try_from(day.year()).unwrap_or_default();
    let (file, facts) = activity(workspace, year, today, Some(name), Some(day));
    let text = text(Kind::Activity, file.components().count() - 1, object(facts))?;
    Ok(Draft { kind: Kind::Activity, file, text })
}

/// Refuses drafts of which one is there already.
pub(super) fn refuse_taken(root: &Path, drafts: &[Draft]) -> Result<(), Finding> {
    let mut paths = drafts.iter().map(|draft| root.join(&draft.file));
    match paths.find(|path| std::fs::symlink_metadata(path).is_ok()) {
        Some(path) => Err(Finding::new("run/exists").fact("path", path.to_string_lossy())),
        None => Ok(()),
    }
}

/// Writes the drafts and the schemas they name; none of them when one is there already.
pub(super) fn write_new(root: &Path, drafts: &[Draft]) -> Result<Vec<PathBuf>, Finding> {
    refuse_taken(root, drafts)?;
    let paths: Vec<PathBuf> = drafts.iter().map(|draft| root.join(&draft.file)).collect();
    super::export::write_all(&root.join(SCHEMAS))?;
    for (draft, path) in drafts.iter().zip(&paths) {
        if let Some(folder) = path.parent() {
            make_folder(folder)?;
            if draft.kind == Kind::Activity {
                make_folder(&folder.join("图片"))?;
            }
        }
        write(path, draft.text.as_bytes())?;
    }
    Ok(paths)
}

/// The next free file numbers, with words in the place of a 代字 that is not there.
pub(super) fn numbers(workspace: &Workspace, year: u16, count: u32) -> Vec<String> {
    let first = FileNumber { code: "代字".to_owned(), year, number: 1 };
    let next = next_number(workspace, year).unwrap_or(first);
    let numbers = (next.number..).take(count as usize);
    numbers.map(|number| FileNumber { number, ..next.clone() }.to_string()).collect()
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
    if let Some(liaison) = workspace.profile.model.liaison.as_ref().filter(|it| !it.name.is_blank()) {
        facts["liaison"] = json!(*liaison.name);
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
    facts["numbers"] = json!(numbers(workspace, year, 1));
    facts["date"] = json!(date_in(year, today));
    facts
}

fn summary(workspace: &Workspace, year: u16, today: Option<Date>) -> Value {
    let tasks = workspace.plan(year).map(|plan| plan.model.tasks.as_slice()).unwrap_or_default();
    let records = YearRecords { workspace, year };
    let tasks = tasks.iter().map(|task| {
        let mut facts = json!({ "id": *task.id, "name": task.name.as_deref().unwrap_or_default() });
        if let Some((day, told)) = records.latest(&task.id).filter(|_| !task.id.is_empty()) {
            facts["state"] = json!(told.state.map(TaskState::word));
            facts["done"] = json!(day.filter(|_| told.state == Some(TaskState::Done)).map(Date::iso));
            facts["expected"] = json!(told.expected.as_ref().map(Deadline::as_written));
            facts["note"] = json!(told.note.as_deref());
        }
        facts
    });
    let mut facts = dated(workspace, year, today);
    facts["tasks"] = tasks.collect();
    facts
}

/// The next number of the year, and a folder by date and name.
fn activity(
    workspace: &Workspace,
    year: u16,
    today: Option<Date>,
    title: Option<&str>,
    on: Option<Date>,
) -> (PathBuf, Value) {
    let planned = title.and_then(|title| Foreseen::of(workspace, year, title, today));
    let foreseen = planned.as_ref().and_then(|planned| planned.day);
    let day = on.or(foreseen).or(today);
    let name = title.unwrap_or(USUAL);
    let prefix = format!("{year}-");
    let given = workspace.activities.iter().filter_map(|activity| {
        activity.model.id.strip_prefix(&prefix).and_then(|number| number.parse::<u32>().ok())
    });
    let next = given.max().unwrap_or(0) + 1;
    let month_day = day.map(|day| format!("{:02}{:02}-", day.month(), day.day())).unwrap_or_default();
    let file = PathBuf::from(format!("{year}/活动/{month_day}{}/活动.yaml", tidy_name(name)));
    let mut facts = people(workspace, today);
    facts["id"] = json!(format!("{year}-{next:02}"));
    facts["name"] = json!(name);
    facts["date"] = json!(day.map_or_else(|| format!("{year}-01-15"), Date::iso));
    if let Some(day) = day {
        facts["before"] = json!(before(day, today).iso());
    }
    // What the name says of itself; the secretary sees it and may mend it.
    let kind = ["全体会议", "培训", "调研", "研讨"].into_iter().find(|kind| name.contains(kind));
    let kind = kind.unwrap_or("组内会议");
    facts["kinds"] = json!([kind]);
    if let Some(planned) = planned.map(|planned| planned.meeting) {
        if !planned.kinds.is_empty() {
            facts["kinds"] = planned.kinds.iter().map(|kind| kind.word()).collect();
        }
        if let Some(place) = planned.place.as_deref().filter(|place| !place.is_empty()) {
            facts["place"] = json!(place);
        }
        let hosts = planned.host.as_deref().unwrap_or_default().split('、').filter(|host| !host.is_empty());
        facts["organisers"] = hosts.collect();
    }
    facts["earlier"] = json!(earlier(workspace, year, day));
    facts["numbers"] = json!(numbers(workspace, year, 5));
    (file, facts)
}

/// What may be reported as followed up: a task decided at the last activity before, else one of the plan.
fn earlier(workspace: &Workspace, year: u16, day: Option<Date>) -> String {
    let before = workspace.activities.iter().map(|activity| &activity.model).filter_map(|activity| {
        let task = activity.decisions.iter().position(|decision| decision.task.is_some())?;
        let date = activity.date?.first();
        (!activity.id.is_empty() && day.is_none_or(|day| date < day)).then_some((
            date,
            &*activity.id,
            task + 1,
        ))
    });
    let last = before.max().map(|(_, id, task)| format!("{id}/{task}"));
    let planned =
        || workspace.plan(year)?.model.tasks.iter().map(|task| task.id.to_string()).find(|id| !id.is_empty());
    last.or_else(planned).unwrap_or_else(|| format!("{}-01/1", year.saturating_sub(1)))
}

/// The day of the papers before an activity of `day`: today if that is more than a week ahead of it, else the last day
/// that is (art. 16(3)).
fn before(day: Date, today: Option<Date>) -> Date {
    let ahead = day.naive().checked_sub_days(Days::new(8)).map_or(day, Date::from);
    today.map_or(ahead, |today| today.min(ahead))
}
