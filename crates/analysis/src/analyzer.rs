//! The analyzer: the one function that texts and queries go through.

use std::ops::Range;
use std::rc::Rc;
use std::sync::{Arc, LazyLock};

use crate::compound;
use crate::fold::fold;
use crate::lexicon::Lexicon;
use crate::memory::{Memory, with_memory};
use crate::reading::{Reading, query_stems, read};
use crate::stem::{FORMS, Stems};
use crate::suspended::restored;
use crate::synonyms::{Laws, SYNONYMS, Synonyms, embedded_laws};
use crate::term::{Explained, Layer, Term, TermRef, Why};
use crate::word::Word;

/// Changes whenever the rules of this crate change; the word lists are counted in by their content.
const RULES: &str = "german-1";

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let lists = [Lexicon::bytes(), FORMS.as_bytes(), SYNONYMS.as_bytes()];
    format!("{RULES}-{:016x}", fingerprint(&lists))
});
static GERMAN: LazyLock<Analyzer> = LazyLock::new(Analyzer::load);

/// Turns German text into terms; cheap to clone, shared by all threads.
#[derive(Clone)]
pub struct Analyzer {
    pub(crate) lists: Arc<Lists>,
}

/// The word lists, ready for use.
pub(crate) struct Lists {
    lexicon: Lexicon,
    stems: Stems,
    laws: Laws,
    pub synonyms: Synonyms,
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

    /// Reads a text with the memory of this thread.
    pub(crate) fn read(&self, text: &str) -> Reading {
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
}

/// FNV-1a: enough to tell two versions of the lists apart.
fn fingerprint(lists: &[&[u8]]) -> u64 {
    let bytes = lists.iter().flat_map(|list| list.iter());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}
