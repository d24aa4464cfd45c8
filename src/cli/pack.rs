//! `baosong pack`: bundles for the general secretariat, refused while the papers have errors.

use super::check::{Examined, examine, typesetter_for, workspace as root_of};
use super::make::{OUTPUT, made, workers};
use super::number_kept::number_kept;
use super::target::Target;
use super::ui::path;
use super::{Outcome, Ui};
use crate::build::{Maker, Scope, strict_fonts};
use crate::bundle::{MAX_ATTACHED, Mail, Packed, Packer, Parcel};
use crate::check::{Context, lint, opened, owed};
use crate::compose::Group;
use crate::derive::file_number::next_number;
use crate::derive::resending::before_sending;
use crate::derive::sent::Reported;
use crate::finding::Finding;
use crate::model::scalar::Date;
use crate::model::{Activity, Submission};
use crate::report::{Format, Locale, Reporter};
use crate::rulebook::{Aspect, Lang, Rulebook, Severity, Stage};
use crate::typeset::Typesetter;
use crate::workspace::{Workspace, prepare};
use clap::ArgMatches;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::thread;

/// The folder below 输出 for bundles.
pub(super) const FOLDER: &str = "报送";

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let prepared = root_of(&path(matches)).and_then(|root| Ok((root, typesetter_for(matches)?)));
    let mut told = Vec::new();
    let result = prepared.and_then(|(root, typesetter)| {
        thread::scope(|scope| {
            scope.spawn(|| typesetter.prepare_fonts());
            pack(ui, rulebook, &typesetter, &root, matches, &mut told)
        })
    });
    match result {
        Ok(outcome) => {
            if ui.json() {
                ui.answer(&json!({ "bundles": told }));
            }
            outcome
        }
        // What was packed before is there.
        Err(finding) if ui.json() && !told.is_empty() => {
            let reporter = ui.reporter(rulebook, Stage::Submit, &|_, _| None);
            ui.answer(&json!({ "bundles": told, "failure": reporter.object(&finding) }));
            Outcome::Failure
        }
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

fn pack(
    ui: &Ui,
    rulebook: &'static Rulebook,
    typesetter: &Typesetter,
    root: &Path,
    matches: &ArgMatches,
    told: &mut Vec<Value>,
) -> Result<Outcome, Finding> {
    rayon::join(prepare, || lint::prepare(rulebook));
    let mut workspace = Workspace::read(root);
    let parcels = parcels(ui, &workspace, matches)?;
    let target = Target::open(root, matches.get_one::<PathBuf>("output"))?;
    let run = Run { ui, rulebook, root, matches, target: &target };
    let mut outcome = Outcome::Fine;
    for parcel in parcels {
        let sent = unsend(&mut workspace, &parcel);
        let examined = examine(&workspace, rulebook, typesetter);
        outcome = outcome.max(run.pack(&workspace, &examined, &parcel, told)?);
        if let (Some(sent), Some(submission)) = (sent, submission(&mut workspace, &parcel)) {
            *submission = sent;
        }
    }
    Ok(outcome)
}

/// Makes the workspace what it was before this parcel was sent, so that it is packed as it was then, and gives what the
/// 报送 says now; what came back goes out as it stands.
fn unsend(workspace: &mut Workspace, parcel: &Parcel) -> Option<Submission> {
    let (file, _) = parcel.letter()?;
    // A record that cannot be true is for `check` to complain of.
    Reported::of(workspace, file, parcel.kind).filter(Reported::went_out)?;
    let submission = submission(workspace, parcel)?;
    let before = before_sending(submission);
    Some(std::mem::replace(submission, before))
}

fn submission<'w>(workspace: &'w mut Workspace, parcel: &Parcel) -> Option<&'w mut Submission> {
    let (file, _) = parcel.letter()?;
    workspace.submission_mut(file, parcel.kind)
}

/// What packing needs for each parcel.
struct Run<'a> {
    ui: &'a Ui,
    rulebook: &'static Rulebook,
    root: &'a Path,
    matches: &'a ArgMatches,
    target: &'a Target,
}

