//! 密级 and the press draft: an activity goes in; whether its press draft may be made, and which classified topic or
//! decision stands in it, come out.
//!
//! Short phrases prove nothing: a whole title counts from six characters on, or quoted in 《》, a piece of it from eight,
//! a piece of a text from twelve. What also stands in the open is no secret.

use super::copied::{Open, Page, bare};
use crate::model::{Activity, Classification, Decision, Part, Person, Profile, Prose, Text};
use crate::source::Step;
use crate::workspace::Loaded;

/// The shortest title that is looked for.
const TITLE: usize = 6;

/// The shortest piece of a title.
const PIECE_OF_TITLE: usize = 8;

/// The shortest piece of a text.
const PIECE: usize = 12;

/// What is done with a topic; it says nothing of it.
const VERBS: [&str; 12] =
    ["审议", "审查", "研究", "讨论", "通报", "听取", "汇报", "通过", "表决", "关于", "确定", "推荐"];

/// A classified thing that stands in the press draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// Where in the press draft.
    pub pointer: String,
    /// The words that stand there.
    pub words: String,
    /// The classified topic or decision.
    pub source: String,
    /// Its 密级.
    pub grade: Classification,
}

/// Whether the activity's press draft may be made: nothing in it is classified, and no 密级 is unreadable.
pub fn may_be_published(profile: &Profile, activity: &Loaded<Activity>) -> bool {
    let is_grade = |step: Option<&Step>| matches!(step, Some(Step::Key(key)) if key == "密级");
    let model = &activity.model;
    model.classification.is_none()
        && model.press.as_ref().is_none_or(|press| press.classification.is_none())
        && !activity.broken.iter().any(|broken| is_grade(broken.steps().last()))
        && leaks(profile, model).is_empty()
}

/// Something classified: its pointer, its grade, its title, its texts.
type Classified = (String, Classification, String, Vec<String>);

/// The classified topics and decisions that stand in the press draft, each once.
pub fn leaks(profile: &Profile, activity: &Activity) -> Vec<Leak> {
    let topics = activity.topics.iter().enumerate().filter_map(|(index, topic)| {
        let texts = vec![topic.body.plain()];
        Some((format!("/议题/{index}"), topic.classification?, topic.title.to_string(), texts))
    });
    let decisions = activity.decisions.iter().enumerate().filter_map(|(index, decision)| {
        let title =
            decision.document.as_deref().map(|title| format!("《{}》", title.trim_matches(['《', '》'])));
        let title = title.unwrap_or_else(|| decision.subject().to_owned());
        Some((format!("/议定事项/{index}"), decision.classification?, title, said(decision)))
    });
    let classified: Vec<Classified> = topics.chain(decisions).collect();
    if classified.is_empty() {
        return Vec::new();
    }
    let (published, open) = (published(activity), open(profile, activity));
    let pages: Vec<Page<'_>> = published.iter().map(|(_, text)| Page::new(text, &open)).collect();
    let leak = |(source, grade, title, texts): Classified| {
        let whole = words(&title).into_iter().filter(|words| !open.says(&bare(words))).find_map(|words| {
            let wanted = squeezed(&words);
            published.iter().find(|(_, text)| squeezed(text).contains(&wanted)).map(|(at, _)| (at, words))
        });
        let found = whole.or_else(|| {
            let subject = title.trim();
            let subject = VERBS.iter().find_map(|verb| subject.strip_prefix(verb)).unwrap_or(subject);
            published.iter().zip(&pages).find_map(|((at, _), page)| {
                let of_texts = || texts.iter().find_map(|text| page.piece(text, PIECE, &open));
                Some((at, page.piece(subject, PIECE_OF_TITLE, &open).or_else(of_texts)?))
            })
        });
        let (pointer, words) = found?;
        Some(Leak { pointer: pointer.clone(), words, source, grade })
    };
    classified.into_iter().filter_map(leak).collect()
}

/// What a decision says beside its title.
fn said(decision: &Decision) -> Vec<String> {
    let reserved = decision.reservations.iter().filter_map(|reservation| reservation.opinion.as_ref());
    decision.opinion.iter().chain(reserved).map(ToString::to_string).collect()
}

