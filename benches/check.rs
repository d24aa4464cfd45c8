//! What checking costs: 15, 30 and 60 groups of twelve documents each, made from the example without its photographs,
//! as whole processes; and one workspace with 1,500 findings in every format. Prints the best of several runs, the time
//! a document and its ratio to that of 30 groups.
//!
//! `cargo bench --bench check`

mod groups;

use groups::{ACTIVITIES, write_faulty, write_group};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const GROUPS: [usize; 3] = [15, 30, 60];
const RUNS: usize = 15;

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut rows = Vec::new();
    for groups in GROUPS {
        let root = folder.path().join(groups.to_string());
        for group in 0..groups {
            write_group(&root.join(format!("组{group:02}")));
        }
        // The first run reads the files into memory.
        let best = (0..=RUNS).map(|_| run(&root)).skip(1).min().unwrap_or_default();
        rows.push((groups, best));
    }
    let documents = |groups: usize| groups * (ACTIVITIES + 3);
    let each = |(groups, time): (usize, Duration)| {
        time.as_secs_f64() * 1e6 / f64::from(u32::try_from(documents(groups)).unwrap_or(1))
    };
    let base = each(rows[1]);
    for row in rows {
        let (groups, time) = row;
        println!(
            "{groups:3} groups, {:4} documents: {:6.1} ms, {:5.0} µs a document, {:.2}",
            documents(groups),
            time.as_secs_f64() * 1e3,
            each(row),
            each(row) / base
        );
    }
    let faulty = folder.path().join("faulty");
    write_faulty(&faulty);
    for format in ["short", "full", "json", "sarif"] {
        let best = (0..=RUNS).map(|_| run_as(format, &faulty)).skip(1).min().unwrap_or_default();
        println!("about 1,500 findings, {format}: {:.1} ms", best.as_secs_f64() * 1e3);
    }
}

fn run(root: &Path) -> Duration {
    run_as("short", root)
}

fn run_as(format: &str, root: &Path) -> Duration {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baosong"));
    command.args(["check", "--format", format]).arg(root).stdout(Stdio::null());
    let begun = Instant::now();
    let status = command.status().expect("the program");
    let time = begun.elapsed();
    assert_ne!(status.code(), Some(2), "the program could not do its work");
    time
}
