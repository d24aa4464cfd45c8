//! The `baosong` command.

use mimalloc::MiMalloc;
use std::process::ExitCode;

/// Trees of YAML and pages are many small pieces: a tenth less time than with the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    baosong::cli::main()
}
