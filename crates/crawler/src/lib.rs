//! `URL → Capture`: walks the sites that publish resolutions and hands every answer to the archive.
//!
//! The only crate with the network. It asks no host that the site does not name, no private address, never twice
//! at the same time, and deletes nothing: what vanishes at the source becomes an event in the report.
//! Fetched bytes are not parsed here but by the [`LinkFinder`] that is passed in.
//! Read on in `crawler.rs` (a run over one site) and `visit.rs` (one address); the guards are `gate.rs`,
//! `address.rs`, `robots.rs`, `pace.rs` and `body.rs`.

mod content;
mod crawler;
mod run;
mod visit;

mod confirmation;
mod earlier_run;
mod excuse;
mod frontier;
mod outcome;
mod past_runs;
mod patterns;
mod queueing;

mod address;
mod body;
mod fetcher;
mod gate;
mod heads;
mod pace;
mod robots;
mod robots_cache;

mod canonical;
mod encoding;
mod link_finder;
mod links;
mod main_text;
mod media;

mod clock;
mod config;
mod error;
mod night_window;
mod progress;
mod report;

#[cfg(test)]
mod tests;

pub use canonical::canonical;
pub use config::Config;
pub use crawler::Crawler;
pub use error::{Error, FetchError, Refusal};
pub use fetcher::Fetcher;
pub use link_finder::{FoundLinks, InProcess, LinkFinder, LinkFinderError, PageBytes};
pub use links::links;
pub use night_window::NightWindow;
pub use progress::{Progress, Silent};
pub use report::{Counts, CrawlReport, Event, StopReason, UrlError};
