//! Where everything that is owed stands on a day: sent, received, returned or still open. A checked workspace and a day
//! go in; the papers in the order in which they want attention come out.
//!
//! The only part of `check` that is told the day: records of a later day are not there yet.

use super::due::{Item, Owed, first_sent, owed};
use super::past::Past;
use super::{Context, Opened, opened};
use crate::derive::due::Obligation;
use crate::derive::sent::Reported;
use crate::finding::Place;
use crate::model::FilingKind;
use crate::model::scalar::Date;
use crate::workspace::Sending;
use chrono::NaiveDate;
use std::cmp::Reverse;

/// How far a paper has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// 不适用.
    NotApplicable,
    /// 未报.
    Open,
    /// 已报.
    Sent,
    /// 已收.
    Received,
    /// 退回补正.
    Returned,
}

impl State {
    /// The name under which locales know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::NotApplicable => "state.not-applicable",
            Self::Open => "state.open",
            Self::Sent => "state.sent",
            Self::Received => "state.received",
            Self::Returned => "state.returned",
        }
    }

    /// Whether somebody still has to do something.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Open | Self::Returned)
    }
}

/// Which paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// One with a date in article 16.
    Dated(Item),
    /// One that facts or the general secretariat ask for.
    Opened(FilingKind),
    /// A year's bundle, for which nobody asks.
    Year,
}

/// One paper and where it stands.
#[derive(Debug, Clone)]
pub struct Standing {
    /// What `baosong sent` calls it: `2026-计划`, `2026-02-后`.
    pub id: String,
    /// Which paper.
    pub paper: Paper,
    /// The year, the activity's number, or whom it is about.
    pub of: String,
    /// The activity's name.
    pub name: Option<String>,
    /// The due date of a paper of article 16 and its reckoning.
    pub obligation: Option<Obligation>,
    /// On whose word the general secretariat's own date stands.
    pub basis: Option<String>,
    /// The last day on which it is in time, if it has one.
    pub due: Option<NaiveDate>,
    /// The day that opened it, for one without date of its own.
    pub since: Option<Date>,
    /// How far it has come.
    pub state: State,
    /// Days by which it was sent late, or is late on the day.
    pub days_late: u64,
    /// Working days that are left; none when it is overdue, done or undated.
    pub workdays_left: Option<usize>,
    /// Days that are left; 0 on the due date itself.
    pub days_left: Option<u64>,
    /// Whether some of these days lie in a year without notice.
    pub estimated: bool,
    /// The last day on which it was sent; late or not is said of the first.
    pub sent: Option<Date>,
    /// The day on which the paper of that sending went out.
    pub paper_sent: Option<Date>,
    /// 收到.
    pub received: Option<Date>,
    /// Why it was returned.
    pub reason: Option<String>,
    /// Whether there is a file for it.
    pub written: bool,
    /// Where its sending is recorded.
    pub place: Option<Place>,
}

/// Everything owed, open papers first, by due date.
pub fn standing(context: &Context<'_>, today: Date) -> Vec<Standing> {
    let mut all: Vec<Standing> = owed(context).into_iter().map(|owed| of_article(owed, today)).collect();
    all.extend(unwritten(context, today));
    all.extend(years(context, today));
    let known = opened(context).into_iter().filter(|opened| opened.is_known_on(today));
    all.extend(known.map(|opened| of_fact(opened, today)));
    for one in &mut all {
        let Some(due) = one.due.filter(|_| one.state == State::Open) else { continue };
        let now = today.naive();
        if now > due {
            one.days_late = days(due, now);
        } else {
            one.days_left = Some(days(now, due));
            one.workdays_left = Some(context.calendar.workdays_between(now, due));
            one.estimated = !context.calendar.knows(now, due);
        }
    }
    all.sort_by(|a, b| {
        let key = |it: &Standing| (Reverse(it.state.is_open()), it.state == State::NotApplicable);
        let day = |it: &Standing| it.due.or(it.since.map(Date::naive));
        (key(a), day(a), &a.id).cmp(&(key(b), day(b), &b.id))
    });
    all
}

