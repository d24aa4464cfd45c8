//! How wide the columns of a table are and where the lines of its cells may end: in go the cells, out come the
//! columns' shares and marks in the cells that turn over. Custom throughout.
//!
//! Words, dates, numbers, names and what stands in brackets stay whole; short columns get what they need, and the
//! others what makes the table lowest. No text is lost.

use super::page::{Align, Column};
use super::title::{halves, pieces};

/// Where a cell's line may end; a template takes it out again.
const BREAK: &str = "\u{200b}";

/// Characters of a line of upright and of turned tables, by their number of columns: 156 and 225 mm in the sizes that
/// `templates/gongwen/ruled.typ` gives them.
const LINES: [(usize, f64, f64); 2] = [(6, 36.8, 53.1), (usize::MAX, 42.1, 60.7)];

/// Characters of a cell that are blank, left and right together, and a little for letters wider than half a character.
const BLANK: f64 = 1.0;

/// Characters: what is longer is running text and may end its lines anywhere.
const RUNNING: usize = 40;

/// Half characters: what is longer is broken, however well it belongs together.
const WHOLE: usize = 20;

/// So many rows are looked at, spread over the table.
const SAMPLE: usize = 200;

/// Characters by which a column grows at a time.
const STEP: f64 = 0.5;

/// What one line of one cell weighs against one line of the table.
const CELL_LINE: f64 = 0.1;

/// Gives `columns` their weights and marks in `rows` and heads where lines may end.
pub(super) fn fit(columns: &mut [Column], rows: &mut [Vec<String>], turned: bool) {
    let every = rows.len().div_ceil(SAMPLE).max(1);
    let heads: Vec<&str> = columns.iter().map(|column| column.title.as_str()).collect();
    let sample: Vec<Vec<&str>> =
        rows.iter().step_by(every).map(|row| row.iter().map(String::as_str).collect()).collect();
    let widths = widths(&heads, &sample, room(columns.len(), turned));
    for (at, (column, &width)) in columns.iter_mut().zip(&widths).enumerate() {
        column.weight = width + BLANK;
        mark(&mut column.title, width);
        rows.iter_mut().filter_map(|row| row.get_mut(at)).for_each(|cell| mark(cell, width));
    }
}

/// How the cells of a column written by hand stand: figures right, everything else left.
pub(super) fn align<'a>(mut cells: impl Iterator<Item = &'a str>) -> Align {
    let figure = |cell: &str| {
        cell.is_empty()
            || matches!(cell, "—" | "-" | "/")
            || cell.contains(|it: char| it.is_ascii_digit())
                && cell
                    .chars()
                    .all(|it| it.is_ascii_digit() || matches!(it, '.' | ',' | '%' | '-' | '−' | '+'))
    };
    let mut some = false;
    let all = cells.all(|cell| {
        some |= cell.contains(|it: char| it.is_ascii_digit());
        figure(cell)
    });
    if all && some { Align::Right } else { Align::Left }
}

/// What cells have for their text, in characters.
fn room(columns: usize, turned: bool) -> f64 {
    let line =
        LINES.iter().find(|(most, ..)| columns <= *most).map_or(0.0, |it| if turned { it.2 } else { it.1 });
    #[expect(clippy::cast_precision_loss, reason = "a table has few columns")]
    let blank = columns as f64 * BLANK;
    (line - blank).max(1.0)
}

/// The width of `text` in characters.
fn length(text: &str) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "no cell is so long")]
    let halves = halves(text) as f64;
    halves / 2.0
}

/// The longest piece of `cell` that should stay whole.
fn longest(cell: &str) -> f64 {
    if cell.chars().count() > RUNNING {
        return 4.0;
    }
    pieces(cell, WHOLE).into_iter().map(length).fold(0.0, f64::max)
}

