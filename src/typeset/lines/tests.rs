//! Lines: where they end, and that every character keeps its cell.

use super::{CELL, Line, Measure, Piece, Run, Widths, lines};
use crate::typeset::fonts::Role;
use proptest::prelude::*;

/// Digits half an em, other ASCII 0.4, the rest full-width.
struct Plain;

impl Widths for Plain {
    fn advance(&self, _: Role, c: char) -> f64 {
        match c {
            '0'..='9' => 0.5,
            ' '..='~' => 0.4,
            _ => 1.0,
        }
    }

    fn stands_in(&self, c: char) -> bool {
        c == '䶮'
    }
}

const PARAGRAPH: Measure = Measure { first: 26.0, rest: 28.0 };

fn set(text: &str) -> Vec<Line> {
    lines(&[Run { role: Role::Fang, text }], PARAGRAPH, 16.0, &Plain, false)
}

fn texts(lines: &[Line]) -> Vec<String> {
    let piece = |piece: &Piece| match piece {
        Piece::Gap(_) => String::new(),
        Piece::Cells(text) | Piece::Other { text, .. } => text.clone(),
    };
    lines.iter().map(|line| line.pieces.iter().map(piece).collect()).collect()
}

/// Width of a line as the compiler sets it.
fn width(line: &Line) -> f64 {
    let glyphs = |text: &str| text.chars().map(|c| 16.0 * Plain.advance(Role::Fang, c)).sum::<f64>();
    let between = |text: &str, tracking: f64| text.chars().skip(1).map(|_| tracking).sum::<f64>();
    let kept = line.tracking.unwrap_or(CELL - 16.0);
    let piece = |piece: &Piece| match piece {
        Piece::Gap(gap) => *gap,
        Piece::Cells(text) => glyphs(text) + between(text, kept),
        Piece::Other { text, tracking, .. } => glyphs(text) + between(text, tracking.unwrap_or(kept)),
    };
    line.pieces.iter().map(piece).sum()
}

#[test]
fn a_full_line_holds_26_and_then_28_characters() {
    let set = set(&"会".repeat(26 + 28 + 3));
    assert_eq!(set.iter().map(|line| line.pieces.len()).collect::<Vec<_>>(), [2, 2, 2]);
    assert_eq!(texts(&set).iter().map(|line| line.chars().count()).collect::<Vec<_>>(), [26, 28, 3]);
    assert!(set.iter().all(|line| line.tracking.is_none()));
}

#[test]
fn no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() {
    let text = |at: usize, mark: &str| format!("{}{mark}{}", "会".repeat(at), "议".repeat(10));
    for mark in ["，", "。", "》", "”", "、"] {
        assert_eq!(texts(&set(&text(26, mark)))[0].chars().count(), 25, "{mark}");
    }
    for mark in ["《", "“", "（", "〔"] {
        assert_eq!(texts(&set(&text(25, mark)))[0].chars().count(), 25, "{mark}");
    }
    for pair in ["——", "……"] {
        let first = texts(&set(&text(25, pair))).remove(0);
        assert!(
            first.ends_with(['会', '…', '—']) && !first.ends_with("会—") && !first.ends_with("会…"),
            "{first}"
        );
    }
}

#[test]
fn a_shorter_line_is_stretched_to_its_end() {
    let set = set(&format!("{}，{}", "会".repeat(26), "议".repeat(30)));
    assert!((width(&set[0]) - 26.0 * CELL).abs() < 0.1, "{}", width(&set[0]));
    assert!(set[0].tracking.is_some_and(|tracking| tracking > CELL - 16.0));
}

#[test]
fn numbers_stay_with_what_they_count() {
    for whole in [
        "15人",
        "3.5%",
        "50万元",
        "〔2017〕5号",
        "第3次",
        "100～150千克",
        "10:30",
        "12个月",
        "5个工作日",
        "28 760张",
    ] {
        for at in 15..27 {
            let text = format!("{}{whole}{}", "会".repeat(at), "议".repeat(40));
            let set = texts(&set(&text));
            assert!(set.iter().any(|line| line.contains(whole)), "{whole} after {at}: {set:?}");
        }
    }
}

#[test]
fn a_date_parts_only_where_the_line_would_be_torn_open_and_never_within_a_number() {
    for date in ["2017年4月13日", "2017年4月—6月", "12月30日"] {
        for at in 12..27 {
            let text = format!("{}{date}{}", "会".repeat(at), "议".repeat(40));
            let set = texts(&set(&text));
            let parted: Vec<_> = set.iter().filter(|line| line.contains(['会', '2', '4', '6'])).collect();
            let whole = set.iter().any(|line| line.contains(date));
            assert!(whole || set[0].ends_with(['年', '月']), "{date} after {at}: {parted:?}");
            assert!(whole || at < 25, "{date} after {at}: {parted:?}");
        }
    }
}

#[test]
fn lines_move_apart_together_rather_than_one_of_them_much() {
    // 28 + 28 cells, then 25 and what may not be parted.
    let text = format!("{}元，{}专家劳务费12554.50元。", "会".repeat(26 + 28 + 28 - 2), "议".repeat(20));
    let set = set(&text);
    let most = set.iter().filter_map(|line| line.tracking).fold(0.0, f64::max) - (CELL - 16.0);
    assert!(most < 0.06 * CELL, "{} cells: {:?}", most / CELL, texts(&set));
    assert_eq!(set.len(), 5, "no line more than it takes");
}

