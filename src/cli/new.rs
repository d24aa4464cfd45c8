//! To come.
use super::{Outcome, Ui};
use crate::rulebook::Rulebook;
use clap::ArgMatches;
pub(super) fn run(_: &Ui, _: &'static Rulebook, _: &ArgMatches) -> Outcome {
    Outcome::Failure
}
