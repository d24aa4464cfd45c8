//! A folder becomes a workspace: which files belong to it, what each holds, and what is broken is
//! cut out so that the rest goes on.
//!
//! Follows no link out of the folder and enters no nested workspace, bag or output folder.

mod named;
mod nearest;
mod respelling;
mod sendings;
mod shape;
mod spelling;
mod structure;
mod walk;

pub(crate) use nearest::{nearest, nearest_number, nearest_person};
pub use respelling::certain_slips;
pub use sendings::Sending;
pub use structure::prepare;
pub(crate) use walk::without_detours;
pub use walk::{PROFILE_FILE, containing, roots};

use crate::finding::{Finding, Place};
use crate::model::scalar::DateRange;
use crate::model::{Activity, Holidays, HouseRules, Kind, Plan, Profile, Records, Summary};
use crate::source::{Document, Pointer, Step};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A model as far as its file could be read.
#[derive(Debug, Clone)]
pub struct Loaded<T> {
    /// What could be read.
    pub model: T,
    /// Its file, relative to the workspace.
    pub file: String,
    /// What was cut out because it could not be read.
    pub broken: Vec<Pointer>,
}

impl<T> Loaded<T> {
    /// Whether nothing at or below `pointer` was cut out, so that a rule may judge it.
    pub fn sound(&self, pointer: &str) -> bool {
        let pointer = Pointer::parse(pointer);
        !self.broken.iter().any(|broken| pointer.contains(broken) || broken.contains(&pointer))
    }

    /// The keys of the mapping at `pointer` that are not there, as a rule may say it: what was cut out stands there.
    pub fn missing<'k>(&self, pointer: &str, keys: &[(&'k str, bool)]) -> Vec<&'k str> {
        let absent = keys.iter().filter(|(_, absent)| *absent).map(|(key, _)| *key);
        absent.filter(|key| self.sound(&format!("{pointer}/{key}"))).collect()
    }

    /// The same as [`Self::sound`], but what is broken below one of the keys `apart` does not count.
    pub fn sound_but_for(&self, pointer: &str, apart: &[&str]) -> bool {
        let pointer = Pointer::parse(pointer);
        let counts = |broken: &&Pointer| {
            let steps = broken.steps().iter().skip(pointer.steps().len());
            !steps.into_iter().any(|step| matches!(step, Step::Key(key) if apart.contains(&key.as_str())))
        };
        let broken = self.broken.iter().filter(counts);
        !broken.into_iter().any(|broken| pointer.contains(broken) || broken.contains(&pointer))
    }
}

/// Everything that one group has written.
#[derive(Debug)]
pub struct Workspace {
    /// The folder.
    pub root: PathBuf,
    /// 专家组.
    pub profile: Loaded<Profile>,
    /// 年度工作计划, sorted by file.
    pub plans: Vec<Loaded<Plan>>,
    /// 活动, sorted by first day, then by file.
    pub activities: Vec<Loaded<Activity>>,
    /// 年度工作总结, sorted by file.
    pub summaries: Vec<Loaded<Summary>>,
    /// 台账, sorted by file.
    pub records: Vec<Loaded<Records>>,
    /// 放假安排, sorted by file.
    pub holidays: Vec<Loaded<Holidays>>,
    /// 本组规则, sorted by file; in force is only the one that the profile names.
    pub house_rules: Vec<Loaded<HouseRules>>,
    /// Every YAML file as read.
    pub documents: BTreeMap<String, Document>,
    /// What was found while reading.
    pub findings: Vec<Finding>,
}

impl Workspace {
    /// Reads the workspace at `root`.
    pub fn read(root: &Path) -> Self {
        let mut walked = walk::walk(root);
        let mut workspace = Self {
            root: root.to_owned(),
            // Until it is read, nothing of the profile may be judged.
            profile: Loaded {
                model: Profile::default(),
                file: PROFILE_FILE.into(),
                broken: vec![Pointer::root()],
            },
            plans: Vec::new(),
            activities: Vec::new(),
            summaries: Vec::new(),
            records: Vec::new(),
            holidays: Vec::new(),
            house_rules: Vec::new(),
            documents: BTreeMap::new(),
            findings: std::mem::take(&mut walked.findings),
        };
        for document in walked.documents {
            workspace.take(document);
        }
        let Self { plans, summaries, findings, .. } = &mut workspace;
        findings.extend(one_a_year(plans, Kind::Plan, |plan| plan.year));
        findings.extend(one_a_year(summaries, Kind::Summary, |summary| summary.year));
        workspace.activities.sort_by(|a, b| {
            let first = |activity: &Loaded<Activity>| activity.model.date.map(DateRange::first);
            (first(a), &a.file).cmp(&(first(b), &b.file))
        });
        workspace.spell_as_the_profile();
        workspace
    }

