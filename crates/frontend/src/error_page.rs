//! Draws what cannot be shown: as a page for readers, as problem+json for programs.

use std::any::Any;

use askama::Template;
use axum::{
    Json,
    extract::{Request, State},
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::{
    language::Language,
    page_error::{Link, Notice, PageError},
    shell::Shell,
    state::AppState,
};

#[derive(Template)]
#[template(path = "error.html")]
struct ErrorPage {
    shell: Shell,
    status: u16,
    notice: Notice,
}

/// A problem as RFC 9457 describes it.
#[derive(Debug, Serialize)]
struct Problem {
    r#type: &'static str,
    title: &'static str,
    status: u16,
    detail: String,
    instance: String,
}

/// Gives every answer of 400 and above a body that says what happened and leads on.
pub async fn draw(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let response = next.run(request).await;
    let status = response.status();
    if status.as_u16() < 400 {
        return response;
    }
    let (mut parts, _) = response.into_parts();
    let notice = parts
        .extensions
        .remove::<Notice>()
        .unwrap_or_else(|| Notice::of_status(status));
    let drawn = if is_for_programs(&path) {
        problem(status, notice, path)
    } else {
        page(&app, status, notice)
    };
    let (drawn_parts, body) = drawn.into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.extend(drawn_parts.headers);
    Response::from_parts(parts, body)
}

/// Answers 301 or 410 for addresses that the operator moved or took back, in all their formats.
pub async fn retired(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let plain = crate::formats::without_suffix(path);
    let Some(retired) = app.site.retired(path).or_else(|| app.site.retired(plain)) else {
        return next.run(request).await;
    };
    match retired.moved_to.clone() {
        Some(to) => PageError::Moved { to },
        None => PageError::Gone {
            reason: if retired.reason.is_empty() {
                "Was unter dieser Adresse stand, wurde zurückgenommen.".to_owned()
            } else {
                retired.reason.clone()
            },
        },
    }
    .into_response()
}

/// Answers a panic like any other failure.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    PageError::Failed("a handler panicked".into()).into_response()
}

fn is_for_programs(path: &str) -> bool {
    path.starts_with("/api/") || path.ends_with(".json")
}

fn page(app: &AppState, status: StatusCode, mut notice: Notice) -> Response {
    notice.links.extend([
        Link::new("/suche", "Suche"),
        Link::new("/konferenzen", "Alle Konferenzen"),
        Link::new("/bestand", "Was das Archiv hält und was fehlt"),
    ]);
    let title = match status {
        StatusCode::NOT_FOUND => "Nicht gefunden",
        StatusCode::GONE => "Zurückgenommen",
        status if status.is_client_error() => "Das ging nicht",
        _ => "Vorübergehend gestört",
    };
    let drawn = ErrorPage {
        shell: Shell::new(app, Language::German, title).unlisted(),
        status: status.as_u16(),
        notice,
    };
    let html = drawn.render().unwrap_or_else(|_| title.to_owned());
    (status, Html(html)).into_response()
}

fn problem(status: StatusCode, notice: Notice, instance: String) -> Response {
    let problem = Problem {
        r#type: "about:blank",
        title: status.canonical_reason().unwrap_or("Error"),
        status: status.as_u16(),
        detail: notice.sentence,
        instance,
    };
    let mut response = (status, Json(problem)).into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/problem+json"),
    );
    response
}
