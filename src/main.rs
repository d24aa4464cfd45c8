//! The `baosong` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    baosong::cli::main()
}
