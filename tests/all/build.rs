//! `baosong build` sets what has changed and nothing else, and what lies there afterwards is what a build from nothing
//! makes; it watches, and it opens.

use crate::program::{Ran, baosong, command, copy, example_source, listing, ran, small};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant, SystemTime};
use tempfile::TempDir;

const PLAN: &str = "2017/年度工作计划.pdf";
const ACTIVITY: &str = "2017/活动/0601-认证能力标准项目会议";
const FOLDER: &str = "2017/2017-02-ISO／IEC TS 17021-4项目会议";
const RECORD: &str = "输出/.baosong-build.json";

/// A workspace with a short plan: sound or not, its pages are quick to set.
fn short() -> (TempDir, PathBuf) {
    let (folder, root) = small();
    let plan = "类别: 年度工作计划\n年度: 2017\n依据: 按时报告。\n";
    fs::write(root.join("2017/工作计划.yaml"), plan).unwrap();
    (folder, root)
}

/// The same with an activity: a digest, which shows no photograph, and a press draft, which shows two.
fn year() -> (TempDir, PathBuf) {
    let (folder, root) = short();
    copy(&example_source().join(ACTIVITY), &root.join(ACTIVITY));
    let activity = root.join(ACTIVITY).join("活动.yaml");
    let press =
        "\n新闻通稿:\n  标题: 项目会议召开\n  日期: 2017-06-02\n  导语: 6月1日，项目会议在北京召开。\n";
    fs::write(&activity, fs::read_to_string(&activity).unwrap() + press).unwrap();
    (folder, root)
}

fn replace(path: &Path, from: &str, to: &str) {
    let text = fs::read_to_string(path).unwrap();
    assert!(text.contains(from), "{from}");
    fs::write(path, text.replace(from, to)).unwrap();
}

/// The papers that a run said it made, by the name of the file.
fn made(ran: &Ran) -> Vec<&str> {
    let lines = ran.out.lines().filter_map(|line| line.strip_prefix("已生成 "));
    lines.map(|line| line.rsplit('/').next().unwrap().split(".pdf").next().unwrap()).collect()
}

/// What a run said of the whole, whether it made papers or left them.
fn rest(ran: &Ran) -> String {
    let is_of_papers = |line: &&str| line.starts_with("已生成 ") || line.ends_with("没有变化");
    ran.out.lines().filter(|line| !is_of_papers(line)).collect::<Vec<_>>().join("\n")
}

/// The PDFs below a folder.
fn papers(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    listing(folder).into_iter().filter(|(path, _)| path.ends_with(".pdf")).collect()
}

/// When each PDF was written.
fn times(root: &Path) -> Vec<SystemTime> {
    let output = root.join("输出");
    papers(&output).keys().map(|path| fs::metadata(output.join(path)).unwrap().modified().unwrap()).collect()
}

/// Fails unless the output is what a build from nothing makes.
#[track_caller]
fn is_as_from_nothing(root: &Path) {
    let other = tempfile::tempdir().unwrap();
    baosong(root, ["build", "-o", &other.path().join("新").to_string_lossy()]);
    assert!(papers(&root.join("输出")) == papers(other.path().join("新").as_path()), "other bytes");
}

#[test]
fn what_has_not_changed_is_not_set_and_the_report_is_the_same() {
    let (_folder, root) = year();
    let first = baosong(&root, ["build"]);
    assert_eq!(made(&first), ["年度工作计划", "活动小结", "新闻通稿"]);
    let before = times(&root);
    let second = baosong(&root, ["build"]);
    assert_eq!(made(&second), [""; 0]);
    assert!(second.out.starts_with("3 份都没有变化\n"), "{}", second.out);
    assert_eq!((rest(&second), second.code), (rest(&first), first.code));
    assert_eq!(times(&root), before);
    let forced = baosong(&root, ["build", "--force"]);
    assert_eq!(made(&forced).len(), 3);
    assert_ne!(times(&root), before);
}

