//! Titles and columns of the computed tables. They lie in `templates/text/tables.yaml`, not here.

use crate::model::{DerivedTable, Yes};
use crate::rulebook::Words;
use crate::source::{Document, from_node};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

/// The column that becomes one for each activity or round.
pub(super) const EACH: &str = "*";

/// What a table is.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Definition {
    /// 标题.
    #[serde(rename = "标题")]
    pub title: Words,
    /// 条款 that asks for it.
    #[serde(rename = "条款")]
    pub article: String,
    /// 说明: how it is computed and what its marks mean.
    #[serde(rename = "说明")]
    pub note: Words,
    /// 栏.
    #[serde(rename = "栏")]
    pub columns: Vec<Column>,
}

/// A column.
#[derive(Debug, Clone, Default, Deserialize)]
pub struct Column {
    /// 编号: its key in JSON.
    #[serde(rename = "编号")]
    pub id: String,
    /// 标题.
    #[serde(rename = "标题")]
    pub title: Words,
    /// 数据: only data formats have it.
    #[serde(rename = "数据")]
    pub data_only: Option<Yes>,
}

impl Column {
    /// Whether pages and texts show it.
    pub fn on_page(&self) -> bool {
        !self.data_only.is_some_and(|yes| yes.0)
    }
}

static DEFINITIONS: LazyLock<BTreeMap<String, Definition>> = LazyLock::new(|| {
    let text = include_str!("../../../templates/text/tables.yaml");
    let document = Document::read("tables.yaml", text.as_bytes(), &BTreeSet::new());
    document.tree.and_then(|tree| from_node(&tree).ok()).unwrap_or_default()
});

/// The definition of `table`.
pub fn definition(table: DerivedTable) -> Definition {
    DEFINITIONS.get(table.word()).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_defined_and_no_other() {
        let defined: BTreeSet<&str> = DEFINITIONS.keys().map(String::as_str).collect();
        assert_eq!(defined, DerivedTable::ALL.iter().map(|table| table.word()).collect());
        for table in DerivedTable::ALL {
            let Definition { title, article, note, columns } = definition(table);
            assert!(!title.zh.is_empty() && !title.en.is_empty() && article.starts_with('第'));
            assert!(!note.zh.is_empty() && !note.en.is_empty());
            let ids: BTreeSet<&str> = columns.iter().map(|column| &*column.id).collect();
            assert_eq!(ids.len(), columns.len(), "{}", table.word());
            assert!(columns.iter().all(|column| !column.title.zh.is_empty() && !column.title.en.is_empty()));
            assert_eq!(DerivedTable::of(table.id()), DerivedTable::of(table.word()));
        }
    }
}
