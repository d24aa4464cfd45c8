//! What a word was meant to be: a written word and the known ones go in, the one that is close comes out. Two that are
//! equally close are none: a wrong guess costs a clerk more than no guess.

use strsim::{damerau_levenshtein, normalized_damerau_levenshtein};

/// What a word scores whose whole is part of the other.
const PART: f64 = 0.6;

/// The most similar of `known`, more than half of it right. A word that only *holds* a known one is no near miss:
/// 没有通过 is not 通过.
pub(crate) fn nearest(word: &str, known: &[String]) -> Option<String> {
    let word = word.replace("其它", "其他");
    best(known, 0.5 + f64::EPSILON, |other| similarity(&word, other))
}

/// The key meant; of two characters one may be wrong (地址, 地点), and words may stand around it (会议地点).
pub(crate) fn nearest_key(word: &str, known: &[String]) -> Option<String> {
    best(known, 0.5, |other| similarity(word, other).max(similarity(other, word)))
}

/// The member meant. Blanks and titles do not count; of three characters one may be wrong or missing; of two, only
/// the second, and only when nobody else bears that family name.
pub(crate) fn nearest_person(name: &str, members: &[String]) -> Option<String> {
    let name: Vec<char> = name.chars().filter(|c| !c.is_whitespace()).collect();
    best(members, 0.5, |member| {
        let member: Vec<char> = member.chars().collect();
        let longer = name.len().max(member.len());
        let text = |chars: &[char]| chars.iter().collect::<String>();
        if name.starts_with(&member) && member.len() > 1 {
            return 1.0;
        }
        let close = damerau_levenshtein(&text(&name), &text(&member)) == 1;
        let turned = name.iter().eq(member.iter().rev());
        let alike = if longer > 2 { name.len() > 1 } else { name.first() == member.first() || turned };
        if close && alike { 0.75 } else { 0.0 }
    })
}

/// The number meant: r1, Ｒ1 and R01 are R1; R9 is another number and never R1.
pub(crate) fn nearest_number(number: &str, known: &[String]) -> Option<String> {
    let (folded, digits) = (fold(number), digits(number));
    best(known, 0.5 + f64::EPSILON, |other| match fold(other) {
        other if other == folded => 1.0,
        folded_other if self::digits(other) == digits => similarity(&folded, &folded_other),
        _ => 0.0,
    })
}

/// The one that scores highest, if it scores at least `enough` and no other scores the same.
fn best(known: &[String], enough: f64, score: impl Fn(&str) -> f64) -> Option<String> {
    let scores: Vec<(f64, &String)> = known.iter().map(|other| (score(other), other)).collect();
    let highest = scores.iter().map(|(score, _)| *score).fold(0.0, f64::max);
    let mut close = scores.iter().filter(|(score, _)| *score >= enough && *score >= highest);
    let (_, found) = close.next()?;
    close.all(|(_, other)| other == found).then(|| (*found).clone())
}

/// How much of two words is the same, from 0 to 1; at least [`PART`] when `word` is part of `other`.
fn similarity(word: &str, other: &str) -> f64 {
    let part = word.chars().nth(1).is_some() && other.contains(word);
    normalized_damerau_levenshtein(word, other).max(if part { PART } else { 0.0 })
}

/// Without blanks and leading zeros, in ASCII lower case where there is one.
fn fold(number: &str) -> String {
    let mut folded = String::new();
    for c in number.chars().filter(|c| !c.is_whitespace()) {
        let c = match c {
            '！'..='～' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '—' | '–' => '-',
            c => c,
        };
        folded.push(c.to_ascii_lowercase());
    }
    let mut plain = String::new();
    let mut chars = folded.chars().peekable();
    while let Some(c) = chars.next() {
        let leads = c == '0' && !plain.ends_with(|last: char| last.is_ascii_digit());
        if !leads || !chars.peek().is_some_and(char::is_ascii_digit) {
            plain.push(c);
        }
    }
    plain
}

fn digits(number: &str) -> String {
    fold(number).chars().filter(char::is_ascii_digit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    #[test]
    fn words_of_a_list() {
        let kinds = known(&["全体会议", "组内会议", "研讨", "培训"]);
        for (word, near) in [("全体会", Some("全体会议")), ("全体", Some("全体会议")), ("会议", None)]
        {
            assert_eq!(nearest(word, &kinds).as_deref(), near, "{word}");
        }
        for word in ["没有通过", "不通过", "否决"] {
            assert_eq!(nearest(word, &known(&["通过", "未通过"])), None, "{word}");
        }
        assert_eq!(nearest("初稿", &known(&["讨论稿", "定稿"])), None);
        assert_eq!(nearest("", &kinds), None);
    }

    #[test]
    fn keys() {
        let keys = known(&["出席", "线上出席", "无故缺席", "列席", "地点", "名称"]);
        for (word, near) in [
            ("会议地点", Some("地点")),
            ("地址", Some("地点")),
            ("出席人员", Some("出席")),
            ("缺席", Some("无故缺席")),
            ("备注", None),
        ] {
            assert_eq!(nearest_key(word, &keys).as_deref(), near, "{word}");
        }
    }

    #[test]
    fn people() {
        let members = known(&["王明", "王刚", "李哲", "欧阳修远", "周明远"]);
        for (name, near) in [
            ("周明运", Some("周明远")),
            ("邹明远", Some("周明远")),
            ("周明", Some("周明远")),
            ("欧阳修", Some("欧阳修远")),
            ("李喆", Some("李哲")),
            ("哲李", Some("李哲")),
            ("王 明", Some("王明")),
            ("王明院长", Some("王明")),
            ("王强", None),
            ("赵明", None),
            ("张三", None),
            ("王", None),
            ("", None),
        ] {
            assert_eq!(nearest_person(name, &members).as_deref(), near, "{name}");
        }
    }

    #[test]
    fn numbers() {
        let numbers = known(&["R1", "R2", "冬奥-1"]);
        for (number, near) in [
            ("r1", Some("R1")),
            ("Ｒ０２", Some("R2")),
            ("R9", None),
            ("冬奥—01", Some("冬奥-1")),
            ("冬奥-3", None),
        ] {
            assert_eq!(nearest_number(number, &numbers).as_deref(), near, "{number}");
        }
    }
}