#[test]
fn what_a_change_concerns_is_set_and_nothing_else() {
    let (_folder, root) = year();
    baosong(&root, ["build"]);
    let activity = root.join(ACTIVITY);
    replace(&root.join("2017/工作计划.yaml"), "按时报告", "及时报告");
    let ran = baosong(&root, ["build"]);
    assert_eq!(made(&ran), ["年度工作计划"]);
    assert!(ran.out.contains("另有 2 份没有变化"), "{}", ran.out);

    let photo = activity.join("图片/01-会场.jpg");
    let (picture, times) = (fs::read(&photo).unwrap(), fs::metadata(&photo).unwrap().modified().unwrap());
    fs::copy(activity.join("图片/02-讨论.jpg"), &photo).unwrap();
    let ran = baosong(&root, ["build"]);
    assert_eq!(made(&ran), ["新闻通稿"]);
    is_as_from_nothing(&root);

    // Back to the first picture with the times of then, as a copy from a backup has them.
    fs::write(&photo, picture).unwrap();
    File::options().write(true).open(&photo).unwrap().set_modified(times).unwrap();
    assert_eq!(made(&baosong(&root, ["build"])), ["新闻通稿"]);

    // The digest carries its source.
    replace(&activity.join("活动.yaml"), "说明: 项目会议会场", "说明: 会场");
    assert_eq!(made(&baosong(&root, ["build"])), ["活动小结", "新闻通稿"]);

    replace(&root.join("专家组.yaml"), "方向: ", "方向: 试验");
    let profile = baosong(&root, ["build"]);
    assert!(!made(&profile).is_empty(), "{}", profile.out);
    is_as_from_nothing(&root);

    let templates = root.join("模板/gongwen");
    fs::create_dir_all(&templates).unwrap();
    let title = fs::read_to_string(crate::program::project().join("templates/gongwen/title.typ")).unwrap();
    fs::write(templates.join("title.typ"), format!("{title}\n// ours\n")).unwrap();
    assert_eq!(made(&baosong(&root, ["build"])).len(), 3);
    assert_eq!(made(&baosong(&root, ["build"])).len(), 0);
    fs::remove_dir_all(root.join("模板")).unwrap();
    assert_eq!(made(&baosong(&root, ["build"])).len(), 3);
    is_as_from_nothing(&root);
}

#[test]
fn a_paper_that_was_touched_is_made_anew() {
    let (_folder, root) = year();
    baosong(&root, ["build"]);
    let output = root.join("输出");
    let sound = papers(&output);
    let press = output.join(format!("{FOLDER}/新闻通稿.pdf"));
    let bytes = fs::read(&press).unwrap();
    let mut edited = bytes.clone();
    edited[bytes.len() / 2] ^= 1;
    for content in [Some(&bytes[..100]), Some(&edited), Some(&[]), None] {
        let time = fs::metadata(&press).unwrap().modified().unwrap();
        fs::remove_file(&press).unwrap();
        if let Some(content) = content {
            fs::write(&press, content).unwrap();
            if cfg!(unix) {
                File::options().write(true).open(&press).unwrap().set_modified(time).unwrap();
            }
        }
        assert_eq!(made(&baosong(&root, ["build"])), ["新闻通稿"]);
        assert!(papers(&output) == sound);
    }
    // Copied, so that times differ, but whole.
    let other = root.with_file_name("搬走");
    fs::create_dir(&other).unwrap();
    copy(&root, &other);
    copy(&output, &other.join("输出"));
    assert_eq!(made(&baosong(&other, ["build"])), [""; 0]);
}

#[test]
fn a_record_that_cannot_be_trusted_is_no_record() {
    let (_folder, root) = short();
    baosong(&root, ["build"]);
    let record = root.join(RECORD);
    let sound = fs::read_to_string(&record).unwrap();
    let basis = serde_json::from_str::<Value>(&sound).unwrap()["basis"].as_str().unwrap().to_owned();
    for text in [
        "",
        "{",
        "[1, 2]",
        &sound[..sound.len() / 2],
        &sound.replace("\"format\":1", "\"format\":2"),
        &sound.replace("\"format\":1", "\"format\":0"),
        &sound.replace("./输出", "/elsewhere"),
        // Made by another version: its keys are others.
        &sound.replace("\"key\":\"", "\"key\":\"0"),
    ] {
        fs::write(&record, text).unwrap();
        assert_eq!(made(&baosong(&root, ["build"])), ["年度工作计划"], "{text}");
        assert_eq!(made(&baosong(&root, ["build"])), [""; 0], "{text}");
    }
    fs::write(&record, sound.replace(&basis, "0")).unwrap();
    assert_eq!(made(&baosong(&root, ["build"])), [""; 0], "the key alone decides");
    fs::remove_file(&record).unwrap();
    assert_eq!(made(&baosong(&root, ["build"])), ["年度工作计划"]);
}

