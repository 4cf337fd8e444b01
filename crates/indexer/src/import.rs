//! Imported collections: one JSON object per line, `{id, title, body, date, …}`, read one by one in bounded memory.
//!
//! The names `_id` and `text` of the BEIR collections are understood as well, so that search quality can be measured
//! on any of them.

use std::io::{BufRead, Read};

use jiff::civil::Date;
use laendersache_model::{Land, SectionKind};
use serde::Deserialize;

use crate::{Record, RecordSection};

/// A longer line is no passage but a mistake.
const MAX_LINE_BYTES: u64 = 16 << 20;

/// A line that cannot be imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// The file cannot be read.
    #[error("cannot read line {line}")]
    Read {
        /// Number of the line, counted from 1.
        line: u64,
        /// Why.
        source: std::io::Error,
    },
    /// The line is longer than a passage can be.
    #[error("line {line} is longer than {MAX_LINE_BYTES} bytes")]
    TooLong {
        /// Number of the line, counted from 1.
        line: u64,
    },
    /// The line is no object with an id.
    #[error("line {line} is no JSON object with at least an `id`")]
    Syntax {
        /// Number of the line, counted from 1.
        line: u64,
        /// What is wrong with it.
        source: serde_json::Error,
    },
}

/// A line of an imported file.
#[derive(Deserialize)]
struct Passage {
    #[serde(alias = "_id")]
    id: String,
    #[serde(default)]
    title: String,
    #[serde(default, alias = "text")]
    body: String,
    #[serde(default)]
    date: Option<String>,
    #[serde(default)]
    year: Option<i16>,
    /// The name or code of a Land; it is counted as the chair.
    #[serde(default)]
    facet: Option<String>,
}

impl Passage {
    fn into_record(self) -> Record {
        let date: Option<Date> = self.date.as_deref().and_then(|date| date.parse().ok());
        let paragraphs = self
            .body
            .split("\n\n")
            .filter(|text| !text.trim().is_empty());
        let section = |(place, text): (u32, &str)| RecordSection {
            kind: SectionKind::Decision,
            paragraph: place,
            page: 0,
            text: text.to_owned(),
        };
        Record {
            sections: (1..).zip(paragraphs).map(section).collect(),
            id: self.id,
            title: self.title,
            date,
            year: self.year.or(date.map(Date::year)),
            chair: self.facet.as_deref().and_then(Land::from_name),
            ..Record::default()
        }
    }
}

/// The records of a file, line by line; empty lines are passed over.
pub struct Imported<R> {
    reader: R,
    line: u64,
}

/// Reads records from lines of JSON.
pub fn import<R: BufRead>(reader: R) -> Imported<R> {
    Imported { reader, line: 0 }
}

impl<R: BufRead> Iterator for Imported<R> {
    type Item = Result<Record, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            self.line += 1;
            let line = self.line;
            let mut text = Vec::new();
            let mut limited = (&mut self.reader).take(MAX_LINE_BYTES);
            match limited.read_until(b'\n', &mut text) {
                Err(source) => return Some(Err(ImportError::Read { line, source })),
                Ok(0) => return None,
                Ok(_) if text.len() as u64 == MAX_LINE_BYTES => {
                    return Some(Err(ImportError::TooLong { line }));
                }
                Ok(_) if text.trim_ascii().is_empty() => {}
                Ok(_) => {
                    let passage = serde_json::from_slice(&text);
                    let record = passage.map(Passage::into_record);
                    return Some(record.map_err(|source| ImportError::Syntax { line, source }));
                }
            }
        }
    }
}

/// Returns a digest of a file's content, which stands for the revision of a corpus.
///
/// # Errors
/// If the file cannot be read.
pub fn revision(reader: impl Read) -> std::io::Result<String> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(reader)?;
    Ok(hasher.finalize().to_hex()[..32].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    fn records(lines: &str) -> Vec<Result<Record, ImportError>> {
        import(lines.as_bytes()).collect()
    }

    fn record(line: &str) -> Record {
        let record = records(line).pop().expect("one line");
        record.expect("a valid line")
    }

    #[test]
    fn a_line_becomes_a_record() {
        let line = r#"{"id": "a/1", "title": "T", "body": "Eins.\n\nZwei.", "date": "2018-03-16", "facet": "Bayern"}"#;
        let record = record(line);
        assert_eq!((record.id.as_str(), record.title.as_str()), ("a/1", "T"));
        let texts: Vec<_> = record
            .sections
            .iter()
            .map(|section| section.text.as_str())
            .collect();
        assert_eq!(texts, ["Eins.", "Zwei."]);
        assert_eq!(
            (record.date, record.year),
            (Some(date(2018, 3, 16)), Some(2018))
        );
        assert_eq!(record.chair, Some(Land::By));
        assert_eq!((record.meeting, record.kind), (None, None));
    }

    #[test]
    fn the_names_of_beir_are_understood() {
        let record = record(r#"{"_id": "7", "text": "Text", "metadata": {}}"#);
        assert_eq!(record.id, "7");
        assert_eq!(record.sections.len(), 1);
    }

    #[test]
    fn what_is_not_known_stays_unknown() {
        let record = record(r#"{"id": "7", "date": "gestern", "facet": "Mars"}"#);
        assert_eq!((record.date, record.year, record.chair), (None, None, None));
    }

    #[test]
    fn empty_lines_are_passed_over_and_faulty_ones_are_named() {
        let found = records("\n{\"id\":\"1\"}\n\n{\"title\":\"without id\"}\n{\"id\":\"2\"}");
        assert_eq!(found.len(), 3);
        assert!(matches!(found[1], Err(ImportError::Syntax { line: 4, .. })));
        assert!(found[2].is_ok());
    }

    #[test]
    fn an_endless_line_is_not_read_into_memory() {
        let endless = std::io::BufReader::new(std::io::repeat(b'a'));
        let first = import(endless).next();
        assert!(matches!(first, Some(Err(ImportError::TooLong { line: 1 }))));
    }

    #[test]
    fn the_revision_follows_the_content() {
        let revision_of = |text: &str| revision(text.as_bytes()).expect("readable");
        assert_eq!(revision_of("a"), revision_of("a"));
        assert_ne!(revision_of("a"), revision_of("b"));
        assert_eq!(revision_of("").len(), 32);
    }
}
