//! Photographs good and bad, from the samples that `examples/make-photos.py` draws.

use super::*;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageEncoder, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;
use std::io::{Cursor, Read, Seek, SeekFrom};

const PHONE: &[u8] = include_bytes!("../../tests/media/phone.jpg");
const TRANSPARENT: &[u8] = include_bytes!("../../tests/media/transparent.png");
const WEBP: &[u8] = include_bytes!("../../tests/media/plain.webp");
const TRUNCATED: &[u8] = include_bytes!("../../tests/media/truncated.jpg");
const TEXT: &[u8] = include_bytes!("../../tests/media/text.jpg");
const HUGE: &[u8] = include_bytes!("../../tests/media/huge.png");

fn decode(jpeg: &[u8]) -> RgbImage {
    image::load_from_memory(jpeg).unwrap().into_rgb8()
}

fn contains(haystack: &[u8], needle: &[u8]) -> bool {
    haystack.windows(needle.len()).any(|window| window == needle)
}

fn refusal(bytes: &[u8]) -> &'static str {
    let header = inspect(bytes).map(|_| ());
    let whole = Picture::decode(bytes).map(|_| ());
    header.and(whole).unwrap_err().rule
}

/// A JPEG file of the given size with the given profile.
fn with_profile(width: u32, height: u32, profile: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes);
    encoder.set_icc_profile(profile.to_vec()).unwrap();
    DynamicImage::new_rgb8(width, height).write_with_encoder(encoder).unwrap();
    bytes
}

#[test]
fn the_header_gives_the_upright_size() {
    let photo = inspect(PHONE).unwrap();
    assert_eq!((photo.format, photo.width, photo.height), (Format::Jpeg, 240, 320));
    assert_eq!(inspect(TRANSPARENT).map(|photo| photo.width), Ok(240));
    assert_eq!(inspect(WEBP).map(|photo| (photo.format, photo.width)), Ok((Format::Webp, 320)));
}

#[test]
fn of_a_long_file_head_and_end_are_read() {
    struct Counted<'a>(Cursor<&'a [u8]>, &'a mut usize);
    impl Read for Counted<'_> {
        fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
            let read = self.0.read(into)?;
            *self.1 += read;
            Ok(read)
        }
    }
    impl Seek for Counted<'_> {
        fn seek(&mut self, to: SeekFrom) -> std::io::Result<u64> {
            self.0.seek(to)
        }
    }
    let look = |bytes: &[u8]| {
        let mut read = 0;
        let looked = inspect_file(Counted(Cursor::new(bytes), &mut read)).unwrap();
        assert_eq!(looked, inspect(bytes));
        (looked.map(|photo| photo.width).map_err(|finding| finding.rule), read)
    };
    let noise = |x: u32, y: u32| u8::try_from((x * 7919 + y * 104_729) % 251).unwrap();
    let image = RgbImage::from_fn(900, 900, |x, y| image::Rgb([noise(x, y), noise(y, x), noise(x + y, 1)]));
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, 100).encode_image(&image).unwrap();
    assert!(bytes.len() > 400_000, "{}", bytes.len());
    assert_eq!(look(&bytes), (Ok(900), (32 + 64) * 1024));
    let marks = [&bytes[..2], b"\xff\xe1\xea\x60", &vec![0; 0xea5e], &bytes[2..]].concat();
    assert_eq!(look(&marks), (Ok(900), (256 + 64) * 1024));
    // What is cut off may be anywhere, and what is appended may be anything: then all is read.
    let cut = &bytes[..bytes.len() - 2];
    assert_eq!(look(cut), (Err("media/damaged"), (64 * 1024) + cut.len()));
    bytes.extend(vec![0; 70_000]);
    assert_eq!(look(&bytes), (Ok(900), (64 * 1024) + bytes.len()));
    assert_eq!(look(TEXT).1, TEXT.len());
}

