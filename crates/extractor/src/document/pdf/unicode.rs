//! Which letters a glyph stands for, also where the font does not say it.

use std::collections::HashMap;

use encoding_rs::{MACINTOSH, WINDOWS_1252};
use hayro_cmap::BfString;
use hayro_interpret::font::{Glyph as Drawn, PositionedGlyph};

/// What a glyph says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Letters {
    /// A single character.
    One(char),
    /// A ligature.
    Several(Box<str>),
    /// The font does not say it; only the code is known.
    Unknown {
        /// Identifies the font.
        font: u64,
        /// The code in the content stream.
        code: u32,
    },
}

/// How often each letter occurs in German texts, in per mille; it decides between ways of reading codes.
const FREQUENT: [(char, u32); 12] = [
    ('e', 174),
    ('n', 98),
    ('i', 76),
    ('s', 73),
    ('r', 70),
    ('a', 65),
    ('t', 62),
    ('d', 51),
    ('h', 48),
    ('u', 44),
    (' ', 150),
    ('l', 34),
];
/// Distances between codes and characters: none, and those of fonts numbered by their glyphs.
const DISTANCES: [u32; 4] = [0, 29, 31, 28];

/// Returns what a glyph says, by its font.
pub(super) fn letters(glyph: &PositionedGlyph<'_>) -> Letters {
    let unknown = || Letters::Unknown {
        font: font(glyph),
        code: glyph.char_code(),
    };
    match glyph.as_unicode() {
        Some(BfString::Char(letter)) if is_readable(letter) => Letters::One(letter),
        Some(BfString::Char(letter)) if is_symbol(letter) => {
            Letters::One(symbol(letter as u32 & 0xff))
        }
        Some(BfString::String(text)) if text.chars().all(is_readable) && !text.is_empty() => {
            Letters::Several(text.into_boxed_str())
        }
        _ => unknown(),
    }
}

fn is_readable(letter: char) -> bool {
    let private = matches!(letter as u32, 0xe000..=0xf8ff | 0xf0000..);
    let noncharacter = matches!(letter, '\0' | '\u{fffd}' | '\u{fffe}' | '\u{ffff}');
    let control = letter.is_control() && !letter.is_whitespace();
    !private && !noncharacter && !control
}

/// Symbol fonts place their codes here.
fn is_symbol(letter: char) -> bool {
    matches!(letter as u32, 0xf020..=0xf0ff)
}

fn symbol(code: u32) -> char {
    match code {
        0x20..=0x7e => char::from_u32(code).unwrap_or('•'),
        // Bullets and arrows of Symbol and Wingdings; which one exactly carries no meaning.
        _ => '•',
    }
}

fn font(glyph: &PositionedGlyph<'_>) -> u64 {
    match &**glyph {
        Drawn::Outline(outline) => outline.font_data().map_or(0, |data| data.cache_key as u64),
        Drawn::Type3(_) => 1,
    }
}

/// The ways found to read the codes of fonts that do not say what they mean.
#[derive(Debug, Default)]
pub(super) struct Codes {
    counts: HashMap<u64, HashMap<u32, u32>>,
    distances: HashMap<u64, u32>,
}

impl Codes {
    /// Counts the code of a glyph that does not say what it means.
    pub(super) fn count(&mut self, letters: &Letters) {
        if let Letters::Unknown { font, code } = letters {
            *self
                .counts
                .entry(*font)
                .or_default()
                .entry(*code)
                .or_default() += 1;
        }
    }

    /// Chooses for each font the way of reading that looks most like German.
    pub(super) fn choose(&mut self) {
        for (&font, counts) in &self.counts {
            let score = |distance: u32| -> u64 {
                let letter_score = |(&code, &count): (&u32, &u32)| {
                    let letter = char::from_u32(code + distance).unwrap_or('\0');
                    let frequent = FREQUENT.iter().find(|(frequent, _)| *frequent == letter);
                    u64::from(frequent.map_or(0, |(_, weight)| *weight)) * u64::from(count)
                };
                counts.iter().map(letter_score).sum()
            };
            // The first of equals wins: a code is its character until something speaks against it.
            let best = DISTANCES
                .iter()
                .rev()
                .max_by_key(|distance| score(**distance));
            self.distances.insert(font, best.copied().unwrap_or(0));
        }
    }

    /// Adds what a glyph says to a text.
    pub(super) fn read(&self, letters: &Letters, text: &mut String) {
        match letters {
            Letters::One(letter) => text.push(*letter),
            Letters::Several(several) => text.push_str(several),
            Letters::Unknown { font, code } => {
                let distance = self.distances.get(font).copied().unwrap_or(0);
                text.push(character(*code, distance));
            }
        }
    }
}

/// The character of a code: beyond ASCII glyphs are numbered in the order of the Macintosh character set,
/// codes without a distance are most likely Windows-1252.
fn character(code: u32, distance: u32) -> char {
    let shifted = code.saturating_add(distance);
    let encoding = if distance == 0 {
        WINDOWS_1252
    } else {
        MACINTOSH
    };
    // The order of glyphs leaves out the character for deletion.
    let beyond_ascii = shifted + u32::from(distance > 0);
    let byte = match shifted {
        0x20..=0x7e => u8::try_from(shifted),
        _ => u8::try_from(beyond_ascii),
    };
    let bytes = [byte.unwrap_or(0)];
    let (text, _) = encoding.decode_without_bom_handling(&bytes);
    text.chars()
        .next()
        .filter(|letter| is_readable(*letter))
        .unwrap_or('\u{fffd}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shift: u32, text: &str) {
        let letters: Vec<_> = text
            .chars()
            .map(|letter| Letters::Unknown {
                font: 7,
                code: letter as u32 - shift,
            })
            .collect();
        let mut codes = Codes::default();
        letters.iter().for_each(|letters| codes.count(letters));
        codes.choose();
        let mut read = String::new();
        letters
            .iter()
            .for_each(|letters| codes.read(letters, &mut read));
        assert_eq!(read, text);
    }

    #[test]
    fn codes_without_a_meaning_are_read_as_german() {
        check(29, "Die Integrationsministerkonferenz beschliesst");
        check(0, "Die Integrationsministerkonferenz beschließt für");
        check(31, "Die Integrationsministerkonferenz beschliesst");
    }

    #[test]
    fn umlauts_are_found_beyond_ascii() {
        assert_eq!(
            [108, 124, 129, 137].map(|code| character(code, 29)),
            ['ä', 'ö', 'ü', 'ß']
        );
        assert_eq!(
            [0xe4, 0xdf, 0x80].map(|code| character(code, 0)),
            ['ä', 'ß', '€']
        );
        assert_eq!(character(70_000, 0), '\u{fffd}');
    }

    #[test]
    fn private_and_control_characters_are_not_readable() {
        assert!(!is_readable('\u{e001}') && !is_readable('\u{3}') && !is_readable('\u{fffd}'));
        assert!(is_readable('ß') && is_readable(' ') && is_readable('\u{a0}'));
        assert_eq!(symbol(0xb7), '•');
    }
}
