//! `check --fix`: only what lint is certain of is changed, once and for all; everything else stays byte for byte.

use crate::checked::rulebook;
use crate::program::{baosong, small};
use baosong::check::fix::fix;
use baosong::check::lint;
use baosong::source::Document;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

fn read(text: &str) -> Document {
    Document::read("活动.yaml", text.as_bytes(), &BTreeSet::new())
}

fn counts(document: &Document) -> BTreeMap<&'static str, usize> {
    let mut counts = BTreeMap::new();
    for (_, fault) in lint::document(document, rulebook()) {
        *counts.entry(fault.rule).or_default() += 1;
    }
    counts
}

/// Sentences right and wrong, without what names their use.
static SENTENCES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus");
    let wrong = fs::read_to_string(folder.join("wrong.tsv")).unwrap();
    let right = fs::read_to_string(folder.join("correct.txt")).unwrap();
    let wrong = wrong.lines().filter_map(|line| Some(line.split('\t').nth(1)?.to_owned()));
    let all = wrong.chain(right.lines().map(str::to_owned)).filter(|line| !line.starts_with('#'));
    all.flat_map(|line| line.split('↵').map(str::to_owned).collect::<Vec<_>>())
        .map(|line| line.split_once('|').map_or(line.clone(), |(_, text)| text.to_owned()))
        .collect()
});

