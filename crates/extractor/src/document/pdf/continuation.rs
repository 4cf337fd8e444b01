//! Paragraphs that go on over the end of a page.
//!
//! A word divided there is put together on the page where it begins.

use laendersache_model::{Block, BlockKind, Page};

use super::lines::Line;
use super::paragraphs::goes_on_elsewhere;
use crate::document::hyphens::{append_line, ends_with_hyphen};
use crate::document::vocabulary::Vocabulary;

/// Marks what goes on; `edges` holds the first and last line of text of each page.
pub(super) fn mark(pages: &mut [Page], lines: &[Vec<Line>], vocabulary: &Vocabulary) {
    for next in 1..pages.len() {
        let (before, after) = pages.split_at_mut(next);
        let (Some(page), Some(following)) = (before.last_mut(), after.first_mut()) else {
            continue;
        };
        let (Some(last), Some(first)) = (lines[next - 1].last(), lines[next].first()) else {
            continue;
        };
        let ends = page
            .blocks
            .iter_mut()
            .rev()
            .find(|block| block.kind != BlockKind::Furniture);
        let begins = following
            .blocks
            .iter_mut()
            .find(|block| block.kind != BlockKind::Furniture);
        if let (Some(ends), Some(begins)) = (ends, begins)
            && runs(ends)
            && begins.kind == BlockKind::Paragraph
            && goes_on_elsewhere(last, first)
        {
            begins.continues = true;
            if ends_with_hyphen(&ends.text) {
                put_together(ends, begins, vocabulary);
            }
        }
    }
}

fn runs(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem)
}

/// Moves the second half of a divided word to the first.
fn put_together(ends: &mut Block, begins: &mut Block, vocabulary: &Vocabulary) {
    let length = begins.text.find(' ').unwrap_or(begins.text.len());
    let half = begins.text[..length].to_owned();
    let rest = begins.text[length..].trim_start().to_owned();
    let mut text = ends.text.clone();
    append_line(&mut text, &half, vocabulary);
    if text.ends_with(&format!(" {half}")) || rest.is_empty() {
        // A suspended compound is whole already; and no block may become empty.
        return;
    }
    let moved = begins.text.len() - rest.len();
    for start in &mut begins.line_starts {
        *start = start.saturating_sub(moved);
    }
    begins.line_starts.dedup();
    begins.text = rest;
    ends.text = text;
}
