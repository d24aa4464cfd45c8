//! Packing: the papers of one submission, its photographs, its sources and `submission.json` become a
//! bag; the covering paper and the list of contents show its check code.
//!
//! Refuses nothing itself: whether the papers may go out was decided by `check` before.

use super::explanations::explanations;
use super::letter::Letter;
use super::payload::Payload;
use super::submission::{Fact, File, House, Obligation, Photograph, Sender, Submission};
use super::{Bag, BagInfo, CheckCode, Parcel, PayloadPath, Role, SUBMISSION, Stopped, Zip, check_code};
use crate::build::output::Output;
use crate::build::write::Pending;
use crate::build::{Content, Job, Known, Maker, Scope, gather};
use crate::check::{Opened, Owed};
use crate::checksum::Checksum;
use crate::compose::{AsOf, Composer, Cover, Listed, PaperKind, Reading, contents, cover};
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::model::{Activity, CoverGenre, Photo};
use crate::rulebook::{Rulebook, Switch};
use crate::typeset::{Faces, Sheet};
use crate::workspace::Loaded;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::resume_unwind;
use std::{io, thread};

/// A bundle.
#[derive(Debug)]
pub struct Packed {
    /// Its file name.
    pub name: String,
    /// Its check code.
    pub code: CheckCode,
    /// Its day: that of the covering paper.
    pub day: Date,
    /// Everything in it.
    pub contents: Vec<Listed>,
    /// Its covering paper, which is printed and stamped.
    pub letter: Letter,
    /// How many papers it brings; the covering paper and the list of contents are not counted.
    pub papers: usize,
    /// What was changed on their pages so that they hold what belongs together, as the build's report says it.
    pub notes: Vec<Finding>,
}

/// What packing needs besides the parcel.
pub struct Packer<'a> {
    /// Makes the papers.
    pub maker: &'a Maker<'a>,
    /// Where copies of photographs are kept; they are held in memory if nowhere.
    pub output: Option<&'a Output>,
    /// The rules.
    pub rulebook: &'a Rulebook,
    /// Findings of 事实 that ask for an explanation, with their messages in Chinese.
    pub facts: Vec<(Finding, String)>,
    /// What is owed, for the due date.
    pub owed: Vec<Owed>,
    /// Obligations that facts open.
    pub opened: Vec<Opened>,
}

/// A paper ready to be packed.
struct Ready {
    file: String,
    kind: PaperKind,
    pdf: Content,
    pages: usize,
    faces: Faces,
    notes: Vec<Finding>,
}

