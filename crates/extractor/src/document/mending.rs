//! Damage inside a line: spaced letters, words torn by a space, hyphens pasted from another layout.
//!
//! Each repair needs evidence from the lexicon; without it the text stays as it is.

use super::hyphens::{follows_suspended, is_abbreviation, is_pair_of_adjectives, last_letters};
use super::lexicon;
use super::vocabulary::Vocabulary;

/// So many single letters in a row are one spaced word, not an enumeration.
const SPACED_LETTERS: usize = 4;
/// Adjectives that are tied to a noun by a hyphen ("Corona-bedingt").
const TIED_ADJECTIVES: [&str; 14] = [
    "bedingt",
    "weit",
    "frei",
    "neutral",
    "gestützt",
    "basiert",
    "spezifisch",
    "relevant",
    "fähig",
    "konform",
    "orientiert",
    "bezogen",
    "intern",
    "ähnlich",
];

/// Repairs one line of text, whose words are separated by single spaces.
pub(super) fn mend(line: &str, vocabulary: &Vocabulary) -> String {
    let words: Vec<&str> = line.split(' ').collect();
    let mut result = String::with_capacity(line.len());
    let mut index = 0;
    while let Some(&word) = words.get(index) {
        let spaced = spaced_letters(&words[index..]);
        if spaced >= SPACED_LETTERS {
            push_spaced(&mut result, &words[index..index + spaced]);
            index += spaced;
            continue;
        }
        let torn = words
            .get(index + 1)
            .and_then(|next| untorn(word, next, vocabulary));
        index += if torn.is_some() { 2 } else { 1 };
        let whole = torn.unwrap_or_else(|| unpasted(word, vocabulary));
        push_word(&mut result, &whole);
    }
    result
}

fn push_word(text: &mut String, word: &str) {
    if !text.is_empty() {
        text.push(' ');
    }
    text.push_str(word);
}

/// How many words from here are single letters; the last may carry a mark ("z:").
fn spaced_letters(words: &[&str]) -> usize {
    let mut count = 0;
    for word in words {
        let mut letters = word.chars();
        let starts_with_letter = letters.next().is_some_and(char::is_alphabetic);
        let rest = letters.as_str();
        let closes = matches!(rest, ":" | "," | "." | ";");
        if !starts_with_letter || !(rest.is_empty() || closes) {
            break;
        }
        count += 1;
        if closes {
            break;
        }
    }
    count
}

/// Joins spaced letters; a capital after a small letter begins the next word.
fn push_spaced(text: &mut String, letters: &[&str]) {
    let mut small_before = false;
    for (index, letter) in letters.iter().enumerate() {
        let capital = letter.starts_with(char::is_uppercase);
        if (index == 0 || (capital && small_before)) && !text.is_empty() {
            text.push(' ');
        }
        text.push_str(letter);
        small_before = !capital;
    }
}

/// One word of two that a space tore apart ("Videokonfer enz", "Migrations- hintergrund").
fn untorn(left: &str, right: &str, vocabulary: &Vocabulary) -> Option<String> {
    let right_letters = right.trim_end_matches(|mark: char| !mark.is_alphabetic());
    let plain = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
    if !right.starts_with(char::is_lowercase) || !plain(right_letters) || right.ends_with('-') {
        return None;
    }
    let hyphen = left.strip_suffix('-');
    let left_letters = last_letters(hyphen.unwrap_or(left));
    // One letter may be torn off ("F assung"), but then it is no abbreviation.
    let single = left_letters.chars().count() == 1;
    if left_letters.is_empty() || (is_abbreviation(left_letters) && (!single || hyphen.is_some())) {
        return None;
    }
    let joined = format!("{left_letters}{right_letters}").to_lowercase();
    let torn = if hyphen.is_some() {
        !follows_suspended(right) && vocabulary.is_word(&joined)
    } else {
        is_torn(left_letters, right_letters, &joined)
    };
    torn.then(|| format!("{}{right}", hyphen.unwrap_or(left)))
}

/// A fragment may by chance be a word too, then the whole must be a listed word, not just a compound.
fn is_torn(left: &str, right: &str, joined: &str) -> bool {
    let left_is_fragment = !lexicon::is_word(&left.to_lowercase());
    if left.chars().count() <= 2 {
        right.chars().count() >= 3 && !lexicon::is_word(right) && lexicon::is_listed(joined)
    } else if lexicon::is_word(right) {
        left_is_fragment && lexicon::is_listed(joined)
    } else {
        let long = right.chars().count() >= 3;
        left_is_fragment && (lexicon::is_listed(joined) || (long && lexicon::is_word(joined)))
    }
}