#[test]
fn a_standards_number_parts_only_where_the_line_would_be_torn_open() {
    let first =
        |at: usize| texts(&set(&format!("{}GB/T 9704—2012{}", "会".repeat(at), "议".repeat(40)))).remove(0);
    assert!(first(20).ends_with("GB/T"), "{}", first(20));
    assert!(first(24).ends_with('会'), "{}", first(24));
    assert!(first(17).contains("GB/T 9704—2012"), "{}", first(17));
}

#[test]
fn names_in_a_list_stay_whole() {
    let text = "欧阳建国、张明、李静、".repeat(6);
    let run = [Run { role: Role::Fang, text: &text }];
    for line in texts(&lines(&run, Measure { first: 23.0, rest: 23.0 }, 16.0, &Plain, true)) {
        assert!(line.ends_with('、') && !line.starts_with(['阳', '建', '国', '明', '静']), "{line}");
    }
}

#[test]
fn marks_lean_on_narrow_words() {
    let pieces = set("（ISO）的").remove(0).pieces;
    let at = pieces.iter().position(|piece| matches!(piece, Piece::Other { .. })).expect("a word");
    let gap = |index: usize| match pieces.get(index) {
        Some(Piece::Gap(gap)) => *gap,
        _ => 0.0,
    };
    // No more between word and marks than between any two characters.
    assert!(gap(at - 1).abs() < 0.3 && gap(at + 1).abs() < 0.3, "{pieces:?}");
}

#[test]
fn digits_take_half_a_cell() {
    let set = set("在2017年的6月");
    let pieces = &set[0].pieces;
    let Piece::Other { text, tracking, .. } = &pieces[2] else { panic!("{pieces:?}") };
    assert_eq!((text.as_str(), tracking.map(|it| (it * 1e4).round())), ("2017", Some(-1035.0)));
    assert!((width(&set[0]) - 6.5 * CELL).abs() < 0.05, "{}", width(&set[0]) / CELL);
}

#[test]
fn half_a_cell_left_over_takes_a_closing_mark() {
    // 25½ cells, then a mark that would be half a cell too much.
    let set = set(&format!("{}5{}。{}", "会".repeat(10), "会".repeat(15), "议".repeat(30)));
    assert!(texts(&set)[0].ends_with('。'));
    assert!((width(&set[0]) - 26.0 * CELL).abs() < 0.1);
    let last = self::set(&format!("{}5{}。", "会".repeat(10), "会".repeat(15)));
    assert!((width(&last[0]) - 26.0 * CELL).abs() < 0.1, "{}", width(&last[0]));
}

#[test]
fn marks_that_meet_are_kept_apart() {
    let set = set("（《办法》），其");
    let gaps = set[0].pieces.iter().filter(|piece| matches!(piece, Piece::Gap(_))).count();
    assert_eq!((set[0].pieces.len(), gaps), (9, 5), "{:?}", set[0].pieces);
}

#[test]
fn a_long_address_may_part_anywhere_and_a_break_by_hand_is_kept() {
    let long = format!("见https://example.cn/{}。", "a".repeat(120));
    assert!(set(&long).iter().all(|line| width(line) < 28.0 * CELL + 0.1));
    let by_hand = set("甲\n乙");
    assert_eq!(texts(&by_hand), ["甲", "乙"]);
    assert!(by_hand[0].ends);
}

#[test]
fn a_long_word_may_part_after_its_hyphens() {
    let lines = set(
        "会议讨论了尽快等同采用国际标准《Indirect, temperature-controlled refrigerated delivery services》的办法。",
    );
    assert!(texts(&lines)[0].ends_with("temperature-"), "{:?}", texts(&lines));
    let lines = set("会议讨论了这个标准有关的办法，联系邮箱是secretariat@cold-chain-group.example。");
    assert!(texts(&lines).iter().all(|line| !line.ends_with('-')), "{:?}", texts(&lines));
}

#[test]
fn a_character_of_another_font_is_a_piece_of_its_own() {
    assert!(
        set("张䶮说")
            .iter()
            .flat_map(|line| &line.pieces)
            .any(|piece| matches!(piece, Piece::Other { text, .. } if text == "䶮"))
    );
}

proptest! {
    #[test]
    fn no_text_is_lost_and_no_line_is_too_wide(text in "([会议认证的]|[，。、（）《》“”—…]|[0-9]{1,4}|[a-zA-Z]{1,9}| |年|%){0,120}") {
        let set = set(&text);
        let bare = |text: &str| text.chars().filter(|c| *c != ' ').collect::<String>();
        prop_assert_eq!(bare(&texts(&set).concat()), bare(&text));
        for (index, line) in set.iter().enumerate() {
            let room = if index == 0 { 26.0 } else { 28.0 } * CELL;
            prop_assert!(width(line) < room + 0.01, "{} {:?}", width(line) - room, line);
        }
    }
}
