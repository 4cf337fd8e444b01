//! How the crawler behaves: politeness, limits, and who it says it is.

use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

use serde::{Deserialize, Serialize};

use crate::night_window::NightWindow;

/// The name by which `robots.txt` files speak of this crawler.
pub(crate) const PRODUCT_TOKEN: &str = "laendersache";

/// How the crawler behaves; [`Config::new`] gives values that harm no one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Config {
    /// Where the people of a site can complain: an address of a page or a mailbox, part of the `User-Agent`.
    pub contact: String,
    /// Pause between two requests to one host.
    pub delay: Duration,
    /// How long a connection may take to be made.
    pub connect_timeout: Duration,
    /// How long one answer may take from the request to its last byte.
    pub total_timeout: Duration,
    /// After this time an answer must have come, on average, at the minimum rate.
    pub rate_grace: Duration,
    /// The minimum rate.
    pub min_bytes_per_second: u64,
    /// The largest page of text, decoded.
    pub page_limit_bytes: u64,
    /// The largest other file, decoded.
    pub file_limit_bytes: u64,
    /// How many times larger than received a decoded answer may be.
    pub max_ratio: u64,
    /// How many redirects are followed one after the other.
    pub max_redirects: u32,
    /// How often one address is asked for in one run, counting the first time.
    pub max_tries: u32,
    /// Pause before the second try; doubled before each further one.
    pub backoff: Duration,
    /// A server that asks for a longer pause than this is left alone for the rest of the run.
    pub max_retry_after: Duration,
    /// After this many addresses in a row without an answer the site is left alone for the rest of the run.
    pub max_failures_in_a_row: u32,
    /// Requests to one site within 24 hours, over all runs.
    pub daily_requests: u64,
    /// Bytes received from one site within 24 hours, over all runs.
    pub daily_bytes: u64,
    /// The hours in which sites may be asked; always, if there is none.
    #[serde(default)]
    pub night: Option<NightWindow>,
    /// A run that was broken off is taken up again within this time; later it is closed and a new one begins.
    pub resume_within: Duration,
    /// Hosts that are reached at a fixed address, for tests and the demonstration.
    ///
    /// Only these may lie on the loopback; they are spoken to in plain HTTP even where the address says `https`.
    pub host_overrides: BTreeMap<String, SocketAddr>,
}

impl Config {
    /// Returns a careful configuration under the name of a contact.
    #[must_use]
    pub fn new(contact: impl Into<String>) -> Self {
        Self {
            contact: contact.into(),
            delay: Duration::from_secs(2),
            connect_timeout: Duration::from_secs(20),
            total_timeout: Duration::from_secs(180),
            rate_grace: Duration::from_secs(15),
            min_bytes_per_second: 1_024,
            page_limit_bytes: 20_000_000,
            file_limit_bytes: 50_000_000,
            max_ratio: 200,
            max_redirects: 5,
            max_tries: 3,
            backoff: Duration::from_secs(5),
            max_retry_after: Duration::from_secs(120),
            max_failures_in_a_row: 5,
            daily_requests: 20_000,
            daily_bytes: 4 << 30,
            night: None,
            resume_within: Duration::from_secs(12 * 60 * 60),
            host_overrides: BTreeMap::new(),
        }
    }

    /// Returns the `User-Agent`: name, version and contact.
    #[must_use]
    pub fn user_agent(&self) -> String {
        format!(
            "{PRODUCT_TOKEN}/{} (+{})",
            env!("CARGO_PKG_VERSION"),
            self.contact
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_agent_says_who_asks_and_where_to_complain() {
        let agent = Config::new("https://example.org/bot").user_agent();
        assert!(agent.starts_with("laendersache/"), "{agent}");
        assert!(agent.ends_with(" (+https://example.org/bot)"), "{agent}");
    }
}
