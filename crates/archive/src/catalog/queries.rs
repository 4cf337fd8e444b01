//! What the catalog is asked.

use jiff::Timestamp;
use laendersache_model::{Capture, Digest, SiteId};
use rusqlite::{OptionalExtension, Row, params};
use url::Url;

use super::Catalog;
use crate::{
    archive::{Counts, Entry},
    capture_record::Original,
    error::Error,
    exchange::{Note, NoteEntry, RunRecord},
    warc_writer::Place,
};

const CAPTURE_COLUMNS: &str = "sequence, site, url, url_raw, fetched_at, status, content_type, etag, \
                               last_modified, digest, size_bytes, revisit";

impl Catalog {
    /// Returns the newest capture of an address.
    pub(crate) fn latest(&self, url: &Url) -> Result<Option<Capture>, Error> {
        let sql = format!(
            "SELECT {CAPTURE_COLUMNS} FROM capture WHERE url = ?1 ORDER BY sequence DESC LIMIT 1"
        );
        self.one(&sql, url)
    }

    /// Returns the newest capture of an address that has content.
    pub(crate) fn latest_held(&self, url: &Url) -> Result<Option<Capture>, Error> {
        let sql = format!(
            "SELECT {CAPTURE_COLUMNS} FROM capture WHERE url = ?1 \
             AND (status BETWEEN 200 AND 299 OR status = 304) ORDER BY sequence DESC LIMIT 1"
        );
        self.one(&sql, url)
    }

    /// Returns the newest capture of an address that has content, among those before a place in the order.
    pub(crate) fn latest_held_before(
        &self,
        url: &Url,
        sequence: u64,
    ) -> Result<Option<Capture>, Error> {
        let sql = format!(
            "SELECT {CAPTURE_COLUMNS} FROM capture WHERE url = ?1 AND sequence < ?2 \
             AND (status BETWEEN 200 AND 299 OR status = 304) ORDER BY sequence DESC LIMIT 1"
        );
        let entry = self
            .connection
            .prepare_cached(&sql)?
            .query_row(params![url.as_str(), sequence as i64], entry_of)
            .optional()?;
        Ok(entry.map(|entry| entry.capture))
    }

    /// Returns where the record of a capture lies.
    pub(crate) fn place(&self, sequence: u64) -> Result<Option<Place>, Error> {
        let place = self
            .connection
            .prepare_cached(
                "SELECT file.name, capture.offset FROM capture JOIN file ON file.id = capture.file
                 WHERE capture.sequence = ?1",
            )?
            .query_row([sequence as i64], |row| {
                Ok(Place {
                    file: row.get(0)?,
                    offset: row.get::<_, i64>(1)? as u64,
                })
            })
            .optional()?;
        Ok(place)
    }

    fn one(&self, sql: &str, url: &Url) -> Result<Option<Capture>, Error> {
        let entry = self
            .connection
            .prepare_cached(sql)?
            .query_row([url.as_str()], entry_of)
            .optional()?;
        Ok(entry.map(|entry| entry.capture))
    }

