//! How a case was reckoned, in words.

use super::Locale;
use super::render::visible;
use crate::rulebook::{Rule, Rulebook};
use serde::Serialize;

/// The sentence of one case; none for a rule without figures.
pub fn reckoned(locale: &Locale, rulebook: &Rulebook, rule: &Rule, facts: impl Serialize) -> Option<String> {
    let template = rulebook.reckoning(rule)?;
    Some(visible(&locale.fill(template.get(locale.lang), facts)))
}
