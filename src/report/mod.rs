//! Findings, the rulebook's words and the locale's sentences become what is printed.
//!
//! One renderer for the full form (with the line itself, remedy and article) and the short one
//! (one line each). Prints nothing itself.

mod locale;
mod render;

pub use locale::Locale;
pub use render::{Format, Reporter, Tally, visible};
