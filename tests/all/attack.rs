//! What no clerk writes and some day somebody's disk holds: nothing of it may panic, take long, or be said of a place
//! that its file does not have.

use crate::checked::{Checked, Desk, case};
use baosong::finding::Place;
use baosong::model::schema;
use baosong::rulebook::Lang;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Long even for a debug build on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);

/// Checks the workspace, says everything in both languages and looks where it points.
fn survive(desk: &Desk) -> Checked {
    let start = Instant::now();
    let checked = desk.check();
    for lang in [Lang::Zh, Lang::En] {
        for text in [checked.full(lang), checked.short(lang)] {
            assert!(!text.contains(['\u{1b}', '\u{202e}', '\0']), "{text:?}");
        }
        assert_eq!(checked.short(lang).lines().count(), checked.findings.len());
    }
    for finding in &checked.findings {
        for place in finding.place.iter().chain(&finding.related) {
            assert!(is_inside(&checked, place), "{finding:?}");
        }
    }
    let took = start.elapsed();
    assert!(took < LONGEST, "{took:?}");
    checked
}

fn is_inside(checked: &Checked, place: &Place) -> bool {
    if place.line == 0 {
        return true;
    }
    let Some(document) = checked.workspace.documents.get(&place.file) else { return false };
    let lines: Vec<&str> = document.text.lines().collect();
    let line = lines.get(place.line as usize - 1).copied().unwrap_or_default();
    let (start, length) = (place.column as usize - 1, line.chars().count());
    place.line as usize <= lines.len().max(1)
        && start <= length
        && start + place.length as usize <= length.max(start + 1)
}

fn activity(content: impl AsRef<[u8]>) -> Desk {
    Desk::of(3).with("活动.yaml", content)
}

fn rules(content: impl AsRef<[u8]>) -> Vec<&'static str> {
    survive(&activity(content)).findings.iter().map(|finding| finding.rule).collect()
}

#[test]
fn structures_without_end() {
    for opening in ["[", "{", "- ", "? ", "{甲: ", "- - ", "!a ", "&a "] {
        let rules = rules(format!("类别: 活动\n议题: {}", opening.repeat(10_000)));
        assert!(!rules.is_empty(), "{opening}");
    }
    let bomb: String = (1..40).map(|at| format!("甲{at}: &甲{at} [*甲{0}, *甲{0}]\n", at - 1)).collect();
    assert!(rules(format!("类别: 活动\n甲0: &甲0 [一, 一]\n{bomb}")).contains(&"yaml/unsupported"));
    let deep: String = (0..500).map(|level| format!("{}甲:\n", " ".repeat(level))).collect();
    assert!(rules(format!("类别: 活动\n{deep}")).contains(&"yaml/too-complex"));
    assert!(rules("\u{FEFF}".repeat(600_000)).contains(&"yaml/bom"));
}

#[test]
fn very_many_errors() {
    let wrong = |line: &str| format!("类别: 活动\n编号: 2018-01\n{line}");
    let many = |count: usize, item: &dyn Fn(usize) -> String| (0..count).map(item).collect::<String>();
    let files = [
        wrong(&many(20_000, &|at| format!("键{at}: 一\n"))),
        wrong(&format!("议定事项:\n{}", many(9_000, &|_| "  - { 任务: 一, 时限: 下周 }\n".into()))),
        wrong(&format!("类型: [{}]\n", "会议, ".repeat(20_000))),
        wrong(&format!("到会情况:\n  出席: [{}]\n", "张三, ".repeat(20_000))),
        wrong(&"名称: 一\n".repeat(20_000)),
        wrong(&"名称：一\n".repeat(20_000)),
        wrong(&"\t名称: 一\n".repeat(20_000)),
        wrong(&format!("名称: \"{}\"\n", "\\u0007😀".repeat(60_000))),
        wrong(&format!("名称: |\n{}", "  一\u{202e}\t😀\n".repeat(40_000))),
    ];
    for file in files {
        survive(&activity(&file));
    }
}

#[test]
fn files_that_are_hardly_there() {
    assert_eq!(rules(""), ["yaml/empty"]);
    assert_eq!(rules("# 以后再写"), ["yaml/empty"]);
    assert_eq!(rules("\n\n \n"), ["yaml/empty"]);
    assert_eq!(rules("---\n"), ["yaml/empty"]);
    assert_eq!(rules("~"), ["yaml/empty"]);
    assert_eq!(rules("{}"), ["model/not-a-mapping"]);
    assert_eq!(rules("\0"), ["yaml/not-text"]);
    assert_eq!(rules("类别: 活动"), ["activity/incomplete", "model/missing-key"]);
}

