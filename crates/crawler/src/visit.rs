//! One address: ask, and follow redirects by hand; what is done with the answer is in `content.rs`.

use std::sync::Arc;

use laendersache_model::Capture;
use url::Url;

use crate::{
    canonical::canonical,
    error::{Error, FetchError},
    fetcher::{Answer, Query},
    frontier::Step,
    gate,
    patterns::Role,
    report::{Event, StopReason},
    robots::Robots,
    run::Run,
};

/// Where a visit stands: redirects lead it on.
pub(crate) struct Visit {
    /// What led here.
    pub(crate) step: Step,
    /// The address that is asked for now.
    pub(crate) url: Url,
    /// Its canonical form, under which the answer is kept.
    pub(crate) canonical: Url,
    /// The newest capture of it with content.
    pub(crate) held: Option<Capture>,
}

impl Run<'_> {
    /// Asks for an address and for what it leads to by redirects.
    pub(crate) async fn visit(&mut self, step: Step) -> Result<(), Error> {
        self.report.counts.addresses += 1;
        let mut url = step.url.clone();
        for _ in 0..=self.crawler.fetcher.config().max_redirects {
            let Some(robots) = self.allowed(&url).await else {
                return Ok(());
            };
            let visit = self.prepare(&step, url).await?;
            let answer = match self.ask(&visit, &robots).await {
                Ok(answer) => answer,
                Err(error) => {
                    self.fail_visit(&visit, error);
                    return Ok(());
                }
            };
            self.answered();
            match redirect_target(&answer) {
                None => return self.conclude(visit, answer).await,
                Some(location) => match self.redirect(visit, answer, location).await? {
                    Some(next) => url = next,
                    None => return Ok(()),
                },
            }
        }
        let limit = self.crawler.fetcher.config().max_redirects;
        let error = FetchError::TooManyRedirects(limit);
        self.fail(&step.url, step.linked_from.as_ref(), error);
        Ok(())
    }

    async fn allowed(&mut self, url: &Url) -> Option<Arc<Robots>> {
        let fetcher = &self.crawler.fetcher;
        let robots = fetcher.robots(url, &self.site.hosts, &self.requests).await;
        if robots.allows(url) {
            return Some(robots);
        }
        self.report.counts.refused_by_robots += 1;
        if *robots == Robots::Unreachable {
            self.report.stopped = Some(StopReason::RobotsUnreachable);
        }
        None
    }

    async fn prepare(&self, step: &Step, url: Url) -> Result<Visit, Error> {
        let canonical = canonical(&url, &self.site.hosts);
        let key = canonical.clone();
        let held = self
            .with_archive(move |archive| archive.latest_held(&key))
            .await?;
        Ok(Visit {
            step: step.clone(),
            url,
            canonical,
            held,
        })
    }

    async fn ask(&self, visit: &Visit, robots: &Robots) -> Result<Answer, FetchError> {
        let held = visit.held.as_ref();
        let query = Query {
            url: &visit.url,
            crawl_delay: robots.crawl_delay(),
            etag: held.and_then(|capture| capture.etag.clone()),
            last_modified: held.and_then(|capture| capture.last_modified.clone()),
            requests: &self.requests,
        };
        self.crawler.fetcher.fetch(&query).await
    }

    /// Keeps a redirect and returns where to go on; `None` if that was met already or is forbidden.
    async fn redirect(
        &mut self,
        visit: Visit,
        answer: Answer,
        location: String,
    ) -> Result<Option<Url>, Error> {
        self.report.counts.redirects += 1;
        let from = visit.canonical.clone();
        let target = visit.url.join(&location);
        let capture = self.keep(&visit, answer).await?;
        let Ok(target) = target else {
            let error = FetchError::BadRedirect(location);
            self.fail_visit(&visit, error);
            return Ok(None);
        };
        if let Err(refusal) = gate::check(&target, &self.site.hosts) {
            let to = target.to_string();
            self.report.push_event(Event::LeftSite { url: from, to });
            let error = FetchError::Refused(refusal);
            self.fail_visit(&visit, error);
            return Ok(None);
        }
        let to = canonical(&target, &self.site.hosts);
        if to == from {
            // Another spelling of the same address, as from one name of the host to the other.
            return Ok(Some(target));
        }
        if let Some(held) = &visit.held {
            let to = to.clone();
            if self.leads_home(&from, &to) {
                self.miss(&from, held, capture.status);
            } else {
                self.report.push_event(Event::Moved { url: from, to });
            }
        }
        Ok(self.frontier.meet(&to).then_some(target))
    }

    /// A document that leads to the start page or a listing is gone, whatever the status says.
    fn leads_home(&self, from: &Url, to: &Url) -> bool {
        let is_document = self.patterns.role(from).is_some_and(Role::is_document);
        let is_seed = |seed| canonical(seed, &self.site.hosts) == *to;
        is_document && (to.path() == "/" || self.site.seeds.iter().any(is_seed))
    }

    /// Deals with an answer that is no redirect.
    async fn conclude(&mut self, visit: Visit, answer: Answer) -> Result<(), Error> {
        match (answer.response.status, &visit.held) {
            (200 | 203, _) => self.content(visit, answer).await,
            (304, Some(_)) => {
                self.report.counts.not_modified += 1;
                let capture = self.keep(&visit, answer).await?;
                self.report_return(&visit);
                let digest = capture.digest;
                let payload = self
                    .with_archive(move |archive| archive.get(&digest))
                    .await?;
                self.lead_on(&visit, &capture, payload).await
            }
            (404 | 410, _) => {
                self.report.counts.gone += 1;
                let capture = self.keep(&visit, answer).await?;
                self.nothing_there(&visit, capture.status);
                Ok(())
            }
            (status, _) => {
                let error = FetchError::Status(status);
                self.fail_visit(&visit, error);
                Ok(())
            }
        }
    }
}

/// Returns where an answer redirects to, as the server wrote it.
fn redirect_target(answer: &Answer) -> Option<String> {
    matches!(answer.response.status, 301 | 302 | 303 | 307 | 308)
        .then(|| answer.response.header("location"))
        .flatten()
}
