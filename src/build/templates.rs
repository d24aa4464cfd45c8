//! A house's own templates (模板): in go a typesetter and a workspace, out come the typesetter and the text
//! templates with the files of the workspace's folder in the place of the shipped ones.
//!
//! Refused, and told: a folder outside the workspace, a file that is too large or cannot be read as a template.

use super::texts::{SHIPPED_TEXTS, Texts};
use crate::finding::{Finding, Place};
use crate::typeset::{SHIPPED_TEMPLATES, Templates, Typesetter, template_faults};
use crate::workspace::{PROFILE_FILE, Workspace, nearest};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Component, Path};
use walkdir::WalkDir;

/// The folder that is used if it is there and the profile names no other.
const FOLDER: &str = "模板";

/// The largest file that is read, bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// What papers and texts of a workspace are made by.
#[derive(Clone)]
pub struct Equipment {
    /// Sets pages.
    pub typesetter: Typesetter,
    /// Makes texts.
    pub texts: Texts,
    /// What is wrong with the workspace's own templates; a faulty one is left out.
    pub findings: Vec<Finding>,
}

/// `typesetter` and the text templates, with the templates of `workspace` in their places.
pub fn equip(typesetter: &Typesetter, workspace: &Workspace) -> Equipment {
    let (mut own, mut findings) = read(workspace);
    let (texts, faults) = Texts::new(&own.folder, std::mem::take(&mut own.texts));
    findings.extend(faults);
    let mut equipment = Equipment { typesetter: typesetter.clone(), texts, findings };
    if own.files.is_empty() {
        return equipment;
    }
    for fault in template_faults(&own.files) {
        let name = fault.facts.get("file").and_then(|file| file.as_str()).unwrap_or_default().to_owned();
        let at = |key: &str| fault.facts.get(key).and_then(serde_json::Value::as_u64).unwrap_or_default();
        let number = |key: &str| u32::try_from(at(key)).unwrap_or_default();
        let place = Place { line: number("line"), column: number("column"), ..own.place(&name) };
        own.files.remove(&name);
        equipment.findings.push(fault.fact("document", "").at(place));
    }
    match typesetter.with_templates(own.files) {
        Ok(equipped) => equipment.typesetter = equipped,
        Err(fault) => equipment.findings.push(fault.fact("document", "")),
    }
    equipment
}

/// The folder of `workspace` for templates of its own, which need not be there: its name.
///
/// # Errors
/// `workspace/outside-path` for one that the profile names and that lies outside the workspace.
pub fn templates_folder(workspace: &Workspace) -> Result<String, Finding> {
    let folder = named(workspace).unwrap_or(FOLDER).replace('\\', "/");
    if stays_inside(&workspace.root, &folder) {
        return Ok(folder.trim_end_matches('/').to_owned());
    }
    Err(refused(workspace, "workspace/outside-path", &folder))
}

/// The folder that the profile names.
fn named(workspace: &Workspace) -> Option<&str> {
    workspace.profile.model.style.templates.as_deref().filter(|name| !name.is_empty())
}

fn refused(workspace: &Workspace, rule: &'static str, folder: &str) -> Finding {
    Finding::new(rule).at(workspace.place(PROFILE_FILE, "/版式/模板")).fact("path", folder)
}

/// The files of a folder of templates.
struct Own {
    folder: String,
    files: Templates,
    texts: BTreeMap<String, Vec<u8>>,
}

impl Own {
    fn place(&self, name: &str) -> Place {
        Place::file(format!("{}/{name}", self.folder))
    }
}

