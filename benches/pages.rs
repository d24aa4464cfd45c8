//! What a page costs: an annex of plain text, one of a long table and one of many small tables, each in two lengths,
//! so that what every document costs falls out. Prints the time a page and its ratio to plain text. And what the
//! strict grid costs a document of four pages.
//!
//! `cargo bench --bench pages`

use baosong::compose::page::{Align, Annex, Block, Column, Grid, Meta, Page, Style};
use baosong::typeset::{Templates, Typesetter};
use std::collections::BTreeMap;
use std::time::Instant;

const TEXT: &str = "会议听取了2017年6月1日项目会议的情况汇报，研究了认证规则和审核时间的确定方法，专家组由十二名专家组成，\
    应邀请有关部门人员参加会议并按时报送材料。";

/// Characters that no other call with these numbers gives, so that nothing is set from the compiler's memory.
fn words(seed: usize, length: usize) -> String {
    let all: Vec<char> = TEXT.chars().filter(|c| c.is_alphanumeric()).collect();
    (0..length).map(|at| all[(seed * 31 + at * (seed % 7 + 1)) % all.len()]).collect()
}

fn page(body: Vec<Block>) -> Page {
    let title = "附件长度试验".to_owned();
    Page {
        meta: Meta {
            title: title.clone(),
            author: "某单位".into(),
            date: (2017, 4, 24),
            description: String::new(),
        },
        title: vec![title.clone()],
        body: vec![Block::Paragraph { text: words(1, 50) }],
        annex_notes: vec![title.clone()],
        annexes: vec![Annex { label: "附件".into(), title: vec![title], body }],
        ..Page::default()
    }
}

fn paragraph(seed: usize) -> Block {
    Block::Paragraph { text: words(seed, 170) }
}

/// A paragraph with its marks and figures, as papers have them; every seed begins elsewhere.
fn marked(seed: usize) -> Block {
    let all: Vec<char> = TEXT.chars().collect();
    let text: String = (0..170).map(|at| all[(seed * 7 + at) % all.len()]).collect();
    Block::Paragraph { text: format!("{}{text}。", words(seed, 3)) }
}

fn table(seed: usize, lengths: &[usize], rows: usize) -> Block {
    let column = |&length: &usize| Column {
        title: words(seed, length.min(3)),
        weight: f64::from(u32::try_from(length).unwrap_or(1)).min(10.0) + 1.0,
        align: Align::Left,
    };
    let row = |row: usize| {
        lengths.iter().enumerate().map(|(at, &length)| words(seed + row * 8 + at, length)).collect()
    };
    Block::Table {
        caption: Some("表题".into()),
        columns: lengths.iter().map(column).collect(),
        rows: (0..rows).map(row).collect(),
        totals: 0,
        turned: false,
    }
}

/// Its name, its two lengths, and what makes it so long.
type Kind = (&'static str, [usize; 2], fn(usize) -> Vec<Block>);

/// Seconds and pages.
fn set(typesetter: &Typesetter, body: Vec<Block>) -> (f64, usize) {
    let start = Instant::now();
    let sheet = typesetter.set(&page(body), &BTreeMap::new()).expect("a sheet");
    (start.elapsed().as_secs_f64(), sheet.pages)
}

fn main() {
    let typesetter = Typesetter::new(Templates::new()).expect("shipped templates and fonts");
    set(&typesetter, vec![paragraph(1)]);
    let kinds: [Kind; 3] = [
        ("text", [40, 400], |n| (0..n).map(|i| paragraph(n + i)).collect()),
        ("one table of 8 columns", [160, 1600], |n| vec![table(n, &[2, 14, 6, 6, 5, 9, 6, 4], n)]),
        ("many tables", [10, 100], |n| {
            (0..n).flat_map(|i| [table(n + i * 50, &[3, 12, 6, 8], i % 5 + 1), paragraph(n + i)]).collect()
        }),
    ];
    let mut text = None;
    for (name, lengths, body) in kinds {
        let [(short, few), (long, many)] = lengths.map(|n| set(&typesetter, body(n)));
        #[expect(clippy::cast_precision_loss, reason = "pages are few")]
        let cost = (long - short) * 1000.0 / (many - few) as f64;
        let plain = *text.get_or_insert(cost);
        println!("{name:24} {many:4} pages  {cost:7.2} ms a page  {:5.2} × text", cost / plain);
    }
    strict_grid(&typesetter);
}

/// Documents of four pages on both grids, in turn; the middle of their times.
fn strict_grid(typesetter: &Typesetter) {
    let mut times = [Vec::new(), Vec::new()];
    for seed in 0..60 {
        for (times, grid) in times.iter_mut().zip([Grid::Natural, Grid::Strict]) {
            let body = (0..8).map(|i| marked(seed * 8 + i)).collect();
            let page = Page { style: Style { grid, ..Style::default() }, ..page(body) };
            let start = Instant::now();
            let pages = typesetter.set(&page, &BTreeMap::new()).expect("a sheet").pages;
            assert_eq!(pages, 4, "pages");
            times.push(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    let [natural, strict] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    });
    println!(
        "four pages: natural grid {natural:.1} ms, strict grid {strict:.1} ms, {:.2} ×",
        strict / natural
    );
}
