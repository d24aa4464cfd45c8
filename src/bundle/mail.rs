//! The e-mail that a bundle goes out with: the bundle and its zip go in, a draft (RFC 5322, MIME) comes out that mail
//! programs open ready to be sent, the same bytes each time. Nothing is sent.
//!
//! An address that is none is left out, so is a zip that most mail servers would refuse.

use super::{Packed, Parcel};
use crate::build::{MAIL, Texts};
use crate::checksum::Checksum;
use crate::compose::{Group, Listed};
use crate::finding::Finding;
use crate::model::{Contact, is_mail_address};
use chrono::NaiveTime;
use mail_builder::MessageBuilder;
use mail_builder::headers::content_type::ContentType;
use mail_builder::headers::raw::Raw;
use mail_builder::mime::MimePart;
use serde_json::{Value, json};
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::Path;

/// The largest zip that is attached, bytes; in base64 it takes a third more.
pub const MAX_ATTACHED: u64 = 20 << 20;

/// What the head of our drafts says, by which one is known again.
const PROGRAM: &str = concat!("baosong ", env!("CARGO_PKG_VERSION"));

/// An e-mail about a bundle.
#[derive(Debug, Clone, Copy)]
pub struct Mail<'a> {
    /// Who sends it.
    pub group: Group<'a>,
    /// What it brings.
    pub parcel: &'a Parcel,
    /// The bundle.
    pub packed: &'a Packed,
}

/// A draft, ready to be written.
#[derive(Debug)]
pub struct Draft {
    /// Its file name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// Whether it brings the zip.
    pub attached: bool,
}

/// A zip on the disk.
struct Zip {
    bytes: u64,
    sum: Checksum,
    /// What it holds, unless it is too large.
    content: Option<Vec<u8>>,
}

impl Mail<'_> {
    /// The name of its file.
    pub fn name(&self) -> String {
        format!("{}.eml", self.packed.name.trim_end_matches(".zip"))
    }

    /// The draft, with the zip that lies at `path` and has that sum.
    ///
    /// # Errors
    /// `run/cannot-read` for the zip, `page/template` for the text's template.
    pub fn draft(&self, texts: &Texts, path: &Path, sum: Checksum) -> Result<Draft, Finding> {
        let failed = |error: io::Error| {
            Finding::new("run/cannot-read")
                .fact("path", path.to_string_lossy())
                .fact("cause", error.to_string())
        };
        let zip = Zip::read(path, sum).map_err(failed)?;
        let text =
            texts.render(MAIL, self.facts(&zip)).map_err(|fault| fault.fact("document", self.name()))?;
        let (subject, body) = text.split_once('\n').unwrap_or((&text, ""));
        let midnight = self.packed.day.naive().and_time(NaiveTime::MIN).and_utc();
        let id = zip.sum.to_string();
        let mut message = MessageBuilder::new()
            .header("X-Unsent", Raw::new("1"))
            .header("X-Mailer", Raw::new(PROGRAM))
            .message_id(format!("{}@baosong.invalid", &id[..40]))
            .date(midnight.timestamp())
            .subject(subject.trim());
        let profile = self.group.profile;
        if let Some((liaison, address)) = profile.liaison.as_ref().and_then(sender) {
            message = message.from((liaison, address));
        }
        if let Some(address) = profile.general_mail.as_deref().filter(|it| is_mail_address(it)) {
            message = message.to((self.group.general_secretariat(), address.to_owned()));
        }
        let attached = zip.content.is_some();
        let body =
            MimePart::new("text/plain; format=fixed", body.trim_start_matches('\n').replace('\n', "\r\n"));
        message = message.body(match zip.content {
            None => body,
            Some(content) => {
                // In neither encoding of a part can "=_" stand.
                let kind = ContentType::new("multipart/mixed");
                let kind = kind.attribute("boundary", format!("=_baosong_{}", &id[..32]));
                let zip = MimePart::new("application/zip", content).attachment(self.packed.name.as_str());
                MimePart::new(kind, vec![body, zip])
            }
        });
        let bytes = message.write_to_vec().map_err(failed)?;
        Ok(Draft { name: self.name(), bytes, attached })
    }

    /// What the template knows.
    fn facts(&self, zip: &Zip) -> Value {
        let (group, parcel, packed) = (self.group, self.parcel, self.packed);
        let profile = group.profile;
        let submission = &parcel.submission;
        let below =
            |folder: &str| packed.contents.iter().filter(|file| file.path.starts_with(folder)).count();
        let paper = |file: &Listed| {
            let pages = file.pages?;
            Some(json!({ "path": file.path, "pages": pages, "bytes": file.bytes, "size": size(file.bytes) }))
        };
        json!({
            "group": group.full_name(),
            "signature": profile.signature.as_deref().unwrap_or_else(|| group.full_name()),
            "to": group.general_secretariat(),
            "what": parcel.what,
            "article": parcel.article,
            "number": submission.number.as_deref(),
            "date": submission.date.map(|date| date.to_string()),
            "version": submission.version.unwrap_or(1),
            "replaces": submission.replaces.as_deref(),
            "name": packed.name,
            "bytes": zip.bytes,
            "size": size(zip.bytes),
            "sha256": zip.sum.to_string(),
            "code": packed.code.to_string(),
            "attached": zip.content.is_some(),
            "count": packed.papers,
            "pages": packed.contents.iter().filter_map(|file| file.pages).sum::<usize>(),
            "papers": packed.contents.iter().filter_map(paper).collect::<Vec<_>>(),
            "photographs": below("图片/"),
            "sources": below("源文件/"),
            "contact": profile.liaison.as_ref().map(contact),
        })
    }
}

