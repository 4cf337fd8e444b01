//! Making the lexicon: counted words and the experts' lists → words with marks.
//!
//! Only words that are not themselves compounds of shorter ones are kept ("Sprachkurs" is dropped, "Sprach" and
//! "Kurs" stay), so every part found later is a word, and the automaton stays small.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use crate::compound::cheapest_chain;
use crate::fold::fold;
use crate::lexicon::{Entry, Words};
use crate::pool::Pool;

/// Counted words with fewer letters are parts only if an expert says so.
const SHORTEST_COUNTED: usize = 5;
/// The count that a word of the lists gets at least.
const LISTED_COUNT: u64 = 50;
/// Of words with a lower count the laws do not show whether an `s` links them.
const RARELY_SEEN: u64 = 50;
/// Nouns with these endings are linked by `s`, though none of their own forms ends in it.
const LINKED_BY_S: [&str; 8] = [
    "ung", "heit", "keit", "schaft", "ion", "taet", "ling", "tum",
];

/// A word list that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The lists of the experts are not in the expected form.
    #[error("cannot read the word lists")]
    Lists(#[from] toml::de::Error),
    /// A line of the counts is not a word, a tab and a number.
    #[error("line {0} of the counts is not a word, a tab and a number")]
    Count(usize),
}

/// The lists of `data/words.toml`; words are separated by white space.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Lists {
    short: String,
    front: String,
    parts: String,
    whole: String,
    never: String,
    agents: String,
    persons: String,
}

/// Makes the lexicon of folded words from counts (`word<TAB>count` lines) and the experts' lists (TOML).
pub fn lexicon(counts: &str, lists: &str) -> Result<BTreeMap<String, Entry>, Error> {
    let lists: Lists = toml::from_str(lists)?;
    let counts = read_counts(counts)?;
    let mut draft = Draft::new(&counts, &lists);
    draft.add_counted();
    draft.add_lists(&lists);
    draft.mark_agents();
    draft.mark_verbs();
    Ok(draft.entries.words.into_iter().collect())
}

fn read_counts(text: &str) -> Result<HashMap<String, u64>, Error> {
    let mut counts = HashMap::new();
    for (index, line) in text.lines().enumerate() {
        let parsed = line
            .split_once('\t')
            .and_then(|(word, count)| Some((word, count.parse::<u64>().ok()?)));
        let (word, count) = parsed.ok_or(Error::Count(index + 1))?;
        *counts.entry(fold(word)).or_default() += count;
    }
    Ok(counts)
}

struct Draft<'a> {
    counts: &'a HashMap<String, u64>,
    total: f64,
    never: HashSet<String>,
    whole: HashSet<String>,
    front_only: HashSet<String>,
    entries: Pool,
}

impl<'a> Draft<'a> {
    fn new(counts: &'a HashMap<String, u64>, lists: &Lists) -> Self {
        Self {
            counts,
            total: counts.values().sum::<u64>().max(1) as f64,
            never: folded_words(&lists.never).collect(),
            whole: folded_words(&lists.whole).collect(),
            front_only: folded_words(&lists.front).collect(),
            entries: Pool::default(),
        }
        .with_listed(lists)
    }

    /// The listed words come first, short before long: counted words are looked at in their light.
    fn with_listed(mut self, lists: &Lists) -> Self {
        for word in folded_words(&lists.short) {
            self.add(word, Entry::FRONT.with(Entry::LAST));
        }
        for word in folded_words(&lists.front) {
            self.add(word, Entry::FRONT);
        }
        let mut listed: Vec<String> = folded_words(&lists.parts)
            .chain(folded_words(&lists.whole))
            .collect();
        listed.sort_by_key(String::len);
        for word in listed {
            if self.whole.contains(&word) || cheapest_chain(&self.entries, &word).is_none() {
                self.add(word, Entry::FRONT.with(Entry::LAST));
            }
        }
        self
    }

    fn count(&self, word: &str) -> u64 {
        self.counts.get(word).copied().unwrap_or(0)
    }

    fn cost(&self, count: u64) -> u32 {
        (10.0 * (self.total / count.max(1) as f64).ln()).round() as u32
    }

    fn add(&mut self, word: String, marks: Entry) {
        let cost = self.cost(self.count(&word).max(LISTED_COUNT));
        let marks = marks.with(self.links(&word));
        let known = self
            .entries
            .words
            .get(&word)
            .copied()
            .unwrap_or(Entry::with_cost(cost));
        self.entries.words.insert(word, known.with(marks));
    }

    /// Which linking elements a word takes, judged by its own inflected forms.
    fn links(&self, word: &str) -> Entry {
        let has = |ending: &str| self.counts.contains_key(&format!("{word}{ending}"));
        let mut links = Entry::with_cost(0);
        let ends_in_consonant = word.ends_with(|last| "bdfghklmnprt".contains(last));
        let rarely_seen = self.count(word) < RARELY_SEEN && ends_in_consonant;
        if rarely_seen
            || has("s")
            || has("es")
            || LINKED_BY_S.iter().any(|ending| word.ends_with(ending))
        {
            links = links.with(Entry::LINK_S);
        }
        if has("es") {
            links = links.with(Entry::LINK_ES);
        }
        if has("n") || has("en") {
            links = links.with(Entry::LINK_N);
        }
        links
    }

