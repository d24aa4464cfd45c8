//! Tasks against their time: the last day of a task of the plan as adjusted.

use crate::calendar::Calendar;
use crate::model::scalar::{Date, LastDay};
use crate::model::{ChangeKind, Plan, Task};

/// The last day on which `task` is in time, after all changes; none for what is never late or not known.
pub fn last_day(plan: &Plan, task: &Task, calendar: &Calendar) -> Option<Date> {
    let moved = plan
        .changes
        .iter()
        .filter(|change| change.task == task.id && change.kind == Some(ChangeKind::Moved))
        .filter_map(|change| change.due.as_ref())
        .next_back();
    let due = moved.or(task.due.as_ref())?;
    match due.last_day(i32::from(plan.year), plan.date) {
        LastDay::On(date) => Some(date),
        LastDay::Workdays { from, count } => {
            Some(Date::from(calendar.add_workdays(from.naive(), count).date))
        }
        _ => None,
    }
}
