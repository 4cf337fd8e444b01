//! Query tree → the engine's queries, with one scale of relevance for all forms of a word.

use laendersache_indexer::{Fields, columns};
use std::ops::Bound;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur,
    PhraseQuery, Query as EngineQuery, RangeQuery, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{Searcher, Term};

use super::near::NearQuery;
use crate::tree::{Alternative, Leaf, Query, Scope, TreeTerm};

type Boxed = Box<dyn EngineQuery>;
type Result<T> = std::result::Result<T, tantivy::TantivyError>;

/// A match in the title is worth so much more than one in the text.
const TITLE_BOOST: f32 = 2.5;
/// A match in words of no text (place, chair, names) is worth less.
const CONTEXT_BOOST: f32 = 0.5;
/// How much the forms and fields that are not the best one add to the score of a word.
const TIE_BREAKER: f32 = 0.1;
/// The beginning of a word stands for at most so many words, the most frequent ones.
const MAX_PREFIX_TERMS: usize = 200;
/// Dictionary entries looked at for them.
const MAX_PREFIX_SCAN: usize = 20_000;

/// Translates a query tree.
pub(super) fn compile(query: &Query, searcher: &Searcher, fields: Fields) -> Result<Boxed> {
    Compiler {
        searcher,
        fields,
        all: searcher.num_docs(),
    }
    .query(query)
}

struct Compiler<'a> {
    searcher: &'a Searcher,
    fields: Fields,
    all: u64,
}

/// One form of a word in one field.
struct Form {
    query: Boxed,
    weight: f32,
    /// Number of documents, for a single term; phrases get a constant score on the scale of the word's terms.
    documents: Option<u64>,
}

