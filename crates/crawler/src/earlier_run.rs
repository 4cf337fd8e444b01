//! What is left of an earlier run that did not come to its end: answers that need not be asked for again.
//!
//! A run notes its beginning in the archive, and its report there is its end; a beginning without an end was broken
//! off. So the archive alone says where to go on, and nothing needs to be cleared.

use std::{
    collections::{HashMap, VecDeque},
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use laendersache_archive::{Archive, Error as ArchiveError, Note, NoteEntry};
use laendersache_model::SiteId;
use url::Url;

use crate::report::{CrawlReport, StopReason};

/// The kind of the note that a run leaves when it begins.
const RUN_BEGUN: &str = "run-begun";
/// A run that ended with the night is gone on with for so long; then all is asked for anew.
const LONGEST_WALK: SignedDuration = SignedDuration::from_hours(7 * 24);
const NOTES_READ: usize = 100;
const CAPTURES_PER_READ: usize = 1_000;

/// What is left of earlier runs over one site.
#[derive(Debug, Default)]
pub(crate) struct EarlierRun {
    /// When the run began that was broken off; it is this run that goes on.
    pub(crate) broken_off: Option<Timestamp>,
    /// When the first of the runs began that ended with their night or budget and not with the site.
    pub(crate) unfinished: Option<Timestamp>,
    answers: Answers,
    /// Answers up to this number were told of in reports.
    told_up_to: u64,
}

/// Captures by the address that was asked for, in their order.
#[derive(Debug, Default)]
struct Answers {
    by_address: HashMap<u64, VecDeque<u64>>,
    hasher: RandomState,
}

/// An answer of an earlier run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct EarlierAnswer {
    /// The number of its capture.
    pub(crate) number: u64,
    /// True if a report told of it already.
    pub(crate) was_told: bool,
}

impl EarlierRun {
    /// Reads what the archive knows; `newest` is the newest report of the site.
    pub(crate) fn read(
        archive: &Archive,
        site: &SiteId,
        newest: Option<&CrawlReport>,
        now: Timestamp,
    ) -> Result<Self, ArchiveError> {
        let mut notes = archive.notes(site, NOTES_READ)?;
        notes.retain(|entry| entry.note.kind == RUN_BEGUN);
        let begun = |at: Timestamp| notes.iter().find(|entry| entry.note.made_at == at);
        let broken_off = notes
            .first()
            .filter(|entry| newest.is_none_or(|report| report.started_at != entry.note.made_at));
        let unfinished = newest
            .and_then(unfinished_since)
            .filter(|since| now.duration_since(*since) < LONGEST_WALK)
            .and_then(begun);
        let Some(first) = unfinished.or(broken_off) else {
            return Ok(Self::default());
        };
        Ok(Self {
            broken_off: broken_off.map(|entry| entry.note.made_at),
            unfinished: unfinished.map(|entry| entry.note.made_at),
            answers: Answers::read(archive, site, first)?,
            told_up_to: broken_off.map_or(u64::MAX, |entry| entry.after),
        })
    }

    /// Tells whether the run that was broken off began so long ago that its answers are old.
    pub(crate) fn is_old(&self, now: Timestamp, resume_within: Duration) -> bool {
        let within = SignedDuration::try_from(resume_within).unwrap_or(SignedDuration::MAX);
        self.broken_off
            .is_some_and(|began| now.duration_since(began) >= within)
    }

    /// Takes the next answer of an address, as it was asked for.
    pub(crate) fn take(&mut self, url: &Url) -> Option<EarlierAnswer> {
        let number = self.answers.take(url)?;
        Some(EarlierAnswer {
            number,
            was_told: number <= self.told_up_to,
        })
    }

    /// Returns how many answers no report told of.
    pub(crate) fn untold(&self) -> u64 {
        let numbers = self.answers.by_address.values().flatten();
        numbers.filter(|number| **number > self.told_up_to).count() as u64
    }
}

/// Notes that a run begins.
pub(crate) fn note_of_begin(site: &SiteId, now: Timestamp) -> Note {
    Note {
        site: site.clone(),
        made_at: now,
        kind: RUN_BEGUN.to_owned(),
        text: String::new(),
    }
}

/// Returns since when a walk goes on that ended only because of the hour or a limit of the day.
fn unfinished_since(report: &CrawlReport) -> Option<Timestamp> {
    let ended_early = matches!(
        report.stopped,
        Some(StopReason::NightOver | StopReason::DailyBudget)
    );
    ended_early.then(|| report.continues.unwrap_or(report.started_at))
}

impl Answers {
    fn read(archive: &Archive, site: &SiteId, since: &NoteEntry) -> Result<Self, ArchiveError> {
        let mut answers = Self::default();
        let mut last = since.after;
        loop {
            let entries = archive.captures_since(last, CAPTURES_PER_READ)?;
            let Some(entry) = entries.last() else {
                return Ok(answers);
            };
            last = entry.sequence;
            // What a host allows is asked again whenever a run begins.
            let ours = |url: &Url| url.path() != "/robots.txt";
            for entry in entries
                .iter()
                .filter(|entry| entry.capture.site == *site && ours(&entry.capture.url))
            {
                let key = answers.hasher.hash_one(entry.capture.url_raw.as_str());
                let numbers = answers.by_address.entry(key).or_default();
                numbers.push_back(entry.sequence);
            }
        }
    }

    fn take(&mut self, url: &Url) -> Option<u64> {
        let key = self.hasher.hash_one(url.as_str());
        let numbers = self.by_address.get_mut(&key)?;
        let number = numbers.pop_front();
        if numbers.is_empty() {
            self.by_address.remove(&key);
        }
        number
    }
}
