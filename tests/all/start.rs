//! How one begins: what `init` asks and leaves behind, what `doctor` finds, and help, manual pages and completions that
//! hold what they promise.

use crate::program::{Ran, baosong, command, listing, ran};
use baosong::cli;
use baosong::rulebook::Lang;
use serde_json::Value;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Runs `line` in `folder`; its words have no blanks within.
fn run(folder: &Path, line: &str) -> Ran {
    baosong(folder, line.split_whitespace())
}

/// A group made without a question on 5 January 2026.
fn group(folder: &Path) -> PathBuf {
    run(folder, "init 组 -y --code 认可持续 --on 2026-04-20 --today 2026-01-05").ends_with(0);
    folder.join("组")
}

#[test]
fn what_a_group_begins_with_checks_and_builds_at_once() {
    let folder = folder();
    for today in ["2026-01-05", "2026-02-28", "2026-06-30", "2026-09-30", "2026-12-31", "2024-02-29"] {
        run(folder.path(), &format!("init {today} -y --today {today}")).ends_with(0);
        let said = run(folder.path(), &format!("check {today} --format short")).ends_with(0).out;
        assert!(said.contains("共 0 处错误、0 处警告"), "{today}: {said}");
    }
    let said = run(folder.path(), "init 组 -y --members 张三（甲研究院）、李四、王五 --today 2026-01-05")
        .ends_with(0);
    insta::assert_snapshot!(said.said(folder.path()));
    let root = folder.path().join("组");
    assert!(run(&root, "check").ends_with(0).out.contains("共 0 处错误、0 处警告"));
    let built = run(&root, "build").ends_with(0).out;
    assert!(built.contains("共 4 份"), "{built}");
    insta::assert_snapshot!("first-profile", fs::read_to_string(root.join("专家组.yaml")).unwrap());
}

#[test]
fn names_that_cannot_be_are_refused() {
    let folder = folder();
    for (option, value, why) in [
        ("--code", "认可（）", "里的括号不对"),
        ("--code", "2026", "里没有汉字或字母"),
        ("--code", "认可〔2026〕1号", "是整个文号"),
        ("--secretariat", "12345", "里没有汉字或字母"),
        ("--employer", "甲方 研究院", "中间有空格"),
    ] {
        let said = baosong(folder.path(), ["init", "组", "-y", option, value]).ends_with(2).err;
        assert!(said.contains("run/odd-name") && said.contains(why), "{said}");
        assert!(!folder.path().join("组").exists());
    }
}

#[test]
fn every_new_file_names_a_schema_that_is_there() {
    let folder = folder();
    let root = group(folder.path());
    for line in
        ["new summary --year 2026", "new records --year 2026", "new holidays --year 2031", "new rules"]
    {
        let said = run(&root, &format!("{line} --today 2026-02-01")).ends_with(0).out;
        assert!(said.contains("baosong check"), "{said}");
    }
    let files: Vec<String> = listing(&root).into_keys().filter(|file| file.ends_with(".yaml")).collect();
    assert_eq!(files.len(), 7);
    for file in files {
        let text = fs::read_to_string(root.join(&file)).unwrap();
        let schema = text.lines().next().unwrap().strip_prefix("# yaml-language-server: $schema=").unwrap();
        let schema = root.join(&file).parent().unwrap().join(schema);
        let schema: Value = serde_json::from_slice(&fs::read(&schema).unwrap()).unwrap();
        let kind = text.lines().find_map(|line| line.strip_prefix("类别: ")).unwrap();
        assert_eq!(schema["properties"]["类别"]["const"], kind, "{file}");
    }
}

