//! Findings, rules and reckonings in words: finding, rulebook and locale go in, text for people comes out.

mod ics;
mod locale;
mod object;
mod pattern;
mod reckoned;
mod reckoning;
mod render;
mod rules;
mod standing;

pub use ics::{IcsEntry, PRODUCT, ics};
pub use locale::{LOCALES, Locale};
pub use pattern::pattern;
pub use reckoned::reckoned;
pub use reckoning::{count, reckoning, unknown_year};
pub use render::{Format, Reporter, Tally, position, visible};
pub use rules::{anchor, cited, ordinal, rules_page, severities, switch};
pub use standing::{StatusTable, json, name, state};
