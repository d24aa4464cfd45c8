//! Making a bag: named bytes and a description go in, a zip comes out (RFC 8493; one folder, no folder
//! entries). Refused are names that some computer cannot unpack, and a bag without payload.
//!
//! The same entries give the same bytes, in whatever order they come and on whatever day: entries are
//! sorted, carry the bagging date for a time, and what is compressed already is stored. Papers that wait for the check
//! code stand behind the others, and what describes the bag stands last.

use super::code::{CheckCode, manifest_line};
use super::info::{BagInfo, CHECK_CODE};
use super::name::{PayloadPath, check_name, check_paths};
use crate::build::Content;
use crate::checksum::Checksum;
use crate::finding::Finding;
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, System, ZipWriter};

/// The payload file, below `data/`, that says what the bundle is.
pub const SUBMISSION: &str = "submission.json";

/// The key of [`SUBMISSION`] under which the files without part in the check code are listed, as an
/// array of paths from `data/` on. [`SUBMISSION`] itself always has part in it, so the list is safe.
pub const EXCLUDED_KEY: &str = "check_code_excludes";

/// What makes a folder a bag (RFC 8493, 2.1.1).
const DECLARATION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// Whether a file has part in the check code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Material: it has part in the code.
    Material,
    /// A paper that shows the code, and so can have no part in it: the covering paper, the list of
    /// contents.
    Cover,
}

/// One file of the payload.
#[derive(Debug, Clone)]
pub struct Entry {
    path: PayloadPath,
    content: Content,
    role: Role,
}

impl Entry {
    /// The file `content` at `path`.
    pub fn new(path: PayloadPath, content: impl Into<Content>, role: Role) -> Self {
        Self { path, content: content.into(), role }
    }

    /// Where it lies, below `data/`.
    pub fn path(&self) -> &PayloadPath {
        &self.path
    }

    /// Whether it has part in the check code.
    pub fn role(&self) -> Role {
        self.role
    }

    /// Its SHA-256 sum.
    pub fn sum(&self) -> Checksum {
        self.content.sum()
    }

    /// Its size, bytes.
    pub fn size(&self) -> u64 {
        self.content.size()
    }
}

/// The check code over all entries that are [`Role::Material`]; it can be had before the papers that
/// show it are made.
pub fn check_code(entries: &[Entry]) -> CheckCode {
    let material: Vec<_> = entries
        .iter()
        .filter(|entry| entry.role == Role::Material)
        .map(|entry| (entry.path.in_bag(), entry.sum()))
        .collect();
    CheckCode::over(material.iter().map(|(path, sum)| (path.as_str(), *sum)))
}

/// A bag, ready to be written.
#[derive(Debug)]
pub struct Bag {
    top: String,
    info: BagInfo,
    entries: Vec<Entry>,
}

impl Bag {
    /// The bag whose folder is called `top`; papers at the paths `waiting` come later. To `info` are added
    /// `Bag-Software-Agent`, `Payload-Oxum` and `Check-Code`.
    ///
    /// # Errors
    ///
    /// `bag/bad-name` for the folder or for paths that are too long, `bag/same-name` for paths that
    /// become one on some system, `bag/empty` for a bag without payload.
    pub fn new(
        top: &str,
        info: BagInfo,
        mut entries: Vec<Entry>,
        waiting: &[PayloadPath],
    ) -> Result<Self, Vec<Finding>> {
        check_name(top).map_err(|finding| vec![finding])?;
        if entries.is_empty() {
            return Err(vec![Finding::new("bag/empty")]);
        }
        entries.sort_by(|one, other| one.path.cmp(&other.path));
        check_paths(top, entries.iter().map(|entry| &entry.path).chain(waiting))?;
        let info = info.field("Bag-Software-Agent", concat!("baosong ", env!("CARGO_PKG_VERSION")));
        Ok(Self { top: top.to_owned(), info, entries })
    }

