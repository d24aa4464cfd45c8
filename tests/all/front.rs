//! The front page: what it says at each turn of a year, and that its commands are real.

use crate::program::{baosong, copy, example_source};
use serde_json::Value;
use std::fs;
use std::path::Path;

fn example() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("组");
    copy(&example_source(), &root);
    (folder, root)
}

fn page(root: &Path, today: &str) -> Value {
    let ran = baosong(root, ["front", "--today", today, "--format", "json"]).ends_with(0);
    let answer: Value = serde_json::from_str(&ran.out).expect("JSON");
    answer["groups"][0].clone()
}

/// Its commands, each with the reason.
fn commands(page: &Value) -> Vec<String> {
    let steps = page["next"].as_array().expect("steps").iter();
    steps.map(|step| step["command"].as_str().expect("a command").to_owned()).collect()
}

#[test]
fn outside_a_workspace_it_says_how_to_begin() {
    let folder = tempfile::tempdir().unwrap();
    let ran = baosong(folder.path(), [""; 0]).ends_with(0);
    assert!(ran.out.contains("baosong init"), "{}", ran.out);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[test]
fn what_was_built_and_what_changed_is_known() {
    let (_folder, root) = example();
    let first = page(&root, "2017-11-20");
    assert_eq!(first["papers"], first["papers_to_build"]);
    assert_eq!(commands(&first)[0], "baosong build");
    baosong(&root, ["build"]).ends_with(0);
    let built = page(&root, "2017-11-20");
    assert_eq!(built["papers_to_build"], 0);
    assert_eq!(built["sent"][0]["id"], "2017-总结");
    let plan = root.join("2017/工作计划.yaml");
    let text = fs::read_to_string(&plan).unwrap();
    fs::write(&plan, text.replace("年度: 2017", "年度: 2017\n多余的键: 一")).unwrap();
    let wrong = page(&root, "2017-11-20");
    assert_eq!(wrong["counts"]["errors"], 1);
    assert_eq!(commands(&wrong)[..2], ["baosong check", "baosong build"]);
    let ran = baosong(&root, [""; 0]).ends_with(0);
    assert!(ran.out.contains("工作计划.yaml:"), "{}", ran.out);
}

#[test]
fn it_leads_from_writing_to_packing_to_sending() {
    let (_folder, root) = example();
    let plan = root.join("2017/工作计划.yaml");
    let text = fs::read_to_string(&plan).unwrap();
    let sent = text.find("  记录:").expect("a record");
    fs::write(&plan, &text[..sent]).unwrap();
    let step = || commands(&page(&root, "2017-05-20"))[1].clone();
    assert_eq!(step(), "baosong pack plan --year 2017");
    baosong(&root, ["pack", "plan", "--year", "2017"]).ends_with(0);
    assert_eq!(step(), "baosong sent 2017-计划");
    baosong(&root, ["sent", "2017-计划", "--on", "2017-05-18"]).ends_with(0);
    assert_ne!(step(), "baosong sent 2017-计划");
    let next = page(&root, "2018-01-05");
    assert!(commands(&next).contains(&"baosong new plan --year 2018".to_owned()), "{next}");
}

#[test]
fn several_groups_have_a_line_each() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["甲", "乙"] {
        copy(&example_source(), &folder.path().join(name));
    }
    let ran = baosong(folder.path(), ["front", "--today", "2018-01-05"]).ends_with(0);
    assert_eq!(ran.out.lines().count(), 3, "{}", ran.out);
    assert!(ran.out.contains("要报 2 项"), "{}", ran.out);
}
