//! What pages say in words of their own.

use crate::paper;
use std::fs;

const PROFILE: &str = "类别: 专家组\n格式: 1\n全称: 示例专家工作组\n规范化简称: 示例专家组\n代字: 示例\n\
    组长单位: 示例研究院\n成员:\n  - { 姓名: 张三, 单位: 示例研究院, 角色: 组长 }\n";

/// The pages of a small workspace with `text` in one more file, without blanks.
fn pages(text: &str) -> String {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("专家组.yaml"), PROFILE).expect("a file");
    fs::write(folder.path().join("文件.yaml"), text).expect("a file");
    let (done, found) = paper::set(&paper::read(folder.path()), "", 1);
    assert!(!done.is_empty(), "{found:?}");
    done.iter().flat_map(|paper| paper::pages(&paper.sheet.pdf)).collect()
}

#[test]
fn a_task_whose_content_begins_with_its_name_says_it_once() {
    let plan = |content: &str| {
        let task = format!("任务:\n  - {{ 编号: Y1, 名称: 开展认证试点, 内容: {content} }}\n");
        pages(&format!("类别: 年度工作计划\n年度: 2026\n日期: 2026-01-05\n{task}"))
    };
    for (content, said) in [
        ("开展认证试点。", "1.开展认证试点。表1"),
        ("开展认证试点。选取三家。", "1.开展认证试点。选取三家。"),
        ("开展认证试点，选取三家。", "1.开展认证试点，选取三家。"),
        ("开展认证试点工作。", "1.开展认证试点。开展认证试点工作。"),
        ("选取三家。", "1.开展认证试点。选取三家。"),
    ] {
        let text = plan(content);
        assert!(text.contains(said), "{content}: {text}");
    }
}

#[test]
fn the_papers_of_a_training_do_not_speak_of_a_meeting() {
    let activity = |kinds: &str| {
        pages(&format!(
            "类别: 活动\n编号: 2026-01\n名称: 能力提升\n类型: [{kinds}]\n日期: 2026-05-20\n地点: 北京\n\
             议程: [{{ 内容: 讲解标准 }}]\n会议通知: {{ 日期: 2026-05-06 }}\n邀请函: {{ 日期: 2026-05-06 }}\n\
             纪要: {{ 日期: 2026-05-21, 期号: 第1期 }}\n新闻通稿: {{ 标题: 能力提升, 日期: 2026-05-21 }}\n"
        ))
    };
    let training = activity("培训");
    assert!(!training.contains("会议"), "{training}");
    assert!(training.contains("一、培训时间") && training.contains("示例专家组培训纪要"), "{training}");
    // A meeting at which people are also trained is a meeting.
    assert!(activity("全体会议, 培训").contains("一、会议时间"));
    assert!(activity("调研").contains("一、活动时间"));
}

#[test]
fn who_holds_an_activity_together_is_named_with_the_group() {
    let press = |hosts: &str| {
        pages(&format!(
            "类别: 活动\n编号: 2026-01\n名称: 研讨会\n类型: [研讨]\n日期: 2026-05-12\n地点: 北京\n主办: {hosts}\n\
             新闻通稿: {{ 日期: 2026-05-13, 正文: 研讨了标准草案。 }}\n"
        ))
    };
    assert!(press("[本组, 某协会]").contains("由示例专家组、某协会主办。"));
    assert!(press("[某协会]").contains("由某协会主办。"));
    assert!(!press("[本组]").contains("主办"));
}
