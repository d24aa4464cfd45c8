//! Which papers a workspace has, and setting them on all cores.

use super::content::Content;
use super::copies::{PhotoCopy, Wanted};
use super::made::{Known, Made, key};
use super::output::Output;
use super::share::{gather, share};
use crate::bundle::tidy_name;
use crate::check::Law;
use crate::checksum::Checksum;
use crate::compose::page::{Attachment, Page};
use crate::compose::{Composer, Paper, PaperKind};
use crate::finding::Finding;
use crate::media::{Picture, Purpose};
use crate::model::{Activity, Photo};
use crate::typeset::{Project, Sheet, Typesetter};
use crate::workspace::{Loaded, Workspace, without_detours};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// A paper to be set, and where it goes.
#[derive(Debug, Clone)]
pub struct Job {
    /// Path of the PDF below the output folder, with `/` between the parts.
    pub path: String,
    /// The YAML file that it comes from.
    pub file: String,
    /// The paper.
    pub paper: Paper,
}

impl Job {
    /// Has type area, grid and measured distances drawn over the pages; the file is called so that nobody
    /// takes it for the paper.
    pub fn draw_grid(&mut self) {
        self.paper.page.style.overlay = true;
        self.path = with_grid(&self.path);
    }
}

/// What a paper with the grid drawn over it is called.
pub fn with_grid(path: &str) -> String {
    format!("{}（网格）.pdf", path.trim_end_matches(".pdf"))
}

/// A paper that was set.
#[derive(Debug)]
pub struct Done {
    /// As in the job.
    pub path: String,
    /// As in the job.
    pub file: String,
    /// Which paper it is.
    pub kind: PaperKind,
    /// The sum over everything that determines its bytes.
    pub key: String,
    /// The PDF and what is known of it.
    pub sheet: Sheet,
}

/// Which part of a workspace is meant.
#[derive(Debug, Clone, Default)]
pub struct Scope {
    /// Path below the workspace; everything when empty.
    pub prefix: String,
}

impl Scope {
    /// The part of `workspace` that `path` means.
    pub fn of(workspace: &Workspace, path: &Path) -> Self {
        let path = without_detours(&std::path::absolute(path).unwrap_or_else(|_| path.to_owned()));
        let below = path.strip_prefix(&workspace.root).map(|rest| rest.to_string_lossy().replace('\\', "/"));
        Self { prefix: below.unwrap_or_default() }
    }

    /// Whether `file` belongs to it.
    pub fn holds(&self, file: &str) -> bool {
        self.prefix.is_empty()
            || file == self.prefix
            || file.strip_prefix(&self.prefix).is_some_and(|rest| rest.starts_with('/'))
    }
}

/// Makes papers of a workspace.
pub struct Maker<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// Rules and calendar in force.
    pub law: &'a Law,
    /// Fonts and templates.
    pub typesetter: &'a Typesetter,
    /// How many papers are set at once.
    pub workers: usize,
    /// What was made before; [`Made::default`] where that is of no interest.
    pub made: &'a Made,
}

/// A file that a PDF carries: virtual path, bytes.
type Source = (String, Arc<[u8]>);

/// Such files.
type Files = BTreeMap<String, Arc<[u8]>>;

