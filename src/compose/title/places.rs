//! Where a line may end: text and the terms to keep whole in, places with their cost out.
//!
//! A place is a word's end where no line would begin with 的 or a closing mark or end with an opening one. Breaking
//! something that belongs together is dear, not impossible: it may be wider than a line.

use super::halves;
use icu_segmenter::WordSegmenter;
use icu_segmenter::options::WordBreakInvariantOptions;
use std::collections::BTreeSet;

/// A place where a line may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Byte offset of what follows.
    pub(super) at: usize,
    /// The dearer, the worse.
    pub(super) cost: usize,
}

/// Something that belongs together, as a byte range, and what breaking it costs.
struct Whole {
    start: usize,
    end: usize,
    cost: usize,
}

const IN_TERM: usize = 1000;
const IN_NUMBER: usize = 600;
const IN_MARKS: usize = 300;
const IN_COMPOUND: usize = 80;
const AFTER_LINK: usize = 100;
const BEFORE_TAIL: usize = 80;
/// On top of [`WORD`]: a word of one character leans on its neighbour.
const SINGLE: usize = 15;
const AFTER_OF: usize = 20;
const WORD: usize = 30;
const AFTER_MARK: usize = 8;
const BEFORE_SUBJECT: usize = 0;

/// Marks that enclose something, by pairs.
const PAIRS: [(char, char); 6] =
    [('《', '》'), ('〈', '〉'), ('“', '”'), ('（', '）'), ('〔', '〕'), ('(', ')')];
/// Never first on a line.
const CLOSING: &str = "的，。、；：！？）》〉”’】〕…—～·)%％‰℃,.;:!?";
/// Never last on a line.
const OPENING: &str = "《〈“‘（【〔(";
/// Words that ask for what follows them.
const LINKS: &[&str] = &[
    "关于", "和", "与", "及", "以及", "暨", "或", "对", "在", "为", "以", "向", "将", "把", "从", "由", "于",
    "同", "至", "给", "按", "经",
];
/// Characters of a name in a list, at most.
const NAME: usize = 4;
/// Ends of ordinals, which belong to what they count: 第二次全体会议.
const ORDINALS: [char; 3] = ['次', '届', '批'];
/// What Chinese numbers are written with, besides ASCII digits.
const NUMERALS: &str = "一二三四五六七八九十〇○";
/// Words that lean on what stands before them.
const TAILS: &[&str] = &["等", "中", "上", "下", "后", "前", "内", "时"];
/// Words of titles that the dictionary cuts and a reader does not.
const COMPOUNDS: &str = include_str!("compounds.txt");
/// What a number may stand before and must not be parted from.
const UNITS: &str = "年月日度号次届期批个项件份名人位家条款章周天时分元万亿倍级类种版季";

/// All places of `text`, in order. Terms wider than `max` half cells may be broken within.
pub(super) fn places(text: &str, terms: &[&str], max: usize) -> Vec<Place> {
    let wholes = wholes(text, terms, max);
    let organ_end = leading_term(text, terms);
    let kept = wholes.iter().flat_map(|it| [it.start, it.end]);
    let subject = text.match_indices("关于").map(|(at, _)| at);
    let ends: BTreeSet<_> = segmented(text).chain(kept).chain(subject).collect();
    let ends: Vec<_> = ends.into_iter().collect();
    let words = ends.windows(3).filter_map(|it| match it {
        [start, at, end] => Some((&text[*start..*at], *at, &text[*at..*end])),
        _ => None,
    });
    words
        .filter(|(_, at, _)| may_break(text, *at))
        .map(|(before, at, after)| Place {
            at,
            cost: word_cost(text, before, at, after, organ_end) + broken_cost(&wholes, at),
        })
        .collect()
}

/// Only where the places are, in order, for text too long to weigh.
pub(super) fn word_ends(text: &str) -> Vec<usize> {
    segmented(text).filter(|at| *at > 0 && may_break(text, *at)).collect()
}

/// The pieces of `text`, at most `max` half cells wide, between which a line may end: words with what leans on them,
/// dates, numbers, names of a list, what stands in brackets; what is wider goes by words, and at last by characters.
pub(super) fn pieces(text: &str, max: usize) -> Vec<&str> {
    let whole = places(text, &[], usize::MAX).into_iter().filter(|it| it.cost < IN_COMPOUND).map(|it| it.at);
    let mut items = Vec::new();
    let mut start = 0;
    for item in text.split_inclusive('、') {
        items.push(start..start + item.len());
        start += item.len();
    }
    let in_name = |at: usize| {
        let item = items.iter().find(|it| it.start < at && at < it.end);
        let is_name = |item: &str| {
            item.chars().count() <= NAME
                || item.contains('·') && item.chars().all(|c| c == '·' || c.is_alphabetic())
        };
        !text[..at].ends_with('·') && item.is_some_and(|it| is_name(text[it.clone()].trim_end_matches('、')))
    };
    let characters =
        |piece: &str| piece.char_indices().map(|(at, _)| at).filter(|at| may_break(piece, *at)).collect();
    let lone = |at: usize| text[at..].chars().count() < 2;
    split(text, whole.filter(|at| !in_name(*at) && !lone(*at)))
        .flat_map(|it| finer(it, max, word_ends))
        .flat_map(|it| finer(it, max, |piece| characters(piece)))
        .collect()
}

