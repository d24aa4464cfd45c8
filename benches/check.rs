//! What checking costs: 15, 30 and 60 groups of twelve documents each, made from the example without its photographs,
//! as whole processes; and one workspace with 1,500 findings in every format. Prints the best of several runs, the time
//! a document and its ratio to that of 30 groups.
//!
//! `cargo bench --bench check`

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const GROUPS: [usize; 3] = [15, 30, 60];
const ACTIVITIES: usize = 9;
const RUNS: usize = 15;

fn main() {
    let example = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/可持续管理体系组");
    let folder = tempfile::tempdir().expect("a folder");
    let mut rows = Vec::new();
    for groups in GROUPS {
        let root = folder.path().join(groups.to_string());
        for group in 0..groups {
            write_group(&example, &root.join(format!("组{group:02}")));
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
    write_faulty(&example, &faulty);
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

/// Three plans whose tasks lack what a task must say and have keys that nobody knows.
fn write_faulty(example: &Path, root: &Path) {
    for year in 2017..2020 {
        let tasks = (0..333).map(|at| {
            format!("  - 编号: T{at}\n    名称: 任务{at}\n    时限: {year}年06月01日\n    多余{at}: 1\n")
        });
        let tasks = tasks.collect::<Vec<_>>().concat();
        let folder = root.join(year.to_string());
        std::fs::create_dir_all(&folder).expect("a folder");
        let plan = format!("类别: 年度工作计划\n年度: {year}\n任务:\n{tasks}");
        std::fs::write(folder.join("工作计划.yaml"), plan).expect("a plan");
    }
    std::fs::copy(example.join("专家组.yaml"), root.join("专家组.yaml")).expect("a profile");
}

/// Profile, plan and summary of the example, and its activities three times over: the second and third time as meetings
/// of other names, without the numbers that only one paper may bear.
fn write_group(example: &Path, root: &Path) {
    let read = |file: &Path| std::fs::read_to_string(file).expect("a file of the example");
    let write = |file: &Path, text: &str| {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    };
    for file in ["专家组.yaml", "2017/工作计划.yaml", "2017/工作总结.yaml"] {
        write(&root.join(file), &read(&example.join(file)));
    }
    let mut activities: Vec<PathBuf> = std::fs::read_dir(example.join("2017/活动"))
        .expect("the activities")
        .map(|entry| entry.expect("an activity").path().join("活动.yaml"))
        .collect();
    activities.sort();
    for number in 0..ACTIVITIES {
        let text = read(&activities[number % activities.len()]);
        let again = number >= activities.len();
        let bears_number = |line: &str| line.trim_start().starts_with("文号:") || line.starts_with("  期号:");
        let kept: Vec<String> = text
            .lines()
            .filter(|line| !(line.contains("文件: 图片/") || again && bears_number(line)))
            .map(|line| match line.split_once(": ") {
                Some(("编号", _)) => format!("编号: 2017-{:02}", number + 1),
                Some(("名称", _)) if again => format!("名称: 研讨会之{number}"),
                Some(("类型", _)) if again => "类型: [研讨]".to_owned(),
                _ if line == "图片:" => "图片免报: 测速用".to_owned(),
                _ => line.to_owned(),
            })
            .collect();
        write(&root.join(format!("2017/活动/{number}/活动.yaml")), &kept.join("\n"));
    }
}
