//! Faults of the list of members: somebody twice, a term that ends before it begins, a member who is an adviser, a name
//! with a blank, a seal that is not the leader's employer's.

use super::Context;
use crate::derive::age::years;
use crate::finding::{Finding, Place};
use crate::model::{Member, Profile, Role, Text};

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let members = &context.profile().members;
    let mut findings = Vec::new();
    for (index, member) in members.iter().enumerate().filter(|(_, member)| !member.name.is_blank()) {
        findings.extend(term(context, index, member));
        findings.extend(age(context, index, member));
        for (first, other) in members.iter().enumerate().take(index) {
            if other.name == member.name {
                findings.extend(twice(context, (first, other), (index, member)));
            }
        }
    }
    findings.extend(before_founding(context));
    findings.extend(advisers(context));
    findings.extend(blanks(context));
    findings.extend(lead_employer(context));
    findings.extend(bare(context));
    findings
}

fn at(context: &Context<'_>, pointer: &str) -> Place {
    context.at(&context.workspace.profile, pointer)
}

/// What an entry says under a key.
type Value = fn(&Member) -> Option<&Text>;

/// Members whose employer or post nobody wrote, all in one; who has left is not asked for.
fn bare(context: &Context<'_>) -> Option<Finding> {
    const RULE: &str = "submit/members";
    let members = &context.profile().members;
    let lacks: [(&str, Value); 2] =
        [("单位", |member| member.employer.as_ref()), ("职务", |member| member.post.as_ref())];
    let there = |member: &&Member| member.term.to.is_none() && !member.name.is_blank();
    let mut first = None;
    let [employers, posts] = lacks.map(|(key, value)| {
        let lacking =
            members.iter().enumerate().filter(|(_, member)| there(member)).filter(|(index, member)| {
                value(member).is_none_or(Text::is_blank)
                    && context.workspace.profile.sound(&format!("/成员/{index}/{key}"))
            });
        let lacking: Vec<(usize, &str)> = lacking.map(|(index, member)| (index, &*member.name)).collect();
        first = first.into_iter().chain(lacking.first().map(|(index, _)| *index)).min();
        let mut names: Vec<&str> = Vec::new();
        for (_, name) in lacking {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    });
    let place = at(context, &format!("/成员/{}", first?));
    Some(Finding::new(RULE).at(place).fact("employers", employers).fact("posts", posts))
}

/// 任职 of one entry.
fn term(context: &Context<'_>, index: usize, member: &Member) -> Option<Finding> {
    let from = member.term.from?;
    let place = |key: &str| at(context, &format!("/成员/{index}/任职/{key}"));
    let say = |rule: &'static str| {
        Finding::new(rule).at(place("起")).fact("name", &*member.name).fact("from", from.iso())
    };
    let to = member.term.to.filter(|to| *to < from)?;
    Some(say("profile/term-reversed").with(place("止")).fact("to", to.iso()))
}

/// Nobody joins who is a child, or older than anybody at work; who has no 任职 was there from the founding.
fn age(context: &Context<'_>, index: usize, member: &Member) -> Option<Finding> {
    const RULE: &str = "profile/age";
    const AGES: std::ops::RangeInclusive<i32> = 18..=100;
    let profile = &context.workspace.profile;
    let pointer = format!("/成员/{index}");
    let joined = member.term.from.max(context.profile().founded)?;
    let years = years(member.born?, joined);
    if AGES.contains(&years) || !context.may(profile, RULE, &["/成立日期", &pointer]) {
        return None;
    }
    Some(
        Finding::new(RULE)
            .at(at(context, &format!("{pointer}/出生年月")))
            .fact("name", &*member.name)
            .fact("years", years)
            .fact("day", joined.iso())
            .fact("term", member.term.from == Some(joined)),
    )
}

/// Terms that begin before the group was founded, in one finding: the one date may well be the wrong one.
fn before_founding(context: &Context<'_>) -> Option<Finding> {
    let founded = context.profile().founded?;
    let members = context.profile().members.iter().enumerate();
    let early = members.filter(|(_, member)| {
        let reversed = member.term.to.is_some_and(|to| member.term.from.is_some_and(|from| to < from));
        !member.name.is_blank() && !reversed && member.term.from.is_some_and(|from| from < founded)
    });
    let early: Vec<_> = early.collect();
    let (index, first) = early.first()?;
    let mut names: Vec<&str> = Vec::new();
    for (_, member) in &early {
        if !names.contains(&&*member.name) {
            names.push(&member.name);
        }
    }
    Some(
        Finding::new("profile/before-founding")
            .at(at(context, &format!("/成员/{index}/任职/起")))
            .with(at(context, "/成立日期"))
            .fact("name", &*first.name)
            .fact("names", names)
            .fact("from", first.term.from?.iso())
            .fact("founded", founded.iso()),
    )
}

