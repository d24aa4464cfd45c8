//! 放假安排: the holiday notices of a workspace become working days; what cannot be right in one is a finding and left
//! out.

use crate::calendar::{Announced, Calendar, Whole, is_weekend};
use crate::finding::{Finding, Place};
use crate::model::scalar::{Date, DateRange};
use crate::model::{Holiday, Holidays};
use crate::workspace::{Loaded, Workspace};
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeMap;

/// No break was ever longer.
const LONGEST: i64 = 15;

/// So many days beyond its year a notice may speak of.
const BEYOND: i64 = 10;

/// The festivals that every notice speaks of, by what all writings of their names share.
const FESTIVALS: [&str; 7] = ["元旦", "春节", "清明", "劳动", "端午", "中秋", "国庆"];

/// The built-in calendar with the workspace's notices, and what is wrong with them.
pub(super) fn calendar(workspace: &Workspace) -> (Calendar, Vec<Finding>) {
    let mut calendar = Calendar::built_in();
    let mut findings = Vec::new();
    let mut first: BTreeMap<u16, &str> = BTreeMap::new();
    for notice in &workspace.holidays {
        let year = notice.model.year;
        if year == 0 || !notice.sound("/年度") {
            continue;
        }
        let place = workspace.place(&notice.file, "/年度");
        if let Some(file) = first.get(&year) {
            let finding = Finding::new("calendar/second-notice").at(place).fact("year", year);
            findings.push(finding.with(workspace.place(file, "/年度")));
            continue;
        }
        first.insert(year, &notice.file);
        let missing = missing(&notice.model);
        let built_in = calendar.knows_year(i32::from(year));
        let whole = if missing.is_empty() && notice.sound("/放假") { Whole::Yes } else { Whole::No };
        if !missing.is_empty() && notice.sound("/放假") {
            let finding = Finding::new("calendar/festivals").at(place).fact("year", year);
            findings.push(finding.fact("missing", missing).fact("built_in", built_in));
        }
        let days = Reading { workspace, notice, findings: &mut findings }.days();
        // Half a notice would take festivals away from a year that is known.
        if whole == Whole::Yes || !built_in {
            calendar.announce(i32::from(year), whole, days);
        }
    }
    (calendar, findings)
}

/// Festivals that a notice says nothing of.
fn missing(notice: &Holidays) -> Vec<String> {
    let named =
        |festival: &&str| notice.off.iter().any(|it| it.days.is_some() && it.name.contains(*festival));
    let word = |festival: &str| {
        if festival == "元旦" || festival == "春节" {
            festival.to_owned()
        } else {
            format!("{festival}节")
        }
    };
    FESTIVALS.iter().filter(|it| !named(it)).map(|it| word(it)).collect()
}

/// One notice being read.
struct Reading<'a> {
    workspace: &'a Workspace,
    notice: &'a Loaded<Holidays>,
    findings: &'a mut Vec<Finding>,
}

impl Reading<'_> {
    fn days(mut self) -> Vec<Announced> {
        let mut days: BTreeMap<NaiveDate, Announced> = BTreeMap::new();
        let mut worked = Vec::new();
        for (index, holiday) in self.notice.model.off.iter().enumerate() {
            for date in self.off(index, holiday) {
                days.insert(date, Announced { date, work: false, name: holiday.name.to_string() });
            }
            worked.extend(holiday.worked.iter().enumerate().map(|(at, day)| (index, at, *day, holiday)));
        }
        for (index, at, day, holiday) in worked {
            let (date, place) = (day.naive(), self.place(&format!("/放假/{index}/上班/{at}")));
            if !self.is_near(date) {
                self.strange("calendar/other-year", place, day);
            } else if days.get(&date).is_some_and(|it| !it.work) {
                days.remove(&date);
                let other = self.range_with(date);
                self.findings.push(say("calendar/off-and-worked", place, day).with(other));
            } else if !is_weekend(date) {
                self.strange("calendar/already-worked", place, day);
            } else {
                days.insert(date, Announced { date, work: true, name: holiday.name.to_string() });
            }
        }
        days.into_values().collect()
    }

    /// The days off of one festival, as far as they can be right.
    fn off(&mut self, index: usize, holiday: &Holiday) -> Vec<NaiveDate> {
        let Some(range) = holiday.days else { return Vec::new() };
        let place = self.place(&format!("/放假/{index}/日期"));
        let (first, last) = (range.first().naive(), range.last().naive());
        let length = (last - first).num_days() + 1;
        if let Some(stray) = [range.first(), range.last()].into_iter().find(|it| !self.is_near(it.naive())) {
            self.strange("calendar/other-year", place, stray);
            return Vec::new();
        }
        if length > LONGEST {
            let finding = Finding::new("calendar/long-break").at(place).fact("name", &*holiday.name);
            self.findings.push(finding.fact("days", length));
            return Vec::new();
        }
        first.iter_days().take_while(|it| *it <= last).collect()
    }

    /// Whether a day belongs to the notice's year or lies next to one of its ends.
    fn is_near(&self, date: NaiveDate) -> bool {
        let year = i32::from(self.notice.model.year);
        let near =
            |edge: Option<NaiveDate>| edge.is_some_and(|edge| (date - edge).num_days().abs() <= BEYOND);
        date.year() == year
            || near(NaiveDate::from_ymd_opt(year, 1, 1))
            || near(NaiveDate::from_ymd_opt(year, 12, 31))
    }

    /// Where the break with `date` in it stands.
    fn range_with(&self, date: NaiveDate) -> Option<Place> {
        let is_short = |it: &DateRange| (it.last().naive() - it.first().naive()).num_days() < LONGEST;
        let holds = |it: &Holiday| it.days.filter(is_short).is_some_and(|it| it.contains(Date::from(date)));
        let index = self.notice.model.off.iter().position(holds)?;
        Some(self.place(&format!("/放假/{index}/日期")))
    }

    fn strange(&mut self, rule: &'static str, place: Place, day: Date) {
        let finding = say(rule, place, day).fact("year", self.notice.model.year);
        self.findings.push(finding);
    }

    fn place(&self, pointer: &str) -> Place {
        self.workspace.place(&self.notice.file, pointer)
    }
}

fn say(rule: &'static str, place: Place, day: Date) -> Finding {
    Finding::new(rule).at(place).fact("day", day.iso())
}
