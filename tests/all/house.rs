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
    let zip = bundle.values().next().expect("a bundle");
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
