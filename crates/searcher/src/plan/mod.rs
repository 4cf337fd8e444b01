//! Pieces of a query → query tree, and what to tell the reader about it.

mod pairs;
mod planner;
mod run;
mod stop;
mod word;

use std::ops::Range;

use laendersache_analysis::Analyzer;

use crate::backend::Backend;
use crate::language::Parsed;
use crate::tree::{Alternative, Query};
use crate::{Error, Reading};

use planner::{Planner, StopWords};

/// A word of the query that hits must contain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PlannedWord {
    /// Where it stands in the query.
    pub range: Range<usize>,
    /// Its exact form.
    pub exact: String,
    /// Number of documents that contain it in any form.
    pub documents: u64,
}

/// A query, ready to be searched.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    pub query: Query,
    pub readings: Vec<Reading>,
    /// What is marked in hits, by word.
    pub marks: Vec<Vec<Alternative>>,
    pub words: Vec<PlannedWord>,
}

/// Makes a plan of the pieces. `literal` are words that the reader wants as they stand.
pub(crate) fn plan(
    parsed: &Parsed<'_>,
    literal: &[String],
    analyzer: &Analyzer,
    backend: &dyn Backend,
) -> Result<Plan, Error> {
    let mut planner = Planner::new(parsed.query, literal, analyzer, backend);
    let planned = planner.all(&parsed.pieces)?;
    // A query of nothing but stop words is meant as it stands.
    if planned.queries.is_empty() && planner.ignored {
        planner = Planner::new(parsed.query, literal, analyzer, backend);
        planner.stop_words = StopWords::Searched;
        let planned = planner.all(&parsed.pieces)?;
        return Ok(planner.into_plan(planned));
    }
    Ok(planner.into_plan(planned))
}
