//! `docs/templates.md`: its commands work, its names are those that templates meet.

use crate::program::{baosong, copy, example_source, project};
use baosong::build::SHIPPED_TEXTS;
use baosong::compose::page::{
    Align, Annex, Attachment, Attendees, Block, Column, Format, Head, Imprint, Meta, Page, Signatory,
    Signature, SignatureForm, Style,
};
use baosong::typeset::SHIPPED_TEMPLATES;
use serde_json::Value;
use std::collections::BTreeSet;
use std::fs;

fn page() -> String {
    fs::read_to_string(project().join("docs/templates.md")).unwrap()
}

/// The part of the page under `heading`, up to the next heading.
fn section(heading: &str) -> String {
    let page = page();
    let from = page.find(&format!("{heading}\n")).unwrap_or_else(|| panic!("no {heading}"));
    let rest = &page[from + heading.len()..];
    rest.split("\n#").next().unwrap_or_default().to_owned()
}

/// The names in the first column of its table.
fn names(section: &str) -> Vec<String> {
    let rows = section.lines().filter(|line| line.starts_with("| `"));
    let cells = rows.map(|row| row.split(" | ").next().unwrap_or_default().to_owned());
    cells.flat_map(|cell| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// A page on which everything stands.
fn full() -> Page {
    let text = || "文".to_owned();
    let body = vec![
        Block::Paragraph { text: text() },
        Block::Heading { level: 1, text: text() },
        Block::RunIn { level: 1, head: text(), text: text() },
        Block::Table {
            caption: Some(text()),
            columns: vec![Column { title: text(), weight: 1.0, align: Align::Left }],
            rows: vec![vec![text()]],
            totals: 0,
            turned: false,
        },
        Block::Picture { path: text(), caption: text(), alt: text(), width_mm: 1.0 },
    ];
    Page {
        format: Format::Plain,
        meta: Meta { title: text(), author: text(), date: (2017, 4, 13), description: text() },
        style: Style::default(),
        head: Some(Head::default()),
        title: vec![text()],
        subtitle: None,
        addressee: None,
        body: body.clone(),
        annex_notes: vec![text()],
        attendees: vec![Attendees { label: text(), text: text() }],
        signature: Some(Signature {
            signatories: vec![Signatory::default()],
            date: text(),
            form: SignatureForm::Seal,
        }),
        note: None,
        credit: None,
        annexes: vec![Annex { label: text(), title: vec![text()], body }],
        imprint: Some(Imprint::default()),
        attachments: vec![Attachment { path: text(), description: text(), mime: text() }],
    }
}

/// The dotted names of everything in `value`; what is in an annex is called by the annex's part.
fn leaves(value: &Value, name: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(parts) if name != "annexes.body" => {
            for (key, part) in parts {
                let name = if name.is_empty() { key.clone() } else { format!("{name}.{key}") };
                leaves(part, &name, found);
            }
        }
        Value::Array(items) if items.iter().any(Value::is_object) => {
            for item in items {
                leaves(item, name, found);
            }
        }
        _ => {
            found.insert(name.to_owned());
        }
    }
}

#[test]
fn the_fields_of_a_page_are_all_there() {
    let mut fields = BTreeSet::new();
    leaves(&serde_json::to_value(full()).unwrap(), "", &mut fields);
    let told: BTreeSet<String> = names(&section("## 页面数据")).into_iter().collect();
    assert_eq!(told, fields);
}

#[test]
fn the_files_are_those_inside() {
    let shipped: BTreeSet<&str> =
        SHIPPED_TEMPLATES.iter().chain(SHIPPED_TEXTS).map(|(path, _)| *path).collect();
    let told = names(&section("## 哪个文件管什么"));
    assert!(told.iter().all(|name| shipped.contains(&**name)), "{told:?}");
    let entries = shipped.iter().filter(|path| !path.starts_with("gongwen/"));
    let untold: Vec<_> = entries.filter(|path| !told.iter().any(|name| name == *path)).collect();
    assert!(untold.is_empty(), "{untold:?}");
}

/// Its commands, one after the other; then templates that ask for each name that it lists.
#[test]
fn the_commands_and_the_names_of_texts_work() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("组");
    copy(&example_source(), &root);
    let page = page();
    let blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let commands: Vec<&str> = blocks.flat_map(str::lines).collect();
    assert!(commands.len() >= 3);
    for command in &commands {
        let arguments: Vec<&str> = command.split(' ').skip(1).collect();
        baosong(&root, &arguments).ends_with(0);
    }
    assert!(root.join("模板/gongwen/title.typ").is_file() && root.join("模板/text/mail.txt").is_file());
    for (heading, file) in [("### 新闻通稿", "press.txt"), ("### 邮件", "mail.txt")] {
        let names = names(&section(heading));
        assert!(names.len() > 5, "{names:?}");
        let text: String = names.iter().map(|name| format!("{name}={{{{ {name} }}}}\n")).collect();
        fs::write(root.join("模板/text").join(file), text).unwrap();
    }
    baosong(&root, ["pack", "plan"]).ends_with(0);
    baosong(&root, ["build", "2017/活动/0921-第二次全体会议"]).ends_with(0);
    let made = fs::read_to_string(root.join("输出/2017/2017-03-第二次全体会议/新闻通稿.txt")).unwrap();
    assert!(made.starts_with("title=可持续管理体系专家组召开第二次全体会议\n"), "{made}");
}
