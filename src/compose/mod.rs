//! From the model and what is derived of it to plain data for a page.

pub mod page;
pub mod prose;
pub mod title;
