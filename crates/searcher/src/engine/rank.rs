//! The order of hits: by relevance or date, then by date, then by id; and the best of them in bounded memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use tantivy::DocId;

use super::columns::Numbers;
use crate::Sort;

/// A place in the order; greater is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rank {
    pub major: u64,
    pub minor: u64,
    /// Ordinal of the id within the segment; the smaller one is better.
    pub ordinal: Reverse<u64>,
    pub doc: Reverse<DocId>,
}

/// The best documents of one segment.
pub(super) struct Best {
    sort: Sort,
    keep: usize,
    dates: Numbers,
    heap: BinaryHeap<Reverse<Rank>>,
}

impl Best {
    pub(super) fn new(sort: Sort, keep: usize, dates: Numbers) -> Self {
        Self {
            sort,
            keep,
            dates,
            heap: BinaryHeap::new(),
        }
    }

    /// Takes a document into account. `ordinal` is asked only if it may be among the best.
    pub(super) fn offer(&mut self, doc: DocId, score: f32, ordinal: impl FnOnce() -> u64) {
        let full = self.heap.len() >= self.keep;
        let worst = self.heap.peek().map(|worst| worst.0);
        let score_key = u64::from(score.max(0.0).to_bits());
        if full && worst.is_none_or(|worst| self.sort == Sort::Relevance && score_key < worst.major)
        {
            return;
        }
        let date = self.dates.get_val(doc);
        let (major, minor) = match self.sort {
            Sort::Relevance => (score_key, date),
            Sort::Newest => (date, 0),
            // A date that is not known comes last in both directions.
            Sort::Oldest => (if date == 0 { 0 } else { u64::MAX - date }, 0),
        };
        if full && worst.is_some_and(|worst| (major, minor) < (worst.major, worst.minor)) {
            return;
        }
        let rank = Rank {
            major,
            minor,
            ordinal: Reverse(ordinal()),
            doc: Reverse(doc),
        };
        if !full {
            self.heap.push(Reverse(rank));
        } else if worst.is_some_and(|worst| rank > worst) {
            self.heap.pop();
            self.heap.push(Reverse(rank));
        }
    }

    /// Returns the best, best first.
    pub(super) fn into_sorted(self) -> Vec<Rank> {
        self.heap
            .into_sorted_vec()
            .into_iter()
            .map(|rank| rank.0)
            .collect()
    }
}

/// Returns the score from which a rank by relevance was made.
pub(super) fn score_of(sort: Sort, rank: &Rank) -> f32 {
    match sort {
        Sort::Relevance => f32::from_bits(rank.major as u32),
        Sort::Newest | Sort::Oldest => 0.0,
    }
}
