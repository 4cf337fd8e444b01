//! Reads every record again and compares what the catalog says with what the files hold.

use std::path::Path;

use laendersache_model::Digest;
use serde::{Deserialize, Serialize};

use crate::{
    archive::{Counts, Entry},
    catalog::Catalog,
    error::Error,
    recovery::{self, Repair},
};

const BATCH: usize = 1_000;

/// One thing that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Damage {
    /// Bytes of a WARC file are no whole, right record.
    File(Repair),
    /// The catalog names a capture that the files do not hold in this form.
    OnlyInCatalog {
        /// Its place in the order of capture.
        sequence: u64,
        /// Its canonical address.
        url: String,
        /// The digest of its payload.
        digest: Digest,
    },
    /// The files hold a capture that the catalog does not name in this form.
    OnlyInFiles {
        /// Its place in the order of capture.
        sequence: u64,
        /// Its canonical address.
        url: String,
        /// The digest of its payload.
        digest: Digest,
    },
    /// The catalog knows files of other lengths than were read.
    OtherLengths {
        /// What the catalog knows.
        catalog: Counts,
        /// What was read.
        files: Counts,
    },
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifyReport {
    /// What the files hold; every digest of it was computed again.
    pub counts: Counts,
    /// What is wrong; empty in a sound archive.
    pub damages: Vec<Damage>,
}

impl VerifyReport {
    /// Tells whether nothing is wrong.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        self.damages.is_empty()
    }
}

/// Reads all files into a catalog in memory and compares it with the one on the disk.
pub(crate) fn verify(dir: &Path, catalog: &Catalog) -> Result<VerifyReport, Error> {
    let fresh = Catalog::in_memory()?;
    fresh.begin()?;
    let findings = recovery::read_unknown(dir, &fresh)?;
    fresh.commit()?;
    let mut damages: Vec<Damage> = findings
        .into_iter()
        .filter(|finding| !matches!(finding, Repair::CaughtUp { .. }))
        .map(Damage::File)
        .collect();
    compare_captures(catalog, &fresh, &mut damages)?;
    let counts = fresh.counts()?;
    let known = catalog.counts()?;
    if counts != known {
        damages.push(Damage::OtherLengths {
            catalog: known,
            files: counts,
        });
    }
    Ok(VerifyReport { counts, damages })
}

fn compare_captures(
    catalog: &Catalog,
    fresh: &Catalog,
    damages: &mut Vec<Damage>,
) -> Result<(), Error> {
    let (mut known, mut read) = (Walk::new(catalog), Walk::new(fresh));
    loop {
        match (known.next()?, read.next()?) {
            (None, None) => return Ok(()),
            (Some(known), Some(read)) if known == read => {}
            (known, read) => {
                damages.extend(known.map(|entry| Damage::OnlyInCatalog {
                    sequence: entry.sequence,
                    url: entry.capture.url.to_string(),
                    digest: entry.capture.digest,
                }));
                damages.extend(read.map(|entry| Damage::OnlyInFiles {
                    sequence: entry.sequence,
                    url: entry.capture.url.to_string(),
                    digest: entry.capture.digest,
                }));
            }
        }
    }
}

/// Walks through the captures of a catalog without holding all of them.
struct Walk<'a> {
    catalog: &'a Catalog,
    batch: std::vec::IntoIter<Entry>,
    last: u64,
}

impl<'a> Walk<'a> {
    fn new(catalog: &'a Catalog) -> Self {
        Self {
            catalog,
            batch: Vec::new().into_iter(),
            last: 0,
        }
    }

    fn next(&mut self) -> Result<Option<Entry>, Error> {
        if self.batch.len() == 0 {
            self.batch = self.catalog.captures_since(self.last, BATCH)?.into_iter();
        }
        let entry = self.batch.next();
        if let Some(entry) = &entry {
            self.last = entry.sequence;
        }
        Ok(entry)
    }
}
