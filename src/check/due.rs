//! Article 16: when plan, summary and the material of activities are due, and whether they were sent
//! in time. Judged by the dates of sending that the files record, before that by the date of the covering letter;
//! today plays no part here.

use super::Context;
use crate::derive::due::{Applies, Computed, Obligation};
use crate::derive::host::is_own;
use crate::derive::sent::Reported;
use crate::finding::{Finding, Place};
use crate::model::scalar::Date;
use crate::model::{Dispatch, SetDeadline, Submission};
use crate::workspace::Loaded;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// What is owed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Item {
    /// 年度工作计划 (16(1)).
    Plan,
    /// 年度工作总结报告 (16(2)).
    Summary,
    /// 活动报告 (16(3)).
    Report,
    /// 会议纪要、图片、新闻通稿 (16(3)).
    Material,
}

impl Item {
    /// The name under which locales know it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plan => "item.plan",
            Self::Summary => "item.summary",
            Self::Report => "item.report",
            Self::Material => "item.material",
        }
    }
}

/// Something owed, when, and when it was sent.
#[derive(Debug, Clone)]
pub struct Owed {
    /// What.
    pub item: Item,
    /// Number or year of what it belongs to.
    pub of: String,
    /// The activity's name.
    pub name: Option<String>,
    /// Its due date and how that came about.
    pub obligation: Obligation,
    /// On whose word the general secretariat's own date stands (依据 of 另定期限).
    pub basis: Option<String>,
    /// The first day on which it was sent, if it was.
    pub sent: Option<Date>,
    /// 记录 of its sending, those that can be true.
    pub dispatches: Vec<Dispatch>,
    /// The date of its first covering letter: it cannot be sent before.
    pub letter: Option<Date>,
    /// Where the record of sending belongs.
    pub place: Place,
}

/// Everything owed under article 16, in the order of plans, activities, summaries.
pub fn owed(context: &Context<'_>) -> Vec<Owed> {
    let Some(reckoner) = context.reckoner() else { return Vec::new() };
    let mut owed = Vec::new();
    let set = |deadline: &Option<SetDeadline>| deadline.as_ref().and_then(|set| set.date).map(Date::naive);
    let yearly = |item, year: u16, obligation: Option<Obligation>, reported: Reported<'_>, place| {
        obligation.map(|it| Owed::new(item, year.to_string(), it, reported, place))
    };
    for plan in &context.workspace.plans {
        if context.may(plan, "art16/due", &["/年度", "/另定期限", "/报送/记录"]) {
            let model = &plan.model;
            let due = reckoner.plan(i32::from(model.year), set(&model.deadline));
            let one = yearly(Item::Plan, model.year, due, Reported::Plan(model), context.at(plan, "/报送"));
            owed.extend(one.map(|it| it.on_the_word_of(model.deadline.as_ref())));
        }
    }
    for activity in &context.workspace.activities {
        let model = &activity.model;
        let important = model.important.is_some_and(|yes| yes.0) && is_own(context.profile(), model);
        let pointers = ["/日期", "/重要活动", "/主办", "/取消/日期"];
        if !important || !context.may(activity, "art16/due", &pointers) {
            continue;
        }
        let Some(date) = model.date else { continue };
        let add = |item, obligation: Obligation, reported: Reported<'_>, key| {
            let name = model.name.as_ref().map(ToString::to_string);
            let place = context.at(activity, key);
            // What was sent before its activity was called off stays as it was sent.
            let open = item == Item::Material || !reported.went_out();
            let cancelled = model.cancelled.as_ref().filter(|_| open).and_then(|it| it.date);
            let obligation = obligation.cancelled(cancelled.map(Date::naive));
            Owed { name, ..Owed::new(item, model.id.to_string(), obligation, reported, place) }
        };
        let report = reckoner.activity_report(date.first().naive(), None);
        owed.extend(report.map(|report| add(Item::Report, report, Reported::Before(model), "/事前报送")));
        let material = reckoner.activity_material(date.last().naive(), None);
        owed.push(add(Item::Material, material, Reported::After(model), "/事后报送"));
    }
    for summary in &context.workspace.summaries {
        if context.may(summary, "art16/due", &["/年度", "/另定期限", "/报送/记录"]) {
            let model = &summary.model;
            let due = reckoner.summary(i32::from(model.year), set(&model.deadline));
            let place = context.at(summary, "/报送");
            let one = yearly(Item::Summary, model.year, due, Reported::Summary(model), place);
            let with_year = || whole_year(&model.submission, &model.year_submission);
            let one = one.map(|it| Owed { letter: it.letter.or_else(with_year), ..it });
            owed.extend(one.map(|it| it.on_the_word_of(model.deadline.as_ref())));
        }
    }
    owed
}

impl Owed {
    fn new(item: Item, of: String, obligation: Obligation, reported: Reported<'_>, place: Place) -> Self {
        let dispatches = reported.believed();
        let sent = first_sent(&dispatches);
        let letter = first_letter(reported.submission());
        Self { item, of, name: None, obligation, basis: None, sent, dispatches, letter, place }
    }

