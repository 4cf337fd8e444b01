//! Runs against a server on the loopback that keeps a log of what it was asked.

mod change;
mod confirmation;
mod formats;
mod guards;
mod move_of_the_chair;
mod night;
mod politeness;
mod redirects;
mod resumption;
mod text;
mod walk;

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    convert::Infallible,
    net::SocketAddr,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{ConnectInfo, State},
    http::{HeaderMap, Uri},
    response::Response,
};
use futures_util::FutureExt;
use jiff::{SignedDuration, Timestamp};
use laendersache_archive::{Archive, Config as ArchiveConfig, RunRecord};
use laendersache_model::{Site, SiteId, SiteRole};
use url::Url;

use crate::{
    Config, Counts, CrawlReport, Crawler, Event, Fetcher, InProcess, Progress, StopReason,
};

/// What the server says to one path.
#[derive(Debug, Clone)]
enum Reply {
    /// A status, headers and a body; an `etag` among the headers is honoured.
    Whole(u16, Vec<(&'static str, String)>, Vec<u8>),
    /// The first reply once, then the second.
    Then(Box<Reply>, Box<Reply>),
    /// The same chunk again and again, with a pause in between.
    Endless(Vec<u8>, Duration),
    /// Not even a head.
    Silence,
}

fn page(html: &str) -> Reply {
    let content_type = "text/html; charset=utf-8".to_owned();
    Reply::Whole(200, vec![("content-type", content_type)], html.into())
}

fn pdf(text: &str) -> Reply {
    let body = format!("%PDF-1.7\n{text}");
    let headers = vec![
        ("content-type", "application/pdf".to_owned()),
        ("etag", format!("\"{text}\"")),
    ];
    Reply::Whole(200, headers, body.into_bytes())
}

/// An answer with this `Content-Type`.
fn typed(content_type: &str, body: &[u8]) -> Reply {
    let headers = vec![("content-type", content_type.to_owned())];
    Reply::Whole(200, headers, body.to_vec())
}

/// A listing of so many documents.
async fn listing(documents: u32) -> World {
    let links: String = (1..=documents)
        .map(|number| format!("<a href={number}.pdf>"))
        .collect();
    let world = World::new(&[("/start.html", page(&links))]).await;
    for number in 1..=documents {
        world.set(
            &format!("/{number}.pdf"),
            pdf(&format!("Protokoll {number}")),
        );
    }
    world
}

fn status(status: u16) -> Reply {
    Reply::Whole(status, Vec::new(), b"nicht da".to_vec())
}

fn redirect(to: impl Into<String>) -> Reply {
    Reply::Whole(302, vec![("location", to.into())], Vec::new())
}

/// One request that the server received.
#[derive(Debug, Clone)]
struct Logged {
    path: String,
    at: Instant,
    peer: SocketAddr,
    host: String,
    user_agent: String,
}

#[derive(Debug, Default)]
struct Web {
    replies: Mutex<HashMap<String, Reply>>,
    log: Mutex<Vec<Logged>>,
}

/// A made-up site on the loopback with its archive.
struct World {
    web: Arc<Web>,
    address: SocketAddr,
    site: Site,
    config: Config,
    archive: Archive,
    now: Timestamp,
    _dir: tempfile::TempDir,
}

impl World {
    /// Starts a server with these pages.
    async fn new(replies: &[(&str, Reply)]) -> Self {
        let web = Arc::new(Web::default());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let app = Router::new().fallback(answer).with_state(Arc::clone(&web));
        let service = app.into_make_service_with_connect_info::<SocketAddr>();
        tokio::spawn(async move { axum::serve(listener, service).await });
        let dir = tempfile::tempdir().unwrap();
        let archive_config = ArchiveConfig {
            commit_every: 1_000,
            ..ArchiveConfig::default()
        };
        let site = site();
        let world = Self {
            config: config(&site, address),
            archive: Archive::open_with(dir.path(), archive_config).unwrap(),
            now: "2026-11-22T03:00:00Z".parse().unwrap(),
            web,
            address,
            site,
            _dir: dir,
        };
        for (path, reply) in replies {
            world.set(path, reply.clone());
        }
        world
    }

    fn set(&self, path: &str, reply: Reply) {
        self.web
            .replies
            .lock()
            .unwrap()
            .insert(path.to_owned(), reply);
    }

    fn remove(&self, path: &str) {
        self.web.replies.lock().unwrap().remove(path);
    }

    /// Crawls, and lets a day pass.
    async fn crawl(&mut self) -> CrawlReport {
        let fetcher = Fetcher::new(self.config.clone()).unwrap();
        let crawler = Crawler::new(fetcher, Arc::new(InProcess));
        self.crawl_with(&crawler).await
    }

    async fn crawl_with(&mut self, crawler: &Crawler) -> CrawlReport {
        self.web.log.lock().unwrap().clear();
        let report = crawler
            .crawl(&self.site, &self.archive, self.now)
            .await
            .unwrap();
        self.now += SignedDuration::from_hours(24);
        report
    }

    /// Crawls until so many addresses are done, as if the process were killed then; an hour later it may go on.
    async fn crawl_and_die_after(&mut self, addresses: u64) {
        struct Death(u64);
        impl Progress for Death {
            fn address_done(&self, _site: &SiteId, counts: &Counts, _waiting: usize) {
                if counts.addresses == self.0 {
                    std::panic::resume_unwind(Box::new("killed"));
                }
            }
        }
        self.web.log.lock().unwrap().clear();
        let fetcher = Fetcher::new(self.config.clone()).unwrap();
        let crawler =
            Crawler::new(fetcher, Arc::new(InProcess)).with_progress(Arc::new(Death(addresses)));
        let run = crawler.crawl(&self.site, &self.archive, self.now);
        let end = std::panic::AssertUnwindSafe(run).catch_unwind().await;
        assert!(end.is_err(), "it came to its end: {end:?}");
        self.now += SignedDuration::from_hours(1);
    }

    fn runs(&self) -> Vec<CrawlReport> {
        let runs = self.archive.runs(&self.site.id, 99).unwrap();
        let report = |run: RunRecord| serde_json::from_str(&run.report).unwrap();
        runs.into_iter().map(report).collect()
    }

    fn log(&self) -> Vec<Logged> {
        self.web.log.lock().unwrap().clone()
    }

    /// Returns what was asked for in the last run, without `robots.txt`.
    fn asked(&self) -> Vec<String> {
        let log = self.log().into_iter().map(|logged| logged.path);
        log.filter(|path| path != "/robots.txt").collect()
    }

    fn kept(&self, path: &str) -> Option<Vec<u8>> {
        let url = Url::parse(&format!("http://www.intmk.example{path}")).unwrap();
        let capture = self.archive.latest_held(&url).unwrap()?;
        Some(self.archive.get(&capture.digest).unwrap())
    }
}

fn site() -> Site {
    Site {
        id: SiteId("intmk-zentral".into()),
        role: SiteRole::Central,
        name: "Erfundene Konferenz".into(),
        hosts: vec!["www.intmk.example".into(), "intmk.example".into()],
        seeds: vec![Url::parse("http://www.intmk.example/start.html").unwrap()],
        follow: vec![r"\.html(\?.*)?$".into()],
        document: vec![r"\.pdf$".into()],
        max_depth: 3,
        max_pages: 100,
        enabled: true,
        remark: String::new(),
    }
}

fn config(site: &Site, address: SocketAddr) -> Config {
    Config {
        delay: Duration::ZERO,
        backoff: Duration::from_millis(2),
        total_timeout: Duration::from_secs(5),
        rate_grace: Duration::from_secs(2),
        page_limit_bytes: 2 << 20,
        file_limit_bytes: 3 << 20,
        host_overrides: site
            .hosts
            .iter()
            .map(|host| (host.clone(), address))
            .collect::<BTreeMap<_, _>>(),
        ..Config::new("https://example.org/bot")
    }
}

fn url(path: &str) -> Url {
    Url::parse(&format!("http://www.intmk.example{path}")).unwrap()
}

fn has(report: &CrawlReport, event: &Event) -> bool {
    report.events.contains(event)
}

fn peers(log: &[Logged]) -> HashSet<SocketAddr> {
    log.iter().map(|logged| logged.peer).collect()
}

async fn answer(
    State(web): State<Arc<Web>>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    uri: Uri,
    headers: HeaderMap,
) -> Response {
    let path = uri
        .path_and_query()
        .map_or("", |path| path.as_str())
        .to_owned();
    let header = |name: &str| {
        let value = headers.get(name).and_then(|value| value.to_str().ok());
        value.unwrap_or_default().to_owned()
    };
    let if_none_match = header("if-none-match");
    web.log.lock().unwrap().push(Logged {
        path: path.clone(),
        at: Instant::now(),
        peer,
        host: header("host"),
        user_agent: header("user-agent"),
    });
    let reply = {
        let mut replies = web.replies.lock().unwrap();
        match replies.get(&path).cloned() {
            Some(Reply::Then(first, second)) => {
                replies.insert(path, *second);
                *first
            }
            Some(reply) => reply,
            None => status(404),
        }
    };
    response(reply, &if_none_match).await
}

async fn response(reply: Reply, if_none_match: &str) -> Response {
    match reply {
        Reply::Whole(status, headers, body) => {
            let etag = headers
                .iter()
                .find(|(name, _)| *name == "etag")
                .map(|(_, value)| value.as_str());
            if status == 200 && etag == Some(if_none_match) {
                return Response::builder().status(304).body(Body::empty()).unwrap();
            }
            let mut builder = Response::builder().status(status);
            for (name, value) in headers {
                builder = builder.header(name, value);
            }
            builder.body(Body::from(body)).unwrap()
        }
        Reply::Endless(chunk, pause) => {
            let chunks = futures_util::stream::unfold((), move |()| {
                let chunk = Bytes::from(chunk.clone());
                async move {
                    tokio::time::sleep(pause).await;
                    Some((Ok::<_, Infallible>(chunk), ()))
                }
            });
            Response::new(Body::from_stream(chunks))
        }
        Reply::Silence => std::future::pending().await,
        Reply::Then(..) => unreachable!("unpacked before"),
    }
}
