//! 议定事项 and how they were decided (art. 17).

use super::scalar::Deadline;
use super::{Classification, Text};
use schemars::JsonSchema;
use serde::Deserialize;

/// One thing decided: a task, a document passed, or an opinion.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "议定事项")]
pub struct Decision {
    /// 任务: somebody does something by some time.
    #[serde(rename = "任务")]
    pub task: Option<Text>,
    /// 通过文件: the title of a paper that was passed.
    #[serde(rename = "通过文件")]
    pub document: Option<Text>,
    /// 意见.
    #[serde(rename = "意见")]
    pub opinion: Option<Text>,
    /// 负责, of a task.
    #[serde(rename = "负责", default)]
    pub lead: Vec<Text>,
    /// 时限, of a task.
    #[serde(rename = "时限")]
    pub due: Option<Deadline>,
    /// 计划任务: the number of the plan's task that it belongs to.
    #[serde(rename = "计划任务")]
    pub plan_task: Option<Text>,
    /// 决定方式; 协商一致 unless given.
    #[serde(rename = "决定方式", default)]
    pub method: Method,
    /// 表决, when there was a vote.
    #[serde(rename = "表决")]
    pub ballot: Option<Ballot>,
    /// 结果; 通过 unless given.
    #[serde(rename = "结果", default)]
    pub outcome: Outcome,
    /// 回避: members who stepped aside (art. 11).
    #[serde(rename = "回避", default)]
    pub recused: Vec<Text>,
    /// 保留意见 (art. 11).
    #[serde(rename = "保留意见", default)]
    pub reservations: Vec<Reservation>,
    /// 密级.
    #[serde(rename = "密级")]
    pub classification: Option<Classification>,
}

impl Decision {
    /// What was decided, in the words written.
    pub fn subject(&self) -> &str {
        [&self.task, &self.document, &self.opinion].into_iter().flatten().next().map_or("", |text| text)
    }
}

/// 决定方式.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum Method {
    /// 协商一致.
    #[default]
    #[serde(rename = "协商一致")]
    Consensus,
    /// 投票.
    #[serde(rename = "投票")]
    Vote,
}

/// 结果.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum Outcome {
    /// 通过.
    #[default]
    #[serde(rename = "通过")]
    Carried,
    /// 未通过.
    #[serde(rename = "未通过")]
    Lost,
}

/// 表决: the count.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "表决")]
pub struct Ballot {
    /// 有效表决: valid voters; the sum of the three below unless given.
    #[serde(rename = "有效表决")]
    pub valid: Option<u32>,
    /// 赞成.
    #[serde(rename = "赞成")]
    pub ayes: Option<u32>,
    /// 反对.
    #[serde(rename = "反对")]
    pub noes: Option<u32>,
    /// 弃权.
    #[serde(rename = "弃权")]
    pub abstentions: Option<u32>,
}

/// 保留意见.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "保留意见")]
pub struct Reservation {
    /// 姓名.
    #[serde(rename = "姓名", default)]
    #[schemars(extend("x-required" = true))]
    pub name: Text,
    /// 意见.
    #[serde(rename = "意见")]
    pub opinion: Option<Text>,
}
