//! `baosong fonts`: which font stands for which face of a page, whether it may be embedded, and what it lacks.

use super::check::{typesetter_for, workspaces};
use super::make::workers;
use super::ui::path;
use super::{Outcome, Ui};
use crate::build::{Made, Maker, Scope, equip_fonts};
use crate::check::Law;
use crate::finding::Finding;
use crate::report::{Format, Reporter};
use crate::rulebook::{Rulebook, Stage};
use crate::typeset::{Lender, Role, RoleFont, Typesetter, shipped_fonts, wanted_fonts};
use crate::workspace::Workspace;
use clap::ArgMatches;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use unicode_width::UnicodeWidthStr;

/// So many names of a role are shown; `--format json` has all.
const NAMES: usize = 6;

/// So many of the characters that a font lacks are shown.
const CHARS: usize = 40;

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let prepared = workspaces(&path(matches)).or_else(|finding| match finding.rule {
        // Outside a workspace the shipped fonts can be looked at.
        "workspace/no-profile" => Ok(Vec::new()),
        _ => Err(finding),
    });
    let (roots, typesetter) = match prepared.and_then(|roots| Ok((roots, typesetter_for(matches)?))) {
        Ok(prepared) => prepared,
        Err(finding) => return ui.failure(rulebook, &finding),
    };
    let mut outcome = Outcome::Fine;
    let mut objects = Vec::new();
    if roots.is_empty() {
        let looked = Looked { typesetter, lacking: BTreeMap::new() };
        ui.say("fonts.outside", ());
        show(ui, &looked);
        objects.push(object(ui, &looked));
    } else {
        for (index, root) in roots.iter().enumerate() {
            if index > 0 && !ui.json() {
                ui.print("\n");
            }
            let workspace = Workspace::read(root);
            let law = Law::of(&workspace, rulebook);
            let (typesetter, findings) = equip_fonts(&typesetter, &workspace);
            let lacking = lacking(&workspace, &law, &typesetter);
            let looked = Looked { typesetter, lacking };
            ui.say("fonts.of", json!({ "folder": root.display().to_string() }));
            show(ui, &looked);
            let mut object = object(ui, &looked);
            object["workspace"] = root.display().to_string().into();
            object["findings"] = objects_of(ui, &law.rulebook, &workspace, &findings);
            objects.push(object);
            let errors = findings
                .iter()
                .any(|it| law.rulebook.severity(it.rule, Stage::Draft) == crate::rulebook::Severity::Error);
            outcome = outcome.max(if errors { Outcome::Findings } else { Outcome::Fine });
            if !ui.json() {
                ui.report(&law.rulebook, Stage::Draft, Some(&workspace), &findings);
            }
        }
    }
    if ui.json() {
        let shipped = shipped_fonts().map(|(file, sha256)| json!({ "file": file, "sha256": sha256 }));
        ui.answer(&json!({ "fonts": objects, "shipped": shipped.collect::<Vec<_>>() }));
    } else {
        ui.say("fonts.how", ());
    }
    outcome
}

type Lacking = BTreeMap<Role, BTreeMap<Lender, BTreeSet<char>>>;

/// The fonts of a workspace, and what its papers want that they lack.
struct Looked {
    typesetter: Typesetter,
    lacking: Lacking,
}

fn lacking(workspace: &Workspace, law: &Law, typesetter: &Typesetter) -> Lacking {
    let maker = Maker { workspace, law, typesetter, workers: workers(), made: &Made::default() };
    let jobs = maker.jobs(&Scope::default());
    typesetter.borrowed(jobs.iter().map(|job| &job.paper.page))
}

/// What the standard says of a role: the face, the clause, how much it insists.
fn clause(ui: &Ui, role: Role) -> String {
    ui.locale.word(&format!("fonts.clause.{}", role.name()))
}

/// A licence without what is said of it in brackets.
fn short(licence: &str) -> &str {
    licence.split(" (").next().unwrap_or(licence)
}

