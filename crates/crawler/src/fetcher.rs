//! Sends one request politely and brings back the answer: turns, pauses, repetitions, limits.

use std::{
    net::IpAddr,
    sync::atomic::{AtomicU64, Ordering},
    time::Duration,
};

use laendersache_archive::{RequestHead, ResponseHead};
use laendersache_model::Capture;
use reqwest::{Client, Request};
use tokio::time::{Instant, timeout};
use url::Url;

use crate::{
    address::PublicResolver,
    body::{self, reason_of},
    config::Config,
    error::{Error, FetchError},
    heads::{request_head, response_head, retry_after},
    pace::{Paces, retry_pause},
    robots_cache::RobotsCache,
};

/// What we can read, and that we would rather have it packed.
const ACCEPT: &str =
    "text/html,application/xhtml+xml,application/pdf,application/xml;q=0.9,*/*;q=0.8";
const ACCEPT_ENCODING: &str = "gzip";
const ACCEPT_LANGUAGE: &str = "de,en;q=0.5";

/// Sends requests; one for all sites, so that no host is asked twice at the same time.
#[derive(Debug)]
pub struct Fetcher {
    config: Config,
    client: Client,
    paces: Paces,
    robots: RobotsCache,
}

/// One address to be asked for.
#[derive(Debug, Clone)]
pub(crate) struct Query<'a> {
    pub(crate) url: &'a Url,
    /// The pause that the host itself asks for.
    pub(crate) crawl_delay: Duration,
    /// What is held, so that only something new needs to be sent.
    pub(crate) etag: Option<String>,
    pub(crate) last_modified: Option<String>,
    /// Counts every request that is sent.
    pub(crate) requests: &'a AtomicU64,
}

/// An answer with its payload.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) began: Instant,
    pub(crate) peer: Option<IpAddr>,
    pub(crate) request: RequestHead,
    pub(crate) response: ResponseHead,
    pub(crate) payload: Vec<u8>,
    pub(crate) received_bytes: u64,
    /// Its capture, if it was not asked for now but lies in the archive.
    pub(crate) kept: Option<Capture>,
}

impl Fetcher {
    /// Sets up the client.
    ///
    /// # Errors
    /// [`Error::Contact`] or [`Error::Client`].
    pub fn new(config: Config) -> Result<Self, Error> {
        let resolver = PublicResolver::new(config.host_overrides.clone());
        Self::with_resolver(config, resolver)
    }

    /// Sets up the client with somebody who knows the addresses of names.
    pub(crate) fn with_resolver(config: Config, resolver: PublicResolver) -> Result<Self, Error> {
        let user_agent =
            reqwest::header::HeaderValue::from_str(&config.user_agent()).map_err(|_| {
                Error::Contact {
                    contact: config.contact.clone(),
                }
            })?;
        let client = Client::builder()
            .user_agent(user_agent)
            .dns_resolver(resolver)
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .referer(false)
            .no_proxy()
            .no_gzip()
            .no_brotli()
            .no_deflate()
            .http1_only()
            .pool_max_idle_per_host(1)
            .connect_timeout(config.connect_timeout)
            .build()
            .map_err(|source| Error::Client { source })?;
        Ok(Self {
            config,
            client,
            paces: Paces::default(),
            robots: RobotsCache::default(),
        })
    }

    /// Returns how this fetcher behaves.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Returns what the hosts that were asked allow.
    pub(crate) fn robots_cache(&self) -> &RobotsCache {
        &self.robots
    }

    /// Asks for an address, and again if the server is busy or broken; waits for the host's turn each time.
    pub(crate) async fn fetch(&self, query: &Query<'_>) -> Result<Answer, FetchError> {
        let host = query.url.host_str().unwrap_or_default();
        let delay = self.config.delay.max(query.crawl_delay);
        let mut tries = 0;
        loop {
            tries += 1;
            let mut turn = self.paces.turn(host).await;
            let result = self.send(query).await;
            turn.pause(delay);
            let backoff = retry_pause(self.config.backoff, tries);
            match self.verdict(result, backoff) {
                Verdict::Done(result) => return result.map(|answer| *answer),
                Verdict::Again { pause, otherwise } => {
                    turn.pause(pause);
                    if tries >= self.config.max_tries {
                        return Err(otherwise);
                    }
                }
            }
        }
    }

