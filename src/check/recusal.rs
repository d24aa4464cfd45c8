//! Article 11: who steps aside, or reserves an opinion, was there.

use super::Context;
use crate::derive::roster::{Turnout, roster, taking_part};
use crate::finding::Finding;
use crate::model::scalar::DateRange;
use crate::model::{Activity, Decision, Text};
use crate::workspace::Loaded;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for activity in &context.workspace.activities {
        for (index, decision) in activity.model.decisions.iter().enumerate() {
            absent(context, activity, index, decision, &mut findings);
        }
    }
    findings
}

fn absent(
    context: &Context<'_>,
    activity: &Loaded<Activity>,
    index: usize,
    decision: &Decision,
    findings: &mut Vec<Finding>,
) {
    let rule = "art11/recused-absent";
    let at = format!("/议定事项/{index}");
    let (model, profile) = (&activity.model, context.profile());
    if decision.recused.is_empty() && decision.reservations.is_empty()
        || !context.may(activity, rule, &["/到会情况", "/日期", &format!("{at}/回避")])
        || !context.may_roster(rule)
        || Turnout::of(profile, model).is_none()
    {
        return;
    }
    let here = taking_part(profile, model);
    let members = roster(profile, model.date.map(DateRange::first));
    // A name that is no member's is a finding of its own.
    let away = |name: &Text| !here.contains(&**name) && members.iter().any(|member| member.name == *name);
    let listed = |name: &Text| {
        let attendance = model.attendance.as_ref();
        let find = |names: &[Text]| names.iter().position(|other| other == name);
        let excused = attendance.and_then(|it| it.excused.iter().position(|excused| excused.name == *name));
        let absent = attendance.and_then(|it| find(&it.absent));
        let pointer = match (excused, absent) {
            (Some(at), _) => format!("/到会情况/请假/{at}/姓名"),
            (_, Some(at)) => format!("/到会情况/无故缺席/{at}"),
            _ => "/到会情况".to_owned(),
        };
        context.at(activity, &pointer)
    };
    let say = |rule: &'static str, pointer: String, name: &Text| {
        let finding = Finding::new(rule).at(context.at(activity, &pointer)).with(listed(name));
        finding.fact("name", &**name).fact("subject", decision.subject())
    };
    for (item, name) in decision.recused.iter().enumerate().filter(|(_, name)| away(name)) {
        findings.push(say(rule, format!("{at}/回避/{item}"), name));
    }
    for (item, reservation) in decision.reservations.iter().enumerate() {
        if away(&reservation.name) {
            let pointer = format!("{at}/保留意见/{item}/姓名");
            findings.push(say("art11/reservation-absent", pointer, &reservation.name));
        }
    }
}
