//! Due dates as an iCalendar file (RFC 5545): entries go in, the text of the file comes out, the same for the same day.

use crate::model::scalar::Date;
use chrono::{NaiveDate, TimeDelta};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Property, ValueType};

/// What stands in the file as its maker.
pub const PRODUCT: &str = "-//baosong//status//ZH";

/// So long before the beginning of the due date, so that it rings at nine in the morning 7 days and 1 day before.
const ALARMS: [(i64, &str); 2] = [(7, "7"), (1, "1")];

/// An entry of a whole day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IcsEntry {
    /// What stays the same from file to file.
    pub uid: String,
    /// The day.
    pub day: NaiveDate,
    /// The title.
    pub summary: String,
    /// Everything else.
    pub description: String,
}

/// The file, dated `today`.
pub fn ics(entries: &[IcsEntry], today: Date) -> String {
    let stamp = today.naive().format("%Y%m%dT000000Z").to_string();
    let mut calendar = Calendar::empty();
    for (key, value) in
        [("VERSION", "2.0"), ("PRODID", PRODUCT), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")]
    {
        calendar.append_property(Property::new(key, value));
    }
    for entry in entries {
        let mut event = Event::with_uid(&entry.uid);
        let mut start = Property::new("DTSTART", entry.day.format("%Y%m%d").to_string());
        event
            .add_property("DTSTAMP", &stamp)
            .append_property(start.append_parameter(ValueType::Date).done())
            .add_property("TRANSP", "TRANSPARENT")
            .summary(&entry.summary)
            .description(&entry.description);
        for (days, name) in ALARMS {
            let before = TimeDelta::hours(9) - TimeDelta::days(days);
            let mut alarm = Alarm::display(&entry.summary, before);
            alarm.uid(&format!("{}-{name}", entry.uid)).add_property("DTSTAMP", &stamp);
            event.alarm(alarm);
        }
        calendar.push(event.done());
    }
    calendar.to_string()
}
