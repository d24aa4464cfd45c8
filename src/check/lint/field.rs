//! What a value is for, told by its key: the rules differ for titles, leads, annexes, dates; numbers and names of the
//! tool's own are not judged.

use crate::model::SECTIONS;
use crate::source::{Pointer, Step};
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a text is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Use {
    /// Running text, cells, names of places and units.
    #[default]
    Prose,
    /// The title of a paper or of a part.
    Title,
    /// A title below a title.
    Subtitle,
    /// The lead of a press draft, the opening of minutes: here stands when something happened.
    Lead,
    /// The name of an annex.
    Annex,
    /// A day, a time, a place.
    Fact,
    /// A name, which other files may refer to.
    Name,
    /// The history of a year.
    History,
    /// Not for a page, or not Chinese.
    None,
}

/// A text's use and the paper it belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub struct Field {
    /// What it is.
    pub usage: Use,
    /// Part of a press draft.
    pub press: bool,
    /// Part of a report to a superior.
    pub report: bool,
    /// Printed under a heading 一、 that the page gives it.
    pub under: bool,
}

/// Numbers, signs and words of the tool.
const NOT_TEXT: [&str; 26] = [
    "类别",
    "格式",
    "编号",
    "计划任务",
    "稿次",
    "密级",
    "类型",
    "状态",
    "角色",
    "邮箱",
    "总秘书处邮箱",
    "电话",
    "传真",
    "文件",
    "单位类别",
    "方式",
    "年度",
    "决定方式",
    "结果",
    "版次",
    "报送文种",
    "成立日期",
    "出生年月",
    "金额",
    "方向",
    "文种",
];

/// Names of persons and units, and others by which files refer to each other: what is written once must be the same in all.
const NAMES: [&str; 16] = [
    "姓名",
    "负责",
    "协作",
    "出席",
    "线上出席",
    "请假",
    "无故缺席",
    "应到",
    "代字",
    "牵头",
    "全称",
    "规范化简称",
    "缺席",
    "署名",
    "主办",
    "项目",
];

/// Days, times and places.
const FACTS: [&str; 5] = ["日期", "时间", "地点", "时限", "截至"];

/// What a key says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    NotText,
    Name,
    Fact,
}

/// All keys of the lists above: a file has thousands of values.
static SAYS: LazyLock<HashMap<&'static str, Says>> = LazyLock::new(|| {
    let names = NAMES.iter().map(|key| (*key, Says::Name));
    let facts = FACTS.iter().map(|key| (*key, Says::Fact));
    names.chain(facts).chain(NOT_TEXT.iter().map(|key| (*key, Says::NotText))).collect()
});

impl Field {
    /// The field at `pointer` of a file of that 类别, `kind`; `genre` is its 文种, if it has one.
    pub fn of(pointer: &Pointer, kind: &str, genre: &str) -> Self {
        let keys: Vec<&str> = pointer
            .steps()
            .iter()
            .filter_map(|step| match step {
                Step::Key(key) => Some(key.as_str()),
                Step::Index(_) => None,
            })
            .collect();
        let within = |key: &str| keys.contains(&key);
        let last = keys.last().copied().unwrap_or_default();
        let says = |key: &str| SAYS.get(key).copied();
        let usage = match last {
            _ if says(last) == Some(Says::NotText) => Use::None,
            // What others published has the title they gave it.
            "标题" if within("宣传") || within("表格") => Use::Prose,
            "标题" => Use::Title,
            "副标题" => Use::Subtitle,
            "导语" => Use::Lead,
            "附件" => Use::Annex,
            "大事记" | "年表" => Use::History,
            _ if says(last) == Some(Says::Fact) => Use::Fact,
            _ if keys.iter().any(|key| says(key) == Some(Says::Name))
                && last != "单位"
                && last != "职务"
                && last != "事由" =>
            {
                Use::Name
            }
            _ => Use::Prose,
        };
        let report =
            kind.ends_with("总结") || kind.ends_with("报告") || genre == "报告" || within("活动报告");
        Self { usage, press: within("新闻通稿"), report, under: is_under(pointer, kind) }
    }
}

/// Parts of a plan under headings of the page's own; 依据 stands above the first of them.
const PLAN_PARTS: [&str; 4] = ["总体思路", "研究方向", "经费说明", "保障措施"];

/// Whether the page prints the text at `pointer` under a heading 一、 of its own.
fn is_under(pointer: &Pointer, kind: &str) -> bool {
    let steps = pointer.steps();
    let steps = match steps.split_last() {
        Some((Step::Index(_), text)) => text,
        _ => steps,
    };
    match (kind, steps) {
        ("年度工作计划", [Step::Key(part)]) => PLAN_PARTS.contains(&part.as_str()),
        ("年度工作总结", [Step::Key(part)]) => SECTIONS.contains(&part.as_str()),
        ("年度工作总结", [Step::Key(list), _, Step::Key(part)]) => list == "其他" && part == "正文",
        ("活动", [Step::Key(list), _, Step::Key(part)]) => list == "议题" && part == "正文",
        _ => false,
    }
}
