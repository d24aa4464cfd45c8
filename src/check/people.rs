//! Names against the profile: members are written as the profile has them, each in one place only, and only on days
//! on which they are members.

use super::Context;
use super::names::{Names, is_named};
use crate::derive::roster::roster;
use crate::finding::{Finding, Place};
use crate::model::scalar::DateRange;
use crate::model::{Activity, Approval, Attendance, Person, Plan, Profile, Submission};
use crate::workspace::Loaded;
use std::collections::BTreeMap;

/// Every member expected stands in one of the lists, once 出席 names anybody.
fn accounted(context: &Context<'_>, activity: &Loaded<Activity>, findings: &mut Vec<Finding>) {
    let Some(attendance) = &activity.model.attendance else { return };
    if attendance.present.is_empty() || !activity.sound("/到会情况") || !activity.sound("/应到") {
        return;
    }
    let roster = roster(context.profile(), activity.model.date.map(DateRange::first));
    let listed = members_listed(&activity.model);
    let expected: Vec<&str> = if activity.model.expected.is_empty() {
        roster.iter().map(|member| &*member.name).collect()
    } else {
        activity.model.expected.iter().map(|name| &**name).collect()
    };
    let missing: Vec<&str> = expected
        .into_iter()
        .filter(|name| !listed.iter().any(|(list, _, other)| *list != "应到" && is_named(name, other)))
        .collect();
    if !missing.is_empty() {
        let place = context.at(activity, "/到会情况/出席");
        findings.push(Finding::new("activity/unaccounted").at(place).fact("names", missing));
    }
    for (index, guest) in attendance.guests.iter().enumerate() {
        // Of the same name, but from elsewhere: people/other-employer asks about that.
        let is_other = |member: &crate::model::Member| {
            guest.employer.as_ref().zip(member.employer.as_ref()).is_some_and(|(his, hers)| his != hers)
        };
        if roster.iter().any(|member| member.name == guest.name && !is_other(member)) {
            let place = context.at(activity, &format!("/到会情况/列席/{index}/姓名"));
            findings.push(Finding::new("activity/member-as-guest").at(place).fact("name", &*guest.name));
        }
    }
}

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Without a list of members every name would be wrong; that there is none is said of the profile.
    if !context.may_roster("model/unknown-person") || context.profile().members.is_empty() {
        return findings;
    }
    for activity in &context.workspace.activities {
        if !activity.model.is_cancelled() {
            accounted(context, activity, &mut findings);
        }
        let names = Names { context, loaded: activity, day: activity.model.date.map(DateRange::first) };
        attendance(&names, &mut findings);
        decisions(&names, &mut findings);
        for (pointer, person) in [("/召集", &activity.model.convener), ("/主持", &activity.model.chair)] {
            findings.extend(person.as_ref().and_then(|person| names.alone(pointer, person)));
        }
        findings.extend(absent_chair(context, activity));
        speakers(&names, &mut findings);
        signers(&names, "/事前报送", &activity.model.before, &mut findings);
        signers(&names, "/事后报送", &activity.model.after, &mut findings);
    }
    for plan in &context.workspace.plans {
        let names = Names { context, loaded: plan, day: None };
        tasks(&names, &mut findings);
        changes(&names, &mut findings);
        approver(&names, plan.model.approval.as_ref(), &mut findings);
        signers(&names, "/报送", &plan.model.submission, &mut findings);
    }
    for summary in &context.workspace.summaries {
        let names = Names { context, loaded: summary, day: None };
        approver(&names, summary.model.approval.as_ref(), &mut findings);
        signers(&names, "/报送", &summary.model.submission, &mut findings);
    }
    of_profile(&Names { context, loaded: &context.workspace.profile, day: None }, &mut findings);
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

/// Who was in the chair was there. Whoever convened the meeting may have stayed away.
fn absent_chair(context: &Context<'_>, activity: &Loaded<Activity>) -> Option<Finding> {
    let chair = activity.model.chair.as_ref().filter(|chair| !chair.name.is_blank())?;
    let members = &context.profile().members;
    let employers = members.iter().filter(|member| is_named(&member.name, &chair.name));
    let mut employers = employers.filter_map(|member| member.employer.as_ref());
    // Of the same name, but from elsewhere: people/other-employer asks about that.
    if chair.employer.is_some() && employers.any(|employer| Some(employer) != chair.employer.as_ref()) {
        return None;
    }
    let listed = members_listed(&activity.model).into_iter();
    let mut away = listed.filter(|(list, ..)| ["请假", "无故缺席", "委托代表"].contains(list));
    let (list, pointer, name) = away.find(|(.., name)| is_named(name, &chair.name))?;
    let finding = Finding::new("activity/chair-absent").at(context.at(activity, "/主持"));
    Some(finding.with(context.at(activity, &pointer)).fact("name", name).fact("list", list))
}

