//! The check code (核验码): the payload manifest's lines go in, without the papers that show the code;
//! a sum comes out that people compare by eye. Reading one refuses what is not 64 hex digits.

use crate::checksum::Checksum;
use sha2::{Digest, Sha256};
use std::fmt;
use std::str::FromStr;

/// The check code of a bundle: the SHA-256 sum of its payload manifest's lines `hex  data/path` + LF,
/// sorted by path.
///
/// Shown as sixteen groups of four capital hex digits. Anyone can compute it anew with standard tools:
/// `LC_ALL=C sort -k2 manifest-sha256.txt`, without the lines of the excluded papers, into `sha256sum`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct CheckCode(Checksum);

impl CheckCode {
    /// The code over files given by path (from `data/` on) and sum, in any order.
    pub fn over<'a>(files: impl IntoIterator<Item = (&'a str, Checksum)>) -> Self {
        let mut files: Vec<_> = files.into_iter().collect();
        files.sort_unstable();
        let mut sum = Sha256::new();
        for (path, checksum) in files {
            sum.update(manifest_line(path, checksum));
        }
        Self(Checksum::from_bytes(sum.finalize().into()))
    }
}

/// A line of a manifest: sum, two blanks, path from the bag's folder on, line feed (RFC 8493, 2.1.3).
pub(super) fn manifest_line(path: &str, checksum: Checksum) -> String {
    format!("{checksum}  {path}\n")
}

impl fmt::Display for CheckCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, pair) in self.0.as_bytes().chunks(2).enumerate() {
            let blank = if index == 0 { "" } else { " " };
            f.write_str(blank)?;
            pair.iter().try_for_each(|byte| write!(f, "{byte:02X}"))?;
        }
        Ok(())
    }
}

/// What was to be read is no check code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotACheckCode;

impl fmt::Display for NotACheckCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a check code has 64 hexadecimal digits")
    }
}

impl std::error::Error for NotACheckCode {}

impl FromStr for CheckCode {
    type Err = NotACheckCode;

    /// Reads a code as people type it: blanks, hyphens, small letters and full-width digits are fine.
    fn from_str(text: &str) -> Result<Self, NotACheckCode> {
        let digits: Option<Vec<u8>> = text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '－'))
            .map(|c| narrow(c).to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
            .collect();
        let digits: [u8; 64] = digits.and_then(|digits| digits.try_into().ok()).ok_or(NotACheckCode)?;
        let mut sum = [0; 32];
        for (byte, pair) in sum.iter_mut().zip(digits.chunks(2)) {
            *byte = pair.iter().fold(0, |byte, digit| byte << 4 | digit);
        }
        Ok(Self(Checksum::from_bytes(sum)))
    }
}

/// The ordinary form of a full-width letter or digit; anything else as it is.
fn narrow(c: char) -> char {
    match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code() -> CheckCode {
        let sum = Checksum::of(b"abc");
        CheckCode::over([("data/乙.pdf", sum), ("data/a.pdf", sum)])
    }

    #[test]
    fn order_does_not_matter_and_the_text_is_that_of_the_manifest() {
        let sum = Checksum::of(b"abc");
        let text = format!("{sum}  data/a.pdf\n{sum}  data/乙.pdf\n");
        assert_eq!(code(), CheckCode(Checksum::of(text.as_bytes())));
        assert_eq!(code(), CheckCode::over([("data/a.pdf", sum), ("data/乙.pdf", sum)]));
    }

    #[test]
    fn is_shown_in_groups_and_read_as_typed() {
        let shown = code().to_string();
        assert_eq!(shown.split(' ').count(), 16);
        assert!(shown.split(' ').all(|group| group.len() == 4 && group == group.to_uppercase()));
        let wide: String = shown.chars().map(|c| if c == '1' { '１' } else { c }).collect();
        for typed in [&shown, &shown.to_lowercase(), &shown.replace(' ', "-"), &wide] {
            assert_eq!(typed.parse(), Ok(code()));
        }
        assert_eq!(shown[5..].parse::<CheckCode>(), Err(NotACheckCode));
        assert_eq!("核验码".parse::<CheckCode>(), Err(NotACheckCode));
    }
}
