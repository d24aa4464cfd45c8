//! A folder checked as `baosong check` does it: files go in, findings and what is printed come out.

use baosong::check::{Context, Law, check};
use baosong::finding::Finding;
use baosong::report::{Format, Locale, Reporter};
use baosong::rulebook::{Lang, Rulebook, Stage};
use baosong::typeset::{Templates, Typesetter};
use baosong::workspace::{PROFILE_FILE, Workspace};
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use tempfile::TempDir;

static TYPESETTER: LazyLock<Typesetter> = LazyLock::new(|| Typesetter::new(Templates::default()).unwrap());

/// A file or folder below `tests/cases`.
pub(crate) fn case(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(path)
}

/// The rules inside the executable.
pub(crate) fn rulebook() -> &'static Rulebook {
    Rulebook::built_in().unwrap()
}

/// A workspace with everything found in it.
pub(crate) struct Checked {
    pub(crate) workspace: Workspace,
    pub(crate) law: Law,
    pub(crate) findings: Vec<Finding>,
    stage: Stage,
}

impl Checked {
    /// Reads and checks the workspace at `root`.
    pub(crate) fn folder(root: &Path, stage: Stage) -> Self {
        let workspace = Workspace::read(root);
        let missing = |text: &str| TYPESETTER.missing_glyphs(text);
        let law = Law::of(&workspace, rulebook());
        let mut findings = law.findings.clone();
        findings.extend(check(&Context::new(&workspace, &law, &missing)));
        Self { workspace, law, findings, stage }
    }

    /// All findings as printed in full.
    pub(crate) fn full(&self, lang: Lang) -> String {
        self.printed(lang, Format::Full)
    }

    /// One line each.
    pub(crate) fn short(&self, lang: Lang) -> String {
        self.printed(lang, Format::Short)
    }

    fn printed(&self, lang: Lang, format: Format) -> String {
        let line = |file: &str, number: u32| self.workspace.line(file, number);
        let reporter = Reporter {
            locale: Locale::of(lang),
            rulebook: &self.law.rulebook,
            stage: self.stage,
            format,
            colour: false,
            line: &line,
        };
        reporter.all(&self.findings)
    }

    /// The messages of one rule, in Chinese.
    pub(crate) fn said(&self, rule: &str) -> Vec<String> {
        let mark = format!("[{rule}] ");
        let short = self.short(Lang::Zh);
        short.lines().filter_map(|line| Some(line.split_once(&mark)?.1.to_owned())).collect()
    }
}

/// A workspace made for one test.
pub(crate) struct Desk(TempDir);

impl Desk {
    /// An empty one.
    pub(crate) fn empty() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// One with a profile of `members` members, the first three named 周明远 (组长), 林知秋 (副组长) and 何沐言.
    pub(crate) fn of(members: usize) -> Self {
        let base = std::fs::read_to_string(case("base/专家组.yaml")).unwrap();
        let more: String = (3..members).map(|at| format!("  - {{ 姓名: 组员{} }}\n", char_of(at))).collect();
        let rules = std::fs::read_to_string(case("base/本组规则.yaml")).unwrap();
        Self::empty().with(PROFILE_FILE, &(base + &more)).with("本组规则.yaml", rules)
    }

    /// A copy of the sound workspace in `tests/cases/base`.
    pub(crate) fn sound() -> Self {
        let desk = Self::empty();
        copy(&case("base"), desk.root());
        desk
    }

    /// The same with one more file, or with another content of it.
    pub(crate) fn with(self, file: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.root().join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// Its folder.
    pub(crate) fn root(&self) -> &Path {
        self.0.path()
    }

    /// Everything found in it as it would be submitted.
    pub(crate) fn check(&self) -> Checked {
        Checked::folder(self.root(), Stage::Submit)
    }
}

/// A character of its own for every number up to 26: a name needs one.
pub(crate) fn char_of(number: usize) -> char {
    "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥乾坤震巽".chars().nth(number).unwrap()
}

fn copy(from: &Path, to: &Path) {
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            std::fs::create_dir_all(&target).unwrap();
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
