//! The command line: its words in both languages, its exit codes, and what `init` and `new` leave behind.

use crate::program::{EXAMPLE, Ran, baosong, command, ran, small};
use baosong::rulebook::Rulebook;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

const COMMANDS: [&str; 19] = [
    "front",
    "init",
    "new",
    "check",
    "build",
    "pack",
    "status",
    "sent",
    "receipt",
    "workday",
    "verify",
    "table",
    "fonts",
    "explain",
    "eject",
    "schema",
    "completions",
    "man",
    "doctor",
];

fn here() -> &'static Path {
    Path::new(env!("CARGO_TARGET_TMPDIR"))
}

/// Runs the program with the environment variables `variables`.
fn with(variables: &[(&str, &str)], arguments: &[&str]) -> Ran {
    ran(command(here(), arguments).envs(variables.iter().copied()))
}

#[test]
fn help_in_both_languages() {
    for lang in ["zh", "en"] {
        let mut said = baosong(here(), ["--help", "--lang", lang]).ends_with(0).out;
        for name in COMMANDS {
            said += &format!(
                "\n── {name}\n{}",
                baosong(here(), [name, "--help", "--lang", lang]).ends_with(0).out
            );
        }
        let chinese = |line: &&str| line.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(lang == "en" || said.lines().any(|line| chinese(&line)));
        insta::assert_snapshot!(format!("help-{lang}"), said);
    }
}

#[test]
fn help_is_also_a_word() {
    let out = |line: &[&str]| with(&[], line).ends_with(0).out;
    assert_eq!(out(&["help"]), out(&["--help"]));
    assert_eq!(out(&["help", "pack", "--lang", "en"]), out(&["pack", "--help", "--lang", "en"]));
}

#[test]
fn an_activity_that_is_half_named_is_guessed() {
    let root = &EXAMPLE.root;
    let said = |word: &str| baosong(root, ["pack", "activity", word]).ends_with(2).err;
    assert!(said("2017-02").contains("是不是 2017/活动/0601-认证能力标准项目会议"), "{}", said("2017-02"));
    assert!(said("2017/活动/第二次").contains("是不是 2017/活动/0921-第二次全体会议"));
    assert!(said("第一次").contains("是不是 2017/活动/0419-启动会暨第一次全体会议"));
    for nothing in ["2017-99", "2016", "/"] {
        let said = baosong(root, ["check", nothing]);
        assert!(!said.err.contains("是不是"), "{}", said.err);
    }
}

#[test]
fn wrong_command_lines_in_both_languages() {
    let lines: [&[&str]; 19] = [
        &["chek"],
        &["check", "--fro", "submit"],
        &["check", "--for", "sumbit"],
        &["new"],
        &["new", "meeting"],
        &["init", "组", "--members", "张三、李"],
        &["init", "组", "--members", "张三（甲院、李四"],
        &["init", "组", "--year", "2025", "--on", "2026-04-20"],
        &["pack", "year", "--year", "17"],
        &["pack", "activity", "--stage", "中"],
        &["new", "activity", "--on", "六月十八日"],
        &["workday", "2026-02-29"],
        &["workday", "2026-02-01", "2026-02-30"],
        &["status", "--today", "2026-02-30"],
        &["sent", "2026-计划", "--on", "2026-13-03"],
        &["explain", "art14/qorum"],
        &["schema", "会议"],
        &["table", "成员出席"],
        &["table", "attendence", "--format", "cvs"],
    ];
    for lang in ["zh", "en"] {
        let mut said = String::new();
        for line in lines {
            let one = with(&[("BAOSONG_LANG", lang)], line).ends_with(2);
            said += &format!("$ baosong {}\n{}{}\n", line.join(" "), one.out, one.err);
        }
        insta::assert_snapshot!(format!("complaints-{lang}"), said);
    }
}

#[test]
fn the_language_follows_option_then_variable_then_locale() {
    let is_english = |variables: &[(&str, &str)], arguments: &[&str]| {
        let mut arguments = arguments.to_vec();
        arguments.push("--help");
        with(variables, &arguments).ends_with(0).out.contains("Usage:")
    };
    assert!(!is_english(&[], &[]));
    assert!(!is_english(&[("LANG", "C")], &[]));
    assert!(!is_english(&[("LANG", "zh_CN.UTF-8")], &[]));
    assert!(is_english(&[("LANG", "en_US.UTF-8")], &[]));
    assert!(!is_english(&[("LANG", "en_US.UTF-8"), ("LC_ALL", "zh_CN.UTF-8")], &[]));
    assert!(!is_english(&[("LANG", "en_US.UTF-8"), ("BAOSONG_LANG", "zh")], &[]));
    assert!(is_english(&[("BAOSONG_LANG", "en")], &["check"]));
    assert!(is_english(&[("BAOSONG_LANG", "zh")], &["check", "--lang", "en"]));
    assert!(!is_english(&[("BAOSONG_LANG", "en")], &["--lang=zh", "check"]));
}

