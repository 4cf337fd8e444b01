//! `Corpus → Index`: the works of the corpus, read one by one, become a generation.

use std::ops::ControlFlow;

use laendersache_corpus::Corpus;
use laendersache_model::Conferences;

use crate::build::{BuildSettings, Outcome, Progress, build};
use crate::{Error, work_record};

/// Builds the index of a corpus; see [`build`]. `conferences` gives the names under which meetings are found.
///
/// # Errors
/// If the corpus cannot be read, and as [`build`].
pub fn build_corpus(
    corpus: &Corpus,
    conferences: &Conferences,
    settings: &BuildSettings<'_>,
    progress: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Outcome, Error> {
    let ids = corpus.ids().map_err(|error| Error::Records {
        source: error.into(),
    })?;
    let records = ids.iter().filter_map(|id| {
        let work = corpus.work(id).transpose()?;
        Some(work.map(|work| work_record(&work, conferences)))
    });
    build(records, settings, progress)
}
