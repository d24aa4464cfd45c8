//! The year's running lists: that nothing is entered twice, that rounds of opinions agree with themselves and with
//! the group's members, that dates belong to the year and to the summary's cut-off.

use super::Context;
use super::names::is_named;
use crate::derive::records::{Entry, Merged, YearRecords};
use crate::derive::roster::roster;
use crate::finding::{Finding, Place};
use crate::model::scalar::Date;
use crate::model::{Consultation, Profile, Publicity, Spending};
use crate::source::{Pointer, Step};
use crate::workspace::nearest_person;
use std::collections::BTreeMap;

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for year in context.workspace.years() {
        let records = YearRecords { workspace: context.workspace, year };
        let cutoff = context.workspace.summary(year).and_then(|summary| summary.model.cutoff);
        let (published, spent) = (records.published_by(cutoff), records.spent_by(cutoff));
        merged(context, &published, "宣传", cutoff, &mut findings);
        merged(context, &spent, "支出", cutoff, &mut findings);
        alike(context, &spent, &mut findings);
        for entry in records.published() {
            findings.extend(publicity(context, &entry));
        }
        for entry in records.spent() {
            findings.extend(other_year(context, year, &entry.pointer, entry.file, entry.item.date));
        }
        for entry in records.consultations() {
            round(context, &entry, &mut findings);
        }
    }
    computed_tables(context, &mut findings);
    findings
}

/// What was entered twice, and what of the summary itself is dated after its cut-off.
fn merged<T>(
    context: &Context<'_>,
    merged: &Merged<'_, T>,
    list: &str,
    cutoff: Option<Date>,
    findings: &mut Vec<Finding>,
) {
    let place = |entry: &Entry<'_, T>| context.workspace.place(entry.file, &entry.pointer);
    for (entry, first) in &merged.twice {
        let finding = Finding::new("records/twice").at(place(entry)).with(place(first));
        findings.push(finding.fact("list", list));
    }
    let own = |file: &str| context.workspace.summaries.iter().any(|summary| summary.file == file);
    for entry in merged.later.iter().filter(|entry| own(entry.file)) {
        let at = context.workspace.place(entry.file, &format!("{}/日期", entry.pointer));
        let finding = Finding::new("records/after-cutoff").at(at).fact("list", list);
        findings.push(finding.fact("cutoff", cutoff.map(Date::iso)));
    }
}

/// What counts twice and may be one thing: the same sum for the same item on the same day in two lists, in one of them
/// without a word on what it was for.
fn alike(context: &Context<'_>, spent: &Merged<'_, Spending>, findings: &mut Vec<Finding>) {
    let mut known: BTreeMap<_, Vec<&Entry<'_, Spending>>> = BTreeMap::new();
    for entry in &spent.counted {
        let Spending { item, amount, fund, date, .. } = entry.item;
        let Some((date, amount)) = date.zip(*amount).filter(|_| !item.is_blank()) else { continue };
        known.entry((date, amount, &**item, fund.word())).or_default().push(entry);
    }
    let note = |entry: &Entry<'_, Spending>| entry.item.note.as_deref().unwrap_or_default().is_empty();
    for ((date, amount, item, _), same) in known {
        let Some((first, rest)) = same.split_first() else { continue };
        let other = rest.iter().find(|entry| entry.file != first.file && note(entry) != note(first));
        let Some(other) = other else { continue };
        let place = |entry: &Entry<'_, Spending>| context.workspace.place(entry.file, &entry.pointer);
        findings.push(
            Finding::new("records/alike")
                .at(place(other))
                .with(place(first))
                .fact("item", item)
                .fact("amount", amount.plain())
                .fact("date", date.iso()),
        );
    }
}

fn publicity(context: &Context<'_>, entry: &Entry<'_, Publicity>) -> Option<Finding> {
    let wanted = [("日期", entry.item.date.is_none()), ("媒体", entry.item.medium.is_none())];
    let missing: Vec<&str> = wanted
        .iter()
        .filter(|(key, missing)| *missing && sound(context, entry.file, &format!("{}/{key}", entry.pointer)))
        .map(|(key, _)| *key)
        .collect();
    let place = context.workspace.place(entry.file, &format!("{}/标题", entry.pointer));
    (!missing.is_empty()).then(|| {
        let finding = Finding::new("records/publicity-incomplete").at(place);
        finding.fact("title", &*entry.item.title).fact("missing", missing)
    })
}

/// Spending before the year, or later than the first quarter after it, in which accounts are still settled.
fn other_year(
    context: &Context<'_>,
    year: u16,
    pointer: &str,
    file: &str,
    date: Option<Date>,
) -> Option<Finding> {
    let (date, own) = (date?, i32::from(year));
    let settled = date.year() == own + 1 && date.month() <= 3;
    (date.year() != own && !settled).then(|| {
        let place = context.workspace.place(file, &format!("{pointer}/日期"));
        Finding::new("records/other-year").at(place).fact("year", year).fact("day", date.iso())
    })
}

