//! The SQLite catalog: which capture lies where. Everything in it follows from the WARC files.

mod queries;

use std::path::Path;

use laendersache_model::Capture;
use rusqlite::{Connection, OpenFlags, params};

use crate::{
    error::Error,
    exchange::{Note, RunRecord},
    warc_writer::Place,
};

/// Raised whenever the tables change; a catalog of another version is thrown away and made anew.
const VERSION: i64 = 2;
/// The version before there were notes; the files of its time hold none, so nothing must be read again.
const VERSION_WITHOUT_NOTES: i64 = 1;
const BUSY_TIMEOUT_MS: u64 = 10_000;

const TABLES: &str = "
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    known_bytes INTEGER NOT NULL
) STRICT;
CREATE TABLE capture (
    sequence INTEGER PRIMARY KEY,
    file INTEGER NOT NULL REFERENCES file,
    offset INTEGER NOT NULL,
    site TEXT NOT NULL,
    url TEXT NOT NULL,
    url_raw TEXT,
    fetched_at TEXT NOT NULL,
    status INTEGER NOT NULL,
    content_type TEXT,
    etag TEXT,
    last_modified TEXT,
    digest BLOB NOT NULL,
    size_bytes INTEGER NOT NULL,
    revisit INTEGER NOT NULL
) STRICT;
CREATE INDEX capture_by_url ON capture (url, sequence);
CREATE TABLE payload (
    digest BLOB PRIMARY KEY,
    sequence INTEGER NOT NULL REFERENCES capture
) STRICT, WITHOUT ROWID;
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    started_at TEXT NOT NULL,
    report TEXT NOT NULL
) STRICT;
CREATE INDEX run_by_site ON run (site, id);
";
const NOTE_TABLE: &str = "
CREATE TABLE note (
    id INTEGER PRIMARY KEY,
    site TEXT NOT NULL,
    made_at TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    after INTEGER NOT NULL
) STRICT;
CREATE INDEX note_by_site ON note (site, id);
";

/// The tables behind one connection.
#[derive(Debug)]
pub(crate) struct Catalog {
    connection: Connection,
}

impl Catalog {
    /// Opens or creates the catalog for the one who writes.
    pub(crate) fn open(path: &Path) -> Result<Self, Error> {
        let connection = Connection::open(path)?;
        connection.busy_timeout(std::time::Duration::from_millis(BUSY_TIMEOUT_MS))?;
        connection.pragma_update(None, "journal_mode", "wal")?;
        // The WARC files are synced before each commit, so a commit lost with the power is read again.
        connection.pragma_update(None, "synchronous", "normal")?;
        Self::with_tables(connection)
    }

    /// Makes a catalog that lives in memory, to compare with.
    pub(crate) fn in_memory() -> Result<Self, Error> {
        Self::with_tables(Connection::open_in_memory()?)
    }

