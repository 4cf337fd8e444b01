//! All addresses of the site on one screen.

use std::time::Duration;

use axum::{
    Extension, Router,
    extract::Request,
    middleware::{from_fn, from_fn_with_state},
    routing::get,
};
use http::StatusCode;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate},
    },
    limit::RequestBodyLimitLayer,
    timeout::TimeoutLayer,
};

use crate::{
    api, assets, error_page, files, headers, language::Language, machine, pages, state::AppState,
};

/// How long making an answer may take before the reader is told that it takes too long.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(20);

/// Returns the whole site.
pub fn app(state: AppState) -> Router {
    Router::new()
        .merge(pages_in(Language::German))
        .nest("/api", api_routes())
        .route("/datei/{name}", get(files::file))
        .route("/assets/{name}", get(assets::asset))
        .route("/robots.txt", get(machine::robots))
        .route("/sitemap.xml", get(machine::sitemap))
        .route("/healthz", get(machine::healthz))
        .route("/readyz", get(machine::readyz))
        .fallback(pages::not_found)
        .layer(Extension(Language::German))
        .layer(from_fn_with_state(state.clone(), error_page::retired))
        .layer(CatchPanicLayer::custom(error_page::panicked))
        .layer(TimeoutLayer::with_status_code(
            StatusCode::SERVICE_UNAVAILABLE,
            REQUEST_TIMEOUT,
        ))
        .layer(RequestBodyLimitLayer::new(16 * 1024))
        .layer(from_fn_with_state(state.clone(), error_page::draw))
        .layer(CompressionLayer::new().compress_when(
            DefaultPredicate::new().and(NotForContentType::const_new("application/pdf")),
        ))
        .layer(from_fn(headers::protect))
        .with_state(state)
}

/// Returns the pages for readers; a further language nests them under its prefix.
fn pages_in(language: Language) -> Router<AppState> {
    Router::new()
        .route("/", get(pages::start))
        .route("/suche", get(pages::search))
        .route("/konferenzen", get(pages::conferences))
        .route("/bestand", get(pages::holdings))
        .route("/status", get(pages::status))
        .route("/hilfe", get(pages::help))
        .route("/ueber", get(pages::about))
        .route("/impressum", get(pages::impressum))
        .route("/datenschutz", get(pages::privacy))
        .route("/barrierefreiheit", get(pages::accessibility))
        .route("/{conference}", get(pages::conference))
        .route("/{conference}/{number}", get(pages::meeting))
        .route("/{conference}/{number}/umlauf", get(pages::circulation))
        .route("/{conference}/{number}/top/{label}", get(pages::resolution))
        .route(
            "/{conference}/{number}/umlauf/{label}",
            get(pages::circulation_resolution),
        )
        .layer(Extension(language))
}

/// Returns the addresses for programs; no key is needed.
fn api_routes() -> Router<AppState> {
    Router::new()
        .route("/suche", get(api::search))
        .route("/vorschlaege", get(api::suggestions))
        .fallback(|_: Request| async {
            crate::page_error::PageError::not_found("Diese Schnittstelle gibt es nicht.")
        })
        .layer(from_fn(api::open_to_all))
}
