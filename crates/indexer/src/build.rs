//! Building: records → a new generation beside the one that serves, proven before it is published.
//!
//! The steps stand in [`build`] in their order. Whatever stops the build between two of them, the old generation goes
//! on serving, and the next build removes what is left.

use std::collections::HashSet;
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::num::NonZeroUsize;
use std::ops::ControlFlow;
use std::path::Path;

use jiff::Timestamp;
use laendersache_analysis::Analyzer;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, Schema};
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher};

use crate::generation::{Generation, PARTIAL, generations_dir};
use crate::manifest::{Manifest, seal_files};
use crate::schema::{FORMAT, Fields, Key, document, register_tokenizer, schema};
use crate::{Error, Record, durable, generation, vocabulary};

/// Memory of one indexing thread before it writes a segment; the whole build stays below a gigabyte with two threads.
const MEMORY_BYTES_PER_THREAD: usize = 200 << 20;

/// Up to so many documents become one segment, so that every query reads one dictionary; merging more costs more
/// than it gains.
const ONE_SEGMENT_DOCUMENTS: u64 = 20_000;

/// Progress is told after this many records.
const PROGRESS_STEP: u64 = 1000;

/// What a build needs to know beside the records.
#[derive(Debug, Clone, Copy)]
pub struct BuildSettings<'a> {
    /// Home of the index: here lie `current` and `generations/`.
    pub dir: &'a Path,
    /// Revision of the corpus; the same revision and analysis need no new generation.
    pub corpus_revision: &'a str,
    /// The present moment.
    pub built_at: Timestamp,
    /// Number of indexing threads; `None` takes as many as there are processors.
    pub threads: Option<NonZeroUsize>,
}

/// How far a build is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// So many records were handed to the engine.
    Records(u64),
    /// The engine writes and merges its segments.
    Committing,
    /// The new generation is read again and checked.
    Checking,
    /// The new generation is proven and on the disk under its final name.
    Proven,
    /// `current` names the new generation.
    Published,
}

/// What a build led to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A new generation serves.
    Built(Generation),
    /// The current generation was built from the same corpus with the same analysis, and is whole.
    Unchanged(Generation),
}

impl Outcome {
    /// Returns the generation that serves.
    #[must_use]
    pub fn generation(&self) -> &Generation {
        match self {
            Self::Built(generation) | Self::Unchanged(generation) => generation,
        }
    }
}

/// Builds a generation and publishes it, unless the current one is already what would be built.
///
/// `progress` is called between the steps and stops the build with [`ControlFlow::Break`].
///
/// # Errors
/// If records cannot be read, the disk fails, the result does not pass its checks, or another build is running.
/// In all these cases the old generation goes on serving.
pub fn build<E>(
    records: impl IntoIterator<Item = Result<Record, E>>,
    settings: &BuildSettings<'_>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Outcome, Error>
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let _lock = generation::lock(settings.dir)?;
    generation::remove_partial(settings.dir)?;
    if let Some(generation) = unchanged(settings) {
        return Ok(Outcome::Unchanged(generation));
    }
    let name = free_name(settings);
    let partial = generations_dir(settings.dir).join(format!("{name}{PARTIAL}"));
    fs::create_dir(&partial).map_err(Error::io("create", &partial))?;

    let written = write_records(records, (&partial, settings.threads), progress)?;
    step(progress, Progress::Checking)?;
    let manifest = prove(&partial, &written, settings)?;
    durable::sync_directory(&partial)?;
    let path = generations_dir(settings.dir).join(&name);
    durable::rename(&partial, &path)?;
    step(progress, Progress::Proven)?;
    generation::publish(settings.dir, &name)?;
    // It is too late to stop: readers see the new generation.
    let _ = progress(Progress::Published);
    generation::remove_old(settings.dir)?;
    Ok(Outcome::Built(Generation {
        name,
        path,
        manifest,
    }))
}

fn step(
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    reached: Progress,
) -> Result<(), Error> {
    match progress(reached) {
        ControlFlow::Continue(()) => Ok(()),
        ControlFlow::Break(()) => Err(Error::Interrupted),
    }
}

fn unchanged(settings: &BuildSettings<'_>) -> Option<Generation> {
    let name = generation::current_name(settings.dir)?;
    let current = generation::verified(settings.dir, &name).ok()?;
    let same = current.manifest.corpus_revision == settings.corpus_revision
        && current.manifest.analyzer_version == Analyzer::version();
    same.then_some(current)
}

/// The name follows from what is built; a damaged generation of that name is not overwritten while it may serve.
fn free_name(settings: &BuildSettings<'_>) -> String {
    let built_from = format!(
        "{FORMAT}\n{}\n{}",
        Analyzer::version(),
        settings.corpus_revision
    );
    let digest = blake3::hash(built_from.as_bytes()).to_hex();
    let base = &digest[..16];
    let home = generations_dir(settings.dir);
    let numbered = (2..).map(|count| format!("{base}-{count}"));
    std::iter::once(base.to_owned())
        .chain(numbered)
        .find(|name| !home.join(name).exists())
        .expect("a directory has finitely many entries")
}

