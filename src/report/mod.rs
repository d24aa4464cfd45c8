//! Findings, rules and reckonings in words: finding, rulebook and locale go in, text for people comes out.

mod locale;
mod pattern;
mod reckoned;
mod render;
mod rules;

pub use locale::Locale;
pub use pattern::pattern;
pub use reckoned::reckoned;
pub use render::{Format, Reporter, Tally, position, visible};
pub use rules::{anchor, cited, ordinal, rules_page, severities, switch};
