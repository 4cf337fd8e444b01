//! Tokens: where the words of a text begin and end.
//!
//! A word is not cut at gender marks (Bürger*innen, Schüler/-innen), at hyphens inside it (Bund-Länder-Gruppe) or
//! at the signs inside numbers and labels (2.10, 16:0:0, 19/8752, 3+2).

use std::ops::Range;

use crate::fold::is_invisible;
use crate::gender;

/// A word of a text, not yet understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token {
    /// Bytes of the text, on character boundaries, without suspended hyphens.
    pub span: Range<usize>,
    /// A hyphen follows that stands for a later part (`Sprach-`).
    pub hyphen_after: bool,
    /// A hyphen precedes that stands for an earlier part (`-minister`).
    pub hyphen_before: bool,
}

/// Finds the words of `text` in order.
pub(crate) fn tokenise(text: &str, tokens: &mut Vec<Token>) {
    let mut position = 0;
    while let Some(start) = next_start(text, position) {
        let end = word_end(text, start);
        let before = text[..start].chars().next_back();
        let two_before = text[..start].chars().rev().nth(1);
        tokens.push(Token {
            span: start..end,
            hyphen_after: followed_by_suspended_hyphen(text, end),
            hyphen_before: before.is_some_and(is_hyphen)
                && two_before
                    .is_none_or(|character| !character.is_alphanumeric() && !is_hyphen(character)),
        });
        position = end;
    }
}

/// Tells whether a character joins the parts of a compound.
pub(crate) fn is_hyphen(character: char) -> bool {
    matches!(
        character,
        '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '\u{2212}'
    )
}

fn next_start(text: &str, from: usize) -> Option<usize> {
    let found = text[from..]
        .char_indices()
        .find(|(_, character)| character.is_alphanumeric());
    found.map(|(offset, _)| from + offset)
}

fn followed_by_suspended_hyphen(text: &str, end: usize) -> bool {
    let mut rest = text[end..].chars();
    let hyphen = rest
        .next()
        .is_some_and(|character| is_hyphen(character) && character != '\u{2013}');
    let after = rest.next();
    hyphen && after.is_none_or(|character| !character.is_alphanumeric() && !is_hyphen(character))
}

/// Returns where the word that starts at `start` ends.
fn word_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    let mut end = start;
    let mut previous = ' ';
    while end < bytes.len() {
        let Some(character) = text[end..].chars().next() else {
            break;
        };
        if character.is_alphanumeric() || is_joined_mark(character) {
            end += character.len_utf8();
            previous = character;
            continue;
        }
        match joined_by(text, start, end, previous) {
            0 => break,
            length => end += length,
        }
        previous = text[..end].chars().next_back().unwrap_or(' ');
    }
    end
}

/// Combining marks and invisible characters belong to the letter before them.
fn is_joined_mark(character: char) -> bool {
    !character.is_ascii()
        && (is_invisible(character) || unicode_normalization::char::is_combining_mark(character))
}

/// Returns how many bytes of signs at `at` join what is before them to what follows; 0 if the word ends.
fn joined_by(text: &str, start: usize, at: usize, previous: char) -> usize {
    let rest = &text[at..];
    let Some(sign) = rest.chars().next() else {
        return 0;
    };
    let next = rest[sign.len_utf8()..].chars().next().unwrap_or(' ');
    let between_digits = previous.is_ascii_digit() && next.is_ascii_digit();
    let between_letters = previous.is_alphabetic() && next.is_alphabetic();
    let joins = match sign {
        '.' if between_letters => is_letter_chain(&text[start..at], rest),
        '.' | ':' | '+' | '/' if between_digits => true,
        ',' if between_digits => !text[start..at].contains(','),
        '/' if previous.is_ascii_digit() => is_union(&rest[1..]),
        '\'' | '\u{2019}' => between_letters,
        _ if is_hyphen(sign) => {
            previous.is_alphanumeric() && next.is_alphanumeric() && !between_digits
        }
        _ => false,
    };
    if joins {
        sign.len_utf8()
    } else {
        gender::mark_length(&text[start..at], rest)
    }
}

/// `z.B.`, `i.V.m.`: single letters with full stops between them.
fn is_letter_chain(before: &str, rest: &str) -> bool {
    let mut after = rest[1..].chars();
    let single_after =
        after.next().is_some() && after.next().is_none_or(|next| !next.is_alphanumeric());
    let last = before.rsplit('.').next().unwrap_or_default();
    single_after && last.chars().count() == 1
}

/// `2001/55/EG`: the number of an act of the European Union.
fn is_union(rest: &str) -> bool {
    ["EWG", "EG", "EU", "JI"].iter().any(|union| {
        rest.strip_prefix(union)
            .is_some_and(|after| !after.starts_with(char::is_alphanumeric))
    })
}

#[cfg(test)]
mod tests {
    use super::tokenise;

    fn check(text: &str, expected: &[&str]) {
        let mut tokens = Vec::new();
        tokenise(text, &mut tokens);
        let words: Vec<&str> = tokens
            .iter()
            .map(|token| &text[token.span.clone()])
            .collect();
        assert_eq!(words, expected, "{text:?}");
    }

    #[test]
    fn gender_marks_do_not_cut() {
        check(
            "Bürger*innen und Migrant:innen",
            &["Bürger*innen", "und", "Migrant:innen"],
        );
        check(
            "Schüler/innen, Migranten/-innen.",
            &["Schüler/innen", "Migranten/-innen"],
        );
        check(
            "Integrationsminister*innenkonferenz",
            &["Integrationsminister*innenkonferenz"],
        );
        check("jede_r Schüler(innen)", &["jede_r", "Schüler(innen)"]);
    }

    #[test]
    fn other_signs_cut() {
        check(
            "und/oder Stadt:Land *innen",
            &["und", "oder", "Stadt", "Land", "innen"],
        );
        check("Arzt/Ärztin", &["Arzt", "Ärztin"]);
        check("Land/inneres", &["Land", "inneres"]);
    }

    #[test]
    fn numbers_and_labels_are_whole() {
        check(
            "TOP 2.10: 16:0:0, 19/8752; 2.9b.",
            &["TOP", "2.10", "16:0:0", "19/8752", "2.9b"],
        );
        check(
            "Richtlinie 2001/55/EG, 3+2-Regelung",
            &["Richtlinie", "2001/55/EG", "3+2-Regelung"],
        );
        check(
            "2015-2020 am 16.3.2018.",
            &["2015", "2020", "am", "16.3.2018"],
        );
    }

    #[test]
    fn hyphens_inside_a_word_do_not_cut() {
        check("Bund-Länder-Arbeitsgruppe", &["Bund-Länder-Arbeitsgruppe"]);
        check("z.B. i.V.m. Satz.Punkt", &["z.B", "i.V.m", "Satz", "Punkt"]);
    }

    #[test]
    fn suspended_hyphens_are_seen() {
        let mut tokens = Vec::new();
        tokenise("Sprach- und Ministerinnen, -minister", &mut tokens);
        assert!(tokens[0].hyphen_after && !tokens[0].hyphen_before);
        assert!(tokens[3].hyphen_before && !tokens[3].hyphen_after);
        assert!(!tokens[1].hyphen_after && !tokens[2].hyphen_before);
    }
}
