//! What a text written by hand says of an activity against the activity's own facts: date, place, attendance, chair.
//! Read are the lead of the press draft, that of the minutes, and the first paragraph of 活动小结; for the chair
//! also the text of the press draft, which begins with the lead where none is given; of the papers before it, where
//! and for when they announce it. Only what can mean nothing else is judged.

mod attendance;
mod chair;
mod city;

use self::attendance::attendance;
use self::chair::chair;
use self::city::city;
use super::Context;
use crate::finding::{Finding, Place};
use crate::model::scalar::Date;
use crate::model::{Activity, Mode};
use crate::workspace::Loaded;
use regex::{Captures, Regex};
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
static PLACE: Pattern = LazyLock::new(|| Regex::new("在([^，。、；：在]+?)(?:召开|举行|举办)(的?)").ok());
/// 于 after these tells since when there is something, or of what is yet to come.
const BEGAN: [&str; 15] = [
    "立于", "始于", "发于", "布于", "效于", "行于", "建于", "生于", "拟于", "将于", "定于", "订于", "划于",
    "计于", "曾于",
];
/// How a paper announces the day of the event.
static TO_BE: Pattern = LazyLock::new(|| Regex::new("(?:兹定|定|拟|将|订)于").ok());
/// What comes after a date that only bounds something.
const BOUNDS: [&str; 7] = ["前", "之前", "以前", "后", "之后", "起", "左右"];

/// What follows the date of an event, and not that of something that only helps to name it (4月13日成立的专家组).
const NEXT: [&str; 10] = ["，", "上午", "下午", "晚", "在", "召开", "举行", "举办", "（星期", "（周"];

/// Words of a sentence that speaks of another meeting, or of what there was since this one.
const OTHER: [&str; 17] = [
    "上次",
    "上一次",
    "前次",
    "前一次",
    "下次",
    "下一次",
    "下阶段",
    "去年",
    "上年",
    "明年",
    "次年",
    "历次",
    "预备会",
    "筹备会",
    "以来",
    "之后",
    "精神",
];
static ORDINAL: Pattern = LazyLock::new(|| Regex::new("第[一二三四五六七八九十0-9]+[次届期]").ok());
/// A sentence whose subject is the event itself.
static ITSELF: Pattern = LazyLock::new(|| {
    Regex::new("(?:^|，|日|定|午)(?:本次|此次)?(?:会议|活动|培训|培训班|研讨会|座谈会|全体会议|工作会议)(?:拟|将|定|订)?(?:于|在|召开|举行|举办|，)")
        .ok()
});

/// Somebody came to this very meeting.
static ATTENDS: Pattern =
    LazyLock::new(|| Regex::new("(?:出席|参加)了?(?:本次|此次)(?:会议|活动|培训)(?:$|，)").ok());

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
        let first = |text: &'_ str| text.lines().next().unwrap_or_default().to_owned();
        let (digest, body_lead) = (first(&digest), first(&body));
        // Without a lead the text may begin with one: then its first sentence speaks of the event itself.
        let body_lead = Some(body_lead.as_str()).filter(|text| {
            let sentence = text.split('。').next().unwrap_or_default();
            press.is_none() && opening(text).is_some() && speaks_of(model, sentence)
        });
        let leads = [
            Told { paper: "新闻通稿", pointer: "/新闻通稿/导语", text: press.unwrap_or_default() },
            Told {
                paper: "新闻通稿", pointer: "/新闻通稿/正文", text: body_lead.unwrap_or_default()
            },
            Told { paper: "纪要", pointer: "/纪要/导语", text: minutes.unwrap_or_default() },
            Told { paper: "活动小结", pointer: "/活动小结", text: &digest },
        ];
        for told in leads.iter().filter(|told| !told.text.is_empty()) {
            findings.extend(date(context, activity, told));
            findings.extend(place(context, activity, told));
            attendance(context, activity, told, &mut findings);
            findings.extend(chair(context, activity, told, true));
        }
        // Further down a paper may speak of other meetings: only a paragraph that begins with this one is clear.
        for text in body.lines().skip(usize::from(body_lead.is_some())) {
            let told = Told { paper: "新闻通稿", pointer: "/新闻通稿/正文", text };
            findings.extend(chair(context, activity, &told, false));
            counted(context, activity, text, &mut findings);
        }
        announced(context, activity, &mut findings);
    }
    findings
}

/// Of a text that may speak of other meetings, the sentences that count who came to this one.
fn counted(context: &Context<'_>, activity: &Loaded<Activity>, text: &str, findings: &mut Vec<Finding>) {
    let name = activity.model.name.as_deref().filter(|name| !name.is_empty());
    let this = [Some("本次会议"), Some("此次会议"), Some("会议"), name];
    for text in text.split(['。', '；']).map(str::trim) {
        let begins = this.into_iter().flatten().find_map(|it| text.strip_prefix(it));
        let stated = begins.is_some_and(|rest| rest.starts_with('应') || rest.starts_with("实"));
        if stated || ATTENDS.as_ref().is_some_and(|attends| attends.is_match(text)) {
            let told = Told { paper: "新闻通稿", pointer: "/新闻通稿/正文", text };
            attendance(context, activity, &told, findings);
        }
    }
}

