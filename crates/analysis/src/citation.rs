//! Citations: `§ 25b`, `§25 b Abs. 1 AufenthG`, `§§ 25a und b`, `BT-Drs. 19/8752`, `TOP 2.1` in one spelling each.
//!
//! A citation that names its law has the terms `§25b` and `§25b_aufenthg`, one that does not has `§25b` and
//! `§25b_?`; so a reader who names the law also finds those texts that leave it out, but no other law.

use std::ops::Range;
use std::rc::Rc;

use crate::synonyms::Laws;
use crate::token::Token;
use crate::word::Word;

/// What stands between a number and the law's name and is not told apart.
const SUBDIVISIONS: [&str; 14] = [
    "abs",
    "absatz",
    "absaetze",
    "satz",
    "saetze",
    "s",
    "nr",
    "nummer",
    "nummern",
    "buchst",
    "buchstabe",
    "halbsatz",
    "hs",
    "alt",
];
/// Links between the numbers after `§§`.
const LINKS: [&str; 5] = ["und", "oder", "sowie", "bis", "u"];

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

struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
    words: &'a [Rc<Word>],
    laws: &'a Laws,
}

/// How a paragraph is introduced.
struct Opening {
    prefix: &'static str,
    start: usize,
    several: bool,
}

impl Reader<'_> {
    fn word(&self, index: usize) -> &str {
        self.words.get(index).map_or("", |word| word.exact.as_str())
    }

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
            found.push(self.simple(index, format!("eu_{number}"), None, index));
        } else if let Some((key, source, start)) = self.numbered(index) {
            found.push(self.simple(index, format!("{key}_{word}"), source, start));
        }
    }

    fn simple(&self, index: usize, key: String, source: Option<&str>, start: usize) -> Citation {
        let span = self.tokens[start].span.start..self.tokens[index].span.end;
        Citation {
            token: index,
            end: index + 1,
            span,
            key,
            source: source.map(str::to_owned),
        }
    }

    /// `Drs. 19/8752`, `TOP 2.1`: the kind of number, who numbers, and where it starts.
    fn numbered(&self, index: usize) -> Option<(&'static str, Option<&'static str>, usize)> {
        let before = index.checked_sub(1)?;
        if self
            .gap(before)
            .trim_matches(['.', ':', ' ', '\u{a0}', '\u{202f}'])
            != ""
        {
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
    fn gap(&self, index: usize) -> &str {
        let end = self
            .tokens
            .get(index + 1)
            .map_or(self.text.len(), |next| next.span.start);
        &self.text[self.tokens[index].span.end..end]
    }

    fn opening(&self, index: usize) -> Option<Opening> {
        let start = index
            .checked_sub(1)
            .map_or(0, |before| self.tokens[before].span.end);
        let gap = self.text[start..self.tokens[index].span.start].trim_end();
        if gap.ends_with('§') {
            let signs = gap.trim_end_matches('§');
            let several = gap.len() - signs.len() > '§'.len_utf8();
            return Some(Opening {
                prefix: "§",
                start: start + signs.len(),
                several,
            });
        }
        let before = index.checked_sub(1)?;
        if !gap.trim_matches('.').trim().is_empty() {
            return None;
        }
        let (prefix, several) = match self.word(before) {
            "paragraph" | "paragraf" => ("§", false),
            "paragraphen" | "paragrafen" => ("§", true),
            "art" | "artikel" | "artikels" => ("art", false),
            "artikeln" => ("art", true),
            _ => return None,
        };
        Some(Opening {
            prefix,
            start: self.tokens[before].span.start,
            several,
        })
    }

    fn read_paragraphs(&self, index: usize, opening: &Opening, found: &mut Vec<Citation>) {
        let first = found.len();
        let mut at = index;
        let mut base = String::new();
        while let Some((number, next)) = self.number(at, &base) {
            base = number
                .trim_end_matches(|last: char| last.is_ascii_lowercase())
                .to_owned();
            let span = opening.start..self.tokens[next - 1].span.end;
            let key = format!("{}{number}", opening.prefix);
            found.push(Citation {
                token: at,
                end: next,
                span,
                key,
                source: None,
            });
            at = self.after_subdivisions(next);
            let linked = if LINKS.contains(&self.word(at)) {
                at + 1
            } else {
                at
            };
            let comma =
                linked == at && self.tokens.get(at).is_some() && self.gap(at - 1).trim() == ",";
            if !opening.several || !(comma || linked > at) || self.number(linked, &base).is_none() {
                break;
            }
            at = linked;
        }
        if let Some((law, end)) = self.law(at) {
            for citation in &mut found[first..] {
                citation.source = Some(law.clone());
                citation.end = end;
            }
            if let Some(last) = found.last_mut() {
                last.span.end = self.tokens[end - 1].span.end;
            }
        }
    }

    /// Reads `25b`, `25 b`, or a lone letter that goes with the number before; and the index after it.
    fn number(&self, at: usize, base: &str) -> Option<(String, usize)> {
        let word = self.word(at);
        let is_letter = |word: &str| word.len() == 1 && word.as_bytes()[0].is_ascii_lowercase();
        if is_letter(word) && !base.is_empty() {
            return Some((format!("{base}{word}"), at + 1));
        }
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let letters = &word[digits..];
        let is_number = digits > 0
            && letters.len() <= 2
            && letters.bytes().all(|byte| byte.is_ascii_lowercase());
        if !is_number {
            return None;
        }
        let next = self.word(at + 1);
        if letters.is_empty()
            && is_letter(next)
            && self.gap(at).trim().is_empty()
            && self.tokens[at + 1].span.len() == 1
        {
            return Some((format!("{word}{next}"), at + 2));
        }
        Some((word.to_owned(), at + 1))
    }

    /// Passes `Abs. 1 Satz 2 Nr. 3`.
    fn after_subdivisions(&self, mut at: usize) -> usize {
        while SUBDIVISIONS.contains(&self.word(at)) {
            let number = self.word(at + 1);
            if number.is_empty() || number.len() > 3 {
                break;
            }
            at += 2;
        }
        at
    }

    /// Reads the name of a law at `at`, with or without an article; and the index after it.
    fn law(&self, at: usize) -> Option<(String, usize)> {
        let skipped = usize::from(matches!(
            self.word(at),
            "des" | "der" | "dem" | "im" | "vom"
        ));
        let at = at + skipped;
        let token = self.tokens.get(at)?;
        if at > 0 && self.gap(at - 1).contains([';', ':', '\n']) {
            return None;
        }
        let written = &self.text[token.span.clone()];
        let next = self
            .tokens
            .get(at + 1)
            .map(|next| &self.text[next.span.clone()]);
        self.laws
            .name(written, &self.words[at].stem, next)
            .map(|(name, length)| (name, at + length))
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
