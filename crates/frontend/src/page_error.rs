//! Why a page cannot be shown: a status, a sentence for the reader, and links that lead on.

use axum::response::{IntoResponse, Response};
use http::{HeaderValue, StatusCode, header};

use crate::workers::NotDone;

/// A link with its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads, without the prefix of a language.
    pub href: String,
    /// What it says.
    pub text: String,
}

impl Link {
    /// Builds a link.
    pub fn new(href: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            href: href.into(),
            text: text.into(),
        }
    }
}

/// The reason why a page is not shown.
#[derive(Debug)]
pub enum PageError {
    /// There is nothing at this address; the sentence says what was looked for.
    NotFound {
        /// For the reader.
        sentence: String,
        /// Where to go from here.
        links: Vec<Link>,
    },
    /// There was something, and it was taken back.
    Gone {
        /// Why, for the reader.
        reason: String,
    },
    /// The content has another, permanent address.
    Moved {
        /// That address.
        to: String,
    },
    /// Too many readers at the same time.
    Busy,
    /// Something failed that is not the reader's doing.
    Failed(Box<dyn std::error::Error + Send + Sync>),
}

/// What the layer that draws error pages finds in an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// For the reader.
    pub sentence: String,
    /// Where to go from here.
    pub links: Vec<Link>,
}

impl PageError {
    /// Builds a 404 with a sentence and no links but the general ones.
    pub fn not_found(sentence: impl Into<String>) -> Self {
        Self::NotFound {
            sentence: sentence.into(),
            links: Vec::new(),
        }
    }

    fn status(&self) -> StatusCode {
        match self {
            Self::NotFound { .. } => StatusCode::NOT_FOUND,
            Self::Gone { .. } => StatusCode::GONE,
            Self::Moved { .. } => StatusCode::MOVED_PERMANENTLY,
            Self::Busy => StatusCode::SERVICE_UNAVAILABLE,
            Self::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }
}

impl Notice {
    /// Returns what is said of a status that came without a notice of its own.
    #[must_use]
    pub fn of_status(status: StatusCode) -> Self {
        let sentence = match status {
            StatusCode::NOT_FOUND => "Unter dieser Adresse gibt es nichts.",
            StatusCode::METHOD_NOT_ALLOWED => "Diese Adresse kann nur gelesen werden.",
            StatusCode::REQUEST_TIMEOUT | StatusCode::GATEWAY_TIMEOUT => {
                "Die Antwort hat zu lange gedauert. Bitte versuchen Sie es noch einmal."
            }
            StatusCode::SERVICE_UNAVAILABLE => {
                "Gerade suchen sehr viele zugleich. Bitte versuchen Sie es in einigen Sekunden noch einmal."
            }
            status if status.is_client_error() => "Diese Anfrage konnte nicht verstanden werden.",
            _ => "Hier ist auf unserer Seite etwas schiefgegangen. Der Fehler wurde festgehalten.",
        };
        Self {
            sentence: sentence.to_owned(),
            links: Vec::new(),
        }
    }
}

impl IntoResponse for PageError {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = status.into_response();
        let notice = match self {
            Self::NotFound { sentence, links } => Notice { sentence, links },
            Self::Gone { reason } => Notice {
                sentence: reason,
                links: Vec::new(),
            },
            Self::Moved { to } => {
                // Addresses are percent-encoded before they come here; a damaged one leads to the start page.
                let location = HeaderValue::from_str(&to).unwrap_or(HeaderValue::from_static("/"));
                response.headers_mut().insert(header::LOCATION, location);
                return response;
            }
            Self::Busy => {
                let seconds = HeaderValue::from_static("5");
                response.headers_mut().insert(header::RETRY_AFTER, seconds);
                Notice::of_status(status)
            }
            Self::Failed(error) => {
                tracing::error!(error = %Chain(error.as_ref()), "cannot answer a request");
                Notice::of_status(status)
            }
        };
        response.extensions_mut().insert(notice);
        response
    }
}

impl From<NotDone> for PageError {
    fn from(reason: NotDone) -> Self {
        match reason {
            NotDone::Busy => Self::Busy,
            NotDone::Panicked => Self::Failed("a page panicked".into()),
        }
    }
}

macro_rules! failed_from {
    ($($error:ty),*) => {
        $(impl From<$error> for PageError {
            fn from(error: $error) -> Self {
                Self::Failed(error.into())
            }
        })*
    };
}

failed_from!(
    Box<dyn std::error::Error + Send + Sync>,
    laendersache_corpus::Error,
    laendersache_searcher::Error,
    laendersache_archive::Error,
    askama::Error,
    serde_json::Error
);

/// An error with its causes on one line.
struct Chain<'a>(&'a (dyn std::error::Error + 'static));

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}", self.0)?;
        let mut cause = self.0.source();
        while let Some(error) = cause {
            write!(formatter, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_error_has_its_status_and_what_leads_on() {
        for (error, status) in [
            (PageError::not_found("x"), 404),
            (PageError::Gone { reason: "x".into() }, 410),
            (PageError::Moved { to: "/a".into() }, 301),
            (PageError::Busy, 503),
            (PageError::Failed("x".into()), 500),
        ] {
            assert_eq!(error.into_response().status(), status);
        }
        let busy = PageError::Busy.into_response();
        assert_eq!(busy.headers()[header::RETRY_AFTER], "5");
        let moved = PageError::Moved {
            to: "/a b\n".into(),
        }
        .into_response();
        assert_eq!(moved.headers()[header::LOCATION], "/");
    }

    #[test]
    fn a_failure_tells_the_reader_nothing_of_its_cause() {
        let response = PageError::Failed("secret path".into()).into_response();
        let notice = response.extensions().get::<Notice>().expect("a notice");
        assert!(!notice.sentence.contains("secret"));
    }
}
