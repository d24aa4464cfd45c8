//! Findings, the rulebook's words and the locale's sentences become what is printed.
//!
//! One renderer for the full form (with the line itself, remedy and article) and the short one
//! (one line each). Prints nothing itself.

mod ics;
mod locale;
mod reckoning;
mod render;
mod standing;

pub use ics::{IcsEntry, PRODUCT, ics};
pub use locale::Locale;
pub use reckoning::{count, reckoning, unknown_year};
pub use render::{Format, Reporter, Tally};
pub use standing::{StatusTable, json, name, state};