/// Days from one to the other; 0 when the second is not later.
fn days(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from((to - from).num_days()).unwrap_or(0)
}

/// Files that could not be read well enough to say what is owed for them.
pub fn unread(context: &Context<'_>) -> Vec<String> {
    let workspace = context.workspace;
    let plans = workspace.plans.iter().map(|it| (&it.file, it.sound("/年度")));
    let activities = workspace
        .activities
        .iter()
        .map(|it| (&it.file, ["/日期", "/重要活动", "/取消/日期"].iter().all(|key| it.sound(key))));
    let summaries = workspace.summaries.iter().map(|it| (&it.file, it.sound("/年度")));
    let known = plans.chain(activities).chain(summaries);
    let mut files: Vec<String> = known.filter(|(_, sound)| !sound).map(|(file, _)| file.clone()).collect();
    files.extend(workspace.documents.values().filter(|it| it.tree.is_none()).map(|it| it.file.clone()));
    files.sort();
    files
}

fn of_article(mut owed: Owed, today: Date) -> Standing {
    owed.obligation = owed.obligation.as_of(today.naive());
    let past = Past::of(&owed.dispatches, today);
    let first = first_sent(&owed.dispatches).filter(|day| *day <= today);
    let state =
        if owed.obligation.is_owed() || past.sent.is_some() { past.state } else { State::NotApplicable };
    // What came back is not sent again once its activity was called off.
    let off = owed.obligation.cancelled_on().is_some() && past.state.is_open();
    let state = if off { State::NotApplicable } else { state };
    let word = match owed.item {
        Item::Plan => "计划",
        Item::Summary => "总结",
        Item::Report => "前",
        Item::Material => "后",
    };
    Standing {
        name: owed.name,
        due: Some(owed.obligation.due),
        basis: owed.basis,
        days_late: first.map_or(0, |sent| owed.obligation.days_late(sent.naive())),
        place: Some(owed.place),
        obligation: Some(owed.obligation),
        ..told(format!("{}-{word}", owed.of), Paper::Dated(owed.item), owed.of, Past { state, ..past })
    }
}

/// What the records of a paper tell, and nothing else.
fn told(id: String, paper: Paper, of: String, past: Past) -> Standing {
    Standing {
        id,
        paper,
        of,
        name: None,
        due: None,
        basis: None,
        since: None,
        state: past.state,
        days_late: 0,
        workdays_left: None,
        days_left: None,
        estimated: false,
        sent: past.sent,
        paper_sent: past.paper,
        received: past.received,
        reason: past.reason,
        written: true,
        place: None,
        obligation: None,
    }
}

/// Plans and summaries that nobody has begun: of this year and of every year that the workspace speaks of.
fn unwritten(context: &Context<'_>, today: Date) -> Vec<Standing> {
    let Some(reckoner) = context.reckoner() else { return Vec::new() };
    let workspace = context.workspace;
    let mut years = workspace.years();
    years.extend(u16::try_from(today.year()).ok());
    years.sort_unstable();
    years.dedup();
    // A file that cannot be read may be the very one.
    let written = !unread(context).is_empty();
    let mut found = Vec::new();
    for year in years {
        let plan = reckoner.plan(i32::from(year), None).filter(|_| workspace.plan(year).is_none());
        let summary = reckoner.summary(i32::from(year), None).filter(|_| workspace.summary(year).is_none());
        for (item, obligation) in [(Item::Plan, plan), (Item::Summary, summary)] {
            let Some(obligation) = obligation.filter(Obligation::is_owed) else { continue };
            let place = Place::file(String::new());
            let owed = Owed {
                item,
                of: year.to_string(),
                name: None,
                obligation,
                basis: None,
                sent: None,
                dispatches: Vec::new(),
                letter: None,
                place,
            };
            found.push(Standing { written, place: None, ..of_article(owed, today) });
        }
    }
    found
}

