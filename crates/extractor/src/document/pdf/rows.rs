//! Words to rows: what stands on one base line, parted where a gap is too wide for a space.

use super::words::Word;

/// A gap wider than this, in parts of the font size, parts two segments.
const SEGMENT_GAP: f32 = 1.5;
/// So many single letters in a row with even gaps are one spaced word.
const SPACED_LETTERS: usize = 4;
/// A gap wider than this, compared with those between spaced letters, parts two spaced words.
const SPACED_WORD_GAP: f32 = 1.6;

/// Words without a wide gap between them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Segment {
    /// The words from left to right.
    pub words: Vec<Word>,
    /// Left edge.
    pub x0: f32,
    /// Right edge.
    pub x1: f32,
}

/// The segments on one base line, from left to right.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// The segments.
    pub segments: Vec<Segment>,
    /// Base line.
    pub y: f32,
    /// The largest font size in it.
    pub size: f32,
}

impl Segment {
    fn new(words: Vec<Word>) -> Self {
        let x0 = words.iter().map(|word| word.x0).fold(f32::MAX, f32::min);
        let x1 = words.iter().map(|word| word.x1).fold(f32::MIN, f32::max);
        Self { words, x0, x1 }
    }

    /// Returns the words with single spaces.
    pub(super) fn text(&self) -> String {
        let words: Vec<_> = self.words.iter().map(|word| word.text.as_str()).collect();
        words.join(" ")
    }
}

impl Row {
    /// Left edge.
    pub(super) fn x0(&self) -> f32 {
        self.segments.first().map_or(0.0, |segment| segment.x0)
    }

    /// Right edge.
    pub(super) fn x1(&self) -> f32 {
        self.segments.last().map_or(0.0, |segment| segment.x1)
    }

    /// Returns all words with single spaces.
    pub(super) fn text(&self) -> String {
        let texts: Vec<_> = self.segments.iter().map(Segment::text).collect();
        texts.join(" ")
    }

    /// Returns the words from left to right.
    pub(super) fn words(&self) -> impl Iterator<Item = &Word> {
        self.segments.iter().flat_map(|segment| &segment.words)
    }

    /// Puts a row together from words on one base line.
    pub(super) fn new(mut words: Vec<Word>) -> Self {
        words.sort_by(|a, b| a.x0.total_cmp(&b.x0));
        let main = words.iter().max_by(|a, b| {
            let weight = |word: &Word| word.size * 100.0 + word.text.len() as f32;
            weight(a).total_cmp(&weight(b))
        });
        let (y, size) = main.map_or((0.0, 0.0), |word| (word.y, word.size));
        let mut segments = Vec::new();
        let mut open: Vec<Word> = Vec::new();
        for word in closed_up(words) {
            let gap = open.last().map_or(0.0, |last| word.x0 - last.x1);
            if gap > SEGMENT_GAP * size && !open.is_empty() {
                segments.push(Segment::new(std::mem::take(&mut open)));
            }
            open.push(word);
        }
        if !open.is_empty() {
            segments.push(Segment::new(open));
        }
        Self { segments, y, size }
    }
}

/// Gathers words into rows from top to bottom.
pub(super) fn rows(mut words: Vec<Word>) -> Vec<Row> {
    words.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut groups: Vec<Group> = Vec::new();
    for word in words {
        let recent = groups.len().saturating_sub(4);
        let group = groups[recent..]
            .iter_mut()
            .rev()
            .find(|group| group.takes(&word));
        match group {
            Some(group) => group.push(word),
            None => groups.push(Group {
                y: word.y,
                size: word.size,
                words: vec![word],
            }),
        }
    }
    groups.sort_by(|a, b| a.y.total_cmp(&b.y));
    groups
        .into_iter()
        .map(|group| Row::new(group.words))
        .collect()
}

/// A row while it is being gathered.
struct Group {
    y: f32,
    size: f32,
    words: Vec<Word>,
}