#[test]
fn a_run_that_was_killed_leaves_nothing_that_misleads_the_next() {
    let (_folder, root) = year();
    baosong(&root, ["build"]);
    let output = root.join("输出");
    let (record, sound) = (fs::read(root.join(RECORD)).unwrap(), papers(&output));
    let activity = root.join(ACTIVITY).join("活动.yaml");
    let text = fs::read(&activity).unwrap();
    replace(&activity, "说明: 项目会议会场", "说明: 会场");
    baosong(&root, ["build"]);
    // Killed after the papers and before the record; then the change is taken back.
    fs::write(root.join(RECORD), record).unwrap();
    fs::write(&activity, text).unwrap();
    assert_eq!(made(&baosong(&root, ["build"])), ["活动小结", "新闻通稿"]);
    assert!(papers(&output) == sound);
    let mut child = command(&root, ["build", "--force"]).stdout(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(900));
    child.kill().unwrap();
    child.wait().unwrap();
    baosong(&root, ["build"]);
    assert!(papers(&output) == sound);
}

#[test]
fn papers_that_nothing_asks_for_go_unless_they_were_changed() {
    let (_folder, root) = year();
    baosong(&root, ["build"]);
    let output = root.join("输出");
    let activity = root.join(ACTIVITY).join("活动.yaml");
    let press = output.join(FOLDER).join("新闻通稿.pdf");
    let text = fs::read_to_string(&activity).unwrap();

    // A file that cannot be read may ask for them again.
    fs::write(&activity, format!("{text}\n\t坏: [\n")).unwrap();
    let broken = baosong(&root, ["build"]).ends_with(1);
    assert!(!broken.out.contains("已移除") && press.is_file(), "{}", broken.out);

    // A part says nothing of the rest.
    fs::write(&activity, text.replace("编号: 2017-02", "编号: 2017-09")).unwrap();
    let part = baosong(&root, ["build", "2017/工作计划.yaml"]);
    assert!(!part.out.contains("已移除") && press.is_file(), "{}", part.out);

    fs::write(&press, "annotated").unwrap();
    fs::write(output.join(FOLDER).join("我的.pdf"), "mine").unwrap();
    let whole = baosong(&root, ["build"]);
    assert!(whole.out.contains("已移除不再需要的 ") && whole.out.contains("活动小结.pdf"), "{}", whole.out);
    assert!(whole.out.contains("[run/left-over]"), "{}", whole.out);
    let left: Vec<String> = papers(&output.join(FOLDER)).into_keys().collect();
    assert_eq!(left, ["我的.pdf", "新闻通稿.pdf"]);

    // What is deleted by hand is forgotten; an empty folder goes with the last of its papers.
    fs::remove_file(&press).unwrap();
    let again = baosong(&root, ["build"]);
    assert!(!again.out.contains("left-over"), "{}", again.out);
    fs::remove_dir_all(root.join(ACTIVITY)).unwrap();
    baosong(&root, ["build"]);
    let left: Vec<String> = papers(&output).into_keys().collect();
    assert_eq!(left, [&format!("{FOLDER}/我的.pdf"), PLAN]);
    assert_eq!(fs::read_dir(output.join("2017")).unwrap().count(), 2);
}

#[test]
fn the_grid_is_a_paper_of_its_own() {
    let (_folder, root) = short();
    baosong(&root, ["build"]);
    assert_eq!(made(&baosong(&root, ["build", "--grid"])), ["年度工作计划（网格）"]);
    assert_eq!(made(&baosong(&root, ["build", "--grid"])), [""; 0]);
    assert_eq!(made(&baosong(&root, ["build"])), [""; 0]);
    assert_eq!(papers(&root.join("输出")).len(), 2);
    fs::remove_file(root.join("2017/工作计划.yaml")).unwrap();
    baosong(&root, ["build"]);
    assert_eq!(papers(&root.join("输出")).len(), 0);
}

#[test]
fn a_bundle_takes_what_is_built_and_has_the_same_bytes() {
    let (folder, root) = small();
    let pack = |to: &str| {
        let to = folder.path().join(to);
        baosong(&root, ["pack", "plan", "-o", &to.to_string_lossy()]).ends_with(0);
        let bundle = listing(&to).into_iter().find(|(path, _)| path.ends_with(".zip"));
        bundle.unwrap().1
    };
    let from_nothing = pack("一");
    baosong(&root, ["build"]);
    assert!(pack("二") == from_nothing, "other bytes");
    let paper = root.join("输出").join(PLAN);
    let pdf = fs::read(&paper).unwrap();
    fs::write(&paper, [&pdf, "\n% 改".as_bytes()].concat()).unwrap();
    assert!(pack("三") == from_nothing, "what was changed by hand is packed");
    // Only with a record that was forged as well is it seen that nothing is set.
    let sum = |bytes: &[u8]| baosong::checksum::Checksum::of(bytes).to_string();
    replace(&root.join(RECORD), &sum(&pdf), &sum(&fs::read(&paper).unwrap()));
    let forged = pack("四");
    assert!(forged != from_nothing, "the paper was set again");
}

