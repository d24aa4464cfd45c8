//! Workspaces to be measured, made from the example without its photographs.

#![allow(dead_code, reason = "each of the programs that share this file needs a part of it")]

use std::fs;
use std::path::{Path, PathBuf};

/// The example.
pub(crate) const EXAMPLE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/可持续管理体系组");

/// How many activities a group has, besides plan, summary and profile.
pub(crate) const ACTIVITIES: usize = 9;

/// Profile, plan and summary of the example, and its activities three times over: the second and third time as meetings
/// of other names, without the numbers that only one paper may bear.
pub(crate) fn write_group(root: &Path) {
    let example = Path::new(EXAMPLE);
    let read = |file: &Path| fs::read_to_string(file).expect("a file of the example");
    let write = |file: &Path, text: &str| {
        fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        fs::write(file, text).expect("a file");
    };
    for file in ["专家组.yaml", "2017/工作计划.yaml", "2017/工作总结.yaml"] {
        write(&root.join(file), &read(&example.join(file)));
    }
    let mut activities: Vec<PathBuf> = fs::read_dir(example.join("2017/活动"))
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

/// Three plans whose tasks lack what a task must say and have keys that nobody knows.
pub(crate) fn write_faulty(root: &Path) {
    for year in 2017..2020 {
        let tasks = (0..333).map(|at| {
            format!("  - 编号: T{at}\n    名称: 任务{at}\n    时限: {year}年06月01日\n    多余{at}: 1\n")
        });
        let tasks = tasks.collect::<Vec<_>>().concat();
        let folder = root.join(year.to_string());
        fs::create_dir_all(&folder).expect("a folder");
        let plan = format!("类别: 年度工作计划\n年度: {year}\n任务:\n{tasks}");
        fs::write(folder.join("工作计划.yaml"), plan).expect("a plan");
    }
    fs::copy(Path::new(EXAMPLE).join("专家组.yaml"), root.join("专家组.yaml")).expect("a profile");
}

/// `text` without the block of a key that stands at the left margin.
pub(crate) fn block_removed(text: &str, key: &str) -> String {
    let mut inside = false;
    let kept = text.lines().filter(|line| {
        if !line.starts_with([' ', '-']) && !line.is_empty() {
            inside = line.split(':').next() == Some(key);
        }
        !inside
    });
    kept.flat_map(|line| [line, "\n"]).collect()
}
