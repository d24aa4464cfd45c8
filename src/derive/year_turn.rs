//! The year's turn: last year's plan, summary and records go in; what the next year's plan begins with comes out.
//!
//! A task is carried over unless it is done or was cancelled; whoever has left the group answers for none.

use super::records::YearRecords;
use super::roster::roster;
use crate::model::scalar::{Date, Deadline, LastDay};
use crate::model::{BudgetLine, ChangeKind, Part, Plan, Task, TaskState};
use crate::workspace::{Loaded, Workspace};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The longest name that is made of a sentence, in characters.
const NAME: usize = 30;

/// The fewest characters of a task's name by which a point of part six is known to go on with it.
const SHORT: usize = 4;

/// As many first characters as tell a longer name.
const SAME: usize = 8;

/// What the plan of a year begins with.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Turn<'a> {
    /// Tasks of last year's plan that are not done.
    pub tasks: Vec<Unfinished<'a>>,
    /// Tasks that part six of last year's summary proposes.
    pub proposals: Vec<Proposal>,
    /// The lines of last year's budget, those that were added in the year included.
    pub budget: Vec<BudgetLine>,
    /// The members on 1 January.
    pub members: Vec<&'a str>,
    /// Whether there is a plan of last year.
    pub has_plan: bool,
    /// Whether there is a summary of last year.
    pub has_summary: bool,
}

/// A task that goes on.
#[derive(Debug, Clone, PartialEq)]
pub struct Unfinished<'a> {
    /// As last year's plan has it.
    pub task: &'a Task,
    /// Its 编号 in the new plan: the old one unless that is missing or given twice.
    pub id: String,
    /// How it stood last, if anybody wrote that.
    pub state: Option<TaskState>,
    /// 时限 as adjusted.
    pub due: Option<&'a Deadline>,
    /// Until when it is to be done, where that is known and not over: 预计完成, or the old 时限.
    pub until: Option<&'a Deadline>,
    /// Points of part six that go on with it.
    pub mentioned: Vec<String>,
    /// 负责 that still may.
    pub lead: Vec<&'a str>,
    /// 协作 that still may.
    pub help: Vec<&'a str>,
    /// Members among both who have left.
    pub left: Vec<&'a str>,
    /// Whether its 内容 has tables or pictures, which stay behind.
    pub more: bool,
}

/// A task made of a point of part six.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// A 编号 that is free.
    pub id: String,
    /// Its first clause.
    pub name: String,
    /// Its text, one paragraph each.
    pub content: Vec<String>,
}

impl<'a> Turn<'a> {
    /// What `year` takes over of the year before.
    pub fn to(workspace: &'a Workspace, year: u16) -> Self {
        let last = year.saturating_sub(1);
        let profile = &workspace.profile.model;
        let day = NaiveDate::from_ymd_opt(i32::from(year), 1, 1).map(Date::from);
        let members: Vec<&str> = roster(profile, day).iter().map(|member| &*member.name).collect();
        let gone: BTreeSet<&str> = profile.members.iter().map(|member| &*member.name).collect();
        let gone: BTreeSet<&str> = gone.into_iter().filter(|name| !members.contains(name)).collect();
        let plan = workspace.plan(last).map(|plan| &plan.model);
        let summary = workspace.summary(last).map(|summary| &summary.model);
        let mut ids = Ids::default();
        let mut tasks = plan.map(|plan| unfinished(workspace, plan, &gone, &mut ids)).unwrap_or_default();
        let outlook = summary.map(|summary| summary.outlook.plain()).unwrap_or_default();
        let mut proposals = Vec::new();
        for lines in points(&outlook) {
            let point = lines.first().cloned().unwrap_or_default();
            match tasks.iter_mut().find(|it| continues(&point, it.task.name.as_deref().unwrap_or_default())) {
                Some(task) => task.mentioned.push(lines.concat()),
                None => proposals.push(proposal(lines, &mut ids)),
            }
        }
        Self {
            tasks,
            proposals,
            budget: plan.map(budget).unwrap_or_default(),
            members,
            has_plan: plan.is_some(),
            has_summary: summary.is_some(),
        }
    }
}

/// Numbers already given in the new plan.
#[derive(Default)]
struct Ids(BTreeSet<String>);

impl Ids {
    /// `wanted` if it is free, else the next of Y1, Y2 …
    fn take(&mut self, wanted: &str) -> String {
        let numbers = (1..=u32::MAX).map(|number| format!("Y{number}"));
        let wanted = Some(wanted.to_owned()).filter(|wanted| !wanted.is_empty());
        let id = wanted.into_iter().chain(numbers).find(|id| !self.0.contains(id)).unwrap_or_default();
        self.0.insert(id.clone());
        id
    }
}

/// A task of a plan whose time is over.
#[derive(Debug, Clone)]
pub struct Late<'a> {
    /// The plan.
    pub plan: &'a Loaded<Plan>,
    /// Its place among the tasks.
    pub index: usize,
    /// The task.
    pub task: &'a Task,
    /// The day by which it is wanted: 预计完成 as told last, else 时限 as adjusted.
    pub until: Date,
}