    fn take(&mut self, document: Document) {
        self.findings.extend(document.findings.iter().cloned());
        match structure::kind(&document) {
            Ok(Some(Kind::Profile)) if document.file != PROFILE_FILE => {
                self.findings.push(Finding::new("workspace/second-profile").at(Place::file(&document.file)));
            }
            Ok(Some(Kind::Profile)) => self.profile = self.load(&document, Kind::Profile),
            Ok(Some(kind @ Kind::Plan)) => {
                let loaded = self.load(&document, kind);
                self.plans.push(loaded);
            }
            Ok(Some(kind @ Kind::Activity)) => {
                let loaded = self.load(&document, kind);
                self.activities.push(loaded);
            }
            Ok(Some(kind @ Kind::Summary)) => {
                let loaded = self.load(&document, kind);
                self.summaries.push(loaded);
            }
            Ok(Some(kind @ Kind::Records)) => {
                let loaded = self.load(&document, kind);
                self.records.push(loaded);
            }
            Ok(Some(kind @ Kind::Holidays)) => {
                let loaded = self.load(&document, kind);
                self.holidays.push(loaded);
            }
            Ok(Some(kind @ Kind::HouseRules)) => {
                let loaded = self.load(&document, kind);
                self.house_rules.push(loaded);
            }
            Ok(None) => {}
            Err(finding) => self.findings.push(finding),
        }
        self.documents.insert(document.file.clone(), document);
    }

    fn load<T: serde::de::DeserializeOwned + Default>(
        &mut self,
        document: &Document,
        kind: Kind,
    ) -> Loaded<T> {
        let (model, broken, findings) = structure::read(document, kind);
        self.findings.extend(findings);
        Loaded { model, file: document.file.clone(), broken }
    }

    /// Where `pointer` stands in `file`.
    pub fn place(&self, file: &str, pointer: &str) -> Place {
        self.documents
            .get(file)
            .map_or_else(|| Place::file(file), |document| document.place(&Pointer::parse(pointer)))
    }

    /// Where the first occurrence of `needle` within `pointer` stands.
    pub fn place_of(&self, file: &str, pointer: &str, needle: &str) -> Place {
        self.documents
            .get(file)
            .map_or_else(|| Place::file(file), |document| document.place_of(&Pointer::parse(pointer), needle))
    }

    /// A line of a file, counted from 1.
    pub fn line(&self, file: &str, number: u32) -> Option<String> {
        let document = self.documents.get(file)?;
        (number > 0).then(|| document.line(number as usize).to_owned())
    }

    /// The plan of that year.
    pub fn plan(&self, year: u16) -> Option<&Loaded<Plan>> {
        self.plans.iter().find(|plan| year > 0 && plan.model.year == year)
    }

    /// The summary of that year.
    pub fn summary(&self, year: u16) -> Option<&Loaded<Summary>> {
        self.summaries.iter().find(|summary| year > 0 && summary.model.year == year)
    }

    /// The activities that begin in that year.
    pub fn activities_of(&self, year: u16) -> impl Iterator<Item = &Loaded<Activity>> {
        self.activities
            .iter()
            .filter(move |a| a.model.date.as_ref().is_some_and(|date| date.first().year() == i32::from(year)))
    }

    /// The activities that were not called off.
    pub fn held(&self) -> impl Iterator<Item = &Loaded<Activity>> {
        self.activities.iter().filter(|it| !it.model.is_cancelled())
    }

    /// The activities that begin in that year and were not called off.
    pub fn held_in(&self, year: u16) -> impl Iterator<Item = &Loaded<Activity>> {
        self.activities_of(year).filter(|it| !it.model.is_cancelled())
    }

    /// Every year that a file speaks of, sorted.
    pub fn years(&self) -> Vec<u16> {
        self.years_in(|_| true)
    }

    /// Every year that one of the files that `holds` lets pass speaks of, sorted.
    pub fn years_in(&self, holds: impl Fn(&str) -> bool) -> Vec<u16> {
        let plans = self.plans.iter().filter(|it| holds(&it.file)).map(|it| it.model.year);
        let summaries = self.summaries.iter().filter(|it| holds(&it.file)).map(|it| it.model.year);
        let activities = self.activities.iter().filter(|it| holds(&it.file)).filter_map(|activity| {
            activity.model.date.as_ref().and_then(|date| u16::try_from(date.first().year()).ok())
        });
        let records = self.records.iter().filter(|it| holds(&it.file)).map(|it| it.model.year);
        let mut years: Vec<u16> =
            plans.chain(summaries).chain(records).chain(activities).filter(|year| *year > 0).collect();
        years.sort_unstable();
        years.dedup();
        years
    }
}

/// Keeps one paper of each year, the one with the plainest name, and tells of the others: a backup copy (`工作计划 -
/// 副本.yaml`) does not take the place of its original.
fn one_a_year<T>(papers: &mut Vec<Loaded<T>>, kind: Kind, year: fn(&T) -> u16) -> Vec<Finding> {
    let mut kept: BTreeMap<u16, String> = BTreeMap::new();
    for paper in papers.iter() {
        let first = kept.entry(year(&paper.model)).or_insert_with(|| paper.file.clone());
        if plainness(&paper.file) < plainness(first) {
            first.clone_from(&paper.file);
        }
    }
    // A year that could not be read is nobody's.
    kept.remove(&0);
    let is_second = |paper: &mut Loaded<T>| kept.get(&year(&paper.model)).is_some_and(|it| *it != paper.file);
    let told = |paper: Loaded<T>| {
        let year = year(&paper.model);
        Finding::new("model/second-of-year")
            .at(Place::file(&paper.file))
            .with(Place::file(&kept[&year]))
            .fact("year", year)
            .fact("kind", kind.word())
    };
    papers.extract_if(.., is_second).map(told).collect()
}

/// The shorter name is the plainer, then the one in fewer folders.
fn plainness(file: &str) -> (usize, usize, &str) {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    (stem.chars().count(), file.matches('/').count(), file)
}
