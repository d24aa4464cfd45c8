//! The tables that are computed from everything written in a year; a page names the one it wants (取自).

use schemars::JsonSchema;
use serde::Deserialize;

/// A computed table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum DerivedTable {
    /// 成员出勤: every member at every activity (art. 7(2)).
    #[serde(rename = "成员出勤")]
    Attendance,
    /// 成员任务: tasks by member (art. 7(2)).
    #[serde(rename = "成员任务")]
    Tasks,
    /// 意见回复: who answered requests for opinion (art. 7(2)).
    #[serde(rename = "意见回复")]
    Replies,
    /// 计划完成情况: every task of the plan as adjusted (art. 16(2)).
    #[serde(rename = "计划完成情况")]
    Completion,
    /// 活动一览.
    #[serde(rename = "活动一览")]
    Activities,
    /// 宣传一览: what was published (art. 7(3)).
    #[serde(rename = "宣传一览")]
    Publicity,
    /// 预算与支出, line by line (arts. 19–21).
    #[serde(rename = "预算与支出")]
    Budget,
    /// 报送期限: what was due, and when it was sent (art. 16).
    #[serde(rename = "报送期限")]
    Deadlines,
}

impl DerivedTable {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Attendance,
        Self::Tasks,
        Self::Replies,
        Self::Completion,
        Self::Activities,
        Self::Publicity,
        Self::Budget,
        Self::Deadlines,
    ];

    /// The word written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Attendance => "成员出勤",
            Self::Tasks => "成员任务",
            Self::Replies => "意见回复",
            Self::Completion => "计划完成情况",
            Self::Activities => "活动一览",
            Self::Publicity => "宣传一览",
            Self::Budget => "预算与支出",
            Self::Deadlines => "报送期限",
        }
    }

    /// Its stable ASCII name.
    pub fn id(self) -> &'static str {
        match self {
            Self::Attendance => "attendance",
            Self::Tasks => "tasks",
            Self::Replies => "replies",
            Self::Completion => "completion",
            Self::Activities => "activities",
            Self::Publicity => "publicity",
            Self::Budget => "budget",
            Self::Deadlines => "deadlines",
        }
    }

    /// The table of either name.
    pub fn of(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.id() == name || table.word() == name)
    }
}
