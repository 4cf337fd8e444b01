//! The invented web sites, served on the loopback for the demonstration and the tests.
//!
//! Which file answers which address stands in the `.capture.json` beside it; conditional requests are honoured.

use std::{
    collections::{BTreeMap, BTreeSet},
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};

use anyhow::Context as _;
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Response, StatusCode, header},
};
use laendersache_model::{ConferenceFileError, Conferences};
use rust_embed::RustEmbed;
use serde::Deserialize;
use tokio::{net::TcpListener, task::JoinHandle};
use url::Url;

#[derive(RustEmbed)]
#[folder = "../../fixtures/"]
#[include = "intmk/*"]
#[include = "gmk/*"]
#[include = "conferences/*"]
struct Files;

/// The part of a `.capture.json` that the server needs.
#[derive(Debug, Clone, Deserialize)]
struct Served {
    url: Url,
    #[serde(default)]
    aliases: Vec<Url>,
    status: u16,
    content_type: String,
    last_modified: Option<String>,
    etag: Option<String>,
}

/// One answer that the sites gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAnswer {
    /// The address that was asked for.
    pub url: String,
    /// The status of the answer.
    pub status: u16,
}

/// Address → name of the file and how it is served.
type Routes = BTreeMap<String, (String, Served)>;

#[derive(Debug)]
struct Shared {
    routes: Routes,
    answers: Mutex<Vec<GivenAnswer>>,
}

/// The running server of the invented sites; it ends when this is dropped.
#[derive(Debug)]
pub struct FixtureSites {
    address: SocketAddr,
    shared: Arc<Shared>,
    server: JoinHandle<()>,
}

impl FixtureSites {
    /// Serves the sites on a free port of the loopback.
    ///
    /// # Errors
    /// If no port is free or a fixture is damaged.
    pub async fn start() -> anyhow::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .context("cannot serve the fixture sites")?;
        let address = listener.local_addr()?;
        let shared = Arc::new(Shared {
            routes: routes()?,
            answers: Mutex::default(),
        });
        let app = Router::new()
            .fallback(answer)
            .with_state(Arc::clone(&shared));
        let server = tokio::spawn(async move {
            if let Err(error) = axum::serve(listener, app).await {
                tracing::error!("the fixture sites ended: {error}");
            }
        });
        Ok(Self {
            address,
            shared,
            server,
        })
    }

    /// Returns every invented host with the address at which it is reached.
    #[must_use]
    pub fn hosts(&self) -> BTreeMap<String, SocketAddr> {
        let hosts: BTreeSet<String> = self
            .shared
            .routes
            .keys()
            .filter_map(|address| Some(Url::parse(address).ok()?.host_str()?.to_owned()))
            .collect();
        hosts.into_iter().map(|host| (host, self.address)).collect()
    }

    /// Adds the invented sites to the conferences, in place of the real ones.
    ///
    /// # Errors
    /// If a conference file of the fixtures is not valid.
    pub fn override_conferences(conferences: &mut Conferences) -> Result<(), ConferenceFileError> {
        for name in Files::iter().filter(|name| name.starts_with("conferences/")) {
            if let Some(file) = Files::get(&name) {
                conferences.add_file(&name, &String::from_utf8_lossy(&file.data))?;
            }
        }
        Ok(())
    }

    /// Returns the answers given since the last call.
    #[must_use]
    pub fn take_answers(&self) -> Vec<GivenAnswer> {
        std::mem::take(
            &mut *self
                .shared
                .answers
                .lock()
                .unwrap_or_else(PoisonError::into_inner),
        )
    }
}

