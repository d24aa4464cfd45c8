//! `baosong receipt`: takes in the general secretariat's answer to a bundle.

use super::check::workspace as root_of;
use super::make::OUTPUT;
use super::pack::FOLDER;
use super::sent::hint_at_errors;
use super::ui::path;
use super::{Outcome, Ui};
use crate::build::record::{record, told};
use crate::bundle::receipt::{Answer, LARGEST, Receipt};
use crate::bundle::{CHECK_CODE, CheckCode, verify};
use crate::derive::file_number::next_number;
use crate::derive::sent::Reported;
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::model::{Dispatch, Profile};
use crate::rulebook::Rulebook;
use crate::source::{Fresh, Pointer};
use crate::workspace::{Sending, Workspace};
use clap::ArgMatches;
use serde_json::{Value, json};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Days within which an answer comes.
const LONG: i64 = 180;

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    match receipt(ui, rulebook, matches) {
        Ok(()) => Outcome::Fine,
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

fn receipt(ui: &Ui, rulebook: &Rulebook, matches: &ArgMatches) -> Result<(), Finding> {
    let file = matches.get_one::<PathBuf>("file").map_or_else(|| Path::new(""), PathBuf::as_path);
    let receipt = read(file)?;
    let workspace = Workspace::read(&root_of(&path(matches))?);
    if !is_ours(&workspace.profile.model, &receipt) {
        return Err(Finding::new("run/receipt-of-another").fact("group", receipt.group.name));
    }
    let sendings = workspace.sendings();
    let meant: Vec<&Sending<'_>> = sendings.iter().filter(|it| answers(it, &receipt)).collect();
    let [sending] = meant.as_slice() else {
        let item = receipt.item.clone().unwrap_or_else(|| receipt.year.to_string());
        let known: Vec<String> = sendings.iter().map(Sending::id).collect();
        let item = format!("{item}（{}）", receipt.kind);
        let finding = Finding::new("run/unknown-item").fact("item", item);
        return Err(finding.fact("near", None::<String>).fact("known", known));
    };
    let id = sending.id();
    if !sending.sound {
        return Err(Finding::new("run/item-unread").fact("item", id).fact("files", vec![sending.file]));
    }
    let version = sending.submission.version.unwrap_or(1);
    if receipt.version != version {
        let finding = Finding::new("run/receipt-version").fact("item", id).fact("version", receipt.version);
        return Err(finding.fact("current", version));
    }
    other_bundle(&workspace, &receipt)?;
    let reported = Reported::of(&workspace, sending.file, sending.kind);
    let dispatches = &sending.submission.dispatches;
    let last = dispatches
        .iter()
        .enumerate()
        .filter(|(_, it)| it.date.is_some_and(|day| reported.is_none_or(|it| it.impossible(day).is_none())))
        .max_by_key(|(at, it)| (it.date, *at));
    let Some((index, dispatch)) = last else { return Err(Finding::new("run/not-sent").fact("item", id)) };
    if let (Some(sent), Some(answered)) = (dispatch.date, receipt.date())
        && answered < sent
    {
        let finding = Finding::new("run/receipt-before-sent").fact("item", id);
        return Err(finding.fact("sent", sent.iso()).fact("day", answered.iso()));
    }
    let at = Pointer::parse(&format!("/{}/记录", sending.key)).index(index);
    let values = values(&at, dispatch, &receipt, &id)?;
    let told = told(&values);
    let mut notices = Vec::new();
    if values.is_empty() {
        ui.say("receipt.again", json!({ "id": id }));
    } else {
        record(&workspace, sending.file, &values)?;
        ui.say("receipt.done", json!({ "file": sending.file, "id": id, "record": told }));
        let hint = hint_at_errors(rulebook, &workspace, sending.file);
        notices.extend(hint.map(|(name, facts)| ui.locale.say(name, facts)));
        notices
            .extend(long_after(dispatch, &receipt).map(|facts| ui.locale.say("receipt.long-after", facts)));
        let named = named_otherwise(&workspace.profile.model, &receipt);
        notices.extend(named.map(|facts| ui.locale.say("receipt.other-name", facts)));
        let unreasoned = receipt.state == Answer::Returned && receipt.reason().is_empty();
        notices.extend(unreasoned.then(|| ui.locale.say("receipt.no-reason", json!({}))));
        notices.extend(
            resend(&workspace, sending, &receipt).map(|facts| ui.locale.say("receipt.resend", facts)),
        );
    }
    for notice in &notices {
        ui.tell(notice);
    }
    if ui.json() {
        ui.answer(&json!({
            "item": id,
            "file": sending.file,
            "state": receipt.state,
            "date": receipt.date().map(Date::iso),
            "recorded_before": values.is_empty(),
            "record": told,
            "notices": notices,
        }));
    }
    Ok(())
}

fn read(file: &Path) -> Result<Receipt, Finding> {
    let trouble = |cause: String| {
        Finding::new("run/cannot-read").fact("path", file.to_string_lossy()).fact("cause", cause)
    };
    // A pipe would be waited for without end.
    if !file.metadata().map_err(|error| trouble(error.to_string()))?.is_file() {
        return Err(Finding::new("run/no-receipt").fact("cause", "json"));
    }
    let mut bytes = Vec::new();
    let opened = File::open(file).map_err(|error| trouble(error.to_string()))?;
    opened.take(LARGEST + 1).read_to_end(&mut bytes).map_err(|error| trouble(error.to_string()))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > LARGEST) {
        return Err(Finding::new("run/no-receipt").fact("cause", "large"));
    }
    Receipt::read(&bytes)
}