/// What the activity says without 密级, and the names of the group, its units and its people.
fn open(profile: &Profile, activity: &Activity) -> Open {
    let mut texts: Vec<String> = activity.name.iter().map(|name| bare(name)).collect();
    texts.extend(activity.agenda.iter().map(|item| bare(&item.content)));
    for topic in activity.topics.iter().filter(|topic| topic.classification.is_none()) {
        texts.extend([bare(&topic.title), bare(&topic.body.plain())]);
    }
    for decision in activity.decisions.iter().filter(|decision| decision.classification.is_none()) {
        texts.push(bare(decision.subject()));
        texts.extend(said(decision).iter().map(|text| bare(text)));
    }
    let person = |person: &Person| [Some(person.name.clone()), person.employer.clone(), person.post.clone()];
    let mut names: Vec<Option<Text>> = vec![
        profile.full_name.clone(),
        profile.short_name.clone(),
        profile.signature.clone(),
        profile.lead_employer.clone(),
        profile.secretariat.clone(),
        profile.general_secretariat.clone(),
        activity.name.clone(),
        activity.place.clone(),
    ];
    names.extend(profile.regulator.iter().chain(&profile.terms).cloned().map(Some));
    names.extend(activity.hosts.iter().chain(&activity.organisers).cloned().map(Some));
    names.extend(profile.sub_groups.iter().map(|group| Some(group.name.clone())));
    for member in &profile.members {
        names.extend([Some(member.name.clone()), member.employer.clone(), member.post.clone()]);
    }
    for contact in profile.secretary_general.iter().chain(&profile.liaison) {
        names.extend([Some(contact.name.clone()), contact.employer.clone(), contact.post.clone()]);
    }
    names.extend(profile.advisers.iter().flat_map(person));
    names.extend(activity.convener.iter().chain(&activity.chair).flat_map(person));
    if let Some(attendance) = &activity.attendance {
        names.extend(attendance.proxies.iter().filter_map(|proxy| proxy.proxy.as_ref()).flat_map(person));
        for guest in &attendance.guests {
            names.extend([Some(guest.name.clone()), guest.employer.clone(), guest.post.clone()]);
        }
    }
    Open { texts, names: names.iter().flatten().map(|name| bare(name)).collect() }
}

/// The texts of the press draft's page that somebody wrote, with their places.
fn published(activity: &Activity) -> Vec<(String, String)> {
    let Some(press) = &activity.press else { return Vec::new() };
    let named = [("标题", &press.title), ("副标题", &press.subtitle), ("导语", &press.lead)];
    let mut texts: Vec<(String, String)> = named
        .into_iter()
        .filter_map(|(key, text)| Some((format!("/新闻通稿/{key}"), text.as_deref()?.to_owned())))
        .collect();
    texts.push(("/新闻通稿/正文".to_owned(), shown(&press.body)));
    for (index, photo) in activity.photos.iter().enumerate().filter(|(_, it)| it.classification.is_none()) {
        if let Some(caption) = &photo.caption {
            texts.push((format!("/图片/{index}/说明"), caption.to_string()));
        }
    }
    texts
}

/// All that a page shows of a text, captions and cells included.
fn shown(prose: &Prose) -> String {
    let part = |part: &Part| match part {
        Part::Text(text) => text.clone(),
        Part::Picture(photo) => {
            let caption = photo.caption.as_deref().filter(|_| photo.classification.is_none());
            caption.unwrap_or_default().to_owned()
        }
        Part::Table(table) => {
            let cells = table.caption.iter().chain(&table.head).chain(table.rows.iter().flatten());
            cells.map(|cell| &**cell).collect::<Vec<_>>().join("\n")
        }
    };
    prose.0.iter().map(part).collect::<Vec<_>>().join("\n")
}

/// What is looked for of a thing called `name`: the most telling first.
fn words(name: &str) -> Vec<String> {
    let long = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count() >= TITLE;
    let plain = name.trim().trim_end_matches('。');
    let mut words: Vec<String> = Some(plain.to_owned()).filter(|it| long(it)).into_iter().collect();
    let titles = name.split('《').skip(1).filter_map(|rest| rest.split_once('》'));
    words.extend(titles.map(|(title, _)| format!("《{title}》")).filter(|it| long(it)));
    words
}

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::model::{Decision, PressDraft, Topic};

    fn activity(press: &str) -> Activity {
        let grade = Some(Classification::Internal);
        let topic = |title: &str, body: &str, classification| Topic {
            title: title.into(),
            body: Prose::from(body),
            classification,
        };
        Activity {
            topics: vec![
                topic("通报工作", "会议听取了工作情况。", None),
                topic("试点机构名单", "会议逐家研究了申请试点的机构情况。", grade),
            ],
            decisions: vec![Decision {
                document: Some("试点方案".into()),
                classification: grade,
                ..Decision::default()
            }],
            press: Some(PressDraft { body: Prose::from(press), ..PressDraft::default() }),
            ..Activity::default()
        }
    }

    #[test]
    fn what_is_classified_is_found_by_title_and_by_sentence() {
        let found = |press: &str| -> Vec<(String, String)> {
            leaks(&Profile::default(), &activity(press))
                .into_iter()
                .map(|leak| (leak.source, leak.words))
                .collect()
        };
        let one = |source: &str, words: &str| vec![(source.to_owned(), words.to_owned())];
        assert_eq!(found("会议确定了试点机构 名单。"), one("/议题/1", "试点机构名单"));
        assert_eq!(
            found("会议逐家研究了申请试点的机构情况，"),
            one("/议题/1", "会议逐家研究了申请试点的机构情况")
        );
        assert_eq!(found("会议通过了《试点方案》。"), one("/议定事项/0", "《试点方案》"));
        for harmless in ["会议听取了工作情况。", "会议讨论了试点方案。", "会议研究了试点的机构。"]
        {
            assert_eq!(found(harmless), Vec::new(), "{harmless}");
        }
    }
}
