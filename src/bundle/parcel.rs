//! Which parcel a workspace has for a plan, an activity, a summary, a year; and which findings
//! concern it.

use super::tidy_name;
use crate::compose::PaperKind;
use crate::derive::sent::Reported;
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::model::{Activity, Submission};
use crate::rulebook::{Aspect, Rulebook};
use crate::source::Step;
use crate::workspace::{Loaded, PROFILE_FILE, Sending, Workspace};
use chrono::{Datelike, Days};
use std::ops::RangeInclusive;

/// The papers before an activity.
const BEFORE: [PaperKind; 3] = [PaperKind::Report, PaperKind::Invitation, PaperKind::Notice];
/// The papers after it.
const AFTER: [PaperKind; 3] = [PaperKind::Minutes, PaperKind::Digest, PaperKind::Press];
/// Keys of an activity that belong to the papers before it alone.
const KEYS_BEFORE: [&str; 4] = ["活动报告", "邀请函", "会议通知", "事前报送"];
/// Keys of an activity that belong to the papers after it alone.
const KEYS_AFTER: [&str; 9] =
    ["纪要", "议题", "议定事项", "活动小结", "新闻通稿", "图片", "图片免报", "到会情况", "事后报送"];

/// What is packed.
#[derive(Debug, Clone, PartialEq)]
pub struct Parcel {
    /// `plan`, `activity-before`, `activity-after`, `summary`, `year`.
    pub kind: &'static str,
    /// 计划, 活动 …: its word in the bundle's name.
    pub word: String,
    /// In words, for the covering paper: `2017年度工作计划`.
    pub what: String,
    /// The article that asks for it.
    pub article: &'static str,
    /// Its year.
    pub year: u16,
    /// The activity's number.
    pub item: Option<String>,
    /// The papers wanted: file and kinds.
    pub papers: Vec<(String, Vec<PaperKind>)>,
    /// The files whose photographs go along.
    pub photographs: Vec<String>,
    /// The sources carried, so that the bundle can be checked again.
    pub sources: Vec<String>,
    /// Number, date and version.
    pub submission: Submission,
    /// First and last day of what it is about.
    pub held: Option<(Date, Date)>,
    /// Files of activities of its year that are left out, because they are not over on its day.
    pub later: Vec<String>,
}

impl Parcel {
    /// Where its 报送 stands: the file and the key in it.
    pub fn letter(&self) -> Option<(&str, &'static str)> {
        let paper = if self.kind == "year" { self.papers.last() } else { self.papers.first() };
        let key = match self.kind {
            "activity-before" => "事前报送",
            "activity-after" => "事后报送",
            "year" => "全年报送",
            _ => "报送",
        };
        paper.map(|(file, _)| (file.as_str(), key))
    }

    /// The name of its bundle's folder: 代字-年-种类-编号-版次.
    pub fn stem(&self, workspace: &Workspace) -> String {
        let profile = &workspace.profile.model;
        let code = profile.code.as_deref().or(profile.short_name.as_deref()).unwrap_or("专家组");
        tidy_name(&format!("{code}-{}-{}-{}", self.year, self.word, self.version()))
    }

    /// Its version, counted from 1.
    pub(super) fn version(&self) -> u16 {
        self.submission.version.unwrap_or(1)
    }

    /// The file name of its bundle.
    pub fn name(&self, workspace: &Workspace) -> String {
        format!("{}.zip", self.stem(workspace))
    }
}

impl Parcel {
    /// What goes out with that letter; none when nothing is written for it.
    pub fn of(workspace: &Workspace, sending: &Sending<'_>) -> Option<Self> {
        let activity = || {
            let mut activities = workspace.activities.iter();
            activities.find(|it| it.file == sending.file && sending.number == Some(&*it.model.id))
        };
        match sending.kind {
            "plan" => Self::plan(workspace, sending.year),
            "summary" => Self::summary(workspace, sending.year),
            "year" => Self::year(workspace, sending.year),
            "activity-before" => Self::before(workspace, activity()?),
            _ => Self::after(workspace, activity()?),
        }
    }

    /// The plan of that year.
    pub fn plan(workspace: &Workspace, year: u16) -> Option<Self> {
        let plan = workspace.plan(year)?;
        Some(Self {
            kind: "plan",
            word: "计划".into(),
            what: format!("{year}年度工作计划"),
            article: "第十六条第（一）项",
            year,
            item: None,
            papers: vec![(plan.file.clone(), vec![PaperKind::Plan])],
            photographs: Vec::new(),
            sources: closure(workspace, &plan.file, year..=year),
            submission: plan.model.submission.clone(),
            held: None,
            later: Vec::new(),
        })
    }

