//! The three papers before an activity: 活动报告 to the general secretariat (art. 16(3)), 邀请函 to the
//! regulator (art. 15), 会议通知 to the members with its reply slip.

use super::body::{Body, Insets, column};
use super::group::secrecy;
use super::page::{Align, Annex, Block, Column, Format, Head, Imprint, Page};
use super::phrases::phrase;
use super::{Composer, Group};
use crate::derive::host::is_own;
use crate::derive::roster::roster;
use crate::model::scalar::{Date, DateRange};
use crate::model::{Activity, ActivityKind, Contact, Invitation, Notice, Profile, Prose, Report};
use serde_json::{Value, json};

/// 活动报告.
pub(super) fn report(
    composer: &Composer<'_>,
    activity: &Activity,
    report: &Report,
    insets: Insets<'_>,
) -> Page {
    let group = composer.group();
    let facts = facts(composer, activity);
    let title = phrase("活动报告标题", &facts);
    let mut page = group.page(Format::General, &title, report.date, fallback(composer, activity));
    page.head = Some(Head {
        signers: group.signer(report.date.or(activity.date.map(DateRange::first))).into_iter().collect(),
        secrecy: secrecy([report.classification, activity.classification]),
        ..group.head(Some("文件"), report.number.as_ref())
    });
    page.addressee = Some(format!("{}：", group.general_secretariat()));
    page.body = text_or(&report.body, "活动报告正文", &facts, insets);
    page.signature = Some(group.signature(report.date));
    page.imprint = Some(imprint(group, report.date));
    page
}

/// 邀请函.
pub(super) fn invitation(
    composer: &Composer<'_>,
    activity: &Activity,
    invitation: &Invitation,
    insets: Insets<'_>,
) -> Page {
    let group = composer.group();
    let facts = facts(composer, activity);
    let title = phrase("邀请函标题", &facts);
    let mut page = group.page(Format::Letter, &title, invitation.date, fallback(composer, activity));
    page.head = Some(group.head(None, invitation.number.as_ref()));
    let addressee =
        invitation.addressee.as_deref().map_or_else(|| group.general_secretariat(), str::to_owned);
    page.addressee = Some(format!("{addressee}："));
    page.body = text_or(&invitation.body, "邀请函正文", &facts, insets);
    page.signature = Some(group.signature(invitation.date));
    page
}

/// 会议通知.
pub(super) fn notice(
    composer: &Composer<'_>,
    activity: &Activity,
    notice: &Notice,
    insets: Insets<'_>,
) -> Page {
    let group = composer.group();
    let facts = facts(composer, activity);
    let title = phrase("通知标题", &facts);
    let mut page = group.page(Format::General, &title, notice.date, fallback(composer, activity));
    page.head = Some(group.head(Some("文件"), notice.number.as_ref()));
    let addressee = notice.addressee.as_deref().map_or_else(|| phrase("通知对象", ()), str::to_owned);
    page.addressee = Some(format!("{addressee}："));
    page.body = notice_body(composer, activity, notice, &facts, insets);
    let slip = phrase("回执标题", &facts);
    page.annex_notes = vec![slip.clone()];
    page.annexes = vec![reply_slip(group, &slip)];
    page.signature = Some(group.signature(notice.date));
    page.imprint = Some(imprint(group, notice.date));
    page
}

fn notice_body(
    composer: &Composer<'_>,
    activity: &Activity,
    notice: &Notice,
    facts: &Value,
    insets: Insets<'_>,
) -> Vec<Block> {
    let mut body = Body::new(insets);
    let contacts = contacts(&composer.workspace.profile.model, &notice.contacts);
    let contact = phrase("通知联系", json!({ "contacts": contacts }));
    if !notice.body.is_blank() {
        body.prose(&notice.body);
        body.prose(&notice.remarks);
        // A text written by hand names the group's own contact itself, if it wants to.
        if !notice.contacts.is_empty() {
            body.paragraph(format!("联系人：{contact}"));
        }
        return body.blocks;
    }
    announce(activity, facts, &mut body);
    if !notice.remarks.is_blank() {
        body.section("其他事项");
        body.prose(&notice.remarks);
    }
    body.section(if contacts.is_empty() { "回执" } else { "回执和联系人" });
    let reply = json!({ "reply_by": notice.reply_by.map(|date| date.to_string()), "noun": facts["noun"] });
    body.paragraph(phrase("通知回执", reply));
    if !contacts.is_empty() {
        body.paragraph(contact);
    }
    body.blocks
}

/// When, where, who and what of a meeting.
fn announce(activity: &Activity, facts: &Value, body: &mut Body<'_>) {
    body.paragraph(phrase("通知开头", facts));
    let noun = facts["noun"].as_str().unwrap_or_default();
    body.section(&format!("{noun}时间"));
    body.paragraph(phrase("通知时间", facts));
    if activity.place.is_some() {
        body.section(&format!("{noun}地点"));
        body.paragraph(phrase("通知地点", facts));
    }
    body.section(if noun == MEETING { "参会人员" } else { "参加人员" });
    body.paragraph(phrase("通知人员", facts));
    if !activity.agenda.is_empty() {
        body.section(&format!("{noun}内容"));
        let last = activity.agenda.len();
        for (index, item) in activity.agenda.iter().enumerate() {
            let speaker = item.speaker.as_ref().map(|name| format!("（{name}）")).unwrap_or_default();
            let time = item.time.as_ref().map(|time| format!("{time}　")).unwrap_or_default();
            let mark = if index + 1 == last { '。' } else { '；' };
            body.paragraph(format!("{}. {time}{}{speaker}{mark}", index + 1, item.content));
        }
    }
}

