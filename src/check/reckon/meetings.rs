//! Articles 9, 13, 14, 15 and the papers of 16(3): who belongs to the group, who came, what there is of an activity.

use super::super::{Context, composition, package as papers, plenary};
use super::{Reckoning, name};
use crate::model::scalar::Date;
use serde_json::json;

pub(super) fn composition(context: &Context<'_>) -> Vec<Reckoning> {
    let loaded = &context.workspace.profile;
    if !context.may_roster("art9/leader") || loaded.model.members.is_empty() {
        return Vec::new();
    }
    let composed = composition::composed(context);
    let terms = context.terms();
    let reckoning = Reckoning::at(context.at(loaded, "/成员"))
        .fact("day", composed.day.map(Date::iso))
        .fact("leaders", composed.leaders)
        .fact("deputies", composed.deputies)
        .fact("members", composed.members)
        .fact("leaders_wanted", terms.leaders)
        .fact("min", terms.min_deputies)
        .fact("max", terms.max_deputies)
        .fact("most", terms.max_members);
    vec![reckoning]
}

pub(super) fn plenaries(context: &Context<'_>) -> Vec<Reckoning> {
    let reckon = |year| {
        let counted = plenary::counted(context, year)?;
        let held: Vec<String> = counted.held.iter().map(|activity| name(&activity.model)).collect();
        let reckoning = Reckoning::at(context.at(counted.plan, "/会议"))
            .fact("year", year)
            .fact("held", held.len())
            .fact("names", held)
            .fact("planned", counted.planned);
        let total = counted.held.len() + counted.planned;
        let wanted = context.terms().plenaries;
        Some(reckoning.fact("total", total).fact("wanted", wanted).fact("reached", total >= wanted))
    };
    context.workspace.years().into_iter().filter_map(reckon).collect()
}

pub(super) fn quorum(context: &Context<'_>) -> Vec<Reckoning> {
    let share = context.terms().quorum;
    let counted = context.workspace.held().filter(|activity| plenary::is_counted(context, activity));
    let reckon = |activity| {
        let reckoning = Reckoning::at(context.at(activity, "/到会情况"))
            .fact("of", name(&activity.model))
            .fact("numerator", share.numerator)
            .fact("denominator", share.denominator);
        let Some((turnout, quorum)) = plenary::reckoned(context, &activity.model) else {
            return reckoning.fact("computable", false);
        };
        reckoning
            .fact("computable", true)
            .fact("members", quorum.due)
            .fact("needed", quorum.needed)
            .fact("present", quorum.present)
            .fact("in_room", turnout.in_room)
            .fact("online", turnout.online)
            .fact("proxies", turnout.proxies)
            .fact("online_counts", context.terms().is_on("线上计入到会"))
            .fact("proxies_count", context.terms().is_on("代表计入到会"))
            .fact("reached", quorum.reached)
    };
    counted.map(reckon).collect()
}

pub(super) fn regulator(context: &Context<'_>) -> Vec<Reckoning> {
    let reckon = |activity| {
        let present = plenary::from_regulator(context, activity)?;
        let guests = activity.model.attendance.as_ref().map_or(0, |attendance| attendance.guests.len());
        let reckoning = Reckoning::at(context.at(activity, "/到会情况/列席"));
        let reckoning = reckoning.fact("of", name(&activity.model)).fact("guests", guests);
        let reckoning = reckoning.fact("regulator", present.guests).fact("members", present.members);
        Some(reckoning.fact("invited", activity.model.invitation.is_some()))
    };
    context.workspace.held().filter_map(reckon).collect()
}

pub(super) fn package(context: &Context<'_>) -> Vec<Reckoning> {
    let reckon = |activity: &crate::workspace::Loaded<crate::model::Activity>| {
        let parts = papers::parts(&activity.model);
        if !parts.iter().all(|(_, pointer, _)| activity.sound(pointer)) {
            return None;
        }
        let parts: Vec<_> =
            parts.iter().map(|(what, _, there)| json!({ "what": what, "there": there })).collect();
        let reckoning = Reckoning::at(context.at(activity, "/编号")).fact("of", name(&activity.model));
        let photos = activity.model.photos.len();
        let waived = activity.model.photos_waived.is_some();
        Some(reckoning.fact("parts", parts).fact("photos", photos).fact("waived", waived))
    };
    papers::important(context).filter_map(reckon).collect()
}