impl Packer<'_> {
    /// Packs one parcel into a new file. The covering papers are set while the others are written.
    ///
    /// # Errors
    /// Papers that could not be set, photographs that could not be used, names that cannot be packed, a file that cannot
    /// be written.
    pub fn pack(&self, parcel: &Parcel, out: &Pending) -> Result<(Packed, Zip), Vec<Finding>> {
        let done = self.papers(parcel)?;
        let mut files = Payload::default();
        let mut number = 2;
        let mut fonts = BTreeSet::new();
        let mut notes = Vec::new();
        for one in done {
            notes.extend(one.notes);
            number += 1;
            let of = parcel.papers.len() > 1;
            let name = format!("{number:02}-{}{}.pdf", self.prefix(&one.file, of), one.kind.word());
            files.add(&name, one.pdf, Some(one.pages), Role::Material)?;
            fonts.extend(one.faces.files);
        }
        let photographs = self.photographs(parcel, &mut files)?;
        let mut inputs = Vec::new();
        for source in &parcel.sources {
            if let Some(text) = self.maker.workspace.outgoing(source) {
                let path = files.add(
                    &format!("源文件/{source}"),
                    text.into_owned().into_bytes(),
                    None,
                    Role::Material,
                )?;
                inputs.push(path);
            }
        }
        let day = self.day(parcel);
        let genre = parcel.submission.genre.or(self.maker.workspace.profile.model.cover);
        let cover_name =
            if genre == Some(CoverGenre::Report) { "01-报送报告.pdf" } else { "01-报送函.pdf" };
        let covers = [cover_name, "02-材料清单.pdf"];
        let mut json = self.submission(parcel, &files, inputs, photographs, &covers);
        json.fonts = self.fonts(&fonts);
        let mut text = serde_json::to_vec_pretty(&json).unwrap_or_default();
        text.push(b'\n');
        files.add(SUBMISSION, text, None, Role::Material)?;
        let code = check_code(&files.entries);
        let (papers, mut contents) = (files.papers(), files.listed());
        let failed = |error: &io::Error| vec![out.failed(error)];
        let file = out.emptied().map_err(|error| failed(&error))?;
        let top = parcel.stem(self.maker.workspace);
        let mut waiting = Payload::default();
        let paths = covers.map(PayloadPath::new).into_iter().collect::<Result<Vec<_>, _>>();
        let paths = paths.map_err(|finding| vec![finding])?;
        let bag = Bag::new(&top, self.info(parcel, day), files.entries, &paths)?;
        // Both covering papers want a core; the zip is mostly the disk's work and gets a thread of its own.
        let (set, begun) = thread::scope(|scope| {
            let zip = scope.spawn(|| Zip::begin(bag, file));
            let set = self.covers(parcel, &contents, papers, code, day);
            (set, zip.join().unwrap_or_else(|panic| resume_unwind(panic)))
        });
        let mut zip = match begun {
            Ok(zip) => zip,
            Err(Stopped::Io(error)) => return Err(failed(&error)),
            Err(Stopped::Damaged(contents)) => {
                for content in &contents {
                    self.maker.made.distrust(content);
                }
                return self.pack(parcel, out);
            }
        };
        let (cover, list) = set?;
        let letter = Letter::new(&top, cover_name, cover.pdf.clone());
        waiting.add(covers[0], cover.pdf, Some(cover.pages), Role::Cover)?;
        waiting.add(covers[1], list.pdf, Some(list.pages), Role::Cover)?;
        contents.splice(0..0, waiting.listed());
        let packed = Packed { name: format!("{top}.zip"), code, day, contents, letter, papers, notes };
        zip.covers = waiting.entries;
        Ok((packed, zip))
    }

    /// The papers wanted: what `build` has made and is up to date, and the others set now. The bytes are the same.
    fn papers(&self, parcel: &Parcel) -> Result<Vec<Ready>, Vec<Finding>> {
        let mut jobs: Vec<Job> = self.maker.jobs(&Scope::default());
        jobs.retain(|job| {
            parcel.papers.iter().any(|(file, kinds)| *file == job.file && kinds.contains(&job.paper.kind))
        });
        let made = gather(jobs.len(), self.maker.workers, |at| self.maker.current_content(&jobs[at]));
        let missing: Vec<Job> =
            jobs.iter().zip(&made).filter(|(_, made)| made.is_none()).map(|(job, _)| job.clone()).collect();
        self.make_copies(parcel, &missing);
        let (done, findings) = self.maker.set(&missing);
        if !findings.is_empty() {
            return Err(findings);
        }
        let mut done = done.into_iter();
        let ready = |(job, made): (Job, Option<(Content, &Known)>)| {
            let (file, kind) = (job.file, job.paper.kind);
            if let Some((pdf, known)) = made {
                let notes = known.notes(&job.path).collect();
                return Some(Ready {
                    file,
                    kind,
                    pdf,
                    pages: known.pages,
                    faces: known.faces.clone(),
                    notes,
                });
            }
            let Sheet { pdf, pages, faces, notes, .. } = done.next()?.sheet;
            Some(Ready { file, kind, pdf: pdf.into(), pages, faces, notes })
        };
        Ok(jobs.into_iter().zip(made).filter_map(ready).collect())
    }

    /// The files of that name among the fonts.
    fn fonts(&self, names: &BTreeSet<String>) -> Vec<File> {
        let all = self.maker.typesetter.font_files().into_iter();
        // A collection is one file for several roles.
        let used: BTreeSet<(String, String)> =
            all.filter(|font| names.contains(&font.file)).map(|font| (font.file, font.sha256)).collect();
        used.into_iter().map(|(path, sha256)| File { path, sha256 }).collect()
    }

    /// The activity's number before a paper's name, where a bundle holds several activities.
    fn prefix(&self, file: &str, several: bool) -> String {
        let activity = self.activity(file).filter(|_| several);
        activity.map(|activity| format!("{}-", activity.model.id)).unwrap_or_default()
    }

    pub(super) fn activity(&self, file: &str) -> Option<&Loaded<Activity>> {
        self.maker.workspace.activities.iter().find(|activity| activity.file == file)
    }

    fn submission(
        &self,
        parcel: &Parcel,
        files: &Payload,
        inputs: Vec<File>,
        photographs: Vec<Photograph>,
        covers: &[&str],
    ) -> Submission {
        let profile = &self.maker.workspace.profile.model;
        let item = match parcel.kind {
            "plan" => Some((crate::check::Item::Plan, parcel.year.to_string())),
            "summary" | "year" => Some((crate::check::Item::Summary, parcel.year.to_string())),
            "activity-before" => parcel.item.clone().map(|item| (crate::check::Item::Report, item)),
            _ => parcel.item.clone().map(|item| (crate::check::Item::Material, item)),
        };
        let due = self.owed.iter().find(|owed| {
            item.as_ref().is_some_and(|(kind, of)| owed.item == *kind && owed.of == *of)
                && owed.obligation.applies == crate::derive::due::Applies::Yes
        });
        let text = |text: &Option<crate::model::Text>| text.as_ref().map(ToString::to_string);
        let sources: Vec<&str> = inputs.iter().map(|input| input.path.as_str()).collect();
        let papers = files
            .listed()
            .into_iter()
            .filter(|file| !sources.contains(&format!("data/{}", file.path).as_str()));
        Submission {
            format: 1,
            tool: concat!("baosong ", env!("CARGO_PKG_VERSION")).to_owned(),
            group: Sender {
                name: text(&profile.full_name).unwrap_or_default(),
                short_name: text(&profile.short_name),
                code: text(&profile.code),
            },
            year: parcel.year,
            kind: parcel.kind.to_owned(),
            item: parcel.item.clone(),
            number: text(&parcel.submission.number),
            date: parcel.submission.date.map(Date::iso),
            version: parcel.version(),
            replaces: text(&parcel.submission.replaces),
            held: parcel.held.map(|(first, last)| (first.iso(), last.iso())),
            due: due.map(|owed| owed.obligation.due.format("%Y-%m-%d").to_string()),
            rulebook: self.rulebook.version.clone(),
            switches: self
                .rulebook
                .terms
                .switches
                .iter()
                .map(|(name, switch)| (name.clone(), switch.value().to_owned()))
                .collect(),
            house: House::of(self.rulebook, &inputs),
            facts: self.facts.iter().map(|(finding, message)| self.fact(finding, message)).collect(),
            obligations: self.obligations(parcel).map(obligation).collect(),
            files: papers
                .map(|file| File { path: format!("data/{}", file.path), sha256: file.sha256 })
                .collect(),
            inputs,
            photographs,
            fonts: Vec::new(),
            templates: self
                .maker
                .typesetter
                .templates()
                .into_iter()
                .map(|(path, content)| File {
                    path: path.to_owned(),
                    sha256: Checksum::of(content).to_string(),
                })
                .collect(),
            check_code_excludes: covers.iter().map(|name| format!("data/{name}")).collect(),
        }
    }

    fn covers(
        &self,
        parcel: &Parcel,
        listed: &[Listed],
        papers: usize,
        code: CheckCode,
        day: Date,
    ) -> Result<(Sheet, Sheet), Vec<Finding>> {
        let size = |_: &str, _: &Photo| None;
        let composer = Composer { workspace: self.maker.workspace, law: self.maker.law, size: &size };
        let facts: Vec<_> = self.facts.iter().filter_map(|(fact, _)| fact.place.as_ref()).collect();
        let page = cover(
            &composer,
            &Cover {
                what: parcel.what.clone(),
                article: parcel.article,
                submission: &parcel.submission,
                papers,
                photographs: listed.iter().filter(|file| file.path.starts_with("图片/")).count(),
                code: code.to_string(),
                facts: self.facts.iter().map(|(_, message)| message.clone()).collect(),
                explanations: explanations(self.maker.workspace, parcel, &facts),
                readings: self.readings(),
                as_of: AsOf { year: parcel.year, until: parcel.submission.date },
                obligations: self.obligations(parcel).map(named).collect(),
                fallback: day,
            },
        );
        let list = contents(&composer, &parcel.what, &code.to_string(), listed, day);
        let set = |page, name: &str| {
            self.maker.typesetter.set(page, &BTreeMap::new()).map_err(|findings| {
                findings.into_iter().map(|finding| finding.fact("document", name)).collect::<Vec<_>>()
            })
        };
        let (cover, list) = rayon::join(|| set(&page, "报送函"), || set(&list, "材料清单"));
        Ok((cover?, list?))
    }

    /// The switches that the group reads otherwise than the rulebook.
    fn readings(&self) -> Vec<Reading> {
        let differing = self.rulebook.terms.switches.iter().filter(|(_, switch)| switch.differs());
        let reading = |(name, switch): (&String, &Switch)| Reading {
            name: name.clone(),
            value: switch.value().to_owned(),
            basis: switch.chosen.as_ref().and_then(|choice| choice.basis.clone()),
        };
        differing.map(reading).collect()
    }

    /// What is still to be sent besides, on the day of the covering paper: what is filed later changes nothing.
    fn obligations(&self, parcel: &Parcel) -> impl Iterator<Item = &Opened> {
        let (day, year) = (self.day(parcel), parcel.year);
        self.opened.iter().filter(move |it| it.year == year && it.is_open_on(day))
    }

    /// A fact with its place in the source that goes with it.
    fn fact(&self, finding: &Finding, message: &str) -> Fact {
        let place = finding.place.as_ref().map(|place| self.maker.workspace.outgoing_place(place));
        let place = place.map(|place| format!("{}:{}:{}", place.file, place.line, place.column));
        Fact { rule: finding.rule.to_owned(), message: message.to_owned(), place }
    }

    fn day(&self, parcel: &Parcel) -> Date {
        let held = parcel.held.map(|(_, last)| last);
        let founded = self.maker.workspace.profile.model.founded;
        let first = || chrono::NaiveDate::from_ymd_opt(i32::from(parcel.year), 1, 1).map(Date::from);
        parcel
            .submission
            .date
            .or(held)
            .or(founded)
            .or_else(first)
            .unwrap_or_else(|| Date::from(chrono::NaiveDate::MIN))
    }

    fn info(&self, parcel: &Parcel, day: Date) -> BagInfo {
        let profile = &self.maker.workspace.profile.model;
        let info = BagInfo::dated(day.naive())
            .field("Source-Organization", profile.full_name.as_deref().unwrap_or_default())
            .field("External-Description", &parcel.what);
        match &parcel.submission.number {
            Some(number) => info.field("External-Identifier", number),
            None => info,
        }
    }
}

fn obligation(opened: &Opened) -> Obligation {
    Obligation {
        kind: opened.kind.word().to_owned(),
        subject: opened.subject.clone(),
        since: opened.since.map(Date::iso),
    }
}

fn named(opened: &Opened) -> String {
    match opened.subject.as_str() {
        "" => opened.kind.word().to_owned(),
        subject => format!("{}（{subject}）", opened.kind.word()),
    }
}
