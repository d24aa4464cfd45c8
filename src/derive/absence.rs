//! Unexcused absences (article 10(1)): the attendance of all activities in, each member's absences out.

use super::roster::roster;
use crate::model::Activity;
use crate::model::scalar::{Date, DateRange};
use crate::rulebook::Terms;
use crate::workspace::{Loaded, Workspace};
use std::collections::BTreeMap;

/// A member who was absent without reason, and where that is written.
#[derive(Debug, Clone)]
pub struct Absence<'a> {
    /// The activity's first day.
    pub day: Date,
    /// The activity.
    pub activity: &'a Loaded<Activity>,
    /// The pointer of the name in it.
    pub pointer: String,
}

/// Absences of one member that are counted together.
#[derive(Debug, Clone)]
pub struct Absences<'a> {
    /// 姓名.
    pub name: &'a str,
    /// The year they are counted in; none when the whole membership counts.
    pub year: Option<u16>,
    /// In the order of days.
    pub days: Vec<Absence<'a>>,
}

impl<'a> Absences<'a> {
    /// The absence that makes them too many.
    pub fn decisive(&self, terms: &Terms) -> Option<&Absence<'a>> {
        self.days.get(terms.absences.checked_sub(1)?)
    }
}

/// Every member's absences, by name and year. Days on which somebody is no member do not count, nor do activities
/// without a date.
pub fn absences<'a>(workspace: &'a Workspace, terms: &Terms) -> Vec<Absences<'a>> {
    let by_year = terms.is_on("缺席按年度累计");
    let mut found: BTreeMap<(&str, Option<u16>), Vec<Absence<'a>>> = BTreeMap::new();
    for activity in workspace.held() {
        let Some(attendance) = &activity.model.attendance else { continue };
        let Some(day) = activity.model.date.map(DateRange::first) else { continue };
        let members = roster(&workspace.profile.model, Some(day));
        for (index, name) in attendance.absent.iter().enumerate() {
            let twice = attendance.absent.iter().take(index).any(|other| **other == **name);
            if twice || !members.iter().any(|member| *member.name == **name) {
                continue;
            }
            let year = u16::try_from(day.year()).ok().filter(|_| by_year);
            let pointer = format!("/到会情况/无故缺席/{index}");
            found.entry((&**name, year)).or_default().push(Absence { day, activity, pointer });
        }
    }
    found.into_iter().map(|((name, year), days)| Absences { name, year, days }).collect()
}
