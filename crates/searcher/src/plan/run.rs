//! Words that stand side by side: citations and pairs are read across them, every other word stands for itself.

use std::ops::Range;

use laendersache_analysis::{Clause, PhraseSynonyms};

use super::planner::{Planned, Planner, StopWords};
use super::word::{Forms, synonym_query, synonym_variants, word_query};
use super::{pairs, stop};
use crate::tree::{Query, Scope};
use crate::{Error, Reading};

impl Planner<'_> {
    /// Plans neighbouring words, given by their places in the query.
    pub(super) fn run(&mut self, words: &[Range<usize>]) -> Result<Planned, Error> {
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return Ok(Planned::default());
        };
        let (offset, text) = (first.start, &self.query[first.start..last.end]);
        let clauses = self.analyzer.clauses(text);
        let synonyms = self.phrase_synonyms(text, &clauses);
        let mut planned = Planned::default();
        let mut words = words.iter().peekable();
        let mut place = 0;
        while let Some(clause) = clauses.get(place) {
            let span = offset + clause.span.start..offset + clause.span.end;
            while let Some(empty) = words.next_if(|word| word.end <= span.start) {
                planned.add(self.without_words(empty));
            }
            while words.next_if(|word| word.start < span.end).is_some() {}
            if let Some(phrase) = synonyms.iter().find(|phrase| phrase.clauses.start == place) {
                let members = &clauses[phrase.clauses.clone()];
                planned.add(self.with_synonyms(members, offset, phrase)?);
                place = phrase.clauses.end;
            } else if let Some(pair) = self.pair(&clauses[place..], offset) {
                planned.add(pair);
                place += 2;
            } else {
                planned.add(self.clause(clause, offset)?);
                place += 1;
            }
        }
        for empty in words {
            planned.add(self.without_words(empty));
        }
        Ok(planned)
    }

    /// Something typed in which the analysis finds no word, such as "…" or "&".
    fn without_words(&self, range: &Range<usize>) -> Planned {
        Planned::reading(Reading::Literal {
            typed: self.query[range.clone()].to_owned(),
        })
    }

    fn typed(&self, clause: &Clause, offset: usize) -> &str {
        &self.query[offset + clause.span.start..offset + clause.span.end]
    }

    fn is_literal(&self, typed: &str) -> bool {
        self.literal.contains(&typed.to_lowercase())
    }

    fn pair(&self, clauses: &[Clause], offset: usize) -> Option<Planned> {
        let [first, second, ..] = clauses else {
            return None;
        };
        let (first, second) = (self.typed(first, offset), self.typed(second, offset));
        if self.excluded || self.is_literal(first) || self.is_literal(second) {
            return None;
        }
        let key = pairs::pair(first, second)?;
        let reading = Reading::Field {
            name: first.to_owned(),
            value: second.to_owned(),
        };
        Some(Planned::one(Query::Keys(vec![key]), reading))
    }

    fn clause(&mut self, clause: &Clause, offset: usize) -> Result<Planned, Error> {
        let typed = self.typed(clause, offset).to_owned();
        if self.stop_words == StopWords::Ignored && stop::is_stop_word(&typed) {
            self.ignored = true;
            return Ok(Planned::reading(Reading::Ignored { typed }));
        }
        let forms = if self.is_literal(&typed) {
            Forms::Literal
        } else {
            Forms::All
        };
        let word = word_query(&clause.expansion, forms, Scope::Everywhere);
        self.searched(
            &(offset + clause.span.start..offset + clause.span.end),
            word,
        )
    }

    /// The synonyms of several words together that apply: the longest ones, no two over the same word.
    fn phrase_synonyms(&self, text: &str, clauses: &[Clause]) -> Vec<PhraseSynonyms> {
        let mut found = self.analyzer.phrase_synonyms(text);
        found.retain(|phrase| {
            let members = clauses.get(phrase.clauses.clone()).unwrap_or_default();
            members.len() > 1
                && !members
                    .iter()
                    .any(|clause| self.is_literal(&text[clause.span.clone()]))
        });
        found.sort_by_key(|phrase| std::cmp::Reverse(phrase.clauses.len()));
        let mut kept: Vec<PhraseSynonyms> = Vec::new();
        for phrase in found {
            let apart = |other: &PhraseSynonyms| {
                phrase.clauses.end <= other.clauses.start
                    || other.clauses.end <= phrase.clauses.start
            };
            if kept.iter().all(apart) {
                kept.push(phrase);
            }
        }
        kept
    }

    /// All the words, or one of their common synonyms.
    fn with_synonyms(
        &mut self,
        members: &[Clause],
        offset: usize,
        phrase: &PhraseSynonyms,
    ) -> Result<Planned, Error> {
        let mut planned = Planned::default();
        for clause in members {
            planned.add(self.clause(clause, offset)?);
        }
        let mut readings = std::mem::take(&mut planned.readings);
        let shown = readings.iter_mut().find_map(|reading| match reading {
            Reading::Word { variants, .. } => Some(variants),
            _ => None,
        });
        if let Some(variants) = shown {
            variants.extend(synonym_variants(&phrase.synonyms));
        }
        let synonyms = synonym_query(&phrase.synonyms);
        self.mark(&synonyms);
        let words = planned.query();
        let queries = vec![Query::Any(words.into_iter().chain([synonyms]).collect())];
        Ok(Planned { queries, readings })
    }

    /// Words that must stand in the title, in any form.
    pub(super) fn title_words(&self, text: &str) -> Option<Query> {
        let clauses = self.analyzer.clauses(text);
        let words = clauses
            .iter()
            .map(|clause| word_query(&clause.expansion, Forms::All, Scope::Title).query);
        let mut words: Vec<Query> = words.collect();
        match words.len() {
            0 => None,
            1 => Some(words.remove(0)),
            _ => Some(Query::All(words)),
        }
    }
}
