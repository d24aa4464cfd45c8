//! Answers for other programs: `docs/json.md`, `docs/check.schema.json` and `docs/exit-codes.md` say what the program
//! does, and what is asked for as JSON is one document.

use crate::program::{Ran, baosong, copy, example_source, project, small};
use baosong::report::check_schema;
use baosong::rulebook::Lang;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Commands whose answer is no JSON.
const WITHOUT_JSON: [&str; 2] = ["completions", "man"];

/// The most characters of a text, and the most entries of a list, that the page shows.
const LONGEST: usize = 60;

fn commands() -> Vec<String> {
    baosong::cli::command(Lang::Zh).get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

/// The committed page, written anew when asked to.
fn committed(path: &Path, wanted: &str) -> String {
    if std::env::var_os("UPDATE").is_some() {
        fs::write(path, wanted).unwrap();
    }
    fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n")
}

/// The example with a date badly written, and the folder that holds it.
pub(crate) fn flawed() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("可持续管理体系组");
    copy(&example_source(), &root);
    let file = root.join("2017/活动/0601-认证能力标准项目会议/活动.yaml");
    let text = fs::read_to_string(&file).unwrap();
    assert!(text.contains("6月1日"));
    fs::write(&file, text.replace("6月1日", "06月01日")).unwrap();
    (folder, root)
}

/// The general secretariat's answer to the bundle of the plan.
fn write_receipt(root: &Path) {
    let bundle = root.join("输出/报送/认可持续-2017-计划-1.zip");
    let said = baosong(root, ["verify", &bundle.to_string_lossy(), "--format", "json"]).ends_with(0).out;
    let said: Value = serde_json::from_str(&said).unwrap();
    let receipt = json!({
        "format": 1, "group": { "name": said["submission"]["group"], "code": "认可持续" }, "year": 2017,
        "kind": "plan", "version": 1, "check_code": said["check_code"], "state": "received",
        "date": "2017-06-22", "code": "收2017-031",
    });
    fs::write(root.join("回执.json"), receipt.to_string()).unwrap();
}

/// The one document that a run printed.
pub(crate) fn document(ran: &Ran) -> Value {
    assert_eq!(ran.err, "", "{}", ran.out);
    assert!(ran.out.ends_with("}\n") || ran.out.ends_with("]\n"), "{}", ran.out);
    serde_json::from_str(&ran.out).unwrap_or_else(|error| panic!("{error}: {}", ran.out))
}

/// As the page shows it: of a list the first entry, of a text its beginning.
fn shortened(value: &Value, folder: &str) -> Value {
    match value {
        Value::Array(entries) => entries.iter().take(1).map(|entry| shortened(entry, folder)).collect(),
        Value::Object(entries) => {
            entries.iter().map(|(key, value)| (key.clone(), shortened(value, folder))).collect()
        }
        Value::String(text) => {
            let platform = format!("{} {}", std::env::consts::OS, std::env::consts::ARCH);
            let text = text.replace(folder, "/工作").replace(&platform, "linux x86_64");
            let start: String = text.chars().take(LONGEST).collect();
            Value::from(if start == text { text } else { format!("{start}……") })
        }
        other => other.clone(),
    }
}

fn keys(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(entries) => entries.iter().for_each(|entry| keys(entry, found)),
        Value::Object(entries) => entries.iter().for_each(|(key, value)| {
            found.insert(key.clone());
            keys(value, found);
        }),
        _ => {}
    }
}

