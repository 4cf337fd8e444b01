//! Rows to lines of text: what stands in them, between which edges, and how it looks.

use super::columns::Zone;
use super::rows::{Row, Segment};
use super::words::Word;
use crate::document::hyphens::ends_with_hyphen;
use crate::document::mending::mend;
use crate::document::text::{normalise, squeeze};
use crate::document::vocabulary::Vocabulary;

/// A line of text in the order of reading.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Its text in normal form.
    pub text: String,
    /// The segments it was put together from.
    pub segments: Vec<Segment>,
    /// Left edge.
    pub x0: f32,
    /// Right edge.
    pub x1: f32,
    /// Base line.
    pub y: f32,
    /// The largest font size in it.
    pub size: f32,
    /// True if its first word is bold.
    pub starts_bold: bool,
    /// True if all its words are bold.
    pub all_bold: bool,
    /// Width of its first word.
    pub first_width: f32,
    /// Left edge of its column.
    pub left: f32,
    /// Right edge of its column.
    pub right: f32,
}

impl Line {
    /// Makes a line of a row between the edges of its column.
    pub(super) fn new(row: Row, left: f32, right: f32) -> Self {
        let text = squeeze(&normalise(&row.text()));
        let all_bold = is_all_bold(&row);
        let first = row.words().next().cloned();
        Self {
            starts_bold: first.as_ref().is_some_and(|word| word.bold),
            first_width: first.map_or(0.0, |word| word.x1 - word.x0),
            all_bold,
            x0: row.x0(),
            x1: row.x1(),
            y: row.y,
            size: row.size,
            text,
            segments: row.segments,
            left,
            right,
        }
    }

    /// Tells whether the line ends so early that the first word of the next one would have fitted.
    pub(super) fn ends_early_before(&self, next: &Self) -> bool {
        let space = 0.3 * self.size;
        self.x1 + space + next.first_width < self.right.min(next.right) - 0.15 * self.size
    }
}

fn is_all_bold(row: &Row) -> bool {
    let says_something = |word: &&Word| word.text.chars().any(char::is_alphanumeric);
    let mut speaking = row.words().filter(says_something).peekable();
    speaking.peek().is_some() && speaking.all(|word| word.bold)
}

/// Makes the lines of all zones, in the order of reading.
pub(super) fn lines(zones: Vec<Zone>) -> Vec<Line> {
    let mut lines = Vec::new();
    for zone in zones {
        let (left, right) = (zone.left, zone.right);
        lines.extend(zone.rows.into_iter().map(|row| Line::new(row, left, right)));
    }
    lines.retain(|line| !line.text.is_empty());
    lines
}

/// Repairs the damage inside the lines with the words of the whole document.
///
/// The second half of a word divided at the line end before is left alone.
pub(super) fn mend_lines(pages: &mut [Vec<Line>], vocabulary: &Vocabulary) {
    let mut divided = false;
    for line in pages.iter_mut().flatten() {
        let halves = line.text.split_once(' ').filter(|_| divided);
        divided = ends_with_hyphen(&line.text);
        line.text = match halves {
            Some((half, rest)) => format!("{half} {}", mend(rest, vocabulary)),
            None => mend(&line.text, vocabulary),
        };
    }
}

/// How a document is set on the whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    /// Font size of most letters.
    pub size: f32,
    /// Distance of base lines inside a paragraph, in parts of the font size.
    pub leading: f32,
}

impl Setting {
    /// Measures all pages.
    pub(super) fn of(pages: &[Vec<Line>]) -> Self {
        let sizes = pages
            .iter()
            .flatten()
            .map(|line| (line.size, line.text.len()));
        let size = most_frequent(sizes, 0.25).unwrap_or(10.0);
        let mut distances = Vec::new();
        for lines in pages {
            for pair in lines.windows(2) {
                let ratio = (pair[1].y - pair[0].y) / pair[0].size;
                let alike = (pair[1].size - pair[0].size).abs() < 0.5;
                if alike && (0.8..2.6).contains(&ratio) {
                    distances.push((ratio, 1));
                }
            }
        }
        Self {
            size,
            leading: most_frequent(distances.into_iter(), 0.05).unwrap_or(1.2),
        }
    }
}

/// The value around which most of the weight lies.
fn most_frequent(values: impl Iterator<Item = (f32, usize)>, step: f32) -> Option<f32> {
    let mut counts = std::collections::BTreeMap::<i64, usize>::new();
    for (value, weight) in values {
        *counts.entry((value / step).round() as i64).or_default() += weight;
    }
    let (bucket, _) = counts
        .into_iter()
        .max_by_key(|(bucket, weight)| (*weight, -bucket))?;
    Some(bucket as f32 * step)
}

/// Lines of invented cells, one line 12 points below the other, each letter 5 points wide.
#[cfg(test)]
pub(super) fn lines_of(cells: &[&[(f32, &str)]]) -> Vec<Line> {
    let word = |line: usize, x0: f32, text: &str| Word {
        text: text.to_owned(),
        x0,
        x1: x0 + 5.0 * text.chars().count() as f32,
        y: 12.0 * (line + 1) as f32,
        size: 10.0,
        bold: false,
    };
    let row = |(line, cells): (usize, &&[(f32, &str)])| {
        let mut words = Vec::new();
        for (mut x, text) in cells.iter().copied() {
            for part in text.split(' ') {
                words.push(word(line, x, part));
                x += 5.0 * part.chars().count() as f32 + 3.0;
            }
        }
        Row::new(words)
    };
    let rows: Vec<_> = cells.iter().enumerate().map(row).collect();
    rows.into_iter()
        .map(|row| Line::new(row, 50.0, 500.0))
        .collect()
}
