//! What can go wrong: with a whole run ([`Error`]), with one address ([`FetchError`]), or by our own rules ([`Refusal`]).

use serde::{Deserialize, Serialize};

/// A failure that ends a run.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The HTTP client cannot be made, for instance because the system has no root certificates.
    #[error("cannot set up the HTTP client")]
    Client {
        /// The reason that the client gives.
        source: reqwest::Error,
    },
    /// The contact cannot stand in a `User-Agent`.
    #[error("contact `{contact}` cannot be sent in a header")]
    Contact {
        /// The contact as configured.
        contact: String,
    },
    /// A pattern of the site is no regular expression.
    #[error("site `{site}` has the pattern `{pattern}`, which is no regular expression")]
    Pattern {
        /// The site.
        site: String,
        /// The pattern.
        pattern: String,
        /// What is wrong with it.
        source: Box<regex::Error>,
    },
    /// The hours of the night are not written as hours.
    #[error("`{written}` is no span of hours such as `22:00-06:00 Europe/Berlin`")]
    NightWindow {
        /// The hours as written.
        written: String,
    },
    /// The archive cannot be read or written.
    #[error("the archive failed while site `{site}` was crawled")]
    Archive {
        /// The site.
        site: String,
        /// The reason that the archive gives.
        source: laendersache_archive::Error,
    },
}

/// Why an address is not asked for although somebody links or redirects to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Only `http` and `https` are spoken.
    #[error("scheme `{0}` is not spoken")]
    Scheme(String),
    /// Only the ports 80 and 443 are used.
    #[error("port {0} is not used")]
    Port(u16),
    /// A number instead of a name, however it is spelled.
    #[error("`{0}` is an address and no name")]
    LiteralAddress(String),
    /// The host does not belong to the site.
    #[error("host `{0}` does not belong to the site")]
    ForeignHost(String),
}

/// Why there is no usable answer from one address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum FetchError {
    /// Our own rules forbid the request.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The connection could not be made or broke.
    #[error("no connection: {0}")]
    Connection(String),
    /// The answer took longer than allowed.
    #[error("no whole answer within {0} s")]
    Timeout(u64),
    /// The answer came more slowly than allowed.
    #[error("fewer than {0} bytes per second")]
    TooSlow(u64),
    /// The answer is larger than allowed.
    #[error("more than {0} bytes")]
    TooLarge(u64),
    /// The answer unpacks to much more than was sent.
    #[error("unpacks to more than {0} times its size")]
    Bomb(u64),
    /// The answer is packed in a way that was not asked for, or badly.
    #[error("cannot unpack: {0}")]
    Encoding(String),
    /// The server says that there is nothing: status 404 or 410, or a page that says so.
    #[error("there is nothing (status {0})")]
    NothingThere(u16),
    /// A status that brings no content.
    #[error("status {0}")]
    Status(u16),
    /// The server asks to come back later than this run waits.
    #[error("asked to come back in {0} s")]
    ComeBackLater(u64),
    /// One redirect after the other.
    #[error("more than {0} redirects")]
    TooManyRedirects(u32),
    /// The page was kept, but its links could not be read.
    #[error("kept, but its links cannot be read: {0}")]
    Unreadable(String),
    /// A redirect without a readable target.
    #[error("redirects to `{0}`, which is no address")]
    BadRedirect(String),
}
