//! One word of a query → the alternatives under which it is looked for, best first.

use laendersache_analysis::{Analyzer, Expansion, Layer, Synonym, folded};

use crate::tree::{Alternative, Leaf, Query, Scope, TreeTerm};
use crate::{Variant, Why};

const EXACT: f32 = 1.0;
const CITATION: f32 = 1.0;
const STEM: f32 = 0.85;
const PART: f32 = 0.5;
const PARTS_APART: f32 = 0.45;
/// The best synonym stays below any form of the word itself.
const SYNONYM: f32 = 0.4;
const PREFIX: f32 = 0.8;

/// The parts of a compound that is written apart stand at most so many positions from each other.
const PARTS_DISTANCE: u32 = 8;

/// Whether the forms of a word are searched too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Forms {
    All,
    /// The reader wants the word as it stands.
    Literal,
}

/// A word, ready to be searched.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct WordQuery {
    pub query: Query,
    pub variants: Vec<Variant>,
    /// The word in its exact form, if it is one; a suggestion replaces it.
    pub exact: Option<String>,
}

/// Returns what a word or citation looks for.
pub(super) fn word_query(expansion: &Expansion, forms: Forms, scope: Scope) -> WordQuery {
    let exact = expansion.own.iter().find(|term| term.layer == Layer::Exact);
    WordQuery {
        query: Query::Word(alternatives(expansion, forms, scope)),
        variants: variants(expansion, forms),
        exact: exact.map(|term| term.text.clone()),
    }
}

fn alternatives(expansion: &Expansion, forms: Forms, scope: Scope) -> Vec<Alternative> {
    let own = expansion.own.iter();
    let mut leaves: Vec<(Leaf, f32)> = own
        .filter(|term| forms == Forms::All || matches!(term.layer, Layer::Exact | Layer::Citation))
        .map(|term| {
            (
                Leaf::Term(TreeTerm::new(term.layer, &term.text)),
                layer_weight(term.layer),
            )
        })
        .collect();
    if forms == Forms::All {
        leaves.extend(apart(&expansion.parts).map(|leaf| (leaf, PARTS_APART)));
        leaves.extend(synonym_leaves(&expansion.synonyms));
    }
    let alternative = |(leaf, weight)| Alternative {
        leaf,
        weight,
        scope,
    };
    leaves.into_iter().map(alternative).collect()
}

fn layer_weight(layer: Layer) -> f32 {
    match layer {
        Layer::Exact => EXACT,
        Layer::Citation => CITATION,
        Layer::Stem => STEM,
        Layer::Part => PART,
    }
}

/// The parts of a compound, written apart: "Angebote für Sprachkurse" for "Sprachkursangebote".
fn apart(parts: &[String]) -> Option<Leaf> {
    if parts.len() < 2 {
        return None;
    }
    let word = |part: &String| {
        vec![
            TreeTerm::new(Layer::Stem, part),
            TreeTerm::new(Layer::Part, part),
        ]
    };
    Some(Leaf::Near {
        words: parts.iter().map(word).collect(),
        distance: PARTS_DISTANCE,
    })
}

/// A synonym of one word is found as a part of a compound too; one of several words only as a phrase.
fn synonym_leaves(synonyms: &[Synonym]) -> Vec<(Leaf, f32)> {
    let mut leaves = Vec::new();
    for synonym in synonyms {
        let weight = SYNONYM * synonym.grade;
        match synonym.stems.as_slice() {
            [] => {}
            [only] => {
                let term = stem_or_citation(only);
                if term.layer == Layer::Stem {
                    leaves.push((Leaf::Term(TreeTerm::new(Layer::Part, only)), weight * PART));
                }
                leaves.push((Leaf::Term(term), weight));
            }
            several => {
                let terms = several.iter().map(|stem| stem_or_citation(stem));
                leaves.push((Leaf::Phrase((0..).zip(terms).collect()), weight));
            }
        }
    }
    leaves
}

/// The list of synonyms names citations by their term.
fn stem_or_citation(stem: &str) -> TreeTerm {
    let layer = if stem.starts_with('§') || stem.contains("drs_") {
        Layer::Citation
    } else {
        Layer::Stem
    };
    TreeTerm::new(layer, stem)
}

fn variants(expansion: &Expansion, forms: Forms) -> Vec<Variant> {
    if forms == Forms::Literal {
        return Vec::new();
    }
    let mut variants = Vec::new();
    if expansion.parts.len() > 1 {
        variants.push(Variant {
            text: expansion.parts.join(" … "),
            why: Why::Part,
        });
    }
    variants.extend(synonym_variants(&expansion.synonyms));
    variants
}

/// Pejorative words are searched, but not offered.
pub(super) fn synonym_variants(synonyms: &[Synonym]) -> impl Iterator<Item = Variant> {
    let offered = synonyms.iter().filter(|synonym| synonym.offered);
    offered.map(|synonym| Variant {
        text: synonym.text.clone(),
        why: Why::Synonym,
    })
}

/// Returns the query for the synonyms of several words together.
pub(super) fn synonym_query(synonyms: &[Synonym]) -> Query {
    let leaves = synonym_leaves(synonyms).into_iter();
    let alternative = |(leaf, weight)| Alternative {
        leaf,
        weight,
        scope: Scope::Everywhere,
    };
    Query::Word(leaves.map(alternative).collect())
}

/// Returns the query for the beginning of a word.
pub(super) fn prefix_query(beginning: &str, scope: Scope) -> WordQuery {
    let alternative = Alternative {
        leaf: Leaf::Prefix(folded(beginning)),
        weight: PREFIX,
        scope,
    };
    WordQuery {
        query: Query::Word(vec![alternative]),
        variants: vec![Variant {
            text: format!("{beginning}…"),
            why: Why::Prefix,
        }],
        exact: None,
    }
}

/// Returns the query for an exact phrase, or `None` if there is no word in it.
pub(super) fn phrase_query(analyzer: &Analyzer, text: &str, scope: Scope) -> Option<Query> {
    let terms = analyzer.terms(text);
    let mut exact = terms
        .iter()
        .filter(|term| term.layer == Layer::Exact)
        .peekable();
    let first = exact.peek()?.position;
    let mut placed: Vec<(u32, TreeTerm)> = exact
        .map(|term| {
            (
                term.position - first,
                TreeTerm::new(Layer::Exact, &term.text),
            )
        })
        .collect();
    let leaf = if placed.len() == 1 {
        Leaf::Term(placed.remove(0).1)
    } else {
        Leaf::Phrase(placed)
    };
    Some(Query::Word(vec![Alternative {
        leaf,
        weight: EXACT,
        scope,
    }]))
}

/// Returns the query for two words near each other.
pub(super) fn near_query(analyzer: &Analyzer, words: [&str; 2], distance: u32) -> Option<Query> {
    let mut sides = Vec::new();
    for word in words {
        let own = analyzer.expand(word).own;
        let terms: Vec<TreeTerm> = own
            .iter()
            .map(|term| TreeTerm::new(term.layer, &term.text))
            .collect();
        if terms.is_empty() {
            return None;
        }
        sides.push(terms);
    }
    let leaf = Leaf::Near {
        words: sides,
        distance,
    };
    Some(Query::Word(vec![Alternative {
        leaf,
        weight: EXACT,
        scope: Scope::Texts,
    }]))
}
