//! baosong (报送): what an expert working group's secretary knows goes in once, as YAML; out come
//! official pages and the bundle that the general secretariat receives.
//!
//! One way through the house: `source` → `model` → `workspace` → `derive` → `check` → `report`,
//! and from what is derived `compose` → `typeset` → `bundle`.

pub mod compose;
pub mod finding;
pub mod typeset;
