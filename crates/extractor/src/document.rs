//! `Capture → Document`: what a captured file says, page by page, without the frame around it.
//!
//! Web pages go through [`html`], PDF files through [`pdf`]; both end in the same blocks.
//! Nothing here does I/O or reads the clock.

mod html;
mod hyphens;
mod lexicon;
mod mending;
mod pdf;
mod quality;
mod text;
mod vocabulary;

use laendersache_model::{Capture, Document, DocumentKind, Page, Warning};

use crate::Error;

/// The largest web page that is read; the crawler keeps the same limit.
const HTML_LIMIT_BYTES: usize = 20 << 20;
/// The largest PDF file that is read; the crawler keeps the same limit.
const PDF_LIMIT_BYTES: usize = 50 << 20;
/// A PDF file may begin with this much of something else, as its readers allow.
const PDF_HEAD_BYTES: usize = 1024;

/// What one of the two readers found.
struct Read {
    kind: DocumentKind,
    title: Option<String>,
    pages: Vec<Page>,
    warnings: Vec<Warning>,
}

/// Reads the text of a captured file.
///
/// # Errors
/// The file as a whole cannot be read; damage to a part of it becomes a warning of the document.
pub fn document(capture: &Capture, bytes: &[u8]) -> Result<Document, Error> {
    let read = match kind(capture, bytes)? {
        DocumentKind::Pdf => {
            within_limit(capture, bytes, PDF_LIMIT_BYTES)?;
            pdf::read(&capture.url, bytes)?
        }
        DocumentKind::Html => {
            within_limit(capture, bytes, HTML_LIMIT_BYTES)?;
            html::read(capture, bytes)?
        }
    };
    let mut warnings = read.warnings;
    let quality = quality::judge(&read.pages, &mut warnings);
    Ok(Document {
        digest: capture.digest,
        url: capture.url.clone(),
        site: capture.site.clone(),
        fetched_at: capture.fetched_at,
        kind: read.kind,
        title: read.title,
        pages: read.pages,
        quality,
        warnings,
    })
}

/// The bytes decide before the header: servers name PDF files `text/html` and the other way round.
fn kind(capture: &Capture, bytes: &[u8]) -> Result<DocumentKind, Error> {
    let head = &bytes[..bytes.len().min(PDF_HEAD_BYTES)];
    if head.windows(5).any(|window| window == b"%PDF-") {
        return Ok(DocumentKind::Pdf);
    }
    let named = capture.content_type.as_deref().unwrap_or_default();
    let named = named.split(';').next().unwrap_or_default().trim();
    let named = named.to_ascii_lowercase();
    let lower = head.to_ascii_lowercase();
    let looks_like_html = [&b"<html"[..], b"<!doctype html", b"<body", b"<head"]
        .iter()
        .any(|tag| lower.windows(tag.len()).any(|window| window == *tag));
    if looks_like_html || matches!(named.as_str(), "text/html" | "application/xhtml+xml") {
        return Ok(DocumentKind::Html);
    }
    if named == "application/pdf" {
        return Err(Error::DamagedPdf {
            url: capture.url.clone(),
            what: "no PDF header".to_owned(),
        });
    }
    Err(Error::UnsupportedType {
        url: capture.url.clone(),
        content_type: named,
    })
}

fn within_limit(capture: &Capture, bytes: &[u8], limit: usize) -> Result<(), Error> {
    if bytes.len() <= limit {
        return Ok(());
    }
    Err(Error::TooLarge {
        url: capture.url.clone(),
        size_bytes: bytes.len() as u64,
        limit_bytes: limit as u64,
    })
}

#[cfg(test)]
mod tests;
