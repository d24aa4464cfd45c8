//! What a bag says against what lies in it: lists and sums go in, each difference comes out, by name.

use super::digests::Algorithm;
use super::layout::{FileSums, Layout, is_noise};
use super::manifest::{Manifest, TagFiles};
use super::{BagInfo, CheckCode, PayloadFile};
use crate::finding::Finding;
use std::collections::BTreeSet;

/// Names each payload file that is missing, changed, extra or renamed; tells whether all is as listed.
pub(super) fn payload(
    tags: &TagFiles,
    sums: &FileSums,
    layout: &Layout,
    findings: &mut Vec<Finding>,
) -> bool {
    let before = findings.len();
    let listed = listed(&tags.payload);
    for &path in &listed {
        changed("bag/changed", path, &tags.payload, sums, findings);
    }
    let is_extra = |path: &&str| path.starts_with("data/") && !is_noise(path) && !listed.contains(path);
    let mut extra: Vec<&str> = sums.paths().filter(is_extra).collect();
    for path in listed.iter().filter(|path| !layout.has(path)) {
        findings.push(match extra.iter().position(|extra| is_same_file(tags, sums, path, extra)) {
            Some(index) => Finding::new("bag/renamed").fact("path", *path).fact("now", extra.remove(index)),
            None if tags.fetch.contains(*path) => Finding::new("bag/incomplete").fact("path", *path),
            None => Finding::new("bag/missing").fact("path", *path),
        });
    }
    // Without any manifest that can be checked, that has been said already.
    if !tags.payload.is_empty() {
        findings.extend(extra.iter().map(|path| Finding::new("bag/extra").fact("path", *path)));
    }
    partly_listed(tags, &listed, findings);
    findings.len() == before && layout.is_open()
}

/// Names, together, what systems left behind and no manifest lists.
pub(super) fn noise(tags: &TagFiles, sums: &FileSums, layout: &Layout, findings: &mut Vec<Finding>) {
    let inside = sums.paths().filter(|path| is_noise(path) && !tags.lists(path));
    let paths: Vec<&str> = inside.chain(layout.noise.iter().map(String::as_str)).collect();
    if !paths.is_empty() {
        findings.push(Finding::new("bag/noise").fact("paths", paths));
    }
}

/// Names each other file that is missing, changed, or stands in no list.
pub(super) fn tag_files(tags: &TagFiles, sums: &FileSums, findings: &mut Vec<Finding>) {
    let listed = listed(&tags.tags);
    for &path in &listed {
        match sums.get(path) {
            Some(_) => changed("bag/tag-changed", path, &tags.tags, sums, findings),
            None => findings.push(Finding::new("bag/tag-missing").fact("path", path)),
        }
    }
    if tags.tags.is_empty() {
        return;
    }
    let is_loose = |path: &str| {
        !path.starts_with("data/")
            && !path.starts_with("tagmanifest-")
            && !is_noise(path)
            && !listed.contains(path)
    };
    findings.extend(
        sums.paths()
            .filter(|path| is_loose(path))
            .map(|path| Finding::new("bag/unlisted-tag").fact("path", path)),
    );
}

/// Compares size and number of the payload's files with what the description says (`Payload-Oxum`).
pub(super) fn oxum(info: &BagInfo, files: &[PayloadFile], findings: &mut Vec<Finding>) {
    let Some(said) = info.get("Payload-Oxum") else { return };
    let octets: u64 = files.iter().map(|file| file.size).sum();
    let found = format!("{octets}.{}", files.len());
    if said != found {
        findings.push(Finding::new("bag/oxum").fact("said", said).fact("found", found));
    }
}

/// Compares the check code with the one in the description.
pub(super) fn check_code(said: Option<&str>, found: Option<CheckCode>, findings: &mut Vec<Finding>) {
    let (Some(said), Some(found)) = (said, found) else { return };
    if said.parse() != Ok(found) {
        findings.push(Finding::new("bag/check-code").fact("said", said).fact("found", found.to_string()));
    }
}

fn listed(manifests: &[Manifest]) -> BTreeSet<&str> {
    manifests.iter().flat_map(|manifest| manifest.sums.keys().map(String::as_str)).collect()
}

/// Names a file once if some manifest has another sum for it.
fn changed(
    rule: &'static str,
    path: &str,
    manifests: &[Manifest],
    sums: &FileSums,
    findings: &mut Vec<Finding>,
) {
    let Some(sums) = sums.get(path) else { return };
    let differs =
        |manifest: &Manifest| manifest.sums.get(path).is_some_and(|sum| !sums.is(manifest.algorithm, sum));
    if manifests.iter().any(differs) {
        findings.push(Finding::new(rule).fact("path", path));
    }
}

/// Whether the extra file is the missing one under another name.
fn is_same_file(tags: &TagFiles, sums: &FileSums, missing: &str, extra: &str) -> bool {
    let Some(sums) = sums.get(extra) else { return false };
    let mut said =
        tags.payload.iter().filter_map(|manifest| Some((manifest.algorithm, manifest.sums.get(missing)?)));
    // Many an empty file lies about; one is not another by being empty.
    sums.size > 0 && said.all(|(algorithm, sum): (Algorithm, _)| sums.is(algorithm, sum))
}

/// From version 1.0 on, each payload manifest lists all files (RFC 8493, 2.1.3).
fn partly_listed(tags: &TagFiles, listed: &BTreeSet<&str>, findings: &mut Vec<Finding>) {
    if !tags.lists_are_complete || tags.payload.len() < 2 {
        return;
    }
    for &path in listed {
        if tags.payload.iter().any(|manifest| !manifest.sums.contains_key(path)) {
            findings.push(Finding::new("bag/partly-listed").fact("path", path));
        }
    }
}
