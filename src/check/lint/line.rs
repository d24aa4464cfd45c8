//! A paragraph as the rules look at it: its characters, and which of them are another's words or no Chinese at all.

use super::Fault;
use std::ops::Range;

/// A paragraph of a text.
pub(super) struct Line<'t> {
    /// The paragraph without its end.
    pub(super) text: &'t str,
    /// Where it begins in the whole text, in bytes.
    pub(super) start: usize,
    /// Its characters and where each begins in `text`.
    chars: Vec<(u32, char)>,
    /// What each character belongs to; empty while none belongs to anything.
    parts: Vec<Part>,
    /// Which characters it has.
    signs: Signs,
    /// From the first character that is no blank to behind the last.
    filled: Range<usize>,
}

/// What a character belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Part {
    /// Within 《》: the title of another's work.
    title: bool,
    /// Within quotation marks.
    quote: bool,
    /// An address of the net or of a mailbox.
    address: bool,
}

/// The paragraphs of `text`. A quotation may go on over several of them, unless the next begins before it is closed:
/// then its mark was forgotten, and it ends with its paragraph.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut lines = Vec::new();
    let mut start = 0;
    let mut open = None;
    let quotes = text.contains(['”', '’', '」', '』']);
    let last = ['”', '’', '」', '』'].map(|close| (close, quotes.then(|| text.rfind(close)).flatten()));
    for line in text.split('\n') {
        let was = open;
        lines.push(Line::new(line, start, &last, &mut open));
        start += line.len() + 1;
        // What was open before has been looked at; so all of it costs one walk.
        if was.is_none()
            && open.is_some_and(|close| is_forgotten(close, text.get(start..).unwrap_or_default()))
        {
            open = None;
        }
    }
    lines
}

/// Whether of the two marks the opening one comes first in what follows.
fn is_forgotten(close: char, rest: &str) -> bool {
    let open = match close {
        '”' => '“',
        '’' => '‘',
        '」' => '「',
        '』' => '『',
        _ => return false,
    };
    rest.find([open, close]).is_some_and(|at| rest[at..].starts_with(open))
}

impl<'t> Line<'t> {
    fn new(text: &'t str, start: usize, last: &[(char, Option<usize>)], open: &mut Option<char>) -> Self {
        let mut chars = Vec::with_capacity(text.chars().count());
        let mut signs = Signs::default();
        for (offset, c) in text.char_indices() {
            // A file has at most a few million bytes.
            chars.push((u32::try_from(offset).unwrap_or(u32::MAX), c));
            signs.add(c);
        }
        let blank = |it: &&(u32, char)| it.1.is_whitespace();
        let first = chars.iter().take_while(blank).count();
        let end = chars.len() - chars[first..].iter().rev().take_while(blank).count();
        let mut line = Line { text, start, parts: Vec::new(), chars, signs, filled: first..end };
        if line.has(&['《']) {
            line.mark_titles();
        }
        if open.is_some() || line.has(&['“', '‘', '「', '『', '"']) {
            line.mark_quotes(last, open);
        }
        line.mark_addresses();
        line
    }

    fn mark_titles(&mut self) {
        let mut begun = None;
        for at in 0..self.chars.len() {
            match (self.chars[at].1, begun) {
                ('《', None) => begun = Some(at),
                ('》', Some(from)) => {
                    self.parts(from..at + 1).iter_mut().for_each(|part| part.title = true);
                    begun = None;
                }
                _ => {}
            }
        }
    }

    /// `last` says where each closing mark stands last in the whole text: a mark that nothing closes quotes nothing,
    /// and straight ones close on their line.
    fn mark_quotes(&mut self, last: &[(char, Option<usize>)], open: &mut Option<char>) {
        let straight = self.text.rfind('"').map(|at| self.start + at);
        for at in 0..self.chars.len() {
            let (offset, c) = self.chars[at];
            if let Some(close) = *open {
                self.parts(at..at + 1)[0].quote = true;
                if c == close {
                    *open = None;
                }
                continue;
            }
            let close = match c {
                '“' => '”',
                '‘' => '’',
                '「' => '」',
                '『' => '』',
                '"' => '"',
                _ => continue,
            };
            let last = last.iter().find(|(c, _)| *c == close).map_or(straight, |(_, last)| *last);
            if last.is_some_and(|last| last > self.start + offset as usize) {
                *open = Some(close);
                self.parts(at..at + 1)[0].quote = true;
            }
        }
    }

