//! The engine of this program behind the backend's door: tantivy, and nothing of it is seen above.

mod collect;
mod columns;
mod compile;
mod facets;
mod filter;
mod near;
mod rank;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use laendersache_indexer::{Fields, OpenedIndex, Record};
use tantivy::schema::Value;
use tantivy::{DocAddress, TantivyDocument};

use crate::Error;
use crate::backend::{Backend, Found, Wanted};
use crate::tree::Query;

/// Counts of words are kept, as every search asks for them; the oldest are forgotten all at once.
const MAX_KEPT_COUNTS: usize = 10_000;

/// One opened generation.
pub(crate) struct Engine {
    searcher: tantivy::Searcher,
    fields: Fields,
    generation: String,
    counts: Mutex<HashMap<String, u64>>,
}

impl Engine {
    pub(crate) fn new(index: &OpenedIndex) -> Self {
        Self {
            searcher: index.reader.searcher(),
            fields: index.fields,
            generation: index.generation.name.clone(),
            counts: Mutex::default(),
        }
    }

    fn failed(&self, source: tantivy::TantivyError) -> Error {
        Error::Read {
            generation: self.generation.clone(),
            source: source.into(),
        }
    }

    fn record(&self, address: DocAddress) -> Result<Record, tantivy::TantivyError> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let payload = document.get_first(self.fields.payload);
        let payload = payload
            .as_ref()
            .and_then(|value| value.as_bytes())
            .unwrap_or_default();
        serde_json::from_slice(payload)
            .map_err(|error| tantivy::TantivyError::InternalError(error.to_string()))
    }

    fn found(&self, query: &Query, wanted: &Wanted<'_>) -> Result<Found, tantivy::TantivyError> {
        let query = compile::compile(query, &self.searcher, self.fields)?;
        let collector = collect::HitCollector::new(wanted);
        let collected = self.searcher.search(query.as_ref(), &collector)?;
        let mut hits = Vec::with_capacity(wanted.size.min(collected.top.len()));
        for ranked in collected.top.iter().skip(wanted.offset).take(wanted.size) {
            hits.push((ranked.score, self.record(ranked.address)?));
        }
        Ok(Found {
            total: collected.total,
            hits,
            facets: collected.facets,
        })
    }
}

impl Backend for Engine {
    fn search(&self, query: &Query, wanted: &Wanted<'_>) -> Result<Found, Error> {
        self.found(query, wanted)
            .map_err(|error| self.failed(error))
    }

    fn count(&self, query: &Query) -> Result<u64, Error> {
        let key = format!("{query:?}");
        // A poisoned lock only means that another search panicked; the map itself is whole.
        let kept = || self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = kept().get(&key) {
            return Ok(*count);
        }
        let count = compile::compile(query, &self.searcher, self.fields)
            .and_then(|query| query.count(&self.searcher))
            .map_err(|error| self.failed(error))? as u64;
        let mut counts = kept();
        if counts.len() >= MAX_KEPT_COUNTS {
            counts.clear();
        }
        counts.insert(key, count);
        Ok(count)
    }

    fn document_count(&self) -> u64 {
        self.searcher.num_docs()
    }
}
