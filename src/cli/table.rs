//! `baosong table`: the tables computed from a year, as text, as lines for a spreadsheet, as JSON.

use super::check::workspace;
use super::ui::path;
use super::{Outcome, Ui};
use crate::build::Scope;
use crate::check::{Context, Law, table};
use crate::derive::tables::{Cell, Column, Table, definition};
use crate::finding::Finding;
use crate::model::DerivedTable;
use crate::rulebook::{Lang, Rulebook, Severity, Stage};
use crate::workspace::{Workspace, nearest};
use clap::ArgMatches;
use serde_json::{Map, Value, json};
use std::fmt::Write;
use unicode_width::UnicodeWidthStr;

pub(super) fn run(ui: &Ui, rulebook: &'static Rulebook, matches: &ArgMatches) -> Outcome {
    let Some(name) = matches.get_one::<String>("table") else {
        if ui.json() {
            ui.answer(&names(ui.locale.lang));
        } else {
            ui.print(&listed(ui.locale.lang));
        }
        return Outcome::Fine;
    };
    let Some(name) = DerivedTable::of(name) else {
        let near = near(name);
        return ui.refuse("table.unknown", json!({ "name": name, "near": near }));
    };
    match computed(ui, rulebook, name, matches) {
        Ok((table, outcome)) => {
            let format = matches.get_one::<String>("format").map(String::as_str);
            ui.print(&match format {
                Some("csv") => csv(&table, ui.locale.lang),
                Some("json") => format!("{:#}\n", as_json(&table, ui.locale.lang, outcome)),
                _ => markdown(&table, ui),
            });
            outcome
        }
        Err(finding) => ui.failure(rulebook, &finding),
    }
}

/// The table, and whether everything it is made of could be read; if not, that is said beside it.
fn computed(
    ui: &Ui,
    rulebook: &'static Rulebook,
    name: DerivedTable,
    matches: &ArgMatches,
) -> Result<(Table, Outcome), Finding> {
    let path = path(matches);
    let workspace = Workspace::read(&workspace(&path)?);
    let nothing = || Finding::new("workspace/nothing").fact("what", name.word());
    let law = Law::of(&workspace, rulebook);
    let context = Context::new(&workspace, &law, &|_| Vec::new());
    let scope = Scope::of(&workspace, &path);
    let years = workspace.years_in(|file| scope.holds(file));
    let has = |year: &&u16| !is_bare(&context, name, **year);
    let newest = || years.iter().rev().find(has).or(years.last()).copied();
    let given = matches.get_one::<u16>("year").copied();
    let year = given.or_else(newest).ok_or_else(nothing)?;
    if given.is_none() && years.len() > 1 && !ui.json() {
        ui.complain(&format!("{}\n", ui.locale.say("year.taken", json!({ "year": year, "years": years }))));
    }
    let unread = workspace
        .findings
        .iter()
        .filter(|finding| law.rulebook.severity(finding.rule, Stage::Draft) == Severity::Error);
    let errors = unread.count();
    if errors > 0 && !ui.json() {
        ui.complain(&format!("{}\n", ui.locale.say("table.unread", json!({ "errors": errors }))));
    }
    let outcome = if errors > 0 { Outcome::Findings } else { Outcome::Fine };
    Ok((table(&context, name, year, None), outcome))
}

/// Whether a table says nothing of a year; one of attendance, as long as nobody wrote who came.
fn is_bare(context: &Context<'_>, name: DerivedTable, year: u16) -> bool {
    let mut held = context.workspace.held_in(year);
    let silent = name == DerivedTable::Attendance && held.all(|it| it.model.attendance.is_none());
    silent || table(context, name, year, None).rows.is_empty()
}

/// Names and titles of all tables.
fn listed(lang: Lang) -> String {
    DerivedTable::ALL.into_iter().fold(String::new(), |mut out, name| {
        let word = format!("{}{}", name.word(), " ".repeat(14usize.saturating_sub(name.word().width())));
        let _ = writeln!(out, "{:12}{word}{}", name.id(), definition(name).title.get(lang));
        out
    })
}

fn names(lang: Lang) -> Value {
    let one = |name: DerivedTable| json!({ "name": name.id(), "word": name.word(), "title": definition(name).title.get(lang) });
    json!({ "tables": DerivedTable::ALL.into_iter().map(one).collect::<Vec<_>>() })
}

/// The name meant, of the same script as what was typed.
fn near(name: &str) -> Option<String> {
    let names = |of: fn(DerivedTable) -> &'static str| -> Vec<String> {
        DerivedTable::ALL.into_iter().map(|table| of(table).to_owned()).collect()
    };
    nearest(name, &names(if name.is_ascii() { DerivedTable::id } else { DerivedTable::word }))
}

/// Columns and cells that texts show.
fn shown(table: &Table) -> Vec<(usize, &Column)> {
    table.columns.iter().enumerate().filter(|(_, column)| column.on_page()).collect()
}

