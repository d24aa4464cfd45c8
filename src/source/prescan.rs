//! A look at the lines before the parser: tabs, full-width colons and full-width blanks in places
//! where they break YAML. The parser stops at its first error; this finds all of them, and mends a
//! copy so that the rest of the file can still be read.

use super::tree::Pos;
use std::collections::BTreeSet;

/// What was found on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Slip {
    /// A tab in the indentation or before a comment.
    Tab,
    /// `：` where `: ` is meant.
    FullWidthColon,
    /// U+3000 or U+00A0 in the indentation.
    FullWidthBlank,
    /// `键:值` without the blank behind the colon.
    NoBlankAfterColon,
    /// `，` between two entries in braces.
    FullWidthComma,
    /// A quote that is not closed on its line.
    UnclosedQuote,
}

/// A slip and its place in the text as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Candidate {
    /// What it is.
    pub(super) slip: Slip,
    /// Where.
    pub(super) at: Pos,
    /// The key before a colon; empty for the others.
    pub(super) key: String,
}

#[derive(Debug, Clone)]
/// The text with every candidate mended; lines keep their number.
pub(super) struct Mended {
    /// For the parser.
    pub(super) text: String,
    /// In the order written.
    pub(super) candidates: Vec<Candidate>,
    /// Where a line of `text` is longer (or shorter) than written: line, column of `text`, by how much.
    shifts: Vec<(usize, usize, isize)>,
}

impl Mended {
    /// Whether a line is longer or shorter than it was written.
    pub(super) fn is_longer(&self) -> bool {
        !self.shifts.is_empty()
    }

    /// The position in the text as written.
    pub(super) fn original(&self, at: Pos) -> Pos {
        // The shifts stand in the order of lines.
        let of_line = self.shifts.partition_point(|(line, ..)| *line < at.line);
        let shift: isize = self.shifts[of_line..]
            .iter()
            .take_while(|(line, ..)| *line == at.line)
            .filter(|(_, column, _)| *column < at.column)
            .map(|(_, _, by)| by)
            .sum();
        Pos { line: at.line, column: at.column.saturating_add_signed(-shift).max(1) }
    }
}

/// How much the scan takes for a slip.
pub(super) struct Suspicion<'a> {
    /// Keys that a colon may be meant to follow; `None` takes any word for a key.
    pub(super) keys: Option<&'a BTreeSet<String>>,
    /// Whether a quote that is not closed on its line is taken for a slip.
    pub(super) quotes: bool,
}

/// Scans `text`; block scalars are prose and left alone.
pub(super) fn scan(text: &str, suspicion: &Suspicion<'_>) -> Mended {
    let mut mended = Mended { text: String::with_capacity(text.len()), candidates: vec![], shifts: vec![] };
    let mut prose: Option<Prose> = None;
    let mut level = 0; // indentation at which the next key is expected
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut out = String::new();
    for (index, line) in lines.iter().enumerate() {
        let body = line.trim_end_matches(['\n', '\r']);
        let indent = indentation(body);
        let content = body.trim_start_matches(is_blank);
        let spaces = body.len() - body.trim_start_matches(' ').len();
        let mut scanned =
            Line { number: index + 1, indent, content, deeper_below: false, out: std::mem::take(&mut out) };
        // A tab looks wide: within prose it is meant as the indentation of a paragraph, unless a key follows.
        let deep =
            if spaces == indent || is_key_line(content, suspicion) { indent } else { looks_deep(body) };
        let continues = prose.as_ref().is_some_and(|prose| content.is_empty() || deep > prose.above);
        if content.is_empty() {
            scanned.out.push_str(body);
        } else if let Some(prose) = prose.as_mut().filter(|_| continues) {
            let wanted = *prose.indent.get_or_insert(if spaces > prose.above { spaces } else { indent });
            if spaces >= wanted || spaces == indent {
                scanned.out.push_str(body);
            } else {
                scanned.mend_indent(body, wanted, &mut mended);
                scanned.out.push_str(content);
            }
        } else {
            if content.starts_with('-') {
                let next = lines[index + 1..].iter().find(|line| !line.trim_start().is_empty());
                scanned.deeper_below = next.is_some_and(|next| indentation(next) > indent);
            }
            let wanted = if spaces == indent { indent } else { level };
            scanned.mend_indent(body, wanted, &mut mended);
            scanned.mend_colon(suspicion, &mut mended);
            scanned.mend_braces(suspicion, &mut mended);
            if suspicion.quotes {
                scanned.mend_quote(&mut mended);
            }
            prose = opens_prose(content).then_some(Prose { above: wanted, indent: None });
            level = if scanned.out.ends_with(':') { wanted + 2 } else { wanted };
        }
        mended.text.push_str(&scanned.out);
        mended.text.push_str(&line[body.len()..]);
        out = scanned.out;
        out.clear();
    }
    mended
}

