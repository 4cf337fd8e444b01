//! What an answer, or none, means for the report: errors, counts and events.

use std::sync::Arc;

use laendersache_model::{Capture, Digest};
use url::Url;

use crate::{
    canonical::canonical,
    error::{Error, FetchError},
    media::{self, Media},
    patterns::Role,
    report::{Counts, Event, StopReason, UrlError},
    run::Run,
    visit::Visit,
};

/// When more than this share of what is held is missed in one run, something is wrong with the site or with us.
const MAX_MISSED_PERCENT: u64 = 20;
const LEAST_MISSED: u64 = 5;

/// What kind of content came, and the digest of its text if it is a page.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Received {
    pub(crate) media: Media,
    pub(crate) text: Option<Digest>,
}

/// How much a report tells.
pub(crate) struct Told {
    events: usize,
    errors: usize,
    counts: Counts,
    missed: u64,
    stopped: Option<StopReason>,
}

impl Run<'_> {
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
            self.report.is_listing_incomplete = true;
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

    /// Reports content that was received.
    pub(crate) async fn report_content(
        &mut self,
        visit: &Visit,
        capture: &Capture,
        received: Received,
    ) -> Result<(), Error> {
        let url = visit.canonical.clone();
        let Some(held) = &visit.held else {
            self.report.counts.new += 1;
            let digest = capture.digest;
            self.report.push_event(Event::New { url, digest });
            return Ok(());
        };
        self.report_return(visit);
        if held.digest == capture.digest {
            self.report.counts.unchanged += 1;
            return Ok(());
        }
        if self.is_same_text(visit, held, received).await? {
            self.report.counts.same_text += 1;
            return Ok(());
        }
        self.report.counts.changed += 1;
        self.report.push_event(Event::Changed {
            url: url.clone(),
            before: held.digest,
            now: capture.digest,
        });
        let was_html = media::stated(held.content_type.as_deref()) == Media::Html;
        if was_html != (received.media == Media::Html) {
            self.report.push_event(Event::TypeChanged {
                url,
                before: held.content_type.clone().unwrap_or_default(),
                now: capture.content_type.clone().unwrap_or_default(),
            });
        }
        Ok(())
    }

    /// Tells whether only what stands around the text of a page has become another.
    async fn is_same_text(
        &self,
        visit: &Visit,
        held: &Capture,
        received: Received,
    ) -> Result<bool, Error> {
        let Some(now) = received.text else {
            return Ok(false);
        };
        let digest = held.digest;
        let payload = self
            .with_archive(move |archive| archive.get(&digest))
            .await?;
        let content_type = held.content_type.clone();
        if media::media(content_type.as_deref(), &payload) != Media::Html {
            return Ok(false);
        }
        let (found, _) = self.find_links(&visit.url, content_type, payload).await;
        Ok(found.is_ok_and(|found| found.text_digest == Some(now)))
    }

    /// Reports that an address that was missed has content again.
    pub(crate) fn report_return(&mut self, visit: &Visit) {
        let Some(held) = &visit.held else {
            return;
        };
        if self.past.was_missed(&visit.canonical, held.fetched_at) {
            let url = visit.canonical.clone();
            self.report.push_event(Event::Returned { url });
        }
    }

    /// Reports that content that is held is missing at its source.
    pub(crate) fn miss(&mut self, url: &Url, held: &Capture, status: u16) {
        self.report.push_event(Event::Missed {
            url: url.clone(),
            status,
        });
        let now = self.report.started_at;
        if let Some(since) = self.past.vanishes(url, held.fetched_at, now) {
            let url = url.clone();
            self.report.push_event(Event::Vanished { url, since });
        }
        if !self.past.knows_missing(url) && !self.past.is_confirmed() {
            self.missed_held_content();
        }
    }

    /// Notes that held content was missed; too many in one run are no farewell of documents but a broken site.
    fn missed_held_content(&mut self) {
        self.missed += 1;
        let too_many = self.missed * 100 > self.held_count * MAX_MISSED_PERCENT;
        if too_many && self.missed >= LEAST_MISSED {
            self.report.stopped = Some(StopReason::TooManyMissed);
        }
    }

    /// Returns how much the report tells at this moment.
    pub(crate) fn told(&self) -> Told {
        Told {
            events: self.report.events.len(),
            errors: self.report.errors.len(),
            counts: self.report.counts,
            missed: self.missed,
            stopped: self.report.stopped.clone(),
        }
    }

    /// Takes back what was added to the report since then, but for what was seen of the site as a whole.
    pub(crate) fn tell_no_more_than(&mut self, told: Told) {
        self.report.events.truncate(told.events);
        self.report.errors.truncate(told.errors);
        let counts = self.report.counts;
        self.report.counts = Counts {
            documents_seen: counts.documents_seen,
            off_site_links: counts.off_site_links,
            taken_over: counts.taken_over,
            ..told.counts
        };
        self.missed = told.missed;
        self.report.stopped = told.stopped;
    }
}
