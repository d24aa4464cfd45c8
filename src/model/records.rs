//! 台账: what accrues over the year, a line at a time, beside the papers that it will be reported in.

use super::plan::Fund;
use super::scalar::{Date, Deadline, Money};
use super::{TaskState, Text};
use schemars::JsonSchema;
use serde::Deserialize;

/// The year's running lists. A year may have several such files; each list may also stand beside what it belongs to.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "台账")]
pub struct Records {
    /// 年度.
    #[serde(rename = "年度", default, deserialize_with = "super::scalar::year")]
    #[schemars(extend("x-required" = true))]
    pub year: u16,
    /// 任务进展.
    #[serde(rename = "任务进展", default)]
    pub progress: Vec<Progress>,
    /// 征求意见: rounds of opinions asked for.
    #[serde(rename = "征求意见", default)]
    pub consultations: Vec<Consultation>,
    /// 宣传: what was published.
    #[serde(rename = "宣传", default)]
    pub published: Vec<Publicity>,
    /// 支出.
    #[serde(rename = "支出", default)]
    pub spent: Vec<Spending>,
    /// 其他报送: papers sent that the tool does not set.
    #[serde(rename = "其他报送", default)]
    pub filings: Vec<Filing>,
}

/// 任务进展: how a task of the plan, or a task of some minutes, stood on a day.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "任务进展")]
pub struct Progress {
    /// 任务: number in the plan (`Y1`), or of an item decided (`2017-01/3`: the third of activity 2017-01).
    /// Not written where it stands beside the task itself.
    #[serde(rename = "任务")]
    pub task: Option<Text>,
    /// 日期; the activity's where it stands in one.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 状态.
    #[serde(rename = "状态")]
    pub state: Option<TaskState>,
    /// 说明.
    #[serde(rename = "说明")]
    pub note: Option<Text>,
    /// 预计完成.
    #[serde(rename = "预计完成")]
    pub expected: Option<Deadline>,
}

/// 征求意见: one round in which members were asked for their opinion (art. 7(2)).
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "征求意见")]
pub struct Consultation {
    /// 事由: what was sent.
    #[serde(rename = "事由", default)]
    #[schemars(extend("x-required" = true))]
    pub subject: Text,
    /// 发出.
    #[serde(rename = "发出")]
    pub sent: Option<Date>,
    /// 截止.
    #[serde(rename = "截止")]
    pub due: Option<Date>,
    /// 对象: members asked; the whole group unless given.
    #[serde(rename = "对象", default)]
    pub asked: Vec<Text>,
    /// 回复.
    #[serde(rename = "回复", default)]
    pub replies: Vec<Reply>,
}

/// 回复 of one member.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "回复")]
pub struct Reply {
    /// 姓名.
    #[serde(rename = "姓名", default)]
    #[schemars(extend("x-required" = true))]
    pub name: Text,
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 意见: how many, or in short.
    #[serde(rename = "意见")]
    pub opinion: Option<Text>,
}

/// 宣传: something published (art. 7(3)).
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "宣传")]
pub struct Publicity {
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 媒体.
    #[serde(rename = "媒体")]
    pub medium: Option<Text>,
    /// 标题.
    #[serde(rename = "标题", default)]
    #[schemars(extend("x-required" = true))]
    pub title: Text,
}

/// 支出.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "支出")]
pub struct Spending {
    /// 项目 of the budget.
    #[serde(rename = "项目", default)]
    #[schemars(extend("x-required" = true))]
    pub item: Text,
    /// 金额, yuan.
    #[serde(rename = "金额")]
    pub amount: Option<Money>,
    /// 来源; 补助经费 unless given.
    #[serde(rename = "来源", default)]
    pub fund: Fund,
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 说明.
    #[serde(rename = "说明")]
    pub note: Option<Text>,
}

/// 其他报送: a paper to the general secretariat that is written elsewhere.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "其他报送")]
pub struct Filing {
    /// 文种.
    #[serde(rename = "文种")]
    #[schemars(extend("x-required" = true))]
    pub kind: Option<FilingKind>,
    /// 事项: what it is about.
    #[serde(rename = "事项")]
    pub subject: Option<Text>,
    /// 成员: whom it concerns.
    #[serde(rename = "成员", default)]
    pub members: Vec<Text>,
    /// 小组: the sub-group it concerns.
    #[serde(rename = "小组")]
    pub sub_group: Option<Text>,
    /// 发生日期 of a major matter.
    #[serde(rename = "发生日期")]
    pub happened: Option<Date>,
    /// 期限 that the general secretariat set.
    #[serde(rename = "期限")]
    pub due: Option<Date>,
    /// 日期 on which it was sent; not yet unless given.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 文号.
    #[serde(rename = "文号")]
    pub number: Option<Text>,
    /// 回执 code of the general secretariat.
    #[serde(rename = "回执")]
    pub receipt: Option<Text>,
}

/// 文种 of such a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum FilingKind {
    /// 考评总结 (arts. 6, 7(1)).
    #[serde(rename = "考评总结")]
    Evaluation,
    /// 成员调整报告 (art. 10).
    #[serde(rename = "成员调整报告")]
    Membership,
    /// 专门工作小组备案: 组成备案 (art. 8).
    #[serde(rename = "小组组成备案")]
    SubGroup,
    /// 专门工作小组备案: 工作情况备案 (art. 8).
    #[serde(rename = "小组工作情况备案")]
    SubGroupWork,
    /// 重大事项报告 (art. 16(4)).
    #[serde(rename = "重大事项报告")]
    MajorMatter,
}

impl FilingKind {
    /// The word written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Evaluation => "考评总结",
            Self::Membership => "成员调整报告",
            Self::SubGroup => "小组组成备案",
            Self::SubGroupWork => "小组工作情况备案",
            Self::MajorMatter => "重大事项报告",
        }
    }
}
