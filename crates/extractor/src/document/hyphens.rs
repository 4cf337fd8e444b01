//! Hyphens at line ends: which are only typography and vanish, which belong to the word and stay.
//!
//! A hyphen goes when a lower-case fragment follows; it stays in suspended compounds ("Arbeits- und"),
//! after abbreviations and numbers ("EU-weit", "13-jährig") and before a capital ("Bund-Länder-AG").

use super::vocabulary::Vocabulary;

/// Words that follow a suspended compound and are never the second half of a divided word.
const AFTER_SUSPENDED: [&str; 6] = ["und", "oder", "bzw.", "sowie", "beziehungsweise", "u."];
/// Words that may do so, but are the second half of some words too ("so-wie").
const MAYBE_AFTER_SUSPENDED: [&str; 4] = ["noch", "als", "wie", "bis"];
/// Endings of adjectives that are joined to another adjective with a hyphen ("deutsch-polnisch").
const ADJECTIVE_ENDINGS: [&str; 8] = ["isch", "sch", "lich", "al", "ell", "iv", "ar", "är"];

/// What becomes of a line end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Joint {
    /// The hyphen vanishes, the two halves are one word.
    Join,
    /// The hyphen stays, nothing comes between.
    Keep,
    /// The hyphen stays, a space follows.
    Space,
}

/// Adds a line to the text before it and returns the offset at which the line begins.
pub(super) fn append_line(text: &mut String, line: &str, vocabulary: &Vocabulary) -> usize {
    let line = line.trim();
    if text.is_empty() || line.is_empty() {
        let start = text.len();
        text.push_str(line);
        return start;
    }
    let certain = text.ends_with('\u{ad}');
    if !certain && !ends_with_hyphen(text) {
        text.push(' ');
        text.push_str(line);
        return text.len() - line.len();
    }
    let joint = if certain {
        Joint::Join
    } else {
        joint(text, line, vocabulary)
    };
    match joint {
        Joint::Join => {
            text.pop();
        }
        Joint::Keep => {}
        Joint::Space => text.push(' '),
    }
    text.push_str(line);
    text.len() - line.len()
}

/// Tells whether a character is a hyphen that may divide a word.
pub(super) fn is_hyphen(letter: char) -> bool {
    matches!(letter, '-' | '\u{2010}' | '\u{ad}')
}

/// Tells whether a line breaks off inside a word or after a suspended compound.
pub(super) fn ends_with_hyphen(text: &str) -> bool {
    text.ends_with(is_hyphen)
}

/// Tells whether a word is an abbreviation that keeps its hyphen: "EU", "IntMK", "E".
pub(super) fn is_abbreviation(word: &str) -> bool {
    let capitals = word.chars().filter(|letter| letter.is_uppercase()).count();
    capitals >= 2 || word.chars().count() <= 1
}

/// Tells whether a word follows a suspended compound.
pub(super) fn follows_suspended(word: &str) -> bool {
    AFTER_SUSPENDED.contains(&word) || MAYBE_AFTER_SUSPENDED.contains(&word)
}

fn joint(text: &str, line: &str, vocabulary: &Vocabulary) -> Joint {
    let mut words = text.rsplit(' ');
    let left = words.next().unwrap_or_default().trim_end_matches(is_hyphen);
    let right = line.split_whitespace().next().unwrap_or_default();
    if left.is_empty() {
        let before = words.next().unwrap_or_default();
        let shared_end = before.ends_with(',') || follows_suspended(before);
        return if shared_end {
            Joint::Keep
        } else {
            Joint::Space
        };
    }
    let left_part = last_letters(left);
    let right_part = first_letters(right);
    let joined = format!("{left_part}{right_part}").to_lowercase();
    let one_word = MAYBE_AFTER_SUSPENDED.contains(&right) && vocabulary.is_listed(&joined);
    if follows_suspended(right) && !one_word {
        return Joint::Space;
    }
    let Some(first) = right_part.chars().next() else {
        return Joint::Keep;
    };
    if first.is_uppercase() {
        let capitals = is_in_capitals(left_part) && is_in_capitals(right_part);
        let divided = capitals && left.len() == left_part.len() && vocabulary.is_word(&joined);
        return if divided { Joint::Join } else { Joint::Keep };
    }
    if left_part.is_empty() || is_abbreviation(left_part) {
        return Joint::Keep;
    }
    if vocabulary.is_listed(&joined) {
        return Joint::Join;
    }
    let hyphenated = format!("{left_part}-{right_part}").to_lowercase();
    let pair = vocabulary.writes_hyphenated(&hyphenated)
        || is_pair_of_adjectives(left_part, right_part, vocabulary);
    if pair { Joint::Keep } else { Joint::Join }
}

