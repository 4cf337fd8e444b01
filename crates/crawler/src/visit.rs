//! One address: ask, and follow redirects by hand; what is done with the answer is in `content.rs`.

use std::sync::Arc;

use laendersache_archive::{Entry, RequestHead};
use laendersache_model::Capture;
use tokio::time::Instant;
use url::Url;

use crate::{
    canonical::canonical,
    earlier_run::EarlierAnswer,
    error::{Error, FetchError},
    fetcher::{Answer, Query},
    frontier::Step,
    gate,
    patterns::Role,
    report::{Event, StopReason},
    robots::Robots,
    run::{Line, Run},
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
    /// The capture of an answer that an earlier run received, with its number.
    pub(crate) earlier: Option<Entry>,
    /// True if a report told of the earlier answer.
    pub(crate) was_told: bool,
}

/// How many answers there were.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Tally {
    /// Answers, or none, of which no report has told.
    pub(crate) news: u64,
    /// Answers of earlier runs of which their reports told.
    pub(crate) told_before: u64,
}

impl Run<'_> {
    /// Asks for an address and for what it leads to by redirects.
    ///
    /// What an earlier run did not come to tell of is told now; what it told of is only followed.
    pub(crate) async fn visit(&mut self, step: Step) -> Result<(), Error> {
        let told = self.told();
        let before = self.tally;
        self.report.counts.addresses += 1;
        self.follow(step).await?;
        let has_news = self.tally.news > before.news;
        let is_old = self.tally.told_before > before.told_before || self.line == Line::Closed;
        if is_old && !has_news {
            self.tell_no_more_than(told);
        }
        Ok(())
    }

    async fn follow(&mut self, step: Step) -> Result<(), Error> {
        let mut url = step.url.clone();
        for _ in 0..=self.crawler.fetcher.config().max_redirects {
            let Some(robots) = self.allowed(&url).await? else {
                return Ok(());
            };
            let earlier = self.earlier.take(&url);
            let visit = self.prepare(&step, url, earlier).await?;
            let Some(answer) = self.answer(&visit, &robots).await else {
                return Ok(());
            };
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

    async fn allowed(&mut self, url: &Url) -> Result<Option<Arc<Robots>>, Error> {
        let robots = self.robots(url).await?;
        if robots.allows(url) {
            return Ok(Some(robots));
        }
        self.report.counts.refused_by_robots += 1;
        if *robots == Robots::Unreachable {
            self.report.stopped = Some(StopReason::RobotsUnreachable);
        }
        Ok(None)
    }

    /// Looks up what is held of an address: before the earlier answer, if there is one, as the earlier run saw it.
    pub(crate) async fn prepare(
        &self,
        step: &Step,
        url: Url,
        earlier: Option<EarlierAnswer>,
    ) -> Result<Visit, Error> {
        let canonical = canonical(&url, &self.site.hosts);
        let key = canonical.clone();
        let number = earlier.map(|answer| answer.number);
        let (held, earlier_entry) = self
            .with_archive(move |archive| match number {
                None => Ok((archive.latest_held(&key)?, None)),
                Some(number) => {
                    let entry = archive.captures_since(number - 1, 1)?.pop();
                    Ok((archive.latest_held_before(&key, number)?, entry))
                }
            })
            .await?;
        Ok(Visit {
            step: step.clone(),
            url,
            canonical,
            held,
            earlier: earlier_entry,
            was_told: earlier.is_some_and(|answer| answer.was_told),
        })
    }

    /// Takes the answer of an earlier run, or asks; `None` if there is none and it was reported.
    async fn answer(&mut self, visit: &Visit, robots: &Robots) -> Option<Answer> {
        if let Some(entry) = &visit.earlier
            && let Some(answer) = self.earlier_answer(entry).await
        {
            if visit.was_told {
                self.tally.told_before += 1;
            } else {
                self.tally.news += 1;
            }
            return Some(answer);
        }
        if self.line == Line::Closed {
            return None;
        }
        self.tally.news += 1;
        match self.ask(visit, robots).await {
            Ok(answer) => {
                self.answered();
                Some(answer)
            }
            Err(error) => {
                self.fail_visit(visit, error);
                None
            }
        }
    }

    /// Reads an answer of an earlier run from the archive; `None` if it cannot be read, so that it is asked for again.
    async fn earlier_answer(&self, entry: &Entry) -> Option<Answer> {
        let (number, capture) = (entry.sequence, entry.capture.clone());
        let read = self
            .with_archive(move |archive| {
                let response = archive.response_head(number)?;
                let has_content = matches!(response.status, 200 | 203);
                let payload = if has_content {
                    archive.get(&capture.digest)?
                } else {
                    Vec::new()
                };
                Ok((response, payload, capture))
            })
            .await;
        let (response, payload, capture) = read
            .inspect_err(|error| tracing::warn!(%error, "cannot read an earlier answer"))
            .ok()?;
        Some(Answer {
            began: Instant::now(),
            peer: None,
            request: RequestHead::default(),
            response,
            payload,
            received_bytes: 0,
            kept: Some(capture),
        })
    }

    /// Asks for an address, on the condition that it is not what is held.
    pub(crate) async fn ask(&self, visit: &Visit, robots: &Robots) -> Result<Answer, FetchError> {
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
