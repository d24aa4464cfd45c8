//! The executable as a user starts it, and folders for it to work in.

use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

/// The folder of the project.
pub(crate) fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// What a run said, and its exit code; a run that was killed has none.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// Everything that was said, with `folder` shown as `‹›`.
    pub(crate) fn said(&self, folder: &Path) -> String {
        let text = format!("exit {}\n{}{}", self.code.unwrap_or(-1), self.out, self.err);
        text.replace(&*folder.to_string_lossy(), "‹›")
    }

    /// Fails the test unless the run ended with `code`.
    #[track_caller]
    pub(crate) fn ends_with(self, code: i32) -> Self {
        assert_eq!(self.code, Some(code), "{}\n{}", self.out, self.err);
        self
    }
}

/// The program, to be started in `folder` in an environment that says nothing about language.
pub(crate) fn command<I: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = I>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_baosong"));
    for name in ["BAOSONG_LANG", "LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

/// Runs the program in `folder` to its end.
pub(crate) fn baosong<I: AsRef<OsStr>>(folder: &Path, arguments: impl IntoIterator<Item = I>) -> Ran {
    ran(&mut command(folder, arguments))
}

/// Runs `command` to its end.
pub(crate) fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("the program starts");
    let text = |bytes| String::from_utf8(bytes).expect("what is printed is UTF-8");
    Ran { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
}

/// The shipped example's folder in the project.
pub(crate) fn example_source() -> PathBuf {
    project().join("examples/可持续管理体系组")
}

/// Copies the folder `from` to `to`, without what a build may have left in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_name() == "输出" {
            continue;
        }
        if source.is_dir() {
            copy(&source, &target);
        } else {
            fs::write(&target, fs::read(&source).expect("a file")).expect("a file");
        }
    }
}

/// Every file below `folder` by its path, with its bytes.
pub(crate) fn listing(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("an entry"))
        .filter(|entry| !entry.file_type().is_dir())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).expect("below the folder");
            let bytes = fs::read(entry.path()).unwrap_or_default();
            (path.to_string_lossy().replace('\\', "/"), bytes)
        })
        .collect()
}

/// A workspace with a plan and nothing else: quick to build and to pack.
pub(crate) fn small() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("组");
    fs::create_dir_all(root.join("2017")).expect("a folder");
    for file in ["专家组.yaml", "2017/工作计划.yaml"] {
        fs::copy(example_source().join(file), root.join(file)).expect("a file");
    }
    (folder, root)
}

/// The example, checked, built and packed once for all tests that only read it.
pub(crate) struct Example {
    /// The workspace.
    pub(crate) root: PathBuf,
    /// What each command said, by its arguments joined with blanks.
    pub(crate) said: BTreeMap<String, Ran>,
}

impl Example {
    fn make() -> Self {
        let folder = scratch();
        let root = folder.join("可持续管理体系组");
        copy(&example_source(), &root);
        let mut said = BTreeMap::new();
        for line in [
            "check",
            "check --for submit",
            "build",
            "pack year",
            "pack plan",
            "pack summary --format short",
            "pack activity 2017/活动/0419-启动会暨第一次全体会议 --stage 前",
            "pack activity 2017/活动/0419-启动会暨第一次全体会议 --stage 后",
            "pack activity 2017/活动/0601-认证能力标准项目会议 --format short",
            "pack activity 2017/活动/0921-第二次全体会议/活动.yaml",
        ] {
            said.insert(line.to_owned(), baosong(&root, line.split(' ')));
        }
        Self { root, said }
    }

    /// Where the bundles lie.
    pub(crate) fn bundles(&self) -> PathBuf {
        self.root.join("输出/报送")
    }

    /// The bundle of the whole year.
    pub(crate) fn year(&self) -> PathBuf {
        self.bundles().join("认可持续-2017-全年-1.zip")
    }
}

/// The example; tests must not change it.
pub(crate) static EXAMPLE: LazyLock<Example> = LazyLock::new(Example::make);

/// A folder below the build folder that outlives this run; those of earlier runs are removed.
fn scratch() -> PathBuf {
    let all = Path::new(env!("CARGO_TARGET_TMPDIR"));
    for entry in fs::read_dir(all).into_iter().flatten().flatten() {
        let age =
            entry.metadata().and_then(|data| data.modified()).map(|at| SystemTime::now().duration_since(at));
        let is_old = age.is_ok_and(|age| age.is_ok_and(|age| age > Duration::from_hours(1)));
        if is_old && entry.file_name().to_string_lossy().starts_with("example-") {
            let _ = fs::remove_dir_all(entry.path());
        }
    }
    let folder = tempfile::Builder::new().prefix("example-").tempdir_in(all).expect("a folder");
    folder.keep()
}
