//! The judged pairs: how much of what readers mean is found, and how little else.

use std::collections::{BTreeMap, HashSet};

use laendersache_analysis::{Analyzer, Clause, Layer, Synonym};
use serde::Deserialize;

#[derive(Deserialize)]
struct Category {
    found: String,
    r#false: String,
}

/// A text as the index would know it.
struct Indexed {
    terms: HashSet<(Layer, String)>,
    /// Stems by position.
    stems: Vec<(u32, String)>,
}

impl Indexed {
    fn new(analyzer: &Analyzer, text: &str) -> Self {
        let mut indexed = Self {
            terms: HashSet::new(),
            stems: Vec::new(),
        };
        analyzer.analyze(text, &mut |term| {
            if term.layer == Layer::Stem || term.layer == Layer::Citation {
                indexed.stems.push((term.position, term.text.to_owned()));
            }
            indexed.terms.insert((term.layer, term.text.to_owned()));
        });
        indexed
    }

    fn has(&self, layer: Layer, text: &str) -> bool {
        self.terms.contains(&(layer, text.to_owned()))
    }

    fn has_stem_or_part(&self, text: &str) -> bool {
        [Layer::Stem, Layer::Part, Layer::Citation]
            .iter()
            .any(|layer| self.has(*layer, text))
    }

    fn has_synonym(&self, synonym: &Synonym) -> bool {
        match synonym.stems.as_slice() {
            [] => false,
            [stem] => self.has_stem_or_part(stem),
            stems => self
                .stems
                .iter()
                .any(|(start, _)| self.has_phrase(*start, stems)),
        }
    }

    fn has_phrase(&self, start: u32, stems: &[String]) -> bool {
        (start..)
            .zip(stems)
            .all(|wanted| self.stems.iter().any(|(at, stem)| (*at, stem) == wanted))
    }

    fn matches(&self, clause: &Clause) -> bool {
        let expansion = &clause.expansion;
        expansion
            .own
            .iter()
            .any(|term| self.has(term.layer, &term.text))
            || !expansion.parts.is_empty()
                && expansion
                    .parts
                    .iter()
                    .all(|part| self.has_stem_or_part(part))
            || expansion
                .synonyms
                .iter()
                .any(|synonym| self.has_synonym(synonym))
    }
}

fn is_found(analyzer: &Analyzer, query: &str, text: &str) -> bool {
    let indexed = Indexed::new(analyzer, text);
    let phrases = analyzer.phrase_synonyms(query);
    let in_phrase = |index: usize| {
        phrases.iter().any(|phrase| {
            phrase.clauses.contains(&index)
                && phrase
                    .synonyms
                    .iter()
                    .any(|synonym| indexed.has_synonym(synonym))
        })
    };
    let clauses = analyzer.clauses(query);
    assert!(!clauses.is_empty(), "{query}");
    clauses
        .iter()
        .enumerate()
        .all(|(index, clause)| indexed.matches(clause) || in_phrase(index))
}

fn pairs(list: &str) -> Vec<(&str, &str)> {
    let lines = list.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| line.split_once(" | ").expect("each line is: query | text"))
        .collect()
}

#[test]
fn judged_pairs_are_found_and_the_others_are_not() {
    let categories: BTreeMap<String, Category> =
        toml::from_str(include_str!("judged.toml")).expect("the judged pairs are a TOML file");
    let analyzer = Analyzer::german();
    let mut errors = Vec::new();
    let mut count = 0;
    for (name, category) in &categories {
        let (found, other) = (pairs(&category.found), pairs(&category.r#false));
        let missed: Vec<_> = found
            .iter()
            .filter(|(query, text)| !is_found(&analyzer, query, text))
            .collect();
        let wrong: Vec<_> = other
            .iter()
            .filter(|(query, text)| is_found(&analyzer, query, text))
            .collect();
        println!(
            "{name:<12} found {:>3} of {:>3}   false {:>2} of {:>2}",
            found.len() - missed.len(),
            found.len(),
            wrong.len(),
            other.len()
        );
        count += found.len() + other.len();
        errors.extend(
            missed
                .iter()
                .map(|pair| format!("{name}: not found: {} | {}", pair.0, pair.1)),
        );
        errors.extend(
            wrong
                .iter()
                .map(|pair| format!("{name}: false: {} | {}", pair.0, pair.1)),
        );
    }
    assert!(count >= 80, "only {count} pairs");
    assert!(errors.is_empty(), "\n{}", errors.join("\n"));
}
