//! Brings the catalog up to what the WARC files hold, and cuts off what a crash left half-written.

use std::{
    fs::{self, OpenOptions},
    path::Path,
};

use serde::{Deserialize, Serialize};

use crate::{
    capture_record,
    catalog::Catalog,
    error::{Error, io_error},
    http_head, record,
    warc_reader::{Item, ReadRecord, WarcReader},
    warc_writer::{Place, warc_files},
};

/// What opening an archive found and did, for the log and the report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Repair {
    /// The file ended in the middle of a record, which was cut off.
    TornTail {
        /// Name of the file.
        file: String,
        /// Bytes that stay.
        kept_bytes: u64,
        /// Bytes that were cut off.
        cut_bytes: u64,
    },
    /// Bytes in the middle of a file are no whole record; they stay where they are.
    Damaged {
        /// Name of the file.
        file: String,
        /// Where the damage begins.
        from: u64,
        /// Where the next whole record begins.
        to: u64,
        /// What was found.
        reason: String,
    },
    /// Records were on the disk that the catalog did not know.
    CaughtUp {
        /// Name of the file.
        file: String,
        /// How many captures were added to the catalog.
        captures: u64,
    },
    /// The catalog was no readable database; it was thrown away and made anew.
    CatalogReplaced {
        /// What SQLite said of it.
        reason: String,
    },
}

/// What reading a file beyond its known bytes found.
struct Reading {
    /// End of the last whole record.
    whole_bytes: u64,
    captures: u64,
    findings: Vec<Repair>,
}

/// Reads into the catalog what it does not know, cuts off torn tails, and returns what was found.
///
/// The catalog's changes are staged; the caller commits them.
pub(crate) fn catch_up(dir: &Path, catalog: &Catalog) -> Result<Vec<Repair>, Error> {
    let repairs = read_unknown(dir, catalog)?;
    for repair in &repairs {
        if let Repair::TornTail {
            file, kept_bytes, ..
        } = repair
        {
            cut(&dir.join(file), *kept_bytes)?;
        }
    }
    Ok(repairs)
}

/// Reads into the catalog what it does not know and changes no file.
pub(crate) fn read_unknown(dir: &Path, catalog: &Catalog) -> Result<Vec<Repair>, Error> {
    let files = warc_files(dir)?;
    let known = catalog.known_files()?;
    for (name, known_bytes) in &known {
        let path = dir.join(name);
        let found_bytes = fs::metadata(&path).map_or(0, |metadata| metadata.len());
        if found_bytes < *known_bytes {
            return Err(Error::Shortened {
                path,
                known_bytes: *known_bytes,
                found_bytes,
            });
        }
    }
    let mut repairs = Vec::new();
    for file in files {
        let known_bytes = known
            .iter()
            .find(|(name, _)| *name == file)
            .map_or(0, |(_, bytes)| *bytes);
        catalog.set_known_bytes(&file, known_bytes)?;
        let reading = read_file(dir, &file, known_bytes, catalog)?;
        catalog.set_known_bytes(&file, reading.whole_bytes)?;
        repairs.extend(reading.findings);
        if reading.captures > 0 {
            repairs.push(Repair::CaughtUp {
                file,
                captures: reading.captures,
            });
        }
    }
    Ok(repairs)
}

fn read_file(dir: &Path, file: &str, from: u64, catalog: &Catalog) -> Result<Reading, Error> {
    let mut reader = WarcReader::open(&dir.join(file), from)?;
    let mut reading = Reading {
        whole_bytes: from,
        captures: 0,
        findings: Vec::new(),
    };
    while let Some(item) = reader.next()? {
        match item {
            Item::Record(record) => {
                reading.whole_bytes = record.end;
                match read_record(file, &record, catalog)? {
                    Found::Capture => reading.captures += 1,
                    Found::Other => {}
                    Found::Damage(reason) => reading.findings.push(Repair::Damaged {
                        file: file.to_owned(),
                        from: record.offset,
                        to: record.end,
                        reason,
                    }),
                }
            }
            Item::Gap(gap) if gap.is_tail => reading.findings.push(Repair::TornTail {
                file: file.to_owned(),
                kept_bytes: gap.from,
                cut_bytes: gap.to - gap.from,
            }),
            Item::Gap(gap) => {
                reading.whole_bytes = gap.to;
                reading.findings.push(Repair::Damaged {
                    file: file.to_owned(),
                    from: gap.from,
                    to: gap.to,
                    reason: gap.reason,
                });
            }
        }
    }
    Ok(reading)
}

enum Found {
    Capture,
    Other,
    Damage(String),
}

fn read_record(file: &str, record: &ReadRecord, catalog: &Catalog) -> Result<Found, Error> {
    match record.head.get("WARC-Type") {
        Some("response" | "revisit") => read_capture(file, record, catalog),
        Some("metadata") => {
            if let Some(run) = capture_record::run_of_record(&record.head, &record.block) {
                catalog.insert_run(&run)?;
            }
            if let Some(note) = capture_record::note_of_record(&record.head, &record.block) {
                catalog.insert_note(&note)?;
            }
            Ok(Found::Other)
        }
        _ => Ok(Found::Other),
    }
}

fn read_capture(file: &str, record: &ReadRecord, catalog: &Catalog) -> Result<Found, Error> {
    let damage = |reason: &str| Ok(Found::Damage(reason.to_owned()));
    let Some(head_end) = http_head::head_end(&record.block) else {
        return damage("no HTTP head");
    };
    let Some(http) = http_head::parse_response(&record.block[..head_end]) else {
        return damage("no HTTP head");
    };
    let Some(digest) = record.head.payload_digest() else {
        return damage("no payload digest");
    };
    let Some(mut capture) = capture_record::capture_of_record(&record.head, &http, digest) else {
        return damage("no address or date");
    };
    let payload = &record.block[head_end..];
    if !capture.revisit {
        if record::digest_of(payload) != digest {
            return damage("the payload is not that of its digest");
        }
        capture.size_bytes = payload.len() as u64;
    } else if let Some(original) = catalog.original(&digest)? {
        capture.size_bytes = original.size_bytes;
        if capture.status == 304
            && let Some(previous) = catalog.latest_held(&capture.url)?
        {
            capture = capture_record::inherit(capture, &previous);
        }
    } else {
        return damage("a revisit of a payload that is not held");
    }
    let place = Place {
        file: file.to_owned(),
        offset: record.offset,
    };
    catalog.insert(&capture, &place)?;
    Ok(Found::Capture)
}

fn cut(path: &Path, kept_bytes: u64) -> Result<(), Error> {
    let file = OpenOptions::new()
        .write(true)
        .open(path)
        .map_err(io_error(path))?;
    file.set_len(kept_bytes)
        .and_then(|()| file.sync_all())
        .map_err(io_error(path))
}
