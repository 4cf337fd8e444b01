//! A record: one thing that can be found, whether a resolution of the corpus or a passage of an imported collection.

use jiff::civil::Date;
use laendersache_model::{
    Land, MeetingId, ResolutionKind, ResolutionState, SectionKind, TopLabel, VoteKind,
};
use serde::{Deserialize, Serialize};

/// A paragraph of a record, with what is needed to link to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSection {
    /// The part of the resolution it belongs to.
    #[serde(rename = "k")]
    pub kind: SectionKind,
    /// Number of the paragraph (anchor `abs-<n>`).
    #[serde(rename = "n")]
    pub paragraph: u32,
    /// Page in the document, counted from 1; 0 where there are no pages.
    #[serde(rename = "p")]
    pub page: u32,
    /// The text.
    #[serde(rename = "t")]
    pub text: String,
}

/// One thing that can be found. Only `id` is always known; imported collections have little more than a text.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Record {
    /// Permanent id, unique within the index.
    pub id: String,
    /// Title as printed.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// The text, paragraph by paragraph.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sections: Vec<RecordSection>,
    /// Words of no text by which the record is found too: place, chair, applicants, names of the conference.
    #[serde(skip)]
    pub context: Vec<String>,
    /// Day of the decision: the last day of the meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    /// First day of the meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub date_from: Option<Date>,
    /// The year, known even where the day is not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// The meeting; `None` in an imported collection.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    /// Label of the TOP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub label: Option<TopLabel>,
    /// Place of the meeting.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
    /// Land in the chair.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chair: Option<Land>,
    /// Länder that moved or joined the motion.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub applicants: Vec<Land>,
    /// Outcome of the vote, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vote: Option<VoteKind>,
    /// Länder that made a statement for the record.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub statements: Vec<Land>,
    /// Kind of paper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<ResolutionKind>,
    /// What became of the TOP.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<ResolutionState>,
    /// Bodies asked to act.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub addressees: Vec<String>,
    /// First page in the document, counted from 1; 0 where there are no pages.
    pub page_from: u32,
}

impl Record {
    /// Returns the number of bytes of text that can be searched.
    #[must_use]
    pub fn text_bytes(&self) -> u64 {
        let body: usize = self.sections.iter().map(|section| section.text.len()).sum();
        (self.title.len() + body) as u64
    }
}
