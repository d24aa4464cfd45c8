//! From the model and what is derived of it to plain data for pages: one file a kind of paper.

mod before;
mod body;
mod columns;
mod contents;
mod cover;
mod group;
mod minutes;
pub mod page;
mod phrases;
mod plan;
mod press;
pub mod prose;
mod summary;
mod tables;
pub mod title;

pub use contents::{Listed, contents};
pub use cover::{Cover, Reading, cover};
pub use group::Group;

use crate::check::{self, Context, Law};
use crate::derive::secret::may_be_published;
use crate::model::scalar::{Date, DateRange};
use crate::model::{Activity, Photo, Plan, Profile, Summary};
use crate::workspace::{Loaded, Workspace};
use body::{Inset, Insets, derived};
use page::{Block, Page};

/// Which paper it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PaperKind {
    /// 年度工作计划.
    Plan,
    /// 活动报告.
    Report,
    /// 邀请函.
    Invitation,
    /// 会议通知.
    Notice,
    /// 会议纪要.
    Minutes,
    /// 活动小结.
    Digest,
    /// 新闻通稿.
    Press,
    /// 年度工作总结报告.
    Summary,
}

impl PaperKind {
    /// Its name in files and lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plan => "年度工作计划",
            Self::Report => "活动报告",
            Self::Invitation => "邀请函",
            Self::Notice => "会议通知",
            Self::Minutes => "会议纪要",
            Self::Digest => "活动小结",
            Self::Press => "新闻通稿",
            Self::Summary => "年度工作总结报告",
        }
    }

    /// Whether its YAML source is carried inside the PDF: never in what goes outside.
    pub fn carries_source(self) -> bool {
        matches!(self, Self::Plan | Self::Report | Self::Minutes | Self::Digest | Self::Summary)
    }
}

/// A paper ready to be set.
#[derive(Debug, Clone)]
pub struct Paper {
    /// Which it is.
    pub kind: PaperKind,
    /// Its data.
    pub page: Page,
    /// The photographs on it, in the order of their virtual paths.
    pub pictures: Vec<Picture>,
}

impl Paper {
    /// Says under the title that the data have errors, so that nobody stamps the page.
    pub fn mark_faulty(&mut self) {
        self.page.subtitle = Some(phrases::phrase("有误", ()));
    }
}

/// A photograph on a page.
#[derive(Debug, Clone, PartialEq)]
pub struct Picture {
    /// The virtual path by which the page names it.
    pub path: String,
    /// The file as written, relative to the YAML file.
    pub photo: Photo,
    /// How wide it is printed, mm.
    pub width_mm: f64,
}

/// Width and height of a photograph that a file names, pixels upright; none if it cannot be used.
pub type SizeOf<'a> = dyn Fn(&str, &Photo) -> Option<(u32, u32)> + Sync + 'a;

/// What papers are composed of.
#[derive(Clone, Copy)]
pub struct Composer<'a> {
    /// The workspace.
    pub workspace: &'a Workspace,
    /// Rules and calendar in force.
    pub law: &'a Law,
    /// How large a photograph is.
    pub size: &'a SizeOf<'a>,
}

/// The year that computed tables in a paper speak of, and the day on which it does: what is dated later is not in them,
/// so that a paper says the same whenever it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AsOf {
    /// 年度.
    pub year: u16,
    /// The last day that counts.
    pub until: Option<Date>,
}

impl AsOf {
    /// Of a plan: its date.
    pub fn plan(plan: &Plan) -> Self {
        Self { year: plan.year, until: plan.date }
    }

    /// Of a summary: its cut-off.
    pub fn summary(summary: &Summary) -> Self {
        Self { year: summary.year, until: summary.cutoff }
    }

    /// Of an activity: its last day.
    pub fn activity(activity: &Activity) -> Self {
        let year = activity.date.and_then(|date| u16::try_from(date.first().year()).ok());
        Self { year: year.unwrap_or(0), until: activity.date.map(DateRange::last) }
    }
}

/// The largest printed photograph, mm.
const PICTURE_MM: (f64, f64) = (130.0, 81.0);

