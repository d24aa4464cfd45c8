//! 版式 and 模板: what a house chooses for itself, from its profile to the file.

use crate::program::{baosong, listing, project, small};
use std::fs;
use std::path::Path;

const PROFILE: &str = "专家组.yaml";

fn choose(root: &Path, style: &str) {
    let profile = fs::read_to_string(root.join(PROFILE)).expect("a profile");
    fs::write(root.join(PROFILE), format!("{profile}\n版式:\n{style}")).expect("a profile");
}

#[test]
fn a_page_with_its_grid_is_a_file_of_another_name_and_never_packed() {
    let (_folder, root) = small();
    baosong(&root, ["build"]).ends_with(0);
    let papers = listing(&root.join("输出"));
    let ran = baosong(&root, ["build", "--grid"]).ends_with(0);
    assert!(ran.out.contains("年度工作计划（网格）.pdf"), "{}", ran.out);
    let both = listing(&root.join("输出"));
    let (plan, gridded) = (&both["2017/年度工作计划.pdf"], &both["2017/年度工作计划（网格）.pdf"]);
    assert_eq!(plan, &papers["2017/年度工作计划.pdf"]);
    assert_ne!(plan, gridded);
    baosong(&root, ["pack", "plan"]).ends_with(0);
    let bundle = listing(&root.join("输出/报送"));
    let zip = bundle.iter().find(|(name, _)| name.ends_with(".zip")).expect("a bundle").1;
    assert!(!zip.windows(6).any(|bytes| bytes == "网格".as_bytes()));
    assert!(zip.windows(12).any(|bytes| bytes == "工作计划".as_bytes()));
}

#[test]
fn the_fonts_that_stand_in_are_named_at_the_end() {
    let (_folder, root) = small();
    let ran = baosong(&root, ["build"]).ends_with(0);
    let line = ran.out.lines().find(|line| line.starts_with("字体：")).expect("a line on fonts");
    assert!(line.contains("以开源字体代用，仿宋=朱雀仿宋、"), "{line}");
    let pdf = &listing(&root.join("输出"))["2017/年度工作计划.pdf"];
    let keyword = "仿宋=朱雀仿宋（代）".as_bytes();
    assert!(pdf.windows(keyword.len()).any(|bytes| bytes == keyword));
}

#[test]
fn own_templates_are_used_and_their_faults_told_with_their_place() {
    let (_folder, root) = small();
    let template = |name: &str, change: &dyn Fn(String) -> String| {
        let shipped = fs::read_to_string(project().join("templates").join(name)).expect("a template");
        let path = root.join("版面").join(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, change(shipped)).expect("a template");
    };
    let plain = |root: &Path| listing(&root.join("输出"))["2017/年度工作计划.pdf"].clone();
    baosong(&root, ["build"]).ends_with(0);
    let shipped = plain(&root);
    choose(&root, "  模板: 版面\n");
    let ran = baosong(&root, ["check"]).ends_with(1);
    assert!(ran.out.contains("[page/no-templates]"), "{}", ran.out);
    template("gongwen/title.typ", &|text| text + "\n// ours\n");
    baosong(&root, ["build"]).ends_with(0);
    assert_eq!(plain(&root), shipped);
    template("gongwen/title.typ", &|text| text.replace("36pt", "40pt"));
    baosong(&root, ["build"]).ends_with(0);
    assert_ne!(plain(&root), shipped);
    // A fault that shows only when it is used.
    template("gongwen/title.typ", &|text| text.replace("set align(center)", "set align(centre)"));
    let ran = baosong(&root, ["build", "--format", "short"]).ends_with(1);
    assert!(ran.out.contains("模板 gongwen/title.typ 第 "), "{}", ran.out);
    assert!(ran.out.contains("unknown variable: centre"), "{}", ran.out);
    // A fault that reading shows; `pack` does not go on without the house's templates.
    template("gongwen/title.typ", &|_| "#let x = (".to_owned());
    let ran = baosong(&root, ["check", "--format", "short"]).ends_with(1);
    assert!(ran.out.contains("版面/gongwen/title.typ:1:10: 错误[page/template]"), "{}", ran.out);
    baosong(&root, ["pack", "plan"]).ends_with(1);
}

#[test]
fn what_is_no_choice_is_told() {
    let (_folder, root) = small();
    choose(&root, "  红色: 0000FF\n  模板: ../别处\n");
    let ran = baosong(&root, ["check", "--format", "short"]).ends_with(1);
    for rule in ["警告[page/not-red] “#0000FF”", "错误[workspace/outside-path] “../别处”"] {
        assert!(ran.out.contains(rule), "{}", ran.out);
    }
}