/// A block scalar that is open: the indentation of the line that opened it, and its own.
struct Prose {
    above: usize,
    indent: Option<usize>,
}

/// What stands behind the dashes of a list item.
fn behind_dashes(content: &str) -> &str {
    let mut rest = content;
    while let Some(behind) = rest.strip_prefix('-').filter(|behind| behind.starts_with(is_blank)) {
        rest = behind.trim_start_matches(is_blank);
    }
    rest
}

fn indentation(line: &str) -> usize {
    line.chars().take_while(|c| is_blank(*c)).count()
}

/// The indentation as an editor shows it.
fn looks_deep(line: &str) -> usize {
    line.chars().take_while(|c| is_blank(*c)).fold(0, |deep, c| match c {
        '\t' => (deep / 8 + 1) * 8,
        '\u{3000}' => deep + 2,
        _ => deep + 1,
    })
}

/// Whether a line starts with a known key and a colon.
fn is_key_line(content: &str, suspicion: &Suspicion<'_>) -> bool {
    let key = content.split([':', '：']).next().unwrap_or_default();
    key.len() < content.len() && suspicion.keys.is_some_and(|keys| keys.contains(key))
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\u{3000}' | '\u{A0}')
}

/// `键: |`, `- >-` and the like.
fn opens_prose(content: &str) -> bool {
    if !content.contains(['|', '>']) {
        return false;
    }
    let head = content.split(" #").next().unwrap_or(content).trim_end();
    let Some(mark) = head.rsplit([' ', '\t', '：']).next() else { return false };
    let mut chars = mark.chars();
    let opener = matches!(chars.next(), Some('|' | '>'));
    opener && chars.all(|c| matches!(c, '+' | '-' | '1'..='9')) && head.len() > mark.len()
}

struct Line<'a> {
    number: usize,
    indent: usize,
    content: &'a str,
    /// The next line that holds something is indented more, so that this one opens a mapping.
    deeper_below: bool,
    out: String,
}

