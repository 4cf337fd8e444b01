//! Synonyms: the list of `data/synonyms.toml`, ready for looking up by stem.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use crate::fold::fold;
use crate::term::Synonym;

pub(crate) static SYNONYMS: &str = include_str!("../data/synonyms.toml");

/// How near an abbreviation is to what it stands for.
const ABBREVIATION: f32 = 0.95;
/// Numerals after `SGB`.
const BOOKS: [&str; 14] = [
    "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV",
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "version")]
    _version: String,
    pejorative: Vec<String>,
    only_capitals: Vec<String>,
    laws: BTreeMap<String, String>,
    abbreviations: BTreeMap<String, Vec<String>>,
    equal: Vec<Equal>,
    directed: Vec<Directed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Equal {
    grade: f32,
    words: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Directed {
    word: String,
    finds: BTreeMap<String, f32>,
}

/// The list, keyed by the stems of the words that are typed.
pub(crate) struct Synonyms {
    by_stems: HashMap<Vec<String>, Vec<Synonym>>,
    /// Abbreviations that are only meant in one spelling; their folded form must not be looked up.
    as_written: HashMap<String, Vec<Synonym>>,
}

/// The laws by abbreviation and by the stem of their name.
#[derive(Default)]
pub(crate) struct Laws {
    by_abbreviation: HashMap<String, String>,
    by_stem: HashMap<String, String>,
}

/// Turns a phrase into the stems of its words; a citation is one word.
pub(crate) type StemsOf<'a> = &'a dyn Fn(&str) -> Vec<String>;

struct Builder<'a> {
    stems_of: StemsOf<'a>,
    pejorative: HashSet<Vec<String>>,
    only_capitals: HashSet<String>,
    synonyms: Synonyms,
}

/// Reads the names of the laws from the embedded list.
pub(crate) fn embedded_laws(stems_of: StemsOf<'_>) -> Laws {
    let mut laws = Laws::default();
    for (abbreviation, name) in embedded().laws {
        let key = fold(&abbreviation);
        if let [stem] = stems_of(&name).as_slice() {
            laws.by_stem.insert(stem.clone(), key.clone());
        }
        laws.by_abbreviation.insert(key.clone(), key);
    }
    laws
}

fn embedded() -> File {
    toml::from_str(SYNONYMS).expect("the committed list is read by a test")
}

impl Synonyms {
    pub(crate) fn embedded(stems_of: StemsOf<'_>) -> Self {
        let file = embedded();
        let mut builder = Builder {
            stems_of,
            pejorative: file.pejorative.iter().map(|word| stems_of(word)).collect(),
            only_capitals: file.only_capitals.into_iter().collect(),
            synonyms: Self {
                by_stems: HashMap::new(),
                as_written: HashMap::new(),
            },
        };
        for (abbreviation, name) in file.laws {
            builder.both_ways(&abbreviation, &[name]);
        }
        for (abbreviation, names) in file.abbreviations {
            builder.both_ways(&abbreviation, &names);
        }
        for Equal { grade, words } in file.equal {
            for word in &words {
                words
                    .iter()
                    .for_each(|other| builder.add(word, other, grade));
            }
        }
        for Directed { word, finds } in file.directed {
            finds
                .iter()
                .for_each(|(found, grade)| builder.add(&word, found, *grade));
        }
        builder.synonyms
    }

    /// Returns the synonyms of one or more words, given as written and as stems, the nearest first.
    pub(crate) fn of(&self, written: &str, stems: &[String]) -> Vec<Synonym> {
        let mut found = self.as_written.get(written).cloned().unwrap_or_default();
        found.extend(self.by_stems.get(stems).into_iter().flatten().cloned());
        found.sort_by(|one, other| other.grade.total_cmp(&one.grade));
        found
    }
}

impl Builder<'_> {
    fn both_ways(&mut self, abbreviation: &str, names: &[String]) {
        for name in names {
            self.add(abbreviation, name, ABBREVIATION);
            self.add(name, abbreviation, ABBREVIATION);
        }
    }

    /// Adds one direction; of two grades for the same pair the higher one stays.
    fn add(&mut self, word: &str, found: &str, grade: f32) {
        let (from, stems) = ((self.stems_of)(word), (self.stems_of)(found));
        if from == stems {
            return;
        }
        let offered = !self.pejorative.contains(&stems);
        let synonym = Synonym {
            text: found.to_owned(),
            stems,
            grade,
            offered,
        };
        let list = if self.only_capitals.contains(word) {
            self.synonyms.as_written.entry(word.to_owned()).or_default()
        } else {
            self.synonyms.by_stems.entry(from).or_default()
        };
        match list.iter_mut().find(|known| known.stems == synonym.stems) {
            Some(known) if known.grade < grade => known.grade = grade,
            Some(_) => {}
            None => list.push(synonym),
        }
    }
}

impl Laws {
    /// Returns the short name of the law that a word names, and how many words name it.
    pub(crate) fn name(
        &self,
        written: &str,
        stem: &str,
        next: Option<&str>,
    ) -> Option<(String, usize)> {
        let folded = fold(written);
        if folded == "sgb"
            && let Some(book) = next.filter(|book| BOOKS.contains(book))
        {
            return Some((format!("sgb{}", book.to_lowercase()), 2));
        }
        let known = self
            .by_abbreviation
            .get(&folded)
            .or_else(|| self.by_stem.get(stem));
        if let Some(known) = known {
            return Some((known.clone(), 1));
        }
        let capitals = written
            .chars()
            .filter(|letter| letter.is_uppercase())
            .count();
        let looks_like_law = capitals >= 2 && written.ends_with(['G', 'V', 'O', 'B']);
        let is_named_law = capitals >= 1 && (stem.ends_with("gesetz") || stem.ends_with("verordn"));
        if looks_like_law {
            return Some((folded, 1));
        }
        is_named_law.then(|| (stem.to_owned(), 1))
    }
}