    fn mark_addresses(&mut self) {
        if !self.has(&['@', '/', '.']) {
            return;
        }
        let mut at = 0;
        while at < self.chars.len() {
            let length = self.chars[at..].iter().take_while(|(_, c)| c.is_ascii_graphic()).count();
            let run = at..at + length;
            let word = self.slice(run.clone());
            if ["://", "www.", "@"].iter().any(|sign| word.contains(sign)) {
                let is_mark = |c: char| ",;:?!()\"'".contains(c);
                let left = word.chars().take_while(|c| is_mark(*c)).count();
                let right = word.chars().rev().take_while(|c| is_mark(*c)).count();
                let inner = run.start + left..run.end.saturating_sub(right).max(run.start + left);
                self.parts(inner).iter_mut().for_each(|part| part.address = true);
            }
            at += length.max(1);
        }
    }

    /// What these characters belong to, to be changed.
    fn parts(&mut self, range: Range<usize>) -> &mut [Part] {
        self.parts.resize(self.chars.len(), Part::default());
        &mut self.parts[range]
    }

    /// Whether it has one of these characters, which are ASCII or stand in [`WIDE`].
    pub(super) fn has(&self, chars: &[char]) -> bool {
        chars.iter().any(|c| self.signs.has(*c))
    }

    /// How many characters it has.
    pub(super) fn len(&self) -> usize {
        self.chars.len()
    }

    /// The character at `at`; a NUL before the first and behind the last.
    pub(super) fn at(&self, at: usize) -> char {
        self.chars.get(at).map_or('\0', |(_, c)| *c)
    }

    /// The character before `at`.
    pub(super) fn before(&self, at: usize) -> char {
        at.checked_sub(1).map_or('\0', |at| self.at(at))
    }

    /// The characters with their places.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, char)> + '_ {
        self.chars.iter().enumerate().map(|(at, (_, c))| (at, *c))
    }

    /// Some characters as text; nothing when the range ends before it begins.
    pub(super) fn slice(&self, range: Range<usize>) -> &'t str {
        &self.text[self.offset(range.start)..self.offset(range.end.max(range.start))]
    }

    /// The place of the character that begins at byte `offset` of the paragraph.
    pub(super) fn index(&self, offset: usize) -> usize {
        self.chars.partition_point(|(start, _)| (*start as usize) < offset)
    }

    fn offset(&self, at: usize) -> usize {
        self.chars.get(at).map_or(self.text.len(), |(offset, _)| *offset as usize)
    }

    /// Whether it stands in the title of another's work.
    pub(super) fn in_title(&self, at: usize) -> bool {
        self.parts.get(at).is_some_and(|part| part.title)
    }

    /// Whether it is another's words: a title or a quotation.
    pub(super) fn is_cited(&self, at: usize) -> bool {
        self.parts.get(at).is_some_and(|part| part.title || part.quote)
    }

    /// Whether it belongs to an address.
    pub(super) fn is_address(&self, at: usize) -> bool {
        self.parts.get(at).is_some_and(|part| part.address)
    }

    /// The first character that is no blank.
    pub(super) fn first(&self) -> usize {
        self.filled.start
    }

    /// Behind the last character that is no blank.
    pub(super) fn end(&self) -> usize {
        self.filled.end
    }

    /// Where the run of Chinese characters that ends before `at` begins.
    pub(super) fn run_before(&self, at: usize) -> usize {
        at - self.chars[..at].iter().rev().take(LONGEST_RUN).take_while(|(_, c)| is_han(*c)).count()
    }

    /// Where the run of Chinese characters that begins at `at` ends.
    pub(super) fn run_behind(&self, at: usize) -> usize {
        at + self
            .chars
            .get(at..)
            .unwrap_or_default()
            .iter()
            .take(LONGEST_RUN)
            .take_while(|(_, c)| is_han(*c))
            .count()
    }

    /// A fault of `rule` in these characters.
    pub(super) fn fault(&self, rule: &'static str, range: Range<usize>) -> Fault {
        let span = self.start + self.offset(range.start)..self.start + self.offset(range.end);
        Fault { rule, span, found: self.slice(range).to_owned(), fix: None, facts: Vec::new() }
    }
}

