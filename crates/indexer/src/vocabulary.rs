//! The vocabulary: every word of the texts with its number of documents, as a finite-state map beside the index.
//!
//! Suggestions and completions are made from it, so that they offer only words that can be found.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;
use std::sync::Arc;

use laendersache_analysis::Layer;
use tantivy::{InvertedIndexReader, Searcher};

use crate::Error;
use crate::schema::{Fields, layer_prefix};

pub(crate) const FILE_NAME: &str = "vocabulary.fst";

/// Shorter words are not worth a suggestion.
const MIN_CHARACTERS: usize = 3;

/// Writes the vocabulary of titles and texts.
pub(crate) fn write_vocabulary(
    searcher: &Searcher,
    fields: Fields,
    dir: &Path,
) -> Result<(), Error> {
    let path = dir.join(FILE_NAME);
    let failed = |error: fst::Error| Error::Io {
        action: "write",
        path: path.clone(),
        source: std::io::Error::other(error),
    };
    let file = File::create(&path).map_err(Error::io("create", &path))?;
    let mut words = fst::MapBuilder::new(BufWriter::new(file)).map_err(failed)?;
    let dictionaries = dictionaries(searcher, fields).map_err(Error::engine("read", dir))?;
    for (word, documents) in merged(&dictionaries).map_err(Error::io("read", dir))? {
        words.insert(word, documents).map_err(failed)?;
    }
    words.finish().map_err(failed)
}

fn dictionaries(
    searcher: &Searcher,
    fields: Fields,
) -> Result<Vec<Arc<InvertedIndexReader>>, tantivy::TantivyError> {
    let mut dictionaries = Vec::new();
    for segment in searcher.segment_readers() {
        for field in [fields.title, fields.body] {
            dictionaries.push(segment.inverted_index(field)?);
        }
    }
    Ok(dictionaries)
}

/// Merges the exact terms of all dictionaries; counts are added, which counts a document twice if the word stands in
/// its title and in its text. That is good enough to rank suggestions; exact counts are asked of the index.
fn merged(dictionaries: &[Arc<InvertedIndexReader>]) -> std::io::Result<Vec<(Vec<u8>, u64)>> {
    let exact = layer_prefix(Layer::Exact) as u8;
    let mut streams = Vec::new();
    let mut heads = BinaryHeap::new();
    for dictionary in dictionaries {
        let mut stream = dictionary
            .terms()
            .range()
            .ge([exact])
            .lt([exact + 1])
            .into_stream()?;
        if stream.advance() {
            heads.push(Reverse((stream.key().to_vec(), streams.len())));
        }
        streams.push(stream);
    }
    let mut words: Vec<(Vec<u8>, u64)> = Vec::new();
    while let Some(Reverse((key, place))) = heads.pop() {
        let stream = &mut streams[place];
        let documents = u64::from(stream.value().doc_freq);
        let word = &key[1..];
        match words.last_mut() {
            Some((last, count)) if last == word => *count += documents,
            _ if is_word(word) => words.push((word.to_vec(), documents)),
            _ => {}
        }
        if stream.advance() {
            heads.push(Reverse((stream.key().to_vec(), place)));
        }
    }
    Ok(words)
}

fn is_word(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok_and(|word| {
        word.chars().all(char::is_alphabetic) && word.chars().count() >= MIN_CHARACTERS
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_citations_and_short_forms_are_no_words_to_suggest() {
        for word in ["2018", "§25b", "25b", "ab", "", "a1b2"] {
            assert!(!is_word(word.as_bytes()), "{word}");
        }
        for word in ["kurs", "aufenthg", "straße"] {
            assert!(is_word(word.as_bytes()), "{word}");
        }
        assert!(!is_word(&[0xff, 0xfe, 0xfd]));
    }
}
