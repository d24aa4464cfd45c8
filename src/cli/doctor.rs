//! `baosong doctor`: whether the program is whole and what is around it fit for work; one line a point, with what to do.
//!
//! It changes nothing, and has nothing to say of what the documents hold: that is `check`'s.

use super::check::existing;
use super::init::today;
use super::surroundings;
use super::ui::path;
use super::{Outcome, Ui};
use crate::calendar::Calendar;
use crate::check::Law;
use crate::compose::page::{Block, Format, Meta, Page};
use crate::model::scalar::Date;
use crate::rulebook::{Lang, Rulebook};
use crate::typeset::{Typesetter, fonts_are_whole};
use crate::workspace::{Workspace, containing};
use anstyle::{AnsiColor, Style as Shade};
use clap::ArgMatches;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// How a point stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// As it should be.
    Fine,
    /// Work goes on, but something is amiss.
    Warning,
    /// To be mended.
    Error,
    /// The program itself is damaged.
    Broken,
}

impl State {
    /// Its name in JSON and in the locale, its sign and its colour.
    fn shown(self) -> (&'static str, &'static str, AnsiColor) {
        match self {
            Self::Fine => ("fine", "✓", AnsiColor::Green),
            Self::Warning => ("warning", "！", AnsiColor::Yellow),
            Self::Error => ("error", "✗", AnsiColor::Red),
            Self::Broken => ("broken", "✗", AnsiColor::Red),
        }
    }
}

/// One thing looked at.
#[derive(Debug)]
pub(super) struct Point {
    pub(super) name: &'static str,
    pub(super) state: State,
    /// What is the case, and what to do about it; nothing where all is well.
    pub(super) message: String,
    pub(super) remedy: String,
}

impl Point {
    /// A point with the words `doctor.<name>`, and `doctor.<name>.fix` unless it is fine.
    pub(super) fn new(ui: &Ui, name: &'static str, state: State, mut facts: Value) -> Self {
        facts["fine"] = json!(state == State::Fine);
        let say = |what: &str| ui.locale.say(&format!("doctor.{name}{what}"), &facts);
        let remedy = if state == State::Fine { String::new() } else { say(".fix") };
        Self { name, state, message: say(""), remedy }
    }
}

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let path = path(matches);
    if let Err(finding) = existing(&path) {
        return ui.failure(rulebook, &finding);
    }
    let workspace = containing(&path).map(|root| Workspace::read(&root));
    let typesetter = super::check::typesetter().ok();
    let today = today(matches);
    let mut points =
        vec![program(ui, typesetter.as_ref()), terminal(ui), language(ui, matches), clock(ui, today)];
    let calendar = workspace.as_ref().map(|workspace| Law::of(workspace, rulebook).calendar);
    points.extend(days_off(ui, &calendar.unwrap_or_else(Calendar::built_in), today));
    if let Some(workspace) = &workspace {
        points.extend(surroundings::points(ui, rulebook, workspace, typesetter.as_ref()));
    } else {
        let place = std::path::absolute(&path).unwrap_or(path);
        let facts = json!({ "path": place.to_string_lossy() });
        points.push(Point::new(ui, "no-workspace", State::Warning, facts));
    }
    let worst = points.iter().map(|point| point.state).max().unwrap_or(State::Fine);
    if ui.json() {
        let point = |point: &Point| {
            let state = point.state.shown().0;
            json!({ "point": point.name, "state": state, "message": point.message, "remedy": point.remedy })
        };
        let points: Vec<Value> = points.iter().map(point).collect();
        ui.answer(&json!({ "version": clap::crate_version!(), "state": worst.shown().0, "points": points }));
    } else {
        for point in &points {
            show(ui, point);
        }
        let count = |state| points.iter().filter(|point| point.state == state).count();
        let errors = count(State::Error) + count(State::Broken);
        ui.say("doctor.count", json!({ "errors": errors, "warnings": count(State::Warning) }));
    }
    match worst {
        State::Fine | State::Warning => Outcome::Fine,
        State::Error => Outcome::Findings,
        State::Broken => Outcome::Failure,
    }
}

