//! Article 16: how every date of sending came about, and whether it was kept.

use super::super::Context;
use super::super::due::{Item, Owed, owed};
use super::Reckoning;
use crate::calendar::Count;
use crate::derive::due::{Applies, Computed};
use crate::model::scalar::Date;
use chrono::{Datelike, Days, NaiveDate};
use serde_json::{Value, json};

pub(super) fn all(context: &Context<'_>) -> Vec<Reckoning> {
    owed(context).iter().map(|owed| one(context, owed)).collect()
}

/// The reports before activities alone.
pub(super) fn reports(context: &Context<'_>) -> Vec<Reckoning> {
    owed(context).iter().filter(|owed| owed.item == Item::Report).map(|owed| one(context, owed)).collect()
}

fn one(context: &Context<'_>, owed: &Owed) -> Reckoning {
    let obligation = &owed.obligation;
    let due = obligation.due;
    let terms = context.terms();
    let reckoning = Reckoning::at(owed.place.clone())
        .fact("item", owed.item.name())
        .fact("of", owed.of.as_str())
        .fact("due", iso(due))
        .fact("workday", (obligation.last_workday != due).then(|| iso(obligation.last_workday)))
        .fact("provisional", obligation.provisional)
        .fact("sent", owed.sent.map(Date::iso))
        .fact("days", owed.sent.map_or(0, |sent| obligation.days_late(sent.naive())));
    let (how, counted) = match &obligation.computed {
        Computed::Set => (reckoning.fact("how", "set"), due),
        Computed::Yearly => {
            let day = if owed.item == Item::Summary { terms.summary_due } else { terms.plan_due };
            let fixed = NaiveDate::from_ymd_opt(due.year(), day.month, day.day).unwrap_or(due);
            (reckoning.fact("how", "yearly").fact("month", day.month).fact("day", day.day), fixed)
        }
        Computed::Before { start, days } => {
            let before = start.checked_sub_days(Days::new(u64::from(*days))).unwrap_or(due);
            (reckoning.fact("how", "before").fact("start", iso(*start)).fact("n", *days), before)
        }
        Computed::After { end, workdays, count } => {
            let after = reckoning.fact("how", "after").fact("end", iso(*end)).fact("n", *workdays);
            (after.fact("skipped", skipped(count)).fact("make_up", make_up(count)), count.date)
        }
    };
    let reckoning = how.fact("counted", iso(counted)).fact("moved", counted != due);
    let reckoning = reckoning.fact("cancelled", obligation.cancelled_on().map(iso));
    match obligation.applies {
        Applies::Yes => reckoning.fact("applies", true),
        Applies::Cancelled(_) => reckoning.fact("applies", false),
        Applies::BeforeFounding(since) => {
            reckoning.fact("applies", false).fact("founding", true).fact("since", iso(since))
        }
        Applies::BeforeRegulation(since) => {
            reckoning.fact("applies", false).fact("founding", false).fact("since", iso(since))
        }
    }
}

/// Every run of days off that the count passed over.
fn skipped(count: &Count) -> Vec<Value> {
    let run = |run: &crate::calendar::DaysOff| {
        json!({
            "first": iso(run.first), "last": iso(run.last), "name": run.name,
            "from": { "month": run.first.month(), "day": run.first.day() },
            "to": { "month": run.last.month(), "day": run.last.day() },
        })
    };
    count.skipped.iter().map(run).collect()
}

/// Every weekend day that was counted because it is worked.
fn make_up(count: &Count) -> Vec<Value> {
    let day = |day: &crate::calendar::MakeUp| {
        json!({
            "date": iso(day.date), "month": day.date.month(), "day": day.date.day(), "name": day.name,
        })
    };
    count.make_up.iter().map(day).collect()
}

fn iso(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}
