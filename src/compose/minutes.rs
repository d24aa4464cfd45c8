//! 会议纪要 (GB/T 9704-2012, 10.3) and 活动小结.

use super::before::facts;
use super::body::{Body, Insets, table};
use super::group::{Group, secrecy};
use super::page::{Annex, Attendees, Format, Head, Imprint, Page};
use super::phrases::phrase;
use super::{Composer, tables};
use crate::derive::actions::decision_of;
use crate::derive::roster::Turnout;
use crate::model::scalar::DateRange;
use crate::model::{Activity, Attendance, Decision, Method, Minutes, Outcome, Person, TaskState, Text};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// 会议纪要.
pub(super) fn compose(
    composer: &Composer<'_>,
    activity: &Activity,
    minutes: &Minutes,
    insets: Insets<'_>,
) -> Page {
    let group = composer.group();
    let facts = facts(composer, activity);
    let title = minutes.title.as_ref().map_or_else(|| phrase("纪要标题", &facts), ToString::to_string);
    let fallback = composer.fallback(activity.date.map(DateRange::last));
    let mut page = group.page(Format::Minutes, &title, minutes.date, fallback);
    page.subtitle = super::group::draft_mark(minutes.stage);
    let head = group.head(None, minutes.number.as_ref());
    let secrecy = secrecy([minutes.classification, activity.classification]);
    page.head = Some(Head { mark: vec![group.mark(&phrase("纪要标志", &facts), "")], secrecy, ..head });
    let mut body = Body::new(insets);
    match &minutes.opening {
        Some(opening) => body.paragraph(opening.to_string()),
        None => body.paragraph(phrase("纪要导语", opening(composer, activity, facts))),
    }
    topics(activity, &mut body);
    follow_up(composer, activity, &mut body);
    body.prose(&minutes.body);
    decisions(activity, &mut body);
    page.body = body.blocks;
    page.annex_notes = minutes.annexes.iter().map(|title| bare_title(title).to_owned()).collect();
    if let Some(attendance) = &activity.attendance {
        page.attendees = attendees(group, attendance);
        let (columns, rows) = tables::attendance(activity, group.profile);
        if Turnout::of(group.profile, activity).is_some() {
            let title = phrase("到会表", ());
            page.annex_notes.push(title.clone());
            let several = page.annex_notes.len() > 1;
            let number = if several { page.annex_notes.len().to_string() } else { String::new() };
            let label = format!("{}{number}", phrase("附件表题", ()));
            let table = table(None, columns, rows, 0, false);
            page.annexes.push(Annex { label, title: vec![title], body: vec![table] });
        }
    }
    page.imprint = Some(Imprint {
        addressee: None,
        copy_to: minutes.copy_to.as_ref().map(|names| format!("{}。", names.trim_end_matches('。'))),
        issuer: Some(format!("{}秘书处", group.short_name())),
        issued: Some(
            minutes.date.map_or_else(|| "　　年　月　日印发".to_owned(), |date| format!("{date}印发")),
        ),
    });
    page
}

/// 活动小结.
pub(super) fn digest(composer: &Composer<'_>, activity: &Activity, insets: Insets<'_>) -> Page {
    let group = composer.group();
    let title = phrase("小结标题", facts(composer, activity));
    let day = activity.date.map(DateRange::last);
    let mut page = group.page(Format::Plain, &title, activity.after.date, composer.fallback(day));
    let mut body = Body::new(insets);
    body.prose(&activity.digest);
    if activity.minutes.is_none() {
        topics(activity, &mut body);
        follow_up(composer, activity, &mut body);
        decisions(activity, &mut body);
    }
    page.body = body.blocks;
    page.signature = Some(group.signature(activity.after.date));
    page
}

fn topics(activity: &Activity, body: &mut Body<'_>) {
    for topic in &activity.topics {
        body.section(&topic.title);
        body.prose(&topic.body);
    }
}

/// 落实情况: what became of earlier decisions, by their number.
fn follow_up(composer: &Composer<'_>, activity: &Activity, body: &mut Body<'_>) {
    let told: Vec<_> =
        activity.follow_up.iter().filter_map(|entry| Some((entry, entry.task.as_deref()?))).collect();
    let of: BTreeSet<Option<&str>> =
        told.iter().map(|(_, number)| number.rsplit_once('/').map(|(id, _)| id)).collect();
    // One earlier meeting needs no number of its own.
    let several = of.len() > 1 || of.contains(&None);
    if !told.is_empty() {
        body.section(&phrase("落实标题", json!({ "several": several })));
    }
    let year = activity.date.and_then(|date| u16::try_from(date.first().year()).ok()).unwrap_or_default();
    for (index, (entry, number)) in told.into_iter().enumerate() {
        let decided = decision_of(composer.workspace, number).map(|(_, decision)| decision.subject());
        let plan = composer.workspace.plan(year);
        let task = plan.and_then(|plan| plan.model.tasks.iter().find(|task| *task.id == *number));
        let text = decided.or(task.and_then(|task| task.name.as_deref())).unwrap_or_default();
        let (id, item) = number.rsplit_once('/').unwrap_or((number, ""));
        let facts = json!({
            "text": text.trim_end_matches('。'),
            "id": (several || text.is_empty()).then_some(id),
            "item": item,
            "state": entry.state.map(TaskState::word),
            "note": entry.note.as_deref().map(|note| note.trim_end_matches('。')),
            "expected": entry.expected.as_ref().map(ToString::to_string),
        });
        body.paragraph(format!("{}. {}", index + 1, phrase("落实事项", facts)));
    }
}