/// Name and address of who can be written back to.
fn sender(liaison: &Contact) -> Option<(&str, &str)> {
    let address = liaison.mail.as_deref().filter(|it| is_mail_address(it))?;
    Some((&*liaison.name, address))
}

fn contact(liaison: &Contact) -> Value {
    json!({
        "name": &*liaison.name,
        "employer": liaison.employer.as_deref(),
        "telephone": liaison.telephone.as_deref(),
        "fax": liaison.fax.as_deref(),
        "mail": liaison.mail.as_deref(),
    })
}

impl Zip {
    fn read(path: &Path, sum: Checksum) -> io::Result<Self> {
        let bytes = fs::metadata(path)?.len();
        let content = if bytes <= MAX_ATTACHED { Some(fs::read(path)?) } else { None };
        Ok(Self { bytes, sum, content })
    }
}

/// A size as file managers show it.
fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{}.{} MB", bytes >> 20, ((bytes % (1 << 20)) * 10) >> 20),
    }
}

/// Whether the file at `path` is a draft that this program made.
pub fn is_mail(path: &Path) -> bool {
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(1024).read_to_end(&mut head));
    read.is_ok() && String::from_utf8_lossy(&head).contains("X-Mailer: baosong ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_zip_that_is_too_large_is_not_attached() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let attached = |bytes: u64| {
            file.as_file().set_len(bytes).unwrap();
            let zip = Zip::read(file.path(), Checksum::of(b"")).unwrap();
            assert_eq!(zip.bytes, bytes);
            zip.content.map(|content| content.len() as u64)
        };
        assert_eq!(attached(MAX_ATTACHED), Some(MAX_ATTACHED));
        assert_eq!(attached(MAX_ATTACHED + 1), None);
    }

    #[test]
    fn sizes() {
        let shown: Vec<String> = [0, 1023, 1024, 1025, 1 << 20, (3 << 20) + (1 << 19)].map(size).into();
        assert_eq!(shown, ["0 B", "1023 B", "1 KB", "2 KB", "1.0 MB", "3.5 MB"]);
    }
}
