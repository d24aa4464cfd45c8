//! The arithmetic of the regulation: plain numbers and dates in, results with every figure a message needs out.
//!
//! Pure functions, exact integers. The numbers of the regulation itself (two thirds, 31 January, 5 working
//! days) are parameters: the rulebook in force fills them.

pub mod absence;
pub mod actions;
pub mod age;
pub mod ballot;
pub mod claims;
mod copied;
pub mod due;
pub mod file_number;
pub mod fraction;
pub mod host;
pub mod lateness;
pub mod meetings;
pub mod money;
pub mod quorum;
pub mod records;
pub mod resending;
pub mod roster;
pub mod secret;
pub mod sent;
pub mod tables;
pub mod terms;
pub mod year_turn;