fn decisions(activity: &Activity, body: &mut Body<'_>) {
    let said: Vec<_> = activity.decisions.iter().filter(|decision| !decision.subject().is_empty()).collect();
    if !said.is_empty() {
        body.section("议定事项");
    }
    for (index, decision) in said.into_iter().enumerate() {
        body.paragraph(format!("{}. {}", index + 1, sentence(decision)));
    }
}

fn opening(composer: &Composer<'_>, activity: &Activity, mut facts: Value) -> Value {
    let turnout =
        Turnout::of(&composer.workspace.profile.model, activity).filter(|_| activity.expected.is_empty());
    let group = composer.group();
    facts["chair"] = json!(activity.chair.as_ref().map(|person| titled(group, person)));
    facts["convener"] = json!(activity.convener.as_ref().map(|person| titled(group, person)));
    facts["turnout"] = json!(turnout.map(|turnout| json!({
        "members": turnout.members,
        "present": turnout.present(&composer.law.rulebook.terms),
        "online": turnout.online,
        "proxies": turnout.proxies,
        "excused": turnout.excused,
        "absent": turnout.absent,
    })));
    facts["count"] = json!(head_count(activity));
    facts
}

/// The bare count, with its 人.
pub(super) fn head_count(activity: &Activity) -> Option<String> {
    let count = activity.attendance.as_ref()?.count.as_deref()?;
    Some(if count.ends_with('人') { count.to_owned() } else { format!("{count}人") })
}

/// Who chairs or convenes.
pub(super) fn titled(group: Group<'_>, person: &Person) -> String {
    group.titled(&person.name, person.employer.as_ref(), person.post.as_ref())
}

/// A decision as a sentence.
fn sentence(decision: &Decision) -> String {
    let vote =
        decision.ballot.as_ref().filter(|_| decision.method == Method::Vote || decision.ballot.is_some());
    let vote = vote.map(|ballot| {
        let count = |votes: Option<u32>| votes.unwrap_or(0);
        let cast = count(ballot.ayes) + count(ballot.noes) + count(ballot.abstentions);
        phrase(
            "表决",
            json!({
                "valid": ballot.valid.unwrap_or(cast),
                "ayes": count(ballot.ayes),
                "noes": count(ballot.noes),
                "abstentions": count(ballot.abstentions),
            }),
        )
    });
    let carried = decision.outcome == Outcome::Carried;
    let verb = if carried { "通过" } else { "未通过" };
    let outcome = if carried { "通过" } else { "未通过" };
    let text = decision.subject().trim_end_matches('。');
    let text = if decision.document.is_some() { quoted(text) } else { text.to_owned() };
    let facts = json!({
        "text": text,
        "lead": decision.lead.iter().map(|name| &**name).collect::<Vec<_>>(),
        "due": decision.due.as_ref().map(ToString::to_string),
        "vote": vote,
        "verb": verb,
        "outcome": outcome,
    });
    let name = if decision.task.is_some() {
        "议定任务"
    } else if decision.document.is_some() {
        "议定文件"
    } else {
        "议定意见"
    };
    let mut sentence = phrase(name, facts);
    if !decision.recused.is_empty() {
        let names: Vec<&str> = decision.recused.iter().map(|name| &**name).collect();
        sentence.push_str(&phrase("回避", json!({ "names": names })));
    }
    for reservation in &decision.reservations {
        let opinion = reservation.opinion.as_deref().map(|text| text.trim_end_matches('。'));
        sentence.push_str(&phrase("保留意见", json!({ "name": *reservation.name, "opinion": opinion })));
    }
    sentence
}

/// In 《》, once.
fn quoted(title: &str) -> String {
    if title.starts_with('《') { title.to_owned() } else { format!("《{title}》") }
}

/// Without 《》 around the whole.
fn bare_title(title: &str) -> &str {
    let inner = title.strip_prefix('《').and_then(|title| title.strip_suffix('》'));
    inner.filter(|inner| !inner.contains('《')).unwrap_or(title)
}

/// 出席, 请假, 列席 in this order (10.3).
fn attendees(group: Group<'_>, attendance: &Attendance) -> Vec<Attendees> {
    let names = |names: &[Text]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
    let mut present = names(&attendance.present);
    present.extend(attendance.online.iter().map(|name| format!("{name}（线上）")));
    present.extend(attendance.proxies.iter().map(|proxy| match &proxy.proxy {
        Some(person) => format!("{}（代{}）", person.name, proxy.member),
        None => format!("{}（委托代表）", proxy.member),
    }));
    let excused = attendance.excused.iter().map(|excused| excused.name.to_string()).collect();
    let guests = attendance
        .guests
        .iter()
        .map(|guest| group.titled(&guest.name, guest.employer.as_ref(), guest.post.as_ref()))
        .collect();
    [("出席", present), ("请假", excused), ("缺席", names(&attendance.absent)), ("列席", guests)]
        .into_iter()
        .filter(|(_, names): &(&str, Vec<String>)| !names.is_empty())
        .map(|(label, names)| Attendees { label: label.to_owned(), text: names.join("、") })
        .collect()
}
