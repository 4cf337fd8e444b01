//! `Corpus → Index`: what can be found, built afresh beside what serves, and exchanged by one rename.
//!
//! `Corpus → Work → Record → fields`: [`record`](work_record) turns a work into a record, `schema.rs` a record into
//! fields; everything between knows only one of the two sides. Imported collections are records from the start.
//! It never changes a generation that was published, and it never removes the one that serves.
//! Read on in `schema.rs` (the only file that knows the fields), then in `build.rs` and `generation.rs`.

pub mod codes;
mod record;
mod work;

mod order;
mod schema;
mod tokens;

mod build;
mod build_corpus;
mod durable;
mod error;
mod generation;
mod import;
mod manifest;
mod vocabulary;

pub use build::{BuildSettings, Outcome, Progress, build};
pub use build_corpus::build_corpus;
pub use error::Error;
pub use generation::{Generation, OpenedIndex, current_name, open_current};
pub use import::{ImportError, Imported, import, revision};
pub use manifest::{Manifest, Seal};
pub use order::{date_number, sort_id};
pub use record::{Record, RecordSection};
pub use schema::{Fields, Key, columns, layer_prefix};
pub use work::work_record;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod work_tests;