/// Gives the workspace at `root` rules of its own.
fn overlay(root: &Path, rules: &str) {
    let profile = fs::read_to_string(root.join(PROFILE)).expect("a profile");
    if !profile.contains("\n规则:") {
        fs::write(root.join(PROFILE), format!("{profile}\n规则: 本组规则.yaml\n")).expect("a profile");
    }
    fs::write(root.join("本组规则.yaml"), format!("类别: 本组规则\n{rules}")).expect("house rules");
}

#[test]
fn house_rules_travel_with_the_bundle_and_hide_nothing() {
    let (_folder, root) = small();
    let bundle = root.join("输出/报送/认可持续-2017-计划-1.zip");
    let submission = || -> serde_json::Value {
        let files = crate::example::unzipped(&bundle);
        serde_json::from_slice(&files["data/submission.json"]).expect("JSON")
    };
    // Without a leader there is a fact to tell.
    let profile = fs::read_to_string(root.join(PROFILE)).expect("a profile");
    fs::write(root.join(PROFILE), profile.replacen("角色: 组长", "角色: 组员", 1)).expect("a profile");
    baosong(&root, ["pack", "plan"]).ends_with(0);
    let plain = submission();
    assert_eq!((&plain["house"], &plain["switches"]["代表计入到会"]), (&().into(), &"否".into()));
    assert_eq!(plain["facts"][0]["rule"], "art9/leader");
    // What was sent would not be overwritten.
    fs::remove_file(&bundle).expect("a bundle");

    overlay(
        &root,
        "级别:\n  - { 规则: art9/leader, 级别: 提示, 原因: 组长人选已报批 }\n  - { 规则: plan/no-budget, 级别: 错误 }\n口径:\n  - { 名称: 代表计入到会, 取: 是, 依据: 总秘书处2017年答复 }\n  - { 名称: 线上计入到会, 取: 是 }\n",
    );
    let ran = baosong(&root, ["pack", "plan", "--format", "short"]).ends_with(0);
    assert!(ran.out.contains("提示[art9/leader]"), "{}", ran.out);
    let packed = submission();
    assert_eq!(packed["switches"]["代表计入到会"], "是");
    assert_eq!(packed["facts"][0]["rule"], "art9/leader");
    let house = &packed["house"];
    assert_eq!(house["path"], "data/源文件/本组规则.yaml");
    assert_eq!(house["severities"], serde_json::json!({ "art9/leader": "提示", "plan/no-budget": "错误" }));
    let basis = "总秘书处2017年答复";
    assert_eq!(
        house["switches"],
        serde_json::json!({ "代表计入到会": { "value": "是", "basis": basis }, "线上计入到会": { "value": "是", "basis": null } })
    );
    let carried = packed["inputs"].as_array().expect("inputs").iter();
    assert!(carried.into_iter().any(|it| it["path"] == house["path"] && it["sha256"] == house["sha256"]));
    // The covering paper says what differs, and only that.
    let files = crate::example::unzipped(&bundle);
    let cover: String = crate::paper::pages(&files["data/01-报送函.pdf"]).concat();
    let cover: String = cover.split_whitespace().collect();
    assert!(cover.contains("口径说明：“代表计入到会”取“是”（依据：总秘书处2017年答复）。"), "{cover}");
    assert!(!cover.contains("线上计入到会"), "{cover}");
    baosong(&root, ["verify".as_ref(), bundle.as_os_str()]).ends_with(0);
}

#[test]
fn house_rules_weigh_what_check_and_pack_say() {
    let (_folder, root) = small();
    let plan = fs::read_to_string(root.join("2017/工作计划.yaml")).expect("a plan");
    let (before, _) = plan.split_once("\n经费:").expect("a budget");
    let (_, after) = plan.split_once("\n报送:").expect("its sending");
    fs::write(root.join("2017/工作计划.yaml"), format!("{before}\n报送:{after}")).expect("a plan");
    let ran = baosong(&root, ["pack", "plan", "--format", "short"]).ends_with(0);
    assert!(ran.out.contains("警告[plan/no-budget]"), "{}", ran.out);
    overlay(&root, "级别:\n  - { 规则: plan/no-budget, 级别: 错误 }\n");
    for command in [&["check", "--format", "short"][..], &["pack", "plan", "--format", "short"]] {
        let ran = baosong(&root, command).ends_with(1);
        assert!(ran.out.contains("错误[plan/no-budget]"), "{}", ran.out);
    }
    // Rules that cannot be followed concern every bundle.
    overlay(&root, "级别:\n  - { 规则: plan/no-buget, 级别: 提示 }\n");
    let ran = baosong(&root, ["pack", "plan", "--format", "short"]).ends_with(1);
    assert!(ran.out.contains("本组规则.yaml:3:11: 错误[house/unknown-rule]"), "{}", ran.out);
}
