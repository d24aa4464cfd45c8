//! Counting working days: a day and a number in, the day reached and everything that explains it out.

use super::{Calendar, Day};
use chrono::NaiveDate;

/// A count of working days and what it met on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// The day reached.
    pub date: NaiveDate,
    /// Whether a day that was looked at lies in a year without a holiday notice, so that the result may move.
    pub provisional: bool,
    /// The days off that were passed over, in order, each unbroken run once; plain weekends have no name.
    pub skipped: Vec<DaysOff>,
    /// The weekend days that were counted because they are worked (调休), in order.
    pub make_up: Vec<MakeUp>,
}

/// An unbroken run of days off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DaysOff {
    /// Its first day that the count met.
    pub first: NaiveDate,
    /// Its last day that the count met.
    pub last: NaiveDate,
    /// The festivals in it, `中秋节、国庆节`; none for a plain weekend.
    pub name: Option<String>,
}

/// A weekend day that is worked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MakeUp {
    /// The day.
    pub date: NaiveDate,
    /// The festival it makes up for.
    pub name: String,
    /// The how-manieth working day of the count it is, from 1.
    pub ordinal: u32,
}

impl Calendar {
    /// The `n`th working day after `date`; `date` itself is not counted. With `n` = 0 it is `date`.
    ///
    /// A count that would leave the range of dates stops at its end.
    pub fn add_workdays(&self, date: NaiveDate, n: u32) -> Count {
        self.count(date, n, NaiveDate::succ_opt)
    }

    /// The `n`th working day before `date`; days off and make-up days in the order in which the count meets them.
    pub fn subtract_workdays(&self, date: NaiveDate, n: u32) -> Count {
        self.count(date, n, NaiveDate::pred_opt)
    }

    fn count(&self, date: NaiveDate, n: u32, step: fn(&NaiveDate) -> Option<NaiveDate>) -> Count {
        let mut count = Count { date, provisional: false, skipped: Vec::new(), make_up: Vec::new() };
        let mut counted = 0;
        while counted < n {
            let Some(next) = step(&count.date) else { break };
            count.date = next;
            let day = self.day(next);
            count.provisional |= !day.listed;
            if !day.work {
                count.skip(day);
                continue;
            }
            counted += 1;
            if let Some(name) = day.name {
                count.make_up.push(MakeUp { date: next, name: name.to_owned(), ordinal: counted });
            }
        }
        count
    }

    /// The unbroken run of days off with `date` in it; none for a working day.
    pub fn days_off(&self, date: NaiveDate) -> Option<DaysOff> {
        let off = |it: &NaiveDate| !self.day(*it).work;
        if !off(&date) {
            return None;
        }
        let backwards = std::iter::successors(Some(date), NaiveDate::pred_opt);
        let first = backwards.take_while(off).last()?;
        let mut count = Count { date, provisional: false, skipped: Vec::new(), make_up: Vec::new() };
        for day in first.iter_days().take_while(off) {
            count.date = day;
            count.skip(self.day(day));
        }
        count.skipped.pop()
    }

    /// How many working days lie after `from` and not after `to`; 0 when `to` is not later.
    ///
    /// It is the inverse of [`add_workdays`](Self::add_workdays).
    pub fn workdays_between(&self, from: NaiveDate, to: NaiveDate) -> usize {
        from.iter_days().skip(1).take_while(|it| *it <= to).filter(|it| self.day(*it).work).count()
    }
}

impl Count {
    /// Notes that the day just reached is off.
    fn skip(&mut self, day: Day<'_>) {
        match self.skipped.last_mut() {
            Some(run) if run.last.succ_opt() == Some(self.date) => {
                run.last = self.date;
                run.name = joined(run.name.take(), day.name);
            }
            Some(run) if run.first.pred_opt() == Some(self.date) => {
                run.first = self.date;
                run.name = joined(run.name.take(), day.name);
            }
            _ => self.skipped.push(DaysOff {
                first: self.date,
                last: self.date,
                name: day.name.map(str::to_owned),
            }),
        }
    }
}

