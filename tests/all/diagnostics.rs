//! Every message, whole and in both languages: deliberately wrong workspaces against snapshots.
//!
//! A case is a folder of `tests/cases/invalid`, or made here when git or an editor would spoil its files.

use crate::checked::{Checked, Desk, case, rulebook};
use baosong::finding::Finding;
use baosong::report::{Format, Locale, Reporter};
use baosong::rulebook::{Aspect, Lang, Stage};
use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

/// Groups of rules that reading and checking raise.
const GROUPS: [&str; 20] = [
    "activity",
    "art",
    "calendar",
    "decision",
    "house",
    "media",
    "model",
    "number",
    "order",
    "people",
    "photo",
    "plan",
    "profile",
    "records",
    "secret",
    "submit",
    "summary",
    "text",
    "workspace",
    "yaml",
];

/// Rules that no folder shows here: `pack` says the first three, the fourth needs a disk that fails or a user without
/// rights, the last is said by the command and shown by its test.
const ELSEWHERE: [&str; 5] = [
    "workspace/nothing",
    "workspace/which-activity",
    "workspace/activity-cancelled",
    "workspace/unreadable",
    "workspace/stale-schema",
];

/// The most findings that a snapshot shows, but for the last three.
const LONGEST: usize = 60;

fn folders() -> Vec<String> {
    let entries = std::fs::read_dir(case("invalid")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn compare(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_snapshot_path("snapshots");
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Makes the files that cannot be committed.
fn made() -> Vec<(&'static str, Desk)> {
    let activity = "类别: 活动\n编号: 2018-01\n名称: 第一次全体会议\n";
    let gbk = encoding_rs::GB18030.encode(activity).0.into_owned();
    let utf16: Vec<u8> =
        std::iter::once(0xFEFF).chain(activity.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let encodings = Desk::of(3)
        .with("BOM.yaml", format!("\u{FEFF}{activity}"))
        .with("GBK.yaml", gbk)
        .with("UTF-16.yaml", utf16)
        .with("图片.yaml", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xff");
    let bomb: String = (1..3).fold(String::from("类别: 活动\n甲0: &甲0 [哈, 哈]\n"), |text, at| {
        format!("{text}甲{at}: &甲{at} [*甲{0}, *甲{0}]\n", at - 1)
    });
    let heaps: String = (0..60_000).map(|at| format!("  - 第{at}项\n")).collect();
    let large = Desk::of(3)
        .with("很多.yaml", format!("类别: 活动\n类型:\n{heaps}"))
        .with("很深.yaml", format!("类别: 活动\n议题: {}", "[".repeat(10_000)))
        .with("引用.yaml", bomb);
    sparse(&large.root().join("很大.yaml"), 100 * 1024 * 1024);
    sparse(&large.root().join("很大.jpg"), 101 * 1024 * 1024);
    let large = large.with("活动.yaml", format!("{activity}图片: [{{ 文件: 很大.jpg, 说明: 会场 }}]\n"));
    let smiles: String = (0..=500).map(|_| "  - 😀\n").collect();
    let many = Desk::of(3).with("活动.yaml", format!("{activity}承办:\n{smiles}"));
    let mut made = vec![("made-encodings", encodings), ("made-large", large), ("made-many", many)];
    #[cfg(unix)]
    made.push(("made-links", links()));
    made
}

/// Links that lead out, nowhere and inside, and things that are no files.
#[cfg(unix)]
fn links() -> Desk {
    use std::os::unix::fs::symlink;
    let desk =
        Desk::of(3).with("真.yaml", "类别: 活动\n编号: 2018-01\n").with("夹.yaml/活动.yaml", "类别: 活动\n");
    let root = desk.root();
    symlink(case("base/活动.yaml"), root.join("外面.yaml")).unwrap();
    symlink("不存在.yaml", root.join("没有.yaml")).unwrap();
    symlink("真.yaml", root.join("里面.yaml")).unwrap();
    assert!(Command::new("mkfifo").arg(root.join("管道.yaml")).status().unwrap().success());
    desk
}

fn sparse(path: &Path, bytes: u64) {
    std::fs::File::create(path).unwrap().set_len(bytes).unwrap();
}

/// The words of a finding that no folder shows.
fn words_alone(lang: Lang) -> String {
    let reporter = Reporter {
        locale: Locale::of(lang),
        rulebook: rulebook(),
        stage: Stage::Submit,
        format: Format::Full,
        colour: false,
        line: &|_, _| None,
    };
    let findings = [
        Finding::new("workspace/nothing").fact("what", "活动"),
        Finding::new("workspace/unreadable").fact("cause", "Permission denied (os error 13)"),
    ];
    reporter.all(&findings)
}

#[test]
fn every_message_in_both_languages() {
    let mut raised: BTreeSet<String> = ELSEWHERE.map(String::from).into();
    let compare_case = |name: &str, checked: Checked| -> Vec<String> {
        for (lang, suffix) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
            let text = checked.full(lang);
            assert!(!text.contains("{{ ") && !text.contains("{% "), "not filled in: {text}");
            let kept: Vec<&str> = text.split_inclusive("\n\n").collect();
            let last = kept.len().saturating_sub(3).max(LONGEST.min(kept.len()));
            let shown = [&kept[..LONGEST.min(kept.len())], &kept[last..]].concat().concat();
            compare(&format!("{name}.{suffix}"), &shown);
        }
        checked.findings.iter().map(|finding| finding.rule.to_owned()).collect()
    };
    for name in folders() {
        let checked = Checked::folder(&case(&format!("invalid/{name}")), Stage::Submit);
        raised.extend(compare_case(&name, checked));
    }
    for (name, desk) in made() {
        raised.extend(compare_case(name, desk.check()));
    }
    compare("words-alone.zh", &words_alone(Lang::Zh));
    compare("words-alone.en", &words_alone(Lang::En));
    raised.extend(["workspace/no-path", "workspace/no-profile"].map(String::from));

    let is_ours = |id: &str| {
        let group = id.split('/').next().unwrap_or_default();
        GROUPS.contains(&group.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.'))
    };
    let never: Vec<&str> =
        rulebook().rules().map(|rule| &*rule.id).filter(|id| is_ours(id) && !raised.contains(*id)).collect();
    assert!(never.is_empty(), "no case shows {never:?}");
}

#[test]
fn what_is_no_workspace_is_said_by_the_command() {
    let empty = tempfile::tempdir().unwrap();
    let path = |name: &str| empty.path().join(name);
    std::fs::create_dir(path("空")).unwrap();
    for (lang, zh) in [("zh", true), ("en", false)] {
        for (name, rule) in [("空", "workspace/no-profile"), ("没有", "workspace/no-path")] {
            let output = Command::new(env!("CARGO_BIN_EXE_baosong"))
                .args(["check", "--lang", lang, "--format", "short"])
                .arg(path(name))
                .output()
                .unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(2), "{said}");
            assert!(said.contains(rule) && said.contains("错误") == zh, "{said}");
        }
    }
}

#[test]
fn several_workspaces_and_one_by_another_name_are_named() {
    let folder = tempfile::tempdir().unwrap();
    let said = |place: &str| {
        let path = folder.path().join(place);
        let line = ["pack", "--lang", "zh", "year"];
        let output = Command::new(env!("CARGO_BIN_EXE_baosong")).args(line).arg(path).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    for file in ["几个/甲/专家组.yaml", "几个/乙/专家组.yaml", "改名/专家组.yaml.txt"] {
        let path = folder.path().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "类别: 专家组\n名称: 某组\n").unwrap();
    }
    let several = said("几个");
    assert!(several.contains("有 2 个工作区") && several.contains("几个/甲"), "{several}");
    let renamed = said("改名");
    assert!(
        renamed.contains("里外都没有 专家组.yaml") && renamed.contains("把“专家组.yaml.txt”改名"),
        "{renamed}"
    );
}

/// A covering paper goes to another office, which knows neither files nor keys.
#[test]
fn statements_for_a_covering_paper_are_plain_and_only_facts_have_one() {
    let rulebook = rulebook();
    let stated: Vec<_> = rulebook.rules().filter_map(|rule| Some((rule, rule.statement.as_ref()?))).collect();
    assert!(stated.len() > 15);
    for (rule, statement) in stated {
        assert!(rule.aspect == Aspect::Fact, "{}", rule.id);
        assert!(!statement.ends_with('。'), "{}: {statement}", rule.id);
        for word in ["写", "台账", "名单（", "类型"] {
            assert!(!statement.contains(word), "{}: {statement}", rule.id);
        }
    }
}

#[test]
fn every_message_can_be_filled_in_and_ends_without_a_stop() {
    for rule in rulebook().rules() {
        for (lang, words) in [("zh", &rule.message.zh), ("en", &rule.message.en)] {
            assert!(!words.is_empty(), "{} has no message in {lang}", rule.id);
            assert!(!words.ends_with(['。', '.']), "{}: {words}", rule.id);
        }
        let half_width = |text: &str| text.contains("，") && text.contains(", ") && !text.contains('{');
        assert!(!half_width(&rule.message.zh), "{}: mixed commas", rule.id);
    }
}
