//! What the reports of earlier runs say: how much was asked today, how much was there, what was missed since when.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};
use laendersache_archive::RunRecord;
use url::Url;

use crate::report::{CrawlReport, Event};

/// A source has vanished after this many misses in a row …
const MISSES_TO_VANISH: u32 = 3;
/// … over at least this time, so that a week of repairs is no farewell.
const TIME_TO_VANISH: SignedDuration = SignedDuration::from_hours(7 * 24);
/// Fewer documents than this share of those of the last run need somebody's eyes.
const LEAST_SHARE_PERCENT: u64 = 80;
/// With fewer documents than this a share says nothing.
const LEAST_DOCUMENTS: u64 = 5;

/// The reports of earlier runs over one site, read together.
#[derive(Debug, Default)]
pub(crate) struct PastRuns {
    requests_today: u64,
    bytes_today: u64,
    documents_seen: Option<u64>,
    /// When the newest run began that came to its end.
    ended: Option<Timestamp>,
    confirmed: Option<Timestamp>,
    misses: HashMap<Url, Vec<Timestamp>>,
    vanished: HashMap<Url, Timestamp>,
    no_longer_linked: HashSet<Url>,
}

impl PastRuns {
    /// Reads the reports, newest first; one that cannot be read says nothing.
    ///
    /// `confirmed` is when a person last said that a shorter listing is right.
    pub(crate) fn read(runs: &[RunRecord], confirmed: Option<Timestamp>, now: Timestamp) -> Self {
        let mut past = Self {
            confirmed,
            ..Self::default()
        };
        for report in runs.iter().filter_map(report_of) {
            past.add(&report, now);
        }
        past
    }

    fn add(&mut self, report: &CrawlReport, now: Timestamp) {
        if now.duration_since(report.started_at) < SignedDuration::from_hours(24) {
            self.requests_today += report.counts.requests;
            self.bytes_today += report.counts.received_bytes;
        }
        if report.stopped.is_none() && self.ended.is_none() {
            self.ended = Some(report.started_at);
        }
        if self.is_measure(report) && self.documents_seen.is_none() {
            self.documents_seen = Some(report.counts.documents_seen);
        }
        for event in &report.events {
            match event {
                Event::Missed { url, .. } => {
                    let times = self.misses.entry(url.clone()).or_default();
                    times.push(report.started_at);
                }
                Event::Vanished { url, .. } => {
                    let newest = self
                        .vanished
                        .entry(url.clone())
                        .or_insert(report.started_at);
                    *newest = report.started_at.max(*newest);
                }
                Event::NoLongerLinked { url } => {
                    self.no_longer_linked.insert(url.clone());
                }
                _ => {}
            }
        }
    }

    /// A run that saw all documents is a measure for the next, unless they were too few and nobody confirmed them.
    fn is_measure(&self, report: &CrawlReport) -> bool {
        let shrunken = |event: &Event| matches!(event, Event::Shrunken { .. });
        if report.events.iter().any(shrunken) {
            return self.confirmed.is_some_and(|at| report.started_at <= at);
        }
        report.stopped.is_none() && !report.is_listing_incomplete
    }

    /// Tells whether a person confirmed what the site shows, and no run has come to its end since then.
    pub(crate) fn is_confirmed(&self) -> bool {
        self.confirmed
            .is_some_and(|at| self.ended.is_none_or(|ended| ended <= at))
    }

    /// Tells whether an address was missing already in the newest run that came to its end.
    pub(crate) fn knows_missing(&self, url: &Url) -> bool {
        let times = self.misses.get(url).map(Vec::as_slice).unwrap_or_default();
        self.ended.is_some_and(|ended| times.contains(&ended))
    }

    /// Returns how many bytes the runs of the last 24 hours received.
    pub(crate) fn bytes_today(&self) -> u64 {
        self.bytes_today
    }

    /// Returns how many requests the runs of the last 24 hours sent.
    pub(crate) fn requests_today(&self) -> u64 {
        self.requests_today
    }

    /// Tells whether it was reported already that nothing leads to an address any more.
    pub(crate) fn knows_unlinked(&self, url: &Url) -> bool {
        self.no_longer_linked.contains(url)
    }

