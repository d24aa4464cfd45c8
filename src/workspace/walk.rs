//! Which files belong to a workspace.

use crate::finding::{Finding, Place};
use crate::model::schema;
use crate::source::{Document, Limits};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;
use walkdir::{DirEntry, WalkDir};

/// The file that makes a folder a workspace.
pub const PROFILE_FILE: &str = "专家组.yaml";

/// Folders for other things than papers.
const NOT_OURS: [&str; 3] = ["输出/", "模板/", "字体/"];

/// Keys of all kinds: what a colon may be meant to follow.
pub(super) static KEYS: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    let mut keys: BTreeSet<String> = schema::keys().into_iter().map(|(_, key)| key).collect();
    keys.insert("类别".into());
    keys
});

/// What a walk brought.
pub(super) struct Walked {
    pub(super) documents: Vec<Document>,
    pub(super) findings: Vec<Finding>,
}

/// The workspace around `path`: the nearest folder upwards that holds a profile.
pub fn containing(path: &Path) -> Option<PathBuf> {
    let path = without_detours(&std::path::absolute(path).ok()?);
    path.ancestors().find(|folder| folder.join(PROFILE_FILE).is_file()).map(Path::to_owned)
}

/// `甲/../乙` is not within 甲.
pub(crate) fn without_detours(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut path, part| {
        if part == Component::ParentDir {
            path.pop();
        } else {
            path.push(part);
        }
        path
    })
}

/// The workspaces below a folder without profile, sorted.
pub fn roots(folder: &Path) -> Vec<PathBuf> {
    let walk = WalkDir::new(folder).sort_by_file_name().into_iter();
    walk.filter_entry(|entry| entry.depth() == 0 || !is_closed(entry))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file() && entry.file_name() == PROFILE_FILE)
        .filter_map(|entry| entry.path().parent().map(Path::to_owned))
        .collect()
}

/// Reads every YAML file of the workspace at `root`, on all cores.
pub(super) fn walk(root: &Path) -> Walked {
    let mut walked = Walked { documents: Vec::new(), findings: Vec::new() };
    let mut files = Vec::new();
    let mut entries = WalkDir::new(root).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().unwrap_or(root);
                let finding = Finding::new("workspace/unreadable")
                    .at(Place::file(relative(root, path)))
                    .fact("cause", error.io_error().map_or_else(|| error.to_string(), ToString::to_string));
                walked.findings.push(finding);
                continue;
            }
        };
        let name = relative(root, entry.path());
        if entry.file_type().is_dir() {
            let nested = entry.depth() > 0 && entry.path().join(PROFILE_FILE).is_file();
            if nested {
                walked.findings.push(
                    Finding::new("workspace/nested-profile")
                        .at(Place::file(format!("{name}/{PROFILE_FILE}")))
                        .fact("folder", name.as_str()),
                );
            }
            if nested || (entry.depth() > 0 && is_closed(&entry)) {
                entries.skip_current_dir();
            }
        } else if entry.path_is_symlink() {
            walked.findings.extend(judge_link(root, &entry, &name));
        } else if is_yaml(entry.path()) && entry.file_type().is_file() {
            files.push((entry, name));
        } else if is_yaml(entry.path()) {
            // Reading a pipe would wait for ever.
            walked.findings.push(Finding::new("workspace/not-a-file").at(Place::file(name)));
        } else if entry.file_type().is_file() {
            walked.findings.extend(other_ending(&name));
        }
    }
    let read: Vec<_> = files.par_iter().map(|(entry, name)| read(entry, name)).collect();
    for one in read {
        match one {
            Ok(document) => walked.documents.push(document),
            Err(finding) => walked.findings.push(finding),
        }
    }
    walked
}

fn read(entry: &DirEntry, name: &str) -> Result<Document, Finding> {
    let limits = Limits::default();
    let size = entry.metadata().map_or(0, |metadata| metadata.len());
    if size > limits.bytes {
        return Ok(Document::too_large(name, size, limits));
    }
    let bytes = std::fs::read(entry.path()).map_err(|error| {
        Finding::new("workspace/unreadable").at(Place::file(name)).fact("cause", error.to_string())
    })?;
    Ok(Document::read(name, &bytes, &KEYS))
}

/// A link is never followed; one that leads out of the workspace or nowhere is an error.
fn judge_link(root: &Path, entry: &DirEntry, name: &str) -> Option<Finding> {
    let target = std::fs::canonicalize(entry.path());
    let inside = match (&target, std::fs::canonicalize(root)) {
        (Ok(target), Ok(root)) => target.starts_with(root),
        _ => false,
    };
    let rule = if inside { "workspace/link" } else { "workspace/outside-link" };
    (!inside || is_yaml(entry.path())).then(|| Finding::new(rule).at(Place::file(name)))
}

/// Hidden folders, bags and what `build` made are not entered.
fn is_closed(entry: &DirEntry) -> bool {
    entry.file_type().is_dir()
        && (entry.file_name().to_string_lossy().starts_with('.')
            || entry.path().join("bagit.txt").is_file()
            || entry.path().join(crate::build::output::MARKER).is_file())
}

fn is_yaml(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
    !hidden
        && path
            .extension()
            .is_some_and(|ext| ext.eq_ignore_ascii_case("yaml") || ext.eq_ignore_ascii_case("yml"))
}

/// A plain editor saves `台账.yaml` as `台账.yaml.txt`, and Explorer does not show the ending.
fn other_ending(file: &str) -> Option<Finding> {
    if NOT_OURS.iter().any(|folder| file.starts_with(folder)) {
        return None;
    }
    let name = file.rsplit('/').next().filter(|name| !name.starts_with('.'))?;
    let lower = name.to_ascii_lowercase();
    let stem = lower.strip_suffix(".yaml.txt").or_else(|| lower.strip_suffix(".yml.txt"))?;
    let wanted = format!("{}.yaml", name.get(..stem.len())?);
    Some(Finding::new("workspace/other-ending").at(Place::file(file)).fact("wanted", wanted))
}

/// The path below `root`, with `/` between the parts.
fn relative(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_up_and_down_again_leads_out_of_a_workspace() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("甲");
        std::fs::create_dir_all(root.join("2026")).unwrap();
        std::fs::write(root.join(PROFILE_FILE), "").unwrap();
        assert_eq!(containing(&root.join("2026/../2026")), Some(root.clone()));
        assert_eq!(containing(&root.join("../乙")), None);
    }
}
