//! What can go wrong with the archive, one variant per thing the caller can act on.

use std::{io, path::PathBuf};

use laendersache_model::Digest;

/// A failure of the archive; the message names the file, digest or address.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Another process writes to this archive.
    #[error("archive `{}` is being written by another process", dir.display())]
    LockHeld {
        /// The archive.
        dir: PathBuf,
    },
    /// The archive was opened for reading only.
    #[error("archive `{}` was opened for reading only", dir.display())]
    ReadOnly {
        /// The archive.
        dir: PathBuf,
    },
    /// An earlier write failed half-way; nothing more is written until the archive is opened again.
    #[error("archive `{}` had a failed write and must be opened again", dir.display())]
    Poisoned {
        /// The archive.
        dir: PathBuf,
    },
    /// The system refused to read or write a file.
    #[error("cannot read or write `{}`", path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The catalog cannot be read or written.
    #[error("catalog of the archive failed")]
    Catalog {
        /// The reason that SQLite gives.
        #[from]
        source: rusqlite::Error,
    },
    /// The catalog knows more of a file than the disk holds.
    #[error(
        "archive file `{}` has {found_bytes} bytes where the catalog knows {known_bytes}: restore it from a backup, or rebuild the catalog to go on with what is left",
        path.display()
    )]
    Shortened {
        /// The file.
        path: PathBuf,
        /// Bytes that were there at the last commit.
        known_bytes: u64,
        /// Bytes that are there now; 0 if the file is missing.
        found_bytes: u64,
    },
    /// No payload of this digest is held.
    #[error("no payload with digest `{0}` is held")]
    UnknownDigest(Digest),
    /// No capture has this place in the order of capture.
    #[error("no capture has the number {0}")]
    UnknownCapture(u64),
    /// A record is not what the catalog says.
    #[error("record at byte {offset} of `{}` is damaged: {reason}", path.display())]
    DamagedRecord {
        /// The file.
        path: PathBuf,
        /// Where the record begins.
        offset: u64,
        /// What was found.
        reason: String,
    },
    /// The server says "not modified" of an address of which nothing is held.
    #[error("`{url}` is said to be unmodified, but nothing is held of it")]
    NothingHeld {
        /// The canonical address.
        url: String,
    },
}

/// Adds the path to a system error.
pub(crate) fn io_error(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Error {
    let path = path.into();
    move |source| Error::Io { path, source }
}
