//! The order of reading: columns beside each other are read one after the other.
//!
//! A gutter is a place that no row crosses while long lines end before it and begin after it;
//! tables and lists of page numbers have short cells and stay rows.

use super::rows::{Row, rows};
use super::words::Word;

/// So many long lines must stand on each side of a gutter.
const LEAST_LONG_LINES: usize = 4;
/// A line is long if it fills this share of its column.
const LONG_SHARE: f32 = 0.55;
/// Columns inside columns are looked for this deep.
const DEEPEST: usize = 3;
/// Gutters are looked for at this distance in points.
const STEP: f32 = 3.0;

/// Rows that are read one after the other, and the edges they are set between.
#[derive(Debug, Clone)]
pub(super) struct Zone {
    /// The rows from top to bottom.
    pub rows: Vec<Row>,
    /// Left edge of the column.
    pub left: f32,
    /// Right edge of the column.
    pub right: f32,
}

impl Zone {
    fn new(rows: Vec<Row>) -> Self {
        let left = rows.iter().map(Row::x0).fold(f32::MAX, f32::min);
        let mut ends: Vec<_> = rows.iter().map(Row::x1).collect();
        ends.sort_by(f32::total_cmp);
        // One overlong line must not make all others look short.
        let right = ends.get((ends.len() * 19 / 20).min(ends.len().saturating_sub(1)));
        let right = right.copied().unwrap_or(0.0);
        Self { rows, left, right }
    }
}

/// Cuts rows into zones in the order of reading.
pub(super) fn zones(rows: Vec<Row>) -> Vec<Zone> {
    let mut result = Vec::new();
    cut(rows, DEEPEST, &mut result);
    result
}

/// A gutter and the rows along it.
struct Gutter {
    x: f32,
    first: usize,
    end: usize,
    lines: usize,
}

fn cut(rows: Vec<Row>, depth: usize, result: &mut Vec<Zone>) {
    let gutter = if depth > 0 { best_gutter(&rows) } else { None };
    let Some(gutter) = gutter else {
        if !rows.is_empty() {
            result.push(Zone::new(rows));
        }
        return;
    };
    let mut above = rows;
    let below = above.split_off(gutter.end);
    let beside = above.split_off(gutter.first);
    cut(above, depth - 1, result);
    let (left, right) = halves(beside, gutter.x);
    cut(left, depth - 1, result);
    cut(right, depth - 1, result);
    cut(below, depth - 1, result);
}

/// Parts the words on both sides of a gutter and gathers each side into rows of its own.
fn halves(beside: Vec<Row>, x: f32) -> (Vec<Row>, Vec<Row>) {
    let words = beside
        .into_iter()
        .flat_map(|row| row.segments)
        .flat_map(|segment| segment.words);
    let (left, right): (Vec<Word>, Vec<Word>) = words.partition(|word| word.x0 < x);
    (rows(left), rows(right))
}

fn best_gutter(rows: &[Row]) -> Option<Gutter> {
    if rows.len() < LEAST_LONG_LINES {
        return None;
    }
    let left = rows.iter().map(Row::x0).fold(f32::MAX, f32::min);
    let right = rows.iter().map(Row::x1).fold(f32::MIN, f32::max);
    let mut best: Option<Gutter> = None;
    let mut x = left + 0.2 * (right - left);
    while x < right - 0.2 * (right - left) {
        if let Some(gutter) = longest_gutter(rows, x)
            && best.as_ref().is_none_or(|best| gutter.lines > best.lines)
        {
            best = Some(gutter);
        }
        x += STEP;
    }
    best
}

/// The run of rows along a gutter with the most long lines on its poorer side.
fn longest_gutter(rows: &[Row], x: f32) -> Option<Gutter> {
    let mut best: Option<Gutter> = None;
    let mut first = 0;
    for end in 0..=rows.len() {
        let crossed = rows.get(end).is_none_or(|row| crosses(row, x));
        if !crossed {
            continue;
        }
        if let Some(gutter) = gutter(rows, first, end, x)
            && best.as_ref().is_none_or(|best| gutter.lines > best.lines)
        {
            best = Some(gutter);
        }
        first = end + 1;
    }
    best
}

fn gutter(rows: &[Row], first: usize, end: usize, x: f32) -> Option<Gutter> {
    let along = rows.get(first..end)?;
    let segments = || along.iter().flat_map(|row| &row.segments);
    let left_edge = segments()
        .map(|segment| segment.x0)
        .fold(f32::MAX, f32::min);
    let right_edge = segments()
        .map(|segment| segment.x1)
        .fold(f32::MIN, f32::max);
    let long = |row: &&Row, from: f32, to: f32| {
        let inside = row
            .words()
            .filter(|word| word.x0 >= from - 1.0 && word.x1 <= to + 1.0);
        let filled: f32 = inside
            .map(|word| word.x1 - word.x0 + 0.25 * word.size)
            .sum();
        filled > LONG_SHARE * (to - from)
    };
    let left = along.iter().filter(|row| long(row, left_edge, x)).count();
    let right = along.iter().filter(|row| long(row, x, right_edge)).count();
    let lines = left.min(right);
    // A heading above the columns may end before the gutter: begin where both sides have text.
    let both = |row: &Row| row.x0() < x && row.x1() > x;
    let start = along.iter().position(both).unwrap_or(0);
    (lines >= LEAST_LONG_LINES).then_some(Gutter {
        x,
        first: first + start,
        end,
        lines,
    })
}

fn crosses(row: &Row, x: f32) -> bool {
    row.segments
        .iter()
        .any(|segment| segment.x0 < x && segment.x1 > x)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(text: &str, x0: f32, x1: f32, y: f32) -> Word {
        Word {
            text: text.to_owned(),
            x0,
            x1,
            y,
            size: 10.0,
            bold: false,
        }
    }

    fn check(words: Vec<Word>, expected: &[&[&str]]) {
        let zones = zones(rows(words));
        let texts: Vec<Vec<String>> = zones
            .iter()
            .map(|zone| zone.rows.iter().map(Row::text).collect())
            .collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn columns_are_read_one_after_the_other() {
        let mut words = vec![word("Titel", 50.0, 500.0, 10.0)];
        for line in 1..=5 {
            let y = 20.0 + 12.0 * line as f32;
            words.push(word(&format!("l{line}"), 50.0, 260.0, y));
            words.push(word(&format!("r{line}"), 290.0, 500.0, y + 4.0));
        }
        check(
            words,
            &[
                &["Titel"],
                &["l1", "l2", "l3", "l4", "l5"],
                &["r1", "r2", "r3", "r4", "r5"],
            ],
        );
    }

    #[test]
    fn a_table_with_short_cells_stays_rows() {
        let mut words = Vec::new();
        for line in 1..=5 {
            let y = 12.0 * line as f32;
            words.push(word("Titel", 50.0, 460.0, y));
            words.push(word("7", 490.0, 500.0, y));
        }
        check(words, &[&["Titel 7"; 5]]);
    }

    #[test]
    fn a_page_without_words_has_no_zones() {
        check(Vec::new(), &[]);
    }
}
