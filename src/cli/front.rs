//! `baosong` alone: what is due next, what is wrong, what was built and sent, and what makes sense now; outside a
//! workspace how to begin.

use super::attention::{Attention, overdue};
use super::built::marked_jobs;
use super::check::{Examined, examine, existing, typesetter};
use super::init::today;
use super::make::{OUTPUT, made, workers};
use super::pack::FOLDER;
use super::{Outcome, Ui};
use crate::build::{Maker, Scope};
use crate::bundle::Parcel;
use crate::check::{Context, Item, Paper, Standing, State, standing};
use crate::derive::file_number::next_number;
use crate::derive::resending::{Resending, resending};
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::report::{Format, Reporter, StatusTable, Tally, json as standing_json, position};
use crate::rulebook::{Rulebook, Stage};
use crate::workspace::{Workspace, containing, roots};
use clap::ArgMatches;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use unicode_width::UnicodeWidthStr;

/// So many open papers, tasks and sendings are shown.
const SHOWN: usize = 4;

/// So many findings are shown.
const FINDINGS: usize = 3;

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let path = super::ui::path(matches);
    if let Err(finding) = existing(&path) {
        return ui.failure(rulebook, &finding);
    }
    let found = containing(&path).map_or_else(|| roots(&path), |root| vec![root]);
    let shown = match found.as_slice() {
        [] => {
            ui.say("front.begin", json!({}));
            if ui.json() {
                ui.answer(&json!({ "groups": [] }));
            }
            Ok(())
        }
        [root] => front(ui, rulebook, root, matches),
        several => overview(ui, rulebook, several, matches),
    };
    shown.map_or_else(|finding| ui.failure(rulebook, &finding), |()| Outcome::Fine)
}

/// A workspace as the front page looks at it.
struct Front<'a> {
    ui: &'a Ui,
    workspace: &'a Workspace,
    examined: &'a Examined,
    today: Date,
    standings: Vec<Standing>,
    tally: Tally,
    /// Papers, and those of them that are not built or no longer as the files are.
    papers: usize,
    stale: usize,
}

impl<'a> Front<'a> {
    fn new(ui: &'a Ui, workspace: &'a Workspace, examined: &'a Examined, today: Date) -> Self {
        let Examined { law, typesetter, findings, .. } = examined;
        let standings = standing(&Context::new(workspace, law, &|_| Vec::new()), today);
        let made = made(&workspace.root.join(OUTPUT), &workspace.root, typesetter);
        let maker = Maker { workspace, law, typesetter, workers: workers(), made: &made };
        let jobs = marked_jobs(&maker, &Scope::default(), findings);
        let stale = jobs.iter().filter(|job| maker.current(job).is_none()).count();
        let mut front = Self {
            ui,
            workspace,
            examined,
            today,
            standings,
            tally: Tally::default(),
            papers: jobs.len(),
            stale,
        };
        front.tally = front.reporter().tally(findings);
        front
    }

