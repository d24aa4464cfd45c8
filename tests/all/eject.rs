//! `eject`: what is written out changes nothing until it is changed, and nothing is ever written over.

use crate::program::{baosong, listing, small};
use baosong::build::SHIPPED_TEXTS;
use baosong::typeset::SHIPPED_TEMPLATES;
use serde_json::Value;
use std::fs;

#[test]
fn templates_take_effect_once_they_are_changed() {
    let (_folder, root) = small();
    let plan = root.join("输出/2017/年度工作计划.pdf");
    baosong(&root, ["build"]).ends_with(0);
    let before = fs::read(&plan).unwrap();
    let said = baosong(&root, ["eject", "templates"]).ends_with(0);
    let files = listing(&root.join("模板"));
    assert_eq!(files.len(), SHIPPED_TEMPLATES.len() + SHIPPED_TEXTS.len());
    assert!(said.out.contains(&format!("共写出 {} 个文件", files.len())), "{}", said.out);
    for (name, text) in SHIPPED_TEMPLATES.iter().chain(SHIPPED_TEXTS) {
        assert_eq!(files[*name], text.as_bytes(), "{name}");
    }
    baosong(&root, ["check"]).ends_with(0);
    baosong(&root, ["build"]).ends_with(0);
    assert!(fs::read(&plan).unwrap() == before, "ejected templates change the page");
    let title = root.join("模板/gongwen/title.typ");
    let changed =
        fs::read_to_string(&title).unwrap().replace("..kai", "..hei").replace(": biao, kai", ": biao, hei");
    fs::write(&title, changed.replace("size-2, title-line", "size-3, title-line")).unwrap();
    baosong(&root, ["build"]).ends_with(0);
    assert!(fs::read(&plan).unwrap() != before, "a changed template changes nothing");
}

#[test]
fn nothing_is_written_over() {
    let (_folder, root) = small();
    baosong(&root, ["eject", "templates", "text", "plain.typ"]).ends_with(0);
    let names: Vec<String> = listing(&root.join("模板")).into_keys().collect();
    assert_eq!(names, ["plain.typ", "text/mail.txt", "text/press.md", "text/press.txt"]);
    fs::write(root.join("模板/plain.typ"), "// 改过\n").unwrap();
    fs::write(root.join("模板/text/mail.txt"), "改过\n").unwrap();
    let before = listing(&root);
    let refused = baosong(&root, ["eject", "templates", "--format", "short"]).ends_with(2);
    for part in ["run/exists", "模板/plain.typ”、“", "模板/text/mail.txt”"] {
        assert!(refused.err.contains(part), "{}", refused.err);
    }
    assert_eq!(listing(&root), before);
    let again = baosong(&root, ["eject", "templates", "text/press.md"]).ends_with(0);
    assert!(again.out.contains("共写出 0 个文件") && again.out.contains("另有 1 个"), "{}", again.out);
}

#[test]
fn what_is_for_reading_lies_where_no_workspace_reads_it() {
    let (_folder, root) = small();
    baosong(&root, ["eject", "rulebook"]).ends_with(0);
    baosong(&root, ["eject", "locale", "zh.yaml"]).ends_with(0);
    assert!(root.join("输出/rulebook/tool/run.yaml").is_file() && root.join("输出/locale/zh.yaml").is_file());
    assert!(!root.join("输出/locale/en.yaml").exists());
    baosong(&root, ["eject", "locale", "-o", "界面"]).ends_with(0);
    assert!(root.join("界面/en.yaml").is_file());
    let checked = baosong(&root, ["check", "--format", "short"]).ends_with(0);
    assert!(!checked.out.contains("rulebook") && !checked.out.contains("界面"), "{}", checked.out);
    let elsewhere = tempfile::tempdir().unwrap();
    baosong(elsewhere.path(), ["eject", "rulebook"]).ends_with(0);
    assert!(elsewhere.path().join("rulebook/tool/run.yaml").is_file());
    fs::write(elsewhere.path().join("rulebook/tool/run.yaml"), "改过\n").unwrap();
    let refused = baosong(elsewhere.path(), ["eject", "rulebook"]).ends_with(2);
    assert!(refused.err.contains("run/exists"), "{}", refused.err);
}

