//! The archive itself: append, latest, history, get.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use laendersache_model::{Capture, Digest, SiteId};
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    capture_record,
    catalog::Catalog,
    config::Config,
    error::{Error, io_error},
    exchange::{Exchange, RunRecord},
    http_head, opening, record,
    recovery::{self, Repair},
    verify::{self, VerifyReport},
    warc_reader,
    warc_writer::WarcWriter,
    writing::{Writing, new_capture, writing_of},
};

/// A capture and its place in the order of capture, which never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Counts from 1.
    pub sequence: u64,
    /// The capture.
    pub capture: Capture,
}

/// How much is held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// WARC files.
    pub files: u64,
    /// Captures, revisits included.
    pub captures: u64,
    /// Distinct payloads.
    pub payloads: u64,
    /// Reports of runs.
    pub runs: u64,
    /// Bytes of all WARC files.
    pub warc_bytes: u64,
}

/// An archive directory; clones share it.
#[derive(Debug, Clone)]
pub struct Archive {
    pub(crate) dir: Arc<Path>,
    repairs: Arc<[Repair]>,
    state: Arc<Mutex<State>>,
}

#[derive(Debug)]
pub(crate) struct State {
    pub(crate) catalog: Catalog,
    /// `None` in an archive that was opened for reading only.
    pub(crate) writing: Option<Writing>,
}