fn attendance(names: &Names<'_, Activity>, findings: &mut Vec<Finding>) {
    let mut seen: BTreeMap<&str, (&str, Place)> = BTreeMap::new();
    for (list, pointer, name) in members_listed(&names.loaded.model) {
        findings.extend(names.judge(&pointer, name));
        if list == "应到" {
            continue;
        }
        let place = names.context.at(names.loaded, &pointer);
        if let Some((first_list, first)) = seen.get(name) {
            let lists = if *first_list == list { vec![list] } else { vec![*first_list, list] };
            let finding = Finding::new("model/person-twice").at(place).with(first.clone());
            findings.push(finding.fact("name", name).fact("lists", lists));
        } else {
            seen.insert(name, (list, place));
        }
    }
}

fn decisions(names: &Names<'_, Activity>, findings: &mut Vec<Finding>) {
    for (index, decision) in names.loaded.model.decisions.iter().enumerate() {
        let at = |key: &str, item: usize| format!("/议定事项/{index}/{key}/{item}");
        for (item, reservation) in decision.reservations.iter().enumerate() {
            findings.extend(names.judge(&format!("{}/姓名", at("保留意见", item)), &reservation.name));
        }
        for (item, name) in decision.recused.iter().enumerate() {
            findings.extend(names.judge(&at("回避", item), name));
            let place = |item| names.context.at(names.loaded, &at("回避", item));
            let first = decision.recused.iter().position(|other| other == name).filter(|first| *first < item);
            if let Some(first) = first.filter(|_| !name.is_blank()) {
                let finding = Finding::new("model/person-twice").at(place(item)).with(place(first));
                findings.push(finding.fact("name", &**name).fact("lists", vec!["回避"]));
            }
        }
        for (item, name) in decision.lead.iter().enumerate() {
            findings.extend(names.near_miss(&at("负责", item), name));
        }
    }
}

fn tasks(names: &Names<'_, Plan>, findings: &mut Vec<Finding>) {
    for (index, task) in names.loaded.model.tasks.iter().enumerate() {
        for (key, people) in [("负责", &task.lead), ("协作", &task.help)] {
            for (item, name) in people.iter().enumerate() {
                findings.extend(names.near_miss(&format!("/任务/{index}/{key}/{item}"), name));
            }
        }
    }
}

/// 报告人 of the agenda, who may be outsiders.
fn speakers(names: &Names<'_, Activity>, findings: &mut Vec<Finding>) {
    let model = &names.loaded.model;
    let attendance = model.attendance.as_ref();
    let guests = attendance.into_iter().flat_map(|it: &Attendance| &it.guests).map(|guest| &*guest.name);
    let proxies = attendance.into_iter().flat_map(|it| &it.proxies).filter_map(|proxy| proxy.proxy.as_ref());
    let led = model.convener.iter().chain(&model.chair);
    let others: Vec<&str> = guests.chain(proxies.chain(led).map(|person| &*person.name)).collect();
    for (index, item) in model.agenda.iter().enumerate() {
        let speaker = item.speaker.as_deref().unwrap_or_default();
        findings.extend(names.slips(&format!("/议程/{index}/报告人"), speaker, &others));
    }
}

/// 决定人 of changes, persons or meetings.
fn changes(names: &Names<'_, Plan>, findings: &mut Vec<Finding>) {
    let model = &names.loaded.model;
    let of_plan = model.changes.iter().map(|change| &change.by).enumerate();
    let of_budget = model.budget_changes.iter().map(|change| &change.by).enumerate();
    let deciders = of_plan.map(|it| ("计划调整", it)).chain(of_budget.map(|it| ("预算调整", it)));
    for (list, (index, by)) in deciders {
        // Who comes with employer or post is somebody in particular.
        let alone = by.as_ref().filter(|by| by.employer.is_none() && by.post.is_none());
        findings.extend(
            alone.and_then(|by: &Person| names.slip(&format!("/{list}/{index}/决定人"), &by.name, &[])),
        );
    }
}

fn approver<T>(names: &Names<'_, T>, approval: Option<&Approval>, findings: &mut Vec<Finding>) {
    if let Some(by) = approval.and_then(|approval| approval.by.as_ref()) {
        findings.extend(names.slips("/审定/审定人", by, &[]));
    }
}

fn signers<T>(names: &Names<'_, T>, pointer: &str, submission: &Submission, findings: &mut Vec<Finding>) {
    for (index, name) in submission.signers.iter().enumerate() {
        findings.extend(names.slip(&format!("{pointer}/签发人/{index}"), name, &[]));
    }
}

/// 签发人 and the people of 专门工作小组.
fn of_profile(names: &Names<'_, Profile>, findings: &mut Vec<Finding>) {
    let profile = &names.loaded.model;
    if let Some(signer) = &profile.signer {
        findings.extend(names.slip("/签发人", signer, &[]));
    }
    for (index, group) in profile.sub_groups.iter().enumerate() {
        let at = format!("/专门工作小组/{index}");
        if let Some(leader) = &group.leader {
            findings.extend(names.slip(&format!("{at}/组长"), leader, &[]));
        }
        for (item, name) in group.members.iter().enumerate() {
            findings.extend(names.slip(&format!("{at}/成员/{item}"), name, &[]));
        }
    }
}
