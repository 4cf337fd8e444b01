//! Builds `data/lexicon.fst` from a list of words with counts: `build_dictionary WORDS.tsv`.
//!
//! Each line is a lower-cased word form, a tab and how often it was seen.
//! `data/words.txt` adds words of the conferences that no law uses.

use std::{collections::BTreeSet, env, error::Error, fs, path::Path};

/// A form seen less often is as likely a misprint as a word.
const LEAST_COUNT: u64 = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::args()
        .nth(1)
        .ok_or("usage: build_dictionary WORDS.tsv")?;
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let own = fs::read_to_string(data.join("words.txt"))?;
    let mut words: BTreeSet<_> = own.split_whitespace().map(str::to_owned).collect();
    for line in fs::read_to_string(path)?.lines() {
        let (word, count) = line.split_once('\t').ok_or("a line without a tab")?;
        if count.parse::<u64>()? >= LEAST_COUNT {
            words.insert(word.to_owned());
        }
    }
    let set = fst::Set::from_iter(&words)?;
    fs::write(data.join("lexicon.fst"), set.as_fst().as_bytes())?;
    println!("{} words, {} bytes", words.len(), set.as_fst().size());
    Ok(())
}
