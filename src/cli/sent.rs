//! `baosong sent`: records a sending in the file of what was sent.

use super::check::workspace as root_of;
use super::init::today;
use super::make::OUTPUT;
use super::pack::{FOLDER, called_off};
use super::ui::path;
use super::{Outcome, Ui};
use crate::build::record::{record, told};
use crate::bundle::Parcel;
use crate::derive::host::is_own;
use crate::derive::resending::{Resending, resending, standing};
use crate::derive::sent::Reported;
use crate::finding::Finding;
use crate::model::Dispatch;
use crate::model::scalar::Date;
use crate::rulebook::{Rulebook, Severity, Stage};
use crate::source::{Fresh, Pointer};
use crate::workspace::{Sending, Workspace, nearest};
use clap::ArgMatches;
use serde_json::{Value, json};

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    match sent(ui, rulebook, matches) {
        Ok(()) => Outcome::Fine,
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

fn sent(ui: &Ui, rulebook: &Rulebook, matches: &ArgMatches) -> Result<(), Finding> {
    let today = today(matches);
    let day = matches.get_one::<Date>("on").copied().or(today).ok_or_else(|| Finding::new("run/no-date"))?;
    let paper = matches.get_one::<Date>("paper").copied();
    let channel = matches.get_one::<String>("by").map(|it| it.trim().to_owned()).filter(|it| !it.is_empty());
    let workspace = Workspace::read(&root_of(&path(matches))?);
    let id = matches.get_one::<String>("item").map(String::as_str).unwrap_or_default();
    let sending = find(&workspace, id)?;
    let reported = Reported::of(&workspace, sending.file, sending.kind)
        .ok_or_else(|| Finding::new("run/item-unread").fact("item", id).fact("files", vec![sending.file]))?;
    let at = Pointer::parse(&format!("/{}/记录", sending.key));
    let values = match recorded(&reported, day) {
        // What is told of the same sending later: the paper went out as well.
        Some((index, old)) if old.date == Some(day) => {
            let by = channel.as_deref().filter(|it| old.channel.as_deref() != Some(*it));
            let on = paper.filter(|it| old.paper != Some(*it));
            let new_by = by.filter(|_| old.channel.is_none()).map(str::to_owned);
            let new_on = on.filter(|_| old.paper.is_none()).map(Date::iso);
            let entries = [("方式", new_by), ("纸质日期", new_on)].into_iter();
            let given = entries.filter_map(|(key, text)| Some((key, Fresh::Text(text?))));
            let values: Vec<_> = given.map(|(key, text)| (at.index(index).key(key), text)).collect();
            if values.is_empty() && (by.is_some() || on.is_some()) {
                return Err(recorded_already(&sending, old, day));
            }
            values
        }
        Some((_, old)) => return Err(recorded_already(&sending, old, day)),
        None => {
            if let Reported::After(activity) = reported {
                called_off(&workspace, sending.file, activity)?;
            }
            too_early(&workspace, &sending, &reported, day)?;
            let entries = [("日期", Some(day.iso())), ("方式", channel), ("纸质日期", paper.map(Date::iso))];
            let given = entries.into_iter().filter_map(|(key, text)| Some((key, text?)));
            vec![(at.index(sending.submission.dispatches.len()), Fresh::record(given))]
        }
    };
    if values.is_empty() {
        ui.say("sent.again", json!({ "item": id, "day": day.iso() }));
        answer(ui, &sending, day, &values, &[]);
        return Ok(());
    }
    record(&workspace, sending.file, &values)?;
    ui.say("sent.done", json!({ "file": sending.file, "record": told(&values) }));
    let early = sending.submission.date.filter(|cover| day < *cover);
    let early = early.map(|cover| ("sent.early", json!({ "day": day.iso(), "cover": cover.iso() })));
    let future = today.filter(|today| day > *today).map(|_| ("sent.future", json!({ "day": day.iso() })));
    let unasked = unasked(&workspace, &sending).map(|facts| ("sent.unasked", facts));
    let first_told = values.iter().all(|(at, _)| at.steps().len() == 3);
    let bundle = first_told.then(|| no_bundle(&workspace, &sending)).flatten();
    let bundle = bundle.map(|facts| ("sent.no-bundle", facts));
    let notices = hint_at_errors(rulebook, &workspace, sending.file);
    let back = first_told.then(|| unchanged(&sending, day)).flatten().map(|it| ("sent.returned", it));
    let notices = notices.into_iter().chain(back).chain(early).chain(future).chain(unasked).chain(bundle);
    let notices = notices.map(|(name, facts)| ui.locale.say(name, facts)).collect::<Vec<_>>();
    for notice in &notices {
        ui.tell(notice);
    }
    answer(ui, &sending, day, &values, &notices);
    Ok(())
}

fn answer(ui: &Ui, sending: &Sending<'_>, day: Date, values: &[(Pointer, Fresh)], notices: &[String]) {
    if ui.json() {
        ui.answer(&json!({
            "item": sending.id(),
            "file": sending.file,
            "date": day.iso(),
            "recorded_before": values.is_empty(),
            "record": told(values),
            "notices": notices,
        }));
    }
}

/// The record of this very sending, or of another one of the same version, with its place in the list.
fn recorded<'a>(reported: &Reported<'a>, day: Date) -> Option<(usize, &'a Dispatch)> {
    let submission = reported.submission();
    let can_be = |it: &Dispatch| it.date.is_some_and(|day| reported.impossible(day).is_none());
    // What came back later went out on that day all the same.
    let back_later = |it: &Dispatch| {
        let back = it.returned.as_ref().and_then(|it| it.date);
        it.date == Some(day) && back.is_some_and(|back| back > day)
    };
    let back = submission.dispatches.iter().enumerate().find(|(_, it)| back_later(it));
    let now = standing(submission).filter(|(_, it)| can_be(it));
    back.or_else(|| now.max_by_key(|(index, it)| (it.date == Some(day), it.date, *index)))
}

