//! Article 10(1): who was absent without reason, how often, against the number that asks for a report.

use super::super::Context;
use super::Reckoning;
use crate::derive::absence::absences;
use crate::model::scalar::Date;
use serde_json::{Value, json};

pub(super) fn all(context: &Context<'_>) -> Vec<Reckoning> {
    let loaded = &context.workspace.profile;
    if !context.may_roster("art10/second-absence") || loaded.model.members.is_empty() {
        return Vec::new();
    }
    let held = context.workspace.held().filter(|it| it.model.attendance.is_some()).count();
    let absent: Vec<Value> = absences(context.workspace, context.terms())
        .into_iter()
        .map(|one| {
            let days: Vec<Date> = one.days.iter().map(|absence| absence.day).collect();
            let days: Vec<String> = days.into_iter().map(Date::iso).collect();
            json!({ "name": one.name, "year": one.year, "days": days })
        })
        .collect();
    let reckoning = Reckoning::at(context.at(loaded, "/成员")).fact("held", held).fact("absent", absent);
    vec![reckoning.fact("limit", context.terms().absences)]
}
