//! Runs that are killed, that meet, or that cannot write: never half a file under its final name, never
//! a change outside the output folder, always a message of our own.

use crate::program::{Ran, baosong, command, listing, small};
use baosong::build::output::Output;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Everything of the workspace at `root` but its output folder.
fn inputs(root: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = listing(root);
    files.retain(|path, _| !path.starts_with("输出/"));
    files
}

/// The program, saying nothing.
fn quiet(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = command(folder, arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// Temporary files below `root`.
fn leftovers(root: &Path) -> Vec<String> {
    listing(root).into_keys().filter(|path| path.contains(".baosong-") && path.ends_with(".tmp")).collect()
}

#[cfg(unix)]
mod killed {
    use super::*;
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    /// What a build remembers; it has the times of the papers in it.
    const RECORD: &str = "/.baosong-build.json";

    /// Kills `arguments` at `moments` moments: the even ones spread over the whole run, the odd ones from
    /// when it begins to write; after each, what stands under a final name must be whole.
    fn kill(arguments: &[&str], moments: u32) {
        let (_folder, root) = small();
        let started = Instant::now();
        baosong(&root, arguments).ends_with(0);
        let whole_run = started.elapsed();
        let reference = listing(&root);
        let mut left = 0;
        for moment in 0..moments {
            if moment % 4 < 2 {
                // The run that was killed may not even have made it.
                let _ = fs::remove_dir_all(root.join("输出"));
            }
            let mut child = quiet(&root, arguments).spawn().expect("the program");
            if moment % 2 == 0 {
                sleep(whole_run * moment / moments);
            } else {
                let is_over =
                    |child: &mut std::process::Child| child.try_wait().is_ok_and(|end| end.is_some());
                while leftovers(&root).is_empty() && !is_over(&mut child) {
                    std::thread::yield_now();
                }
                sleep(Duration::from_micros(u64::from(moment) * 40));
            }
            child.kill().expect("killed");
            child.wait().expect("its end");
            left += leftovers(&root).len();
            for (path, bytes) in listing(&root) {
                if path.ends_with(".tmp") || path.ends_with("/.baosong-output") {
                    continue;
                }
                if path.ends_with(RECORD) {
                    let whole = serde_json::from_slice::<serde_json::Value>(&bytes);
                    assert!(whole.is_ok(), "{path} after a kill at moment {moment}");
                    continue;
                }
                assert!(reference.get(&path) == Some(&bytes), "{path} after a kill at moment {moment}");
            }
        }
        baosong(&root, arguments).ends_with(0);
        assert_eq!(leftovers(&root), [""; 0]);
        let made = |mut files: BTreeMap<String, Vec<u8>>| {
            files.retain(|path, _| !path.ends_with(RECORD));
            files
        };
        assert!(made(listing(&root)) == made(reference), "the next run must make everything good");
        eprintln!("{arguments:?}: {moments} kills over {whole_run:?}, {left} temporary files swept");
    }

    #[test]
    fn while_building() {
        kill(&["build", "--force"], 26);
    }

    #[test]
    fn while_packing() {
        kill(&["pack", "plan"], 24);
    }
}

#[test]
fn the_second_of_two_runs_is_turned_away() {
    let (_folder, root) = small();
    let first = Output::open(&root.join("输出")).expect("the folder");
    for line in [&["build"][..], &["pack", "plan"]] {
        let said = baosong(&root, line).ends_with(2).err;
        assert!(said.contains("run/busy") && said.contains("输出"), "{said}");
    }
    assert_eq!(listing(&root.join("输出")).into_keys().collect::<Vec<_>>(), [".baosong-output"]);
    drop(first);
    baosong(&root, ["build"]).ends_with(0);
}

#[test]
fn two_runs_at_once_do_no_harm() {
    let (folder, root) = small();
    let target = folder.path().join("U盘").to_string_lossy().into_owned();
    for line in [&["build"][..], &["pack", "plan", "-o", &target]] {
        let mut runs: Vec<_> = (0..3).map(|_| quiet(&root, line).spawn().expect("the program")).collect();
        let codes: Vec<_> = runs.iter_mut().map(|run| run.wait().expect("its end").code()).collect();
        assert!(codes.contains(&Some(0)), "{codes:?}");
        assert!(codes.iter().all(|code| matches!(code, Some(0 | 2))), "{codes:?}");
        assert_eq!(leftovers(folder.path()), [""; 0]);
    }
    let together = listing(folder.path());
    baosong(&root, ["build"]).ends_with(0);
    baosong(&root, ["pack", "plan", "-o", &target]).ends_with(0);
    assert!(listing(folder.path()) == together);
}

#[test]
fn what_stands_in_the_way_is_named_and_left_alone() {
    let (folder, root) = small();
    let before = inputs(&root);
    let mut said = String::new();
    let mut note = |ran: Ran| said += &ran.ends_with(2).said(folder.path());

    fs::write(root.join("输出"), "a file").expect("a file");
    note(baosong(&root, ["build", "--format", "short"]));
    note(baosong(&root, ["pack", "plan", "--format", "short"]));
    assert_eq!(fs::read(root.join("输出")).expect("a file"), b"a file");
    fs::remove_file(root.join("输出")).expect("a file");

    let foreign = folder.path().join("别人的");
    fs::create_dir(&foreign).expect("a folder");
    fs::write(foreign.join("论文.docx"), "mine").expect("a file");
    note(baosong(&root, ["build", "--format", "short", "-o", &foreign.to_string_lossy()]));
    assert_eq!(listing(&foreign), BTreeMap::from([("论文.docx".into(), b"mine".to_vec())]));

    baosong(&root, ["build"]).ends_with(0);
    let paper = root.join("输出/2017/年度工作计划.pdf");
    fs::remove_file(&paper).expect("the paper");
    // A name that cannot be taken, as when another program holds the file.
    fs::create_dir_all(paper.join("占用")).expect("a folder");
    note(baosong(&root, ["build", "--format", "short"]));
    assert_eq!(leftovers(&root), [""; 0]);

    insta::assert_snapshot!(said);
    assert!(inputs(&root) == before);
}

#[test]
fn packing_to_a_drive_leaves_its_other_files_alone() {
    let (folder, root) = small();
    let drive = folder.path().join("U盘");
    fs::create_dir(&drive).expect("a folder");
    fs::write(drive.join("照片.jpg"), "mine").expect("a file");
    let target = drive.to_string_lossy().into_owned();
    let pack = || baosong(&root, ["pack", "plan", "--format", "short", "-o", &target]);
    pack().ends_with(0);
    let bundle = drive.join("认可持续-2017-计划-1.zip");
    let old = fs::read(&bundle).expect("a bundle");

    let plan = root.join("2017/工作计划.yaml");
    let text = fs::read_to_string(&plan).expect("a plan");
    fs::write(&plan, format!("{text}# 改过\n")).expect("a plan");
    let refused = pack().ends_with(2);
    assert!(refused.err.contains("run/already-sent"), "{}", refused.err);
    assert!(fs::read(&bundle).expect("a bundle") == old, "what was sent stays");

    let unsent = text.split("  记录:").next().expect("a plan");
    fs::write(&plan, unsent).expect("a plan");
    pack().ends_with(0);
    assert!(fs::read(&bundle).expect("a bundle") == old, "what is recorded changes nothing");
    fs::write(&plan, format!("{unsent}# 改过\n")).expect("a plan");
    pack().ends_with(0);
    assert!(fs::read(&bundle).expect("a bundle") != old, "an older bundle of ours is replaced");
    baosong(&root, ["verify", &bundle.to_string_lossy()]).ends_with(0);

    fs::write(&bundle, "someone else's").expect("a file");
    let refused = pack().ends_with(2);
    assert!(refused.err.contains("run/exists"), "{}", refused.err);
    assert_eq!(fs::read(&bundle).expect("a file"), b"someone else's");
    assert_eq!(fs::read(drive.join("照片.jpg")).expect("a file"), b"mine");
    let names: Vec<String> = listing(&drive).into_keys().collect();
    let ours = ["认可持续-2017-计划-1-报送函.pdf", "认可持续-2017-计划-1.eml", "认可持续-2017-计划-1.zip"];
    assert_eq!(names, [&["照片.jpg"], &ours[..]].concat());
    assert!(!root.join("输出").exists());
}

/// A small file system of its own, where the test may mount one.
#[cfg(target_os = "linux")]
struct Drive(PathBuf, #[expect(dead_code, reason = "held until the drive is gone")] TempDir);

#[cfg(target_os = "linux")]
impl Drive {
    fn mount(options: &str) -> Option<Self> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().to_owned();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(&path)
            .stderr(Stdio::null())
            .status();
        if mounted.is_ok_and(|status| status.success()) {
            return Some(Self(path, folder));
        }
        eprintln!("skipped: a tmpfs cannot be mounted here");
        None
    }
}

#[cfg(target_os = "linux")]
impl Drop for Drive {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_drive_is_said() {
    let Some(drive) = Drive::mount("size=120k") else { return };
    let (_folder, root) = small();
    let target = drive.0.to_string_lossy().into_owned();
    for line in [&["build", "-o", &target][..], &["pack", "plan", "-o", &target]] {
        let said = baosong(&root, line).ends_with(2).err;
        assert!(said.contains("run/disk-full") && said.contains("磁盘已满"), "{said}");
        assert!(!said.contains("ZipWriter"), "{said}");
        let files = listing(&drive.0);
        assert!(files.keys().all(|path| path == ".baosong-output"), "{:?}", files.keys());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_drive_that_cannot_be_written_to_is_said() {
    let Some(drive) = Drive::mount("size=120k,ro") else { return };
    let (_folder, root) = small();
    let target = drive.0.to_string_lossy().into_owned();
    let below = drive.0.join("输出").to_string_lossy().into_owned();
    for line in [
        &["build", "-o", &target][..],
        &["pack", "plan", "-o", &target],
        &["pack", "plan", "-o", &below],
        &["init", &below],
    ] {
        let said = baosong(&root, line).ends_with(2).err;
        assert!(said.contains("run/cannot-write") && said.contains("写不了"), "{said}");
    }
    assert_eq!(listing(&drive.0).len(), 0);
}
