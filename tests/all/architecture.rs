//! Promises about the source text itself.

use crate::program::project;
use std::fs;
use std::path::Path;

/// The most lines that a file may have; more is a second noun.
const MOST_LINES: usize = 400;

/// Every file of `src` with its path from there and its text.
fn sources() -> Vec<(String, String)> {
    let root = project().join("src");
    let mut files: Vec<(String, String)> = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"))
        .map(|entry| {
            let path =
                entry.path().strip_prefix(&root).expect("below src").to_string_lossy().replace('\\', "/");
            (path, fs::read_to_string(entry.path()).expect("a source"))
        })
        .collect();
    files.sort();
    files
}

/// Code without comments, and without the tests that stand at the end of a file.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().take_while(|line| line.trim() != "#[cfg(test)]");
    lines
        .enumerate()
        .map(|(index, line)| (index + 1, line))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Where `words` stand in code outside `home`.
fn strays(home: &str, words: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, text) in sources().iter().filter(|(path, _)| !path.starts_with(home) && !is_test(path)) {
        for (number, line) in code(text) {
            if let Some(word) = words.iter().find(|word| line.contains(*word)) {
                found.push(format!("src/{path}:{number}: {word}"));
            }
        }
    }
    found
}

fn is_test(path: &str) -> bool {
    path.ends_with("/tests.rs") || path.contains("/tests/")
}

#[test]
fn only_typeset_knows_the_compiler() {
    assert_eq!(strays("typeset/", &["typst::", "typst_", "use typst", "comemo"]), [""; 0]);
}

#[test]
fn only_the_command_line_knows_terminal_environment_and_clock() {
    let words = [
        "println!",
        "eprintln!",
        "print!(",
        "std::env::",
        "SystemTime",
        "Instant::",
        "stdout()",
        "stderr()",
        "dbg!(",
    ];
    assert_eq!(strays("cli/", &words), [""; 0]);
}

#[test]
fn nothing_panics_on_purpose() {
    let words = [".unwrap()", ".expect(", "panic!(", "unreachable!(", "todo!(", "unimplemented!(", "unsafe "];
    assert_eq!(strays("tests/", &words), [""; 0]);
}

#[test]
fn every_module_says_what_it_is() {
    let silent: Vec<String> =
        sources().into_iter().filter(|(_, text)| !text.starts_with("//! ")).map(|(path, _)| path).collect();
    assert_eq!(silent, [""; 0]);
}

#[test]
fn files_stay_small() {
    let long: Vec<String> = sources()
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(_, lines)| *lines > MOST_LINES)
        .map(|(path, lines)| format!("{path}: {lines}"))
        .collect();
    assert_eq!(long, [""; 0]);
}

#[test]
fn the_source_of_every_snapshot_is_there() {
    let folder = project().join("tests/all/snapshots");
    let sources: String = fs::read_dir(project().join("tests/all"))
        .expect("tests")
        .filter_map(|entry| fs::read_to_string(entry.expect("an entry").path()).ok())
        .collect();
    for entry in fs::read_dir(folder).expect("snapshots") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let is_ours = ["bundle", "cli", "example", "fonts", "mail", "robust", "table"]
            .iter()
            .any(|it| name.starts_with(&format!("all__{it}__")));
        assert!(!is_ours || is_known(&path, &sources), "{} belongs to no test", path.display());
    }
}

/// Whether a test names the snapshot at `path`: `all__<module>__<name>.snap`.
fn is_known(path: &Path, sources: &str) -> bool {
    let name = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.rsplit("__").next().unwrap_or_default();
    let first = name.split('-').next().unwrap_or_default();
    sources.contains(&format!("fn {name}(")) || sources.contains(&format!("\"{first}-{{"))
}
