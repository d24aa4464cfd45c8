//! The book in `docs/`: every page has its place, every link leads somewhere, every command parses, pages that are
//! made by a program are fresh, and what the tutorial and the receiving office's page tell to do is done.

mod commands;
mod keys;
mod page;
mod receiving;
mod tutorial;

use crate::program::project;
use baosong::cli;
use baosong::rulebook::Lang;
use clap::error::ErrorKind;
use page::Page;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// Every page of the book by its name.
fn pages() -> BTreeMap<String, Page> {
    let names = fs::read_dir(project().join("docs")).unwrap().map(|entry| entry.unwrap().file_name());
    let names = names.filter_map(|name| name.into_string().ok()).filter(|name| name.ends_with(".md"));
    names.map(|name| (name.clone(), Page::read(&name))).collect()
}

/// The words of a command line; blanks within quotes are kept.
fn words(line: &str) -> Vec<String> {
    let outside = |(at, part): (usize, &str)| -> Vec<String> {
        if at % 2 == 1 { vec![part.to_owned()] } else { part.split_whitespace().map(str::to_owned).collect() }
    };
    line.split('"').enumerate().flat_map(outside).collect()
}

/// The committed page, written anew when asked to.
fn fresh(name: &str, wanted: &str) {
    let path = project().join("docs").join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, wanted).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(committed == wanted, "{name} is stale: run UPDATE=1 cargo test --test all docs");
}

/// Text for a cell of a table, or a line of a list.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.replace('\n', " ").chars() {
        if matches!(c, '|' | '\\' | '*' | '_' | '<' | '[' | '`') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[test]
fn every_page_is_listed_once() {
    let pages = pages();
    let listed = &pages["SUMMARY.md"].links;
    let unique: BTreeSet<&String> = listed.iter().collect();
    assert_eq!(unique.len(), listed.len(), "a page is listed twice");
    let there: BTreeSet<&String> = pages.keys().filter(|name| *name != "SUMMARY.md").collect();
    assert_eq!(unique, there);
}

#[test]
fn every_link_leads_somewhere() {
    let pages = pages();
    for (name, page) in &pages {
        for link in page.links.iter().filter(|link| !link.contains("://") && !link.starts_with("mailto:")) {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = if file.is_empty() { name } else { file };
            assert!(project().join("docs").join(file).exists(), "{name}: no {link}");
            if !anchor.is_empty() {
                let target = pages.get(file).unwrap_or_else(|| panic!("{name}: {link} is outside the book"));
                assert!(target.anchors.contains(anchor), "{name}: no {link}");
            }
        }
    }
}

#[test]
fn every_command_parses() {
    let mut count = 0;
    for (name, page) in pages() {
        let shown =
            page.blocks.iter().filter(|block| block.kind() == "sh").flat_map(|block| block.text.lines());
        for line in shown.filter(|line| *line == "baosong" || line.starts_with("baosong ")) {
            // What follows is the shell's.
            let ours = line.split(" > ").flat_map(|part| part.split(" | ")).next().unwrap_or(line);
            if let Err(error) = cli::command(Lang::Zh).try_get_matches_from(words(ours)) {
                assert_eq!(error.kind(), ErrorKind::DisplayVersion, "{name}: {line}");
            }
            count += 1;
        }
    }
    assert!(count > 60, "{count}");
}

#[test]
fn generated_pages_are_fresh() {
    fresh("keys.md", &keys::page());
    fresh("commands.md", &commands::page());
}