#[test]
fn the_page_shows_what_each_command_answers() {
    let path = project().join("docs/json.md");
    let page = fs::read_to_string(&path).unwrap().replace("\r\n", "\n");
    let (folder, root) = flawed();
    let folder = folder.path().to_string_lossy().into_owned();
    // What is said of findings and counts holds for all commands.
    let common = page.split("\n## check\n").nth(1).and_then(|rest| rest.split("<!--").next()).unwrap();
    let mut wanted = String::new();
    let mut shown = BTreeSet::new();
    for (index, section) in page.split("\n## ").enumerate() {
        let mut parts = section.split("<!-- baosong ");
        // What another section says need not be said again.
        let links = section.split("](#").skip(1).filter_map(|rest| rest.split(')').next());
        let linked: String = links
            .filter_map(|name| page.split(&format!("\n## {name}\n")).nth(1)?.split("\n## ").next())
            .collect();
        let head = if index == 0 { "" } else { "\n## " };
        wanted += &format!("{head}{}", parts.next().unwrap());
        for part in parts {
            let (line, rest) = part.split_once(" -->\n").unwrap();
            let after =
                rest.strip_prefix("\n```json\n").map_or(rest, |old| old.split_once("\n```\n").unwrap().1);
            if line.starts_with("receipt") {
                write_receipt(&root);
            }
            let answer = document(&baosong(&root, line.split(' ')));
            let mut named = BTreeSet::new();
            keys(&answer, &mut named);
            // The names of a standard, and of a table's own columns, are not for this page to explain.
            let is_ours = !line.ends_with("sarif") && !line.starts_with("table budget");
            let is_told = |key: &&String| {
                let key = format!("`{key}`");
                [section, common, &linked].iter().any(|text| text.contains(&key))
            };
            let silent: Vec<&String> = named.iter().filter(|key| is_ours && !is_told(key)).collect();
            assert!(silent.is_empty(), "{line}: the page does not say what {silent:?} mean");
            shown.insert(line.split(' ').next().unwrap().to_owned());
            let text = shortened(&answer, &folder);
            wanted += &format!("<!-- baosong {line} -->\n\n```json\n{text:#}\n```\n{after}");
        }
    }
    assert!(committed(&path, &wanted) == wanted, "stale: run UPDATE=1 cargo test --test all formats");
    let not_shown: Vec<String> = commands()
        .into_iter()
        .filter(|name| !shown.contains(name) && !WITHOUT_JSON.contains(&&**name))
        .collect();
    assert_eq!(not_shown, [""; 0], "commands without an example of their JSON");
}

/// What `check` says of every deliberately wrong workspace, in that format.
pub(crate) fn wrong_workspaces(format: &str) -> Value {
    let folder = project().join("tests/cases/invalid");
    document(&baosong(&folder, ["check", "--format", format]).ends_with(1))
}

#[test]
fn answers_of_check_keep_to_their_schema() {
    let path = project().join("docs/check.schema.json");
    let schema = check_schema();
    let text = format!("{schema:#}\n");
    assert_eq!(committed(&path, &text), text, "stale: run UPDATE=1 cargo test --test all formats");
    let validator = jsonschema::validator_for(&schema).unwrap();
    let (_folder, root) = flawed();
    let mended = document(&baosong(&root, ["check", "--fix", "--dry-run", "--format", "json"]).ends_with(0));
    for answer in [wrong_workspaces("json"), mended] {
        let wrong: Vec<String> = validator.iter_errors(&answer).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
        let sum = |key: &str| {
            let all = answer["workspaces"].as_array().unwrap().iter();
            all.map(|one| one["counts"][key].as_u64().unwrap()).sum::<u64>()
        };
        for key in ["errors", "warnings", "notes"] {
            assert_eq!(answer["counts"][key].as_u64(), Some(sum(key)));
        }
    }
}

