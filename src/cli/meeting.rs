//! Which activity `new activity` begins: from options, from questions on a terminal, or the usual; and what the year's
//! plan says of it.

use super::Ui;
use super::ask::Ask;
use super::group::bad_date;
use crate::calendar::Calendar;
use crate::derive::meetings::meetings;
use crate::model::PlannedMeeting;
use crate::model::scalar::Date;
use crate::workspace::Workspace;
use clap::ArgMatches;
use std::io::IsTerminal;

/// The name of an activity that nobody named.
pub(super) const USUAL: &str = "工作会议";

/// Name and day, as far as somebody gave them.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Meeting {
    pub(super) name: Option<String>,
    pub(super) day: Option<Date>,
}

impl Meeting {
    /// Asks only on a terminal, and where no option answers; none when the answers end too early.
    pub(super) fn of(
        ui: &Ui,
        matches: &ArgMatches,
        workspace: &Workspace,
        today: Option<Date>,
    ) -> Option<Self> {
        let name = matches.get_one::<String>("title").cloned();
        let day = matches.get_one::<Date>("on").copied();
        let is_activity = matches.get_one::<String>("kind").is_some_and(|kind| kind == "activity");
        let is_answered = name.is_some() || day.is_some() || matches.get_flag("yes");
        let (input, output) = (std::io::stdin(), std::io::stdout());
        let is_terminal = input.is_terminal() && output.is_terminal();
        if !is_activity || is_answered || ui.json() || !is_terminal {
            return Some(Self { name, day });
        }
        let (mut input, mut output) = (input.lock(), anstream::stdout().lock());
        let mut ask = Ask { input: &mut input, output: &mut output, locale: ui.locale };
        Self::asked(&mut ask, workspace, today)
    }

    /// By asking; the usual answers are the next meeting of the plan and its day.
    fn asked(ask: &mut Ask<'_>, workspace: &Workspace, today: Option<Date>) -> Option<Self> {
        let locale = ask.locale;
        let next = today.and_then(|today| next(workspace, today));
        ask.tell(&format!("{}\n\n", locale.word("ask.new-activity")));
        let name = ask.about("title", next.unwrap_or(USUAL), |text| Ok(text.to_owned()))?;
        let years = workspace.plans.iter().map(|plan| plan.model.year);
        let foreseen = years.rev().find_map(|year| Foreseen::of(workspace, year, &name, today)?.day);
        let usual = foreseen.or(today).map(Date::iso).unwrap_or_default();
        let day = ask.about("on", &usual, |text| text.parse::<Date>().map_err(|_| bad_date(locale, text)))?;
        Some(Self { name: Some(name), day: Some(day) })
    }
}

/// The name of the planned meeting that comes next: not held, not cancelled, its time not over.
fn next(workspace: &Workspace, today: Date) -> Option<&str> {
    let all = workspace.plans.iter().flat_map(|plan| meetings(workspace, &plan.model));
    let open = all.filter(|it| !it.cancelled && it.held.is_none() && !it.name.is_empty());
    let dated = open.filter_map(|it| Some((it.days?, it.name)));
    dated.filter(|((_, last), _)| *last >= today).min().map(|(_, name)| name)
}

/// What the plan says of the meeting that is to be held.
pub(super) struct Foreseen<'a> {
    pub(super) meeting: &'a PlannedMeeting,
    /// A first working day within its time, not before today if that will do.
    pub(super) day: Option<Date>,
}

impl<'a> Foreseen<'a> {
    /// The meeting of the year's plan that has that name.
    pub(super) fn of(workspace: &'a Workspace, year: u16, title: &str, today: Option<Date>) -> Option<Self> {
        let plan = &workspace.plan(year)?.model;
        let meeting = plan.meetings.iter().find(|meeting| *meeting.name == *title && !title.is_empty())?;
        let planned = meetings(workspace, plan).into_iter().find(|planned| planned.name == title);
        let days =
            planned.filter(|planned| !planned.cancelled && planned.held.is_none()).and_then(|it| it.days);
        let day = days.map(|(first, last)| {
            let from = today.filter(|today| (first..=last).contains(today)).unwrap_or(first);
            let work = Date::from(Calendar::built_in().workday_on_or_after(from.naive()));
            if work <= last { work } else { from }
        });
        Some(Self { meeting, day: day.filter(|day| day.year() == i32::from(year)) })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::report::Locale;
    use crate::rulebook::Lang;

    fn asked(input: &str, today: (i32, u32, u32)) -> (Option<Meeting>, String) {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("专家组.yaml", "类别: 专家组\n全称: 某组\n");
        let plan = "类别: 年度工作计划\n年度: 2026\n会议:\n  - { 名称: 第一次全体会议, 类型: [全体会议], 时间: 2026年4月 }\n\
            \x20 - { 名称: 第二次全体会议, 类型: [全体会议], 时间: 2026年11月 }\n";
        write("计划.yaml", plan);
        let workspace = Workspace::read(folder.path());
        let (mut input, mut output) = (input.as_bytes(), Vec::new());
        let mut ask = Ask { input: &mut input, output: &mut output, locale: Locale::of(Lang::Zh) };
        let meeting = Meeting::asked(&mut ask, &workspace, Date::new(today.0, today.1, today.2));
        (meeting, String::from_utf8(output).unwrap())
    }

    #[test]
    fn the_next_meeting_of_the_plan_is_the_usual_one() {
        let meeting = |name: &str, day: (i32, u32, u32)| {
            Some(Meeting { name: Some(name.to_owned()), day: Date::new(day.0, day.1, day.2) })
        };
        assert_eq!(asked("\n\n", (2026, 1, 5)).0, meeting("第一次全体会议", (2026, 4, 1)));
        assert_eq!(asked("\n\n", (2026, 6, 5)).0, meeting("第二次全体会议", (2026, 11, 2)));
        assert_eq!(asked("\n\n", (2027, 1, 5)).0, meeting(USUAL, (2027, 1, 5)));
        let (own, said) = asked("研讨会\n6月31日\n2026年6月18日\n", (2026, 6, 5));
        assert_eq!(own, meeting("研讨会", (2026, 6, 18)));
        assert!(said.contains("[第二次全体会议]") && said.contains("请再答一次"), "{said}");
        assert_eq!(asked("研讨会\n", (2026, 6, 5)).0, None);
    }
}
