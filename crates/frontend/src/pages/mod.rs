//! The pages for readers: each module holds a handler, the template's data, and how they are gathered.

mod start;

mod search;

mod conference;
mod conferences;
mod meeting;
mod resolution;

mod holdings;
mod status;

mod prose;

mod row;

pub use conference::conference;
pub use conferences::conferences;
pub use holdings::holdings;
pub use meeting::{circulation, meeting};
pub use prose::{about, accessibility, help, impressum, not_found, privacy};
pub use resolution::{circulation_resolution, resolution};
pub use search::search;
pub use start::start;
pub use status::status;

pub(crate) use search::hit::{HitView, hit_views};

/// Returns the queries that pages offer as examples.
#[cfg(test)]
pub(crate) fn example_queries() -> Vec<&'static str> {
    let help = prose::QUERY_EXAMPLES.map(|(query, _)| query);
    start::EXAMPLES.into_iter().chain(help).collect()
}