impl Run<'_> {
    fn pack(
        &self,
        workspace: &Workspace,
        examined: &Examined,
        parcel: &Parcel,
        told: &mut Vec<Value>,
    ) -> Result<Outcome, Finding> {
        let Self { ui, rulebook: built_in, root, matches, target } = *self;
        let Examined { law, typesetter, texts, findings } = examined;
        let rulebook: &Rulebook = &law.rulebook;
        let context = Context::new(workspace, law, &|_| Vec::new());
        let made = made(&root.join(OUTPUT), root, typesetter);
        let maker = Maker { workspace, law, typesetter, workers: workers(), made: &made };
        let mut outcome = Outcome::Fine;
        // When papers are due is for `status` and `check` to say.
        let concerns = |finding: &&Finding| {
            !finding.rule.starts_with("art16/due") && parcel.concerns(workspace, built_in, finding)
        };
        let mut concerned: Vec<Finding> = findings.iter().filter(concerns).cloned().collect();
        concerned.extend(incomplete(workspace, parcel, &concerned));
        concerned.extend(number_kept(workspace, parcel, &|name| target.path(name)));
        if matches.get_flag("strict-fonts") {
            let mut jobs = maker.jobs(&Scope::default());
            jobs.retain(|job| parcel.papers.iter().any(|(file, _)| *file == job.file));
            concerned.extend(strict_fonts(typesetter, &jobs));
        }
        let errors = concerned.iter().filter(|finding| rulebook.blocks(finding.rule)).count();
        ui.report(rulebook, Stage::Submit, Some(workspace), &concerned);
        let until = workspace.summary(parcel.year).and_then(|summary| summary.model.year_until());
        if let Some(until) = until.filter(|_| !parcel.later.is_empty()) {
            ui.say("pack.later", json!({ "until": until.to_string(), "files": parcel.later }));
        }
        if errors > 0 {
            ui.say("pack.refused", json!({ "errors": errors }));
            told.push(answer(ui, rulebook, parcel, &concerned, None));
            return Ok(Outcome::Findings);
        }
        let packer = Packer {
            maker: &maker,
            output: target.own(),
            rulebook,
            facts: facts(built_in, &concerned),
            owed: owed(&context),
            opened: opened(&context),
        };
        let pending = target.begin(&format!("{}.zip", parcel.stem(workspace)))?;
        match packer.pack(parcel, &pending) {
            Ok((bundle, zip)) => {
                let group = Group { profile: &workspace.profile.model, terms: &rulebook.terms };
                let mail = Mail { group, parcel, packed: &bundle };
                target.refuse_changed(parcel, &bundle)?;
                target.refuse_foreign(&mail)?;
                let (file, sum) = target.finish(pending, zip)?;
                let letter = target.write_beside(&bundle.letter.name, &bundle.letter.bytes)?;
                if !bundle.notes.is_empty() {
                    ui.report(rulebook, Stage::Submit, Some(workspace), &bundle.notes);
                    concerned.extend_from_slice(&bundle.notes);
                }
                ui.say("pack.done", json!({ "file": file.display().to_string() }));
                ui.say("pack.code", json!({ "code": bundle.code.to_string() }));
                let letter = letter.display().to_string();
                ui.say("pack.letter", json!({ "file": letter }));
                let mut one = answer(ui, rulebook, parcel, &concerned, Some((&bundle, &file)));
                one["letter"] = json!(letter);
                match mail.draft(texts, &file, sum) {
                    Ok(draft) => {
                        let file = target.write_beside(&draft.name, &draft.bytes)?.display().to_string();
                        let limit = MAX_ATTACHED >> 20;
                        one["mail"] = json!({ "file": file, "attached": draft.attached });
                        ui.say(
                            "pack.mail",
                            json!({ "file": file, "attached": draft.attached, "limit": limit }),
                        );
                    }
                    // The bundle is sound without it.
                    Err(fault) => {
                        outcome = outcome.max(ui.report(rulebook, Stage::Submit, Some(workspace), &[fault]));
                    }
                }
                told.push(one);
            }
            Err(findings) => {
                if let Some(failure) = findings.iter().find(|finding| finding.rule.starts_with("run/")) {
                    return Err(failure.clone());
                }
                ui.report(rulebook, Stage::Submit, Some(workspace), &findings);
                ui.say("pack.refused", json!({ "errors": findings.len() }));
                told.push(answer(ui, rulebook, parcel, &findings, None));
                outcome = outcome.max(Outcome::Findings);
            }
        }
        if let Some(output) = target.own() {
            // The copies of photographs that were made are there the next time.
            made.save(output, BTreeMap::new(), &[])?;
        }
        Ok(outcome)
    }
}

/// A parcel as JSON, with its bundle if it was packed.
fn answer(
    ui: &Ui,
    rulebook: &Rulebook,
    parcel: &Parcel,
    findings: &[Finding],
    packed: Option<(&Packed, &Path)>,
) -> Value {
    let reporter = ui.reporter(rulebook, Stage::Submit, &|_, _| None);
    json!({
        "kind": parcel.kind,
        "year": parcel.year,
        "name": packed.map(|(bundle, _)| &bundle.name),
        "file": packed.map(|(_, file)| file.display().to_string()),
        "check_code": packed.map(|(bundle, _)| bundle.code.to_string()),
        "findings": findings.iter().map(|finding| reporter.object(finding)).collect::<Vec<_>>(),
        "counts": reporter.tally(findings),
    })
}

/// A covering paper without number or date, where `check` asks for none: the activity need not be submitted, the year
/// need not be packed as a whole.
fn incomplete(workspace: &Workspace, parcel: &Parcel, found: &[Finding]) -> Option<Finding> {
    // Of plan and summary `check` asks for both.
    let (file, key) = parcel.letter().filter(|(_, key)| *key != "报送")?;
    let wanted = [("文号", parcel.submission.number.is_none()), ("日期", parcel.submission.date.is_none())];
    let missing: Vec<&str> = wanted.iter().filter(|(_, missing)| *missing).map(|(name, _)| *name).collect();
    (!missing.is_empty() && !found.iter().any(|finding| finding.rule == "submit/incomplete")).then(|| {
        Finding::new("submit/incomplete")
            .at(workspace.place(file, &format!("/{key}")))
            .fact("where", key)
            .fact("missing", missing)
            .fact("year", parcel.year)
            .fact("next", next_number(workspace, parcel.year).map(|next| next.to_string()))
    })
}

