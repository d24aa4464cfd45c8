//! `baosong status`: what is due, when, and how far it has come.

use super::check::workspaces;
use super::init::today;
use super::ui::path;
use super::{Outcome, Ui, ics};
use crate::check::{Context, Law, Standing, standing, unread};
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::report::{StatusTable, json};
use crate::rulebook::Rulebook;
use crate::workspace::Workspace;
use clap::ArgMatches;
use serde_json::{Value, json};
use std::path::PathBuf;

/// One group and what it owes.
pub(super) struct Group {
    /// 规范化简称, or whatever the profile has.
    pub(super) name: String,
    /// 代字.
    pub(super) code: String,
    /// What it is judged by.
    pub(super) law: Law,
    /// Its papers.
    pub(super) papers: Vec<Standing>,
    /// Files that could not be read.
    pub(super) unread: Vec<String>,
}

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    match status(ui, rulebook, matches) {
        Ok(()) => Outcome::Fine,
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

fn status(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Result<(), Finding> {
    let today = today(matches).ok_or_else(|| Finding::new("run/no-date"))?;
    let roots = workspaces(&path(matches))?;
    let groups: Vec<Group> =
        roots.iter().map(|root| group(&Workspace::read(root), rulebook, today)).collect();
    let as_json = matches.get_one::<String>("format").is_some_and(|format| format == "json");
    if as_json {
        let all: Vec<Value> = groups.iter().flat_map(|group| objects(ui, group)).collect();
        ui.print(&format!("{:#}\n", Value::from(all)));
    } else {
        for (index, group) in groups.iter().enumerate() {
            ui.print(if index > 0 { "\n" } else { "" });
            show(ui, group, today);
        }
    }
    if let Some(file) = matches.get_one::<PathBuf>("ics") {
        let count = ics::write(file, &groups, today)?;
        if !as_json {
            ui.say("status.written", json!({ "file": file.display().to_string(), "count": count }));
        }
    }
    Ok(())
}

fn group(workspace: &Workspace, rulebook: &'static Rulebook, today: Date) -> Group {
    let law = Law::of(workspace, rulebook);
    let context = Context::new(workspace, &law, &|_| Vec::new());
    let profile = &workspace.profile.model;
    let folder = || workspace.root.file_name().map(|name| name.to_string_lossy().into_owned());
    let named = profile.short_name.as_deref().or(profile.full_name.as_deref());
    let name = named.map(str::to_owned).or_else(folder).unwrap_or_default();
    let code = profile.code.as_deref().map_or_else(|| name.clone(), str::to_owned);
    let (papers, unread) = (standing(&context, today), unread(&context));
    Group { name, code, law, papers, unread }
}

fn objects(ui: &Ui, group: &Group) -> Vec<Value> {
    group.papers.iter().map(|one| json(ui.locale, &group.law.calendar, &group.name, one)).collect()
}

fn show(ui: &Ui, group: &Group, today: Date) {
    let weekday = ui.locale.weekday(today.naive());
    ui.say("status.head", json!({ "group": group.name, "today": today.iso(), "weekday": weekday }));
    if group.papers.is_empty() {
        ui.say("status.none", ());
    }
    let table = StatusTable { locale: ui.locale, calendar: &group.law.calendar, colour: ui.colour() };
    ui.print(&table.text(&group.papers));
    for file in &group.unread {
        ui.say("status.unread", json!({ "file": file }));
    }
}