/// That so much time lies between sending and answer that one of the dates may have a wrong year.
fn long_after(dispatch: &Dispatch, receipt: &Receipt) -> Option<Value> {
    let (sent, answered) = (dispatch.date?, receipt.date()?);
    let days = (answered.naive() - sent.naive()).num_days();
    (days > LONG).then(|| json!({ "sent": sent.iso(), "day": answered.iso(), "days": days }))
}

/// What the letter has to say that goes out with what came back.
fn resend(workspace: &Workspace, sending: &Sending<'_>, receipt: &Receipt) -> Option<Value> {
    let code = receipt.check_code.parse::<CheckCode>().ok()?;
    let version = receipt.version.saturating_add(1);
    let year = receipt.date().and_then(|day| u16::try_from(day.year()).ok());
    let next = year.and_then(|year| next_number(workspace, year)).map(|next| next.to_string());
    let key = sending.key;
    let facts = || json!({ "key": key, "version": version, "code": code.to_string(), "next": next });
    (receipt.state == Answer::Returned).then(facts)
}

/// That the answer has our 代字 and a name that is not ours.
fn named_otherwise(profile: &Profile, receipt: &Receipt) -> Option<Value> {
    let name = receipt.group.name.trim();
    let ours = profile.full_name.as_deref()?.trim();
    let known = [Some(ours), profile.short_name.as_deref().map(str::trim)].contains(&Some(name));
    (!known).then(|| json!({ "name": name, "ours": ours }))
}

/// By 代字 where both have one, else by name.
fn is_ours(profile: &Profile, receipt: &Receipt) -> bool {
    let name = receipt.group.name.trim();
    match (profile.code.as_deref(), receipt.group.code.as_deref()) {
        (Some(ours), Some(theirs)) => ours == theirs.trim(),
        _ => [profile.full_name.as_deref(), profile.short_name.as_deref()].contains(&Some(name)),
    }
}

fn answers(sending: &Sending<'_>, receipt: &Receipt) -> bool {
    let same = match sending.number {
        Some(number) => receipt.item.as_deref() == Some(number),
        None => receipt.year == sending.year && receipt.item.is_none(),
    };
    same && sending.kind == receipt.kind
}

/// Refuses the answer to another bundle than the one of that item and version in our own output folder, if there is one.
fn other_bundle(workspace: &Workspace, receipt: &Receipt) -> Result<(), Finding> {
    let Ok(theirs) = receipt.check_code.parse::<CheckCode>() else { return Ok(()) };
    let entries = std::fs::read_dir(workspace.root.join(OUTPUT).join(FOLDER)).into_iter().flatten().flatten();
    let mut zips: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    zips.retain(|path| path.extension().is_some_and(|it| it.eq_ignore_ascii_case("zip")) && path.is_file());
    zips.sort();
    let mut other = None;
    for path in zips {
        let Some((written, computed)) = codes(&path, receipt) else { continue };
        // A copy that was opened and saved again still says which code it went out with.
        if [written, computed].contains(&Some(theirs)) {
            return Ok(());
        }
        other = other.or(written.or(computed).map(|ours| (path, ours)));
    }
    let Some((path, ours)) = other else { return Ok(()) };
    let finding = Finding::new("run/receipt-code").fact("path", path.to_string_lossy());
    Err(finding.fact("theirs", theirs.to_string()).fact("ours", ours.to_string()))
}

/// The check codes, written and computed, of a bundle that is of the receipt's item and version.
fn codes(path: &Path, receipt: &Receipt) -> Option<(Option<CheckCode>, Option<CheckCode>)> {
    let bundle = verify(path).ok()?;
    let said = bundle.submission?;
    let same = said["kind"] == receipt.kind
        && said["year"] == receipt.year
        && said["version"] == receipt.version
        && said["item"].as_str() == receipt.item.as_deref();
    let written = bundle.info.get(CHECK_CODE).and_then(|code| code.parse().ok());
    same.then_some((written, bundle.check_code))
}

/// What the answer adds to the record of the sending; nothing when all of it stands there.
fn values(
    at: &Pointer,
    dispatch: &Dispatch,
    receipt: &Receipt,
    id: &str,
) -> Result<Vec<(Pointer, Fresh)>, Finding> {
    let day = receipt.date().map(Date::iso).unwrap_or_default();
    let differs = || Finding::new("run/receipt-differs").fact("item", id);
    if receipt.state == Answer::Returned {
        let reason = receipt.reason();
        let Some(old) = &dispatch.returned else {
            if let Some(received) = dispatch.received.filter(|it| receipt.date().is_some_and(|day| day < *it))
            {
                let finding = Finding::new("run/returned-before-received").fact("item", id);
                return Err(finding.fact("received", received.iso()).fact("day", day));
            }
            let reason = Some(reason).filter(|reason| !reason.is_empty());
            let entries = [("日期", Some(day)), ("原因", reason)];
            let given = entries.into_iter().filter_map(|(key, text)| Some((key, text?)));
            return Ok(vec![(at.key("退回"), Fresh::record(given))]);
        };
        let same = old.date == receipt.date() && old.reason.as_deref().unwrap_or_default() == reason;
        return if same { Ok(Vec::new()) } else { Err(differs()) };
    }
    let code = receipt.code.as_deref().unwrap_or_default().trim();
    if dispatch.receipt.as_deref().is_some_and(|old| old != code) {
        return Err(differs());
    }
    if dispatch.received.is_some_and(|old| Some(old) != receipt.date()) {
        return Err(differs());
    }
    let mut values = Vec::new();
    if dispatch.receipt.is_none() {
        values.push((at.key("回执"), Fresh::Text(code.to_owned())));
    }
    if dispatch.received.is_none() {
        values.push((at.key("收到"), Fresh::Text(day)));
    }
    Ok(values)
}
