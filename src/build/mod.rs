//! From a workspace to finished PDFs: which papers there are, set on all cores, and whole files in a
//! folder that is ours; the press draft also as text. Refused is whatever would overwrite what is not ours, or leave half a file
//! under its final name.

mod maker;
mod markdown;
pub mod output;
mod press;
pub mod record;
mod templates;
mod texts;
pub mod write;

pub use maker::{Done, Job, Maker, Scope};
pub use templates::{Equipment, equip, templates_folder};
pub use texts::{MAIL, SHIPPED_TEXTS, Texts};
