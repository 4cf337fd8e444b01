//! What people type → query tree of analysed terms → hits, facets, excerpts and suggestions.
//!
//! `language` understands the string, `plan` makes a tree of analysed terms, the backend answers it, `excerpt` shows
//! why. No user text reaches an engine's own query parser, and nothing of the engine is seen above `backend.rs`.
//! Every string has a meaning; an error is always the index's, never the reader's.
//! Read on in `searcher.rs`, then in the order of the modules.

mod request;
mod results;

mod language;
mod tree;

mod backend;
mod engine;
mod excerpt;
mod known;
mod plan;
mod suggest;

mod error;
mod searcher;

pub mod eval;

pub use error::Error;
pub use request::{Filters, SearchRequest, Sort, VoteFilter};
pub use results::{
    Facet, FacetValue, Highlighted, Hit, Interpretation, KnownItem, Reading, Results, Snippet,
    Variant, Why,
};
pub use searcher::{Completion, Health, Reload, Searcher};

#[cfg(test)]
mod tests;
