//! Awkward text in every text field of every kind, and pictures that are none: each text stands on a page
//! or a finding names its line; nothing panics.

use crate::paper::{self, TYPESETTER};
use crate::program::{baosong, project, small};
use baosong::finding::Finding;
use baosong::model::{Kind, schema};
use baosong::workspace::Workspace;
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Characters that mean something to YAML, to the typesetter, to a shell or to HTML.
const MARKUP: [&str; 12] = [
    "#x[y]",
    "$z$ @甲",
    "*乙* _丙_",
    "<丁> \\戊\\n",
    "~ // ///",
    "/* 己 */",
    "`庚` ``",
    "\"辛\" '壬'",
    "{癸} %d",
    "& = - +",
    "^ | !",
    "1. 一、（一）",
];

/// Fields whose text is a value with a syntax of its own, and one that is right.
const SOUND: [(&str, &str); 13] = [
    ("日期", "2017-06-18"),
    ("截至", "2017-10-15"),
    ("时限", "2017年9月"),
    ("完成时限", "2017年9月"),
    ("预计完成", "2017年12月"),
    ("完成日期", "2017-09-01"),
    ("举办时间", "2017年9月"),
    ("回执期限", "2017-06-10"),
    ("记事日期", "2017-06-18"),
    ("金额", "100.00"),
    ("任期", "2017-04"),
    ("起", "2017-04-13"),
    ("文件", "图片/01.jpg"),
];

/// How prose is written.
#[derive(Clone, Copy, PartialEq)]
enum Prose {
    Lines,
    Blocks,
}

/// Writes a file of a kind with every field that its schema knows.
struct Filler<'a> {
    schema: Value,
    prose: Prose,
    /// The text of the field at a path.
    text: &'a mut dyn FnMut(&str) -> String,
}

impl Filler<'_> {
    fn value(&mut self, schema: &Value, path: &str) -> Value {
        if let Some(name) = schema["$ref"].as_str() {
            let name = name.rsplit('/').next().unwrap_or_default();
            let name = percent_encoding::percent_decode_str(name).decode_utf8_lossy();
            let definition = self.schema["definitions"][&*name].clone();
            return self.value(&definition, path);
        }
        if let Some(only) = schema["allOf"].get(0) {
            return self.value(&only.clone(), path);
        }
        for word in ["anyOf", "oneOf"] {
            if let Some(choices) = schema[word].as_array() {
                return self.choice(&choices.clone(), path);
            }
        }
        if let Some(properties) = schema["properties"].as_object() {
            let properties = properties.clone();
            return properties
                .iter()
                .map(|(key, it)| (key.clone(), self.value(it, &format!("{path}/{key}"))))
                .collect::<Map<_, _>>()
                .into();
        }
        if let Some(items) = schema.get("items") {
            return self.items(&items.clone(), path);
        }
        self.scalar(schema, path)
    }

    fn choice(&mut self, choices: &[Value], path: &str) -> Value {
        let is_list = |choice: &&Value| choice.get("items").is_some();
        let wanted = match self.prose {
            Prose::Blocks => choices.iter().find(is_list),
            Prose::Lines => choices.iter().find(|choice| !is_list(choice)),
        };
        let chosen = wanted.or(choices.first()).cloned().unwrap_or_default();
        self.value(&chosen, path)
    }

    fn items(&mut self, items: &Value, path: &str) -> Value {
        let kinds = items["anyOf"].as_array().or(items["oneOf"].as_array()).cloned();
        match kinds {
            Some(kinds) if kinds.iter().any(|kind| kind.get("const").is_none()) => kinds
                .iter()
                .enumerate()
                .map(|(index, kind)| self.value(kind, &format!("{path}/{index}")))
                .collect::<Vec<_>>()
                .into(),
            _ => vec![self.value(items, &format!("{path}/0"))].into(),
        }
    }

    fn scalar(&mut self, schema: &Value, path: &str) -> Value {
        if let Some(only) = schema.get("const").or_else(|| schema["enum"].get(0)) {
            return only.clone();
        }
        let key = path.rsplit('/').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
        if schema["type"] == "integer" {
            return Value::from(match key {
                "年度" => 2017,
                _ => 1,
            });
        }
        let sound = SOUND.iter().find(|(name, _)| *name == key).map(|(_, text)| *text);
        let pattern = schema["pattern"]
            .as_str()
            .map(|pattern| if pattern.contains("元") { "100.00" } else { "2017-06-18" });
        Value::from(pattern.or(sound).map_or_else(|| (self.text)(path), str::to_owned))
    }
}