    /// Adds the counted words, short ones first, unless they are compounds of those before.
    fn add_counted(&mut self) {
        let long_enough = |word: &&String| word.chars().count() >= SHORTEST_COUNTED;
        let mut counted: Vec<&String> = self.counts.keys().filter(long_enough).collect();
        counted.sort_by_key(|word| (word.len(), word.as_str()));
        for word in counted {
            if self.never.contains(word) || self.front_only.contains(word) {
                continue;
            }
            if !self.whole.contains(word) && self.is_compound(word) {
                continue;
            }
            let entry = Entry::with_cost(self.cost(self.count(word)));
            let marks = Entry::FRONT.with(Entry::LAST).with(self.links(word));
            self.entries.words.insert(word.clone(), entry.with(marks));
        }
    }

    /// A counted word is a compound if its parts are long enough to be no accident, or else if they are, on the
    /// average, not much rarer than itself. (Were long parts weighed too, Bundesland would be cut, Bundesländer not.)
    fn is_compound(&self, word: &str) -> bool {
        let Some((pieces, _)) = cheapest_chain(&self.entries, word) else {
            return false;
        };
        if word.len() >= 9 && pieces.iter().all(|piece| piece.len() >= 4) {
            return true;
        }
        let costs = pieces
            .iter()
            .map(|piece| self.piece_cost(&word[piece.clone()]));
        let mean = costs.sum::<f64>() / pieces.len() as f64;
        let commonness_of_parts = self.total.ln() - mean;
        let commonness = (self.count(word).max(1) as f64).ln();
        commonness_of_parts > commonness * 0.75
    }

    fn piece_cost(&self, piece: &str) -> f64 {
        let cost = self.entries.entry(piece).map(|entry| entry.cost());
        f64::from(cost.unwrap_or_else(|| self.cost(self.count(piece)))) / 10.0
    }

    fn add_lists(&mut self, lists: &Lists) {
        let both = Entry::FRONT.with(Entry::LAST);
        self.drop_listed_compounds(lists);
        for word in folded_words(&lists.whole) {
            self.add_whole(word);
        }
        for agent in folded_words(&lists.agents) {
            for ending in ["s", "n", "in", "innen"] {
                self.add(format!("{agent}{ending}"), both);
            }
            self.add(agent, both.with(Entry::AGENT));
        }
        for person in folded_words(&lists.persons) {
            self.add(format!("{person}innen"), both);
            self.add(format!("{person}in"), both.with(Entry::AGENT));
        }
        for word in &self.never {
            let known = Entry::with_cost(self.cost(self.count(word)));
            self.entries.words.insert(word.clone(), known);
        }
    }

    /// A listed part may turn out to be a compound once all counted words are known (`Klimaschutz`).
    fn drop_listed_compounds(&mut self, lists: &Lists) {
        for word in folded_words(&lists.parts).filter(|word| word.len() >= 7) {
            let entry = self.entries.words.remove(&word);
            let is_compound = cheapest_chain(&self.entries, &word).is_some();
            if let Some(entry) = entry.filter(|_| !is_compound || self.whole.contains(&word)) {
                self.entries.words.insert(word, entry);
            }
        }
    }

    /// Adds a word that is never cut, with its forms; a form nobody counted is known, but no part.
    fn add_whole(&mut self, word: String) {
        for form in ["s", "es", "e", "en", "n", "er", "em"].map(|ending| format!("{word}{ending}"))
        {
            let marks = if self.count(&form) > 0 {
                Entry::FRONT.with(Entry::LAST)
            } else {
                Entry::with_cost(0)
            };
            self.add(form, marks);
        }
        if let Some(front) = word.strip_suffix('e') {
            self.add(front.to_owned(), Entry::FRONT);
        }
        self.add(word, Entry::FRONT.with(Entry::LAST));
    }

    /// Who has a feminine form in the laws is a person: "Pächterinnen" shows that "Pächter" is one.
    fn mark_agents(&mut self) {
        let feminine = self.counts.keys().filter_map(|word| {
            let base = word
                .strip_suffix("innen")
                .or_else(|| word.strip_suffix("in"))?;
            base.ends_with("er").then(|| base.to_owned())
        });
        for base in feminine.collect::<Vec<_>>() {
            if let Some(entry) = self.entries.words.get_mut(&base) {
                *entry = entry.with(Entry::AGENT);
            }
        }
    }

    /// `stellt` is a form of `stellen` if `stellte` is one too.
    fn mark_verbs(&mut self) {
        let words: Vec<String> = self.entries.words.keys().cloned().collect();
        for word in words {
            let Some(infinitive) = infinitive_of(&word) else {
                continue;
            };
            let is_verb = self.count(&infinitive) >= 10 && self.count(&format!("{word}e")) > 0;
            if is_verb && let Some(entry) = self.entries.words.get_mut(&word) {
                *entry = entry.with(Entry::VERB);
            }
        }
    }
}

/// Returns the infinitive whose third person `word` would be.
pub(crate) fn infinitive_of(word: &str) -> Option<String> {
    let stem = word.strip_suffix('t').filter(|stem| stem.len() >= 4)?;
    let ending = if stem.ends_with("el") || stem.ends_with("er") {
        "n"
    } else {
        "en"
    };
    (!stem.ends_with('e')).then(|| format!("{stem}{ending}"))
}

fn folded_words(list: &str) -> impl Iterator<Item = String> + '_ {
    list.split_whitespace().map(fold)
}