fn rights(ui: &Ui, font: &RoleFont) -> String {
    ui.locale.word(&format!("fonts.rights.{}", font.rights.name()))
}

/// A line a role, and under it the names that are looked for and what is lacking.
fn show(ui: &Ui, looked: &Looked) {
    if ui.json() {
        return;
    }
    let row = |font: &RoleFont| {
        let used = if font.stand_in {
            ui.locale.say("fonts.stand-in", json!({ "font": font.font }))
        } else {
            font.font.clone()
        };
        let file = match font.licence {
            Some(licence) => {
                ui.locale.say("fonts.shipped", json!({ "file": font.file, "licence": short(licence) }))
            }
            None => font.file.clone(),
        };
        [font.role.word().to_owned(), clause(ui, font.role), used, rights(ui, font), file]
    };
    let fonts = looked.typesetter.role_fonts();
    let head = ["role", "clause", "font", "rights", "file"];
    let mut rows = vec![head.map(|name| ui.locale.word(&format!("fonts.head.{name}")))];
    rows.extend(fonts.iter().map(row));
    let widths: Vec<usize> =
        (0..head.len()).map(|at| rows.iter().map(|row| row[at].width()).max().unwrap_or(0)).collect();
    let indent = " ".repeat(widths[0] + 2);
    for (index, row) in rows.iter().enumerate() {
        let padded = row.iter().zip(&widths).map(|(cell, width)| {
            let blanks = " ".repeat(width.saturating_sub(cell.width()));
            format!("{cell}{blanks}")
        });
        ui.print(&format!("{}\n", padded.collect::<Vec<_>>().join("  ").trim_end()));
        let Some(font) = index.checked_sub(1).and_then(|index| fonts.get(index)) else { continue };
        if font.stand_in {
            let names = wanted_fonts(font.role);
            let some: Vec<_> = names.iter().take(NAMES).collect();
            ui.print(&indent);
            ui.say("fonts.wanted", json!({ "names": some, "more": names.len() > NAMES }));
        }
        for (lender, chars) in looked.lacking.get(&font.role).into_iter().flatten() {
            let some: String = chars.iter().take(CHARS).collect();
            let facts = json!({
                "count": chars.len(), "chars": some, "more": chars.len() > CHARS, "font": lender.font,
            });
            ui.print(&indent);
            ui.say("fonts.lacks", facts);
        }
    }
}

fn object(ui: &Ui, looked: &Looked) -> Value {
    let role = |font: &RoleFont| {
        let lenders = looked.lacking.get(&font.role).into_iter().flatten();
        let lacking = lenders.flat_map(|(lender, chars)| {
            let one = |c: &char| {
                let code = format!("U+{:04X}", u32::from(*c));
                json!({ "char": c, "code": code, "lent_by": lender.font, "lent_by_own_font": lender.own })
            };
            chars.iter().map(one)
        });
        json!({
            "role": font.role.name(),
            "face": font.role.word(),
            "clause": clause(ui, font.role),
            "wanted": wanted_fonts(font.role),
            "font": font.font,
            "stand_in": font.stand_in,
            "file": font.file,
            "licence": font.licence,
            "embedding": font.rights.name(),
            "embedding_allowed": font.rights.allow_embedding(),
            "lacking": lacking.collect::<Vec<_>>(),
        })
    };
    let roles: Vec<Value> = looked.typesetter.role_fonts().iter().map(role).collect();
    let fingerprint = looked.typesetter.fonts_fingerprint().to_string();
    json!({ "workspace": null, "roles": roles, "findings": [], "fingerprint": fingerprint })
}

fn objects_of(ui: &Ui, rulebook: &Rulebook, workspace: &Workspace, findings: &[Finding]) -> Value {
    let line = |file: &str, number: u32| workspace.line(file, number);
    let reporter = Reporter {
        locale: ui.locale,
        rulebook,
        stage: Stage::Draft,
        format: Format::Json,
        colour: false,
        line: &line,
    };
    findings.iter().map(|finding| reporter.object(finding)).collect()
}