#[test]
fn line_ends_and_file_names_make_no_difference() {
    let plain = std::fs::read_to_string(case("invalid/slips/活动.yaml")).unwrap();
    let short = |desk: &Desk, name: &str| survive(desk).short(Lang::Zh).replace(name, "活动.yaml");
    let expected = short(&activity(&plain), "活动.yaml");
    assert_eq!(short(&activity(plain.replace('\n', "\r\n")), "活动.yaml"), expected);
    assert_eq!(short(&activity(plain.trim_end()), "活动.yaml"), expected);
    for name in ["A B#[%]'.yaml", "第１次（上）.YML", "😀.yaml", "深/处/会.yaml", "a\u{202e}b.yaml"]
    {
        let desk = Desk::of(3).with(name, &plain);
        let shown = name.replace('\u{202e}', "\u{fffd}");
        assert_eq!(short(&desk, &shown), expected, "{name}");
    }
    let newline = Desk::of(3).with("甲\n乙.yaml", &plain);
    assert_eq!(short(&newline, "甲 乙.yaml"), expected);
}

#[test]
fn kinds_and_keys_with_blanks_and_quotes() {
    for sound in [
        "类别: \"活动\"",
        "类别: '活动'",
        "类别:   活动  ",
        "类别 : 活动",
        "\"类别\": 活动",
        "? 类别\n: 活动",
    ] {
        assert_eq!(
            rules(format!("{sound}\n编号: 2018-01\n名称: 甲\n日期: 2018-05-10\n")),
            ["activity/incomplete"]
        );
    }
    assert_eq!(
        rules("类别: 活动\n编号 : 2018-01\n\"名称 \": 甲\n"),
        ["activity/incomplete", "model/unknown-key"]
    );
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just("~".to_owned()),
        "[0-9]{1,20}(\\.[0-9]{1,3})?",
        "20[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}",
        "[：:\\-#|>@&*!%{}\\[\\],\"' \\u{3000}\t甲乙丙年月日]{0,12}",
        "\\PC{0,20}",
        prop::sample::select(vec![
            "是",
            "否",
            "全体会议",
            "定稿",
            "周明远",
            "通过",
            "长期",
            "图片/会场.webp",
            "../x"
        ])
        .prop_map(str::to_owned),
    ]
}

/// A value below a key, as YAML in flow style.
fn value() -> impl Strategy<Value = String> {
    let keys: Vec<String> = schema::keys().into_iter().map(|(_, key)| key).collect();
    let leaf = text().prop_map(|text| format!("{text:?}")).boxed();
    let leaf = prop_oneof![leaf, text()];
    leaf.prop_recursive(4, 24, 4, move |inner| {
        let entry = (prop::sample::select(keys.clone()), inner.clone());
        prop_oneof![
            prop::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(", "))),
            prop::collection::vec(entry, 0..4).prop_map(|entries| {
                let entries: Vec<String> =
                    entries.iter().map(|(key, value)| format!("{key}: {value}")).collect();
                format!("{{ {} }}", entries.join(", "))
            }),
        ]
    })
}

/// A file of known keys with any values.
fn document() -> impl Strategy<Value = String> {
    let keys: Vec<String> = schema::keys().into_iter().map(|(_, key)| key).collect();
    let kind = prop::sample::select(vec!["专家组", "年度工作计划", "活动", "年度工作总结"]);
    let lines = prop::collection::vec((prop::sample::select(keys), value()), 0..10);
    (kind, lines).prop_map(|(kind, lines)| {
        let lines: String = lines.iter().map(|(key, value)| format!("{key}: {value}\n")).collect();
        format!("类别: {kind}\n{lines}")
    })
}

/// What changes a text at some place: what to take away, what to put there.
fn change() -> impl Strategy<Value = (prop::sample::Index, usize, String)> {
    let put = prop_oneof![
        Just(String::new()),
        "[：:\\-#|>@&*!%{}\\[\\],\"' \\u{3000}\t\n0-9]{1,3}",
        "\\PC{1,2}",
        "[\\u{0}-\\u{1f}\\u{200b}\\u{202e}\\u{85}\\u{2028}\\u{feff}]",
    ];
    (any::<prop::sample::Index>(), 0..4_usize, put)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..400), profile in any::<bool>()) {
        let name = if profile { "专家组.yaml" } else { "活动.yaml" };
        survive(&Desk::of(3).with(name, bytes));
    }

    #[test]
    fn any_text(text in "(\\PC|[\n：:\\-#|{}\\[\\]\"' \t]){0,200}") {
        survive(&activity(text));
    }

    #[test]
    fn known_keys_with_any_values(text in document(), profile in any::<bool>()) {
        survive(&Desk::sound().with(if profile { "专家组.yaml" } else { "活动.yaml" }, text));
    }

    #[test]
    fn sound_files_with_changes(
        file in prop::sample::select(vec!["专家组.yaml", "工作计划.yaml", "活动.yaml", "工作总结.yaml"]),
        changes in prop::collection::vec(change(), 1..6),
    ) {
        let mut text: Vec<char> = std::fs::read_to_string(case("base").join(file)).unwrap().chars().collect();
        for (at, taken, put) in changes {
            let at = at.index(text.len() + 1);
            let end = (at + taken).min(text.len());
            text.splice(at..end, put.chars());
        }
        survive(&Desk::sound().with(file, text.into_iter().collect::<String>()));
    }
}
