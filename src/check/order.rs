//! Dates that must follow one another: papers around their activity, a covering paper and what it covers, sending and
//! receipt, approval, cut-off. One table of pairs a kind of file; what has no date is not judged.

use super::Context;
use crate::derive::actions::decision_of;
use crate::derive::records::YearRecords;
use crate::derive::resending::is_first;
use crate::derive::sent::Reported;
use crate::finding::Finding;
use crate::model::scalar::{Date, DateRange, LastDay};
use crate::model::{Activity, Approval, Decision, Plan, Submission, Summary, TaskState};
use crate::workspace::Loaded;

/// A date with where it stands and how a clerk calls it.
#[derive(Clone)]
struct Dated {
    paper: &'static str,
    pointer: String,
    date: Option<Date>,
}

impl Dated {
    fn of(paper: &'static str, pointer: impl Into<String>, date: Option<Date>) -> Self {
        Self { paper, pointer: pointer.into(), date }
    }

    /// The key under which it is written.
    fn key(&self) -> &str {
        self.pointer.rsplit('/').next().unwrap_or_default()
    }
}

/// How the judged date must lie.
#[derive(Clone, Copy, PartialEq)]
enum Must {
    NotBefore,
    NotAfter,
}

/// One line of the table: the rule, the date it judges, and what that is held against.
struct Pair {
    rule: &'static str,
    judged: Dated,
    must: Must,
    against: Dated,
}

fn pair(rule: &'static str, judged: Dated, must: Must, against: &Dated) -> Pair {
    Pair { rule, judged, must, against: against.clone() }
}

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for plan in &context.workspace.plans {
        judge(context, plan, of_plan(&plan.model), &mut findings);
        let date = Dated::of("工作计划", "/日期", plan.model.date);
        long_approved(context, plan, plan.model.approval.as_ref(), &date, &mut findings);
        founded(context, plan, &[date], &mut findings);
        year(context, plan, "工作计划", plan.model.date, plan.model.year, -1..=0, &mut findings);
    }
    for activity in &context.workspace.activities {
        judge(context, activity, of_activity(&activity.model), &mut findings);
        founded(context, activity, &dated_papers(&activity.model), &mut findings);
        numbered_by_year(context, activity, &mut findings);
        findings.extend(cancelled(context, activity));
    }
    decided(context, &mut findings);
    for summary in &context.workspace.summaries {
        judge(context, summary, of_summary(&summary.model), &mut findings);
        let date = Dated::of("工作总结", "/日期", summary.model.date);
        long_approved(context, summary, summary.model.approval.as_ref(), &date, &mut findings);
        year(context, summary, "工作总结", summary.model.date, summary.model.year, 0..=1, &mut findings);
    }
    findings
}

fn of_plan(plan: &Plan) -> Vec<Pair> {
    let date = Dated::of("工作计划", "/日期", plan.date);
    let mut pairs = covering("报送", "/报送", Reported::Plan(plan), &[&date]);
    pairs.push(approval(plan.approval.as_ref(), &date));
    pairs
}

fn of_summary(summary: &Summary) -> Vec<Pair> {
    let date = Dated::of("工作总结", "/日期", summary.date);
    let cutoff = Dated::of("工作总结", "/截至", summary.cutoff);
    let mut pairs = covering("报送", "/报送", Reported::Summary(summary), &[&date]);
    pairs.extend(covering("全年报送", "/全年报送", Reported::Year(summary), &[&date]));
    pairs.push(approval(summary.approval.as_ref(), &date));
    for (index, task) in
        summary.tasks.iter().enumerate().filter(|(_, task)| task.state == Some(TaskState::Done))
    {
        let done = Dated::of("任务完成", format!("/任务完成/{index}/完成日期"), task.done);
        pairs.push(pair("order/done-after-cutoff", done, Must::NotAfter, &cutoff));
    }
    pairs.push(pair("order/cutoff-after-paper", cutoff, Must::NotAfter, &date));
    pairs
}