impl Archive {
    /// Opens or creates the archive in a directory for writing; there can be only one writer.
    ///
    /// # Errors
    /// [`Error::LockHeld`] if another process writes; [`Error::Shortened`] if something was lost on the disk.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        Self::open_with(dir, Config::default())
    }

    /// Opens or creates the archive for writing in another way than by default.
    ///
    /// # Errors
    /// As [`Archive::open`].
    pub fn open_with(dir: &Path, config: Config) -> Result<Self, Error> {
        fs::create_dir_all(dir).map_err(io_error(dir))?;
        let lock = opening::lock(dir)?;
        let (catalog, replaced) = opening::open_catalog(dir)?;
        catalog.begin()?;
        let mut repairs = Vec::from_iter(replaced);
        repairs.extend(recovery::catch_up(dir, &catalog)?);
        catalog.commit()?;
        let writer = WarcWriter::open(dir, config.max_file_bytes)?;
        let writing = Writing::new(writer, config.commit_every, lock);
        Ok(Self::new(dir, repairs, catalog, Some(writing)))
    }

    /// Opens an archive for reading, while another process may be writing.
    ///
    /// # Errors
    /// [`Error::Catalog`] if there is no archive, or none that was opened for writing before.
    pub fn open_read_only(dir: &Path) -> Result<Self, Error> {
        let catalog = Catalog::open_read_only(&opening::catalog_path(dir))?;
        Ok(Self::new(dir, Vec::new(), catalog, None))
    }

    fn new(dir: &Path, repairs: Vec<Repair>, catalog: Catalog, writing: Option<Writing>) -> Self {
        Self {
            dir: dir.into(),
            repairs: repairs.into(),
            state: Arc::new(Mutex::new(State { catalog, writing })),
        }
    }

    /// Returns what opening the archive had to repair.
    #[must_use]
    pub fn repairs(&self) -> &[Repair] {
        &self.repairs
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        // Whoever panicked with the lock has at worst left a staged change, which the next commit completes.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Appends an answer with its decoded payload and returns its capture.
    ///
    /// A payload that is held already is not written again, only a `revisit` record.
    /// An answer 304 takes the payload of the newest capture with content.
    ///
    /// # Errors
    /// [`Error::NothingHeld`] for a 304 without such a capture; [`Error::Io`] if the disk refuses.
    pub fn append(&self, exchange: &Exchange, payload: &[u8]) -> Result<Capture, Error> {
        let mut state = self.state();
        let State { catalog, writing } = &mut *state;
        let writing = writing_of(writing, &self.dir)?;
        let capture = new_capture(catalog, exchange, payload)?;
        let place = writing.place(exchange.fetched_at)?;
        let answer = if capture.revisit {
            let original = catalog
                .original(&capture.digest)?
                .ok_or(Error::UnknownDigest(capture.digest))?;
            capture_record::revisit_record(exchange, &place, &capture.digest, &original)
        } else {
            capture_record::response_record(exchange, &place, payload)
        };
        let request = capture_record::request_record(exchange, &place);
        writing.stage(&[answer, request].concat(), catalog, || {
            catalog.insert(&capture, &place).map(|_| ())
        })?;
        Ok(capture)
    }

    /// Appends the report of a run and commits all that was appended before it.
    ///
    /// # Errors
    /// [`Error::Io`] if the disk refuses.
    pub fn append_run(&self, run: &RunRecord) -> Result<(), Error> {
        let mut state = self.state();
        let State { catalog, writing } = &mut *state;
        let writing = writing_of(writing, &self.dir)?;
        let place = writing.place(run.started_at)?;
        let record = capture_record::run_record(run, &place);
        writing.stage(&record, catalog, || catalog.insert_run(run))?;
        writing.commit(catalog)
    }

    /// Syncs to the disk what was appended and enters it in the catalog, where readers see it.
    ///
    /// # Errors
    /// [`Error::Io`] if the disk refuses; the archive must then be opened again.
    pub fn commit(&self) -> Result<(), Error> {
        let mut state = self.state();
        let State { catalog, writing } = &mut *state;
        writing_of(writing, &self.dir)?.commit(catalog)
    }

    /// Returns the newest capture of a canonical address, whatever its status.
    ///
    /// # Errors
    /// [`Error::Catalog`] if the catalog cannot be read.
    pub fn latest(&self, url: &Url) -> Result<Option<Capture>, Error> {
        self.state().catalog.latest(url)
    }

    /// Returns the newest capture of a canonical address that has content: status 2xx or 304.
    ///
    /// # Errors
    /// [`Error::Catalog`] if the catalog cannot be read.
    pub fn latest_held(&self, url: &Url) -> Result<Option<Capture>, Error> {
        self.state().catalog.latest_held(url)
    }

    /// Returns all captures of a canonical address, oldest first.
    ///
    /// # Errors
    /// [`Error::Catalog`] if the catalog cannot be read.
    pub fn history(&self, url: &Url) -> Result<Vec<Entry>, Error> {
        self.state().catalog.history(url)
    }

    /// Returns at most `limit` captures after `sequence` in the order of capture; 0 is before the first.
    ///
    /// # Errors
    /// [`Error::Catalog`] if the catalog cannot be read.
    pub fn captures_since(&self, sequence: u64, limit: usize) -> Result<Vec<Entry>, Error> {
        self.state().catalog.captures_since(sequence, limit)
    }

    /// Returns the canonical addresses of which the crawls of a site hold content.
    ///
    /// # Errors
    /// [`Error::Catalog`] if the catalog cannot be read.
    pub fn held_urls(&self, site: &SiteId) -> Result<Vec<Url>, Error> {
        self.state().catalog.held_urls(site)
    }

    /// Returns at most `limit` reports of runs over a site, newest first.
    ///
    /// # Errors
    /// [`Error::Catalog`] if the catalog cannot be read.
    pub fn runs(&self, site: &SiteId, limit: usize) -> Result<Vec<RunRecord>, Error> {
        self.state().catalog.runs(site, limit)
    }

    /// Returns how much is held.
    ///
    /// # Errors
    /// [`Error::Catalog`] if the catalog cannot be read.
    pub fn counts(&self) -> Result<Counts, Error> {
        self.state().catalog.counts()
    }

    /// Returns the payload of a digest, verified.
    ///
    /// # Errors
    /// [`Error::UnknownDigest`] if it is not held; [`Error::DamagedRecord`] if its bytes are no longer right.
    pub fn get(&self, digest: &Digest) -> Result<Vec<u8>, Error> {
        let original = self
            .state()
            .catalog
            .original(digest)?
            .ok_or(Error::UnknownDigest(*digest))?;
        let path = self.dir.join(&original.place.file);
        let mut record = warc_reader::read_record(&path, original.place.offset)?;
        let payload = http_head::head_end(&record.block).map(|end| record.block.split_off(end));
        payload
            .filter(|payload| record::digest_of(payload) == *digest)
            .ok_or_else(|| Error::DamagedRecord {
                path,
                offset: original.place.offset,
                reason: format!("not the payload of digest {digest}"),
            })
    }

    /// Forgets the catalog and reads it again from the WARC files; returns what was found on the way.
    ///
    /// Readers see the old catalog until the new one is complete.
    ///
    /// # Errors
    /// [`Error::Io`] if a file cannot be read; the old catalog then stays.
    pub fn rebuild_catalog(&self) -> Result<Vec<Repair>, Error> {
        let mut state = self.state();
        let State { catalog, writing } = &mut *state;
        writing_of(writing, &self.dir)?.commit(catalog)?;
        opening::rebuild(&self.dir, catalog)
    }

    /// Opens an archive of which something was lost, by making its catalog anew from what is left.
    ///
    /// # Errors
    /// As [`Archive::open`], but never [`Error::Shortened`].
    pub fn open_rebuilding(dir: &Path) -> Result<Self, Error> {
        fs::create_dir_all(dir).map_err(io_error(dir))?;
        let guard = opening::lock(dir)?;
        let (catalog, _) = opening::open_catalog(dir)?;
        let repairs = opening::rebuild(dir, &catalog)?;
        drop((catalog, guard));
        let mut archive = Self::open(dir)?;
        archive.repairs = repairs.into();
        Ok(archive)
    }

    /// Reads every record again, compares every digest and compares the catalog with the files.
    ///
    /// # Errors
    /// [`Error::Io`] if a file cannot be read at all; damage is in the report.
    pub fn verify(&self) -> Result<VerifyReport, Error> {
        if self.state().writing.is_some() {
            self.commit()?;
        }
        verify::verify(&self.dir, &self.state().catalog)
    }
}

impl Drop for State {
    fn drop(&mut self) {
        if let Some(writing) = &mut self.writing
            && !writing.has_failed()
            && let Err(error) = writing.commit(&self.catalog)
        {
            // Nothing is lost: what is in the files is read again when the archive is opened.
            tracing::error!(%error, "cannot commit the archive on closing");
        }
    }
}
