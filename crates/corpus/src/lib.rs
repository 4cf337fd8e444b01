//! `Extraction → Corpus`: the extracted works in one SQLite file that researchers can open.
//!
//! The same work found in several files becomes one, with all its wordings and sources; nothing is ever deleted.
//! The corpus is a pure function of the archive: it holds no time but that of the captures, and can be rebuilt.
//! Read on in `docs/ARCHITECTURE.md`; the tables are described in `schema.rs`.

mod schema;

mod apply;
mod error;
mod read;

pub use apply::Changes;
pub use error::Error;
pub use read::{Counts, DocumentRow, QuarantineRow};
pub use schema::Corpus;

#[cfg(test)]
mod tests;
