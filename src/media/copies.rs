//! The copies that are made of a photograph: its bytes go in; JPEG files come out that stand upright,
//! have no transparency and carry no EXIF, GPS position or maker's notes.
//!
//! Everything is encoded anew, so nothing but pixels and colour profile can pass. Two runs give the
//! same bytes: the resizer works in integers, with the same result on each processor.

use super::Photo;
use super::photo::{damaged, open};
use crate::finding::Finding;
use fast_image_resize::Resizer;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageEncoder, Rgb, RgbImage, RgbaImage};

/// JPEG quality of the copies, of 100.
const QUALITY: u8 = 88;

/// The longest side of the bag's copy, in pixels.
const BAG_SIDE: u32 = 2400;

/// Resolution of the page's copy, in dots per inch.
const PAGE_DPI: f64 = 200.0;

/// A decoded photograph, ready to be copied.
///
/// Holds at most 320 MB of pixels, and up to three times as much while it is being made.
#[derive(Debug)]
pub struct Picture {
    photo: Photo,
    /// Grey or RGB, eight bits a channel, as stored: not yet upright.
    pixels: DynamicImage,
    profile: Option<Vec<u8>>,
}

/// What a copy is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Purpose {
    /// The bag: its longest side has at most 2400 pixels.
    Bag,
    /// A page: it is at most so many pixels wide.
    Page {
        /// Its width.
        pixels: u32,
    },
}

impl Purpose {
    /// A page on which it is printed `width_mm` millimetres wide: 200 dots per inch of that width.
    pub fn page(width_mm: f64) -> Self {
        Self::Page { pixels: dots(width_mm) }
    }
}

/// A copy of a photograph: a JPEG file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Copied {
    /// The file.
    pub jpeg: Vec<u8>,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
}

impl Picture {
    /// Decodes the photograph in `bytes`.
    ///
    /// # Errors
    ///
    /// As [`super::inspect`]; `media/damaged` also for what only shows among the pixels.
    pub fn decode(bytes: impl Into<Vec<u8>>) -> Result<Self, Finding> {
        let (photo, mut decoder) = open(bytes.into())?;
        let profile = decoder.icc_profile().unwrap_or(None);
        let image = DynamicImage::from_decoder(decoder).map_err(|error| damaged(&error))?;
        let pixels = flatten(image);
        let profile = profile.filter(|profile| suits(profile, &pixels));
        Ok(Self { photo, pixels, profile })
    }

    /// What the file says about itself.
    pub fn photo(&self) -> &Photo {
        &self.photo
    }

    /// The copy for a purpose; it is never enlarged.
    ///
    /// # Errors
    ///
    /// `media/damaged` if it cannot be encoded.
    pub fn copy(&self, purpose: Purpose) -> Result<Copied, Finding> {
        let (from, to) = match purpose {
            Purpose::Bag => (self.photo.width.max(self.photo.height), BAG_SIDE),
            Purpose::Page { pixels } => (self.photo.width, pixels),
        };
        self.scaled(from, to)
    }

    /// A copy in which a side that had `from` pixels has `to`, if that is fewer.
    fn scaled(&self, from: u32, to: u32) -> Result<Copied, Finding> {
        let mut upright = self.shrink(from, to.min(from))?;
        upright.apply_orientation(self.photo.orientation);
        let (width, height) = (upright.width(), upright.height());
        let mut jpeg = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, QUALITY);
        if let Some(profile) = &self.profile {
            // Refused only when it is too long for a JPEG file; the colours are then read as sRGB.
            let _ = encoder.set_icc_profile(profile.clone());
        }
        upright.write_with_encoder(encoder).map_err(|error| damaged(&error))?;
        Ok(Copied { jpeg, width, height })
    }

    fn shrink(&self, from: u32, to: u32) -> Result<DynamicImage, Finding> {
        let (width, height) = (self.pixels.width(), self.pixels.height());
        if to == from {
            return Ok(self.pixels.clone());
        }
        let mut small =
            DynamicImage::new(scale(width, from, to), scale(height, from, to), self.pixels.color());
        Resizer::new()
            .resize(&self.pixels, &mut small, None)
            .map_err(|error| Finding::new("media/damaged").fact("cause", error.to_string()))?;
        Ok(small)
    }
}

/// `side` · `to` / `from`, rounded, at least 1; `to` must not be greater than `from`.
fn scale(side: u32, from: u32, to: u32) -> u32 {
    let rounded = (u64::from(side) * u64::from(to) + u64::from(from) / 2) / u64::from(from).max(1);
    u32::try_from(rounded).unwrap_or(side).max(1)
}

/// Dots of a printed width at the page's resolution, at least 1; what is no width counts as 0 mm.
fn dots(width_mm: f64) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    let dots = (width_mm / 25.4 * PAGE_DPI).round() as u32;
    dots.max(1)
}

/// Eight bits a channel, grey or RGB; what was transparent lies on white paper.
fn flatten(image: DynamicImage) -> DynamicImage {
    match (image.color().has_alpha(), image.color().has_color()) {
        (true, _) => DynamicImage::ImageRgb8(on_white(&image.into_rgba8())),
        (false, true) => DynamicImage::ImageRgb8(image.into_rgb8()),
        (false, false) => DynamicImage::ImageLuma8(image.into_luma8()),
    }
}

fn on_white(image: &RgbaImage) -> RgbImage {
    RgbImage::from_fn(image.width(), image.height(), |x, y| {
        let [red, green, blue, alpha] = image.get_pixel(x, y).0.map(u32::from);
        let over_white = |channel: u32| {
            let sum = channel * alpha + 255 * (255 - alpha);
            u8::try_from((sum + 127) / 255).unwrap_or(u8::MAX)
        };
        Rgb([over_white(red), over_white(green), over_white(blue)])
    })
}

/// Whether a colour profile speaks of the pixels as they are now: a CMYK file comes out of the decoder
/// as RGB, and its profile would turn the colours into others (ICC.1, 7.2.8: colour space at byte 16).
fn suits(profile: &[u8], pixels: &DynamicImage) -> bool {
    let space: &[u8] = if pixels.color().has_color() { b"RGB " } else { b"GRAY" };
    profile.get(16..20) == Some(space)
}
