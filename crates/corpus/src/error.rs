//! What can go wrong with the corpus file.

use std::path::PathBuf;

/// An error of the corpus.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be opened or created.
    #[error("cannot open corpus `{}`", path.display())]
    Open {
        /// The file.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// The file was written by a newer program.
    #[error("corpus `{}` has schema version {found}, this program knows up to {known}; use the newer program, or remove the file and run `extract` again", path.display())]
    TooNew {
        /// The file.
        path: PathBuf,
        /// Its version.
        found: i64,
        /// The newest known version.
        known: i64,
    },
    /// A statement failed.
    #[error("the corpus cannot be read or written")]
    Sql(#[from] rusqlite::Error),
    /// A stored value cannot be understood.
    #[error(
        "the corpus holds an unreadable {what} for `{id}`; remove the file and run `extract` again"
    )]
    Damaged {
        /// What kind of value.
        what: &'static str,
        /// Whose value.
        id: String,
        /// Why.
        source: serde_json::Error,
    },
}
