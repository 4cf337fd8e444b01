//! The words one may take for words: those of the lexicon and those the document itself uses.

use std::collections::HashSet;

use super::lexicon;

/// The words of one document, lower-cased.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    words: HashSet<String>,
    hyphenated: HashSet<String>,
}

impl Vocabulary {
    /// Adds the words of a text that stand inside its lines, whole or with inner hyphens.
    pub(super) fn learn_from(&mut self, line: &str) {
        let words: Vec<_> = line.split_whitespace().collect();
        for (index, word) in words.iter().enumerate() {
            let at_edge = index == 0 || index + 1 == words.len();
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-');
            if word.chars().count() < 3 || word.ends_with('-') || (at_edge && word.contains('-')) {
                continue;
            }
            let word = word.to_lowercase();
            if word.contains('-') {
                self.hyphenated.insert(word);
            } else if word.chars().all(char::is_alphabetic) {
                self.words.insert(word);
            }
        }
    }

    /// Tells whether a lower-cased word stands in the lexicon or elsewhere in the document.
    pub(super) fn is_listed(&self, word: &str) -> bool {
        self.words.contains(word) || lexicon::is_listed(word)
    }

    /// Tells whether a lower-cased word is listed or a compound of listed words.
    pub(super) fn is_word(&self, word: &str) -> bool {
        self.words.contains(word) || lexicon::is_word(word)
    }

    /// Tells whether the document writes a word with this hyphen inside a line.
    pub(super) fn writes_hyphenated(&self, word: &str) -> bool {
        self.hyphenated.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_at_line_ends_with_hyphens_are_not_learnt() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.learn_from("Die Zzzländer und die Bund-Länder-AG zzzbitten die Zzzminis-");
        assert!(vocabulary.is_listed("zzzländer"));
        assert!(!vocabulary.is_listed("zzzminis"));
        assert!(vocabulary.writes_hyphenated("bund-länder-ag"));
    }
}
