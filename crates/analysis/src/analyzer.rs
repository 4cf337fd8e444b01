//! The analyzer: the one function that texts and queries go through.

use std::ops::Range;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use crate::citation::{Citation, citations};
use crate::compound;
use crate::fold::fold;
use crate::lexicon::Lexicon;
use crate::memory::{Memory, with_memory};
use crate::stem::{FORMS, Stems};
use crate::suspended::restored;
use crate::synonyms::{Laws, SYNONYMS, Synonyms, embedded_laws};
use crate::term::{Clause, Expansion, Explained, Layer, PhraseSynonyms, Term, TermRef, Why};
use crate::token::{Token, tokenise};
use crate::word::Word;

/// Changes whenever the rules of this crate change; the word lists are counted in by their content.
const RULES: &str = "german-1";
/// A run of words with a synonym is at most so long.
const LONGEST_PHRASE: usize = 8;

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let lists = [Lexicon::bytes(), FORMS.as_bytes(), SYNONYMS.as_bytes()];
    format!("{RULES}-{:016x}", fingerprint(&lists))
});
static GERMAN: LazyLock<Analyzer> = LazyLock::new(Analyzer::load);

/// Turns German text into terms; cheap to clone, shared by all threads.
#[derive(Clone)]
pub struct Analyzer {
    lists: Arc<Lists>,
}

struct Lists {
    lexicon: Lexicon,
    stems: Stems,
    laws: Laws,
    synonyms: Synonyms,
}

/// A text cut into words that are understood.
struct Reading {
    tokens: Vec<Token>,
    words: Vec<Rc<Word>>,
    citations: Vec<Citation>,
}

impl Analyzer {
    /// Returns the analyzer for German with its embedded word lists.
    pub fn german() -> Self {
        GERMAN.clone()
    }

    /// Names the rules and word lists; an index made by another version must be built anew.
    pub fn version() -> &'static str {
        &VERSION
    }

    fn load() -> Self {
        let (lexicon, stems) = (Lexicon::embedded(), Stems::embedded());
        let laws = embedded_laws(&|phrase| {
            let reading = read(phrase, &Laws::default(), &mut |word| {
                Rc::new(Word::read(word, &lexicon, &stems))
            });
            query_stems(&reading)
        });
        let synonyms = Synonyms::embedded(&|phrase| {
            let reading = read(phrase, &laws, &mut |word| {
                Rc::new(Word::read(word, &lexicon, &stems))
            });
            query_stems(&reading)
        });
        Self {
            lists: Arc::new(Lists {
                lexicon,
                stems,
                laws,
                synonyms,
            }),
        }
    }

    /// Hands every term of `text` to `sink`, in order of position.
    pub fn analyze(&self, text: &str, sink: &mut dyn FnMut(TermRef<'_>)) {
        let reading = self.read(text);
        let mut citations = reading.citations.iter().peekable();
        for (index, token) in reading.tokens.iter().enumerate() {
            let mut emit = |text: &str, layer, why, span: &Range<usize>| {
                sink(TermRef {
                    text,
                    layer,
                    position: index as u32,
                    span: span.clone(),
                    why,
                });
            };
            let word = &reading.words[index];
            emit(&word.exact, Layer::Exact, Why::Word, &token.span);
            emit(&word.stem, Layer::Stem, Why::Stem, &token.span);
            for (part, why) in &word.parts {
                emit(part, Layer::Part, *why, &token.span);
            }
            for stem in restored(index, &reading.tokens, &reading.words) {
                emit(&stem, Layer::Part, Why::SuspendedHyphen, &token.span);
            }
            while let Some(citation) = citations.next_if(|citation| citation.token <= index) {
                for term in citation.terms() {
                    emit(&term, Layer::Citation, Why::Citation, &citation.span);
                }
            }
        }
    }

    /// Returns the terms of `text`.
    pub fn terms(&self, text: &str) -> Vec<Term> {
        let mut terms = Vec::new();
        self.analyze(text, &mut |term| terms.push(term.to_term()));
        terms
    }

    /// Returns the terms of `text`, each with the rule that made it.
    pub fn explain(&self, text: &str) -> Vec<Explained> {
        let mut terms = Vec::new();
        self.analyze(text, &mut |term| {
            terms.push(Explained {
                term: term.to_term(),
                why: term.why,
            })
        });
        terms
    }

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

    /// Returns the parts of a compound, folded and without linking elements; empty if the word is none.
    pub fn parts(&self, word: &str) -> Vec<String> {
        let folded = fold(word);
        let pieces = compound::split(&self.lists.lexicon, &folded).unwrap_or_default();
        pieces
            .into_iter()
            .map(|piece| folded[piece].to_owned())
            .collect()
    }

    /// Returns the bytes of the parts in the folded word ([`crate::folded`]); empty if the word is no compound.
    pub fn split(&self, word: &str) -> Vec<Range<usize>> {
        compound::split(&self.lists.lexicon, &fold(word)).unwrap_or_default()
    }

    fn read(&self, text: &str) -> Reading {
        let lists = &*self.lists;
        with_memory(|memory: &mut Memory| {
            let mut word = |written: &str| {
                memory.word(written, |written| {
                    Word::read(written, &lists.lexicon, &lists.stems)
                })
            };
            read(text, &lists.laws, &mut word)
        })
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

/// A word or a citation, as the clauses of a query count them.
enum Piece<'a> {
    Word(usize),
    Citation(&'a Citation),
}

impl Reading {
    /// The words in order, those of a citation taken together.
    fn clauses(&self) -> Vec<Piece<'_>> {
        let mut pieces = Vec::new();
        let mut index = 0;
        for citation in &self.citations {
            let inside = |at: &usize| self.tokens[*at].span.start < citation.span.start;
            pieces.extend((index..citation.token).filter(inside).map(Piece::Word));
            pieces.push(Piece::Citation(citation));
            index = index.max(citation.end);
        }
        pieces.extend((index..self.tokens.len()).map(Piece::Word));
        pieces
    }
}

fn read(text: &str, laws: &Laws, word: &mut dyn FnMut(&str) -> Rc<Word>) -> Reading {
    let mut tokens = Vec::new();
    tokenise(text, &mut tokens);
    let mut words = Vec::with_capacity(tokens.len());
    tokens.retain(|token| {
        let understood = word(&text[token.span.clone()]);
        let is_word = !understood.exact.is_empty();
        if is_word {
            words.push(understood);
        }
        is_word
    });
    let citations = citations(text, &tokens, &words, laws);
    Reading {
        tokens,
        words,
        citations,
    }
}

/// The stems by which the list of synonyms is looked up, one for every clause.
fn query_stems(reading: &Reading) -> Vec<String> {
    let stem = |piece: Piece<'_>| match piece {
        Piece::Word(token) => reading.words[token].stem.clone(),
        Piece::Citation(citation) => citation.wanted().swap_remove(0),
    };
    reading.clauses().into_iter().map(stem).collect()
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

/// FNV-1a: enough to tell two versions of the lists apart.
fn fingerprint(lists: &[&[u8]]) -> u64 {
    let bytes = lists.iter().flat_map(|list| list.iter());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
