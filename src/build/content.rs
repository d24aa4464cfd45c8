//! Bytes that are known by their sum: held, or in a file of the output folder that is read when they are wanted. Size and
//! sum go in, or the bytes; whether they still are what they were comes out.

use crate::checksum::Checksum;
use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// Bytes and their SHA-256 sum.
#[derive(Debug, Clone)]
pub struct Content {
    place: Place,
    size: u64,
    sum: Checksum,
}

#[derive(Debug, Clone)]
enum Place {
    Held(Vec<u8>),
    File(PathBuf),
}

impl Content {
    /// What was written to a file.
    pub(super) fn recorded(path: PathBuf, size: u64, sum: Checksum) -> Self {
        Self { place: Place::File(path), size, sum }
    }

    /// How many bytes there are.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Their sum.
    pub fn sum(&self) -> Checksum {
        self.sum
    }

    /// The file, if they lie in one.
    pub fn path(&self) -> Option<&Path> {
        match &self.place {
            Place::Held(_) => None,
            Place::File(path) => Some(path),
        }
    }

    /// Whether they are as they were; every byte of a file is compared.
    pub fn is_whole(&self) -> bool {
        let sum = |path| File::open(path).and_then(Checksum::of_all);
        self.path().is_none_or(|path| sum(path).is_ok_and(|sum| sum == self.sum))
    }

    /// The bytes, if they are as they were.
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        match self.place {
            Place::Held(bytes) => Some(bytes),
            Place::File(path) => fs::read(path).ok().filter(|bytes| Checksum::of(bytes) == self.sum),
        }
    }

    /// Writes them; every byte of a file is compared.
    ///
    /// # Errors
    /// What the system says; `InvalidData` for a file that holds other bytes.
    pub fn write_to(&self, out: &mut impl Write) -> io::Result<()> {
        let path = match &self.place {
            Place::Held(bytes) => return out.write_all(bytes),
            Place::File(path) => path,
        };
        let mut copied = Copied { from: File::open(path)?, out };
        if Checksum::of_all(&mut copied)? == self.sum { Ok(()) } else { Err(ErrorKind::InvalidData.into()) }
    }
}

/// What is read from one is written to the other.
struct Copied<'a, W> {
    from: File,
    out: &'a mut W,
}

impl<W: Write> Read for Copied<'_, W> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.from.read(into)?;
        self.out.write_all(&into[..read])?;
        Ok(read)
    }
}

impl From<Vec<u8>> for Content {
    fn from(bytes: Vec<u8>) -> Self {
        Self { size: bytes.len() as u64, sum: Checksum::of(&bytes), place: Place::Held(bytes) }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_another_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("甲.jpg");
        fs::write(&path, b"picture").unwrap();
        let content = Content::recorded(path.clone(), 7, Checksum::of(b"picture"));
        let written = |content: &Content| {
            let mut out = Vec::new();
            content.write_to(&mut out).map(|()| out).map_err(|error| error.kind())
        };
        assert!(content.is_whole());
        assert_eq!(written(&content), Ok(b"picture".to_vec()));
        assert_eq!(content.clone().into_bytes(), Some(b"picture".to_vec()));
        fs::write(&path, b"pictuRe").unwrap();
        assert!(!content.is_whole());
        assert_eq!(content.clone().into_bytes(), None);
        fs::write(&path, b"pict").unwrap();
        assert_eq!(written(&content), Err(ErrorKind::InvalidData));
        fs::remove_file(&path).unwrap();
        assert!(!content.is_whole());
        assert!(Content::from(b"picture".to_vec()).is_whole());
    }
}
