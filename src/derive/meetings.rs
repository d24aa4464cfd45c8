//! Meetings planned against meetings held: the plan as adjusted and the year's activities in, each planned meeting with
//! its time and the activity that it became out.
//!
//! An activity that was called off stands for none. A meeting is known again by 计划会议 or its name, else as an own one by
//! its kind within the time planned; no activity stands for two. A meeting moved without a new time has none, and is
//! never called late.

use super::host::is_own;
use crate::model::scalar::{Date, DateRange};
use crate::model::{Activity, ActivityKind, Change, ChangeKind, Plan};
use crate::workspace::{Loaded, Workspace};

/// A meeting of the plan as adjusted.
#[derive(Debug, Clone)]
pub struct Planned<'a> {
    /// 名称.
    pub name: &'a str,
    /// 类型.
    pub kinds: &'a [ActivityKind],
    /// Where it stands in the plan: among the meetings, or the change that added it.
    pub pointer: String,
    /// The last change that names it, and which one that is.
    pub change: Option<(usize, &'a Change)>,
    /// First and last day of its time, if it has one.
    pub days: Option<(Date, Date)>,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// The activity that it became.
    pub held: Option<&'a Loaded<Activity>>,
}

impl Planned<'_> {
    /// Whether it should have been held by `day` and was not.
    pub fn is_missed(&self, day: Date) -> bool {
        !self.cancelled && self.held.is_none() && self.days.is_some_and(|(_, last)| last <= day)
    }

    /// The days on which it was held, if they lie outside its time.
    pub fn held_elsewhen(&self) -> Option<DateRange> {
        let (date, days) = (self.held?.model.date?, self.days?);
        (!overlaps(date, days)).then_some(date)
    }
}

/// A way to know a planned meeting again.
type IsIt<'f> = dyn Fn(&Planned<'_>, &Activity) -> bool + 'f;

/// Every meeting of `plan` as adjusted, in the order planned.
pub fn meetings<'a>(workspace: &'a Workspace, plan: &'a Plan) -> Vec<Planned<'a>> {
    let mut planned = adjusted(plan);
    let own = |activity: &Activity| is_own(&workspace.profile.model, activity);
    let mut open: Vec<&Loaded<Activity>> =
        workspace.held().filter(|activity| is_near(plan.year, &activity.model)).collect();
    let within = |meeting: &Planned<'_>, activity: &Activity| {
        meeting.days.zip(activity.date).is_some_and(|(days, date)| overlaps(date, days))
    };
    let of_year =
        |activity: &Activity| activity.date.is_none_or(|date| date.first().year() == i32::from(plan.year));
    let names: Vec<&str> = planned.iter().map(|meeting| meeting.name).collect();
    let named_otherwise = |activity: &Activity| {
        activity.planned.is_some() || names.iter().any(|name| is_called(activity, name))
    };
    let same_kind = |meeting: &Planned<'_>, activity: &Activity| {
        activity.kinds.iter().any(|kind| meeting.kinds.contains(kind))
    };
    let ways: [&IsIt<'_>; 3] = [
        &|meeting, activity| is_called(activity, meeting.name) && within(meeting, activity),
        &|meeting, activity| is_called(activity, meeting.name) && of_year(activity),
        &|meeting, activity| {
            !meeting.cancelled
                && own(activity)
                && !named_otherwise(activity)
                && same_kind(meeting, activity)
                && within(meeting, activity)
        },
    ];
    for is_it in ways {
        for meeting in planned.iter_mut().filter(|meeting| meeting.held.is_none()) {
            let found = open.iter().position(|activity| is_it(meeting, &activity.model));
            meeting.held = found.map(|found| open.remove(found));
        }
    }
    planned
}

/// How many plenaries of `plan` as adjusted are still to come: neither held nor cancelled, and not over when the last
/// of `held` was.
pub fn plenaries_to_come(workspace: &Workspace, plan: &Plan, held: Option<Date>) -> usize {
    let to_come = |meeting: &&Planned<'_>| {
        meeting.kinds.contains(&ActivityKind::Plenary)
            && !meeting.cancelled
            && meeting.held.is_none()
            && meeting.days.is_none_or(|(_, last)| held.is_none_or(|held| last > held))
    };
    meetings(workspace, plan).iter().filter(to_come).count()
}

fn adjusted(plan: &Plan) -> Vec<Planned<'_>> {
    let year = i32::from(plan.year);
    let mut planned: Vec<Planned<'_>> = Vec::new();
    for (index, meeting) in plan.meetings.iter().enumerate() {
        planned.push(Planned {
            name: &meeting.name,
            kinds: &meeting.kinds,
            pointer: format!("/会议/{index}"),
            change: None,
            days: meeting.time.as_ref().map(|time| (time.first_day(year), time.last_day(year))),
            cancelled: false,
            held: None,
        });
    }
    for (index, change) in plan.changes.iter().enumerate() {
        let Some(name) = change.meeting.as_deref().filter(|name| !name.is_empty()) else { continue };
        let days = change.time.as_ref().map(|time| (time.first_day(year), time.last_day(year)));
        match planned.iter_mut().rev().find(|meeting| meeting.name == name) {
            Some(meeting) => {
                meeting.change = Some((index, change));
                meeting.cancelled = change.kind == Some(ChangeKind::Cancelled);
                if change.kind == Some(ChangeKind::Moved) {
                    meeting.days = days;
                }
            }
            None if change.kind == Some(ChangeKind::Added) => planned.push(Planned {
                name,
                kinds: &[],
                pointer: format!("/计划调整/{index}"),
                change: Some((index, change)),
                days,
                cancelled: false,
                held: None,
            }),
            None => {}
        }
    }
    planned
}

