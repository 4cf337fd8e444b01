//! What all requests share: the index, the corpus, the archive, the conferences and the operator's words.

use std::{
    ops::Deref,
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use jiff::Timestamp;
use laendersache_archive::Archive;
use laendersache_corpus::Corpus;
use laendersache_model::Conferences;
use laendersache_searcher::{Reload, Searcher};

use crate::{
    Error,
    pool::Pool,
    site_config::SiteConfig,
    workers::{PoolSize, Workers},
};

/// What the server is built from.
pub struct Parts {
    /// The open index.
    pub searcher: Searcher,
    /// Path of the corpus file.
    pub corpus: PathBuf,
    /// Directory of the archive.
    pub archive: PathBuf,
    /// All known conferences.
    pub conferences: Conferences,
    /// The operator's words.
    pub site: SiteConfig,
    /// Tells the time: pages say who holds the chair now and when they were retrieved.
    pub clock: fn() -> Timestamp,
    /// When the last crawl ended, if there was one.
    pub last_crawl: Option<Timestamp>,
    /// How much searching and rendering goes on at the same time.
    pub pool: PoolSize,
}

/// The shared state; cheap to clone.
#[derive(Clone)]
pub struct AppState(Arc<Shared>);

/// The inside of [`AppState`].
pub struct Shared {
    pub(crate) searcher: Searcher,
    pub(crate) corpus: Pool<Corpus>,
    pub(crate) archive: Pool<Archive>,
    pub(crate) conferences: Conferences,
    pub(crate) site: SiteConfig,
    pub(crate) workers: Workers,
    clock: fn() -> Timestamp,
    last_crawl: RwLock<Option<Timestamp>>,
}

impl AppState {
    /// Builds the state and makes sure that the corpus can be read.
    ///
    /// # Errors
    /// If the corpus cannot be opened.
    pub fn new(parts: Parts) -> Result<Self, Error> {
        let corpus = Pool::new(parts.corpus, |path| Ok(Corpus::open_read_only(path)?));
        drop(corpus.lend().map_err(Error::Corpus)?);
        Ok(Self(Arc::new(Shared {
            searcher: parts.searcher,
            corpus,
            archive: Pool::new(parts.archive, |path| Ok(Archive::open_read_only(path)?)),
            conferences: parts.conferences,
            site: parts.site,
            workers: Workers::new(parts.pool),
            clock: parts.clock,
            last_crawl: RwLock::new(parts.last_crawl),
        })))
    }

    /// Goes over to the newest index generation and to the files that now lie at their paths.
    ///
    /// # Errors
    /// If the new generation cannot be used; the old one goes on answering.
    pub fn reload(&self) -> Result<Reload, Error> {
        let reload = self.searcher.reload().map_err(Error::Index)?;
        self.corpus.close_idle();
        self.archive.close_idle();
        Ok(reload)
    }

    /// Remembers when the last crawl ended.
    pub fn set_last_crawl(&self, moment: Timestamp) {
        *self
            .last_crawl
            .write()
            .unwrap_or_else(PoisonError::into_inner) = Some(moment);
    }

    pub(crate) fn last_crawl(&self) -> Option<Timestamp> {
        *self
            .last_crawl
            .read()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn now(&self) -> Timestamp {
        (self.clock)()
    }
}

impl Deref for AppState {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}
