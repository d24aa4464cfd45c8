//! Who was away and yet speaks in the minutes. Custom; only where a name is directly followed by what only somebody
//! present does, in a sentence that knows of no proxy, paper or other day.

use super::Context;
use crate::finding::Finding;
use crate::model::{Activity, Prose};
use crate::workspace::Loaded;
use regex::Regex;
use std::sync::LazyLock;

const RULE: &str = "activity/absent-speaker";

/// What follows the name of somebody who speaks.
static SPEAKS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new("^(?:同志)?(?:、[^，。；、]{2,4}){0,6}(?:分别|先后|共同|又)?(?:作了(?:重要|总结|专题|情况)?(?:发言|汇报|介绍|报告|讲话|说明)|发言|讲话|汇报了|介绍了|通报了|宣读了|指出|强调|表示)").ok()
});

/// Words of a sentence in which somebody may speak who was not there.
const OTHERWISE: [&str; 20] = [
    "代", "委托", "书面", "转", "会前", "会后", "此前", "上次", "曾", "下次", "将", "拟", "请", "录", "电话",
    "线上", "视频", "缺席", "因", "日前",
];

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    context.workspace.held().flat_map(|activity| of_activity(context, activity)).collect()
}

fn of_activity(context: &Context<'_>, activity: &Loaded<Activity>) -> Vec<Finding> {
    let model = &activity.model;
    let Some(attendance) = &model.attendance else { return Vec::new() };
    let absent = attendance.absent.iter().enumerate();
    let absent = absent.map(|(index, name)| (&**name, "无故缺席", format!("/到会情况/无故缺席/{index}")));
    let excused = attendance.excused.iter().enumerate();
    let excused = excused.map(|(index, it)| (&*it.name, "请假", format!("/到会情况/请假/{index}/姓名")));
    let away: Vec<_> = absent.chain(excused).filter(|(name, ..)| name.chars().nth(1).is_some()).collect();
    if away.is_empty() || !context.may(activity, RULE, &["/到会情况"]) {
        return Vec::new();
    }
    let topics = model.topics.iter().enumerate();
    let mut texts: Vec<(String, &Prose)> =
        topics.map(|(index, topic)| (format!("/议题/{index}/正文"), &topic.body)).collect();
    texts.extend(model.minutes.as_ref().map(|minutes| ("/纪要/正文".to_owned(), &minutes.body)));
    let mut findings = Vec::new();
    for (name, list, listed) in away {
        let said = texts.iter().find_map(|(at, prose)| Some((at, words(context, &prose.plain(), name)?)));
        if let Some((at, words)) = said {
            let place = context.workspace.place_of(&activity.file, at, &words);
            let finding = Finding::new(RULE).at(place).with(context.at(activity, &listed));
            findings.push(finding.fact("name", name).fact("list", list).fact("words", words));
        }
    }
    findings
}

/// The words in which `name` speaks.
fn words(context: &Context<'_>, text: &str, name: &str) -> Option<String> {
    let speaks = SPEAKS.as_ref()?;
    let longer = |rest: &str| {
        let members = context.profile().members.iter();
        members.filter(|it| it.name.len() > name.len()).any(|it| rest.starts_with(&*it.name))
    };
    let sentences = text.split(['。', '；', '\n']);
    let sure = sentences.filter(|sentence| !OTHERWISE.iter().any(|word| sentence.contains(word)));
    sure.flat_map(|sentence| sentence.match_indices(name).map(move |(at, _)| &sentence[at..]))
        .filter(|rest| !longer(rest))
        .find_map(|rest| Some(format!("{name}{}", speaks.find(&rest[name.len()..])?.as_str())))
}
