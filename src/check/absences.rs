//! Article 10(1): who is absent without reason for the second time.

use super::Context;
use super::obligations::adjustment;
use crate::derive::absence::{Absences, absences};
use crate::finding::Finding;
use crate::model::scalar::Date;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let rule = "art10/second-absence";
    for activity in &context.workspace.activities {
        let named = activity.model.attendance.as_ref().is_some_and(|it| !it.absent.is_empty());
        let pointers: &[&str] =
            if named { &["/到会情况/无故缺席", "/日期"] } else { &["/到会情况/无故缺席"] };
        context.may(activity, rule, pointers);
    }
    let found = absences(context.workspace, context.terms());
    if found.is_empty() || !context.may_roster(rule) {
        return Vec::new();
    }
    found.iter().filter_map(|absences| second(context, absences)).collect()
}

fn second(context: &Context<'_>, absences: &Absences<'_>) -> Option<Finding> {
    let decisive = absences.decisive(context.terms())?;
    let mut finding = Finding::new("art10/second-absence")
        .at(context.at(decisive.activity, &decisive.pointer))
        .fact("name", absences.name)
        .fact("year", absences.year)
        .fact("count", absences.days.len())
        .fact("limit", context.terms().absences)
        .fact("days", absences.days.iter().map(|absence| absence.day.iso()).collect::<Vec<_>>());
    for other in absences.days.iter().filter(|other| other.activity.file != decisive.activity.file) {
        finding = finding.with(context.at(other.activity, &other.pointer));
    }
    let filed = adjustment(context, absences.name, decisive.day).and_then(|entry| entry.item.date);
    Some(finding.fact("filed", filed.map(Date::iso)))
}
