//! What was measured against what the standard says.

use std::fmt::Display;

/// How the standard words a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Strength {
    /// 应当, or a flat statement.
    Must,
    /// 一般.
    Generally,
    /// 推荐.
    Recommended,
    /// Practice of the house, or what the standard leaves open and we settled.
    Custom,
}

/// One clause of the standard, as it is measured here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Clause {
    pub(super) number: &'static str,
    pub(super) strength: Strength,
    pub(super) what: &'static str,
}

/// `clause(number, strength, what)`.
pub(super) const fn clause(number: &'static str, strength: Strength, what: &'static str) -> Clause {
    Clause { number, strength, what }
}

/// What a measurement says.
#[derive(Debug, Clone)]
pub(super) struct Verdict {
    pub(super) clause: Clause,
    pub(super) wanted: String,
    pub(super) measured: String,
    pub(super) holds: bool,
}

/// The verdicts on one document.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) verdicts: Vec<Verdict>,
}

impl Ledger {
    /// A figure that must be `wanted` within `tolerance`. Of several the worst is kept; of none nothing is said.
    pub(super) fn near(
        &mut self,
        clause: Clause,
        wanted: f64,
        tolerance: f64,
        measured: impl IntoIterator<Item = f64>,
    ) {
        self.near_at(clause, wanted, tolerance, measured.into_iter().map(|it| (it, String::new())));
    }

    /// The same, for figures that are hard to find on a page: with what stands there.
    pub(super) fn near_at(
        &mut self,
        clause: Clause,
        wanted: f64,
        tolerance: f64,
        measured: impl IntoIterator<Item = (f64, String)>,
    ) {
        let off = |it: &(f64, String)| (it.0 - wanted).abs();
        if let Some(worst) = measured.into_iter().max_by(|a, b| off(a).total_cmp(&off(b))) {
            let holds = off(&worst) <= tolerance;
            let at = if holds || worst.1.is_empty() { String::new() } else { format!(" at {}", worst.1) };
            self.note(clause, format!("{wanted:.2} ± {tolerance:.2}"), format!("{:.2}{at}", worst.0), holds);
        }
    }

    /// A figure that must lie between `low` and `high`; kept is the one furthest out.
    pub(super) fn between(
        &mut self,
        clause: Clause,
        low: f64,
        high: f64,
        measured: impl IntoIterator<Item = f64>,
    ) {
        let middle = f64::midpoint(low, high);
        let off = |it: &f64| (it - middle).abs();
        if let Some(worst) = measured.into_iter().max_by(|a, b| off(a).total_cmp(&off(b))) {
            let holds = (low..=high).contains(&worst);
            self.note(clause, format!("{low:.2} … {high:.2}"), format!("{worst:.2}"), holds);
        }
    }

    /// Something that must be as it is said; `measured` is shown when it is not.
    pub(super) fn is(&mut self, clause: Clause, wanted: impl Display, measured: impl Display, holds: bool) {
        self.note(clause, wanted.to_string(), measured.to_string(), holds);
    }

    /// Something of which there must be none; the first is shown.
    pub(super) fn none(&mut self, clause: Clause, found: impl IntoIterator<Item = String>) {
        let found: Vec<String> = found.into_iter().collect();
        let measured = match found.first() {
            None => "none".to_owned(),
            Some(first) => format!("{} × {first}", found.len()),
        };
        self.note(clause, "none".into(), measured, found.is_empty());
    }

    fn note(&mut self, clause: Clause, wanted: String, measured: String, holds: bool) {
        self.verdicts.push(Verdict { clause, wanted, measured, holds });
    }
}