/// Two entries of one name: a member who came back, or changed roles, has terms that do not meet.
fn twice(context: &Context<'_>, first: (usize, &Member), second: (usize, &Member)) -> Option<Finding> {
    let reversed = |member: &Member| {
        let (from, to) = (member.term.from, member.term.to);
        matches!((from, to), (Some(from), Some(to)) if to < from)
    };
    let before =
        |a: &Member, b: &Member| matches!((a.term.to, b.term.from), (Some(to), Some(from)) if to < from);
    let same_day = |a: &Member, b: &Member| a.term.to.filter(|to| b.term.from == Some(*to));
    let (a, b) = (first.1, second.1);
    if reversed(a) || reversed(b) || before(a, b) || before(b, a) {
        return None;
    }
    let place = |index: usize, key: &str| at(context, &format!("/成员/{index}/{key}"));
    let name = &*a.name;
    if let Some(day) = same_day(a, b) {
        let finding = Finding::new("profile/changed-twice").at(place(second.0, "任职/起"));
        let finding = finding.with(place(first.0, "任职/止"));
        return Some(finding.fact("name", name).fact("day", day.iso()));
    }
    if let Some(day) = same_day(b, a) {
        let finding = Finding::new("profile/changed-twice").at(place(second.0, "任职/止"));
        let finding = finding.with(place(first.0, "任职/起"));
        return Some(finding.fact("name", name).fact("day", day.iso()));
    }
    let finding = Finding::new("profile/member-twice").at(place(second.0, "姓名"));
    Some(finding.with(place(first.0, "姓名")).fact("name", name))
}

/// Who has left the group, or is known to leave it, may well advise it.
fn advisers(context: &Context<'_>) -> Vec<Finding> {
    let profile = context.profile();
    let mut findings = Vec::new();
    for (index, adviser) in profile.advisers.iter().enumerate().filter(|(_, it)| !it.name.is_blank()) {
        let member =
            profile.members.iter().position(|member| member.name == adviser.name && member.term.to.is_none());
        let Some(member) = member else { continue };
        let finding = Finding::new("profile/member-and-adviser").at(at(context, &format!("/顾问/{index}")));
        let finding = finding.with(at(context, &format!("/成员/{member}/姓名")));
        findings.push(finding.fact("name", &*adviser.name));
    }
    findings
}

/// A blank within a Chinese name: the page sets names of two characters itself, and other files do not find it.
fn blanks(context: &Context<'_>) -> Vec<Finding> {
    let profile: &Profile = context.profile();
    let of = |list: &str, at: usize| format!("/{list}/{at}/姓名");
    let members = profile.members.iter().enumerate().map(|(at, it)| (of("成员", at), &it.name));
    let advisers = profile.advisers.iter().enumerate().map(|(at, it)| (of("顾问", at), &it.name));
    let secretary = profile.secretary_general.iter().map(|it| ("/秘书长/姓名".to_owned(), &it.name));
    let liaison = profile.liaison.iter().map(|it| ("/联络员/姓名".to_owned(), &it.name));
    let named = members.chain(advisers).chain(secretary).chain(liaison);
    let split = named.filter(|(_, name)| {
        let chinese = |c: char| matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
        name.contains(char::is_whitespace)
            && name.chars().all(|c| c.is_whitespace() || chinese(c))
            && name.chars().filter(|c| !c.is_whitespace()).count() <= LONGEST_NAME
    });
    let say = |(pointer, name): (String, &crate::model::Text)| {
        let plain: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        let finding = Finding::new("profile/blank-in-name").at(at(context, &pointer));
        finding.fact("name", &**name).fact("plain", plain)
    };
    split.map(say).collect()
}

/// Two names with a blank between are longer.
const LONGEST_NAME: usize = 4;

/// Article 18: the seal is that of the leader's employer. Only where both are known and neither is part of the other.
fn lead_employer(context: &Context<'_>) -> Option<Finding> {
    let profile = context.profile();
    let loaded = &context.workspace.profile;
    let written = profile.lead_employer.as_ref().filter(|it| !it.is_blank())?;
    let leads = |member: &&Member| member.role == Role::Leader && member.term.to.is_none();
    let mut leaders = profile.members.iter().enumerate().filter(|(_, member)| leads(member));
    let (index, leader) = leaders.next()?;
    let of = |key: &str| format!("/成员/{index}/{key}");
    let judged = ["/组长单位".to_owned(), of("单位"), of("角色"), of("任职")];
    let judged: Vec<&str> = judged.iter().map(String::as_str).collect();
    if leaders.next().is_some() || !context.may(loaded, "profile/lead-employer", &judged) {
        return None;
    }
    let employer = leader.employer.as_ref().filter(|it| !it.is_blank())?;
    let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let (seal, own) = (bare(written), bare(employer));
    // A department of it, or a shorter form of its name.
    if seal.contains(&own) || own.contains(&seal) {
        return None;
    }
    let finding = Finding::new("profile/lead-employer").at(at(context, "/组长单位"));
    let finding = finding.with(at(context, &format!("/成员/{index}/单位")));
    Some(finding.fact("name", &*leader.name).fact("employer", &**employer).fact("seal", &**written))
}
