//! The query language: what readers type → pieces. Every string has a meaning; nothing here fails or knows the index.
//!
//! `scan.rs` cuts the string into tokens, `parse.rs` makes pieces of them, `fields.rs` knows the names of fields.

mod fields;
mod parse;
mod scan;

pub(crate) use fields::Meaning;
pub(crate) use parse::{Parsed, Piece, parse};

#[cfg(test)]
mod tests;
