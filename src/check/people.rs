//! Names against the profile, and each person in one place only.

use super::Context;
use crate::derive::roster::roster;
use crate::finding::Finding;
use crate::model::{Activity, Member, Plan};
use crate::workspace::{Loaded, nearest};
use std::collections::BTreeMap;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !context.may(&context.workspace.profile, "model/unknown-person", &["/成员"]) {
        return findings;
    }
    for activity in &context.workspace.activities {
        attendance(context, activity, &mut findings);
    }
    for plan in &context.workspace.plans {
        tasks(context, plan, &mut findings);
    }
    findings
}

/// Every list of 到会情况 that names members, with the pointer of each name.
fn members_listed(activity: &Activity) -> Vec<(&'static str, String, &str)> {
    let mut listed = Vec::new();
    for (index, name) in activity.expected.iter().enumerate() {
        listed.push(("应到", format!("/应到/{index}"), &**name));
    }
    let Some(attendance) = &activity.attendance else { return listed };
    for (key, names) in
        [("出席", &attendance.present), ("线上出席", &attendance.online), ("无故缺席", &attendance.absent)]
    {
        for (index, name) in names.iter().enumerate() {
            listed.push((key, format!("/到会情况/{key}/{index}"), &**name));
        }
    }
    for (index, proxy) in attendance.proxies.iter().enumerate() {
        listed.push(("委托代表", format!("/到会情况/委托代表/{index}/成员"), &*proxy.member));
    }
    for (index, excused) in attendance.excused.iter().enumerate() {
        listed.push(("请假", format!("/到会情况/请假/{index}/姓名"), &*excused.name));
    }
    listed.retain(|(_, _, name)| !name.is_empty());
    listed
}

fn attendance(context: &Context<'_>, activity: &Loaded<Activity>, findings: &mut Vec<Finding>) {
    let day = activity.model.date.map(|date| date.first());
    let roster = roster(context.profile(), day);
    let mut lists: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (list, pointer, name) in members_listed(&activity.model) {
        if !roster.iter().any(|member| &*member.name == name) {
            findings.push(unknown(context, activity, &pointer, name, &roster));
        }
        if list == "应到" {
            continue;
        }
        let seen = lists.entry(name).or_default();
        seen.push(list);
        if seen.len() > 1 {
            let place = context.at(activity, &pointer);
            findings.push(
                Finding::new("model/person-twice").at(place).fact("name", name).fact("lists", seen.clone()),
            );
        }
    }
    for (index, decision) in activity.model.decisions.iter().enumerate() {
        let reserved =
            decision.reservations.iter().enumerate().map(|(at, r)| (format!("保留意见/{at}/姓名"), &r.name));
        let recused = decision.recused.iter().enumerate().map(|(at, name)| (format!("回避/{at}"), name));
        for (pointer, name) in reserved.chain(recused) {
            if !name.is_empty() && !roster.iter().any(|member| *member.name == **name) {
                let pointer = format!("/议定事项/{index}/{pointer}");
                findings.push(unknown(context, activity, &pointer, name, &roster));
            }
        }
    }
}

/// Who answers for a task is a member, or a unit that a member comes from: only a near miss of a
/// member's name is a finding, since other bodies may be named too.
fn tasks(context: &Context<'_>, plan: &Loaded<Plan>, findings: &mut Vec<Finding>) {
    let everybody: Vec<&Member> = context.profile().members.iter().collect();
    for (index, task) in plan.model.tasks.iter().enumerate() {
        for (key, names) in [("负责", &task.lead), ("协作", &task.help)] {
            for (at, name) in names.iter().enumerate() {
                let known = everybody.iter().any(|member| *member.name == **name);
                let person = (2..=3).contains(&name.chars().count());
                let near = nearest(name, &names_of(&everybody));
                if !known && person && near.is_some() {
                    let pointer = format!("/任务/{index}/{key}/{at}");
                    findings.push(unknown(context, plan, &pointer, name, &everybody));
                }
            }
        }
    }
}

fn names_of(members: &[&Member]) -> Vec<String> {
    members.iter().map(|member| member.name.to_string()).collect()
}

fn unknown<T>(
    context: &Context<'_>,
    loaded: &Loaded<T>,
    pointer: &str,
    name: &str,
    roster: &[&Member],
) -> Finding {
    Finding::new("model/unknown-person")
        .at(context.at(loaded, pointer))
        .fact("name", name)
        .fact("near", nearest(name, &names_of(roster)))
}
