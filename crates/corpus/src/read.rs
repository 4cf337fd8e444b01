//! Reads works, meetings and counts for the index and the pages.

use laendersache_model::{
    Digest, Meeting, MeetingId, Resolution, ResolutionId, SiteId, Source, Version, Warning, Work,
};
use rusqlite::{OptionalExtension, Row, params_from_iter};
use serde::{Deserialize, Serialize};

use crate::{
    Corpus, Error,
    apply::{parsed, stored},
};

/// How much the corpus holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Contents that were read.
    pub documents: u64,
    /// Contents that could not be read.
    pub quarantined: u64,
    /// Meetings with at least one document.
    pub meetings: u64,
    /// Works.
    pub resolutions: u64,
    /// Wordings of all works.
    pub versions: u64,
}

/// A content that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DocumentRow {
    /// Digest of its bytes.
    pub digest: Digest,
    /// `pdf` or `html`.
    pub kind: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// Number of pages.
    pub pages: u32,
    /// How much it reads like German, from 0 to 1.
    pub quality: f32,
    /// What could not be read as hoped.
    pub warnings: Vec<Warning>,
}

/// A content that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuarantineRow {
    /// Digest of its bytes.
    pub digest: String,
    /// Where it was found.
    pub url: String,
    /// Why it could not be read.
    pub reason: String,
}