fn read(workspace: &Workspace) -> (Own, Vec<Finding>) {
    let own = |folder| Own { folder, files: Templates::new(), texts: BTreeMap::new() };
    let folder = match templates_folder(workspace) {
        Ok(folder) => folder,
        Err(finding) => return (own(String::new()), vec![finding]),
    };
    let mut own = own(folder);
    let root = workspace.root.join(&own.folder);
    if !root.is_dir() {
        let missing = named(workspace).map(|_| refused(workspace, "page/no-templates", &own.folder));
        return (own, missing.into_iter().collect());
    }
    let name = |path: &Path| {
        let below = path.strip_prefix(&root).unwrap_or(path);
        below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    let entries: Vec<_> = WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.'))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (name(entry.path()), entry))
        .collect();
    // A folder of that name may hold a clerk's own forms and have nothing to do with us.
    let is_ours = |name: &str| Path::new(name).extension().is_some_and(|it| it == "typ") || is_text(name);
    if named(workspace).is_none() && !entries.iter().any(|(name, _)| is_ours(name)) {
        return (own, Vec::new());
    }
    let known: Vec<String> =
        SHIPPED_TEMPLATES.iter().chain(SHIPPED_TEXTS).map(|(path, _)| (*path).to_owned()).collect();
    let mut findings = Vec::new();
    for (name, entry) in entries {
        if !known.contains(&name) {
            findings.push(
                Finding::new("page/unknown-template")
                    .at(own.place(&name))
                    .fact("file", name.as_str())
                    .fact("near", nearest(&name, &known)),
            );
        }
        match content(entry.path()) {
            Ok(bytes) if is_text(&name) => {
                own.texts.insert(name, bytes);
            }
            Ok(bytes) => {
                own.files.insert(name, bytes.into());
            }
            Err(cause) => {
                findings.push(Finding::new("workspace/unreadable").at(own.place(&name)).fact("cause", cause));
            }
        }
    }
    (own, findings)
}

/// Whether the file is for texts: another one than the known may be a part that these include.
fn is_text(name: &str) -> bool {
    name.starts_with("text/")
}

fn content(path: &Path) -> Result<Vec<u8>, String> {
    let size = fs::metadata(path).map_err(|error| error.to_string())?.len();
    if size > MAX_BYTES {
        return Err(format!("{} MiB > {} MiB", size.div_ceil(1 << 20), MAX_BYTES >> 20));
    }
    fs::read(path).map_err(|error| error.to_string())
}

/// Whether `folder` lies below `root`, also when links are followed; one that is not there does if its name does.
fn stays_inside(root: &Path, folder: &str) -> bool {
    let mut parts = Path::new(folder).components();
    let sound = parts.clone().count() > 0 && parts.all(|part| matches!(part, Component::Normal(_)));
    let real = |path: &Path| fs::canonicalize(path).ok();
    sound
        && !folder.contains(':')
        && real(&root.join(folder))
            .is_none_or(|path| real(root).is_some_and(|root| path.starts_with(&root) && path != root))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::sync::LazyLock;
    use tempfile::TempDir;

    static SHIPPED: LazyLock<Typesetter> = LazyLock::new(|| Typesetter::new(Templates::new()).unwrap());

    /// The rules and places of what is found in a workspace with these files.
    fn found(style: &str, files: &[(&str, &[u8])]) -> Vec<(&'static str, String, u32, u32)> {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join(PROFILE_FILE), format!("类别: 专家组\n{style}")).unwrap();
        for (name, bytes) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        let findings = equip(&SHIPPED, &Workspace::read(folder.path())).findings;
        let place = |finding: Finding| {
            let place = finding.place.unwrap();
            (finding.rule, place.file, place.line, place.column)
        };
        findings.into_iter().map(place).collect()
    }

    #[test]
    fn what_is_sound_is_taken_and_what_has_nothing_to_do_with_us_left_alone() {
        assert_eq!(found("", &[("模板/plain.typ", b"Ja")]), []);
        assert_eq!(found("", &[("模板/通知.docx", b"\0")]), []);
        assert_eq!(found("", &[("模板/text/mail.txt", "主题".as_bytes())]), []);
        assert_eq!(found("版式: { 模板: 版面 }\n", &[("版面/gongwen/title.typ", b"")]), []);
    }

    #[test]
    fn faults_have_their_place() {
        let faults = found(
            "",
            &[
                ("模板/plain.typ", b"Text\n#let x = (\n"),
                ("模板/letter.typ", b"\xff"),
                ("模板/gongwen/titel.typ", b""),
                ("模板/text/mail.txt", "主题\n\n{{ title | }}".as_bytes()),
                ("模板/text/phrases.yaml", b""),
            ],
        );
        assert_eq!(
            faults,
            [
                ("page/unknown-template", "模板/gongwen/titel.typ".into(), 0, 0),
                ("page/unknown-template", "模板/text/phrases.yaml".into(), 0, 0),
                ("page/template", "模板/text/mail.txt".into(), 3, 12),
                ("page/template", "模板/letter.typ".into(), 0, 0),
                ("page/template", "模板/plain.typ".into(), 2, 10),
            ]
        );
    }

    #[test]
    fn folders_elsewhere_are_refused() {
        for name in ["../别处", "/etc", ".", "版面/../../别处", "C:/版面"] {
            let style = format!("版式: {{ 模板: \"{name}\" }}\n");
            assert_eq!(found(&style, &[])[0].0, "workspace/outside-path", "{name}");
        }
        assert_eq!(found("版式: { 模板: 版面 }\n", &[])[0].0, "page/no-templates");
    }
}
