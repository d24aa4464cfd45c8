//! The order of numbered paragraphs: no number twice, none left out, one form of number within a run. A list may begin
//! anew behind a plain paragraph, points may run on under the next heading, and what does not begin with 1 goes on
//! from elsewhere.

use super::Fault;
use super::line::Line;
use super::numbering::{Numbered, numbered};

/// The numbers of one level that may still go on.
#[derive(Debug, Default, Clone)]
struct Run {
    /// The last number of each list that is open, the innermost last.
    lasts: Vec<u32>,
    /// Whether another paragraph has come since the last of them.
    interrupted: bool,
    /// Whether it began with 1: only then something can be missing.
    from_one: bool,
}

pub(super) fn check(lines: &[Line<'_>], faults: &mut Vec<Fault>) {
    let numbers: Vec<Option<Numbered>> =
        lines.iter().map(|line| numbered(line).filter(|_| !line.is_cited(line.first()))).collect();
    if numbers.iter().all(Option::is_none) {
        return;
    }
    let mut runs = vec![Run::default(); 5];
    let mut before: Option<Numbered> = None;
    let mut introduced = false;
    for (index, (line, number)) in lines.iter().zip(&numbers).enumerate() {
        let Some(number) = *number else {
            if line.first() < line.len() {
                if let Some(value) = before_digits(line)
                    && runs[3].lasts.iter().any(|last| value == last + 1)
                {
                    runs[3].go_on(value);
                    continue;
                }
                interrupt(&mut runs);
                forget_inline(line, 0, &mut runs);
                introduced = line.at(line.end() - 1) == '：';
            }
            continue;
        };
        if introduced
            && number.value != 1
            && !runs[number.level].lasts.iter().any(|last| number.value == last + 1)
        {
            // What was announced may be a part of another's list.
            runs[number.level] = Run::default();
        }
        introduced = false;
        let run = &runs[number.level];
        let fault =
            line.fault("text/number-order", line.first()..number.end).fact("value", number.value.to_string());
        match judge(run, number.value) {
            Verdict::Fits => {}
            Verdict::Strange
                if is_mixed(number, before, &numbers[index + 1..], &runs)
                    || goes_on_otherwise(line, number, before, &runs) =>
            {
                faults.push(line.fault("text/number-mixed", line.first()..number.end));
                // It counts for the run it interrupts.
                if let Some(other) = before {
                    runs[other.level].go_on(number.value);
                }
                before = Some(Numbered { level: before.map_or(number.level, |b| b.level), ..number });
                continue;
            }
            Verdict::Strange if run.lasts.is_empty() || !run.from_one => {}
            Verdict::Strange if run.lasts.contains(&number.value) => faults.push(fault.fact("what", "again")),
            Verdict::Strange => {
                let last = run.lasts.last().copied().unwrap_or_default();
                faults.push(fault.fact("what", "gap").fact("last", last.to_string()));
            }
        }
        runs[number.level].go_on(number.value);
        forget_inline(line, number.end, &mut runs);
        // Under a new heading deeper lists begin anew or run on.
        interrupt(&mut runs[number.level + 1..]);
        before = Some(number);
    }
}

/// A list that begins within a paragraph (附件：1.) may go on in paragraphs of its own: of its level nothing is known.
fn forget_inline(line: &Line<'_>, from: usize, runs: &mut [Run]) {
    if !line.has(&['一', '1']) {
        return;
    }
    let text = line.slice(from..line.len());
    for (level, marks) in [(1, "一、"), (2, "（一）"), (3, "1."), (3, "1、"), (4, "（1）")] {
        let begins = text.match_indices(marks).any(|(at, _)| {
            let before = text[..at].chars().next_back();
            before.is_some_and(|c| "：:；。 \u{3000}".contains(c))
                || at > 0 && marks.starts_with('（') && before != Some('第')
        });
        if begins {
            runs[level] = Run::default();
        }
    }
}

/// 3.2026年6月, 2、15日: a number that digits follow, if it is one.
fn before_digits(line: &Line<'_>) -> Option<u32> {
    let (first, end) = (line.first(), line.end());
    let length = (first..end).take_while(|at| line.at(*at).is_ascii_digit()).count();
    let marked = matches!(line.at(first + length), '.' | '、' | '．');
    (marked && length <= 2).then(|| line.slice(first..first + length).parse().ok()).flatten()
}

fn interrupt(runs: &mut [Run]) {
    for run in runs {
        run.interrupted = true;
    }
}

enum Verdict {
    Fits,
    Strange,
}

fn judge(run: &Run, value: u32) -> Verdict {
    let follows = run.lasts.iter().any(|last| value == last + 1);
    let anew = value == 1 && (run.interrupted || run.lasts.last() != Some(&1));
    if follows || anew { Verdict::Fits } else { Verdict::Strange }
}

impl Run {
    fn go_on(&mut self, value: u32) {
        if value == 1 {
            self.from_one = true;
            self.lasts.push(1);
            // Nobody nests lists deeper.
            if self.lasts.len() > 4 {
                self.lasts.remove(0);
            }
        } else if let Some(place) = self.lasts.iter().rposition(|last| value == last + 1) {
            self.lasts.truncate(place + 1);
            self.lasts[place] = value;
        } else {
            self.from_one &= !self.lasts.is_empty();
            self.lasts.pop();
            self.lasts.push(value);
        }
        self.interrupted = false;
    }
}

/// 一、二、3、: the third of three paragraphs has the mark of the others and another form.
fn goes_on_otherwise(line: &Line<'_>, number: Numbered, before: Option<Numbered>, runs: &[Run]) -> bool {
    let Some(before) = before.filter(|before| before.level == 1 && number.level == 3) else { return false };
    let third = number.value >= 3 && before.value + 1 == number.value;
    let unbroken = !runs[1].interrupted && runs[1].from_one && runs[3].lasts.is_empty();
    third && unbroken && line.at(number.end - 1) == '、'
}

/// Whether the number continues the one before it in another form, and the next one goes back to that form.
fn is_mixed(number: Numbered, before: Option<Numbered>, behind: &[Option<Numbered>], runs: &[Run]) -> bool {
    let Some(before) = before.filter(|before| before.level != number.level) else { return false };
    let unbroken = !runs[before.level].interrupted || before.level > number.level;
    let next = behind.first().copied().flatten();
    let back = next.is_some_and(|next| next.level == before.level && next.value == number.value + 1);
    number.value > 1 && before.value + 1 == number.value && back && unbroken
}
