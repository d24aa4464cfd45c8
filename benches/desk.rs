//! What the desk costs, each measure as a ratio of two things timed in turn in this run: one document against the stock
//! compiler, many on one core and on all, what has not changed, packing and verifying against `zip -0` and `sha256sum`,
//! photographs, and a thousand findings; from a save to the paper that `build --watch` makes of it. Whole processes; the
//! middle of several runs.
//!
//! `cargo bench --bench desk [-- WORD…]` measures only the parts whose name contains a word. The first part needs a
//! Python with the package `typst` (`BAOSONG_BENCH_PYTHON` names it, else `python3`); the others `taskset`, `zip`, `sha256sum`.

mod groups;

use baosong::build::{Made, Maker, Scope};
use baosong::check::Law;
use baosong::rulebook::Rulebook;
use baosong::typeset::{Templates, Typesetter};
use baosong::workspace::Workspace;
use groups::{EXAMPLE, block_removed, write_faulty, write_group};
use image::{ExtendedColorType, ImageEncoder, codecs::jpeg::JpegEncoder};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use wait4::Wait4;

const BAOSONG: &str = env!("CARGO_BIN_EXE_baosong");
const GROUPS: usize = 30;
const PHOTOGRAPHS: usize = 60;

type Part = (&'static str, fn(&Path));

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    let parts: [Part; 7] = [
        ("document", document),
        ("groups", groups_built),
        ("findings", findings),
        ("pack", pack),
        ("photographs", photographs),
        ("front", front),
        ("watch", watch),
    ];
    for (name, part) in parts {
        if wanted.is_empty() || wanted.iter().any(|word| name.contains(word.as_str())) {
            let folder = tempfile::tempdir().expect("a folder");
            println!("{name}");
            part(folder.path());
        }
    }
}

/// A finished process.
#[derive(Clone, Copy)]
struct Run {
    wall: Duration,
    /// The most memory it had, bytes: no less than this process had when it began.
    peak: u64,
}

/// The process is only waited for: a core that looked after it would be missing where all are at work.
fn run(command: &mut Command) -> Run {
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let begun = Instant::now();
    let mut child = command.spawn().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let end = child.wait4().unwrap_or_else(|error| panic!("{command:?}: {error}"));
    assert_ne!(end.status.code(), Some(2), "{command:?}");
    Run { wall: begun.elapsed(), peak: end.rusage.maxrss }
}

fn baosong<const N: usize>(arguments: [&str; N], path: &Path) -> Command {
    let mut command = Command::new(BAOSONG);
    command.args(arguments).arg(path);
    command
}

/// The same on one core.
fn alone<const N: usize>(arguments: [&str; N], path: &Path) -> Command {
    let mut command = Command::new("taskset");
    command.args(["-c", "0", BAOSONG]).args(arguments).arg(path);
    command
}

/// Two commands in turn after one run each that is not counted; `before` each run of its own. The middle of each.
fn compare(rounds: usize, mut first: impl FnMut() -> Run, mut second: impl FnMut() -> Run) -> (Run, Run) {
    let (mut firsts, mut seconds) = (Vec::new(), Vec::new());
    for round in 0..=rounds {
        let (a, b) = (first(), second());
        if round > 0 {
            firsts.push(a);
            seconds.push(b);
        }
    }
    (middle(firsts), middle(seconds))
}

