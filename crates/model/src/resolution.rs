//! A resolution: the decision on one TOP, with everything its document says of it and where it says so.

use std::{collections::BTreeMap, fmt, str::FromStr};

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    Digest, InvalidId, Land, Meeting, MeetingId, MeetingNumber, SiteId, TopLabel, Warning,
};

/// The permanent id of a resolution: `intmk/13/top/2.7`, `intmk/2020/umlauf/4`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct ResolutionId {
    /// The meeting that decided.
    pub meeting: MeetingId,
    /// The slug of the TOP label within the meeting.
    pub label: String,
}

impl ResolutionId {
    /// Builds the id of the resolution on a TOP of a meeting.
    #[must_use]
    pub fn new(meeting: MeetingId, label: &TopLabel) -> Self {
        Self {
            meeting,
            label: label.slug(),
        }
    }
}

impl fmt::Display for ResolutionId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.meeting.number {
            MeetingNumber::Ordinal(_) => write!(formatter, "{}/top/{}", self.meeting, self.label),
            MeetingNumber::Circulation(_) => write!(formatter, "{}/{}", self.meeting, self.label),
        }
    }
}

impl FromStr for ResolutionId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let invalid = || InvalidId(text.to_owned());
        let (meeting, label) = text.rsplit_once('/').ok_or_else(invalid)?;
        let meeting = meeting.strip_suffix("/top").unwrap_or(meeting);
        let id = Self {
            meeting: meeting.parse().map_err(|_| invalid())?,
            label: label.to_owned(),
        };
        let clean = !label.is_empty() && TopLabel(label.to_owned()).slug() == label;
        // Writing it again finds `intmk/13/2.7` (no `top`) and `intmk/2020/umlauf/top/4`.
        if clean && id.to_string() == text {
            Ok(id)
        } else {
            Err(invalid())
        }
    }
}

impl From<ResolutionId> for String {
    fn from(id: ResolutionId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for ResolutionId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

/// What kind of paper was decided on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResolutionKind {
    /// An ordinary resolution.
    Resolution,
    /// The leading motion of a meeting.
    Leitantrag,
    /// A report that was presented.
    Report,
}

/// What became of the TOP in the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ResolutionState {
    /// A resolution was adopted.
    Decided,
    /// Something was noted and nothing else was decided.
    Noted,
    /// The applicants withdrew the motion, or it was dropped.
    Withdrawn,
    /// The matter was put off.
    Postponed,
    /// The document says that nothing was decided.
    NoDecision,
}

/// Who moved a motion, as far as the document says it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Applicants {
    /// True if the document says "alle Länder".
    pub all_laender: bool,
    /// The Länder that were read, in printed order.
    pub laender: Vec<Land>,
    /// The printed words; `None` if the document names no applicants.
    pub raw: Option<String>,
}

/// Whether a vote was unanimous.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VoteKind {
    /// All votes cast were in favour.
    Unanimous,
    /// There were votes against, or abstentions.
    Majority,
}

/// The outcome of a vote as read; an unknown vote is the absence of this value, never a default.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Vote {
    /// Unanimous or not.
    pub kind: VoteKind,
    /// Votes in favour, if printed.
    pub yes: Option<u8>,
    /// Votes against, if printed.
    pub no: Option<u8>,
    /// Abstentions, if printed.
    pub abstain: Option<u8>,
    /// Länder named as voting against.
    pub no_laender: Vec<Land>,
    /// Länder named as abstaining.
    pub abstain_laender: Vec<Land>,
    /// The printed words.
    pub raw: String,
}

/// What a section of a resolution is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SectionKind {
    /// The text that was decided.
    Decision,
    /// The Begründung.
    Reasons,
    /// A Protokollerklärung.
    Protokollerklaerung,
    /// A Protokollnotiz.
    Protokollnotiz,
}

/// A part of a resolution's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// What it is.
    pub kind: SectionKind,
    /// The Länder that make a statement; empty for decision and reasons.
    pub laender: Vec<Land>,
    /// The printed heading, if there is one.
    pub heading: Option<String>,
    /// Its paragraphs.
    pub paragraphs: Vec<Paragraph>,
}

/// A paragraph with an anchor that links can point to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// Its number within the resolution, counted from 1; the anchor is `abs-<n>`.
    pub number: u32,
    /// The printed marker of a numbered point ("1.", "a)"), which also begins `text`.
    pub marker: Option<String>,
    /// The text.
    pub text: String,
    /// The page on which it begins, counted from 1.
    pub page: u32,
}

/// What a reference points to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReferenceKind {
    /// An earlier resolution of a conference.
    Resolution,
    /// A section of a law.
    Law,
    /// A printed paper of a parliament.
    Drucksache,
    /// An act of the European Union.
    EuAct,
}

