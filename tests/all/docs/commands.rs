//! The page of commands: the command line in Chinese goes in, a section for each command comes out, with its exit codes
//! from their own page.

use super::escaped;
use crate::program::project;
use baosong::cli;
use baosong::rulebook::Lang;
use clap::{Arg, Command};
use std::fmt::Write;
use std::fs;

const INTRO: &str = "# 命令一览

本页由程序的命令行生成，和 `baosong 命令 --help` 说的一样。路径不写，就是当前文件夹所在的工作区。
每个命令都可以加 `--lang en` 换成英文，加 `--help` 看帮助；退出码的含义见[退出码](exit-codes.md)，
`--format json` 的内容见[给其他程序读的结果](json.md)。

";

/// The page.
pub(super) fn page() -> String {
    let mut whole = cli::command(Lang::Zh);
    whole.build();
    let codes = fs::read_to_string(project().join("docs/exit-codes.md")).unwrap().replace("\r\n", "\n");
    let mut out = INTRO.to_owned();
    out.push_str("| 命令 | 作用 |\n| --- | --- |\n");
    for command in whole.get_subcommands() {
        let name = command.get_name();
        let about = escaped(&command.get_about().unwrap().to_string());
        let _ = writeln!(out, "| [{name}](#baosong-{name}) | {about} |");
    }
    out.push('\n');
    for command in whole.get_subcommands() {
        section(command, &codes, &mut out);
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

fn section(command: &Command, codes: &str, out: &mut String) {
    let name = command.get_name();
    let _ = write!(out, "## baosong {name}\n\n{}\n\n", escaped(&command.get_about().unwrap().to_string()));
    let usage = command.clone().render_usage().to_string();
    let usage = usage.split_once(": ").map_or(usage.as_str(), |(_, usage)| usage);
    let _ = write!(out, "```text\n{}\n```\n\n", usage.trim());
    let own = |argument: &&Arg| {
        !argument.is_global_set() && !["help", "lang"].contains(&argument.get_id().as_str())
    };
    let arguments: Vec<&Arg> = command.get_arguments().filter(own).collect();
    if !arguments.is_empty() {
        out.push_str("| 参数或选项 | 说明 |\n| --- | --- |\n");
    }
    for argument in
        command.get_positionals().chain(arguments.iter().copied().filter(|it| !it.is_positional()))
    {
        let help = escaped(&argument.get_help().unwrap().to_string());
        let _ = writeln!(out, "| `{}` | {help} |", spelled(argument).replace('|', "\\|"));
    }
    let example = command.get_after_help().unwrap().to_string();
    let lines = example.lines().map(|line| line.trim_start_matches("例：").trim());
    let (lines, notes): (Vec<&str>, Vec<&str>) = lines.partition(|line| line.starts_with("baosong"));
    let _ = write!(out, "\n例：\n\n```sh\n{}\n```\n\n", lines.join("\n"));
    for note in notes.iter().filter(|note| !note.is_empty()) {
        let _ = write!(out, "{}\n\n", escaped(note));
    }
    let row = codes.lines().find_map(|line| line.strip_prefix(&format!("| `{name}` | ")));
    let Some(row) = row else { return };
    let cells: Vec<&str> = row.trim_end_matches(" |").split(" | ").collect();
    let said = cells.iter().enumerate().filter(|(_, cell)| **cell != "—");
    let said: Vec<String> = said.map(|(code, cell)| format!("{code} {cell}")).collect();
    let _ = write!(out, "退出码：{}。\n\n", said.join("；"));
}

/// An argument as it is typed.
fn spelled(argument: &Arg) -> String {
    let names = argument.get_value_names().unwrap_or_default();
    let values: String = names.iter().map(|name| format!("<{name}>")).collect();
    if argument.is_positional() {
        return values;
    }
    let short = argument.get_short().map(|short| format!("-{short}"));
    let long = argument.get_long().map(|long| format!("--{long}"));
    let names: Vec<String> = short.into_iter().chain(long).collect();
    let blank = if argument.get_action().takes_values() { " " } else { "" };
    format!("{}{blank}{}", names.join(", "), if blank.is_empty() { "" } else { &values })
}