    /// Returns the documents of the last complete run if this one has far fewer.
    pub(crate) fn shrunken_from(&self, documents_seen: u64) -> Option<u64> {
        let before = self.documents_seen?;
        let enough =
            before < LEAST_DOCUMENTS || documents_seen * 100 >= before * LEAST_SHARE_PERCENT;
        (!enough).then_some(before)
    }

    /// Returns since when an address is missed, if this miss at `now` makes it vanished.
    ///
    /// `held_at` is when content was last received: misses before that do not count.
    pub(crate) fn vanishes(
        &self,
        url: &Url,
        held_at: Timestamp,
        now: Timestamp,
    ) -> Option<Timestamp> {
        if self
            .vanished
            .get(url)
            .is_some_and(|reported| *reported > held_at)
        {
            return None;
        }
        let earlier = self.misses.get(url).map(Vec::as_slice).unwrap_or_default();
        let earlier = earlier.iter().filter(|time| **time > held_at);
        let since = earlier.clone().min()?;
        let misses = earlier.count() as u32 + 1;
        let is_long = now.duration_since(*since) >= TIME_TO_VANISH;
        (misses >= MISSES_TO_VANISH && is_long).then_some(*since)
    }

    /// Tells whether an address was missed after content was last received from it.
    pub(crate) fn was_missed(&self, url: &Url, held_at: Timestamp) -> bool {
        let times = self.misses.get(url).map(Vec::as_slice).unwrap_or_default();
        times.iter().any(|time| *time > held_at)
    }
}

/// Reads the report of a run; `None` if it cannot be read.
pub(crate) fn report_of(run: &RunRecord) -> Option<CrawlReport> {
    let report = serde_json::from_str(&run.report);
    if let Err(error) = &report {
        tracing::warn!(site.id = %run.site, started_at = %run.started_at, %error, "cannot read the report of a run");
    }
    report.ok()
}

#[cfg(test)]
mod tests {
    use laendersache_model::SiteId;

    use super::*;
    use crate::report::StopReason;

    fn day(number: i64) -> Timestamp {
        Timestamp::UNIX_EPOCH + SignedDuration::from_hours(24 * number)
    }

    fn url() -> Url {
        Url::parse("http://a.example/1.pdf").unwrap()
    }

    fn run(number: i64, change: impl FnOnce(&mut CrawlReport)) -> RunRecord {
        let mut report = CrawlReport::new(SiteId("a".into()), day(number));
        change(&mut report);
        RunRecord {
            site: report.site.clone(),
            started_at: report.started_at,
            report: serde_json::to_string(&report).unwrap(),
        }
    }

    fn missed(number: i64) -> RunRecord {
        run(number, |report| {
            report.push_event(Event::Missed {
                url: url(),
                status: 404,
            })
        })
    }

    fn check_vanishes(missed_on: &[i64], held_on: i64, today: i64, expected: Option<i64>) {
        let runs: Vec<_> = missed_on
            .iter()
            .rev()
            .map(|number| missed(*number))
            .collect();
        let past = PastRuns::read(&runs, None, day(today));
        let since = past.vanishes(&url(), day(held_on), day(today));
        assert_eq!(since, expected.map(day), "{missed_on:?} {held_on} {today}");
    }

    #[test]
    fn an_address_has_vanished_after_three_misses_over_a_week() {
        check_vanishes(&[], 0, 9, None);
        check_vanishes(&[1], 0, 9, None);
        check_vanishes(&[1, 2], 0, 7, None);
        check_vanishes(&[1, 2], 0, 8, Some(1));
        check_vanishes(&[1, 2, 3, 4, 5, 6], 0, 8, Some(1));
    }

    #[test]
    fn misses_before_the_last_content_do_not_count() {
        check_vanishes(&[1, 2, 10], 5, 12, None);
        check_vanishes(&[1, 2, 10, 11], 5, 17, Some(10));
    }

    #[test]
    fn what_has_vanished_is_reported_once_until_it_returns() {
        let vanished = run(8, |report| {
            report.push_event(Event::Vanished {
                url: url(),
                since: day(1),
            })
        });
        let runs = [
            missed(31),
            missed(30),
            missed(9),
            vanished,
            missed(2),
            missed(1),
        ];
        let past = PastRuns::read(&runs, None, day(40));
        assert_eq!(past.vanishes(&url(), day(0), day(40)), None);
        assert_eq!(past.vanishes(&url(), day(20), day(40)), Some(day(30)));
        assert!(past.was_missed(&url(), day(20)));
        assert!(!past.was_missed(&url(), day(35)));
    }

