//! 新闻通稿: no official genre, so no red head, number or seal. Telephones never reach it, nor photographs with 密级.

use super::before::facts;
use super::body::{Body, Inset, Insets};
use super::minutes::{head_count, titled};
use super::page::{Block, Format, Page};
use super::phrases::phrase;
use super::{Composer, Group};
use crate::derive::roster::Turnout;
use crate::model::scalar::DateRange;
use crate::model::{Activity, Photo, PressDraft, Text};
use serde_json::json;

pub(super) fn compose(
    composer: &Composer<'_>,
    activity: &Activity,
    press: &PressDraft,
    insets: Insets<'_>,
) -> Page {
    // What is classified is not published.
    let mut open = |inset: Inset<'_>| match inset {
        Inset::Photo(photo) if photo.classification.is_some() => None,
        inset => insets(inset),
    };
    let group = composer.group();
    let mut facts = facts(composer, activity);
    let headline = || {
        let verb = facts["verb"].as_str().unwrap_or("召开");
        format!("{}{verb}{}", group.short_name(), activity.name.as_deref().unwrap_or("会议"))
    };
    let title = press.title.as_ref().map_or_else(&headline, ToString::to_string);
    let fallback = composer.fallback(activity.date.map(DateRange::last));
    let mut page = group.page(Format::Plain, &title, press.date, fallback);
    page.subtitle = match (&press.subtitle, super::group::draft_mark(press.stage)) {
        (Some(subtitle), None) => Some(format!("——{}", subtitle.trim_start_matches('—'))),
        (Some(subtitle), Some(mark)) => Some(format!("——{}{mark}", subtitle.trim_start_matches('—'))),
        (None, mark) => mark,
    };
    let mut body = Body::new(&mut open);
    if let Some(lead) = &press.lead {
        body.paragraph(lead.to_string());
    } else {
        let turnout = Turnout::of(group.profile, activity);
        let guests = activity.attendance.iter().flat_map(|attendance| &attendance.guests);
        let mut from: Vec<&str> = guests.filter_map(|guest| guest.employer.as_deref()).collect();
        let mut seen = std::collections::BTreeSet::new();
        from.retain(|employer| {
            seen.insert(*employer) && Some(*employer) != group.profile.lead_employer.as_deref()
        });
        facts["chair"] = json!(activity.chair.as_ref().map(|person| titled(group, person)));
        facts["hosts"] = json!(hosts(group, activity));
        facts["present"] = json!(turnout.map(|turnout| turnout.in_room + turnout.online));
        facts["guests"] = json!(from);
        facts["count"] = json!(head_count(activity));
        body.paragraph(phrase("通稿导语", facts));
    }
    body.prose(&press.body);
    let photos: Vec<Block> =
        activity.photos.iter().filter_map(|photo| picture_of(&mut body, photo)).collect();
    body.blocks.extend(photos);
    page.body = body.blocks;
    let own = || format!("{}秘书处", group.short_name());
    let credit = press.credit.as_ref().map_or_else(own, ToString::to_string);
    page.credit =
        Some(phrase("供稿", json!({ "credit": credit, "date": press.date.map(|date| date.to_string()) })));
    page
}

/// Who holds it, if not the group alone.
fn hosts(group: Group<'_>, activity: &Activity) -> Vec<String> {
    let own = |host: &Text| &**host == "本组";
    if activity.hosts.iter().all(own) {
        return Vec::new();
    }
    let name = |host: &Text| if own(host) { group.short_name().to_owned() } else { host.to_string() };
    activity.hosts.iter().map(name).collect()
}

fn picture_of(body: &mut Body<'_>, photo: &Photo) -> Option<Block> {
    (body.inset)(Inset::Photo(photo))
}
