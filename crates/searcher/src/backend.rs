//! The one door to an engine: below it lie postings and columns, above it only query trees, records and counts.

use laendersache_indexer::Record;

use crate::tree::Query;
use crate::{Error, Facet, Filters, Sort};

/// What is wanted of the documents that match.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted<'a> {
    /// Choices that narrow the hits; each facet ignores the one on its own field.
    pub filters: &'a Filters,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to skip.
    pub offset: usize,
    /// How many hits to return.
    pub size: usize,
    /// Whether facets are counted.
    pub counting: Counting,
}

/// Whether facets are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counting {
    /// All facets.
    Facets,
    /// Only the hits.
    Hits,
}

/// The documents that match.
#[derive(Debug, Clone, Default)]
pub(crate) struct Found {
    /// Exact number of hits.
    pub total: u64,
    /// The requested part of them, each with its score.
    pub hits: Vec<(f32, Record)>,
    /// Counts per field.
    pub facets: Vec<Facet>,
}

/// An engine that holds one generation. All engines give the same hits in the same order.
pub(crate) trait Backend: Send + Sync {
    /// Returns the hits of a query. Ties are broken by date, newest first, then by id.
    fn search(&self, query: &Query, wanted: &Wanted<'_>) -> Result<Found, Error>;

    /// Returns the exact number of documents that match a query.
    fn count(&self, query: &Query) -> Result<u64, Error>;

    /// Returns the number of all documents.
    fn document_count(&self) -> u64;
}
