//! One rule as the rulebook's files hold it.

use super::{Lang, Stage};
use serde::Deserialize;

/// How grave a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
pub enum Severity {
    /// 提示: worth knowing.
    #[serde(rename = "提示")]
    Note,
    /// 警告: look at it.
    #[serde(rename = "警告")]
    Warning,
    /// 错误: must be mended.
    #[serde(rename = "错误")]
    Error,
}

impl Severity {
    /// As the rulebook writes it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Note => "提示",
            Self::Warning => "警告",
            Self::Error => "错误",
        }
    }
}

/// 材料 or 事实 (what the paper lacks, or what happened).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub enum Aspect {
    /// 材料: the paper; an error stops `pack`.
    #[default]
    #[serde(rename = "材料")]
    Paper,
    /// 事实: what happened; never stops `pack`.
    #[serde(rename = "事实")]
    Fact,
}

/// The same in both languages.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Words {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Words {
    /// In that language.
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

/// 级别, by stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Severities {
    /// 起草.
    #[serde(rename = "起草")]
    pub draft: Severity,
    /// 报送.
    #[serde(rename = "报送")]
    pub submit: Severity,
}

impl Severities {
    /// The same at both stages.
    pub fn both(severity: Severity) -> Self {
        Self { draft: severity, submit: severity }
    }

    /// At that stage.
    pub fn at(self, stage: Stage) -> Severity {
        match stage {
            Stage::Draft => self.draft,
            Stage::Submit => self.submit,
        }
    }
}

/// 依据 of a rule that is not the regulation's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub enum Source {
    /// The national standard on punctuation.
    #[serde(rename = "GB/T 15834—2011")]
    Punctuation,
    /// The national standard on numerals.
    #[serde(rename = "GB/T 15835—2011")]
    Numerals,
    /// The national standard on the format of official papers.
    #[serde(rename = "GB/T 9704—2012")]
    Format,
    /// 党政机关公文处理工作条例, 2012.
    #[serde(rename = "条例")]
    Statute,
    /// 实务: what is customary; never called a violation.
    #[serde(rename = "实务")]
    Custom,
}

impl Source {
    /// The locale's name of it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Punctuation => "source.punctuation",
            Self::Numerals => "source.numerals",
            Self::Format => "source.format",
            Self::Statute => "source.statute",
            Self::Custom => "source.custom",
        }
    }
}

/// Where a rule comes from; the parts of the page of all rules, in their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chapter {
    /// An article of the regulation asks for it.
    #[default]
    Regulation,
    /// 惯例: what a paper has by custom.
    Custom,
    /// Official Chinese.
    Language,
    /// 本组规则.
    House,
    /// Files, keys and folders.
    Files,
    /// Pages and pictures.
    Page,
    /// Bundles, and running the program.
    Bundle,
}

impl Chapter {
    /// Every chapter.
    pub const ALL: [Self; 7] =
        [Self::Regulation, Self::Custom, Self::Language, Self::House, Self::Files, Self::Page, Self::Bundle];

    /// The chapter of the rules of a file below `rulebook/` that cite no article.
    pub(super) fn of(file: &str) -> Self {
        match file.strip_prefix("tool/") {
            None => Self::Custom,
            Some("house.yaml") => Self::House,
            Some("page.yaml" | "media.yaml") => Self::Page,
            Some("bag.yaml" | "run.yaml") => Self::Bundle,
            Some(other) if other.starts_with("lint") => Self::Language,
            Some(_) => Self::Files,
        }
    }

    /// The locale's name of it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Regulation => "chapter.regulation",
            Self::Custom => "chapter.custom",
            Self::Language => "chapter.language",
            Self::House => "chapter.house",
            Self::Files => "chapter.files",
            Self::Page => "chapter.page",
            Self::Bundle => "chapter.bundle",
        }
    }
}

/// A YAML file that shows a rule kept or broken.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Example {
    /// 文件: its name in a workspace.
    #[serde(rename = "文件")]
    pub file: String,
    /// 内容.
    #[serde(rename = "内容")]
    pub text: String,
    /// 另有: further files, for what only two files show together.
    #[serde(rename = "另有", default)]
    pub also: Vec<Example>,
}

/// A rule.
#[derive(Debug, Clone, Deserialize)]
pub struct Rule {
    /// 编号: stable ASCII id, never given to another rule.
    #[serde(rename = "编号")]
    pub id: String,
    /// 条款 of the regulation, `第十四条`; none for the tool's own rules.
    #[serde(rename = "条款")]
    pub article: Option<String>,
    /// 依据 of a rule of official Chinese.
    #[serde(rename = "依据")]
    pub source: Option<Source>,
    /// 词: words that the rule looks for.
    #[serde(rename = "词", default)]
    pub words: Vec<String>,
    /// 除外: words that contain one of them and are harmless.
    #[serde(rename = "除外", default)]
    pub harmless: Vec<String>,
    /// 标题.
    #[serde(rename = "标题")]
    pub title: Words,
    /// 性质.
    #[serde(rename = "性质", default)]
    pub aspect: Aspect,
    /// 级别.
    #[serde(rename = "级别")]
    pub severity: Severities,
    /// 消息, with the facts of a finding filled in.
    #[serde(rename = "消息")]
    pub message: Words,
    /// 陈述: what a covering paper says of a fact, in Chinese, where the message speaks of what is written in files.
    #[serde(rename = "陈述")]
    pub statement: Option<String>,
    /// 办法: how to mend it.
    #[serde(rename = "办法")]
    pub remedy: Words,
    /// 说明: why the rule is there.
    #[serde(rename = "说明")]
    pub reason: Option<Words>,
    /// 口径: names of the switches it depends on.
    #[serde(rename = "口径", default)]
    pub switches: Vec<String>,
    /// 核算: how one case was reckoned, with its figures filled in.
    #[serde(rename = "核算")]
    pub reckoning: Option<Words>,
    /// 核算同: the rule whose 核算 says the same of this one.
    #[serde(rename = "核算同")]
    pub reckoned_as: Option<String>,
    /// 正例.
    #[serde(rename = "正例")]
    pub good: Option<Example>,
    /// 反例.
    #[serde(rename = "反例")]
    pub bad: Option<Example>,
    /// Where it comes from; known once its file is.
    #[serde(skip)]
    pub chapter: Chapter,
}

impl Rule {
    /// Whether a group must leave its 错误 as it is: the regulation asks for it, or without it files could not be
    /// read, pages not be set, bundles not be trusted.
    pub fn is_firm(&self) -> bool {
        let open = matches!(self.chapter, Chapter::Custom | Chapter::Language);
        !open && self.aspect == Aspect::Paper && self.severity.submit == Severity::Error
    }

    /// The articles that it cites, `第二十条`, without their paragraphs.
    pub fn articles(&self) -> Vec<&str> {
        let cited = self.article.as_deref().unwrap_or_default();
        cited
            .split('、')
            .filter_map(|one| one.get(one.find('第')?..one.find('条')? + '条'.len_utf8()))
            .collect()
    }
}
