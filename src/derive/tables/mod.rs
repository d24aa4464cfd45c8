//! The tables that the year's records come to: workspace, terms, calendar, year and cut-off in, columns and typed
//! cells out. Every document and `baosong table` take them from here.
//!
//! What was cut out because it could not be read is not in them. 报送期限 gets its rows from `check`, which knows
//! what is owed.

mod activities;
mod attendance;
mod budget;
mod cell;
mod definition;
mod replies;
mod tasks;
#[cfg(test)]
mod tests;

pub use cell::Cell;
pub use definition::{Column, Definition, definition};

use super::records::YearRecords;
use super::roster::roster;
use crate::calendar::Calendar;
use crate::model::scalar::Date;
use crate::model::{DerivedTable, Member, Plan, Profile, Summary};
use crate::rulebook::{Terms, Words};
use crate::workspace::Workspace;

/// A computed table.
#[derive(Debug, Clone)]
pub struct Table {
    /// Which.
    pub name: DerivedTable,
    /// 年度.
    pub year: u16,
    /// Its columns.
    pub columns: Vec<Column>,
    /// Its rows, each with a cell a column.
    pub rows: Vec<Vec<Cell>>,
    /// How many of the last rows are totals.
    pub totals: usize,
}

/// What tables are computed of.
#[derive(Debug, Clone, Copy)]
pub struct Scope<'a> {
    /// Everything written.
    pub workspace: &'a Workspace,
    /// Numbers and switches in force.
    pub terms: &'a Terms,
    /// Working days.
    pub calendar: &'a Calendar,
    /// 年度.
    pub year: u16,
    /// What is dated later does not count.
    pub until: Option<Date>,
}

impl<'a> Scope<'a> {
    /// The table of that name; 报送期限 without rows.
    pub fn table(&self, name: DerivedTable) -> Table {
        let defined = definition(name).columns;
        let (each, rows, totals) = match name {
            DerivedTable::Attendance => attendance::rows(self),
            DerivedTable::Replies => replies::rows(self),
            DerivedTable::Tasks => (Vec::new(), tasks::by_member(self), 0),
            DerivedTable::Completion => (Vec::new(), tasks::completion(self), 0),
            DerivedTable::Activities => (Vec::new(), activities::rows(self), 0),
            DerivedTable::Publicity => (Vec::new(), activities::publicity(self), 0),
            DerivedTable::Budget => {
                let (rows, totals) = budget::rows(self);
                (Vec::new(), rows, totals)
            }
            DerivedTable::Deadlines => (Vec::new(), Vec::new(), 0),
        };
        let expand = |column: Column| if column.id == definition::EACH { each.clone() } else { vec![column] };
        let columns = defined.into_iter().flat_map(expand).collect();
        Table { name, year: self.year, columns, rows, totals }
    }

    /// The year's running lists.
    pub fn records(&self) -> YearRecords<'a> {
        YearRecords { workspace: self.workspace, year: self.year }
    }

    fn profile(&self) -> &'a Profile {
        &self.workspace.profile.model
    }

    fn plan(&self) -> Option<&'a Plan> {
        self.workspace.plan(self.year).map(|plan| &plan.model)
    }

    /// The summary, unless it speaks of a later day.
    fn summary(&self) -> Option<&'a Summary> {
        let summary = self.workspace.summary(self.year).map(|summary| &summary.model)?;
        let known = |until: Date| summary.cutoff.is_some_and(|cutoff| cutoff <= until);
        self.until.is_none_or(known).then_some(summary)
    }

    /// Whether what happened on `day` counts; without a date it does.
    fn counts(&self, day: Option<Date>) -> bool {
        counts(day, self.until)
    }

    /// Everybody who was a member on some day of the year, leaders first.
    fn members(&self) -> Vec<&'a Member> {
        let year = i32::from(self.year);
        let (first, last) = (Date::new(year, 1, 1), Date::new(year, 12, 31));
        let last = self.until.map_or(last, |until| last.map(|last| last.min(until)));
        let mut members = roster(self.profile(), None);
        members.retain(|member| {
            member.term.from.is_none_or(|from| last.is_none_or(|last| from <= last))
                && member.term.to.is_none_or(|to| first.is_none_or(|first| to >= first))
        });
        let mut seen = std::collections::BTreeSet::new();
        members.retain(|member| seen.insert(member.name.to_string()));
        members
    }

    /// Whether `member` belonged to the group on `day`.
    fn serves(&self, member: &Member, day: Option<Date>) -> bool {
        roster(self.profile(), day).iter().any(|other| other.name == member.name)
    }
}

/// Whether what happened on `day` counts up to `until`; what has no date does.
pub fn counts(day: Option<Date>, until: Option<Date>) -> bool {
    day.zip(until).is_none_or(|(day, until)| day <= until)
}

/// A column that is not in the definition, with the same head in both languages unless given.
fn own_column(id: String, zh: String, en: Option<String>) -> Column {
    let en = en.unwrap_or_else(|| zh.clone());
    Column { id, title: Words { zh, en }, data_only: None }
}

/// Columns for each activity or round, rows, and how many of them are totals.
type Expanded = (Vec<Column>, Vec<Vec<Cell>>, usize);
