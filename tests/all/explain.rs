//! `baosong explain` inside a workspace: every case with its arithmetic, by the rules in force.

use crate::checked::{Desk, case, rulebook};
use crate::program::{baosong, example_source};
use baosong::check::{Context, Law, reckon};
use baosong::report::{Locale, reckoned};
use baosong::rulebook::Lang;
use baosong::workspace::Workspace;
use std::path::Path;

/// The reckonings of `rule` in words.
fn sentences(root: &Path, rule: &str, lang: Lang) -> Vec<String> {
    let workspace = Workspace::read(root);
    let law = Law::of(&workspace, rulebook());
    let context = Context::new(&workspace, &law, &|_| Vec::new());
    let entry = law.rulebook.rule(rule).expect("a rule");
    let cases = reckon(&context, rule);
    cases.iter().filter_map(|it| reckoned(Locale::of(lang), &law.rulebook, entry, &it.facts)).collect()
}

#[test]
fn rules_with_a_reckoning_are_reckoned_and_no_others() {
    let workspace = Workspace::read(&example_source());
    let law = Law::of(&workspace, rulebook());
    let context = Context::new(&workspace, &law, &|_| Vec::new());
    for rule in rulebook().rules() {
        let has_words = rulebook().reckoning(rule).is_some();
        assert!(rule.reckoned_as.is_none() || has_words, "{} refers to nothing", rule.id);
        assert_eq!(!reckon(&context, &rule.id).is_empty(), has_words, "{}", rule.id);
    }
}

#[test]
fn the_example_is_reckoned_in_both_languages() {
    for (lang, suffix) in [(Lang::Zh, "zh"), (Lang::En, "en")] {
        let mut said = String::new();
        for rule in rulebook().rules().filter(|rule| rule.reckoning.is_some()) {
            said += &format!("{}\n", rule.id);
            for sentence in sentences(&example_source(), &rule.id, lang) {
                assert!(!sentence.contains("{{") && !sentence.contains("{%"), "{}: {sentence}", rule.id);
                said += &format!("  {sentence}\n");
            }
        }
        insta::assert_snapshot!(format!("example-{suffix}"), said);
    }
}

/// Every wrong workspace too: no figure is lost where a rule is broken.
#[test]
fn what_is_wrong_is_reckoned_too() {
    let mut said = String::new();
    for name in ["meetings", "votes", "due", "money", "summary-tasks", "composition", "house"] {
        said += &format!("── {name}\n");
        for rule in rulebook().rules().filter(|rule| rule.reckoning.is_some()) {
            for lang in [Lang::Zh, Lang::En] {
                for sentence in sentences(&case(&format!("invalid/{name}")), &rule.id, lang) {
                    assert!(!sentence.contains("{{") && !sentence.contains("{%"), "{}: {sentence}", rule.id);
                    if lang == Lang::Zh {
                        said += &format!("{}  {sentence}\n", rule.id);
                    }
                }
            }
        }
    }
    insta::assert_snapshot!("wrong", said);
    for folder in std::fs::read_dir(case("invalid")).expect("cases") {
        let path = folder.expect("a case").path();
        for rule in rulebook().rules().filter(|rule| rule.reckoning.is_some()) {
            for sentence in sentences(&path, &rule.id, Lang::En) {
                assert!(!sentence.contains("{%"), "{}: {sentence}", path.display());
            }
        }
    }
}

#[test]
fn the_command_reckons_inside_a_workspace_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let alone = baosong(folder.path(), ["explain", "art14/quorum"]).ends_with(0).out;
    assert!(!alone.contains("核算"), "{alone}");
    let root = example_source();
    let inside = baosong(&root.join("2017"), ["explain", "art14/quorum"]).ends_with(0).out;
    assert!(inside.starts_with(&alone), "{inside}");
    let cases = &inside[alone.len()..];
    assert!(cases.contains("三分之二即 8 人；出席 9 人"), "{cases}");
    let named =
        baosong(folder.path(), ["explain", "art14/quorum", &*root.to_string_lossy()]).ends_with(0).out;
    assert_eq!(named, inside);
    let english = baosong(&root, ["explain", "art14/quorum", "--lang", "en"]).ends_with(0).out;
    assert!(english.contains("2/3 of 12 members are 8; 9 were present"), "{english}");
    baosong(folder.path(), ["explain", "art14/quorum", "."]).ends_with(2);
    let text = baosong(&root, ["explain", "yaml/tab"]).ends_with(0).out;
    assert!(!text.contains("核算"), "{text}");
    let desk = Desk::of(3);
    let none = baosong(desk.root(), ["explain", "art17/lost"]).ends_with(0).out;
    assert!(none.contains("还没有可以核算的情形"), "{none}");
}

#[test]
fn a_switch_of_the_house_changes_the_arithmetic_and_is_said() {
    let activity = "类别: 活动\n编号: 2018-02\n名称: 第二次全体会议\n类型: [全体会议]\n日期: 2018-09-20\n到会情况:\n  出席: [周明远]\n  委托代表:\n    - { 成员: 林知秋, 代表: { 姓名: 钱一, 单位: 乙方认证有限公司, 职务: 经理 } }\n  请假: [{ 姓名: 何沐言, 事由: 出差 }]\n";
    let house = "类别: 本组规则\n级别:\n  - { 规则: art14/quorum, 级别: 提示, 原因: 试用 }\n口径:\n  - { 名称: 代表计入到会, 取: 是, 依据: 总秘书处2018年答复 }\n";
    let desk = Desk::sound().with("第二次活动.yaml", activity);
    let lacking = |desk: &Desk| desk.check().findings.iter().any(|finding| finding.rule == "art14/quorum");
    assert!(lacking(&desk));
    let said = baosong(desk.root(), ["explain", "art14/quorum"]).ends_with(0).out;
    assert!(said.contains("出席 1 人（现场 1 人，线上 0 人，代表 1 人不计），不足"), "{said}");
    let desk = desk.with("本组规则.yaml", house);
    assert!(!lacking(&desk));
    let said = baosong(desk.root(), ["explain", "art14/quorum"]).ends_with(0).out;
    for part in [
        "出席 2 人（现场 1 人，线上 0 人，代表 1 人），达到",
        "默认 否，本组取 是，依据：总秘书处2018年答复",
        "本组规则（本组规则.yaml）改过；原来的级别：起草时警告，报送时警告",
        "原因：试用",
        "级别：起草时提示，报送时提示",
    ] {
        assert!(said.contains(part), "{part}\n{said}");
    }
}

/// A beginning is answered with what begins so; a slip with what is near.
#[test]
fn beginnings_of_ids_are_offered() {
    let said = |id: &str| baosong(&example_source(), ["explain", id]).ends_with(2).err;
    let art14 = said("art14");
    assert!(art14.contains("art14/quorum") && !art14.contains("是不是"), "{art14}");
    assert!(said("art14/qorum").contains("是不是“art14/quorum”"));
    let text = said("text/");
    assert!(text.matches("text/").count() == 13 && text.contains("等"), "{text}");
    assert!(!said("第一百条").contains("开头"));
    let article = baosong(&example_source(), ["explain", "第十四条"]).ends_with(0).out;
    assert!(article.contains("art14/quorum"), "{article}");
}
