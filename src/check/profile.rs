//! Article 9 (composition), article 18 (whose seal), and what a bundle needs of the profile.

use super::Context;
use crate::derive::roster::{holding, roster};
use crate::finding::Finding;
use crate::model::Role;
use crate::model::scalar::{Date, DateRange};

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let loaded = &context.workspace.profile;
    let profile = context.profile();
    if context.may_roster("art9/leader") && !profile.members.is_empty() {
        composition(context, &mut findings);
    }
    if profile.lead_employer.is_none() && context.may(loaded, "art18/lead-employer", &["/组长单位"]) {
        findings.push(Finding::new("art18/lead-employer").at(context.at(loaded, "/组长单位")));
    }
    let wanted = [
        ("全称", profile.full_name.is_none()),
        ("规范化简称", profile.short_name.is_none()),
        ("代字", profile.code.is_none()),
        ("成立日期", profile.founded.is_none()),
        ("成员", profile.members.is_empty()),
    ];
    let missing: Vec<&str> = wanted
        .iter()
        .filter(|(key, missing)| *missing && loaded.sound(&format!("/{key}")))
        .map(|(key, _)| *key)
        .collect();
    if !missing.is_empty() {
        findings.push(Finding::new("submit/profile").at(context.at(loaded, "/")).fact("missing", missing));
    }
    findings
}

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

/// The roster as it stands last: of the latest day that anything in the workspace speaks of.
pub(super) fn composed(context: &Context<'_>) -> Composition {
    let activities = context.workspace.activities.iter().filter_map(|activity| activity.model.date);
    let starts = context.profile().members.iter().filter_map(|member| member.term.from);
    let day: Option<Date> =
        activities.map(DateRange::last).chain(starts).chain(context.profile().founded).max();
    let roster = roster(context.profile(), day);
    Composition {
        day,
        leaders: holding(&roster, Role::Leader),
        deputies: holding(&roster, Role::Deputy),
        members: roster.len(),
    }
}

fn composition(context: &Context<'_>, findings: &mut Vec<Finding>) {
    let loaded = &context.workspace.profile;
    let Composition { day, leaders, deputies, members } = composed(context);
    let terms = context.terms();
    let shown = day.map(Date::iso).unwrap_or_default();
    let add = |rule: &'static str, found: usize| {
        Finding::new(rule)
            .at(context.at(loaded, "/成员"))
            .fact("day", shown.as_str())
            .fact("found", found)
            .fact("wanted", terms.leaders)
            .fact("min", terms.min_deputies)
    };
    if leaders != terms.leaders {
        findings.push(add("art9/leader", leaders));
    }
    if !(terms.min_deputies..=terms.max_deputies).contains(&deputies) {
        findings.push(add("art9/deputies", deputies).fact("max", terms.max_deputies));
    }
    if members > terms.max_members {
        findings.push(add("art9/size", members).fact("max", terms.max_members));
    }
}
