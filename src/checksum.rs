//! SHA-256 sums: bytes go in, a value that compares and prints comes out. It refuses nothing.

use serde::{Serialize, Serializer};
use sha2::{Digest, Sha256};
use std::fmt;
use std::io::{self, Read};
use std::num::ParseIntError;
use std::str::FromStr;

/// The SHA-256 sum of some bytes (FIPS 180-4), printed as 64 lower-case hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Checksum([u8; 32]);

impl Checksum {
    /// The sum of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// The sum of all that can be read.
    ///
    /// # Errors
    /// What reading says.
    pub fn of_all(source: impl Read) -> io::Result<Self> {
        let mut summing = Summing::default();
        summing.read(source)?;
        Ok(summing.finish())
    }

    /// A sum that was computed elsewhere.
    pub const fn from_bytes(sum: [u8; 32]) -> Self {
        Self(sum)
    }

    /// The 32 bytes of the sum.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// A sum that is computed piece by piece.
#[derive(Debug, Clone, Default)]
pub struct Summing(Sha256);

impl Summing {
    /// Adds all that can be read.
    ///
    /// # Errors
    /// What reading says.
    pub fn read(&mut self, mut source: impl Read) -> io::Result<()> {
        let mut piece = vec![0; 1 << 18];
        loop {
            match source.read(&mut piece)? {
                0 => return Ok(()),
                read => self.0.update(&piece[..read]),
            }
        }
    }

    /// The sum of all pieces.
    pub fn finish(self) -> Checksum {
        Checksum(self.0.finalize().into())
    }
}

impl FromStr for Checksum {
    type Err = ParseIntError;

    /// Reads the first 64 characters, which must be hex digits.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut sum = [0; 32];
        for (byte, at) in sum.iter_mut().zip((0..).step_by(2)) {
            *byte = u8::from_str_radix(text.get(at..at + 2).unwrap_or_default(), 16)?;
        }
        Ok(Self(sum))
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl Serialize for Checksum {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_the_sum_of_the_standard_test_vector() {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(Checksum::of(b"abc").to_string(), expected);
        assert_eq!(expected.parse(), Ok(Checksum::of(b"abc")));
        assert!(expected[2..].parse::<Checksum>().is_err());
        assert_eq!(Checksum::of_all(&b"abc"[..]).unwrap().to_string(), expected);
    }
}
