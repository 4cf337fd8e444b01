//! The searcher: one open index generation that answers requests and can be exchanged while it does.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use jiff::Timestamp;
use laendersache_analysis::Analyzer;
use laendersache_indexer::{Generation, OpenedIndex, current_name, open_current};
use laendersache_model::Conferences;

use crate::backend::{Backend, Counting, Wanted};
use crate::engine::Engine;
use crate::excerpt::{Marker, hit};
use crate::known::KnownItems;
use crate::language::parse;
use crate::plan::{Plan, plan};
use crate::suggest::{Offers, Vocabulary};
use crate::{Error, Interpretation, Results, SearchRequest};

/// A request gets at most so many hits at once.
const MAX_SIZE: usize = 1000;

/// Answers searches over the index generation that `current` names; shared by all threads.
pub struct Searcher {
    dir: PathBuf,
    analyzer: Analyzer,
    known_items: KnownItems,
    opened: RwLock<Arc<Opened>>,
}

/// One generation, opened; a search keeps it alive until it is answered.
struct Opened {
    generation: Generation,
    backend: Box<dyn Backend>,
    vocabulary: Vocabulary,
    damage: Vec<String>,
}

/// What asking for a newer generation led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reload {
    /// A newer generation answers from now on.
    Reloaded,
    /// The generation is still the one that `current` names.
    Unchanged,
}

/// A text that the reader may be about to type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// What was typed, with its last word completed as the texts write it.
    pub text: String,
    /// Number of resolutions that contain the word.
    pub documents: u64,
}

/// What answers, and whether it is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Health {
    /// Name of the generation that answers.
    pub generation: String,
    /// Number of documents in it.
    pub documents: u64,
    /// Revision of the corpus it was built from.
    pub corpus_revision: String,
    /// Version of the analysis it was built with.
    pub analyzer_version: String,
    /// When it was built.
    pub built_at: Timestamp,
    /// What is wrong: a newer generation that could not be used, or an analysis that is not the program's.
    pub damage: Vec<String>,
}

impl Opened {
    fn new(index: OpenedIndex) -> Result<Self, Error> {
        let generation = index.generation.clone();
        let failed = |source: Box<dyn std::error::Error + Send + Sync>| Error::Read {
            generation: generation.name.clone(),
            source,
        };
        let words = fs::read(generation.vocabulary_path()).map_err(|error| failed(error.into()))?;
        let vocabulary = Vocabulary::new(words).map_err(|error| failed(error.into()))?;
        let backend = Box::new(Engine::new(&index));
        let mut damage = index.damage;
        if generation.manifest.analyzer_version != Analyzer::version() {
            damage.push(format!(
                "the index was built with analysis `{}`, this program has `{}`; build it again",
                generation.manifest.analyzer_version,
                Analyzer::version()
            ));
        }
        Ok(Self {
            generation,
            backend,
            vocabulary,
            damage,
        })
    }
}

impl Searcher {
    /// Opens the current generation of the index in `dir` with the embedded conferences.
    ///
    /// # Errors
    /// If there is no usable generation.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        Self::open_with(dir, Conferences::embedded())
    }

    /// Opens the current generation with other data on conferences, needed to understand "13. IntMK".
    ///
    /// # Errors
    /// If there is no usable generation.
    pub fn open_with(dir: &Path, conferences: Conferences) -> Result<Self, Error> {
        let opened = open(dir)?;
        Ok(Self {
            dir: dir.to_owned(),
            analyzer: Analyzer::german(),
            known_items: KnownItems::new(conferences),
            opened: RwLock::new(Arc::new(opened)),
        })
    }

    /// Answers a request. Blocks; callers in async code use a blocking pool.
    ///
    /// # Errors
    /// If the index cannot be read; never because of what was typed.
    pub fn search(&self, request: &SearchRequest) -> Result<Results, Error> {
        let opened = self.opened();
        let backend = opened.backend.as_ref();
        let parsed = parse(&request.query);
        let known = self.known_items.resolve(parsed.query, backend)?;
        let (known_item, known_query) = match known {
            Some(known) => (Some(known.item), known.query),
            None => (None, None),
        };
        let plan = match known_query {
            Some(query) => Plan {
                query,
                ..Plan::default()
            },
            None => plan(&parsed, &request.literal, &self.analyzer, backend)?,
        };
        let wanted = Wanted {
            filters: &request.filters,
            sort: request.sort,
            offset: request.offset,
            size: request.size.min(MAX_SIZE),
            counting: Counting::Facets,
        };
        let found = backend.search(&plan.query, &wanted)?;
        let marker = Marker::new(&self.analyzer, &plan.marks);
        let hits = found
            .hits
            .into_iter()
            .map(|(score, record)| hit(score, record, &marker));
        let suggestion = self.offers(&opened).corrected(parsed.query, &plan.words)?;
        Ok(Results {
            total: found.total,
            hits: hits.collect(),
            facets: found.facets,
            interpretation: Interpretation {
                readings: plan.readings,
                known_item,
                truncated: parsed.truncated,
            },
            suggestion,
            generation: opened.generation.name.clone(),
        })
    }

    /// Exchanges the generation if `current` names another one.
    ///
    /// # Errors
    /// If no generation can be used; the old one goes on answering.
    pub fn reload(&self) -> Result<Reload, Error> {
        let name = current_name(&self.dir);
        if name.is_none_or(|name| name == self.opened().generation.name) {
            return Ok(Reload::Unchanged);
        }
        let opened = Arc::new(open(&self.dir)?);
        *self.opened.write().unwrap_or_else(PoisonError::into_inner) = opened;
        Ok(Reload::Reloaded)
    }

    /// Returns what was typed with its last word completed by words of the archive, most frequent first.
    ///
    /// # Errors
    /// If the index cannot be read.
    pub fn complete(&self, typed: &str, limit: usize) -> Result<Vec<Completion>, Error> {
        let opened = self.opened();
        let completions = self.offers(&opened).completed(typed, limit)?;
        let completion = |(text, documents)| Completion { text, documents };
        Ok(completions.into_iter().map(completion).collect())
    }

    /// Returns what answers at the moment.
    #[must_use]
    pub fn health(&self) -> Health {
        let opened = self.opened();
        let manifest = &opened.generation.manifest;
        Health {
            generation: opened.generation.name.clone(),
            documents: opened.backend.document_count(),
            corpus_revision: manifest.corpus_revision.clone(),
            analyzer_version: manifest.analyzer_version.clone(),
            built_at: manifest.built_at,
            damage: opened.damage.clone(),
        }
    }

    /// Returns the number of documents that can be found.
    #[must_use]
    pub fn document_count(&self) -> u64 {
        self.opened().backend.document_count()
    }

    fn opened(&self) -> Arc<Opened> {
        Arc::clone(&self.opened.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn offers<'a>(&'a self, opened: &'a Opened) -> Offers<'a> {
        Offers {
            vocabulary: &opened.vocabulary,
            backend: opened.backend.as_ref(),
            analyzer: &self.analyzer,
        }
    }
}

fn open(dir: &Path) -> Result<Opened, Error> {
    let index = open_current(dir).map_err(|error| Error::Open {
        dir: dir.to_owned(),
        source: error.into(),
    })?;
    Opened::new(index)
}
