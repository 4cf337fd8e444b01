//! The state of one run and its course; what happens at one address is in `visit.rs`.

use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;
use laendersache_archive::{Archive, RunRecord};
use laendersache_model::Site;
use url::Url;

use crate::{
    clock::Clock,
    confirmation::confirmed_at,
    crawler::Crawler,
    earlier_run::{EarlierRun, note_of_begin},
    error::Error,
    frontier::Frontier,
    night_window::NightWindow,
    past_runs::{PastRuns, report_of},
    patterns::Patterns,
    report::{CrawlReport, StopReason},
    visit::Tally,
};

/// How many earlier reports are looked at; with one run a night, more than a year.
const PAST_RUNS: usize = 400;

/// One run over one site.
pub(crate) struct Run<'a> {
    pub(crate) crawler: &'a Crawler,
    pub(crate) site: &'a Site,
    pub(crate) archive: &'a Archive,
    pub(crate) patterns: Patterns,
    pub(crate) clock: Clock,
    pub(crate) past: PastRuns,
    pub(crate) frontier: Frontier,
    pub(crate) report: CrawlReport,
    pub(crate) requests: AtomicU64,
    pub(crate) line: Line,
    pub(crate) earlier: EarlierRun,
    pub(crate) tally: Tally,
    pub(crate) failures_in_a_row: u32,
    pub(crate) missed: u64,
    pub(crate) held_count: u64,
    pub(crate) held: Vec<Url>,
}

/// Whether sites are asked at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Line {
    /// They are.
    Open,
    /// Only answers of an earlier run are taken, to report what it fetched before it was broken off.
    Closed,
}

impl<'a> Run<'a> {
    /// Prepares a run: patterns, earlier reports and answers, seeds.
    pub(crate) fn begin(
        crawler: &'a Crawler,
        site: &'a Site,
        archive: &'a Archive,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let patterns = Patterns::new(site)?;
        let known = Known::read(archive, site, now).map_err(|source| Error::Archive {
            site: site.id.to_string(),
            source,
        })?;
        let began_at = known.earlier.broken_off.unwrap_or(now);
        let mut report = CrawlReport::new(site.id.clone(), began_at);
        report.resumed_at = known.earlier.broken_off.map(|_| now);
        report.continues = known.earlier.unfinished;
        let mut run = Self {
            crawler,
            site,
            archive,
            patterns,
            clock: Clock::new(now),
            past: known.past,
            frontier: Frontier::default(),
            report,
            requests: AtomicU64::new(known.earlier.untold()),
            line: Line::Open,
            earlier: known.earlier,
            tally: Tally::default(),
            failures_in_a_row: 0,
            missed: 0,
            held_count: known.held.len() as u64,
            held: known.held,
        };
        for seed in &site.seeds {
            run.queue(seed, 0, None);
        }
        Ok(run)
    }

    /// Tells whether the answers of the run that was broken off are too old to go on from.
    pub(crate) fn is_too_late(&self) -> bool {
        let within = self.crawler.fetcher.config().resume_within;
        self.earlier.is_old(self.clock.now(), within)
    }

    /// Asks for everything and reports.
    pub(crate) async fn complete(mut self) -> Result<CrawlReport, Error> {
        self.report.stopped = self.exhausted();
        if self.report.stopped.is_some() {
            // Nothing was asked, so there is nothing to keep.
            return Ok(self.report);
        }
        if self.earlier.broken_off.is_none() {
            let note = note_of_begin(&self.site.id, self.report.started_at);
            self.with_archive(move |archive| archive.append_note(&note))
                .await?;
        }
        self.queue_sitemaps().await?;
        self.walk().await?;
        if self.report.stopped.is_none() {
            self.compare_with_last_run();
        }
        if self.report.stopped.is_none() {
            self.queue_what_nothing_leads_to();
            self.walk().await?;
        }
        self.end().await
    }

    /// Reports what a run had fetched that was broken off too long ago, without asking for anything.
    pub(crate) async fn close(mut self) -> Result<(), Error> {
        self.line = Line::Closed;
        self.report.is_listing_incomplete = true;
        self.walk().await?;
        self.queue_what_nothing_leads_to();
        self.walk().await?;
        self.report.stopped = Some(StopReason::BrokenOff);
        self.end().await.map(|_| ())
    }

    /// Puts the report into the archive, which is the end of the run.
    async fn end(mut self) -> Result<CrawlReport, Error> {
        self.report.counts.requests = self.requests.load(Ordering::Relaxed);
        self.report.duration_ms = self.clock.passed_ms();
        let run = RunRecord {
            site: self.site.id.clone(),
            started_at: self.report.started_at,
            report: serde_json::to_string(&self.report).expect("plain data is always written"),
        };
        self.with_archive(move |archive| archive.append_run(&run))
            .await?;
        Ok(self.report)
    }

    async fn walk(&mut self) -> Result<(), Error> {
        while self.report.stopped.is_none() {
            let Some(step) = self.frontier.pop() else {
                return Ok(());
            };
            if let Some(reason) = self.exhausted() {
                self.report.stopped = Some(reason);
                return Ok(());
            }
            self.visit(step).await?;
            self.report.counts.requests = self.requests.load(Ordering::Relaxed);
            let waiting = self.frontier.waiting();
            self.crawler
                .progress
                .address_done(&self.site.id, &self.report.counts, waiting);
        }
        Ok(())
    }

    /// Returns why no more may be asked for now.
    fn exhausted(&self) -> Option<StopReason> {
        if self.line == Line::Closed {
            return None;
        }
        let config = self.crawler.fetcher.config();
        let is_day = |night: &NightWindow| !night.contains(self.clock.now());
        if config.night.as_ref().is_some_and(is_day) {
            return Some(StopReason::NightOver);
        }
        let requests = self.past.requests_today() + self.requests.load(Ordering::Relaxed);
        let bytes = self.past.bytes_today() + self.report.counts.received_bytes;
        if requests >= config.daily_requests || bytes >= config.daily_bytes {
            return Some(StopReason::DailyBudget);
        }
        let is_full = self.report.counts.addresses >= u64::from(self.site.max_pages);
        is_full.then_some(StopReason::PageBudget)
    }

    /// Works with the archive on a thread that may wait for the disk.
    pub(crate) async fn with_archive<T: Send + 'static>(
        &self,
        work: impl FnOnce(Archive) -> Result<T, laendersache_archive::Error> + Send + 'static,
    ) -> Result<T, Error> {
        let archive = self.archive.clone();
        let result = match tokio::task::spawn_blocking(move || work(archive)).await {
            Ok(result) => result,
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        };
        result.map_err(|source| Error::Archive {
            site: self.site.id.to_string(),
            source,
        })
    }
}

/// What the archive knows of a site before a run.
struct Known {
    held: Vec<Url>,
    past: PastRuns,
    earlier: EarlierRun,
}

impl Known {
    fn read(
        archive: &Archive,
        site: &Site,
        now: Timestamp,
    ) -> Result<Self, laendersache_archive::Error> {
        let runs = archive.runs(&site.id, PAST_RUNS)?;
        let newest = runs.iter().find_map(report_of);
        let confirmed = confirmed_at(&archive.notes(&site.id, PAST_RUNS)?);
        Ok(Self {
            held: archive.held_urls(&site.id)?,
            past: PastRuns::read(&runs, confirmed, now),
            earlier: EarlierRun::read(archive, &site.id, newest.as_ref(), now)?,
        })
    }
}
