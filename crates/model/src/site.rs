//! A web site that publishes resolutions, and how to walk it: data, not code.

use std::fmt;

use serde::{Deserialize, Serialize};
use url::Url;

/// The short name of a site, unique over all conferences, such as `intmk-zentral`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SiteId(pub String);

impl fmt::Display for SiteId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// Whose site it is; the central site outlives the chairs, a chair's site rots after its term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SiteRole {
    /// The permanent site of the conference itself.
    Central,
    /// The site of a Land that held the chair.
    Chair,
    /// A copy elsewhere: a Landtag paper, an applicant's ministry.
    Copy,
}

/// A web site and the rules by which the crawler walks it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// The short name, unique over all conferences.
    pub id: SiteId,
    /// Whose site it is.
    pub role: SiteRole,
    /// What readers see as the name of the source.
    pub name: String,
    /// Hosts that belong to the site; the first one is canonical, the others are rewritten to it.
    pub hosts: Vec<String>,
    /// Addresses where a crawl begins.
    pub seeds: Vec<Url>,
    /// Regular expressions over the canonical address: pages to fetch and to read links from.
    #[serde(default)]
    pub follow: Vec<String>,
    /// Regular expressions over the canonical address: documents to keep and to extract.
    #[serde(default)]
    pub document: Vec<String>,
    /// How many links away from a seed a page may lie.
    #[serde(default = "default_max_depth")]
    pub max_depth: u32,
    /// How many addresses one crawl may ask for.
    #[serde(default = "default_max_pages")]
    pub max_pages: u32,
    /// False for a site that is known but must not be crawled (dead, moved, not yet examined).
    #[serde(default = "default_enabled")]
    pub enabled: bool,
    /// Where the entry comes from and when it was seen; unknown things are said here.
    #[serde(default)]
    pub remark: String,
}

fn default_max_depth() -> u32 {
    4
}

fn default_max_pages() -> u32 {
    5_000
}

fn default_enabled() -> bool {
    true
}
