//! Which font stands for which face of a document: in go its runs of text and the chains of fonts, out come
//! a font for each role that was used and the characters that had to come from further down a chain.

use crate::typeset::chain::{Chain, primary, taker};
use crate::typeset::fonts::Role;
use crate::typeset::guard::{Run, visible};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// The fonts of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faces {
    /// The roles that were used, in the order of [`Role::ALL`].
    pub roles: Vec<Face>,
    /// Characters that the role's own font lacks, by the font that had them.
    pub borrowed: BTreeMap<String, BTreeSet<char>>,
    /// The files of all fonts that the pages needed, as [`FontFile::file`](super::FontFile::file) names them.
    #[serde(default)]
    pub files: BTreeSet<String>,
}

/// A role and its font.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Face {
    /// The role.
    pub role: Role,
    /// The font's name.
    pub font: String,
    /// Whether it is an open font that stands in for the one that offices use, not a font of the user's.
    pub stand_in: bool,
}

impl fmt::Display for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mark = if self.stand_in { "（代）" } else { "" };
        write!(f, "{}={}{mark}", self.role.word(), self.font)
    }
}

impl Faces {
    /// Reads all but the files off the `runs`. A character that 楷体 lacks and 仿宋 has counts as 仿宋: the paper does not
    /// tell which of the two was asked.
    pub(super) fn of(runs: &[Run], chains: &BTreeMap<Role, Chain>) -> Self {
        let is_used = |role: Role, family: &str| {
            // The marks of every face come from the font of page numbers; only a page number shows its use.
            runs.iter().any(|run| run.family == family && run.furniture == (role == Role::Song))
        };
        let used = || chains.iter().filter(|(role, chain)| is_used(**role, &primary(chain).family));
        let face = |(role, chain): (&Role, &Chain)| {
            let entry = primary(chain);
            Face { role: *role, font: entry.shown().to_owned(), stand_in: entry.own.is_none() }
        };
        let mut borrowed: BTreeMap<String, BTreeSet<char>> = BTreeMap::new();
        let asked: Vec<&Chain> =
            used().filter(|(role, _)| **role != Role::Song).map(|(_, chain)| chain).collect();
        for run in runs.iter().filter(|run| !run.furniture) {
            for c in run.text.chars().filter(|&c| visible(c)) {
                let takers = || asked.iter().map(|chain| taker(chain, c));
                if !takers().any(|entry| entry.family == run.family) {
                    let entry = chains.values().flatten().find(|entry| entry.family == run.family);
                    let font = entry.map_or(run.family.as_str(), |entry| entry.shown());
                    borrowed.entry(font.to_owned()).or_default().insert(c);
                }
            }
        }
        Self { roles: used().map(face).collect(), borrowed, files: BTreeSet::new() }
    }

    /// What the PDF says of them, a keyword each: `仿宋=朱雀仿宋（代）`, `补字=GW Song（𠮷）`.
    pub fn keywords(&self) -> Vec<String> {
        let borrowed = self.borrowed.iter().map(|(font, chars)| {
            let chars: String = chars.iter().collect();
            format!("补字={font}（{chars}）")
        });
        self.roles.iter().map(ToString::to_string).chain(borrowed).collect()
    }
}
