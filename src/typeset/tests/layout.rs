//! Where things stand on the page.

use super::{LONG, letter, minutes, plain, set, signed, text, upward};
use crate::compose::page::{Attachment, Block, Page, Signatory, Signature};
use crate::typeset::Run;
use crate::typeset::tests::TYPESETTER;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::sync::Arc;

pub(super) const PITCH: f64 = 225.0 / 22.0;
pub(super) const FIRST_BASELINE: f64 = 44.259;

fn baselines(runs: &[Run], page: usize) -> Vec<f64> {
    let mut all: Vec<f64> = runs
        .iter()
        .filter(|run| run.page == page && !run.furniture && (run.size - 16.0).abs() < 0.01)
        .map(|run| run.baseline)
        .collect();
    all.sort_by(f64::total_cmp);
    all.dedup_by(|a, b| (*a - *b).abs() < 0.01);
    all
}

pub(super) fn find<'a>(runs: &'a [Run], text: &str) -> &'a Run {
    runs.iter().find(|run| run.text.contains(text)).unwrap_or_else(|| panic!("no {text}"))
}

pub(super) fn assert_near(is: f64, wanted: f64) {
    assert!((is - wanted).abs() < 0.05, "{is} is not {wanted}");
}

pub(super) fn assert_on_grid(runs: &[Run], page: usize) {
    for baseline in baselines(runs, page) {
        let line = (baseline - FIRST_BASELINE) / PITCH;
        assert!((line - line.round()).abs() < 0.005, "page {page}: {baseline} mm is off the grid");
    }
}

#[test]
fn a_full_page_has_22_lines_of_28_characters() {
    let sheet = set(&plain(vec![text(&"国".repeat(28 * 60)), text(LONG), text(&LONG.repeat(4))]));
    let lines = baselines(&sheet.runs, 2);
    assert_eq!(lines.len(), 22);
    assert_near(lines[0], FIRST_BASELINE);
    assert_near(lines[21], FIRST_BASELINE + 21.0 * PITCH);
    let full = sheet.runs.iter().find(|run| run.page == 2 && run.text.starts_with('国')).expect("a line");
    assert_eq!(full.text.trim_end().chars().count(), 28);
    assert_near(full.x, 28.0);
    assert_on_grid(&sheet.runs, 1);
    assert_on_grid(&sheet.runs, 3);
}

#[test]
fn page_numbers_stand_right_on_odd_and_left_on_even_pages() {
    let sheet = set(&plain(vec![text(&LONG.repeat(20))]));
    let folios: Vec<&Run> = sheet.runs.iter().filter(|run| run.furniture && run.text.contains('—')).collect();
    let at = |page| folios.iter().filter(move |run| run.page == page);
    let cell = 14.0 * 25.4 / 72.0;
    let right = at(1).map(|run| run.end).fold(0.0, f64::max);
    let left = at(2).map(|run| run.x).fold(210.0, f64::min);
    assert_near(right, 184.0 - cell);
    assert_near(left, 28.0 + cell);
    assert!(folios.iter().all(|run| (run.size - 14.0).abs() < 0.01));
}

#[test]
fn minutes_have_mark_number_attendees_annexes_and_imprint() {
    let sheet = set(&minutes());
    assert_eq!(sheet.pages, 5);
    let mark = find(&sheet.runs, "会议纪要");
    assert!(mark.baseline > 72.0 && mark.baseline < 90.0, "{}", mark.baseline);
    // The head stands where the standard measures it; from the title on everything is on the grid.
    let title = sheet.runs.iter().position(|run| run.text.contains("试验文稿")).expect("title");
    (1..=sheet.pages).for_each(|page| assert_on_grid(&sheet.runs[title..], page));
    assert_near(find(&sheet.runs, "出席").x, 28.0 + 2.0 * 156.0 / 28.0);
    let label = sheet.runs.iter().find(|run| run.text == "附件" && run.family == "GW Hei").expect("label");
    assert_near(label.baseline, FIRST_BASELINE);
    assert_eq!(label.page, 3);
    let head_rows = sheet.runs.iter().filter(|run| run.text == "编号").count();
    assert_eq!(head_rows, 2, "the table's head on each of its pages");
    let issued = find(&sheet.runs, "印发");
    assert_eq!(issued.page, sheet.pages);
    assert!(issued.baseline > 254.0 && issued.baseline < 262.0);
    let mut fonts: Vec<&str> = sheet.runs.iter().map(|run| run.family.as_str()).collect();
    fonts.sort_unstable();
    fonts.dedup();
    assert_eq!(
        fonts,
        [
            "AR PL KaitiM GB",
            "GW BiaoSong",
            "GW Hei",
            "GW Song",
            "Liberation Serif",
            "Zhuque Fangsong (technical preview)"
        ]
    );
}

#[test]
fn a_letter_has_no_number_on_its_first_page() {
    let sheet = set(&letter());
    assert!(sheet.runs.iter().all(|run| !run.furniture || run.page > 1));
    assert_eq!(sheet.runs.iter().any(|run| run.furniture), sheet.pages > 1);
    let number = find(&sheet.runs, "可持续组函");
    assert!(number.baseline > 50.0 && number.baseline < 70.0);
}