#[test]
fn a_copy_that_was_damaged_is_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("组");
    copy(&example_source(), &root);
    let pack = || {
        baosong(&root, ["pack", "activity", ACTIVITY, "--stage", "后"]).ends_with(0);
        let bundle = listing(&root.join("输出/报送")).into_iter().find(|(path, _)| path.ends_with(".zip"));
        bundle.unwrap().1
    };
    let kept = || -> BTreeMap<String, Vec<u8>> {
        let all = listing(&root.join("输出")).into_iter();
        all.filter(|(path, _)| path.starts_with(".baosong-copies/")).collect()
    };
    let from_nothing = pack();
    let copies = kept();
    assert!(!copies.is_empty());
    assert!(pack() == from_nothing);
    assert!(kept() == copies, "what is kept is used");
    for (path, bytes) in &copies {
        let mut bytes = bytes.clone();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        fs::write(root.join("输出").join(path), bytes).unwrap();
    }
    assert!(pack() == from_nothing, "damaged copies are packed");
}

#[test]
fn several_workspaces_of_one_name_do_not_mix() {
    let folder = tempfile::tempdir().unwrap();
    for year in ["甲/组", "乙/组", "丙"] {
        let (_folder, root) = short();
        copy(&root, &folder.path().join(year));
    }
    let ran = baosong(folder.path(), ["build", "-o", "稿"]);
    let made: Vec<String> = papers(&folder.path().join("稿")).into_keys().collect();
    assert_eq!(made, [format!("丙/{PLAN}"), format!("组/{PLAN}"), format!("组（2）/{PLAN}")], "{}", ran.out);
    let again = baosong(folder.path(), ["build", "-o", "稿"]);
    assert_eq!(again.out.matches("1 份都没有变化").count(), 3, "{}", again.out);
    // Another group into the same folder: nothing of the first goes.
    let same = folder.path().join("同");
    for root in ["甲/组", "丙"] {
        let ran = baosong(&folder.path().join(root), ["build", "-o", &same.to_string_lossy()]);
        assert!(!ran.out.contains("已移除") && ran.out.contains("已生成"), "{}", ran.out);
    }
}

#[test]
fn other_programs_are_told_as_json() {
    let (_folder, root) = short();
    let object = |ran: &Ran| serde_json::from_str::<Value>(&ran.out).unwrap()["workspaces"][0].clone();
    let first = object(&baosong(&root, ["build", "--format", "json"]));
    let paper = &first["papers"][0];
    assert_eq!((&paper["file"], &paper["state"]), (&PLAN.into(), &"built".into()));
    assert_eq!((&paper["source"], &paper["pages"]), (&"2017/工作计划.yaml".into(), &1.into()));
    assert!(first["counts"]["errors"].is_number() && first["fonts"]["stand_ins"].is_array());
    let second = object(&baosong(&root, ["build", "--format", "json"]));
    assert_eq!(second["papers"][0]["state"], "unchanged");
    assert_eq!(second["findings"], first["findings"]);
    fs::remove_file(root.join("2017/工作计划.yaml")).unwrap();
    let third = object(&baosong(&root, ["build", "--format", "json"]));
    assert_eq!(third["removed"], serde_json::json!([PLAN]));
}

/// A folder whose `xdg-open` writes down what it was asked for and ends with `code`.
#[cfg(target_os = "linux")]
fn viewer(code: u8) -> TempDir {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("xdg-open");
    let asked = folder.path().join("asked");
    fs::write(&path, format!("#!/bin/sh\nprintf %s \"$1\" > '{}'\nexit {code}\n", asked.display())).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    folder
}

