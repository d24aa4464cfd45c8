//! 密级: what has one is not published, and what is a state secret does not leave in a bundle.

use super::Context;
use crate::derive::secret::leaks;
use crate::finding::Finding;
use crate::model::{Activity, Classification, Part};
use crate::source::{Shape, Step};
use crate::workspace::Loaded;

/// The grades of the law, as they begin: 秘密★10年 is one too.
const SECRETS: [Classification; 3] =
    [Classification::Secret, Classification::Confidential, Classification::TopSecret];

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = bundle(context);
    for activity in context.workspace.activities.iter().filter(|activity| activity.model.press.is_some()) {
        press(context, activity, &mut findings);
    }
    findings
}

/// Every 密级 of a state secret, wherever it stands in any file.
fn bundle(context: &Context<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for document in context.workspace.documents.values() {
        let Some(tree) = &document.tree else { continue };
        tree.each_scalar(&mut |pointer, node| {
            let (Some(Step::Key(key)), Shape::Scalar { text, .. }) = (pointer.steps().last(), &node.shape)
            else {
                return;
            };
            let grade = SECRETS.iter().find(|grade| text.trim().starts_with(grade.word()));
            if let Some(grade) = grade.filter(|_| key == "密级") {
                let place = document.place(pointer);
                findings.push(Finding::new("secret/bundle").at(place).fact("grade", grade.word()));
            }
        });
    }
    findings
}

/// The press draft of one activity.
fn press(context: &Context<'_>, activity: &Loaded<Activity>, findings: &mut Vec<Finding>) {
    let Some(press) = &activity.model.press else { return };
    let whole = [
        (activity.model.classification, "activity", "/密级"),
        (press.classification, "press", "/新闻通稿/密级"),
    ];
    let mut made = true;
    for (grade, what, pointer) in whole {
        if let Some(grade) = grade.filter(|_| context.may(activity, "secret/press", &[pointer])) {
            made = false;
            let finding = Finding::new("secret/press").at(context.at(activity, "/新闻通稿"));
            let finding = finding.with(context.at(activity, pointer));
            findings.push(finding.fact("what", what).fact("grade", grade.word()));
        }
    }
    // Without any 密级 in the file there is nothing that could leak.
    let documents = &context.workspace.documents;
    if !documents.get(&activity.file).is_some_and(|document| document.text.contains("密级")) {
        return;
    }
    if !made || !context.may(activity, "secret/press-text", &["/新闻通稿", "/议题", "/议定事项"]) {
        return;
    }
    for leak in leaks(context.profile(), &activity.model) {
        let place = context.workspace.place_of(&activity.file, &leak.pointer, &leak.words);
        let source = context.at(activity, &format!("{}/密级", leak.source));
        let what = if leak.source.starts_with("/议题") { "topic" } else { "decision" };
        let finding = Finding::new("secret/press-text").at(place).with(source);
        let finding = finding.fact("what", what).fact("grade", leak.grade.word());
        findings.push(finding.fact("words", leak.words));
    }
    photographs(context, activity, findings);
}

/// Photographs that the press draft is made without.
fn photographs(context: &Context<'_>, activity: &Loaded<Activity>, findings: &mut Vec<Finding>) {
    let listed = activity.model.photos.iter().enumerate();
    let listed = listed.map(|(index, photo)| (format!("/图片/{index}/密级"), photo));
    let prose = activity.model.press.iter().flat_map(|press| press.body.0.iter().enumerate());
    let within = prose.filter_map(|(index, part)| match part {
        Part::Picture(photo) => Some((format!("/新闻通稿/正文/{index}/图片/密级"), photo)),
        _ => None,
    });
    for (pointer, photo) in listed.chain(within) {
        if let Some(grade) = photo.classification {
            let place = context.at(activity, &pointer);
            let finding = Finding::new("secret/photo").at(place).fact("file", &*photo.file);
            findings.push(finding.fact("grade", grade.word()));
        }
    }
}