/// A round of opinions: dates in order, each member once, nobody who was not asked.
fn round(context: &Context<'_>, entry: &Entry<'_, Consultation>, findings: &mut Vec<Finding>) {
    if !sound(context, entry.file, &entry.pointer) {
        return;
    }
    let round = entry.item;
    let place = |below: &str| context.workspace.place(entry.file, &format!("{}/{below}", entry.pointer));
    if let Some((sent, due)) = round.sent.zip(round.due).filter(|(sent, due)| due < sent) {
        let finding = Finding::new("records/due-before").at(place("截止")).with(place("发出"));
        findings.push(finding.fact("sent", sent.iso()).fact("due", due.iso()));
    }
    for (index, name) in round.asked.iter().enumerate() {
        findings.extend(misspelt(context.profile(), name, place(&format!("对象/{index}"))));
    }
    let mut seen: BTreeMap<&str, Place> = BTreeMap::new();
    for (index, reply) in round.replies.iter().enumerate().filter(|(_, reply)| !reply.name.is_blank()) {
        let name_at = place(&format!("回复/{index}/姓名"));
        if let Some((sent, date)) = round.sent.zip(reply.date).filter(|(sent, date)| date < sent) {
            let finding = Finding::new("records/reply-before")
                .at(place(&format!("回复/{index}/日期")))
                .with(place("发出"));
            findings
                .push(finding.fact("name", &*reply.name).fact("sent", sent.iso()).fact("day", date.iso()));
        }
        if let Some(first) = seen.get(&*reply.name) {
            let finding = Finding::new("records/reply-twice").at(name_at).with(first.clone());
            findings.push(finding.fact("name", &*reply.name));
            continue;
        }
        seen.insert(&reply.name, name_at.clone());
        findings.extend(not_asked(context, round, &reply.name, reply.date, name_at, place("对象")));
    }
}

/// An answer from somebody who was not asked. Advisers and the secretariat may be, without being members.
fn not_asked(
    context: &Context<'_>,
    round: &Consultation,
    name: &str,
    replied: Option<Date>,
    at: Place,
    asked_at: Place,
) -> Option<Finding> {
    let profile = context.profile();
    let finding = || Finding::new("records/not-asked").at(at).fact("name", name);
    if !round.asked.is_empty() {
        let asked: Vec<String> = round.asked.iter().map(ToString::to_string).collect();
        let is_member = profile.members.iter().any(|member| &*member.name == name);
        let near = if is_member { None } else { nearest_person(name, &asked) };
        return (!asked.iter().any(|other| other == name))
            .then(|| finding().with(asked_at).fact("member", true).fact("near", near));
    }
    if profile.members.is_empty() || !context.may_roster("records/not-asked") {
        return None;
    }
    let serving = |day: Option<Date>| roster(profile, day).iter().any(|member| is_named(&member.name, name));
    let known = [round.sent, round.due, replied].into_iter().any(|day| day.is_some() && serving(day))
        || (round.sent.is_none() && serving(None))
        || is_beside(profile, name);
    let names: Vec<String> = profile.members.iter().map(|member| member.name.to_string()).collect();
    let other_days = names.iter().any(|member| member == name);
    let near = if other_days { None } else { nearest_person(name, &names) };
    let sent = round.sent.filter(|_| other_days).map(Date::iso);
    (!known).then(|| finding().fact("member", other_days).fact("sent", sent).fact("near", near))
}

/// Somebody asked whose name is nearly a member's; others may be asked too.
fn misspelt(profile: &Profile, name: &str, at: Place) -> Option<Finding> {
    let names: Vec<String> = profile.members.iter().map(|member| member.name.to_string()).collect();
    if names.iter().any(|member| is_named(member, name)) || is_beside(profile, name) {
        return None;
    }
    let near = nearest_person(name, &names)?;
    let several = name.contains(['、', '，', ',']);
    let finding = Finding::new("model/unknown-person").at(at).fact("name", name);
    Some(finding.fact("near", near).fact("several", several))
}

/// Whether that is an adviser's or the secretariat's name.
fn is_beside(profile: &Profile, name: &str) -> bool {
    let secretariat = profile.secretary_general.iter().chain(&profile.liaison).map(|person| &*person.name);
    profile.advisers.iter().map(|person| &*person.name).chain(secretariat).any(|other| is_named(other, name))
}

/// A computed table has no head and no rows of its own.
fn computed_tables(context: &Context<'_>, findings: &mut Vec<Finding>) {
    for document in context.workspace.documents.values() {
        let Some(tree) = &document.tree else { continue };
        tree.each_scalar(&mut |pointer, node| {
            let Some(Step::Key(key)) = pointer.steps().last() else { return };
            if key != "取自" || node.text().is_none() {
                return;
            }
            let Some((block, _)) = pointer.split_last() else { return };
            let written = |key: &str| tree.at(&block.key(key)).is_some_and(|node| !node.is_null());
            let beside: Vec<&str> = ["表头", "行"].into_iter().filter(|key| written(key)).collect();
            if let Some(first) = beside.first() {
                let place = document.place(&block.key(first));
                let finding = Finding::new("text/computed-table").at(place).with(document.place(pointer));
                findings.push(finding.fact("keys", beside.clone()).fact("table", node.text()));
            }
        });
    }
}

/// Whether nothing at or below `pointer` of `file` was cut out.
fn sound(context: &Context<'_>, file: &str, pointer: &str) -> bool {
    let workspace = context.workspace;
    let of = |broken: &[Pointer]| {
        let pointer = Pointer::parse(pointer);
        !broken.iter().any(|broken| pointer.contains(broken) || broken.contains(&pointer))
    };
    let records = workspace.records.iter().filter(|it| it.file == file).map(|it| &it.broken);
    let plans = workspace.plans.iter().filter(|it| it.file == file).map(|it| &it.broken);
    let summaries = workspace.summaries.iter().filter(|it| it.file == file).map(|it| &it.broken);
    let activities = workspace.activities.iter().filter(|it| it.file == file).map(|it| &it.broken);
    records.chain(plans).chain(summaries).chain(activities).all(|broken| of(broken))
}
