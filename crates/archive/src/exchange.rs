//! What the crawler hands over: one request, the head of its answer, and the record of a whole run.

use std::net::IpAddr;

use jiff::Timestamp;
use laendersache_model::SiteId;
use url::Url;

/// One header field of HTTP; the value is kept as the bytes that were received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// The name as received.
    pub name: String,
    /// The value as received.
    pub value: Vec<u8>,
}

impl Header {
    /// Creates a header field.
    pub fn new(name: impl Into<String>, value: impl Into<Vec<u8>>) -> Self {
        Self {
            name: name.into(),
            value: value.into(),
        }
    }
}

/// The head of a request as it was sent.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RequestHead {
    /// The method, `GET` as a rule.
    pub method: String,
    /// The request target: path and query.
    pub target: String,
    /// The header fields in the order in which they were sent.
    pub headers: Vec<Header>,
}

/// The head of an answer as it was received.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ResponseHead {
    /// The HTTP status.
    pub status: u16,
    /// The words after the status; may be empty.
    pub reason: String,
    /// The header fields in the order in which they were received.
    pub headers: Vec<Header>,
}

impl ResponseHead {
    /// Returns the first value of a header field, read as UTF-8 or else as Latin-1.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<String> {
        self.headers
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name))
            .map(|header| text_of(&header.value))
    }
}

fn text_of(value: &[u8]) -> String {
    std::str::from_utf8(value).map_or_else(
        |_| value.iter().map(|&byte| char::from(byte)).collect(),
        str::to_owned,
    )
}

/// One request and the head of its answer; the payload is handed over beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// The site whose crawl asked.
    pub site: SiteId,
    /// The canonical address, under which the capture is found.
    pub url: Url,
    /// The address that was asked for.
    pub url_raw: String,
    /// When the answer began to arrive.
    pub fetched_at: Timestamp,
    /// The address of the server, if known.
    pub peer: Option<IpAddr>,
    /// What was sent.
    pub request: RequestHead,
    /// What came back.
    pub response: ResponseHead,
}

/// What one run of the crawler over one site reports, kept in the archive as evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunRecord {
    /// The site.
    pub site: SiteId,
    /// When the run began.
    pub started_at: Timestamp,
    /// The report as JSON; the archive does not read it.
    pub report: String,
}

/// Something that must be known of a site besides its answers: that a run began, that a person confirmed something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The site.
    pub site: SiteId,
    /// When it was made.
    pub made_at: Timestamp,
    /// What kind of note it is: one word without a colon, chosen by the one who writes it.
    pub kind: String,
    /// What it says; the archive does not read it.
    pub text: String,
}

/// A note and its place among the captures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteEntry {
    /// The sequence of the newest capture of any site before it; 0 if there was none.
    pub after: u64,
    /// The note.
    pub note: Note,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_is_found_whatever_its_case_and_encoding() {
        let head = ResponseHead {
            headers: vec![
                Header::new("ETag", "\"a\""),
                Header::new("X-Ort", b"G\xf6ttingen".to_vec()),
            ],
            ..ResponseHead::default()
        };
        assert_eq!(head.header("etag").as_deref(), Some("\"a\""));
        assert_eq!(head.header("x-ort").as_deref(), Some("Göttingen"));
        assert_eq!(head.header("x-none"), None);
    }
}
