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
    // Somebody who left and came back, or changed roles, has an entry for each term; the last one stands.
    let later: Vec<&Member> = members.clone();
    members.retain(|member| {
        let same = later.iter().filter(|other| other.name == member.name);
        same.max_by_key(|other| other.term.from).is_none_or(|last| std::ptr::eq(*last, *member))
    });
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

/// The members who take part in an activity (全部参加人数): in the room, on line, or by proxy.
pub fn taking_part<'a>(profile: &'a Profile, activity: &Activity) -> BTreeSet<&'a str> {
    let Some(attendance) = &activity.attendance else { return BTreeSet::new() };
    let proxies = attendance.proxies.iter().map(|proxy| &*proxy.member);
    let named = attendance.present.iter().chain(&attendance.online).map(|name| &**name).chain(proxies);
    let named: BTreeSet<&str> = named.collect();
    let roster = roster(profile, activity.date.map(DateRange::first));
    roster.iter().map(|member| &*member.name).filter(|name| named.contains(name)).collect()
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::derive::fraction::Fraction;
    use crate::derive::quorum::quorum;
    use crate::model::{Attendance, Proxy, Term, Text};
    use crate::rulebook::Rulebook;

    fn named(count: u32, from: u32) -> Vec<Text> {
        (from..from + count).map(|number| Text::from(format!("组员{number}").as_str())).collect()
    }

    fn group(size: u32) -> Profile {
        let member = |name| Member { name, ..Member::default() };
        Profile { members: named(size, 0).into_iter().map(member).collect(), ..Profile::default() }
    }

    fn switched(online: &str, proxies: &str) -> Terms {
        let mut terms = Rulebook::built_in().unwrap().terms.clone();
        for (name, position) in [("线上计入到会", online), ("代表计入到会", proxies)] {
            terms.switches.get_mut(name).unwrap().default = position.to_owned();
        }
        terms
    }

    #[test]
    fn two_thirds_of_every_group_under_both_switches() {
        let share = Fraction::new(2, 3).unwrap();
        for (online_counts, proxies_count) in [(0, 0), (0, 1), (1, 0), (1, 1)] {
            let word = |counts: u32| if counts == 1 { "是" } else { "否" };
            let terms = switched(word(online_counts), word(proxies_count));
            for size in 1..=40 {
                let profile = group(size);
                for in_room in [0, 1, size / 3, size / 2, size * 2 / 3, size] {
                    let rest = size - in_room;
                    for (online, proxies) in [(0, 0), (rest, 0), (0, rest), (rest / 2, rest - rest / 2)] {
                        let proxy = |member| Proxy { member, proxy: None };
                        let attendance = Attendance {
                            present: named(in_room, 0),
                            online: named(online, in_room),
                            proxies: named(proxies, in_room + online).into_iter().map(proxy).collect(),
                            ..Attendance::default()
                        };
                        let activity = Activity { attendance: Some(attendance), ..Activity::default() };
                        let all = u32::try_from(taking_part(&profile, &activity).len()).unwrap();
                        assert_eq!(all, in_room + online + proxies);
                        let Some(turnout) = Turnout::of(&profile, &activity) else {
                            assert_eq!(in_room + online, 0);
                            continue;
                        };
                        let counted = in_room + online * online_counts + proxies * proxies_count;
                        assert_eq!((turnout.members, turnout.present(&terms)), (size, counted));
                        let reckoned = quorum(turnout.members, counted, share).unwrap();
                        assert_eq!(reckoned.reached, counted * 3 >= size * 2, "{counted} of {size}");
                    }
                }
            }
        }
    }

    #[test]
    fn who_came_back_is_counted_once_and_as_what_he_is() {
        let date = |text: &str| Some(text.parse::<Date>().unwrap());
        let entry = |role, from, to| Member {
            name: "周明远".into(),
            role,
            term: Term { from: date(from), to },
            ..Member::default()
        };
        let first = entry(Role::Deputy, "2017-04-13", date("2018-05-31"));
        let second = entry(Role::Leader, "2018-06-01", None);
        let profile = Profile { members: vec![first, second], ..Profile::default() };
        let roles = |day| roster(&profile, day).iter().map(|member| member.role).collect::<Vec<_>>();
        assert_eq!(roles(date("2018-05-31")), [Role::Deputy]);
        assert_eq!(roles(date("2018-06-01")), [Role::Leader]);
        assert_eq!(roles(None), [Role::Leader]);
    }
}
