//! The part of a page that holds its main text.
//!
//! Marked by an element first, then by a name, then by where the text lies densest.

use std::ops::Range;

use super::frame::{is_main, is_named_content};
use super::tree::{Content, Tree};

/// A place of less text is an empty shell that a script would fill.
const LEAST_TEXT_BYTES: usize = 20;
/// The densest part holds at least this share (in percent) of the text of the page.
const SHARE_OF_DENSEST: usize = 75;

/// Text of one subtree.
#[derive(Debug, Clone, Copy, Default)]
struct Score {
    text: usize,
    headings: usize,
}

/// Returns the range of nodes that holds the main text.
pub(super) fn main(tree: &Tree, kept: &[bool]) -> Range<usize> {
    let scores = Scores::of(tree, kept);
    let marked = |position: usize| tree.element(position).is_some_and(is_main);
    let article = |position: usize| tree.element(position).is_some_and(|e| e.name == "article");
    let by_id = |position: usize| {
        tree.element(position)
            .is_some_and(|e| is_named_content(&e.id))
    };
    let by_class = |position: usize| {
        tree.element(position)
            .is_some_and(|e| is_named_content(&e.classes))
    };
    let tests: [&dyn Fn(usize) -> bool; 4] = [&marked, &by_id, &by_class, &article];
    for test in tests {
        let found = (0..tree.nodes.len()).filter(|&position| kept[position] && test(position));
        if let Some(position) = scores.best(tree, found) {
            return position..tree.nodes[position].end;
        }
    }
    scores.densest(tree)
}

/// Running sums, so that any subtree is measured by a subtraction.
struct Scores(Vec<Score>);

impl Scores {
    fn of(tree: &Tree, kept: &[bool]) -> Self {
        let mut sums = vec![Score::default(); tree.nodes.len() + 1];
        let mut link_until = 0;
        for (position, node) in tree.nodes.iter().enumerate() {
            let mut sum = sums[position];
            match &node.content {
                Content::Text(text) if kept[position] => {
                    // A link counts little: lists of links are rarely what a page says.
                    let length = text.trim().len();
                    sum.text += if position < link_until {
                        length / 4
                    } else {
                        length
                    };
                }
                Content::Text(_) => {}
                Content::Element(element) => {
                    if element.name == "a" {
                        link_until = link_until.max(node.end);
                    }
                    sum.headings += usize::from(kept[position] && element.name == "h1");
                }
            }
            sums[position + 1] = sum;
        }
        Self(sums)
    }

    fn score(&self, inside: Range<usize>) -> Score {
        let (from, to) = (self.0[inside.start], self.0[inside.end]);
        Score {
            text: to.text - from.text,
            headings: to.headings - from.headings,
        }
    }

    /// Of several places the one with the main heading, then the one with most text.
    ///
    /// Of nested places the inner one wins if it loses nothing that counts.
    fn best(&self, tree: &Tree, found: impl Iterator<Item = usize>) -> Option<usize> {
        let rank = |position: usize| {
            let score = self.score(position..tree.nodes[position].end);
            (score.headings.min(1), score.text)
        };
        let mut best: Option<usize> = None;
        for position in found.filter(|&position| rank(position).1 >= LEAST_TEXT_BYTES) {
            let better = best.is_none_or(|best| rank(position) >= rank(best));
            if better {
                best = Some(position);
            }
        }
        best
    }

    /// Goes down from the whole page as long as one child holds nearly all of the text.
    fn densest(&self, tree: &Tree) -> Range<usize> {
        let mut region = 0..tree.nodes.len();
        let all = self.score(region.clone());
        let mut position = 0;
        while position < region.end {
            let inside = position..tree.nodes[position].end;
            let score = self.score(inside.clone());
            let dense = score.text * 100 >= all.text * SHARE_OF_DENSEST;
            let heads = score.headings >= all.headings.min(1);
            let holds_blocks = inside.len() > 2 && tree.element(position).is_some();
            if dense && heads && holds_blocks {
                region = inside;
                position += 1;
            } else {
                position = inside.end;
            }
        }
        region
    }
}
