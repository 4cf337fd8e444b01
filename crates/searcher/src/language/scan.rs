//! Cutting a query into tokens in one pass. What is no operator where it stands is part of a word.

use std::ops::Range;

/// Longer queries are cut off.
pub(crate) const MAX_CHARACTERS: usize = 512;

/// Deeper brackets are literals.
const MAX_DEPTH: usize = 32;

/// A token of a query; ranges are bytes of the query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Token {
    /// A word, as typed between two spaces.
    Word(Range<usize>),
    /// The inside of a pair of quotation marks.
    Phrase(Range<usize>),
    /// `name:` followed directly by a word or phrase: the name, and the value without quotation marks.
    Field(Range<usize>, Range<usize>),
    /// An opening bracket that is closed.
    Open(Range<usize>),
    /// Its closing bracket.
    Close(Range<usize>),
    /// `ODER`, `OR`.
    Or(Range<usize>),
    /// `UND`, `AND`.
    And(Range<usize>),
    /// `NICHT`, `NOT`, or a hyphen before a word.
    Not(Range<usize>),
    /// `NAHE/5`, `NEAR/5`.
    Near(Range<usize>, u32),
    /// A quotation mark or bracket without its partner.
    Stray(Range<usize>),
}

/// Returns the part of a query that is read.
pub(crate) fn within_limit(query: &str) -> &str {
    let end = query.char_indices().nth(MAX_CHARACTERS);
    end.map_or(query, |(offset, _)| &query[..offset])
}

/// Cuts a query into tokens. `is_field` tells which names before a colon are fields.
pub(crate) fn scan(query: &str, is_field: &dyn Fn(&str) -> bool) -> Vec<Token> {
    let mut scanner = Scanner {
        query,
        is_field,
        offset: 0,
        tokens: Vec::new(),
    };
    while let Some(character) = scanner.peek() {
        if is_space(character) {
            scanner.offset += character.len_utf8();
        } else {
            scanner.token(character);
        }
    }
    match_brackets(scanner.tokens)
}

/// White space, and the control characters that people paste with it.
fn is_space(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

/// The marks that end a phrase begun by this one, if it can begin one.
fn closing_marks(opening: char) -> Option<&'static [char]> {
    match opening {
        '"' => Some(&['"', '“', '”']),
        '„' => Some(&['“', '”', '"']),
        '“' => Some(&['”', '"']),
        '»' => Some(&['«']),
        '«' => Some(&['»']),
        _ => None,
    }
}

fn is_quotation_mark(character: char) -> bool {
    closing_marks(character).is_some() || character == '”'
}

