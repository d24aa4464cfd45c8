//! The tutorial, done step by step as it stands: its files are written, its commands run, and what it shows of their
//! words must be in them.
//!
//! Behind a fence: `文件=` the whole file; `并入=` parts of a file, each in place of the part of the same name or at the
//! end; `退出码=` of the block's last command. `……` stands for what is left out.

use super::page::{Block, Page};
use super::words;
use crate::program::{Ran, baosong, example_source};
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn the_year_of_the_tutorial_can_be_done() {
    let folder = tempfile::tempdir().unwrap();
    let mut desk = Desk { here: folder.path().to_owned(), said: String::new(), commands: 0 };
    for block in &Page::read("tutorial.md").blocks {
        desk.does(block);
    }
    assert!(desk.commands > 25, "{}", desk.commands);
    baosong(&desk.here, ["check", "--for", "submit", "2026"]).ends_with(0);
    assert!(desk.here.join("2027/工作计划.yaml").is_file());
}

/// Where the reader stands, and what the last block of commands said.
struct Desk {
    here: PathBuf,
    said: String,
    commands: usize,
}

impl Desk {
    fn does(&mut self, block: &Block) {
        match (block.kind(), block.value("文件"), block.value("并入")) {
            ("sh", None, None) => self.runs(block),
            ("text", None, None) => {
                let shown =
                    block.text.lines().map(str::trim).filter(|line| !line.is_empty() && *line != "……");
                for line in shown {
                    assert!(self.said.contains(line), "not said: {line}\nbut:\n{}", self.said);
                }
            }
            ("yaml" | "json", Some(file), None) => self.writes(file, &self.with_code(&block.text)),
            ("yaml", None, Some(file)) => {
                let old = fs::read_to_string(self.here.join(file)).unwrap();
                self.writes(file, &merged(&old, &block.text));
            }
            _ => panic!("the tutorial does not know what to do with {}", block.info),
        }
    }

    fn runs(&mut self, block: &Block) {
        self.said.clear();
        let last = block.value("退出码").map_or(0, |code| code.parse().unwrap());
        let lines: Vec<&str> = block.text.lines().collect();
        for (at, line) in lines.iter().enumerate() {
            match words(line).iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
                ["cd", below] => self.here.push(below),
                ["baosong", arguments @ ..] => {
                    let Ran { code, out, err } = baosong(&self.here, arguments);
                    let wanted = if at + 1 == lines.len() { last } else { 0 };
                    assert_eq!(code, Some(wanted), "{line}\n{out}{err}");
                    self.said += &(out + &err);
                    self.commands += 1;
                }
                _ => panic!("no command of ours: {line}"),
            }
        }
    }

    /// Writes a file, and takes the photographs that it names.
    fn writes(&self, file: &str, text: &str) {
        let path = self.here.join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        for photo in text.lines().filter_map(|line| line.split_once("文件: ")?.1.split(',').next()) {
            take(&path.parent().unwrap().join(photo));
        }
    }

    /// The receipt names the check code that was printed on the parcel; it differs from version to version.
    fn with_code(&self, text: &str) -> String {
        let code = self.said.split_once("核验码").map_or("", |(_, rest)| rest);
        let code: String = code.chars().filter(char::is_ascii_hexdigit).take(64).collect();
        text.replace("‹核验码›", &code)
    }
}

fn take(photo: &Path) {
    let taken = example_source().join("2017/活动/0419-启动会暨第一次全体会议/图片/01-会场.jpg");
    fs::create_dir_all(photo.parent().unwrap()).unwrap();
    fs::copy(taken, photo).unwrap();
}

/// The parts of a file: each begins with a line that has a key at its very left.
fn parts(text: &str) -> Vec<(&str, String)> {
    let mut parts: Vec<(&str, String)> = vec![("", String::new())];
    for line in text.lines() {
        if let Some((key, _)) =
            line.split_once([':', '：']).filter(|(key, _)| !key.starts_with([' ', '#', '-']))
        {
            parts.push((key, String::new()));
        } else if line.starts_with('#') || line.is_empty() {
            parts.push(("", String::new()));
        }
        let (_, part) = parts.last_mut().unwrap();
        *part += line;
        part.push('\n');
    }
    parts
}

/// `new` put into `old`.
fn merged(old: &str, new: &str) -> String {
    let mut all = parts(old);
    for (key, part) in parts(new).into_iter().filter(|(key, _)| !key.is_empty()) {
        match all.iter_mut().find(|(known, _)| *known == key) {
            Some((_, old)) => *old = part,
            None => all.push((key, part)),
        }
    }
    all.into_iter().map(|(_, part)| part).collect()
}