/// The tasks of plans that should have been done before `day` and of which nobody said that they are; a year that has
/// its summary is told of there.
pub fn late(workspace: &Workspace, day: Date) -> Vec<Late<'_>> {
    let mut late = Vec::new();
    for plan in workspace.plans.iter().filter(|plan| workspace.summary(plan.model.year).is_none()) {
        let records = YearRecords { workspace, year: plan.model.year };
        for (index, task) in plan.model.tasks.iter().enumerate().filter(|(_, task)| !task.id.is_empty()) {
            let changes = || plan.model.changes.iter().rev().filter(|change| change.task == task.id);
            let told = records.latest(&task.id);
            let done = told.as_ref().is_some_and(|(_, told)| told.state == Some(TaskState::Done));
            if done || changes().any(|change| change.kind == Some(ChangeKind::Cancelled)) {
                continue;
            }
            let expected = told.and_then(|(on, told)| Some((told.expected.as_ref()?, on)));
            let moved = changes().find_map(|change| change.due.as_ref()).or(task.due.as_ref());
            let Some((due, on)) = expected.or(moved.map(|due| (due, None))) else { continue };
            let year = on.map_or(i32::from(plan.model.year), Date::year);
            if let LastDay::On(until) = due.last_day(year, on)
                && until < day
            {
                late.push(Late { plan, index, task, until });
            }
        }
    }
    late
}

fn unfinished<'a>(
    workspace: &'a Workspace,
    plan: &'a Plan,
    gone: &BTreeSet<&str>,
    ids: &mut Ids,
) -> Vec<Unfinished<'a>> {
    let goes_on = |task: &&Task| {
        let cancelled = plan
            .changes
            .iter()
            .any(|change| change.task == task.id && change.kind == Some(ChangeKind::Cancelled));
        !cancelled || task.id.is_empty()
    };
    let mut tasks = Vec::new();
    for task in plan.tasks.iter().filter(goes_on) {
        let state = state(workspace, plan.year, &task.id);
        if state == Some(TaskState::Done) || task.id.is_empty() && task.name.is_none() {
            continue;
        }
        let moved = plan.changes.iter().rev().filter(|change| change.task == task.id);
        let due = moved.into_iter().find_map(|change| change.due.as_ref()).or(task.due.as_ref());
        let stays = |names: &'a [crate::model::Text]| -> Vec<&'a str> {
            names.iter().map(|name| &**name).filter(|name| !name.is_empty() && !gone.contains(name)).collect()
        };
        let named = task.lead.iter().chain(&task.help).map(|name| &**name);
        tasks.push(Unfinished {
            task,
            id: ids.take(&task.id),
            state,
            due,
            until: until(workspace, plan, &task.id, due),
            mentioned: Vec::new(),
            lead: stays(&task.lead),
            help: stays(&task.help),
            left: named.filter(|name| gone.contains(name)).collect(),
            more: task.content.0.iter().any(|part| !matches!(part, Part::Text(_))),
        });
    }
    tasks
}

/// Until when a task goes on: what the summary expects, else what was set, if it reaches into the next year or lasts.
fn until<'a>(
    workspace: &'a Workspace,
    plan: &Plan,
    id: &str,
    due: Option<&'a Deadline>,
) -> Option<&'a Deadline> {
    let year = i32::from(plan.year);
    let lasting =
        |text: &str| ["长期", "常年", "持续", "常态化", "不定期"].iter().any(|word| text.contains(word));
    let holds = |due: &&Deadline| match due.last_day(year, None) {
        LastDay::On(day) => day.year() > year,
        LastDay::Never => lasting(due.as_written()),
        _ => false,
    };
    let summary = workspace.summary(plan.year).map(|summary| &summary.model);
    let expected = summary.and_then(|summary| {
        summary.tasks.iter().find(|task| !id.is_empty() && *task.id == *id)?.expected.as_ref()
    });
    expected.filter(holds).or(due.filter(holds))
}

/// Whether a point of part six goes on with a task: it has the task's name, or the first characters of a long one.
fn continues(point: &str, name: &str) -> bool {
    let close = |text: &str| text.split_whitespace().collect::<String>();
    let (point, name) = (close(point), close(name));
    let length = name.chars().count();
    let start: String = name.chars().take(SAME).collect();
    length >= SHORT && point.contains(&name) || length >= SAME && point.contains(&start)
}

/// How a task stood last: by the summary, or by what was written after its cut-off.
fn state(workspace: &Workspace, year: u16, id: &str) -> Option<TaskState> {
    let told = YearRecords { workspace, year }.latest(id);
    let latest = told.and_then(|(day, progress)| Some((day, progress.state?)));
    let summary = workspace.summary(year).map(|summary| &summary.model);
    let summed = summary.and_then(|summary| {
        let state = summary.tasks.iter().find(|task| *task.id == *id)?.state?;
        Some((summary.cutoff.or(summary.date), state))
    });
    match (latest, summed) {
        (Some(latest), Some(summed)) if latest.0 > summed.0 => Some(latest.1),
        (latest, summed) => summed.or(latest).map(|(_, state)| state),
    }
}

