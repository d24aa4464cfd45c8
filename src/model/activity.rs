//! 活动: a meeting, a workshop, a training course; the papers before it, its minutes, press draft and
//! photographs.

use super::scalar::{Date, DateRange};
use super::{
    Attendance, Classification, Consultation, Contact, Decision, Person, Progress, Prose, Publicity,
    Spending, Stage, Submission, Text, Yes,
};
use schemars::JsonSchema;
use serde::Deserialize;

/// An activity.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "活动")]
pub struct Activity {
    /// 编号, `2017-01`.
    #[serde(rename = "编号", default)]
    #[schemars(extend("x-required" = true))]
    pub id: Text,
    /// 名称.
    #[serde(rename = "名称")]
    pub name: Option<Text>,
    /// 类型, one or more.
    #[serde(rename = "类型", default)]
    pub kinds: Vec<ActivityKind>,
    /// 主办; the group itself unless given. `本组` stands for it beside others.
    #[serde(rename = "主办", default)]
    pub hosts: Vec<Text>,
    /// 承办.
    #[serde(rename = "承办", default)]
    pub organisers: Vec<Text>,
    /// 密级.
    #[serde(rename = "密级")]
    pub classification: Option<Classification>,
    /// 计划会议: the name of the plan's meeting that this is, if it goes by another name.
    #[serde(rename = "计划会议")]
    pub planned: Option<Text>,
    /// 重要活动 (art. 16(3)).
    #[serde(rename = "重要活动")]
    pub important: Option<Yes>,
    /// 方式; 线下 unless given.
    #[serde(rename = "方式", default)]
    pub mode: Mode,
    /// 日期: a day or a range of days.
    #[serde(rename = "日期")]
    pub date: Option<DateRange>,
    /// 时间 of day, printed as written: 上午, 9:00—12:00.
    #[serde(rename = "时间")]
    pub time: Option<Text>,
    /// 地点.
    #[serde(rename = "地点")]
    pub place: Option<Text>,
    /// 取消: it was called off and does not take place.
    #[serde(rename = "取消")]
    pub cancelled: Option<Cancellation>,
    /// 召集.
    #[serde(rename = "召集")]
    pub convener: Option<Person>,
    /// 主持; may be an outsider.
    #[serde(rename = "主持")]
    pub chair: Option<Person>,
    /// 应到: names; the whole group unless given.
    #[serde(rename = "应到", default)]
    pub expected: Vec<Text>,
    /// 到会情况.
    #[serde(rename = "到会情况")]
    pub attendance: Option<Attendance>,
    /// 议程.
    #[serde(rename = "议程", default)]
    pub agenda: Vec<AgendaItem>,
    /// 活动报告 to the general secretariat (art. 16(3)).
    #[serde(rename = "活动报告")]
    pub report: Option<Report>,
    /// 邀请函 to the regulator (art. 15).
    #[serde(rename = "邀请函")]
    pub invitation: Option<Invitation>,
    /// 会议通知 to the members.
    #[serde(rename = "会议通知")]
    pub notice: Option<Notice>,
    /// 纪要.
    #[serde(rename = "纪要")]
    pub minutes: Option<Minutes>,
    /// 议题: what was said, by topic.
    #[serde(rename = "议题", default)]
    pub topics: Vec<Topic>,
    /// 议定事项.
    #[serde(rename = "议定事项", default)]
    pub decisions: Vec<Decision>,
    /// 活动小结: stands for minutes of 调研 and 培训.
    #[serde(rename = "活动小结", default)]
    pub digest: Prose,
    /// 新闻通稿.
    #[serde(rename = "新闻通稿")]
    pub press: Option<PressDraft>,
    /// 图片.
    #[serde(rename = "图片", default)]
    pub photos: Vec<Photo>,
    /// 图片免报: why there are no photographs.
    #[serde(rename = "图片免报")]
    pub photos_waived: Option<Text>,
    /// 落实情况: what became of items decided before, as reported here.
    #[serde(rename = "落实情况", default)]
    pub follow_up: Vec<Progress>,
    /// 征求意见 on its papers.
    #[serde(rename = "征求意见", default)]
    pub consultations: Vec<Consultation>,
    /// 宣传 of it.
    #[serde(rename = "宣传", default)]
    pub published: Vec<Publicity>,
    /// 支出 for it.
    #[serde(rename = "支出", default)]
    pub spent: Vec<Spending>,
    /// 事前报送.
    #[serde(rename = "事前报送", default)]
    pub before: Submission,
    /// 事后报送.
    #[serde(rename = "事后报送", default)]
    pub after: Submission,
}

impl Activity {
    /// Whether it was called off: then it was not held, and counts nowhere.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.is_some()
    }
}

/// 取消.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "取消")]
pub struct Cancellation {
    /// 日期 on which it was decided.
    #[serde(rename = "日期")]
    #[schemars(extend("x-required" = true))]
    pub date: Option<Date>,
    /// 原因.
    #[serde(rename = "原因", default)]
    #[schemars(extend("x-required" = true, "minLength" = 1))]
    pub reason: Text,
}

/// 类型.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum ActivityKind {
    /// 全体会议 (arts. 13, 14).
    #[serde(rename = "全体会议")]
    Plenary,
    /// 组内会议.
    #[serde(rename = "组内会议")]
    Meeting,
    /// 研讨.
    #[serde(rename = "研讨")]
    Workshop,
    /// 培训.
    #[serde(rename = "培训")]
    Training,
    /// 调研.
    #[serde(rename = "调研")]
    Survey,
    /// 宣传.
    #[serde(rename = "宣传")]
    Publicity,
    /// 其他.
    #[serde(rename = "其他")]
    Other,
}

