//! The integration tests, in one binary: the fonts are linked in once.

#![allow(clippy::unwrap_used)]

mod arithmetic;
mod attack;
mod checked;
mod diagnostics;
mod orphans;
mod rulebook_examples;
