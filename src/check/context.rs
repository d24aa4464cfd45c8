//! What every rule is given, and how it says where.

use super::Law;
use crate::calendar::Calendar;
use crate::derive::due::{DueTerms, Reckoner};
use crate::derive::terms::due_terms;
use crate::finding::{Finding, Place};
use crate::model::Profile;
use crate::model::scalar::Date;
use crate::rulebook::{Rulebook, Terms};
use crate::workspace::{Loaded, Workspace};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A workspace with the law it is judged by.
pub struct Context<'a> {
    /// What was read.
    pub workspace: &'a Workspace,
    /// The rules.
    pub rulebook: &'a Rulebook,
    /// Working days.
    pub calendar: &'a Calendar,
    /// Finds the characters of a text that no font has: index in characters, and the character.
    pub missing_glyphs: &'a (dyn Fn(&str) -> Vec<(usize, char)> + Sync),
    due_terms: Option<DueTerms>,
    skipped: Mutex<BTreeMap<String, BTreeSet<&'static str>>>,
}

impl<'a> Context<'a> {
    /// Brings them together.
    pub fn new(
        workspace: &'a Workspace,
        law: &'a Law,
        missing_glyphs: &'a (dyn Fn(&str) -> Vec<(usize, char)> + Sync),
    ) -> Self {
        Self {
            workspace,
            rulebook: &law.rulebook,
            calendar: &law.calendar,
            missing_glyphs,
            due_terms: due_terms(&law.rulebook.terms),
            skipped: Mutex::default(),
        }
    }

    /// The regulation's numbers.
    pub fn terms(&self) -> &'a Terms {
        &self.rulebook.terms
    }

    /// The group's profile.
    pub fn profile(&self) -> &'a Profile {
        &self.workspace.profile.model
    }

    /// Reckons due dates; none when the rulebook has no days for them.
    pub fn reckoner(&self) -> Option<Reckoner<'_>> {
        Some(Reckoner {
            terms: self.due_terms.as_ref()?,
            calendar: self.calendar,
            founded: self.profile().founded.map(Date::naive),
        })
    }

    /// Where `pointer` of a file stands.
    pub fn at<T>(&self, loaded: &Loaded<T>, pointer: &str) -> Place {
        self.workspace.place(&loaded.file, pointer)
    }

    /// Whether `rule` may judge what stands at `pointers`; if one of them could not be read, says later
    /// that the rule was not checked.
    pub fn may<T>(&self, loaded: &Loaded<T>, rule: &'static str, pointers: &[&str]) -> bool {
        let sound = pointers.iter().all(|pointer| loaded.sound(pointer));
        if !sound {
            self.skip(&loaded.file, rule);
        }
        sound
    }

    /// The same for rules that need to know who the members are: what else is told of them plays no part.
    pub fn may_roster(&self, rule: &'static str) -> bool {
        self.may_members(rule, &["单位", "单位类别", "职务", "出生年月"])
    }

    /// The same for rules that need all that is told of the members but these keys.
    pub fn may_members(&self, rule: &'static str, apart: &[&str]) -> bool {
        let profile = &self.workspace.profile;
        let sound = profile.sound_but_for("/成员", apart);
        if !sound {
            self.skip(&profile.file, rule);
        }
        sound
    }

    /// Notes that `rule` was not checked because of something in `file`.
    pub(super) fn skip(&self, file: &str, rule: &'static str) {
        self.skipped().entry(file.to_owned()).or_default().insert(rule);
    }

    fn skipped(&self) -> MutexGuard<'_, BTreeMap<String, BTreeSet<&'static str>>> {
        self.skipped.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One finding a file that names the rules not checked.
    pub(super) fn not_checked(&self) -> Vec<Finding> {
        let skipped = self.skipped();
        let say = |(file, rules): (&String, &BTreeSet<&'static str>)| {
            let rules: Vec<&str> = rules.iter().copied().collect();
            Finding::new("model/not-checked").at(Place::file(file)).fact("rules", rules)
        };
        skipped.iter().map(say).collect()
    }
}
