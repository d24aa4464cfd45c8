//! 密级 on the way out: no press draft of what is classified, no bundle that carries a state secret.

use crate::program::{baosong, copy, example_source, listing, project};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// The sound workspace of the rulebook's examples, with the activity in a folder of its own.
fn desk() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("组");
    copy(&project().join("tests/cases/base"), &root);
    (folder, root)
}

fn change(root: &Path, file: &str, was: &str, is: &str) {
    let path = root.join(file);
    let text = fs::read_to_string(&path).expect("a file");
    assert!(text.contains(was), "{was}");
    fs::write(path, text.replacen(was, is, 1)).expect("a file");
}

fn papers(root: &Path) -> Vec<String> {
    listing(&root.join("输出")).into_keys().filter(|path| path.ends_with("新闻通稿.pdf")).collect()
}

#[test]
fn what_is_classified_has_no_press_draft() {
    for (was, is, rule) in [
        ("重要活动: 是\n", "重要活动: 是\n密级: 内部\n", "secret/press"),
        ("新闻通稿: {", "新闻通稿: { 密级: 秘密,", "secret/press"),
        ("正文: 会议听取了年度任务进展情况。 }", "正文: 会议讨论了认证方案的试点。, 密级: 内部 }", ""),
        (
            "正文: 会议听取了年度任务进展情况。 }",
            "正文: 会议讨论了认证方案和试点机构。, 密级: 内部 }",
            "secret/press-text",
        ),
        ("重要活动: 是\n", "重要活动: 是\n密级: 保密\n", "model/"),
    ] {
        let (_folder, root) = desk();
        change(&root, "活动.yaml", was, is);
        if rule == "secret/press-text" {
            change(&root, "活动.yaml", "会议讨论了认证方案。", "会议讨论了认证方案和试点机构。");
        }
        let said = baosong(&root, ["build", "--format", "short"]);
        assert_eq!(said.code == Some(0), rule.is_empty(), "{}", said.out);
        assert!(said.out.contains(rule), "{rule}: {}", said.out);
        assert_eq!(papers(&root).is_empty(), !rule.is_empty(), "{is}");
        assert!(said.out.contains("会议纪要.pdf"), "{}", said.out);
    }
}

#[test]
fn an_activity_with_a_grade_needs_no_press_draft() {
    let (_folder, root) = desk();
    change(&root, "活动.yaml", "重要活动: 是\n", "重要活动: 是\n密级: 内部\n");
    let text = fs::read_to_string(root.join("活动.yaml")).expect("a file");
    let text: String =
        text.lines().filter(|line| !line.starts_with("新闻通稿")).map(|line| format!("{line}\n")).collect();
    fs::write(root.join("活动.yaml"), text).expect("a file");
    let said = baosong(&root, ["pack", "activity", "活动.yaml", "--format", "short"]).ends_with(0).out;
    assert!(!said.contains("art16.3/package") && !said.contains("secret/"), "{said}");
}

#[test]
fn no_bundle_carries_a_state_secret() {
    // Each is carried along with bundles of other papers, too.
    for (file, was, is, bundles) in [
        (
            "工作计划.yaml",
            "稿次: 定稿\n",
            "稿次: 定稿\n密级: 秘密\n",
            &["plan", "summary", "year", "activity"][..],
        ),
        ("活动.yaml", "图片/会场.webp, ", "图片/会场.webp, 密级: 机密, ", &["activity", "summary", "year"]),
        ("活动.yaml", "计划任务: R1 }", "计划任务: R1, 密级: 绝密★10年 }", &["activity", "summary", "year"]),
    ] {
        let (_folder, root) = desk();
        change(&root, file, was, is);
        for what in bundles {
            let said =
                baosong(&root, ["pack", what, ".", "--year", "2018", "--format", "short"]).ends_with(1).out;
            assert!(said.contains("secret/bundle") && said.contains("不能打"), "{what}: {said}");
        }
        assert!(listing(&root.join("输出")).keys().all(|path| !path.ends_with(".zip")), "{is}");
        let draft = baosong(&root, ["check", "--format", "short"]).out;
        assert!(draft.contains("警告[secret/bundle]"), "{draft}");
    }
    let (_folder, root) = desk();
    change(&root, "活动.yaml", "图片/会场.webp, ", "图片/会场.webp, 密级: 机密, ");
    baosong(&root, ["pack", "plan", "."]).ends_with(0);
    // 内部 may go to the general secretariat.
    let (_folder, root) = desk();
    change(&root, "工作计划.yaml", "稿次: 定稿\n", "稿次: 定稿\n密级: 内部\n");
    change(&root, "活动.yaml", "图片/会场.webp, ", "图片/会场.webp, 密级: 内部, ");
    change(
        &root,
        "工作总结.yaml",
        "\n报送:\n",
        "\n全年报送: { 文号: 认可某〔2018〕6号, 日期: 2018-10-22 }\n报送:\n",
    );
    baosong(&root, ["pack", "year", ".", "--year", "2018"]).ends_with(0);
}

#[test]
fn the_grade_stands_on_the_head_of_minutes() {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("组");
    copy(&example_source(), &root);
    let file = "2017/活动/0921-第二次全体会议/活动.yaml";
    for (grade, shown) in [("秘密", true), ("内部", false)] {
        let text = fs::read_to_string(example_source().join(file)).expect("a file");
        fs::write(root.join(file), text.replacen("\n纪要:\n", &format!("\n纪要:\n  密级: {grade}\n"), 1))
            .expect("a file");
        baosong(&root, ["build", "2017/活动/0921-第二次全体会议"]).ends_with(0);
        let minutes =
            listing(&root.join("输出")).into_iter().find(|(path, _)| path.ends_with("会议纪要.pdf"));
        let first = crate::paper::pages(&minutes.expect("minutes").1).concat();
        assert_eq!(first.contains(grade), shown, "{first}");
    }
}
