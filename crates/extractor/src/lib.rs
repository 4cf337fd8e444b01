//! `Capture → Document → Resolution`, pure: what a captured file says, and the resolutions it reports.
//!
//! Extraction never fails as a whole: it returns what it found and warnings; nothing is ever guessed into a fact.
//! No I/O and no clock here: the caller passes bytes, and runs this in a child process with limits.
//! Read on in `docs/ARCHITECTURE.md`.

mod document;
mod error;
mod resolution;

pub use document::document;
pub use error::Error;
pub use resolution::resolutions;

/// Version of the rules: whoever changes what is extracted from the same bytes raises it, and the corpus is made anew.
pub const VERSION: &str = "1";
