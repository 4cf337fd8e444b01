//! What a search gives back: hits, counts, and how the query was understood. Data only; the frontend finds the words.

use std::ops::Range;

use jiff::civil::Date;
use laendersache_model::{Land, MeetingId, SectionKind, TopLabel, VoteKind};
use serde::{Deserialize, Serialize};

/// A text with the byte ranges that matched; ranges are sorted, disjoint and on character boundaries.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Highlighted {
    /// The text as it stands in the source.
    pub text: String,
    /// What matched.
    pub marks: Vec<Range<usize>>,
}

/// An excerpt of a hit that shows why it matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The part of the resolution it is taken from.
    pub section: SectionKind,
    /// Number of the paragraph in the resolution (anchor `abs-<n>`).
    pub paragraph: u32,
    /// Page in the document, counted from 1; 0 where there are no pages.
    pub page: u32,
    /// The excerpt.
    pub text: Highlighted,
}

/// One resolution that matches.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// Permanent id (or the id of a passage in an imported collection).
    pub id: String,
    /// Relevance; only comparable within one result.
    pub score: f32,
    /// Title with marks.
    pub title: Highlighted,
    /// The meeting; `None` in an imported collection.
    pub meeting: Option<MeetingId>,
    /// Label of the TOP; `None` in an imported collection.
    pub label: Option<TopLabel>,
    /// Last day of the meeting.
    pub date: Option<Date>,
    /// Place of the meeting.
    pub place: Option<String>,
    /// Land in the chair.
    pub chair: Option<Land>,
    /// Outcome of the vote, if known.
    pub vote: Option<VoteKind>,
    /// First page in the document.
    pub page_from: u32,
    /// At most three excerpts, best first.
    pub snippets: Vec<Snippet>,
}

/// How often one value occurs among the hits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FacetValue {
    /// The value as it stands in addresses (`by`, `2018`, `unanimous`).
    pub value: String,
    /// Exact number of hits with this value, all filters applied but the one on this field.
    pub count: u64,
}

/// All values of one field among the hits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facet {
    /// Name of the field: `conference`, `year`, `chair`, `applicant`, `vote`, `statement`, `kind`, `addressee`, `state`.
    pub field: String,
    /// Values, most frequent first; years in order.
    pub values: Vec<FacetValue>,
}

/// Why a term matches a word of the query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The same word.
    Exact,
    /// Another form of the same word.
    Stem,
    /// A part of a compound, or the compound of which the word is a part.
    Part,
    /// A word of the list of synonyms.
    Synonym,
    /// A word that begins so.
    Prefix,
    /// A citation in another spelling.
    Citation,
}

/// A form that was searched beside the typed word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// The form, as a reader would write it.
    pub text: String,
    /// Why it belongs to the word.
    pub why: Why,
}

/// How one piece of the query was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Reading {
    /// A word with what was searched beside it.
    Word {
        /// As typed.
        typed: String,
        /// True if hits must not contain it.
        excluded: bool,
        /// True if the reader switched the variants off.
        literal: bool,
        /// What else was searched.
        variants: Vec<Variant>,
        /// How many resolutions contain it at all; 0 names the word that kills a query.
        documents: u64,
    },
    /// An exact phrase.
    Phrase {
        /// As typed, without the quotation marks.
        typed: String,
        /// True if hits must not contain it.
        excluded: bool,
    },
    /// A field of the query language that became a filter.
    Field {
        /// Name of the field as typed.
        name: String,
        /// Value as typed.
        value: String,
    },
    /// Alternatives of which one must match.
    AnyOf {
        /// The alternatives, each of one or more pieces.
        alternatives: Vec<Vec<Reading>>,
    },
    /// A word left out because it stands in every resolution.
    Ignored {
        /// As typed.
        typed: String,
    },
    /// Something typed that was taken literally because it is no valid operator.
    Literal {
        /// As typed.
        typed: String,
    },
}

/// A query that names one thing exactly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum KnownItem {
    /// A resolution, such as "13. IntMK TOP 2.7".
    Resolution {
        /// Its permanent id.
        id: String,
        /// False if it was understood but is not held.
        held: bool,
    },
    /// A meeting, such as "13. IntMK" or "IntMK 2018".
    Meeting {
        /// Its permanent id.
        id: MeetingId,
        /// Number of its resolutions in the index.
        resolutions: u64,
    },
}

/// How the query was understood.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Interpretation {
    /// The pieces in typed order, AND-ed.
    pub readings: Vec<Reading>,
    /// The thing that the query names exactly, if it does.
    pub known_item: Option<KnownItem>,
    /// True if the query was longer than the limit and its end was left out.
    pub truncated: bool,
}

/// A search's answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Results {
    /// Exact number of hits.
    pub total: u64,
    /// The requested part of them.
    pub hits: Vec<Hit>,
    /// Counts per field.
    pub facets: Vec<Facet>,
    /// How the query was understood.
    pub interpretation: Interpretation,
    /// A query from the archive's own vocabulary, to be offered as "Meinten Sie".
    pub suggestion: Option<String>,
    /// The index generation that answered.
    pub generation: String,
}