/// The papers before an activity, as far as they are written by hand.
fn announced(context: &Context<'_>, activity: &Loaded<Activity>, findings: &mut Vec<Finding>) {
    let model = &activity.model;
    let texts = [
        ("活动报告", "/活动报告/正文", model.report.as_ref().map(|paper| paper.body.plain())),
        ("邀请函", "/邀请函/正文", model.invitation.as_ref().map(|paper| paper.body.plain())),
        ("会议通知", "/会议通知/正文", model.notice.as_ref().map(|paper| paper.body.plain())),
    ];
    for (paper, pointer, text) in texts {
        let text = text.unwrap_or_default();
        let sentences = text.split(['。', '\n', '；']).map(str::trim);
        let announces = |sentence: &&str| TO_BE.as_ref().is_some_and(|to_be| to_be.is_match(sentence));
        // The first one announces this event; what comes later may be anything.
        let Some(text) = sentences.into_iter().find(announces) else { continue };
        if opening(text).is_none() || !speaks_of(model, text) {
            continue;
        }
        let told = Told { paper, pointer, text };
        findings.extend(announced_day(context, activity, &told));
        findings.extend(place(context, activity, &told));
    }
}

/// The one date of a sentence that announces the event follows 定于, 拟于 or 将于.
fn announced_day(context: &Context<'_>, activity: &Loaded<Activity>, told: &Told<'_>) -> Option<Finding> {
    let days = DAYS.as_ref()?;
    let first = days.captures(told.text).filter(|_| days.find_iter(told.text).count() == 1)?;
    let whole = first.get(0)?;
    let (before, after) = (&told.text[..whole.start()], &told.text[whole.end()..]);
    let follows = TO_BE.as_ref()?.find_iter(before).last()?.end() == before.len();
    if !follows || BOUNDS.iter().any(|word| after.starts_with(word)) {
        return None;
    }
    differs(context, activity, told, &first)
}

/// Whether a sentence speaks of this activity, by its name or as the one meeting there is.
fn speaks_of(model: &Activity, sentence: &str) -> bool {
    let name = model.name.as_deref().filter(|name| !name.is_empty());
    let named = name.is_some_and(|name| sentence.contains(name));
    is_here(model, sentence) && (named || ITSELF.as_ref().is_some_and(|itself| itself.is_match(sentence)))
}

/// Whether nothing in a sentence points to another meeting.
fn is_here(model: &Activity, sentence: &str) -> bool {
    let name = model.name.as_deref().unwrap_or_default();
    let ordinals = ORDINAL.as_ref().into_iter().flat_map(|ordinal| ordinal.find_iter(sentence));
    !OTHER.iter().any(|word| sentence.contains(word))
        && ordinals.into_iter().all(|ordinal| name.contains(ordinal.as_str()))
}

/// The sentence around `at`.
fn sentence(text: &str, at: usize) -> &str {
    let start = text[..at]
        .rfind(['。', '\n'])
        .map_or(0, |mark| mark + text[mark..].chars().next().map_or(0, char::len_utf8));
    text[start..].split(['。', '\n']).next().unwrap_or_default()
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
    let here = is_here(&activity.model, told.text.split('。').next().unwrap_or_default());
    // More than one clause before it was held: the date may be that of another (记者获悉，……).
    let clauses = opening[whole.end()..].matches('，').count();
    let of_another = told.text[opening.len()..].starts_with('的') || opening.contains("获悉");
    if !opens || !of_the_event || !here || clauses > 1 || of_another || found.next().is_some() {
        return None;
    }
    differs(context, activity, told, &first)
}

/// The days found, if they are not the activity's.
fn differs(
    context: &Context<'_>,
    activity: &Loaded<Activity>,
    told: &Told<'_>,
    first: &Captures<'_>,
) -> Option<Finding> {
    let (held, whole) = (activity.model.date?, first.get(0)?);
    let number = |at: usize| first.get(at).and_then(|digits| digits.as_str().parse::<u32>().ok());
    let year = number(1).and_then(|year| i32::try_from(year).ok()).unwrap_or(held.first().year());
    let month = number(2)?;
    let start = Date::new(year, month, number(3)?)?;
    let end = match number(5) {
        Some(day) => {
            let until = number(4).unwrap_or(month);
            Date::new(if until < month { year + 1 } else { year }, until, day)?
        }
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
    let sentence = told.text.split('。').next().filter(|sentence| is_here(&activity.model, sentence))?;
    let found = PLACE.as_ref()?.captures_iter(sentence).find(|found| found[2].is_empty())?;
    let said = found.get(1)?.as_str();
    // 在北京冬奥组委支持下召开 says no place.
    if ["下", "之际", "期间", "之时", "时", "中", "后", "前"].iter().any(|word| said.ends_with(word))
    {
        return None;
    }
    let (here, there) = (city(place)?, city(said)?);
    if here == there || place.contains(there) || said.contains(here) {
        return None;
    }
    Some(
        say(context, "activity/told-place", activity, told, said, context.at(activity, "/地点"))
            .fact("place", place),
    )
}