/// Takes hyphens out of a word that another layout put there ("Zuwande-rungsgeschichte").
fn unpasted(word: &str, vocabulary: &Vocabulary) -> String {
    if !word.contains('-') {
        return word.to_owned();
    }
    let mut result = String::with_capacity(word.len());
    for part in word.split_inclusive('-') {
        if result.ends_with('-') && is_pasted(&result, part, vocabulary) {
            result.pop();
        }
        result.push_str(part);
    }
    result
}

fn is_pasted(before: &str, part: &str, vocabulary: &Vocabulary) -> bool {
    let before = before.trim_end_matches('-');
    let left = &before[before.trim_end_matches(char::is_alphabetic).len()..];
    let rest = part.trim_start_matches(char::is_alphabetic);
    let right = &part[..part.len() - rest.len()];
    if is_abbreviation(left) || !right.starts_with(char::is_lowercase) {
        return false;
    }
    let joined = format!("{left}{right}").to_lowercase();
    let lower = left.to_lowercase();
    let whole = vocabulary.is_listed(&lower) && vocabulary.is_listed(right);
    if !whole {
        return vocabulary.is_word(&joined);
    }
    // A chain of whole words was meant as one: "Drei-plus-zwei-Regelung".
    let chain = before.contains('-') || part.ends_with('-');
    let tied = TIED_ADJECTIVES
        .iter()
        .any(|adjective| right.starts_with(adjective));
    !chain
        && !tied
        && !is_pair_of_adjectives(left, right, vocabulary)
        && vocabulary.is_word(&joined)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cases: &[(&str, &str)]) {
        let vocabulary = Vocabulary::default();
        for (line, expected) in cases {
            assert_eq!(&mend(line, &vocabulary), expected);
        }
    }

    #[test]
    fn spaced_letters_are_closed_up() {
        check(&[
            ("V o r s i t z: Herr D i e t z e l", "Vorsitz: Herr Dietzel"),
            ("die G r o ß e A n f r a g e", "die Große Anfrage"),
            ("a b c", "a b c"),
        ]);
    }

    #[test]
    fn torn_words_are_whole_again() {
        check(&[
            ("die Videokonfer enz und", "die Videokonferenz und"),
            ("Tageso rdnung du rch", "Tagesordnung durch"),
            ("Hauptkonf erenz", "Hauptkonferenz"),
            ("der F assung", "der Fassung"),
            ("CO2-Effi zienz", "CO2-Effizienz"),
            (
                "der Migrations- hintergrund, der",
                "der Migrationshintergrund, der",
            ),
        ]);
    }

    #[test]
    fn pasted_hyphens_vanish() {
        check(&[
            ("auf Fach-ebene", "auf Fachebene"),
            ("sektoren-übergreifende", "sektorenübergreifende"),
            ("Zuwande-rungsgeschichte", "Zuwanderungsgeschichte"),
            ("des Natio-nalen Plans", "des Nationalen Plans"),
            ("integrationspoliti-schen", "integrationspolitischen"),
            ("Beschluss-vorschläge", "Beschlussvorschläge"),
            ("die Ge-setzgebung", "die Gesetzgebung"),
        ]);
    }

    #[test]
    fn real_hyphens_and_spaces_stay() {
        check(&[
            ("Arbeits- und Sozialminister", "Arbeits- und Sozialminister"),
            ("Ministerinnen, -minister", "Ministerinnen, -minister"),
            ("Bund-Länder-AG", "Bund-Länder-AG"),
            (
                "EU-weit und deutsch-polnisch",
                "EU-weit und deutsch-polnisch",
            ),
            ("KWK-/ Abwärmenutzung", "KWK-/ Abwärmenutzung"),
            ("Zeitverlängerung zu ge-", "Zeitverlängerung zu ge-"),
            ("au personnel de la", "au personnel de la"),
            ("Klasse B sowie S auch", "Klasse B sowie S auch"),
            ("in den Ländern zu tun", "in den Ländern zu tun"),
            ("Corona-bedingt", "Corona-bedingt"),
            ("die Drei-plus-zwei-Regelung", "die Drei-plus-zwei-Regelung"),
        ]);
    }
}
