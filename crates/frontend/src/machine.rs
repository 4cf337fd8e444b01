//! What machines ask every site for: robots.txt, a sitemap, and whether it is alive and ready.

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use http::{StatusCode, header};

use crate::{language::Language, page_error::PageError, state::AppState};

/// A sitemap may hold so many addresses (sitemaps.org, seen 2026-11-22).
const MOST_ADDRESSES: usize = 50_000;

const PAGES: [&str; 7] = [
    "/",
    "/konferenzen",
    "/bestand",
    "/hilfe",
    "/ueber",
    "/impressum",
    "/datenschutz",
];

/// `/robots.txt`: everything may be read but the endless combinations of a search.
pub async fn robots(State(app): State<AppState>) -> Response {
    let sitemap = app.site.absolute("/sitemap.xml");
    let text = format!(
        "User-agent: *\nDisallow: /suche?\nDisallow: /api/\nAllow: /\n\nSitemap: {sitemap}\n"
    );
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], text).into_response()
}

/// `/sitemap.xml`: the permanent addresses.
pub async fn sitemap(State(app): State<AppState>) -> Result<Response, PageError> {
    let xml = app.work(Language::German, |context| {
        let conferences = context.app.conferences.iter().map(|conference| format!("/{}", conference.slug));
        let meetings = context.corpus.meetings(None)?;
        let meetings = meetings.iter().map(|meeting| format!("/{}", meeting.id));
        let works = context.corpus.ids()?;
        let works = works.iter().map(|id| format!("/{id}"));
        let paths = PAGES.map(str::to_owned).into_iter().chain(conferences).chain(meetings).chain(works);
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for path in paths.take(MOST_ADDRESSES) {
            let address = xml_escaped(&context.app.site.absolute(&path));
            xml.push_str(&format!("<url><loc>{address}</loc></url>\n"));
        }
        xml.push_str("</urlset>\n");
        Ok(xml)
    });
    Ok(([(header::CONTENT_TYPE, "application/xml")], xml.await?).into_response())
}

/// `/healthz`: the process answers.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// `/readyz`: index and corpus can be read, and no newer generation was refused.
pub async fn readyz(State(app): State<AppState>) -> Response {
    let damage = app.searcher.health().damage;
    let counts = app
        .work(Language::German, |context| Ok(context.corpus.counts()?))
        .await;
    match (damage.is_empty(), counts) {
        (true, Ok(_)) => "ready\n".into_response(),
        (false, _) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "a newer index generation is damaged\n",
        )
            .into_response(),
        (true, Err(error)) => error.into_response(),
    }
}

fn xml_escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
