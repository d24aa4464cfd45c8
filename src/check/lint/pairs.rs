//! Marks that come in pairs (GB/T 15834—2011). A quotation may go on over several paragraphs, each of which opens anew;
//! `1）` at the beginning of a point opens nothing.

use super::Fault;
use super::line::{Line, is_han};

const PAIRS: [(char, char); 7] =
    [('《', '》'), ('〈', '〉'), ('（', '）'), ('“', '”'), ('‘', '’'), ('〔', '〕'), ('【', '】')];

pub(super) fn check(lines: &[Line<'_>], faults: &mut Vec<Fault>) {
    let count = |line: &Line<'_>, c| if line.has(&[c]) { line.text.matches(c).count() } else { 0 };
    let halves: Vec<(usize, usize)> = lines.iter().map(|line| (count(line, '('), count(line, ')'))).collect();
    let marks = |c: char| PAIRS.iter().position(|(open, close)| c == *open || c == *close);
    let mut present = [false; PAIRS.len()];
    for (_, c) in lines.iter().flat_map(Line::iter).filter(|(_, c)| *c > '\u{7F}' && !is_han(*c)) {
        if let Some(pair) = marks(c) {
            present[pair] = true;
        }
    }
    for (open, close) in PAIRS.iter().zip(present).filter(|(_, present)| *present).map(|(pair, _)| *pair) {
        // Paragraph and place of what is still open.
        let mut open_marks: Vec<(usize, usize)> = Vec::new();
        let mut lonely = Vec::new();
        for (index, line) in lines.iter().enumerate() {
            if !line.has(&[open, close]) {
                continue;
            }
            let half = halves[index];
            for (at, c) in line.iter() {
                if c == open {
                    // A quotation that goes on opens each of its paragraphs.
                    let again = matches!(c, '“' | '‘') && at == line.first() && !open_marks.is_empty();
                    if !again {
                        open_marks.push((index, at));
                    }
                } else if c == close && open_marks.pop().is_none() && !stands_alone(line, at, c) {
                    // A half-width partner is a fault of its own.
                    if c != '）' || half.0 <= half.1 {
                        lonely.push(line.fault("text/unpaired", at..at + 1).fact("side", "open"));
                    }
                }
            }
        }
        for (nth, (index, at)) in open_marks.iter().copied().enumerate() {
            let line = &lines[index];
            // “……“: the second is the one that is wrong.
            if open_marks.get(nth + 1).is_some_and(|(next, _)| *next == index) && matches!(open, '“' | '‘')
            {
                continue;
            }
            let half = halves[index].1 > halves[index].0;
            let apostrophe = open == '‘' && line.at(at + 1).is_ascii_alphanumeric();
            if !(open == '（' && half || apostrophe) {
                lonely.push(line.fault("text/unpaired", at..at + 1).fact("side", "close"));
            }
        }
        // Where several are missing, what belongs together cannot be known: the first is named.
        faults.extend(lonely.into_iter().take(2));
    }
}

/// A closing mark that never has a partner: the number of a point, an apostrophe.
fn stands_alone(line: &Line<'_>, at: usize, c: char) -> bool {
    let before = line.before(at);
    match c {
        '）' => {
            let sign = |c: char| c.is_ascii_alphanumeric() || "一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩".contains(c);
            let from = at - (1..=2.min(at)).take_while(|back| sign(line.at(at - back))).count();
            let begins = from == line.first()
                || !is_han(line.before(from)) && !line.before(from).is_ascii_alphanumeric();
            from < at && begins
        }
        // China’s, A’, ’98.
        '’' => before.is_alphanumeric() && !is_han(before) || line.at(at + 1).is_ascii_digit(),
        _ => false,
    }
}