fn recorded_already(sending: &Sending<'_>, old: &Dispatch, day: Date) -> Finding {
    Finding::new("run/recorded-already")
        .fact("item", sending.id())
        .fact("recorded", old.date.map(Date::iso))
        .fact("channel", old.channel.as_deref())
        .fact("paper", old.paper.map(Date::iso))
        .fact("day", day.iso())
        .fact("key", sending.key)
        .fact("version", sending.submission.version.unwrap_or(1).saturating_add(1))
}

/// Refuses a day before the paper or its first letter.
fn too_early(
    workspace: &Workspace,
    sending: &Sending<'_>,
    reported: &Reported<'_>,
    day: Date,
) -> Result<(), Finding> {
    let Some(bound) = reported.refused(day) else { return Ok(()) };
    Err(Finding::new("run/sent-too-early")
        .at(workspace.place(sending.file, &bound.pointer))
        .fact("item", sending.id())
        .fact("day", day.iso())
        .fact("why", bound.why)
        .fact("other", bound.paper)
        .fact("other_date", bound.day.iso()))
}

/// Says that the file of a record has errors of writing: what stands there besides may not have been read.
pub(super) fn hint_at_errors(
    rulebook: &Rulebook,
    workspace: &Workspace,
    file: &str,
) -> Option<(&'static str, Value)> {
    let in_file = |finding: &&Finding| finding.place.as_ref().is_some_and(|place| place.file == file);
    let errors = workspace.findings.iter().filter(in_file);
    let errors = errors.filter(|it| rulebook.severity(it.rule, Stage::Draft) == Severity::Error).count();
    (errors > 0).then(|| ("sent.errors", json!({ "file": file, "errors": errors })))
}

/// That it came back before and goes out again as it was.
fn unchanged(sending: &Sending<'_>, day: Date) -> Option<Value> {
    let Resending { returned, version, stale } = resending(sending.submission)?;
    let facts = || json!({ "returned": returned.map(Date::iso), "version": version, "stale": stale });
    returned.is_none_or(|returned| day >= returned).then(facts)
}

/// That article 16 does not ask for this sending: another's activity, one that is not important, a year's bundle.
fn unasked(workspace: &Workspace, sending: &Sending<'_>) -> Option<Value> {
    let facts = || json!({ "item": sending.id(), "kind": sending.kind });
    let Some(number) = sending.number else { return (sending.kind == "year").then(facts) };
    let activity =
        workspace.activities.iter().find(|it| it.file == sending.file && *it.model.id == *number)?;
    let sound = activity.sound("/重要活动") && activity.sound("/主办");
    let asked = activity.model.important.is_some_and(|yes| yes.0)
        && is_own(&workspace.profile.model, &activity.model);
    (sound && !asked).then(facts)
}

/// That the usual folder has no bundle of what went out; it may have been packed elsewhere.
fn no_bundle(workspace: &Workspace, sending: &Sending<'_>) -> Option<Value> {
    let parcel = Parcel::of(workspace, sending);
    let name = parcel.map(|parcel| parcel.name(workspace));
    let folder = workspace.root.join(OUTPUT).join(FOLDER);
    let lies_there = name.as_ref().is_some_and(|name| folder.join(name).is_file());
    (!lies_there).then(|| json!({ "folder": format!("{OUTPUT}/{FOLDER}"), "name": name }))
}

/// The one 报送 of that name.
fn find<'a>(workspace: &'a Workspace, id: &str) -> Result<Sending<'a>, Finding> {
    let sendings = workspace.sendings();
    let named: Vec<&Sending<'_>> = sendings.iter().filter(|it| it.id() == id).collect();
    match named.as_slice() {
        [one] if one.sound => Ok(**one),
        [] => {
            let known: Vec<String> = sendings.iter().map(Sending::id).collect();
            let near = nearest(id, &known);
            Err(Finding::new("run/unknown-item").fact("item", id).fact("near", near).fact("known", known))
        }
        [one] => Err(Finding::new("run/item-unread").fact("item", id).fact("files", vec![one.file])),
        several => {
            let files: Vec<&str> = several.iter().map(|it| it.file).collect();
            Err(Finding::new("run/item-unread").fact("item", id).fact("files", files))
        }
    }
}
