//! Who was in the chair, as a text has it.

use super::super::Context;
use super::{Pattern, Told, is_here, say, sentence};
use crate::derive::roster::roster;
use crate::finding::Finding;
use crate::model::Activity;
use crate::model::scalar::DateRange;
use crate::workspace::Loaded;
use regex::Regex;
use std::sync::LazyLock;

/// 会议由某某主持.
static BY: Pattern = LazyLock::new(|| {
    Regex::new(
        "(?:^|[，。；])(?:本次|此次)?会议由([^，。、；和及与]+?)(?:召集并)?主持(?:并[^，。；]+)?(?:[，。；]|$)",
    )
    .ok()
});
/// 某某主持会议.
static HOLDS: Pattern = LazyLock::new(|| {
    Regex::new(
        "(?:^|[，。；])([^，。、；由和及与]+?)主持了?(?:本次|此次)?会议(?:并[^，。；]+)?(?:[，。；]|$)",
    )
    .ok()
});
/// 在上海召开，由某某主持: in the sentence that says it was held.
static THEN: Pattern = LazyLock::new(|| {
    Regex::new(
        "(?:召开|举行|举办)[^，。；]*，(?:会议)?由([^，。、；和及与]+?)主持(?:并[^，。；]+)?(?:[，。；]|$)",
    )
    .ok()
});

/// What may follow a name.
const TITLES: [&str; 7] = ["同志", "先生", "女士", "教授", "院士", "研究员", "博士"];

/// Words of a sentence about a part of the meeting, each of which may have a chair of its own.
const PART: [&str; 9] = ["上午", "下午", "讨论", "环节", "阶段", "单元", "分组", "次日", "主会场"];

/// A person known is said to be in the chair, and the one who was is not; `lead` is a text about nothing else.
pub(super) fn chair(
    context: &Context<'_>,
    activity: &Loaded<Activity>,
    told: &Told<'_>,
    lead: bool,
) -> Option<Finding> {
    let model = &activity.model;
    let chair = model.chair.as_ref().filter(|chair| !chair.name.is_blank())?;
    if !told.text.contains("主持") {
        return None;
    }
    let begins = ["会议", "本次会议", "此次会议"].iter().any(|word| told.text.starts_with(word));
    let patterns = [(&BY, lead || begins), (&HOLDS, true), (&THEN, lead)];
    let mut said = Vec::new();
    for (pattern, used) in patterns {
        for found in pattern.as_ref()?.captures_iter(told.text).filter(|_| used) {
            let (whole, name) = (found.get(0)?, found.get(1)?);
            if lead || begins || whole.start() == 0 {
                said.push((whole.start(), whole.as_str(), name));
            }
        }
    }
    // Each part of a meeting may have a chair of its own: who was in the chair is named, and that will do.
    let mut sentences = told.text.split(['。', '\n']);
    let named = sentences.any(|sentence| sentence.contains("主持") && sentence.contains(&*chair.name));
    if said.is_empty() || named || !context.may_roster("activity/told-chair") {
        return None;
    }
    let guests = model.attendance.iter().flat_map(|attendance| &attendance.guests).map(|guest| &guest.name);
    let day = model.date.map(DateRange::first);
    let members = roster(context.profile(), day).into_iter().map(|member| &member.name);
    let known: Vec<_> = members.chain(guests).filter(|name| name.chars().count() > 1).collect();
    let other = said.into_iter().find_map(|(_, whole, name)| {
        let around = sentence(told.text, name.start());
        let whole_meeting = whole.contains("会议由") || !PART.iter().any(|word| around.contains(word));
        let bare = TITLES.iter().fold(name.as_str(), |name, title| name.trim_end_matches(title));
        let found = known.iter().find(|name| bare.ends_with(&****name))?;
        let for_another = ["委托", "代为", "代组长"].iter().any(|word| around.contains(word));
        (whole_meeting && !for_another && is_here(model, around)).then_some(*found)
    })?;
    let finding = say(context, "activity/told-chair", activity, told, other, context.at(activity, "/主持"));
    Some(finding.fact("chair", &*chair.name))
}
