//! How much a text reads like German: the share of its words that are known.
//!
//! A damaged font encoding or a failed character recognition shows here before anybody reads it.

use laendersache_model::{BlockKind, Page, Warning};

use super::lexicon;

/// Sound texts reach this share; names and foreign words make up the rest.
const SHARE_OF_SOUND_TEXT: f32 = 0.85;
/// Below this a page is garbage or not German.
const GARBAGE_BELOW: f32 = 0.4;
/// Fewer words say nothing.
const LEAST_WORDS: usize = 25;

/// Words seen and words known.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    words: usize,
    known: usize,
}

impl Count {
    fn of(page: &Page) -> Self {
        let mut count = Self::default();
        let blocks = page.blocks.iter();
        for block in blocks.filter(|block| block.kind != BlockKind::Furniture) {
            count.add(&block.text);
        }
        count
    }

    fn add(&mut self, text: &str) {
        for token in text.split_whitespace() {
            let part = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count() >= 3;
            let words = token
                .split(|c: char| "-/*:_·".contains(c))
                .filter(|word| part(word));
            for word in words {
                let word = word.trim_matches(|c: char| !c.is_alphabetic());
                self.words += 1;
                self.known += usize::from(lexicon::is_word(&word.to_lowercase()));
            }
        }
    }

    fn quality(self) -> f32 {
        if self.words == 0 {
            return 0.0;
        }
        let share = self.known as f32 / self.words as f32;
        (share / SHARE_OF_SOUND_TEXT).min(1.0)
    }
}

/// Returns the quality of all pages together and warns of pages that are not readable text.
pub(super) fn judge(pages: &[Page], warnings: &mut Vec<Warning>) -> f32 {
    let mut all = Count::default();
    for page in pages {
        let count = Count::of(page);
        all.words += count.words;
        all.known += count.known;
        if count.words >= LEAST_WORDS && count.quality() < GARBAGE_BELOW {
            let message = format!(
                "only {} of {} words are known: a damaged text layer or another language",
                count.known, count.words
            );
            warnings.push(Warning::new("garbage_text", message, Some(page.number)));
        }
    }
    all.quality()
}

#[cfg(test)]
mod tests {
    use laendersache_model::{Block, Style};

    use super::*;

    fn judged(text: &str) -> (f32, Vec<Warning>) {
        let block = Block {
            kind: BlockKind::Paragraph,
            text: text.to_owned(),
            line_starts: vec![0],
            style: Style::default(),
            continues: false,
        };
        let page = Page {
            number: 3,
            blocks: vec![block],
        };
        let mut warnings = Vec::new();
        (judge(&[page], &mut warnings), warnings)
    }

    #[test]
    fn german_prose_is_of_high_quality() {
        let (quality, warnings) = judged(
            "Die Länder bitten die Bundesregierung, die Migrationsberatung für erwachsene Zuwanderer \
             auskömmlich zu finanzieren. Kürzungen träfen die Kommunen unmittelbar.",
        );
        assert!(quality > 0.9, "{quality}");
        assert!(warnings.is_empty());
    }

    #[test]
    fn a_broken_encoding_is_named_garbage() {
        let (quality, warnings) = judged(&"6A=:K=IKJM K99KJM 'LH /lQGHU EHVFKOLHVVHQ ".repeat(20));
        assert!(quality < 0.2, "{quality}");
        assert_eq!(warnings[0].code, "garbage_text");
        assert_eq!(warnings[0].page, Some(3));
    }

    #[test]
    fn a_document_without_words_has_no_quality() {
        assert_eq!(judged("12 - 14").0, 0.0);
    }
}
