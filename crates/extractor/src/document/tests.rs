//! What kind of file a capture is, and what is refused.

use jiff::Timestamp;
use laendersache_model::{Capture, Digest, DocumentKind, SiteId};

use super::{document, kind};
use crate::Error;

/// A capture of an invented address with the content type that the server named.
pub(super) fn capture(content_type: &str) -> Capture {
    Capture {
        site: SiteId("test".to_owned()),
        url: "https://example.org/seite".parse().expect("an address"),
        url_raw: "https://example.org/seite".to_owned(),
        fetched_at: Timestamp::UNIX_EPOCH,
        status: 200,
        content_type: Some(content_type.to_owned()),
        etag: None,
        last_modified: None,
        digest: Digest::from_bytes([0; 32]),
        size_bytes: 0,
        revisit: false,
    }
}

fn check(content_type: &str, bytes: &[u8], expected: Option<DocumentKind>) {
    assert_eq!(
        kind(&capture(content_type), bytes).ok(),
        expected,
        "{content_type}"
    );
}

#[test]
fn the_bytes_decide_before_the_header() {
    check("text/html", b"\n%PDF-1.4", Some(DocumentKind::Pdf));
    check(
        "application/pdf",
        b"<!DOCTYPE HTML><p>Fehler",
        Some(DocumentKind::Html),
    );
    check(
        "text/html; charset=utf-8",
        b"Beschluss",
        Some(DocumentKind::Html),
    );
    check("application/pdf", b"Beschluss", None);
    check("image/png", b"\x89PNG", None);
}

#[test]
fn files_beyond_the_limit_are_refused_by_name() {
    let bytes = vec![b' '; super::HTML_LIMIT_BYTES + 1];
    let error = document(&capture("text/html"), &bytes);
    assert!(matches!(error, Err(Error::TooLarge { .. })));
}
