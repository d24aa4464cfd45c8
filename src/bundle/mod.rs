//! Bundles: what is submitted goes in as named bytes; a `BagIt` 1.0 bag (RFC 8493) in a zip comes out,
//! the same bytes each time, its covering paper and the e-mail that it goes out with. The other way round, a zip or a folder goes in and [`verify`] says
//! whether it is what its maker packed, whoever that was.
//!
//! Refused: names that some computer cannot unpack; on reading, archives that are no bags or unpack
//! to an unreasonable size. Nothing is ever unpacked to disk, nor read outside the folder given.

mod bag;
mod code;
mod explanations;
mod info;
mod letter;
mod mail;
mod name;
mod pack;
mod parcel;
mod payload;
mod photographs;
pub mod receipt;
pub mod submission;
mod verify;
mod zip;

pub use bag::{Bag, Begun, EXCLUDED_KEY, Entry, Role, SUBMISSION, Stopped, check_code};
pub use code::{CheckCode, NotACheckCode};
pub use info::{BagInfo, CHECK_CODE};
pub use letter::Letter;
pub use mail::{Draft, MAX_ATTACHED, Mail, is_mail};
pub use name::{PayloadPath, tidy_name};
pub use pack::{Packed, Packer};
pub use parcel::Parcel;
pub use verify::{Algorithm, PayloadFile, Verification, verify};
pub use zip::Zip;
