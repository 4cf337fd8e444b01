//! Tables of contents: lines that end in page numbers, one under the other, with or without leaders.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::lines::Line;
use super::rows::Segment;

/// So many lines with page numbers make a table of contents.
const LEAST_ENTRIES: usize = 3;
/// Page numbers of a part of a document may exceed its pages by this much.
const OTHER_PAGES: usize = 10;
/// An entry runs over at most this many lines.
const LONGEST_ENTRY: usize = 5;
/// Lines set in further than this, in points, continue the entry above.
const INDENT: f32 = 8.0;
/// Page numbers stand in one column within this distance, in points.
const SAME_EDGE: f32 = 3.0;
/// Lines of an entry follow each other within this distance, in parts of the font size.
const ENTRY_LEADING: f32 = 1.35;

/// A page number after a leader, a space, a stray dot or, in a full line, after nothing.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(.*?[^\s.·_…\d])[\s.·_…]*(\d{1,3})$").expect("the pattern is fixed and tested")
});
static LEADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:(?:[.·_]\s?){4,}|…|\.{2,})\s*\d{1,3}$")
        .expect("the pattern is fixed and tested")
});
static HEADER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:TOP|Nr\.|Titel|Thema|Gegenstand|Seite|Berichterstatt\w+)\s*){2,}$")
        .expect("the pattern is fixed and tested")
});

/// One entry of a table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Positions of its lines.
    pub lines: Range<usize>,
    /// Which of them, counted from the first, ends with the page number.
    pub numbered: Option<usize>,
}

/// Where a page stands, as far as its table of contents is concerned.
#[derive(Debug, Clone, Copy)]
pub(super) struct Surroundings {
    /// True if the page before ended with entries.
    pub goes_on: bool,
    /// Number of pages of the document.
    pub pages: usize,
}

/// Finds the entries on a page.
pub(super) fn entries(lines: &[Line], around: Surroundings) -> Vec<Entry> {
    let numbers = numbers(lines);
    let ends: Vec<_> = (0..lines.len())
        .filter(|line| numbers[*line].is_some())
        .collect();
    let mut result = Vec::new();
    let mut first = 0;
    for next in 1..=ends.len() {
        let near = ends
            .get(next)
            .is_some_and(|end| end - ends[next - 1] <= LONGEST_ENTRY);
        if near {
            continue;
        }
        let run = &ends[first..next];
        let at_head = around.goes_on && first == 0;
        let least = if at_head { 1 } else { LEAST_ENTRIES };
        let led = run
            .iter()
            .filter(|line| LEADER.is_match(&lines[**line].text))
            .count();
        let last_page = run
            .iter()
            .filter_map(|line| numbers[*line])
            .max()
            .unwrap_or(0) as usize;
        // Columns of figures count up too; pages without leaders lie inside the document.
        let pages = 2 * led >= run.len() || last_page <= around.pages + OTHER_PAGES;
        if run.len() >= least && counts_up(run, &numbers) && pages {
            result.extend(run_entries(lines, &numbers, run));
        }
        first = next;
    }
    result
}

/// Parts the text of the last line of an entry from its number.
pub(super) fn without_number(text: &str) -> Option<(String, String)> {
    let found = NUMBER.captures(text)?;
    Some((
        found.get(1)?.as_str().to_owned(),
        found.get(2)?.as_str().to_owned(),
    ))
}

/// The page number at the end of each line, where there is one in the common column.
fn numbers(lines: &[Line]) -> Vec<Option<u32>> {
    let leader = |line: &Line| LEADER.is_match(&line.text);
    let strong = || {
        lines
            .iter()
            .filter(|line| leader(line) || stands_apart(line))
    };
    let Some(right) = median(strong().map(|line| line.x1)) else {
        return vec![None; lines.len()];
    };
    let left = median(strong().filter(|line| stands_apart(line)).map(last_x0));
    let number = |line: &Line| {
        let in_column = (line.x1 - right).abs() < SAME_EDGE
            || leader(line)
            || left.is_some_and(|x| stands_apart(line) && (last_x0(line) - x).abs() < SAME_EDGE);
        let (_, number) = without_number(&line.text).filter(|_| in_column)?;
        number.parse().ok()
    };
    lines.iter().map(number).collect()
}

/// The number is parted from the text by a gap.
fn stands_apart(line: &Line) -> bool {
    let last = line.segments.last().map(Segment::text).unwrap_or_default();
    let is_number = (1..=3).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_digit());
    line.segments.len() > 1 && is_number
}

fn last_x0(line: &Line) -> f32 {
    line.segments.last().map_or(0.0, |segment| segment.x0)
}

fn median(values: impl Iterator<Item = f32>) -> Option<f32> {
    let mut values: Vec<_> = values.collect();
    values.sort_by(f32::total_cmp);
    values.get(values.len() / 2).copied()
}

fn counts_up(run: &[usize], numbers: &[Option<u32>]) -> bool {
    let falls = run
        .windows(2)
        .filter(|pair| numbers[pair[1]] < numbers[pair[0]])
        .count();
    falls * 10 <= run.len()
}