/// Something the text refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// What it points to.
    pub kind: ReferenceKind,
    /// The printed words.
    pub raw: String,
    /// The resolution meant, where the words name meeting and TOP.
    pub target: Option<ResolutionId>,
    /// The paragraph that refers.
    pub paragraph: u32,
}

/// Where a field was read and by which rule.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Evidence {
    /// The page, counted from 1.
    pub page: u32,
    /// The short name of the rule that read it.
    pub rule: String,
    /// The printed words.
    pub raw: String,
    /// From 0 (a guess) to 1 (a labelled field).
    pub confidence: f32,
}

/// The decision on one TOP, as one document has it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resolution {
    /// Permanent id.
    pub id: ResolutionId,
    /// The TOP's label as printed.
    pub label: TopLabel,
    /// Its place in the document, counted from 1.
    pub position: u32,
    /// Title as printed.
    pub title: String,
    /// What kind of paper it is.
    pub kind: ResolutionKind,
    /// What became of it.
    pub state: ResolutionState,
    /// Who moved it.
    pub applicants: Applicants,
    /// Who joined the motion.
    pub co_applicants: Applicants,
    /// The printed release flag ("Freigabe Beschluss").
    pub release: Option<String>,
    /// The vote; `None` if the document does not say.
    pub vote: Option<Vote>,
    /// The text, part by part.
    pub sections: Vec<Section>,
    /// What the text refers to.
    pub references: Vec<Reference>,
    /// Bodies that are asked to act: "BAMF", "Bundesregierung".
    pub addressees: Vec<String>,
    /// First page in the document, counted from 1.
    pub page_from: u32,
    /// Last page in the document.
    pub page_to: u32,
    /// Evidence per field name.
    pub evidence: BTreeMap<String, Evidence>,
}

impl Resolution {
    /// Returns the sections in which Länder explain themselves.
    pub fn statements(&self) -> impl Iterator<Item = &Section> {
        self.sections.iter().filter(|section| {
            matches!(
                section.kind,
                SectionKind::Protokollerklaerung | SectionKind::Protokollnotiz
            )
        })
    }

    /// Returns all paragraphs in order.
    pub fn paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        self.sections.iter().flat_map(|section| &section.paragraphs)
    }
}

/// What was extracted from one document: possibly nothing, never an error as a whole.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Extraction {
    /// The meetings the document reports.
    pub meetings: Vec<Meeting>,
    /// The resolutions cut from it.
    pub resolutions: Vec<Resolution>,
    /// What could not be read as hoped.
    pub warnings: Vec<Warning>,
}

/// A file in which a work was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Digest of the bytes kept in the archive.
    pub digest: Digest,
    /// Where it was found.
    pub url: Url,
    /// The site that served it.
    pub site: SiteId,
    /// When this content was first captured there.
    pub first_captured: Timestamp,
    /// True if the file is a PDF, so that page links make sense.
    pub pdf: bool,
    /// First page of the work in the file.
    pub page_from: u32,
    /// Last page of the work in the file.
    pub page_to: u32,
}

/// One wording of a work, and the files that carry exactly this wording.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Counted from 1 in the order of first capture; the highest is the current one.
    pub number: u32,
    /// When the wording was first captured.
    pub first_captured: Timestamp,
    /// The wording with all that was read from it.
    pub resolution: Resolution,
    /// The files that carry it.
    pub sources: Vec<Source>,
}

/// A resolution with all its wordings and sources: what a reader's page shows.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Work {
    /// Permanent id.
    pub id: ResolutionId,
    /// The meeting that decided.
    pub meeting: Meeting,
    /// The wordings, oldest first; never empty.
    pub versions: Vec<Version>,
    /// Resolutions held here that refer to this one.
    pub referred_by: Vec<ResolutionId>,
}

impl Work {
    /// Returns the current wording.
    ///
    /// # Panics
    /// Never for a work read from the corpus, which stores no work without a version.
    #[must_use]
    pub fn current(&self) -> &Version {
        self.versions
            .last()
            .expect("a work has at least one version")
    }

    /// Returns the day of the decision, as far as it is known.
    #[must_use]
    pub fn date(&self) -> Option<Date> {
        self.meeting.to.or(self.meeting.from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resolution_ids_survive_writing_and_reading() {
        for id in [
            "intmk/13/top/2.7",
            "intmk/2020/umlauf/4",
            "gmk/98/top/5.1",
            "intmk/18/top/7+8",
        ] {
            let parsed = id.parse::<ResolutionId>().map(|id| id.to_string());
            assert_eq!(parsed.as_deref(), Ok(id));
        }
    }

    #[test]
    fn near_misses_of_an_id_are_refused() {
        for id in [
            "",
            "intmk/13",
            "intmk/13/2.7",
            "intmk/2020/umlauf/top/4",
            "intmk/13/top/",
            "intmk/13/top/A3",
            "intmk/13/top/2 7",
        ] {
            assert!(id.parse::<ResolutionId>().is_err(), "{id}");
        }
    }
}
