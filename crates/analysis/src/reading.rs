//! A reading: a text cut into words that are understood, and the citations among them.

use std::rc::Rc;

use crate::citation::{Citation, citations};
use crate::synonyms::Laws;
use crate::token::{Token, tokenise};
use crate::word::Word;

/// A text cut into words that are understood.
pub(crate) struct Reading {
    /// Where the words stand.
    pub tokens: Vec<Token>,
    /// What they mean; one for each token.
    pub words: Vec<Rc<Word>>,
    /// In order of their tokens.
    pub citations: Vec<Citation>,
}

/// A word or a citation, as the clauses of a query count them.
pub(crate) enum Piece<'a> {
    /// The index of a token.
    Word(usize),
    /// Several tokens in one.
    Citation(&'a Citation),
}

impl Reading {
    /// The words in order, those of a citation taken together.
    pub fn clauses(&self) -> Vec<Piece<'_>> {
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

/// Reads a text; `word` understands a written word.
pub(crate) fn read(text: &str, laws: &Laws, word: &mut dyn FnMut(&str) -> Rc<Word>) -> Reading {
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
pub(crate) fn query_stems(reading: &Reading) -> Vec<String> {
    let stem = |piece: Piece<'_>| match piece {
        Piece::Word(token) => reading.words[token].stem.clone(),
        Piece::Citation(citation) => citation.wanted().swap_remove(0),
    };
    reading.clauses().into_iter().map(stem).collect()
}
