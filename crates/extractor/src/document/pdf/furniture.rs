//! Running heads, running feet and page numbers: what stands in the same place on many pages.

use std::{collections::HashMap, sync::LazyLock};

use regex::Regex;

use super::rows::Row;

/// So many rows from the top and from the bottom of a page may be furniture.
const EDGE_ROWS: usize = 4;
/// Rows of furniture differ by less than this in height, in points.
const SAME_HEIGHT: f32 = 6.0;
/// Furniture stands on at least this share of the pages, in percent (heads of left and right pages differ).
const LEAST_SHARE: usize = 30;

/// A page number alone or in the forms that protocols use: "- 2 -", "Seite | 2", "2 von 95", "2 / 9".
static PAGE_NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[-–—|·]\s*)?(?:Seite|S\.|Page)?\s*(?:[|:]\s*)?(\d{1,4})\s*(?:(?:von|/|of)\s*\d{1,4})?\s*(?:[-–—|·])?$")
        .expect("the pattern is fixed and tested")
});

/// A row at an edge of a page.
struct EdgeRow {
    page: usize,
    row: usize,
    y: f32,
    numbers: Vec<i64>,
    is_text: bool,
}

impl EdgeRow {
    fn new(page: usize, row: usize, rows: &[Row]) -> Self {
        let text = rows[row].text();
        let numbers = text
            .split(|c: char| !c.is_ascii_digit())
            .filter_map(|n| n.parse().ok());
        Self {
            page,
            row,
            y: rows[row].y,
            numbers: numbers.collect(),
            is_text: text.chars().any(char::is_alphabetic),
        }
    }

    /// Every number is the same on both pages or counts on with them.
    fn agrees_with(&self, other: &Self) -> bool {
        let pages = other.page as i64 - self.page as i64;
        let pairs = self.numbers.iter().zip(&other.numbers);
        let same_height = (self.y - other.y).abs() < SAME_HEIGHT;
        same_height
            && pairs
                .into_iter()
                .all(|(one, two)| two - one == 0 || two - one == pages)
    }
}

/// Returns the positions of the rows of furniture for each page.
pub(super) fn furniture(pages: &[Vec<Row>]) -> Vec<Vec<bool>> {
    let mut marks: Vec<Vec<bool>> = pages.iter().map(|rows| vec![false; rows.len()]).collect();
    let mut groups: HashMap<String, Vec<EdgeRow>> = HashMap::new();
    for (page, rows) in pages.iter().enumerate() {
        for row in edges(rows.len()) {
            let key = key(&rows[row].text());
            groups
                .entry(key)
                .or_default()
                .push(EdgeRow::new(page, row, rows));
        }
    }
    let filled = pages.iter().filter(|rows| !rows.is_empty()).count();
    for group in groups.values() {
        mark_repeated(group, filled, &mut marks);
    }
    mark_page_numbers(pages, &mut marks);
    keep_only_edges(pages, &mut marks);
    marks
}

fn edges(count: usize) -> impl Iterator<Item = usize> {
    (0..count).filter(move |row| *row < EDGE_ROWS || row + EDGE_ROWS >= count)
}

/// The text with all numbers alike, so that counting feet look the same.
fn key(text: &str) -> String {
    let mut key = String::with_capacity(text.len());
    let mut number_before = false;
    for letter in text.chars().filter(|letter| !letter.is_whitespace()) {
        let number = letter.is_ascii_digit();
        if !(number && number_before) {
            key.push(if number { '#' } else { letter });
        }
        number_before = number;
    }
    key
}

fn mark_repeated(group: &[EdgeRow], pages: usize, marks: &mut [Vec<bool>]) {
    let least = (pages * LEAST_SHARE / 100).max(if pages <= 3 { 2 } else { 3 });
    for edge in group {
        let same = group.iter().filter(|other| edge.agrees_with(other));
        let mut on_pages: Vec<_> = same.map(|other| other.page).collect();
        on_pages.sort_unstable();
        on_pages.dedup();
        // A mere number repeats by chance; the pattern below decides about those.
        if edge.is_text && on_pages.len() >= least {
            marks[edge.page][edge.row] = true;
        }
    }
}

