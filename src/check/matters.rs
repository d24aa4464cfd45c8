//! Article 16(4): major matters are reported promptly. What promptly means is a number of the rulebook, and ours.

use super::Context;
use super::obligations::filings;
use crate::finding::Finding;
use crate::model::FilingKind;
use crate::model::scalar::Date;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for records in &context.workspace.records {
        context.may(records, "art16.4/prompt", &["/其他报送"]);
    }
    for entry in filings(context).into_iter().filter(|entry| entry.item.kind == Some(FilingKind::MajorMatter))
    {
        let subject = entry.item.subject.as_deref().unwrap_or_default();
        let sound = |key: &str| {
            let of_file = context.workspace.records.iter().find(|records| records.file == entry.file);
            of_file.is_some_and(|records| records.sound(&format!("{}/{key}", entry.pointer)))
        };
        let wanted = [("事项", subject.is_empty()), ("发生日期", entry.item.happened.is_none())];
        let lacking = wanted.iter().filter(|(key, lacking)| *lacking && sound(key));
        let missing: Vec<&str> = lacking.map(|(key, _)| *key).collect();
        if !missing.is_empty() {
            let place = context.workspace.place(entry.file, &entry.pointer);
            findings.push(Finding::new("art16.4/incomplete").at(place).fact("missing", missing));
        }
        let (Some(happened), Some(sent)) = (entry.item.happened, entry.item.date) else { continue };
        let workdays = context.terms().major_workdays;
        let count = context.calendar.add_workdays(happened.naive(), workdays);
        if sent.naive() > count.date {
            let place = |key: &str| context.workspace.place(entry.file, &format!("{}/{key}", entry.pointer));
            let finding = Finding::new("art16.4/prompt").at(place("日期")).with(place("发生日期"));
            findings.push(
                finding
                    .fact("subject", subject)
                    .fact("happened", happened.iso())
                    .fact("sent", sent.iso())
                    .fact("due", Date::from(count.date).iso())
                    .fact("workdays", workdays)
                    .fact("provisional", count.provisional),
            );
        }
    }
    findings
}