impl<'a> Composer<'a> {
    /// The group.
    pub fn group(&self) -> Group<'a> {
        Group { profile: self.profile(), terms: &self.law.rulebook.terms }
    }

    fn profile(&self) -> &'a Profile {
        &self.workspace.profile.model
    }

    /// The papers of a plan: one.
    pub fn plan(&self, plan: &Loaded<Plan>) -> Vec<Paper> {
        vec![self.paper(PaperKind::Plan, &plan.file, AsOf::plan(&plan.model), |insets| {
            plan::compose(self, &plan.model, insets)
        })]
    }

    /// The papers of a summary: one.
    pub fn summary(&self, summary: &Loaded<Summary>) -> Vec<Paper> {
        vec![self.paper(PaperKind::Summary, &summary.file, AsOf::summary(&summary.model), |insets| {
            summary::compose(self, &summary.model, insets)
        })]
    }

    /// The papers of an activity, as far as it has something for them; no press draft of what is classified,
    /// and nothing that follows an activity of one that was called off.
    pub fn activity(&self, activity: &Loaded<Activity>) -> Vec<Paper> {
        let model = &activity.model;
        let as_of = AsOf::activity(model);
        let mut papers = Vec::new();
        if let Some(report) = &model.report {
            papers.push(self.paper(PaperKind::Report, &activity.file, as_of, |insets| {
                before::report(self, model, report, insets)
            }));
        }
        if let Some(invitation) = &model.invitation {
            papers.push(self.paper(PaperKind::Invitation, &activity.file, as_of, |insets| {
                before::invitation(self, model, invitation, insets)
            }));
        }
        if let Some(notice) = &model.notice {
            papers.push(self.paper(PaperKind::Notice, &activity.file, as_of, |insets| {
                before::notice(self, model, notice, insets)
            }));
        }
        if model.is_cancelled() {
            return papers;
        }
        if let Some(minutes) = &model.minutes {
            papers.push(self.paper(PaperKind::Minutes, &activity.file, as_of, |insets| {
                minutes::compose(self, model, minutes, insets)
            }));
        }
        if !model.digest.is_blank() {
            papers.push(self.paper(PaperKind::Digest, &activity.file, as_of, |insets| {
                minutes::digest(self, model, insets)
            }));
        }
        if let Some(press) = model.press.as_ref().filter(|_| may_be_published(self.profile(), activity)) {
            papers.push(self.paper(PaperKind::Press, &activity.file, as_of, |insets| {
                press::compose(self, model, press, insets)
            }));
        }
        papers
    }

    fn paper(
        &self,
        kind: PaperKind,
        file: &str,
        as_of: AsOf,
        compose: impl FnOnce(Insets<'_>) -> Page,
    ) -> Paper {
        let mut pictures = Vec::new();
        let mut picture = |photo: &Photo| -> Option<Block> {
            let (width, height) = (self.size)(file, photo)?;
            let scale = (PICTURE_MM.0 / f64::from(width)).min(PICTURE_MM.1 / f64::from(height));
            let width_mm = (f64::from(width) * scale * 10.0).round() / 10.0;
            let path = format!("/pictures/{}.jpg", pictures.len() + 1);
            pictures.push(Picture { path: path.clone(), photo: photo.clone(), width_mm });
            let caption = photo.caption.as_deref().unwrap_or_default().to_owned();
            let alt = photo.alt.as_deref().map_or_else(|| caption.clone(), str::to_owned);
            let alt = if alt.is_empty() { photo.file.to_string() } else { alt };
            Some(Block::Picture { path, caption, alt, width_mm })
        };
        let mut insets = |inset: Inset<'_>| match inset {
            Inset::Photo(photo) => picture(photo),
            Inset::Table(..) => self.derived(inset, as_of),
        };
        let page = compose(&mut insets);
        Paper { kind, page, pictures }
    }

    /// A computed table as of a day.
    fn derived(&self, inset: Inset<'_>, as_of: AsOf) -> Option<Block> {
        let Inset::Table(name, asked) = inset else { return None };
        let context = Context::new(self.workspace, self.law, &|_| Vec::new());
        derived(&check::table(&context, name, as_of.year, as_of.until), asked)
    }

    /// A date for the PDF of a paper that has none yet.
    fn fallback(&self, day: Option<Date>) -> Date {
        let founded = self.profile().founded;
        day.or(founded)
            .or_else(|| "2017-04-13".parse().ok())
            .unwrap_or_else(|| Date::from(chrono::NaiveDate::MIN))
    }
}