impl Compiler<'_> {
    fn query(&self, query: &Query) -> Result<Boxed> {
        Ok(match query {
            Query::Everything => unscored(Box::new(AllQuery)),
            Query::All(parts) => self.all_of(parts)?,
            Query::Any(parts) => {
                let parts = parts
                    .iter()
                    .map(|part| self.query(part))
                    .collect::<Result<_>>()?;
                Box::new(DisjunctionMaxQuery::new(parts))
            }
            Query::Not(_) => self.all_of(std::slice::from_ref(query))?,
            Query::Word(alternatives) => self.word(alternatives)?,
            Query::Keys(keys) => {
                let terms = keys.iter().map(|(key, value)| self.fields.key(*key, value));
                let mut terms = terms.map(|term| term_query(term, IndexRecordOption::Basic));
                match (terms.next(), keys.len()) {
                    (Some(only), 1) => unscored(only),
                    (first, _) => unscored(Box::new(BooleanQuery::union(
                        first.into_iter().chain(terms).collect(),
                    ))),
                }
            }
            Query::Years(from, to) => {
                let field = self.searcher.schema().get_field(columns::YEAR)?;
                let bound =
                    |year: u16| Bound::Included(Term::from_field_u64(field, u64::from(year)));
                unscored(Box::new(RangeQuery::new(bound(*from), bound(*to))))
            }
        })
    }

    fn all_of(&self, parts: &[Query]) -> Result<Boxed> {
        let mut clauses = Vec::new();
        for part in parts {
            match part {
                Query::Not(excluded) => clauses.push((Occur::MustNot, self.query(excluded)?)),
                part => clauses.push((Occur::Must, self.query(part)?)),
            }
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, unscored(Box::new(AllQuery))));
        }
        match clauses.as_mut_slice() {
            [(Occur::Must, _)] => Ok(clauses.remove(0).1),
            _ => Ok(Box::new(BooleanQuery::new(clauses))),
        }
    }

    fn word(&self, alternatives: &[Alternative]) -> Result<Boxed> {
        let mut forms = Vec::new();
        for alternative in alternatives {
            for (field, boost) in self.fields_of(alternative.scope) {
                let weight = alternative.weight * boost;
                forms.extend(self.form(&alternative.leaf, field, weight)?);
            }
        }
        // Every form is scored as if it were as frequent as the most frequent one: a rare synonym or part must not
        // outweigh the literal word by its rarity.
        let documents = forms.iter().filter_map(|form| form.documents).max();
        let mut queries: Vec<Boxed> = Vec::with_capacity(forms.len());
        for form in forms {
            queries.push(match (form.documents, documents) {
                (Some(own), Some(most)) => {
                    let boost = form.weight * self.rarity(most) / self.rarity(own);
                    Box::new(BoostQuery::new(form.query, boost))
                }
                (None, Some(most)) => Box::new(ConstScoreQuery::new(
                    form.query,
                    form.weight * self.rarity(most),
                )),
                _ => Box::new(BoostQuery::new(form.query, form.weight)),
            });
        }
        Ok(match queries.len() {
            0 => Box::new(EmptyQuery),
            1 => queries.remove(0),
            _ => Box::new(DisjunctionMaxQuery::with_tie_breaker(queries, TIE_BREAKER)),
        })
    }

    fn fields_of(&self, scope: Scope) -> Vec<(Field, f32)> {
        let Fields {
            title,
            body,
            context,
            ..
        } = self.fields;
        match scope {
            Scope::Everywhere => {
                vec![(title, TITLE_BOOST), (body, 1.0), (context, CONTEXT_BOOST)]
            }
            Scope::Texts => vec![(title, TITLE_BOOST), (body, 1.0)],
            Scope::Title => vec![(title, TITLE_BOOST)],
        }
    }

    /// One form in one field, or `None` if it does not occur there.
    fn form(&self, leaf: &Leaf, field: Field, weight: f32) -> Result<Option<Form>> {
        let occurs = |term: &TreeTerm| -> Result<Option<(Term, u64)>> {
            let term = Fields::term(field, term.layer, &term.text);
            let documents = self.searcher.doc_freq(&term)?;
            Ok((documents > 0).then_some((term, documents)))
        };
        let (query, documents): (Boxed, _) = match leaf {
            Leaf::Term(term) => match occurs(term)? {
                Some((term, documents)) => (
                    term_query(term, IndexRecordOption::WithFreqs),
                    Some(documents),
                ),
                None => return Ok(None),
            },
            Leaf::Phrase(terms) => {
                let mut placed = Vec::with_capacity(terms.len());
                for (offset, term) in terms {
                    let Some((term, _)) = occurs(term)? else {
                        return Ok(None);
                    };
                    placed.push((*offset as usize, term));
                }
                match placed.len() {
                    0 => return Ok(None),
                    1 => (
                        term_query(placed.remove(0).1, IndexRecordOption::WithFreqs),
                        None,
                    ),
                    _ => (
                        Box::new(PhraseQuery::new_with_offset(placed)) as Boxed,
                        None,
                    ),
                }
            }
            Leaf::Near { words, distance } => {
                let mut present = Vec::with_capacity(words.len());
                for word in words {
                    let mut terms = Vec::new();
                    for term in word {
                        terms.extend(occurs(term)?.map(|(term, _)| term));
                    }
                    if terms.is_empty() {
                        return Ok(None);
                    }
                    present.push(terms);
                }
                (Box::new(NearQuery::new(present, *distance)), None)
            }
            Leaf::Prefix(beginning) => {
                let terms = self.expansions(beginning, field)?;
                if terms.is_empty() {
                    return Ok(None);
                }
                (Box::new(TermSetQuery::new(terms)), None)
            }
        };
        Ok(Some(Form {
            query,
            weight,
            documents,
        }))
    }

    /// The most frequent exact terms that begin so.
    fn expansions(&self, beginning: &str, field: Field) -> Result<Vec<Term>> {
        let first = Fields::term(field, laendersache_analysis::Layer::Exact, beginning);
        let first = first.serialized_value_bytes().to_vec();
        let mut found: Vec<(u64, Vec<u8>)> = Vec::new();
        for segment in self.searcher.segment_readers() {
            let dictionary = segment.inverted_index(field)?;
            let mut stream = dictionary.terms().range().ge(&first).into_stream()?;
            for _ in 0..MAX_PREFIX_SCAN {
                if !stream.advance() || !stream.key().starts_with(&first) {
                    break;
                }
                found.push((u64::from(stream.value().doc_freq), stream.key().to_vec()));
            }
        }
        found.sort_unstable_by(|left, right| {
            right.0.cmp(&left.0).then_with(|| left.1.cmp(&right.1))
        });
        let mut terms = Vec::new();
        for (_, bytes) in found {
            let Ok(text) = String::from_utf8(bytes) else {
                continue;
            };
            let term = Term::from_field_text(field, &text);
            if !terms.contains(&term) {
                terms.push(term);
            }
            if terms.len() == MAX_PREFIX_TERMS {
                break;
            }
        }
        Ok(terms)
    }

    /// The engine's inverse document frequency.
    fn rarity(&self, documents: u64) -> f32 {
        let (all, documents) = (self.all as f32, documents.min(self.all) as f32);
        (1.0 + (all - documents + 0.5) / (documents + 0.5)).ln()
    }
}

fn term_query(term: Term, option: IndexRecordOption) -> Boxed {
    Box::new(TermQuery::new(term, option))
}

fn unscored(query: Boxed) -> Boxed {
    Box::new(ConstScoreQuery::new(query, 0.0))
}
