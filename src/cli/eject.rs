//! `baosong eject`: the files inside the executable, written out. Templates go where they take effect; rulebook and
//! locale are for reading, and lie in a folder that no workspace takes for its own. So does a paper as a project that
//! the stock compiler sets.
//!
//! Refused: a name that none of the files has, and writing over a file that differs.

use super::check::workspace as root_of;
use super::init::make_folder;
use super::make::OUTPUT;
use super::preview::{Preview, preview};
use super::{Outcome, Ui};
use crate::build::output::Output;
use crate::build::write::write;
use crate::build::{SHIPPED_TEXTS, templates_folder};
use crate::finding::Finding;
use crate::report::LOCALES;
use crate::rulebook::{FILES, Rulebook};
use crate::typeset::SHIPPED_TEMPLATES;
use crate::workspace::{Workspace, containing, nearest};
use clap::ArgMatches;
use serde_json::json;
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};

/// A file inside the executable: path, text.
type Shipped = (&'static str, &'static str);

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    match eject(rulebook, matches) {
        Ok(ejected) => {
            ejected.tell(ui);
            Outcome::Fine
        }
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

/// What was written out.
struct Ejected {
    what: &'static str,
    folder: PathBuf,
    written: Vec<PathBuf>,
    /// What lay there already, the same.
    same: Vec<PathBuf>,
    /// The template that sets the page, where it is one.
    entry: &'static str,
}

impl Ejected {
    fn tell(&self, ui: &Ui) {
        let shown = |paths: &[PathBuf]| -> Vec<String> {
            paths.iter().map(|path| path.display().to_string()).collect()
        };
        let (written, same) = (shown(&self.written), shown(&self.same));
        let folder = self.folder.display().to_string();
        if ui.json() {
            ui.answer(&json!({ "what": self.what, "folder": folder, "written": written, "same": same }));
            return;
        }
        // A project is taken as a whole.
        for file in written.iter().filter(|_| self.what != "page") {
            ui.say("eject.file", json!({ "file": file }));
        }
        ui.say("eject.done", json!({ "written": written.len(), "same": same.len(), "folder": folder }));
        ui.say(&format!("eject.{}", self.what), json!({ "folder": folder, "entry": self.entry }));
    }
}

fn eject(rulebook: &'static Rulebook, matches: &ArgMatches) -> Result<Ejected, Finding> {
    if matches.get_one::<String>("what").is_some_and(|what| what == "page") {
        return page(rulebook, matches);
    }
    let (what, all): (&'static str, Vec<Shipped>) =
        match matches.get_one::<String>("what").map(String::as_str) {
            Some("rulebook") => ("rulebook", FILES.to_vec()),
            Some("locale") => ("locale", LOCALES.to_vec()),
            _ => ("templates", SHIPPED_TEMPLATES.iter().chain(SHIPPED_TEXTS).copied().collect()),
        };
    let (files, path) = chosen(what, &all, matches)?;
    let named = matches.get_one::<PathBuf>("output");
    let (folder, shelf) = match (what, named) {
        ("templates", Some(folder)) => (folder.clone(), Shelf::Plain),
        ("templates", None) => {
            let root = root_of(&path)?;
            (root.join(templates_folder(&Workspace::read(&root))?), Shelf::Plain)
        }
        (_, Some(folder)) => (folder.clone(), Shelf::Marked(Output::open(folder)?, PathBuf::new())),
        (_, None) => match containing(&path) {
            Some(root) => {
                let output = Output::open(&root.join(OUTPUT))?;
                (output.root().join(what), Shelf::Marked(output, what.into()))
            }
            None => (path.join(what), Shelf::Marked(Output::open(&path.join(what))?, PathBuf::new())),
        },
    };
    let files = files.into_iter().map(|(name, text)| (name.to_owned(), text.as_bytes().into())).collect();
    put(what, files, folder, &shelf)
}

/// One paper, with all that sets it.
fn page(rulebook: &'static Rulebook, matches: &ArgMatches) -> Result<Ejected, Finding> {
    let given: Vec<&PathBuf> = matches.get_many("path").into_iter().flatten().collect();
    let (path, wanted) = given.split_first().map_or((Path::new("."), &[][..]), |(path, rest)| (path, rest));
    let wanted: Vec<_> = wanted.iter().map(|word| word.to_string_lossy()).collect();
    let Preview { root, name, entry, files } = preview(rulebook, path, &wanted.join(" "))?;
    let named = matches.get_one::<PathBuf>("output");
    let below = if named.is_some() { PathBuf::new() } else { Path::new("page").join(name) };
    let output = Output::open(named.unwrap_or(&root.join(OUTPUT)))?;
    let folder = below.iter().fold(output.root().to_owned(), |folder, part| folder.join(part));
    let shelf = Shelf::Marked(output, below);
    let files = files.into_iter().map(|(name, bytes)| (name, bytes.into())).collect();
    Ok(Ejected { entry, ..put("page", files, folder, &shelf)? })
}

/// A file to be written out: path, content.
type Content = (String, Cow<'static, [u8]>);

/// Puts files into `folder`, all or none; what is there already, the same, stays.
fn put(what: &'static str, files: Vec<Content>, folder: PathBuf, shelf: &Shelf) -> Result<Ejected, Finding> {
    if folder.exists() && !folder.is_dir() {
        return Err(Finding::new("run/not-a-folder").fact("path", folder.to_string_lossy()));
    }
    let (same, new): (Vec<Content>, Vec<Content>) = files
        .into_iter()
        .partition(|(name, bytes)| fs::read(folder.join(name)).is_ok_and(|it| it == **bytes));
    let place = |(name, _): &Content| folder.join(name);
    let held: Vec<PathBuf> = new.iter().map(place).filter(|path| path.symlink_metadata().is_ok()).collect();
    if !held.is_empty() {
        let held: Vec<String> = held.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        return Err(Finding::new("run/exists").fact("path", held.join("”、“")));
    }
    for (name, bytes) in &new {
        shelf.write(&folder, name, bytes)?;
    }
    let (same, written) = (same.iter().map(place).collect(), new.iter().map(place).collect());
    Ok(Ejected { what, folder, written, same, entry: "" })
}

/// Which of the files are meant, and around which path the workspace is: whatever is no name of a file or of a folder
/// of files is a path.
fn chosen(what: &str, all: &[Shipped], matches: &ArgMatches) -> Result<(Vec<Shipped>, PathBuf), Finding> {
    let (mut files, mut path) = (Vec::new(), PathBuf::from("."));
    for given in matches.get_many::<PathBuf>("path").into_iter().flatten() {
        let name = given.to_string_lossy().replace('\\', "/");
        let name = name.trim_end_matches('/');
        let before = files.len();
        files.extend(all.iter().filter(|(file, _)| {
            *file == name || file.strip_prefix(name).is_some_and(|rest| rest.starts_with('/'))
        }));
        if files.len() > before {
            continue;
        }
        if !given.exists() {
            let known: Vec<String> = all.iter().map(|(file, _)| (*file).to_owned()).collect();
            let near = nearest(name, &known);
            return Err(Finding::new("run/not-inside")
                .fact("what", what)
                .fact("file", name)
                .fact("near", near));
        }
        path.clone_from(given);
    }
    Ok((if files.is_empty() { all.to_vec() } else { files }, path))
}

/// How files are put into a folder.
enum Shelf {
    /// As they are.
    Plain,
    /// In a folder that is marked as output, below a folder of it: what lies there belongs to no workspace.
    Marked(Output, PathBuf),
}

impl Shelf {
    fn write(&self, folder: &Path, name: &str, bytes: &[u8]) -> Result<(), Finding> {
        match self {
            Self::Marked(output, below) => output.write(&below.join(name), bytes),
            Self::Plain => {
                let path = folder.join(name);
                let around = path.parent().unwrap_or(folder);
                if around != folder && around.is_symlink() {
                    return Err(Finding::new("run/outside").fact("path", path.to_string_lossy()));
                }
                make_folder(around)?;
                write(&path, bytes)
            }
        }
    }
}
