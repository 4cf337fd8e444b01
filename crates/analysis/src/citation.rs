//! Citations: `§ 25b`, `§25 b Abs. 1 AufenthG`, `§§ 25a und b`, `BT-Drs. 19/8752`, `TOP 2.1` in one spelling each.
//!
//! A citation that names its law has the terms `§25b` and `§25b_aufenthg`, one that does not has `§25b` and
//! `§25b_?`; so a reader who names the law also finds those texts that leave it out, but no other law.

use std::ops::{Range, RangeInclusive};
use std::rc::Rc;

use crate::synonyms::Laws;
use crate::token::Token;
use crate::word::Word;

/// A citation in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Citation {
    /// Index of the token it is counted with.
    pub token: usize,
    /// Index after the last token that belongs to it.
    pub end: usize,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// The kind and number: `§25b`.
    pub key: String,
    /// The law or parliament that is named.
    pub source: Option<String>,
}

impl Citation {
    /// The terms under which a text with this citation is found.
    pub(crate) fn terms(&self) -> [String; 2] {
        [
            self.key.clone(),
            self.with_source().unwrap_or_else(|| self.without_source()),
        ]
    }

    /// The terms that a query with this citation looks for.
    pub(crate) fn wanted(&self) -> Vec<String> {
        match self.with_source() {
            Some(named) => vec![named, self.without_source()],
            None => vec![self.key.clone()],
        }
    }

    fn with_source(&self) -> Option<String> {
        let source = self.source.as_ref()?;
        Some(match self.key.strip_prefix("drs_") {
            Some(number) => format!("{source}drs_{number}"),
            None => format!("{}_{source}", self.key),
        })
    }

    fn without_source(&self) -> String {
        format!("{}_?", self.key)
    }
}

/// Finds the citations of a text.
pub(crate) fn citations(
    text: &str,
    tokens: &[Token],
    words: &[Rc<Word>],
    laws: &Laws,
) -> Vec<Citation> {
    let reader = Reader {
        text,
        tokens,
        words,
        laws,
    };
    let mut found = Vec::new();
    let mut index = 0;
    while index < tokens.len() {
        let before = found.len();
        reader.read(index, &mut found);
        index = found[before..]
            .iter()
            .map(|citation| citation.end)
            .max()
            .unwrap_or(0)
            .max(index + 1);
    }
    found
}

/// A text in which citations are looked for.
pub(crate) struct Reader<'a> {
    pub text: &'a str,
    pub tokens: &'a [Token],
    pub words: &'a [Rc<Word>],
    pub laws: &'a Laws,
}

impl Reader<'_> {
    /// The folded word at an index; empty after the last.
    pub fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| word.exact.as_str())
    }

    /// Reads the citation whose number stands at `index`, if there is one.
    fn read(&self, index: usize, found: &mut Vec<Citation>) {
        let word = self.word(index);
        let starts_with_digit = word.starts_with(|first: char| first.is_ascii_digit());
        if !starts_with_digit {
            return;
        }
        if let Some(opening) = self.opening(index) {
            self.read_paragraphs(index, &opening, found);
        } else if let Some((number, _)) = word
            .split_once("/e")
            .filter(|(number, _)| number.contains('/'))
        {
            found.push(self.simple(index..=index, format!("eu_{number}"), None));
        } else if let Some((key, source, start)) = self.numbered(index) {
            found.push(self.simple(start..=index, format!("{key}_{word}"), source));
        }
    }

    /// A citation that stands in `tokens` and is counted with the last of them.
    fn simple(&self, tokens: RangeInclusive<usize>, key: String, source: Option<&str>) -> Citation {
        let (start, token) = tokens.into_inner();
        let span = self.tokens[start].span.start..self.tokens[token].span.end;
        let source = source.map(str::to_owned);
        Citation {
            token,
            end: token + 1,
            span,
            key,
            source,
        }
    }

    /// `Drs. 19/8752`, `TOP 2.1`: the kind of number, who numbers, and where it starts.
    fn numbered(&self, index: usize) -> Option<(&'static str, Option<&'static str>, usize)> {
        let before = index.checked_sub(1)?;
        let sign = self
            .gap(before)
            .trim_matches(['.', ':', ' ', '\u{a0}', '\u{202f}']);
        if !sign.is_empty() {
            return None;
        }
        let word = self.word(before);
        if matches!(word, "top" | "tagesordnungspunkt") {
            return Some(("top", None, before));
        }
        if !self.word(index).contains('/') {
            return None;
        }
        let body = ["drucksache", "drucksachen", "drucks", "drs", "dr"]
            .iter()
            .find_map(|name| word.strip_suffix(name))?;
        let outer = before.checked_sub(1);
        let (body, start) = match outer {
            Some(outer) if body.is_empty() && parliament(self.word(outer)).is_some() => {
                (self.word(outer), outer)
            }
            _ => (body, before),
        };
        (body.is_empty() || parliament(body).is_some()).then(|| ("drs", parliament(body), start))
    }

    /// The text between a token and the next one.
    pub fn gap(&self, index: usize) -> &str {
        let end = self
            .tokens
            .get(index + 1)
            .map_or(self.text.len(), |next| next.span.start);
        &self.text[self.tokens[index].span.end..end]
    }
}

fn parliament(name: &str) -> Option<&'static str> {
    match name {
        "bt" | "bundestags" | "bundestag" => Some("bt"),
        "br" | "bundesrats" | "bundesrat" => Some("br"),
        "lt" | "landtags" | "landtag" => Some("lt"),
        _ => None,
    }
}
