//! Article 16: when plan, summary and the material of activities are due, and whether they were sent
//! in time. Judged by the dates of sending that the files record; today plays no part.

use super::Context;
use crate::derive::due::{Applies, Computed, Obligation};
use crate::derive::host::is_own;
use crate::finding::{Finding, Place};
use crate::model::scalar::Date;
use crate::model::{SetDeadline, Submission};
use crate::workspace::Loaded;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// What is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// 年度工作计划 (16(1)).
    Plan,
    /// 年度工作总结报告 (16(2)).
    Summary,
    /// 活动报告 (16(3)).
    Report,
    /// 会议纪要、图片、新闻通稿 (16(3)).
    Material,
}

impl Item {
    /// The name under which locales know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plan => "item.plan",
            Self::Summary => "item.summary",
            Self::Report => "item.report",
            Self::Material => "item.material",
        }
    }
}

/// Something owed, when, and when it was sent.
#[derive(Debug, Clone)]
pub struct Owed {
    /// What.
    pub item: Item,
    /// Number or year of what it belongs to.
    pub of: String,
    /// Its due date and how that came about.
    pub obligation: Obligation,
    /// The first day on which it was sent, if it was.
    pub sent: Option<Date>,
    /// Where the record of sending belongs.
    pub place: Place,
}

/// Everything owed under article 16, in the order of plans, activities, summaries.
pub fn owed(context: &Context<'_>) -> Vec<Owed> {
    let Some(reckoner) = context.reckoner() else { return Vec::new() };
    let mut owed = Vec::new();
    let set = |deadline: &Option<SetDeadline>| deadline.as_ref().and_then(|set| set.date).map(Date::naive);
    let mut add = |item, of: String, obligation: Option<Obligation>, submission: &Submission, place| {
        if let Some(obligation) = obligation {
            owed.push(Owed { item, of, obligation, sent: sent(submission), place });
        }
    };
    for plan in &context.workspace.plans {
        if context.may(plan, "art16/due", &["/年度", "/另定期限", "/报送/记录"]) {
            let due = reckoner.plan(i32::from(plan.model.year), set(&plan.model.deadline));
            add(
                Item::Plan,
                plan.model.year.to_string(),
                due,
                &plan.model.submission,
                context.at(plan, "/报送"),
            );
        }
    }
    for activity in &context.workspace.activities {
        let model = &activity.model;
        let important = model.important.is_some_and(|yes| yes.0) && is_own(context.profile(), model);
        if !important || !context.may(activity, "art16/due", &["/日期", "/重要活动", "/主办"]) {
            continue;
        }
        let Some(date) = model.date else { continue };
        let report = reckoner.activity_report(date.first().naive(), None);
        add(Item::Report, model.id.to_string(), report, &model.before, context.at(activity, "/事前报送"));
        let material = reckoner.activity_material(date.last().naive(), None);
        add(
            Item::Material,
            model.id.to_string(),
            Some(material),
            &model.after,
            context.at(activity, "/事后报送"),
        );
    }
    for summary in &context.workspace.summaries {
        if context.may(summary, "art16/due", &["/年度", "/另定期限", "/报送/记录"]) {
            let due = reckoner.summary(i32::from(summary.model.year), set(&summary.model.deadline));
            let of = summary.model.year.to_string();
            add(Item::Summary, of, due, &summary.model.submission, context.at(summary, "/报送"));
        }
    }
    owed
}

fn sent(submission: &Submission) -> Option<Date> {
    submission.dispatches.iter().filter_map(|dispatch| dispatch.date).min()
}

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut without_report = BTreeSet::new();
    for activity in &context.workspace.activities {
        if let Some(finding) = no_report(context, activity) {
            without_report.insert(&*activity.model.id);
            findings.push(finding);
        }
    }
    for owed in owed(context) {
        // That there is no report says all about when it would be due.
        let said = owed.item == Item::Report && owed.sent.is_none() && without_report.contains(&*owed.of);
        if !said {
            findings.extend(judge(&owed));
        }
    }
    findings
}

fn judge(owed: &Owed) -> Vec<Finding> {
    let obligation = &owed.obligation;
    let mut findings = Vec::new();
    let say = |rule: &'static str| {
        let finding = Finding::new(rule)
            .at(owed.place.clone())
            .fact("item", owed.item.name())
            .fact("of", owed.of.as_str())
            .fact("due", iso(obligation.due))
            .fact(
                "workday",
                (obligation.last_workday != obligation.due).then(|| iso(obligation.last_workday)),
            );
        match &obligation.computed {
            Computed::Set => finding.fact("how", "set"),
            Computed::Yearly => finding.fact("how", "yearly"),
            Computed::Before { start, days } => {
                finding.fact("how", "before").fact("start", iso(*start)).fact("n", *days)
            }
            Computed::After { end, workdays, .. } => {
                finding.fact("how", "after").fact("end", iso(*end)).fact("n", *workdays)
            }
        }
    };
    match obligation.applies {
        Applies::BeforeFounding(since) | Applies::BeforeRegulation(since) => {
            let founding = matches!(obligation.applies, Applies::BeforeFounding(_));
            return vec![say("art16/not-applicable").fact("since", iso(since)).fact("founding", founding)];
        }
        Applies::Yes => {}
    }
    match owed.sent {
        None => findings.push(say("art16/due")),
        Some(sent) => {
            let days = obligation.days_late(sent.naive());
            if days > 0 {
                findings.push(say("art16/late").fact("sent", sent.iso()).fact("days", days));
            }
        }
    }
    if obligation.provisional {
        findings.push(say("art16/calendar-unknown").fact("year", obligation.due.year()));
    }
    findings
}

/// 16(3): the group's own important activity is told a week before; a group founded later could not.
fn no_report(context: &Context<'_>, activity: &Loaded<crate::model::Activity>) -> Option<Finding> {
    let model = &activity.model;
    let important = model.important.is_some_and(|yes| yes.0) && is_own(context.profile(), model);
    if !important
        || model.report.is_some()
        || !context.may(activity, "art16.3/before", &["/活动报告", "/日期"])
    {
        return None;
    }
    let due = context.reckoner()?.activity_report(model.date?.first().naive(), None)?;
    (due.applies == Applies::Yes).then(|| {
        Finding::new("art16.3/before").at(context.at(activity, "/活动报告")).fact("due", iso(due.due))
    })
}

fn iso(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}