/// The digits, for [`Line::has`].
pub(super) const DIGITS: [char; 10] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];

/// The characters beyond ASCII that rules ask for, sorted.
const WIDE: [char; 34] = [
    '×', '—', '‘', '’', '“', '”', '∼', '、', '〈', '〉', '《', '》', '「', '『', '【', '】', '〔', '〕',
    '〜', '一', '午', '号', '年', '待', '日', '晚', '月', '约', '近', '％', '（', '）', 'Ｘ', '～',
];

/// Which characters of ASCII and of [`WIDE`] a line has: found in one walk, so that most rules need none of their own.
#[derive(Debug, Clone, Copy, Default)]
struct Signs {
    ascii: u128,
    wide: u64,
}

impl Signs {
    fn add(&mut self, c: char) {
        if c.is_ascii() {
            self.ascii |= 1 << u32::from(c);
        } else if let Ok(place) = WIDE.binary_search(&c) {
            self.wide |= 1 << place;
        }
    }

    fn has(self, c: char) -> bool {
        if let Ok(place) = WIDE.binary_search(&c) {
            return self.wide & (1 << place) != 0;
        }
        debug_assert!(c.is_ascii(), "{c} stands in no list");
        self.ascii & (1 << (u32::from(c) & 127)) != 0
    }
}

/// No run of Chinese characters that a rule looks at is longer.
const LONGEST_RUN: usize = 64;

/// A Chinese character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{20000}'..='\u{3FFFF}' | '〇' | '々')
}

/// A mark that closes something in Chinese text.
pub(super) fn is_closing(c: char) -> bool {
    "”’）》〉】〕」』".contains(c)
}

/// A mark that opens something in Chinese text.
pub(super) fn is_opening(c: char) -> bool {
    "“‘（《〈【〔「『".contains(c)
}

/// A mark at which a reader pauses.
pub(super) fn is_pause(c: char) -> bool {
    "，。；：、？！…".contains(c)
}

/// Where a clause may begin behind `c`.
pub(super) fn is_boundary(c: char) -> bool {
    c == '\0' || c.is_whitespace() || is_pause(c) || is_opening(c) || is_closing(c) || ",;:.()[]".contains(c)
}

/// The value of a number in Chinese signs: 一 to 九十九, or digit by digit (二〇一七).
pub(super) fn chinese_number(text: &str) -> Option<u32> {
    let digit =
        |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).and_then(|d| u32::try_from(d).ok());
    let zero = text.replace(['○', '零', 'Ｏ'], "〇");
    match zero.split_once('十') {
        Some((tens, ones)) => {
            let one = |part: &str, empty| {
                let mut chars = part.chars();
                match (chars.next(), chars.next()) {
                    (None, _) => Some(empty),
                    (Some(c), None) => digit(c).filter(|d| *d > 0),
                    _ => None,
                }
            };
            Some(one(tens, 1)? * 10 + one(ones, 0)?)
        }
        None if zero.chars().count() <= 4 && !zero.is_empty() => {
            zero.chars().try_fold(0, |sum, c| Some(sum * 10 + digit(c)?))
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quotation_that_nobody_closed_ends_with_its_paragraph() {
        let cited = |text: &str| -> Vec<bool> {
            lines(text).iter().map(|line| line.is_cited(line.len().saturating_sub(1))).collect()
        };
        assert_eq!(cited("他说“甲\n乙丙\n会议“丁”要求"), [true, false, false]);
        assert_eq!(cited("他说“甲\n乙丙\n丁”要求"), [true, true, false]);
        assert_eq!(cited("“甲\n“乙\n“丙”"), [true, true, true]);
        assert_eq!(cited("他说「甲\n乙“丙”\n丁」要求"), [true, true, false]);
        assert_eq!(cited("他说“甲\n乙丙"), [false, false]);
    }
}
