//! 放假安排: the State Council's notice of a year that the program does not know yet.

use super::Text;
use super::scalar::{Date, DateRange};
use schemars::JsonSchema;
use serde::Deserialize;

/// A year's days off and the days worked in exchange.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "放假安排")]
pub struct Holidays {
    /// 年度.
    #[serde(rename = "年度", default, deserialize_with = "super::scalar::year")]
    #[schemars(extend("x-required" = true))]
    pub year: u16,
    /// 依据: the notice.
    #[serde(rename = "依据")]
    pub basis: Option<Text>,
    /// 放假.
    #[serde(rename = "放假", default)]
    pub off: Vec<Holiday>,
}

/// One festival.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "节日")]
pub struct Holiday {
    /// 节日.
    #[serde(rename = "节日", default)]
    #[schemars(extend("x-required" = true))]
    pub name: Text,
    /// 日期: the days off.
    #[serde(rename = "日期")]
    #[schemars(extend("x-required" = true))]
    pub days: Option<DateRange>,
    /// 上班: weekend days that are worked for it.
    #[serde(rename = "上班", default)]
    pub worked: Vec<Date>,
}