/// The years' bundles that were sent.
fn years(context: &Context<'_>, today: Date) -> Vec<Standing> {
    let sendings = Reported::all(context.workspace).filter(|(it, _)| it.kind == "year" && it.sound);
    let standing = |(sending, reported): (Sending<'_>, Reported<'_>)| {
        let past = Past::of(&reported.believed(), today);
        past.sent.is_some().then(|| Standing {
            place: Some(context.workspace.place(sending.file, &format!("/{}", sending.key))),
            ..told(sending.id(), Paper::Year, sending.year.to_string(), past)
        })
    };
    sendings.filter_map(standing).collect()
}

fn of_fact(opened: Opened, today: Date) -> Standing {
    let filed = opened.filed.filter(|filed| *filed <= today);
    let state = match (filed, &opened.receipt) {
        (None, _) => State::Open,
        (Some(_), None) => State::Sent,
        (Some(_), Some(_)) => State::Received,
    };
    let due = opened.due.map(Date::naive);
    Standing {
        id: format!("{}-{}-{}", opened.year, opened.kind.word(), opened.subject),
        paper: Paper::Opened(opened.kind),
        of: opened.subject,
        name: None,
        obligation: None,
        basis: None,
        due,
        since: opened.since,
        state,
        days_late: due.zip(filed).map_or(0, |(due, filed)| days(due, filed.naive())),
        workdays_left: None,
        days_left: None,
        estimated: false,
        sent: filed,
        paper_sent: None,
        received: None,
        reason: None,
        written: true,
        place: Some(opened.place),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn what_facts_open_is_open_until_it_is_filed() {
        let opened = |filed: Option<&str>, receipt: Option<&str>| Opened {
            kind: FilingKind::Membership,
            subject: "何沐言".into(),
            year: 2026,
            since: Some(date("2026-03-02")),
            due: None,
            filed: filed.map(date),
            receipt: receipt.map(str::to_owned),
            place: Place::file("台账.yaml"),
        };
        let standing = |opened| of_fact(opened, date("2026-04-01"));
        let open = standing(opened(None, None));
        assert_eq!((open.id.as_str(), open.state, open.due), ("2026-成员调整报告-何沐言", State::Open, None));
        assert_eq!(standing(opened(Some("2026-03-03"), None)).state, State::Sent);
        assert_eq!(standing(opened(Some("2026-05-03"), None)).state, State::Open);
        assert_eq!(standing(opened(Some("2026-03-03"), Some("收1"))).state, State::Received);
        let due = Opened { due: Some(date("2026-03-10")), ..opened(Some("2026-03-12"), None) };
        assert_eq!(standing(due).days_late, 2);
        let on = |filed, day| opened(filed, None).is_open_on(date(day));
        assert!(on(None, "2026-03-02") && on(Some("2026-03-05"), "2026-03-04"));
        assert!(!on(None, "2026-03-01") && !on(Some("2026-03-05"), "2026-03-05"));
        let asked = Opened { kind: FilingKind::Evaluation, ..opened(None, None) };
        assert!(!asked.is_open_on(date("2026-03-04")));
    }

    #[test]
    fn nobody_knows_of_what_has_not_happened() {
        let opened = |since: Option<&str>, due: Option<&str>, filed: Option<&str>| Opened {
            kind: FilingKind::Membership,
            subject: String::new(),
            year: 2026,
            since: since.map(date),
            due: due.map(date),
            filed: filed.map(date),
            receipt: None,
            place: Place::file("台账.yaml"),
        };
        let known = |since, due, filed| opened(since, due, filed).is_known_on(date("2026-01-20"));
        assert!(!known(Some("2026-03-10"), None, None) && !known(None, None, Some("2026-07-20")));
        assert!(known(Some("2026-01-20"), None, None) && known(None, None, Some("2026-01-20")));
        assert!(known(None, Some("2026-08-01"), Some("2026-07-20")) && known(None, None, None));
        // Of one without 发生日期 nobody knows since when it is open.
        assert!(!opened(None, None, Some("2026-07-20")).is_open_on(date("2026-01-26")));
    }
}