#[cfg(target_os = "linux")]
#[test]
fn what_was_made_is_opened() {
    let (_folder, root) = year();
    let open = |viewer: &TempDir, path: &str| {
        ran(command(&root, ["build", path, "--open"]).env("PATH", viewer.path()))
    };
    let asked = |viewer: &TempDir| fs::read_to_string(viewer.path().join("asked")).unwrap();
    let sound = viewer(0);
    let plain = open(&sound, "2017/工作计划.yaml");
    assert_eq!(asked(&sound), root.join("输出").join(PLAN).to_string_lossy());
    // Again: it is up to date, and opened all the same. Two papers: the folder.
    open(&sound, ACTIVITY);
    assert_eq!(asked(&sound), root.join("输出").to_string_lossy());
    let unable = open(&viewer(3), "2017/工作计划.yaml");
    assert!(unable.err.contains("run/cannot-open") && unable.err.contains(PLAN), "{}", unable.err);
    assert_eq!(unable.code, plain.code);
}

/// A run that watches; it ends with the value.
struct Watching(Child);

impl Watching {
    fn new(root: &Path, log: &Path) -> Self {
        let log = File::create(log).unwrap();
        Self(command(root, ["build", "--watch"]).stdout(log).spawn().unwrap())
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Waits until `is` holds and tells how long that took.
#[track_caller]
fn until(what: &str, is: impl Fn() -> bool) -> Duration {
    let start = Instant::now();
    while !is() {
        assert!(start.elapsed() < Duration::from_mins(2), "in vain: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
    start.elapsed()
}

#[test]
fn what_is_saved_is_built_while_one_writes() {
    let (folder, root) = year();
    let log = folder.path().join("log");
    let said = || fs::read_to_string(&log).unwrap_or_default();
    let rounds = || said().matches("正在等待改动").count();
    let press = root.join("输出").join(FOLDER).join("新闻通稿.pdf");
    let bytes = || fs::read(&press).unwrap_or_default();
    let _watching = Watching::new(&root, &log);
    until("the first build", || rounds() == 1);

    let activity = root.join(ACTIVITY).join("活动.yaml");
    let text = fs::read_to_string(&activity).unwrap();
    let before = bytes();
    fs::write(&activity, text.replace("说明: 项目会议会场", "说明: 会场")).unwrap();
    let took = until("another caption", || bytes() != before);
    println!("from the save to the paper: {took:?}");
    until("the end", || rounds() == 2);
    // What was said in the first round and is no error is only counted.
    assert_eq!(said().matches("[art16/not-applicable]").count(), 1, "{}", said());
    assert!(said().contains("条与上次相同"), "{}", said());

    // Broken, then mended as editors do it: another file takes the name.
    fs::write(&activity, format!("{text}\n\t坏: [\n")).unwrap();
    until("what is wrong", || said().contains("[yaml/"));
    let count = rounds();
    fs::write(activity.with_file_name(".活动.yaml.swp"), "x").unwrap();
    fs::write(activity.with_file_name("4913"), "x").unwrap();
    fs::remove_file(&activity).unwrap();
    let aside = activity.with_file_name("活动.yaml~");
    fs::write(&aside, &text).unwrap();
    fs::rename(&aside, &activity).unwrap();
    until("the first text again", || bytes() == before);
    until("the end", || rounds() > count);

    let photo = root.join(ACTIVITY).join("图片/01-会场.jpg");
    fs::copy(root.join(ACTIVITY).join("图片/02-讨论.jpg"), photo).unwrap();
    until("another picture", || bytes() != before && !bytes().is_empty());

    let templates = root.join("模板/gongwen");
    fs::create_dir_all(&templates).unwrap();
    let title = fs::read_to_string(crate::program::project().join("templates/gongwen/title.typ")).unwrap();
    fs::write(templates.join("title.typ"), format!("{title}\n#let x = (\n")).unwrap();
    until("a broken template", || said().contains("[page/template]"));
    fs::remove_dir_all(root.join("模板")).unwrap();

    let renamed = root.join("2017/活动/改名");
    fs::rename(root.join(ACTIVITY), &renamed).unwrap();
    replace(&renamed.join("活动.yaml"), "编号: 2017-02", "编号: 2017-09");
    let other = root.join("输出/2017/2017-09-ISO／IEC TS 17021-4项目会议/新闻通稿.pdf");
    until("the folder of another name", || other.is_file() && !press.exists());

    // What has nothing to do with the papers says nothing.
    let before = until_still(&said);
    fs::write(root.join("说明.txt"), "x").unwrap();
    std::thread::sleep(Duration::from_secs(3));
    assert_eq!(said(), before);
}

/// What was said once nothing more is.
fn until_still(said: &dyn Fn() -> String) -> String {
    loop {
        let before = said();
        std::thread::sleep(Duration::from_secs(4));
        if said() == before {
            return before;
        }
    }
}
