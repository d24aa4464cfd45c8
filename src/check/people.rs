//! Names against the profile: members are written as the profile has them, each in one place only, and only on days
//! on which they are members.

use super::Context;
use crate::derive::roster::roster;
use crate::finding::{Finding, Place};
use crate::model::scalar::{Date, DateRange};
use crate::model::{Activity, Member, Person, Plan, Text};
use crate::workspace::{Loaded, nearest_person};
use std::collections::BTreeMap;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // Without a list of members every name would be wrong; that there is none is said of the profile.
    if !context.may_roster("model/unknown-person") || context.profile().members.is_empty() {
        return findings;
    }
    for activity in &context.workspace.activities {
        let names = Names { context, loaded: activity, day: activity.model.date.map(DateRange::first) };
        attendance(&names, &mut findings);
        decisions(&names, &mut findings);
        for (pointer, person) in [("/召集", &activity.model.convener), ("/主持", &activity.model.chair)] {
            findings.extend(person.as_ref().and_then(|person| names.alone(pointer, person)));
        }
    }
    for plan in &context.workspace.plans {
        tasks(&Names { context, loaded: plan, day: None }, &mut findings);
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

/// The names in one file, judged by the members of one day, or of any.
struct Names<'a, T> {
    context: &'a Context<'a>,
    loaded: &'a Loaded<T>,
    day: Option<Date>,
}

impl<T> Names<'_, T> {
    /// A name that must be a member's.
    fn judge(&self, pointer: &str, name: &str) -> Option<Finding> {
        let profile = self.context.profile();
        if name.is_empty() || roster(profile, self.day).iter().any(|member| &*member.name == name) {
            return None;
        }
        let place = self.context.at(self.loaded, pointer);
        if let Some(member) = profile.members.iter().find(|member| &*member.name == name) {
            let iso = |date: Option<Date>| date.map(Date::iso);
            let finding = Finding::new("model/not-serving").at(place).fact("name", name);
            let finding = finding.fact("day", iso(self.day));
            return Some(finding.fact("from", iso(member.term.from)).fact("to", iso(member.term.to)));
        }
        Some(
            Finding::new("model/unknown-person")
                .at(place)
                .fact("name", name)
                .fact("near", self.near(name))
                .fact("several", name.contains(['、', '，', ','])),
        )
    }

    /// Who answers for a task is a member, or a unit, or somebody else: only a near miss of a member's name is a
    /// finding.
    fn near_miss(&self, pointer: &str, name: &Text) -> Option<Finding> {
        let known = self.context.profile().members.iter().any(|member| member.name == *name);
        let person = (2..=4).contains(&name.chars().count());
        if known || !person || self.near(name).is_none() { None } else { self.judge(pointer, name) }
    }

    /// A name that stands alone is a member's, an adviser's or the secretariat's: the page takes post and employer
    /// from the profile.
    fn alone(&self, pointer: &str, person: &Person) -> Option<Finding> {
        let profile = self.context.profile();
        let advisers = profile.advisers.iter().map(|adviser| &adviser.name);
        let secretariat = profile.secretary_general.iter().chain(&profile.liaison).map(|person| &person.name);
        let known = advisers.chain(secretariat).any(|name| *name == person.name);
        if known || person.employer.is_some() { None } else { self.judge(pointer, &person.name) }
    }

    fn near(&self, name: &str) -> Option<String> {
        let members: &[Member] = &self.context.profile().members;
        let names: Vec<String> = members.iter().map(|member| member.name.to_string()).collect();
        nearest_person(name, &names)
    }
}
