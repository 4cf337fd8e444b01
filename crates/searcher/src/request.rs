//! What a reader asks for: the typed words, the chosen filters, the order and the part of the list.

use laendersache_model::{Land, ResolutionKind, ResolutionState};
use serde::{Deserialize, Serialize};

/// The vote as a filter; `Unknown` means that the documents do not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoteFilter {
    /// All votes cast were in favour.
    Unanimous,
    /// There were votes against, or abstentions.
    Majority,
    /// No document says how the vote went.
    Unknown,
}

/// Choices that narrow the result; an empty list does not narrow. Values of one list are alternatives.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filters {
    /// Slugs of conferences.
    pub conference: Vec<String>,
    /// First year, inclusive.
    pub year_from: Option<i16>,
    /// Last year, inclusive.
    pub year_to: Option<i16>,
    /// Länder in the chair.
    pub chair: Vec<Land>,
    /// Länder that moved or joined the motion.
    pub applicant: Vec<Land>,
    /// Outcome of the vote.
    pub vote: Vec<VoteFilter>,
    /// Länder that made a statement for the record.
    pub statement: Vec<Land>,
    /// Kind of paper.
    pub kind: Vec<ResolutionKind>,
    /// Bodies asked to act.
    pub addressee: Vec<String>,
    /// What became of the TOP.
    pub state: Vec<ResolutionState>,
}

/// The order of the hits; ties are broken by date (newest first), then by id.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sort {
    /// Best match first.
    #[default]
    Relevance,
    /// Newest decision first.
    Newest,
    /// Oldest decision first.
    Oldest,
}

/// A search as it comes from a form, an address or the command line.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchRequest {
    /// What was typed; every string has a meaning.
    pub query: String,
    /// What was chosen beside it.
    pub filters: Filters,
    /// The order of the hits.
    pub sort: Sort,
    /// How many hits to skip.
    pub offset: usize,
    /// How many hits to return.
    pub size: usize,
    /// Words of the query that the reader wants literally: no stems, parts or synonyms.
    pub literal: Vec<String>,
}
