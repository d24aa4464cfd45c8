//! 文号 of a workspace: every one that is written goes in, taken apart, and the next free one comes out. What has no
//! such form is left out; that its form is wrong is said elsewhere.

use crate::model::Submission;
use crate::model::Text;
use crate::model::scalar::Date;
use crate::workspace::Workspace;
use regex::Regex;
use std::sync::LazyLock;

static FORM: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(\S+?)\s*[〔［\[（(【]\s*([0-9]{4})\s*[〕］\]）)】]\s*第?\s*([0-9]{1,6})\s*号$").ok()
});

/// 〈代字〉〔year〕n号, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct FileNumber {
    /// 代字.
    pub code: String,
    /// The year.
    pub year: u16,
    /// n.
    pub number: u32,
}

impl FileNumber {
    /// The number that `text` is; none when it has another form.
    pub fn read(text: &str) -> Option<Self> {
        let parts = FORM.as_ref()?.captures(text.trim())?;
        Some(Self { code: parts[1].to_owned(), year: parts[2].parse().ok()?, number: parts[3].parse().ok()? })
    }
}

/// As GB/T 9704-2012, 7.2.5 has it.
impl std::fmt::Display for FileNumber {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}〔{}〕{}号", self.code, self.year, self.number)
    }
}

/// A number on a paper.
#[derive(Debug, Clone)]
pub struct Numbered<'a> {
    /// The number.
    pub number: FileNumber,
    /// The paper, by the key under which it is written.
    pub paper: &'static str,
    /// The file, relative to the workspace.
    pub file: &'a str,
    /// The pointer in it.
    pub pointer: String,
    /// The paper's own date; none for what was sent again, or written elsewhere.
    pub date: Option<Date>,
    /// The day on which it went out, where that is all that is known: its own date is not later.
    pub by: Option<Date>,
}

/// Every file number of the workspace, in the order of its files.
pub fn all(workspace: &Workspace) -> Vec<Numbered<'_>> {
    let mut found = Vec::new();
    for plan in &workspace.plans {
        found.extend(cover("报送", "/报送", &plan.file, &plan.model.submission));
    }
    for activity in &workspace.activities {
        let model = &activity.model;
        let mut paper = |name, number: Option<&Text>, date, key: &str| {
            found.extend(numbered(name, number, &activity.file, format!("/{name}/{key}"), date));
        };
        if let Some(report) = &model.report {
            paper("活动报告", report.number.as_ref(), report.date, "文号");
        }
        if let Some(invitation) = &model.invitation {
            paper("邀请函", invitation.number.as_ref(), invitation.date, "文号");
        }
        if let Some(notice) = &model.notice {
            paper("会议通知", notice.number.as_ref(), notice.date, "文号");
        }
        if let Some(minutes) = &model.minutes {
            paper("纪要", minutes.number.as_ref(), minutes.date, "期号");
        }
        found.extend(cover("事前报送", "/事前报送", &activity.file, &model.before));
        found.extend(cover("事后报送", "/事后报送", &activity.file, &model.after));
    }
    for summary in &workspace.summaries {
        found.extend(cover("报送", "/报送", &summary.file, &summary.model.submission));
        found.extend(cover("全年报送", "/全年报送", &summary.file, &summary.model.year_submission));
    }
    for records in &workspace.records {
        for (index, filing) in records.model.filings.iter().enumerate() {
            let pointer = format!("/其他报送/{index}/文号");
            let one = numbered("其他报送", filing.number.as_ref(), &records.file, pointer, None);
            found.extend(one.map(|one| Numbered { by: filing.date, ..one }));
        }
    }
    found
}

/// The next free number of the group's 代字 in `year`, whole; none when the profile has no 代字.
pub fn next_number(workspace: &Workspace, year: u16) -> Option<FileNumber> {
    let code = workspace.profile.model.code.as_ref().filter(|code| !code.is_blank())?;
    let taken = all(workspace).into_iter().map(|numbered| numbered.number);
    let taken = taken.filter(|taken| taken.year == year && taken.code == **code).map(|taken| taken.number);
    let number = taken.max().unwrap_or(0).checked_add(1)?;
    Some(FileNumber { code: code.to_string(), year, number })
}

fn cover<'a>(name: &'static str, at: &str, file: &'a str, submission: &Submission) -> Option<Numbered<'a>> {
    // A bundle sent again may have kept its number, with a new date.
    let date = submission.date.filter(|_| submission.version.is_none_or(|version| version <= 1));
    numbered(name, submission.number.as_ref(), file, format!("{at}/文号"), date)
}

fn numbered<'a>(
    paper: &'static str,
    number: Option<&Text>,
    file: &'a str,
    pointer: String,
    date: Option<Date>,
) -> Option<Numbered<'a>> {
    Some(Numbered { number: FileNumber::read(number?)?, paper, file, pointer, date, by: None })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use std::path::Path;

    #[test]
    fn numbers_are_taken_apart() {
        let number = FileNumber::read("认可持续〔2017〕12号").unwrap();
        assert_eq!((&*number.code, number.year, number.number), ("认可持续", 2017, 12));
        assert_eq!(number.to_string(), "认可持续〔2017〕12号");
        assert_eq!(FileNumber::read("认可持续[2017]第012号").unwrap(), number);
        for text in
            ["", "第1期", "认可持续〔2017〕号", "〔2017〕3号", "认可持续〔17〕3号", "认可持续〔2017〕3"]
        {
            assert_eq!(FileNumber::read(text), None, "{text}");
        }
    }

    #[test]
    fn the_next_number_is_one_more_than_the_highest() {
        let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases/base");
        let workspace = Workspace::read(&base);
        assert_eq!(all(&workspace).len(), 5);
        assert_eq!(next_number(&workspace, 2018).unwrap().to_string(), "认可某〔2018〕6号");
        assert_eq!(next_number(&workspace, 2019).unwrap().to_string(), "认可某〔2019〕1号");
    }
}
