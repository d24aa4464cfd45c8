//! The integration tests, in one binary: the fonts are linked in once.

// Texts of a few kilobytes are put together here; how fast is nobody's concern.
#![allow(clippy::unwrap_used, clippy::format_collect)]

mod arithmetic;
mod attack;
mod checked;
mod diagnostics;
mod orphans;
mod rulebook_examples;
