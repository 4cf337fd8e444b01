//! Finding again in a text what the query found in the index, by the same analysis.

use std::collections::HashMap;
use std::ops::Range;

use laendersache_analysis::{Analyzer, Layer};

use crate::tree::{Alternative, Leaf, Scope, TreeTerm};

/// Which part of a record is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Title,
    Text,
}

/// Something that matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// Bytes of the text.
    pub range: Range<usize>,
    /// The word of the query it belongs to.
    pub word: usize,
}

/// What is looked for, prepared for many texts.
pub(crate) struct Marker<'a> {
    analyzer: &'a Analyzer,
    /// Number of each term that occurs in a leaf, by layer and text.
    terms: [HashMap<&'a str, usize>; 4],
    leaves: Vec<NumberedLeaf<'a>>,
    words: &'a [Vec<Alternative>],
}

struct NumberedLeaf<'a> {
    word: usize,
    scope: Scope,
    shape: Shape<'a>,
}

/// A leaf with its terms by number.
enum Shape<'a> {
    Term(usize),
    Phrase(Vec<(u32, usize)>),
    Near(Vec<Vec<usize>>, u32),
    Prefix(&'a str),
}

/// Where the terms and prefixes stand in a text.
struct Occurrences {
    by_term: Vec<Vec<(u32, Range<usize>)>>,
    by_prefix: Vec<(usize, Range<usize>)>,
}

fn layer_place(layer: Layer) -> usize {
    match layer {
        Layer::Exact => 0,
        Layer::Stem => 1,
        Layer::Part => 2,
        Layer::Citation => 3,
    }
}

impl<'a> Marker<'a> {
    /// Prepares the alternatives of all words of a query.
    pub(crate) fn new(analyzer: &'a Analyzer, words: &'a [Vec<Alternative>]) -> Self {
        let mut marker = Self {
            analyzer,
            terms: Default::default(),
            leaves: Vec::new(),
            words,
        };
        for (word, alternatives) in marker.words.iter().enumerate() {
            for alternative in alternatives {
                let shape = marker.shape(&alternative.leaf);
                marker.leaves.push(NumberedLeaf {
                    word,
                    scope: alternative.scope,
                    shape,
                });
            }
        }
        marker
    }

    fn number(&mut self, term: &'a TreeTerm) -> usize {
        let next = self.terms.iter().map(HashMap::len).sum();
        *self.terms[layer_place(term.layer)]
            .entry(&term.text)
            .or_insert(next)
    }

    fn shape(&mut self, leaf: &'a Leaf) -> Shape<'a> {
        match leaf {
            Leaf::Term(term) => Shape::Term(self.number(term)),
            Leaf::Phrase(terms) => Shape::Phrase(
                terms
                    .iter()
                    .map(|(offset, term)| (*offset, self.number(term)))
                    .collect(),
            ),
            Leaf::Near { words, distance } => {
                let word =
                    |terms: &'a Vec<TreeTerm>| terms.iter().map(|term| self.number(term)).collect();
                Shape::Near(words.iter().map(word).collect(), *distance)
            }
            Leaf::Prefix(beginning) => Shape::Prefix(beginning),
        }
    }

    /// Returns everything in a text that matches, in no particular order.
    pub(super) fn find(&self, text: &str, part: Part) -> Vec<Found> {
        if self.leaves.is_empty() || text.is_empty() {
            return Vec::new();
        }
        let occurrences = self.occurrences(text);
        let mut found = Vec::new();
        for (number, leaf) in self.leaves.iter().enumerate() {
            if leaf.scope == Scope::Title && part != Part::Title {
                continue;
            }
            let mut add = |range: &Range<usize>| {
                found.push(Found {
                    range: range.clone(),
                    word: leaf.word,
                })
            };
            match &leaf.shape {
                Shape::Term(term) => occurrences.by_term[*term]
                    .iter()
                    .for_each(|(_, range)| add(range)),
                Shape::Phrase(terms) => phrases(terms, &occurrences).iter().for_each(&mut add),
                Shape::Near(words, distance) => near(words, *distance, &occurrences)
                    .iter()
                    .for_each(&mut add),
                Shape::Prefix(_) => {
                    let own = occurrences.by_prefix.iter().filter(|(of, _)| *of == number);
                    own.for_each(|(_, range)| add(range));
                }
            }
        }
        found
    }

    fn occurrences(&self, text: &str) -> Occurrences {
        let count = self.terms.iter().map(HashMap::len).sum();
        let mut occurrences = Occurrences {
            by_term: vec![Vec::new(); count],
            by_prefix: Vec::new(),
        };
        let prefixes: Vec<(usize, &str)> = self
            .leaves
            .iter()
            .enumerate()
            .filter_map(|(number, leaf)| match leaf.shape {
                Shape::Prefix(beginning) => Some((number, beginning)),
                _ => None,
            })
            .collect();
        self.analyzer.analyze(text, &mut |term| {
            if let Some(number) = self.terms[layer_place(term.layer)].get(term.text) {
                occurrences.by_term[*number].push((term.position, term.span.clone()));
            }
            if term.layer == Layer::Exact {
                for (number, beginning) in &prefixes {
                    if term.text.starts_with(beginning) {
                        occurrences.by_prefix.push((*number, term.span.clone()));
                    }
                }
            }
        });
        occurrences
    }
}

/// Whole phrases, from the first word to the last.
fn phrases(terms: &[(u32, usize)], occurrences: &Occurrences) -> Vec<Range<usize>> {
    let Some(((first_offset, first), rest)) = terms.split_first() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (position, range) in &occurrences.by_term[*first] {
        let mut whole = range.clone();
        let complete = rest.iter().all(|(offset, term)| {
            let wanted = position + offset - first_offset;
            let here = occurrences.by_term[*term]
                .iter()
                .find(|(position, _)| *position == wanted);
            if let Some((_, range)) = here {
                whole = whole.start.min(range.start)..whole.end.max(range.end);
            }
            here.is_some()
        });
        if complete {
            found.push(whole);
        }
    }
    found
}

/// The words of stretches that contain all of them.
fn near(words: &[Vec<usize>], distance: u32, occurrences: &Occurrences) -> Vec<Range<usize>> {
    let mut all: Vec<(u32, usize, &Range<usize>)> = Vec::new();
    for (word, terms) in words.iter().enumerate() {
        for term in terms {
            let occurrences = occurrences.by_term[*term].iter();
            all.extend(occurrences.map(|(position, range)| (*position, word, range)));
        }
    }
    all.sort_by_key(|(position, word, range)| (*position, *word, range.start));
    let mut found = Vec::new();
    let mut last_seen: Vec<Option<(u32, &Range<usize>)>> = vec![None; words.len()];
    for (position, word, range) in all {
        last_seen[word] = Some((position, range));
        let earliest = last_seen
            .iter()
            .map(|seen| seen.map(|(position, _)| position))
            .min()
            .flatten();
        if earliest.is_some_and(|earliest| position - earliest <= distance) {
            found.extend(
                last_seen
                    .iter()
                    .flatten()
                    .map(|(_, range)| (*range).clone()),
            );
        }
    }
    found
}