#[test]
fn names_that_are_none_and_places_that_are_elsewhere_are_refused() {
    let (folder, root) = small();
    let refused = baosong(&root, ["eject", "templates", "gongwen/titel.typ"]).ends_with(2);
    assert!(
        refused.err.contains("run/not-inside") && refused.err.contains("gongwen/title.typ"),
        "{}",
        refused.err
    );
    baosong(folder.path(), ["eject", "templates"]).ends_with(0);
    let second = folder.path().join("组二");
    fs::create_dir(&second).unwrap();
    fs::write(second.join("专家组.yaml"), "类别: 专家组\n版式: { 模板: ../别处 }\n").unwrap();
    let outside = baosong(&second, ["eject", "templates"]).ends_with(2);
    assert!(outside.err.contains("workspace/outside-path"), "{}", outside.err);
    assert!(!folder.path().join("别处").exists());
    let several = baosong(folder.path(), ["eject", "templates"]).ends_with(2);
    assert!(several.err.contains("workspace/no-profile"), "{}", several.err);
    #[cfg(unix)]
    {
        fs::remove_dir_all(root.join("模板/gongwen")).unwrap();
        std::os::unix::fs::symlink(folder.path(), root.join("模板/gongwen")).unwrap();
        let linked = baosong(&root, ["eject", "templates"]).ends_with(2);
        assert!(linked.err.contains("run/outside"), "{}", linked.err);
        assert!(!folder.path().join("title.typ").exists());
    }
}

#[test]
fn a_page_is_whole_for_the_stock_compiler() {
    let (_folder, root) = small();
    let said = baosong(&root, ["eject", "page", "2017/工作计划.yaml", "-o", "预览"]).ends_with(0);
    assert!(said.out.contains("--root 预览") && said.out.contains("预览/plain.typ"), "{}", said.out);
    let files = listing(&root.join("预览"));
    for (name, text) in SHIPPED_TEMPLATES {
        assert_eq!(files[*name], text.as_bytes(), "{name}");
    }
    let json = |name: &str| serde_json::from_slice::<Value>(&files[name]).unwrap();
    let data = json("data.json");
    assert_eq!(data["format"], "plain");
    for attached in data["attachments"].as_array().unwrap() {
        let path = attached["path"].as_str().unwrap().trim_start_matches('/');
        // All of it but the house's own 记录.
        let (attached, source) = (&files[path], fs::read_to_string(root.join("2017/工作计划.yaml")).unwrap());
        let attached = std::str::from_utf8(attached).unwrap();
        assert!(source.contains("记录") && !attached.contains("记录"), "{attached}");
        assert!(attached.lines().all(|line| source.lines().any(|it| it == line)), "{attached}");
    }
    let listed = String::from_utf8(files["fonts.txt"].clone()).unwrap();
    for family in json("fonts.json").as_object().unwrap().values().flat_map(|chain| chain.as_array().unwrap())
    {
        assert!(listed.contains(&format!("{}\t", family["name"].as_str().unwrap())), "{listed}");
    }
    // It is no material of the workspace, and stays as it is.
    let checked = baosong(&root, ["check", "--format", "short"]).ends_with(0);
    assert!(!checked.out.contains("预览"), "{}", checked.out);
    fs::write(root.join("预览/plain.typ"), "// 改过\n").unwrap();
    let again = baosong(&root, ["eject", "page", "2017/工作计划.yaml", "-o", "预览"]).ends_with(2);
    assert!(again.err.contains("run/exists") && again.err.contains("预览/plain.typ"), "{}", again.err);
    assert_eq!(fs::read_to_string(root.join("预览/plain.typ")).unwrap(), "// 改过\n");
    baosong(&root, ["eject", "page", "2017/工作计划.yaml", "年度工作计划"]).ends_with(0);
    assert!(root.join("输出/page/2017/年度工作计划/data.json").is_file());
}

#[test]
fn which_page_is_asked() {
    let root = crate::program::example_source();
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("预览").display().to_string();
    let run = |what: &[&str]| baosong(&root, [&["eject", "page"], what, &["-o", &target]].concat());
    let activity = "2017/活动/0921-第二次全体会议";
    let mut said = String::new();
    for what in [&[][..], &[activity], &[activity, "会议记要"], &["2017/活动/0601-认证能力标准项目会议/图片"]]
    {
        said += &format!("$ {}\n{}", what.join(" "), run(what).ends_with(2).said(folder.path()));
        assert!(!folder.path().join("预览").exists());
    }
    insta::assert_snapshot!(said);
    // With photographs.
    run(&[activity, "新闻通稿"]).ends_with(0);
    assert!(listing(&folder.path().join("预览")).keys().any(|name| name.ends_with(".jpg")));
}

/// Once the command line knows `--format json`.
#[test]
fn the_answer_as_json() {
    let (_folder, root) = small();
    let said = baosong(&root, ["eject", "templates", "text", "--format", "json"]).ends_with(0);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!((&answer["what"], answer["written"].as_array().unwrap().len()), (&"templates".into(), 3));
}
