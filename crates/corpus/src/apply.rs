//! Adds what was extracted from a document: new works, new wordings of known works, new sources of known wordings.

use laendersache_model::{
    Capture, Document, Extraction, Land, Meeting, Resolution, Section, VoteKind,
};
use rusqlite::{OptionalExtension, Transaction, params};
use serde::{Serialize, de::DeserializeOwned};

use crate::{Corpus, Error};

/// What an extraction changed in the corpus.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Changes {
    /// Documents read for the first time.
    pub documents: u64,
    /// Works that were not known before.
    pub works: u64,
    /// New wordings of known works.
    pub versions: u64,
    /// Known wordings found in a further file or at a further address.
    pub sources: u64,
}

impl std::ops::AddAssign for Changes {
    fn add_assign(&mut self, other: Self) {
        self.documents += other.documents;
        self.works += other.works;
        self.versions += other.versions;
        self.sources += other.sources;
    }
}

impl Corpus {
    /// Adds a document with what was extracted from it; all of it or nothing.
    ///
    /// Applying the same document again changes nothing. Wordings are numbered in the order in which they are
    /// applied, so documents must come in the order of their capture.
    ///
    /// # Errors
    /// If the file cannot be written; nothing is changed then.
    pub fn apply(
        &mut self,
        document: &Document,
        extraction: &Extraction,
    ) -> Result<Changes, Error> {
        let transaction = self.connection.transaction()?;
        let mut changes = apply_document(&transaction, document)?;
        for meeting in &extraction.meetings {
            apply_meeting(&transaction, document, meeting)?;
        }
        for resolution in &extraction.resolutions {
            changes += apply_resolution(&transaction, document, resolution)?;
        }
        transaction.commit()?;
        Ok(changes)
    }

    /// Records that a capture could not be read, with the reason for people.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn quarantine(&mut self, capture: &Capture, reason: &str) -> Result<(), Error> {
        self.connection.execute(
            "INSERT OR REPLACE INTO quarantine (digest, url, reason) VALUES (?1, ?2, ?3)",
            params![capture.digest.to_string(), capture.url.as_str(), reason],
        )?;
        Ok(())
    }

    /// Stores a named value beside the works, such as the version of the extractor.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn set_meta(&mut self, key: &str, value: &str) -> Result<(), Error> {
        self.connection.execute(
            "INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)",
            [key, value],
        )?;
        Ok(())
    }
}

fn apply_document(transaction: &Transaction<'_>, document: &Document) -> Result<Changes, Error> {
    let digest = document.digest.to_string();
    let added = transaction.execute(
        "INSERT OR IGNORE INTO document (digest, kind, title, pages, quality, warnings) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![
            digest,
            name(&document.kind),
            document.title,
            document.pages.len(),
            document.quality,
            json(&document.warnings)
        ],
    )?;
    let found = transaction.execute(
        "INSERT OR IGNORE INTO document_source (digest, url, site, first_captured) VALUES (?1, ?2, ?3, ?4)",
        params![digest, document.url.as_str(), document.site.0, document.fetched_at.to_string()],
    )?;
    transaction.execute(
        "DELETE FROM quarantine WHERE digest = ?1 AND url = ?2",
        [digest.as_str(), document.url.as_str()],
    )?;
    Ok(Changes {
        documents: added as u64,
        sources: u64::from(added == 0 && found == 1),
        ..Changes::default()
    })
}

/// Adds a meeting or fills what earlier documents left unknown; a known value is never replaced.
fn apply_meeting(
    transaction: &Transaction<'_>,
    document: &Document,
    meeting: &Meeting,
) -> Result<(), Error> {
    let id = meeting.id.to_string();
    let known: Option<Meeting> = stored(transaction, "meeting", &id)?;
    let mut merged = known.unwrap_or_else(|| meeting.clone());
    merged.document_name = merged
        .document_name
        .or_else(|| meeting.document_name.clone());
    merged.from = merged.from.or(meeting.from);
    merged.to = merged.to.or(meeting.to);
    merged.place = merged.place.or_else(|| meeting.place.clone());
    merged.chair = merged.chair.or(meeting.chair);
    for item in &meeting.agenda {
        if !merged.agenda.iter().any(|known| known.label == item.label) {
            merged.agenda.push(item.clone());
        }
    }
    transaction.execute(
        "INSERT OR REPLACE INTO meeting (id, conference, kind, date_from, date_to, place, chair, data)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
        params![
            id,
            merged.id.conference,
            name(&merged.kind),
            merged.from.map(|date| date.to_string()),
            merged.to.map(|date| date.to_string()),
            merged.place,
            merged.chair.map(Land::code),
            json(&merged)
        ],
    )?;
    transaction.execute(
        "INSERT OR IGNORE INTO meeting_document (meeting, digest) VALUES (?1, ?2)",
        [id, document.digest.to_string()],
    )?;
    Ok(())
}

fn apply_resolution(
    transaction: &Transaction<'_>,
    document: &Document,
    resolution: &Resolution,
) -> Result<Changes, Error> {
    let id = resolution.id.to_string();
    let wording = wording(resolution);
    let known: Option<i64> = transaction
        .query_row(
            "SELECT number FROM version WHERE resolution = ?1 AND wording = ?2",
            [&id, &wording],
            |row| row.get(0),
        )
        .optional()?;
    let number = match known {
        Some(number) => number,
        None => add_version(transaction, document, resolution, &wording)?,
    };
    let found = transaction.execute(
        "INSERT OR IGNORE INTO version_document (resolution, number, digest, page_from, page_to) VALUES (?1, ?2, ?3, ?4, ?5)",
        params![id, number, document.digest.to_string(), resolution.page_from, resolution.page_to],
    )?;
    Ok(Changes {
        works: u64::from(known.is_none() && number == 1),
        versions: u64::from(known.is_none() && number > 1),
        sources: u64::from(known.is_some() && found == 1),
        ..Changes::default()
    })
}

