//! The searcher: one open index generation that answers requests and can be exchanged while it does.

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use laendersache_model::Conferences;

use crate::{Error, Results, SearchRequest};

/// Answers searches over the index generation that `current` names; shared by all threads.
#[derive(Debug)]
pub struct Searcher {
    dir: PathBuf,
    conferences: Conferences,
}

/// What asking for a newer generation led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reload {
    /// A newer generation answers from now on.
    Reloaded,
    /// The generation is still the one that `current` names.
    Unchanged,
}

/// A word of the archive that begins as typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The word as the texts write it.
    pub text: String,
    /// Number of resolutions that contain it.
    pub documents: u64,
}

/// What answers, and whether it is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Name of the generation that answers.
    pub generation: String,
    /// Number of documents in it.
    pub documents: u64,
    /// Revision of the corpus it was built from.
    pub corpus_revision: String,
    /// Version of the analysis it was built with.
    pub analyzer_version: String,
    /// When it was built.
    pub built_at: Timestamp,
    /// Why a newer generation could not be used, if so.
    pub damage: Vec<String>,
}

impl Searcher {
    /// Opens the current generation of the index in `dir` with the embedded conferences.
    ///
    /// # Errors
    /// If there is no usable generation.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        Self::open_with(dir, Conferences::embedded())
    }

    /// Opens the current generation with other data on conferences, needed to understand "13. IntMK".
    ///
    /// # Errors
    /// If there is no usable generation.
    pub fn open_with(dir: &Path, conferences: Conferences) -> Result<Self, Error> {
        Ok(Self { dir: dir.to_owned(), conferences })
    }

    /// Answers a request. Blocks; callers in async code use a blocking pool.
    ///
    /// # Errors
    /// If the index cannot be read; never because of what was typed.
    pub fn search(&self, request: &SearchRequest) -> Result<Results, Error> {
        let _ = (request, &self.conferences);
        Err(Error::Open { dir: self.dir.clone(), source: "not built yet".into() })
    }

    /// Exchanges the generation if `current` names another one.
    ///
    /// # Errors
    /// If the new generation cannot be used; the old one goes on answering.
    pub fn reload(&self) -> Result<Reload, Error> {
        Ok(Reload::Unchanged)
    }

    /// Returns words of the archive that begin with `prefix`, most frequent first.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn complete(&self, prefix: &str, limit: usize) -> Result<Vec<Completion>, Error> {
        let _ = (prefix, limit);
        Ok(Vec::new())
    }

    /// Returns what answers at the moment.
    #[must_use]
    pub fn health(&self) -> Health {
        Health {
            generation: String::new(),
            documents: 0,
            corpus_revision: String::new(),
            analyzer_version: String::new(),
            built_at: Timestamp::UNIX_EPOCH,
            damage: Vec::new(),
        }
    }

    /// Returns the number of documents that can be found.
    #[must_use]
    pub fn document_count(&self) -> u64 {
        self.health().documents
    }
}
