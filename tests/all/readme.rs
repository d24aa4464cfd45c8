//! The commands of the READMEs, run as they stand there; the twin says the same commands.

use crate::program::{baosong, copy, example_source, project};
use std::fs;

/// The commands of a page: lines of its `sh` blocks.
fn commands(page: &str) -> Vec<String> {
    let text = fs::read_to_string(project().join(page)).unwrap();
    let blocks = text.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    blocks.flat_map(str::lines).map(str::to_owned).collect()
}

#[test]
fn the_commands_of_the_readme_do_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    copy(&example_source(), &folder.path().join("examples/可持续管理体系组"));
    let mut here = folder.path().to_owned();
    let commands = commands("README.md");
    assert_eq!(commands.iter().filter(|command| *command == "cargo test").count(), 1);
    for command in &commands {
        let words: Vec<&str> = command.split(' ').collect();
        match words.as_slice() {
            ["cargo", "run", "--", arguments @ ..] | ["baosong", arguments @ ..] => {
                baosong(&here, arguments.iter().copied()).ends_with(0);
            }
            ["cd", below] => here.push(below),
            // What is running now; the table is one of its tests.
            ["cargo", "test"] | ["cargo", "test", "--test", "all", "page::table", "--", "--nocapture"] => {}
            _ => panic!("the README holds a command that is not tested: {command}"),
        }
    }
    assert!(folder.path().join("examples/可持续管理体系组/输出/报送/认可持续-2017-全年-1.zip").is_file());
    assert!(here.join("输出/2026/年度工作计划.pdf").is_file());
}

#[test]
fn the_twin_says_the_same_commands() {
    assert_eq!(commands("README.md"), commands("README.zh-CN.md"));
}
