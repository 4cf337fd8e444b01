//! What people type → query tree of analysed terms → hits, facets, snippets, suggestions.

mod error;
mod request;
mod results;
mod searcher;

pub use error::Error;
pub use request::{Filters, SearchRequest, Sort, VoteFilter};
pub use results::{
    Facet, FacetValue, Highlighted, Hit, Interpretation, KnownItem, Reading, Results, Snippet,
    Variant, Why,
};
pub use searcher::{Completion, Health, Reload, Searcher};
