//! `Exchange → Capture`: what web servers answered, on disk: WARC files and a catalog of them.
//!
//! The WARC/1.1 files are the only truth and only ever grow.
//! The SQLite catalog beside them is derived: [`Archive::open`] reads what it does not know yet, and
//! [`Archive::rebuild_catalog`] makes it anew.
//! This crate never talks to the network, never parses what it stores and never reads the clock.
//! Read on in `archive.rs`; the way to the disk is `record.rs` (bytes of a record), `warc_writer.rs` (files),
//! `warc_reader.rs` and `recovery.rs` (back again), `catalog.rs` (SQLite).

mod archive;
mod capture_record;
mod catalog;
mod config;
mod error;
mod exchange;
mod http_head;
mod opening;
mod past;
mod record;
mod recovery;
mod verify;
mod warc_reader;
mod warc_writer;
mod writing;

#[cfg(test)]
mod tests;

pub use archive::{Archive, Counts, Entry};
pub use config::Config;
pub use error::Error;
pub use exchange::{Exchange, Header, Note, NoteEntry, RequestHead, ResponseHead, RunRecord};
pub use record::digest_of;
pub use recovery::Repair;
pub use verify::{Damage, VerifyReport};
