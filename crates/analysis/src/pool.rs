//! A pool of words that still grows, for making the lexicon.

use std::collections::HashMap;

use crate::lexicon::{Entry, Words};

/// The words known so far.
#[derive(Default)]
pub(crate) struct Pool {
    /// Entries of folded words.
    pub words: HashMap<String, Entry>,
}

impl Words for Pool {
    fn beginnings(&self, rest: &str, found: &mut Vec<(usize, Entry)>) {
        for (index, character) in rest.char_indices() {
            let end = index + character.len_utf8();
            if let Some(entry) = self.words.get(&rest[..end]) {
                found.push((end, *entry));
            }
        }
    }

    fn entry(&self, word: &str) -> Option<Entry> {
        self.words.get(word).copied()
    }
}
