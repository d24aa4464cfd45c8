//! The commands of the READMEs, run as they stand there.

use crate::program::{Desk, baosong};

/// The commands of a page: lines of its `sh` blocks.
fn commands(page: &str) -> Vec<String> {
    let blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

