//! Numbers of the regulation and switches of its interpretation.

use serde::Deserialize;
use std::collections::BTreeMap;

/// A fraction, compared in integers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Fraction {
    /// 分子.
    #[serde(rename = "分子")]
    pub numerator: u32,
    /// 分母.
    #[serde(rename = "分母")]
    pub denominator: u32,
}

impl Default for Fraction {
    fn default() -> Self {
        Self { numerator: 1, denominator: 1 }
    }
}

/// A day of the year.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub struct MonthDay {
    /// 月.
    #[serde(rename = "月")]
    pub month: u32,
    /// 日.
    #[serde(rename = "日")]
    pub day: u32,
}

/// A switch: how an open place of the regulation is read.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Switch {
    /// 默认: 是 or 否.
    #[serde(rename = "默认")]
    pub default: String,
    /// 条款.
    #[serde(rename = "条款")]
    pub article: String,
    /// 说明.
    #[serde(rename = "说明")]
    pub meaning: super::Words,
    /// What the group has chosen; its own overlay says it, never the rulebook.
    #[serde(skip)]
    pub chosen: Option<Choice>,
}

/// A switch as a group has set it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// 是 or 否.
    pub value: String,
    /// 依据: who said so.
    pub basis: Option<String>,
}

impl Switch {
    /// The reading in force.
    pub fn value(&self) -> &str {
        self.chosen.as_ref().map_or(&self.default, |choice| &choice.value)
    }

    /// Whether the group reads it otherwise than the rulebook.
    pub fn differs(&self) -> bool {
        self.value() != self.default
    }
}

/// The numbers of one version of the regulation.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Terms {
    /// 名称 of the regulation.
    #[serde(rename = "名称")]
    pub name: String,
    /// 施行日期: obligations due before it do not exist (art. 23).
    #[serde(rename = "施行日期")]
    pub in_force: String,
    /// 成员上限 (art. 9).
    #[serde(rename = "成员上限")]
    pub max_members: usize,
    /// 组长人数 (art. 9).
    #[serde(rename = "组长人数")]
    pub leaders: usize,
    /// 副组长下限 (art. 9).
    #[serde(rename = "副组长下限")]
    pub min_deputies: usize,
    /// 副组长上限 (art. 9).
    #[serde(rename = "副组长上限")]
    pub max_deputies: usize,
    /// 青年年龄: who is no older is encouraged (art. 9).
    #[serde(rename = "青年年龄")]
    pub young_age: u32,
    /// 缺席次数: how many unexcused absences are too many (art. 10(1)).
    #[serde(rename = "缺席次数")]
    pub absences: usize,
    /// 全体会议次数 a year (art. 13).
    #[serde(rename = "全体会议次数")]
    pub plenaries: usize,
    /// 到会比例 (art. 14).
    #[serde(rename = "到会比例", default)]
    pub quorum: Fraction,
    /// 计划期限 (art. 16(1)).
    #[serde(rename = "计划期限", default)]
    pub plan_due: MonthDay,
    /// 总结期限 (art. 16(2)).
    #[serde(rename = "总结期限", default)]
    pub summary_due: MonthDay,
    /// 活动报告提前天数 (art. 16(3)).
    #[serde(rename = "活动报告提前天数")]
    pub report_days: u32,
    /// 活动材料工作日 (art. 16(3)).
    #[serde(rename = "活动材料工作日")]
    pub material_workdays: u32,
    /// 重大事项工作日: what 及时 means by default (art. 16(4)).
    #[serde(rename = "重大事项工作日")]
    pub major_workdays: u32,
    /// 有效表决比例 (art. 17).
    #[serde(rename = "有效表决比例", default)]
    pub valid_share: Fraction,
    /// 赞成比例, to be exceeded (art. 17).
    #[serde(rename = "赞成比例", default)]
    pub aye_share: Fraction,
    /// 口径: the switches, by name.
    #[serde(rename = "口径", default)]
    pub switches: BTreeMap<String, Switch>,
}

impl Terms {
    /// Whether the switch of that name is on; an unknown one is off.
    pub fn is_on(&self, switch: &str) -> bool {
        self.switches.get(switch).is_some_and(|switch| switch.value() == "是")
    }
}