impl Corpus {
    /// Returns how much the corpus holds.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn counts(&self) -> Result<Counts, Error> {
        let count = |table: &str| -> Result<u64, rusqlite::Error> {
            let sql = format!("SELECT count(*) FROM {table}");
            self.connection.query_row(&sql, [], |row| row.get(0))
        };
        Ok(Counts {
            documents: count("document")?,
            quarantined: count("quarantine")?,
            meetings: count("meeting")?,
            resolutions: count("resolution")?,
            versions: count("version")?,
        })
    }

    /// Returns a named value, such as the version of the extractor.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn meta(&self, key: &str) -> Result<Option<String>, Error> {
        Ok(self
            .connection
            .query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| {
                row.get(0)
            })
            .optional()?)
    }

    /// Returns true if the content was read or quarantined at this address before.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn knows(&self, digest: &Digest, url: &str) -> Result<bool, Error> {
        Ok(self.connection.query_row(
            "SELECT EXISTS (SELECT 1 FROM document_source WHERE digest = ?1 AND url = ?2)
                 OR EXISTS (SELECT 1 FROM quarantine WHERE digest = ?1 AND url = ?2)",
            [digest.to_string().as_str(), url],
            |row| row.get(0),
        )?)
    }

    /// Returns the meetings of one conference or of all, in the order of their ids.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn meetings(&self, conference: Option<&str>) -> Result<Vec<Meeting>, Error> {
        let ids: Vec<String> = self.texts(
            "SELECT id FROM meeting WHERE ?1 IS NULL OR conference = ?1 ORDER BY conference, date_from, id",
            [conference],
        )?;
        let mut meetings = Vec::with_capacity(ids.len());
        for id in ids {
            meetings.extend(self.meeting_of(&id)?);
        }
        Ok(meetings)
    }

    /// Returns a meeting with the files that report it.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn meeting(&self, id: &MeetingId) -> Result<Option<Meeting>, Error> {
        self.meeting_of(&id.to_string())
    }

    /// Returns the current wordings of a meeting's resolutions in printed order.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn resolutions_of(&self, id: &MeetingId) -> Result<Vec<Resolution>, Error> {
        let rows: Vec<String> = self.texts(
            "SELECT version.data FROM resolution JOIN version
             ON version.resolution = resolution.id AND version.number = resolution.version
             WHERE resolution.meeting = ?1 ORDER BY resolution.position, resolution.sort_key",
            [id.to_string()],
        )?;
        rows.iter()
            .map(|data| parsed("resolution", &id.to_string(), data))
            .collect()
    }

    /// Returns a work with all its wordings and sources.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn work(&self, id: &ResolutionId) -> Result<Option<Work>, Error> {
        let versions = self.versions(id)?;
        let Some(meeting) = self.meeting(&id.meeting)? else {
            return Ok(None);
        };
        if versions.is_empty() {
            return Ok(None);
        }
        let referred_by: Vec<String> = self.texts(
            "SELECT DISTINCT resolution FROM reference WHERE target = ?1 ORDER BY resolution",
            [id.to_string()],
        )?;
        Ok(Some(Work {
            id: id.clone(),
            meeting,
            versions,
            referred_by: referred_by
                .iter()
                .filter_map(|id| id.parse().ok())
                .collect(),
        }))
    }

    /// Returns the ids of all works in the order of meeting and agenda.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn ids(&self) -> Result<Vec<ResolutionId>, Error> {
        let ids: Vec<String> = self.texts(
            "SELECT id FROM resolution ORDER BY meeting, position, sort_key",
            [],
        )?;
        Ok(ids.iter().filter_map(|id| id.parse().ok()).collect())
    }

    /// Returns all works in the order of meeting and agenda.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn works(&self) -> Result<Vec<Work>, Error> {
        let mut works = Vec::new();
        for id in self.ids()? {
            works.extend(self.work(&id)?);
        }
        Ok(works)
    }

    /// Returns the works of the newest meetings, newest first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn newest(&self, limit: usize) -> Result<Vec<Work>, Error> {
        let ids: Vec<String> = self.texts(
            "SELECT resolution.id FROM resolution JOIN meeting ON meeting.id = resolution.meeting
             ORDER BY coalesce(meeting.date_to, meeting.date_from) DESC, resolution.position, resolution.sort_key LIMIT ?1",
            [limit as i64],
        )?;
        let mut works = Vec::with_capacity(ids.len());
        for id in ids.iter().filter_map(|id| id.parse().ok()) {
            works.extend(self.work(&id)?);
        }
        Ok(works)
    }

    /// Returns all contents that were read, by digest.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn documents(&self) -> Result<Vec<DocumentRow>, Error> {
        let mut statement = self.connection.prepare_cached(
            "SELECT digest, kind, title, pages, quality, warnings FROM document ORDER BY digest",
        )?;
        let rows = statement.query_map([], |row| {
            let (digest, warnings): (String, String) = (row.get(0)?, row.get(5)?);
            Ok((
                digest,
                warnings,
                row.get(1)?,
                row.get(2)?,
                row.get(3)?,
                row.get(4)?,
            ))
        })?;
        let mut documents = Vec::new();
        for row in rows {
            let (digest, warnings, kind, title, pages, quality) = row?;
            let Ok(parsed_digest) = digest.parse() else {
                continue;
            };
            documents.push(DocumentRow {
                digest: parsed_digest,
                kind,
                title,
                pages,
                quality,
                warnings: parsed("document", &digest, &warnings)?,
            });
        }
        Ok(documents)
    }

    /// Returns all contents that could not be read.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn quarantined(&self) -> Result<Vec<QuarantineRow>, Error> {
        let mut statement = self
            .connection
            .prepare_cached("SELECT digest, url, reason FROM quarantine ORDER BY digest, url")?;
        let rows = statement.query_map([], |row| {
            Ok(QuarantineRow {
                digest: row.get(0)?,
                url: row.get(1)?,
                reason: row.get(2)?,
            })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Returns a digest over all wordings, meetings and sources: equal revisions mean equal content.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn revision(&self) -> Result<String, Error> {
        let mut hasher = blake3::Hasher::new();
        for sql in [
            "SELECT id || '\u{1}' || data FROM meeting ORDER BY id",
            "SELECT resolution || '\u{1}' || number || '\u{1}' || data FROM version ORDER BY resolution, number",
            "SELECT resolution || '\u{1}' || number || '\u{1}' || digest FROM version_document ORDER BY 1",
            "SELECT digest || '\u{1}' || url || '\u{1}' || first_captured FROM document_source ORDER BY 1",
        ] {
            let rows: Vec<String> = self.texts(sql, [])?;
            for row in rows {
                hasher.update(row.as_bytes()).update(b"\n");
            }
            hasher.update(b"\0");
        }
        Ok(hasher.finalize().to_hex()[..32].to_owned())
    }

    fn meeting_of(&self, id: &str) -> Result<Option<Meeting>, Error> {
        let Some(mut meeting) = stored::<Meeting>(&self.connection, "meeting", id)? else {
            return Ok(None);
        };
        meeting.sources = self.sources(
            "SELECT source.digest, url, site, first_captured, kind, 1, pages
             FROM meeting_document JOIN document_source AS source USING (digest) JOIN document USING (digest)
             WHERE meeting = ?1 ORDER BY first_captured, url",
            &[id],
        )?;
        Ok(Some(meeting))
    }

    fn versions(&self, id: &ResolutionId) -> Result<Vec<Version>, Error> {
        let id = id.to_string();
        let mut statement = self.connection.prepare_cached(
            "SELECT number, first_captured, data FROM version WHERE resolution = ?1 ORDER BY number",
        )?;
        let rows = statement.query_map([&id], |row| {
            Ok((
                row.get::<_, u32>(0)?,
                row.get::<_, String>(1)?,
                row.get::<_, String>(2)?,
            ))
        })?;
        let mut versions = Vec::new();
        for row in rows {
            let (number, first_captured, data) = row?;
            versions.push(Version {
                number,
                first_captured: first_captured.parse().unwrap_or_default(),
                resolution: parsed("resolution", &id, &data)?,
                sources: self.sources(
                    "SELECT source.digest, url, site, first_captured, kind, page_from, page_to
                     FROM version_document JOIN document_source AS source USING (digest) JOIN document USING (digest)
                     WHERE resolution = ?1 AND number = ?2 ORDER BY first_captured, url",
                    &[&id, &number.to_string()],
                )?,
            });
        }
        Ok(versions)
    }

    fn sources(&self, sql: &str, parameters: &[&str]) -> Result<Vec<Source>, Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(params_from_iter(parameters), source)?;
        Ok(rows
            .filter_map(Result::transpose)
            .collect::<Result<_, _>>()?)
    }

    fn texts<P: rusqlite::Params>(&self, sql: &str, parameters: P) -> Result<Vec<String>, Error> {
        let mut statement = self.connection.prepare_cached(sql)?;
        let rows = statement.query_map(parameters, |row| row.get(0))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }
}

/// Reads a source; a row that this program did not write is left out.
fn source(row: &Row<'_>) -> Result<Option<Source>, rusqlite::Error> {
    let (digest, url): (String, String) = (row.get(0)?, row.get(1)?);
    let first_captured: String = row.get(3)?;
    let (Ok(digest), Ok(url), Ok(first_captured)) =
        (digest.parse(), url.parse(), first_captured.parse())
    else {
        return Ok(None);
    };
    Ok(Some(Source {
        digest,
        url,
        site: SiteId(row.get(2)?),
        first_captured,
        pdf: row.get::<_, String>(4)? == "pdf",
        page_from: row.get(5)?,
        page_to: row.get(6)?,
    }))
}
