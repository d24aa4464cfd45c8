//! What a photograph says about itself in its header: bytes go in, a [`Photo`] comes out, and no pixel
//! is decoded on the way.

use super::{Format, jpeg};
use crate::finding::Finding;
use image::error::ImageError;
use image::metadata::Orientation;
use image::{ImageDecoder, ImageReader, Limits};
use serde::Serialize;
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom};

/// The most pixels a photograph may have; a telephone's 50-megapixel mode stays below it.
pub const MAX_PIXELS: u64 = 80_000_000;

/// The most memory one decoded photograph may take, in bytes.
pub(super) const MAX_MEMORY: u64 = 4 * MAX_PIXELS;

/// How much of a file's head is read at first and then, bytes: EXIF with its small picture takes up to 64 KB, colour
/// profiles and the marks of programs rarely more than that again.
const HEADS: [u64; 2] = [32 * 1024, 256 * 1024];

/// How much of its end.
const TAIL: u64 = 64 * 1024;

/// One photograph as it was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Photo {
    /// Its format, told from its bytes.
    pub format: Format,
    /// Width in pixels once it stands upright.
    pub width: u32,
    /// Height in pixels once it stands upright.
    pub height: u32,
    /// How the stored pixels have to be turned to stand upright (EXIF tag 0x0112).
    #[serde(skip)]
    pub orientation: Orientation,
}

/// Reads the header of a photograph.
///
/// # Errors
///
/// `media/not-a-picture`, `media/unsupported`, `media/too-large` (facts `width`, `height`, `limit`) or
/// `media/damaged` (fact `cause`, the decoder's own words).
pub fn inspect(bytes: &[u8]) -> Result<Photo, Finding> {
    let format = Format::of(bytes)?;
    let (photo, _) = header(format, Cursor::new(bytes))?;
    ends(format, bytes).map(|()| photo)
}

/// The same for a file, of which no more is read than tells: head and end of a JPEG file, where the one reaches into the
/// first scan and the other shows that the last was finished; else all.
///
/// # Errors
///
/// What reading says; within, as [`inspect`].
pub fn inspect_file(mut file: impl Read + Seek) -> io::Result<Result<Photo, Finding>> {
    let size = file.seek(SeekFrom::End(0))?;
    file.rewind()?;
    let mut bytes = Vec::new();
    for head in HEADS {
        file.by_ref().take(head - bytes.len() as u64).read_to_end(&mut bytes)?;
        if size <= head + TAIL || !matches!(Format::of(&bytes), Ok(Format::Jpeg)) {
            break;
        }
        if jpeg::reaches_scan(&bytes) {
            file.seek(SeekFrom::Start(size - TAIL))?;
            let mut tail = Vec::new();
            file.by_ref().take(TAIL).read_to_end(&mut tail)?;
            if jpeg::ends_scan(&tail) {
                return Ok(header(Format::Jpeg, Cursor::new(bytes)).map(|(photo, _)| photo));
            }
            file.seek(SeekFrom::Start(bytes.len() as u64))?;
            break;
        }
    }
    file.read_to_end(&mut bytes)?;
    Ok(inspect(&bytes))
}

/// The header of a whole file and a decoder that stands at the first pixel; the bytes go as soon as it needs them no more.
pub(super) fn open(bytes: Vec<u8>) -> Result<(Photo, impl ImageDecoder), Finding> {
    let format = Format::of(&bytes)?;
    let ends = ends(format, &bytes);
    let opened = header(format, Cursor::new(bytes))?;
    ends.map(|()| opened)
}

/// Refuses a file that was cut off.
fn ends(format: Format, bytes: &[u8]) -> Result<(), Finding> {
    if format == Format::Jpeg && !jpeg::is_complete(bytes) {
        return Err(Finding::new("media/damaged").fact("cause", "no end of image marker"));
    }
    Ok(())
}

fn header<'a>(
    format: Format,
    source: impl BufRead + Seek + 'a,
) -> Result<(Photo, impl ImageDecoder + 'a), Finding> {
    let mut reader = ImageReader::with_format(source, format.codec());
    let mut limits = Limits::default();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| damaged(&error))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MAX_PIXELS || decoder.total_bytes() > MAX_MEMORY {
        return Err(too_large(width, height));
    }
    if pixels == 0 {
        return Err(Finding::new("media/damaged").fact("cause", format!("{width} × {height}")));
    }
    // A broken EXIF block is no reason to refuse a picture that can be seen.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (width, height) = if is_transposed(orientation) { (height, width) } else { (width, height) };
    let photo = Photo { format, width, height, orientation };
    Ok((photo, decoder))
}

/// Whether an orientation exchanges width and height.
const fn is_transposed(orientation: Orientation) -> bool {
    use Orientation::{Rotate90, Rotate90FlipH, Rotate270, Rotate270FlipH};
    matches!(orientation, Rotate90 | Rotate270 | Rotate90FlipH | Rotate270FlipH)
}

/// The finding for what a decoder could not read.
pub(super) fn damaged(error: &ImageError) -> Finding {
    match error {
        // Arithmetic coding, CMYK with an odd layout: a program that saves it anew mends it.
        ImageError::Unsupported(_) => Finding::new("media/unsupported").fact("format", error.to_string()),
        _ => Finding::new("media/damaged").fact("cause", error.to_string()),
    }
}

fn too_large(width: u32, height: u32) -> Finding {
    Finding::new("media/too-large").fact("width", width).fact("height", height).fact("limit", MAX_PIXELS)
}