impl Line<'_> {
    /// Writes `wanted` blanks for the indentation and names every wrong one.
    fn mend_indent(&mut self, body: &str, wanted: usize, mended: &mut Mended) {
        for (column, c) in body.chars().take(self.indent).enumerate() {
            match c {
                ' ' => {}
                '\t' => self.suspect(Slip::Tab, column, String::new(), mended),
                _ => self.suspect(Slip::FullWidthBlank, column, String::new(), mended),
            }
        }
        self.out.push_str(&" ".repeat(wanted));
        if let (Ok(wanted), Ok(indent)) = (isize::try_from(wanted), isize::try_from(self.indent))
            && wanted != indent
        {
            mended.shifts.push((self.number, 0, wanted - indent));
        }
    }

    fn suspect(&self, slip: Slip, index: usize, key: String, mended: &mut Mended) {
        mended.candidates.push(Candidate { slip, at: Pos { line: self.number, column: index + 1 }, key });
    }

    /// Copies the content, with a wrong colon behind the first key mended.
    fn mend_colon(&mut self, suspicion: &Suspicion<'_>, mended: &mut Mended) {
        let content = self.content;
        let item = behind_dashes(content);
        let stops = ['"', '\'', '#', '[', '{', '|', '>', ':', '：', ' ', '，', '。', '、'];
        let (key, rest) = item.split_at(item.find(stops).unwrap_or(0));
        let mut chars = rest.chars();
        let slip = match (chars.next(), chars.next()) {
            _ if key.is_empty() => None,
            (Some('：'), next) => Some((Slip::FullWidthColon, next)),
            (Some(':'), Some(next)) if !next.is_whitespace() => Some((Slip::NoBlankAfterColon, Some(next))),
            _ => None,
        };
        // `- 主持：张三` alone is an item of text, not a mapping.
        let text_item = item.len() < content.len() && !self.deeper_below;
        let is_key = || match suspicion.keys {
            Some(keys) => keys.contains(key),
            None => !key.is_ascii() && key.chars().count() <= 12,
        };
        let Some((slip, next)) = slip.filter(|_| !text_item && is_key()) else {
            self.out.push_str(content);
            return;
        };
        let before = &content[..content.len() - rest.len()];
        self.suspect(slip, self.indent + before.chars().count(), key.to_owned(), mended);
        self.out.push_str(before);
        self.out.push(':');
        if next.is_some_and(|next| !next.is_whitespace()) {
            mended.shifts.push((self.number, self.out.chars().count(), 1));
            self.out.push(' ');
        }
        self.out.extend(rest.chars().skip(1));
    }

    /// Mends `{ 姓名：张三，单位：某所 }`: only around known keys, for within braces text may stand as well.
    fn mend_braces(&mut self, suspicion: &Suspicion<'_>, mended: &mut Mended) {
        let Some(keys) = suspicion.keys.filter(|_| self.out.contains('{')) else { return };
        let chars: Vec<char> = std::mem::take(&mut self.out).chars().collect();
        let (mut quote, mut braces, mut at) = (None, 0_usize, 0);
        while let Some(&c) = chars.get(at) {
            self.out.push(c);
            at += 1;
            match (quote, c) {
                (Some(q), c) if q == c => quote = None,
                (None, '"' | '\'') => quote = Some(c),
                (None, '{') => braces += 1,
                (None, '}') => braces = braces.saturating_sub(1),
                _ => {}
            }
            if quote.is_some() || braces == 0 || !matches!(c, '{' | ',' | '，') {
                continue;
            }
            let blanks = chars[at..].iter().take_while(|c| is_blank(**c)).count();
            let word: String =
                chars[at + blanks..].iter().take_while(|c| !":：,{}[]\"' ".contains(**c)).collect();
            let colon = at + blanks + word.chars().count();
            let next = chars.get(colon + 1).copied().unwrap_or(' ');
            let slip = match chars.get(colon) {
                Some('：') => Slip::FullWidthColon,
                Some(':') if !next.is_whitespace() => Slip::NoBlankAfterColon,
                Some(':') if c == '，' => Slip::FullWidthComma,
                _ => continue,
            };
            if !keys.contains(&word) {
                continue;
            }
            if c == '，' {
                self.out.pop();
                let column = self.out.chars().count() + 1;
                let written = mended.original(Pos { line: self.number, column });
                self.suspect(Slip::FullWidthComma, written.column - 1, word.clone(), mended);
                self.out.push(',');
            }
            if slip != Slip::FullWidthComma {
                let column = self.out.chars().count() + (colon - at) + 1;
                let written = mended.original(Pos { line: self.number, column });
                self.suspect(slip, written.column - 1, word, mended);
                self.out.extend(&chars[at..colon]);
                self.out.push(':');
                at = colon + 1;
                if !next.is_whitespace() {
                    mended.shifts.push((self.number, self.out.chars().count(), 1));
                    self.out.push(' ');
                }
            }
        }
    }

    /// Closes a quote that its line leaves open.
    fn mend_quote(&mut self, mended: &mut Mended) {
        for quote in ['"', '\''] {
            let opened = [format!(": {quote}"), format!("- {quote}")]
                .iter()
                .filter_map(|opening| self.out.find(opening.as_str()))
                .min();
            let Some(opened) = opened else { continue };
            let quoted = &self.out[opened + 2..];
            if quoted.replace("\\\"", "").matches(quote).count() % 2 == 1 {
                let column = self.out[..opened + 2].chars().count();
                self.suspect(Slip::UnclosedQuote, column, String::new(), mended);
                self.out.push(quote);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_every_slip_and_keeps_prose() {
        let text =
            "类别：活动\n正文: |\n  地点：上海\n\t名称：x\n\u{3000}议题：\n  - 主持：张三\n年度:２０１７\n";
        let keys = ["类别", "议题", "主持", "年度"].map(String::from).into();
        let mended = scan(text, &Suspicion { keys: Some(&keys), quotes: false });
        let found: Vec<_> = mended.candidates.iter().map(|c| (c.slip, c.at.line, c.at.column)).collect();
        assert_eq!(
            found,
            [
                (Slip::FullWidthColon, 1, 3),
                (Slip::Tab, 4, 1),
                (Slip::FullWidthBlank, 5, 1),
                (Slip::NoBlankAfterColon, 7, 3),
            ]
        );
        assert!(mended.text.starts_with("类别: 活动\n正文: |\n  地点：上海\n"));
        assert_eq!(mended.original(Pos { line: 1, column: 5 }), Pos { line: 1, column: 4 });
    }
}