    /// Opens the catalog for reading while another process may be writing.
    pub(crate) fn open_read_only(path: &Path) -> Result<Self, Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(std::time::Duration::from_millis(BUSY_TIMEOUT_MS))?;
        let check =
            connection.query_row("SELECT count(*) FROM file", [], |row| row.get::<_, i64>(0));
        if check.is_ok() {
            return Ok(Self { connection });
        }
        // Without a writer and without the right to create its side files, SQLite opens a WAL database only as
        // one that nobody changes (https://sqlite.org/wal.html#readonly, seen 2026-11-22).
        let uri = format!("file:{}?immutable=1", uri_path(path));
        let connection = Connection::open_with_flags(uri, flags)?;
        connection.query_row("SELECT count(*) FROM file", [], |row| row.get::<_, i64>(0))?;
        Ok(Self { connection })
    }

    fn with_tables(connection: Connection) -> Result<Self, Error> {
        let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        if version != VERSION {
            connection.execute_batch("BEGIN IMMEDIATE; DROP TABLE IF EXISTS note;")?;
            if version != VERSION_WITHOUT_NOTES {
                connection.execute_batch(
                    "DROP TABLE IF EXISTS run; DROP TABLE IF EXISTS payload;
                     DROP TABLE IF EXISTS capture; DROP TABLE IF EXISTS file;",
                )?;
                connection.execute_batch(TABLES)?;
            }
            connection.execute_batch(NOTE_TABLE)?;
            connection.pragma_update(None, "user_version", VERSION)?;
            connection.execute_batch("COMMIT")?;
        }
        Ok(Self { connection })
    }

    /// Begins to stage changes, unless that was done already.
    pub(crate) fn begin(&self) -> Result<(), Error> {
        if self.connection.is_autocommit() {
            self.connection.execute_batch("BEGIN IMMEDIATE")?;
        }
        Ok(())
    }

    /// Makes the staged changes visible to others.
    pub(crate) fn commit(&self) -> Result<(), Error> {
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("COMMIT")?;
        }
        Ok(())
    }

    /// Drops the staged changes.
    pub(crate) fn roll_back(&self) -> Result<(), Error> {
        if !self.connection.is_autocommit() {
            self.connection.execute_batch("ROLLBACK")?;
        }
        Ok(())
    }

    /// Forgets everything, to be read again from the files.
    pub(crate) fn clear(&self) -> Result<(), Error> {
        self.connection.execute_batch(
            "DELETE FROM note; DELETE FROM run; DELETE FROM payload; DELETE FROM capture; DELETE FROM file;",
        )?;
        Ok(())
    }

    /// Returns the files that are known, with the bytes up to which they were read.
    pub(crate) fn known_files(&self) -> Result<Vec<(String, u64)>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT name, known_bytes FROM file ORDER BY id")?;
        let rows =
            statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Notes up to which byte a file is known.
    pub(crate) fn set_known_bytes(&self, file: &str, known_bytes: u64) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "INSERT INTO file (name, known_bytes) VALUES (?1, ?2)
                 ON CONFLICT (name) DO UPDATE SET known_bytes = excluded.known_bytes",
            )?
            .execute(params![file, known_bytes as i64])?;
        Ok(())
    }

    /// Adds a capture whose record begins at `place`; its payload is noted if it is the first of its digest.
    ///
    /// The file must be known already.
    pub(crate) fn insert(&self, capture: &Capture, place: &Place) -> Result<u64, Error> {
        let url_raw = (capture.url_raw != capture.url.as_str()).then_some(&capture.url_raw);
        self.connection
            .prepare_cached(
                "INSERT INTO capture (file, offset, site, url, url_raw, fetched_at, status, content_type, etag,
                     last_modified, digest, size_bytes, revisit)
                 VALUES ((SELECT id FROM file WHERE name = ?1), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
            )?
            .execute(params![
                place.file,
                place.offset as i64,
                capture.site.0,
                capture.url.as_str(),
                url_raw,
                capture.fetched_at.to_string(),
                capture.status,
                capture.content_type,
                capture.etag,
                capture.last_modified,
                capture.digest.as_bytes(),
                capture.size_bytes as i64,
                capture.revisit,
            ])?;
        let sequence = self.connection.last_insert_rowid();
        if !capture.revisit {
            self.connection
                .prepare_cached("INSERT OR IGNORE INTO payload (digest, sequence) VALUES (?1, ?2)")?
                .execute(params![capture.digest.as_bytes(), sequence])?;
        }
        Ok(sequence as u64)
    }

    /// Adds the report of a run.
    pub(crate) fn insert_run(&self, run: &RunRecord) -> Result<(), Error> {
        self.connection
            .prepare_cached("INSERT INTO run (site, started_at, report) VALUES (?1, ?2, ?3)")?
            .execute(params![run.site.0, run.started_at.to_string(), run.report])?;
        Ok(())
    }

    /// Adds a note behind the captures that are there.
    pub(crate) fn insert_note(&self, note: &Note) -> Result<(), Error> {
        self.connection
            .prepare_cached(
                "INSERT INTO note (site, made_at, kind, text, after)
                 VALUES (?1, ?2, ?3, ?4, (SELECT coalesce(max(sequence), 0) FROM capture))",
            )?
            .execute(params![
                note.site.0,
                note.made_at.to_string(),
                note.kind,
                note.text
            ])?;
        Ok(())
    }
}

/// Writes a path as the path of a `file:` URI.
fn uri_path(path: &Path) -> String {
    path.to_string_lossy()
        .replace('%', "%25")
        .replace('?', "%3f")
        .replace('#', "%23")
}
