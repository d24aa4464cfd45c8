//! What a lead written by hand says of an activity against the activity's own facts: date, place, attendance, chair.
//! Read are the lead of the press draft, that of the minutes, and the first paragraph of 活动小结; for the chair
//! also the text of the press draft. Only what can mean nothing else is judged.

use super::Context;
use crate::derive::roster::{Turnout, roster};
use crate::finding::{Finding, Place};
use crate::model::scalar::{Date, DateRange};
use crate::model::{Activity, Mode};
use crate::workspace::Loaded;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

type Pattern = LazyLock<Option<Regex>>;

static DAYS: Pattern = LazyLock::new(|| {
    Regex::new(
        "(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})日(?:(?:至|—|～|-|到)(?:([0-9]{1,2})月)?([0-9]{1,2})日)?",
    )
    .ok()
});
/// The days on which something is held: they open the sentence or follow 于.
static HELD: Pattern = LazyLock::new(|| Regex::new("^.*?(召开|举行|举办)").ok());
static PLACE: Pattern =
    LazyLock::new(|| Regex::new("在([^，。、；：在]{2,20}?)(?:召开|举行|举办)(的?)").ok());
static CHAIR: Pattern = LazyLock::new(|| {
    Regex::new("(^|[，。；])(?:本次|此次)?会议由([^，。、；和及与]{2,30}?)(?:召集并)?主持(?:[，。；]|$)").ok()
});
static DUE: Pattern = LazyLock::new(|| Regex::new("应到(?:成员|委员|专家)?([0-9]{1,3})[人名位]").ok());
static CAME: Pattern = LazyLock::new(|| Regex::new("实到(?:成员|委员|专家)?([0-9]{1,3})[人名位]").ok());
static MEMBERS: Pattern = LazyLock::new(|| {
    Regex::new("([0-9]{1,3})[名位](?:成员|委员)中，?有?[0-9]{1,3}[名位人](?:出席|到会|参会|与会|参加)").ok()
});
static PRESENT: Pattern = LazyLock::new(|| {
    const CAME: &str = "(?:出席|到会|参会|与会|参加)了?(?:本次|此次)?";
    const WHAT: &str = "(?:会议|活动|培训|研讨|全体会议|[，。；]|$)";
    Regex::new(&format!("(.?)([0-9]{{1,3}})[名位](成员|委员)?{CAME}{WHAT}")).ok()
});

/// Cities whose name at the beginning of a place is beyond doubt.
const CITIES: [&str; 40] = [
    "北京",
    "上海",
    "天津",
    "重庆",
    "石家庄",
    "太原",
    "呼和浩特",
    "沈阳",
    "长春",
    "哈尔滨",
    "南京",
    "杭州",
    "合肥",
    "福州",
    "南昌",
    "济南",
    "郑州",
    "武汉",
    "长沙",
    "广州",
    "南宁",
    "海口",
    "成都",
    "贵阳",
    "昆明",
    "拉萨",
    "西安",
    "兰州",
    "西宁",
    "银川",
    "乌鲁木齐",
    "大连",
    "青岛",
    "宁波",
    "厦门",
    "深圳",
    "苏州",
    "无锡",
    "珠海",
    "三亚",
];
/// What makes the name of a city the name of a street, a house or a room.
const NO_CITY: [&str; 12] =
    ["路", "街", "道", "大厦", "宾馆", "饭店", "酒店", "厅", "大道", "楼", "会议室", "公寓"];

/// 于 after these tells since when there is something.
const BEGAN: [&str; 8] = ["立于", "始于", "发于", "布于", "效于", "行于", "建于", "生于"];

/// What follows the date of an event, and not that of something that only helps to name it (4月13日成立的专家组).
const NEXT: [&str; 8] = ["，", "上午", "下午", "晚", "在", "召开", "举行", "举办"];

/// A text about an activity.
struct Told<'a> {
    paper: &'static str,
    pointer: &'static str,
    text: &'a str,
}

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for activity in &context.workspace.activities {
        let model = &activity.model;
        let digest = model.digest.plain();
        let body = model.press.as_ref().map(|press| press.body.plain()).unwrap_or_default();
        let press = model.press.as_ref().and_then(|press| press.lead.as_deref());
        let minutes = model.minutes.as_ref().and_then(|minutes| minutes.opening.as_deref());
        let leads = [
            Told { paper: "新闻通稿", pointer: "/新闻通稿/导语", text: press.unwrap_or_default() },
            Told { paper: "纪要", pointer: "/纪要/导语", text: minutes.unwrap_or_default() },
            Told {
                paper: "活动小结", pointer: "/活动小结", text: digest.lines().next().unwrap_or_default()
            },
        ];
        for told in leads.iter().filter(|told| !told.text.is_empty()) {
            findings.extend(date(context, activity, told));
            findings.extend(place(context, activity, told));
            attendance(context, activity, told, &mut findings);
            findings.extend(chair(context, activity, told));
        }
        // Further down a paper may speak of other meetings: only a paragraph that begins with the chair is clear.
        for text in body.lines() {
            let told = Told { paper: "新闻通稿", pointer: "/新闻通稿/正文", text };
            findings.extend(chair(context, activity, &told).filter(|_| text.starts_with("会议由")));
        }
    }
    findings
}

fn say(
    context: &Context<'_>,
    rule: &'static str,
    activity: &Loaded<Activity>,
    told: &Told<'_>,
    said: &str,
    other: Place,
) -> Finding {
    Finding::new(rule)
        .at(context.workspace.place_of(&activity.file, told.pointer, said))
        .with(other)
        .fact("paper", told.paper)
        .fact("said", said)
}

