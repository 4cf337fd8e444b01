//! Tells those who wait how far a run is.

use laendersache_model::{Site, SiteId};

use crate::report::{Counts, CrawlReport};

/// Is told how far a run is; all of it is optional.
pub trait Progress: Send + Sync {
    /// A run over a site begins.
    fn site_begun(&self, _site: &Site) {}

    /// One more address is done; `waiting` are known and still to be asked for.
    fn address_done(&self, _site: &SiteId, _counts: &Counts, _waiting: usize) {}

    /// The run is over.
    fn site_done(&self, _report: &CrawlReport) {}
}

/// Tells nobody anything.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {}