/// A table of Markdown whose columns stand under each other; a Chinese character is two wide.
fn markdown(table: &Table, ui: &Ui) -> String {
    let lang = ui.locale.lang;
    let defined = definition(table.name);
    let facts = json!({ "year": table.year, "title": defined.title.get(lang), "note": defined.note.get(lang), "article": defined.article });
    let mut out = format!("{}\n\n", ui.locale.say("table.title", &facts));
    if table.rows.is_empty() {
        let _ = writeln!(out, "{}", ui.locale.say("table.empty", &facts));
        return out;
    }
    let columns = shown(table);
    let head: Vec<String> = columns.iter().map(|(_, column)| escaped(column.title.get(lang))).collect();
    let rows: Vec<Vec<String>> = table
        .rows
        .iter()
        .map(|row| {
            columns.iter().map(|(at, _)| row.get(*at).map(|it| escaped(&it.shown())).unwrap_or_default())
        })
        .map(Iterator::collect)
        .collect();
    let figures = |at: usize| table.rows.iter().filter_map(|row| row.get(at)).any(Cell::is_figure);
    let right: Vec<bool> = columns.iter().map(|(at, _)| figures(*at)).collect();
    let wide = |at: usize| {
        let cells = rows.iter().map(|row| row[at].width());
        cells.chain([head[at].width(), 3]).max().unwrap_or(3)
    };
    let widths: Vec<usize> = (0..head.len()).map(wide).collect();
    let mut line = |cells: &[String]| {
        for ((cell, width), right) in cells.iter().zip(&widths).zip(&right) {
            let fill = " ".repeat(width.saturating_sub(cell.width()));
            let _ = if *right { write!(out, "| {fill}{cell} ") } else { write!(out, "| {cell}{fill} ") };
        }
        out.push_str("|\n");
    };
    line(&head);
    let rule = |(width, right): (&usize, &bool)| {
        if *right { format!("{}:", "-".repeat(width - 1)) } else { "-".repeat(*width) }
    };
    line(&widths.iter().zip(&right).map(rule).collect::<Vec<_>>());
    for row in &rows {
        line(row);
    }
    let _ = writeln!(out, "\n{}", ui.locale.say("table.note", &facts));
    out
}

/// One line, with what would end a cell made harmless.
fn escaped(text: &str) -> String {
    text.replace(['\n', '\r'], " ").replace('|', "\\|")
}

/// Comma-separated values (RFC 4180) with all columns, dates and figures plain. It begins with a byte order mark:
/// without one WPS and Excel take Chinese for another encoding. Text that a spreadsheet would compute, because it
/// begins with `=`, `+` or `@`, gets an apostrophe before it.
fn csv(table: &Table, lang: Lang) -> String {
    let mut writer = ::csv::WriterBuilder::new().terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    let head = table.columns.iter().map(|column| harmless(column.title.get(lang)));
    let _ = writer.write_record(head);
    for row in &table.rows {
        let _ = writer.write_record(row.iter().map(|cell| match cell {
            Cell::Text(text) => harmless(text),
            cell => cell.plain(),
        }));
    }
    let bytes = writer.into_inner().unwrap_or_default();
    format!("\u{feff}{}", String::from_utf8_lossy(&bytes))
}

fn harmless(text: &str) -> String {
    if text.starts_with(['=', '+', '@']) { format!("'{text}") } else { text.to_owned() }
}

/// Columns with ids and titles, rows as objects by id; dates are ISO texts, figures numbers. It is not
/// complete where a file could not be read.
fn as_json(table: &Table, lang: Lang, outcome: Outcome) -> Value {
    let defined = definition(table.name);
    let columns: Vec<Value> = table
        .columns
        .iter()
        .map(|column| json!({ "id": column.id, "title": column.title.get(lang) }))
        .collect();
    let row = |row: &Vec<Cell>| {
        let cells = table.columns.iter().zip(row).map(|(column, cell)| (column.id.clone(), cell.json()));
        Value::from(cells.collect::<Map<_, _>>())
    };
    let rows: Vec<Value> = table.rows.iter().map(row).collect();
    json!({
        "name": table.name.id(),
        "title": defined.title.get(lang),
        "article": defined.article,
        "year": table.year,
        "columns": columns,
        "rows": rows,
        "totals": table.totals,
        "complete": outcome == Outcome::Fine,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreadsheets_compute_nothing() {
        for (text, shown) in
            [("=1+1", "'=1+1"), ("@甲", "'@甲"), ("+8", "'+8"), ("—", "—"), ("甲=乙", "甲=乙")]
        {
            assert_eq!(harmless(text), shown);
        }
    }

    #[test]
    fn a_near_name_is_guessed_in_its_script() {
        assert_eq!(near("attendence").as_deref(), Some("attendance"));
        assert_eq!(near("成员出席").as_deref(), Some("成员出勤"));
        assert_eq!(near("x"), None);
    }
}