#[test]
fn signers_stand_over_each_other_and_the_number_on_their_last_line() {
    let sheet = set(&upward());
    let (first, last) = (find(&sheet.runs, "张明远"), find(&sheet.runs, "李"));
    assert_near(first.x, last.x);
    assert_eq!(first.family, "AR PL KaitiM GB");
    assert_near(find(&sheet.runs, "可持续组〔").baseline, last.baseline);
    assert_near(find(&sheet.runs, "可持续组〔").x, 28.0 + 156.0 / 28.0);
}

#[test]
fn an_unsealed_date_begins_two_characters_after_the_organ() {
    let sheet = set(&upward());
    let organ =
        sheet.runs.iter().rfind(|run| run.text.contains("专家工作组") && run.size < 17.0).expect("organ");
    let date = sheet.runs.iter().rfind(|run| run.text.contains("2017")).expect("date");
    let cell = 156.0 / 28.0;
    assert!((date.x - organ.x - 2.0 * cell).abs() < 0.3, "{} {}", date.x, organ.x);
    assert!((184.0 - organ.end - 2.0 * cell).abs() < 0.3, "{}", organ.end);
}

#[test]
fn a_sealed_signature_is_centred_on_a_date_four_characters_from_the_right() {
    let cell = 156.0 / 28.0;
    let ends = |organ: &str| {
        let signatories = vec![Signatory { organ: vec![organ.into()], on_behalf: None }];
        let signature = Signature { signatories, ..signed(true) };
        let sheet = set(&Page { signature: Some(signature), ..plain(vec![text("正文。")]) });
        let line = |text: &str| {
            let at = find(&sheet.runs, text).baseline;
            let runs = sheet.runs.iter().filter(|run| (run.baseline - at).abs() < 0.01);
            runs.fold((210.0_f64, 0.0_f64), |(x, end), run| (x.min(run.x), end.max(run.end)))
        };
        let (organ, date) = (line(organ), line("2017"));
        assert!((organ.0 + organ.1 - date.0 - date.1).abs() < 0.2, "{organ:?} {date:?}");
        (184.0 - organ.1, 184.0 - date.1)
    };
    assert!((ends("某某专家组").1 - 4.0 * cell).abs() < 0.2);
    assert!((ends("可持续管理体系专家工作组秘书处办公室").0 - 2.0 * cell).abs() < 0.2);
}

#[test]
fn a_signature_never_stands_alone() {
    for lines in 10..=19 {
        let body = vec![text(&"前".repeat(26 + 28 * (lines - 1))), text(&"末".repeat(26 + 28))];
        let sheet = set(&Page { signature: Some(signed(true)), ..plain(body) });
        let page = find(&sheet.runs, "代章").page;
        let beside = sheet.runs.iter().filter(|run| run.page == page && run.text.contains('末')).count();
        assert_eq!(beside, 2, "{lines} lines before\n{}", sheet.outline());
        assert_eq!(find(&sheet.runs, "2017").page, page);
    }
}

#[test]
fn a_closing_line_keeps_the_end_of_the_paragraph_before_it() {
    for lines in [13, 14, 15] {
        let body = vec![text(&"前".repeat(26 + 28 * (lines - 1))), text("特此函告。")];
        let sheet = set(&Page { signature: Some(signed(true)), ..plain(body) });
        let page = find(&sheet.runs, "代章").page;
        assert_eq!(find(&sheet.runs, "特此").page, page);
        assert!(
            sheet.runs.iter().any(|run| run.page == page && run.text.contains('前')),
            "{}",
            sheet.outline()
        );
    }
}

#[test]
fn pictures_keep_the_grid_and_files_travel_inside() {
    let mut png = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(30, 20, image::Rgb([9, 99, 199]))
        .write_to(&mut png, image::ImageFormat::Png)
        .expect("a picture");
    let picture = Block::Picture {
        path: "/pictures/1.png".into(),
        caption: "会议现场".into(),
        alt: "会场里的与会人员".into(),
        width_mm: 120.0,
    };
    let source = "/source/活动.yaml";
    let page = Page {
        credit: Some("供稿：秘书处".into()),
        attachments: vec![Attachment {
            path: source.into(),
            description: "源数据".into(),
            mime: "application/yaml".into(),
        }],
        ..plain(vec![text(LONG), picture.clone(), picture, text(LONG)])
    };
    let files: BTreeMap<String, Arc<[u8]>> = BTreeMap::from([
        ("/pictures/1.png".to_owned(), png.into_inner().into()),
        (source.to_owned(), Arc::from("类别: 活动\n".as_bytes())),
    ]);
    let sheet = TYPESETTER.set(&page, &files).unwrap_or_else(|found| panic!("{found:#?}"));
    (1..=sheet.pages).for_each(|page| assert_on_grid(&sheet.runs, page));
    assert!(find(&sheet.runs, "供稿").end <= 184.3);
    let has = |needle: &[u8]| sheet.pdf.windows(needle.len()).any(|window| window == needle);
    assert!(has(b"/EmbeddedFile") && has(b"/AFRelationship"));
    assert_eq!(sheet.pdf, TYPESETTER.set(&page, &files).expect("again").pdf, "the same bytes each time");
}
