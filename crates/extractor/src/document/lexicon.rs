//! Which German words exist: forms counted in federal law, as a finite automaton.
//!
//! `data/lexicon.fst` is built by `cargo run -p laendersache-extractor --example build_dictionary`.

use std::sync::LazyLock;

use fst::Set;

/// The shortest part that counts in a compound; shorter ones join anything with anything.
const SHORTEST_PART: usize = 4;
/// What may stand between the parts of a compound.
const LINKS: [&str; 5] = ["", "s", "es", "n", "en"];

static WORDS: LazyLock<Set<&'static [u8]>> = LazyLock::new(|| {
    Set::new(&include_bytes!("../../data/lexicon.fst")[..])
        .expect("the automaton is a part of the program and tested")
});

/// Words of one or two letters, which the counts leave out.
const SHORT_WORDS: &str = "ab am an da du eh er es ob im in ja je so um wo zu eu ag";

/// Tells whether a lower-cased word was seen in federal law.
pub(super) fn is_listed(word: &str) -> bool {
    if word.chars().count() <= 2 {
        return SHORT_WORDS.split(' ').any(|short| short == word);
    }
    WORDS.contains(word)
}

/// Tells whether a lower-cased word is listed or made of two or three listed parts.
pub(super) fn is_word(word: &str) -> bool {
    is_listed(word) || is_compound(word, 2)
}

/// Tries every first part, with a link letter where compounds have one.
fn is_compound(word: &str, joints: usize) -> bool {
    if joints == 0 || word.len() < 2 * SHORTEST_PART {
        return false;
    }
    let cuts = word.char_indices().map(|(at, _)| at).skip(SHORTEST_PART);
    cuts.filter(|&at| WORDS.contains(&word[..at])).any(|at| {
        let rest = &word[at..];
        LINKS.iter().any(|link| {
            rest.strip_prefix(link).is_some_and(|rest| {
                let long_enough = rest.chars().count() >= SHORTEST_PART;
                long_enough && (is_listed(rest) || is_compound(rest, joints - 1))
            })
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(expected: bool, words: &[&str]) {
        for word in words {
            assert_eq!(is_word(word), expected, "{word}");
        }
    }

    #[test]
    fn words_and_compounds_of_the_administration_are_known() {
        check(
            true,
            &[
                "nationalen",
                "fachebene",
                "zuwanderungsgeschichte",
                "integrationspolitischen",
                "umlaufbeschluss",
                "in",
            ],
        );
    }

    #[test]
    fn fragments_are_no_words() {
        check(false, &["nalen", "konf", "erenz", "rdnung", "xq"]);
    }

    #[test]
    fn long_nonsense_is_answered_quickly() {
        check(false, &[&"qwertz".repeat(2000), &"inder".repeat(500)]);
    }
}