/// A number at the edge is a page number if it counts on with the pages, or names itself one.
fn mark_page_numbers(pages: &[Vec<Row>], marks: &mut [Vec<bool>]) {
    let mut found = Vec::new();
    let mut offsets: HashMap<i64, usize> = HashMap::new();
    for (page, rows) in pages.iter().enumerate() {
        for row in edges(rows.len()) {
            if let Some(number) = page_number(&rows[row].text()) {
                *offsets.entry(number - page as i64).or_default() += 1;
                found.push((page, row, number));
            }
        }
    }
    for (page, row, number) in found {
        let counts_on = offsets
            .get(&(number - page as i64))
            .is_some_and(|count| *count >= 2);
        let text = pages[page][row].text();
        let names_itself = text.chars().any(char::is_alphabetic) || text.starts_with(['-', '–']);
        if counts_on || (names_itself && pages.len() > 1) {
            marks[page][row] = true;
        }
    }
}

fn page_number(text: &str) -> Option<i64> {
    PAGE_NUMBER
        .captures(text.trim())?
        .get(1)?
        .as_str()
        .parse()
        .ok()
}

/// Furniture lies outside of all other rows: a repeated line between paragraphs is text.
fn keep_only_edges(pages: &[Vec<Row>], marks: &mut [Vec<bool>]) {
    for (rows, marks) in pages.iter().zip(marks) {
        let first = (0..rows.len())
            .find(|row| !marks[*row])
            .unwrap_or(rows.len());
        let last = (0..rows.len()).rev().find(|row| !marks[*row]).unwrap_or(0);
        for (row, mark) in marks.iter_mut().enumerate() {
            *mark &= row < first || row > last;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Word;
    use super::*;

    fn page(lines: &[(&str, f32)]) -> Vec<Row> {
        let row = |(text, y): &(&str, f32)| {
            let word = Word {
                text: (*text).to_owned(),
                x0: 0.0,
                x1: 9.0,
                y: *y,
                size: 9.0,
                bold: false,
            };
            Row::new(vec![word])
        };
        lines.iter().map(row).collect()
    }

    fn check(pages: &[Vec<Row>], expected: &[&[bool]]) {
        assert_eq!(furniture(pages), expected);
    }

    #[test]
    fn repeated_heads_and_counting_feet_are_furniture() {
        let pages: Vec<_> = (1..=5)
            .map(|number| {
                let foot = format!("Seite | {number}");
                let body = format!("Text der {}", "x".repeat(number));
                page(&[("16. IntMK", 20.0), (&body, 100.0), (&foot, 800.0)])
            })
            .collect();
        check(&pages, &[&[true, false, true][..]; 5]);
    }

    #[test]
    fn a_number_that_does_not_count_on_is_text() {
        let pages = [
            page(&[("eins", 1.0), ("2018", 9.0)]),
            page(&[("zwei", 1.0), ("12", 9.0)]),
        ];
        check(&pages, &[&[false, false], &[false, false]]);
    }

    #[test]
    fn headings_that_only_differ_in_their_number_are_text() {
        let pages: Vec<_> = [1, 2, 5, 9]
            .map(|top| page(&[(&format!("TOP 2.{top}"), 20.0), (&"x".repeat(top), 90.0)]))
            .into();
        check(&pages, &[&[false, false][..]; 4]);
    }

    #[test]
    fn page_numbers_are_read_in_all_their_forms() {
        for text in [
            "2",
            "- 2 -",
            "Seite | 2",
            "Seite 2 von 95",
            "2 von 95",
            "2 / 9",
            "– 2 –",
        ] {
            assert_eq!(page_number(text), Some(2), "{text}");
        }
        for text in ["2.1", "TOP 2", "2 Länder", "2018-2019", ""] {
            assert_eq!(page_number(text), None, "{text}");
        }
    }

    #[test]
    fn a_repeated_line_inside_the_text_is_text() {
        let pages: Vec<_> = (1..=4)
            .map(|number| {
                page(&[
                    (&"a".repeat(number), 1.0),
                    ("Beschluss:", 20.0),
                    (&"b".repeat(number), 30.0),
                ])
            })
            .collect();
        check(&pages, &[&[false; 3][..]; 4]);
    }
}