fn middle(mut runs: Vec<Run>) -> Run {
    let peak = runs.iter().map(|run| run.peak).max().unwrap_or(0);
    runs.sort_by_key(|run| run.wall);
    Run { peak, ..runs[runs.len() / 2] }
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn tell(what: &str, (a, b): (Run, Run), ratio: f64, goal: &str) {
    println!(
        "  {what}: {:.1} ms, {:.1} ms; {ratio:.2} (goal {goal}); {} and {} MB",
        ms(a.wall),
        ms(b.wall),
        a.peak / 1_000_000,
        b.peak / 1_000_000
    );
}

fn ratio(a: Run, b: Run) -> f64 {
    a.wall.as_secs_f64() / b.wall.as_secs_f64()
}

/// One document of four pages, from YAML to PDF/A-3a and PDF/UA-1, against the stock compiler with the same template,
/// data and fonts.
fn document(folder: &Path) {
    let root = folder.join("group");
    let read = |file: &str| fs::read_to_string(Path::new(EXAMPLE).join(file)).expect("a file of the example");
    let activity = read("2017/活动/0419-启动会暨第一次全体会议/活动.yaml");
    let kept = ["会议通知", "新闻通稿", "图片", "事后报送", "议程", "议定事项"]
        .iter()
        .fold(activity, |text, key| block_removed(&text, key));
    fs::create_dir_all(root.join("2017")).expect("a folder");
    fs::write(root.join("专家组.yaml"), read("专家组.yaml")).expect("a file");
    fs::write(root.join("2017/活动.yaml"), kept).expect("a file");

    let project = folder.join("project");
    let pages = write_project(&root, &project);
    assert_eq!(pages, 4, "the measure is of four pages");
    let python = std::env::var("BAOSONG_BENCH_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    let fonts = concat!(env!("CARGO_MANIFEST_DIR"), "/fonts");
    let script = format!(
        "import typst; typst.compile('{0}/minutes.typ', output='{0}/out.pdf', root='{0}', font_paths=['{fonts}'], \
         ignore_system_fonts=True, pdf_standards=['a-3a', 'ua-1'])",
        project.display()
    );
    let out = folder.join("out");
    let ours = || {
        let mut command = baosong(["build", "--force", "-o"], &out);
        run(command.arg(&root))
    };
    let known = Command::new(&python).args(["-c", "import typst"]).stderr(Stdio::null()).status();
    if !known.is_ok_and(|status| status.success()) {
        println!("  no Python with the package typst: not compared");
        return;
    }
    let theirs = || run(Command::new(&python).args(["-c", &script]));
    let (a, b) = compare(15, ours, theirs);
    assert!(project.join("out.pdf").is_file(), "the stock compiler made nothing");
    tell(&format!("{pages} pages, cold; the stock compiler"), (a, b), ratio(a, b), "≤ 1.0");
}

/// What the stock compiler needs for the one paper of a workspace; returns how many pages it has.
fn write_project(root: &Path, project: &Path) -> usize {
    let workspace = Workspace::read(root);
    let rulebook = Rulebook::built_in().expect("the rulebook");
    let law = Law::of(&workspace, rulebook);
    let typesetter = Typesetter::new(Templates::new()).expect("a typesetter");
    let made = Made::default();
    let maker = Maker { workspace: &workspace, law: &law, typesetter: &typesetter, workers: 1, made: &made };
    let jobs = maker.jobs(&Scope::default());
    let [job] = jobs.as_slice() else { panic!("{} papers", jobs.len()) };
    let (page, source) = maker.dressed(job);
    let files: BTreeMap<_, _> = source.into_iter().collect();
    let sheet = typesetter.set(&page, &files).expect("a sheet");
    let project_files = typesetter.preview(&page, &files).expect("a preview").files;
    for (path, bytes) in project_files {
        let path = project.join(path.trim_start_matches('/'));
        fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        fs::write(path, bytes).expect("a file");
    }
    sheet.pages
}

/// Thirty groups: on one core and on all, a document more, twice as many, and nothing changed.
fn groups_built(folder: &Path) {
    let roots = [1, 2].map(|times| {
        let root = folder.join(times.to_string());
        for group in 0..GROUPS * times {
            write_group(&root.join(format!("组{group:02}")));
        }
        root
    });
    let [thirty, sixty] = &roots;
    let papers = papers(thirty);
    let all = || run(&mut baosong(["build", "--force"], thirty));
    let (both, one) = compare(3, all, || run(&mut alone(["build", "--force"], thirty)));
    tell(&format!("{papers} papers on all cores; on one"), (both, one), ratio(both, one), "≤ 0.6");

    let single = folder.join("single");
    write_group(&single);
    let scope = single.join("2017/工作总结.yaml");
    let (cold, _) = compare(
        9,
        || run(&mut alone(["build", "--force"], &scope)),
        || Run { wall: Duration::ZERO, peak: 0 },
    );
    let each = one.wall / u32::try_from(papers).unwrap_or(1);
    println!(
        "  a document more on one core: {:.1} ms, {:.2} of a process for one, {:.1} ms (goal ≤ 0.4)",
        ms(each),
        each.as_secs_f64() / cold.wall.as_secs_f64(),
        ms(cold.wall)
    );
    let twice = run(&mut baosong(["build", "--force"], sixty));
    println!(
        "  memory: {} MB, twice as many {} MB (goal ≤ 200 and flat)",
        both.peak / 1_000_000,
        twice.peak / 1_000_000
    );
    let unchanged = || run(&mut baosong(["build"], thirty));
    let (quiet, check) = compare(7, unchanged, || run(&mut baosong(["check"], thirty)));
    tell("nothing changed: build; check", (quiet, check), ratio(quiet, both), "≤ 0.05 of a build");
    println!("  check: {:.3} of a build (goal ≤ 0.05)", ratio(check, both));
    run(&mut baosong(["build"], sixty));
    let more = || run(&mut baosong(["build"], sixty));
    let (quieter, checked) = compare(5, more, || run(&mut baosong(["check"], sixty)));
    println!(
        "  twice as many: build {:.2} ×, check {:.2} × (goal: linear)",
        ratio(quieter, quiet),
        ratio(checked, check)
    );
}

fn papers(root: &Path) -> usize {
    run(&mut baosong(["build"], root));
    let below = walkdir::WalkDir::new(root).into_iter().filter_map(Result::ok);
    below.filter(|entry| entry.path().extension().is_some_and(|it| it == "pdf")).count()
}

/// A workspace with more than a thousand findings, in two forms.
fn findings(folder: &Path) {
    let root = folder.join("group");
    write_faulty(&root);
    let output =
        Command::new(BAOSONG).args(["check", "--format", "short"]).arg(&root).output().expect("a run");
    let count = String::from_utf8_lossy(&output.stdout).lines().count();
    let full = || run(&mut baosong(["check"], &root));
    let (full, json) = compare(9, full, || run(&mut baosong(["check", "--format", "json"], &root)));
    println!(
        "  check with {count} findings: {:.1} ms, as JSON {:.1} ms (goal ≤ 200)",
        ms(full.wall),
        ms(json.wall)
    );
}

/// A year with photographs: packing what is built against `zip -0`, verifying against `sha256sum` of the same files.
fn pack(folder: &Path) {
    let root = folder.join("group");
    copy(Path::new(EXAMPLE), &root);
    let album = root.join("2017/活动/0921-第二次全体会议");
    add_photographs(&album, PHOTOGRAPHS);
    run(&mut baosong(["build"], &root));
    run(&mut baosong(["pack", "year"], &root));
    let sent = root.join("输出/报送");
    let bundle = fs::read_dir(&sent)
        .expect("the bundles")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .find(|path| path.extension().is_some_and(|it| it == "zip"))
        .expect("a bundle");
    let files = folder.join("files");
    fs::create_dir(&files).expect("a folder");
    run(Command::new("unzip").arg("-q").arg(&bundle).arg("-d").arg(&files));
    let size = fs::metadata(&bundle).expect("the bundle").len() / 1_000_000;
    let zip = || {
        let target = folder.join("files.zip");
        let _ = fs::remove_file(&target);
        let zipped =
            run(Command::new("zip").args(["-0", "-q", "-r"]).arg(&target).arg(".").current_dir(&files));
        // It leaves its bytes for later; who writes to the disk itself would wait for them, too.
        run(&mut Command::new("sync"));
        zipped
    };
    let packed = || {
        // Zip makes its archive anew, too; the bundle of before is nothing that it would have to clear away.
        let _ = fs::remove_dir_all(&sent);
        run(&mut baosong(["pack", "year"], &root))
    };
    let (ours, theirs) = compare(9, packed, zip);
    tell(&format!("pack of {size} MB; zip -0"), (ours, theirs), ratio(theirs, ours), "≥ 0.7 × its speed");
    let sums = || {
        let script = "find . -type f -print0 | xargs -0 sha256sum";
        run(Command::new("sh").args(["-c", script]).current_dir(&files))
    };
    let (ours, theirs) = compare(9, || run(&mut baosong(["verify"], &bundle)), sums);
    tell("verify; sha256sum", (ours, theirs), ratio(theirs, ours), "≥ 0.7 × its speed");
}

/// Sixty photographs of twelve million pixels, from nothing to a bundle, on all cores and on one.
fn photographs(folder: &Path) {
    let root = folder.join("group");
    copy(Path::new(EXAMPLE), &root);
    add_photographs(&root.join("2017/活动/0921-第二次全体会议"), PHOTOGRAPHS);
    let clean = || {
        let _ = fs::remove_dir_all(root.join("输出"));
    };
    let activity = root.join("2017/活动/0921-第二次全体会议");
    let (both, one) = compare(
        1,
        || {
            clean();
            run(&mut baosong(["pack", "activity", "--stage", "后"], &activity))
        },
        || {
            clean();
            run(&mut alone(["pack", "activity", "--stage", "后"], &activity))
        },
    );
    tell("on all cores; on one", (both, one), ratio(one, both), "≥ 1.6 × faster, ≤ 300 MB");
}

/// The front page.
fn front(folder: &Path) {
    let root = folder.join("group");
    write_group(&root);
    let (page, check) =
        compare(9, || run(Command::new(BAOSONG).current_dir(&root)), || run(&mut baosong(["check"], &root)));
    tell("front page; check", (page, check), ratio(page, check), "no goal");
}

/// Rounds after which memory must stay as it is.
const WARM: usize = 20;
const ROUNDS: usize = 200;

/// From a save to the finished paper while `build --watch` runs, and its memory over many rounds.
fn watch(folder: &Path) {
    let root = folder.join("group");
    copy(Path::new(EXAMPLE), &root);
    let activity = root.join("2017/活动/0921-第二次全体会议/活动.yaml");
    let paper = root.join("输出/2017/2017-03-第二次全体会议/会议通知.pdf");
    let text = fs::read_to_string(&activity).expect("the activity");
    let changed = text.replacen("通报年度任务进展", "通告年度任务进展", 1);
    assert_ne!(text, changed);
    let made = || fs::metadata(&paper).and_then(|paper| paper.modified()).ok();
    let wait = |before| {
        let begun = Instant::now();
        while made() == before || made().is_none() {
            assert!(begun.elapsed() < Duration::from_secs(30), "no new paper");
            std::thread::sleep(Duration::from_micros(500));
        }
        begun.elapsed()
    };
    let mut watching = baosong(["build", "--watch"], &root);
    let mut watching = watching.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("a run");
    let status = PathBuf::from(format!("/proc/{}/status", watching.id()));
    let memory = || {
        let text = fs::read_to_string(&status).unwrap_or_default();
        let line = text.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<u64>().ok()).unwrap_or(0) / 1000
    };
    wait(None);
    // Not before the round is over and it waits.
    std::thread::sleep(Duration::from_secs(2));
    let (mut times, mut warm) = (Vec::new(), 0);
    for round in 0..ROUNDS {
        let before = made();
        fs::write(&activity, if round % 2 == 0 { &changed } else { &text }).expect("the activity");
        times.push(wait(before));
        std::thread::sleep(Duration::from_millis(200));
        if round + 1 == WARM {
            warm = memory();
        }
    }
    let last = memory();
    let _ = watching.kill();
    let _ = watching.wait();
    let mut first: Vec<Duration> = times.iter().copied().take(9).collect();
    first.sort_unstable();
    times.sort_unstable();
    println!(
        "  from a save to the paper: {:.0} ms, the middle of 9; slowest of {ROUNDS} {:.0} ms (goal ≤ 300)",
        ms(first[first.len() / 2]),
        ms(times[times.len() - 1])
    );
    println!("  memory after {WARM} rounds {warm} MB, after {ROUNDS} {last} MB (goal: flat)");
}

/// Adds photographs to an activity: one picture with noise, made different by a comment.
fn add_photographs(activity: &Path, count: usize) {
    let (width, height) = (4000_u32, 3000_u32);
    let mut seed = 1_u32;
    let pixels: Vec<u8> = (0..width * height)
        .flat_map(|at| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = u8::try_from(seed >> 29).unwrap_or(0) * 3;
            let wave = |step: u32| u8::try_from((at % width / step + at / width / step) % 200).unwrap_or(0);
            [wave(16) + noise, wave(24) + noise, wave(40) + noise]
        })
        .collect();
    let mut jpeg = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut jpeg, 88);
    encoder.write_image(&pixels, width, height, ExtendedColorType::Rgb8).expect("a picture");
    let mut list = String::new();
    for number in 0..count {
        let comment = format!("{number:04}");
        let mut bytes = jpeg[..2].to_vec();
        bytes.extend([0xFF, 0xFE, 0, 6]);
        bytes.extend(comment.as_bytes());
        bytes.extend(&jpeg[2..]);
        let name = format!("{:02}-现场.jpg", number + 10);
        fs::write(activity.join("图片").join(&name), bytes).expect("a picture");
        list.extend(["  - { 文件: 图片/", &name, ", 说明: 现场之", &comment, " }\n"]);
    }
    let file = activity.join("活动.yaml");
    let text = fs::read_to_string(&file).expect("the activity");
    fs::write(file, text.replace("\n图片:\n", &format!("\n图片:\n{list}"))).expect("the activity");
}

fn copy(from: &Path, to: &Path) {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let target = to.join(entry.path().strip_prefix(from).expect("below"));
        if entry.file_type().is_dir() {
            fs::create_dir_all(target).expect("a folder");
        } else {
            fs::copy(entry.path(), target).expect("a copy");
        }
    }
}