#[test]
fn only_what_is_named_is_written_and_nothing_is_replaced() {
    let folder = folder();
    run(folder.path(), "init 一").ends_with(0);
    run(folder.path(), "init 二 --year 2026").ends_with(0);
    run(folder.path(), "init 三 --activity 启动会 --on 2026-04-20").ends_with(0);
    let files = listing(folder.path());
    let written: Vec<&String> = files.keys().filter(|file| !file.contains(".baosong/")).collect();
    insta::assert_debug_snapshot!(written);
    fs::create_dir_all(folder.path().join("四/2026")).unwrap();
    fs::write(folder.path().join("四/2026/工作计划.yaml"), "原来的").unwrap();
    let before = listing(folder.path());
    let mut said = String::new();
    for line in ["init 一", "init 一/里", "init 四 --year 2026", "init 五 --members 张三、张三"] {
        said += &run(folder.path(), line).ends_with(2).said(folder.path());
    }
    said += &run(&folder.path().join("一"), "new year abcd").ends_with(2).said(folder.path());
    insta::assert_snapshot!("refused", said);
    assert_eq!(listing(folder.path()), before);
}

/// With a terminal of util-linux between; where there is none the unit tests must do.
#[cfg(target_os = "linux")]
#[test]
fn a_terminal_is_asked_and_one_that_hangs_up_leaves_nothing() {
    let folder = folder();
    let on_terminal = |line: &str, input: &str| {
        let line = format!("'{}' {line}", env!("CARGO_BIN_EXE_baosong"));
        let mut script = Command::new("script");
        script.args(["-qec", &line, "/dev/null"]).current_dir(folder.path()).env("LC_ALL", "C.UTF-8");
        let mut script = script.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
        script.stdin.take()?.write_all(input.as_bytes()).ok()?;
        Some(String::from_utf8_lossy(&script.wait_with_output().ok()?.stdout).into_owned())
    };
    let Some(said) = on_terminal("init 组 --today 2026-01-05", &"\n".repeat(8)) else { return };
    assert!(said.contains("全称") && said.contains("[示例专家工作组]"), "{said}");
    assert!(folder.path().join("组/2026/工作计划.yaml").is_file(), "{said}");
    on_terminal("init 半 --today 2026-01-05", "甲\n\u{4}");
    assert!(!folder.path().join("半").exists());
}

#[test]
fn doctor_says_what_to_mend() {
    let folder = folder();
    let root = group(folder.path());
    let doctor = |place: &Path, line: &str, language: &str| {
        ran(command(place, format!("doctor {line}").split_whitespace()).env("LANG", language))
    };
    let points = |ran: &Ran| -> Vec<String> {
        let answer: Value = serde_json::from_str(&ran.out).unwrap();
        let points = answer["points"].as_array().unwrap();
        let bad = points.iter().filter(|point| point["state"] != "fine");
        bad.map(|point| format!("{} {}", point["state"].as_str().unwrap(), point["point"].as_str().unwrap()))
            .collect()
    };
    let well = doctor(&root, "--today 2026-01-05", "").ends_with(0).out;
    assert!(well.contains("一切正常"), "{well}");
    let outside = doctor(folder.path(), "--today 2026-12-01 --format json", "").ends_with(0);
    assert_eq!(points(&outside), ["warning days-off", "warning no-workspace"]);

    fs::write(root.join(".baosong/活动.json"), "{}").unwrap();
    fs::rename(root.join("2026/工作计划.yaml"), root.join("工作计划.yaml")).unwrap();
    fs::write(root.join("长".repeat(67) + ".txt"), "").unwrap();
    for made in ["字体", "模板"] {
        fs::create_dir(root.join(made)).unwrap();
    }
    fs::write(root.join("模板/letter.typ"), "#let (").unwrap();
    let amiss = doctor(&root, "--today 2026-12-01 --format json", "zh_CN.GBK").ends_with(1);
    let mut wanted = vec!["warning terminal", "warning days-off", "warning schemas", "warning modelines"];
    wanted.extend(["warning names", "error templates", "warning fonts"]);
    assert_eq!(points(&amiss), wanted);
    fs::create_dir(root.join("输出")).unwrap();
    fs::write(root.join("输出/别人的.txt"), "").unwrap();
    fs::write(root.join("专家组.yaml"), "全称: [").unwrap();
    for lang in ["zh", "en"] {
        let said = doctor(&root, &format!("--lang {lang} --today 2019-01-01"), "").ends_with(1);
        let said = said
            .said(&root)
            .replace(std::env::consts::OS, "‹system›")
            .replace(std::env::consts::ARCH, "‹machine›");
        insta::assert_snapshot!(format!("doctor-{lang}"), said);
    }
    assert_eq!(listing(&root.join("输出")).len(), 1);
}

