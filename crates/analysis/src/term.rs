//! Terms: what a text is indexed under and what a query looks for, each knowing why it is there.

use std::ops::Range;

/// The kind of evidence a term is; a search weighs exact above stem above part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Layer {
    /// The word itself, normalised (case, umlauts, long s, gender marks folded).
    Exact,
    /// The stem of the word.
    Stem,
    /// The stem of a part of a compound (also parts restored from suspended hyphens).
    Part,
    /// A citation in one spelling: `§25b_aufenthg`, `btdrs_19/8752`.
    Citation,
}

/// One term of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Term {
    /// The normalised text of the term.
    pub text: String,
    /// What kind of evidence it is.
    pub layer: Layer,
    /// Position of the word in the text, counted from 0; all terms of one word share it.
    pub position: u32,
    /// Bytes of the original text the term stands for, on character boundaries.
    pub span: Range<usize>,
}

/// What a query word looks for beside itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Expansion {
    /// Terms of the word itself, over all layers.
    pub own: Vec<Term>,
    /// The word as a compound: all these part stems together also mean it (empty if it is none).
    pub parts: Vec<String>,
    /// Words of the synonym list.
    pub synonyms: Vec<Synonym>,
}

/// A directed, graded entry of the synonym list.
#[derive(Debug, Clone, PartialEq)]
pub struct Synonym {
    /// The words as a reader would write them; several words must occur together as a phrase.
    pub text: String,
    /// The stems of its words in order.
    pub stems: Vec<String>,
    /// How near it is to the literal word: above 0, below 1.
    pub grade: f32,
    /// False for pejorative words: they are found, but never shown as an offer.
    pub offered: bool,
}

/// One term while a text streams by; what [`Term`] owns is borrowed here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermRef<'a> {
    /// The normalised text of the term.
    pub text: &'a str,
    /// What kind of evidence it is.
    pub layer: Layer,
    /// Position of the word in the text, counted from 0; all terms of one word share it.
    pub position: u32,
    /// Bytes of the original text the term stands for, on character boundaries.
    pub span: Range<usize>,
    /// The rule that made the term.
    pub why: Why,
}

impl TermRef<'_> {
    /// Copies the borrowed text.
    pub fn to_term(&self) -> Term {
        Term {
            text: self.text.to_owned(),
            layer: self.layer,
            position: self.position,
            span: self.span.clone(),
        }
    }
}

/// The rule that made a term, for those who ask why a word was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// The word as it stands, folded.
    Word,
    /// The stem of the word.
    Stem,
    /// One part of a compound.
    Part,
    /// Several neighbouring parts of a compound, but not all.
    PartRun,
    /// Restored from a suspended hyphen (`Sprach- und Integrationskurse`: Sprachkurse).
    SuspendedHyphen,
    /// A year or number inside a longer number (`2018/2019`).
    NumberPart,
    /// A citation in one spelling.
    Citation,
}

/// A term with the rule that made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// The term.
    pub term: Term,
    /// The rule that made it.
    pub why: Why,
}

/// One piece of what a reader typed: a word, or a citation of several words.
#[derive(Debug, Clone, PartialEq)]
pub struct Clause {
    /// Bytes of the typed text.
    pub span: Range<usize>,
    /// What it looks for.
    pub expansion: Expansion,
}

/// Neighbouring words of a query that together have synonyms (`doppelte Staatsangehörigkeit`: Doppelpass).
#[derive(Debug, Clone, PartialEq)]
pub struct PhraseSynonyms {
    /// The clauses they stand in.
    pub clauses: Range<usize>,
    /// What else to look for instead of all these words.
    pub synonyms: Vec<Synonym>,
}
