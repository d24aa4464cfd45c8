//! What a scaffold wrote as an example and nobody replaced: its sentences, and the names, addresses and telephones that
//! belong to no one. One finding a file for the sentences, one for the names.

use super::Context;
use crate::finding::{Finding, Place};
use crate::source::{Document, Pointer, Shape, Step};
use std::collections::BTreeSet;
use std::sync::LazyLock;

const SCAFFOLDS: [&str; 4] = [
    include_str!("../../scaffold/专家组.yaml"),
    include_str!("../../scaffold/工作计划.yaml"),
    include_str!("../../scaffold/工作总结.yaml"),
    include_str!("../../scaffold/活动.yaml"),
];

/// The sentences that the scaffolds write as they are, commented out or not.
static SENTENCES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let lines = SCAFFOLDS.iter().flat_map(|text| text.lines()).map(str::trim);
    lines.filter(|line| !line.starts_with("##")).filter_map(sentence).collect()
});

/// The sentence that a line of a scaffold ends with.
fn sentence(line: &'static str) -> Option<&'static str> {
    let line = line.trim_start_matches(['#', ' ']);
    let text = line.split_once(": ").map_or(line, |(_, value)| value);
    (text.ends_with('。') && !text.contains(['{', '}'])).then_some(text)
}

/// Keys whose value names somebody, or says how to reach him.
const NAMING: [&str; 14] = [
    "全称",
    "规范化简称",
    "署名",
    "代字",
    "单位",
    "组长单位",
    "秘书处单位",
    "电话",
    "传真",
    "邮箱",
    "总秘书处邮箱",
    "主办",
    "承办",
    "地点",
];

pub(super) fn check(context: &Context<'_>) -> Vec<Finding> {
    context.workspace.documents.values().flat_map(document).collect()
}

fn document(document: &Document) -> Vec<Finding> {
    let Some(tree) = &document.tree else { return Vec::new() };
    let mut findings = Vec::new();
    let mut sentences: Vec<(Place, String)> = Vec::new();
    let mut names: Vec<(Place, String)> = Vec::new();
    tree.each_scalar(&mut |pointer, node| {
        let Shape::Scalar { text, .. } = &node.shape else { return };
        if key(pointer).is_some_and(|key| NAMING.contains(&key)) && is_nobody(text) {
            names.push((document.place_of(pointer, text), text.clone()));
        }
        let kept = text.lines().map(str::trim).filter(|line| SENTENCES.contains(line));
        sentences.extend(kept.map(|line| (document.place_of(pointer, line), line.to_owned())));
    });
    if let Some((place, found)) = sentences.first().cloned() {
        let finding = Finding::new("text/sample").at(place).fact("found", found);
        findings.push(finding.fact("count", sentences.len()));
    }
    if let Some((place, _)) = names.first().cloned() {
        let mut found: Vec<String> = Vec::new();
        for (_, name) in names {
            if !found.contains(&name) {
                found.push(name);
            }
        }
        findings.push(Finding::new("text/sample-name").at(place).fact("found", found));
    }
    findings
}

/// The last key on the way; the items of a list have that of the list.
fn key(pointer: &Pointer) -> Option<&str> {
    pointer.steps().iter().rev().find_map(|step| match step {
        Step::Key(key) => Some(key.as_str()),
        Step::Index(_) => None,
    })
}

fn is_nobody(text: &str) -> bool {
    text.starts_with("示例")
        || text.starts_with("某单位")
        || text.ends_with("@example.com")
        || text.ends_with("-00000000")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentences_of_the_scaffolds_are_known() {
        for kept in [
            "围绕本组工作方向，突出重点，分工负责，按期完成年度任务。",
            "不收取费用，往返交通由所在单位安排。",
            "与会专家就有关工作交换了意见。",
        ] {
            assert!(SENTENCES.contains(kept), "{kept}");
        }
        assert!(SENTENCES.iter().all(|text| !text.contains("类别")), "{SENTENCES:?}");
    }

    #[test]
    fn an_institute_of_examples_is_nobody() {
        assert!(is_nobody("示例研究院") && is_nobody("010-00000000") && is_nobody("某单位会议室"));
        assert!(!is_nobody("国家标准示例库管理中心") && !is_nobody("某某认证专家组"));
    }
}