/// A workspace that has every field, and where in it each text stands.
struct Full {
    root: PathBuf,
    /// File and line of each text, with its path.
    texts: Vec<(String, u32, String, String)>,
    _folder: TempDir,
}

impl Full {
    fn make(prose: Prose, text: &mut dyn FnMut(&str) -> String) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let root = folder.path().join("组");
        let mut texts = Vec::new();
        for kind in Kind::ALL {
            let file = match kind {
                Kind::Profile => "专家组.yaml",
                Kind::Plan => "2017/工作计划.yaml",
                Kind::Activity => "2017/活动/全/活动.yaml",
                Kind::Summary => "2017/工作总结.yaml",
            };
            let mut placed = BTreeMap::new();
            let mut note = |path: &str| {
                let written = text(path);
                placed.insert(format!("〔{:03}〕", placed.len()), (path.to_owned(), written.clone()));
                format!("〔{:03}〕{written}", placed.len() - 1)
            };
            let schema = schema::of(kind, &|_, _| None);
            let mut filler = Filler { schema: schema.clone(), prose, text: &mut note };
            let value = filler.value(&schema, kind.word());
            let yaml = serde_json::to_string_pretty(&value).expect("JSON");
            for (number, line) in (1..).zip(yaml.lines()) {
                for (mark, (path, written)) in &placed {
                    if line.contains(mark.as_str()) {
                        texts.push((file.to_owned(), number, path.clone(), format!("{mark}{written}")));
                    }
                }
            }
            let path = root.join(file);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, yaml).expect("a file");
        }
        for folder in ["2017/活动/全/图片", "2017/图片"] {
            fs::create_dir_all(root.join(folder)).expect("a folder");
            fs::copy(project().join("tests/media/phone.jpg"), root.join(folder).join("01.jpg"))
                .expect("a picture");
        }
        Self { root, texts, _folder: folder }
    }

    /// The texts that are neither on a page nor in a line that a finding names.
    fn silent(&self) -> (Vec<String>, Vec<Finding>) {
        let workspace = Workspace::read(&self.root);
        let mut findings = paper::findings(&workspace);
        let (papers, failed) = paper::set(&workspace, "", 2);
        findings.extend(failed);
        let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let mut pages = String::new();
        for paper in &papers {
            pages.extend(paper.sheet.runs.iter().filter(|run| !run.furniture).map(|run| bare(&run.text)));
        }
        let is_named = |file: &str, line: u32| {
            findings
                .iter()
                .filter_map(|finding| finding.place.as_ref())
                .any(|at| at.file == file && at.line == line)
        };
        let silent = self
            .texts
            .iter()
            .filter(|(file, line, _, text)| !pages.contains(&bare(text)) && !is_named(file, *line));
        (silent.map(|(_, _, path, text)| format!("{path}: {text}")).collect(), findings)
    }
}

#[test]
fn markup_is_printed_as_it_is() {
    let mut all = Vec::new();
    for prose in [Prose::Lines, Prose::Blocks] {
        let mut turn = 0;
        let full = Full::make(prose, &mut |_| {
            turn += 1;
            MARKUP[turn % MARKUP.len()].to_owned()
        });
        let (silent, findings) = full.silent();
        let pages: Vec<_> = findings.iter().filter(|finding| finding.rule.starts_with("page/")).collect();
        for f in &pages {
            eprintln!("{f:?}");
        }
        eprintln!("{}", full.texts.len());
        all.extend(silent);
        all.push("----".into());
    }
    panic!("{}", all.join("\n"));
}
