//! Counting facets over columns, in batches of documents.

use std::collections::BTreeMap;

use laendersache_indexer::{codes, columns};
use laendersache_model::Land;
use tantivy::columnar::StrColumn;
use tantivy::{DocId, SegmentReader};

use super::columns::{Numbers, numbers, words};
use super::filter::FIELDS;
use crate::{Facet, FacetValue};

/// Counts of one field in one segment.
enum Counter {
    /// All documents have the same number, as in imported collections.
    Same { value: u64, count: u64 },
    /// Small numbers; the index is the number minus the smallest.
    Numbers {
        numbers: Numbers,
        smallest: u64,
        counts: Vec<u64>,
    },
    /// Numbers that are sets of bits.
    Bits { numbers: Numbers, counts: Vec<u64> },
    /// Words; the index is the ordinal.
    Words { column: StrColumn, counts: Vec<u64> },
    /// No document of the segment has a value.
    Nothing,
}

impl Counter {
    fn new(field: &str, segment: &SegmentReader) -> tantivy::Result<Self> {
        if matches!(field, columns::CONFERENCE | columns::ADDRESSEE) {
            return Ok(match words(segment, field)? {
                Some(column) => Self::Words {
                    counts: vec![0; column.num_terms()],
                    column,
                },
                None => Self::Nothing,
            });
        }
        let numbers = numbers(segment, field)?;
        let (smallest, largest) = (numbers.min_value(), numbers.max_value());
        Ok(if smallest == largest {
            Self::Same {
                value: smallest,
                count: 0,
            }
        } else if matches!(field, columns::APPLICANT | columns::STATEMENT) {
            Self::Bits {
                numbers,
                counts: vec![0; Land::ALL.len()],
            }
        } else {
            Self::Numbers {
                numbers,
                smallest,
                counts: vec![0; (largest - smallest) as usize + 1],
            }
        })
    }

    fn count(&mut self, docs: &[DocId], buffer: &mut Vec<u64>) {
        match self {
            Self::Nothing => {}
            Self::Same { count, .. } => *count += docs.len() as u64,
            Self::Numbers {
                numbers,
                smallest,
                counts,
            } => {
                buffer.resize(docs.len(), 0);
                numbers.get_vals(docs, buffer);
                for value in buffer.iter() {
                    counts[(value - *smallest) as usize] += 1;
                }
            }
            Self::Bits { numbers, counts } => {
                buffer.resize(docs.len(), 0);
                numbers.get_vals(docs, buffer);
                for value in buffer.iter().filter(|value| **value != 0) {
                    count_bits(*value, 1, counts);
                }
            }
            Self::Words { column, counts } => {
                for doc in docs {
                    for ordinal in column.term_ords(*doc) {
                        counts[ordinal as usize] += 1;
                    }
                }
            }
        }
    }

    /// The counts by the words of addresses.
    fn harvest(self, field: &str) -> Vec<(String, u64)> {
        match self {
            Self::Nothing => Vec::new(),
            Self::Same { value, count }
                if matches!(field, columns::APPLICANT | columns::STATEMENT) =>
            {
                let mut counts = vec![0; Land::ALL.len()];
                count_bits(value, count, &mut counts);
                by_land(&counts)
            }
            Self::Same { value, count } => number_word(field, value)
                .map(|word| (word, count))
                .into_iter()
                .collect(),
            Self::Bits { counts, .. } => by_land(&counts),
            Self::Numbers {
                smallest, counts, ..
            } => counts
                .into_iter()
                .enumerate()
                .filter_map(|(place, count)| {
                    Some((number_word(field, smallest + place as u64)?, count))
                })
                .collect(),
            Self::Words { column, counts } => {
                let mut word = String::new();
                let mut named = Vec::new();
                for (ordinal, count) in counts
                    .into_iter()
                    .enumerate()
                    .filter(|(_, count)| *count > 0)
                {
                    if column
                        .ord_to_str(ordinal as u64, &mut word)
                        .unwrap_or(false)
                    {
                        named.push((word.clone(), count));
                    }
                }
                named
            }
        }
    }
}

fn count_bits(bits: u64, count: u64, counts: &mut [u64]) {
    for (place, counted) in counts.iter_mut().enumerate() {
        *counted += count * (bits >> place & 1);
    }
}

fn by_land(counts: &[u64]) -> Vec<(String, u64)> {
    Land::ALL
        .iter()
        .zip(counts)
        .map(|(land, count)| (codes::land_word(*land), *count))
        .collect()
}

/// The word of a number in a column; `None` for 0, "not known".
fn number_word(field: &str, value: u64) -> Option<String> {
    let listed = |list: &[&'static str]| codes::word(list, value).map(str::to_owned);
    match field {
        columns::VOTE => listed(&codes::VOTES),
        columns::KIND => listed(&codes::KINDS),
        columns::STATE => listed(&codes::STATES),
        columns::CHAIR => {
            let place = usize::try_from(value).ok()?.checked_sub(1)?;
            Land::ALL.get(place).map(|land| codes::land_word(*land))
        }
        _ => (value > 0).then(|| value.to_string()),
    }
}

/// The counts of one field over all segments, by the words of addresses.
pub(super) type Counts = BTreeMap<String, u64>;

/// Counts of all fields in one segment.
pub(super) struct SegmentCounts {
    counters: Vec<Counter>,
    buffer: Vec<u64>,
}

impl SegmentCounts {
    pub(super) fn new(segment: &SegmentReader) -> tantivy::Result<Self> {
        let counters = FIELDS.iter().map(|field| Counter::new(field, segment));
        Ok(Self {
            counters: counters.collect::<Result<_, _>>()?,
            buffer: Vec::new(),
        })
    }

    /// Counts hits in all fields.
    pub(super) fn count(&mut self, docs: &[DocId]) {
        for counter in &mut self.counters {
            counter.count(docs, &mut self.buffer);
        }
    }

    /// Counts documents in one field, given by its place in [`FIELDS`].
    pub(super) fn count_in(&mut self, place: usize, docs: &[DocId]) {
        if !docs.is_empty() {
            self.counters[place].count(docs, &mut self.buffer);
        }
    }

    pub(super) fn harvest(self) -> Vec<Vec<(String, u64)>> {
        let named = self.counters.into_iter().zip(FIELDS);
        named
            .map(|(counter, field)| counter.harvest(field))
            .collect()
    }
}

/// Puts the counts of all segments in the form of results: most frequent first, years in order.
pub(super) fn facets(segments: Vec<Vec<Vec<(String, u64)>>>) -> Vec<Facet> {
    let mut merged = vec![Counts::new(); FIELDS.len()];
    for segment in segments {
        for (counts, field) in merged.iter_mut().zip(segment) {
            for (value, count) in field.into_iter().filter(|(_, count)| *count > 0) {
                *counts.entry(value).or_default() += count;
            }
        }
    }
    let named = FIELDS.into_iter().zip(merged);
    named.map(|(field, counts)| facet(field, counts)).collect()
}

fn facet(field: &str, counts: Counts) -> Facet {
    let values = counts
        .into_iter()
        .map(|(value, count)| FacetValue { value, count });
    let mut values: Vec<FacetValue> = values.collect();
    if field != columns::YEAR {
        // The sort is stable, so equal counts stay in the order of their values.
        values.sort_by_key(|value| std::cmp::Reverse(value.count));
    }
    Facet {
        field: field.to_owned(),
        values,
    }
}
