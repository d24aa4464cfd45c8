//! A paper as a project that the stock compiler sets as it is, for those who change templates: a path and the name of
//! a paper go in; its data, pictures, templates and the names of its fonts come out.
//!
//! Refused: what means no paper, or more than one.

use super::built::marked_jobs;
use super::check::{examine, typesetter, workspace as root_of};
use super::make::workers;
use crate::build::{Job, Made, Maker, Scope};
use crate::finding::Finding;
use crate::rulebook::Rulebook;
use crate::typeset::{FontFile, Project};
use crate::workspace::Workspace;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// The list of fonts in the project.
const FONTS: &str = "fonts.txt";

/// The project of a paper.
pub(super) struct Preview {
    /// The workspace that it comes from.
    pub(super) root: PathBuf,
    /// The paper's path below the output folder, without ending.
    pub(super) name: String,
    /// The template to compile.
    pub(super) entry: &'static str,
    /// Every file by its path in the project.
    pub(super) files: BTreeMap<String, Vec<u8>>,
}

/// The project of the paper called `wanted` of what is at `path`; it needs no name where there is only one.
pub(super) fn preview(rulebook: &'static Rulebook, path: &Path, wanted: &str) -> Result<Preview, Finding> {
    let root = root_of(path)?;
    let workspace = Workspace::read(&root);
    let mut examined = examine(&workspace, rulebook, &typesetter()?);
    // As `build` has it: when papers are due marks none as faulty.
    examined.findings.retain(|finding| !finding.rule.starts_with("art16/due"));
    let (law, typesetter, made) = (&examined.law, &examined.typesetter, &Made::default());
    let maker = Maker { workspace: &workspace, law, typesetter, workers: workers(), made };
    let jobs = marked_jobs(&maker, &Scope::of(&workspace, path), &examined.findings);
    let job = one(&jobs, wanted)?;
    let failed =
        |findings: Vec<Finding>| findings.into_iter().next().unwrap_or(Finding::new("page/internal"));
    let Project { entry, files } = maker.preview(job).map_err(failed)?;
    let mut files: BTreeMap<String, Vec<u8>> =
        files.into_iter().map(|(path, bytes)| (path.trim_start_matches('/').to_owned(), bytes)).collect();
    let font = |font: FontFile| format!("{}\t{}\n", font.family, font.file);
    let fonts: String = typesetter.font_files().into_iter().map(font).collect();
    files.insert(FONTS.to_owned(), fonts.into_bytes());
    Ok(Preview { root, name: stem(job).to_owned(), entry, files })
}

fn stem(job: &Job) -> &str {
    job.path.trim_end_matches(".pdf")
}

/// The job of that name, the only one whose name holds it, or the only one.
fn one<'j>(jobs: &'j [Job], wanted: &str) -> Result<&'j Job, Finding> {
    fn name(job: &Job) -> &str {
        stem(job).rsplit('/').next().unwrap_or_default()
    }
    let called: Vec<&Job> = jobs.iter().filter(|job| wanted.is_empty() || name(job) == wanted).collect();
    let holding = || jobs.iter().filter(|job| name(job).contains(wanted)).collect();
    let called: Vec<&Job> = if called.is_empty() { holding() } else { called };
    if let [job] = called[..] {
        return Ok(job);
    }
    let choice = if called.is_empty() { jobs.iter().collect() } else { called };
    let several = choice.iter().any(|job| job.file != choice[0].file);
    let shown =
        |job: &&Job| if several { job.file.trim_end_matches("/活动.yaml") } else { name(job) }.to_owned();
    let mut papers: Vec<String> = choice.iter().map(shown).collect();
    papers.dedup();
    Err(Finding::new("run/which-paper").fact("wanted", wanted).fact("papers", papers))
}
