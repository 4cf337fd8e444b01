//! German text → terms: the same analysis for what officials wrote and for what readers type.
//!
//! It never does I/O, never reads the clock and never fails: every string has terms, if only none.
//! A text is cut into tokens, each token is understood as a word (folded form, stem, parts), citations and
//! suspended hyphens are read across words. The word lists are data in `data/`; read on in `analyzer.rs`.

mod analyzer;
mod citation;
pub mod compile;
mod compound;
mod fold;
mod gender;
pub mod lexicon;
mod memory;
mod paragraph;
mod pool;
mod query;
mod reading;
mod stem;
mod suspended;
mod synonyms;
mod term;
mod token;
mod word;

pub use analyzer::Analyzer;
pub use fold::fold as folded;
pub use term::{Clause, Expansion, Explained, Layer, PhraseSynonyms, Synonym, Term, TermRef, Why};
