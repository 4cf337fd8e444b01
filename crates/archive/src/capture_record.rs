//! `Exchange → WARC records` and back: `WARC record → Capture`.

use jiff::Timestamp;
use laendersache_model::{Capture, Digest, SiteId};
use url::Url;

use crate::{
    exchange::{Exchange, Note, ResponseHead, RunRecord},
    http_head,
    record::{self, RecordHead},
    warc_writer::Place,
};

/// The media type of the reports of runs.
pub(crate) const RUN_MEDIA_TYPE: &str = "application/json";
const RUN_URI_PREFIX: &str = "urn:laendersache:run:";
const NOTE_MEDIA_TYPE: &str = "text/plain; charset=utf-8";
const NOTE_URI_PREFIX: &str = "urn:laendersache:note:";

/// The record that holds a payload, for those that refer to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Original {
    pub(crate) place: Place,
    pub(crate) url_raw: String,
    pub(crate) fetched_at: Timestamp,
    pub(crate) size_bytes: u64,
}

/// Returns the capture of an exchange whose payload has this digest and size.
pub(crate) fn capture_of(exchange: &Exchange, digest: Digest, size_bytes: u64) -> Capture {
    Capture {
        site: exchange.site.clone(),
        url: exchange.url.clone(),
        url_raw: exchange.url_raw.clone(),
        fetched_at: exchange.fetched_at,
        status: exchange.response.status,
        content_type: exchange.response.header("content-type"),
        etag: exchange.response.header("etag"),
        last_modified: exchange.response.header("last-modified"),
        digest,
        size_bytes,
        revisit: false,
    }
}

/// Returns the capture that a `response` or `revisit` record holds; `None` for records of other kinds.
pub(crate) fn capture_of_record(
    head: &RecordHead,
    http: &ResponseHead,
    digest: Digest,
) -> Option<Capture> {
    let url_raw = head.get("WARC-Target-URI")?;
    let canonical = head.get(record::FIELD_CANONICAL).unwrap_or(url_raw);
    let exchange = Exchange {
        site: SiteId(head.get(record::FIELD_SITE).unwrap_or_default().to_owned()),
        url: Url::parse(canonical).ok()?,
        url_raw: url_raw.to_owned(),
        fetched_at: head.get("WARC-Date")?.parse().ok()?,
        peer: None,
        request: crate::RequestHead::default(),
        response: http.clone(),
    };
    let mut capture = capture_of(&exchange, digest, 0);
    capture.revisit = head.get("WARC-Type") == Some("revisit");
    Some(capture)
}

/// Completes the capture of an answer "not modified" with what was said when the payload came.
pub(crate) fn inherit(mut capture: Capture, previous: &Capture) -> Capture {
    capture.digest = previous.digest;
    capture.size_bytes = previous.size_bytes;
    capture.revisit = true;
    capture.content_type = capture
        .content_type
        .or_else(|| previous.content_type.clone());
    capture.etag = capture.etag.or_else(|| previous.etag.clone());
    capture.last_modified = capture
        .last_modified
        .or_else(|| previous.last_modified.clone());
    capture
}

/// Writes the answer with its payload.
pub(crate) fn response_record(exchange: &Exchange, place: &Place, payload: &[u8]) -> Vec<u8> {
    let id = record::record_id(&place.file, place.offset, "response");
    let head = with_exchange(RecordHead::new("response", &id), exchange)
        .with(
            "WARC-Payload-Digest",
            &record::labelled(&record::digest_of(payload)),
        )
        .with("Content-Type", "application/http;msgtype=response");
    let http = http_head::response_bytes(&exchange.response, payload.len());
    record::record_bytes(&head, &[&http, payload])
}

