//! What people write in a workspace, one type a kind of file.

pub mod scalar;
