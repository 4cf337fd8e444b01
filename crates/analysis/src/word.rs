//! Words: what one written word means: its folded form, its stem, its parts.
//!
//! The stem of a compound is the chain of the stems of its parts, so that linking elements, hyphens, gender marks
//! and feminine forms inside it make no difference.

use crate::compound;
use crate::fold::fold_into;
use crate::gender::{Plain, without_marks};
use crate::lexicon::Lexicon;
use crate::stem::Stems;
use crate::term::Why;
use crate::token::is_hyphen;

/// Longer words are cut for the index: no reader types them, and the index refuses very long terms.
const LONGEST: usize = 200;
/// So many parts of one word are told apart.
const MOST_PARTS: usize = 8;
/// Pairs joined by a hyphen that are one notion: the second part keeps its form, so that `Land` does not find it.
const PAIRS: [(&str, &str); 1] = [("bund", "laender")];

/// One written word, understood.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    /// The folded word without hyphens and marks.
    pub exact: String,
    /// The stems of its parts in one.
    pub stem: String,
    /// The stems of its parts; one, if it is no compound.
    pub leaves: Vec<String>,
    /// The terms of its parts.
    pub parts: Vec<(String, Why)>,
}

impl Word {
    /// Understands a word as it is written.
    pub(crate) fn read(written: &str, lexicon: &Lexicon, stems: &Stems) -> Self {
        let plain = without_marks(written).unwrap_or_else(|| Plain {
            text: written.to_owned(),
            seams: Vec::new(),
        });
        let segments = segments(&plain);
        let mut word = Self {
            exact: segments.concat(),
            ..Self::default()
        };
        truncate(&mut word.exact);
        for (index, segment) in segments.iter().enumerate() {
            let before = index.checked_sub(1).map(|before| segments[before].as_str());
            if PAIRS
                .iter()
                .any(|(first, second)| before == Some(first) && segment == second)
            {
                word.leaves.push(segment.clone());
            } else {
                word.add_leaves(segment, lexicon, stems);
            }
        }
        word.stem = word.leaves.concat();
        truncate(&mut word.stem);
        word.add_parts();
        word
    }

    fn add_leaves(&mut self, segment: &str, lexicon: &Lexicon, stems: &Stems) {
        let listed = stems.is_listed(segment);
        match compound::split(lexicon, segment).filter(|_| !listed) {
            Some(pieces) => {
                let leaves = pieces
                    .into_iter()
                    .map(|piece| stems.stem(&segment[piece], lexicon).into_owned());
                self.leaves.extend(leaves);
            }
            None => self.leaves.push(stems.stem(segment, lexicon).into_owned()),
        }
    }

    fn add_parts(&mut self) {
        let years = years(&self.exact);
        self.parts
            .extend(years.into_iter().map(|year| (year, Why::NumberPart)));
        let count = self.leaves.len();
        if count < 2 {
            return;
        }
        for leaf in self
            .leaves
            .iter()
            .take(MOST_PARTS)
            .filter(|leaf| leaf.len() > 1)
        {
            add_once(&mut self.parts, leaf.clone(), Why::Part);
        }
        if count > MOST_PARTS {
            return;
        }
        for length in 2..count {
            add_once(
                &mut self.parts,
                self.leaves[count - length..].concat(),
                Why::PartRun,
            );
            add_once(
                &mut self.parts,
                self.leaves[..length].concat(),
                Why::PartRun,
            );
        }
    }
}

fn add_once(parts: &mut Vec<(String, Why)>, text: String, why: Why) {
    if !parts.iter().any(|(known, _)| *known == text) {
        parts.push((text, why));
    }
}

/// Cuts a word at hyphens and after marked persons, and folds the pieces.
fn segments(plain: &Plain) -> Vec<String> {
    let is_number = plain.text.bytes().any(|byte| byte.is_ascii_digit());
    let mut segments = Vec::with_capacity(1);
    let mut start = 0;
    let mut add = |piece: &str| {
        let mut folded = String::with_capacity(piece.len() + 2);
        fold_into(piece, &mut folded);
        folded.retain(|character| {
            character.is_alphanumeric()
                || is_number && character.is_ascii_punctuation() && character != '\''
        });
        if !folded.is_empty() {
            segments.push(folded);
        }
    };
    for (offset, character) in plain.text.char_indices() {
        let after_hyphen = is_hyphen(character);
        if after_hyphen || plain.seams.contains(&offset) {
            add(&plain.text[start..offset]);
            start = if after_hyphen {
                offset + character.len_utf8()
            } else {
                offset
            };
        }
    }
    add(&plain.text[start..]);
    segments
}

/// The years of `2018/2019` and `2018/19`.
fn years(word: &str) -> Vec<String> {
    let Some((first, second)) = word.split_once('/') else {
        return Vec::new();
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let is_year = first.len() == 4 && (first.starts_with("19") || first.starts_with("20"));
    if !is_year || !digits(first) || !digits(second) {
        return Vec::new();
    }
    match second.len() {
        4 => vec![first.to_owned(), second.to_owned()],
        2 => vec![first.to_owned(), format!("{}{second}", &first[..2])],
        _ => Vec::new(),
    }
}

fn truncate(text: &mut String) {
    if text.len() > LONGEST {
        text.truncate(text.floor_char_boundary(LONGEST));
    }
}

#[cfg(test)]
mod tests {
    use super::Word;
    use crate::lexicon::Lexicon;
    use crate::stem::Stems;

    fn read(written: &str) -> Word {
        Word::read(written, &Lexicon::embedded(), &Stems::embedded())
    }

    fn check_leaves(written: &str, expected: &[&str]) {
        assert_eq!(read(written).leaves, expected, "{written}");
    }

    #[test]
    fn hyphenated_joined_and_marked_compounds_are_one_stem() {
        for pair in [
            ["Chancen-Aufenthaltsrecht", "Chancenaufenthaltsrecht"],
            ["Ehrenamts-Karte", "Ehrenamtskarte"],
            ["Job-Turbo", "Jobturbo"],
            [
                "Integrationsminister*innenkonferenz",
                "Integrationsministerkonferenz",
            ],
            ["Bürger*innenrat", "Bürgerrat"],
            ["Migrant:innenorganisation", "Migrantenorganisationen"],
        ] {
            assert_eq!(read(pair[0]).stem, read(pair[1]).stem, "{pair:?}");
        }
    }

    #[test]
    fn compounds_have_the_stems_of_their_parts() {
        check_leaves("Sprachkursangebote", &["sprach", "kurs", "angebot"]);
        check_leaves(
            "Integrationsministerkonferenz",
            &["integration", "minister", "konferenz"],
        );
        check_leaves("Beratung", &["berat"]);
    }

    #[test]
    fn bund_laender_is_one_notion() {
        check_leaves("Bund-Länder-Gruppe", &["bund", "laender", "grupp"]);
    }

    #[test]
    fn years_of_a_double_year_are_parts() {
        let years: Vec<String> = read("2018/19")
            .parts
            .into_iter()
            .map(|(text, _)| text)
            .collect();
        assert_eq!(years, ["2018", "2019"]);
        assert!(read("19/8752").parts.is_empty());
    }

    #[test]
    fn a_very_long_word_is_cut() {
        assert!(read(&"ä".repeat(5000)).exact.len() <= 200);
    }
}
