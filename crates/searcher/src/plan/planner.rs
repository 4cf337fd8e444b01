//! The planner: it goes through the pieces and keeps what has to be remembered on the way.

use std::ops::Range;

use laendersache_analysis::Analyzer;

use super::word::{WordQuery, near_query, phrase_query, prefix_query};
use super::{Plan, PlannedWord};
use crate::backend::Backend;
use crate::language::{Meaning, Piece};
use crate::tree::{Alternative, Query, Scope};
use crate::{Error, Reading};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum StopWords {
    Ignored,
    Searched,
}

/// What became of one or more pieces.
#[derive(Debug, Default)]
pub(super) struct Planned {
    pub(super) queries: Vec<Query>,
    pub(super) readings: Vec<Reading>,
}

impl Planned {
    pub(super) fn one(query: Query, reading: Reading) -> Self {
        Self {
            queries: vec![query],
            readings: vec![reading],
        }
    }

    pub(super) fn reading(reading: Reading) -> Self {
        Self {
            queries: Vec::new(),
            readings: vec![reading],
        }
    }

    pub(super) fn add(&mut self, other: Self) {
        self.queries.extend(other.queries);
        self.readings.extend(other.readings);
    }

    /// The queries as one, or `None` if there are none.
    pub(super) fn query(mut self) -> Option<Query> {
        match self.queries.len() {
            0 => None,
            1 => Some(self.queries.remove(0)),
            _ => Some(Query::All(self.queries)),
        }
    }
}

pub(super) struct Planner<'a> {
    pub(super) query: &'a str,
    pub(super) literal: Vec<String>,
    pub(super) analyzer: &'a Analyzer,
    pub(super) backend: &'a dyn Backend,
    pub(super) stop_words: StopWords,
    pub(super) ignored: bool,
    pub(super) excluded: bool,
    pub(super) marks: Vec<Vec<Alternative>>,
    pub(super) words: Vec<PlannedWord>,
}

impl<'a> Planner<'a> {
    pub(super) fn new(
        query: &'a str,
        literal: &[String],
        analyzer: &'a Analyzer,
        backend: &'a dyn Backend,
    ) -> Self {
        Self {
            query,
            literal: literal.iter().map(|word| word.to_lowercase()).collect(),
            analyzer,
            backend,
            stop_words: StopWords::Ignored,
            ignored: false,
            excluded: false,
            marks: Vec::new(),
            words: Vec::new(),
        }
    }

    pub(super) fn into_plan(self, planned: Planned) -> Plan {
        let Planned {
            mut queries,
            readings,
        } = planned;
        let query = match queries.len() {
            0 => Query::Everything,
            1 => queries.remove(0),
            _ => Query::All(queries),
        };
        Plan {
            query,
            readings,
            marks: self.marks,
            words: self.words,
        }
    }

    /// Pieces side by side; neighbouring words are looked at together, as citations have several.
    pub(super) fn all(&mut self, pieces: &[Piece]) -> Result<Planned, Error> {
        let mut planned = Planned::default();
        let mut place = 0;
        while place < pieces.len() {
            let run: Vec<Range<usize>> = pieces[place..]
                .iter()
                .map_while(|piece| match piece {
                    Piece::Word(range) => Some(range.clone()),
                    _ => None,
                })
                .collect();
            if run.is_empty() {
                planned.add(self.piece(&pieces[place])?);
                place += 1;
            } else {
                planned.add(self.run(&run)?);
                place += run.len();
            }
        }
        Ok(planned)
    }

    fn piece(&mut self, piece: &Piece) -> Result<Planned, Error> {
        match piece {
            Piece::Word(range) => self.run(std::slice::from_ref(range)),
            Piece::Prefix(range) => self.prefix(range),
            Piece::Phrase(range) => Ok(self.phrase(range, Scope::Everywhere)),
            Piece::Near(left, right, distance) => Ok(self.near(left, right, *distance)),
            Piece::Field {
                name,
                value,
                meaning,
            } => Ok(self.field(name, value, meaning)),
            Piece::Not(piece) => self.not(piece),
            Piece::All(pieces) => self.all(pieces),
            Piece::Any(pieces) => self.any(pieces),
            Piece::Literal(typed) => Ok(Planned::reading(Reading::Literal {
                typed: typed.clone(),
            })),
        }
    }