fn show(ui: &Ui, point: &Point) {
    let (name, sign, colour) = point.state.shown();
    let word = ui.locale.word(&format!("doctor.state.{name}"));
    let shade = if ui.colour() { Shade::new().fg_color(Some(colour.into())) } else { Shade::new() };
    ui.print(&format!("{shade}{sign} {word}{shade:#}  {}\n", point.message));
    if !point.remedy.is_empty() {
        ui.print(&format!("      {}{}\n", ui.locale.word("report.remedy"), point.remedy));
    }
}

/// The executable: its fonts as they were put in, and a page that needs every face and template can be set.
fn program(ui: &Ui, typesetter: Option<&Typesetter>) -> Point {
    let sets = typesetter.is_some_and(|typesetter| typesetter.set(&trial(), &BTreeMap::new()).is_ok());
    let fault = match (fonts_are_whole(), sets) {
        (false, _) => "fonts",
        (true, false) => "page",
        (true, true) => "",
    };
    let state = if fault.is_empty() { State::Fine } else { State::Broken };
    let facts = json!({
        "version": clap::crate_version!(),
        "system": std::env::consts::OS,
        "machine": std::env::consts::ARCH,
        "fault": fault,
    });
    Point::new(ui, "program", state, facts)
}

/// A page with a word in every face.
fn trial() -> Page {
    let heading = |level, text: &str| Block::Heading { level, text: text.to_owned() };
    let body =
        vec![heading(1, "一、黑体"), heading(2, "（一）楷体"), Block::Paragraph { text: "仿宋 1".into() }];
    let meta =
        Meta {
            title: "试排".into(), author: "报送".into(), date: (2017, 4, 24), description: "试排".into()
        };
    Page { title: vec!["试排".into()], body, ..Page::new(Format::Plain, meta) }
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// What the environment says of the terminal's encoding; Windows is written to in characters, not bytes.
fn terminal(ui: &Ui) -> Point {
    let named = ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| variable(name)).unwrap_or_default();
    let encoding = named.split_once('.').map_or("", |(_, encoding)| encoding);
    let encoding = encoding.split('@').next().unwrap_or_default();
    let plain = encoding.to_ascii_lowercase().replace('-', "");
    let fine = cfg!(windows) || plain.is_empty() || plain == "utf8";
    let state = if fine { State::Fine } else { State::Warning };
    Point::new(ui, "terminal", state, json!({ "encoding": encoding }))
}

fn language(ui: &Ui, matches: &ArgMatches) -> Point {
    let from = if matches.get_one::<String>("lang").is_some() {
        "option"
    } else if variable("BAOSONG_LANG").is_some() {
        "variable"
    } else if ui.locale.lang == Lang::En {
        "locale"
    } else {
        "default"
    };
    Point::new(ui, "language", State::Fine, json!({ "from": from }))
}

/// A computer whose battery is empty lives in the past, and every deadline with it.
fn clock(ui: &Ui, today: Option<Date>) -> Point {
    let state = match today {
        Some(today) if today.year() >= 2024 => State::Fine,
        _ => State::Error,
    };
    Point::new(ui, "clock", state, json!({ "today": today.map(Date::iso).unwrap_or_default() }))
}

/// Whether the notices of this year and the next are known; the next year's comes in November.
fn days_off(ui: &Ui, calendar: &Calendar, today: Option<Date>) -> Vec<Point> {
    let Some(today) = today else { return Vec::new() };
    let point = |year: i32, late: bool| {
        let known = calendar.knows_year(year);
        let state = if known || !late { State::Fine } else { State::Warning };
        Point::new(ui, "days-off", state, json!({ "year": year, "known": known }))
    };
    vec![point(today.year(), true), point(today.year() + 1, today.month() >= 12)]
}
