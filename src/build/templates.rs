//! A house's own templates (模板): in go a typesetter and a workspace, out comes the typesetter with the
//! files of the workspace's folder in the place of the shipped ones.
//!
//! Refused, and told: a folder outside the workspace, a file that is too large or cannot be read as a template.

use crate::finding::{Finding, Place};
use crate::typeset::{SHIPPED_TEMPLATES, Templates, Typesetter, template_faults};
use crate::workspace::{PROFILE_FILE, Workspace, nearest};
use std::fs;
use std::path::{Component, Path};
use walkdir::WalkDir;

/// The folder that is used if it is there and the profile names no other.
const FOLDER: &str = "模板";

/// The largest file that is read, bytes.
const MAX_BYTES: u64 = 16 * 1024 * 1024;

/// `typesetter` with the templates of `workspace`, and what is wrong with these; a faulty one is left out.
pub fn equip(typesetter: &Typesetter, workspace: &Workspace) -> (Typesetter, Vec<Finding>) {
    let (mut own, mut findings) = read(workspace);
    if own.files.is_empty() {
        return (typesetter.clone(), findings);
    }
    for fault in template_faults(&own.files) {
        let name = fault.facts.get("file").and_then(|file| file.as_str()).unwrap_or_default().to_owned();
        let at = |key: &str| fault.facts.get(key).and_then(serde_json::Value::as_u64).unwrap_or_default();
        let number = |key: &str| u32::try_from(at(key)).unwrap_or_default();
        let place = Place { line: number("line"), column: number("column"), ..own.place(&name) };
        own.files.remove(&name);
        findings.push(fault.fact("document", "").at(place));
    }
    match typesetter.with_templates(own.files) {
        Ok(equipped) => (equipped, findings),
        Err(fault) => {
            findings.push(fault.fact("document", ""));
            (typesetter.clone(), findings)
        }
    }
}

/// The files of a folder of templates.
struct Own {
    folder: String,
    files: Templates,
}

impl Own {
    fn place(&self, name: &str) -> Place {
        Place::file(format!("{}/{name}", self.folder))
    }
}

fn read(workspace: &Workspace) -> (Own, Vec<Finding>) {
    let named = workspace.profile.model.style.templates.as_deref().filter(|name| !name.is_empty());
    let folder = named.unwrap_or(FOLDER).replace('\\', "/");
    let mut own = Own { folder: folder.trim_end_matches('/').to_owned(), files: Templates::new() };
    let refused = |rule| {
        let place = workspace.place(PROFILE_FILE, "/版式/模板");
        Finding::new(rule).at(place).fact("path", folder.as_str())
    };
    if !stays_inside(&workspace.root, &folder) {
        return (own, vec![refused("workspace/outside-path")]);
    }
    let root = workspace.root.join(&folder);
    if !root.is_dir() {
        let findings = named.map(|_| refused("page/no-templates")).into_iter().collect();
        return (own, findings);
    }
    let entries: Vec<_> = WalkDir::new(&root)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|entry| entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.'))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .collect();
    // A folder of that name may hold a clerk's own forms and have nothing to do with us.
    if named.is_none() && !entries.iter().any(|entry| entry.path().extension().is_some_and(|it| it == "typ"))
    {
        return (own, Vec::new());
    }
    let known: Vec<String> = SHIPPED_TEMPLATES.iter().map(|(path, _)| (*path).to_owned()).collect();
    let mut findings = Vec::new();
    for entry in entries {
        let below = entry.path().strip_prefix(&root).unwrap_or(entry.path());
        let name = below.iter().map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/");
        if !known.contains(&name) {
            findings.push(
                Finding::new("page/unknown-template")
                    .at(own.place(&name))
                    .fact("file", name.as_str())
                    .fact("near", nearest(&name, &known)),
            );
        }
        match content(entry.path()) {
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
        let (_, findings) = equip(&SHIPPED, &Workspace::read(folder.path()));
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
            ],
        );
        assert_eq!(
            faults,
            [
                ("page/unknown-template", "模板/gongwen/titel.typ".into(), 0, 0),
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