/// The columns' widths in characters.
fn widths(heads: &[&str], rows: &[Vec<&str>], room: f64) -> Vec<f64> {
    let lines = || std::iter::once(heads).chain(rows.iter().map(Vec::as_slice));
    let most = |at: usize, measure: &dyn Fn(&str) -> f64| {
        lines().filter_map(|row| row.get(at)).map(|cell| measure(cell)).fold(1.0, f64::max)
    };
    let natural: Vec<f64> = (0..heads.len()).map(|at| most(at, &length)).collect();
    let whole: f64 = natural.iter().sum();
    if whole <= room {
        return natural.iter().map(|width| width * room / whole).collect();
    }
    let mut widths: Vec<f64> = (0..heads.len()).map(|at| most(at, &longest)).collect();
    let least: f64 = widths.iter().sum();
    if least > room {
        return widths.iter().map(|width| width * room / least).collect();
    }
    let lengths: Vec<Vec<f64>> = lines().map(|row| row.iter().map(|cell| length(cell)).collect()).collect();
    let mut left = room - least;
    while left >= STEP {
        let grown = |at: usize| {
            let mut wider = widths.clone();
            wider[at] += STEP;
            height(&lengths, &wider)
        };
        let open = (0..widths.len()).filter(|&at| widths[at] < natural[at]);
        let Some((at, _)) = open.map(|at| (at, grown(at))).min_by(|a, b| a.1.total_cmp(&b.1)) else { break };
        widths[at] += STEP;
        left -= STEP;
    }
    widths
}

/// How high a table is whose cells are so long and whose columns are so wide; a column that grows always makes it a
/// little lower, so that there is a way down from everywhere.
fn height(lengths: &[Vec<f64>], widths: &[f64]) -> f64 {
    let row = |row: &Vec<f64>| {
        let lines = || row.iter().zip(widths).map(|(length, width)| (length / width).max(1.0));
        lines().map(f64::ceil).fold(1.0, f64::max) + CELL_LINE * lines().sum::<f64>()
    };
    lengths.iter().map(row).sum()
}

/// Marks where the lines of `cell` may end if it needs several.
fn mark(cell: &mut String, width: f64) {
    if length(cell) > width && cell.chars().count() <= RUNNING {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "between 1 and 61 characters"
        )]
        let max = (width * 2.0) as usize;
        *cell = pieces(cell, max).join(BREAK);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compose::body::column;

    fn fitted(heads: &[&str], rows: &[&[&str]]) -> (Vec<f64>, Vec<String>, Vec<Vec<String>>) {
        let mut columns: Vec<Column> = heads.iter().map(|title| column(title, Align::Left)).collect();
        let mut rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(ToString::to_string).collect()).collect();
        fit(&mut columns, &mut rows, false);
        let shown = |cell: &String| cell.replace(BREAK, "|");
        (
            columns.iter().map(|column| column.weight).collect(),
            columns.iter().map(|column| shown(&column.title)).collect(),
            rows.iter().map(|row| row.iter().map(shown).collect()).collect(),
        )
    }

    const LONG: &str = "支持北京2022年冬奥会可持续性管理的工作建议和认证方案";

    #[test]
    fn what_belongs_together_stays_whole() {
        let row =
            [LONG, "9月21日至22日", "沈予衡、郑蕘", "委托代表（卫知行）", "完成", "上海质量管理研究院网站"];
        let (_, heads, rows) = fitted(&["任务", "完成（预计）时间", "负责", "到会", "状态", "单位"], &[&row]);
        assert_eq!(heads[1], "完成|（预计）|时间");
        assert_eq!(rows[0][1], "9月21日|至22日");
        assert_eq!(rows[0][2], "沈予衡、|郑蕘");
        assert_eq!(rows[0][4], "完成");
        assert_eq!(rows[0][0].replace('|', ""), LONG);
        assert!(rows[0][0].contains("2022年") && !rows[0][3].contains("（|"));
    }

    #[test]
    fn narrow_columns_get_what_they_need_and_long_ones_the_rest() {
        let row = ["Y1", LONG, "9月底前", "195000.00"];
        let (weights, _, rows) =
            fitted(&["编号", "任务", "时限", "金额（元）"], &[&row, &["Y2", "短", "12月底前", "1.00"]]);
        assert!(weights[1] > weights[0] + weights[2], "{weights:?}");
        assert!(rows.iter().all(|row| [0, 2, 3].iter().all(|&at| !row[at].contains('|'))), "{rows:?}");
    }

    #[test]
    fn figures_stand_right() {
        assert_eq!(align(["1,200.50", "", "—", "-3%"].into_iter()), Align::Right);
        assert_eq!(align(["3项", "4"].into_iter()), Align::Left);
        assert_eq!(align(["", "—"].into_iter()), Align::Left);
    }

    #[test]
    fn a_name_with_a_point_parts_only_at_it() {
        assert_eq!(pieces("阿依古丽·买买提、张明", 10), ["阿依古丽·", "买买提、", "张明"]);
    }
}
