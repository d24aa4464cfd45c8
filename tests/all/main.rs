//! The integration tests, in one binary: the fonts are linked in once. Through the library what reading and
//! checking say; with the real executable, in folders of its own, everything that needs the whole program.

// Tests may stop at once, and build their texts in whatever way reads best.
#![allow(clippy::unwrap_used, clippy::format_collect, clippy::format_push_string)]
#![allow(clippy::case_sensitive_file_extension_comparisons)]

mod across;
mod architecture;
mod arithmetic;
mod attack;
mod build;
mod bundle;
mod cancelled;
mod checked;
mod cli;
mod desk;
mod determinism;
mod diagnostics;
mod docs;
mod eject;
mod example;
mod explain;
mod fonts;
mod formats;
mod front;
mod hostile;
mod house;
mod lint;
mod mail;
mod mend;
mod new_year;
mod orphans;
mod page;
mod paper;
mod parcels;
mod people;
mod program;
mod readme;
mod regulation;
mod robust;
mod rulebook_examples;
mod sarif;
mod secret;
mod start;
mod status;
mod structure;
mod table;
mod templates;
mod terminal;
mod told;
mod wording;
