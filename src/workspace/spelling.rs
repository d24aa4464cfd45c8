//! Names that the profile writes with a blank (`吕 宁`): whoever is listed elsewhere without it, or with another one, is
//! the same person, so that attendance and votes count. That the blank should go is told of the profile alone.

use super::Workspace;
use crate::model::{Profile, Text};
use std::collections::BTreeMap;

impl Workspace {
    /// Gives names in attendance and decisions the profile's spelling.
    pub(super) fn spell_as_the_profile(&mut self) {
        let spellings = spellings(&self.profile.model);
        if spellings.is_empty() {
            return;
        }
        let spell = |name: &mut Text| {
            if let Some(spelling) = spellings.get(&bare(name)) {
                *name = spelling.clone();
            }
        };
        for activity in &mut self.activities {
            let model = &mut activity.model;
            if let Some(attendance) = &mut model.attendance {
                let lists = [&mut attendance.present, &mut attendance.online, &mut attendance.absent];
                lists.into_iter().flatten().for_each(spell);
                attendance.proxies.iter_mut().for_each(|it| spell(&mut it.member));
                attendance.excused.iter_mut().for_each(|it| spell(&mut it.name));
            }
            model.expected.iter_mut().for_each(spell);
            model.chair.iter_mut().for_each(|it| spell(&mut it.name));
            for decision in &mut model.decisions {
                decision.lead.iter_mut().chain(&mut decision.recused).for_each(spell);
                decision.reservations.iter_mut().for_each(|it| spell(&mut it.name));
            }
        }
    }
}

/// The members' names that hold a blank, by what they are without it.
fn spellings(profile: &Profile) -> BTreeMap<String, Text> {
    let names = profile.members.iter().map(|member| &member.name);
    let blank = names.filter(|name| name.contains(char::is_whitespace) && !name.is_ascii());
    blank.map(|name| (bare(name), name.clone())).collect()
}

fn bare(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).collect()
}
