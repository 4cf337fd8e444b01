//! Memory of words already understood: few words make up most of every text.
//!
//! Each thread has its own, so nobody waits; forgetting costs time, never a result.

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use crate::word::Word;

/// At so many words a thread starts to remember anew (about 20 MB).
const MOST_WORDS: usize = 40_000;
/// Longer words are rare and not worth remembering.
const LONGEST: usize = 64;

thread_local! {
    static MEMORY: Cell<Option<Memory>> = const { Cell::new(None) };
}

/// Words by how they are written.
#[derive(Default)]
pub(crate) struct Memory {
    words: HashMap<Box<str>, Rc<Word>>,
}

impl Memory {
    /// Returns a word from memory, or reads and remembers it.
    pub(crate) fn word(&mut self, written: &str, read: impl Fn(&str) -> Word) -> Rc<Word> {
        if let Some(word) = self.words.get(written) {
            return Rc::clone(word);
        }
        let word = Rc::new(read(written));
        if written.len() <= LONGEST {
            if self.words.len() >= MOST_WORDS {
                self.words.clear();
            }
            self.words.insert(written.into(), Rc::clone(&word));
        }
        word
    }
}

/// Lends the memory of this thread; a nested call gets an empty one.
pub(crate) fn with_memory<T>(work: impl FnOnce(&mut Memory) -> T) -> T {
    MEMORY.with(|cell| {
        let mut memory = cell.take().unwrap_or_default();
        let result = work(&mut memory);
        cell.set(Some(memory));
        result
    })
}
