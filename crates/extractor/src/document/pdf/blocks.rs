//! Lines to blocks: paragraphs, headings, list items, entries of contents and footnotes.

use laendersache_model::{Block, BlockKind, Style};

use super::contents::{Entry, Surroundings, entries, without_number};
use super::facts::facts;
use super::labels::{is_marker, starts_with_label, starts_with_marker};
use super::lines::{Line, Setting};
use super::paragraphs::Draft;
use crate::document::hyphens::append_line;
use crate::document::text::{normalise, squeeze};
use crate::document::vocabulary::Vocabulary;

/// Text larger than the usual by this share is a heading.
const HEADING_SIZE: f32 = 1.1;
/// Text smaller than the usual by this share at the foot of a page is a footnote.
const FOOTNOTE_SIZE: f32 = 0.88;
/// A heading has at most this many lines.
const LONGEST_HEADING: usize = 5;
/// Cells of following rows begin within this distance, in points.
const SAME_COLUMN: f32 = 4.0;

/// Builds the blocks of pages one after the other.
#[derive(Debug)]
pub(super) struct Blocks<'v> {
    vocabulary: &'v Vocabulary,
    setting: Setting,
    contents: Surroundings,
}

impl<'v> Blocks<'v> {
    /// Prepares for the pages of one document.
    pub(super) fn new(vocabulary: &'v Vocabulary, setting: Setting, pages: usize) -> Self {
        let contents = Surroundings {
            goes_on: false,
            pages,
        };
        Self {
            vocabulary,
            setting,
            contents,
        }
    }

    /// Returns the blocks of the next page.
    pub(super) fn page(&mut self, lines: &[Line]) -> Vec<Block> {
        let entries = entries(lines, self.contents);
        let reaches_end = entries
            .last()
            .is_some_and(|entry| entry.lines.end == lines.len());
        self.contents.goes_on = reaches_end;
        let mut blocks = Vec::new();
        let mut draft = Draft::default();
        let mut position = 0;
        while let Some(line) = lines.get(position) {
            let special = self.special(lines, position, &entries);
            if let Some((special, end)) = special {
                blocks.extend(self.finish(&mut draft));
                blocks.extend(special);
                position = end;
                continue;
            }
            if draft.ends_before(line, &self.setting) {
                blocks.extend(self.finish(&mut draft));
            }
            draft.lines.push(line);
            position += 1;
        }
        blocks.extend(self.finish(&mut draft));
        self.mark_footnotes(&mut blocks);
        blocks
    }

    /// What is no running text: an entry of contents, a table of facts, a row of another table.
    fn special(&self, lines: &[Line], at: usize, entries: &[Entry]) -> Option<(Vec<Block>, usize)> {
        if let Some(entry) = entries.iter().find(|entry| entry.lines.start == at) {
            let block = self.contents_entry(&lines[entry.lines.clone()], entry.numbered);
            return Some((vec![block], entry.lines.end));
        }
        if let Some(facts) = facts(lines, at) {
            let style = style(&lines[at]);
            let blocks = facts.columns.iter().map(|column| {
                self.block(
                    BlockKind::Paragraph,
                    column.iter().map(String::as_str),
                    style,
                )
            });
            return Some((blocks.collect(), facts.lines.end));
        }
        if !is_table_row(lines, at) {
            return None;
        }
        let cells: Vec<_> = lines[at]
            .segments
            .iter()
            .map(|segment| squeeze(&normalise(&segment.text())))
            .collect();
        let cells = cells.iter().map(String::as_str);
        Some((
            vec![self.block(BlockKind::Paragraph, cells, style(&lines[at]))],
            at + 1,
        ))
    }

    /// The page number stands last, wherever it was printed.
    fn contents_entry(&self, lines: &[Line], numbered: Option<usize>) -> Block {
        let mut texts: Vec<_> = lines.iter().map(|line| line.text.clone()).collect();
        let parted =
            numbered.and_then(|line| Some((line, without_number(&lines.get(line)?.text)?)));
        if let Some((line, (text, number))) = parted {
            texts[line] = text;
            texts.push(number);
        }
        let texts = texts.iter().map(String::as_str);
        self.block(BlockKind::TocEntry, texts, style(&lines[0]))
    }

    fn finish(&self, draft: &mut Draft<'_>) -> Option<Block> {
        let lines = std::mem::take(draft).lines;
        let first = *lines.first()?;
        let kind = self.kind(&lines);
        Some(self.block(
            kind,
            lines.iter().map(|line| line.text.as_str()),
            style(first),
        ))
    }

    fn kind(&self, lines: &[&Line]) -> BlockKind {
        let bold = lines.iter().all(|line| line.all_bold);
        let large = lines
            .iter()
            .all(|line| line.size > HEADING_SIZE * self.setting.size);
        let short = lines.len() <= LONGEST_HEADING;
        if short && (bold || large) {
            return BlockKind::Heading;
        }
        let item = lines.first().is_some_and(|line| {
            starts_with_marker(&line.text)
                && !starts_with_label(&line.text)
                && !is_between_dashes(&line.text)
        });
        if item {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        }
    }

    /// Small text after all usual text of a page, beginning with its number.
    fn mark_footnotes(&self, blocks: &mut [Block]) {
        let limit = FOOTNOTE_SIZE * self.setting.size;
        for block in blocks.iter_mut().rev() {
            let numbered = block
                .text
                .starts_with(|mark: char| mark.is_numeric() || mark == '*');
            if block.style.size > limit || !numbered || block.kind == BlockKind::TocEntry {
                break;
            }
            block.kind = BlockKind::Footnote;
        }
    }

    fn block<'t>(
        &self,
        kind: BlockKind,
        lines: impl Iterator<Item = &'t str>,
        style: Style,
    ) -> Block {
        let mut text = String::new();
        let mut line_starts = Vec::new();
        for line in lines.filter(|line| !line.trim().is_empty()) {
            let start = append_line(&mut text, line, self.vocabulary);
            line_starts.push(start);
        }
        if line_starts.is_empty() {
            line_starts.push(0);
        }
        Block {
            kind,
            text,
            line_starts,
            style,
            continues: false,
        }
    }
}

/// Makes blocks of furniture: each row is one.
pub(super) fn furniture(line: &Line) -> Block {
    Block {
        kind: BlockKind::Furniture,
        text: line.text.clone(),
        line_starts: vec![0],
        style: style(line),
        continues: false,
    }
}

/// "- zurückgezogen -" is a remark, no item of a list.
fn is_between_dashes(text: &str) -> bool {
    text.starts_with(['-', '–', '—']) && text.ends_with(['-', '–', '—'])
}

fn style(line: &Line) -> Style {
    Style {
        size: line.size,
        bold: line.starts_bold,
        left: line.x0,
    }
}

/// Several cells whose last one stands under or above the last cell of a neighbour.
fn is_table_row(lines: &[Line], at: usize) -> bool {
    let cells = |line: &Line| -> usize {
        let tab = line
            .segments
            .first()
            .is_some_and(|first| is_marker(&first.text()));
        line.segments.len() - usize::from(tab && line.segments.len() > 1)
    };
    let aligned = |other: Option<&Line>| {
        other.is_some_and(|other| {
            let ends = (lines[at].segments.last(), other.segments.last());
            let (Some(one), Some(two)) = ends else {
                return false;
            };
            cells(other) > 1 && (one.x0 - two.x0).abs() < SAME_COLUMN
        })
    };
    let above = at.checked_sub(1).and_then(|above| lines.get(above));
    cells(&lines[at]) > 1 && (aligned(above) || aligned(lines.get(at + 1)))
}
