//! 年度工作总结.

use super::scalar::{Date, Deadline};
use super::{Approval, Classification, Prose, Publicity, SetDeadline, Spending, Stage, Submission, Text};
use schemars::JsonSchema;
use serde::Deserialize;

/// The annual summary report (art. 16(2)); its six parts bear exactly the regulation's names.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "年度工作总结")]
pub struct Summary {
    /// 年度.
    #[serde(rename = "年度", default, deserialize_with = "super::scalar::year")]
    #[schemars(extend("x-required" = true))]
    pub year: u16,
    /// 标题; composed unless given.
    #[serde(rename = "标题")]
    pub title: Option<Text>,
    /// 密级.
    #[serde(rename = "密级")]
    pub classification: Option<Classification>,
    /// 稿次.
    #[serde(rename = "稿次")]
    pub stage: Option<Stage>,
    /// 日期 of the report.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 截至: the cut-off of its figures.
    #[serde(rename = "截至")]
    pub cutoff: Option<Date>,
    /// 审定.
    #[serde(rename = "审定")]
    pub approval: Option<Approval>,
    /// 前言; composed from the facts unless given.
    #[serde(rename = "前言", default)]
    pub preface: Prose,
    /// 年度工作计划完成情况.
    #[serde(rename = "年度工作计划完成情况", default)]
    pub completion: Prose,
    /// 工作成效.
    #[serde(rename = "工作成效", default)]
    pub results: Prose,
    /// 宣传工作情况.
    #[serde(rename = "宣传工作情况", default)]
    pub publicity: Prose,
    /// 问题与建议.
    #[serde(rename = "问题与建议", default)]
    pub problems: Prose,
    /// 经费使用情况.
    #[serde(rename = "经费使用情况", default)]
    pub spending: Prose,
    /// 下一年重点工作建议.
    #[serde(rename = "下一年重点工作建议", default)]
    pub outlook: Prose,
    /// 任务完成: what became of every task of the plan.
    #[serde(rename = "任务完成", default)]
    pub tasks: Vec<TaskStatus>,
    /// 宣传: what was published.
    #[serde(rename = "宣传", default)]
    pub published: Vec<Publicity>,
    /// 支出.
    #[serde(rename = "支出", default)]
    pub spent: Vec<Spending>,
    /// 其他: further parts.
    #[serde(rename = "其他", default)]
    pub further: Vec<Section>,
    /// 另定期限.
    #[serde(rename = "另定期限")]
    pub deadline: Option<SetDeadline>,
    /// 报送.
    #[serde(rename = "报送", default)]
    pub submission: Submission,
    /// 全年报送: of the bundle of the whole year, which has a number of its own.
    #[serde(rename = "全年报送", default)]
    pub year_submission: Submission,
}

/// The six parts of art. 16(2), in its order and words.
pub const SECTIONS: [&str; 6] =
    ["年度工作计划完成情况", "工作成效", "宣传工作情况", "问题与建议", "经费使用情况", "下一年重点工作建议"];

impl Summary {
    /// The six parts with their names, in the regulation's order.
    pub fn sections(&self) -> [(&'static str, &Prose); 6] {
        let parts =
            [&self.completion, &self.results, &self.publicity, &self.problems, &self.spending, &self.outlook];
        std::array::from_fn(|index| (SECTIONS[index], parts[index]))
    }

    /// The day that the bundle of the whole year reaches to: that of its letter.
    pub fn year_until(&self) -> Option<Date> {
        self.year_submission.date.or(self.submission.date).or(self.cutoff).or(self.date)
    }
}

/// What became of a task.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "任务完成")]
pub struct TaskStatus {
    /// 编号 of the plan's task.
    #[serde(rename = "编号", default)]
    #[schemars(extend("x-required" = true))]
    pub id: Text,
    /// 状态.
    #[serde(rename = "状态")]
    pub state: Option<TaskState>,
    /// 完成日期.
    #[serde(rename = "完成日期")]
    pub done: Option<Date>,
    /// 说明: what was done, or why not.
    #[serde(rename = "说明")]
    pub note: Option<Text>,
    /// 预计完成, of what is under way.
    #[serde(rename = "预计完成")]
    pub expected: Option<Deadline>,
}

/// 状态 of a task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum TaskState {
    /// 完成.
    #[serde(rename = "完成")]
    Done,
    /// 部分完成.
    #[serde(rename = "部分完成")]
    Partly,
    /// 未完成.
    #[serde(rename = "未完成")]
    NotDone,
    /// 进行中.
    #[serde(rename = "进行中")]
    UnderWay,
}

impl TaskState {
    /// Every state, from done to under way.
    pub const ALL: [Self; 4] = [Self::Done, Self::Partly, Self::NotDone, Self::UnderWay];

    /// The word written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "完成",
            Self::Partly => "部分完成",
            Self::NotDone => "未完成",
            Self::UnderWay => "进行中",
        }
    }
}

/// A further part of the summary.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "其他部分")]
pub struct Section {
    /// 标题.
    #[serde(rename = "标题", default)]
    #[schemars(extend("x-required" = true))]
    pub title: Text,
    /// 正文.
    #[serde(rename = "正文", default)]
    pub body: Prose,
}