impl Drop for FixtureSites {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn routes() -> anyhow::Result<Routes> {
    let mut routes = Routes::new();
    for name in Files::iter() {
        let Some(stem) = name.strip_suffix(".capture.json") else {
            continue;
        };
        let description =
            Files::get(&name).with_context(|| format!("fixture `{name}` cannot be read"))?;
        let served: Served = serde_json::from_slice(&description.data)
            .with_context(|| format!("fixture `{name}` is damaged"))?;
        let file = ["html", "pdf", "txt"]
            .into_iter()
            .map(|ending| format!("{stem}.{ending}"))
            .find(|file| Files::get(file).is_some())
            .with_context(|| format!("fixture `{name}` has no file beside it"))?;
        for url in served.aliases.iter().chain([&served.url]) {
            routes.insert(url.to_string(), (file.clone(), served.clone()));
        }
    }
    Ok(routes)
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    let host = request
        .headers()
        .get(header::HOST)
        .and_then(|host| host.to_str().ok())
        .unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default();
    let target = request
        .uri()
        .path_and_query()
        .map_or("/", |target| target.as_str());
    let url = format!("http://{host}{target}");
    let response = response(&shared.routes, &url, request.headers());
    let given = GivenAnswer {
        url,
        status: response.status().as_u16(),
    };
    shared
        .answers
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .push(given);
    response
}

fn response(routes: &Routes, url: &str, request: &HeaderMap) -> Response<Body> {
    let Some((file, served)) = routes.get(url) else {
        return plain(StatusCode::NOT_FOUND, "Seite nicht gefunden");
    };
    let mut builder = Response::builder().header(header::CONTENT_TYPE, &served.content_type);
    for (name, value) in [
        (header::ETAG, &served.etag),
        (header::LAST_MODIFIED, &served.last_modified),
    ] {
        if let Some(value) = value {
            builder = builder.header(name, value);
        }
    }
    let body = if is_unmodified(served, request) {
        builder = builder.status(StatusCode::NOT_MODIFIED);
        Body::empty()
    } else {
        builder = builder.status(served.status);
        Files::get(file).map_or_else(Body::empty, |file| Body::from(file.data.into_owned()))
    };
    builder
        .body(body)
        .unwrap_or_else(|_| plain(StatusCode::INTERNAL_SERVER_ERROR, "damaged fixture"))
}

/// `If-None-Match` decides; only without it the date does.
fn is_unmodified(served: &Served, request: &HeaderMap) -> bool {
    let sent = |name| request.get(name).and_then(|value| value.to_str().ok());
    match sent(header::IF_NONE_MATCH) {
        Some(etag) => served.etag.as_deref() == Some(etag),
        None => sent(header::IF_MODIFIED_SINCE)
            .is_some_and(|date| served.last_modified.as_deref() == Some(date)),
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response<Body> {
    let mut response = Response::new(Body::from(text));
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    const NEWS: &str =
        "http://www.integrationsministerkonferenz.example/MedienPresse.html?newsID=296";

    fn status(url: &str, headers: &[(header::HeaderName, &str)]) -> u16 {
        let mut request = HeaderMap::new();
        for (name, value) in headers {
            request.insert(name, value.parse().expect("a header"));
        }
        response(&routes().expect("valid fixtures"), url, &request)
            .status()
            .as_u16()
    }

    #[test]
    fn every_described_address_is_served_and_no_other() {
        assert_eq!(status(NEWS, &[]), 200);
        assert_eq!(
            status(
                "http://www.integrationsministerkonferenz.example/nichts.html",
                &[]
            ),
            404
        );
        assert_eq!(
            status(
                "http://www.gmkonline.example/MedienPresse.html?newsID=296",
                &[]
            ),
            404
        );
    }

    #[test]
    fn conditional_requests_are_honoured() {
        let routes = routes().expect("valid fixtures");
        let etag = routes[NEWS].1.etag.clone().expect("the page has an ETag");
        let date = routes[NEWS]
            .1
            .last_modified
            .clone()
            .expect("the page has a date");
        assert_eq!(status(NEWS, &[(header::IF_NONE_MATCH, &etag)]), 304);
        assert_eq!(
            status(
                NEWS,
                &[
                    (header::IF_NONE_MATCH, "\"other\""),
                    (header::IF_MODIFIED_SINCE, &date)
                ]
            ),
            200
        );
        assert_eq!(status(NEWS, &[(header::IF_MODIFIED_SINCE, &date)]), 304);
    }

    #[test]
    fn no_real_site_is_left_to_be_crawled() {
        let mut conferences = Conferences::embedded();
        FixtureSites::override_conferences(&mut conferences).expect("valid");
        let sites = conferences.iter().flat_map(|conference| &conference.sites);
        let hosts = sites
            .filter(|site| site.enabled)
            .flat_map(|site| &site.hosts);
        for host in hosts {
            assert!(host.ends_with(".example"), "{host}");
        }
    }
}
