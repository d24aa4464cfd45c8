//! Article 9: how many lead, how many there are, and what is said of those who do.

use super::Context;
use crate::derive::age::{Limit, is_young};
use crate::derive::roster::{holding, roster};
use crate::finding::Finding;
use crate::model::scalar::{Date, DateRange};
use crate::model::{Member, Role};
use std::collections::BTreeSet;

/// Who the group consists of.
pub(super) struct Composition {
    /// On that day.
    pub(super) day: Option<Date>,
    /// 组长.
    pub(super) leaders: usize,
    /// 副组长.
    pub(super) deputies: usize,
    /// All of them.
    pub(super) members: usize,
}

/// The roster as it stands last, counted.
pub(super) fn composed(context: &Context<'_>) -> Composition {
    let day = last_day(context);
    let roster = roster(context.profile(), day);
    Composition {
        day,
        leaders: holding(&roster, Role::Leader),
        deputies: holding(&roster, Role::Deputy),
        members: roster.len(),
    }
}

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if context.may_roster("art9/leader") && !context.profile().members.is_empty() {
        let day = last_day(context);
        leaders(context, day, &mut findings);
        let roster = roster(context.profile(), day);
        numbers(context, &mut findings);
        if context.may_members("art9/young", &["单位", "单位类别", "职务"]) {
            findings.extend(young(context, day, &roster));
        }
        findings.extend(head(context, &roster));
        findings.extend(employer_kinds(context, &roster));
    }
    findings
}

/// The latest day that anything in the workspace speaks of: the roster as it stands last.
fn last_day(context: &Context<'_>) -> Option<Date> {
    let activities = context.workspace.activities.iter().filter_map(|activity| activity.model.date);
    let starts = context.profile().members.iter().filter_map(|member| member.term.from);
    activities.map(DateRange::last).chain(starts).chain(context.profile().founded).max()
}

fn pointer(context: &Context<'_>, member: &Member) -> String {
    let index = context.profile().members.iter().position(|other| std::ptr::eq(other, member));
    index.map_or_else(|| "/成员".to_owned(), |index| format!("/成员/{index}"))
}

/// On the last day and on the day of every activity; the same fault of several days is told of the last of them.
fn leaders(context: &Context<'_>, last: Option<Date>, findings: &mut Vec<Finding>) {
    let loaded = &context.workspace.profile;
    let wanted = context.terms().leaders;
    let held = context.workspace.activities.iter().rev().filter(|it| !it.model.is_cancelled());
    let held =
        held.filter_map(|it| it.model.date.map(|date| (Some(date.first()), Some(context.at(it, "/日期")))));
    let on_last = last.and_then(|last| {
        let activities = &context.workspace.activities;
        let held = activities.iter().rev().find(|it| it.model.date.is_some_and(|date| date.contains(last)));
        held.map(|activity| context.at(activity, "/日期"))
    });
    let had = loaded.model.members.iter().any(|member| member.role == Role::Leader);
    let mut told = BTreeSet::new();
    for (day, place) in std::iter::once((last, on_last)).chain(held) {
        let members = roster(&loaded.model, day);
        let leaders: Vec<&Member> = members.into_iter().filter(|it| it.role == Role::Leader).collect();
        let names: Vec<&str> = leaders.iter().map(|member| &*member.name).collect();
        if leaders.len() == wanted || !told.insert(names.join("、")) {
            continue;
        }
        let mut finding = match leaders.split_first() {
            None => Finding::new("art9/leader").at(context.at(loaded, "/成员")),
            Some((first, others)) => {
                let place = |member| context.at(loaded, &pointer(context, member));
                let finding = Finding::new("art9/leader").at(place(first));
                others.iter().fold(finding, |finding, other| finding.with(place(other)))
            }
        };
        // A group that never had one is told so once, without a day of its own.
        finding = finding.with(place.filter(|_| had));
        finding = finding.fact("day", day.map(Date::iso).unwrap_or_default());
        findings.push(finding.fact("found", leaders.len()).fact("wanted", wanted).fact("names", names));
    }
}

