//! What `check --format json` answers: workspaces with their findings. Its schema is committed as
//! `docs/check.schema.json`.

use super::{Spot, Tally, Told};
use schemars::JsonSchema;
use serde::Serialize;

/// The whole answer.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CheckAnswer {
    /// Version of this form: 1.
    pub format: u32,
    /// Version of the program.
    pub version: String,
    /// What was asked for: `draft` or `submit`.
    pub stage: String,
    /// Every workspace that was checked.
    pub workspaces: Vec<CheckedWorkspace>,
    /// All of them together.
    pub counts: Tally,
}

impl CheckAnswer {
    /// An answer without workspaces.
    pub fn new(stage: &str) -> Self {
        Self {
            format: 1,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            stage: stage.to_owned(),
            workspaces: Vec::new(),
            counts: Tally::default(),
        }
    }

    /// Takes one more workspace in.
    pub fn add(&mut self, workspace: CheckedWorkspace) {
        self.counts.errors += workspace.counts.errors;
        self.counts.warnings += workspace.counts.warnings;
        self.counts.notes += workspace.counts.notes;
        self.workspaces.push(workspace);
    }
}

/// One workspace.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct CheckedWorkspace {
    /// Its folder.
    pub root: String,
    /// Version of the rulebook.
    pub rulebook: String,
    /// What `--fix` did, or with `--dry-run` would do; only where it was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mended: Option<Mended>,
    /// What is wrong, in the order of files and lines; after `--fix`, what is left.
    pub findings: Vec<Told>,
    /// How many there are.
    pub counts: Tally,
}

/// The replacements of one workspace.
#[derive(Debug, Clone, PartialEq, Default, Serialize, JsonSchema)]
pub struct Mended {
    /// Whether the files were written; not so with `--dry-run`.
    pub written: bool,
    /// Each replacement.
    pub changes: Vec<Replaced>,
    /// Files that could be mended but not written back in their encoding.
    pub skipped: Vec<String>,
}

/// One replacement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Replaced {
    /// The rule that asks for it.
    pub rule: &'static str,
    /// Where it is.
    pub place: Spot,
    /// What stood there, with a few characters beside it.
    pub before: String,
    /// What stands there now.
    pub after: String,
}

/// The schema of the answer.
pub fn check_schema() -> serde_json::Value {
    schemars::generate::SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<CheckAnswer>()
        .into()
}
