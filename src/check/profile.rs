//! Article 18 (whose seal), and what a bundle needs of the profile.

use super::Context;
use crate::finding::Finding;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let loaded = &context.workspace.profile;
    let profile = context.profile();
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
