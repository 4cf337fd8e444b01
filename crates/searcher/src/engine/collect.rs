//! One pass over the matching documents: exact total, the best hits, and facets that ignore their own filter.

use std::cmp::Ordering;

use laendersache_indexer::columns;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::StrColumn;
use tantivy::query::Weight;
use tantivy::{DocAddress, DocId, SegmentReader, TERMINATED};

use super::columns::{numbers, words};
use super::facets::{SegmentCounts, facets};
use super::filter::{FIELDS, SegmentFilters, Verdict};
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
            failing: vec![Vec::new(); FIELDS.len()],
            total: 0,
        })
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    /// Asks for scores only of documents that pass the filters, which spares most of the work of a narrow search.
    fn collect_segment(
        &self,
        weight: &dyn Weight,
        number: u32,
        segment: &SegmentReader,
    ) -> tantivy::Result<SegmentFruit> {
        let mut hits = self.for_segment(number, segment)?;
        let mut scorer = weight.scorer(segment, 1.0)?;
        let mut doc = scorer.doc();
        while doc != TERMINATED {
            if !segment.is_deleted(doc) && hits.passes(doc) {
                let score = if self.requires_scoring() {
                    scorer.score()
                } else {
                    0.0
                };
                hits.take(doc, score);
            }
            doc = scorer.advance();
        }
        Ok(hits.harvest())
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
    /// Hits that are not counted yet.
    batch: Vec<DocId>,
    /// The same for documents that fail only the filter on one field.
    failing: Vec<Vec<DocId>>,
    total: u64,
}

/// What one segment gives; the counts by field and value.
pub(super) struct SegmentFruit {
    total: u64,
    top: tantivy::Result<Vec<RankedHit>>,
    counts: Option<Vec<Vec<(String, u64)>>>,
}

impl SegmentHits {
    /// Returns true if a document is a hit; if it fails one filter, it is counted for that filter's field.
    fn passes(&mut self, doc: DocId) -> bool {
        match self.filters.verdict(doc) {
            Verdict::Passes => true,
            Verdict::Fails => false,
            Verdict::FailsOnly(place) => {
                self.failing[place].push(doc);
                if self.failing[place].len() == BATCH {
                    self.flush();
                }
                false
            }
        }
    }

    fn take(&mut self, doc: DocId, score: f32) {
        self.total += 1;
        let order = &self.order;
        self.best.offer(doc, score, || {
            let ordinal = order.as_ref().and_then(|order| order.ords().first(doc));
            ordinal.unwrap_or(u64::MAX)
        });
        self.batch.push(doc);
        if self.batch.len() == BATCH {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if let Some(counts) = &mut self.counts {
            counts.count(&self.batch);
            for (place, failing) in self.failing.iter().enumerate() {
                counts.count_in(place, failing);
            }
        }
        self.batch.clear();
        self.failing.iter_mut().for_each(Vec::clear);
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
        if self.passes(doc) {
            self.take(doc, score);
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
