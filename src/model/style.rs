//! 版式: what the standard leaves open or grades 一般, as the house has it.

use super::scalar::Colour;
use super::{Text, Yes};
use schemars::JsonSchema;
use serde::Deserialize;

/// `版式` of the profile.
#[derive(Debug, Clone, Default, PartialEq, Deserialize, JsonSchema)]
#[schemars(rename = "版式")]
pub struct HouseStyle {
    /// 字格 (GB/T 9704-2012, 5.2.3).
    #[serde(rename = "字格")]
    pub grid: Option<CharacterGrid>,
    /// 三号字.
    #[serde(rename = "三号字")]
    pub size: Option<SizeThree>,
    /// 页边 of even pages (5.2.1).
    #[serde(rename = "页边")]
    pub margins: Option<Margins>,
    /// 版记偶数页: whether the imprint goes to an even page (7.4).
    #[serde(rename = "版记偶数页")]
    pub even_imprint: Option<Yes>,
    /// 红色 of mark and rules (7.2.4, 7.2.7).
    #[serde(rename = "红色")]
    pub red: Option<Colour>,
    /// 三级标题加粗.
    #[serde(rename = "三级标题加粗")]
    pub bold_level_3: Option<Yes>,
    /// 模板: folder, relative to the workspace, whose files override single templates; 模板 unless given.
    #[serde(rename = "模板")]
    pub templates: Option<Text>,
}

/// How the characters of a line stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum CharacterGrid {
    /// 严格: every character has a cell of its own.
    #[serde(rename = "严格")]
    Strict,
    /// 自然: marks close up.
    #[serde(rename = "自然")]
    Natural,
}

/// The size of 三号 type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum SizeThree {
    /// 16 pt, as word processors have it.
    #[serde(rename = "16")]
    Sixteen,
    /// 15.75 pt, as letterpress had it: 28 of them fill 156 mm.
    #[serde(rename = "15.75")]
    Letterpress,
}

/// The margins of even pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, JsonSchema)]
#[schemars(inline)]
pub enum Margins {
    /// 相同: as on odd pages.
    #[serde(rename = "相同")]
    Same,
    /// 对称: mirrored, the wider one at the binding.
    #[serde(rename = "对称")]
    Mirrored,
}
