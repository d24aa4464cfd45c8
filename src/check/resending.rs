//! What came back to be corrected goes out as a new version, under a new letter, and says what it replaces.

use super::Context;
use crate::derive::resending::{Resending, resending};
use crate::finding::Finding;
use crate::model::scalar::Date;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    const RULE: &str = "submit/returned";
    let mut findings = Vec::new();
    for sending in context.workspace.sendings() {
        let Some(Resending { returned, version, stale }) = resending(sending.submission) else { continue };
        if !sending.sound {
            context.skip(sending.file, RULE);
            continue;
        }
        let place = |key: &str| context.workspace.place(sending.file, &format!("/{}/{key}", sending.key));
        let key = stale.iter().find(|key| **key != "替代").copied().unwrap_or("替代");
        findings.push(
            Finding::new(RULE)
                .at(place(key))
                .with(place("记录"))
                .fact("where", sending.key)
                .fact("returned", returned.map(Date::iso))
                .fact("date", sending.submission.date.map(Date::iso))
                .fact("version", version)
                .fact("stale", stale),
        );
    }
    findings
}
