//! 年度工作计划.

use super::scalar::{Date, Deadline, Money, Period};
use super::{
    ActivityKind, Approval, Classification, Consultation, Person, Progress, Prose, SetDeadline, Stage,
    Submission, Text,
};
use schemars::JsonSchema;
use serde::Deserialize;

/// The annual work plan (arts. 4, 7, 16(1)).
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "年度工作计划")]
pub struct Plan {
    /// 年度.
    #[serde(rename = "年度", default, deserialize_with = "super::scalar::year")]
    #[schemars(extend("x-required" = true))]
    pub year: u16,
    /// 标题; composed unless given. A line break is kept.
    #[serde(rename = "标题")]
    pub title: Option<Text>,
    /// 密级.
    #[serde(rename = "密级")]
    pub classification: Option<Classification>,
    /// 稿次.
    #[serde(rename = "稿次")]
    pub stage: Option<Stage>,
    /// 日期 of the plan.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 审定.
    #[serde(rename = "审定")]
    pub approval: Option<Approval>,
    /// 依据.
    #[serde(rename = "依据", default)]
    pub basis: Prose,
    /// 总体思路.
    #[serde(rename = "总体思路", default)]
    pub thinking: Prose,
    /// 研究方向.
    #[serde(rename = "研究方向", default)]
    pub directions: Prose,
    /// 任务.
    #[serde(rename = "任务", default)]
    pub tasks: Vec<Task>,
    /// 会议: the meetings planned.
    #[serde(rename = "会议", default)]
    pub meetings: Vec<PlannedMeeting>,
    /// 经费说明.
    #[serde(rename = "经费说明", default)]
    pub budget_note: Prose,
    /// 经费: the budget's lines.
    #[serde(rename = "经费", default)]
    pub budget: Vec<BudgetLine>,
    /// 保障措施.
    #[serde(rename = "保障措施", default)]
    pub measures: Prose,
    /// 计划调整.
    #[serde(rename = "计划调整", default)]
    pub changes: Vec<Change>,
    /// 预算调整.
    #[serde(rename = "预算调整", default)]
    pub budget_changes: Vec<BudgetChange>,
    /// 征求意见 on the plan and its tasks.
    #[serde(rename = "征求意见", default)]
    pub consultations: Vec<Consultation>,
    /// 另定期限.
    #[serde(rename = "另定期限")]
    pub deadline: Option<SetDeadline>,
    /// 报送.
    #[serde(rename = "报送", default)]
    pub submission: Submission,
}

/// A task of the plan.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "任务")]
pub struct Task {
    /// 编号, unique in the plan and never given again.
    #[serde(rename = "编号", default)]
    #[schemars(extend("x-required" = true))]
    pub id: Text,
    /// 板块: the heading under which the task stands.
    #[serde(rename = "板块")]
    pub block: Option<Text>,
    /// 名称.
    #[serde(rename = "名称")]
    pub name: Option<Text>,
    /// 内容.
    #[serde(rename = "内容", default)]
    pub content: Prose,
    /// 负责: who answers for it.
    #[serde(rename = "负责", default)]
    pub lead: Vec<Text>,
    /// 协作: who helps.
    #[serde(rename = "协作", default)]
    pub help: Vec<Text>,
    /// 时限.
    #[serde(rename = "时限")]
    pub due: Option<Deadline>,
    /// 成果: what it yields.
    #[serde(rename = "成果")]
    pub deliverable: Option<Text>,
    /// 来源; 计划 unless given.
    #[serde(rename = "来源")]
    pub source: Option<Source>,
    /// 进展, as it went on.
    #[serde(rename = "进展", default)]
    pub progress: Vec<Progress>,
}

/// 交办: a task that the group was charged with (art. 4).
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "交办")]
pub struct Source {
    /// 交办单位.
    #[serde(rename = "交办单位", default)]
    #[schemars(extend("x-required" = true))]
    pub by: Text,
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
}

