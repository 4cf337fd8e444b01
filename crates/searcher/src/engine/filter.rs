//! Filters over columns: which of the chosen filters a document fails.

use laendersache_indexer::{codes, columns};
use laendersache_model::Land;
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, SegmentReader};

use super::columns::{Numbers, numbers, words};
use crate::{Filters, VoteFilter};

/// Names of the fields that are filtered and counted, in the order in which facets are returned.
pub(super) const FIELDS: [&str; 9] = [
    columns::CONFERENCE,
    columns::YEAR,
    columns::CHAIR,
    columns::APPLICANT,
    columns::VOTE,
    columns::STATEMENT,
    columns::KIND,
    columns::ADDRESSEE,
    columns::STATE,
];

/// What a document's value must be to pass.
enum Test {
    /// The number is one of these, given as bits.
    OneOf(Numbers, u64),
    /// The number, itself a set of bits, shares one with these.
    Shares(Numbers, u64),
    Between(Numbers, u64, u64),
    /// One of the words is one of these.
    Words(Column<u64>, Vec<u64>),
}

impl Test {
    fn passes(&self, doc: DocId) -> bool {
        match self {
            Self::OneOf(numbers, allowed) => 1_u64
                .checked_shl(numbers.get_val(doc) as u32)
                .is_some_and(|bit| bit & allowed != 0),
            Self::Shares(numbers, allowed) => numbers.get_val(doc) & allowed != 0,
            Self::Between(numbers, from, to) => (*from..=*to).contains(&numbers.get_val(doc)),
            Self::Words(ordinals, allowed) => ordinals
                .values_for_doc(doc)
                .any(|ordinal| allowed.contains(&ordinal)),
        }
    }
}

/// What became of a document under the filters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It is a hit.
    Passes,
    /// It fails only the filter on this field (an index into [`FIELDS`]), so that field's facet counts it.
    FailsOnly(usize),
    /// It fails several filters.
    Fails,
}

/// The chosen filters, bound to one segment.
pub(super) struct SegmentFilters {
    tests: Vec<(usize, Test)>,
}

impl SegmentFilters {
    pub(super) fn new(filters: &Filters, segment: &SegmentReader) -> tantivy::Result<Self> {
        let mut tests = Vec::new();
        for (place, field) in FIELDS.into_iter().enumerate() {
            tests.extend(test(field, filters, segment)?.map(|test| (place, test)));
        }
        Ok(Self { tests })
    }

    pub(super) fn verdict(&self, doc: DocId) -> Verdict {
        let mut verdict = Verdict::Passes;
        for (place, test) in &self.tests {
            if !test.passes(doc) {
                if verdict != Verdict::Passes {
                    return Verdict::Fails;
                }
                verdict = Verdict::FailsOnly(*place);
            }
        }
        verdict
    }
}

fn test(field: &str, filters: &Filters, segment: &SegmentReader) -> tantivy::Result<Option<Test>> {
    let one_of = |allowed: Vec<u64>| -> tantivy::Result<Option<Test>> {
        if allowed.is_empty() {
            return Ok(None);
        }
        let bits = allowed.iter().fold(0, |bits, code| bits | 1 << code);
        Ok(Some(Test::OneOf(numbers(segment, field)?, bits)))
    };
    let shares = |laender: &[Land]| -> tantivy::Result<Option<Test>> {
        if laender.is_empty() {
            return Ok(None);
        }
        Ok(Some(Test::Shares(
            numbers(segment, field)?,
            codes::land_mask(laender),
        )))
    };
    let named = |names: &[String]| -> tantivy::Result<Option<Test>> {
        if names.is_empty() {
            return Ok(None);
        }
        words_test(words(segment, field)?, names).map(Some)
    };
    match field {
        columns::CONFERENCE => named(&filters.conference),
        columns::YEAR => years_test(filters, segment),
        columns::CHAIR => one_of(
            filters
                .chair
                .iter()
                .map(|land| codes::land_code(*land))
                .collect(),
        ),
        columns::APPLICANT => shares(&filters.applicant),
        columns::VOTE => one_of(filters.vote.iter().map(|vote| vote_code(*vote)).collect()),
        columns::STATEMENT => shares(&filters.statement),
        columns::KIND => one_of(
            filters
                .kind
                .iter()
                .map(|kind| codes::kind_code(*kind))
                .collect(),
        ),
        columns::ADDRESSEE => named(&filters.addressee),
        _ => one_of(
            filters
                .state
                .iter()
                .map(|state| codes::state_code(*state))
                .collect(),
        ),
    }
}

fn vote_code(vote: VoteFilter) -> u64 {
    let place = match vote {
        VoteFilter::Unanimous => 0,
        VoteFilter::Majority => 1,
        VoteFilter::Unknown => 2,
    };
    place + 1
}

fn years_test(filters: &Filters, segment: &SegmentReader) -> tantivy::Result<Option<Test>> {
    if filters.year_from.is_none() && filters.year_to.is_none() {
        return Ok(None);
    }
    // Documents without a year have 0 and are in no range.
    let from = filters.year_from.map_or(1, |year| year.max(1) as u64);
    let to = filters.year_to.map_or(u64::MAX, |year| year.max(0) as u64);
    Ok(Some(Test::Between(
        numbers(segment, columns::YEAR)?,
        from,
        to,
    )))
}

/// Finds the ordinals of names in any case.
fn words_test(column: Option<StrColumn>, names: &[String]) -> tantivy::Result<Test> {
    let Some(column) = column else {
        return Ok(Test::Words(Column::build_empty_column(0), Vec::new()));
    };
    let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let mut allowed = Vec::new();
    let mut stream = column.dictionary().stream()?;
    while stream.advance() {
        let name = String::from_utf8_lossy(stream.key()).to_lowercase();
        if names.contains(&name) {
            allowed.push(stream.term_ord());
        }
    }
    Ok(Test::Words(column.ords().clone(), allowed))
}