    fn reporter(&self) -> Reporter<'_> {
        Reporter {
            locale: self.ui.locale,
            rulebook: &self.examined.law.rulebook,
            stage: Stage::Draft,
            format: Format::Short,
            colour: false,
            line: &|_, _| None,
        }
    }

    fn group(&self) -> String {
        let profile = &self.workspace.profile.model;
        let named = profile.short_name.as_deref().or(profile.full_name.as_deref());
        let folder = || self.workspace.root.file_name().map(|name| name.to_string_lossy().into_owned());
        named.map(str::to_owned).or_else(folder).unwrap_or_default()
    }

    fn open(&self) -> impl Iterator<Item = &Standing> {
        self.standings.iter().filter(|one| one.state.is_open())
    }

    fn overdue(&self) -> usize {
        let late = |one: &&Standing| one.due.is_some() && one.workdays_left.is_none();
        self.open().filter(|one| one.state == State::Open).filter(late).count()
    }

    fn returned(&self) -> usize {
        self.open().filter(|one| one.state == State::Returned).count()
    }

    /// The last sendings, the latest first.
    fn sent(&self) -> Vec<&Standing> {
        let mut sent: Vec<&Standing> = self.standings.iter().filter(|one| one.sent.is_some()).collect();
        sent.sort_by_key(|one| std::cmp::Reverse(one.sent));
        sent
    }

    /// Place and message.
    fn told(&self, finding: &Finding) -> String {
        let place = finding.place.as_ref().map(|place| format!("{} ", position(place))).unwrap_or_default();
        format!("{place}{}", self.reporter().message(finding).replace('\n', " "))
    }

    fn attention(&self) -> Attention<'_> {
        Attention::of(self.workspace, &self.examined.law.rulebook, &self.examined.findings)
    }

    /// The tasks of plans and minutes that are overdue.
    fn tasks(&self) -> Vec<Value> {
        overdue(self.workspace, &self.examined.law.calendar, self.today)
    }

    /// What makes sense now: command and why, at most three.
    fn steps(&self) -> Vec<(String, String)> {
        let locale = self.ui.locale;
        let mut steps = Vec::new();
        if self.tally.errors > 0 {
            steps.push((
                "baosong check".to_owned(),
                locale.say("front.check", json!({ "errors": self.tally.errors })),
            ));
        }
        if self.stale > 0 {
            steps.push((
                "baosong build".to_owned(),
                locale.say("front.build", json!({ "stale": self.stale })),
            ));
        }
        if let Some(one) = self.open().next()
            && let Some(step) = self.toward(one)
        {
            steps.push(step);
        }
        steps.dedup_by(|one, other| one.0 == other.0);
        steps.push(("baosong status".to_owned(), locale.word("front.status")));
        steps.push(("baosong build --watch".to_owned(), locale.word("front.watch")));
        steps.push(("baosong check --for submit".to_owned(), locale.word("front.submit")));
        steps.truncate(3);
        steps
    }

    /// What brings an open paper further, and why.
    fn toward(&self, one: &Standing) -> Option<(String, String)> {
        let say = |why| self.ui.locale.say(why, json!({ "id": one.id }));
        let Paper::Dated(item) = one.paper else { return None };
        let year = || one.of.parse::<u16>().ok();
        if !one.written {
            let kind = if item == Item::Plan { "plan" } else { "summary" };
            return Some((format!("baosong new {kind} --year {}", one.of), say("front.write")));
        }
        let activity = || self.workspace.activities.iter().find(|activity| *activity.model.id == *one.of);
        let (parcel, command) = match item {
            Item::Plan => {
                (Parcel::plan(self.workspace, year()?), format!("baosong pack plan --year {}", one.of))
            }
            Item::Summary => {
                (Parcel::summary(self.workspace, year()?), format!("baosong pack summary --year {}", one.of))
            }
            Item::Report | Item::Material => {
                let activity = activity()?;
                let (parcel, stage) = match item {
                    Item::Report => (Parcel::before(self.workspace, activity), "前"),
                    _ => (Parcel::after(self.workspace, activity), "后"),
                };
                let folder =
                    activity.file.rsplit_once('/').map_or(activity.file.as_str(), |(folder, _)| folder);
                (parcel, format!("baosong pack activity {} --stage {stage}", self.path(folder)))
            }
        };
        let Some(parcel) = parcel else {
            let place = one.place.as_ref()?;
            return Some((format!("baosong check {}", self.path(&place.file)), say("front.go-on")));
        };
        if parcel.submission.number.is_none() {
            return Some(("baosong check --for submit".to_owned(), say("front.go-on")));
        }
        if let Some(Resending { stale, .. }) = resending(&parcel.submission) {
            let key = match item {
                Item::Plan | Item::Summary => "报送",
                Item::Report => "事前报送",
                Item::Material => "事后报送",
            };
            let year = u16::try_from(self.today.year()).ok().filter(|_| stale.contains(&"文号"));
            let next = year.and_then(|year| next_number(self.workspace, year)).map(|next| next.to_string());
            let facts = json!({ "id": one.id, "key": key, "stale": stale, "next": next });
            let place = one.place.as_ref()?;
            let command = format!("baosong check {}", self.path(&place.file));
            return Some((command, self.ui.locale.say("front.resend", facts)));
        }
        let bundle = self.workspace.root.join(OUTPUT).join(FOLDER).join(parcel.name(self.workspace));
        if bundle.is_file() {
            return Some((format!("baosong sent {}", one.id), say("front.sent")));
        }
        Some((command, say("front.pack")))
    }

    /// A path of the workspace as it is to be typed here.
    fn path(&self, path: &str) -> String {
        let at_root = std::env::current_dir().is_ok_and(|here| here == self.workspace.root);
        let typed =
            if at_root { path.to_owned() } else { self.workspace.root.join(path).display().to_string() };
        if typed.contains([' ', '(', ')', '&', '\'', ';']) { format!("\"{typed}\"") } else { typed }
    }

    fn object(&self) -> Value {
        let law = &self.examined.law;
        let shown = |one: &Standing| standing_json(self.ui.locale, &law.calendar, &self.group(), one);
        let steps = self.steps().into_iter().map(|(command, why)| json!({ "command": command, "why": why }));
        let reporter = self.reporter();
        let Attention { findings, explained } = self.attention();
        let findings = findings.into_iter().take(FINDINGS).map(|finding| reporter.object(finding));
        json!({
            "group": self.group(),
            "root": self.workspace.root.display().to_string(),
            "today": self.today.iso(),
            "open": self.open().map(shown).collect::<Vec<_>>(),
            "overdue": self.overdue(),
            "returned": self.returned(),
            "sent": self.sent().into_iter().map(shown).collect::<Vec<_>>(),
            "tasks_overdue": self.tasks(),
            "counts": self.tally,
            "findings": findings.collect::<Vec<_>>(),
            "explained": explained,
            "papers": self.papers,
            "papers_to_build": self.stale,
            "next": steps.collect::<Vec<_>>(),
        })
    }

    fn show(&self) {
        let (ui, law) = (self.ui, &self.examined.law);
        let weekday = ui.locale.weekday(self.today.naive());
        ui.say(
            "status.head",
            json!({ "group": self.group(), "today": self.today.iso(), "weekday": weekday }),
        );
        let table = StatusTable { locale: ui.locale, calendar: &law.calendar, colour: ui.colour() };
        let open: Vec<Standing> = self.open().cloned().collect();
        let facts = json!({ "open": open.len(), "overdue": self.overdue(), "returned": self.returned() });
        ui.say("front.due", facts);
        ui.print(&indented(table.lines(&open[..open.len().min(SHOWN)])));
        if open.len() > SHOWN {
            ui.say("front.more", json!({ "n": open.len() - SHOWN }));
        }
        let tasks = self.tasks();
        if !tasks.is_empty() {
            ui.say("front.tasks", json!({ "n": tasks.len() }));
            tasks.iter().take(SHOWN).for_each(|task| ui.say("front.task", task));
            if tasks.len() > SHOWN {
                ui.say("front.more", json!({ "n": tasks.len() - SHOWN }));
            }
            ui.say("front.settle", ());
        }
        let Tally { errors, warnings, notes } = self.tally;
        ui.say("front.wrong", json!({ "errors": errors, "warnings": warnings, "notes": notes }));
        let Attention { findings, explained } = self.attention();
        for finding in findings.iter().take(FINDINGS) {
            ui.say("front.finding", json!({ "finding": self.told(finding) }));
        }
        if findings.len() > FINDINGS {
            ui.say("front.rest", json!({ "n": findings.len() - FINDINGS }));
        }
        if explained > 0 {
            ui.say("front.explained", json!({ "n": explained }));
        }
        ui.say("front.papers", json!({ "papers": self.papers, "stale": self.stale, "folder": OUTPUT }));
        let sent: Vec<Standing> = self.sent().into_iter().take(SHOWN).cloned().collect();
        if !sent.is_empty() {
            ui.say("front.last", ());
            ui.print(&indented(table.lines(&sent)));
        }
        ui.say("front.next", ());
        let steps = self.steps();
        let width = steps.iter().map(|(command, _)| command.width()).max().unwrap_or(0);
        for (command, why) in steps {
            let blanks = " ".repeat(width - command.width());
            ui.print(&format!("  {command}{blanks}  {why}\n"));
        }
    }
}

