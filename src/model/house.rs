//! 本组规则: how a group weighs the rules and reads what the regulation leaves open. It changes severities and
//! switches, never the law.

use super::{Text, Yes};
use schemars::JsonSchema;
use serde::Deserialize;

/// The overlay that the profile names under 规则.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "本组规则")]
pub struct HouseRules {
    /// 级别 of rules.
    #[serde(rename = "级别", default)]
    pub levels: Vec<HouseLevel>,
    /// 口径.
    #[serde(rename = "口径", default)]
    pub switches: Vec<HouseSwitch>,
}

/// One rule weighed anew.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "本组级别")]
pub struct HouseLevel {
    /// 规则: its id.
    #[serde(rename = "规则", default)]
    #[schemars(extend("x-required" = true))]
    pub rule: Text,
    /// 级别 at both stages.
    #[serde(rename = "级别")]
    #[schemars(extend("x-required" = true))]
    pub level: Option<Level>,
    /// 原因.
    #[serde(rename = "原因")]
    pub reason: Option<Text>,
}

/// 级别.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum Level {
    /// 提示.
    #[serde(rename = "提示")]
    Note,
    /// 警告.
    #[serde(rename = "警告")]
    Warning,
    /// 错误.
    #[serde(rename = "错误")]
    Error,
}

/// One switch set.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "本组口径")]
pub struct HouseSwitch {
    /// 名称 of the switch.
    #[serde(rename = "名称", default)]
    #[schemars(extend("x-required" = true))]
    pub name: Text,
    /// 取: 是 or 否.
    #[serde(rename = "取")]
    #[schemars(extend("x-required" = true))]
    pub value: Option<Yes>,
    /// 依据: who said so.
    #[serde(rename = "依据")]
    pub basis: Option<Text>,
}
