//! The query tree: what is asked of a backend. Its leaves are analysed terms, so that every engine gives the same hits.

use laendersache_analysis::Layer;
use laendersache_indexer::Key;

/// A set of documents, and how well each belongs to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) enum Query {
    /// All documents, all equally well.
    #[default]
    Everything,
    /// Documents in all of the sets; their scores are added.
    All(Vec<Query>),
    /// Documents in at least one of the sets; the best score counts.
    Any(Vec<Query>),
    /// Documents not in the set.
    Not(Box<Query>),
    /// A word of the query: documents in which at least one alternative occurs.
    Word(Vec<Alternative>),
    /// Documents with at least one of the keys; no score.
    Keys(Vec<(Key, String)>),
    /// Documents of the years from the first to the last; no score.
    Years(u16, u16),
}

/// One of the forms in which a word of the query may occur.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Alternative {
    /// What is looked for.
    pub leaf: Leaf,
    /// How much it is worth: 1 for the literal word.
    pub weight: f32,
    /// Where it is looked for.
    pub scope: Scope,
}

/// Which texts are searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Title, text and context.
    Everywhere,
    /// Title and text.
    Texts,
    /// Only the title.
    Title,
}

/// A term with its layer.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct TreeTerm {
    /// The layer.
    pub layer: Layer,
    /// The analysed text.
    pub text: String,
}

impl TreeTerm {
    pub(crate) fn new(layer: Layer, text: &str) -> Self {
        Self {
            layer,
            text: text.to_owned(),
        }
    }
}

/// What is looked for in one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Leaf {
    /// One term.
    Term(TreeTerm),
    /// Terms at given positions relative to each other; never empty.
    Phrase(Vec<(u32, TreeTerm)>),
    /// Words, each given by its alternatives, all within a number of positions, in any order; never empty.
    Near {
        /// The words.
        words: Vec<Vec<TreeTerm>>,
        /// The distance between the first and the last.
        distance: u32,
    },
    /// Exact terms that begin so.
    Prefix(String),
}