/// `piece`, cut where `at` says if it is wider than `max`.
fn finer(piece: &str, max: usize, at: impl Fn(&str) -> Vec<usize>) -> Vec<&str> {
    if halves(piece) <= max { vec![piece] } else { split(piece, at(piece).into_iter()).collect() }
}

fn split(text: &str, breaks: impl Iterator<Item = usize>) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = breaks.filter(|at| *at > 0).chain([text.len()]);
    ends.map(move |end| &text[std::mem::replace(&mut start, end)..end]).filter(|it| !it.is_empty())
}

/// Ends of words, with both ends of the text.
fn segmented(text: &str) -> impl Iterator<Item = usize> {
    WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()).segment_str(text)
}

/// Whether `word` is one character that carries meaning of its own but does not link others.
fn is_single(word: &str) -> bool {
    let mut characters = word.chars();
    characters.next().is_some_and(char::is_alphanumeric)
        && characters.next().is_none()
        && !LINKS.contains(&word)
}

fn may_break(text: &str, at: usize) -> bool {
    let (before, after) = text.split_at(at);
    let after = after.trim_start();
    !after.is_empty()
        && !after.starts_with(|it| CLOSING.contains(it))
        && !before.trim_end().ends_with(|it| OPENING.contains(it))
}

/// The cost of ending a line at `at`, between the words `before` and `after`.
fn word_cost(text: &str, before: &str, at: usize, after: &str, organ_end: usize) -> usize {
    let line = text[..at].trim_end();
    if text[at..].trim_start().starts_with("关于") {
        BEFORE_SUBJECT
    } else if LINKS.contains(&before) || ends_in_ordinal(line) {
        AFTER_LINK
    } else if TAILS.contains(&after) {
        BEFORE_TAIL
    } else if at == organ_end || line.ends_with(|it| "、，；：》”）".contains(it)) {
        AFTER_MARK
    } else if line.ends_with('的') {
        AFTER_OF
    } else if is_single(before) || is_single(after) {
        WORD + SINGLE
    } else {
        WORD
    }
}

fn ends_in_ordinal(line: &str) -> bool {
    line.strip_suffix(ORDINALS).is_some_and(|it| it.ends_with(is_numeral))
}

fn is_numeral(it: char) -> bool {
    it.is_ascii_digit() || NUMERALS.contains(it)
}

fn broken_cost(wholes: &[Whole], at: usize) -> usize {
    wholes.iter().filter(|it| it.start < at && at < it.end).map(|it| it.cost).sum()
}

/// The end of the longest term that the text begins with: as a rule the organ's name; 0 if there is none.
fn leading_term(text: &str, terms: &[&str]) -> usize {
    terms.iter().filter(|it| text.starts_with(**it)).map(|it| it.len()).max().unwrap_or(0)
}

fn wholes(text: &str, terms: &[&str], max: usize) -> Vec<Whole> {
    let given = terms
        .iter()
        .filter(|it| !it.is_empty() && halves(it) <= max)
        .flat_map(|it| occurrences(text, it, IN_TERM));
    let compounds =
        COMPOUNDS.lines().filter(|it| !it.starts_with('#')).flat_map(|it| occurrences(text, it, IN_COMPOUND));
    given.chain(compounds).chain(enclosed(text)).chain(numbers(text)).chain(latin(text)).collect()
}

fn occurrences(text: &str, word: &str, cost: usize) -> impl Iterator<Item = Whole> {
    let length = word.len();
    text.match_indices(word).map(move |(start, _)| Whole { start, end: start + length, cost })
}

/// What stands between a pair of marks, the marks included.
fn enclosed(text: &str) -> Vec<Whole> {
    let mut open = Vec::new();
    let mut found = Vec::new();
    for (at, mark) in text.char_indices() {
        if PAIRS.iter().any(|(opening, _)| *opening == mark) {
            open.push((at, mark));
        }
        let Some((opening, _)) = PAIRS.iter().find(|(_, closing)| *closing == mark) else { continue };
        if let Some(start) = open.iter().rposition(|(_, it)| it == opening) {
            found.push(Whole { start: open[start].0, end: at + mark.len_utf8(), cost: IN_MARKS });
            open.truncate(start);
        }
    }
    found
}

/// Numbers with 第 before and their unit behind them; a date is one number.
fn numbers(text: &str) -> Vec<Whole> {
    let mut found: Vec<Whole> = Vec::new();
    let mut start = None;
    for (at, it) in text.char_indices().chain([(text.len(), '\0')]) {
        let part = it == '第' || is_numeral(it) || (start.is_some() && UNITS.contains(it));
        match (start, part) {
            (None, true) => start = Some(at),
            (Some(first), false) => {
                found.push(Whole { start: first, end: at, cost: IN_NUMBER });
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Runs of Latin letters, digits and their marks: `ISO/IEC TS 17021-4`.
fn latin(text: &str) -> Vec<Whole> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, it) in text.char_indices().chain([(text.len(), '一')]) {
        if it.is_ascii() {
            start.get_or_insert(at);
        } else if let Some(start) = start.take() {
            let (run, lead) = (text[start..at].trim_end(), text[start..at].trim_start());
            found.push(Whole { start: at - lead.len(), end: start + run.len(), cost: IN_NUMBER });
        }
    }
    found
}
