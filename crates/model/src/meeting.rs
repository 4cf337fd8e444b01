//! A meeting of a conference (or a round of circulation resolutions), its agenda and its TOP labels.

use std::{cmp::Ordering, fmt, str::FromStr};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{Land, Source};

/// A text that is no permanent id of a meeting or resolution.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is no permanent id; ids look like `intmk/13`, `intmk/13/top/2.7` or `intmk/2020/umlauf/4`"
)]
pub struct InvalidId(pub String);

/// How a conference counts the meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeetingNumber {
    /// The ordinal of a meeting, as in "13. IntMK".
    Ordinal(u16),
    /// The circulation resolutions of a year.
    Circulation(u16),
}

/// The permanent id of a meeting: `intmk/13`, or `intmk/2020/umlauf` for a year's circulation resolutions.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct MeetingId {
    /// Slug of the conference, such as `intmk`.
    pub conference: String,
    /// How the conference counts it.
    pub number: MeetingNumber,
}

impl fmt::Display for MeetingId {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.number {
            MeetingNumber::Ordinal(number) => write!(formatter, "{}/{number}", self.conference),
            MeetingNumber::Circulation(year) => {
                write!(formatter, "{}/{year}/umlauf", self.conference)
            }
        }
    }
}

impl FromStr for MeetingId {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let invalid = || InvalidId(text.to_owned());
        let mut parts = text.split('/');
        let (conference, number) = (
            parts.next().ok_or_else(invalid)?,
            parts.next().ok_or_else(invalid)?,
        );
        let slug = !conference.is_empty()
            && conference
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !slug || number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(invalid());
        }
        let number: u16 = number.parse().map_err(|_| invalid())?;
        let number = match (parts.next(), parts.next()) {
            (None, None) => MeetingNumber::Ordinal(number),
            (Some("umlauf"), None) => MeetingNumber::Circulation(number),
            _ => return Err(invalid()),
        };
        Ok(Self {
            conference: conference.to_owned(),
            number,
        })
    }
}

impl From<MeetingId> for String {
    fn from(id: MeetingId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for MeetingId {
    type Error = InvalidId;

    fn try_from(text: String) -> Result<Self, InvalidId> {
        text.parse()
    }
}

/// The label of an agenda item exactly as printed, without the word "TOP": `2.9b`, `A3`, `I.5`, `7+8`.
///
/// Labels are no decimals: `2.10` stands behind `2.9b`, and gaps are normal.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TopLabel(pub String);

impl TopLabel {
    /// Returns the label as it stands in permanent ids: lower case, only `a-z 0-9 . + -`.
    #[must_use]
    pub fn slug(&self) -> String {
        self.0
            .trim()
            .chars()
            .flat_map(char::to_lowercase)
            .map(|character| match character {
                'a'..='z' | '0'..='9' | '.' | '+' => character,
                _ => '-',
            })
            .collect()
    }

    /// Returns a key that sorts labels as a protocol orders them: every number padded to five digits.
    #[must_use]
    pub fn sort_key(&self) -> String {
        let mut key = String::new();
        let mut digits = String::new();
        for character in self.0.chars().chain(['\0']) {
            if character.is_ascii_digit() {
                digits.push(character);
                continue;
            }
            if !digits.is_empty() {
                key.push_str(&format!("{digits:0>5}"));
                digits.clear();
            }
            if character != '\0' {
                key.extend(character.to_lowercase());
            }
        }
        key
    }
}

impl fmt::Display for TopLabel {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl PartialOrd for TopLabel {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for TopLabel {
    fn cmp(&self, other: &Self) -> Ordering {
        self.sort_key()
            .cmp(&other.sort_key())
            .then_with(|| self.0.cmp(&other.0))
    }
}

/// The kind of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MeetingKind {
    /// The yearly main conference.
    Main,
    /// A special conference.
    Special,
    /// No meeting: resolutions by circulation (Umlaufverfahren).
    Umlauf,
}

/// A meeting as its documents describe it; what no document says is `None`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Meeting {
    /// Permanent id.
    pub id: MeetingId,
    /// Its kind.
    pub kind: MeetingKind,
    /// What the document calls itself: "Ergebnisprotokoll", "Beschlussniederschrift".
    pub document_name: Option<String>,
    /// First day.
    pub from: Option<Date>,
    /// Last day; equal to `from` for a meeting of one day.
    pub to: Option<Date>,
    /// Place, or "Videokonferenz".
    pub place: Option<String>,
    /// The Land in the chair.
    pub chair: Option<Land>,
    /// Headings that group TOPs and decide nothing themselves.
    pub agenda: Vec<AgendaItem>,
    /// Files that report the meeting; filled by the corpus.
    #[serde(default)]
    pub sources: Vec<Source>,
}

/// A heading of the agenda under which nothing was decided, such as "TOP 2 Integration / Zusammenhalt".
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgendaItem {
    /// Label as printed.
    pub label: TopLabel,
    /// Title as printed.
    pub title: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_sort_as_a_protocol_orders_them() {
        let mut labels: Vec<_> = ["2.10", "2.9b", "10.1", "2.9a", "2", "2.1", "7+8"]
            .map(|label| TopLabel(label.to_owned()))
            .to_vec();
        labels.sort();
        let sorted: Vec<_> = labels.iter().map(|label| label.0.as_str()).collect();
        assert_eq!(sorted, ["2", "2.1", "2.9a", "2.9b", "2.10", "7+8", "10.1"]);
    }

    #[test]
    fn labels_become_parts_of_an_address() {
        for (label, slug) in [
            ("2.9b", "2.9b"),
            ("A3", "a3"),
            ("7+8", "7+8"),
            ("7/8", "7-8"),
        ] {
            assert_eq!(TopLabel(label.to_owned()).slug(), slug);
        }
    }

    #[test]
    fn meeting_ids_survive_writing_and_reading() {
        for id in ["intmk/13", "intmk/2020/umlauf", "gmk/98"] {
            assert_eq!(
                id.parse::<MeetingId>().map(|id| id.to_string()).as_deref(),
                Ok(id)
            );
        }
        for id in [
            "",
            "intmk",
            "intmk/",
            "intmk/x",
            "INTMK/1",
            "intmk/13/top",
            "intmk/+3",
            "intmk/99999",
        ] {
            assert!(id.parse::<MeetingId>().is_err(), "{id}");
        }
    }
}