/// One text in the styles that YAML has.
fn written(sentences: &[String]) -> String {
    let lines: Vec<&str> = sentences.iter().map(|line| line.trim()).collect();
    let block: String = lines.iter().map(|line| format!("      {line}\n")).collect();
    let quoted = lines.concat().replace('\\', "\\\\").replace('"', "\\\"");
    let single = lines.concat().replace('\'', "''");
    format!(
        "# 注释,不动...\n类别: 活动\n编号: 2018-01 # 1、也不动\n议题:\n  - 标题: 甲\n    正文: |\n{block}  - 标题: 乙\n    正文: \"{quoted}\"\n  - {{ 标题: '丙', 正文: '{single}' }}\n"
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn mending_is_done_once_and_brings_up_nothing(
        picks in prop::collection::vec(any::<prop::sample::Index>(), 1..7),
    ) {
        let sentences: Vec<String> = picks.iter().map(|pick| pick.get(&SENTENCES).clone()).collect();
        let text = written(&sentences);
        let document = read(&text);
        prop_assert!(document.tree.is_some(), "{}", text);
        let before = counts(&document);
        let Some((mended, changes)) = fix(&document, rulebook()) else { return Ok(()) };
        let again = read(&mended);
        for (rule, times) in counts(&again) {
            prop_assert!(before.get(rule).is_some_and(|had| *had >= times), "{rule} is new in {mended}");
        }
        prop_assert_eq!(fix(&again, rulebook()), None);
        // Lines that no change names are as they were; so are comments and the number of lines.
        let changed: BTreeSet<u32> = changes.iter().map(|change| change.place.line).collect();
        prop_assert_eq!(text.matches('\n').count(), mended.matches('\n').count());
        for ((number, was), is) in (1..).zip(text.lines()).zip(mended.lines()) {
            prop_assert_eq!(was != is, changed.contains(&number), "line {}", number);
        }
    }

    #[test]
    fn no_text_makes_lint_stumble(text in "([一二三（）(),.，。、；：“”《》〔〕\\[\\]0-9年月日号%万元～—~ -]|\\PC|\n){0,60}") {
        for usage in [lint::Use::Prose, lint::Use::Title, lint::Use::Lead, lint::Use::Fact, lint::Use::Annex] {
            let field = lint::Field { usage, press: true, report: true, under: true };
            for fault in lint::faults(&text, field, rulebook()) {
                prop_assert_eq!(&text[fault.span.clone()], fault.found.as_str());
                prop_assert!(!fault.found.is_empty());
            }
        }
    }
}

#[test]
fn each_style_is_mended_in_place() {
    let text = "议题:\n  - 正文: 听取汇报,讨论\n  - 正文: \"学习\\\"规则\\\"\" # a,b\n  - 正文: '讨论''方案'''\n  - 正文: >-\n      会议,折叠\n      的,行\n  - 正文: |\n      2018年06月\n";
    let (mended, changes) = fix(&read(text), rulebook()).unwrap();
    let right = "议题:\n  - 正文: 听取汇报，讨论\n  - 正文: \"学习“规则”\" # a,b\n  - 正文: '讨论“方案”'\n  - 正文: >-\n      会议，折叠\n      的，行\n  - 正文: |\n      2018年6月\n";
    assert_eq!(mended, right);
    let places: Vec<(u32, u32)> =
        changes.iter().map(|change| (change.place.line, change.place.column)).collect();
    assert_eq!(places, [(2, 13), (3, 12), (3, 16), (4, 12), (4, 16), (6, 9), (7, 8), (9, 12)]);
    assert_eq!((changes[0].before.as_str(), changes[0].after.as_str()), ("听取汇报,讨论", "听取汇报，讨论"));
}

/// Keys that are text by their indentation stay as they are; the sentence above them is mended.
#[test]
fn keys_indented_too_far_are_not_made_sentences() {
    let text = "类别: 活动\n活动小结: |\n  圆满结束,各方满意。\n  新闻通稿:\n    标题: 某组召开会议\n    日期: 2026.07.17\n    正文: |\n      内容\n";
    let (mended, changes) = fix(&read(text), rulebook()).expect("something to mend");
    assert_eq!(mended, text.replace("结束,", "结束，"));
    assert_eq!(changes.len(), 1);
    let faults = lint::document(&read(text), rulebook());
    let rules: Vec<&str> = faults.iter().map(|(_, fault)| fault.rule).collect();
    assert_eq!(rules, ["text/half-width", "yaml/key-in-text"]);
    // Where it may be either, the mark is named and left alone.
    let either = read("类别: 活动\n活动小结: |\n  圆满结束。\n  单位: 甲方研究院\n");
    assert_eq!(lint::document(&either, rulebook()).len(), 1);
    assert_eq!(fix(&either, rulebook()), None);
}

/// A mark behind a key is mended where the kind has that key at that place, and nowhere else.
#[test]
fn marks_behind_keys_are_mended_where_they_are_certain() {
    let text = "类别：活动\n编号：2026-01 # 一：二\n名称:会议\n类型: [全体会议]\n到会情况:\n  出席: [周明远]\n  列席:\n    - { 姓名：苏景行，单位: 甲方：乙方, 职务：处长 }\n议题:\n  - 标题：进展\n    正文: |\n      地点：上海,甲方\n";
    let all =
        BTreeSet::from(["类别", "编号", "名称", "姓名", "单位", "职务", "标题", "正文"].map(String::from));
    let document = Document::read("活动.yaml", text.as_bytes(), &all);
    let (mended, changes) = fix(&document, rulebook()).expect("something to mend");
    let right = "类别: 活动\n编号: 2026-01 # 一：二\n名称: 会议\n类型: [全体会议]\n到会情况:\n  出席: [周明远]\n  列席:\n    - { 姓名: 苏景行, 单位: 甲方：乙方, 职务: 处长 }\n议题:\n  - 标题: 进展\n    正文: |\n      地点：上海，甲方\n";
    assert_eq!(mended, right);
    assert_eq!(changes.len(), 8);
    assert_eq!((changes[1].before.as_str(), changes[1].after.as_str()), ("编号：2026", "编号: 2026"));
    // 姓名 is a key, but not of an activity itself.
    let text = "类别: 活动\n编号：2026-01\n姓名：张三\n";
    let document = Document::read("活动.yaml", text.as_bytes(), &all);
    assert!(document.tree.is_some());
    assert_eq!(fix(&document, rulebook()), None);
}

/// Dots behind straight quotation marks cannot be mended with them; the date can.
#[test]
fn one_awkward_place_does_not_keep_a_text_from_the_rest() {
    let document = read("类别: 活动\n议题:\n  - 正文: 时间是2017年09月05日，见\"附件\"...\n");
    let (mended, _) = fix(&document, rulebook()).expect("something to mend");
    assert!(mended.contains("2017年9月5日"), "{mended}");
}

#[test]
fn the_command_keeps_encoding_and_line_ends() {
    let was = "类别: 活动 # 一,二\r\n编号: 2018-09\r\n议题:\r\n  - 标题: 甲\r\n    正文: |\r\n      会议听取了汇报,讨论了方案...\r\n";
    let is = was.replace("汇报,", "汇报，").replace("方案...", "方案……");
    let mark = |text: &str| [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let gbk = |text: &str| encoding_rs::GB18030.encode(text).0.into_owned();
    for form in [&(|text: &str| text.as_bytes().to_vec()) as &dyn Fn(&str) -> Vec<u8>, &mark, &gbk] {
        let (_folder, root) = small();
        let path = root.join("新.yaml");
        fs::write(&path, form(was)).unwrap();
        let shown = baosong(&root, ["check", "新.yaml", "--fix", "--dry-run"]).out;
        let line = "新.yaml:6（2 处）\n  − 会议听取了汇报,讨论了方案...\n  + 会议听取了汇报，讨论了方案……\n";
        assert!(shown.starts_with(line), "{shown}");
        let short = baosong(&root, ["check", "新.yaml", "--fix", "--dry-run", "--format", "short"]).out;
        assert!(short.contains("新.yaml:6：取了汇报,讨论了方 → 取了汇报，讨论了方\n"), "{short}");
        assert!(shown.contains("可以改正 2 处，没有写文件"), "{shown}");
        assert_eq!(fs::read(&path).unwrap(), form(was));
        let written = baosong(&root, ["check", "新.yaml", "--fix"]).out;
        assert!(written.contains("改正了 2 处") && !written.contains("text/half-width"), "{written}");
        assert_eq!(fs::read(&path).unwrap(), form(&is));
        let again = baosong(&root, ["check", "新.yaml", "--fix", "--lang", "en"]).out;
        assert!(again.contains("Nothing to mend"), "{again}");
        assert_eq!(fs::read(&path).unwrap(), form(&is));
    }
}

#[test]
fn each_line_is_shown_once_before_and_after() {
    let (_folder, root) = small();
    let text = "类别: 活动\n编号: 2018-09\n议题:\n  - 标题: 甲,乙\n    正文: |\n      会议听取了汇报,讨论了方案...\n      没有要改的。\n      合格率为3.5％,费用下降3-5%。\n";
    fs::write(root.join("新.yaml"), text).unwrap();
    let mut said = String::new();
    for format in ["full", "short"] {
        for lang in ["zh", "en"] {
            let line = ["check", "新.yaml", "--fix", "--dry-run", "--format", format, "--lang", lang];
            let out = baosong(&root, line).out;
            let end = out.find("没有写文件").or(out.find("nothing was")).unwrap_or(out.len());
            said += out[..end].rsplit_once('\n').map_or(&out[..], |(told, _)| told);
            said += "\n";
        }
    }
    insta::assert_snapshot!(said);
}

#[test]
fn no_text_takes_longer_than_its_length() {
    let field = lint::Field { usage: lint::Use::Prose, press: true, report: true, under: true };
    let pieces = [
        "（",
        "(",
        ")",
        "“",
        "'一'",
        "\"",
        "秘密",
        "，,",
        "...",
        "1、",
        "3-5万",
        "\u{3000}",
        "国〔1",
        "的 ",
        "-",
        "一、\n",
        "5月5日\n",
    ];
    for piece in pieces {
        let text = format!("甲{}乙", piece.repeat(20_000)) + &" ".repeat(20_000);
        let start = std::time::Instant::now();
        lint::faults(&text, field, rulebook());
        let took = start.elapsed();
        assert!(took.as_secs() < 10, "{piece}: {took:?}");
    }
}
