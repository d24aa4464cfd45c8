//! Sums of several kinds in one pass: pieces of a file go in, its sums come out in hex.

use crate::checksum::Checksum;
use md5::Md5;
use serde::Serialize;
use sha1::Sha1;
use sha2::digest::DynDigest;
use sha2::{Digest, Sha256, Sha512};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// A kind of sum that manifests may use (RFC 8493, 2.4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Algorithm {
    /// MD5, which only shows accidents, no ill will.
    Md5,
    /// SHA-1, which only shows accidents, no ill will.
    Sha1,
    /// SHA-256, which our own bags use.
    Sha256,
    /// SHA-512.
    Sha512,
}

impl Algorithm {
    /// The algorithm with the name that stands in a manifest's file name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().replace('-', "").as_str() {
            "md5" => Some(Self::Md5),
            "sha1" => Some(Self::Sha1),
            "sha256" => Some(Self::Sha256),
            "sha512" => Some(Self::Sha512),
            _ => None,
        }
    }

    /// How many hex digits its sums have.
    pub(super) const fn digits(self) -> usize {
        match self {
            Self::Md5 => 32,
            Self::Sha1 => 40,
            Self::Sha256 => 64,
            Self::Sha512 => 128,
        }
    }

    fn start(self) -> Box<dyn DynDigest> {
        match self {
            Self::Md5 => Box::new(Md5::new()),
            Self::Sha1 => Box::new(Sha1::new()),
            Self::Sha256 => Box::new(Sha256::new()),
            Self::Sha512 => Box::new(Sha512::new()),
        }
    }
}

/// The sums of one file.
#[derive(Debug, Clone)]
pub(super) struct Sums {
    pub(super) size: u64,
    pub(super) sha256: Checksum,
    others: BTreeMap<Algorithm, String>,
}

impl Sums {
    /// Whether the file has this sum, given in small hex digits; no, if it was not computed.
    pub(super) fn is(&self, algorithm: Algorithm, hex: &str) -> bool {
        match algorithm {
            Algorithm::Sha256 => self.sha256.to_string() == hex,
            _ => self.others.get(&algorithm).is_some_and(|sum| sum == hex),
        }
    }
}

/// The sums of one file, while it is being read. SHA-256 is always among them.
pub(super) struct Summing {
    size: u64,
    sha256: Sha256,
    others: Vec<(Algorithm, Box<dyn DynDigest>)>,
}

impl Summing {
    pub(super) fn start(algorithms: &BTreeSet<Algorithm>) -> Self {
        let others = algorithms.iter().filter(|algorithm| **algorithm != Algorithm::Sha256);
        let others = others.map(|algorithm| (*algorithm, algorithm.start())).collect();
        Self { size: 0, sha256: Sha256::new(), others }
    }

    pub(super) fn update(&mut self, piece: &[u8]) {
        self.size += piece.len() as u64;
        Digest::update(&mut self.sha256, piece);
        self.others.iter_mut().for_each(|(_, digest)| digest.update(piece));
    }

    pub(super) fn finish(self) -> Sums {
        let others = self.others.into_iter().map(|(algorithm, digest)| (algorithm, hex(digest))).collect();
        Sums { size: self.size, sha256: Checksum::from_bytes(self.sha256.finalize().into()), others }
    }
}

fn hex(mut digest: Box<dyn DynDigest>) -> String {
    let mut sum = vec![0; digest.output_size()];
    // Cannot fail: the buffer has the size the digest asks for.
    let _ = digest.finalize_into_reset(&mut sum);
    sum.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
