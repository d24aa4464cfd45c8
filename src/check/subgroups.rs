//! Article 8: the composition of a sub-group (专门工作小组) is filed.

use super::Context;
use super::obligations::{filings, of_sub_group};
use crate::finding::Finding;
use crate::model::{FilingKind, SubGroup};
use crate::workspace::nearest;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let profile = &context.workspace.profile;
    let mut findings = Vec::new();
    for (index, group) in profile.model.sub_groups.iter().enumerate() {
        findings.extend(not_filed(context, index, group));
    }
    findings.extend(unknown(context));
    findings
}

/// A sub-group without a day of founding may only be thought of.
fn not_filed(context: &Context<'_>, index: usize, group: &SubGroup) -> Option<Finding> {
    let rule = "art8/not-filed";
    let profile = &context.workspace.profile;
    let at = format!("/专门工作小组/{index}");
    let founded = group.founded?;
    let known = |records: &crate::workspace::Loaded<_>| context.may(records, rule, &["/其他报送"]);
    let all_known = context.workspace.records.iter().filter(|records| !known(records)).count() == 0;
    let unread: Vec<_> =
        context.workspace.documents.values().filter(|document| document.tree.is_none()).collect();
    for document in &unread {
        context.skip(&document.file, rule);
    }
    if !all_known || !unread.is_empty() || group.name.is_blank() || !context.may(profile, rule, &[&at]) {
        return None;
    }
    let entry = of_sub_group(context, group);
    if entry.as_ref().is_some_and(|entry| entry.item.date.is_some()) {
        return None;
    }
    let entry = entry.map(|entry| context.workspace.place(entry.file, &entry.pointer));
    let finding = Finding::new(rule).at(context.at(profile, &at)).fact("entered", entry.is_some());
    Some(finding.with(entry).fact("name", &*group.name).fact("founded", founded.iso()))
}

/// 小组 of a filing that is spelt otherwise than in the profile. One that is no longer in the profile may have been
/// dissolved.
fn unknown(context: &Context<'_>) -> Vec<Finding> {
    let profile = &context.workspace.profile;
    let names: Vec<String> = profile.model.sub_groups.iter().map(|group| group.name.to_string()).collect();
    let mut findings = Vec::new();
    for entry in filings(context) {
        let about = matches!(entry.item.kind, Some(FilingKind::SubGroup | FilingKind::SubGroupWork));
        let Some(name) = entry.item.sub_group.as_ref().filter(|name| about && !name.is_blank()) else {
            continue;
        };
        if names.iter().any(|known| **known == **name) {
            continue;
        }
        let Some(near) = nearest(name, &names) else { continue };
        let index = names.iter().position(|known| *known == near).unwrap_or_default();
        let place = context.workspace.place(entry.file, &format!("{}/小组", entry.pointer));
        let known = context.at(profile, &format!("/专门工作小组/{index}/名称"));
        let finding = Finding::new("art8/unknown-group").at(place).with(known);
        findings.push(finding.fact("name", &**name).fact("near", near));
    }
    findings
}