    /// The summary of that year, with everything that it is checked against.
    pub fn summary(workspace: &Workspace, year: u16) -> Option<Self> {
        let summary = workspace.summary(year)?;
        let mut sources = closure(workspace, &summary.file, year..=year);
        sources.extend(workspace.activities_of(year).map(|activity| activity.file.clone()));
        sources.push(summary.file.clone());
        Some(Self {
            kind: "summary",
            word: "总结".into(),
            what: format!("{year}年度工作总结报告"),
            article: "第十六条第（二）项",
            year,
            item: None,
            papers: vec![(summary.file.clone(), vec![PaperKind::Summary])],
            photographs: Vec::new(),
            sources,
            submission: summary.model.submission.clone(),
            held: None,
            later: Vec::new(),
        })
    }

    /// What goes out before an activity; none when nothing is written for it, or it was called off before that was sent.
    pub fn before(workspace: &Workspace, activity: &Loaded<Activity>) -> Option<Self> {
        activity.model.report.as_ref()?;
        if activity.model.is_cancelled() && !Reported::Before(&activity.model).went_out() {
            return None;
        }
        let mut parcel = Self::activity(workspace, activity)?;
        parcel.kind = "activity-before";
        parcel.word = format!("活动-{}-前", activity.model.id);
        parcel.what = format!("{}活动报告", name(activity));
        parcel.papers = vec![(activity.file.clone(), BEFORE.to_vec())];
        parcel.submission = activity.model.before.clone();
        Some(parcel)
    }

    /// What goes out after an activity; none when nothing is written for it, or it was called off.
    pub fn after(workspace: &Workspace, activity: &Loaded<Activity>) -> Option<Self> {
        let model = &activity.model;
        let silent = model.minutes.is_none() && model.press.is_none() && model.digest.is_blank();
        if silent || model.is_cancelled() {
            return None;
        }
        let mut parcel = Self::activity(workspace, activity)?;
        let meeting = name(activity).ends_with("会议");
        let paper = match (model.minutes.is_some(), meeting) {
            (true, true) => "纪要",
            (true, false) => "会议纪要",
            (false, _) => "小结",
        };
        let mut parts = Vec::new();
        if model.minutes.is_some() || !model.digest.is_blank() {
            parts.push(paper);
        }
        if model.press.is_some() {
            parts.push("新闻通稿");
        }
        if !model.photos.is_empty() {
            parts.push("活动图片");
        }
        let parts = match parts.as_slice() {
            [head @ .., last] if !head.is_empty() => format!("{}和{last}", head.join("、")),
            parts => parts.concat(),
        };
        parcel.what = format!("{}{parts}", name(activity));
        parcel.papers = vec![(activity.file.clone(), AFTER.to_vec())];
        parcel.photographs = vec![activity.file.clone()];
        parcel.submission = model.after.clone();
        Some(parcel)
    }

    fn activity(workspace: &Workspace, activity: &Loaded<Activity>) -> Option<Self> {
        let model = &activity.model;
        let year = match model.date {
            Some(date) => u16::try_from(date.first().year()).ok()?,
            None => model.id.split('-').next()?.parse().ok()?,
        };
        let until = model.date.map_or(year, |date| reached(date.last()).unwrap_or(year));
        let mut sources = closure(workspace, &activity.file, year..=until);
        sources.push(activity.file.clone());
        Some(Self {
            kind: "activity-after",
            word: format!("活动-{}-后", model.id),
            what: String::new(),
            article: "第十六条第（三）项",
            year,
            item: Some(model.id.to_string()),
            papers: Vec::new(),
            photographs: Vec::new(),
            sources,
            submission: Submission::default(),
            held: model.date.map(|date| (date.first(), date.last())),
            later: Vec::new(),
        })
    }

    /// Everything of a year up to the day of its letter: plan, activities, summary. It has a number of its own (全年报送).
    pub fn year(workspace: &Workspace, year: u16) -> Option<Self> {
        let mut parcel = Self::summary(workspace, year)?;
        let until = workspace.summary(year).and_then(|summary| summary.model.year_until());
        parcel.kind = "year";
        parcel.word = "全年".into();
        parcel.what = format!("{year}年度全部材料");
        parcel.article = "第十六条";
        let own =
            workspace.summary(year).map(|summary| summary.model.year_submission.clone()).unwrap_or_default();
        let date = own.date.or(parcel.submission.date);
        let explanation = own.explanation.clone().or(parcel.submission.explanation.take());
        parcel.submission = Submission { date, explanation, ..own };
        let mut papers = Vec::new();
        papers.extend(workspace.plan(year).map(|plan| (plan.file.clone(), vec![PaperKind::Plan])));
        for activity in workspace.activities_of(year) {
            // Of what is not over by then there can be no minutes.
            if activity.model.date.zip(until).is_some_and(|(date, until)| date.last() > until) {
                parcel.later.push(activity.file.clone());
                continue;
            }
            if activity.model.is_cancelled() {
                // What went out before stays; without papers its file is still checked.
                let sent = Reported::Before(&activity.model).went_out();
                papers.push((activity.file.clone(), if sent { BEFORE.to_vec() } else { Vec::new() }));
                continue;
            }
            papers.push((activity.file.clone(), [BEFORE, AFTER].concat()));
            parcel.photographs.push(activity.file.clone());
        }
        papers.append(&mut parcel.papers);
        parcel.papers = papers;
        if !parcel.papers.iter().any(|(file, _)| computes(workspace, file)) {
            parcel.sources.retain(|file| !parcel.later.contains(file));
        }
        Some(parcel)
    }

