//! The computed tables.

use super::body::column;
use super::page::{Align, Column};
use crate::derive::money::{Line, sum, totals};
use crate::derive::records::Entry;
use crate::derive::roster::roster;
use crate::derive::tables::counts;
use crate::model::scalar::{Date, DateRange, Money};
use crate::model::{Activity, Plan, Profile, Publicity, Role, Summary, TaskState, Text};

/// Columns and rows.
pub(super) type Table = (Vec<Column>, Vec<Vec<String>>);

fn text(text: Option<&Text>) -> String {
    text.map(ToString::to_string).unwrap_or_default()
}

fn names(names: &[Text]) -> String {
    names.iter().map(ToString::to_string).collect::<Vec<_>>().join("、")
}

/// What is written of them.
fn named(names: &[&str]) -> String {
    names.iter().copied().filter(|name| !name.is_empty()).collect::<Vec<_>>().join("、")
}

/// A time without the year that the whole paper is about.
fn shown<T: ToString>(value: Option<&T>, year: u16) -> String {
    let text = value.map(ToString::to_string).unwrap_or_default();
    text.strip_prefix(&format!("{year}年")).map(str::to_owned).unwrap_or(text)
}

/// Tasks of the plan: who, when, what.
pub(super) fn tasks(plan: &Plan) -> Table {
    let columns = vec![
        column("编号", Align::Center),
        column("任务", Align::Left),
        column("负责", Align::Left),
        column("协作", Align::Left),
        column("时限", Align::Left),
        column("成果", Align::Left),
    ];
    let rows = plan.tasks.iter().map(|task| {
        vec![
            task.id.to_string(),
            text(task.name.as_ref()),
            names(&task.lead),
            names(&task.help),
            shown(task.due.as_ref(), plan.year),
            text(task.deliverable.as_ref()),
        ]
    });
    (columns, rows.collect())
}

/// Meetings planned.
pub(super) fn meetings(plan: &Plan) -> Table {
    let columns = vec![
        column("时间", Align::Left),
        column("会议", Align::Left),
        column("地点", Align::Left),
        column("承办", Align::Left),
        column("内容", Align::Left),
    ];
    let rows = plan.meetings.iter().map(|meeting| {
        vec![
            shown(meeting.time.as_ref(), plan.year),
            meeting.name.to_string(),
            text(meeting.place.as_ref()),
            text(meeting.host.as_ref()),
            text(meeting.content.as_ref()),
        ]
    });
    (columns, rows.collect())
}

/// What the budget comes to; none while an amount is missing.
pub(super) fn total(plan: &Plan) -> Option<Money> {
    sum(plan.budget.iter().map(|line| line.amount).collect::<Option<Vec<_>>>()?)
}

