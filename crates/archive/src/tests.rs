//! The archive from outside: what goes in comes out again, whatever happens in between.

mod recovery;

use std::{fs, path::Path};

use jiff::{SignedDuration, Timestamp};
use laendersache_model::{Capture, Digest, SiteId};
use url::Url;

use crate::{
    Archive, Config, Entry, Error, Exchange, Header, RequestHead, ResponseHead, RunRecord, record,
    warc_reader, warc_writer,
};

/// An answer of a made-up site, `minute` minutes after the first.
fn exchange(path: &str, status: u16, minute: i64) -> Exchange {
    let url = Url::parse(&format!("https://www.intmk.example/{path}")).unwrap();
    Exchange {
        site: SiteId("intmk-zentral".into()),
        url_raw: url.to_string().replace("www.", ""),
        fetched_at: "2026-11-22T03:00:00.123456789Z"
            .parse::<Timestamp>()
            .unwrap()
            + SignedDuration::from_mins(minute),
        peer: Some("192.0.2.7".parse().unwrap()),
        request: RequestHead {
            method: "GET".into(),
            target: format!("/{path}"),
            headers: vec![Header::new("Host", "intmk.example")],
        },
        response: ResponseHead {
            status,
            reason: "OK".into(),
            headers: vec![
                Header::new("Content-Type", "text/html; charset=utf-8"),
                Header::new("ETag", format!("\"{path}-{status}\"")),
                Header::new("Content-Encoding", "gzip"),
            ],
        },
        url,
    }
}

fn not_modified(path: &str, minute: i64) -> Exchange {
    let mut exchange = exchange(path, 304, minute);
    exchange.response.headers.clear();
    exchange
}

/// Four captures: content, the same content elsewhere, unmodified, changed; and the report of the run.
fn fill(archive: &Archive) -> Vec<Capture> {
    let captures = vec![
        archive
            .append(&exchange("a.html", 200, 0), b"Beschluss")
            .unwrap(),
        archive
            .append(&exchange("b.html", 200, 1), b"Beschluss")
            .unwrap(),
        archive.append(&not_modified("a.html", 2), b"").unwrap(),
        archive
            .append(&exchange("a.html", 200, 3), b"Neue Fassung")
            .unwrap(),
    ];
    archive.append_run(&run("{\"ok\":true}")).unwrap();
    captures
}

fn run(report: &str) -> RunRecord {
    RunRecord {
        site: SiteId("intmk-zentral".into()),
        started_at: exchange("", 200, 0).fetched_at,
        report: report.into(),
    }
}

fn all(archive: &Archive) -> Vec<Entry> {
    archive.captures_since(0, usize::MAX >> 1).unwrap()
}

fn only_file(dir: &Path) -> std::path::PathBuf {
    let files = warc_writer::warc_files(dir).unwrap();
    assert_eq!(files.len(), 1, "{files:?}");
    dir.join(&files[0])
}

#[test]
fn what_was_appended_is_found_by_address_order_and_digest() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    let captures = fill(&archive);
    let url = captures[0].url.clone();

    assert_eq!(archive.latest(&url).unwrap().as_ref(), Some(&captures[3]));
    let history: Vec<_> = archive.history(&url).unwrap();
    assert_eq!(
        history
            .iter()
            .map(|entry| entry.sequence)
            .collect::<Vec<_>>(),
        [1, 3, 4]
    );
    let entries = all(&archive);
    assert_eq!(
        entries
            .iter()
            .map(|entry| &entry.capture)
            .collect::<Vec<_>>(),
        captures.iter().collect::<Vec<_>>()
    );
    assert_eq!(archive.captures_since(2, 1).unwrap(), entries[2..3]);
    assert_eq!(archive.get(&captures[0].digest).unwrap(), b"Beschluss");
    assert_eq!(archive.get(&captures[3].digest).unwrap(), b"Neue Fassung");
    assert_eq!(
        archive.held_urls(&captures[0].site).unwrap(),
        [url, captures[1].url.clone()]
    );
    assert_eq!(
        archive.runs(&captures[0].site, 9).unwrap(),
        [run("{\"ok\":true}")]
    );
    assert!(archive.repairs().is_empty());
}

#[test]
fn a_payload_that_is_held_is_not_written_again() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    let captures = fill(&archive);
    let revisits: Vec<bool> = captures.iter().map(|capture| capture.revisit).collect();
    assert_eq!(revisits, [false, true, true, false]);
    assert_eq!(captures[1].digest, captures[0].digest);
    assert_eq!(captures[1].size_bytes, 9);
    let counts = archive.counts().unwrap();
    assert_eq!((counts.captures, counts.payloads, counts.runs), (4, 2, 1));
}

#[test]
fn an_unmodified_answer_takes_over_what_was_said_with_the_content() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    let capture = &fill(&archive)[2];
    assert_eq!(capture.status, 304);
    assert_eq!(capture.digest, record::digest_of(b"Beschluss"));
    assert_eq!(capture.size_bytes, 9);
    assert_eq!(capture.etag.as_deref(), Some("\"a.html-200\""));
    assert_eq!(
        capture.content_type.as_deref(),
        Some("text/html; charset=utf-8")
    );
}

#[test]
fn an_unmodified_answer_about_nothing_is_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    archive
        .append(&exchange("a.html", 404, 0), b"nicht da")
        .unwrap();
    let result = archive.append(&not_modified("a.html", 1), b"");
    assert!(
        matches!(result, Err(Error::NothingHeld { .. })),
        "{result:?}"
    );
    assert_eq!(all(&archive).len(), 1);
}

