//! baosong (报送): what an expert working group's secretary knows goes in once, as YAML; out come
//! official pages and the bundle that the general secretariat receives.
//!
//! One way through the house: `source` → `model` → `workspace` → `derive` → `check` → `report`,
//! and from what is derived `compose` → `typeset` → `bundle`.

pub mod build;
pub mod bundle;
pub mod calendar;
pub mod check;
pub mod checksum;
pub mod cli;
pub mod compose;
pub mod derive;
pub mod finding;
pub mod media;
pub mod model;
pub mod report;
pub mod rulebook;
pub mod source;
pub mod typeset;
pub mod workspace;