fn joined(names: Option<String>, name: Option<&str>) -> Option<String> {
    match (names, name) {
        (Some(names), Some(name)) if !names.split('、').any(|it| name.split('、').any(|new| new == it)) => {
            Some(format!("{names}、{name}"))
        }
        (None, name) => name.map(str::to_owned),
        (names, _) => names,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::date;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn national_day_2026_is_explained() {
        let count = Calendar::built_in().add_workdays(date("2026-09-28"), 5);
        assert_eq!(count.date, date("2026-10-10"));
        assert!(!count.provisional);
        assert_eq!(
            count.skipped,
            [DaysOff { first: date("2026-10-01"), last: date("2026-10-07"), name: Some("国庆节".into()) }]
        );
        assert_eq!(count.make_up, [MakeUp { date: date("2026-10-10"), name: "国庆节".into(), ordinal: 5 }]);
    }

    #[test]
    fn two_festivals_in_one_break_are_both_named() {
        let count = Calendar::built_in().add_workdays(date("2023-09-28"), 1);
        assert_eq!(count.skipped[0].name.as_deref(), Some("中秋节、国庆节"));
        assert_eq!((count.skipped[0].first, count.date), (date("2023-09-29"), date("2023-10-07")));
    }

    #[test]
    fn a_plain_week_and_a_count_of_nothing() {
        let calendar = Calendar::built_in();
        let count = calendar.add_workdays(date("2017-04-19"), 5);
        assert_eq!(count.date, date("2017-04-26"));
        assert_eq!(count.skipped[0].name, None);
        assert_eq!(calendar.add_workdays(date("2017-04-22"), 0).date, date("2017-04-22"));
    }

    #[test]
    fn a_year_without_notice_makes_the_count_provisional() {
        let calendar = Calendar::built_in();
        assert!(calendar.add_workdays(date("2026-12-30"), 5).provisional);
        assert!(!calendar.add_workdays(date("2026-12-30"), 1).provisional);
    }

    /// Every day of 2016 to 2026 against a walk from day to day, forwards and backwards.
    #[test]
    fn counting_agrees_with_a_day_by_day_walk_over_all_years() {
        let calendar = Calendar::built_in();
        let days: Vec<_> =
            date("2015-11-01").iter_days().take_while(|it| *it <= date("2027-02-28")).collect();
        let worked: Vec<bool> = days.iter().map(|it| calendar.day(*it).work).collect();
        let (first, last) = (date("2016-01-01"), date("2026-12-31"));
        for (at, from) in days.iter().enumerate().filter(|(_, it)| (first..=last).contains(it)) {
            let after: Vec<usize> = (at + 1..days.len()).filter(|it| worked[*it]).take(15).collect();
            let before: Vec<usize> = (0..at).rev().filter(|it| worked[*it]).take(15).collect();
            for n in 0..=15usize {
                let nth = |found: &[usize]| if n == 0 { *from } else { days[found[n - 1]] };
                let steps = u32::try_from(n).unwrap_or(u32::MAX);
                let forwards = calendar.add_workdays(*from, steps);
                assert_eq!(forwards.date, nth(&after), "{from} + {n}");
                assert_eq!(calendar.workdays_between(*from, forwards.date), n, "{from} + {n}");
                assert_eq!(forwards.provisional, n > 0 && forwards.date > last, "{from} + {n}");
                assert_eq!(calendar.subtract_workdays(*from, steps).date, nth(&before), "{from} - {n}");
            }
        }
    }

    #[test]
    fn a_day_off_belongs_to_its_break() {
        let calendar = Calendar::built_in();
        let saturday = calendar.days_off(date("2026-10-03")).unwrap();
        assert_eq!((saturday.first, saturday.last), (date("2026-10-01"), date("2026-10-07")));
        assert_eq!(saturday.name.as_deref(), Some("国庆节"));
        assert_eq!(calendar.days_off(date("2026-11-21")).unwrap().name, None);
        assert_eq!(calendar.days_off(date("2026-10-10")), None);
    }

    #[test]
    fn counting_backwards_is_explained() {
        let count = Calendar::built_in().subtract_workdays(date("2026-10-12"), 3);
        assert_eq!(count.date, date("2026-10-08"));
        assert_eq!(count.make_up, [MakeUp { date: date("2026-10-10"), name: "国庆节".into(), ordinal: 1 }]);
        let count = Calendar::built_in().subtract_workdays(date("2026-10-08"), 1);
        assert_eq!(count.date, date("2026-09-30"));
        assert_eq!((count.skipped[0].first, count.skipped[0].last), (date("2026-10-01"), date("2026-10-07")));
    }

    proptest! {
        #[test]
        fn counting_agrees_with_looking_at_every_day(start in 0i64..3900, n in 1u32..60) {
            let calendar = Calendar::built_in();
            let from = date("2016-01-01") + chrono::Days::new(start.unsigned_abs());
            let count = calendar.add_workdays(from, n);
            prop_assert!(calendar.day(count.date).work);
            prop_assert_eq!(calendar.workdays_between(from, count.date), n as usize);
            let worked: Vec<_> = from.iter_days().skip(1).filter(|it| calendar.day(*it).work).take(n as usize).collect();
            prop_assert_eq!(worked.last(), Some(&count.date));
            let off: i64 = count.skipped.iter().map(|it| (it.last - it.first).num_days() + 1).sum();
            prop_assert_eq!((count.date - from).num_days(), off + i64::from(n));
            prop_assert!(count.make_up.iter().all(|it| worked[it.ordinal as usize - 1] == it.date));
            let back = calendar.subtract_workdays(count.date, n - 1);
            prop_assert_eq!(Some(&back.date), worked.first());
        }
    }
}