    #[test]
    fn a_fifth_less_than_in_the_last_complete_run_is_too_little() {
        let seen = |number, documents, stopped: Option<StopReason>| {
            run(number, |report| {
                report.counts.documents_seen = documents;
                report.stopped = stopped;
            })
        };
        let runs = [
            seen(3, 2, Some(StopReason::NoAnswers)),
            seen(2, 100, None),
            seen(1, 500, None),
        ];
        let past = PastRuns::read(&runs, None, day(4));
        assert_eq!(past.shrunken_from(80), None);
        assert_eq!(past.shrunken_from(79), Some(100));
        let few = PastRuns::read(&[seen(2, 4, None)], None, day(4));
        assert_eq!(few.shrunken_from(0), None);
        assert_eq!(PastRuns::default().shrunken_from(0), None);
    }

    #[test]
    fn a_shrunken_run_is_no_measure_for_the_next() {
        let shrunken = run(3, |report| {
            report.counts.documents_seen = 10;
            report.push_event(Event::Shrunken {
                before: 100,
                now: 10,
            });
        });
        let whole = run(2, |report| report.counts.documents_seen = 100);
        let past = PastRuns::read(&[shrunken, whole], None, day(4));
        assert_eq!(past.shrunken_from(10), Some(100));
    }

    #[test]
    fn only_the_requests_of_the_last_day_count() {
        let requests = |number| run(number, |report| report.counts.requests = 10);
        let unreadable = RunRecord {
            report: "{".into(),
            ..requests(3)
        };
        let past = PastRuns::read(
            &[requests(3), unreadable, requests(2), requests(1)],
            None,
            day(3),
        );
        assert_eq!(past.requests_today(), 10);
    }

    fn shrunken(number: i64) -> RunRecord {
        run(number, |report| {
            report.counts.documents_seen = 10;
            report.stopped = Some(StopReason::ListingShrunken);
            report.push_event(Event::Shrunken {
                before: 100,
                now: 10,
            });
        })
    }

    #[test]
    fn a_confirmed_listing_is_the_measure_from_then_on() {
        let whole = run(1, |report| report.counts.documents_seen = 100);
        let runs = [shrunken(3), shrunken(2), whole];
        for (confirmed, before, expected) in [
            (None, 10, Some(100)),
            (Some(day(1)), 10, Some(100)),
            (Some(day(3)), 10, None),
            (Some(day(3)), 7, Some(10)),
        ] {
            let past = PastRuns::read(&runs, confirmed, day(4));
            assert_eq!(past.shrunken_from(before), expected, "{confirmed:?}");
        }
    }

    #[test]
    fn a_confirmation_holds_until_a_run_comes_to_its_end() {
        let whole = |number| run(number, |_| ());
        let confirmed =
            |runs: &[RunRecord]| PastRuns::read(runs, Some(day(3)), day(9)).is_confirmed();
        assert!(confirmed(&[shrunken(2), whole(1)]));
        assert!(confirmed(&[shrunken(4), shrunken(2), whole(1)]));
        assert!(!confirmed(&[whole(5), shrunken(2), whole(1)]));
        assert!(!PastRuns::read(&[whole(1)], None, day(2)).is_confirmed());
    }

    #[test]
    fn what_a_whole_run_missed_is_known_to_be_missing() {
        let broken = run(3, |report| {
            report.stopped = Some(StopReason::TooManyMissed);
        });
        let past = PastRuns::read(&[broken, missed(2)], None, day(4));
        assert!(past.knows_missing(&url()));
        let past = PastRuns::read(&[run(3, |_| ()), missed(2)], None, day(4));
        assert!(!past.knows_missing(&url()), "it had returned");
    }

    #[test]
    fn a_run_that_could_not_read_a_listing_is_no_measure() {
        let incomplete = run(3, |report| report.is_listing_incomplete = true);
        let whole = run(2, |report| report.counts.documents_seen = 100);
        let past = PastRuns::read(&[incomplete, whole], None, day(4));
        assert_eq!(past.shrunken_from(10), Some(100));
    }
}
