//! A small invented archive for tests: three meetings, real files on disk, built through the real crates.

mod texts;

use std::ops::ControlFlow;

use axum::{Router, body::Body};
use http::{Request, Response, StatusCode};
use jiff::Timestamp;
use laendersache_archive::{Archive, Exchange, Header, RequestHead, ResponseHead};
use laendersache_corpus::Corpus;
use laendersache_indexer::{BuildSettings, build_corpus};
use laendersache_model::{Capture, Conferences, Document, DocumentKind, SiteId};
use laendersache_searcher::Searcher;
use tempfile::TempDir;
use tower::ServiceExt;

pub use self::texts::HOSTILE;
use self::texts::{File, conferences, files};
use crate::{AppState, Parts, PoolSize, Retired, SiteConfig, app};

/// The archive with its files; they are removed when it is dropped.
pub struct Fixture {
    home: TempDir,
    pub app: Router,
    state: AppState,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub head: Response<()>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.head
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }
}

impl Fixture {
    pub fn new() -> Self {
        Self::with(SiteConfig::default())
    }

    pub fn with(site: SiteConfig) -> Self {
        let home = tempfile::tempdir().expect("a directory");
        let archive = Archive::open(&home.path().join("archive")).expect("an archive");
        let mut corpus = Corpus::open(&home.path().join("corpus.sqlite")).expect("a corpus");
        for file in files() {
            let capture = archive
                .append(&exchange(&file), file.bytes)
                .expect("appended");
            let (document, extraction) = (document(&file, &capture), file.extraction);
            corpus.apply(&document, &extraction).expect("applied");
        }
        archive.commit().expect("committed");
        let conferences = conferences();
        build(&corpus, &conferences, &home);
        let parts = Parts {
            searcher: Searcher::open_with(&home.path().join("index"), conferences.clone())
                .expect("an index"),
            corpus: home.path().join("corpus.sqlite"),
            archive: home.path().join("archive"),
            conferences,
            site,
            clock: || moment("2026-11-22T10:00:00Z"),
            last_crawl: Some(moment("2026-11-22T02:15:00Z")),
            pool: PoolSize::default(),
        };
        let state = AppState::new(parts).expect("a state");
        Self {
            app: app(state.clone()),
            state,
            home,
        }
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(
            Request::get(address)
                .body(Body::empty())
                .expect("a request"),
        )
        .await
    }

    pub async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.app.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX)
            .await
            .expect("a body");
        Answer {
            status: parts.status,
            head: Response::from_parts(parts, ()),
            body: String::from_utf8_lossy(&bytes).into_owned(),
        }
    }

    /// Returns the address of the file that carries a resolution.
    pub async fn file_of(&self, resolution: &str) -> String {
        let answer = self.get(&format!("/{resolution}.pdf")).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{}", answer.body);
        answer.header("location").to_owned()
    }

    /// Takes the corpus away under the running server.
    pub fn lose_corpus(&self) {
        std::fs::remove_file(self.home.path().join("corpus.sqlite")).expect("removed");
        self.state.corpus.close_idle();
    }
}

/// Returns the addresses of a page of every kind.
pub fn page_addresses() -> [&'static str; 20] {
    [
        "/",
        "/suche",
        "/suche?q=Integrationskurse",
        "/suche?q=Quarkspeise&jahr=2018",
        "/konferenzen",
        "/bestand",
        "/status",
        "/hilfe",
        "/ueber",
        "/impressum",
        "/datenschutz",
        "/barrierefreiheit",
        "/intmk",
        "/intmk/13",
        "/intmk/11",
        "/intmk/2020/umlauf",
        "/intmk/13/top/2.7",
        "/intmk/13/top/2.9b",
        "/intmk/2020/umlauf/4",
        "/gmk/98",
    ]
}

fn build(corpus: &Corpus, conferences: &Conferences, home: &TempDir) {
    let settings = BuildSettings {
        dir: &home.path().join("index"),
        corpus_revision: &corpus.revision().expect("a revision"),
        built_at: moment("2026-11-22T02:20:00Z"),
        threads: std::num::NonZeroUsize::new(1),
    };
    let mut go_on = |_| ControlFlow::Continue(());
    build_corpus(corpus, conferences, &settings, &mut go_on).expect("built");
}

fn moment(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

fn exchange(file: &File) -> Exchange {
    let url: url::Url = format!("https://quelle.example/{}", file.path)
        .parse()
        .expect("valid");
    Exchange {
        site: SiteId(file.site.to_owned()),
        url_raw: url.to_string(),
        url,
        fetched_at: moment("2026-11-20T02:00:00Z"),
        peer: None,
        request: RequestHead::default(),
        response: ResponseHead {
            status: 200,
            headers: vec![Header::new("Content-Type", "application/pdf")],
            ..ResponseHead::default()
        },
    }
}

fn document(file: &File, capture: &Capture) -> Document {
    let pdf = file.path.ends_with(".pdf");
    Document {
        digest: capture.digest,
        url: capture.url.clone(),
        site: capture.site.clone(),
        fetched_at: capture.fetched_at,
        kind: if pdf {
            DocumentKind::Pdf
        } else {
            DocumentKind::Html
        },
        title: None,
        pages: Vec::new(),
        quality: 1.0,
        warnings: Vec::new(),
    }
}

/// Returns a configuration with an address that moved and one that was taken back.
pub fn with_retired() -> SiteConfig {
    let retired = |path: &str, moved_to: Option<&str>| Retired {
        path: path.to_owned(),
        moved_to: moved_to.map(str::to_owned),
        reason: "Auf Wunsch des Landes zurückgenommen.".to_owned(),
    };
    SiteConfig {
        retired: vec![
            retired("/intmk/13/top/2.10", None),
            retired("/intmk/12/top/9", Some("/intmk/13/top/2.7")),
        ],
        ..SiteConfig::default()
    }
}
