//! Folding: one spelling for what readers and officials spell differently.
//!
//! Case, `ä`/`ae`, `ß`/`ss`, long s, accents, ligatures, soft hyphens and other invisible characters.
//! Umlauts become two letters, because nobody can tell which `ae` was meant as an umlaut.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Appends the folded word to `folded`.
pub(crate) fn fold_into(word: &str, folded: &mut String) {
    let start = folded.len();
    for character in word.chars() {
        if let Some(known) = german_letter(character) {
            folded.push_str(known);
        } else if character.is_ascii() {
            folded.push(character.to_ascii_lowercase());
        } else if !is_invisible(character) {
            folded.truncate(start);
            return fold_rare(word, folded);
        }
    }
}

/// Returns the word in the one spelling that all its spellings share.
pub fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len() + 2);
    fold_into(word, &mut folded);
    folded
}

/// Tells whether a character is written but not read: it never ends a word and never counts.
pub(crate) fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{34f}'
    )
}

fn german_letter(character: char) -> Option<&'static str> {
    match character {
        'ä' | 'Ä' => Some("ae"),
        'ö' | 'Ö' => Some("oe"),
        'ü' | 'Ü' => Some("ue"),
        'ß' | 'ẞ' => Some("ss"),
        'ſ' => Some("s"),
        _ => None,
    }
}

/// The slow way for letters that need Unicode's tables: decomposed umlauts, ligatures, accents.
fn fold_rare(word: &str, folded: &mut String) {
    let visible = word.chars().filter(|character| !is_invisible(*character));
    for character in visible.nfkc().flat_map(char::to_lowercase).nfc() {
        match german_letter(character) {
            Some(known) => folded.push_str(known),
            None if character.is_ascii() => folded.push(character),
            None => folded.extend(
                std::iter::once(character)
                    .nfd()
                    .filter(|part| !is_combining_mark(*part) && !part.is_whitespace()),
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fold;

    fn check(spellings: &[&str], expected: &str) {
        for spelling in spellings {
            assert_eq!(fold(spelling), expected, "{spelling:?}");
        }
    }

    #[test]
    fn umlauts_and_their_digraphs_are_one_spelling() {
        check(
            &[
                "Flüchtlinge",
                "Fluechtlinge",
                "FLÜCHTLINGE",
                "Flu\u{308}chtlinge",
            ],
            "fluechtlinge",
        );
    }

    #[test]
    fn sharp_s_and_long_s_are_s() {
        check(
            &["Straße", "Strasse", "STRASSE", "STRAẞE", "Straſſe"],
            "strasse",
        );
    }

    #[test]
    fn invisible_characters_vanish() {
        check(
            &[
                "Inte\u{ad}gration",
                "Integration\u{200b}",
                "\u{feff}Integration",
            ],
            "integration",
        );
    }

    #[test]
    fn accents_and_ligatures_are_plain() {
        check(&["Café", "Cafe\u{301}", "CAFÉ"], "cafe");
        check(&["ﬁnanz"], "finanz");
    }
}