fn numbers(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Composition { day, deputies, members, .. } = composed(context);
    let terms = context.terms();
    let shown = day.map(Date::iso).unwrap_or_default();
    let add = |rule: &'static str, found: usize| {
        Finding::new(rule)
            .at(context.at(&context.workspace.profile, "/成员"))
            .fact("day", shown.as_str())
            .fact("found", found)
            .fact("min", terms.min_deputies)
    };
    if !(terms.min_deputies..=terms.max_deputies).contains(&deputies) {
        findings.push(add("art9/deputies", deputies).fact("max", terms.max_deputies));
    }
    if members > terms.max_members {
        findings.push(add("art9/size", members).fact("max", terms.max_members));
    }
}

/// The young are encouraged: only that there is none is worth a word, and only when all ages are known.
fn young(context: &Context<'_>, day: Option<Date>, roster: &[&Member]) -> Option<Finding> {
    let (day, age) = (day?, context.terms().young_age);
    let limit = if context.terms().is_on("年龄含本数") { Limit::Included } else { Limit::Excluded };
    let born: Option<Vec<_>> = roster.iter().map(|member| member.born).collect();
    let none = born?.into_iter().all(|born| !is_young(born, day, age, limit));
    let place = context.at(&context.workspace.profile, "/成员");
    (none && !roster.is_empty()).then(|| {
        Finding::new("art9/young")
            .at(place)
            .fact("day", day.iso())
            .fact("members", roster.len())
            .fact("age", age)
            .fact("included", limit == Limit::Included)
    })
}

/// Words of posts that head an employer.
const HEADS: [&str; 28] = [
    "院长",
    "主任",
    "总经理",
    "董事长",
    "会长",
    "所长",
    "局长",
    "理事长",
    "秘书长",
    "校长",
    "总裁",
    "首席执行官",
    "执行董事",
    "站长",
    "台长",
    "馆长",
    "社长",
    "行长",
    "厂长",
    "厅长",
    "署长",
    "部长",
    "司长",
    "书记",
    "主席",
    "负责人",
    "法定代表人",
    "总干事",
];

/// Words that make a post another one.
const LESSER: [&str; 6] = ["副", "助理", "原", "前", "退休", "代表处"];

/// Whether a post, or one of several, is that of somebody who heads the employer.
fn heads(post: &str) -> bool {
    let parts = post.split(['、', '，', ',', '；', '/', '兼', ' ']);
    parts.into_iter().any(|part| {
        let lesser = LESSER.iter().any(|word| part.contains(word)) && !part.contains("法定代表人");
        HEADS.iter().any(|head| part.contains(head)) && !lesser
    })
}

/// 原则上 the leader heads his or her employer.
fn head(context: &Context<'_>, roster: &[&Member]) -> Option<Finding> {
    let leader = roster.iter().find(|member| member.role == Role::Leader)?;
    let post = leader.post.as_deref().filter(|post| !post.is_empty() && !heads(post))?;
    let place = context.at(&context.workspace.profile, &format!("{}/职务", pointer(context, leader)));
    Some(Finding::new("art9/leader-head").at(place).fact("name", &*leader.name).fact("post", post))
}

/// Only a list of which a part is given has been forgotten to be completed.
fn employer_kinds(context: &Context<'_>, roster: &[&Member]) -> Option<Finding> {
    let loaded = &context.workspace.profile;
    let without: Vec<&&Member> = roster
        .iter()
        .filter(|member| member.employer_kind.is_none())
        .filter(|member| loaded.sound(&format!("{}/单位类别", pointer(context, member))))
        .collect();
    let given = roster.iter().any(|member| member.employer_kind.is_some());
    let first = without.first().filter(|_| given)?;
    let names: Vec<&str> = without.iter().map(|member| &*member.name).collect();
    let place = context.at(loaded, &pointer(context, first));
    Some(Finding::new("art9/employer-kinds").at(place).fact("names", names))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_heads_an_employer() {
        for post in
            ["院长", "党委副书记、院长", "总经理兼技术总监", "董事长", "可持续发展研究所所长", "法定代表人"]
        {
            assert!(heads(post), "{post}");
        }
        for post in ["副院长", "常务副总经理", "技术总监", "院长助理", "高级工程师", "原院长", "培训部经理"]
        {
            assert!(!heads(post), "{post}");
        }
    }
}
