//! Who belonged to the group on a day, and who of them was at an activity.

use crate::model::scalar::{Date, DateRange};
use crate::model::{Activity, Member, Profile, Role};
use crate::rulebook::Terms;
use std::collections::BTreeSet;

/// The members of one day, leaders first, else in the order written.
pub fn roster(profile: &Profile, day: Option<Date>) -> Vec<&Member> {
    let mut members: Vec<&Member> = profile
        .members
        .iter()
        .filter(|member| !member.name.is_blank())
        .filter(|member| day.is_none_or(|day| member.term.from.is_none_or(|from| from <= day)))
        .filter(|member| day.is_none_or(|day| member.term.to.is_none_or(|to| day <= to)))
        .collect();
    members.sort_by_key(|member| member.role);
    members
}

/// How many members hold that role.
pub fn holding(roster: &[&Member], role: Role) -> usize {
    roster.iter().filter(|member| member.role == role).count()
}

/// Attendance of the members, as far as their names are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Turnout {
    /// Members of the group that day.
    pub members: u32,
    /// Members in the room.
    pub in_room: u32,
    /// Members on line.
    pub online: u32,
    /// Members who sent somebody.
    pub proxies: u32,
    /// Members on leave.
    pub excused: u32,
    /// Members absent without reason.
    pub absent: u32,
}

impl Turnout {
    /// Counts the members by name; `None` when no member is named as present.
    pub fn of(profile: &Profile, activity: &Activity) -> Option<Self> {
        let attendance = activity.attendance.as_ref()?;
        let day = activity.date.map(DateRange::first);
        let roster = roster(profile, day);
        let names: BTreeSet<&str> = roster.iter().map(|member| &*member.name).collect();
        let count = |listed: BTreeSet<&str>| u32::try_from(listed.intersection(&names).count()).unwrap_or(0);
        let turnout = Self {
            members: u32::try_from(names.len()).unwrap_or(0),
            in_room: count(attendance.present.iter().map(|name| &**name).collect()),
            online: count(attendance.online.iter().map(|name| &**name).collect()),
            proxies: count(attendance.proxies.iter().map(|proxy| &*proxy.member).collect()),
            excused: count(attendance.excused.iter().map(|excused| &*excused.name).collect()),
            absent: count(attendance.absent.iter().map(|name| &**name).collect()),
        };
        (turnout.in_room + turnout.online > 0).then_some(turnout)
    }

    /// How many count as present, as the switches read it (art. 14).
    pub fn present(self, terms: &Terms) -> u32 {
        let online = if terms.is_on("线上计入到会") { self.online } else { 0 };
        let proxies = if terms.is_on("代表计入到会") { self.proxies } else { 0 };
        self.in_room + online + proxies
    }
}
