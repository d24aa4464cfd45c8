//! 材料清单: every file of a bundle with its size and sum, and the check code.

use super::Composer;
use super::body::{Body, Inset, column};
use super::page::{Align, Format, Page};
use super::phrases::phrase;
use crate::model::scalar::Date;
use serde_json::json;

/// A file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Path in the bundle, below `data/`.
    pub path: String,
    /// Pages, of a PDF.
    pub pages: Option<usize>,
    /// Size in bytes.
    pub bytes: u64,
    /// SHA-256, 64 hexadecimal digits.
    pub sha256: String,
}

/// Composes the list of contents.
pub fn contents(composer: &Composer<'_>, what: &str, code: &str, files: &[Listed], date: Date) -> Page {
    let group = composer.group();
    let mut page = group.page(Format::Plain, &phrase("材料清单", ()), Some(date), date);
    let mut no_inset = |_: Inset<'_>| None;
    let mut body = Body::new(&mut no_inset);
    body.paragraph(phrase("清单说明", json!({ "group": group.full_name(), "what": what })));
    body.paragraph(phrase("清单核验", json!({ "code": code })));
    let columns = vec![
        column("序号", Align::Center),
        column("文件", Align::Left),
        column("页数", Align::Center),
        column("字节", Align::Right),
        column("SHA-256（前16位）", Align::Left),
    ];
    let rows = files.iter().enumerate().map(|(index, file)| {
        vec![
            (index + 1).to_string(),
            file.path.clone(),
            file.pages.map_or_else(|| "—".to_owned(), |pages| pages.to_string()),
            file.bytes.to_string(),
            file.sha256.chars().take(16).collect(),
        ]
    });
    body.table(None, columns, rows.collect(), 0);
    page.body = body.blocks;
    page
}
