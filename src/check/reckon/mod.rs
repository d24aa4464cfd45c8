//! How the cases of a workspace were reckoned, good or bad: a rule goes in, the figures of every case come out, from
//! the same functions that the rule judges by. The rulebook writes the sentences (核算).

mod absences;
mod due;
mod meetings;
mod money;
mod summary;
mod votes;

use super::Context;
use crate::finding::Place;
use crate::model::Activity;
use serde_json::Value;
use std::collections::BTreeMap;

/// One case.
#[derive(Debug, Clone, PartialEq)]
pub struct Reckoning {
    /// Where what was reckoned stands.
    pub place: Place,
    /// The figures.
    pub facts: BTreeMap<&'static str, Value>,
}

impl Reckoning {
    fn at(place: Place) -> Self {
        Self { place, facts: BTreeMap::new() }
    }

    fn fact(mut self, name: &'static str, value: impl Into<Value>) -> Self {
        self.facts.insert(name, value.into());
        self
    }
}

/// Every case of the workspace that `rule` has looked at; none for a rule without figures, and what could not be read
/// is left out.
pub fn reckon(context: &Context<'_>, rule: &str) -> Vec<Reckoning> {
    match rule {
        "art9/leader" | "art9/deputies" | "art9/size" => meetings::composition(context),
        "art10/second-absence" => absences::all(context),
        "art13/plenaries" => meetings::plenaries(context),
        "art14/quorum" | "art14/not-computable" => meetings::quorum(context),
        "art15/regulator" => meetings::regulator(context),
        "art16/due" | "art16/late" | "art16/not-applicable" | "art16/calendar-unknown" => due::all(context),
        "art16.3/before" => due::reports(context),
        "art16.3/package" => meetings::package(context),
        "art16.2/required-section" => summary::sections(context),
        "art16.2/task-unaccounted" | "art16.2/task-state" => summary::tasks(context),
        "art16.2/task-overdue" => summary::overdue(context),
        "art17/against-count" | "art17/lost" | "art17/count" => votes::all(context),
        "art20/over-budget" | "art20/outside-budget" => money::lines(context),
        _ => Vec::new(),
    }
}

/// An activity as a reader knows it.
fn name(activity: &Activity) -> String {
    let name = activity.name.as_deref().unwrap_or_default();
    format!("{} {name}", &*activity.id).trim().to_owned()
}
