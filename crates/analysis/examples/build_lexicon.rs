//! Makes `data/lexicon.fst` from `data/lexicon.tsv` and `data/words.toml`.
//!
//! `cargo run -p laendersache-analysis --example build_lexicon [COUNTS.tsv]`; with a path it first makes
//! `data/lexicon.tsv` anew from a list of all counted words, keeping those that are no compounds.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use laendersache_analysis::compile::lexicon;
use laendersache_analysis::lexicon::Entry;

/// Rarer words of a full list are not kept: many are misprints.
const RAREST: u64 = 4;

fn main() -> Result<(), Box<dyn Error>> {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    let lists = fs::read_to_string(data.join("words.toml"))?;
    if let Some(path) = std::env::args().nth(1) {
        let counts = usable(&fs::read_to_string(path)?);
        let kept = without_compounds(&counts, &lexicon(&counts, &lists)?);
        fs::write(data.join("lexicon.tsv"), kept)?;
    }
    let counts = fs::read_to_string(data.join("lexicon.tsv"))?;
    let words = lexicon(&counts, &lists)?;
    let automaton = fst::Map::from_iter(words.iter().map(|(word, entry)| (word, entry.packed())))?;
    let bytes = automaton.into_fst().into_inner();
    println!("{} words, {} bytes", words.len(), bytes.len());
    fs::write(data.join("lexicon.fst"), bytes)?;
    Ok(())
}

/// Keeps the lines whose word consists of letters and is neither short, long nor rare.
fn usable(counts: &str) -> String {
    let is_usable = |line: &&str| {
        let Some((word, count)) = line.split_once('\t') else {
            return false;
        };
        let length = word.chars().count();
        let letters = word
            .chars()
            .all(|letter| letter.is_ascii_lowercase() || "äöüß".contains(letter));
        let spoken = word.chars().any(|letter| "aeiouyäöü".contains(letter));
        letters
            && spoken
            && (3..=24).contains(&length)
            && count.parse::<u64>().is_ok_and(|count| count >= RAREST)
    };
    counts
        .lines()
        .filter(is_usable)
        .flat_map(|line| [line, "\n"])
        .collect()
}

fn without_compounds(counts: &str, words: &BTreeMap<String, Entry>) -> String {
    let is_word = |line: &&str| {
        let word = line.split('\t').next().unwrap_or_default();
        let folded = laendersache_analysis::folded(word);
        word.chars().count() < 5 || words.contains_key(&folded)
    };
    counts
        .lines()
        .filter(is_word)
        .flat_map(|line| [line, "\n"])
        .collect()
}
