//! A block of a web page while it is being put together from pieces of text.

use laendersache_model::{Block, BlockKind, Style};

use super::super::hyphens::append_line;
use super::super::mending::mend;
use super::super::text::squeeze;
use super::super::vocabulary::Vocabulary;

/// A block that is not yet finished.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// What it will be.
    pub kind: Option<BlockKind>,
    /// The number or letter of a list item.
    pub marker: String,
    lines: Vec<String>,
}

impl Draft {
    /// Adds text to the line.
    pub(super) fn push_text(&mut self, text: &str) {
        if self.lines.is_empty() {
            self.lines.push(String::new());
        }
        if let Some(line) = self.lines.last_mut() {
            line.push_str(text);
        }
    }

    /// Begins a new line inside the block.
    pub(super) fn break_line(&mut self) {
        self.lines.push(String::new());
    }

    /// Tells whether an empty line stands at the end, as two line breaks make it.
    pub(super) fn ends_with_empty_line(&self) -> bool {
        self.lines.len() > 1 && self.lines.last().is_some_and(|line| line.trim().is_empty())
    }

    /// Tells whether nothing was said yet.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.iter().all(|line| line.trim().is_empty())
    }

    /// Finishes the block, with the damage of pasted texts repaired.
    pub(super) fn finish(self) -> Option<Block> {
        if self.is_empty() {
            return None;
        }
        let vocabulary = Vocabulary::default();
        let mut text = self.marker;
        let mut line_starts = Vec::new();
        for line in &self.lines {
            let line = squeeze(&line.replace('\u{ad}', ""));
            if line.is_empty() {
                continue;
            }
            let start = append_line(&mut text, &mend(&line, &vocabulary), &vocabulary);
            line_starts.push(if line_starts.is_empty() { 0 } else { start });
        }
        Some(Block {
            kind: self.kind.unwrap_or(BlockKind::Paragraph),
            text,
            line_starts,
            style: Style::default(),
            continues: false,
        })
    }
}
