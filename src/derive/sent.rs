//! When a paper can have been sent: a plan, a summary or an activity goes in; what no record of its sending can be
//! older than comes out, and the records that can be true.
//!
//! A file made by copying another brings its records along; they are not sendings of the new paper.

use super::resending::{is_first, is_sent, resending};
use crate::model::scalar::{Date, DateRange};
use crate::model::{Activity, Dispatch, Plan, Submission, Summary};
use crate::workspace::{Sending, Workspace};
use chrono::{Datelike, Days, NaiveDate};

/// So many days before its letter or its activity a paper may have been sent, in some way or other.
const LONG: u64 = 180;

/// A paper that is reported, in what it is written.
#[derive(Debug, Clone, Copy)]
pub enum Reported<'a> {
    /// 报送 of a plan.
    Plan(&'a Plan),
    /// 报送 of a summary.
    Summary(&'a Summary),
    /// 全年报送 of a summary.
    Year(&'a Summary),
    /// 事前报送 of an activity.
    Before(&'a Activity),
    /// 事后报送 of an activity.
    After(&'a Activity),
}

/// Why a paper cannot have been sent so early.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bound {
    /// `letter`, `paper`, `activity`; `year` or `start`: a year, or the start of an activity, that was still far away.
    pub why: &'static str,
    /// What has that date, as a clerk calls it.
    pub paper: &'static str,
    /// Where that stands in the file.
    pub pointer: String,
    /// The first day that is possible.
    pub day: Date,
}

impl<'a> Reported<'a> {
    /// Every sending of the workspace, in the order of [`Workspace::sendings`], with what it reports.
    pub fn all(workspace: &'a Workspace) -> impl Iterator<Item = (Sending<'a>, Self)> {
        let plans = workspace.plans.iter().map(|it| Self::Plan(&it.model));
        let halves = |activity| [Self::Before(activity), Self::After(activity)];
        let activities = workspace.activities.iter().flat_map(move |it| halves(&it.model));
        let both = |summary| [Self::Summary(summary), Self::Year(summary)];
        let summaries = workspace.summaries.iter().flat_map(move |it| both(&it.model));
        workspace.sendings().into_iter().zip(plans.chain(activities).chain(summaries))
    }

    /// What one sending of the workspace reports.
    pub fn of(workspace: &'a Workspace, file: &str, kind: &str) -> Option<Self> {
        let (_, reported) = Self::all(workspace).find(|(it, _)| it.file == file && it.kind == kind)?;
        Some(reported)
    }

    /// Its 报送.
    pub fn submission(&self) -> &'a Submission {
        match *self {
            Self::Plan(plan) => &plan.submission,
            Self::Summary(summary) => &summary.submission,
            Self::Year(summary) => &summary.year_submission,
            Self::Before(activity) => &activity.before,
            Self::After(activity) => &activity.after,
        }
    }

    /// Why no record of that day can be true, by the latest date that it is held against; none where it can.
    pub fn impossible(&self, day: Date) -> Option<Bound> {
        // A letter may be dated days after the mail went out, never months.
        let far = |letter: &Bound| day.naive() < back(letter.day, LONG);
        let letter = self.letter().filter(far);
        self.bounds().into_iter().chain(letter).filter(|bound| day < bound.day).max_by_key(|bound| bound.day)
    }

    /// Why a sending of that day is not recorded: what [`Self::impossible`] says, and the date of the letter.
    pub fn refused(&self, day: Date) -> Option<Bound> {
        self.letter().filter(|letter| day < letter.day).or_else(|| self.impossible(day))
    }

    /// The records that can be true.
    pub fn believed(&self) -> Vec<Dispatch> {
        let can_be = |it: &&Dispatch| it.date.is_none_or(|day| self.impossible(day).is_none());
        self.submission().dispatches.iter().filter(can_be).cloned().collect()
    }

    /// Whether the present version was sent, by records that can be true, and did not come back.
    pub fn went_out(&self) -> bool {
        let believed = Submission { dispatches: self.believed(), ..self.submission().clone() };
        is_sent(&believed) && resending(&believed).is_none()
    }

    /// The date of the first letter; that of a later version says nothing of what went out before.
    fn letter(&self) -> Option<Bound> {
        let key = match self {
            Self::Plan(_) | Self::Summary(_) => "报送",
            Self::Year(_) => "全年报送",
            Self::Before(_) => "事前报送",
            Self::After(_) => "事后报送",
        };
        let submission = self.submission();
        let day = submission.date.filter(|_| is_first(submission))?;
        Some(Bound { why: "letter", paper: "报送函", pointer: format!("/{key}/日期"), day })
    }

    fn bounds(&self) -> Vec<Bound> {
        let (paper, pointer, own) = match *self {
            Self::Plan(plan) => ("工作计划", "/日期", plan.date),
            Self::Summary(summary) | Self::Year(summary) => ("工作总结", "/日期", summary.date),
            Self::Before(activity) => {
                ("活动报告", "/活动报告/日期", activity.report.as_ref().and_then(|it| it.date))
            }
            Self::After(activity) => ("纪要", "/纪要/日期", activity.minutes.as_ref().and_then(|it| it.date)),
        };
        let own = own.filter(|_| is_first(self.submission()));
        let own = own.map(|day| Bound { why: "paper", paper, pointer: pointer.to_owned(), day });
        own.into_iter().chain(self.floor(paper)).collect()
    }

    /// What holds for every version.
    fn floor(&self, paper: &'static str) -> Option<Bound> {
        let bound = |why, pointer: &str, day| Bound { why, paper, pointer: pointer.to_owned(), day };
        match *self {
            // A plan may be sent before its year, not before the year before has half passed.
            Self::Plan(plan) => Some(bound("year", "/年度", first_of(i32::from(plan.year) - 1, 7)?)),
            Self::Summary(summary) | Self::Year(summary) => {
                Some(bound("year", "/年度", first_of(i32::from(summary.year), 1)?))
            }
            // What was put off within the year may have been reported long ago.
            Self::Before(activity) => {
                let start = activity.date.map(DateRange::first)?;
                let day = first_of(start.year(), 1)?.naive().min(back(start, LONG));
                Some(bound("start", "/日期", Date::from(day)))
            }
            Self::After(activity) => {
                let day = activity.date.map(DateRange::last)?;
                Some(Bound { paper: "活动", ..bound("activity", "/日期", day) })
            }
        }
    }
}

fn back(day: Date, days: u64) -> NaiveDate {
    day.naive().checked_sub_days(Days::new(days)).unwrap_or_default()
}

fn first_of(year: i32, month: u32) -> Option<Date> {
    NaiveDate::from_ymd_opt(year, month, 1).filter(|day| day.year() > 1900).map(Date::from)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::Report;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn why(reported: Reported<'_>, day: &str) -> Option<&'static str> {
        reported.impossible(date(day)).map(|it| it.why)
    }

    #[test]
    fn a_plan_is_not_sent_before_it_is_dated_nor_long_before_its_year() {
        let submission = Submission { date: Some(date("2018-01-22")), ..Submission::default() };
        let plan = Plan { year: 2018, date: Some(date("2018-01-20")), submission, ..Plan::default() };
        assert_eq!(why(Reported::Plan(&plan), "2018-01-19"), Some("paper"));
        assert_eq!(why(Reported::Plan(&plan), "2018-01-21"), None);
        assert_eq!(Reported::Plan(&plan).refused(date("2018-01-21")).unwrap().why, "letter");
        assert_eq!(Reported::Plan(&plan).refused(date("2018-01-22")), None);
        assert_eq!(why(Reported::Plan(&plan), "2017-05-18"), Some("letter"));
        // In December of the year before, and in a copy of which only the year was changed.
        let early =
            Plan { date: Some(date("2017-12-20")), submission: Submission::default(), ..plan.clone() };
        assert_eq!(why(Reported::Plan(&early), "2017-12-21"), None);
        let copied = Plan { date: Some(date("2017-05-18")), ..early };
        assert_eq!(why(Reported::Plan(&copied), "2017-05-18"), Some("year"));
    }

    #[test]
    fn a_later_version_is_not_held_against_its_own_dates() {
        let submission = Submission {
            date: Some(date("2018-02-02")),
            version: Some(2),
            dispatches: ["2017-01-20", "2018-01-22"]
                .map(|day| Dispatch { date: Some(date(day)), ..Dispatch::default() })
                .to_vec(),
            ..Submission::default()
        };
        let plan = Plan { year: 2018, date: Some(date("2018-02-01")), submission, ..Plan::default() };
        assert_eq!(why(Reported::Plan(&plan), "2018-01-22"), None);
        assert_eq!(Reported::Plan(&plan).believed(), plan.submission.dispatches[1..]);
    }

    #[test]
    fn activities_and_summaries() {
        let report = Some(Report { date: Some(date("2018-02-01")), ..Report::default() });
        let held = |day: &str| Some(day.parse::<DateRange>().unwrap());
        let activity = Activity { date: held("2018-11-20"), report, ..Activity::default() };
        // Put off within the year.
        assert_eq!(why(Reported::Before(&activity), "2018-02-02"), None);
        assert_eq!(why(Reported::Before(&activity), "2017-11-10"), Some("paper"));
        let undated = Activity { report: None, ..activity.clone() };
        assert_eq!(why(Reported::Before(&undated), "2017-11-10"), Some("start"));
        assert_eq!(why(Reported::After(&activity), "2018-11-19"), Some("activity"));
        assert_eq!(why(Reported::After(&activity), "2018-11-20"), None);
        let summary = Summary { year: 2018, ..Summary::default() };
        assert_eq!(why(Reported::Year(&summary), "2017-10-27"), Some("year"));
        assert_eq!(why(Reported::Summary(&summary), "2018-10-27"), None);
    }
}
