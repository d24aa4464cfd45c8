//! What is submitted: its number, date and version, how it was sent, and a deadline set anew.

use super::Text;
use super::scalar::Date;
use schemars::JsonSchema;
use serde::Deserialize;

/// 报送: one bundle's own data.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "报送")]
pub struct Submission {
    /// 文号 of the covering paper, `〈代字〉〔year〕n号`.
    #[serde(rename = "文号")]
    pub number: Option<Text>,
    /// 日期 of the covering paper.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 版次, from 1.
    #[serde(rename = "版次")]
    pub version: Option<u16>,
    /// 替代: the 核验码 or name of the bundle that this one replaces.
    #[serde(rename = "替代")]
    pub replaces: Option<Text>,
    /// 文种 of the covering paper; the profile's unless given.
    #[serde(rename = "文种")]
    pub genre: Option<CoverGenre>,
    /// 签发人, for a 报告.
    #[serde(rename = "签发人", default)]
    pub signers: Vec<Text>,
    /// 情况说明: the group's own words on the facts that ask for them.
    #[serde(rename = "情况说明")]
    pub explanation: Option<super::Prose>,
    /// 报送记录.
    #[serde(rename = "记录", default)]
    pub dispatches: Vec<Dispatch>,
}

/// 报送文种.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum CoverGenre {
    /// 函, in letter format.
    #[serde(rename = "函")]
    Letter,
    /// 报告, upward, with 签发人.
    #[serde(rename = "报告")]
    Report,
}

/// One sending; lateness counts by its date.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "报送记录")]
pub struct Dispatch {
    /// 日期 of the electronic sending.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 方式.
    #[serde(rename = "方式")]
    pub channel: Option<Text>,
    /// 回执 code of the general secretariat.
    #[serde(rename = "回执")]
    pub receipt: Option<Text>,
    /// 纸质日期: when the paper was sent.
    #[serde(rename = "纸质日期")]
    pub paper: Option<Date>,
    /// 收到: when the general secretariat received it.
    #[serde(rename = "收到")]
    pub received: Option<Date>,
    /// 退回: that it came back to be corrected (退回补正).
    #[serde(rename = "退回")]
    pub returned: Option<Returned>,
}

/// 退回补正.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "退回")]
pub struct Returned {
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 原因.
    #[serde(rename = "原因")]
    pub reason: Option<Text>,
}

/// 密级.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum Classification {
    /// 内部: not for the public.
    #[serde(rename = "内部")]
    Internal,
    /// 秘密: a state secret of the lowest grade; does not belong on a networked machine.
    #[serde(rename = "秘密")]
    Secret,
    /// 机密.
    #[serde(rename = "机密")]
    Confidential,
    /// 绝密.
    #[serde(rename = "绝密")]
    TopSecret,
}

impl Classification {
    /// The word written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Internal => "内部",
            Self::Secret => "秘密",
            Self::Confidential => "机密",
            Self::TopSecret => "绝密",
        }
    }
}

/// 另定期限: a due date that the general secretariat set.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "另定期限")]
pub struct Deadline {
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
    /// 依据: who set it, by what paper.
    #[serde(rename = "依据")]
    pub basis: Option<Text>,
}

/// 稿次: how far a text has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum Stage {
    /// 讨论稿.
    #[serde(rename = "讨论稿")]
    Discussion,
    /// 征求意见稿.
    #[serde(rename = "征求意见稿")]
    Comment,
    /// 审议稿.
    #[serde(rename = "审议稿")]
    Review,
    /// 定稿: the only one that is packed.
    #[serde(rename = "定稿")]
    Final,
}

impl Stage {
    /// The word written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Discussion => "讨论稿",
            Self::Comment => "征求意见稿",
            Self::Review => "审议稿",
            Self::Final => "定稿",
        }
    }
}

/// 审定.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "审定")]
pub struct Approval {
    /// 审定人: a person or a meeting.
    #[serde(rename = "审定人")]
    pub by: Option<Text>,
    /// 日期.
    #[serde(rename = "日期")]
    pub date: Option<Date>,
}
