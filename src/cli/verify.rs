//! `baosong verify`: a bundle against its own manifest.

use super::{Outcome, Ui};
use crate::bundle::{Verification, verify};
use crate::rulebook::{Rulebook, Severity, Stage};
use clap::ArgMatches;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let Some(path) = matches.get_one::<PathBuf>("path") else { return Outcome::Failure };
    let verification = match verify(path) {
        Ok(verification) => verification,
        Err(finding) => return ui.failure(rulebook, &finding),
    };
    let outcome = ui.report(rulebook, Stage::Submit, None, &verification.findings);
    if ui.json() {
        ui.answer(&answer(ui, rulebook, path, &verification));
        return outcome;
    }
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

fn answer(ui: &Ui, rulebook: &Rulebook, path: &Path, it: &Verification) -> Value {
    let reporter = ui.reporter(rulebook, Stage::Submit, &|_, _| None);
    let counts = reporter.tally(&it.findings);
    let files = it
        .files
        .iter()
        .map(|file| json!({ "path": file.path, "size": file.size, "sha256": file.sha256.to_string() }));
    let submission = it.submission.as_ref().map(|said| {
        json!({
            "group": said["group"]["name"],
            "year": said["year"],
            "kind": said["kind"],
            "item": said["item"],
            "version": said["version"],
        })
    });
    json!({
        "path": path.to_string_lossy(),
        "name": it.name,
        "sound": counts.errors == 0,
        "check_code": it.check_code.map(|code| code.to_string()),
        "submission": submission,
        "files": files.collect::<Vec<_>>(),
        "findings": it.findings.iter().map(|finding| reporter.object(finding)).collect::<Vec<_>>(),
        "counts": counts,
    })
}
