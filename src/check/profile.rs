//! Article 18 (whose seal), what a bundle needs of the profile, and addresses.

use super::Context;
use crate::finding::Finding;
use crate::model::is_mail_address;

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
    let missing = loaded.missing("", &wanted);
    if !missing.is_empty() {
        findings.push(Finding::new("submit/profile").at(context.at(loaded, "/")).fact("missing", missing));
    }
    let mail = |contact: &Option<crate::model::Contact>| contact.as_ref().and_then(|it| it.mail.clone());
    for (pointer, address) in [
        ("/总秘书处邮箱", profile.general_mail.clone()),
        ("/秘书长/邮箱", mail(&profile.secretary_general)),
        ("/联络员/邮箱", mail(&profile.liaison)),
    ] {
        if let Some(address) = address.filter(|it| !it.is_blank() && !is_mail_address(it)) {
            findings
                .push(Finding::new("people/mail").at(context.at(loaded, pointer)).fact("text", &*address));
        }
    }
    findings
}
