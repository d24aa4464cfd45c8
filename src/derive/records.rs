//! The running lists of a year, from wherever they were entered: 台账, beside a task of the plan, in an activity, in the
//! summary. Every entry knows its place, so that a rule can point at it.

use crate::model::scalar::{Date, DateRange};
use crate::model::{Activity, Consultation, Filing, Fund, Progress, Publicity, Spending};
use crate::workspace::{Loaded, Workspace};
use std::collections::BTreeMap;

/// One entry of a list and where it stands.
#[derive(Debug, Clone)]
pub struct Entry<'a, T> {
    /// What is written.
    pub item: &'a T,
    /// The file, relative to the workspace.
    pub file: &'a str,
    /// The pointer in it.
    pub pointer: String,
    /// The activity in whose file it stands.
    pub activity: Option<&'a Loaded<Activity>>,
}

/// The lists of one year.
#[derive(Debug, Clone, Copy)]
pub struct YearRecords<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// 年度.
    pub year: u16,
}

/// Entries of several lists brought together.
#[derive(Debug, Clone)]
pub struct Merged<'a, T> {
    /// What counts, each thing once.
    pub counted: Vec<Entry<'a, T>>,
    /// What was entered again in another list, with the entry that counts.
    pub twice: Vec<(Entry<'a, T>, Entry<'a, T>)>,
    /// What is dated after the cut-off.
    pub later: Vec<Entry<'a, T>>,
}

/// Entries up to `until`. The same thing in two lists is one thing; within one list it may have happened twice. `key`
/// says what must agree; an entry without a key is like no other.
fn merge<'a, T, K: Ord>(
    entries: Vec<Entry<'a, T>>,
    until: Option<Date>,
    date: impl Fn(&T) -> Option<Date>,
    key: impl Fn(&T) -> Option<K>,
) -> Merged<'a, T> {
    let in_time = |entry: &Entry<'a, T>| date(entry.item).zip(until).is_none_or(|(day, until)| day <= until);
    let (entries, later): (Vec<_>, Vec<_>) = entries.into_iter().partition(in_time);
    let mut merged = Merged { counted: Vec::new(), twice: Vec::new(), later };
    // Of each thing: where it counts, and the lists that have it there.
    let mut known: BTreeMap<K, Vec<(usize, Vec<String>)>> = BTreeMap::new();
    for entry in entries {
        let Some(key) = key(entry.item) else {
            merged.counted.push(entry);
            continue;
        };
        let (list, same) = (list_of(&entry), known.entry(key).or_default());
        // The n-th of its kind in one list is the n-th of its kind in another.
        if let Some((at, lists)) = same.iter_mut().find(|(_, lists)| !lists.contains(&list)) {
            lists.push(list);
            let first = &merged.counted[*at];
            let first = Entry { pointer: first.pointer.clone(), ..*first };
            merged.twice.push((entry, first));
        } else {
            same.push((merged.counted.len(), vec![list]));
            merged.counted.push(entry);
        }
    }
    merged
}

/// The list in which an entry stands.
fn list_of<T>(entry: &Entry<'_, T>) -> String {
    let list = entry.pointer.rsplit_once('/').map_or("", |(list, _)| list);
    format!("{}{list}", entry.file)
}

/// The number of an item decided: `2017-01/3` is the third of activity 2017-01, counted from 1.
pub fn decision_number(activity: &Activity, index: usize) -> String {
    format!("{}/{}", &*activity.id, index + 1)
}

impl<'a> YearRecords<'a> {
    /// 任务进展 with the number of the task it is about; what has no number is left out.
    pub fn progress(&self) -> Vec<(&'a str, Entry<'a, Progress>)> {
        let mut found = Vec::new();
        for plan in self.workspace.plans.iter().filter(|plan| plan.model.year == self.year) {
            for (at, task) in plan.model.tasks.iter().enumerate() {
                for (index, item) in task.progress.iter().enumerate() {
                    let pointer = format!("/任务/{at}/进展/{index}");
                    found.push((&*task.id, Entry { item, file: &plan.file, pointer, activity: None }));
                }
            }
        }
        let own = self.of_records("任务进展", |records| &records.progress);
        let told = held(self.of_activities("落实情况", |activity| &activity.follow_up));
        found.extend(
            own.into_iter().chain(told).filter_map(|entry| Some((&**entry.item.task.as_ref()?, entry))),
        );
        found
    }

