//! When the papers of article 16 are due: a year or an activity's days in, the day and its reckoning out.
//!
//! A due date on a day off stays where it is unless the rulebook says otherwise; the last working day up to it is
//! given beside it. What would have been due before the group or the regulation existed does not apply, unless
//! the general secretariat set a date (另定期限).

use crate::calendar::{Calendar, Count};
use chrono::{Days, NaiveDate};

/// A day of every year, such as 31 January.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthDay {
    month: u32,
    day: u32,
}

impl MonthDay {
    /// That day; none when no year has it.
    pub fn new(month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(2000, month, day).map(|_| Self { month, day })
    }

    /// That day of `year`, 28 for 29 February in a common year; none outside the range of dates.
    fn in_year(self, year: i32) -> Option<NaiveDate> {
        NaiveDate::from_ymd_opt(year, self.month, self.day)
            .or_else(|| NaiveDate::from_ymd_opt(year, self.month, self.day - 1))
    }
}

/// What happens to a due date that falls on a day off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum OnDayOff {
    /// It stays.
    #[default]
    Stay,
    /// It moves to the next working day.
    Next,
}

/// The periods of article 16, from the rulebook in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueTerms {
    /// Article 16(1): the plan, in its own year (31 January).
    pub plan: MonthDay,
    /// Article 16(2): the summary report, in its own year (31 October).
    pub summary: MonthDay,
    /// Article 16(3): days from the activity report to the activity's first day (7).
    pub report_days: u32,
    /// Article 16(3): working days from the activity's last day to its material (5).
    pub material_workdays: u32,
    /// Due dates on days off.
    pub on_day_off: OnDayOff,
    /// The first day of the regulation.
    pub in_force: NaiveDate,
}

/// How a due date came about, with the figures to explain it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Computed {
    /// Set by the general secretariat (另定期限).
    Set,
    /// A fixed day of the year.
    Yearly,
    /// So many days before the activity.
    Before {
        /// The activity's first day.
        start: NaiveDate,
        /// Days.
        days: u32,
    },
    /// So many working days after the activity.
    After {
        /// The activity's last day.
        end: NaiveDate,
        /// Working days.
        workdays: u32,
        /// What the count met.
        count: Count,
    },
}

/// Whether a paper is owed at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Applies {
    /// It is.
    Yes,
    /// It would have been due before the group's founding (成立日期), given here.
    BeforeFounding(NaiveDate),
    /// It would have been due before the regulation came into force, on the day given here.
    BeforeRegulation(NaiveDate),
    /// Its activity was called off, on the day given here, before it was sent.
    Cancelled(NaiveDate),
}

/// One paper that is owed, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obligation {
    /// The last day on which it is in time.
    pub due: NaiveDate,
    /// The last working day that is not after it.
    pub last_workday: NaiveDate,
    /// How it was reckoned.
    pub computed: Computed,
    /// The day off from which the due date moved to this one.
    pub moved_from: Option<NaiveDate>,
    /// Whether `due` rests on a year without a holiday notice and may still move.
    pub provisional: bool,
    /// Whether it is owed.
    pub applies: Applies,
}

impl Obligation {
    /// Whether it is owed at all.
    pub fn is_owed(&self) -> bool {
        self.applies == Applies::Yes
    }

    /// The same of an activity that was called off on `day`; what is not owed for another reason stays so.
    #[must_use]
    pub fn cancelled(self, day: Option<NaiveDate>) -> Self {
        match (day, self.applies) {
            (Some(day), Applies::Yes) => Self { applies: Applies::Cancelled(day), ..self },
            _ => self,
        }
    }

    /// The same as it stood on `day`: what was called off later was owed then.
    #[must_use]
    pub fn as_of(self, day: NaiveDate) -> Self {
        match self.applies {
            Applies::Cancelled(since) if since > day => Self { applies: Applies::Yes, ..self },
            _ => self,
        }
    }

    /// The day on which its activity was called off, if it is not owed for that.
    pub fn cancelled_on(&self) -> Option<NaiveDate> {
        if let Applies::Cancelled(day) = self.applies { Some(day) } else { None }
    }

