//! `Hit → Page`: the site for readers and the JSON for programs.
//!
//! It only reads: the index through the searcher, the corpus, the archived originals. It never crawls, never
//! writes, never calls another host, sets no cookie, and needs no script in the browser.
//! German sentences for readers, HTML and JSON shapes live here and nowhere else.
//! Read on in `routes.rs`: all addresses on one screen; then `pages/` and `templates/`.

mod routes;

mod serve;

mod pages;

mod api;
mod files;
mod machine;

mod citation;
mod formats;

mod context;
mod ledger;

mod filter_field;
mod search_state;

mod language;
mod marked;
mod shell;
mod wording;

mod error_page;
mod headers;
mod page_error;

mod assets;
mod error;
mod pool;
mod site_config;
mod state;
mod workers;

pub use error::Error;
pub use routes::app;
pub use serve::{Limits, serve, serve_with};
pub use site_config::{Retired, SiteConfig};
pub use state::{AppState, Parts};
pub use workers::PoolSize;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
