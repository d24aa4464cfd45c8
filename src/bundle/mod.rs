//! Bags.
