//! The page of keys: the schemas of all kinds go in, a table for each structure comes out, with an example made from the
//! scaffold.

use super::escaped;
use crate::program::baosong;
use baosong::model::{Kind, schema};
use baosong::report::Locale;
use baosong::rulebook::Lang;
use regex::Regex;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

const INTRO: &str = "# 键一览

YAML 文件里能写的每一个键。本页由程序的 schema 生成；编辑器里的补全和说明也来自它（`baosong schema`）。

- **写法**：“文字”不加引号就行，纯数字也当文字读；“列表”每项前写“- ”，短的可以写成 `[甲, 乙]`；有链接的是一个结构，
  短的可以写成 `{ 姓名: 张三, 单位: 某单位 }`。“日期”写 `2026-01-31` 或 `2026年1月31日`；“金额”单位是元，只写数字。
- **必写**：不写就读不出来的键。其余的键写不写看情况，管理规则要求写的由检查来说，见[规则一览](rules.md)。
- 写错了键名，`baosong check` 会指出来，并说出最像的那个。

";

/// What stands before the table of a kind.
fn about(kind: Kind) -> &'static str {
    match kind {
        Kind::Profile => "专家组的基本情况，每个工作区一份，文件名是 `专家组.yaml`。由 `baosong init` 新建。",
        Kind::Plan => "一年一份，每年1月31日前报送（第十六条第一项）。由 `baosong new plan` 新建。",
        Kind::Activity => {
            "一次活动一份：会前的通知、邀请函、活动报告，会后的纪要、通稿、图片都从它来。由 `baosong new activity` 新建。写全了的例子见[一年二十分钟](tutorial.md)。"
        }
        Kind::Summary => "一年一份，每年10月31日前报送（第十六条第二项）。由 `baosong new summary` 新建。",
        Kind::Records => "平时随手记的流水，一年可以一份或几份。由 `baosong new records` 新建。",
        Kind::Holidays => "国务院办公厅的放假通知，发布后照着填。由 `baosong new holidays` 新建。",
        Kind::HouseRules => "本组自己定的级别和口径。由 `baosong new rules` 新建。",
    }
}

/// The page.
pub(super) fn page() -> String {
    let describe = |structure: &str, key: &str| Locale::of(Lang::Zh).key(structure, key);
    let schemas: Vec<(Kind, Value)> =
        Kind::ALL.iter().map(|kind| (*kind, schema::of(*kind, &describe))).collect();
    let mut uses: BTreeMap<&str, (usize, &Value)> = BTreeMap::new();
    for (name, definition) in schemas.iter().flat_map(|(_, schema)| definitions(schema)) {
        let (count, first) = uses.entry(name).or_insert((0, definition));
        assert_eq!(*first, definition, "{name} means two things");
        *count += 1;
    }
    let examples = examples();
    let mut out = INTRO.to_owned();
    for (kind, schema) in &schemas {
        let _ = write!(out, "## {}\n\n{}\n\n", kind.word(), about(*kind));
        table(schema, &mut out);
        let _ = write!(out, "例：\n\n```yaml\n{}\n```\n\n", examples[kind.word()]);
        for (name, definition) in definitions(schema).filter(|(name, _)| uses[name].0 == 1) {
            let _ = write!(out, "### {name}\n\n");
            table(definition, &mut out);
        }
    }
    out.push_str("## 共用的结构\n\n几类文件都用到的。\n\n");
    for (name, (_, definition)) in uses.iter().filter(|(_, (count, _))| *count > 1) {
        let _ = write!(out, "### {name}\n\n");
        table(definition, &mut out);
    }
    out.truncate(out.trim_end().len());
    out + "\n"
}

fn definitions(schema: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let all = schema["definitions"].as_object().into_iter().flatten();
    all.map(|(name, definition)| (name.as_str(), definition))
}

fn table(structure: &Value, out: &mut String) {
    out.push_str("| 键 | 是什么 | 写法 | 必写 |\n| --- | --- | --- | --- |\n");
    let properties: &Map<String, Value> = structure["properties"].as_object().unwrap();
    for (key, property) in properties {
        let is_required = structure["required"].as_array().is_some_and(|all| all.iter().any(|it| it == key));
        let description = escaped(property["description"].as_str().unwrap_or_default());
        let required = if is_required { "必写" } else { "" };
        let _ = writeln!(out, "| {key} | {description} | {} | {required} |", form(property));
    }
    out.push('\n');
}

