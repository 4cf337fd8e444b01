//! The stretch of a paragraph that shows the most different words of the query, cut between words.

use std::collections::BTreeSet;
use std::ops::Range;

use super::marker::Found;
use super::marks;
use crate::Highlighted;

/// An excerpt is about so long.
const WINDOW_BYTES: usize = 260;
/// A paragraph that is hardly longer is shown whole.
const WHOLE_BYTES: usize = 340;
/// So much stands before the first mark.
const LEAD_BYTES: usize = 60;

/// An excerpt and how many different words of the query are marked in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub text: Highlighted,
    pub words: usize,
}

/// Cuts an excerpt. Where text is left out at an end, an ellipsis stands instead.
pub(super) fn excerpt(text: &str, found: &[Found]) -> Excerpt {
    let window = if text.len() <= WHOLE_BYTES {
        0..text.len()
    } else {
        window(text, found)
    };
    let inside: Vec<Found> = found
        .iter()
        .filter(|found| window.start <= found.range.start && found.range.end <= window.end)
        .cloned()
        .collect();
    let words: BTreeSet<usize> = inside.iter().map(|found| found.word).collect();
    let before = if window.start > 0 { "… " } else { "" };
    let after = if window.end < text.len() { " …" } else { "" };
    let shown = format!("{before}{}{after}", &text[window.clone()]);
    let moved = |range: Range<usize>| {
        let by = |offset: usize| offset - window.start + before.len();
        by(range.start)..by(range.end)
    };
    let marks = marks(&inside).into_iter().map(moved).collect();
    Excerpt {
        text: Highlighted { text: shown, marks },
        words: words.len(),
    }
}

/// The window that begins shortly before the mark from which the most different words are in reach.
fn window(text: &str, found: &[Found]) -> Range<usize> {
    let mut sorted: Vec<&Found> = found.iter().collect();
    sorted.sort_by_key(|found| (found.range.start, found.range.end));
    let reach = WINDOW_BYTES - LEAD_BYTES;
    let mut best = (0, 0);
    let mut end = 0;
    let mut counts = std::collections::BTreeMap::new();
    for (start, first) in sorted.iter().enumerate() {
        while let Some(next) = sorted.get(end)
            && next.range.end <= first.range.start + reach
        {
            *counts.entry(next.word).or_insert(0_usize) += 1;
            end += 1;
        }
        if counts.len() > best.0 {
            best = (counts.len(), first.range.start);
        }
        // What leaves the window on the left is counted out, if it was counted in.
        if start < end
            && let Some(count) = counts.get_mut(&first.word)
        {
            *count -= 1;
            if *count == 0 {
                counts.remove(&first.word);
            }
        }
        end = end.max(start + 1);
    }
    let long = sorted
        .iter()
        .find(|found| found.range.start == best.1)
        .map_or(0, |found| found.range.len());
    let start = word_start(text, best.1.saturating_sub(LEAD_BYTES));
    start..word_end(text, (start + WINDOW_BYTES).max(best.1 + long))
}

/// Moves to the beginning of the next word, unless this is the beginning of the text.
fn word_start(text: &str, offset: usize) -> usize {
    if offset == 0 {
        return 0;
    }
    let offset = text.floor_char_boundary(offset);
    let space = text[offset..]
        .char_indices()
        .find(|(_, character)| character.is_whitespace());
    match space {
        Some((length, character)) if length < LEAD_BYTES => offset + length + character.len_utf8(),
        _ => offset,
    }
}

/// Moves back to the end of a word, unless this is the end of the text.
fn word_end(text: &str, offset: usize) -> usize {
    if offset >= text.len() {
        return text.len();
    }
    let offset = text.floor_char_boundary(offset);
    let rest = &text[offset..];
    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
    if length < LEAD_BYTES {
        offset + length
    } else {
        text.ceil_char_boundary(offset)
    }
}
