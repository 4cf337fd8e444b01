//! The tables of the corpus and how a file is opened.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, OpenFlags};

use crate::Error;

/// Version of the tables below, kept in `PRAGMA user_version`.
const SCHEMA_VERSION: i64 = 1;

/// All tables. `data` columns hold the JSON of the type of the same name in the `model` crate; the other
/// columns repeat what researchers filter by.
const TABLES: &str = "
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

-- One row per captured content that was read.
CREATE TABLE document (
    digest TEXT PRIMARY KEY, kind TEXT NOT NULL, title TEXT, pages INTEGER NOT NULL,
    quality REAL NOT NULL, warnings TEXT NOT NULL
) WITHOUT ROWID;

-- Where a content was found.
CREATE TABLE document_source (
    digest TEXT NOT NULL, url TEXT NOT NULL, site TEXT NOT NULL, first_captured TEXT NOT NULL,
    PRIMARY KEY (digest, url)
) WITHOUT ROWID;

-- Captured contents that could not be read.
CREATE TABLE quarantine (
    digest TEXT NOT NULL, url TEXT NOT NULL, reason TEXT NOT NULL, PRIMARY KEY (digest, url)
) WITHOUT ROWID;

CREATE TABLE meeting (
    id TEXT PRIMARY KEY, conference TEXT NOT NULL, kind TEXT NOT NULL, date_from TEXT, date_to TEXT,
    place TEXT, chair TEXT, data TEXT NOT NULL
) WITHOUT ROWID;

CREATE TABLE meeting_document (
    meeting TEXT NOT NULL, digest TEXT NOT NULL, PRIMARY KEY (meeting, digest)
) WITHOUT ROWID;

-- One row per work; the columns describe its current wording.
CREATE TABLE resolution (
    id TEXT PRIMARY KEY, meeting TEXT NOT NULL, label TEXT NOT NULL, sort_key TEXT NOT NULL,
    position INTEGER NOT NULL, title TEXT NOT NULL, kind TEXT NOT NULL, state TEXT NOT NULL, vote TEXT, version INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX resolution_by_meeting ON resolution (meeting, position, sort_key);

-- One row per wording; `text` is plain text, `wording` what two wordings are compared by.
CREATE TABLE version (
    resolution TEXT NOT NULL, number INTEGER NOT NULL, first_captured TEXT NOT NULL,
    text TEXT NOT NULL, wording TEXT NOT NULL, data TEXT NOT NULL, PRIMARY KEY (resolution, number)
) WITHOUT ROWID;

-- The files that carry a wording.
CREATE TABLE version_document (
    resolution TEXT NOT NULL, number INTEGER NOT NULL, digest TEXT NOT NULL,
    page_from INTEGER NOT NULL, page_to INTEGER NOT NULL, PRIMARY KEY (resolution, number, digest)
) WITHOUT ROWID;

-- Länder that moved, joined, opposed, abstained from or commented on the current wording.
CREATE TABLE role (
    resolution TEXT NOT NULL, role TEXT NOT NULL, land TEXT NOT NULL, PRIMARY KEY (resolution, role, land)
) WITHOUT ROWID;

-- What the current wording refers to.
CREATE TABLE reference (
    resolution TEXT NOT NULL, paragraph INTEGER NOT NULL, kind TEXT NOT NULL, raw TEXT NOT NULL,
    target TEXT, PRIMARY KEY (resolution, paragraph, kind, raw)
) WITHOUT ROWID;
CREATE INDEX reference_by_target ON reference (target);
";

/// The extracted works in one SQLite file.
pub struct Corpus {
    pub(crate) connection: Connection,
    path: PathBuf,
}

impl Corpus {
    /// Opens a corpus for writing, creating the file and its tables if needed.
    ///
    /// # Errors
    /// If the file cannot be opened or was written by a newer program.
    pub fn open(path: &Path) -> Result<Self, Error> {
        let corpus = Self::connect(path, OpenFlags::default())?;
        corpus
            .connection
            .pragma_update(None, "journal_mode", "WAL")?;
        corpus
            .connection
            .pragma_update(None, "synchronous", "FULL")?;
        if corpus.schema_version()? == 0 {
            corpus.connection.execute_batch(&format!(
                "BEGIN IMMEDIATE; {TABLES} PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
            ))?;
        }
        Ok(corpus)
    }

    /// Opens an existing corpus for reading.
    ///
    /// # Errors
    /// If the file does not exist, cannot be opened or was written by a newer program.
    pub fn open_read_only(path: &Path) -> Result<Self, Error> {
        Self::connect(
            path,
            OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX,
        )
    }

    /// Returns the path of the file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Self, Error> {
        let open = |source| Error::Open {
            path: path.to_owned(),
            source,
        };
        let connection = Connection::open_with_flags(path, flags).map_err(open)?;
        connection
            .busy_timeout(std::time::Duration::from_secs(10))
            .map_err(open)?;
        let corpus = Self {
            connection,
            path: path.to_owned(),
        };
        let found = corpus.schema_version().map_err(open)?;
        if found > SCHEMA_VERSION {
            return Err(Error::TooNew {
                path: path.to_owned(),
                found,
                known: SCHEMA_VERSION,
            });
        }
        Ok(corpus)
    }

    fn schema_version(&self) -> Result<i64, rusqlite::Error> {
        self.connection
            .query_row("PRAGMA user_version", [], |row| row.get(0))
    }
}
