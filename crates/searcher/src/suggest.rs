//! Offers from the archive's own vocabulary: "Meinten Sie", and completions while typing.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use fst::{Automaton, IntoStreamer, Map, Streamer};
use laendersache_analysis::{Analyzer, Layer};
use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder, SINK_STATE};

use crate::backend::{Backend, Counting, Wanted};
use crate::plan::PlannedWord;
use crate::tree::{Alternative, Leaf, Query, Scope, TreeTerm};
use crate::{Error, Filters, Sort};

/// Words this short have too many neighbours to suggest one.
const MIN_CHARACTERS: usize = 4;
/// Words from this length on may have two errors.
const MIN_CHARACTERS_FOR_TWO: usize = 8;
/// Longer words are no typing errors, and the automaton would grow with them.
const MAX_CHARACTERS: usize = 64;
/// The spelling of a word is taken from so many of its documents.
const SPELLING_DOCUMENTS: usize = 3;
/// Dictionary entries looked at for one completion.
const MAX_SCAN: usize = 200_000;

static ONE_ERROR: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
static TWO_ERRORS: LazyLock<LevenshteinAutomatonBuilder> =
    LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));

/// The words of one generation with their frequencies.
pub(crate) struct Vocabulary {
    words: Map<Vec<u8>>,
}

struct Similar(DFA);

impl Automaton for Similar {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

impl Vocabulary {
    pub(crate) fn new(bytes: Vec<u8>) -> Result<Self, fst::Error> {
        Ok(Self {
            words: Map::new(bytes)?,
        })
    }

    /// Returns the most likely word that was meant, by number of errors, then by frequency.
    fn nearest(&self, word: &str) -> Option<String> {
        let characters = word.chars().count();
        let builder = match characters {
            MIN_CHARACTERS..MIN_CHARACTERS_FOR_TWO => &*ONE_ERROR,
            MIN_CHARACTERS_FOR_TWO..MAX_CHARACTERS => &*TWO_ERRORS,
            _ => return None,
        };
        let automaton = Similar(builder.build_dfa(word));
        let mut stream = self.words.search(&automaton).into_stream();
        let mut best = None;
        while let Some((key, documents)) = stream.next() {
            let Ok(found) = std::str::from_utf8(key) else {
                continue;
            };
            if found == word {
                continue;
            }
            // People rarely mistype the first letter.
            let other_first = found.chars().next() != word.chars().next();
            let distance = automaton.0.eval(key).to_u8() + u8::from(other_first);
            let rank = (distance, Reverse(documents));
            if best.as_ref().is_none_or(|(best, _)| rank < *best) {
                best = Some((rank, found.to_owned()));
            }
        }
        best.map(|(_, word)| word)
    }

    /// Returns words that begin so, most frequent first.
    fn beginning(&self, beginning: &str, limit: usize) -> Vec<String> {
        let automaton = fst::automaton::Str::new(beginning).starts_with();
        let mut stream = self.words.search(automaton).into_stream();
        let mut found: Vec<(Reverse<u64>, String)> = Vec::new();
        for _ in 0..MAX_SCAN {
            let Some((key, documents)) = stream.next() else {
                break;
            };
            if let Ok(word) = std::str::from_utf8(key) {
                found.push((Reverse(documents), word.to_owned()));
            }
            if found.len() > 4 * limit.max(16) {
                found.sort();
                found.truncate(limit);
            }
        }
        found.sort();
        found.truncate(limit);
        found.into_iter().map(|(_, word)| word).collect()
    }
}

/// Where offers come from.
pub(crate) struct Offers<'a> {
    pub vocabulary: &'a Vocabulary,
    pub backend: &'a dyn Backend,
    pub analyzer: &'a Analyzer,
}

impl Offers<'_> {
    /// Returns the query with each word that no document contains replaced by the nearest one that some contain.
    pub(crate) fn corrected(
        &self,
        query: &str,
        words: &[PlannedWord],
    ) -> Result<Option<String>, Error> {
        let mut corrected = query.to_owned();
        let mut replaced = false;
        let mut unknown: Vec<&PlannedWord> =
            words.iter().filter(|word| word.documents == 0).collect();
        unknown.sort_by_key(|word| Reverse(word.range.start));
        for word in unknown {
            let Some(nearest) = self.vocabulary.nearest(&word.exact) else {
                continue;
            };
            let Some(spelling) = self.spelling(&nearest)? else {
                continue;
            };
            corrected.replace_range(word.range.clone(), &spelling);
            replaced = true;
        }
        Ok(replaced.then_some(corrected))
    }

    /// Returns the typed text with its last word completed in several ways, each with its number of documents.
    pub(crate) fn completed(&self, typed: &str, limit: usize) -> Result<Vec<(String, u64)>, Error> {
        let start = typed.rfind(char::is_whitespace).map_or(0, |space| {
            space + typed[space..].chars().next().map_or(1, char::len_utf8)
        });
        let (before, last) = typed.split_at(start);
        let beginning = laendersache_analysis::folded(last);
        if beginning.chars().count() < 2 {
            return Ok(Vec::new());
        }
        let mut completions = Vec::new();
        for word in self.vocabulary.beginning(&beginning, limit) {
            if let Some(spelling) = self.spelling(&word)? {
                let documents = self.backend.count(&exact_query(&word))?;
                completions.push((format!("{before}{spelling}"), documents));
            }
        }
        Ok(completions)
    }

    /// The most frequent spelling of an analysed word in the documents that contain it: "Flüchtling" for its folded
    /// form.
    fn spelling(&self, word: &str) -> Result<Option<String>, Error> {
        let wanted = Wanted {
            filters: &Filters::default(),
            sort: Sort::Relevance,
            offset: 0,
            size: SPELLING_DOCUMENTS,
            counting: Counting::Hits,
        };
        let found = self.backend.search(&exact_query(word), &wanted)?;
        let mut spellings: BTreeMap<String, usize> = BTreeMap::new();
        for (_, record) in &found.hits {
            let texts = record.sections.iter().map(|section| section.text.as_str());
            for text in texts.chain([record.title.as_str()]) {
                self.analyzer.analyze(text, &mut |term| {
                    if term.layer == Layer::Exact && term.text == word {
                        *spellings
                            .entry(text[term.span.clone()].to_owned())
                            .or_default() += 1;
                    }
                });
            }
        }
        let most = spellings
            .into_iter()
            .min_by_key(|(spelling, count)| (Reverse(*count), spelling.clone()));
        Ok(most.map(|(spelling, _)| spelling))
    }
}

fn exact_query(word: &str) -> Query {
    let leaf = Leaf::Term(TreeTerm::new(Layer::Exact, word));
    Query::Word(vec![Alternative {
        leaf,
        weight: 1.0,
        scope: Scope::Texts,
    }])
}
