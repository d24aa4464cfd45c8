//! Marks that break YAML and what was surely meant: a document goes in, the bytes and what to write there come out.

use super::document::Document;
use super::prescan::{Slip, Suspicion, scan};
use std::collections::BTreeSet;
use std::ops::Range;

/// A wrong mark beside a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slipped {
    /// Its bytes in the text.
    pub bytes: Range<usize>,
    /// What is meant.
    pub instead: &'static str,
    /// The rule that names it.
    pub rule: &'static str,
    /// The key.
    pub key: String,
    /// The line, from 1.
    pub line: usize,
}

impl Document {
    /// The wrong marks beside `keys`, in the order written.
    pub fn slips(&self, keys: &BTreeSet<String>) -> Vec<Slipped> {
        let mended = scan(&self.text, &Suspicion { keys: Some(keys), quotes: false });
        let slipped = mended.candidates.into_iter().filter_map(|candidate| {
            let (rule, mark, with_blank) = match candidate.slip {
                Slip::FullWidthColon => ("yaml/full-width-colon", ":", ": "),
                Slip::NoBlankAfterColon => ("yaml/no-blank-after-colon", ":", ": "),
                Slip::FullWidthComma => ("yaml/full-width-comma", ",", ", "),
                Slip::Tab | Slip::FullWidthBlank | Slip::UnclosedQuote => return None,
            };
            let from = self.offset(candidate.at);
            let mut rest = self.text.get(from..)?.chars();
            let to = from + rest.next()?.len_utf8();
            let instead = if rest.next().is_none_or(char::is_whitespace) { mark } else { with_blank };
            let (bytes, line) = (from..to, candidate.at.line);
            Some(Slipped { bytes, instead, rule, key: candidate.key, line })
        });
        slipped.collect()
    }
}
