//! What can go wrong in a search.

use std::path::PathBuf;

/// An error of the searcher.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No index generation can be opened.
    #[error("cannot open the index in `{}`", dir.display())]
    Open {
        /// Home of the index.
        dir: PathBuf,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The index failed while it was read.
    #[error("index generation `{generation}` cannot be read")]
    Read {
        /// The generation that was asked.
        generation: String,
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}
