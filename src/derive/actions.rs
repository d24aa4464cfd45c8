//! Tasks that minutes charged somebody with: every one of the workspace in, those of which nobody said what became of
//! them out, with the paper in which it should have been said.
//!
//! A task is accounted for by 任务进展 or 落实情况 under its number, or through the task of the plan that it belongs
//! to. A task without a last day is never open.

use super::host::is_own;
use super::records::{YearRecords, decision_number};
use crate::calendar::Calendar;
use crate::model::scalar::{Date, DateRange, Deadline, LastDay};
use crate::model::{Activity, ActivityKind, Decision, Outcome, Progress, Summary, TaskState, Text};
use crate::workspace::{Loaded, Workspace};
use std::collections::{BTreeMap, BTreeSet};

/// A task of some minutes.
#[derive(Debug, Clone)]
pub struct ActionItem<'a> {
    /// The activity that decided it.
    pub activity: &'a Loaded<Activity>,
    /// Its place among the decisions.
    pub index: usize,
    /// What was decided.
    pub decision: &'a Decision,
    /// `2017-01/3`.
    pub number: String,
    /// The last day on which it is in time, if there is one.
    pub last: Option<Date>,
}

/// The paper in which it should have been said what became of a task.
#[derive(Debug, Clone, Copy)]
pub enum Checkpoint<'a> {
    /// The next own meeting with minutes after the task's last day.
    Meeting(&'a Loaded<Activity>),
    /// The summary whose cut-off is on or after that day.
    Summary(&'a Loaded<Summary>),
}

/// Every task that minutes of the workspace hold, in the order of the activities.
pub fn items<'a>(workspace: &'a Workspace, calendar: &Calendar) -> Vec<ActionItem<'a>> {
    let mut items = Vec::new();
    for activity in workspace.held().filter(|activity| !activity.model.id.is_blank()) {
        for (index, decision) in activity.model.decisions.iter().enumerate() {
            if decision.task.as_ref().is_none_or(Text::is_blank) || decision.outcome == Outcome::Lost {
                continue;
            }
            let number = decision_number(&activity.model, index);
            let last = decision.due.as_ref().and_then(|due| last_day(due, &activity.model, calendar));
            items.push(ActionItem { activity, index, decision, number, last });
        }
    }
    items
}

/// The decision that `number` names, with its activity.
pub fn decision_of<'a>(
    workspace: &'a Workspace,
    number: &str,
) -> Option<(&'a Loaded<Activity>, &'a Decision)> {
    let (id, index) = number.rsplit_once('/')?;
    let index = index.parse::<usize>().ok()?.checked_sub(1)?;
    let activity = workspace.activities.iter().find(|activity| *activity.model.id == *id)?;
    Some((activity, activity.model.decisions.get(index)?))
}

/// Tasks whose time is over at a checkpoint and of which nobody said what became of them.
pub fn open<'a>(workspace: &'a Workspace, calendar: &Calendar) -> Vec<(ActionItem<'a>, Checkpoint<'a>)> {
    let told = Told::of(workspace);
    let meetings: Vec<(Date, &Loaded<Activity>)> = workspace
        .held()
        .filter(|activity| is_checkpoint(workspace, &activity.model))
        .filter_map(|activity| Some((activity.model.date?.first(), activity)))
        .collect();
    let checkpoint = |item: &ActionItem<'a>| {
        let last = item.last?;
        let begun = item.activity.model.date?;
        let after = meetings.partition_point(|(first, _)| *first <= last.max(begun.last()));
        if let Some((_, meeting)) = meetings.get(after) {
            return Some(Checkpoint::Meeting(meeting));
        }
        let summary = workspace.summary(u16::try_from(begun.first().year()).ok()?)?;
        (summary.model.cutoff? >= last).then_some(Checkpoint::Summary(summary))
    };
    items(workspace, calendar)
        .into_iter()
        .filter(|item| !told.covers(item))
        .filter_map(|item| checkpoint(&item).map(|checkpoint| (item, checkpoint)))
        .collect()
}

/// A task of some minutes that is not done, and nobody said that it will not be.
#[derive(Debug, Clone)]
pub struct Unsettled<'a> {
    /// The task.
    pub item: ActionItem<'a>,
    /// The day by which it is wanted: 预计完成 as told last, else its own.
    pub until: Date,
}