impl Group {
    fn takes(&self, word: &Word) -> bool {
        let size = self.size.max(word.size);
        let lower = word.y - self.y;
        let on_line = lower.abs() < 0.18 * size;
        // Raised numbers come first when words are sorted by height, lowered ones last.
        let under_raised = word.size > 1.2 * self.size && lower > 0.0 && lower < 0.55 * size;
        let lowered = word.size < 0.85 * self.size && lower.abs() < 0.3 * size;
        let overlaps = self
            .words
            .iter()
            .any(|other| word.x0 < other.x1 - 0.3 * size && other.x0 < word.x1 - 0.3 * size);
        on_line || (!overlaps && (under_raised || lowered))
    }

    fn push(&mut self, word: Word) {
        if word.size > self.size {
            self.size = word.size;
            self.y = word.y;
        }
        self.words.push(word);
    }
}

/// Joins single letters with even gaps to words; a clearly wider gap parts two of them.
fn closed_up(words: Vec<Word>) -> Vec<Word> {
    let is_letter = |word: &Word| {
        let mut letters = word.text.chars();
        letters.next().is_some_and(char::is_alphabetic) && letters.all(|mark| ":,.;".contains(mark))
    };
    if words
        .windows(SPACED_LETTERS)
        .all(|few| !few.iter().all(is_letter))
    {
        return words;
    }
    let mut result: Vec<Word> = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while !rest.is_empty() {
        let spaced = rest.iter().take_while(|word| is_letter(word)).count();
        if spaced < SPACED_LETTERS {
            let plain = spaced.max(1);
            result.extend_from_slice(&rest[..plain]);
            rest = &rest[plain..];
            continue;
        }
        close_up(&rest[..spaced], &mut result);
        rest = &rest[spaced..];
    }
    result
}

fn close_up(letters: &[Word], result: &mut Vec<Word>) {
    let mut gaps: Vec<_> = letters
        .windows(2)
        .map(|pair| pair[1].x0 - pair[0].x1)
        .collect();
    gaps.sort_by(f32::total_cmp);
    let usual = gaps.get(gaps.len() / 3).copied().unwrap_or(0.0).max(0.5);
    let mut right = f32::MIN;
    for letter in letters {
        match result.last_mut() {
            Some(word) if right > f32::MIN && letter.x0 - right < SPACED_WORD_GAP * usual => {
                word.text.push_str(&letter.text);
                word.x1 = letter.x1;
            }
            _ => result.push(letter.clone()),
        }
        right = letter.x1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x0: f32, y: f32, size: f32) -> Word {
        let x1 = x0 + text.chars().count() as f32 * 0.5 * size;
        Word {
            text: text.to_owned(),
            x0,
            x1,
            y,
            size,
            bold: false,
        }
    }

    fn check(words: Vec<Word>, expected: &[&str]) {
        let found: Vec<_> = rows(words).iter().map(Row::text).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn words_on_one_base_line_are_one_row_from_left_to_right() {
        check(
            vec![
                word("Länder", 40.0, 100.2, 10.0),
                word("Die", 10.0, 100.0, 10.0),
                word("bitten", 10.0, 112.0, 10.0),
            ],
            &["Die Länder", "bitten"],
        );
    }

    #[test]
    fn raised_numbers_stay_with_their_row() {
        check(
            vec![
                word("Bund", 10.0, 100.0, 10.0),
                word("1", 31.0, 96.0, 6.0),
                word("oben", 10.0, 88.0, 10.0),
            ],
            &["oben", "Bund 1"],
        );
    }

    #[test]
    fn wide_gaps_part_segments() {
        let row = Row::new(vec![
            word("Votum", 100.0, 1.0, 10.0),
            word("Land", 10.0, 1.0, 10.0),
        ]);
        assert_eq!(row.segments.len(), 2);
        assert_eq!((row.x0(), row.x1()), (10.0, 125.0));
    }

    #[test]
    fn spaced_letters_close_up_to_words() {
        let letters = |text: &str, mut x: f32| -> Vec<Word> {
            text.chars()
                .map(|letter| {
                    x += if letter == ' ' { 6.0 } else { 8.0 };
                    word(&letter.to_string(), x, 1.0, 10.0)
                })
                .filter(|word| word.text != " ")
                .collect()
        };
        check(letters("Großer Antrag", 0.0), &["Großer Antrag"]);
        check(letters("abc", 0.0), &["a b c"]);
    }
}
