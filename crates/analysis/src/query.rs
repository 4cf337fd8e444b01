//! Queries: what the words that a reader types look for.

use std::ops::Range;

use crate::analyzer::Analyzer;
use crate::citation::Citation;
use crate::reading::{Piece, Reading, query_stems};
use crate::suspended::restored;
use crate::term::{Clause, Expansion, Layer, PhraseSynonyms, Term};

/// A run of words with a synonym is at most so long.
const LONGEST_PHRASE: usize = 8;

impl Analyzer {
    /// Returns what one word of a query looks for.
    ///
    /// Of several words only the first is looked at; [`Analyzer::clauses`] takes them all.
    pub fn expand(&self, word: &str) -> Expansion {
        self.clauses(word)
            .into_iter()
            .next()
            .map(|clause| clause.expansion)
            .unwrap_or_default()
    }

    /// Cuts the words of a query into clauses, each a word or a citation with all that it looks for.
    pub fn clauses(&self, query: &str) -> Vec<Clause> {
        let reading = self.read(query);
        reading
            .clauses()
            .into_iter()
            .map(|clause| self.clause(query, &reading, clause))
            .collect()
    }

    /// Returns the synonyms of neighbouring words of a query, given its clauses' numbers.
    pub fn phrase_synonyms(&self, query: &str) -> Vec<PhraseSynonyms> {
        let stems = query_stems(&self.read(query));
        let mut found = Vec::new();
        for start in 0..stems.len() {
            for end in start + 2..=stems.len().min(start + LONGEST_PHRASE) {
                let synonyms = self.lists.synonyms.of("", &stems[start..end]);
                if !synonyms.is_empty() {
                    found.push(PhraseSynonyms {
                        clauses: start..end,
                        synonyms,
                    });
                }
            }
        }
        found
    }

    fn clause(&self, query: &str, reading: &Reading, clause: Piece<'_>) -> Clause {
        let (token, span) = match clause {
            Piece::Citation(citation) => return self.citation(query, citation),
            Piece::Word(token) => (token, reading.tokens[token].span.clone()),
        };
        let word = &reading.words[token];
        let written = &query[span.clone()];
        let mut own = vec![
            (word.exact.clone(), Layer::Exact),
            (word.stem.clone(), Layer::Stem),
            (word.stem.clone(), Layer::Part),
        ];
        if word.exact != word.stem {
            own.push((word.exact.clone(), Layer::Part));
        }
        if is_paragraph(&word.exact) {
            own.push((format!("§{}", word.exact), Layer::Citation));
        }
        own.extend(
            restored(token, &reading.tokens, &reading.words)
                .into_iter()
                .flat_map(|stem| [(stem.clone(), Layer::Stem), (stem, Layer::Part)]),
        );
        let parts = if word.leaves.len() > 1 {
            word.leaves.clone()
        } else {
            Vec::new()
        };
        let synonyms = self
            .lists
            .synonyms
            .of(written, std::slice::from_ref(&word.stem));
        let own = terms_at(own, token, &span);
        Clause {
            span,
            expansion: Expansion {
                own,
                parts,
                synonyms,
            },
        }
    }

    fn citation(&self, query: &str, citation: &Citation) -> Clause {
        let span = citation.span.clone();
        let key = citation.wanted().swap_remove(0);
        let synonyms = self.lists.synonyms.of(&query[span.clone()], &[key]);
        let wanted = citation
            .wanted()
            .into_iter()
            .map(|text| (text, Layer::Citation))
            .collect();
        let own = terms_at(wanted, citation.token, &span);
        Clause {
            span,
            expansion: Expansion {
                own,
                parts: Vec::new(),
                synonyms,
            },
        }
    }
}

/// `25b`: a number with a letter is most likely that of a paragraph.
fn is_paragraph(word: &str) -> bool {
    let letter = word.trim_start_matches(|character: char| character.is_ascii_digit());
    letter.len() == 1 && letter.len() < word.len() && letter.as_bytes()[0].is_ascii_lowercase()
}

fn terms_at(terms: Vec<(String, Layer)>, position: usize, span: &Range<usize>) -> Vec<Term> {
    let term = |(text, layer)| Term {
        text,
        layer,
        position: position as u32,
        span: span.clone(),
    };
    terms.into_iter().map(term).collect()
}
