//! A house's own fonts (字体): in go a typesetter and a workspace, out comes the typesetter with the fonts of the
//! workspace's folder before the shipped ones of their roles.
//!
//! Refused, and told: a folder or file outside the workspace, a file that is too large or damaged, a font that
//! pages may not carry. Told only: what is no font, has no role, or comes second in one.

use super::Job;
use crate::finding::{Finding, Place};
use crate::typeset::{
    FontFace, Match, OwnFont, Role, RoleFont, Typesetter, font_faces, known_font, wanted_fonts,
};
use crate::workspace::Workspace;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// The folder of fonts in a workspace.
const FOLDER: &str = "字体";

/// The largest file that is read, bytes.
const MAX_BYTES: u64 = 64 * 1024 * 1024;

/// The most files that are read.
const MAX_FILES: usize = 16;

/// How the names of font files end.
const ENDINGS: [&str; 4] = ["ttf", "otf", "ttc", "otc"];

/// What systems leave in folders.
const LEFT_BY_SYSTEMS: [&str; 2] = ["desktop.ini", "thumbs.db"];

/// So many names of a role are told as examples.
const EXAMPLES: usize = 3;

/// `typesetter` with the fonts of `workspace`, and what is wrong with these; a faulty one is left out.
pub fn equip_fonts(typesetter: &Typesetter, workspace: &Workspace) -> (Typesetter, Vec<Finding>) {
    let folder = workspace.root.join(FOLDER);
    if !folder.is_dir() {
        return (typesetter.clone(), Vec::new());
    }
    let (mut own, mut findings) = if is_inside(&workspace.root, &folder) {
        read(&workspace.root, &folder)
    } else {
        (Vec::new(), vec![outside(FOLDER)])
    };
    loop {
        if own.is_empty() {
            return (typesetter.clone(), findings);
        }
        match typesetter.with_own_fonts(own.clone()) {
            Ok(equipped) => return (equipped, findings),
            Err(fault) => {
                let name = fault.facts.get("font").and_then(Value::as_str).unwrap_or_default().to_owned();
                own.retain(|font| font.name != name);
                findings.push(fault.at(Place::file(name)));
            }
        }
    }
}

/// The fonts of a folder that the command line names: only those of the five roles, whatever else lies there.
///
/// # Errors
/// `run/not-a-folder`, `page/no-fonts` where nothing can be used, `page/font-rights` for what pages may not carry.
pub fn fonts_of(folder: &Path) -> Result<Vec<OwnFont>, Finding> {
    let path = folder.to_string_lossy();
    if !folder.is_dir() {
        return Err(Finding::new("run/not-a-folder").fact("path", path));
    }
    let (fonts, findings) = read(folder, folder);
    match findings.into_iter().find(|finding| finding.rule == "page/font-rights") {
        Some(refused) => Err(refused),
        None if fonts.is_empty() => Err(Finding::new("page/no-fonts").fact("path", path)),
        None => Ok(fonts),
    }
}

/// What `--strict-fonts` does not let pass in `jobs`: a font that stands in for the one that offices use, and a
/// character that another font lends.
pub fn strict_fonts(typesetter: &Typesetter, jobs: &[Job]) -> Vec<Finding> {
    if jobs.is_empty() {
        return Vec::new();
    }
    let stand_in = |font: &RoleFont| {
        Finding::new("page/stand-in")
            .fact("role", font.role.word())
            .fact("font", font.font.as_str())
            .fact("wanted", examples(font.role))
    };
    let borrowed = typesetter.borrowed(jobs.iter().map(|job| &job.paper.page));
    let mut findings = Vec::new();
    for font in typesetter.role_fonts() {
        // Every page has a number.
        if font.role != Role::Song && !borrowed.contains_key(&font.role) {
            continue;
        }
        if font.stand_in {
            findings.push(stand_in(&font));
        }
        for (lender, chars) in borrowed.get(&font.role).into_iter().flatten().filter(|(it, _)| !it.own) {
            findings.push(
                Finding::new("page/borrowed")
                    .fact("role", font.role.word())
                    .fact("font", font.font.as_str())
                    .fact("text", chars.iter().collect::<String>())
                    .fact("lender", lender.font.as_str()),
            );
        }
    }
    findings
}

/// The names that are asked for first in `role`.
fn examples(role: Role) -> Vec<&'static str> {
    wanted_fonts(role).into_iter().take(EXAMPLES).collect()
}

/// A font that would take a role.
struct Candidate {
    wanted: Match,
    font: OwnFont,
}

