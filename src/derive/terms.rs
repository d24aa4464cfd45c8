//! The rulebook's numbers in the form that the arithmetic takes.

use super::ballot::{BallotTerms, Recused};
use super::due::{DueTerms, MonthDay, OnDayOff};
use super::fraction::Fraction;
use crate::model::scalar::Date;
use crate::rulebook::{self, Terms};

/// A fraction of the rulebook; none when its denominator is 0.
pub fn fraction(fraction: rulebook::Fraction) -> Option<Fraction> {
    Fraction::new(fraction.numerator, fraction.denominator)
}

/// Article 17; none when the rulebook's fractions are none.
pub fn ballot_terms(terms: &Terms) -> Option<BallotTerms> {
    let recused = if terms.is_on("回避仍计入分母") { Recused::Counted } else { Recused::LeftOut };
    Some(BallotTerms { valid: fraction(terms.valid_share)?, ayes: fraction(terms.aye_share)?, recused })
}

/// Article 16; none when the rulebook's days are none.
pub fn due_terms(terms: &Terms) -> Option<DueTerms> {
    Some(DueTerms {
        plan: MonthDay::new(terms.plan_due.month, terms.plan_due.day)?,
        summary: MonthDay::new(terms.summary_due.month, terms.summary_due.day)?,
        report_days: terms.report_days,
        material_workdays: terms.material_workdays,
        on_day_off: if terms.is_on("期限遇休息日顺延") { OnDayOff::Next } else { OnDayOff::Stay },
        in_force: terms.in_force.parse::<Date>().ok()?.naive(),
    })
}