#[test]
fn bad_files_are_named_for_what_they_are() {
    assert_eq!(refusal(TEXT), "media/not-a-picture");
    assert_eq!(refusal(HUGE), "media/too-large");
    assert_eq!(refusal(TRUNCATED), "media/damaged");
    assert_eq!(refusal(&TRANSPARENT[..TRANSPARENT.len() / 2]), "media/damaged");
    assert_eq!(refusal(&WEBP[..WEBP.len() / 2]), "media/damaged");
}

#[test]
fn copies_stand_upright_and_carry_no_exif() {
    assert!(contains(PHONE, b"Exif\0\0"));
    let copy = Picture::decode(PHONE).unwrap().copy(Purpose::Bag).unwrap();
    assert_eq!((copy.width, copy.height), (240, 320));
    for trace in [&b"Exif"[..], b"Synthetic", b"2017:04:19", b"http://ns.adobe.com"] {
        assert!(!contains(&copy.jpeg, trace));
    }
    // Orientation 6: what is stored at the lower left is seen at the upper left.
    let (stored, seen) = (decode(PHONE), decode(&copy.jpeg));
    let distance: u32 = (0..3).map(|c| u32::from(stored[(5, 235)].0[c].abs_diff(seen[(5, 5)].0[c]))).sum();
    assert!(distance < 24, "{distance}");
}

#[test]
fn transparency_lies_on_white() {
    let mut image = RgbaImage::from_pixel(16, 16, Rgba([0, 0, 0, 255]));
    (0..8).for_each(|x| (0..16).for_each(|y| image[(x, y)] = Rgba([200, 0, 0, 0])));
    let mut png = Cursor::new(Vec::new());
    image.write_to(&mut png, image::ImageFormat::Png).unwrap();
    let copy = decode(&Picture::decode(png.into_inner()).unwrap().copy(Purpose::Bag).unwrap().jpeg);
    assert!(copy[(2, 8)].0.iter().all(|&channel| channel > 250));
    assert!(copy[(13, 8)].0.iter().all(|&channel| channel < 5));
}

#[test]
fn copies_shrink_and_never_grow() {
    let mut profile = vec![0; 128];
    profile[16..20].copy_from_slice(b"RGB ");
    let bytes = with_profile(3000, 30, &profile);
    let picture = Picture::decode(bytes).unwrap();
    let bag = picture.copy(Purpose::Bag).unwrap();
    assert_eq!((bag.width, bag.height), (2400, 24));
    let page = picture.copy(Purpose::page(127.0)).unwrap();
    assert_eq!((page.width, page.height), (1000, 10));
    assert_eq!(picture.copy(Purpose::page(1000.0)).unwrap().width, 3000);
    for odd in [0.0, -1.0, f64::NAN, 1e-9] {
        assert_eq!(picture.copy(Purpose::page(odd)).unwrap().width, 1);
    }
    assert_eq!(picture.copy(Purpose::Bag).unwrap(), bag, "two runs give the same bytes");
}

#[test]
fn a_colour_profile_is_kept_if_it_speaks_of_the_pixels() {
    let kept = |space: &[u8; 4]| {
        let mut profile = vec![7; 128];
        profile[16..20].copy_from_slice(space);
        let copy = Picture::decode(with_profile(20, 10, &profile)).unwrap().copy(Purpose::Bag).unwrap();
        let mut decoder = image::codecs::jpeg::JpegDecoder::new(Cursor::new(copy.jpeg)).unwrap();
        decoder.icc_profile().unwrap() == Some(profile)
    };
    assert!(kept(b"RGB "));
    assert!(!kept(b"CMYK"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn damage_gives_a_picture_or_a_finding(
        which in 0..3usize, at in 0.0..1.0f64, bits in 1..=255u8, cut in proptest::bool::ANY,
    ) {
        let mut bytes = [PHONE, TRANSPARENT, WEBP][which].to_vec();
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let at = (at * bytes.len() as f64) as usize;
        bytes[at] ^= bits;
        if cut {
            bytes.truncate(at);
        }
        if let Ok(picture) = Picture::decode(bytes) {
            prop_assert!(picture.copy(Purpose::page(60.0)).is_ok());
        }
    }
}
