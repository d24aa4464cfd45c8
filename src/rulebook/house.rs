//! The overlay of one group on the rules: severities and switches go in, a rulebook that remembers what was changed
//! comes out. What a group may change is decided where the overlay is read.

use super::{Choice, Rulebook, Severities, Severity};
use std::collections::BTreeMap;

/// What a group has changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct House {
    /// The file, relative to the workspace.
    pub file: String,
    /// The rules weighed anew, by id.
    pub weighed: BTreeMap<String, Weighed>,
}

/// A rule weighed anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Weighed {
    /// How grave it is now, at both stages.
    pub now: Severity,
    /// How grave it was.
    pub was: Severities,
    /// 原因.
    pub reason: Option<String>,
}

impl Rulebook {
    /// Begins an overlay from `file`.
    pub fn lay_over(&mut self, file: &str) {
        self.house = Some(House { file: file.to_owned(), ..House::default() });
    }

    /// Weighs a rule anew, at both stages; an unknown one stays unknown.
    pub fn weigh(&mut self, id: &str, now: Severity, reason: Option<String>) {
        let Some(rule) = self.rules.get_mut(id) else { return };
        let was = std::mem::replace(&mut rule.severity, Severities::both(now));
        if let Some(house) = &mut self.house {
            house.weighed.insert(id.to_owned(), Weighed { now, was, reason });
        }
    }

    /// Sets a switch; an unknown one stays unknown.
    pub fn set(&mut self, name: &str, choice: Choice) {
        if let Some(switch) = self.terms.switches.get_mut(name) {
            switch.chosen = Some(choice);
        }
    }
}