struct Scanner<'a> {
    query: &'a str,
    is_field: &'a dyn Fn(&str) -> bool,
    offset: usize,
    tokens: Vec<Token>,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<char> {
        self.query[self.offset..].chars().next()
    }

    fn token(&mut self, character: char) {
        let start = self.offset;
        let after = start + character.len_utf8();
        if is_quotation_mark(character) {
            match self.phrase(start) {
                Some(inside) => self.tokens.push(Token::Phrase(inside)),
                None => self.single(after, Token::Stray(start..after)),
            }
        } else if character == '(' {
            self.single(after, Token::Open(start..after));
        } else if character == ')' {
            self.single(after, Token::Close(start..after));
        } else if is_hyphen(character) && self.negates(after) {
            self.single(after, Token::Not(start..after));
        } else {
            self.word();
        }
    }

    fn single(&mut self, after: usize, token: Token) {
        self.offset = after;
        self.tokens.push(token);
    }

    /// Reads a phrase that begins at `start` and moves behind it; `None` if the mark has no partner.
    fn phrase(&mut self, start: usize) -> Option<Range<usize>> {
        let opening = self.query[start..].chars().next()?;
        let closing = closing_marks(opening)?;
        let inside = start + opening.len_utf8();
        let length = self.query[inside..].find(closing)?;
        let mark = self.query[inside + length..].chars().next()?;
        self.offset = inside + length + mark.len_utf8();
        Some(inside..inside + length)
    }

    /// A hyphen negates what directly follows it, unless it stands for an omitted part as in "Minister, -senatoren"
    /// or "Migrantinnen und -migranten".
    fn negates(&self, after: usize) -> bool {
        let next = self.query[after..].chars().next();
        let operand = next.is_some_and(|next| {
            next.is_alphanumeric() || next == '(' || closing_marks(next).is_some() || next == '§'
        });
        let before = &self.query[..after];
        let before = before.trim_end_matches(is_hyphen).trim_end();
        let last_word = before.rsplit(is_space).next().unwrap_or_default();
        let listed = ["und", "oder", "bzw.", "sowie", "u.", "/"].contains(&last_word);
        operand && !listed && !before.ends_with(',')
    }

    fn word(&mut self) {
        let start = self.offset;
        let rest = &self.query[start..];
        let mut open = 0_usize;
        let mut end = rest.len();
        for (offset, character) in rest.char_indices() {
            // A bracket opened inside a word belongs to it, as in "Schüler(innen)".
            match character {
                '(' => open += 1,
                ')' if open > 0 => open -= 1,
                _ if is_space(character) || character == ')' || is_quotation_mark(character) => {
                    end = offset;
                    break;
                }
                _ => {}
            }
            if character == ':' && self.field(start, start + offset) {
                return;
            }
        }
        self.offset = start + end;
        self.push_word(start..start + end);
    }

    /// Reads `name:value` if `name` is a field and a value follows directly.
    fn field(&mut self, start: usize, colon: usize) -> bool {
        let value_start = colon + 1;
        if !(self.is_field)(&self.query[start..colon]) {
            return false;
        }
        self.offset = value_start;
        if let Some(value) = self.phrase(value_start) {
            self.tokens.push(Token::Field(start..colon, value));
            return true;
        }
        let rest = &self.query[value_start..];
        let ends = |character: char| {
            is_space(character) || "()".contains(character) || is_quotation_mark(character)
        };
        let length = rest.find(ends).unwrap_or(rest.len());
        let value = value_start..value_start + length;
        if value.is_empty() {
            self.offset = start;
            return false;
        }
        self.offset = value.end;
        self.tokens.push(Token::Field(start..colon, value));
        true
    }

    fn push_word(&mut self, range: Range<usize>) {
        let token = match &self.query[range.clone()] {
            "ODER" | "OR" => Token::Or(range),
            "UND" | "AND" => Token::And(range),
            "NICHT" | "NOT" => Token::Not(range),
            word => match near_distance(word) {
                Some(distance) => Token::Near(range, distance),
                None => Token::Word(range),
            },
        };
        self.tokens.push(token);
    }
}

fn is_hyphen(character: char) -> bool {
    matches!(character, '-' | '−' | '–')
}

fn near_distance(word: &str) -> Option<u32> {
    let digits = word
        .strip_prefix("NAHE/")
        .or_else(|| word.strip_prefix("NEAR/"))?;
    let distance: u32 = digits.parse().ok()?;
    (1..=100).contains(&distance).then_some(distance)
}

/// Turns brackets without a partner, and those that are nested too deep, into strays.
fn match_brackets(mut tokens: Vec<Token>) -> Vec<Token> {
    let mut open = Vec::new();
    let mut kept = vec![false; tokens.len()];
    for place in 0..tokens.len() {
        match tokens[place] {
            Token::Open(_) => open.push(place),
            Token::Close(_) => {
                let depth = open.len();
                if let Some(partner) = open.pop()
                    && depth <= MAX_DEPTH
                {
                    kept[partner] = true;
                    kept[place] = true;
                }
            }
            _ => {}
        }
    }
    for (token, kept) in tokens.iter_mut().zip(kept) {
        if let Token::Open(range) | Token::Close(range) = token
            && !kept
        {
            *token = Token::Stray(range.clone());
        }
    }
    tokens
}