#[test]
fn a_missing_page_is_kept_but_is_no_content() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    let content = archive
        .append(&exchange("a.html", 200, 0), b"Beschluss")
        .unwrap();
    let gone = archive.append(&exchange("a.html", 410, 1), b"weg").unwrap();
    assert_eq!(archive.latest(&content.url).unwrap(), Some(gone));
    assert_eq!(archive.latest_held(&content.url).unwrap(), Some(content));
}

#[test]
fn empty_payloads_are_never_revisits_of_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    for path in ["a", "b"] {
        assert!(
            !archive
                .append(&exchange(path, 301, 0), b"")
                .unwrap()
                .revisit
        );
    }
}

#[test]
fn an_archive_opened_again_goes_on() {
    let dir = tempfile::tempdir().unwrap();
    let captures = fill(&Archive::open(dir.path()).unwrap());
    let archive = Archive::open(dir.path()).unwrap();
    assert!(archive.repairs().is_empty());
    let again = archive
        .append(&exchange("c.html", 200, 9), b"Beschluss")
        .unwrap();
    assert!(again.revisit);
    assert_eq!(all(&archive).len(), captures.len() + 1);
    only_file(dir.path());
    assert!(archive.verify().unwrap().is_sound());
}

#[test]
fn there_is_only_one_writer_but_many_readers() {
    let dir = tempfile::tempdir().unwrap();
    assert!(matches!(
        Archive::open_read_only(dir.path()),
        Err(Error::Catalog { .. })
    ));
    let archive = Archive::open(dir.path()).unwrap();
    assert!(matches!(
        Archive::open(dir.path()),
        Err(Error::LockHeld { .. })
    ));
    let reader = Archive::open_read_only(dir.path()).unwrap();
    let captures = fill(&archive);
    assert_eq!(all(&reader), all(&archive));
    assert_eq!(reader.get(&captures[3].digest).unwrap(), b"Neue Fassung");
    let result = reader.append(&exchange("x", 200, 0), b"x");
    assert!(matches!(result, Err(Error::ReadOnly { .. })), "{result:?}");
    drop(archive);
    drop(reader);
    let reader = Archive::open_read_only(dir.path()).unwrap();
    assert_eq!(all(&reader).len(), captures.len());
    drop(Archive::open(dir.path()).unwrap());
}

#[test]
fn readers_see_only_what_was_committed_and_the_writer_sees_everything() {
    let dir = tempfile::tempdir().unwrap();
    let config = Config {
        commit_every: 1_000,
        ..Config::default()
    };
    let archive = Archive::open_with(dir.path(), config).unwrap();
    let reader = Archive::open_read_only(dir.path()).unwrap();
    let capture = archive.append(&exchange("a", 200, 0), b"a").unwrap();
    assert_eq!(archive.latest(&capture.url).unwrap(), Some(capture.clone()));
    assert_eq!(reader.latest(&capture.url).unwrap(), None);
    archive.commit().unwrap();
    assert_eq!(reader.latest(&capture.url).unwrap(), Some(capture));
    archive.append(&exchange("b", 200, 1), b"b").unwrap();
    drop(archive);
    assert_eq!(all(&reader).len(), 2, "closing commits");
}

#[test]
fn an_unknown_digest_is_an_error_that_names_it() {
    let dir = tempfile::tempdir().unwrap();
    let archive = Archive::open(dir.path()).unwrap();
    let digest = Digest::from_bytes([7; 32]);
    assert_eq!(
        archive.get(&digest).unwrap_err().to_string(),
        format!("no payload with digest `{digest}` is held")
    );
}

#[test]
fn the_records_are_those_of_the_standard() {
    let dir = tempfile::tempdir().unwrap();
    fill(&Archive::open(dir.path()).unwrap());
    let file = only_file(dir.path());
    let mut reader = warc_reader::WarcReader::open(&file, 0).unwrap();
    let mut records = Vec::new();
    while let Some(warc_reader::Item::Record(record)) = reader.next().unwrap() {
        records.push(record);
    }
    let field = |number: usize, name| {
        records[number]
            .head
            .get(name)
            .unwrap_or_default()
            .to_owned()
    };
    let kinds: Vec<_> = (0..records.len())
        .map(|number| field(number, "WARC-Type"))
        .collect();
    assert_eq!(
        kinds,
        [
            "warcinfo", "response", "request", "revisit", "request", "revisit", "request",
            "response", "request", "metadata"
        ]
    );
    assert_eq!(field(1, "WARC-Target-URI"), "https://intmk.example/a.html");
    assert_eq!(field(1, "WARC-Date"), "2026-11-22T03:00:00.123456789Z");
    assert_eq!(field(1, "WARC-IP-Address"), "192.0.2.7");
    assert_eq!(field(2, "WARC-Concurrent-To"), field(1, "WARC-Record-ID"));
    for revisit in [3, 5] {
        assert_eq!(field(revisit, "WARC-Refers-To"), field(1, "WARC-Record-ID"));
        assert_eq!(field(revisit, "WARC-Refers-To-Date"), field(1, "WARC-Date"));
        assert_eq!(
            field(revisit, "WARC-Payload-Digest"),
            field(1, "WARC-Payload-Digest")
        );
    }
    assert_eq!(field(3, "WARC-Profile"), record::PROFILE_SAME_PAYLOAD);
    assert_eq!(field(5, "WARC-Profile"), record::PROFILE_NOT_MODIFIED);
    let answer = String::from_utf8(records[1].block.clone()).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(
        answer.ends_with(
            "X-Archive-Orig-Content-Encoding: gzip\r\nContent-Length: 9\r\n\r\nBeschluss"
        ),
        "{answer}"
    );
}
