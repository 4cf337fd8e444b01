//! Tokens → pieces: brackets, operators and their order of binding.
//!
//! From tight to loose: `NICHT`, `NAHE/n`, `UND`, `ODER`, and side by side. So `a UND b ODER c` means what librarians
//! expect, and `a b ODER c` what everyone else expects: a, and b or c.

use std::ops::Range;

use super::fields::{Meaning, is_field, meaning};
use super::scan::{Token, scan, within_limit};

/// Further words and phrases are left out.
const MAX_CLAUSES: usize = 64;

/// Shorter beginnings of words are literals.
const MIN_PREFIX_LETTERS: usize = 3;

/// A piece of a query; ranges are bytes of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A word as typed.
    Word(Range<usize>),
    /// The beginning of a word, without the asterisk.
    Prefix(Range<usize>),
    /// The inside of quotation marks.
    Phrase(Range<usize>),
    /// Two words at most so many words apart.
    Near(Range<usize>, Range<usize>, u32),
    /// A field that was understood.
    Field {
        /// The name as typed.
        name: Range<usize>,
        /// The value as typed.
        value: Range<usize>,
        /// What it asks for.
        meaning: Meaning,
    },
    /// What must not occur.
    Not(Box<Piece>),
    /// Pieces that must all match.
    All(Vec<Piece>),
    /// Pieces of which one must match.
    Any(Vec<Piece>),
    /// Something that is no operator where it stands and no word either.
    Literal(String),
}

/// A query, understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Parsed<'a> {
    /// The part of the query that was read; ranges refer to it.
    pub query: &'a str,
    /// The pieces, side by side.
    pub pieces: Vec<Piece>,
    /// True if the end of the query was left out.
    pub truncated: bool,
}

/// Understands a query. Takes linear time and bounded memory for every string.
pub(crate) fn parse(query: &str) -> Parsed<'_> {
    let read = within_limit(query);
    let tokens = scan(read, &is_field);
    let mut parser = Parser {
        query: read,
        tokens: &tokens,
        place: 0,
        clauses: 0,
        dropped: false,
    };
    let mut pieces = Vec::new();
    while parser.place < tokens.len() {
        pieces.extend(parser.sequence());
    }
    let truncated = read.len() < query.len() || parser.dropped;
    Parsed {
        query: read,
        pieces,
        truncated,
    }
}

struct Parser<'a> {
    query: &'a str,
    tokens: &'a [Token],
    place: usize,
    clauses: usize,
    dropped: bool,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.place)
    }

    fn next_is_operand(&self, place: usize) -> bool {
        let token = self.tokens.get(place);
        token.is_some_and(|token| match token {
            Token::Word(_) | Token::Phrase(_) | Token::Field(..) | Token::Open(_) => true,
            Token::Not(_) => self.next_is_operand_after_nots(place),
            _ => false,
        })
    }

    fn next_is_operand_after_nots(&self, place: usize) -> bool {
        let rest = &self.tokens[place..];
        let operand = rest.iter().find(|token| !matches!(token, Token::Not(_)));
        matches!(
            operand,
            Some(Token::Word(_) | Token::Phrase(_) | Token::Field(..) | Token::Open(_))
        )
    }

    /// Pieces side by side up to a closing bracket or the end.
    fn sequence(&mut self) -> Vec<Piece> {
        let mut pieces = Vec::new();
        while let Some(token) = self.peek() {
            if matches!(token, Token::Close(_)) {
                self.place += 1;
                break;
            }
            pieces.push(self.alternatives());
        }
        pieces
    }

    /// Pieces joined by `ODER`.
    fn alternatives(&mut self) -> Piece {
        let mut pieces = vec![self.conjunction()];
        while let Some(Token::Or(_)) = self.peek()
            && self.next_is_operand(self.place + 1)
            && !matches!(pieces.last(), Some(Piece::Literal(_)))
        {
            self.place += 1;
            pieces.push(self.conjunction());
        }
        single_or(pieces, Piece::Any)
    }

    /// Pieces joined by `UND`.
    fn conjunction(&mut self) -> Piece {
        let mut pieces = vec![self.negation()];
        while let Some(Token::And(_)) = self.peek()
            && self.next_is_operand(self.place + 1)
            && !matches!(pieces.last(), Some(Piece::Literal(_)))
        {
            self.place += 1;
            pieces.push(self.negation());
        }
        single_or(pieces, Piece::All)
    }

    fn negation(&mut self) -> Piece {
        let mut negated = false;
        while let Some(Token::Not(_)) = self.peek()
            && self.next_is_operand(self.place)
        {
            negated = !negated;
            self.place += 1;
        }
        let piece = self.near();
        if negated {
            Piece::Not(Box::new(piece))
        } else {
            piece
        }
    }

    fn near(&mut self) -> Piece {
        let left = self.operand();
        let (Piece::Word(first), Some(Token::Near(_, distance)), Some(Token::Word(second))) =
            (&left, self.peek(), self.tokens.get(self.place + 1))
        else {
            return left;
        };
        let near = Piece::Near(first.clone(), second.clone(), *distance);
        self.place += 2;
        near
    }

    /// A word, phrase, field or bracket; an operator that has nothing to join becomes a literal or a word.
    fn operand(&mut self) -> Piece {
        let Some(token) = self.peek().cloned() else {
            return Piece::Literal(String::new());
        };
        self.place += 1;
        match token {
            Token::Open(_) => {
                let pieces = self.sequence();
                if pieces.is_empty() {
                    Piece::Literal("()".to_owned())
                } else {
                    single_or(pieces, Piece::All)
                }
            }
            Token::Stray(range)
            | Token::Close(range)
            | Token::Or(range)
            | Token::And(range)
            | Token::Not(range)
            | Token::Near(range, _) => Piece::Literal(self.query[range].to_owned()),
            Token::Word(range) => self.counted(range, word_or_prefix),
            Token::Phrase(range) => self.counted(range, |_, range| Piece::Phrase(range)),
            Token::Field(name, value) => self.counted(name.start..value.end, |query, whole| {
                match meaning(&query[name.clone()], &query[value.clone()]) {
                    Some(meaning) => Piece::Field {
                        name,
                        value,
                        meaning,
                    },
                    None => Piece::Word(whole),
                }
            }),
        }
    }

    fn counted(
        &mut self,
        range: Range<usize>,
        piece: impl FnOnce(&str, Range<usize>) -> Piece,
    ) -> Piece {
        self.clauses += 1;
        if self.clauses > MAX_CLAUSES {
            self.dropped = true;
            return Piece::All(Vec::new());
        }
        piece(self.query, range)
    }
}

fn word_or_prefix(query: &str, range: Range<usize>) -> Piece {
    let word = &query[range.clone()];
    let Some(beginning) = word.strip_suffix('*') else {
        return Piece::Word(range);
    };
    let letters = beginning
        .chars()
        .filter(|character| character.is_alphanumeric())
        .count();
    let plain = beginning
        .chars()
        .all(|character| character.is_alphanumeric() || character == '-');
    if plain && letters >= MIN_PREFIX_LETTERS {
        Piece::Prefix(range.start..range.end - 1)
    } else {
        Piece::Word(range)
    }
}

fn single_or(mut pieces: Vec<Piece>, several: fn(Vec<Piece>) -> Piece) -> Piece {
    if pieces.len() == 1 {
        pieces.remove(0)
    } else {
        several(pieces)
    }
}
