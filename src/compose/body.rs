//! Building the text of a page: numbered sections, paragraphs, prose, tables.

use super::page::{Align, Block, Column};
use super::phrases::numeral;
use super::prose::blocks;
use crate::model::{Part, Photo, Prose};

/// The text of a page as it grows.
pub(super) struct Body<'a> {
    pub(super) blocks: Vec<Block>,
    sections: usize,
    pub(super) picture: &'a mut dyn FnMut(&Photo) -> Option<Block>,
}

impl<'a> Body<'a> {
    /// An empty text; `picture` turns a photograph within prose into a block.
    pub(super) fn new(picture: &'a mut dyn FnMut(&Photo) -> Option<Block>) -> Self {
        Self { blocks: Vec::new(), sections: 0, picture }
    }

    /// A heading of level 1 with the next number.
    pub(super) fn section(&mut self, title: &str) {
        self.sections += 1;
        let text = format!("{}、{title}", numeral(self.sections));
        self.blocks.push(Block::Heading { level: 1, text });
    }

    /// A heading of another level, with its number.
    pub(super) fn heading(&mut self, level: u8, text: String) {
        self.blocks.push(Block::Heading { level, text });
    }

    /// A paragraph, unless it is empty.
    pub(super) fn paragraph(&mut self, text: String) {
        if !text.trim().is_empty() {
            self.blocks.push(Block::Paragraph { text });
        }
    }

    /// Text of several lines, with the headings that stand in it.
    pub(super) fn text(&mut self, text: &str) {
        self.blocks.extend(blocks(text));
    }

    /// Prose with its tables and pictures.
    pub(super) fn prose(&mut self, prose: &Prose) {
        for part in &prose.0 {
            match part {
                Part::Text(text) => self.text(text),
                Part::Picture(photo) => self.blocks.extend((self.picture)(photo)),
                Part::Table(table) => {
                    let width = table.rows.iter().map(Vec::len).chain([table.head.len()]).max().unwrap_or(0);
                    let cell =
                        |cells: &[crate::model::Text], at: usize| cells.get(at).map(ToString::to_string);
                    let columns: Vec<Column> = (0..width)
                        .map(|at| column(&cell(&table.head, at).unwrap_or_default(), 1.0, Align::Left))
                        .collect();
                    let row = |row: &Vec<crate::model::Text>| {
                        (0..width).map(|at| cell(row, at).unwrap_or_default()).collect()
                    };
                    let caption = table.caption.as_ref().map(ToString::to_string);
                    self.table(caption, columns, table.rows.iter().map(row).collect(), 0);
                }
            }
        }
    }

    /// A table, unless it has no rows.
    pub(super) fn table(
        &mut self,
        caption: Option<String>,
        columns: Vec<Column>,
        rows: Vec<Vec<String>>,
        totals: usize,
    ) {
        if rows.is_empty() || columns.is_empty() {
            return;
        }
        self.blocks.push(Block::Table { caption, columns, rows, totals, turned: false });
    }
}

/// A column of a table.
pub(super) fn column(title: &str, weight: f64, align: Align) -> Column {
    Column { title: title.to_owned(), weight, align }
}
