//! Making files.
