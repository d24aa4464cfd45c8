//! What minutes and press draft cannot do without, and numbers of activities.

use super::Context;
use crate::finding::Finding;
use crate::model::{Activity, Mode};
use crate::workspace::{Loaded, nearest_number};
use std::collections::BTreeMap;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = BTreeMap::new();
    for activity in &context.workspace.activities {
        let model = &activity.model;
        let minutes = model.minutes.is_some() && !model.is_cancelled();
        let wanted = [
            ("名称", model.name.is_none()),
            ("类型", model.kinds.is_empty()),
            ("日期", model.date.is_none()),
            ("地点", model.place.is_none() && !model.is_cancelled() && model.mode != Mode::Online),
            ("主持", model.chair.is_none() && minutes),
            ("到会情况", model.attendance.is_none() && minutes),
        ];
        plan_tasks(context, activity, &mut findings);
        let missing = activity.missing("", &wanted);
        if !missing.is_empty() {
            let place = context.at(activity, "/编号");
            findings.push(Finding::new("activity/incomplete").at(place).fact("missing", missing));
        }
        if model.id.is_empty() {
            continue;
        }
        let place = context.at(activity, "/编号");
        if let Some(first) = seen.insert(&*model.id, place.clone()) {
            findings.push(Finding::new("model/duplicate-id").at(place).with(first).fact("id", &*model.id));
        }
    }
    findings
}

/// 计划任务 names a task of the plan of the activity's year, if there is such a plan and it could be read.
fn plan_tasks(context: &Context<'_>, activity: &Loaded<Activity>, findings: &mut Vec<Finding>) {
    let year = activity.model.date.and_then(|date| u16::try_from(date.first().year()).ok());
    let Some(plan) = year.and_then(|year| context.workspace.plan(year)) else { return };
    for (index, decision) in activity.model.decisions.iter().enumerate() {
        let Some(id) = decision.plan_task.as_ref().filter(|id| !id.is_blank()) else { continue };
        if plan.model.tasks.iter().any(|task| *task.id == **id)
            || !context.may(plan, "model/unknown-task", &["/任务"])
        {
            continue;
        }
        let known: Vec<String> = plan.model.tasks.iter().map(|task| task.id.to_string()).collect();
        findings.push(
            Finding::new("model/unknown-task")
                .at(context.at(activity, &format!("/议定事项/{index}/计划任务")))
                .fact("year", plan.model.year)
                .fact("id", &**id)
                .fact("near", nearest_number(id, &known)),
        );
    }
}