/// The people named; the profile's 联络员 when none is.
fn contacts(profile: &Profile, named: &[Contact]) -> Vec<Value> {
    let stand_in = profile.liaison.as_slice();
    let contacts = if named.is_empty() { stand_in } else { named };
    let show = |contact: &Contact| {
        json!({
            "name": *contact.name,
            "employer": contact.employer.as_deref(),
            "telephone": contact.telephone.as_deref(),
            "fax": contact.fax.as_deref(),
            "mail": contact.mail.as_deref(),
        })
    };
    contacts.iter().map(show).collect()
}

/// To be filled in by hand: the columns are as wide as what will be written.
fn reply_slip(group: Group<'_>, title: &str) -> Annex {
    let column = |title: &str, weight: f64, align: Align| Column { weight, ..column(title, align) };
    let columns = vec![
        column("姓名", 1.6, Align::Center),
        column("单位", 3.2, Align::Left),
        column("职务", 1.8, Align::Left),
        column("参加方式", 1.8, Align::Center),
        column("代表（姓名、单位、职务）或请假事由", 3.6, Align::Left),
        column("联系电话", 2.0, Align::Left),
    ];
    let rows = vec![vec![String::new(); 6]; 4];
    let table = Block::Table { caption: None, columns, rows, totals: 0, turned: false };
    let note = Block::Paragraph { text: phrase("回执说明", ()) };
    Annex { label: phrase("附件表题", ()), title: group.title(title), body: vec![table, note] }
}

fn text_or(prose: &Prose, name: &str, facts: &Value, insets: Insets<'_>) -> Vec<Block> {
    let mut body = Body::new(insets);
    if prose.is_blank() {
        body.text(&phrase(name, facts));
    } else {
        body.prose(prose);
    }
    body.blocks
}

fn imprint(group: Group<'_>, date: Option<Date>) -> Imprint {
    Imprint {
        addressee: None,
        copy_to: None,
        issuer: Some(format!("{}秘书处", group.short_name())),
        issued: Some(date.map_or_else(|| "　　年　月　日印发".to_owned(), |date| format!("{date}印发"))),
    }
}

fn fallback(composer: &Composer<'_>, activity: &Activity) -> Date {
    composer.fallback(activity.date.map(DateRange::first))
}

/// What a gathering is called that has an agenda.
const MEETING: &str = "会议";

/// What the papers call an activity: of several kinds a meeting among them says what it is.
fn noun(activity: &Activity) -> &'static str {
    let is_meeting = |kind: &ActivityKind| {
        matches!(kind, ActivityKind::Plenary | ActivityKind::Meeting | ActivityKind::Workshop)
    };
    match activity.kinds.as_slice() {
        [] => MEETING,
        kinds if kinds.iter().any(is_meeting) => MEETING,
        [ActivityKind::Training] => "培训",
        _ => "活动",
    }
}

/// What one does with it: meetings are 召开, a survey is 开展, a course 举办.
fn verb(activity: &Activity) -> &'static str {
    match activity.kinds.as_slice() {
        _ if noun(activity) == MEETING => "召开",
        [ActivityKind::Survey | ActivityKind::Publicity] => "开展",
        _ => "举办",
    }
}

/// The facts that sentences about an activity are made of.
pub(super) fn facts(composer: &Composer<'_>, activity: &Activity) -> Value {
    let group = composer.group();
    let roster = roster(group.profile, activity.date.map(DateRange::first));
    let members = roster.len();
    let expected = if activity.expected.is_empty() { members } else { activity.expected.len() };
    let written = activity.name.as_deref().unwrap_or("活动");
    let own = is_own(group.profile, activity);
    let name = phrase("活动全名", json!({ "name": written, "short": group.short_name(), "own": own }));
    let speaker = |item: &crate::model::AgendaItem| json!({ "content": *item.content, "speaker": item.speaker.as_deref() });
    json!({
        "name": name,
        "own": own,
        "short": group.short_name(),
        "verb": verb(activity),
        "noun": noun(activity),
        "date": activity.date.map(|date| date.to_string()).unwrap_or_default(),
        "when": activity.date.map(|date| date.from_time(activity.time.as_deref().unwrap_or_default())),
        "place": activity.place.as_deref(),
        "mode": activity.mode.word(),
        "organisers": activity.organisers.iter().map(|name| &**name).collect::<Vec<_>>(),
        "agenda": activity.agenda.iter().map(speaker).collect::<Vec<_>>(),
        "members": members,
        "expected": expected,
        "names": activity.expected.iter().map(|name| &**name).collect::<Vec<_>>(),
        "invited": activity.invitation.as_ref().map(|invitation| {
            invitation.addressee.as_deref().map_or_else(|| group.general_secretariat(), str::to_owned)
        }),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_done_with_an_activity_follows_from_its_kinds() {
        let said = |kinds: &[ActivityKind]| {
            let activity = Activity { kinds: kinds.to_vec(), ..Activity::default() };
            (verb(&activity), noun(&activity))
        };
        assert_eq!(said(&[]), ("召开", "会议"));
        assert_eq!(said(&[ActivityKind::Survey]), ("开展", "活动"));
        assert_eq!(said(&[ActivityKind::Training]), ("举办", "培训"));
        assert_eq!(said(&[ActivityKind::Training, ActivityKind::Survey]), ("举办", "活动"));
        assert_eq!(said(&[ActivityKind::Survey, ActivityKind::Workshop]), ("召开", "会议"));
    }
}