    /// Writes the beginning of the zip: what there is by now. Its last header is not final before more is written.
    ///
    /// # Errors
    ///
    /// What `out` says; [`Stopped::Damaged`] for entries of which the bytes are no longer what they were.
    pub fn begin<W: Write + Seek>(self, out: W) -> Result<Begun<W>, Stopped> {
        let mut begun = Begun { zip: ZipWriter::new(Out { to: out, at: 0, failed: false }), bag: self };
        let Err(error) = (0..begun.bag.entries.len()).try_for_each(|at| begun.entry(at)) else {
            return Ok(begun);
        };
        let contents = begun.bag.entries.into_iter().map(|entry| entry.content);
        let damaged: Vec<Content> = contents.filter(|content| !content.is_whole()).collect();
        Err(if damaged.is_empty() { Stopped::Io(error) } else { Stopped::Damaged(damaged) })
    }

    /// Writes the whole zip.
    #[cfg(test)]
    pub(super) fn zipped<W: Write + Seek>(self, out: W) -> io::Result<W> {
        let mut begun = self.begin(out).map_err(|stopped| io::Error::other(format!("{stopped:?}")))?;
        begun.declare()?;
        begun.finish(Vec::new())
    }

    fn options(&self, name: &str) -> SimpleFileOptions {
        let is_packed = [".pdf", ".jpg", ".png", ".zip"].iter().any(|extension| name.ends_with(extension));
        let method = if is_packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        SimpleFileOptions::default()
            .compression_method(method)
            .compression_level((!is_packed).then_some(6))
            .last_modified_time(self.time())
            .unix_permissions(0o644)
            .system(System::Unix)
    }

    /// Midnight of the bagging date; the first moment a zip can name if there is none.
    fn time(&self) -> DateTime {
        let day = self.info.get("Bagging-Date").and_then(|day| day.parse::<chrono::NaiveDate>().ok());
        day.and_then(|day| day.and_hms_opt(0, 0, 0)).and_then(zip_time).unwrap_or(DateTime::DEFAULT)
    }
}

/// Why a bag could not be begun.
#[derive(Debug)]
pub enum Stopped {
    /// Contents that are no longer what they were.
    Damaged(Vec<Content>),
    /// What the system says.
    Io(io::Error),
}

/// A bag of which the beginning is written.
pub struct Begun<W: Write + Seek> {
    zip: ZipWriter<Out<W>>,
    bag: Bag,
}

/// What a zip is written to. After the first failure it takes what comes and does nothing: an archive that is given up is
/// closed all the same, and would say on standard error that it cannot.
struct Out<W> {
    to: W,
    at: u64,
    failed: bool,
}

impl<W> Out<W> {
    fn tried<T>(&mut self, otherwise: T, with: impl FnOnce(&mut W) -> io::Result<T>) -> io::Result<T> {
        if self.failed {
            return Ok(otherwise);
        }
        let done = with(&mut self.to);
        self.failed = done.as_ref().is_err_and(|error| error.kind() != ErrorKind::Interrupted);
        done
    }
}

impl<W: Write> Write for Out<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.tried(bytes.len(), |to| to.write(bytes))?;
        self.at += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.tried((), Write::flush)
    }
}

impl<W: Seek> Seek for Out<W> {
    fn seek(&mut self, place: SeekFrom) -> io::Result<u64> {
        let otherwise = if let SeekFrom::Start(at) = place { at } else { self.at };
        self.at = self.tried(otherwise, |to| to.seek(place))?;
        Ok(self.at)
    }
}