/// The tasks with a last day that are unsettled by what is written of days up to `day`. One that a task of the plan
/// stands for is followed there.
pub fn unsettled<'a>(workspace: &'a Workspace, calendar: &Calendar, day: Date) -> Vec<Unsettled<'a>> {
    let told = Told::of(workspace);
    let mut latest: BTreeMap<&str, (Option<Date>, &Progress)> = BTreeMap::new();
    for year in workspace.years() {
        for (number, entry) in (YearRecords { workspace, year }).progress() {
            let held = entry.activity.and_then(|activity| activity.model.date).map(DateRange::last);
            let on = entry.item.date.or(held);
            let known = latest.get(number).is_none_or(|(before, _)| *before <= on);
            if known && on.is_none_or(|on| on <= day) {
                latest.insert(number, (on, entry.item));
            }
        }
    }
    let until = |item: &ActionItem<'a>| {
        let last = item.last?;
        let Some((on, progress)) = latest.get(&*item.number) else {
            return (!told.in_plan(item)).then_some(last);
        };
        match (progress.state, &progress.expected) {
            (Some(TaskState::Done), _) => None,
            (_, Some(expected)) => {
                let year = on.or(item.activity.model.date.map(DateRange::first))?.year();
                match expected.last_day(year, *on) {
                    LastDay::On(date) => Some(date),
                    _ => None,
                }
            }
            // Said when its time was over: that is how it ended.
            (Some(TaskState::Partly | TaskState::NotDone), None) if on.is_some_and(|on| on >= last) => None,
            _ => Some(last),
        }
    };
    let begun = |item: &ActionItem<'a>| item.activity.model.date.is_some_and(|date| date.first() <= day);
    let all = items(workspace, calendar).into_iter().filter(begun);
    all.filter_map(|item| until(&item).map(|until| Unsettled { item, until })).collect()
}

fn last_day(due: &Deadline, activity: &Activity, calendar: &Calendar) -> Option<Date> {
    let issued = activity.minutes.as_ref().and_then(|minutes| minutes.date);
    match due.last_day(activity.date?.first().year(), issued) {
        LastDay::On(date) => Some(date),
        LastDay::Workdays { from, count } => Some(calendar.add_workdays(from.naive(), count).date.into()),
        LastDay::Never | LastDay::Unknown => None,
    }
}

fn is_checkpoint(workspace: &Workspace, activity: &Activity) -> bool {
    let meets =
        activity.kinds.iter().any(|kind| matches!(kind, ActivityKind::Plenary | ActivityKind::Meeting));
    meets && activity.minutes.is_some() && is_own(&workspace.profile.model, activity)
}

/// What the workspace says of its tasks.
struct Told<'a> {
    /// Every number under which progress was entered.
    numbers: BTreeSet<&'a str>,
    /// By task of the plan, the last day on which something was said of it.
    tasks: BTreeMap<&'a str, Date>,
    /// Tasks of the plan with a state in the summary of that year.
    stated: BTreeSet<(u16, &'a str)>,
}

impl<'a> Told<'a> {
    fn of(workspace: &'a Workspace) -> Self {
        let mut told = Self { numbers: BTreeSet::new(), tasks: BTreeMap::new(), stated: BTreeSet::new() };
        for year in workspace.years() {
            for (number, entry) in (YearRecords { workspace, year }).progress() {
                told.numbers.insert(number);
                let held = entry.activity.and_then(|activity| activity.model.date).map(DateRange::last);
                told.task(number, entry.item.date.or(held));
            }
        }
        for activity in &workspace.activities {
            for decision in &activity.model.decisions {
                // A task named again: only a later activity says what became of an earlier one's.
                let date = activity.model.date.map(DateRange::first);
                told.task(decision.plan_task.as_deref().unwrap_or_default(), date);
            }
        }
        for plan in &workspace.plans {
            for change in &plan.model.changes {
                told.task(&change.task, change.date);
            }
        }
        for summary in &workspace.summaries {
            let stated = summary.model.tasks.iter().filter(|task| task.state.is_some());
            told.stated.extend(stated.map(|task| (summary.model.year, &*task.id)));
        }
        told
    }

    fn task(&mut self, number: &'a str, date: Option<Date>) {
        if let Some(date) = date.filter(|_| !number.is_empty()) {
            let last = self.tasks.entry(number).or_insert(date);
            *last = date.max(*last);
        }
    }

    fn covers(&self, item: &ActionItem<'_>) -> bool {
        self.numbers.contains(&*item.number) || self.in_plan(item)
    }