    /// Days by which something sent on `sent` is late; 0 when it is in time or not owed.
    pub fn days_late(&self, sent: NaiveDate) -> u64 {
        let late = (sent - self.due).num_days();
        if self.is_owed() { u64::try_from(late).unwrap_or(0) } else { 0 }
    }
}

/// Reckons the due dates of one group.
#[derive(Debug, Clone, Copy)]
pub struct Reckoner<'a> {
    /// The regulation's periods.
    pub terms: &'a DueTerms,
    /// The working days.
    pub calendar: &'a Calendar,
    /// The group's 成立日期, if the profile has it.
    pub founded: Option<NaiveDate>,
}

impl Reckoner<'_> {
    /// The plan of `year` (16(1)); `set` is a date set by the general secretariat. None for no year of this world.
    pub fn plan(&self, year: i32, set: Option<NaiveDate>) -> Option<Obligation> {
        Some(self.obligation(set, self.terms.plan.in_year(year)?, Computed::Yearly))
    }

    /// The summary report of `year` (16(2)).
    pub fn summary(&self, year: i32, set: Option<NaiveDate>) -> Option<Obligation> {
        Some(self.obligation(set, self.terms.summary.in_year(year)?, Computed::Yearly))
    }

    /// The report that tells of an important activity before its first day (16(3)).
    pub fn activity_report(&self, start: NaiveDate, set: Option<NaiveDate>) -> Option<Obligation> {
        let days = self.terms.report_days;
        let due = start.checked_sub_days(Days::new(u64::from(days)))?;
        Some(self.obligation(set, due, Computed::Before { start, days }))
    }

    /// Minutes, photographs and press draft of an important activity, after its last day (16(3)).
    pub fn activity_material(&self, end: NaiveDate, set: Option<NaiveDate>) -> Obligation {
        let workdays = self.terms.material_workdays;
        let count = self.calendar.add_workdays(end, workdays);
        self.obligation(set, count.date, Computed::After { end, workdays, count })
    }

    fn obligation(&self, set: Option<NaiveDate>, reckoned: NaiveDate, computed: Computed) -> Obligation {
        let (due, computed, provisional) = match (set, self.terms.on_day_off) {
            (Some(date), _) => (date, Computed::Set, false),
            (None, OnDayOff::Stay) => (reckoned, computed, false),
            (None, OnDayOff::Next) => {
                let due = self.calendar.workday_on_or_after(reckoned);
                (due, computed, !self.calendar.day(reckoned).listed || !self.calendar.day(due).listed)
            }
        };
        let counted = matches!(&computed, Computed::After { count, .. } if count.provisional);
        Obligation {
            due,
            moved_from: (matches!(computed, Computed::Yearly | Computed::Before { .. }) && due != reckoned)
                .then_some(reckoned),
            last_workday: self.calendar.workday_on_or_before(due),
            provisional: provisional || counted,
            applies: if set.is_some() { Applies::Yes } else { self.applies(due) },
            computed,
        }
    }

    fn applies(&self, due: NaiveDate) -> Applies {
        match self.founded {
            _ if due < self.terms.in_force => Applies::BeforeRegulation(self.terms.in_force),
            Some(founded) if due < founded => Applies::BeforeFounding(founded),
            _ => Applies::Yes,
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> NaiveDate {
        NaiveDate::parse_from_str(text, "%Y-%m-%d").unwrap()
    }

    fn terms(on_day_off: OnDayOff) -> DueTerms {
        DueTerms {
            plan: MonthDay::new(1, 31).unwrap(),
            summary: MonthDay::new(10, 31).unwrap(),
            report_days: 7,
            material_workdays: 5,
            on_day_off,
            in_force: date("2017-04-13"),
        }
    }

    /// A group founded on 2018-03-01, so that both ways of not applying can be told apart.
    fn with<T>(on_day_off: OnDayOff, run: impl FnOnce(Reckoner<'_>) -> T) -> T {
        let (terms, calendar) = (terms(on_day_off), Calendar::built_in());
        run(Reckoner { terms: &terms, calendar: &calendar, founded: Some(date("2018-03-01")) })
    }

    #[test]
    fn yearly_papers() {
        with(OnDayOff::Stay, |it| {
            let plan = it.plan(2021, None).unwrap();
            assert_eq!((plan.due, plan.last_workday), (date("2021-01-31"), date("2021-01-29")));
            assert_eq!(
                (plan.computed, plan.applies, plan.provisional),
                (Computed::Yearly, Applies::Yes, false)
            );
            assert_eq!(it.summary(2026, None).unwrap().due, date("2026-10-31"));
            assert_eq!(it.plan(i32::MAX, None), None);
        });
    }

    #[test]
    fn what_was_due_before_there_was_anyone_to_owe_it_does_not_apply() {
        with(OnDayOff::Stay, |it| {
            let of = |year| it.plan(year, None).unwrap().applies;
            assert_eq!(of(2017), Applies::BeforeRegulation(date("2017-04-13")));
            assert_eq!(of(2018), Applies::BeforeFounding(date("2018-03-01")));
            assert_eq!(of(2019), Applies::Yes);
            assert_eq!(it.plan(2017, None).unwrap().days_late(date("2017-05-01")), 0);
            let set = it.plan(2017, Some(date("2017-05-26"))).unwrap();
            assert_eq!(
                (set.due, set.applies, set.computed.clone()),
                (date("2017-05-26"), Applies::Yes, Computed::Set)
            );
            assert_eq!(set.days_late(date("2017-05-28")), 2);
            assert_eq!(set.days_late(date("2017-05-26")), 0);
        });
    }

    #[test]
    fn what_was_called_off_is_owed_until_that_day() {
        with(OnDayOff::Stay, |it| {
            let off = it.activity_material(date("2026-09-28"), None).cancelled(Some(date("2026-09-20")));
            assert_eq!((off.is_owed(), off.cancelled_on()), (false, Some(date("2026-09-20"))));
            assert_eq!(off.days_late(date("2026-12-01")), 0);
            assert!(off.clone().as_of(date("2026-09-19")).is_owed());
            assert_eq!(off.clone().as_of(date("2026-09-20")), off);
            // Before there was a group nothing was owed anyhow.
            let early = it.activity_material(date("2018-01-10"), None).cancelled(Some(date("2018-01-05")));
            assert_eq!(early.applies, Applies::BeforeFounding(date("2018-03-01")));
        });
    }

    #[test]
    fn papers_around_an_activity() {
        with(OnDayOff::Stay, |it| {
            let report = it.activity_report(date("2026-10-08"), None).unwrap();
            assert_eq!((report.due, report.last_workday), (date("2026-10-01"), date("2026-09-30")));
            let material = it.activity_material(date("2026-09-28"), None);
            assert_eq!((material.due, material.provisional), (date("2026-10-10"), false));
            assert!(it.activity_material(date("2027-03-01"), None).provisional);
        });
    }

    #[test]
    fn the_rulebook_may_move_due_dates_off_days_off() {
        with(OnDayOff::Next, |it| {
            let plan = it.plan(2021, None).unwrap();
            assert_eq!((plan.due, plan.provisional), (date("2021-02-01"), false));
            assert_eq!(plan.moved_from, Some(date("2021-01-31")));
            assert!(it.plan(2027, None).unwrap().provisional);
        });
    }

    #[test]
    fn days_that_no_year_has_are_refused() {
        assert_eq!(MonthDay::new(2, 30), None);
        assert_eq!(MonthDay::new(2, 29).unwrap().in_year(2017), Some(date("2017-02-28")));
    }

    proptest! {
        #[test]
        fn material_is_due_after_five_working_days(offset in 0u64..4000) {
            let end = date("2016-01-01") + Days::new(offset);
            with(OnDayOff::Stay, |it| {
                let obligation = it.activity_material(end, None);
                let calendar = Calendar::built_in();
                let worked = end.iter_days().skip(1).take_while(|day| *day <= obligation.due);
                assert_eq!(worked.filter(|day| calendar.day(*day).work).count(), 5);
                assert_eq!(obligation.last_workday, obligation.due);
            });
        }
    }
}
