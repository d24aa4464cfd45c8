//! `--ics`: what is open, as a calendar file; only a file of ours is replaced.

use super::status::Group;
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::report::{IcsEntry, Locale, PRODUCT, ics, name, reckoning};
use crate::rulebook::Lang;
use serde_json::json;
use std::path::Path;

/// Writes the open papers that have a date; how many.
pub(super) fn write(file: &Path, groups: &[Group], today: Date) -> Result<usize, Finding> {
    let ours = |text: Vec<u8>| String::from_utf8_lossy(&text).contains(&format!("PRODID:{PRODUCT}\r\n"));
    if file.symlink_metadata().is_ok() && !std::fs::read(file).is_ok_and(ours) {
        return Err(Finding::new("run/exists").fact("path", file.to_string_lossy()));
    }
    let entries: Vec<IcsEntry> = groups.iter().flat_map(entries).collect();
    crate::build::write::write(file, ics(&entries, today).as_bytes())?;
    Ok(entries.len())
}

fn entries(group: &Group) -> impl Iterator<Item = IcsEntry> {
    // What others put into their calendars is Chinese.
    let locale = Locale::of(Lang::Zh);
    group.papers.iter().filter(|it| it.state.is_open()).filter_map(move |one| {
        let provisional = one.obligation.as_ref().is_some_and(|it| it.provisional);
        Some(IcsEntry {
            uid: format!("{}-{}@baosong", group.code, one.id),
            day: one.due?,
            summary: locale
                .say("ics.summary", json!({ "name": name(locale, one), "provisional": provisional })),
            description: format!("{}\n{}", group.name, reckoning(locale, &group.law.calendar, one)),
        })
    })
}