/// A command line of each command for each code that it can end with, in their order.
const CASES: [(i32, &str); 46] = [
    (0, "front 组 --today 2018-01-10"),
    (2, "front 没有"),
    (0, "init 新组 --today 2026-01-05"),
    (2, "init 组 --today 2026-01-05"),
    (0, "new records 组 --year 2018"),
    (2, "new records 组 --year 2018"),
    (0, "check 组"),
    (1, "check 坏"),
    (2, "check 没有"),
    (0, "build 组"),
    (1, "build 坏"),
    (2, "build 没有"),
    (0, "pack plan 组 --year 2017"),
    (1, "pack plan 坏"),
    (2, "pack summary 组"),
    (0, "verify 组/输出/报送/认可持续-2017-计划-1.zip"),
    (1, "verify 袋"),
    (2, "verify 坏/专家组.yaml"),
    (0, "status 组 --today 2017-06-20"),
    (2, "status 没有"),
    (0, "sent 2017-计划 组 --on 2017-05-18"),
    (2, "sent 2017-计划 组 --on 2017-05-17"),
    (0, "receipt 组/回执.json 组"),
    (2, "receipt 组/专家组.yaml 组"),
    (0, "workday 2026-09-28 +5"),
    (2, "workday 2026-09-28 五"),
    (0, "table budget 组 --year 2017"),
    (1, "table budget 坏"),
    (2, "table bugdet 组"),
    (0, "explain art14/quorum"),
    (2, "explain art14/qorum"),
    (0, "schema -o 模式"),
    (2, "schema 会议"),
    (0, "fonts 组"),
    (1, "fonts 坏"),
    (2, "fonts 没有"),
    (0, "eject templates text/mail.txt 组 -o 写出"),
    (2, "eject templates text/mial.txt 组"),
    (0, "doctor 组 --today 2026-01-05"),
    (1, "doctor 组 --today 2017-01-05"),
    (2, "doctor 没有"),
    (0, "man"),
    (2, "man -o 坏/专家组.yaml"),
    (0, "completions bash"),
    (2, "completions tcsh"),
    (2, "chek"),
];

/// Runs all cases in a folder of their own, with `more` behind each; gives what each said.
fn run_cases(more: &[&str]) -> Vec<Ran> {
    let (folder, root) = small();
    let folder = folder.path();
    copy(&root, &folder.join("坏"));
    let plan = folder.join("坏/2017/工作计划.yaml");
    fs::write(&plan, fs::read_to_string(&plan).unwrap() + "\n多余: 1\n").unwrap();
    fs::create_dir(folder.join("坏/字体")).unwrap();
    fs::write(folder.join("坏/字体/仿宋_GB2312.ttf"), "x").unwrap();
    fs::create_dir_all(folder.join("袋/data")).unwrap();
    fs::write(folder.join("袋/bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n")
        .unwrap();
    fs::write(folder.join("袋/manifest-sha256.txt"), format!("{}  data/甲\n", "0".repeat(64))).unwrap();
    fs::write(folder.join("袋/data/甲"), "甲").unwrap();
    let run = |(code, line): &(i32, &str)| {
        if line.starts_with("receipt") {
            write_receipt(&root);
        }
        let has_none = WITHOUT_JSON.iter().any(|name| line.starts_with(name));
        let more = if has_none { &[] } else { more };
        let ran = baosong(folder, line.split(' ').chain(more.iter().copied()));
        assert_eq!(ran.code, Some(*code), "{line}\n{}{}", ran.out, ran.err);
        ran
    };
    CASES.iter().map(run).collect()
}

#[test]
fn every_command_ends_as_the_page_says() {
    let page = fs::read_to_string(project().join("docs/exit-codes.md")).unwrap();
    let rows = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    let possible: BTreeSet<(String, i32)> = rows
        .flat_map(|(name, cells)| {
            let cells = cells.split('|').skip(1).map(str::trim).filter(|cell| !cell.is_empty());
            (0..).zip(cells).filter(|(_, cell)| *cell != "—").map(move |(code, _)| (name.to_owned(), code))
        })
        .collect();
    let name = |line: &str| line.split(' ').next().unwrap().to_owned();
    let shown: BTreeSet<(String, i32)> =
        CASES.iter().map(|(code, line)| (name(line), *code)).filter(|(name, _)| name != "chek").collect();
    assert_eq!(possible, shown);
    let named: BTreeSet<String> = possible.into_iter().map(|(name, _)| name).collect();
    assert_eq!(named, commands().into_iter().collect());
    run_cases(&[]);
}

#[test]
fn asked_for_json_every_command_ends_alike_with_one_document() {
    for (ran, (code, line)) in run_cases(&["--format", "json"]).iter().zip(CASES) {
        if WITHOUT_JSON.iter().any(|name| line.starts_with(name)) {
            continue;
        }
        let said = document(ran);
        assert_eq!(said.get("failure").is_some(), code == 2, "{line}\n{said:#}");
    }
}