impl<W: Write + Seek> Begun<W> {
    /// Adds what says that this is a bag; all that was written before is final.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn declare(&mut self) -> io::Result<()> {
        self.tag("bagit.txt", DECLARATION)
    }

    /// Adds the papers that had to wait, and what describes the bag; gives back what was written to.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn finish(mut self, covers: Vec<Entry>) -> io::Result<W> {
        let begun = self.bag.entries.len();
        self.bag.entries.extend(covers);
        for at in begun..self.bag.entries.len() {
            self.entry(at)?;
        }
        let entries = &self.bag.entries;
        let octets: u64 = entries.iter().map(Entry::size).sum();
        let info = std::mem::take(&mut self.bag.info)
            .field("Payload-Oxum", &format!("{octets}.{}", entries.len()))
            .field(CHECK_CODE, &check_code(entries).to_string());
        let mut manifest: Vec<_> = entries.iter().map(|entry| (entry.path.in_bag(), entry.sum())).collect();
        manifest.sort_unstable();
        let manifest: String = manifest.iter().map(|(path, sum)| manifest_line(path, *sum)).collect();
        let tags = [
            ("bag-info.txt", info.to_text()),
            ("bagit.txt", DECLARATION.to_owned()),
            ("manifest-sha256.txt", manifest),
        ];
        self.bag.info = info;
        let sums = tags.iter().map(|(name, text)| manifest_line(name, Checksum::of(text.as_bytes())));
        let sums: String = sums.collect();
        for (name, text) in tags.iter().filter(|(name, _)| *name != "bagit.txt") {
            self.tag(name, text)?;
        }
        self.tag("tagmanifest-sha256.txt", &sums)?;
        Ok(self.zip.finish()?.to)
    }

    fn tag(&mut self, name: &str, text: &str) -> io::Result<()> {
        let name = format!("{}/{name}", self.bag.top);
        self.zip.start_file(name.as_str(), self.bag.options(&name))?;
        self.zip.write_all(text.as_bytes())
    }

    fn entry(&mut self, at: usize) -> io::Result<()> {
        let Bag { top, entries, .. } = &self.bag;
        let name = format!("{top}/{}", entries[at].path.in_bag());
        self.zip.start_file(name.as_str(), self.bag.options(&name))?;
        entries[at].content.write_to(&mut self.zip)
    }
}

fn zip_time(time: chrono::NaiveDateTime) -> Option<DateTime> {
    use chrono::Datelike;
    let year = u16::try_from(time.year()).ok()?;
    DateTime::from_date_and_time(
        year,
        u8::try_from(time.month()).ok()?,
        u8::try_from(time.day()).ok()?,
        0,
        0,
        0,
    )
    .ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn entry(path: &str, bytes: &'static [u8], role: Role) -> Entry {
        Entry::new(PayloadPath::new(path).unwrap(), bytes.to_vec(), role)
    }

    fn entries() -> Vec<Entry> {
        vec![
            entry("submission.json", br#"{"check_code_excludes":["data/00.pdf"]}"#, Role::Material),
            entry("00.pdf", b"cover", Role::Cover),
            entry("图片/a.jpg", b"picture", Role::Material),
        ]
    }

    fn written(entries: Vec<Entry>) -> Vec<u8> {
        let day = chrono::NaiveDate::from_ymd_opt(2017, 10, 31).unwrap();
        let info = BagInfo::dated(day).field("Source-Organization", "可持续管理体系专家工作组");
        Bag::new("可持续-2017-总结", info, entries, &[])
            .unwrap()
            .zipped(Cursor::new(Vec::new()))
            .unwrap()
            .into_inner()
    }

    #[test]
    fn order_does_not_change_the_bytes() {
        let mut turned = entries();
        turned.reverse();
        assert_eq!(written(entries()), written(turned));
    }

    #[test]
    fn covers_have_no_part_in_the_code() {
        let mut other = entries();
        other[1] = entry("00.pdf", b"another cover", Role::Cover);
        assert_eq!(check_code(&entries()), check_code(&other));
        other[2] = entry("图片/a.jpg", b"another picture", Role::Material);
        assert_ne!(check_code(&entries()), check_code(&other));
    }

    #[test]
    fn bad_bags_are_refused() {
        let rules = |top, entries| -> Vec<_> {
            let findings = Bag::new(top, BagInfo::default(), entries, &[]).unwrap_err();
            findings.into_iter().map(|finding| finding.rule).collect()
        };
        assert_eq!(rules("a/b", entries()), ["bag/bad-name"]);
        assert_eq!(rules("a", vec![]), ["bag/empty"]);
        assert_eq!(
            rules("a", vec![entry("x", b"", Role::Cover), entry("X", b"", Role::Cover)]),
            ["bag/same-name"]
        );
    }

    #[test]
    fn names_are_marked_as_utf8_and_dated() {
        let mut zip = zip::ZipArchive::new(Cursor::new(written(entries()))).unwrap();
        let file = zip.by_name("可持续-2017-总结/data/图片/a.jpg").unwrap();
        assert_eq!(file.compression(), CompressionMethod::Stored);
        assert_eq!(file.last_modified().map(|time| (time.year(), time.month())), Some((2017, 10)));
        assert_eq!(file.unix_mode().map(|mode| mode & 0o777), Some(0o644));
    }
}
