//! Obligations that have no date in the regulation: those that facts open (a second absence, a sub-group, a major
//! matter) and those that the general secretariat asks for (考评总结).

use super::Context;
use crate::derive::absence::absences;
use crate::derive::records::{Entry, YearRecords};
use crate::finding::Place;
use crate::model::scalar::Date;
use crate::model::{Filing, FilingKind, SubGroup};

/// A paper that is owed because something happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// Which paper.
    pub kind: FilingKind,
    /// Whom or what it is about, as the page would name it.
    pub subject: String,
    /// Its year.
    pub year: u16,
    /// The day that opened it.
    pub since: Option<Date>,
    /// The day by which it is wanted, if anybody set one.
    pub due: Option<Date>,
    /// The day on which it was sent (台账, 其他报送).
    pub filed: Option<Date>,
    /// 回执 of the general secretariat.
    pub receipt: Option<String>,
    /// Where that is to be seen.
    pub place: Place,
}

impl Opened {
    /// Whether it was opened by what happened, and still to be met when a paper of `day` went out. Of one without the
    /// day that opened it nobody knows whether it was there already.
    pub fn is_open_on(&self, day: Date) -> bool {
        self.kind != FilingKind::Evaluation
            && self.since.is_some_and(|since| since <= day)
            && self.filed.is_none_or(|filed| filed > day)
    }

    /// Whether anybody can know of it on `day`: it has happened, was asked for, was sent, or is entered to be sent.
    pub fn is_known_on(&self, day: Date) -> bool {
        let past = |it: Option<Date>| it.is_some_and(|it| it <= day);
        let entered = self.since.is_none() && self.filed.is_none();
        past(self.since) || past(self.filed) || self.due.is_some() || entered
    }
}

/// 其他报送 of every year.
pub(super) fn filings<'a>(context: &Context<'a>) -> Vec<Entry<'a, Filing>> {
    let workspace = context.workspace;
    let mut years: Vec<u16> = workspace.records.iter().map(|records| records.model.year).collect();
    years.sort_unstable();
    years.dedup();
    years.into_iter().flat_map(|year| YearRecords { workspace, year }.filings()).collect()
}

/// The best of `entries`: one that was sent, else one that is only entered.
fn best(entries: Vec<Entry<'_, Filing>>) -> Option<Entry<'_, Filing>> {
    entries.into_iter().min_by_key(|entry| (entry.item.date.is_none(), entry.item.date))
}

/// The 成员调整报告 on `name` after the absence of `since`; one without a date is not yet sent.
pub(super) fn adjustment<'a>(context: &Context<'a>, name: &str, since: Date) -> Option<Entry<'a, Filing>> {
    let about = |entry: &Entry<'_, Filing>| {
        entry.item.kind == Some(FilingKind::Membership)
            && entry.item.members.iter().any(|member| **member == *name)
            && entry.item.date.is_none_or(|date| date >= since)
    };
    best(filings(context).into_iter().filter(about).collect())
}

/// The 小组组成备案 of a sub-group. Where the profile has only one, an entry need not name it.
pub(super) fn of_sub_group<'a>(context: &Context<'a>, group: &SubGroup) -> Option<Entry<'a, Filing>> {
    let alone = context.profile().sub_groups.len() == 1;
    let about = |entry: &Entry<'_, Filing>| {
        entry.item.kind == Some(FilingKind::SubGroup)
            && entry.item.sub_group.as_ref().map_or(alone, |name| **name == *group.name)
    };
    best(filings(context).into_iter().filter(about).collect())
}

/// Every such obligation of the workspace, in the order of the days that opened them: those that absences and
/// sub-groups open, then every other entry of 其他报送.
pub fn opened(context: &Context<'_>) -> Vec<Opened> {
    let mut opened = Vec::new();
    let mut told = Vec::new();
    let mut add = |owed: Opened, entry: Option<Entry<'_, Filing>>| {
        let receipt = |item: &Filing| item.receipt.as_ref().map(ToString::to_string);
        told.extend(entry.as_ref().map(|entry| (entry.file.to_owned(), entry.pointer.clone())));
        opened.push(match entry {
            Some(Entry { item, .. }) => {
                Opened { filed: item.date, receipt: receipt(item), due: item.due, ..owed }
            }
            None => owed,
        });
    };
    for absences in absences(context.workspace, context.terms()) {
        let Some(decisive) = absences.decisive(context.terms()) else { continue };
        let place = context.at(decisive.activity, &decisive.pointer);
        let owed = owed(FilingKind::Membership, absences.name, Some(decisive.day), place);
        add(owed, adjustment(context, absences.name, decisive.day));
    }
    for (index, group) in context.profile().sub_groups.iter().enumerate() {
        if group.founded.is_some() && !group.name.is_blank() {
            let place = context.at(&context.workspace.profile, &format!("/专门工作小组/{index}"));
            add(owed(FilingKind::SubGroup, &group.name, group.founded, place), of_sub_group(context, group));
        }
    }
    for records in &context.workspace.records {
        for (index, item) in records.model.filings.iter().enumerate() {
            let pointer = format!("/其他报送/{index}");
            let Some(kind) = item.kind else { continue };
            if told.contains(&(records.file.clone(), pointer.clone())) {
                continue;
            }
            opened.push(Opened {
                kind,
                subject: subject(item),
                year: records.model.year,
                since: item.happened,
                due: item.due,
                filed: item.date,
                receipt: item.receipt.as_ref().map(ToString::to_string),
                place: context.at(records, &pointer),
            });
        }
    }
    opened.sort_by(|a, b| {
        let day = |it: &Opened| (it.since.or(it.due).or(it.filed), it.place.clone());
        day(a).cmp(&day(b))
    });
    opened
}

fn owed(kind: FilingKind, subject: &str, since: Option<Date>, place: Place) -> Opened {
    let year = since.and_then(|since| u16::try_from(since.year()).ok()).unwrap_or_default();
    Opened { kind, subject: subject.to_owned(), year, since, due: None, filed: None, receipt: None, place }
}

/// What an entry is about: what it says, the sub-group, the members.
fn subject(item: &Filing) -> String {
    let members: Vec<&str> = item.members.iter().map(|name| &**name).collect();
    let said = item.subject.as_deref().or(item.sub_group.as_deref()).filter(|said| !said.is_empty());
    said.map_or_else(|| members.join("、"), str::to_owned)
}
