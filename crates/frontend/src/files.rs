//! `/datei/<sha256>.pdf`: an archived original, byte for byte.
//!
//! A PDF is shown in the browser, so that `#page=18` opens the right page; a web page is only ever handed out as
//! a text to be saved, because its markup and scripts must not run under the address of the archive.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Response},
};
use http::header;
use laendersache_model::Digest;

use crate::{context::Context, language::Language, page_error::PageError, state::AppState};

/// Nothing may be loaded, framed or run by a file; the viewers of browsers bring their own style.
///
/// There is no `sandbox` in it: with it Safari shows an empty window for some PDF files
/// (<https://github.com/adobe/aem-core-wcm-components/issues/2839>, seen 2026-11-22), and it guards against nothing
/// that is left: the content type is fixed, `nosniff` keeps it, the first bytes are checked, and viewers run the
/// scripts of a PDF without access to the site.
const FILE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; \
     form-action 'none'; frame-ancestors 'none'";

/// How far into a file the mark of a PDF may stand, as viewers accept it.
const PDF_MARK_WITHIN: usize = 1024;

/// Answers with an archived file.
pub async fn file(
    State(app): State<AppState>,
    Path(name): Path<String>,
) -> Result<Response, PageError> {
    app.work(Language::German, move |context| answer(context, &name))
        .await
}

fn answer(context: &Context, name: &str) -> Result<Response, PageError> {
    let unknown = || PageError::not_found("Eine Datei mit dieser Prüfsumme hält das Archiv nicht.");
    let (hash, ending) = name.split_once('.').ok_or_else(unknown)?;
    let digest: Digest = hash.parse().map_err(|_| unknown())?;
    // The archive also holds pages that were only read for their links; they are nobody's source.
    let document = context
        .corpus
        .documents()?
        .into_iter()
        .find(|document| document.digest == digest)
        .ok_or_else(unknown)?;
    let right_ending = if document.kind == "pdf" { "pdf" } else { "txt" };
    if ending != right_ending || hash != digest.to_string() {
        return Err(PageError::Moved {
            to: format!("/datei/{digest}.{right_ending}"),
        });
    }
    let bytes = context.app.archive.lend()?.get(&digest)?;
    Ok(response(&digest, bytes))
}

fn response(digest: &Digest, bytes: Vec<u8>) -> Response {
    let is_pdf = is_pdf(&bytes);
    let (content_type, disposition) = if is_pdf {
        (
            "application/pdf",
            format!("inline; filename=\"{}.pdf\"", digest.short()),
        )
    } else {
        (
            "text/plain",
            format!("attachment; filename=\"{}.txt\"", digest.short()),
        )
    };
    let headers = [
        (header::CONTENT_TYPE, content_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
        (header::CONTENT_SECURITY_POLICY, FILE_POLICY.to_owned()),
        (header::CACHE_CONTROL, "public, max-age=86400".to_owned()),
        (header::ETAG, format!("\"{digest}\"")),
    ];
    (headers, bytes).into_response()
}

fn is_pdf(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(PDF_MARK_WITHIN)];
    head.windows(5).any(|window| window == b"%PDF-") && !head.trim_ascii_start().starts_with(b"<")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], content_type: &str, disposition: &str) {
        let response = response(&Digest::from_bytes([7; 32]), bytes.to_vec());
        assert_eq!(response.headers()[header::CONTENT_TYPE], content_type);
        let found = response.headers()[header::CONTENT_DISPOSITION]
            .to_str()
            .expect("ASCII");
        assert!(found.starts_with(disposition), "{found}");
    }

    #[test]
    fn only_a_real_pdf_is_shown_in_the_browser() {
        check(b"%PDF-1.7\n", "application/pdf", "inline");
        check(
            b"<!doctype html><script>alert(1)</script>",
            "text/plain",
            "attachment",
        );
        check(b"<html>%PDF-1.7", "text/plain", "attachment");
        check(b" \n<html>%PDF-1.7", "text/plain", "attachment");
        check(b"", "text/plain", "attachment");
    }
}