/// What was handed to the engine, to be compared with what it gives back.
struct Written {
    documents: u64,
    text_bytes: u64,
    samples: Vec<String>,
}

fn write_records<E>(
    records: impl IntoIterator<Item = Result<Record, E>>,
    (dir, threads): (&Path, Option<NonZeroUsize>),
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Written, Error>
where
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    let schema = schema();
    let writer = writer(dir, &schema, threads)?;
    let mut written = Written {
        documents: 0,
        text_bytes: 0,
        samples: Vec::new(),
    };
    let hasher = RandomState::new();
    let mut ids = HashSet::new();
    for record in records {
        let record = record.map_err(|error| Error::Records {
            source: error.into(),
        })?;
        // 64 bits of the id are enough: a collision among a million ids has a chance of one to 30 million.
        if !ids.insert(hasher.hash_one(&record.id)) {
            return Err(Error::DuplicateId { id: record.id });
        }
        if written.documents.is_power_of_two() {
            written.samples.push(record.id.clone());
        }
        written.documents += 1;
        written.text_bytes += record.text_bytes();
        let document = document(&record, &schema).map_err(Error::engine("fill", dir))?;
        writer
            .add_document(document)
            .map_err(Error::engine("fill", dir))?;
        if written.documents.is_multiple_of(PROGRESS_STEP) {
            step(progress, Progress::Records(written.documents))?;
        }
    }
    step(progress, Progress::Records(written.documents))?;
    step(progress, Progress::Committing)?;
    commit(writer, written.documents).map_err(Error::engine("write", dir))?;
    Ok(written)
}

fn writer(
    dir: &Path,
    schema: &Schema,
    threads: Option<NonZeroUsize>,
) -> Result<IndexWriter, Error> {
    let index = Index::create_in_dir(dir, schema.clone()).map_err(Error::engine("create", dir))?;
    register_tokenizer(&index);
    let threads = threads.or_else(|| std::thread::available_parallelism().ok());
    let threads = threads.map_or(1, NonZeroUsize::get).min(8);
    let writer = index
        .writer_with_num_threads(threads, threads * MEMORY_BYTES_PER_THREAD)
        .map_err(Error::engine("open", dir))?;
    Ok(writer)
}

/// Commits; a small index is merged into one segment, a large one as the engine's policy says.
fn commit(mut writer: IndexWriter, documents: u64) -> Result<(), tantivy::TantivyError> {
    writer.commit()?;
    let segments = writer.index().searchable_segment_ids()?;
    if segments.len() > 1 && documents <= ONE_SEGMENT_DOCUMENTS {
        writer.merge(&segments).wait()?;
        writer.garbage_collect_files().wait()?;
    }
    writer.wait_merging_threads()
}

/// Reads the new generation again, compares it with what was written, and seals it.
fn prove(dir: &Path, written: &Written, settings: &BuildSettings<'_>) -> Result<Manifest, Error> {
    let index = Index::open_in_dir(dir).map_err(Error::engine("open", dir))?;
    let damaged = index
        .validate_checksum()
        .map_err(Error::engine("read", dir))?;
    if let Some(file) = damaged.iter().next() {
        return Err(Error::Unproven {
            what: format!("`{}` has a wrong checksum", file.display()),
        });
    }
    let reader = index
        .reader_builder()
        .reload_policy(ReloadPolicy::Manual)
        .try_into();
    let searcher = reader.map_err(Error::engine("read", dir))?.searcher();
    let fields = Fields::of(&index.schema()).map_err(Error::engine("read", dir))?;
    check_content(&searcher, fields, written)?;
    vocabulary::write_vocabulary(&searcher, fields, dir)?;
    let newest = generation::list(settings.dir)
        .first()
        .map_or(0, |newest| newest.manifest.sequence);
    let manifest = Manifest {
        format: FORMAT,
        sequence: newest + 1,
        documents: written.documents,
        text_bytes: written.text_bytes,
        analyzer_version: Analyzer::version().to_owned(),
        corpus_revision: settings.corpus_revision.to_owned(),
        built_at: settings.built_at,
        files: seal_files(dir)?,
        seal: String::new(),
    };
    manifest.write(dir)
}

fn check_content(searcher: &Searcher, fields: Fields, written: &Written) -> Result<(), Error> {
    let found = searcher.num_docs();
    if found != written.documents {
        let what = format!("{found} documents instead of {}", written.documents);
        return Err(Error::Unproven { what });
    }
    for id in &written.samples {
        let query = TermQuery::new(fields.key(Key::Id, id), IndexRecordOption::Basic);
        let count = tantivy::query::Query::count(&query, searcher);
        if !matches!(count, Ok(1)) {
            return Err(Error::Unproven {
                what: format!("`{id}` cannot be found"),
            });
        }
    }
    Ok(())
}
