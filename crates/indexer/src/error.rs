//! What can go wrong while an index is built, published or opened.

use std::path::{Path, PathBuf};

/// An error of the indexer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file or directory cannot be read or written.
    #[error("cannot {action} `{}`", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// Why it failed.
        source: std::io::Error,
    },
    /// Another build is running.
    #[error("the index in `{}` is locked by another build", dir.display())]
    Locked {
        /// Home of the index.
        dir: PathBuf,
    },
    /// The engine failed.
    #[error("cannot {action} the index in `{}`", path.display())]
    Engine {
        /// What was tried.
        action: &'static str,
        /// The generation's directory.
        path: PathBuf,
        /// Why it failed.
        source: tantivy::TantivyError,
    },
    /// A record cannot be read from where it comes from.
    #[error("cannot read the records to index")]
    Records {
        /// Why.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// Two records have the same id.
    #[error("the id `{id}` occurs twice")]
    DuplicateId {
        /// The id.
        id: String,
    },
    /// The built index is not what was put into it.
    #[error("the new index failed its check: {what}; the old one goes on serving")]
    Unproven {
        /// What does not hold.
        what: String,
    },
    /// The caller asked to stop.
    #[error("the build was interrupted; the old index goes on serving")]
    Interrupted,
    /// A generation is not whole.
    #[error("generation `{generation}` is damaged: {what}; build the index again")]
    Damaged {
        /// Its name.
        generation: String,
        /// What is wrong with it.
        what: String,
    },
    /// There is no generation to serve.
    #[error("there is no usable index in `{}`; build it with `laendersache index`", dir.display())]
    NoGeneration {
        /// Home of the index.
        dir: PathBuf,
        /// Why the generations that are there cannot be used.
        damage: Vec<String>,
    },
}

impl Error {
    /// Returns a function that wraps an I/O error with what was tried.
    pub(crate) fn io(action: &'static str, path: &Path) -> impl FnOnce(std::io::Error) -> Self {
        move |source| Self::Io {
            action,
            path: path.to_owned(),
            source,
        }
    }

    /// Returns a function that wraps an error of the engine with what was tried.
    pub(crate) fn engine(
        action: &'static str,
        path: &Path,
    ) -> impl FnOnce(tantivy::TantivyError) -> Self {
        move |source| Self::Engine {
            action,
            path: path.to_owned(),
            source,
        }
    }
}
