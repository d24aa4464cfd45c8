//! What `doctor` looks at in a workspace: its files and folders as such, the output folder, what of its own it has in
//! the place of the program's. Nothing is written, but for a trial file that is gone at once, and what a killed run left in
//! the output folder goes as it does in every run.

use super::Ui;
use super::doctor::{Point, State};
use super::export::stale;
use super::make::OUTPUT;
use crate::build::output::Output;
use crate::build::{SHIPPED_TEXTS, equip, equip_fonts};
use crate::finding::Finding;
use crate::report::Reporter;
use crate::rulebook::{Rulebook, Severity, Stage};
use crate::source::Document;
use crate::typeset::{SHIPPED_TEMPLATES, Typesetter};
use crate::workspace::Workspace;
use serde_json::json;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// A name of more bytes is refused by some systems and by many archives.
const LONG_NAME: usize = 200;

/// Windows takes 260 characters with the drive and what is still to be added.
const LONG_PATH: usize = 240;

/// The comment by which an editor finds the schema.
const MODELINE: &str = "yaml-language-server: $schema=";

/// Everything about the surroundings of `workspace`.
pub(super) fn points(
    ui: &Ui,
    rulebook: &'static Rulebook,
    workspace: &Workspace,
    typesetter: Option<&Typesetter>,
) -> Vec<Point> {
    let root = &workspace.root;
    let mut points = vec![profile(ui, workspace), schemas(ui, root), modelines(ui, workspace)];
    match output(root) {
        None => points.push(Point::new(ui, "output", State::Fine, json!({}))),
        Some(finding) => points.push(of_finding(ui, rulebook, "output", &finding)),
    }
    points.push(names(ui, root));
    if let Some(typesetter) = typesetter {
        points.extend(templates(ui, rulebook, workspace, typesetter));
        points.extend(fonts(ui, rulebook, workspace, typesetter));
    }
    points
}

/// A finding as a point.
fn of_finding(ui: &Ui, rulebook: &'static Rulebook, name: &'static str, finding: &Finding) -> Point {
    let reporter = Reporter {
        locale: ui.locale,
        rulebook,
        stage: Stage::Draft,
        format: ui.format(),
        colour: false,
        line: &|_, _| None,
    };
    let object = reporter.object(finding);
    let text = |key: &str| object[key].as_str().unwrap_or_default().to_owned();
    let place = finding.place.as_ref().map(|place| format!("{}: ", place.file)).unwrap_or_default();
    let state = match rulebook.severity(finding.rule, Stage::Draft) {
        Severity::Error => State::Error,
        Severity::Warning | Severity::Note => State::Warning,
    };
    Point { name, state, message: place + &text("message"), remedy: text("remedy") }
}

/// Whether the profile can be read, and its 格式.
fn profile(ui: &Ui, workspace: &Workspace) -> Point {
    let profile = &workspace.profile;
    let newer = workspace.findings.iter().any(|finding| finding.rule == "model/newer-format");
    let readable = profile.sound("/全称") && !newer;
    let facts =
        json!({ "root": workspace.root.to_string_lossy(), "format": profile.model.format.unwrap_or(1) });
    Point::new(ui, "profile", if readable { State::Fine } else { State::Error }, facts)
}

fn schemas(ui: &Ui, root: &Path) -> Point {
    let old = stale(root);
    let state = if old.is_empty() { State::Fine } else { State::Warning };
    Point::new(ui, "schemas", state, json!({ "files": old }))
}

/// Whether the schema that a file names for its editor is there.
fn modelines(ui: &Ui, workspace: &Workspace) -> Point {
    let lost: Vec<&str> = workspace
        .documents
        .iter()
        .filter(|(file, document)| {
            let named = (1..=5).find_map(|number| named_schema(document, number));
            let folder = workspace.root.join(file).parent().map(Path::to_owned).unwrap_or_default();
            named.is_some_and(|schema| !schema.contains("://") && !folder.join(schema).is_file())
        })
        .map(|(file, _)| file.as_str())
        .collect();
    let state = if lost.is_empty() { State::Fine } else { State::Warning };
    Point::new(ui, "modelines", state, json!({ "files": lost }))
}

