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
    outcome::Received,
    patterns::Role,
    report::{Event, StopReason},
    run::Run,
    visit::Visit,
};

impl Run<'_> {
    /// Keeps content, unless it is only an excuse, and follows its links.
    pub(crate) async fn content(&mut self, visit: Visit, mut answer: Answer) -> Result<(), Error> {
        let content_type = answer.response.header("content-type");
        let media = media::media(content_type.as_deref(), &answer.payload);
        let mut found = None;
        if may_have_links(&visit.canonical, media, &answer.payload) {
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
        let text = match media {
            Media::Html => found.as_ref().and_then(|found| found.text_digest),
            _ => None,
        };
        self.report_content(&visit, &capture, Received { media, text })
            .await?;
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
        let media = media::media(content_type.as_deref(), &payload);
        let leads_on = role.is_some_and(Role::leads_on);
        if !leads_on || !may_have_links(&visit.canonical, media, &payload) {
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
        let in_sitemap = is_sitemap(&visit.canonical);
        for link in &found.links {
            // A sitemap may name further sitemaps, which no pattern of the site names.
            let is_next_sitemap = in_sitemap && is_sitemap(link);
            let depth = if is_next_sitemap {
                0
            } else {
                visit.step.depth + 1
            };
            self.queue(link, depth, Some(&page));
        }
    }

    /// Hands the bytes to the link finder on a thread that may wait for it, and takes them back.
    pub(crate) async fn find_links(
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

    /// Puts an answer into the archive, unless it comes from there.
    pub(crate) async fn keep(&mut self, visit: &Visit, answer: Answer) -> Result<Capture, Error> {
        let counts = &mut self.report.counts;
        let capture = match &answer.kept {
            Some(capture) => {
                counts.taken_over += 1;
                counts.payload_bytes += answer.payload.len() as u64;
                capture.clone()
            }
            None => self.append(visit, answer).await?,
        };
        if capture.revisit {
            self.report.counts.revisits += 1;
        }
        Ok(capture)
    }

    /// Appends an answer to the archive.
    pub(crate) async fn append(&mut self, visit: &Visit, answer: Answer) -> Result<Capture, Error> {
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
        self.with_archive(move |archive| archive.append(&exchange, &payload))
            .await
    }
}

/// A packed sitemap looks like any packed file; only its name says that it is one.
fn may_have_links(url: &Url, media: Media, payload: &[u8]) -> bool {
    media.has_links() || (is_sitemap(url) && media::is_packed(payload))
}

fn is_sitemap(url: &Url) -> bool {
    url.path().ends_with(".xml") || url.path().ends_with(".xml.gz")
}
