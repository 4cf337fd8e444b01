//! Who looks for links in fetched bytes: not the process that crawls, but one that may crash.

use laendersache_model::Digest;
use serde::{Deserialize, Serialize};
use url::Url;

/// The bytes of a page and what is needed to read its links.
#[derive(Debug, Clone, Copy)]
pub struct PageBytes<'a> {
    /// The address against which relative links are resolved.
    pub base: &'a Url,
    /// The `Content-Type` header, unread.
    pub content_type: Option<&'a str>,
    /// The decoded payload.
    pub bytes: &'a [u8],
}

/// What a page leads to, and enough of its text to tell a page from an excuse.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct FoundLinks {
    /// Absolute web addresses without fragments, in the order of the page, each once.
    pub links: Vec<Url>,
    /// The title of the page.
    pub title: String,
    /// The first words of the page.
    pub beginning: String,
    /// The digest of the text without what stands around it on every page of the site; `None` if there is no text.
    #[serde(default)]
    pub text_digest: Option<Digest>,
}

/// The page could not be read; the run goes on without its links.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("cannot read the links of `{url}`: {reason}")]
pub struct LinkFinderError {
    /// The page.
    pub url: String,
    /// What happened, for people.
    pub reason: String,
}

/// Looks for links in fetched bytes.
///
/// It is called from a thread that may block. An implementation for real sites hands the bytes to a child process
/// with limits on memory and time that calls [`crate::links`].
pub trait LinkFinder: Send + Sync {
    /// Finds the links of a page.
    ///
    /// # Errors
    /// [`LinkFinderError`] if the page could not be read within the limits.
    fn find_links(&self, page: &PageBytes<'_>) -> Result<FoundLinks, LinkFinderError>;
}

/// Reads pages in the process that crawls: for tests, whose pages are known.
#[derive(Debug, Clone, Copy, Default)]
pub struct InProcess;

impl LinkFinder for InProcess {
    fn find_links(&self, page: &PageBytes<'_>) -> Result<FoundLinks, LinkFinderError> {
        Ok(crate::links(page))
    }
}