fn named_schema(document: &Document, line: usize) -> Option<&str> {
    let (_, schema) = document.line(line).split_once(MODELINE)?;
    Some(schema.trim())
}

/// Why the output folder cannot be written to, if so.
fn output(root: &Path) -> Option<Finding> {
    let folder = root.join(OUTPUT);
    // One that is ours, or that holds something else, is taken as a run takes it.
    if std::fs::read_dir(&folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Output::open(&folder).err();
    }
    let parent = if folder.is_dir() { &folder } else { root };
    let trial = tempfile::Builder::new().prefix(".baosong-").suffix(".tmp").tempfile_in(parent);
    trial.err().map(|error| {
        Finding::new("run/cannot-write")
            .fact("path", parent.to_string_lossy())
            .fact("cause", error.to_string())
    })
}

/// Names that other systems refuse.
fn names(ui: &Ui, root: &Path) -> Point {
    let entries = WalkDir::new(root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.'));
    let odd = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let refused = name.contains(['<', '>', ':', '"', '|', '?', '*', '\\'])
            || name.chars().any(char::is_control)
            || name.ends_with(['.', ' ']);
        refused || name.len() > LONG_NAME || path.to_string_lossy().encode_utf16().count() > LONG_PATH
    };
    let paths: Vec<PathBuf> =
        entries.flatten().filter(|it| it.depth() > 0).map(walkdir::DirEntry::into_path).collect();
    let below = |path: &PathBuf| path.strip_prefix(root).unwrap_or(path).to_string_lossy().into_owned();
    let odd: Vec<String> = paths.iter().filter(|path| odd(path)).map(below).collect();
    let state = if odd.is_empty() { State::Fine } else { State::Warning };
    let shown: Vec<&String> = odd.iter().take(5).collect();
    Point::new(ui, "names", state, json!({ "files": shown, "count": odd.len() }))
}

/// The workspace's own templates: how many differ from the shipped ones, and what is wrong with them.
fn templates(
    ui: &Ui,
    rulebook: &'static Rulebook,
    workspace: &Workspace,
    typesetter: &Typesetter,
) -> Vec<Point> {
    let named = workspace.profile.model.style.templates.as_deref().filter(|name| !name.is_empty());
    let folder = workspace.root.join(named.unwrap_or("模板"));
    let findings = equip(typesetter, workspace).findings;
    let mut points: Vec<Point> =
        findings.iter().map(|finding| of_finding(ui, rulebook, "templates", finding)).collect();
    let (mut own, mut same) = (Vec::new(), Vec::new());
    for (name, shipped) in SHIPPED_TEMPLATES.iter().chain(SHIPPED_TEXTS) {
        match std::fs::read(folder.join(name)) {
            Ok(bytes) if bytes == shipped.as_bytes() => same.push(*name),
            Ok(_) => own.push(*name),
            Err(_) => {}
        }
    }
    if points.is_empty() && !(own.is_empty() && same.is_empty()) {
        points.push(Point::new(ui, "templates", State::Fine, json!({ "own": own, "same": same })));
    }
    points
}

/// The workspace's own fonts: the roles that they take, and what is wrong with them.
fn fonts(ui: &Ui, rulebook: &'static Rulebook, workspace: &Workspace, typesetter: &Typesetter) -> Vec<Point> {
    if !workspace.root.join("字体").is_dir() {
        return Vec::new();
    }
    let (typesetter, findings) = equip_fonts(typesetter, workspace);
    let mut points: Vec<Point> =
        findings.iter().map(|finding| of_finding(ui, rulebook, "fonts", finding)).collect();
    let count = typesetter.role_fonts().into_iter().filter(|font| !font.stand_in).count();
    if points.is_empty() || count > 0 {
        let state = if count > 0 { State::Fine } else { State::Warning };
        points.push(Point::new(ui, "fonts", state, json!({ "count": count })));
    }
    points
}
