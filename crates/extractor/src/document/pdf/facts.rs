//! Small tables of facts: labels beside each other, their values below in cells of several lines.

use std::ops::Range;

use super::labels::{is_field, starts_with_label};
use super::lines::Line;

/// Cells begin within this distance of the head of their column, in points.
const SAME_COLUMN: f32 = 5.0;
/// A table of facts has at most this many lines.
const MOST_LINES: usize = 12;
/// Lines of a cell follow each other within this distance, in parts of the font size.
const CELL_LEADING: f32 = 1.3;
/// The first value stands within this distance of its label, in parts of the font size.
const HEAD_LEADING: f32 = 2.2;

/// A table of facts: its lines and the columns' texts, head first.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Facts {
    /// Positions of its lines.
    pub lines: Range<usize>,
    /// The lines of each column, head first.
    pub columns: Vec<Vec<String>>,
}

/// Returns the table of facts that begins at a line.
pub(super) fn facts(lines: &[Line], first: usize) -> Option<Facts> {
    let head = lines.get(first)?;
    let heads: Vec<_> = head
        .segments
        .iter()
        .map(super::rows::Segment::text)
        .collect();
    let bare = heads
        .iter()
        .all(|text| is_field(text) && !text.ends_with(':'));
    if !bare || heads.is_empty() {
        return None;
    }
    let edges: Vec<_> = head.segments.iter().map(|segment| segment.x0).collect();
    let mut columns: Vec<_> = heads.into_iter().map(|text| vec![text]).collect();
    let mut end = first + 1;
    while let Some(line) = lines.get(end) {
        let leading = if end == first + 1 {
            HEAD_LEADING
        } else {
            CELL_LEADING
        };
        let distance = line.y - lines[end - 1].y;
        let close = distance > 0.0 && distance < leading * line.size;
        if !close || end - first > MOST_LINES || starts_with_label(&line.text) {
            break;
        }
        let Some(cells) = cells(line, &edges) else {
            break;
        };
        for (column, cell) in columns.iter_mut().zip(cells) {
            if !cell.is_empty() {
                column.push(cell);
            }
        }
        end += 1;
    }
    // A label alone on its line is a heading of what follows, unless values stand in its cell.
    let enough = end > first + 1 && (columns.len() > 1 || end - first <= 4);
    enough.then_some(Facts {
        lines: first..end,
        columns,
    })
}

/// Parts the words of a line among the columns; `None` if they do not keep to them.
fn cells(line: &Line, edges: &[f32]) -> Option<Vec<String>> {
    let mut cells = vec![String::new(); edges.len()];
    for word in line.segments.iter().flat_map(|segment| &segment.words) {
        let column = edges
            .iter()
            .rposition(|edge| word.x0 > edge - SAME_COLUMN)?;
        let cell = &mut cells[column];
        if cell.is_empty() && (word.x0 - edges[column]).abs() > SAME_COLUMN {
            return None;
        }
        if edges.get(column + 1).is_some_and(|next| word.x1 > *next) {
            return None;
        }
        if !cell.is_empty() {
            cell.push(' ');
        }
        cell.push_str(&word.text);
    }
    Some(cells)
}