#[test]
fn check_says_that_schemas_are_stale() {
    let folder = folder();
    let root = group(folder.path());
    assert!(!run(&root, "check").ends_with(0).out.contains("stale-schema"));
    fs::remove_file(root.join(".baosong/台账.json")).unwrap();
    let said = run(&root, "check --format short").ends_with(0).out;
    assert!(said.contains(".baosong/台账.json: 提示[workspace/stale-schema]"), "{said}");
    run(&root, "schema -o .baosong").ends_with(0);
    assert!(!run(&root, "check").ends_with(0).out.contains("stale-schema"));
}

fn names(lang: Lang) -> Vec<String> {
    cli::command(lang).get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

#[test]
fn every_command_and_option_is_described() {
    for lang in [Lang::Zh, Lang::En] {
        let mut command = cli::command(lang);
        command.build();
        for sub in command.get_subcommands() {
            let name = sub.get_name();
            assert!(sub.get_about().is_some(), "{name}");
            let example = sub.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(example.contains(&format!("baosong {name}")), "{name} has no example");
            for argument in sub.get_arguments() {
                let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
                assert!(!help.is_empty() && !help.contains("[cli."), "{name} {}", argument.get_id());
            }
            let mut help = sub.clone().render_help().to_string();
            if lang == Lang::Zh {
                // What clap would say of its own, and placeholders that have no words yet.
                for english in ["Options:", "Arguments:", "Usage:", "[OPTIONS]", "<COMMAND>"] {
                    assert!(!help.contains(english), "{help}");
                }
                help.retain(|c| c != '[' && c != '|');
                let words = help.split(|c: char| c == '<' || c.is_whitespace());
                let capital = words.clone().find(|word| {
                    let word = word.trim_end_matches(['>', ']', '.']);
                    word.len() > 3
                        && word.chars().all(|c| c.is_ascii_uppercase())
                        && help.contains(&format!("<{word}>"))
                });
                assert_eq!(capital, None, "{help}");
            }
        }
    }
}

/// The commands of the examples in the help of each command.
fn examples(lang: Lang) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for sub in cli::command(lang).get_subcommands() {
        let text = sub.get_after_help().map(ToString::to_string).unwrap_or_default();
        for line in text.lines() {
            let line = line.trim_start().trim_start_matches("例：").trim_start_matches("Example: ");
            let Some(line) = line.strip_prefix("baosong ") else { continue };
            // What the shell does with the output is its own.
            let line = line.split(['>', '|']).next().unwrap_or_default();
            found.push(line.split_whitespace().map(|word| word.trim_matches('"').to_owned()).collect());
        }
    }
    found
}