fn of_activity(activity: &Activity) -> Vec<Pair> {
    let start = Dated::of("活动", "/日期", activity.date.map(DateRange::first));
    let end = Dated::of("活动", "/日期", activity.date.map(DateRange::last));
    let [_, report, invitation, notice, minutes, press] = dated_papers(activity);
    let reply_by = Dated::of(
        "会议通知",
        "/会议通知/回执期限",
        activity.notice.as_ref().and_then(|notice| notice.reply_by),
    );
    let due = |index: usize, decision: &Decision| {
        // Without its year 1月底前 may well be the next one's.
        let due = decision.due.as_ref().filter(|due| has_year(due.as_written()))?;
        let LastDay::On(last) = due.last_day(activity.date?.first().year(), None) else { return None };
        Some(Dated::of("议定事项", format!("/议定事项/{index}/时限"), Some(last)))
    };
    let dues = activity.decisions.iter().enumerate().filter_map(|(index, decision)| due(index, decision));
    let after = Dated::of("事后报送", "/事后报送/日期", activity.after.date);
    let mut pairs = covering("事前报送", "/事前报送", Reported::Before(activity), &[&report]);
    pairs.extend(covering("事后报送", "/事后报送", Reported::After(activity), &[&minutes]));
    pairs.extend(dues.map(|due| pair("order/due-before-activity", due, Must::NotBefore, &start)));
    if let Some(cancelled) = &activity.cancelled {
        let cancelled = Dated::of("取消", "/取消/日期", cancelled.date);
        pairs.push(pair("order/cancelled-late", cancelled, Must::NotAfter, &end));
    }
    pairs.push(pair("order/reply-by", reply_by.clone(), Must::NotAfter, &start));
    pairs.push(pair("order/reply-by", reply_by, Must::NotBefore, &notice));
    for before in [report, invitation, notice] {
        pairs.push(pair("order/after-activity", before, Must::NotAfter, &start));
    }
    // A press draft may go out while the activity still runs; minutes cannot.
    pairs.push(pair("order/before-activity", press, Must::NotBefore, &start));
    for paper in [minutes, after] {
        pairs.push(pair("order/before-activity", paper, Must::NotBefore, &end));
    }
    pairs
}

fn has_year(text: &str) -> bool {
    let digits: Vec<bool> = text.chars().map(|c| c.is_ascii_digit()).collect();
    digits.windows(4).any(|four| four.iter().all(|digit| *digit))
}

/// The dates of an activity and of its papers.
fn dated_papers(activity: &Activity) -> [Dated; 6] {
    [
        Dated::of("活动", "/日期", activity.date.map(DateRange::first)),
        Dated::of("活动报告", "/活动报告/日期", activity.report.as_ref().and_then(|it| it.date)),
        Dated::of("邀请函", "/邀请函/日期", activity.invitation.as_ref().and_then(|it| it.date)),
        Dated::of("会议通知", "/会议通知/日期", activity.notice.as_ref().and_then(|it| it.date)),
        Dated::of("纪要", "/纪要/日期", activity.minutes.as_ref().and_then(|it| it.date)),
        Dated::of("新闻通稿", "/新闻通稿/日期", activity.press.as_ref().and_then(|it| it.date)),
    ]
}

fn approval(approval: Option<&Approval>, paper: &Dated) -> Pair {
    let approved = Dated::of("审定", "/审定/日期", approval.and_then(|approval| approval.date));
    pair("order/approved-after", approved, Must::NotAfter, paper)
}

/// From so many days on, an approval is more likely that of the paper a year before.
const LONG: i64 = 180;