    /// Whether the task of the plan that it belongs to was spoken of since.
    fn in_plan(&self, item: &ActionItem<'_>) -> bool {
        let Some(task) = item.decision.plan_task.as_deref().filter(|task| !task.is_empty()) else {
            return false;
        };
        let Some(date) = item.activity.model.date else { return true };
        let year = u16::try_from(date.first().year()).unwrap_or_default();
        self.stated.contains(&(year, task)) || self.tasks.get(task).is_some_and(|last| *last > date.first())
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn folder(second: &str, records: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("专家组.yaml", "类别: 专家组\n全称: 某组\n");
        let first = "类别: 活动\n编号: 2018-01\n类型: [全体会议]\n日期: 2018-05-10\n纪要: { 日期: 2018-05-14 }\n议定事项:\n\
            \x20 - { 任务: 甲, 时限: 2018年6月底前 }\n\
            \x20 - { 任务: 乙, 时限: 2018年9月底前, 计划任务: R1 }\n\
            \x20 - { 任务: 丙, 时限: 长期 }\n\
            \x20 - { 任务: 丁, 时限: 印发之日起10日内, 结果: 未通过 }\n";
        write("一.yaml", first);
        write(
            "二.yaml",
            &format!(
                "类别: 活动\n编号: 2018-02\n类型: [组内会议]\n日期: 2018-08-10\n纪要: {{ 日期: 2018-08-14 }}\n{second}"
            ),
        );
        write("总结.yaml", "类别: 年度工作总结\n年度: 2018\n截至: 2018-10-20\n");
        write("台账.yaml", &format!("类别: 台账\n年度: 2018\n{records}"));
        folder
    }

    fn open_of(second: &str, records: &str) -> Vec<(String, bool)> {
        let folder = folder(second, records);
        let workspace = Workspace::read(folder.path());
        let open = open(&workspace, &Calendar::built_in());
        open.into_iter().map(|(item, at)| (item.number, matches!(at, Checkpoint::Meeting(_)))).collect()
    }

    #[test]
    fn a_task_is_asked_for_at_the_next_meeting_or_the_summary() {
        assert_eq!(open_of("", ""), [("2018-01/1".into(), true), ("2018-01/2".into(), false)]);
    }

    #[test]
    fn a_number_or_the_task_of_the_plan_accounts_for_it() {
        let told = "落实情况:\n  - { 任务: 2018-01/1, 状态: 完成 }\n";
        assert_eq!(open_of(told, ""), [("2018-01/2".into(), false)]);
        let of = |entry: &str| open_of(told, &format!("任务进展:\n  - {entry}\n"));
        assert!(of("{ 任务: R1, 日期: 2018-09-20, 状态: 完成 }").is_empty());
        assert!(of("{ 任务: 2018-01/2, 状态: 进行中 }").is_empty());
        assert_eq!(of("{ 任务: R1, 日期: 2018-05-02, 状态: 进行中 }").len(), 1);
        let again = format!("{told}议定事项:\n  - {{ 意见: 延期, 计划任务: R1 }}\n");
        assert!(open_of(&again, "").is_empty());
    }

    #[test]
    fn a_task_is_unsettled_until_it_is_done_or_put_off() {
        let unsettled = |records: &str, day: (i32, u32, u32)| -> Vec<(String, String)> {
            let folder = folder("", &format!("任务进展:\n{records}"));
            let workspace = Workspace::read(folder.path());
            let day = Date::new(day.0, day.1, day.2).unwrap();
            let tasks = unsettled(&workspace, &Calendar::built_in(), day);
            tasks.into_iter().map(|it| (it.item.number, it.until.iso())).collect()
        };
        let day = (2018, 7, 20);
        let (first, second) = ("2018-01/1".to_owned(), "2018-01/2".to_owned());
        let both = [(first.clone(), "2018-06-30".into()), (second.clone(), "2018-09-30".to_owned())];
        assert_eq!(unsettled("  []\n", day), both);
        let told = |what: &str| format!("  - {{ 任务: 2018-01/1, {what} }}\n");
        assert_eq!(unsettled(&told("日期: 2018-07-01, 状态: 进行中"), day), both);
        assert_eq!(unsettled(&told("日期: 2018-07-01, 状态: 完成"), day), both[1..]);
        assert_eq!(unsettled(&told("日期: 2018-07-30, 状态: 完成"), day), both);
        assert_eq!(unsettled(&told("日期: 2018-07-01, 状态: 未完成"), day), both[1..]);
        let put_off = told("日期: 2018-06-20, 状态: 进行中, 预计完成: 2018年12月底前");
        assert_eq!(unsettled(&put_off, day)[0], (first, "2018-12-31".to_owned()));
        let planned = "  - { 任务: R1, 日期: 2018-09-20, 状态: 进行中 }\n";
        assert!(unsettled(planned, day).iter().all(|(number, _)| *number != second));
        assert!(unsettled("  []\n", (2018, 5, 9)).is_empty());
    }
}