#[test]
fn the_examples_of_the_help_run() {
    for lang in [Lang::Zh, Lang::En] {
        let folder = folder();
        let root = group(folder.path());
        let plan = root.join("2026/工作计划.yaml");
        let text = fs::read_to_string(&plan).unwrap().replace("稿次: 讨论稿", "稿次: 定稿").replace(
            "# 审定: { 审定人: 张三",
            "报送: { 文号: 认可持续〔2026〕1号, 日期: 2026-01-20 }\n审定: { 审定人: 张三",
        );
        fs::write(&plan, text).unwrap();
        // Names that are samples are not packed.
        let profile = root.join("专家组.yaml");
        let text =
            fs::read_to_string(&profile).unwrap().replace("示例", "试行").replace("00000000", "62345678");
        fs::write(&profile, text).unwrap();
        run(&root, "pack plan").ends_with(0);
        run(&root, "sent 2026-计划 --on 2026-01-21").ends_with(0);
        for name in ["回执.json", "receipt.json"] {
            fs::write(root.join(name), receipt(&root)).unwrap();
        }
        let home = folder.path().join("家");
        for mut words in examples(lang) {
            // These wait for a person.
            if words.iter().any(|word| ["--watch", "--open"].contains(&word.as_str())) {
                continue;
            }
            let begins = words[0] == "init";
            for word in &mut words {
                *word = word.replace('~', &home.to_string_lossy());
            }
            let ran = baosong(if begins { folder.path() } else { &root }, &words);
            assert!(matches!(ran.code, Some(0 | 1)), "{words:?}\n{}{}", ran.out, ran.err);
            assert!(
                ran.code == Some(0) || ["check", "pack"].contains(&words[0].as_str()),
                "{words:?}\n{}",
                ran.out
            );
        }
    }
}

/// An answer to the bundle of the plan.
fn receipt(root: &Path) -> String {
    let said = run(root, "verify 输出/报送/认可持续-2026-计划-1.zip").ends_with(0).out;
    let code = said.split("核验码 ").nth(1).and_then(|rest| rest.split('（').next()).unwrap();
    serde_json::json!({
        "format": 1,
        "group": { "name": "示例专家工作组", "code": "认可持续" },
        "year": 2026,
        "kind": "plan",
        "version": 1,
        "check_code": code,
        "state": "received",
        "date": "2026-01-22",
        "code": "收〔2026〕7号",
    })
    .to_string()
}

#[test]
fn manual_pages_tell_of_every_command() {
    let folder = folder();
    for lang in [Lang::Zh, Lang::En] {
        let word = if lang == Lang::Zh { "zh" } else { "en" };
        let main = run(folder.path(), &format!("man --lang {word}")).ends_with(0).out;
        run(folder.path(), &format!("man -o {word} --lang {word}")).ends_with(0);
        let pages = listing(&folder.path().join(word));
        assert_eq!(pages["baosong.1"], main.as_bytes());
        assert_eq!(pages.len(), names(lang).len() + 1);
        for (name, page) in pages {
            let page = String::from_utf8(page).unwrap();
            let title = format!(".TH {} 1 ", name.trim_end_matches(".1"));
            assert!(
                page.lines()
                    .find(|line| !line.starts_with(['\'', '.']) || line.starts_with(".TH"))
                    .unwrap()
                    .starts_with(&title),
                "{page}"
            );
            assert_eq!(page.contains(".SH NAME"), lang == Lang::En, "{page}");
            assert!(!page.contains(".SH EXTRA") && !page.contains("[man."), "{page}");
        }
        for name in names(lang) {
            assert!(main.contains(&format!("baosong\\-{name}(1)")), "{name}");
        }
    }
}

#[cfg(unix)]
#[test]
fn the_script_for_bash_completes() {
    let folder = folder();
    let script = folder.path().join("baosong.bash");
    fs::write(&script, run(folder.path(), "completions bash").ends_with(0).out).unwrap();
    let asks = r#"source "$0" && complete -p baosong && COMP_WORDS=(baosong pack activity --stage "") COMP_CWORD=4 && _baosong baosong "" --stage && echo "${COMPREPLY[*]}" && COMP_WORDS=(baosong doc) COMP_CWORD=1 && _baosong baosong doc baosong && echo "${COMPREPLY[*]}""#;
    let Ok(output) = Command::new("bash").args(["-c", asks]).arg(&script).output() else { return };
    let said = String::from_utf8_lossy(&output.stdout);
    let lines: Vec<&str> = said.lines().collect();
    assert!(lines[0].contains("-F _baosong"), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(lines[1..], ["前 后 before after", "doctor"]);
}