/// The budget as adjusted.
fn budget(plan: &Plan) -> Vec<BudgetLine> {
    let mut lines: Vec<BudgetLine> =
        plan.budget.iter().filter(|line| !line.item.is_blank()).cloned().collect();
    for change in plan.budget_changes.iter().filter(|change| !change.item.is_blank()) {
        match lines.iter_mut().find(|line| line.item == change.item && line.fund == change.fund) {
            Some(line) => line.amount = change.amount.or(line.amount),
            None => lines.push(BudgetLine {
                item: change.item.clone(),
                amount: change.amount,
                fund: change.fund,
                purpose: None,
            }),
        }
    }
    lines
}

/// The points of a text, each with its paragraphs and without its number: those of the level that comes first; every
/// paragraph where none is numbered.
fn points(text: &str) -> Vec<Vec<String>> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let Some(level) = lines.iter().find_map(|line| numbered(line)).map(|(level, _)| level) else {
        let announces = |line: &&&str| !line.ends_with(['：', ':']);
        return lines.iter().filter(announces).map(|line| vec![(*line).to_owned()]).collect();
    };
    let mut points: Vec<Vec<String>> = Vec::new();
    for line in lines {
        match (numbered(line), points.last_mut()) {
            (Some((of, rest)), _) if of == level => points.push(vec![rest.trim().to_owned()]),
            (_, Some(point)) => point.push(line.to_owned()),
            (_, None) => {}
        }
    }
    points.retain(|point| point.iter().any(|line| !line.is_empty()));
    points
}

/// The level of a paragraph's number, 一、（一）1., and what follows it.
fn numbered(line: &str) -> Option<(u8, &str)> {
    let chinese = |text: &str| {
        (1..=3).contains(&text.chars().count()) && text.chars().all(|c| "一二三四五六七八九十".contains(c))
    };
    if let Some((number, rest)) =
        line.strip_prefix(['（', '(']).and_then(|inner| inner.split_once(['）', ')']))
    {
        return chinese(number).then_some((2, rest));
    }
    if let Some((_, rest)) = line.split_once('、').filter(|(number, _)| chinese(number)) {
        return Some((1, rest));
    }
    let end = line.find(|c: char| !c.is_ascii_digit()).filter(|end| (1..=2).contains(end))?;
    let rest = line[end..].strip_prefix(['.', '．', '、'])?;
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some((3, rest))
}

fn proposal(mut lines: Vec<String>, ids: &mut Ids) -> Proposal {
    let first = lines.first().cloned().unwrap_or_default();
    let heading = lines.len() > 1 && !first.contains('。') && first.chars().count() <= NAME;
    let name = if heading { lines.remove(0) } else { clause(&first) };
    Proposal { id: ids.take(""), name, content: lines }
}

/// The first sentence of a text, its first clause where that is too long.
fn clause(text: &str) -> String {
    let fits = |text: &&str| (1..=NAME).contains(&text.chars().count());
    let upto = |marks: &[char]| text.split(marks).next().map(str::trim).filter(fits).map(str::to_owned);
    let marks: [&[char]; 3] =
        [&['。', '；', '：'], &['。', '；', '：', '，'], &['。', '；', '：', '，', '、']];
    let cut = || text.chars().take(NAME).collect();
    marks.into_iter().find_map(upto).unwrap_or_else(cut)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn part_six_becomes_points() {
        let names = |text: &str| -> Vec<(String, usize)> {
            let mut ids = Ids::default();
            let made = points(text).into_iter().map(|lines| proposal(lines, &mut ids));
            made.map(|one| (format!("{} {}", one.id, one.name), one.content.len())).collect()
        };
        let is = |text: &str, wanted: &[(&str, usize)]| {
            let wanted: Vec<(String, usize)> =
                wanted.iter().map(|(name, lines)| ((*name).to_owned(), *lines)).collect();
            assert_eq!(names(text), wanted, "{text}");
        };
        is("", &[]);
        is(
            "建议如下：\n（一）继续跟踪标准进展。\n(二)组织培训。",
            &[("Y1 继续跟踪标准进展", 1), ("Y2 组织培训", 1)],
        );
        is("（一）开展试点\n选3家机构。\n1.北京。\n（二）宣传。", &[("Y1 开展试点", 2), ("Y2 宣传", 1)]);
        is("1.修订方案，征求意见。\n2.5倍于上年。", &[("Y1 修订方案，征求意见", 2)]);
        is("开展认证试点。\n组织培训。", &[("Y1 开展认证试点", 1), ("Y2 组织培训", 1)]);
        is(&format!("（一）{}，再说。", "长".repeat(25)), &[(&format!("Y1 {}，再说", "长".repeat(25)), 1)]);
        is(&format!("（一）{}", "长".repeat(40)), &[(&format!("Y1 {}", "长".repeat(30)), 1)]);
    }

    #[test]
    fn a_number_is_given_once() {
        let mut ids = Ids::default();
        assert_eq!(["Y2", "R1", "R1", "", ""].map(|id| ids.take(id)), ["Y2", "R1", "Y1", "Y3", "Y4"]);
    }
}