    /// Returns all captures of an address, oldest first.
    pub(crate) fn history(&self, url: &Url) -> Result<Vec<Entry>, Error> {
        let sql = format!("SELECT {CAPTURE_COLUMNS} FROM capture WHERE url = ?1 ORDER BY sequence");
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map([url.as_str()], entry_of)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns at most `limit` captures after a place in the order of capture.
    pub(crate) fn captures_since(&self, sequence: u64, limit: usize) -> Result<Vec<Entry>, Error> {
        let sql = format!(
            "SELECT {CAPTURE_COLUMNS} FROM capture WHERE sequence > ?1 ORDER BY sequence LIMIT ?2"
        );
        let mut statement = self.connection.prepare_cached(&sql)?;
        let rows = statement.query_map(params![sequence as i64, limit as i64], entry_of)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the addresses of which a site's crawls hold content, in the order of their first capture.
    pub(crate) fn held_urls(&self, site: &SiteId) -> Result<Vec<Url>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT url FROM capture WHERE site = ?1 AND status BETWEEN 200 AND 299
             GROUP BY url ORDER BY min(sequence)",
        )?;
        let rows = statement.query_map([&site.0], |row| url_of(row, 0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the reports of a site's runs, newest first.
    pub(crate) fn runs(&self, site: &SiteId, limit: usize) -> Result<Vec<RunRecord>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT site, started_at, report FROM run WHERE site = ?1 ORDER BY id DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![site.0, limit as i64], |row| {
            Ok(RunRecord {
                site: SiteId(row.get(0)?),
                started_at: timestamp_of(row, 1)?,
                report: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns the notes on a site, newest first.
    pub(crate) fn notes(&self, site: &SiteId, limit: usize) -> Result<Vec<NoteEntry>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT site, made_at, kind, text, after FROM note WHERE site = ?1 ORDER BY id DESC LIMIT ?2",
        )?;
        let rows = statement.query_map(params![site.0, limit as i64], |row| {
            Ok(NoteEntry {
                after: row.get::<_, i64>(4)? as u64,
                note: Note {
                    site: SiteId(row.get(0)?),
                    made_at: timestamp_of(row, 1)?,
                    kind: row.get(2)?,
                    text: row.get(3)?,
                },
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns where a payload lies.
    pub(crate) fn original(&self, digest: &Digest) -> Result<Option<Original>, Error> {
        let original = self
            .connection
            .prepare_cached(
                "SELECT file.name, capture.offset, coalesce(capture.url_raw, capture.url), capture.fetched_at,
                        capture.size_bytes
                 FROM payload JOIN capture USING (sequence) JOIN file ON file.id = capture.file
                 WHERE payload.digest = ?1",
            )?
            .query_row([digest.as_bytes()], |row| {
                Ok(Original {
                    place: Place {
                        file: row.get(0)?,
                        offset: row.get::<_, i64>(1)? as u64,
                    },
                    url_raw: row.get(2)?,
                    fetched_at: timestamp_of(row, 3)?,
                    size_bytes: row.get::<_, i64>(4)? as u64,
                })
            })
            .optional()?;
        Ok(original)
    }

    /// Returns how much is held.
    pub(crate) fn counts(&self) -> Result<Counts, Error> {
        let counts = self.connection.query_row(
            "SELECT (SELECT count(*) FROM file), (SELECT count(*) FROM capture), (SELECT count(*) FROM payload),
                    (SELECT count(*) FROM run), (SELECT coalesce(sum(known_bytes), 0) FROM file)",
            [],
            |row| {
                Ok(Counts {
                    files: row.get::<_, i64>(0)? as u64,
                    captures: row.get::<_, i64>(1)? as u64,
                    payloads: row.get::<_, i64>(2)? as u64,
                    runs: row.get::<_, i64>(3)? as u64,
                    warc_bytes: row.get::<_, i64>(4)? as u64,
                })
            },
        )?;
        Ok(counts)
    }
}

fn entry_of(row: &Row<'_>) -> rusqlite::Result<Entry> {
    let url = url_of(row, 2)?;
    let url_raw: Option<String> = row.get(3)?;
    let digest: [u8; 32] = row.get(9)?;
    Ok(Entry {
        sequence: row.get::<_, i64>(0)? as u64,
        capture: Capture {
            site: SiteId(row.get(1)?),
            url_raw: url_raw.unwrap_or_else(|| url.as_str().to_owned()),
            url,
            fetched_at: timestamp_of(row, 4)?,
            status: row.get(5)?,
            content_type: row.get(6)?,
            etag: row.get(7)?,
            last_modified: row.get(8)?,
            digest: Digest::from_bytes(digest),
            size_bytes: row.get::<_, i64>(10)? as u64,
            revisit: row.get(11)?,
        },
    })
}

fn url_of(row: &Row<'_>, column: usize) -> rusqlite::Result<Url> {
    let text: String = row.get(column)?;
    Url::parse(&text).map_err(|error| unreadable(column, error))
}

fn timestamp_of(row: &Row<'_>, column: usize) -> rusqlite::Result<Timestamp> {
    let text: String = row.get(column)?;
    text.parse().map_err(|error| unreadable(column, error))
}

fn unreadable(
    column: usize,
    error: impl std::error::Error + Send + Sync + 'static,
) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(column, rusqlite::types::Type::Text, Box::new(error))
}
