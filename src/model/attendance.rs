//! 到会情况: who was there, and in what state the others were.

use super::{Person, Text};
use schemars::JsonSchema;
use serde::Deserialize;

/// Attendance of an activity. Members stand here by name as in the profile.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "到会情况")]
pub struct Attendance {
    /// 出席: members in the room.
    #[serde(rename = "出席", default)]
    pub present: Vec<Text>,
    /// 线上出席.
    #[serde(rename = "线上出席", default)]
    pub online: Vec<Text>,
    /// 委托代表.
    #[serde(rename = "委托代表", default)]
    pub proxies: Vec<Proxy>,
    /// 请假.
    #[serde(rename = "请假", default)]
    pub excused: Vec<Excused>,
    /// 无故缺席: what counts under art. 10(1).
    #[serde(rename = "无故缺席", default)]
    pub absent: Vec<Text>,
    /// 列席: leaders, guests, other groups' people.
    #[serde(rename = "列席", default)]
    pub guests: Vec<Guest>,
    /// 人数: of all present, when names are not known.
    #[serde(rename = "人数")]
    pub count: Option<Text>,
}

/// A member who sent somebody.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "委托代表")]
pub struct Proxy {
    /// 成员.
    #[serde(rename = "成员", default)]
    #[schemars(extend("x-required" = true))]
    pub member: Text,
    /// 代表.
    #[serde(rename = "代表")]
    pub proxy: Option<Person>,
}

/// A member on leave.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "请假")]
pub struct Excused {
    /// 姓名.
    #[serde(rename = "姓名", default)]
    #[schemars(extend("x-required" = true))]
    pub name: Text,
    /// 事由.
    #[serde(rename = "事由")]
    pub reason: Option<Text>,
}

/// Somebody present who is not a member.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "列席")]
pub struct Guest {
    /// 姓名.
    #[serde(rename = "姓名", default)]
    #[schemars(extend("x-required" = true))]
    pub name: Text,
    /// 单位.
    #[serde(rename = "单位")]
    pub employer: Option<Text>,
    /// 职务.
    #[serde(rename = "职务")]
    pub post: Option<Text>,
    /// 监管部门: 是 when the person comes from the regulator (art. 15); seen from 单位 unless given.
    #[serde(rename = "监管部门")]
    pub regulator: Option<super::Yes>,
}
