//! What came back to be corrected goes out as a new version, under a new letter, and says what it replaces.

use super::Context;
use crate::derive::file_number::next_number;
use crate::derive::resending::{Resending, resending};
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::workspace::Sending;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    const RULE: &str = "submit/returned";
    let mut findings = Vec::new();
    for sending in context.workspace.sendings() {
        let Some(Resending { returned, version, stale }) = resending(sending.submission) else {
            findings.extend(replaces_nothing(context, &sending));
            continue;
        };
        if !sending.sound {
            context.skip(sending.file, RULE);
            continue;
        }
        let place = |key: &str| context.workspace.place(sending.file, &format!("/{}/{key}", sending.key));
        let key = stale.iter().find(|key| **key != "替代").copied().unwrap_or("替代");
        let year = returned.and_then(|day| u16::try_from(day.year()).ok());
        let next = year.and_then(|year| next_number(context.workspace, year));
        findings.push(
            Finding::new(RULE)
                .at(place(key))
                .with(place("记录"))
                .fact("where", sending.key)
                .fact("returned", returned.map(Date::iso))
                .fact("date", sending.submission.date.map(Date::iso))
                .fact("version", version)
                .fact("next", next.filter(|_| stale.contains(&"文号")).map(|next| next.to_string()))
                .fact("stale", stale),
        );
    }
    findings
}

/// A later version that does not say which one it replaces.
fn replaces_nothing(context: &Context<'_>, sending: &Sending<'_>) -> Option<Finding> {
    let version = sending.submission.version.filter(|version| *version > 1)?;
    let replaces = sending.submission.replaces.as_ref().is_some_and(|text| !text.is_blank());
    let place = context.workspace.place(sending.file, &format!("/{}/版次", sending.key));
    let finding = || Finding::new("submit/no-replaces").at(place).fact("where", sending.key);
    (!replaces && sending.sound).then(|| finding().fact("version", version))
}