/// Stores a new wording, makes it the current one and returns its number.
fn add_version(
    transaction: &Transaction<'_>,
    document: &Document,
    resolution: &Resolution,
    wording: &str,
) -> Result<i64, Error> {
    let id = resolution.id.to_string();
    let number: i64 = transaction.query_row(
        "SELECT coalesce(max(number), 0) + 1 FROM version WHERE resolution = ?1",
        [&id],
        |row| row.get(0),
    )?;
    transaction.execute(
        "INSERT INTO version (resolution, number, first_captured, text, wording, data) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        params![id, number, document.fetched_at.to_string(), plain_text(resolution), wording, json(resolution)],
    )?;
    transaction.execute(
        "INSERT OR REPLACE INTO resolution (id, meeting, label, sort_key, position, title, kind, state, vote, version)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            id,
            resolution.id.meeting.to_string(),
            resolution.label.0,
            resolution.label.sort_key(),
            resolution.position,
            resolution.title,
            name(&resolution.kind),
            name(&resolution.state),
            resolution.vote.as_ref().map(|vote| name::<VoteKind>(&vote.kind)),
            number
        ],
    )?;
    replace_relations(transaction, &id, resolution)?;
    Ok(number)
}

fn replace_relations(
    transaction: &Transaction<'_>,
    id: &str,
    resolution: &Resolution,
) -> Result<(), Error> {
    transaction.execute("DELETE FROM role WHERE resolution = ?1", [id])?;
    transaction.execute("DELETE FROM reference WHERE resolution = ?1", [id])?;
    for (role, laender) in roles(resolution) {
        for land in laender {
            transaction.execute(
                "INSERT OR IGNORE INTO role (resolution, role, land) VALUES (?1, ?2, ?3)",
                [id, role, land.code()],
            )?;
        }
    }
    for reference in &resolution.references {
        transaction.execute(
            "INSERT OR IGNORE INTO reference (resolution, paragraph, kind, raw, target) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![
                id,
                reference.paragraph,
                name(&reference.kind),
                reference.raw,
                reference.target.as_ref().map(ToString::to_string)
            ],
        )?;
    }
    Ok(())
}

fn roles(resolution: &Resolution) -> [(&'static str, Vec<Land>); 5] {
    let vote = resolution.vote.as_ref();
    [
        ("applicant", resolution.applicants.laender.clone()),
        ("co_applicant", resolution.co_applicants.laender.clone()),
        (
            "against",
            vote.map(|vote| vote.no_laender.clone()).unwrap_or_default(),
        ),
        (
            "abstained",
            vote.map(|vote| vote.abstain_laender.clone())
                .unwrap_or_default(),
        ),
        (
            "statement",
            resolution
                .statements()
                .flat_map(|section| section.laender.clone())
                .collect(),
        ),
    ]
}

/// Returns the text for people who open the file: title, then section by section.
fn plain_text(resolution: &Resolution) -> String {
    let section_text = |section: &Section| {
        let heading = section.heading.iter().map(String::as_str);
        let paragraphs = section
            .paragraphs
            .iter()
            .map(|paragraph| paragraph.text.as_str());
        heading.chain(paragraphs).collect::<Vec<_>>().join("\n\n")
    };
    let sections = resolution.sections.iter().map(section_text);
    std::iter::once(resolution.title.clone())
        .chain(sections)
        .collect::<Vec<_>>()
        .join("\n\n")
}

/// Returns what two wordings are compared by: the text and the vote without any white space, hyphens and soft hyphens,
/// so that another layout of the same words is no new version.
fn wording(resolution: &Resolution) -> String {
    let vote = resolution
        .vote
        .as_ref()
        .map(|vote| vote.raw.as_str())
        .unwrap_or_default();
    format!("{} {vote}", plain_text(resolution))
        .chars()
        .filter(|character| {
            !character.is_whitespace()
                && !matches!(character, '-' | '\u{ad}' | '\u{2010}' | '\u{2011}')
        })
        .collect()
}

/// Returns the stored JSON of a row, if there is one.
pub(crate) fn stored<T: DeserializeOwned>(
    connection: &rusqlite::Connection,
    table: &'static str,
    id: &str,
) -> Result<Option<T>, Error> {
    let data: Option<String> = connection
        .query_row(
            &format!("SELECT data FROM {table} WHERE id = ?1"),
            [id],
            |row| row.get(0),
        )
        .optional()?;
    data.map(|data| parsed(table, id, &data)).transpose()
}

/// Reads a stored JSON value.
pub(crate) fn parsed<T: DeserializeOwned>(
    what: &'static str,
    id: &str,
    data: &str,
) -> Result<T, Error> {
    serde_json::from_str(data).map_err(|source| Error::Damaged {
        what,
        id: id.to_owned(),
        source,
    })
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("the model's types have string keys only")
}

/// Returns the serialised name of an enum's variant; `DocumentKind::Pdf` is `pdf`.
fn name<T: Serialize>(value: &T) -> String {
    json(value).trim_matches('"').to_owned()
}
