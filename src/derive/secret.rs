//! 密级 and the press draft: an activity goes in; whether its press draft may be made, and which classified topic or
//! decision stands in it, come out.
//!
//! Short phrases prove nothing: a title counts from six characters on, or quoted in 《》, a sentence from twelve.

use crate::model::{Activity, Classification, Part, Prose};
use crate::source::Step;
use crate::workspace::Loaded;

/// The shortest title that is looked for.
const TITLE: usize = 6;

/// The shortest sentence that is looked for.
const SENTENCE: usize = 12;

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
pub fn may_be_published(activity: &Loaded<Activity>) -> bool {
    let is_grade = |step: Option<&Step>| matches!(step, Some(Step::Key(key)) if key == "密级");
    let model = &activity.model;
    model.classification.is_none()
        && model.press.as_ref().is_none_or(|press| press.classification.is_none())
        && !activity.broken.iter().any(|broken| is_grade(broken.steps().last()))
        && leaks(model).is_empty()
}

/// The classified topics and decisions that stand in the press draft, each once.
pub fn leaks(activity: &Activity) -> Vec<Leak> {
    let topics = activity.topics.iter().enumerate().filter_map(|(index, topic)| {
        let words = words(&topic.title, &topic.body.plain());
        Some((format!("/议题/{index}"), topic.classification?, words))
    });
    let decisions = activity.decisions.iter().enumerate().filter_map(|(index, decision)| {
        let mut words = words(decision.subject(), decision.subject());
        if let Some(title) = &decision.document {
            words.push(format!("《{}》", title.trim_matches(['《', '》'])));
        }
        Some((format!("/议定事项/{index}"), decision.classification?, words))
    });
    let classified: Vec<_> = topics.chain(decisions).collect();
    if classified.is_empty() {
        return Vec::new();
    }
    let published = published(activity);
    let leak = |(source, grade, words): (String, Classification, Vec<String>)| {
        words.into_iter().find_map(|words| {
            let wanted = squeezed(&words);
            let (pointer, _) = published.iter().find(|(_, text)| text.contains(&wanted))?;
            Some(Leak { pointer: pointer.clone(), words, source: source.clone(), grade })
        })
    };
    classified.into_iter().filter_map(leak).collect()
}

/// The texts of the press draft's page that somebody wrote, with their places.
fn published(activity: &Activity) -> Vec<(String, String)> {
    let Some(press) = &activity.press else { return Vec::new() };
    let named = [("标题", &press.title), ("副标题", &press.subtitle), ("导语", &press.lead)];
    let mut texts: Vec<(String, String)> = named
        .into_iter()
        .filter_map(|(key, text)| Some((format!("/新闻通稿/{key}"), squeezed(text.as_deref()?))))
        .collect();
    texts.push(("/新闻通稿/正文".to_owned(), squeezed(&shown(&press.body))));
    for (index, photo) in activity.photos.iter().enumerate().filter(|(_, it)| it.classification.is_none()) {
        if let Some(caption) = &photo.caption {
            texts.push((format!("/图片/{index}/说明"), squeezed(caption)));
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

/// What is looked for of a thing called `name` with that text: the most telling first.
fn words(name: &str, text: &str) -> Vec<String> {
    let long = |text: &str, least: usize| text.chars().filter(|c| !c.is_whitespace()).count() >= least;
    let bare = name.trim().trim_end_matches('。');
    let mut words: Vec<String> = Some(bare.to_owned()).filter(|it| long(it, TITLE)).into_iter().collect();
    let titles = name.split('《').skip(1).filter_map(|rest| rest.split_once('》'));
    words.extend(titles.map(|(title, _)| format!("《{title}》")).filter(|it| long(it, TITLE)));
    let sentences = text.split(['。', '；', '！', '？', '\n']).map(str::trim);
    words.extend(sentences.filter(|it| long(it, SENTENCE)).map(str::to_owned));
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
            leaks(&activity(press)).into_iter().map(|leak| (leak.source, leak.words)).collect()
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