    fn verdict(&self, result: Result<Answer, FetchError>, backoff: Duration) -> Verdict {
        let answer = match result {
            Ok(answer) => answer,
            Err(error @ (FetchError::Connection(_) | FetchError::Timeout(_))) => {
                return Verdict::Again {
                    pause: backoff,
                    otherwise: error,
                };
            }
            Err(error) => return Verdict::Done(Err(error)),
        };
        let status = answer.response.status;
        match status {
            429 | 503 => {
                let pause = retry_after(&answer.response).unwrap_or(backoff);
                let otherwise = FetchError::ComeBackLater(pause.as_secs());
                if pause > self.config.max_retry_after {
                    return Verdict::Done(Err(otherwise));
                }
                Verdict::Again { pause, otherwise }
            }
            500..=599 => Verdict::Again {
                pause: backoff,
                otherwise: FetchError::Status(status),
            },
            _ => Verdict::Done(Ok(Box::new(answer))),
        }
    }

    /// Sends one request, with the host's turn held.
    async fn send(&self, query: &Query<'_>) -> Result<Answer, FetchError> {
        query.requests.fetch_add(1, Ordering::Relaxed);
        let began = Instant::now();
        let request = self.request(query)?;
        let head = request_head(query.url, &request, &self.config);
        let response = timeout(self.config.total_timeout, self.client.execute(request))
            .await
            .map_err(|_| FetchError::Timeout(self.config.total_timeout.as_secs()))?
            .map_err(|error| FetchError::Connection(reason_of(&error)))?;
        let peer = response.remote_addr().map(|address| address.ip());
        let response_head = response_head(&response);
        let body = body::receive(response, &self.config, began).await?;
        Ok(Answer {
            began,
            peer,
            request: head,
            response: response_head,
            payload: body.payload,
            received_bytes: body.received_bytes,
            kept: None,
        })
    }

    fn request(&self, query: &Query<'_>) -> Result<Request, FetchError> {
        let mut builder = self
            .client
            .get(self.transport_url(query.url))
            .header("accept", ACCEPT)
            .header("accept-encoding", ACCEPT_ENCODING)
            .header("accept-language", ACCEPT_LANGUAGE);
        if let Some(etag) = &query.etag {
            builder = builder.header("if-none-match", etag);
        }
        if let Some(last_modified) = &query.last_modified {
            builder = builder.header("if-modified-since", last_modified);
        }
        builder
            .build()
            .map_err(|error| FetchError::Connection(error.to_string()))
    }

    /// A host with a fixed address is spoken to in plain HTTP, since a server on the loopback has no certificate.
    fn transport_url(&self, url: &Url) -> Url {
        let host = url.host_str().unwrap_or_default().trim_end_matches('.');
        let mut transport = url.clone();
        if self.config.host_overrides.contains_key(host) {
            let _ = transport.set_scheme("http");
            let _ = transport.set_port(None);
        }
        transport
    }
}

/// What follows from one try.
enum Verdict {
    Done(Result<Box<Answer>, FetchError>),
    Again {
        pause: Duration,
        otherwise: FetchError,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_that_breaks_the_header_is_refused() {
        let error = Fetcher::new(Config::new("a\r\nX: y")).unwrap_err();
        assert!(matches!(error, Error::Contact { .. }), "{error}");
    }

    #[test]
    fn only_overridden_hosts_are_spoken_to_in_plain_http() {
        let mut config = Config::new("test");
        let address = "127.0.0.1:8123".parse().unwrap();
        config
            .host_overrides
            .insert("www.intmk.example".into(), address);
        let fetcher = Fetcher::new(config).unwrap();
        for (url, expected) in [
            (
                "https://www.intmk.example/a?b",
                "http://www.intmk.example/a?b",
            ),
            (
                "https://www.intmk.example:443/a",
                "http://www.intmk.example/a",
            ),
            ("https://other.example/a", "https://other.example/a"),
        ] {
            assert_eq!(
                fetcher.transport_url(&Url::parse(url).unwrap()).as_str(),
                expected
            );
        }
    }
}