impl Maker<'_> {
    /// Every paper within `scope`, in the order of the year.
    pub fn jobs(&self, scope: &Scope) -> Vec<Job> {
        let size = |file: &str, photo: &Photo| self.size(file, photo);
        let composer = Composer { workspace: self.workspace, law: self.law, size: &size };
        let jobs = |folder: &str, file: &str, papers: Vec<Paper>| {
            let job = |paper: Paper| {
                let path = format!("{folder}/{}.pdf", paper.kind.word());
                Job { path, file: file.to_owned(), paper }
            };
            papers.into_iter().map(job).collect::<Vec<_>>()
        };
        let Workspace { plans, activities, summaries, .. } = self.workspace;
        let plans = plans.par_iter().filter(|plan| scope.holds(&plan.file));
        let plans = plans.map(|plan| jobs(&plan.model.year.to_string(), &plan.file, composer.plan(plan)));
        let activities = activities.par_iter().filter(|activity| scope.holds(&activity.file));
        // One activity may have most of the photographs.
        activities.clone().for_each(|activity| {
            activity.model.photos.par_iter().for_each(|photo| {
                let _ = self.size(&activity.file, photo);
            });
        });
        let activities =
            activities.map(|activity| jobs(&folder(activity), &activity.file, composer.activity(activity)));
        let summaries = summaries.par_iter().filter(|summary| scope.holds(&summary.file));
        let summaries = summaries
            .map(|summary| jobs(&summary.model.year.to_string(), &summary.file, composer.summary(summary)));
        let mut jobs: Vec<Job> = plans.chain(activities).chain(summaries).flatten_iter().collect();
        unique(&mut jobs);
        jobs
    }

    /// Sets the papers; what cannot be set is a finding, and the others go on. Results keep the order.
    pub fn set(&self, jobs: &[Job]) -> (Vec<Done>, Vec<Finding>) {
        let (mut done, mut findings) = (Vec::new(), Vec::new());
        for result in gather(jobs.len(), self.workers, |index| self.one(&jobs[index])) {
            match result {
                Ok(one) => done.push(one),
                Err(found) => findings.extend(found),
            }
        }
        merge_faults(&mut findings);
        (done, findings)
    }

    /// What was made of the job before, if that is up to date.
    pub fn current(&self, job: &Job) -> Option<Known> {
        self.made.current(&job.path, &self.key_before(job)?)
    }

    /// What was made of the job before, and what is known of it, if that is up to date; its bytes are not looked at.
    pub fn current_content(&self, job: &Job) -> Option<(Content, &Known)> {
        self.made.content(&job.path, &self.key_before(job)?)
    }

    /// What the stock compiler needs for the paper of a job, as [`Typesetter::preview`] gives it.
    ///
    /// # Errors
    /// Photographs that cannot be used, and those of [`Typesetter::preview`].
    pub fn preview(&self, job: &Job) -> Result<Project, Vec<Finding>> {
        let (mut files, _) = self.pictures(job)?;
        let (page, source) = self.dressed(job);
        files.extend(source);
        self.typesetter.preview(&page, &files).map_err(|finding| vec![finding])
    }

    /// The pictures of a job for its pages, by virtual path, and the sums of the photographs that they were made from.
    fn pictures(&self, job: &Job) -> Result<(Files, Vec<String>), Vec<Finding>> {
        let mut files = Files::new();
        let mut sums = Vec::new();
        for picture in &job.paper.pictures {
            let copied = || {
                let copy = self.copy(&job.file, &picture.photo, Purpose::page(picture.width_mm));
                copy.map_err(|finding| vec![finding])
            };
            let PhotoCopy { original, content, .. } = copied()?;
            let bytes = if let Some(bytes) = content.clone().into_bytes() {
                bytes
            } else {
                self.made.distrust(&content);
                copied()?.content.into_bytes().unwrap_or_default()
            };
            sums.push(original);
            files.insert(picture.path.clone(), bytes.into());
        }
        Ok((files, sums))
    }

    fn one(&self, job: &Job) -> Result<Done, Vec<Finding>> {
        let (mut files, sums) = self.pictures(job)?;
        let (page, source) = self.dressed(job);
        // Of the bytes that are set, which may be others than those that were looked at before.
        let key = self.key(job, &page, source.as_ref(), &sums).unwrap_or_default();
        files.extend(source);
        let named = |findings: Vec<Finding>| -> Vec<Finding> {
            findings.into_iter().map(|finding| finding.fact("document", job.path.as_str())).collect()
        };
        let mut sheet = self.typesetter.set(&page, &files).map_err(named)?;
        sheet.notes = named(sheet.notes);
        Ok(Done { path: job.path.clone(), file: job.file.clone(), kind: job.paper.kind, key, sheet })
    }

    /// The page of a job with its source attached, and that source by its virtual path.
    pub fn dressed(&self, job: &Job) -> (Page, Option<Source>) {
        let mut page = job.paper.page.clone();
        let text = self.workspace.outgoing(&job.file).filter(|_| job.paper.kind.carries_source());
        let source = text.map(|text| {
            let name = job.file.rsplit('/').next().unwrap_or(&job.file);
            (format!("/source/{name}"), text.as_bytes().into())
        });
        if let Some((path, _)) = &source {
            let (path, description) = (path.clone(), job.paper.kind.word().to_owned());
            page.attachments.push(Attachment { path, description, mime: "application/yaml".into() });
        }
        (page, source)
    }

    /// The sum over everything that determines the bytes, as far as can be told without setting; none if a photograph
    /// cannot be read.
    fn key_before(&self, job: &Job) -> Option<String> {
        let photos = job.paper.pictures.iter().map(|picture| &picture.photo);
        let sum = |photo| self.made.photo(&self.workspace.root, &job.file, photo).map(|seen| seen.sha256);
        let sums: Vec<String> = photos.map(sum).collect::<Result<_, _>>().ok()?;
        let (page, source) = self.dressed(job);
        self.key(job, &page, source.as_ref(), &sums)
    }

    fn key(&self, job: &Job, page: &Page, source: Option<&Source>, sums: &[String]) -> Option<String> {
        let page = serde_json::to_vec(page).ok()?;
        let pictures = job.paper.pictures.iter().zip(sums);
        let pictures: Vec<String> =
            pictures.map(|(it, sum)| format!("{} {} {sum}", it.path, it.width_mm)).collect();
        let source = source.map_or(&[][..], |(_, bytes)| bytes);
        let parts = [&page[..], pictures.join("\n").as_bytes(), source].map(Checksum::of);
        Some(key(self.made.basis(), job.paper.kind, &parts))
    }

    /// The copy of a photograph for a purpose, taken from what was made before if it is there.
    ///
    /// # Errors
    /// As [`crate::check::load_photo`] and [`Picture::decode`], without place.
    pub fn copy(&self, file: &str, photo: &Photo, purpose: Purpose) -> Result<PhotoCopy, Finding> {
        let original = self.made.photo(&self.workspace.root, file, photo)?.sha256;
        if let Some(copy) =
            self.made.copies.get(&original, purpose).filter(|it| self.made.trusts(&it.content))
        {
            return Ok(copy);
        }
        let (original, picture) = self.decode(file, photo)?;
        Ok(PhotoCopy::new(original, picture.copy(purpose)?))
    }

    /// Whether a copy that is wanted is not there.
    pub fn lacks(&self, wanted: &Wanted<'_>) -> bool {
        let seen = self.made.photo(&self.workspace.root, wanted.file, wanted.photo);
        let lacks = |sum: &str| wanted.purposes.iter().any(|it| !self.made.copies.has(sum, *it));
        seen.is_ok_and(|seen| lacks(&seen.sha256))
    }

    /// Makes the copies that are wanted of a photograph, decoded once for all, and keeps them in `output`. What keeps one
    /// from being made shows where it is asked for.
    pub fn make_copies(&self, output: Option<&Output>, wanted: &Wanted<'_>) {
        let Ok((sum, picture)) = self.decode(wanted.file, wanted.photo) else { return };
        for purpose in &wanted.purposes {
            if self.made.copies.has(&sum, *purpose) {
                continue;
            }
            if let Ok(copy) = picture.copy(*purpose) {
                self.made.copies.keep(output, &sum, *purpose, copy);
            }
        }
    }

    /// A photograph and the sum of its bytes.
    fn decode(&self, file: &str, photo: &Photo) -> Result<(String, Picture), Finding> {
        let bytes = crate::check::load_photo(&self.workspace.root, file, photo)?;
        let sum = Checksum::of(&bytes).to_string();
        let picture = Picture::decode(bytes).map_err(|finding| finding.fact("file", &*photo.file))?;
        Ok((sum, picture))
    }

    fn size(&self, file: &str, photo: &Photo) -> Option<(u32, u32)> {
        self.made.photo(&self.workspace.root, file, photo).ok()?.size
    }
}

