//! `submission.json`: what a bundle is, for the programs of the receiving office. Its schema is
//! committed as `docs/submission.schema.json`.

use crate::rulebook::{Choice, Rulebook, Switch, Weighed};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// The whole file.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Submission {
    /// Version of this form: 1.
    pub format: u32,
    /// The program that made the bundle, and its version.
    pub tool: String,
    /// Who submits.
    pub group: Sender,
    /// The year that it is about.
    pub year: u16,
    /// What it is: `plan`, `activity-before`, `activity-after`, `summary`, `year`.
    pub kind: String,
    /// Number of the activity, for a bundle about one.
    pub item: Option<String>,
    /// File number of the covering paper.
    pub number: Option<String>,
    /// Date of the covering paper, ISO 8601.
    pub date: Option<String>,
    /// Version, from 1.
    pub version: u16,
    /// What it replaces.
    pub replaces: Option<String>,
    /// When what it is about took place, ISO 8601, first and last day.
    pub held: Option<(String, String)>,
    /// When it was due, ISO 8601, if the regulation or the general secretariat set a date.
    pub due: Option<String>,
    /// Version of the rulebook.
    pub rulebook: String,
    /// The switches of interpretation in force.
    pub switches: BTreeMap<String, String>,
    /// The group's own overlay on severities and switches, where one is in force.
    pub house: Option<House>,
    /// Findings of 事实: what happened and asks for an explanation. They never stop a bundle.
    pub facts: Vec<Fact>,
    /// What facts oblige the group to send besides and was not sent by the date of the covering paper.
    pub obligations: Vec<Obligation>,
    /// The papers and other files of the payload, without this file.
    pub files: Vec<File>,
    /// The YAML sources.
    pub inputs: Vec<File>,
    /// The original photographs, as they were before they were made smaller.
    pub photographs: Vec<Photograph>,
    /// The fonts in the papers; covering paper and list of contents are not counted. A font of the group's own is
    /// named by its path in the workspace, another by its name in the program.
    pub fonts: Vec<File>,
    /// The page templates.
    pub templates: Vec<File>,
    /// Files without part in the check code, from `data/` on.
    pub check_code_excludes: Vec<String>,
}

/// Who submits.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Sender {
    /// 全称.
    pub name: String,
    /// 规范化简称.
    pub short_name: Option<String>,
    /// 代字.
    pub code: Option<String>,
}

/// 本组规则: what the group has changed. It is no part of the law by which a receiving office judges.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct House {
    /// Its path in the bundle, from `data/` on.
    pub path: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// The rules weighed anew, and how grave they are at both stages: 提示, 警告, 错误.
    pub severities: BTreeMap<String, String>,
    /// The switches that were set.
    pub switches: BTreeMap<String, Chosen>,
}

/// A switch as a group has set it.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Chosen {
    /// 是 or 否.
    pub value: String,
    /// 依据: who said so.
    pub basis: Option<String>,
}

impl House {
    /// The overlay of `rulebook`, whose file stands among `inputs`.
    pub(super) fn of(rulebook: &Rulebook, inputs: &[File]) -> Option<Self> {
        let house = rulebook.house.as_ref()?;
        let path = format!("data/源文件/{}", house.file);
        let carried = inputs.iter().find(|input| input.path == path)?;
        let severity = |(id, weighed): (&String, &Weighed)| (id.clone(), weighed.now.word().to_owned());
        let chosen = |(name, switch): (&String, &Switch)| {
            let Choice { value, basis } = switch.chosen.clone()?;
            Some((name.clone(), Chosen { value, basis }))
        };
        Some(Self {
            path: carried.path.clone(),
            sha256: carried.sha256.clone(),
            severities: house.weighed.iter().map(severity).collect(),
            switches: rulebook.terms.switches.iter().filter_map(chosen).collect(),
        })
    }
}

/// A finding of 事实.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Fact {
    /// Id of the rule.
    pub rule: String,
    /// Its message in Chinese.
    pub message: String,
    /// File, line and column of the source.
    pub place: Option<String>,
}

/// A paper that is owed because something happened.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Obligation {
    /// Which paper: 成员调整报告, 小组组成备案, 小组工作情况备案, 重大事项报告.
    pub kind: String,
    /// Whom or what it is about.
    pub subject: String,
    /// The day that opened it, ISO 8601.
    pub since: Option<String>,
}

/// A file and its sum.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct File {
    /// Its path.
    pub path: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// A photograph of the bundle and the original it was made from.
#[derive(Debug, Clone, PartialEq, Serialize, JsonSchema)]
pub struct Photograph {
    /// Path in the bundle, from `data/` on.
    pub path: String,
    /// Name of the original.
    pub original: String,
    /// SHA-256 of the original, hexadecimal.
    pub original_sha256: String,
    /// 说明.
    pub caption: Option<String>,
    /// Width and height of the copy in the bundle, pixels.
    pub size: (u32, u32),
}

/// The schema of the file.
pub fn schema() -> serde_json::Value {
    schemars::generate::SchemaSettings::draft07().into_generator().into_root_schema_for::<Submission>().into()
}