/// The fonts of a folder, role by role in the order in which they are asked; nothing outside `root` is read.
fn read(root: &Path, folder: &Path) -> (Vec<OwnFont>, Vec<Finding>) {
    let mut findings = Vec::new();
    let mut files = Vec::new();
    let mut others = Vec::new();
    for path in entries(folder) {
        let name = name_of(root, &path);
        let ending = path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
        if !ENDINGS.contains(&ending.as_str()) {
            others.push(name);
        } else if !is_inside(root, &path) {
            findings.push(outside(&name));
        } else if path.is_file() {
            files.push((name, path));
        }
    }
    if !others.is_empty() {
        findings.push(Finding::new("page/no-font-files").at(Place::file(FOLDER)).fact("files", others));
    }
    if files.len() > MAX_FILES {
        let found = Finding::new("page/too-many-fonts").at(Place::file(FOLDER));
        findings.push(found.fact("count", files.len()).fact("most", MAX_FILES));
    }
    // A folder of a system holds hundreds of files; those that are called after a font come first.
    files.sort_by_key(|(_, path)| {
        path.file_stem().is_none_or(|it| known_font(&it.to_string_lossy()).is_none())
    });
    let mut candidates = Vec::new();
    for (name, path) in files.into_iter().take(MAX_FILES) {
        match content(&path) {
            Ok(data) => candidates.extend(fitting(&name, &data.into(), &mut findings)),
            Err(cause) => findings.push(unreadable(&name).fact("cause", cause)),
        }
    }
    (in_order(candidates, &mut findings), findings)
}

fn outside(name: &str) -> Finding {
    Finding::new("workspace/outside-path").at(Place::file(name.to_owned())).fact("path", name)
}

/// Files and links to files below `folder`, sorted.
fn entries(folder: &Path) -> impl Iterator<Item = PathBuf> {
    let is_hidden =
        |name: &str| name.starts_with('.') || LEFT_BY_SYSTEMS.contains(&name.to_lowercase().as_str());
    WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(move |entry| entry.depth() == 0 || !is_hidden(&entry.file_name().to_string_lossy()))
        .filter_map(Result::ok)
        .filter(|entry| !entry.file_type().is_dir())
        .map(walkdir::DirEntry::into_path)
}

fn name_of(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Whether `path` lies below `root`, also when links are followed.
fn is_inside(root: &Path, path: &Path) -> bool {
    let real = |path: &Path| fs::canonicalize(path).ok();
    real(root).zip(real(path)).is_some_and(|(root, path)| path != root && path.starts_with(root))
}

fn content(path: &Path) -> Result<Vec<u8>, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > MAX_BYTES {
        return Err(format!("{} MiB > {} MiB", size.div_ceil(1 << 20), MAX_BYTES >> 20));
    }
    fs::read(path).map_err(|error| error.to_string())
}

fn unreadable(name: &str) -> Finding {
    Finding::new("page/font").at(Place::file(name.to_owned())).fact("font", name)
}

/// The faces of a file that pages may carry, the best of each role.
fn fitting(name: &str, data: &Arc<[u8]>, findings: &mut Vec<Finding>) -> Vec<Candidate> {
    let faces = font_faces(data);
    if faces.is_empty() {
        findings.push(unreadable(name));
        return Vec::new();
    }
    let stem = Path::new(name).file_stem().map(|stem| stem.to_string_lossy()).unwrap_or_default();
    let mut known: Vec<(Match, &FontFace)> =
        faces.iter().filter_map(|face| Some((face.role(&stem)?, face))).collect();
    known.sort_by_key(|(wanted, _)| *wanted);
    known.dedup_by_key(|(wanted, _)| wanted.role);
    let of = |rule| Finding::new(rule).at(Place::file(name.to_owned())).fact("file", name);
    if known.is_empty() {
        let names: Vec<&String> = faces.iter().flat_map(|face| &face.names).collect();
        findings.push(
            of("page/unknown-font").fact("names", names.into_iter().map(String::as_str).collect::<Vec<_>>()),
        );
    }
    let mut fitting = Vec::new();
    for (wanted, face) in known {
        let of_role = |rule| of(rule).fact("role", wanted.role.word()).fact("font", wanted.name);
        if !face.rights.allow_embedding() {
            findings.push(of_role("page/font-rights").fact("rights", face.rights.name()));
            continue;
        }
        // Dark faces have no other cut.
        if face.bold && !matches!(wanted.role, Role::Hei | Role::Biao) {
            findings.push(of_role("page/bold-font"));
            continue;
        }
        if face.variable {
            findings.push(of_role("page/variable-font"));
        }
        let font = OwnFont {
            role: wanted.role,
            name: name.to_owned(),
            called: wanted.name.to_owned(),
            data: Arc::clone(data),
            index: face.index,
            rights: face.rights,
        };
        fitting.push(Candidate { wanted, font });
    }
    fitting
}

/// The most wanted first; of one font that lies there twice only the first. Tells what comes second in a role.
fn in_order(mut candidates: Vec<Candidate>, findings: &mut Vec<Finding>) -> Vec<OwnFont> {
    candidates.sort_by_key(|candidate| candidate.wanted);
    for same in candidates.chunk_by(|a, b| a.wanted.role == b.wanted.role) {
        let [first, others @ ..] = same else { continue };
        for other in others {
            findings.push(
                Finding::new("page/second-font")
                    .at(Place::file(other.font.name.clone()))
                    .fact("role", first.wanted.role.word())
                    .fact("file", other.font.name.as_str())
                    .fact("used", first.font.name.as_str())
                    .fact("same", other.wanted == first.wanted),
            );
        }
    }
    candidates.dedup_by_key(|candidate| candidate.wanted);
    candidates.into_iter().map(|candidate| candidate.font).collect()
}
