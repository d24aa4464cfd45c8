//! Units and posts against the profile: whoever the profile knows bears the same ones in every file.

use super::Context;
use crate::derive::roster::roster;
use crate::finding::{Finding, Place};
use crate::model::scalar::{Date, DateRange};
use crate::model::{Contact, Guest, Person, Text};
use crate::workspace::Loaded;

/// Somebody as a file has him or her; what is not written is not compared.
struct Bearer<'a> {
    name: &'a Text,
    employer: Option<&'a Text>,
    post: Option<&'a Text>,
    pointer: String,
}

impl<'a> Bearer<'a> {
    fn person(pointer: String, person: &'a Person) -> Self {
        let Person { name, employer, post } = person;
        Self { name, employer: employer.as_ref(), post: post.as_ref(), pointer }
    }

    fn contact(pointer: String, contact: &'a Contact) -> Self {
        let Contact { name, employer, post, .. } = contact;
        Self { name, employer: employer.as_ref(), post: post.as_ref(), pointer }
    }

    fn guest(pointer: String, guest: &'a Guest) -> Self {
        let Guest { name, employer, post, .. } = guest;
        Self { name, employer: employer.as_ref(), post: post.as_ref(), pointer }
    }
}

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for activity in &context.workspace.activities {
        let model = &activity.model;
        let day = model.date.map(DateRange::first);
        let led = [("/主持", &model.chair), ("/召集", &model.convener)];
        let led = led.into_iter().filter_map(|(at, person)| Some((at.to_owned(), person.as_ref()?)));
        let attendance = model.attendance.as_ref();
        let proxies = attendance.into_iter().flat_map(|it| &it.proxies).enumerate();
        let proxies = proxies
            .filter_map(|(at, proxy)| Some((format!("/到会情况/委托代表/{at}/代表"), proxy.proxy.as_ref()?)));
        let guests = attendance.into_iter().flat_map(|it| &it.guests).enumerate();
        let contacts = model.notice.iter().flat_map(|notice| &notice.contacts).enumerate();
        let bearers = led
            .chain(proxies)
            .map(|(pointer, person)| Bearer::person(pointer, person))
            .chain(guests.map(|(at, guest)| Bearer::guest(format!("/到会情况/列席/{at}"), guest)))
            .chain(contacts.map(|(at, contact)| Bearer::contact(format!("/会议通知/联系人/{at}"), contact)));
        compare(context, activity, &known(context, day), bearers, &mut findings);
    }
    for plan in &context.workspace.plans {
        let changes = plan.model.changes.iter().map(|change| &change.by).enumerate();
        let budget = plan.model.budget_changes.iter().map(|change| &change.by).enumerate();
        let named = changes.map(|it| ("计划调整", it)).chain(budget.map(|it| ("预算调整", it)));
        let bearers = named.filter_map(|(list, (index, by))| {
            Some(Bearer::person(format!("/{list}/{index}/决定人"), by.as_ref()?))
        });
        compare(context, plan, &known(context, None), bearers, &mut findings);
    }
    let profile = &context.workspace.profile;
    let secretariat = [("/秘书长", &profile.model.secretary_general), ("/联络员", &profile.model.liaison)];
    let bearers = secretariat
        .into_iter()
        .filter_map(|(pointer, contact)| Some(Bearer::contact(pointer.to_owned(), contact.as_ref()?)));
    let others: Vec<Bearer<'_>> = known(context, None)
        .into_iter()
        .filter(|known| !secretariat.iter().any(|(pointer, _)| known.pointer == *pointer))
        .collect();
    compare(context, profile, &others, bearers, &mut findings);
    findings
}