impl ActivityKind {
    /// The word written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Plenary => "全体会议",
            Self::Meeting => "组内会议",
            Self::Workshop => "研讨",
            Self::Training => "培训",
            Self::Survey => "调研",
            Self::Publicity => "宣传",
            Self::Other => "其他",
        }
    }
}

/// 方式.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum Mode {
    /// 线下.
    #[default]
    #[serde(rename = "线下")]
    Onsite,
    /// 线上.
    #[serde(rename = "线上")]
    Online,
    /// 混合.
    #[serde(rename = "混合")]
    Mixed,
}

impl Mode {
    /// The word written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Onsite => "线下",
            Self::Online => "线上",
            Self::Mixed => "混合",
        }
    }
}

/// A point of the agenda.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "议程")]
pub struct AgendaItem {
    /// 时间.
    #[serde(rename = "时间")]
    pub time: Option<Text>,
    /// 内容.
    #[serde(rename = "内容", default)]
    #[schemars(extend("x-required" = true))]
    pub content: Text,
    /// 报告人.
    #[serde(rename = "报告人")]
    pub speaker: Option<Text>,
}

/// 活动报告.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "活动报告")]
pub struct Report {
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 文号.
    #[serde(rename = "文号")]
    pub number: Option<Text>,
    /// 正文; composed from the facts unless given.
    #[serde(rename = "正文", default)]
    pub body: Prose,
    /// 密级.
    #[serde(rename = "密级")]
    pub classification: Option<Classification>,
}

/// 邀请函.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "邀请函")]
pub struct Invitation {
    /// 主送.
    #[serde(rename = "主送")]
    pub addressee: Option<Text>,
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 文号.
    #[serde(rename = "文号")]
    pub number: Option<Text>,
    /// 正文; composed from the facts unless given.
    #[serde(rename = "正文", default)]
    pub body: Prose,
}

/// 会议通知.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "会议通知")]
pub struct Notice {
    /// 主送; 各成员 unless given.
    #[serde(rename = "主送")]
    pub addressee: Option<Text>,
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 文号.
    #[serde(rename = "文号")]
    pub number: Option<Text>,
    /// 正文; composed from the facts unless given.
    #[serde(rename = "正文", default)]
    pub body: Prose,
    /// 其他事项: hotel, cost, materials.
    #[serde(rename = "其他事项", default)]
    pub remarks: Prose,
    /// 回执期限.
    #[serde(rename = "回执期限")]
    pub reply_by: Option<Date>,
    /// 联系人.
    #[serde(rename = "联系人", default)]
    pub contacts: Vec<Contact>,
}

/// 纪要.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "纪要")]
pub struct Minutes {
    /// 标题; composed unless given.
    #[serde(rename = "标题")]
    pub title: Option<Text>,
    /// 期号 or 文号, under the mark.
    #[serde(rename = "期号")]
    pub number: Option<Text>,
    /// 日期 of the minutes.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 稿次.
    #[serde(rename = "稿次")]
    pub stage: Option<Stage>,
    /// 导语; composed from the facts unless given.
    #[serde(rename = "导语")]
    pub opening: Option<Text>,
    /// 正文: further text after the topics.
    #[serde(rename = "正文", default)]
    pub body: Prose,
    /// 附件: titles of annexes.
    #[serde(rename = "附件", default)]
    pub annexes: Vec<Text>,
    /// 抄送.
    #[serde(rename = "抄送")]
    pub copy_to: Option<Text>,
    /// 密级.
    #[serde(rename = "密级")]
    pub classification: Option<Classification>,
}

/// 议题.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "议题")]
pub struct Topic {
    /// 标题.
    #[serde(rename = "标题", default)]
    #[schemars(extend("x-required" = true))]
    pub title: Text,
    /// 正文.
    #[serde(rename = "正文", default)]
    pub body: Prose,
    /// 密级.
    #[serde(rename = "密级")]
    pub classification: Option<Classification>,
}

/// 新闻通稿.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "新闻通稿")]
pub struct PressDraft {
    /// 标题.
    #[serde(rename = "标题")]
    pub title: Option<Text>,
    /// 副标题.
    #[serde(rename = "副标题")]
    pub subtitle: Option<Text>,
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 稿次.
    #[serde(rename = "稿次")]
    pub stage: Option<Stage>,
    /// 导语; composed from the facts unless given.
    #[serde(rename = "导语")]
    pub lead: Option<Text>,
    /// 正文.
    #[serde(rename = "正文", default)]
    pub body: Prose,
    /// 供稿: unit and person.
    #[serde(rename = "供稿")]
    pub credit: Option<Text>,
    /// 密级.
    #[serde(rename = "密级")]
    pub classification: Option<Classification>,
}

/// A photograph.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(rename = "图片")]
pub struct Photo {
    /// 文件, relative to the YAML file.
    #[serde(rename = "文件", default)]
    #[schemars(extend("x-required" = true))]
    pub file: Text,
    /// 说明: the caption.
    #[serde(rename = "说明")]
    pub caption: Option<Text>,
    /// 替代文字, read aloud; the caption unless given.
    #[serde(rename = "替代文字")]
    pub alt: Option<Text>,
    /// 密级.
    #[serde(rename = "密级")]
    pub classification: Option<Classification>,
}