#[test]
fn what_init_and_new_write_checks_and_builds() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |line: &[&str]| baosong(folder.path(), line);
    run(&["init", "组", "--name", "某某专家工作组", "--code", "认某", "--today", "2026-01-05"]).ends_with(0);
    run(&["new", "plan", "组", "--year", "2026", "--today", "2026-01-10"]).ends_with(0);
    let activity =
        ["new", "activity", "组", "--title", "第二次全体会议", "--on", "2026-06-18", "--today", "2026-06-01"];
    run(&activity).ends_with(0);
    run(&["new", "summary", "组", "--year", "2026", "--today", "2026-10-10"]).ends_with(0);
    let profile = fs::read_to_string(folder.path().join("组/专家组.yaml")).expect("a profile");
    assert!(profile.contains("成立日期: 2026-01-05"), "{profile}");
    let checked = run(&["check", "组"]).ends_with(0);
    assert!(checked.out.contains("共 0 处错误"), "{}", checked.out);
    let built = run(&["build", "组"]).ends_with(0);
    for paper in ["年度工作计划.pdf", "活动报告.pdf", "邀请函.pdf", "会议通知.pdf", "年度工作总结报告.pdf"]
    {
        assert!(built.out.contains(paper), "{}", built.out);
    }
    let again = [&["init", "组"][..], &["new", "plan", "组", "--year", "2026"], &activity];
    let said: String = again.iter().map(|line| run(line).ends_with(2).said(folder.path())).collect();
    insta::assert_snapshot!(said);
    assert_eq!(fs::read_to_string(folder.path().join("组/专家组.yaml")).expect("a profile"), profile);
}

#[test]
fn completions_for_every_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = baosong(here(), ["completions", shell]).ends_with(0).out;
        for name in COMMANDS {
            assert!(script.contains(name), "{shell} {name}");
        }
    }
}

#[test]
fn a_closed_pipe_is_no_fault() {
    let (_folder, root) = small();
    for line in [&["explain"][..], &["schema", "活动"], &["completions", "zsh"], &["--help"], &["check"]] {
        let mut child =
            command(&root, line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program");
        let mut first = String::new();
        let mut out = BufReader::with_capacity(16, child.stdout.take().expect("a pipe"));
        out.read_line(&mut first).expect("a line");
        drop(out);
        let ended = child.wait_with_output().expect("its end");
        let complaint = String::from_utf8_lossy(&ended.stderr);
        assert!(
            ended.status.code().is_some_and(|code| code != 101) && complaint.is_empty(),
            "{line:?} {complaint}"
        );
    }
}

#[test]
fn every_rule_is_explained_in_both_languages() {
    let rulebook = Rulebook::built_in().expect("the rulebook");
    for lang in ["zh", "en"] {
        let listed = baosong(here(), ["explain", "--lang", lang]).ends_with(0).out;
        for rule in rulebook.rules() {
            assert!(listed.contains(&rule.id), "{}", rule.id);
            let said = baosong(here(), ["explain", &rule.id, "--lang", lang]).ends_with(0).out;
            assert!(said.starts_with(&rule.id) && said.lines().count() >= 2, "{said}");
            assert!(!said.contains("explain.") && !said.contains("undefined"), "{said}");
        }
    }
}

#[test]
fn commands_that_find_nothing_to_do_say_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let (_small, root) = small();
    let mut said = String::new();
    for line in [&["check"][..], &["build", "没有"], &["pack", "year"], &["new", "plan"]] {
        said +=
            &baosong(folder.path(), line).ends_with(2).said(&folder.path().canonicalize().expect("a path"));
    }
    for line in [&["pack", "summary"][..], &["pack", "plan", "--year", "2018"], &["pack", "activity"]] {
        said += &baosong(&root, line).ends_with(2).said(&root);
    }
    insta::assert_snapshot!(said);
}
