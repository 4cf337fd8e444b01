//! Words near each other in any order, each word given by several terms; the engine's phrases know only one order.

use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocId, DocSet, SegmentReader, TERMINATED, Term};

/// Documents in which all words stand within a number of positions.
#[derive(Debug, Clone)]
pub(super) struct NearQuery {
    words: Vec<Vec<Term>>,
    distance: u32,
}

impl NearQuery {
    /// All terms must be of one field, and every word must have at least one.
    pub(super) fn new(words: Vec<Vec<Term>>, distance: u32) -> Self {
        Self { words, distance }
    }
}

impl Query for NearQuery {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(NearWeight {
            query: self.clone(),
        }))
    }
}

struct NearWeight {
    query: NearQuery,
}

impl Weight for NearWeight {
    fn scorer(&self, reader: &SegmentReader, boost: f32) -> tantivy::Result<Box<dyn Scorer>> {
        let mut words = Vec::new();
        for terms in &self.query.words {
            let mut postings = Vec::new();
            for term in terms {
                let index = reader.inverted_index(term.field())?;
                postings
                    .extend(index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
            }
            if postings.is_empty() {
                return Ok(Box::new(EmptyScorer));
            }
            words.push(WordPostings { postings });
        }
        let mut scorer = NearScorer {
            words,
            distance: self.query.distance,
            doc: 0,
            boost,
            positions: Vec::new(),
        };
        scorer.doc = scorer.next_match(0);
        Ok(Box::new(scorer))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("words near each other", 1.0))
    }
}

/// The documents and positions of one word over all its terms.
struct WordPostings {
    postings: Vec<SegmentPostings>,
}

impl WordPostings {
    /// Returns the first document from `target` on that contains the word.
    fn seek(&mut self, target: DocId) -> DocId {
        let seek = |postings: &mut SegmentPostings| {
            if postings.doc() < target {
                postings.seek(target)
            } else {
                postings.doc()
            }
        };
        self.postings
            .iter_mut()
            .map(seek)
            .min()
            .unwrap_or(TERMINATED)
    }

    fn positions(&mut self, doc: DocId, word: usize, output: &mut Vec<(u32, usize)>) {
        let mut positions = Vec::new();
        for postings in &mut self.postings {
            if postings.doc() == doc {
                postings.append_positions_with_offset(0, &mut positions);
            }
        }
        output.extend(positions.into_iter().map(|position| (position, word)));
    }
}

struct NearScorer {
    words: Vec<WordPostings>,
    distance: u32,
    doc: DocId,
    boost: f32,
    positions: Vec<(u32, usize)>,
}

impl NearScorer {
    fn next_match(&mut self, from: DocId) -> DocId {
        let mut target = from;
        while target < TERMINATED {
            let mut highest = target;
            for word in &mut self.words {
                highest = highest.max(word.seek(highest));
            }
            if highest >= TERMINATED {
                break;
            }
            let all_here = self
                .words
                .iter_mut()
                .all(|word| word.seek(highest) == highest);
            if all_here && self.are_near(highest) {
                return highest;
            }
            target = if all_here {
                highest + 1
            } else {
                highest.max(target)
            };
        }
        TERMINATED
    }

    fn are_near(&mut self, doc: DocId) -> bool {
        self.positions.clear();
        for (number, word) in self.words.iter_mut().enumerate() {
            word.positions(doc, number, &mut self.positions);
        }
        self.positions.sort_unstable();
        within(&self.positions, self.words.len(), self.distance)
    }
}

/// Returns true if some stretch of at most `distance` contains all words; positions are sorted.
fn within(positions: &[(u32, usize)], words: usize, distance: u32) -> bool {
    let mut last_seen = vec![None; words];
    for (position, word) in positions {
        last_seen[*word] = Some(*position);
        let earliest = last_seen.iter().copied().min().flatten();
        if earliest.is_some_and(|earliest| position - earliest <= distance) {
            return true;
        }
    }
    false
}

impl DocSet for NearScorer {
    fn advance(&mut self) -> DocId {
        if self.doc < TERMINATED {
            self.doc = self.next_match(self.doc + 1);
        }
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc < target {
            self.doc = self.next_match(target);
        }
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        let rarest = self.words.iter().map(|word| {
            word.postings
                .iter()
                .map(DocSet::size_hint)
                .fold(0, u32::saturating_add)
        });
        rarest.min().unwrap_or(0)
    }
}

impl Scorer for NearScorer {
    fn score(&mut self) -> f32 {
        self.boost
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_near_in_any_order_but_not_beyond_the_distance() {
        let check = |positions: &[(u32, usize)], distance, expected| {
            assert_eq!(
                within(positions, 2, distance),
                expected,
                "{positions:?} {distance}"
            );
        };
        check(&[(1, 0), (6, 1)], 5, true);
        check(&[(1, 1), (6, 0)], 5, true);
        check(&[(1, 0), (7, 1)], 5, false);
        check(&[(3, 0), (3, 1)], 0, true);
        check(&[(1, 0), (9, 0), (20, 1), (22, 0)], 2, true);
        check(&[(1, 0), (2, 0)], 5, false);
        check(&[], 5, false);
    }

    #[test]
    fn three_words_must_all_lie_in_one_stretch() {
        assert!(within(&[(1, 0), (3, 1), (5, 2)], 3, 4));
        assert!(!within(&[(1, 0), (3, 1), (6, 2)], 3, 4));
        assert!(within(&[(1, 0), (3, 1), (6, 2), (7, 0)], 3, 4));
    }
}
