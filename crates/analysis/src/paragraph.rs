//! Paragraphs and articles of laws: `§§ 25a, 25b und 104c AufenthG`, `Art. 3 Abs. 2 GG`.

use crate::citation::{Citation, Reader};

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

/// How a paragraph is introduced.
pub(crate) struct Opening {
    /// The first letters of the term.
    prefix: &'static str,
    /// Byte of the text at which the citation begins.
    start: usize,
    /// Several numbers may follow.
    several: bool,
}

impl Reader<'_> {
    /// Finds out whether a number is that of a paragraph or an article.
    pub fn opening(&self, index: usize) -> Option<Opening> {
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

    /// Reads the numbers from `index` on, what subdivides them, and the law.
    pub fn read_paragraphs(&self, index: usize, opening: &Opening, found: &mut Vec<Citation>) {
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
