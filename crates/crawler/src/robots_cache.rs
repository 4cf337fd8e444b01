//! Asks hosts what they allow, keeps their answer in the archive like any other, and remembers it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use tokio::time::Instant;
use url::Url;

use crate::{
    config::PRODUCT_TOKEN,
    error::Error,
    fetcher::Answer,
    frontier::Step,
    gate,
    report::Event,
    robots::{Robots, Rules},
    run::{Line, Run},
    visit::Visit,
};

/// RFC 9309 lets a file be remembered for at most a day.
const ROBOTS_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);

/// What the hosts that were asked allow.
#[derive(Debug, Default)]
pub(crate) struct RobotsCache {
    origins: Mutex<HashMap<String, (Instant, Arc<Robots>)>>,
}

impl RobotsCache {
    fn get(&self, origin: &str) -> Option<Arc<Robots>> {
        let origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        let (asked, robots) = origins.get(origin)?;
        (asked.elapsed() < ROBOTS_LIFETIME).then(|| Arc::clone(robots))
    }

    fn put(&self, origin: String, robots: &Arc<Robots>) {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        origins.insert(origin, (Instant::now(), Arc::clone(robots)));
    }
}

impl Run<'_> {
    /// Returns what the host of an address allows, asking it if that is not known or too old.
    pub(crate) async fn robots(&mut self, url: &Url) -> Result<Arc<Robots>, Error> {
        if self.line == Line::Closed {
            return Ok(Arc::new(Robots::Absent));
        }
        let cache = self.crawler.fetcher.robots_cache();
        let origin = url.origin().ascii_serialization();
        if let Some(robots) = cache.get(&origin) {
            return Ok(robots);
        }
        let robots = Arc::new(self.ask_robots(url).await?);
        cache.put(origin, &robots);
        Ok(robots)
    }

    /// RFC 9309, 2.3.1: redirects are followed, 4xx allows everything, 5xx and silence forbid everything.
    async fn ask_robots(&mut self, url: &Url) -> Result<Robots, Error> {
        let Ok(mut target) = url.join("/robots.txt") else {
            return Ok(Robots::Unreachable);
        };
        for _ in 0..=self.crawler.fetcher.config().max_redirects {
            if gate::check(&target, &self.site.hosts).is_err() {
                // It leads somewhere we do not go, so for us there is no file.
                return Ok(Robots::Absent);
            }
            let visit = self.prepare_robots(target).await?;
            let Ok(answer) = self.ask(&visit, &Robots::Absent).await else {
                return Ok(Robots::Unreachable);
            };
            match (answer.response.status, &visit.held) {
                (200..=299, _) | (304, Some(_)) => return self.read_robots(&visit, answer).await,
                (300..=399, _) => {
                    let location = answer.response.header("location").unwrap_or_default();
                    let next = visit.url.join(&location);
                    self.append(&visit, answer).await?;
                    let Ok(next) = next else {
                        return Ok(Robots::Absent);
                    };
                    target = next;
                }
                (400..=499, _) => {
                    self.append(&visit, answer).await?;
                    return Ok(Robots::Absent);
                }
                _ => return Ok(Robots::Unreachable),
            }
        }
        Ok(Robots::Absent)
    }

    async fn prepare_robots(&mut self, url: Url) -> Result<Visit, Error> {
        let step = Step {
            url: url.clone(),
            depth: 0,
            linked_from: None,
        };
        self.prepare(&step, url, None).await
    }

    /// Keeps the file and reads its rules; an unmodified one is read from the archive.
    async fn read_robots(&mut self, visit: &Visit, answer: Answer) -> Result<Robots, Error> {
        let payload = match (answer.response.status, &visit.held) {
            (304, Some(held)) => {
                let digest = held.digest;
                self.with_archive(move |archive| archive.get(&digest))
                    .await?
            }
            _ => answer.payload.clone(),
        };
        let capture = self.append(visit, answer).await?;
        if let Some(held) = &visit.held
            && held.digest != capture.digest
        {
            self.report.push_event(Event::RobotsChanged {
                url: visit.canonical.clone(),
                before: held.digest,
                now: capture.digest,
            });
        }
        Ok(Robots::Rules(Rules::parse(&payload, PRODUCT_TOKEN)))
    }
}
