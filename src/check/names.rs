//! One name in a file against the profile: that it is a member's, or no slip for one.

use super::Context;
use crate::derive::roster::roster;
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::model::{Member, Person, Profile, Text};
use crate::workspace::{Loaded, nearest_person};

/// Everybody whom the profile names.
pub(super) fn known_people(profile: &Profile) -> impl Iterator<Item = &Text> {
    let members = profile.members.iter().map(|member| &member.name);
    let advisers = profile.advisers.iter().map(|adviser| &adviser.name);
    let secretariat = profile.secretary_general.iter().chain(&profile.liaison).map(|person| &person.name);
    members.chain(advisers).chain(secretariat)
}

/// Whether `name` is the one of the profile. A blank in the profile's is told there (`profile/blank-in-name`), not
/// wherever it is missing.
pub(super) fn is_named(profile: &str, name: &str) -> bool {
    profile == name
        || profile.contains(char::is_whitespace)
            && profile.chars().filter(|c| !c.is_whitespace()).eq(name.chars().filter(|c| !c.is_whitespace()))
}

/// The names in one file, judged by the members of one day, or of any.
pub(super) struct Names<'a, T> {
    pub(super) context: &'a Context<'a>,
    pub(super) loaded: &'a Loaded<T>,
    pub(super) day: Option<Date>,
}

impl<T> Names<'_, T> {
    /// A name that must be a member's.
    pub(super) fn judge(&self, pointer: &str, name: &str) -> Option<Finding> {
        let profile = self.context.profile();
        if name.is_empty() || roster(profile, self.day).iter().any(|member| is_named(&member.name, name)) {
            return None;
        }
        let place = self.context.at(self.loaded, pointer);
        if let Some(member) = profile.members.iter().rfind(|member| is_named(&member.name, name)) {
            let iso = |date: Option<Date>| date.map(Date::iso);
            let finding = Finding::new("model/not-serving").at(place).fact("name", name);
            let finding = finding.fact("day", iso(self.day));
            return Some(finding.fact("from", iso(member.term.from)).fact("to", iso(member.term.to)));
        }
        Some(
            Finding::new("model/unknown-person")
                .at(place)
                .fact("name", name)
                .fact("near", self.near(name))
                .fact("several", name.contains(['、', '，', ','])),
        )
    }

    /// Who answers for a task is a member, or a unit, or somebody else: only a near miss of a member's name is a
    /// finding.
    pub(super) fn near_miss(&self, pointer: &str, name: &Text) -> Option<Finding> {
        let known = self.context.profile().members.iter().any(|member| is_named(&member.name, name));
        let person = (2..=4).contains(&name.chars().count());
        if known || !person || self.near(name).is_none() { None } else { self.judge(pointer, name) }
    }

    /// A name that stands alone is a member's, an adviser's or the secretariat's: the page takes post and employer
    /// from the profile.
    pub(super) fn alone(&self, pointer: &str, person: &Person) -> Option<Finding> {
        let profile = self.context.profile();
        let advisers = profile.advisers.iter().map(|adviser| &adviser.name);
        let secretariat = profile.secretary_general.iter().chain(&profile.liaison).map(|person| &person.name);
        let known = advisers.chain(secretariat).any(|name| is_named(name, &person.name));
        if known || person.employer.is_some() { None } else { self.judge(pointer, &person.name) }
    }

    /// A name that may well be an outsider's (a speaker, who signs, who decided): a finding only when it differs from a
    /// member's of the same family name in one character of three or more, and nobody else bears it. `others` are the
    /// outsiders whom the file itself names.
    pub(super) fn slip(&self, pointer: &str, name: &str, others: &[&str]) -> Option<Finding> {
        let profile = self.context.profile();
        let bare: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        let length = bare.chars().count();
        if length < 3 || others.contains(&name) || known_people(profile).any(|known| **known == *bare) {
            return None;
        }
        let alike = |member: &&Member| {
            member.name.chars().count() == length && member.name.chars().next() == bare.chars().next()
        };
        let names: Vec<String> =
            profile.members.iter().filter(alike).map(|member| member.name.to_string()).collect();
        let near = nearest_person(&bare, &names)?;
        let member = profile.members.iter().position(|member| *member.name == *near)?;
        let known = self.context.at(&self.context.workspace.profile, &format!("/成员/{member}/姓名"));
        let place = self.context.workspace.place_of(&self.loaded.file, pointer, name);
        let finding = Finding::new("people/near-miss").at(place).with(known);
        Some(finding.fact("name", name).fact("near", near))
    }

    /// The same of several people in one text: 沈予衡、陆喆.
    pub(super) fn slips(&self, pointer: &str, text: &str, others: &[&str]) -> Vec<Finding> {
        let people = text.split(['、', '，', ',', '；', ';']).map(str::trim);
        people.filter_map(|name| self.slip(pointer, name, others)).collect()
    }

    fn near(&self, name: &str) -> Option<String> {
        let members: &[Member] = &self.context.profile().members;
        let names: Vec<String> = members.iter().map(|member| member.name.to_string()).collect();
        nearest_person(name, &names)
    }
}