    fn not(&mut self, piece: &Piece) -> Result<Planned, Error> {
        let outer = self.excluded;
        self.excluded = !outer;
        let planned = self.piece(piece);
        self.excluded = outer;
        let mut planned = planned?;
        let readings = std::mem::take(&mut planned.readings);
        let queries = planned.query().map(|query| Query::Not(Box::new(query)));
        Ok(Planned {
            queries: queries.into_iter().collect(),
            readings,
        })
    }

    fn any(&mut self, pieces: &[Piece]) -> Result<Planned, Error> {
        let mut queries = Vec::new();
        let mut alternatives = Vec::new();
        for piece in pieces {
            let mut planned = self.piece(piece)?;
            alternatives.push(std::mem::take(&mut planned.readings));
            queries.extend(planned.query());
        }
        let readings = vec![Reading::AnyOf { alternatives }];
        let queries = if queries.is_empty() {
            Vec::new()
        } else {
            vec![Query::Any(queries)]
        };
        Ok(Planned { queries, readings })
    }

    pub(super) fn mark(&mut self, query: &Query) {
        if self.excluded {
            return;
        }
        match query {
            Query::Word(alternatives) => self.marks.push(alternatives.clone()),
            Query::All(queries) => queries.iter().for_each(|query| self.mark(query)),
            _ => {}
        }
    }

    fn prefix(&mut self, range: &Range<usize>) -> Result<Planned, Error> {
        let word = prefix_query(&self.query[range.clone()], Scope::Everywhere);
        self.searched(&(range.start..range.end + 1), word)
    }

    pub(super) fn searched(
        &mut self,
        range: &Range<usize>,
        word: WordQuery,
    ) -> Result<Planned, Error> {
        let typed = self.query[range.clone()].to_owned();
        let documents = self.backend.count(&word.query)?;
        self.mark(&word.query);
        if let Some(exact) = word.exact
            && !self.excluded
        {
            self.words.push(PlannedWord {
                range: range.clone(),
                exact,
                documents,
            });
        }
        let literal = self.literal.contains(&typed.to_lowercase());
        let reading = Reading::Word {
            typed,
            excluded: self.excluded,
            literal,
            variants: word.variants,
            documents,
        };
        Ok(Planned::one(word.query, reading))
    }

    fn phrase(&mut self, range: &Range<usize>, scope: Scope) -> Planned {
        let typed = self.query[range.clone()].to_owned();
        match phrase_query(self.analyzer, &typed, scope) {
            Some(query) => {
                self.mark(&query);
                Planned::one(
                    query,
                    Reading::Phrase {
                        typed,
                        excluded: self.excluded,
                    },
                )
            }
            None => Planned::reading(Reading::Literal { typed }),
        }
    }

    fn near(&mut self, left: &Range<usize>, right: &Range<usize>, distance: u32) -> Planned {
        let typed = self.query[left.start..right.end].to_owned();
        let words = [&self.query[left.clone()], &self.query[right.clone()]];
        match near_query(self.analyzer, words, distance) {
            Some(query) => {
                self.mark(&query);
                Planned::one(
                    query,
                    Reading::Phrase {
                        typed,
                        excluded: self.excluded,
                    },
                )
            }
            None => Planned::reading(Reading::Literal { typed }),
        }
    }

    fn field(&mut self, name: &Range<usize>, value: &Range<usize>, meaning: &Meaning) -> Planned {
        let typed = |range: &Range<usize>| self.query[range.clone()].to_owned();
        let reading = Reading::Field {
            name: typed(name),
            value: typed(value),
        };
        let query = match meaning {
            Meaning::Keys(keys) => Query::Keys(keys.clone()),
            Meaning::Years(from, to) => Query::Years(*from, *to),
            Meaning::Title => return self.title(name, value, reading),
        };
        Planned::one(query, reading)
    }

    /// `titel:wort` looks for all forms of the word, `titel:"zwei Worte"` for the phrase.
    fn title(&mut self, name: &Range<usize>, value: &Range<usize>, reading: Reading) -> Planned {
        let text = &self.query[value.clone()];
        let quoted = value.start > name.end + 1;
        let query = if quoted {
            phrase_query(self.analyzer, text, Scope::Title)
        } else {
            self.title_words(text)
        };
        match query {
            Some(query) => {
                self.mark(&query);
                Planned::one(query, reading)
            }
            None => Planned::reading(Reading::Literal {
                typed: text.to_owned(),
            }),
        }
    }
}
