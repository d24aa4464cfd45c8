//! What minutes and press draft cannot do without, and numbers of activities.

use super::Context;
use crate::finding::Finding;
use std::collections::BTreeMap;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut seen = BTreeMap::new();
    for activity in &context.workspace.activities {
        let model = &activity.model;
        let wanted = [
            ("名称", model.name.is_none()),
            ("类型", model.kinds.is_empty()),
            ("日期", model.date.is_none()),
            ("地点", model.place.is_none()),
            ("主持", model.chair.is_none() && model.minutes.is_some()),
            ("到会情况", model.attendance.is_none() && model.minutes.is_some()),
        ];
        let missing: Vec<&str> = wanted
            .iter()
            .filter(|(key, missing)| *missing && activity.sound(&format!("/{key}")))
            .map(|(key, _)| *key)
            .collect();
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
