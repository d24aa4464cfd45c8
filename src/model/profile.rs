//! 专家组: who the group is.

use super::scalar::{Date, Month};
use super::{Contact, CoverGenre, HouseStyle, Text};
use schemars::JsonSchema;
use serde::Deserialize;

/// The profile, `专家组.yaml`.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "专家组")]
pub struct Profile {
    /// 格式: version of the files' format, 1.
    #[serde(rename = "格式")]
    pub format: Option<u16>,
    /// 全称.
    #[serde(rename = "全称")]
    pub full_name: Option<Text>,
    /// 规范化简称.
    #[serde(rename = "规范化简称")]
    pub short_name: Option<Text>,
    /// 署名: the form that stands in signatures; 全称 unless given.
    #[serde(rename = "署名")]
    pub signature: Option<Text>,
    /// 代字 of file numbers.
    #[serde(rename = "代字")]
    pub code: Option<Text>,
    /// 方向 (art. 5).
    #[serde(rename = "方向")]
    pub direction: Option<Direction>,
    /// 成立日期.
    #[serde(rename = "成立日期")]
    pub founded: Option<Date>,
    /// 组长单位: whose seal stands for the group (art. 18).
    #[serde(rename = "组长单位")]
    pub lead_employer: Option<Text>,
    /// 秘书处单位.
    #[serde(rename = "秘书处单位")]
    pub secretariat: Option<Text>,
    /// 总秘书处: the addressee of what is submitted.
    #[serde(rename = "总秘书处")]
    pub general_secretariat: Option<Text>,
    /// 总秘书处邮箱: where the e-mail with a bundle goes.
    #[serde(rename = "总秘书处邮箱")]
    pub general_mail: Option<Text>,
    /// 监管部门: how the regulator is called among guests (art. 15).
    #[serde(rename = "监管部门", default)]
    pub regulator: Vec<Text>,
    /// 报送文种 of covering papers.
    #[serde(rename = "报送文种")]
    pub cover: Option<CoverGenre>,
    /// 签发人 of upward papers; the leader unless given.
    #[serde(rename = "签发人")]
    pub signer: Option<Text>,
    /// 成员.
    #[serde(rename = "成员", default)]
    pub members: Vec<Member>,
    /// 专门工作小组 (art. 8).
    #[serde(rename = "专门工作小组", default)]
    pub sub_groups: Vec<SubGroup>,
    /// 顾问: invited, not members.
    #[serde(rename = "顾问", default)]
    pub advisers: Vec<super::Person>,
    /// 秘书长.
    #[serde(rename = "秘书长")]
    pub secretary_general: Option<Contact>,
    /// 联络员.
    #[serde(rename = "联络员")]
    pub liaison: Option<Contact>,
    /// 术语: names and terms that a title never breaks.
    #[serde(rename = "术语", default)]
    pub terms: Vec<Text>,
    /// 规则: the file of the group's own severities and switches.
    #[serde(rename = "规则")]
    pub rules: Option<Text>,
    /// 版式: what the standard leaves to the house.
    #[serde(rename = "版式", default)]
    pub style: HouseStyle,
}

/// The five directions of the annex to art. 5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum Direction {
    /// 战略发展.
    #[serde(rename = "战略发展")]
    Strategy,
    /// 部际协调.
    #[serde(rename = "部际协调")]
    Coordination,
    /// 准入改革.
    #[serde(rename = "准入改革")]
    Access,
    /// 监管改革.
    #[serde(rename = "监管改革")]
    Supervision,
    /// 管理体系和服务认证推进.
    #[serde(rename = "管理体系和服务认证推进")]
    Promotion,
}

/// A member of the group.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "成员")]
pub struct Member {
    /// 姓名.
    #[serde(rename = "姓名", default)]
    #[schemars(extend("x-required" = true))]
    pub name: Text,
    /// 单位.
    #[serde(rename = "单位")]
    pub employer: Option<Text>,
    /// 单位类别 (art. 9).
    #[serde(rename = "单位类别")]
    pub employer_kind: Option<EmployerKind>,
    /// 职务 at the employer.
    #[serde(rename = "职务")]
    pub post: Option<Text>,
    /// 角色; 组员 unless given.
    #[serde(rename = "角色", default)]
    pub role: Role,
    /// 出生年月; never printed outside the roster.
    #[serde(rename = "出生年月")]
    pub born: Option<Month>,
    /// 任职: from and to when a member belongs to the group.
    #[serde(rename = "任职", default)]
    pub term: Term,
}

/// 专门工作小组 (art. 8): its composition and its work are filed.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "专门工作小组")]
pub struct SubGroup {
    /// 名称.
    #[serde(rename = "名称", default)]
    #[schemars(extend("x-required" = true))]
    pub name: Text,
    /// 组长.
    #[serde(rename = "组长")]
    pub leader: Option<Text>,
    /// 成员.
    #[serde(rename = "成员", default)]
    pub members: Vec<Text>,
    /// 职责.
    #[serde(rename = "职责")]
    pub duty: Option<Text>,
    /// 成立日期.
    #[serde(rename = "成立日期")]
    pub founded: Option<Date>,
}

/// 任职; a side left open has no bound.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "任职")]
pub struct Term {
    /// 起: the day of approval.
    #[serde(rename = "起")]
    pub from: Option<Date>,
    /// 止: the last day.
    #[serde(rename = "止")]
    pub to: Option<Date>,
}

/// 角色.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum Role {
    /// 组长.
    #[serde(rename = "组长")]
    Leader,
    /// 副组长.
    #[serde(rename = "副组长")]
    Deputy,
    /// 组员.
    #[default]
    #[serde(rename = "组员")]
    Member,
}

impl Role {
    /// The word written.
    pub fn word(self) -> &'static str {
        match self {
            Self::Leader => "组长",
            Self::Deputy => "副组长",
            Self::Member => "组员",
        }
    }
}

/// The six sorts of employer (art. 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum EmployerKind {
    /// 监管部门.
    #[serde(rename = "监管部门")]
    Regulator,
    /// 行业协会.
    #[serde(rename = "行业协会")]
    Association,
    /// 认证机构.
    #[serde(rename = "认证机构")]
    Certification,
    /// 认可机构.
    #[serde(rename = "认可机构")]
    Accreditation,
    /// 科研院所.
    #[serde(rename = "科研院所")]
    Research,
    /// 其他.
    #[serde(rename = "其他")]
    Other,
}
