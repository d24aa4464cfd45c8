//! Records of sendings that cannot be true, most often because the file was made by copying another.

use super::Context;
use crate::derive::sent::Reported;
use crate::finding::Finding;
use crate::source::Pointer;
use crate::workspace::Sending;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    const RULE: &str = "order/sent-too-early";
    let mut findings = Vec::new();
    let workspace = context.workspace;
    let recorded = |it: &(Sending<'_>, Reported<'_>)| !it.0.submission.dispatches.is_empty();
    for (sending, reported) in Reported::all(workspace).filter(recorded) {
        if !sending.sound {
            context.skip(sending.file, RULE);
            continue;
        }
        for (index, dispatch) in sending.submission.dispatches.iter().enumerate() {
            let Some((day, bound)) = dispatch.date.and_then(|day| Some((day, reported.impossible(day)?)))
            else {
                continue;
            };
            let at = Pointer::root().key(sending.key).key("记录").index(index).key("日期");
            findings.push(
                Finding::new(RULE)
                    .at(workspace.place(sending.file, &at.to_string()))
                    .with(workspace.place(sending.file, &bound.pointer))
                    .fact("where", sending.key)
                    .fact("date", day.iso())
                    .fact("why", bound.why)
                    .fact("other", bound.paper)
                    .fact("other_date", bound.day.iso()),
            );
        }
    }
    findings
}
