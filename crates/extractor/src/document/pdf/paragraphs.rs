//! Lines to paragraphs: where one ends and the next begins.

use super::labels::{is_marker, starts_with_item, starts_with_label, starts_with_marker};
use super::lines::{Line, Setting};

/// A larger step than this, compared with the usual one, parts paragraphs.
const GAP: f32 = 1.22;
/// Edges closer than this, in points, are the same edge.
const SAME_EDGE: f32 = 3.0;
/// Sizes that differ by more than this share belong to different paragraphs.
const SIZE_CHANGE: f32 = 0.08;

/// The lines of a paragraph that is being put together.
#[derive(Debug, Default, Clone)]
pub(super) struct Draft<'l> {
    /// The lines so far.
    pub lines: Vec<&'l Line>,
}

impl<'l> Draft<'l> {
    /// Tells whether a line begins the next paragraph.
    pub(super) fn ends_before(&self, line: &Line, setting: &Setting) -> bool {
        let (Some(first), Some(last)) = (self.lines.first(), self.lines.last()) else {
            return false;
        };
        if starts_with_label(&line.text) || self.is_mere_label() {
            return true;
        }
        let other_column = line.y <= last.y || (line.left - last.left).abs() > 40.0;
        if other_column {
            return !goes_on_elsewhere(last, line);
        }
        if starts_with_item(&line.text)
            && (line.starts_bold != last.starts_bold || last.ends_early_before(line))
        {
            return true;
        }
        let distance = (line.y - last.y) / last.size.max(line.size);
        let change = (line.size - last.size).abs() / last.size;
        if distance > setting.leading.max(self.leading()) * GAP || change > SIZE_CHANGE {
            return true;
        }
        // In a paragraph that begins bold the bold may end anywhere but with the line.
        let weight_changes = last.all_bold != line.all_bold
            && (self.lines.iter().all(|line| line.all_bold) || line.all_bold);
        if weight_changes && (last.ends_early_before(line) || last.all_bold) {
            return true;
        }
        if is_centred(last) && is_centred(line) {
            return false;
        }
        self.ends_by_place(first, last, line)
    }

    fn ends_by_place(&self, first: &Line, last: &Line, line: &Line) -> bool {
        let marker = has_marker(line);
        let inner = self.lines.get(1).map(|second| second.x0);
        if marker && begins_item(last, line, inner) {
            return true;
        }
        if last.ends_early_before(line) {
            return true;
        }
        let moved = |x0: f32| (line.x0 - x0).abs() > SAME_EDGE;
        match inner {
            // Hanging and indented paragraphs alike keep to the edge of their second line.
            Some(inner) => moved(inner),
            None if has_marker(first) || starts_with_label(&first.text) => {
                line.x0 < first.x0 - SAME_EDGE
            }
            // After a first line that is set in the next one steps out; it steps in below a full one only.
            None => line.x0 > first.x0 + SAME_EDGE && is_closed(first),
        }
    }

    /// The usual step inside this paragraph, so that double-spaced text stays together.
    fn leading(&self) -> f32 {
        match self.lines.as_slice() {
            [first, second, ..] if second.y > first.y => (second.y - first.y) / second.size,
            _ => 0.0,
        }
    }

    fn is_mere_label(&self) -> bool {
        let [line] = self.lines.as_slice() else {
            return false;
        };
        line.text.ends_with(':') && starts_with_label(&line.text)
    }
}

/// A marker that a tab sets apart, or one at the beginning of the text.
fn has_marker(line: &Line) -> bool {
    starts_with_marker(&line.text) || is_marker_alone(line)
}

fn is_marker_alone(line: &Line) -> bool {
    line.segments.first().is_some_and(|segment| {
        segment.words.len() <= 2 && line.segments.len() > 1 && is_marker(&segment.text())
    })
}

/// A number at the beginning of a line is a marker if the place or the line before speaks for it.
fn begins_item(last: &Line, line: &Line, inner: Option<f32>) -> bool {
    let closed = last
        .text
        .ends_with(['.', ':', ';', ',', '!', '?', '“', '"', ')']);
    let apart = line.segments.len() > 1 || tab_after_marker(line);
    let stepped = inner.is_some_and(|inner| (line.x0 - inner).abs() > SAME_EDGE);
    apart || stepped || last.ends_early_before(line) || (closed && !last.text.ends_with(" vom"))
}

/// Tells whether a line ends like the end of a sentence.
fn is_closed(line: &Line) -> bool {
    line.text.ends_with(['.', ':', ';', '!', '?', '“'])
}

/// A gap after the first word that is wider than those between the others.
fn tab_after_marker(line: &Line) -> bool {
    let words: Vec<_> = line
        .segments
        .iter()
        .flat_map(|segment| &segment.words)
        .collect();
    let gaps: Vec<_> = words
        .windows(2)
        .map(|pair| pair[1].x0 - pair[0].x1)
        .collect();
    let Some((first, others)) = gaps.split_first() else {
        return false;
    };
    let widest = others.iter().copied().fold(0.25 * line.size, f32::max);
    *first > 1.4 * widest
}

/// Both edges are equally far from the edges of the column.
fn is_centred(line: &Line) -> bool {
    let (left, right) = (line.x0 - line.left, line.right - line.x1);
    left > 3.0 * SAME_EDGE && (left - right).abs() < 2.0 * SAME_EDGE
}

/// Tells whether a paragraph goes on at the head of the next column or page.
pub(super) fn goes_on_elsewhere(last: &Line, line: &Line) -> bool {
    let labelled = starts_with_label(&line.text) || starts_with_item(&line.text);
    if labelled || has_marker(line) || line.all_bold != last.all_bold {
        return false;
    }
    if (line.size - last.size).abs() / last.size > SIZE_CHANGE {
        return false;
    }
    let divided = super::super::hyphens::ends_with_hyphen(&last.text);
    let full = !last.ends_early_before(line);
    let closed = is_closed(last);
    let small = line.text.starts_with(char::is_lowercase);
    divided || (full && (!closed || small)) || (small && !closed)
}