/// Refuses what an activity that was called off cannot have.
pub(super) fn called_off(workspace: &Workspace, file: &str, activity: &Activity) -> Result<(), Finding> {
    let Some(cancelled) = &activity.cancelled else { return Ok(()) };
    let finding = Finding::new("workspace/activity-cancelled").at(workspace.place(file, "/取消"));
    Err(finding.fact("day", cancelled.date.map(Date::iso)))
}

/// Which parcels the command line means.
fn parcels(ui: &Ui, workspace: &Workspace, matches: &ArgMatches) -> Result<Vec<Parcel>, Finding> {
    let what = matches.get_one::<String>("what").map_or("year", String::as_str);
    let scope = Scope::of(workspace, &path(matches));
    let nothing = |what: String| Finding::new("workspace/nothing").fact("what", what);
    if what == "activity" {
        let activities: Vec<_> =
            workspace.activities.iter().filter(|activity| scope.holds(&activity.file)).collect();
        let [activity] = activities.as_slice() else {
            return Err(Finding::new("workspace/which-activity").fact("count", activities.len()).fact(
                "known",
                activities.iter().map(|activity| activity.file.as_str()).collect::<Vec<_>>(),
            ));
        };
        let before = Parcel::before(workspace, activity);
        let after = Parcel::after(workspace, activity);
        let (wanted, missing): (Vec<Parcel>, _) = match matches.get_one::<String>("stage").map(String::as_str)
        {
            Some("前" | "before") => (before.into_iter().collect(), "活动报告"),
            Some(_) => (after.into_iter().collect(), "纪要、活动小结、新闻通稿"),
            None if after.is_some() && Reported::Before(&activity.model).went_out() => {
                ui.say("pack.after", ());
                (after.into_iter().collect(), "纪要、活动小结、新闻通稿")
            }
            None => (before.into_iter().chain(after).collect(), "活动报告、纪要、活动小结、新闻通稿"),
        };
        if wanted.is_empty() {
            called_off(workspace, &activity.file, &activity.model)?;
        }
        let what = || format!("{missing}（{}）", activity.file);
        return if wanted.is_empty() { Err(nothing(what())) } else { Ok(wanted) };
    }
    let of = |year: u16| {
        let parcel = match what {
            "plan" => Parcel::plan(workspace, year),
            "summary" => Parcel::summary(workspace, year),
            _ => Parcel::year(workspace, year),
        };
        parcel.filter(|parcel| parcel.papers.iter().any(|(file, _)| scope.holds(file)))
    };
    let years: Vec<u16> = workspace.years().into_iter().filter(|year| of(*year).is_some()).collect();
    let given = matches.get_one::<u16>("year").copied();
    let year = given.or_else(|| years.last().copied());
    if given.is_none() && years.len() > 1 {
        ui.say("year.taken", json!({ "year": year, "years": years }));
    }
    let parcel = year.and_then(of);
    let word = if what == "plan" { "年度工作计划" } else { "年度工作总结" };
    let year = year.map(|year| format!("{year}年的")).unwrap_or_default();
    parcel.map(|parcel| vec![parcel]).ok_or_else(|| nothing(format!("{year}{word}")))
}

/// 事实 that ask for an explanation, in the words of the covering paper; a group cannot keep one back by weighing its
/// rule anew.
fn facts(rulebook: &Rulebook, findings: &[Finding]) -> Vec<(Finding, String)> {
    let reporter = Reporter {
        locale: Locale::of(Lang::Zh),
        rulebook,
        stage: Stage::Submit,
        format: Format::Short,
        colour: false,
        line: &|_, _| None,
    };
    findings
        .iter()
        .filter(|finding| rulebook.rule(finding.rule).is_some_and(|rule| rule.aspect == Aspect::Fact))
        .filter(|finding| rulebook.severity(finding.rule, Stage::Submit) >= Severity::Warning)
        .map(|finding| (finding.clone(), set_solid(&reporter.statement(finding))))
        .collect()
}

/// A message as a page writes it: no blanks between Chinese characters and figures.
fn set_solid(message: &str) -> String {
    let chars: Vec<char> = message.chars().collect();
    let is_wide = |c: Option<&char>| c.is_some_and(|c| !c.is_ascii());
    let keeps = |index: usize| {
        let beside = is_wide(chars.get(index + 1))
            || index.checked_sub(1).is_some_and(|before| is_wide(chars.get(before)));
        chars[index] != ' ' || !beside
    };
    (0..chars.len()).filter(|index| keeps(*index)).map(|index| chars[index]).collect()
}