/// Two whole adjectives, of which the first is not declined: "sozial-ökologischen".
pub(super) fn is_pair_of_adjectives(left: &str, right: &str, vocabulary: &Vocabulary) -> bool {
    let left = left.to_lowercase();
    let ends_like_one = ADJECTIVE_ENDINGS
        .iter()
        .any(|ending| left.ends_with(ending));
    ends_like_one && vocabulary.is_listed(&left) && vocabulary.is_listed(&right.to_lowercase())
}

fn is_in_capitals(word: &str) -> bool {
    word.chars().count() >= 2 && word.chars().all(char::is_uppercase)
}

/// The letters at the end of a word, after its last mark: "Migrant*in" gives "in".
pub(super) fn last_letters(word: &str) -> &str {
    let end = word.trim_end_matches(char::is_alphabetic).len();
    &word[end..]
}

/// The letters at the beginning of a word, up to its first mark: "nen-AG" gives "nen".
fn first_letters(word: &str) -> &str {
    let rest = word.trim_start_matches(char::is_alphabetic);
    &word[..word.len() - rest.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(&str, &str, &str)]) {
        let vocabulary = Vocabulary::default();
        for (left, right, expected) in cases {
            let mut text = (*left).to_owned();
            let start = append_line(&mut text, right, &vocabulary);
            assert_eq!(&text, expected);
            assert!(text[start..].starts_with(right), "{text} from {start}");
        }
    }

    #[test]
    fn divided_words_are_joined() {
        check(&[
            ("der Integrati-", "onskurse", "der Integrationskurse"),
            ("Migrant*in-", "nen und", "Migrant*innen und"),
            (
                "Integrationsminis-",
                "ter*innenkonferenz",
                "Integrationsminister*innenkonferenz",
            ),
            (
                "dankt den Ländern so-",
                "wie dem Bund",
                "dankt den Ländern sowie dem Bund",
            ),
            ("Ius-so-", "li-Erwerb", "Ius-soli-Erwerb"),
            ("unbekanntblöml-", "ingen", "unbekanntblömlingen"),
            ("Sprach\u{ad}", "Kurs", "SprachKurs"),
            ("INTEGRATI-", "ON", "INTEGRATION"),
        ]);
    }

    #[test]
    fn suspended_compounds_keep_hyphen_and_space() {
        check(&[
            (
                "Arbeits-",
                "und Sozialminister",
                "Arbeits- und Sozialminister",
            ),
            ("Aus-", "bzw. Fortbildung", "Aus- bzw. Fortbildung"),
            ("die KWK-/", "Abwärmenutzung", "die KWK-/ Abwärmenutzung"),
            ("er sagte -", "anders als", "er sagte - anders als"),
        ]);
    }

    #[test]
    fn real_hyphens_stay() {
        check(&[
            ("die Bund-", "Länder-AG", "die Bund-Länder-AG"),
            ("Nordrhein-", "Westfalen", "Nordrhein-Westfalen"),
            ("der EU-", "weite Vergleich", "der EU-weite Vergleich"),
            ("13-", "jährige", "13-jährige"),
            (
                "Ministerinnen, -",
                "minister und",
                "Ministerinnen, -minister und",
            ),
            ("sozial-", "wirtschaftlichen", "sozial-wirtschaftlichen"),
            ("2020-", "2021", "2020-2021"),
        ]);
    }

    #[test]
    fn what_the_document_writes_with_a_hyphen_keeps_it() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.learn_from("die Corona-bedingten Ausfälle im Jahr");
        let mut text = "alle Corona-".to_owned();
        append_line(&mut text, "bedingten Folgen", &vocabulary);
        assert_eq!(text, "alle Corona-bedingten Folgen");
    }

    #[test]
    fn lines_without_a_hyphen_are_joined_by_one_space() {
        check(&[
            ("Die Länder", "bitten", "Die Länder bitten"),
            ("", "Die", "Die"),
        ]);
    }
}
