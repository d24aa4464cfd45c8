//! 发文机关署名, 成文日期 and the room for seals and stamps (7.3.5).

use super::heads::command;
use super::layout::{PITCH, assert_near};
use super::{plain, set, text};
use crate::compose::page::{Page, Signatory, Signature, SignatureForm};
use crate::typeset::Run;

const CELL: f64 = 156.0 / 28.0;

/// A text on one line: its ends and its baseline, mm.
#[derive(Debug, Clone, Copy)]
struct Line {
    left: f64,
    right: f64,
    baseline: f64,
}

impl Line {
    fn centre(self) -> f64 {
        f64::midpoint(self.left, self.right)
    }
}

pub(super) fn page(form: SignatureForm, organs: &[&str], date: &str) -> Page {
    let signatory =
        |organ: &&str| Signatory { organ: organ.lines().map(str::to_owned).collect(), on_behalf: None };
    let signatories = organs.iter().map(signatory).collect();
    let body = vec![text("正文结束。")];
    Page { signature: Some(Signature { signatories, date: date.into(), form }), ..plain(body) }
}

fn signed(form: SignatureForm, organs: &[&str], date: &str) -> Vec<Run> {
    set(&page(form, organs, date)).runs
}

/// The last place of `text`, which may be several runs.
fn at(runs: &[Run], text: &str) -> Line {
    let start = (0..runs.len()).rev().find(|&i| {
        let rest: String = runs[i..].iter().map(|run| run.text.as_str()).collect();
        text.starts_with(&runs[i].text) && rest.starts_with(text)
    });
    let first = &runs[start.unwrap_or_else(|| panic!("no {text} in {runs:#?}"))..];
    let mut length = 0;
    let count = first.iter().take_while(|run| (length < text.len(), length += run.text.len()).0).count();
    Line { left: first[0].x, right: first[count - 1].end, baseline: first[0].baseline }
}

fn right_cells(line: Line) -> f64 {
    (184.0 - line.right) / CELL
}

fn assert_lines(lower: Line, upper: Line, lines: f64) {
    let are = (lower.baseline - upper.baseline) / PITCH;
    assert!((are - lines).abs() < 0.02, "{are} lines are not {lines}");
}

const BODY: &str = "正文结束。";
pub(super) const DATE: &str = "2017年4月24日";
pub(super) const ORGANS: [&str; 7] =
    ["认监委", "发展改革委", "工业信息部", "财政部", "商务部", "交通部", "水利部"];

#[test]
fn one_seal_has_room_over_organ_and_date() {
    for organ in ["某某专家组", "国家发展和改革委员会"] {
        let runs = signed(SignatureForm::Seal, &[organ], DATE);
        let (body, organ, date) = (at(&runs, BODY), at(&runs, organ), at(&runs, DATE));
        assert_near(right_cells(date), 4.0);
        assert_near(organ.centre(), date.centre());
        assert_lines(organ, body, 4.0);
        assert_lines(date, organ, 1.0);
    }
}

#[test]
fn seals_of_a_joint_issue_stand_in_rows_and_do_not_touch() {
    for date in [DATE, "2017年12月24日", "2017年1月2日"] {
        for count in 2..=ORGANS.len() {
            let runs = signed(SignatureForm::Seal, &ORGANS[..count], date);
            let names: Vec<Line> = ORGANS[..count].iter().map(|organ| at(&runs, organ)).collect();
            let date = at(&runs, date);
            assert_near(right_cells(date), 4.0);
            assert_near(names[count - 1].centre(), date.centre());
            assert_lines(date, names[count - 1], 1.0);
            assert_lines(names[0], at(&runs, BODY), 4.0);
            let rows: Vec<&[Line]> = names.chunk_by(|a, b| (a.baseline - b.baseline).abs() < 0.1).collect();
            assert_eq!(rows.len(), count.div_ceil(3), "{count} organs");
            for row in &rows {
                // Seals of 45 mm beside each other.
                assert!(row.windows(2).all(|pair| pair[1].centre() - pair[0].centre() >= 44.99), "{row:?}");
                assert!(
                    row.iter().all(|at| at.centre() - 22.5 >= 27.99 && at.centre() + 22.5 <= 184.0),
                    "{row:?}"
                );
            }
            for pair in rows.windows(2) {
                assert_lines(pair[1][0], pair[0][0], 5.0);
                // Both rows end in the column of the date.
                assert_near(pair[0][pair[0].len() - 1].centre(), date.centre());
            }
        }
    }
}