fn run_entries(lines: &[Line], numbers: &[Option<u32>], run: &[usize]) -> Vec<Entry> {
    let (Some(&first), Some(&last)) = (run.first(), run.last()) else {
        return Vec::new();
    };
    let left = lines[first..=last]
        .iter()
        .map(|line| line.x0)
        .fold(f32::MAX, f32::min);
    let (start, end) = (start(lines, first, left), end(lines, last, left));
    let entry = |lines: Range<usize>| Entry {
        numbered: numbers[lines.clone()].iter().rposition(Option::is_some),
        lines,
    };
    let mut result = Vec::new();
    let header = start
        .checked_sub(1)
        .filter(|above| HEADER.is_match(&lines[*above].text));
    result.extend(header.map(|above| entry(above..start)));
    let mut begin = start;
    for position in start + 1..end {
        let (before, line) = (&lines[position - 1], &lines[position]);
        let begins = if numbers[position - 1].is_some() {
            numbers[position].is_some() || line.x0 <= lines[begin].x0 + INDENT
        } else {
            line.x0 <= left + INDENT / 2.0 && before.x0 > left + INDENT
        };
        if begins {
            result.push(entry(begin..position));
            begin = position;
        }
    }
    result.push(entry(begin..end));
    result
}

/// The first entry may begin some lines above its number.
fn start(lines: &[Line], first: usize, left: f32) -> usize {
    let mut start = first;
    while start > 0 && first - start < LONGEST_ENTRY {
        let (above, line) = (&lines[start - 1], &lines[start]);
        let close = line.y - above.y < ENTRY_LEADING * line.size;
        let alike = (above.size - line.size).abs() < 0.5 && above.all_bold == line.all_bold;
        let hangs = line.x0 > left + INDENT || (first == start && above.x1 > 0.75 * line.right);
        if !close || !alike || !hangs || HEADER.is_match(&above.text) {
            break;
        }
        start -= 1;
    }
    start
}

/// The last entry goes on below its number where the number stands beside its first line.
fn end(lines: &[Line], last: usize, left: f32) -> usize {
    let mut end = last + 1;
    while let Some(below) = lines.get(end) {
        let distance = below.y - lines[end - 1].y;
        let close = distance > 0.0 && distance < ENTRY_LEADING * below.size;
        if !close || below.x0 <= left + INDENT || end - last > LONGEST_ENTRY {
            break;
        }
        end += 1;
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::pdf::lines::lines_of;

    fn check(cells: &[&[(f32, &str)]], expected: &[&str]) {
        let lines = lines_of(cells);
        let around = Surroundings {
            goes_on: false,
            pages: 12,
        };
        let found: Vec<_> = entries(&lines, around)
            .into_iter()
            .map(|entry| {
                let texts: Vec<_> = lines[entry.lines]
                    .iter()
                    .map(|line| line.text.as_str())
                    .collect();
                texts.join(" / ")
            })
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn entries_with_leaders_and_wrapped_titles_are_found() {
        check(
            &[
                &[(50.0, "Inhalt")],
                &[(50.0, "1 Leitantrag.......3")],
                &[(50.0, "2 Ein langer Titel, der")],
                &[(90.0, "umbrochen ist....4")],
                &[(50.0, "3 Verschiedenes...12")],
                &[(50.0, "Die Konferenz tagt.")],
            ],
            &[
                "1 Leitantrag.......3",
                "2 Ein langer Titel, der / umbrochen ist....4",
                "3 Verschiedenes...12",
            ],
        );
    }

    #[test]
    fn numbers_beside_the_first_line_are_found() {
        check(
            &[
                &[(50.0, "TOP"), (120.0, "Titel"), (480.0, "Seite")],
                &[(50.0, "1"), (120.0, "Leitantrag"), (480.0, "3")],
                &[(50.0, "2"), (120.0, "Ein langer Titel"), (480.0, "4")],
                &[(120.0, "mit zwei Zeilen")],
                &[(50.0, "3"), (120.0, "Verschiedenes"), (480.0, "11")],
            ],
            &[
                "TOP Titel Seite",
                "1 Leitantrag 3",
                "2 Ein langer Titel 4 / mit zwei Zeilen",
                "3 Verschiedenes 11",
            ],
        );
    }

    #[test]
    fn columns_of_figures_are_no_contents() {
        check(
            &[
                &[(50.0, "Bayern"), (480.0, "120")],
                &[(50.0, "Berlin"), (480.0, "340")],
                &[(50.0, "Bremen"), (480.0, "566")],
            ],
            &[],
        );
    }

    #[test]
    fn years_at_line_ends_are_no_contents() {
        check(
            &[
                &[(50.0, "seit 2018")],
                &[(50.0, "im Jahr 2017")],
                &[(50.0, "und § 12")],
            ],
            &[],
        );
        assert_eq!(
            without_number("stärken18"),
            Some(("stärken".into(), "18".into()))
        );
        assert_eq!(
            without_number("Titel (2018) . . . . 7"),
            Some(("Titel (2018)".into(), "7".into()))
        );
    }
}
