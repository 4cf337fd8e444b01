//! What is done with an answer: keep it, tell what it means, follow its links.

use std::sync::Arc;

use laendersache_archive::Exchange;
use laendersache_model::Capture;
use url::Url;

use crate::{
    canonical::canonical,
    error::{Error, FetchError},
    excuse::{Excuse, excuse},
    fetcher::Answer,
    link_finder::{FoundLinks, PageBytes},
    media::{self, Media},
    patterns::Role,
    report::{Event, StopReason},
    run::Run,
    visit::Visit,
};

impl Run<'_> {
    /// Keeps content, unless it is only an excuse, and follows its links.
    pub(crate) async fn content(&mut self, visit: Visit, mut answer: Answer) -> Result<(), Error> {
        let content_type = answer.response.header("content-type");
        let is_html = media::media(content_type.as_deref(), &answer.payload) == Media::Html;
        let mut found = None;
        if is_html {
            let payload = std::mem::take(&mut answer.payload);
            let (links, payload) = self.find_links(&visit.url, content_type, payload).await;
            answer.payload = payload;
            match links {
                Ok(links) => found = Some(links),
                Err(reason) => {
                    let error = FetchError::Unreadable(reason);
                    self.fail_visit(&visit, error);
                }
            }
        }
        if let Some(found) = &found
            && let Some(excuse) = excuse(found)
        {
            self.excused(&visit, excuse, &found.title);
            return Ok(());
        }
        let capture = self.keep(&visit, answer).await?;
        self.report_content(&visit, &capture, is_html);
        if let Some(found) = found {
            self.queue_links(&visit, &found);
        }
        Ok(())
    }

    /// An excuse is not kept, or it would pass for a new version of the content.
    fn excused(&mut self, visit: &Visit, excuse: Excuse, title: &str) {
        let (url, title) = (visit.canonical.clone(), title.to_owned());
        if excuse == Excuse::Parked {
            self.report.push_event(Event::Parked { url, title });
            self.report.stopped = Some(StopReason::Parked);
            return;
        }
        self.report.push_event(Event::SoftNotFound { url, title });
        self.nothing_there(visit, 200);
    }

    /// Something that is held is missed; a link that never led anywhere is an error.
    pub(crate) fn nothing_there(&mut self, visit: &Visit, status: u16) {
        match &visit.held {
            Some(held) => self.miss(&visit.canonical, held, status),
            None => {
                let error = FetchError::NothingThere(status);
                self.fail_visit(visit, error);
            }
        }
    }

    /// Reads the links of content that is held.
    pub(crate) async fn lead_on(
        &mut self,
        visit: &Visit,
        capture: &Capture,
        payload: Vec<u8>,
    ) -> Result<(), Error> {
        let content_type = capture.content_type.clone();
        let role = self.role(&visit.canonical, visit.step.depth);
        let is_html = media::media(content_type.as_deref(), &payload) == Media::Html;
        if !is_html || !role.is_some_and(Role::leads_on) {
            return Ok(());
        }
        match self.find_links(&visit.url, content_type, payload).await.0 {
            Ok(found) => self.queue_links(visit, &found),
            Err(reason) => {
                let error = FetchError::Unreadable(reason);
                self.fail_visit(visit, error);
            }
        }
        Ok(())
    }

    fn queue_links(&mut self, visit: &Visit, found: &FoundLinks) {
        // A redirect may lead to an address that no pattern names; it then has the role of the one that was linked.
        let role = self.role(&visit.canonical, visit.step.depth).or_else(|| {
            let linked = canonical(&visit.step.url, &self.site.hosts);
            self.role(&linked, visit.step.depth)
        });
        if !role.is_some_and(Role::leads_on) {
            return;
        }
        let page = Arc::new(visit.canonical.clone());
        for link in &found.links {
            self.queue(link, visit.step.depth + 1, Some(&page));
        }
    }

    /// Hands the bytes to the link finder on a thread that may wait for it, and takes them back.
    async fn find_links(
        &self,
        base: &Url,
        content_type: Option<String>,
        payload: Vec<u8>,
    ) -> (Result<FoundLinks, String>, Vec<u8>) {
        let finder = Arc::clone(&self.crawler.link_finder);
        let base = base.clone();
        let work = move || {
            let page = PageBytes {
                base: &base,
                content_type: content_type.as_deref(),
                bytes: &payload,
            };
            let found = finder.find_links(&page).map_err(|error| error.reason);
            (found, payload)
        };
        match tokio::task::spawn_blocking(work).await {
            Ok(result) => result,
            Err(panicked) => std::panic::resume_unwind(panicked.into_panic()),
        }
    }

    /// Puts an answer into the archive.
    pub(crate) async fn keep(&mut self, visit: &Visit, answer: Answer) -> Result<Capture, Error> {
        let exchange = Exchange {
            site: self.site.id.clone(),
            url: visit.canonical.clone(),
            url_raw: visit.url.to_string(),
            fetched_at: self.clock.at(answer.began.into_std()),
            peer: answer.peer,
            request: answer.request,
            response: answer.response,
        };
        let payload = answer.payload;
        self.report.counts.received_bytes += answer.received_bytes;
        self.report.counts.payload_bytes += payload.len() as u64;
        let capture = self
            .with_archive(move |archive| archive.append(&exchange, &payload))
            .await?;
        if capture.revisit {
            self.report.counts.revisits += 1;
        }
        Ok(capture)
    }

    fn report_content(&mut self, visit: &Visit, capture: &Capture, is_html: bool) {
        let url = visit.canonical.clone();
        let Some(held) = &visit.held else {
            self.report.counts.new += 1;
            let digest = capture.digest;
            self.report.push_event(Event::New { url, digest });
            return;
        };
        self.report_return(visit);
        if held.digest == capture.digest {
            self.report.counts.unchanged += 1;
            return;
        }
        self.report.counts.changed += 1;
        self.report.push_event(Event::Changed {
            url: url.clone(),
            before: held.digest,
            now: capture.digest,
        });
        let was_html = media::stated(held.content_type.as_deref()) == Media::Html;
        if was_html != is_html {
            self.report.push_event(Event::TypeChanged {
                url,
                before: held.content_type.clone().unwrap_or_default(),
                now: capture.content_type.clone().unwrap_or_default(),
            });
        }
    }

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
        let now = self.clock.began_at();
        if let Some(since) = self.past.vanishes(url, held.fetched_at, now) {
            let url = url.clone();
            self.report.push_event(Event::Vanished { url, since });
        }
        self.missed_held_content();
    }
}