/// Writes the answer without its payload, which is held in another record.
pub(crate) fn revisit_record(
    exchange: &Exchange,
    place: &Place,
    digest: &Digest,
    original: &Original,
) -> Vec<u8> {
    let not_modified = exchange.response.status == 304;
    let (profile, payload_bytes) = if not_modified {
        (record::PROFILE_NOT_MODIFIED, 0)
    } else {
        (record::PROFILE_SAME_PAYLOAD, original.size_bytes as usize)
    };
    let original_id = record::record_id(&original.place.file, original.place.offset, "response");
    let id = record::record_id(&place.file, place.offset, "response");
    let head = with_exchange(RecordHead::new("revisit", &id), exchange)
        .with("WARC-Profile", profile)
        .with("WARC-Refers-To", &original_id)
        .with("WARC-Refers-To-Target-URI", &original.url_raw)
        .with("WARC-Refers-To-Date", &original.fetched_at.to_string())
        .with("WARC-Payload-Digest", &record::labelled(digest))
        .with("Content-Type", "application/http;msgtype=response");
    let http = http_head::response_bytes(&exchange.response, payload_bytes);
    record::record_bytes(&head, &[&http])
}

/// Writes the request that belongs to the answer at `place`.
pub(crate) fn request_record(exchange: &Exchange, place: &Place) -> Vec<u8> {
    let id = record::record_id(&place.file, place.offset, "request");
    let response_id = record::record_id(&place.file, place.offset, "response");
    let head = with_exchange(RecordHead::new("request", &id), exchange)
        .with("WARC-Concurrent-To", &response_id)
        .with("Content-Type", "application/http;msgtype=request");
    record::record_bytes(&head, &[&http_head::request_bytes(&exchange.request)])
}

fn with_exchange(head: RecordHead, exchange: &Exchange) -> RecordHead {
    let head = head
        .with("WARC-Date", &exchange.fetched_at.to_string())
        .with("WARC-Target-URI", &exchange.url_raw)
        .with(record::FIELD_SITE, &exchange.site.0)
        .with(record::FIELD_CANONICAL, exchange.url.as_str());
    match exchange.peer {
        Some(address) => head.with("WARC-IP-Address", &address.to_string()),
        None => head,
    }
}

/// Writes the report of a run.
pub(crate) fn run_record(run: &RunRecord, place: &Place) -> Vec<u8> {
    let id = record::record_id(&place.file, place.offset, "metadata");
    let head = RecordHead::new("metadata", &id)
        .with("WARC-Date", &run.started_at.to_string())
        .with("WARC-Target-URI", &format!("{RUN_URI_PREFIX}{}", run.site))
        .with(record::FIELD_SITE, &run.site.0)
        .with("Content-Type", RUN_MEDIA_TYPE);
    record::record_bytes(&head, &[run.report.as_bytes()])
}

/// Returns the run that a `metadata` record holds; `None` for other metadata.
pub(crate) fn run_of_record(head: &RecordHead, block: &[u8]) -> Option<RunRecord> {
    head.get("WARC-Target-URI")?.strip_prefix(RUN_URI_PREFIX)?;
    Some(RunRecord {
        site: SiteId(head.get(record::FIELD_SITE)?.to_owned()),
        started_at: head.get("WARC-Date")?.parse().ok()?,
        report: String::from_utf8(block.to_vec()).ok()?,
    })
}

/// Writes a note.
pub(crate) fn note_record(note: &Note, place: &Place) -> Vec<u8> {
    let id = record::record_id(&place.file, place.offset, "metadata");
    let uri = format!("{NOTE_URI_PREFIX}{}:{}", note.kind, note.site);
    let head = RecordHead::new("metadata", &id)
        .with("WARC-Date", &note.made_at.to_string())
        .with("WARC-Target-URI", &uri)
        .with(record::FIELD_SITE, &note.site.0)
        .with("Content-Type", NOTE_MEDIA_TYPE);
    record::record_bytes(&head, &[note.text.as_bytes()])
}

/// Returns the note that a `metadata` record holds; `None` for other metadata.
pub(crate) fn note_of_record(head: &RecordHead, block: &[u8]) -> Option<Note> {
    let uri = head.get("WARC-Target-URI")?;
    let (kind, _) = uri.strip_prefix(NOTE_URI_PREFIX)?.split_once(':')?;
    Some(Note {
        site: SiteId(head.get(record::FIELD_SITE)?.to_owned()),
        made_at: head.get("WARC-Date")?.parse().ok()?,
        kind: kind.to_owned(),
        text: String::from_utf8(block.to_vec()).ok()?,
    })
}
