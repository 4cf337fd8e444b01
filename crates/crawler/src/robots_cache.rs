//! Asks hosts what they allow, and remembers it.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError, atomic::AtomicU64},
    time::Duration,
};

use tokio::time::Instant;
use url::Url;

use crate::{
    config::PRODUCT_TOKEN,
    fetcher::{Fetcher, Query},
    gate,
    robots::{Robots, Rules},
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

impl Fetcher {
    /// Returns what the host of an address allows, asking it if that is not known or too old.
    pub(crate) async fn robots(
        &self,
        url: &Url,
        hosts: &[String],
        requests: &AtomicU64,
    ) -> Arc<Robots> {
        let origin = url.origin().ascii_serialization();
        if let Some(robots) = self.robots_cache().get(&origin) {
            return robots;
        }
        let robots = Arc::new(self.ask_robots(url, hosts, requests).await);
        self.robots_cache().put(origin, &robots);
        robots
    }

    /// RFC 9309, 2.3.1: redirects are followed, 4xx allows everything, 5xx and silence forbid everything.
    async fn ask_robots(&self, url: &Url, hosts: &[String], requests: &AtomicU64) -> Robots {
        let Ok(mut target) = url.join("/robots.txt") else {
            return Robots::Unreachable;
        };
        for _ in 0..=self.config().max_redirects {
            if gate::check(&target, hosts).is_err() {
                // It leads somewhere we do not go, so for us there is no file.
                return Robots::Absent;
            }
            let query = Query {
                url: &target,
                crawl_delay: Duration::ZERO,
                etag: None,
                last_modified: None,
                requests,
            };
            let Ok(answer) = self.fetch(&query).await else {
                return Robots::Unreachable;
            };
            match answer.response.status {
                200..=299 => return Robots::Rules(Rules::parse(&answer.payload, PRODUCT_TOKEN)),
                300..=399 => {
                    let location = answer.response.header("location").unwrap_or_default();
                    let Ok(next) = target.join(&location) else {
                        return Robots::Absent;
                    };
                    target = next;
                }
                400..=499 => return Robots::Absent,
                _ => return Robots::Unreachable,
            }
        }
        Robots::Absent
    }
}
