//! The time of an activity: one that runs past midnight, and one during which the roster changes.

use super::Context;
use crate::finding::Finding;
use crate::model::Activity;
use crate::model::scalar::Date;
use crate::workspace::Loaded;
use regex::{Captures, Regex};
use std::sync::LazyLock;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for activity in &context.workspace.activities {
        findings.extend(midnight(context, activity));
        findings.extend(changes(context, activity));
    }
    findings
}

/// `22:00—次日1:00`, `下午2时至5时30分`.
static HOURS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let part = "(上午|下午|中午|晚上|晚|傍晚|凌晨|早上|早)?";
    let time = r"(\d{1,2})(?:[:：]|时|点)(\d{2})?分?";
    let next = "(次日|翌日|第二天|第二日)?";
    Regex::new(&format!(r"{part}\s*{time}\s*(?:[—–~～-]+|至|到)\s*{next}\s*{part}\s*{time}")).ok()
});

/// What is wrong with a time of day that passes midnight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It ends before it starts, and does not say that it is the next day.
    Unsaid,
    /// It ends on the next day, and the date is one day.
    OneDay,
}

fn fault(time: &str) -> Option<Fault> {
    let ranges = HOURS.as_ref()?;
    let found: Vec<Fault> = ranges.captures_iter(time).filter_map(|hours| of_range(&hours)).collect();
    found.first().copied()
}

fn of_range(hours: &Captures<'_>) -> Option<Fault> {
    if hours.get(4).is_some() {
        return Some(Fault::OneDay);
    }
    let (start, end) = minutes(hours)?;
    (end < start).then_some(Fault::Unsaid)
}

/// Start and end in minutes of the day, when `time` is nothing but a range within one day that leaves no doubt whether
/// morning or afternoon is meant.
pub(super) fn hours(time: &str) -> Option<(u32, u32)> {
    let whole = HOURS.as_ref()?.captures(time.trim())?;
    let (start, end) = minutes(&whole)?;
    let all = whole.get(0)?.as_str() == time.trim() && whole.get(4).is_none();
    (all && EARLIEST <= start && start < end).then_some((start, end))
}

/// Minutes; what is earlier may well be an hour of the afternoon.
const EARLIEST: u32 = 7 * 60;

fn minutes(hours: &Captures<'_>) -> Option<(u32, u32)> {
    let text = |group: usize| hours.get(group).map(|found| found.as_str());
    let minutes = |part: Option<&str>, hour: usize, minute: usize| {
        let hour: u32 = text(hour)?.parse().ok().filter(|hour| *hour <= 24)?;
        let minute: u32 = text(minute).unwrap_or("0").parse().ok()?;
        let later = match part {
            Some("下午" | "傍晚") => hour < 12,
            Some("晚上" | "晚") => hour <= 12,
            Some("中午") => hour < 11,
            _ => false,
        };
        Some((if later { hour + 12 } else { hour }) * 60 + minute)
    };
    let start = minutes(text(1), 2, 3)?;
    // 下午2:00—5:00: what is said of the start holds for the end.
    let end = minutes(text(5).or(text(1)), 6, 7)?;
    Some((start, end))
}

fn midnight(context: &Context<'_>, activity: &Loaded<Activity>) -> Option<Finding> {
    let model = &activity.model;
    let (time, date) = (model.time.as_ref()?, model.date?);
    if date.first() != date.last() {
        return None;
    }
    let fault = fault(time)?;
    let next = date.first().naive().succ_opt().map(|day| Date::from(day).iso());
    Some(
        Finding::new("activity/over-midnight")
            .at(context.at(activity, "/时间"))
            .with((fault == Fault::OneDay).then(|| context.at(activity, "/日期")))
            .fact("time", &**time)
            .fact("said", fault == Fault::OneDay)
            .fact("day", date.first().iso())
            .fact("next", next),
    )
}

/// Quorum and votes go by the roster of the first day.
fn changes(context: &Context<'_>, activity: &Loaded<Activity>) -> Option<Finding> {
    let date = activity.model.date?;
    let (first, last) = (date.first(), date.last());
    if first == last || activity.model.attendance.is_none() {
        return None;
    }
    let profile = &context.workspace.profile;
    let joins = |day: Option<Date>| day.is_some_and(|day| first < day && day <= last);
    let leaves = |day: Option<Date>| day.is_some_and(|day| first <= day && day < last);
    let members = profile.model.members.iter().enumerate();
    let changing = members.filter(|(_, member)| joins(member.term.from) || leaves(member.term.to));
    let (places, names): (Vec<_>, Vec<_>) = changing
        .map(|(index, member)| (context.at(profile, &format!("/成员/{index}/任职")), member.name.to_string()))
        .unzip();
    let finding = Finding::new("activity/roster-changes").at(context.at(activity, "/日期"));
    let finding = places.into_iter().fold(finding, Finding::with);
    (!names.is_empty()).then(|| finding.fact("names", names).fact("day", first.iso()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_that_pass_midnight() {
        for (time, found) in [
            ("22:00—1:00", Some(Fault::Unsaid)),
            ("22时至1时30分", Some(Fault::Unsaid)),
            ("晚上10:00—1:00", Some(Fault::Unsaid)),
            ("22:00—次日1:00", Some(Fault::OneDay)),
            ("9:00—12:00", None),
            ("9:00—12:00，14:00—17:30", None),
            ("下午2:00—5:00", None),
            ("上午9:00至下午5:00", None),
            ("中午11:30—1:00", None),
            ("晚上8:00—12:00", None),
            ("20:00—24:00", None),
            ("上午", None),
            ("14:00开始", None),
            ("99:00—1:00", None),
        ] {
            assert_eq!(fault(time), found, "{time}");
        }
    }
}
