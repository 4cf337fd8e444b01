//! The writing side of an archive: records to the file, then the catalog, and no going on after a failure.

use std::{fs::File, path::Path};

use jiff::Timestamp;
use laendersache_model::Capture;

use crate::{
    capture_record,
    catalog::Catalog,
    error::Error,
    exchange::Exchange,
    record,
    warc_writer::{Place, WarcWriter},
};

/// What only the one writer has.
#[derive(Debug)]
pub(crate) struct Writing {
    writer: WarcWriter,
    commit_every: u32,
    uncommitted: u32,
    failed: bool,
    /// Held as long as the archive is open for writing.
    _lock: File,
}

impl Writing {
    /// Begins to write with the lock held.
    pub(crate) fn new(writer: WarcWriter, commit_every: u32, lock: File) -> Self {
        Self {
            writer,
            commit_every,
            uncommitted: 0,
            failed: false,
            _lock: lock,
        }
    }

    /// Tells whether a write failed.
    pub(crate) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Returns where the next record will begin.
    pub(crate) fn place(&mut self, now: Timestamp) -> Result<Place, Error> {
        self.failed = true;
        let place = self.writer.place(now)?;
        self.failed = false;
        Ok(place)
    }

    /// Writes records and stages what the catalog says of them.
    pub(crate) fn stage(
        &mut self,
        records: &[u8],
        catalog: &Catalog,
        insert: impl FnOnce() -> Result<(), Error>,
    ) -> Result<(), Error> {
        // Set back only at the end: a failure in between leaves files and catalog of different minds.
        self.failed = true;
        let end = self.writer.write(records)?;
        catalog.begin()?;
        catalog.set_known_bytes(&end.file, end.offset)?;
        insert()?;
        self.failed = false;
        self.uncommitted += 1;
        if self.uncommitted >= self.commit_every {
            self.commit(catalog)?;
        }
        Ok(())
    }

    /// Syncs what was written and makes the catalog say so.
    pub(crate) fn commit(&mut self, catalog: &Catalog) -> Result<(), Error> {
        // A failed sync is never tried again: the system may have dropped the pages it could not write.
        self.failed = true;
        self.writer.sync()?;
        catalog.commit()?;
        self.failed = false;
        self.uncommitted = 0;
        Ok(())
    }
}

/// Returns the writing side of an archive that can be written.
pub(crate) fn writing_of<'a>(
    writing: &'a mut Option<Writing>,
    dir: &Path,
) -> Result<&'a mut Writing, Error> {
    match writing {
        None => Err(Error::ReadOnly {
            dir: dir.to_owned(),
        }),
        Some(writing) if writing.failed => Err(Error::Poisoned {
            dir: dir.to_owned(),
        }),
        Some(writing) => Ok(writing),
    }
}

/// Returns the capture that an exchange will be: new content, content that is held, or "not modified".
pub(crate) fn new_capture(
    catalog: &Catalog,
    exchange: &Exchange,
    payload: &[u8],
) -> Result<Capture, Error> {
    if exchange.response.status == 304 {
        let previous = catalog
            .latest_held(&exchange.url)?
            .ok_or_else(|| Error::NothingHeld {
                url: exchange.url.to_string(),
            })?;
        let capture = capture_record::capture_of(exchange, previous.digest, previous.size_bytes);
        return Ok(capture_record::inherit(capture, &previous));
    }
    let digest = record::digest_of(payload);
    let mut capture = capture_record::capture_of(exchange, digest, payload.len() as u64);
    // Empty payloads are all the same and say nothing of each other.
    capture.revisit = !payload.is_empty() && catalog.original(&digest)?.is_some();
    Ok(capture)
}