fn long_approved<T>(
    context: &Context<'_>,
    loaded: &Loaded<T>,
    approval: Option<&Approval>,
    paper: &Dated,
    findings: &mut Vec<Finding>,
) {
    const RULE: &str = "order/approved-long-before";
    let approved = approval.and_then(|approval| approval.date);
    let Some((approved, date)) = approved.zip(paper.date) else { return };
    let days = (date.naive() - approved.naive()).num_days();
    if days > LONG && context.may(loaded, RULE, &["/审定/日期", &paper.pointer]) {
        findings.push(
            Finding::new(RULE)
                .at(context.at(loaded, "/审定/日期"))
                .with(context.at(loaded, &paper.pointer))
                .fact("paper", paper.paper)
                .fact("date", approved.iso())
                .fact("other_date", date.iso())
                .fact("days", days),
        );
    }
}

/// A covering paper is not older than what it covers, nothing is sent before its letter is dated, and nothing arrives
/// or comes back before it was sent.
fn covering(name: &'static str, at: &str, reported: Reported<'_>, papers: &[&Dated]) -> Vec<Pair> {
    let submission = reported.submission();
    let cover = Dated::of(name, format!("{at}/日期"), submission.date);
    let mut pairs: Vec<Pair> = papers
        .iter()
        .map(|paper| pair("order/cover-before-paper", cover.clone(), Must::NotBefore, paper))
        .collect();
    // The date of the letter is that of its newest version; what was sent before was an older one.
    let first_version = is_first(submission);
    for (index, dispatch) in submission.dispatches.iter().enumerate() {
        let at = format!("{at}/记录/{index}");
        let sent = Dated::of("记录", format!("{at}/日期"), dispatch.date);
        let received = Dated::of("记录", format!("{at}/收到"), dispatch.received);
        let returned = dispatch.returned.as_ref().and_then(|returned| returned.date);
        let returned = Dated::of("退回", format!("{at}/退回/日期"), returned);
        for answer in [received, returned] {
            pairs.push(pair("order/received-before-sent", answer, Must::NotBefore, &sent));
        }
        // Of a record that cannot be true `order/sent-too-early` says so.
        if first_version && dispatch.date.is_none_or(|day| reported.impossible(day).is_none()) {
            let paper = Dated::of("记录", format!("{at}/纸质日期"), dispatch.paper);
            pairs.push(pair("order/sent-before-cover", sent, Must::NotBefore, &cover));
            pairs.push(pair("order/paper-before-cover", paper, Must::NotBefore, &cover));
        }
    }
    pairs
}

fn judge<T>(context: &Context<'_>, loaded: &Loaded<T>, pairs: Vec<Pair>, findings: &mut Vec<Finding>) {
    for Pair { rule, judged, must, against } in pairs {
        if !context.may(loaded, rule, &[&judged.pointer, &against.pointer]) {
            continue;
        }
        let (Some(date), Some(other)) = (judged.date, against.date) else { continue };
        let wrong = if must == Must::NotAfter { date > other } else { date < other };
        if wrong {
            findings.push(
                Finding::new(rule)
                    .at(context.at(loaded, &judged.pointer))
                    .with(context.at(loaded, &against.pointer))
                    .fact("paper", judged.paper)
                    .fact("key", judged.key())
                    .fact("date", date.iso())
                    .fact("late", must == Must::NotAfter)
                    .fact("other", against.paper)
                    .fact("other_key", against.key())
                    .fact("other_date", other.iso()),
            );
        }
    }
}

/// What was called off has nothing that only comes of an activity.
fn cancelled(context: &Context<'_>, activity: &Loaded<Activity>) -> Option<Finding> {
    let model = &activity.model;
    model.cancelled.as_ref()?;
    let only_held = [
        ("到会情况", model.attendance.is_some()),
        ("纪要", model.minutes.is_some()),
        ("议题", !model.topics.is_empty()),
        ("议定事项", !model.decisions.is_empty()),
        ("活动小结", !model.digest.is_blank()),
        ("新闻通稿", model.press.is_some()),
        ("图片", !model.photos.is_empty()),
        ("落实情况", !model.follow_up.is_empty()),
        ("宣传", !model.published.is_empty()),
        ("事后报送", model.after != Submission::default()),
    ];
    let there: Vec<&str> = only_held.iter().filter(|(_, there)| *there).map(|(key, _)| *key).collect();
    let places = there.iter().map(|key| context.at(activity, &format!("/{key}")));
    let finding = Finding::new("order/cancelled-held").at(context.at(activity, "/取消"));
    let finding = places.fold(finding, Finding::with);
    (!there.is_empty()).then(|| finding.fact("keys", there))
}

