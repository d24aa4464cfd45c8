//! A bag in a zip: the file's path goes in, its entries come out, their names decoded. Entries whose
//! names lead out of the archive are named and left alone.

use super::container::{Container, Item, Kind, MAX_ITEMS, stays_below, too_large, unreadable};
use crate::finding::Finding;
use encoding_rs::GB18030;
use std::borrow::Cow;
use std::fs::File;
use std::io::{self, BufReader, Read, Seek};
use std::path::Path;
use zip::read::ZipReadOptions;
use zip::result::{ZipError, ZipResult};
use zip::{CompressionMethod, ZipArchive};

/// What any archive may unpack to, in bytes.
const FREE_SIZE: u64 = 256 << 20;
/// How many times its own size a larger one may unpack to; text and office files stay far below.
const MAX_RATIO: u64 = 100;
/// What no archive may exceed, in bytes.
const MAX_SIZE: u64 = 16 << 30;

pub(super) struct Archive {
    name: String,
    zip: ZipArchive<BufReader<File>>,
    items: Vec<Item>,
    /// For each item, its index in the zip.
    places: Vec<usize>,
    findings: Vec<Finding>,
    limit: u64,
}

impl Archive {
    pub(super) fn open(path: &Path) -> Result<Self, Finding> {
        let (file, size) = open_zip(path).map_err(|error| unreadable(&error))?;
        let file = file.ok_or_else(|| Finding::new("bag/not-a-zip"))?;
        let zip = ZipArchive::new(file)
            .map_err(|error| Finding::new("bag/broken-zip").fact("cause", error.to_string()))?;
        let limit = size.saturating_mul(MAX_RATIO).clamp(FREE_SIZE, MAX_SIZE);
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let mut archive =
            Self { name, zip, items: Vec::new(), places: Vec::new(), findings: Vec::new(), limit };
        archive.list()?;
        Ok(archive)
    }

    fn list(&mut self) -> Result<(), Finding> {
        if self.zip.len() > MAX_ITEMS {
            return Err(too_large(MAX_ITEMS as u64, "files"));
        }
        if self.zip.has_duplicate_names() {
            self.findings.push(Finding::new("bag/listed-twice").fact("path", self.name.as_str()));
        }
        let mut foreign_names = 0;
        for place in 0..self.zip.len() {
            let Ok(entry) = self.zip.by_index_data(place) else { continue };
            let (path, is_foreign) = decode(entry.name_raw());
            // Windows programs of old separate by backslashes; no name of a bag has one.
            let path = path.replace('\\', "/");
            if path.ends_with('/') {
                continue;
            }
            foreign_names += usize::from(is_foreign);
            if !stays_below(&path) {
                self.findings.push(Finding::new("bag/path-escapes").fact("path", path));
                continue;
            }
            let kind = match () {
                () if entry.is_symlink() => Kind::Link,
                () if entry.encrypted() => Kind::Locked,
                () if is_known(entry.compression()) => Kind::File,
                () => Kind::Foreign,
            };
            self.items.push(Item { path, kind });
            self.places.push(place);
        }
        if foreign_names > 0 {
            let finding = Finding::new("bag/zip-names").fact("encoding", "GBK").fact("count", foreign_names);
            self.findings.push(finding);
        }
        Ok(())
    }

    fn reader(&mut self, index: usize) -> ZipResult<impl Read + '_> {
        // The sums in the manifests are what counts; a CRC error would only hide which file it is.
        self.zip.by_index_with_options(self.places[index], ZipReadOptions::new().ignore_crc32(true))
    }
}

impl Container for Archive {
    fn name(&self) -> &str {
        &self.name
    }

    fn items(&self) -> &[Item] {
        &self.items
    }

    fn findings(&mut self) -> Vec<Finding> {
        std::mem::take(&mut self.findings)
    }

    fn open(&mut self, index: usize) -> io::Result<Box<dyn Read + '_>> {
        match self.reader(index) {
            Ok(reader) => Ok(Box::new(reader)),
            Err(ZipError::Io(error)) => Err(error),
            Err(error) => Err(io::Error::other(error.to_string())),
        }
    }

    fn limit(&self) -> u64 {
        self.limit
    }
}

/// The two methods that every program knows.
fn is_known(method: CompressionMethod) -> bool {
    matches!(method, CompressionMethod::Stored | CompressionMethod::Deflated)
}

/// The file, if it begins as a zip does, and its size in bytes.
fn open_zip(path: &Path) -> io::Result<(Option<BufReader<File>>, u64)> {
    let mut file = BufReader::new(File::open(path)?);
    let size = file.get_ref().metadata()?.len();
    let mut magic = Vec::new();
    file.by_ref().take(4).read_to_end(&mut magic)?;
    file.rewind()?;
    // An entry, or the end of a zip without any.
    let is_zip = matches!(magic.as_slice(), b"PK\x03\x04" | b"PK\x05\x06");
    Ok((is_zip.then_some(file), size))
}

/// A name in a zip, and whether it was in the encoding of a Chinese Windows.
///
/// The flag for UTF-8 is not asked: some programs write UTF-8 without it, and names in GBK are hardly
/// ever valid UTF-8.
fn decode(name: &[u8]) -> (Cow<'_, str>, bool) {
    match std::str::from_utf8(name) {
        Ok(name) => (name.into(), false),
        Err(_) => (GB18030.decode_without_bom_handling(name).0, true),
    }
}
