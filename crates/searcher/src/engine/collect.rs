//! One pass over the matching documents: exact total, the best hits, and facets that ignore their own filter.

use std::cmp::Ordering;

use laendersache_indexer::columns;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::{DocAddress, DocId, SegmentReader};

use super::columns::{numbers, words};
use super::facets::{SegmentCounts, facets};
use super::filter::{SegmentFilters, Verdict};
use super::rank::{Best, Rank, score_of};
use crate::backend::{Counting, Wanted};
use crate::{Facet, Filters, Sort};

/// Facets are counted in batches of so many documents.
const BATCH: usize = 512;

/// A hit, not yet read.
pub(super) struct RankedHit {
    pub score: f32,
    pub address: DocAddress,
    rank: Rank,
    /// The id in its sorting form, to compare across segments.
    order: String,
}

/// What one pass over the documents gives.
pub(super) struct Collected {
    pub total: u64,
    /// The best hits, best first, as many as the skipped and the wanted together.
    pub top: Vec<RankedHit>,
    pub facets: Vec<Facet>,
}

/// Collects hits as wanted.
pub(super) struct HitCollector {
    filters: Filters,
    sort: Sort,
    keep: usize,
    counting: Counting,
}

impl HitCollector {
    pub(super) fn new(wanted: &Wanted<'_>) -> Self {
        Self {
            filters: wanted.filters.clone(),
            sort: wanted.sort,
            keep: wanted.offset.saturating_add(wanted.size),
            counting: wanted.counting,
        }
    }
}

impl Collector for HitCollector {
    type Fruit = Collected;
    type Child = SegmentHits;

    fn for_segment(&self, number: u32, segment: &SegmentReader) -> tantivy::Result<SegmentHits> {
        let counts = match self.counting {
            Counting::Facets => Some(SegmentCounts::new(segment)?),
            Counting::Hits => None,
        };
        Ok(SegmentHits {
            number,
            sort: self.sort,
            filters: SegmentFilters::new(&self.filters, segment)?,
            order: words(segment, columns::ORDER)?,
            best: Best::new(self.sort, self.keep, numbers(segment, columns::DATE)?),
            counts,
            batch: Vec::with_capacity(BATCH),
            total: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn merge_fruits(&self, segments: Vec<SegmentFruit>) -> tantivy::Result<Collected> {
        let mut total = 0;
        let mut top = Vec::new();
        let mut counts = Vec::new();
        for segment in segments {
            total += segment.total;
            top.extend(segment.top?);
            counts.extend(segment.counts);
        }
        top.sort_by(compare);
        let facets = match self.counting {
            Counting::Facets => facets(counts),
            Counting::Hits => Vec::new(),
        };
        Ok(Collected { total, top, facets })
    }
}

/// Better hits first; ordinals of different segments say nothing, the ids themselves do.
fn compare(left: &RankedHit, right: &RankedHit) -> Ordering {
    let by_rank = (right.rank.major, right.rank.minor).cmp(&(left.rank.major, left.rank.minor));
    by_rank.then_with(|| left.order.cmp(&right.order))
}

/// Collects the hits of one segment.
pub(super) struct SegmentHits {
    number: u32,
    sort: Sort,
    filters: SegmentFilters,
    order: Option<StrColumn>,
    best: Best,
    counts: Option<SegmentCounts>,
    batch: Vec<DocId>,
    total: u64,
}

/// What one segment gives; the counts by field and value.
pub(super) struct SegmentFruit {
    total: u64,
    top: tantivy::Result<Vec<RankedHit>>,
    counts: Option<Vec<Vec<(String, u64)>>>,
}

impl SegmentHits {
    fn flush(&mut self) {
        if let Some(counts) = &mut self.counts {
            counts.count(&self.batch);
        }
        self.batch.clear();
    }

    fn top(
        number: u32,
        sort: Sort,
        best: Best,
        order: Option<StrColumn>,
    ) -> tantivy::Result<Vec<RankedHit>> {
        let mut top = Vec::new();
        for rank in best.into_sorted() {
            let mut id = String::new();
            if let Some(column) = &order {
                column.ord_to_str(rank.ordinal.0, &mut id)?;
            }
            top.push(RankedHit {
                score: score_of(sort, &rank),
                address: DocAddress::new(number, rank.doc.0),
                rank,
                order: id,
            });
        }
        Ok(top)
    }
}

impl SegmentCollector for SegmentHits {
    type Fruit = SegmentFruit;

    fn collect(&mut self, doc: DocId, score: f32) {
        match self.filters.verdict(doc) {
            Verdict::Fails => return,
            Verdict::FailsOnly(place) => {
                if let Some(counts) = &mut self.counts {
                    counts.count_in(place, doc);
                }
                return;
            }
            Verdict::Passes => {}
        }
        self.total += 1;
        let order = &self.order;
        self.best.offer(doc, score, || {
            order
                .as_ref()
                .and_then(|order| order.ords().first(doc))
                .unwrap_or(u64::MAX)
        });
        self.batch.push(doc);
        if self.batch.len() == BATCH {
            self.flush();
        }
    }

    fn harvest(mut self) -> SegmentFruit {
        self.flush();
        SegmentFruit {
            total: self.total,
            top: Self::top(self.number, self.sort, self.best, self.order),
            counts: self.counts.map(SegmentCounts::harvest),
        }
    }
}