/// Progress of an item decided is not older than the activity that decided it.
fn decided(context: &Context<'_>, findings: &mut Vec<Finding>) {
    const RULE: &str = "order/progress-before-decision";
    let workspace = context.workspace;
    for year in workspace.years() {
        for (number, entry) in (YearRecords { workspace, year }).progress() {
            let Some((activity, _)) = decision_of(workspace, number) else { continue };
            let told = || entry.activity?.model.date.map(DateRange::last);
            let day = entry.item.date.or_else(told);
            let Some((date, held)) = day.zip(activity.model.date.map(DateRange::first)) else { continue };
            let same = workspace.activities.iter().filter(|it| it.model.id == activity.model.id).count() > 1;
            if date < held && !same && context.may(activity, RULE, &["/编号", "/日期", "/议定事项"]) {
                let key = if entry.item.date.is_some() { "/日期" } else { "/任务" };
                let place = workspace.place(entry.file, &format!("{}{key}", entry.pointer));
                let finding = Finding::new(RULE).at(place).with(context.at(activity, "/日期"));
                let finding = finding.fact("id", number).fact("date", date.iso());
                findings.push(finding.fact("other_date", held.iso()));
            }
        }
    }
}

/// Nothing of the group's is older than the group.
fn founded<T>(context: &Context<'_>, loaded: &Loaded<T>, papers: &[Dated], findings: &mut Vec<Finding>) {
    let profile = &context.workspace.profile;
    let Some(founded) = context.profile().founded else { return };
    let early = papers.iter().find(|paper| paper.date.is_some_and(|date| date < founded));
    if let Some((early, date)) = early.and_then(|early| Some((early, early.date?))) {
        findings.push(
            Finding::new("order/before-founding")
                .at(context.at(loaded, &early.pointer))
                .with(context.at(profile, "/成立日期"))
                .fact("paper", early.paper)
                .fact("date", date.iso())
                .fact("founded", founded.iso()),
        );
    }
}

/// A yearly paper is dated in its year, or so many years from it.
fn year<T>(
    context: &Context<'_>,
    loaded: &Loaded<T>,
    paper: &'static str,
    date: Option<Date>,
    year: u16,
    around: std::ops::RangeInclusive<i32>,
    findings: &mut Vec<Finding>,
) {
    let Some(date) = date.filter(|_| year > 0) else { return };
    if !around.contains(&(date.year() - i32::from(year))) {
        findings.push(
            Finding::new("order/other-year")
                .at(context.at(loaded, "/日期"))
                .with(context.at(loaded, "/年度"))
                .fact("paper", paper)
                .fact("date", date.iso())
                .fact("year", year),
        );
    }
}

/// 编号 2017-01 belongs to an activity of 2017.
fn numbered_by_year(context: &Context<'_>, activity: &Loaded<Activity>, findings: &mut Vec<Finding>) {
    let Some(date) = activity.model.date else { return };
    let year = activity.model.id.split_once('-').map(|(year, _)| year).filter(|year| year.len() == 4);
    let Some(year) = year.and_then(|year| year.parse::<i32>().ok()) else { return };
    if year != date.first().year() && year != date.last().year() {
        findings.push(
            Finding::new("activity/other-year")
                .at(context.at(activity, "/编号"))
                .with(context.at(activity, "/日期"))
                .fact("id", &*activity.model.id)
                .fact("date", date.first().iso()),
        );
    }
}
