//! From a workspace to finished PDFs: which papers there are, set on all cores, and whole files in a
//! folder that is ours; the press draft also as text. Refused is whatever would overwrite what is not ours, or leave half a file
//! under its final name.

mod content;
mod copies;
mod fonts;
pub mod made;
mod maker;
mod markdown;
pub mod output;
mod press;
pub mod record;
mod share;
mod stamp;
mod templates;
mod texts;
pub mod write;

pub use content::Content;
pub use copies::{PhotoCopy, Wanted, wanted};
pub use fonts::{equip_fonts, fonts_of, strict_fonts};
pub use made::{Known, Made};
pub use maker::{Done, Job, Maker, Scope, merge_faults, set_all, with_grid};
pub use share::{gather, share};
pub use templates::{Equipment, equip, templates_folder};
pub use texts::{MAIL, SHIPPED_TEXTS, Texts};
