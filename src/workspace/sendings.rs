//! Where sendings are recorded: a workspace goes in, every 报送 of its files with the name that the command line has for
//! it comes out; and each file as it leaves the house, without the 记录 of its sendings.

use super::{Loaded, Workspace};
use crate::finding::Place;
use crate::model::{Prose, Submission};
use crate::source::{Document, Node, Pointer};
use std::borrow::Cow;
use std::ops::Range;

/// The top keys that hold a 报送, and in it the house's own 收发登记.
const HOLDERS: [&str; 4] = ["报送", "事前报送", "事后报送", "全年报送"];

/// Keys of an activity whose facts belong to what goes out before it.
const BEFORE: [&str; 4] = ["活动报告", "邀请函", "会议通知", "事前报送"];

/// A 报送 of a file, there or not yet.
#[derive(Debug, Clone, Copy)]
pub struct Sending<'a> {
    /// The kind of bundle: `plan`, `activity-before`, `activity-after`, `summary`, `year`.
    pub kind: &'static str,
    /// Its year; 0 for an activity, which has a number.
    pub year: u16,
    /// The activity's number.
    pub number: Option<&'a str>,
    /// The file.
    pub file: &'a str,
    /// The key in it.
    pub key: &'static str,
    /// What stands there.
    pub submission: &'a Submission,
    /// Whether all of it could be read.
    pub sound: bool,
}

impl<'a> Sending<'a> {
    /// `2026-计划`, `2026-总结`, `2026-全年`, `2026-02-前`, `2026-02-后`.
    pub fn id(&self) -> String {
        match (self.kind, self.number) {
            ("activity-before", Some(number)) => format!("{number}-前"),
            (_, Some(number)) => format!("{number}-后"),
            ("plan", None) => format!("{}-计划", self.year),
            ("summary", None) => format!("{}-总结", self.year),
            (_, None) => format!("{}-全年", self.year),
        }
    }

    /// Whether it is for this one to tell of what happened at `place`: a 台账 or a plan is told of by its year's summary
    /// too.
    pub fn tells_of(&self, workspace: &Workspace, place: &Place) -> bool {
        let before = || workspace.top_key(place).is_some_and(|key| BEFORE.contains(&key));
        if self.file == place.file {
            return (self.kind == "activity-before") == before();
        }
        let of_summary = matches!(self.kind, "summary" | "year");
        of_summary && workspace.summed_up_in(place) == Some(self.year)
    }

    /// The group's own words on the facts, if there are any.
    pub fn explanation(&self) -> Option<&'a Prose> {
        self.submission.explanation.as_ref().filter(|prose| !prose.is_blank())
    }
}

impl Workspace {
    /// Every 报送: plans, activities in the order held, summaries.
    pub fn sendings(&self) -> Vec<Sending<'_>> {
        let mut sendings = Vec::new();
        for plan in &self.plans {
            sendings.push(yearly(plan, "plan", plan.model.year, "报送", &plan.model.submission));
        }
        for activity in &self.activities {
            let model = &activity.model;
            let halves = [
                ("activity-before", "事前报送", &model.before),
                ("activity-after", "事后报送", &model.after),
            ];
            for (kind, key, submission) in halves {
                let number = Some(&*model.id);
                sendings.push(Sending { number, ..yearly(activity, kind, 0, key, submission) });
            }
        }
        for summary in &self.summaries {
            let (model, year) = (&summary.model, summary.model.year);
            sendings.push(yearly(summary, "summary", year, "报送", &model.submission));
            sendings.push(yearly(summary, "year", year, "全年报送", &model.year_submission));
        }
        sendings
    }

    /// The 报送 of that kind in a file.
    pub fn submission_mut(&mut self, file: &str, kind: &str) -> Option<&mut Submission> {
        let activity = self.activities.iter_mut().find(|it| it.file == file).map(|it| &mut it.model);
        let summary = self.summaries.iter_mut().find(|it| it.file == file).map(|it| &mut it.model);
        let plan = self.plans.iter_mut().find(|it| it.file == file).map(|it| &mut it.model);
        match kind {
            "plan" => plan.map(|it| &mut it.submission),
            "summary" => summary.map(|it| &mut it.submission),
            "year" => summary.map(|it| &mut it.year_submission),
            "activity-before" => activity.map(|it| &mut it.before),
            _ => activity.map(|it| &mut it.after),
        }
    }

    /// The text of a file as it leaves the house: without the 记录 of its sendings, and without a 报送 that holds nothing
    /// else, so that it is the same before and after a sending is recorded.
    pub fn outgoing(&self, file: &str) -> Option<Cow<'_, str>> {
        let document = self.documents.get(file)?;
        let cuts = cuts(document);
        let without = if cuts.is_empty() { None } else { document.without(&cuts) };
        Some(without.map_or(Cow::Borrowed(&document.text), Cow::Owned))
    }

    /// Where a place stands in the text that leaves the house.
    pub fn outgoing_place(&self, place: &Place) -> Place {
        let document = self.documents.get(&place.file);
        document.map_or_else(|| place.clone(), |document| document.place_without(place, &cuts(document)))
    }

    /// The top key below which `place` lies.
    pub fn top_key(&self, place: &Place) -> Option<&str> {
        let tree = self.documents.get(&place.file).and_then(|document| document.tree.as_ref());
        let mut entries = tree.map(Node::entries).unwrap_or_default().iter().rev();
        entries.find(|entry| entry.span.start.line <= place.line as usize).map(|entry| entry.key.as_str())
    }

    /// The year whose summary has to tell of what happened at `place` of another file: all of a 台账, and of a plan what
    /// does not belong to its own sending.
    pub fn summed_up_in(&self, place: &Place) -> Option<u16> {
        let records = self.records.iter().find(|it| it.file == place.file).map(|it| it.model.year);
        let plan = self.plans.iter().find(|it| it.file == place.file).map(|it| it.model.year);
        records.or_else(|| plan.filter(|_| self.top_key(place) != Some("报送")))
    }
}

/// What of a file does not leave the house.
fn cuts(document: &Document) -> Vec<Range<usize>> {
    document.cuts(&HOLDERS.map(|key| Pointer::root().key(key).key("记录"))).unwrap_or_default()
}

fn yearly<'a, T>(
    loaded: &'a Loaded<T>,
    kind: &'static str,
    year: u16,
    key: &'static str,
    submission: &'a Submission,
) -> Sending<'a> {
    let sound = loaded.sound(&format!("/{key}"));
    Sending { kind, year, number: None, file: &loaded.file, key, submission, sound }
}
