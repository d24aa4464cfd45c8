//! 类别: which kind of document a file holds.

/// A kind of document.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// 专家组.
    Profile,
    /// 年度工作计划.
    Plan,
    /// 活动.
    Activity,
    /// 年度工作总结.
    Summary,
    /// 台账.
    Records,
    /// 放假安排.
    Holidays,
    /// 本组规则.
    HouseRules,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Profile,
        Self::Plan,
        Self::Activity,
        Self::Summary,
        Self::Records,
        Self::Holidays,
        Self::HouseRules,
    ];

    /// The word that stands behind 类别.
    pub fn word(self) -> &'static str {
        match self {
            Self::Profile => "专家组",
            Self::Plan => "年度工作计划",
            Self::Activity => "活动",
            Self::Summary => "年度工作总结",
            Self::Records => "台账",
            Self::Holidays => "放假安排",
            Self::HouseRules => "本组规则",
        }
    }

    /// The kind of that word.
    pub fn of(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}