    fn on_the_word_of(self, deadline: Option<&SetDeadline>) -> Self {
        let basis = deadline.and_then(|set| set.basis.as_ref()).map(ToString::to_string);
        Self { basis, ..self }
    }
}

/// The day by which lateness counts: a correction does not make a paper later.
pub(super) fn first_sent(dispatches: &[Dispatch]) -> Option<Date> {
    dispatches.iter().filter_map(|dispatch| dispatch.date).min()
}

/// The letter of a later version says nothing of the first one's day.
fn first_letter(submission: &Submission) -> Option<Date> {
    submission.date.filter(|_| submission.version.is_none_or(|version| version <= 1))
}

/// A summary without letter of its own goes out with the whole year.
fn whole_year(own: &Submission, year: &Submission) -> Option<Date> {
    let alone = own.date.is_some() || own.number.is_some();
    first_letter(year).filter(|_| !alone)
}

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut without_report = BTreeSet::new();
    for activity in context.workspace.held() {
        if let Some(finding) = no_report(context, activity) {
            without_report.insert(&*activity.model.id);
            findings.push(finding);
        }
    }
    for owed in owed(context) {
        // That there is no report says all about when it would be due.
        let said = owed.item == Item::Report && owed.sent.is_none() && without_report.contains(&*owed.of);
        if !said {
            findings.extend(judge(&owed));
        }
    }
    fold(&mut findings);
    findings
}

/// So many papers that are not sent are told one by one.
const TOLD: usize = 3;

/// Of many papers not sent those due first are told, and how many more there are: `status` shows all.
fn fold(findings: &mut Vec<Finding>) {
    let due = |finding: &Finding| finding.facts.get("due").and_then(|it| Some(it.as_str()?.to_owned()));
    let mut open: Vec<Finding> = findings.extract_if(.., |finding| finding.rule == "art16/due").collect();
    open.sort_by_key(due);
    let more = if open.len() > TOLD + 1 { open.split_off(TOLD) } else { Vec::new() };
    findings.append(&mut open);
    let Some(first) = more.first() else { return };
    let mut finding = Finding::new("art16/due-more").fact("n", more.len()).fact("due", due(first));
    finding.place.clone_from(&first.place);
    finding.related =
        more.iter().filter_map(|it| it.place.clone()).filter(|it| Some(it) != first.place.as_ref()).collect();
    finding.related.dedup();
    findings.push(finding);
}

fn judge(owed: &Owed) -> Vec<Finding> {
    let obligation = &owed.obligation;
    let mut findings = Vec::new();
    let say = |rule: &'static str| {
        let finding = Finding::new(rule)
            .at(owed.place.clone())
            .fact("item", owed.item.name())
            .fact("of", owed.of.as_str())
            .fact("due", iso(obligation.due))
            .fact(
                "workday",
                (obligation.last_workday != obligation.due).then(|| iso(obligation.last_workday)),
            );
        match &obligation.computed {
            Computed::Set => finding.fact("how", "set"),
            Computed::Yearly => finding.fact("how", "yearly"),
            Computed::Before { start, days } => {
                finding.fact("how", "before").fact("start", iso(*start)).fact("n", *days)
            }
            Computed::After { end, workdays, .. } => {
                finding.fact("how", "after").fact("end", iso(*end)).fact("n", *workdays)
            }
        }
    };
    match obligation.applies {
        Applies::BeforeFounding(since) | Applies::BeforeRegulation(since) => {
            let founding = matches!(obligation.applies, Applies::BeforeFounding(_));
            return vec![say("art16/not-applicable").fact("since", iso(since)).fact("founding", founding)];
        }
        Applies::Cancelled(_) => return Vec::new(),
        Applies::Yes => {}
    }
    // What is not sent yet is late once its letter is dated after the due day.
    let day = owed.sent.or(owed.letter);
    let late = day.map(|day| (day, obligation.days_late(day.naive()))).filter(|(_, days)| *days > 0);
    match late {
        Some((day, days)) => {
            let late = say("art16/late").fact("sent", day.iso()).fact("days", days);
            findings.push(late.fact("letter", owed.sent.is_none()));
        }
        None if owed.sent.is_none() => findings.push(say("art16/due")),
        None => {}
    }
    if obligation.provisional {
        findings.push(say("art16/calendar-unknown").fact("year", obligation.due.year()));
    }
    findings
}

/// 16(3): the group's own important activity is told a week before; a group founded later could not.
fn no_report(context: &Context<'_>, activity: &Loaded<crate::model::Activity>) -> Option<Finding> {
    let model = &activity.model;
    let important = model.important.is_some_and(|yes| yes.0) && is_own(context.profile(), model);
    if !important
        || model.report.is_some()
        || !context.may(activity, "art16.3/before", &["/活动报告", "/日期", "/取消/日期"])
    {
        return None;
    }
    let due = context.reckoner()?.activity_report(model.date?.first().naive(), None)?;
    (due.applies == Applies::Yes).then(|| {
        Finding::new("art16.3/before").at(context.at(activity, "/活动报告")).fact("due", iso(due.due))
    })
}

fn iso(date: NaiveDate) -> String {
    date.format("%Y-%m-%d").to_string()
}