/// The budget with its total as the last row.
pub(super) fn budget(plan: &Plan) -> Table {
    let columns = vec![
        column("项目", Align::Left),
        column("来源", Align::Center),
        column("用途", Align::Left),
        column("金额（元）", Align::Right),
    ];
    let mut rows: Vec<Vec<String>> = plan
        .budget
        .iter()
        .map(|line| {
            vec![
                line.item.to_string(),
                line.fund.word().to_owned(),
                text(line.purpose.as_ref()),
                line.amount.map(Money::plain).unwrap_or_default(),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let total = total(plan).map(Money::plain).unwrap_or_default();
        rows.push(vec!["合计".into(), String::new(), String::new(), total]);
    }
    (columns, rows)
}

/// Changes of the plan; meetings stand among the tasks.
pub(super) fn changes(plan: &Plan) -> Table {
    let meetings = plan.changes.iter().any(|change| change.meeting.is_some());
    let columns = vec![
        column("日期", Align::Left),
        column(if meetings { "任务或会议" } else { "任务" }, Align::Center),
        column("事项", Align::Center),
        column("原因", Align::Left),
        column(if meetings { "新时限或时间" } else { "新时限" }, Align::Left),
    ];
    let rows = plan.changes.iter().map(|change| {
        vec![
            shown(change.date.as_ref(), plan.year),
            named(&[&*change.task, change.meeting.as_deref().unwrap_or_default()]),
            change.kind.map(|kind| kind.word().to_owned()).unwrap_or_default(),
            text(change.reason.as_ref()),
            match &change.due {
                Some(due) => shown(Some(due), plan.year),
                None => shown(change.time.as_ref(), plan.year),
            },
        ]
    });
    (columns, rows.collect())
}

/// What became of each task; a task that the summary does not name stands with an empty state.
pub(super) fn completion(plan: Option<&Plan>, summary: &Summary) -> Table {
    let columns = vec![
        column("编号", Align::Center),
        column("任务", Align::Left),
        column("负责", Align::Left),
        column("状态", Align::Center),
        column("完成（预计）", Align::Left),
        column("说明", Align::Left),
    ];
    let row = |id: &Text, name: String, lead: String| {
        let status = summary.tasks.iter().find(|status| status.id == *id);
        let when = status.map(|status| match status.done {
            Some(done) => shown(Some(&done), summary.year),
            None => shown(status.expected.as_ref(), summary.year),
        });
        vec![
            id.to_string(),
            name,
            lead,
            status.and_then(|status| status.state).map(TaskState::word).unwrap_or_default().to_owned(),
            when.unwrap_or_default(),
            status.map(|status| text(status.note.as_ref())).unwrap_or_default(),
        ]
    };
    let planned = plan.map(|plan| plan.tasks.as_slice()).unwrap_or_default();
    let mut rows: Vec<Vec<String>> =
        planned.iter().map(|task| row(&task.id, text(task.name.as_ref()), names(&task.lead))).collect();
    let unplanned = summary.tasks.iter().filter(|status| !planned.iter().any(|task| task.id == status.id));
    rows.extend(unplanned.map(|status| row(&status.id, String::new(), String::new())));
    (columns, rows)
}

/// The activities of a year.
pub(super) fn activities<'a>(
    activities: impl Iterator<Item = &'a Activity>,
    profile: &Profile,
    year: u16,
) -> Table {
    let columns = vec![
        column("日期", Align::Left),
        column("活动", Align::Left),
        column("类型", Align::Left),
        column("地点", Align::Left),
        column("到会成员", Align::Center),
    ];
    let rows = activities.map(|activity| {
        let turnout = crate::derive::roster::Turnout::of(profile, activity);
        let due = |members: u32| {
            if activity.expected.is_empty() { members as usize } else { activity.expected.len() }
        };
        let count =
            turnout.map(|turnout| format!("{}/{}", turnout.in_room + turnout.online, due(turnout.members)));
        let kinds: Vec<&str> = activity.kinds.iter().map(|kind| kind.word()).collect();
        vec![
            shown(activity.date.as_ref(), year),
            text(activity.name.as_ref()),
            kinds.join("、"),
            text(activity.place.as_ref()),
            count.unwrap_or_else(|| "—".to_owned()),
        ]
    });
    (columns, rows.collect())
}

/// Changes of the budget up to `until`.
pub(super) fn budget_changes(plan: &Plan, until: Option<Date>) -> Table {
    let columns = vec![
        column("日期", Align::Left),
        column("项目", Align::Left),
        column("来源", Align::Center),
        column("调整后（元）", Align::Right),
        column("原因", Align::Left),
    ];
    let rows = plan.budget_changes.iter().filter(|change| counts(change.date, until)).map(|change| {
        vec![
            shown(change.date.as_ref(), plan.year),
            change.item.to_string(),
            change.fund.word().to_owned(),
            change.amount.map(Money::plain).unwrap_or_default(),
            text(change.reason.as_ref()),
        ]
    });
    (columns, rows.collect())
}

/// What was published.
pub(super) fn published(published: &[Entry<'_, Publicity>], year: u16) -> Table {
    let columns = vec![column("日期", Align::Left), column("媒体", Align::Left), column("标题", Align::Left)];
    let rows = published.iter().map(|entry| {
        let item = entry.item;
        vec![shown(item.date.as_ref(), year), text(item.medium.as_ref()), item.title.to_string()]
    });
    (columns, rows.collect())
}

/// Budget and spending line by line with totals; what was adjusted has a column when anything was.
pub(super) fn spending(lines: &[Line<'_>]) -> Table {
    let adjusted = lines.iter().any(|line| line.planned != line.budget);
    let mut columns = vec![
        column("项目", Align::Left),
        column("来源", Align::Center),
        column("预算（元）", Align::Right),
        column("支出（元）", Align::Right),
        column("结余（元）", Align::Right),
    ];
    if adjusted {
        columns.insert(3, column("调整后（元）", Align::Right));
    }
    let money = |amount: Option<Money>| amount.map_or_else(|| "—".to_owned(), Money::plain);
    let row = |item: &str, fund: &str, line: &Line<'_>| {
        let mut row = vec![item.to_owned(), fund.to_owned(), money(line.planned)];
        row.extend(adjusted.then(|| money(line.budget)));
        row.extend([line.spent.plain(), money(line.rest())]);
        row
    };
    let mut rows: Vec<Vec<String>> =
        lines.iter().map(|line| row(&line.item, line.fund.word(), line)).collect();
    if !rows.is_empty() {
        rows.push(row("合计", "", &totals(lines)));
    }
    (columns, rows)
}

/// Every member's attendance.
pub(super) fn attendance(activity: &Activity, profile: &Profile) -> Table {
    let columns = vec![
        column("序号", Align::Center),
        column("姓名", Align::Center),
        column("单位", Align::Left),
        column("职务", Align::Left),
        column("到会情况", Align::Left),
    ];
    let Some(attendance) = &activity.attendance else { return (columns, Vec::new()) };
    let state = |name: &Text| {
        if attendance.present.contains(name) {
            return "出席".to_owned();
        }
        if attendance.online.contains(name) {
            return "线上出席".to_owned();
        }
        if let Some(proxy) = attendance.proxies.iter().find(|proxy| proxy.member == *name) {
            let who = proxy.proxy.as_ref().map(|proxy| format!("（{}）", proxy.name)).unwrap_or_default();
            return format!("委托代表{who}");
        }
        if let Some(excused) = attendance.excused.iter().find(|excused| excused.name == *name) {
            let why = excused.reason.as_ref().map(|reason| format!("（{reason}）")).unwrap_or_default();
            return format!("请假{why}");
        }
        if attendance.absent.contains(name) { "无故缺席".to_owned() } else { "—".to_owned() }
    };
    let mut roster = roster(profile, activity.date.map(DateRange::first));
    if !activity.expected.is_empty() {
        roster.retain(|member| activity.expected.contains(&member.name));
    }
    let rows = roster.iter().enumerate().map(|(index, member)| {
        let role =
            if member.role == Role::Member { String::new() } else { format!("（{}）", member.role.word()) };
        vec![
            (index + 1).to_string(),
            member.name.to_string(),
            text(member.employer.as_ref()),
            format!("{}{role}", text(member.post.as_ref())),
            state(&member.name),
        ]
    });
    (columns, rows.collect())
}