/// The first sentence up to the word that says it was held.
fn opening(text: &str) -> Option<&str> {
    let sentence = text.split('。').next()?;
    HELD.as_ref()?.find(sentence).map(|held| held.as_str())
}

/// The one date of the first sentence, which opens it or follows 于, is the activity's.
fn date(context: &Context<'_>, activity: &Loaded<Activity>, told: &Told<'_>) -> Option<Finding> {
    let held = activity.model.date?;
    let opening = opening(told.text)?;
    let days = DAYS.as_ref()?;
    let mut found = days.captures_iter(opening);
    let first = found
        .next()
        .filter(|_| days.find_iter(told.text.split('。').next().unwrap_or_default()).count() == 1)?;
    let whole = first.get(0)?;
    let before = &opening[..whole.start()];
    let after = &told.text[whole.end()..];
    let opens =
        before.is_empty() || before.ends_with('于') && !BEGAN.iter().any(|word| before.ends_with(word));
    let of_the_event = NEXT.iter().any(|word| after.starts_with(word));
    if !opens || !of_the_event || found.next().is_some() {
        return None;
    }
    let number = |at: usize| first.get(at).and_then(|digits| digits.as_str().parse::<u32>().ok());
    let year = number(1).and_then(|year| i32::try_from(year).ok()).unwrap_or(held.first().year());
    let month = number(2)?;
    let start = Date::new(year, month, number(3)?)?;
    let end = match number(5) {
        Some(day) => Date::new(year, number(4).unwrap_or(month), day)?,
        None => start,
    };
    if held.contains(start) && held.contains(end) {
        return None;
    }
    let finding =
        say(context, "activity/told-date", activity, told, whole.as_str(), context.at(activity, "/日期"));
    Some(finding.fact("date", held.to_string()))
}

/// Both places begin with a city, and with different ones.
fn place(context: &Context<'_>, activity: &Loaded<Activity>, told: &Told<'_>) -> Option<Finding> {
    let place = activity.model.place.as_deref().filter(|_| activity.model.mode != Mode::Online)?;
    let sentence = told.text.split('。').next()?;
    let found = PLACE.as_ref()?.captures_iter(sentence).find(|found| found[2].is_empty())?;
    let said = found.get(1)?.as_str();
    let (here, there) = (city(place)?, city(said)?);
    if here == there || place.contains(there) || said.contains(here) {
        return None;
    }
    Some(
        say(context, "activity/told-place", activity, told, said, context.at(activity, "/地点"))
            .fact("place", place),
    )
}

/// The city with which a place begins.
fn city(place: &str) -> Option<&'static str> {
    let city = CITIES.into_iter().find(|city| place.starts_with(city))?;
    let rest = &place[city.len()..];
    (!NO_CITY.iter().any(|word| rest.starts_with(word))).then_some(city)
}

/// 应到, 实到, and how many members there are and came.
fn attendance(
    context: &Context<'_>,
    activity: &Loaded<Activity>,
    told: &Told<'_>,
    findings: &mut Vec<Finding>,
) {
    const RULE: &str = "activity/told-attendance";
    if !told.text.contains(|c: char| c.is_ascii_digit())
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
        (&DUE, 1, &members, due, "members", due_at.clone()),
        (&CAME, 1, &with_guests, present, "present", room()),
        (&MEMBERS, 1, &members, due, "members", due_at),
        (&PRESENT, 2, &with_guests, present, "present", room()),
    ];
    for (pattern, group, right, count, what, place) in checks {
        let Some(pattern) = pattern.as_ref() else { continue };
        for found in pattern.captures_iter(told.text) {
            let (Some(whole), Some(number)) = (found.get(0), found.get(group)) else { continue };
            let about =
                ["约", "近", "余", "逾", "超", "多"].iter().any(|word| whole.as_str().starts_with(word));
            let part = clause(told.text, whole.start()).contains("其中");
            let said = number.as_str().parse::<u32>().unwrap_or_default();
            let right = if found.get(3).is_some() { &came } else { right };
            if about || part || right.contains(&said) {
                continue;
            }
            // The character before the number only tells whether it is exact.
            let start = if group == 1 { whole.start() } else { number.start() };
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

/// 会议由某某主持 names a person known, and not the chair.
fn chair(context: &Context<'_>, activity: &Loaded<Activity>, told: &Told<'_>) -> Option<Finding> {
    let model = &activity.model;
    let chair = model.chair.as_ref().filter(|chair| !chair.name.is_blank())?;
    let pattern = CHAIR.as_ref()?;
    let said = pattern.captures(told.text)?.get(2)?.as_str();
    let named = pattern.captures_iter(told.text).any(|found| found[2].contains(&*chair.name));
    if named || !context.may_roster("activity/told-chair") {
        return None;
    }
    let guests = model.attendance.iter().flat_map(|attendance| &attendance.guests).map(|guest| &guest.name);
    let day = model.date.map(DateRange::first);
    let members = roster(context.profile(), day).into_iter().map(|member| &member.name);
    let mut known = members.chain(guests).filter(|name| name.chars().count() > 1);
    let other = known.find(|name| said.ends_with(&***name))?;
    let finding = say(context, "activity/told-chair", activity, told, other, context.at(activity, "/主持"));
    Some(finding.fact("chair", &*chair.name))
}