    /// Whether a finding concerns this parcel: it stands in one of its papers' files, the profile, a template or a
    /// font, and, for one half of an activity, not in what belongs to the other half. Facts of a year's plan and 台账
    /// concern its summary as well.
    pub fn concerns(&self, workspace: &Workspace, rulebook: &Rulebook, finding: &Finding) -> bool {
        let Some(place) = &finding.place else { return true };
        if matches!(
            finding.rule,
            "page/template" | "workspace/other-ending" | "page/font" | "page/font-rights"
        ) {
            return true;
        }
        if finding.rule == "secret/bundle" {
            // What is only carried along leaves the house too.
            return self.sources.contains(&place.file);
        }
        if finding.rule == "model/second-of-year" {
            // Which of the two goes out, or is judged by, is not for the program to choose.
            return finding.related.iter().any(|used| self.sources.contains(&used.file));
        }
        let own = self.papers.iter().any(|(file, _)| *file == place.file);
        if !own && place.file != PROFILE_FILE {
            // A file that could not be read as any kind may have been meant to belong here.
            let unread = finding.rule.starts_with("yaml/") || finding.rule.starts_with("workspace/");
            // By what the papers are judged concerns them all.
            let house = workspace.house().is_some_and(|rules| rules.file == place.file);
            let is_fact = || rulebook.rule(finding.rule).is_some_and(|rule| rule.aspect == Aspect::Fact);
            let of_year = matches!(self.kind, "summary" | "year")
                && workspace.summed_up_in(place) == Some(self.year)
                && is_fact();
            return (unread || house || of_year) && self.sources.contains(&place.file);
        }
        let other: &[&str] = match self.kind {
            "activity-before" => &KEYS_AFTER,
            "activity-after" => &KEYS_BEFORE,
            "summary" => &["全年报送"],
            _ => return true,
        };
        if finding.facts.get("where").and_then(|key| key.as_str()).is_some_and(|key| other.contains(&key)) {
            return false;
        }
        if self.kind == "activity-before" && matches!(finding.rule, "art16.3/package" | "art16.3/to-come") {
            return false;
        }
        let Some(tree) = workspace.documents.get(&place.file).and_then(|document| document.tree.as_ref())
        else {
            return true;
        };
        let line = place.line as usize;
        let key = tree.entries().iter().rev().find(|entry| entry.span.start.line <= line);
        own && !key.is_some_and(|entry| other.contains(&entry.key.as_str())) || place.file == PROFILE_FILE
    }
}

/// What the papers of `file` are made from and checked against, whatever else is kept later: profile, rules of the
/// group's own, plan of the first year, holiday notices of all these years. Its records make a summary and computed
/// tables, which may tell of days of the next year as well.
fn closure(workspace: &Workspace, file: &str, years: RangeInclusive<u16>) -> Vec<String> {
    let (year, computes) = (*years.start(), computes(workspace, file));
    let sums_up = computes || workspace.summary(year).is_some_and(|summary| summary.file == file);
    let until = if computes { years.end().saturating_add(1) } else { *years.end() };
    let house = workspace.house().map(|rules| &rules.file);
    let plan = workspace.plan(year).map(|plan| &plan.file);
    let records = workspace.records.iter().filter(|it| sums_up && it.model.year == year).map(|it| &it.file);
    let of_years = |year: u16| (*years.start()..=until).contains(&year);
    let holidays = workspace.holidays.iter().filter(|it| of_years(it.model.year)).map(|it| &it.file);
    let files = house.into_iter().chain(plan).chain(records).chain(holidays).cloned();
    std::iter::once(PROFILE_FILE.to_owned()).chain(files).collect()
}

/// The year in which what comes after an activity is due: the few working days may be at the turn of the year.
fn reached(last: Date) -> Option<u16> {
    u16::try_from(last.naive().checked_add_days(Days::new(14))?.year()).ok()
}

/// Whether a page of that file shows a table that is computed from the files of a year.
fn computes(workspace: &Workspace, file: &str) -> bool {
    let mut found = false;
    if let Some(tree) = workspace.documents.get(file).and_then(|document| document.tree.as_ref()) {
        tree.each_scalar(&mut |pointer, _| {
            found |= matches!(pointer.steps().last(), Some(Step::Key(key)) if key == "取自");
        });
    }
    found
}

fn name(activity: &Loaded<Activity>) -> String {
    activity.model.name.as_ref().map_or_else(|| activity.model.id.to_string(), ToString::to_string)
}