    /// The last word on how a task or an item decided stands, and its day: the activity's where it stands in one.
    pub fn latest(&self, number: &str) -> Option<(Option<Date>, &'a Progress)> {
        let told =
            self.progress().into_iter().filter(|(task, entry)| *task == number && entry.item.state.is_some());
        let dated = told.map(|(_, entry)| {
            let held = entry.activity.and_then(|activity| activity.model.date).map(DateRange::last);
            (entry.item.date.or(held), entry.item)
        });
        dated.max_by_key(|(day, _)| *day)
    }

    /// 征求意见.
    pub fn consultations(&self) -> Vec<Entry<'a, Consultation>> {
        let mut found = Vec::new();
        for plan in self.workspace.plans.iter().filter(|plan| plan.model.year == self.year) {
            found.extend(entries(&plan.model.consultations, &plan.file, "征求意见", None));
        }
        found.extend(self.of_activities("征求意见", |activity| &activity.consultations));
        found.extend(self.of_records("征求意见", |records| &records.consultations));
        found
    }

    /// 宣传.
    pub fn published(&self) -> Vec<Entry<'a, Publicity>> {
        let mut found = held(self.of_activities("宣传", |activity| &activity.published));
        found.extend(self.of_records("宣传", |records| &records.published));
        for summary in self.workspace.summaries.iter().filter(|summary| summary.model.year == self.year) {
            found.extend(entries(&summary.model.published, &summary.file, "宣传", None));
        }
        found
    }

    /// 支出.
    pub fn spent(&self) -> Vec<Entry<'a, Spending>> {
        let mut found = self.of_activities("支出", |activity| &activity.spent);
        found.extend(self.of_records("支出", |records| &records.spent));
        for summary in self.workspace.summaries.iter().filter(|summary| summary.model.year == self.year) {
            found.extend(entries(&summary.model.spent, &summary.file, "支出", None));
        }
        found
    }

    /// 宣传 up to `until`, by date.
    pub fn published_by(&self, until: Option<Date>) -> Merged<'a, Publicity> {
        let key = |item: &Publicity| {
            let medium = item.medium.as_deref().map(str::to_owned);
            let named = !item.title.is_blank();
            item.date.filter(|_| named).map(|date| (date, medium, item.title.to_string()))
        };
        let mut merged = merge(self.published(), until, |item| item.date, key);
        merged.counted.sort_by_key(|entry| (entry.item.date.is_none(), entry.item.date));
        merged
    }

    /// 支出 up to `until`, by date.
    pub fn spent_by(&self, until: Option<Date>) -> Merged<'a, Spending> {
        let key = |item: &Spending| {
            let note = item.note.as_deref().map(str::to_owned);
            let fund: Fund = item.fund;
            item.date.zip(item.amount).map(|(date, amount)| (date, amount, item.item.to_string(), fund, note))
        };
        let mut merged = merge(self.spent(), until, |item| item.date, key);
        merged.counted.sort_by_key(|entry| (entry.item.date.is_none(), entry.item.date));
        merged
    }

    /// 其他报送.
    pub fn filings(&self) -> Vec<Entry<'a, Filing>> {
        self.of_records("其他报送", |records| &records.filings)
    }

    fn of_records<T>(
        &self,
        key: &str,
        list: impl Fn(&'a crate::model::Records) -> &'a Vec<T>,
    ) -> Vec<Entry<'a, T>> {
        let of_year = self.workspace.records.iter().filter(|records| records.model.year == self.year);
        of_year.flat_map(|records| entries(list(&records.model), &records.file, key, None)).collect()
    }

    fn of_activities<T>(&self, key: &str, list: impl Fn(&'a Activity) -> &'a Vec<T>) -> Vec<Entry<'a, T>> {
        let of_year = self.workspace.activities_of(self.year);
        of_year
            .flat_map(|activity| entries(list(&activity.model), &activity.file, key, Some(activity)))
            .collect()
    }
}

/// The entries that are not of an activity that was called off.
fn held<T>(mut entries: Vec<Entry<'_, T>>) -> Vec<Entry<'_, T>> {
    entries.retain(|entry| entry.activity.is_none_or(|activity| !activity.model.is_cancelled()));
    entries
}

fn entries<'a, T>(
    items: &'a [T],
    file: &'a str,
    key: &str,
    activity: Option<&'a Loaded<Activity>>,
) -> Vec<Entry<'a, T>> {
    let entry = |(index, item)| Entry { item, file, pointer: format!("/{key}/{index}"), activity };
    items.iter().enumerate().map(entry).collect()
}
