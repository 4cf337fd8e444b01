//! The ledger of a conference: every meeting that is known, with what is held of it and what is missing.

use laendersache_model::{
    Conference, KnownMeeting, Land, Meeting, MeetingId, MeetingKind, MeetingNumber, MeetingState,
};

use crate::{context::Context, page_error::PageError, wording};

/// What is held of a meeting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holding {
    /// At least one document with resolutions.
    Held,
    /// It took place, and no document is held.
    Missing,
    /// It was called off.
    Cancelled,
    /// It lies in the future.
    Planned,
}

impl Holding {
    /// Returns the words for readers.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Held => "im Bestand",
            Self::Missing => "fehlt",
            Self::Cancelled => "abgesagt",
            Self::Planned => "geplant",
        }
    }

    /// Returns the name of its look.
    #[must_use]
    pub fn look(self) -> &'static str {
        match self {
            Self::Held => "good",
            Self::Missing => "note",
            Self::Cancelled | Self::Planned => "quiet",
        }
    }
}

/// One meeting in the ledger.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: MeetingId,
    /// Its address.
    pub href: String,
    /// "13. IntMK".
    pub name: String,
    /// The year, for sorting and where no day is known.
    pub year: i16,
    /// The days, or the year.
    pub days: String,
    /// The place, if known.
    pub place: Option<String>,
    /// The Land in the chair, if known.
    pub chair: Option<Land>,
    /// What is held.
    pub holding: Holding,
    /// Number of resolutions held.
    pub resolutions: u64,
    /// Number of files that report it.
    pub documents: u64,
}

impl Entry {
    /// Returns the name of the Land in the chair.
    #[must_use]
    pub fn chair_name(&self) -> &'static str {
        self.chair.map_or("nicht bekannt", Land::name)
    }

    /// Returns the place, or that it is not known; circulation resolutions have none.
    #[must_use]
    pub fn place_name(&self) -> &str {
        match (&self.place, self.id.number) {
            (Some(place), _) => place,
            (None, MeetingNumber::Circulation(_)) => "ohne Sitzung",
            (None, MeetingNumber::Ordinal(_)) => "nicht bekannt",
        }
    }
}

/// Returns all known meetings of a conference, newest first.
///
/// # Errors
/// If the corpus cannot be read.
pub fn ledger(context: &Context, conference: &Conference) -> Result<Vec<Entry>, PageError> {
    let held = context.corpus.meetings(Some(&conference.slug))?;
    let mut entries = Vec::new();
    for meeting in &held {
        entries.push(held_entry(context, conference, meeting)?);
    }
    for known in &conference.meetings {
        if !held.iter().any(|meeting| meeting.id == known.id) {
            entries.push(known_entry(context, known));
        }
    }
    entries.sort_by_key(|entry| std::cmp::Reverse((entry.year, order(entry.id.number))));
    Ok(entries)
}

fn held_entry(
    context: &Context,
    conference: &Conference,
    meeting: &Meeting,
) -> Result<Entry, PageError> {
    let known = conference.meeting(&meeting.id);
    let mut digests: Vec<_> = meeting.sources.iter().map(|source| source.digest).collect();
    digests.sort_unstable();
    digests.dedup();
    let day = meeting.to.or(meeting.from);
    let year = day
        .map(|day| day.year())
        .or(known.map(|known| known.year))
        .unwrap_or_default();
    Ok(Entry {
        href: format!("/{}", meeting.id),
        name: context.meeting_name(&meeting.id),
        year,
        days: days(meeting.from, meeting.to, year),
        place: meeting
            .place
            .clone()
            .or_else(|| known.and_then(|known| known.place.clone())),
        chair: meeting.chair.or(known.and_then(|known| known.chair)),
        holding: Holding::Held,
        resolutions: context.corpus.resolutions_of(&meeting.id)?.len() as u64,
        documents: digests.len() as u64,
        id: meeting.id.clone(),
    })
}

/// Builds the entry of a meeting of which no document is held.
pub fn known_entry(context: &Context, known: &KnownMeeting) -> Entry {
    Entry {
        id: known.id.clone(),
        href: format!("/{}", known.id),
        name: context.meeting_name(&known.id),
        year: known.year,
        // A round of circulation resolutions has no day of its own; the data only place it in the year.
        days: if known.kind == MeetingKind::Umlauf {
            known.year.to_string()
        } else {
            days(known.from, known.to, known.year)
        },
        place: known.place.clone(),
        chair: known.chair,
        holding: match known.state {
            MeetingState::Held => Holding::Missing,
            MeetingState::Cancelled => Holding::Cancelled,
            MeetingState::Planned => Holding::Planned,
        },
        resolutions: 0,
        documents: 0,
    }
}

fn days(from: Option<jiff::civil::Date>, to: Option<jiff::civil::Date>, year: i16) -> String {
    wording::short_days(from, to).unwrap_or_else(|| match year {
        0 => "nicht bekannt".to_owned(),
        year => year.to_string(),
    })
}

/// Orders meetings within a year: circulation resolutions behind the ordinal meeting they replaced.
fn order(number: MeetingNumber) -> (u8, u16) {
    match number {
        MeetingNumber::Ordinal(number) => (0, number),
        MeetingNumber::Circulation(year) => (1, year),
    }
}