/// How a value is written.
fn form(schema: &Value) -> String {
    if let Some(target) = schema["$ref"].as_str() {
        let name = target.rsplit('/').next().unwrap();
        let name = percent_encoding::percent_decode_str(name).decode_utf8().unwrap();
        return format!("[{name}](#{name})");
    }
    if let Some([only]) = schema["allOf"].as_array().map(Vec::as_slice) {
        return form(only);
    }
    if let Some(choices) = schema["anyOf"].as_array() {
        return choices.iter().map(form).collect::<Vec<_>>().join("，或");
    }
    if let Some(word) = schema["const"].as_str() {
        return format!("`{word}`");
    }
    if let Some(words) = schema["enum"].as_array() {
        let words: Vec<&str> = words.iter().map(|word| word.as_str().unwrap()).collect();
        return words.join("、") + if words.len() == 2 { "，二选一" } else { "，选一个" };
    }
    if let Some(pattern) = schema["pattern"].as_str() {
        let pattern = Regex::new(pattern).unwrap();
        let known =
            [("2026-01", "年月或日期"), ("2026-01-31", "日期"), ("12.50", "金额"), ("#E60012", "颜色")];
        return known.iter().find(|(example, _)| pattern.is_match(example)).unwrap().1.to_owned();
    }
    if schema["type"] == "array" {
        return match form(&schema["items"]).as_str() {
            "文字的列表" => "若干行，每行若干格".into(),
            item if schema["items"]["enum"].is_array() => {
                format!("列表，每项从下面选：{item}").replace("，选一个", "")
            }
            item if schema["items"]["anyOf"].is_array() => format!("列表（每项是{item}）"),
            item => format!("{item}的列表"),
        };
    }
    if schema["type"] == "integer" { "整数".into() } else { "文字".into() }
}

/// What a new file of each kind says, without its comments; `check` has read each.
fn examples() -> BTreeMap<String, String> {
    let folder = tempfile::tempdir().unwrap();
    let run = |line: &str| baosong(folder.path(), line.split(' ')).ends_with(0);
    run("init . -y --on 2026-04-20 --today 2026-01-05");
    for line in
        ["summary --year 2026 --today 2026-10-12", "records --year 2026", "holidays --year 2027", "rules"]
    {
        let today = if line.contains("--today") { "" } else { " --today 2026-04-10" };
        run(&format!("new {line}{today}"));
    }
    let files = walkdir::WalkDir::new(folder.path()).into_iter().map(|entry| entry.unwrap().into_path());
    let mut examples = BTreeMap::new();
    for file in files.filter(|file| file.extension().is_some_and(|end| end == "yaml")) {
        let text = without_comments(&fs::read_to_string(&file).unwrap());
        fs::write(&file, &text).unwrap();
        let kind = text.lines().find_map(|line| line.strip_prefix("类别: ")).unwrap();
        examples.insert(kind.to_owned(), text.clone());
    }
    let said = baosong(folder.path(), ["check", "--format", "short"]).out;
    for group in ["[yaml/", "[model/", "[source/", "[workspace/"] {
        assert!(!said.contains(group), "{said}");
    }
    examples
}

/// Of files that hold nothing but lists the commented ones are shown; other comments go.
fn without_comments(text: &str) -> String {
    let shows_lists =
        ["台账", "本组规则", "放假安排"].iter().any(|it| text.contains(&format!("类别: {it}\n")));
    let lines = text.lines().filter_map(|line| {
        let shown = line.strip_prefix("# ").filter(|line| shows_lists && !line.starts_with("yaml-language"));
        let line = shown.unwrap_or(line).replace("  # - ", if shows_lists { "  - " } else { "  # - " });
        let is_kept = !line.trim_start().starts_with('#') && !line.trim().is_empty();
        is_kept.then(|| line.split("  # ").next().unwrap_or(&line).trim_end().to_owned())
    });
    lines.collect::<Vec<_>>().join("\n")
}
