//! The state of one run and its course; what happens at one address is in `visit.rs`.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use jiff::Timestamp;
use laendersache_archive::{Archive, RunRecord};
use laendersache_model::Site;
use url::Url;

use crate::{
    canonical::canonical,
    clock::Clock,
    crawler::Crawler,
    error::{Error, FetchError},
    frontier::{Frontier, Step},
    gate,
    past_runs::PastRuns,
    patterns::{Patterns, Role},
    report::{CrawlReport, Event, StopReason, UrlError},
    visit::Visit,
};

/// How many earlier reports are looked at; with one run a night, more than a year.
const PAST_RUNS: usize = 400;
/// When more than this share of what is held is missed in one run, something is wrong with the site or with us.
const MAX_MISSED_PERCENT: u64 = 20;
const LEAST_MISSED: u64 = 5;

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
    failures_in_a_row: u32,
    every_page_was_read: bool,
    missed: u64,
    held: Vec<Url>,
    held_count: u64,
}

impl<'a> Run<'a> {
    /// Prepares a run: patterns, earlier reports, seeds.
    pub(crate) fn begin(
        crawler: &'a Crawler,
        site: &'a Site,
        archive: &'a Archive,
        now: Timestamp,
    ) -> Result<Self, Error> {
        let archive_error = |source| Error::Archive {
            site: site.id.to_string(),
            source,
        };
        let held = archive.held_urls(&site.id).map_err(archive_error)?;
        let runs = archive.runs(&site.id, PAST_RUNS).map_err(archive_error)?;
        let mut run = Self {
            crawler,
            site,
            archive,
            patterns: Patterns::new(site)?,
            clock: Clock::new(now),
            past: PastRuns::read(&runs, now),
            frontier: Frontier::default(),
            report: CrawlReport::new(site.id.clone(), now),
            requests: AtomicU64::new(0),
            failures_in_a_row: 0,
            every_page_was_read: true,
            missed: 0,
            held_count: held.len() as u64,
            held,
        };
        for seed in &site.seeds {
            run.queue(seed, 0, None);
        }
        Ok(run)
    }

    /// Asks for everything and reports.
    pub(crate) async fn complete(mut self) -> Result<CrawlReport, Error> {
        self.walk().await?;
        if self.report.stopped.is_none() {
            self.compare_with_last_run();
            self.queue_what_nothing_leads_to();
            self.walk().await?;
        }
        self.report.duration_ms = self.clock.passed_ms();
        let run = RunRecord {
            site: self.site.id.clone(),
            started_at: self.clock.began_at(),
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

    fn exhausted(&self) -> Option<StopReason> {
        let asked_today = self.past.requests_today() + self.requests.load(Ordering::Relaxed);
        if asked_today >= self.crawler.fetcher.config().daily_requests {
            return Some(StopReason::DailyBudget);
        }
        let is_full = self.report.counts.addresses >= u64::from(self.site.max_pages);
        is_full.then_some(StopReason::PageBudget)
    }

    /// Queues an address of the site that was not met before; seeds are walked through whatever the patterns say.
    pub(crate) fn queue(&mut self, url: &Url, depth: u32, linked_from: Option<&Arc<Url>>) {
        if let Err(refusal) = gate::check(url, &self.site.hosts) {
            match linked_from {
                Some(_) => self.report.counts.off_site_links += 1,
                None => self.fail(url, None, FetchError::Refused(refusal)),
            }
            return;
        }
        let canonical = canonical(url, &self.site.hosts);
        let role = self.role(&canonical, depth);
        let too_deep = depth > self.site.max_depth;
        if too_deep || role.is_none() || !self.frontier.meet(&canonical) {
            return;
        }
        if role.is_some_and(Role::is_document) {
            self.report.counts.documents_seen += 1;
        }
        self.frontier.push(Step {
            url: url.clone(),
            depth,
            linked_from: linked_from.cloned(),
        });
    }

    /// Returns what an address at a depth is to this run.
    pub(crate) fn role(&self, canonical: &Url, depth: u32) -> Option<Role> {
        let role = self.patterns.role(canonical);
        if depth > 0 {
            return role;
        }
        match role {
            Some(Role::Document | Role::PageAndDocument) => Some(Role::PageAndDocument),
            _ => Some(Role::Page),
        }
    }

    fn compare_with_last_run(&mut self) {
        let now = self.report.counts.documents_seen;
        if let Some(before) = self.past.shrunken_from(now) {
            self.report.push_event(Event::Shrunken { before, now });
        }
    }

    /// What is held is asked for even if no page leads to it, or nobody would notice that it is gone.
    fn queue_what_nothing_leads_to(&mut self) {
        for url in std::mem::take(&mut self.held) {
            let Some(role) = self.patterns.role(&url) else {
                continue;
            };
            if !self.frontier.meet(&url) {
                continue;
            }
            if self.every_page_was_read && role.is_document() && !self.past.knows_unlinked(&url) {
                self.report
                    .push_event(Event::NoLongerLinked { url: url.clone() });
            }
            self.frontier.push(Step {
                url,
                depth: self.site.max_depth,
                linked_from: None,
            });
        }
    }

    /// Reports an address without a usable answer, and stops the run if that says something about the host.
    pub(crate) fn fail(&mut self, url: &Url, linked_from: Option<&Arc<Url>>, error: FetchError) {
        let no_answer = matches!(
            error,
            FetchError::Connection(_) | FetchError::Timeout(_) | FetchError::TooSlow(_)
        );
        self.failures_in_a_row = if no_answer {
            self.failures_in_a_row + 1
        } else {
            0
        };
        if matches!(error, FetchError::ComeBackLater(_)) {
            self.report.stopped = Some(StopReason::AskedToComeBackLater);
        } else if self.failures_in_a_row >= self.crawler.fetcher.config().max_failures_in_a_row {
            self.report.stopped = Some(StopReason::NoAnswers);
        }
        // A page that could not be read leads nowhere; that says nothing about what it led to.
        let says_nothing = !matches!(error, FetchError::NothingThere(_) | FetchError::Refused(_));
        let role = self.patterns.role(&canonical(url, &self.site.hosts));
        if says_nothing && role.is_none_or(Role::leads_on) {
            self.every_page_was_read = false;
        }
        tracing::warn!(site.id = %self.site.id, %url, %error, "cannot fetch an address");
        self.report.push_error(UrlError {
            url: url.clone(),
            linked_from: linked_from.map(|page| Url::clone(page)),
            message: error.to_string(),
            error,
        });
    }

    /// Reports a visit without a usable answer.
    pub(crate) fn fail_visit(&mut self, visit: &Visit, error: FetchError) {
        self.fail(&visit.url, visit.step.linked_from.as_ref(), error);
    }

    /// Notes that the host answers.
    pub(crate) fn answered(&mut self) {
        self.failures_in_a_row = 0;
    }

    /// Notes that held content was missed; too many in one run are no farewell of documents but a broken site.
    pub(crate) fn missed_held_content(&mut self) {
        self.missed += 1;
        let too_many = self.missed * 100 > self.held_count * MAX_MISSED_PERCENT;
        if too_many && self.missed >= LEAST_MISSED {
            self.report.stopped = Some(StopReason::TooManyMissed);
        }
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
