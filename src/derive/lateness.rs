//! Tasks against their time: the last day of a task of the plan as adjusted.

use crate::calendar::Calendar;
use crate::model::scalar::{Date, Deadline, LastDay};
use crate::model::{ChangeKind, Plan, Task};

/// The last day on which `task` is in time, after all changes; none for what is never late or not known.
pub fn last_day(plan: &Plan, task: &Task, calendar: &Calendar) -> Option<Date> {
    last_day_by(plan, task, calendar, None)
}

/// The time of `task` after the changes up to `until`.
pub fn due_by<'a>(plan: &'a Plan, task: &'a Task, until: Option<Date>) -> Option<&'a Deadline> {
    let moved = plan
        .changes
        .iter()
        .filter(|change| change.task == task.id && change.kind == Some(ChangeKind::Moved))
        .filter(|change| change.date.zip(until).is_none_or(|(day, until)| day <= until))
        .filter_map(|change| change.due.as_ref())
        .next_back();
    moved.or(task.due.as_ref())
}

/// The last day on which `task` is in time, after the changes up to `until`.
pub fn last_day_by(plan: &Plan, task: &Task, calendar: &Calendar, until: Option<Date>) -> Option<Date> {
    let due = due_by(plan, task, until)?;
    match due.last_day(i32::from(plan.year), plan.date) {
        LastDay::On(date) => Some(date),
        LastDay::Workdays { from, count } => {
            Some(Date::from(calendar.add_workdays(from.naive(), count).date))
        }
        _ => None,
    }
}
