//! Making files: finished bytes go in; whole files come out, in a folder that is ours. Refused is
//! whatever would overwrite what is not ours, or leave half a file under its final name.

pub mod output;
pub mod write;