/// Whom the profile knows: the members of `day`, the advisers, the secretariat.
fn known<'a>(context: &Context<'a>, day: Option<Date>) -> Vec<Bearer<'a>> {
    let profile = context.profile();
    let serving = roster(profile, day);
    let members = profile.members.iter().enumerate();
    let members = members.filter(|(_, member)| serving.iter().any(|serving| std::ptr::eq(*serving, *member)));
    let members = members.map(|(index, member)| Bearer {
        name: &member.name,
        employer: member.employer.as_ref(),
        post: member.post.as_ref(),
        pointer: format!("/成员/{index}"),
    });
    let advisers = profile.advisers.iter().enumerate();
    let secretariat = [("/秘书长", &profile.secretary_general), ("/联络员", &profile.liaison)];
    let secretariat = secretariat.into_iter().filter_map(|(at, contact)| Some((at, contact.as_ref()?)));
    members
        .chain(advisers.map(|(index, adviser)| Bearer::person(format!("/顾问/{index}"), adviser)))
        .chain(secretariat.map(|(at, contact)| Bearer::contact(at.to_owned(), contact)))
        .collect()
}

fn compare<'a, T>(
    context: &Context<'_>,
    loaded: &Loaded<T>,
    known: &[Bearer<'_>],
    bearers: impl Iterator<Item = Bearer<'a>>,
    findings: &mut Vec<Finding>,
) {
    for bearer in bearers.filter(|bearer| !bearer.name.is_blank()) {
        let same: Vec<&Bearer<'_>> = known.iter().filter(|known| known.name == bearer.name).collect();
        let at = |pointer: &str, key: &str| context.at(loaded, &format!("{pointer}/{key}"));
        let of_profile = |pointer: &str, key: &str| -> Place {
            context.at(&context.workspace.profile, &format!("{pointer}/{key}"))
        };
        let other = differs(bearer.employer, &same, |known| known.employer, |_, _| false);
        let (rule, key, written, (known, said)) = if let Some(other) = other {
            ("people/other-employer", "单位", bearer.employer, other)
        } else if let Some(other) = differs(bearer.post, &same, |known| known.post, tolerable) {
            ("people/other-post", "职务", bearer.post, other)
        } else {
            continue;
        };
        findings.push(
            Finding::new(rule)
                .at(at(&bearer.pointer, key))
                .with(of_profile(&known.pointer, key))
                .fact("name", &**bearer.name)
                .fact("written", written.map(|text| &**text))
                .fact("known", &**said),
        );
    }
}

/// The entry that `written` contradicts; none as long as one entry says the same, or none says anything.
fn differs<'k, 'a>(
    written: Option<&Text>,
    same: &[&'k Bearer<'a>],
    of: impl Fn(&Bearer<'a>) -> Option<&'a Text>,
    tolerable: impl Fn(&str, &Bearer<'a>) -> bool,
) -> Option<(&'k Bearer<'a>, &'a Text)> {
    let written = bare(written.filter(|text| !text.is_blank())?);
    let said: Vec<(&'k Bearer<'a>, &'a Text)> = same
        .iter()
        .filter_map(|known| Some((*known, of(known)?)))
        .filter(|(_, said)| !said.is_blank())
        .collect();
    let agrees = said.iter().any(|(known, said)| bare(said) == written || tolerable(&written, known));
    said.into_iter().next().filter(|_| !agrees)
}

/// A place in the group (组长, 秘书长) is no post at the employer; a post may be written with the employer, or beside
/// further ones (院长、教授级高级工程师).
fn tolerable(written: &str, known: &Bearer<'_>) -> bool {
    let of_group = ["组长", "组员", "顾问", "秘书", "联络员", "成员", "专家组", "工作组"];
    let part = |text: Option<&Text>| text.map(|text| bare(text)).unwrap_or_default();
    of_group.iter().any(|word| written.contains(word))
        || written == format!("{}{}", part(known.employer), part(known.post))
        || written.split(['、', '，', ',', '；', '/']).any(|one| one == part(known.post))
}

/// Without blanks, with brackets of one kind.
fn bare(text: &str) -> String {
    let chars = text.chars().filter(|c| !c.is_whitespace());
    chars
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            c => c,
        })
        .collect()
}