/// Sets papers, of several workspaces if need be, `workers` at once in their order, and hands each over as soon as it is
/// finished, with its place in the queue. What cannot be set is findings, and the others go on.
pub fn set_all(
    queue: &[(&Maker<'_>, &Job)],
    workers: usize,
    take: impl Fn(usize, Result<Done, Vec<Finding>>) + Sync,
) {
    share(queue.len(), workers, |index| {
        let (maker, job) = queue[index];
        take(index, maker.one(job));
    });
}

/// A fault of a template that several papers share is told once: of the first, and of how many (fact `papers`).
pub fn merge_faults(findings: &mut Vec<Finding>) {
    let fault = |finding: &Finding| {
        let facts = ["file", "line", "column", "message"].map(|name| finding.facts.get(name).cloned());
        (finding.rule, facts)
    };
    let mut merged: Vec<(Finding, usize)> = Vec::new();
    for finding in findings.drain(..) {
        let shared = matches!(finding.rule, "page/template" | "page/warning");
        match merged.iter_mut().find(|(first, _)| shared && fault(first) == fault(&finding)) {
            Some((_, papers)) => *papers += 1,
            None => merged.push((finding, 1)),
        }
    }
    findings.extend(merged.into_iter().map(|(finding, papers)| match papers {
        1 => finding,
        papers => finding.fact("papers", papers),
    }));
}

/// `2017/2017-03-第二次全体会议`; the year of its number when it has no date.
fn folder(activity: &Loaded<Activity>) -> String {
    let model = &activity.model;
    let year = model.date.map_or_else(
        || model.id.split('-').next().unwrap_or_default().to_owned(),
        |date| date.first().year().to_string(),
    );
    let name = model.name.as_deref().unwrap_or_default();
    let joined = [&*model.id, name].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-");
    let joined = if joined.is_empty() { activity.file.replace('/', "-") } else { joined };
    let year = if year.is_empty() { "其他".to_owned() } else { tidy_name(&year) };
    format!("{year}/{}", tidy_name(&joined))
}

/// Gives a second paper of the same path a number.
fn unique(jobs: &mut [Job]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for job in jobs {
        let count = seen.entry(job.path.to_lowercase()).or_insert(0);
        *count += 1;
        if *count > 1 {
            job.path = format!("{}（{count}）.pdf", job.path.trim_end_matches(".pdf"));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_of_several_papers_is_told_once() {
        let fault = |document: &str, line: u32| {
            let finding = Finding::new("page/template").fact("document", document).fact("line", line);
            finding.fact("file", "gongwen/title.typ").fact("column", 1).fact("message", "unknown variable")
        };
        let lost = |document: &str| Finding::new("page/overflow").fact("document", document);
        let mut findings = vec![fault("甲", 3), lost("甲"), fault("乙", 3), lost("甲"), fault("乙", 4)];
        merge_faults(&mut findings);
        assert_eq!(findings, [fault("甲", 3).fact("papers", 2), lost("甲"), lost("甲"), fault("乙", 4)]);
    }
}