/// Of the plan's year, or of the next, to which a meeting may have been moved.
fn is_near(year: u16, activity: &Activity) -> bool {
    let years = i32::from(year)..=i32::from(year) + 1;
    activity.date.is_none_or(|date| years.contains(&date.first().year()))
}

/// Whether the activity says that it is the planned meeting of that name.
fn is_called(activity: &Activity, name: &str) -> bool {
    let own = activity.planned.as_deref().or(activity.name.as_deref());
    !name.is_empty() && own == Some(name)
}

fn overlaps(date: DateRange, (first, last): (Date, Date)) -> bool {
    date.first() <= last && first <= date.last()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// Two plenaries and a working meeting planned; `activities` are name, kind and day.
    fn of(changes: &str, activities: &[(&str, &str, &str)]) -> (tempfile::TempDir, Workspace) {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("专家组.yaml", "类别: 专家组\n全称: 某组\n");
        let plan = "类别: 年度工作计划\n年度: 2018\n会议:\n\
            \x20 - { 名称: 第一次全体会议, 类型: [全体会议], 时间: 2018年5月 }\n\
            \x20 - { 名称: 工作会议, 类型: [组内会议], 时间: 2018年6月 }\n\
            \x20 - { 名称: 第二次全体会议, 类型: [全体会议], 时间: 2018年11月 }\n";
        write("计划.yaml", &format!("{plan}{changes}"));
        for (index, (name, kind, day)) in activities.iter().enumerate() {
            let text = format!("类别: 活动\n编号: 2018-{index}\n名称: {name}\n类型: [{kind}]\n日期: {day}\n");
            write(&format!("活动{index}.yaml"), &text);
        }
        let workspace = Workspace::read(folder.path());
        (folder, workspace)
    }

    fn days(workspace: &Workspace) -> Vec<Option<String>> {
        let planned = meetings(workspace, &workspace.plans[0].model);
        let day = |meeting: &Planned<'_>| Some(meeting.held?.model.date?.first().iso());
        planned.iter().map(day).collect()
    }

    #[test]
    fn a_name_goes_before_a_kind_and_no_activity_counts_twice() {
        let held = [
            ("第二次全体会议", "全体会议", "2018-05-20"),
            ("启动会", "全体会议", "2018-05-25"),
            ("座谈会", "研讨", "2018-06-05"),
        ];
        let (_folder, workspace) = of("", &held);
        assert_eq!(days(&workspace), [Some("2018-05-25".into()), None, Some("2018-05-20".into())]);
        let planned = meetings(&workspace, &workspace.plans[0].model);
        let day = |text: &str| text.parse().unwrap();
        assert!(planned[1].is_missed(day("2018-06-30")) && !planned[1].is_missed(day("2018-06-29")));
        assert!(planned[2].held_elsewhen().is_some() && planned[0].held_elsewhen().is_none());
        assert_eq!(plenaries_to_come(&workspace, &workspace.plans[0].model, None), 0);
    }

    #[test]
    fn what_was_called_off_was_not_held() {
        let held = [("第一次全体会议", "全体会议", "2018-05-20\n取消: { 日期: 2018-05-10, 原因: 冲突 }")];
        let (_folder, workspace) = of("", &held);
        assert_eq!(days(&workspace), [None, None, None]);
        assert_eq!((workspace.activities.len(), workspace.held().count()), (1, 0));
        let planned = meetings(&workspace, &workspace.plans[0].model);
        assert!(planned[0].is_missed("2018-05-31".parse().unwrap()));
        assert_eq!(plenaries_to_come(&workspace, &workspace.plans[0].model, None), 2);
    }

    #[test]
    fn changes_move_cancel_and_add() {
        let changes = "计划调整:\n\
            \x20 - { 会议: 工作会议, 事项: 调整, 新时间: 2019年1月 }\n\
            \x20 - { 会议: 第二次全体会议, 事项: 取消 }\n\
            \x20 - { 会议: 研讨会, 事项: 新增, 新时间: 2018年9月 }\n\
            \x20 - { 会议: 第一次全体会议, 事项: 调整, 原因: 另行通知 }\n";
        let held = [("工作会议", "组内会议", "2019-01-10"), ("第二次全体会议", "全体会议", "2019-11-10")];
        let (_folder, workspace) = of(changes, &held);
        assert_eq!(days(&workspace), [None, Some("2019-01-10".into()), None, None]);
        let planned = meetings(&workspace, &workspace.plans[0].model);
        let missed: Vec<bool> =
            planned.iter().map(|meeting| meeting.is_missed("2018-12-31".parse().unwrap())).collect();
        assert_eq!(missed, [false, false, false, true]);
        assert_eq!(plenaries_to_come(&workspace, &workspace.plans[0].model, None), 1);
    }
}
