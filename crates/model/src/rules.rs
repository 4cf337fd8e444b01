//! How a conference decides: what is needed to read a vote aright.

use serde::{Deserialize, Serialize};

/// Whether a resolution needs all votes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unanimity {
    /// Every resolution does.
    Always,
    /// Resolutions on some matters do, such as those that touch budgets; the text says which.
    InPart,
    /// Only to bind the Länder; a resolution of a majority gives its opinion.
    ToBind,
    /// Resolutions of a majority occur.
    NotNeeded,
}

/// The rules of decision; what is not known is absent and never means "no".
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The rules in words.
    pub text: String,
    /// How many votes a resolution needs where unanimity is not required, if known.
    #[serde(default)]
    pub votes_needed: Option<u8>,
    /// Whether a resolution needs all votes, if known.
    #[serde(default)]
    pub unanimity: Option<Unanimity>,
    /// Whether the Bund votes beside the sixteen Länder, if known.
    #[serde(default)]
    pub bund_votes: Option<bool>,
    /// Where this is known from.
    #[serde(default)]
    pub source: String,
}
