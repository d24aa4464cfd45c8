//! What a workspace is judged by: the rulebook with the group's own overlay, and the working days with the notices
//! that the group has entered.

use super::{house, notices};
use crate::calendar::Calendar;
use crate::finding::Finding;
use crate::rulebook::Rulebook;
use crate::workspace::Workspace;
use std::borrow::Cow;

/// Rules and calendar in force for one workspace.
#[derive(Debug)]
pub struct Law {
    /// The rules; the built-in ones unless the profile names 本组规则.
    pub rulebook: Cow<'static, Rulebook>,
    /// The working days.
    pub calendar: Calendar,
    /// What is wrong with the overlay or the notices.
    pub findings: Vec<Finding>,
}

impl Law {
    /// The law of `workspace`.
    pub fn of(workspace: &Workspace, rulebook: &'static Rulebook) -> Self {
        let (rulebook, mut findings) = house::overlay(workspace, rulebook);
        let (calendar, of_notices) = notices::calendar(workspace);
        findings.extend(of_notices);
        Self { rulebook, calendar, findings }
    }
}
