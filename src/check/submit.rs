//! What a bundle cannot go out without: final texts, their dates, number and date of the covering paper.

use super::Context;
use crate::derive::file_number::{FileNumber, next_number};
use crate::derive::host::is_own;
use crate::derive::sent::Reported;
use crate::finding::Finding;
use crate::model::scalar::{Date, DateRange};
use crate::model::{Activity, Stage, Submission, Text};
use crate::workspace::Loaded;
use chrono::TimeDelta;
use serde_json::Value;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    // In the order in which letters are written, so that each is offered a number of its own.
    for plan in &context.workspace.plans {
        stage(context, plan, "/稿次", plan.model.stage, &mut findings);
        dated(context, plan, "item.plan", "/日期", plan.model.date.is_some(), &mut findings);
        let near = Date::new(i32::from(plan.model.year), 1, 22);
        submission(
            context,
            plan,
            "报送",
            &plan.model.submission,
            (Some(plan.model.year), near),
            &mut findings,
        );
    }
    for activity in &context.workspace.activities {
        let model = &activity.model;
        // Of what was called off before it was sent nothing goes out.
        if model.is_cancelled() && !Reported::Before(model).went_out() {
            continue;
        }
        let year = model.date.and_then(|date| u16::try_from(date.first().year()).ok());
        if let Some(report) = &model.report {
            dated(context, activity, "item.report", "/活动报告/日期", report.date.is_some(), &mut findings);
            let near = days(model.date.map(DateRange::first), -10);
            submission(context, activity, "事前报送", &model.before, (year, near), &mut findings);
        }
        if let Some(invitation) = &model.invitation {
            dated(
                context,
                activity,
                "item.invitation",
                "/邀请函/日期",
                invitation.date.is_some(),
                &mut findings,
            );
        }
        if let Some(notice) = &model.notice {
            dated(context, activity, "item.notice", "/会议通知/日期", notice.date.is_some(), &mut findings);
        }
        if let Some(minutes) = &model.minutes {
            stage(context, activity, "/纪要/稿次", minutes.stage, &mut findings);
            annexes(context, activity, &minutes.annexes, &mut findings);
            dated(context, activity, "item.minutes", "/纪要/日期", minutes.date.is_some(), &mut findings);
        }
        if let Some(press) = &model.press {
            stage(context, activity, "/新闻通稿/稿次", press.stage, &mut findings);
            dated(context, activity, "item.press", "/新闻通稿/日期", press.date.is_some(), &mut findings);
        }
        // What need not be submitted has a covering paper only when somebody began one.
        let owed = model.important.is_some_and(|yes| yes.0) && is_own(context.profile(), model);
        let papers = (model.minutes.is_some() || model.press.is_some()) && !model.is_cancelled();
        if papers && (owed || model.after != Submission::default()) {
            let near = days(model.date.map(DateRange::last), 3);
            submission(context, activity, "事后报送", &model.after, (year, near), &mut findings);
        }
    }
    for summary in &context.workspace.summaries {
        stage(context, summary, "/稿次", summary.model.stage, &mut findings);
        dated(context, summary, "item.summary", "/日期", summary.model.date.is_some(), &mut findings);
        submission(
            context,
            summary,
            "报送",
            &summary.model.submission,
            (Some(summary.model.year), Date::new(i32::from(summary.model.year), 10, 22)),
            &mut findings,
        );
    }
    findings
}

/// `count` days after `day`.
fn days(day: Option<Date>, count: i64) -> Option<Date> {
    day?.naive().checked_add_signed(TimeDelta::days(count)).map(Date::from)
}

fn stage<T>(
    context: &Context<'_>,
    loaded: &Loaded<T>,
    pointer: &str,
    stage: Option<Stage>,
    findings: &mut Vec<Finding>,
) {
    if stage != Some(Stage::Final) && context.may(loaded, "submit/no-final", &[pointer]) {
        findings.push(
            Finding::new("submit/no-final")
                .at(context.at(loaded, pointer))
                .fact("stage", stage.map(Stage::word)),
        );
    }
}

/// Minutes name their annexes; what these say is in no file of the workspace.
fn annexes(context: &Context<'_>, activity: &Loaded<Activity>, titles: &[Text], findings: &mut Vec<Finding>) {
    if !titles.is_empty() {
        let titles: Vec<&str> = titles.iter().map(|title| &**title).collect();
        let place = context.at(activity, "/纪要/附件");
        findings.push(Finding::new("submit/annex-missing").at(place).fact("titles", titles));
    }
}

fn dated<T>(
    context: &Context<'_>,
    loaded: &Loaded<T>,
    what: &str,
    pointer: &str,
    there: bool,
    findings: &mut Vec<Finding>,
) {
    if !there && context.may(loaded, "submit/no-date", &[pointer]) {
        findings.push(Finding::new("submit/no-date").at(context.at(loaded, pointer)).fact("what", what));
    }
}

fn submission<T>(
    context: &Context<'_>,
    loaded: &Loaded<T>,
    key: &str,
    submission: &Submission,
    (year, near): (Option<u16>, Option<Date>),
    findings: &mut Vec<Finding>,
) {
    let pointer = format!("/{key}");
    let wanted = [("文号", submission.number.is_none()), ("日期", submission.date.is_none())];
    let missing = loaded.missing(&pointer, &wanted);
    if !missing.is_empty() {
        let year = submission
            .date
            .and_then(|date| u16::try_from(date.year()).ok())
            .or(year)
            .filter(|year| *year > 0);
        let next = year.filter(|_| missing.contains(&"文号"));
        let offered = |finding: &&Finding| {
            finding.rule == "submit/incomplete"
                && finding.facts.get("next").is_some_and(Value::is_string)
                && finding.facts.get("year") == year.map(Value::from).as_ref()
        };
        let before = u32::try_from(findings.iter().filter(offered).count()).unwrap_or(0);
        let next = next.and_then(|year| next_number(context.workspace, year));
        let next = next.map(|next| FileNumber { number: next.number.saturating_add(before), ..next });
        findings.push(
            Finding::new("submit/incomplete")
                .at(context.at(loaded, &pointer))
                .fact("where", key)
                .fact("missing", missing)
                .fact("year", year)
                .fact("near", submission.date.or(near).map(Date::iso))
                .fact("next", next.map(|next| next.to_string())),
        );
    }
}
