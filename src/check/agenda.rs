//! The times of an agenda: a point that begins before the one above it has ended. Custom; only within one day, where
//! both times can be read, and where neither holds the other and none of them runs beside another.

use super::Context;
use super::sitting::hours;
use crate::finding::Finding;
use crate::model::Activity;
use crate::workspace::Loaded;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let activities = context.workspace.activities.iter();
    activities.flat_map(|activity| of_activity(context, activity)).collect()
}

fn of_activity(context: &Context<'_>, activity: &Loaded<Activity>) -> Vec<Finding> {
    let one_day = activity.model.date.is_some_and(|date| date.first() == date.last());
    if !one_day || !activity.sound("/议程") {
        return Vec::new();
    }
    let timed = activity.model.agenda.iter().enumerate().filter_map(|(index, item)| {
        let time = item.time.as_deref()?;
        Some((index, time, hours(time)?))
    });
    let timed: Vec<(usize, &str, (u32, u32))> = timed.collect();
    let mut findings = Vec::new();
    for (at, pair) in timed.windows(2).enumerate() {
        let [(above, time_above, first), (index, time, second)] = pair else { continue };
        // Another room, or another part of the day, listed by itself.
        let beside = timed[..=at].iter().any(|(_, _, (start, _))| *start == second.0);
        let within = |inner: &(u32, u32), outer: &(u32, u32)| outer.0 <= inner.0 && inner.1 <= outer.1;
        if second.0 >= first.1 || beside || within(first, second) || within(second, first) {
            continue;
        }
        let place = |index: usize| context.at(activity, &format!("/议程/{index}/时间"));
        let finding = Finding::new("activity/agenda-order").at(place(*index)).with(place(*above));
        let finding = finding.fact("time", *time).fact("above", *time_above);
        findings.push(finding.fact("earlier", second.0 < first.0));
    }
    findings
}