/// A meeting or other activity planned.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "计划会议")]
pub struct PlannedMeeting {
    /// 名称.
    #[serde(rename = "名称", default)]
    #[schemars(extend("x-required" = true))]
    pub name: Text,
    /// 类型; 全体会议 counts under art. 13.
    #[serde(rename = "类型", default)]
    pub kinds: Vec<ActivityKind>,
    /// 时间: a day, a month, a range.
    #[serde(rename = "时间")]
    pub time: Option<Period>,
    /// 地点.
    #[serde(rename = "地点")]
    pub place: Option<Text>,
    /// 承办.
    #[serde(rename = "承办")]
    pub host: Option<Text>,
    /// 内容.
    #[serde(rename = "内容")]
    pub content: Option<Text>,
}

/// A line of the budget (arts. 19–21).
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "经费项目")]
pub struct BudgetLine {
    /// 项目, unique in the budget.
    #[serde(rename = "项目", default)]
    #[schemars(extend("x-required" = true))]
    pub item: Text,
    /// 金额, yuan.
    #[serde(rename = "金额")]
    pub amount: Option<Money>,
    /// 来源; 补助经费 unless given.
    #[serde(rename = "来源", default)]
    pub fund: Fund,
    /// 用途.
    #[serde(rename = "用途")]
    pub purpose: Option<Text>,
}

/// 来源 of money.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum Fund {
    /// 补助经费: through the annual budget, for its purpose only (art. 20).
    #[default]
    #[serde(rename = "补助经费")]
    Subsidy,
    /// 单位支持: what employers give, also in kind (art. 21).
    #[serde(rename = "单位支持")]
    Employer,
    /// 其他.
    #[serde(rename = "其他")]
    Other,
}

impl Fund {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Subsidy, Self::Employer, Self::Other];

    /// The word written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Subsidy => "补助经费",
            Self::Employer => "单位支持",
            Self::Other => "其他",
        }
    }
}

/// 计划调整.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "计划调整")]
pub struct Change {
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 任务: the number of the task concerned.
    #[serde(rename = "任务", default)]
    pub task: Text,
    /// 会议: the name of the planned meeting concerned, if it is no task.
    #[serde(rename = "会议")]
    pub meeting: Option<Text>,
    /// 事项.
    #[serde(rename = "事项")]
    pub kind: Option<ChangeKind>,
    /// 原因.
    #[serde(rename = "原因")]
    pub reason: Option<Text>,
    /// 新时限, for a task that moves.
    #[serde(rename = "新时限")]
    pub due: Option<Deadline>,
    /// 新时间, for a meeting that moves.
    #[serde(rename = "新时间")]
    pub time: Option<Period>,
    /// 决定人: person or meeting.
    #[serde(rename = "决定人")]
    pub by: Option<Person>,
}

/// 预算调整: a line of the budget changed during the year.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "预算调整")]
pub struct BudgetChange {
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 项目; one that the budget does not have yet is new.
    #[serde(rename = "项目", default)]
    #[schemars(extend("x-required" = true))]
    pub item: Text,
    /// 来源; 补助经费 unless given.
    #[serde(rename = "来源", default)]
    pub fund: Fund,
    /// 金额 of the line from then on, yuan.
    #[serde(rename = "金额")]
    pub amount: Option<Money>,
    /// 原因.
    #[serde(rename = "原因")]
    pub reason: Option<Text>,
    /// 决定人: person or meeting.
    #[serde(rename = "决定人")]
    pub by: Option<Person>,
}

/// What happened to a task or a planned meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum ChangeKind {
    /// 新增.
    #[serde(rename = "新增")]
    Added,
    /// 取消.
    #[serde(rename = "取消")]
    Cancelled,
    /// 调整.
    #[serde(rename = "调整")]
    Moved,
}

impl ChangeKind {
    /// The word written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Added => "新增",
            Self::Cancelled => "取消",
            Self::Moved => "调整",
        }
    }
}
