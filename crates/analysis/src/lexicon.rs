//! The lexicon: words of the language with how common they are and where they may stand in a compound.

use fst::Map;
use fst::raw::Output;

/// The automaton made by the example `build_lexicon` from `data/lexicon.tsv` and `data/words.toml`.
static LEXICON: &[u8] = include_bytes!("../data/lexicon.fst");

/// What the lexicon knows about one folded word, packed into the value of the automaton.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Entry(u64);

impl Entry {
    /// The word may be a part before another one.
    pub const FRONT: Self = Self(1 << 8);
    /// The word may be the last part.
    pub const LAST: Self = Self(1 << 9);
    /// An `s` may link the word to the next part.
    pub const LINK_S: Self = Self(1 << 10);
    /// An `es` may link the word to the next part.
    pub const LINK_ES: Self = Self(1 << 11);
    /// An `en` or `n` may link the word to the next part.
    pub const LINK_N: Self = Self(1 << 12);
    /// Names people by what they do (Lehrer); `-er` belongs to the stem.
    pub const AGENT: Self = Self(1 << 13);
    /// A verb in the third person, whose stem is that of the infinitive (`stellt`).
    pub const VERB: Self = Self(1 << 14);

    /// Makes an entry of how rare the word is (tenths of a natural logarithm, 255 at most).
    pub fn with_cost(cost: u32) -> Self {
        Self(u64::from(cost.min(255)))
    }

    /// Returns the entry with the marks of `other` added.
    pub fn with(self, other: Self) -> Self {
        Self(self.0 | (other.0 & !0xff))
    }

    /// Tells whether the entry has all marks of `other`.
    pub fn is(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Returns how rare the word is.
    pub fn cost(self) -> u32 {
        (self.0 & 0xff) as u32
    }

    /// Returns the packed value.
    pub fn packed(self) -> u64 {
        self.0
    }

    /// Reads a packed value.
    pub fn from_packed(packed: u64) -> Self {
        Self(packed)
    }
}

/// Where the splitter looks for parts.
pub trait Words {
    /// Finds all words that `rest` begins with, as length in bytes and entry.
    fn beginnings(&self, rest: &str, found: &mut Vec<(usize, Entry)>);

    /// Returns the entry of a word.
    fn entry(&self, word: &str) -> Option<Entry>;
}

/// The embedded lexicon.
#[derive(Clone)]
pub(crate) struct Lexicon {
    map: Map<&'static [u8]>,
}

impl Lexicon {
    pub(crate) fn embedded() -> Self {
        let map = Map::new(LEXICON).expect("the committed automaton is read by a test");
        Self { map }
    }

    /// Bytes that identify this lexicon in the version of the analyzer.
    pub(crate) fn bytes() -> &'static [u8] {
        LEXICON
    }
}

impl Words for Lexicon {
    fn beginnings(&self, rest: &str, found: &mut Vec<(usize, Entry)>) {
        let fst = self.map.as_fst();
        let mut node = fst.root();
        let mut output = Output::zero();
        for (index, byte) in rest.bytes().enumerate() {
            let Some(transition) = node.find_input(byte) else {
                return;
            };
            let transition = node.transition(transition);
            output = output.cat(transition.out);
            node = fst.node(transition.addr);
            if node.is_final() {
                let packed = output.cat(node.final_output()).value();
                found.push((index + 1, Entry::from_packed(packed)));
            }
        }
    }

    fn entry(&self, word: &str) -> Option<Entry> {
        self.map.get(word).map(Entry::from_packed)
    }
}
