//! Obligations that have no date in the regulation: those that facts open (a second absence, a sub-group, a major
//! matter) and those that the general secretariat asks for (考评总结).

use super::Context;
use crate::finding::Place;
use crate::model::FilingKind;
use crate::model::scalar::Date;

/// A paper that is owed because something happened.
#[derive(Debug, Clone, PartialEq)]
pub struct Opened {
    /// Which paper.
    pub kind: FilingKind,
    /// Whom or what it is about, as the page would name it.
    pub subject: String,
    /// Its year.
    pub year: u16,
    /// The day that opened it.
    pub since: Option<Date>,
    /// The day by which it is wanted, if anybody set one.
    pub due: Option<Date>,
    /// The day on which it was sent (台账, 其他报送).
    pub filed: Option<Date>,
    /// 回执 of the general secretariat.
    pub receipt: Option<String>,
    /// Where that is to be seen.
    pub place: Place,
}

impl Opened {
    /// Whether it was opened by what happened, and still to be met when a paper of `day` went out.
    pub fn is_open_on(&self, day: Date) -> bool {
        self.kind != FilingKind::Evaluation
            && self.since.is_none_or(|since| since <= day)
            && self.filed.is_none_or(|filed| filed > day)
    }
}

/// Every such obligation of the workspace, in the order of the days that opened them.
pub fn opened(_context: &Context<'_>) -> Vec<Opened> {
    Vec::new()
}
