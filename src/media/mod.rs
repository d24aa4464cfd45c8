//! Photographs: the bytes of one file go in; upright JPEG copies without EXIF come out, one for the
//! bag and one for the page.
//!
//! Refused, as findings without a place (the caller knows where the picture is named): what is no
//! picture, a format other than JPEG, PNG or WebP, more than [`MAX_PIXELS`], damaged or cut-off files.
//! Nothing is shared between two calls, so that a caller may treat one photograph per worker.

mod copies;
mod format;
mod jpeg;
mod photo;

pub use copies::{Copied, Picture, Purpose};
pub use format::Format;
pub use photo::{MAX_PIXELS, Photo, inspect, inspect_file};

#[cfg(test)]
mod tests;