#[test]
fn long_names_have_fewer_columns() {
    let three = ["国家自然科学基金委员会", "可持续管理体系专家工作组", "国家发展和改革委员会"];
    let runs = signed(SignatureForm::Seal, &three, DATE);
    let [a, b, c] = three.map(|organ| at(&runs, organ));
    assert_lines(b, a, 0.0);
    assert_lines(c, b, 5.0);
    assert_near(b.centre(), c.centre());
    assert!(a.left >= 28.0 && b.left - a.right >= CELL, "{a:?} {b:?}");
    let wide = ["国家认证认可监督管理委员会办公厅", "可持续管理体系专家工作组秘书处"];
    let runs = signed(SignatureForm::Seal, &wide, DATE);
    let [a, b] = wide.map(|organ| at(&runs, organ));
    assert_lines(b, a, 5.0);
    assert_near(a.centre(), b.centre());
}

#[test]
fn rows_of_seals_and_stamps_keep_the_texts_last_lines() {
    for (form, count) in [(SignatureForm::Seal, 5), (SignatureForm::Stamp, 3), (SignatureForm::Plain, 4)] {
        for lines in [3, 6, 8, 11, 14, 17] {
            let body = vec![text(&"前".repeat(26 + 28 * (lines - 1))), text(&"末".repeat(26 + 28))];
            let sheet = set(&Page { body, ..page(form, &ORGANS[..count], DATE) });
            let places = |text: &str| {
                let runs = sheet.runs.iter().filter(|run| run.text.contains(text));
                runs.map(|run| run.page).collect::<Vec<_>>()
            };
            let here = places("2017")[0];
            assert_eq!(places("末"), [here; 2], "{}", sheet.outline());
            assert!(ORGANS[..count].iter().all(|organ| places(organ) == [here]), "{}", sheet.outline());
        }
    }
}

#[test]
fn organs_as_wide_as_the_page_are_set_whole() {
    for count in 20..=28 {
        let name = "可持续管理体系专家工作组".repeat(3).chars().take(count).collect::<String>();
        for form in [SignatureForm::Seal, SignatureForm::Plain] {
            let runs = signed(form, &[&name, "财政部"], DATE);
            let (wide, narrow) = (at(&runs, &name), at(&runs, "财政部"));
            assert!(wide.left > 27.9 && wide.right < 184.1, "{form:?} {wide:?}");
            assert_lines(narrow, wide, if form == SignatureForm::Seal { 5.0 } else { 1.0 });
        }
    }
}

#[test]
fn an_unsealed_date_begins_two_characters_after_the_first_organ() {
    let issues: [&[&str]; 3] = [
        &["可持续管理体系专家工作组"],
        &["国家认证认可监督管理委员会", "财政部"],
        &["可持续管理体系\n专家工作组"],
    ];
    for organs in issues {
        let runs = signed(SignatureForm::Plain, organs, DATE);
        let lines: Vec<Line> = organs.iter().flat_map(|it| it.lines()).map(|it| at(&runs, it)).collect();
        let date = at(&runs, DATE);
        assert_near(right_cells(lines[0]), 2.0);
        assert_near(date.left, lines[0].left + 2.0 * CELL);
        assert_lines(lines[0], at(&runs, BODY), 2.0);
        for pair in lines.windows(2) {
            assert_lines(pair[1], pair[0], 1.0);
        }
        assert_lines(date, lines[lines.len() - 1], 1.0);
    }
}

#[test]
fn an_unsealed_date_longer_than_the_organ_stands_two_characters_from_the_right() {
    for organs in [&["财政部"][..], &["财政部", "认监委"]] {
        let runs = signed(SignatureForm::Plain, organs, DATE);
        let date = at(&runs, DATE);
        assert_near(right_cells(date), 2.0);
        for organ in organs {
            assert_near(at(&runs, organ).left, date.left - 2.0 * CELL);
        }
    }
}

#[test]
fn a_stamp_has_room_right_of_the_post() {
    let posts = ["主任", "部长"];
    for count in [1, 2] {
        let signature = page(SignatureForm::Stamp, &posts[..count], DATE).signature;
        let runs = set(&Page { signature, body: vec![text(BODY)], ..command() }).runs;
        let (body, date) = (at(&runs, BODY), at(&runs, DATE));
        assert_near(right_cells(date), 4.0);
        for (i, post) in (0_u8..).zip(&posts[..count]) {
            let post = at(&runs, post);
            assert_near(184.0 - post.right, 4.0 * CELL + 40.0 + 2.0 * CELL);
            // Two blank lines, then stamps of two lines each, the post in their middle.
            assert_lines(post, body, 3.5 + 2.0 * f64::from(i));
        }
        // From the middle of the stamp: its lower half, a blank line.
        assert_lines(date, at(&runs, posts[count - 1]), 2.5);
    }
}
