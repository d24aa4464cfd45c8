//! `baosong verify`: a bundle against its own manifest.

use super::{Outcome, Ui};
use crate::bundle::verify;
use crate::rulebook::{Rulebook, Severity, Stage};
use clap::ArgMatches;
use serde_json::json;
use std::path::PathBuf;

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let Some(path) = matches.get_one::<PathBuf>("path") else { return Outcome::Failure };
    let verification = match verify(path) {
        Ok(verification) => verification,
        Err(finding) => return ui.failure(rulebook, &finding),
    };
    let outcome = ui.report(rulebook, Stage::Submit, None, &verification.findings);
    let name =
        if verification.name.is_empty() { path.display().to_string() } else { verification.name.clone() };
    if let Some(submission) = &verification.submission {
        ui.say(
            "verify.submission",
            json!({
                "group": submission["group"]["name"], "year": submission["year"], "kind": ui.locale.word(&format!("parcel.{}", submission["kind"].as_str().unwrap_or("other"))),
            }),
        );
    }
    let errors = verification.findings.iter();
    let errors = errors.filter(|f| rulebook.severity(f.rule, Stage::Submit) == Severity::Error).count();
    if errors == 0 {
        ui.say("verify.fine", json!({ "name": name, "files": verification.files.len() }));
    } else {
        ui.say("verify.bad", json!({ "name": name, "errors": errors }));
    }
    if let Some(code) = &verification.check_code {
        ui.say("verify.code", json!({ "code": code.to_string() }));
    }
    outcome
}
