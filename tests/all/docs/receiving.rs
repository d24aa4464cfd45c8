//! What the receiving office's page tells to do, done on the example's bundle: with the program, and with other
//! people's tools where they are installed.

use super::page::{Block, Page};
use super::words;
use crate::program::{EXAMPLE, baosong, copy, project, ran};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const ZIP: &str = "认可持续-2017-计划-1.zip";

/// The page's blocks that are `kind`.
fn blocks(kind: &str) -> Vec<Block> {
    Page::read("receiving.md").blocks.into_iter().filter(|block| block.kind() == kind).collect()
}

#[test]
fn a_bundle_can_be_checked_as_the_page_says() {
    let folder = tempfile::tempdir().unwrap();
    fs::copy(EXAMPLE.bundles().join(ZIP), folder.path().join(ZIP)).unwrap();
    let mut here = folder.path().to_owned();
    let lines: Vec<String> =
        blocks("sh").iter().flat_map(|block| block.text.lines()).map(str::to_owned).collect();
    let verified = baosong(&here, words(&lines[0]).into_iter().skip(1)).ends_with(0).out;
    for shown in
        blocks("text").iter().filter(|block| block.text.starts_with("完好")).flat_map(|it| it.text.lines())
    {
        assert!(verified.contains(shown), "{verified}");
    }
    for line in &lines[1..] {
        match words(line).iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
            ["unzip", ..] if !has("unzip") => unpack(&here),
            ["cd", below] => here.push(below),
            ["baosong", ..] => panic!("{line} is not tried"),
            _ => by_others(&here, line, &verified),
        }
    }
    let listed: BTreeSet<String> = blocks("text")
        .iter()
        .filter(|block| block.info.ends_with("目录"))
        .flat_map(|block| block.text.lines().skip(1))
        .map(str::to_owned)
        .collect();
    assert_eq!(listed, crate::program::listing(&here).into_keys().collect());
}

fn has(tool: &str) -> bool {
    let found = Command::new("sh").args(["-c", &format!("command -v {tool}")]).output();
    found.is_ok_and(|found| found.status.success())
}

/// As `unzip` would.
fn unpack(folder: &Path) {
    let zip = fs::File::open(folder.join(ZIP)).unwrap();
    zip::ZipArchive::new(zip).unwrap().extract(folder).unwrap();
}

/// Other people's tools find the bag whole, or compute the check code that was printed.
fn by_others(here: &Path, line: &str, verified: &str) {
    let tool = words(line)[0].clone();
    if !has(&tool) || !has("sha256sum") {
        return;
    }
    let done = ran(Command::new("sh").args(["-c", line]).current_dir(here)).ends_with(0);
    if line.contains('|') {
        let code = done.out.split_whitespace().next().unwrap().to_uppercase();
        let printed: String = verified.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(printed.contains(&code), "{code}\n{verified}");
    }
}

#[test]
fn both_answers_keep_to_the_schema_and_are_taken_in() {
    let schema = fs::read_to_string(project().join("docs/receipt.schema.json")).unwrap();
    let schema = jsonschema::validator_for(&serde_json::from_str::<Value>(&schema).unwrap()).unwrap();
    let answers = blocks("json");
    assert_eq!(answers.len(), 2);
    for answer in answers {
        let folder = tempfile::tempdir().unwrap();
        let root: PathBuf = folder.path().join("组");
        copy(&EXAMPLE.root, &root);
        let code = EXAMPLE.said["pack plan"].out.split_once("核验码 ").unwrap().1.lines().next().unwrap();
        let text = answer.text.replace("‹核验码›", code);
        schema.validate(&serde_json::from_str(&text).unwrap()).unwrap();
        let file = answer.value("文件").unwrap();
        fs::write(root.join(file), text).unwrap();
        let said = baosong(&root, ["receipt", file]).ends_with(0).out;
        assert!(said.contains("2017-计划"), "{said}");
    }
}

/// Every key of `submission.json` stands on the page, and no other.
#[test]
fn every_key_of_a_submission_is_said() {
    let schema = fs::read_to_string(project().join("docs/submission.schema.json")).unwrap();
    let schema: Value = serde_json::from_str(&schema).unwrap();
    let text = fs::read_to_string(project().join("docs/receiving.md")).unwrap();
    let table = text.split("## submission.json").nth(1).unwrap().split("\n## ").next().unwrap();
    for key in schema["properties"].as_object().unwrap().keys().filter(|key| *key != "format") {
        assert!(table.contains(&format!("`{key}`")), "{key}");
    }
}
