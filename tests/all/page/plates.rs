//! Small pictures of pages, compared with those in `tests/plates`: what no figure says shows here.
//!
//! `UPDATE=1 cargo test --test all page::plates` draws them anew.

use crate::page::cases::{cases, page, sample};
use crate::page::texts::{PROSE, paragraphs};
use crate::paper::TYPESETTER;
use crate::program::project;
use baosong::compose::page::{Format, Page};
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use hayro_interpret::InterpreterSettings;
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{GrayImage, ImageReader};
use std::collections::BTreeMap;

/// Dots per inch.
const FINENESS: f32 = 60.0;
/// Levels of grey: enough to see by, few enough for small files.
const STEP: u8 = 36;
/// Side of the squares whose means are compared, dots.
const SQUARE: u32 = 6;
/// How far the mean of a square may be off, of 255: a stroke drawn half a dot aside.
const MOST: f64 = 60.0;
/// How far all squares may be off on average.
const MEAN: f64 = 1.0;

/// Name, document, page from 0.
fn plates() -> Vec<(String, Page, usize)> {
    let case = |format, name: &str| {
        let all = cases(format);
        all.into_iter().find(|case| case.name.ends_with(name)).expect("a case").page
    };
    let two = paragraphs(&PROSE, 2);
    let report = sample();
    [
        ("report-1", report.clone(), 0),
        ("report-2", report, 1),
        ("notice", page(Format::General, two.clone()), 0),
        ("joint", case(Format::General, "joint, sealed"), 0),
        ("turned", case(Format::General, "turned table"), 3),
        ("letter", page(Format::Letter, two.clone()), 0),
        ("command", page(Format::Command, two.clone()), 0),
        ("minutes", page(Format::Minutes, two), 0),
        ("plain", case(Format::Plain, "figures and levels"), 0),
    ]
    .map(|(name, page, at)| (name.to_owned(), page, at))
    .into()
}

/// A page as a picture in a few levels of grey.
fn drawn(page: &Page, at: usize) -> GrayImage {
    let sheet = TYPESETTER.set(page, &BTreeMap::new()).unwrap_or_else(|found| panic!("{found:#?}"));
    let pdf = Pdf::new(sheet.pdf).expect("a PDF");
    let scale = FINENESS / 72.0;
    let settings =
        RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let pixels = render(&pdf.pages()[at], &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let (width, height) = (u32::from(pixels.width()), u32::from(pixels.height()));
    let grey = pixels.data_as_u8_slice().chunks_exact(4).map(|dot| {
        let sum: u16 = dot[..3].iter().map(|part| u16::from(*part)).sum();
        let grey = u8::try_from(sum / 3).expect("a mean");
        // White stays white.
        255 - (255 - grey) / STEP * STEP
    });
    GrayImage::from_raw(width, height, grey.collect()).expect("as many dots")
}

/// How far two pictures are apart: the worst square's mean, and the mean of all.
fn apart(a: &GrayImage, b: &GrayImage) -> (f64, f64) {
    if a.dimensions() != b.dimensions() {
        return (255.0, 255.0);
    }
    let (wide, high) = (a.width().div_ceil(SQUARE), a.height().div_ceil(SQUARE));
    let mean = |of: &GrayImage, x: u32, y: u32| {
        let dots = (y * SQUARE..((y + 1) * SQUARE).min(of.height()))
            .flat_map(|y| (x * SQUARE..((x + 1) * SQUARE).min(of.width())).map(move |x| (x, y)));
        let (sum, count) = dots.fold((0_u32, 0_u32), |(sum, count), (x, y)| {
            (sum + u32::from(of.get_pixel(x, y).0[0]), count + 1)
        });
        f64::from(sum) / f64::from(count)
    };
    let squares = (0..high).flat_map(|y| (0..wide).map(move |x| (x, y)));
    let (worst, sum) = squares.fold((0.0_f64, 0.0), |(worst, sum), (x, y)| {
        let off = (mean(a, x, y) - mean(b, x, y)).abs();
        (worst.max(off), sum + off)
    });
    (worst, sum / f64::from(wide * high))
}

#[test]
fn pages_look_as_they_did() {
    let folder = project().join("tests/plates");
    let update = std::env::var_os("UPDATE").is_some();
    let mut changed = Vec::new();
    let mut names = Vec::new();
    for (name, page, at) in plates() {
        let path = folder.join(format!("{name}.png"));
        let now = drawn(&page, at);
        if update {
            let file = std::fs::File::create(&path).expect("a file");
            let encoder = PngEncoder::new_with_quality(file, CompressionType::Best, FilterType::NoFilter);
            now.write_with_encoder(encoder).expect("a picture");
        }
        let before = ImageReader::open(&path).map(|it| it.decode().expect("a picture").to_luma8());
        let (worst, mean) = before.map_or((255.0, 255.0), |before| apart(&before, &now));
        if worst > MOST || mean > MEAN {
            changed.push(format!("{name}: worst square {worst:.1}, mean {mean:.2}"));
        }
        names.push(format!("{name}.png"));
    }
    assert!(changed.is_empty(), "pages look otherwise; see them, then UPDATE=1:\n{}", changed.join("\n"));
    let strays: Vec<_> = std::fs::read_dir(folder)
        .expect("plates")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !names.contains(name))
        .collect();
    assert_eq!(strays, [""; 0]);
}

#[test]
fn a_line_set_aside_is_seen() {
    let before = page(Format::Plain, paragraphs(&PROSE, 2));
    let mut after = before.clone();
    after.title[0].push_str("（试行）");
    let (before, after) = (drawn(&before, 0), drawn(&after, 0));
    let (worst, mean) = apart(&before, &after);
    assert!(worst > MOST, "{worst} {mean}");
    assert_eq!(apart(&before, &before), (0.0, 0.0));
}
