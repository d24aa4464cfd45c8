//! Findings, rules and reckonings in words: finding, rulebook and locale go in, text for people comes out.

mod answer;
mod explained;
mod ics;
mod locale;
mod object;
mod pattern;
mod reckoned;
mod reckoning;
mod render;
mod rules;
mod sarif;
mod standing;

pub use answer::{CheckAnswer, CheckedWorkspace, Mended, Replaced, check_schema};
pub use explained::explained;
pub use ics::{IcsEntry, PRODUCT, ics};
pub use locale::{LOCALES, Locale};
pub use object::{Fix, Level, Spot, Told};
pub use pattern::pattern;
pub use reckoned::reckoned;
pub use reckoning::{count, reckoning, unknown_year};
pub use render::{Format, Reporter, Tally, position, visible};
pub use rules::{anchor, cited, ordinal, rules_page, severities, switch};
pub use sarif::sarif;
pub use standing::{StatusTable, json, name, state};
