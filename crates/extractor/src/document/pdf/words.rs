//! Letters to words: by the spaces that are drawn and by the gaps that are left.

use std::collections::HashMap;

use super::glyphs::{Collector, Direction, Glyph};
use super::unicode::Codes;

/// A wider gap, in parts of the font size, parts two words.
const WORD_GAP: f32 = 0.17;
/// In spaced words a gap may be wider than the one before by this factor.
const SPACED_GAP: f32 = 1.35;
/// A letter that steps back further belongs to another word.
const STEP_BACK: f32 = 0.5;
/// Copies of a letter closer than this, in parts of the font size, only make it bold.
const COPY_DISTANCE: f32 = 0.12;

/// A word and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    /// Its text, not yet in normal form.
    pub text: String,
    /// Left edge.
    pub x0: f32,
    /// Right edge.
    pub x1: f32,
    /// Base line.
    pub y: f32,
    /// Font size in points.
    pub size: f32,
    /// True if its first letter is bold.
    pub bold: bool,
}

/// Puts the letters of a page together, for each direction of writing on its own.
///
/// The direction of most letters comes first.
pub(super) fn words(collector: &Collector, codes: &Codes, bold_above: f32) -> Vec<Vec<Word>> {
    let bold: Vec<_> = collector
        .weights
        .iter()
        .map(|weight| weight.is_bold(bold_above))
        .collect();
    let mut builders: Vec<(Direction, Builder)> = Vec::new();
    let mut copies = Copies::default();
    for glyph in &collector.glyphs {
        let place = builders
            .iter()
            .position(|(direction, _)| *direction == glyph.direction);
        let place = place.unwrap_or_else(|| {
            builders.push((glyph.direction, Builder::default()));
            builders.len() - 1
        });
        let mut text = String::new();
        codes.read(&glyph.letters, &mut text);
        if copies.is_copy(glyph, &text) {
            continue;
        }
        let bold = bold.get(glyph.run as usize).copied().unwrap_or(false);
        builders[place].1.push(glyph, &text, bold);
    }
    let mut result: Vec<_> = builders
        .into_iter()
        .map(|(_, builder)| builder.finish())
        .collect();
    result.retain(|words| !words.is_empty());
    result.sort_by_key(|words| std::cmp::Reverse(words.len()));
    result
}

#[derive(Debug, Default)]
struct Builder {
    words: Vec<Word>,
    open: Option<Word>,
    /// The gap between the last two letters.
    last_gap: f32,
}

impl Builder {
    fn push(&mut self, glyph: &Glyph, text: &str, bold: bool) {
        if text.chars().all(char::is_whitespace) {
            self.close();
            return;
        }
        if self
            .open
            .as_ref()
            .is_some_and(|word| !belongs(word, glyph, self.last_gap))
        {
            self.close();
        }
        match &mut self.open {
            Some(word) => {
                self.last_gap = glyph.x0 - word.x1;
                word.text.push_str(text);
                word.x1 = word.x1.max(glyph.x1);
            }
            None => {
                self.open = Some(Word {
                    text: text.to_owned(),
                    x0: glyph.x0,
                    x1: glyph.x1,
                    y: glyph.y,
                    size: glyph.size,
                    bold,
                });
            }
        }
    }

    fn close(&mut self) {
        self.last_gap = 0.0;
        self.words.extend(self.open.take());
    }

    fn finish(mut self) -> Vec<Word> {
        self.close();
        self.words
    }
}

fn belongs(word: &Word, glyph: &Glyph, last_gap: f32) -> bool {
    let size = word.size.max(glyph.size);
    let gap = glyph.x0 - word.x1;
    let raised = (glyph.y - word.y).abs();
    let same_line = raised < 0.12 * size || (raised < 0.5 * size && glyph.size < 0.85 * word.size);
    same_line && gap < (WORD_GAP * size).max(SPACED_GAP * last_gap) && gap > -STEP_BACK * size
}

/// Letters seen, to find those drawn twice with a tiny shift.
#[derive(Debug, Default)]
struct Copies {
    seen: HashMap<(char, i32), Vec<(f32, f32)>>,
}

impl Copies {
    fn is_copy(&mut self, glyph: &Glyph, text: &str) -> bool {
        let Some(letter) = text.chars().next().filter(|letter| !letter.is_whitespace()) else {
            return false;
        };
        let near = COPY_DISTANCE * glyph.size;
        let places = self
            .seen
            .entry((letter, (glyph.y / 4.0) as i32))
            .or_default();
        let copy = places
            .iter()
            .rev()
            .take(40)
            .any(|(x, y)| (x - glyph.x0).abs() < near && (y - glyph.y).abs() < near);
        if !copy {
            places.push((glyph.x0, glyph.y));
        }
        copy
    }
}

#[cfg(test)]
mod tests {
    use super::super::unicode::Letters;
    use super::super::weight::Weight;
    use super::*;

    fn check(letters: &[(char, f32, f32)], expected: &[&str]) {
        let mut collector = Collector::new((600.0, 800.0));
        collector.weights.push(Weight::Bold);
        for (letter, x0, y) in letters {
            collector.glyphs.push(Glyph {
                letters: Letters::One(*letter),
                x0: *x0,
                x1: x0 + 5.0,
                y: *y,
                size: 10.0,
                run: 0,
                direction: Direction::Right,
            });
        }
        let words = words(&collector, &Codes::default(), f32::MAX);
        let texts: Vec<_> = words
            .iter()
            .flatten()
            .map(|word| word.text.as_str())
            .collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn gaps_and_spaces_part_words() {
        check(
            &[('a', 0.0, 9.0), ('b', 5.0, 9.0), ('c', 13.0, 9.0)],
            &["ab", "c"],
        );
        check(
            &[('a', 0.0, 9.0), (' ', 5.0, 9.0), ('b', 6.0, 9.0)],
            &["a", "b"],
        );
        check(&[('a', 0.0, 9.0), ('b', 5.0, 19.0)], &["a", "b"]);
    }

    #[test]
    fn slightly_spaced_letters_are_one_word() {
        check(
            &[('a', 0.0, 9.0), ('b', 6.6, 9.0), ('c', 13.4, 9.0)],
            &["abc"],
        );
    }

    #[test]
    fn letters_drawn_twice_are_one() {
        check(
            &[('a', 0.0, 9.0), ('a', 0.4, 9.0), ('a', 5.4, 9.0)],
            &["aa"],
        );
    }
}
