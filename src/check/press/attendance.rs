//! How many members there are and how many came, as a text has it, against 到会情况 and 应到.

use super::super::Context;
use super::{Pattern, Told, is_here, say, sentence};
use crate::derive::roster::Turnout;
use crate::finding::Finding;
use crate::model::Activity;
use crate::workspace::Loaded;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

const WHO: &str = "(?P<who>专家组成员|会成员|成员|委员)";
static DUE: Pattern = LazyLock::new(|| {
    Regex::new(&format!("应(?:到会|参会|出席|到)(?:会?专家|会|{WHO})?(?P<n>[0-9]{{1,3}})[人名位]")).ok()
});
static CAME: Pattern = LazyLock::new(|| {
    Regex::new(&format!("实(?:际到会|到会|际参会|参会|到)(?:会?专家|会|{WHO})?(?P<n>[0-9]{{1,3}})[人名位]"))
        .ok()
});
static MEMBERS: Pattern = LazyLock::new(|| {
    Regex::new("(?P<n>[0-9]{1,3})[名位](?:成员|委员)中，?有?[0-9]{1,3}[名位人](?:出席|到会|参会|与会|参加)")
        .ok()
});
static PRESENT: Pattern = LazyLock::new(|| {
    const CAME: &str = "(?:出席|到会|参会|与会|参加)了?(?:本次|此次)?";
    const WHAT: &str = "(?:会议|活动|培训|研讨|全体会议|[，。；]|$)";
    Regex::new(&format!("(.?)(?P<n>[0-9]{{1,3}})[名位](?P<who>专家组成员|成员|委员)?{CAME}{WHAT}")).ok()
});
/// 成员9人到会, where 成员 is not part of 应到成员 or of another word.
static OF_MEMBERS: Pattern = LazyLock::new(|| {
    const CAME: &str = "(?:出席|到会|参会|与会|参加)了?(?:本次|此次)?";
    const WHAT: &str = "(?:会议|活动|培训|研讨|全体会议|[，。；]|$)";
    Regex::new(&format!(
        "(?:^|[，。；：]|专家组|本组|全组)(?P<who>成员|委员)(?P<n>[0-9]{{1,3}})[人名位]{CAME}{WHAT}"
    ))
    .ok()
});

/// Words of a clause that count a part of those who came, or more than the members.
const PART: [&str; 16] = [
    "其中", "其他", "其余", "另有", "另外", "部分", "组长", "秘书", "等", "及", "和", "与", "两组", "各组",
    "双方", "两个",
];

/// 应到, 实到, and how many members there are and came.
pub(super) fn attendance(
    context: &Context<'_>,
    activity: &Loaded<Activity>,
    told: &Told<'_>,
    findings: &mut Vec<Finding>,
) {
    const RULE: &str = "activity/told-attendance";
    // Of a joint activity nobody knows whom a number counts.
    if !told.text.contains(|c: char| c.is_ascii_digit())
        || !activity.model.hosts.is_empty()
        || !context.may(activity, RULE, &["/到会情况", "/应到", "/日期"])
        || !context.may_roster(RULE)
    {
        return;
    }
    let Some(turnout) = Turnout::of(context.profile(), &activity.model) else { return };
    let guests = activity.model.attendance.as_ref().map_or(0, |attendance| attendance.guests.len());
    let guests = u32::try_from(guests).unwrap_or(u32::MAX);
    let expected = u32::try_from(activity.model.expected.len()).unwrap_or(u32::MAX);
    let due = if expected == 0 { turnout.members } else { expected };
    let members = BTreeSet::from([turnout.members, due]);
    let present = turnout.in_room + turnout.online;
    let came = [turnout.in_room, present, turnout.in_room + turnout.proxies, present + turnout.proxies];
    let with_guests: BTreeSet<u32> =
        came.into_iter().flat_map(|count| [count, count.saturating_add(guests)]).collect();
    let came = BTreeSet::from(came);
    let profile = &context.workspace.profile;
    let due_at = if expected == 0 { context.at(profile, "/成员") } else { context.at(activity, "/应到") };
    let room = || context.at(activity, "/到会情况");
    let checks = [
        (&DUE, &members, &members, due, "members", due_at.clone()),
        (&CAME, &with_guests, &came, present, "present", room()),
        (&MEMBERS, &members, &members, due, "members", due_at),
        (&PRESENT, &with_guests, &came, present, "present", room()),
        (&OF_MEMBERS, &came, &came, present, "present", room()),
    ];
    for (pattern, right, of_members, count, what, place) in checks {
        let Some(pattern) = pattern.as_ref() else { continue };
        for found in pattern.captures_iter(told.text) {
            let (Some(whole), Some(number)) = (found.get(0), found.name("n")) else { continue };
            let about =
                ["约", "近", "余", "逾", "超", "多"].iter().any(|word| whole.as_str().starts_with(word));
            let stated = pattern.as_str().contains('应') || pattern.as_str().contains('实');
            let before = clause(told.text, number.start());
            let part = PART.iter().any(|word| before.contains(word)) && !stated || before.contains("其中");
            let said = number.as_str().parse::<u32>().unwrap_or_default();
            let right = if found.name("who").is_some() { of_members } else { right };
            let here = is_here(&activity.model, sentence(told.text, whole.start()));
            // 2位出席会议的同志 are some of those who came.
            let some = told.text[whole.end()..].starts_with('的');
            if about || part || some || !here || right.contains(&said) {
                continue;
            }
            // What stands before the number only tells whether it is exact.
            let first = found.name("who").map_or(number.start(), |who| who.start().min(number.start()));
            let start = if what == "present" && !stated { first } else { whole.start() };
            let said = told.text[start..whole.end()].trim_end_matches(['，', '。', '；']);
            findings.push(
                say(context, RULE, activity, told, said, place.clone())
                    .fact("what", what)
                    .fact("count", count),
            );
        }
    }
}

/// What stands between the last mark and `at`.
fn clause(text: &str, at: usize) -> &str {
    let before = &text[..at];
    let start = before.char_indices().rev().find(|(_, c)| "，。；（".contains(*c));
    start.map_or(before, |(start, mark)| &before[start + mark.len_utf8()..])
}
