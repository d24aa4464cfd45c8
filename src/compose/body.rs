//! Building the text of a page: numbered sections, paragraphs, prose, tables.

use super::columns::{align, fit};
use super::page::{Align, Block, Column};
use super::phrases::{numeral, phrase};
use super::prose::blocks;
use super::title::break_caption;
use crate::derive::tables::{Cell, Table, definition};
use crate::model::{DerivedTable, Part, Photo, Prose, TableBlock, Text};
use serde_json::json;

/// What the first cell of a row of totals says.
const TOTALS: [&str; 4] = ["合计", "总计", "共计", "小计"];

/// What stands within prose and is not written there.
#[derive(Debug, Clone, Copy)]
pub(super) enum Inset<'i> {
    /// A photograph.
    Photo(&'i Photo),
    /// A computed table, with the block that asks for it.
    Table(DerivedTable, &'i TableBlock),
}

/// Turns insets into blocks; none for what cannot be shown.
pub(super) type Insets<'a> = &'a mut dyn FnMut(Inset<'_>) -> Option<Block>;

/// The text of a page as it grows.
pub(super) struct Body<'a> {
    pub(super) blocks: Vec<Block>,
    sections: usize,
    tables: usize,
    pub(super) inset: Insets<'a>,
}

impl<'a> Body<'a> {
    /// An empty text; `inset` turns photographs and computed tables within prose into blocks.
    pub(super) fn new(inset: Insets<'a>) -> Self {
        Self { blocks: Vec::new(), sections: 0, tables: 0, inset }
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
                Part::Picture(photo) => self.blocks.extend((self.inset)(Inset::Photo(photo))),
                Part::Table(table) => match table.from {
                    Some(name) => self.blocks.extend((self.inset)(Inset::Table(name, table))),
                    None => self.written(table),
                },
            }
        }
    }

    /// A table written by hand: figures stand right, a last row that says so is a total.
    fn written(&mut self, written: &TableBlock) {
        if written.rows.is_empty() || written.width() == 0 {
            return;
        }
        let cell = |cells: &[Text], at: usize| cells.get(at).map(ToString::to_string).unwrap_or_default();
        let rows: Vec<Vec<String>> =
            written.rows.iter().map(|row| (0..written.width()).map(|at| cell(row, at)).collect()).collect();
        let side = |at: usize, head: &str| match head {
            "序号" => Align::Center,
            _ => align(rows.iter().map(|row| row[at].as_str())),
        };
        let head = |at: usize| cell(&written.head, at);
        let columns = (0..written.width()).map(|at| column(&head(at), side(at, &head(at)))).collect();
        let total = rows.last().and_then(|row| row.first()).is_some_and(|it| TOTALS.contains(&it.as_str()));
        let caption = written.caption.as_ref().map(ToString::to_string);
        let turned = written.turned.is_some_and(|it| it.0);
        self.blocks.push(table(caption, columns, rows, usize::from(total), turned));
    }

    /// An upright table, unless it has no rows.
    pub(super) fn table(
        &mut self,
        caption: Option<String>,
        columns: Vec<Column>,
        rows: Vec<Vec<String>>,
        totals: usize,
    ) {
        if !rows.is_empty() {
            self.blocks.push(table(caption, columns, rows, totals, false));
        }
    }

    /// An upright table with the next number; the phrase `caption` is its caption.
    pub(super) fn numbered_table(
        &mut self,
        caption: &str,
        columns: Vec<Column>,
        rows: Vec<Vec<String>>,
        totals: usize,
    ) {
        if !rows.is_empty() {
            self.tables += 1;
            let caption = phrase(caption, json!({ "number": self.tables }));
            self.table(Some(caption), columns, rows, totals);
        }
    }
}

/// A computed table as a page shows it; none without rows. `asked` is the block that stands in the prose.
pub(super) fn derived(computed: &Table, asked: &TableBlock) -> Option<Block> {
    let shown: Vec<usize> =
        (0..computed.columns.len()).filter(|at| computed.columns[*at].on_page()).collect();
    if computed.rows.is_empty() {
        return None;
    }
    let side = |at: usize| {
        let figure = computed.rows.iter().filter_map(|row| row.get(at)).any(Cell::is_figure);
        if figure { Align::Right } else { Align::Left }
    };
    let columns = shown.iter().map(|at| column(&computed.columns[*at].title.zh, side(*at))).collect();
    let row =
        |row: &Vec<Cell>| shown.iter().map(|at| row.get(*at).map(Cell::shown).unwrap_or_default()).collect();
    let rows = computed.rows.iter().map(row).collect();
    let own = || definition(computed.name).title.zh;
    let caption = asked.caption.as_ref().map_or_else(own, ToString::to_string);
    let turned = asked.turned.is_some_and(|it| it.0);
    Some(table(Some(caption), columns, rows, computed.totals, turned))
}

/// A table with columns as wide as its cells ask for.
pub(super) fn table(
    caption: Option<String>,
    mut columns: Vec<Column>,
    mut rows: Vec<Vec<String>>,
    totals: usize,
    turned: bool,
) -> Block {
    fit(&mut columns, &mut rows, turned);
    let caption = caption.map(|caption| break_caption(&caption, if turned { 45 } else { 31 }).join("\n"));
    Block::Table { caption, columns, rows, totals, turned }
}

/// A column of a table; its cells say how wide it is.
pub(super) fn column(title: &str, align: Align) -> Column {
    Column { title: title.to_owned(), weight: 1.0, align }
}