fn indented(lines: Vec<String>) -> String {
    lines.into_iter().flat_map(|line| ["  ".to_owned(), line]).collect()
}

fn front(ui: &Ui, rulebook: &'static Rulebook, root: &Path, matches: &ArgMatches) -> Result<(), Finding> {
    let today = today(matches).ok_or_else(|| Finding::new("run/no-date"))?;
    let workspace = Workspace::read(root);
    let examined = examine(&workspace, rulebook, &typesetter()?);
    let front = Front::new(ui, &workspace, &examined, today);
    if ui.json() {
        ui.answer(&json!({ "groups": [front.object()] }));
    } else {
        front.show();
    }
    Ok(())
}

/// One line a group.
fn overview(
    ui: &Ui,
    rulebook: &'static Rulebook,
    roots: &[PathBuf],
    matches: &ArgMatches,
) -> Result<(), Finding> {
    let today = today(matches).ok_or_else(|| Finding::new("run/no-date"))?;
    let typesetter = typesetter()?;
    let mut objects = Vec::new();
    for root in roots {
        let workspace = Workspace::read(root);
        let examined = examine(&workspace, rulebook, &typesetter);
        let front = Front::new(ui, &workspace, &examined, today);
        let facts = json!({
            "folder": root.display().to_string(),
            "group": front.group(),
            "open": front.open().count(),
            "overdue": front.overdue(),
            "returned": front.returned(),
            "errors": front.tally.errors,
            "stale": front.stale,
        });
        ui.say("front.group", facts);
        if ui.json() {
            objects.push(front.object());
        }
    }
    ui.say("front.groups", json!({ "groups": roots.len() }));
    if ui.json() {
        ui.answer(&json!({ "groups": objects }));
    }
    Ok(())
}
