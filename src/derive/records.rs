//! The running lists of a year, from wherever they were entered: 台账, beside a task of the plan, in an activity, in the
//! summary. Every entry knows its place, so that a rule can point at it.

use crate::model::{Activity, Consultation, Filing, Progress, Publicity, Spending};
use crate::workspace::{Loaded, Workspace};

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
        let told = self.of_activities("落实情况", |activity| &activity.follow_up);
        found.extend(
            own.into_iter().chain(told).filter_map(|entry| Some((&**entry.item.task.as_ref()?, entry))),
        );
        found
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
        let mut found = self.of_activities("宣传", |activity| &activity.published);
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
        let held = self.workspace.activities_of(self.year);
        held.flat_map(|activity| entries(list(&activity.model), &activity.file, key, Some(activity)))
            .collect()
    }
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
