//! What a captured file says, page by page, without the furniture of page and web site.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{Digest, SiteId};

/// The kind of file a document was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DocumentKind {
    /// A web page; it counts as one page.
    Html,
    /// A PDF file.
    Pdf,
}

/// The text of one captured file, cut into pages and blocks in reading order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// Digest of the bytes the text was read from.
    pub digest: Digest,
    /// Canonical address of the capture.
    pub url: Url,
    /// The site that served it.
    pub site: SiteId,
    /// When it was captured.
    pub fetched_at: Timestamp,
    /// The kind of file.
    pub kind: DocumentKind,
    /// Title from the file's own metadata or its main heading.
    pub title: Option<String>,
    /// The pages; an HTML document has exactly one.
    pub pages: Vec<Page>,
    /// How much the text reads like German, from 0 (garbage) to 1.
    pub quality: f32,
    /// What could not be read as hoped.
    pub warnings: Vec<Warning>,
}

/// One page of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Position in the file, counted from 1 (a PDF viewer's `#page=`).
    pub number: u32,
    /// Blocks in reading order.
    pub blocks: Vec<Block>,
}

/// What a block is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    /// A heading by markup (HTML) or by size or weight (PDF).
    Heading,
    /// Running text.
    Paragraph,
    /// An item of a list; its marker ("1.", "a)", "•") stays at the beginning of the text.
    ListItem,
    /// An entry of a table of contents; kept apart so that titles are not found twice.
    TocEntry,
    /// A running head, a running foot or a page number, found by repetition.
    Furniture,
    /// A footnote.
    Footnote,
}

/// How the first characters of a block look; 0 and false where the source does not say (HTML).
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Style {
    /// Font size in points.
    pub size: f32,
    /// True for a bold face.
    pub bold: bool,
    /// Distance of the first line from the left edge of the page in points.
    pub left: f32,
}

/// A paragraph, heading, list item or piece of furniture.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its text on one line: line-end hyphens resolved, spaces single, NFC.
    pub text: String,
    /// Byte offsets in `text` at which the source began a new line; the first is always 0.
    pub line_starts: Vec<usize>,
    /// How its first characters look.
    pub style: Style,
    /// True if a paragraph begun on the page before goes on in this block.
    pub continues: bool,
}

impl Block {
    /// Returns the source lines of the block, trimmed.
    pub fn lines(&self) -> impl Iterator<Item = &str> {
        self.line_starts.iter().enumerate().map(|(index, &start)| {
            let end = self
                .line_starts
                .get(index + 1)
                .copied()
                .unwrap_or(self.text.len());
            self.text.get(start..end).unwrap_or_default().trim()
        })
    }
}

/// Something that was not read as hoped; extraction goes on and says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// A stable short name such as `no_text_layer`.
    pub code: String,
    /// What happened and where, for people.
    pub message: String,
    /// The page it concerns, counted from 1.
    pub page: Option<u32>,
}

impl Warning {
    /// Builds a warning of a stable code, with a message for people.
    #[must_use]
    pub fn new(code: &str, message: impl Into<String>, page: Option<u32>) -> Self {
        Self {
            code: code.to_owned(),
            message: message.into(),
            page,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_gives_back_its_source_lines() {
        let block = Block {
            kind: BlockKind::Paragraph,
            text: "Antragsteller: Bayern Abstimmungsergebnis: einstimmig".to_owned(),
            line_starts: vec![0, 22],
            style: Style::default(),
            continues: false,
        };
        let lines: Vec<_> = block.lines().collect();
        assert_eq!(
            lines,
            ["Antragsteller: Bayern", "Abstimmungsergebnis: einstimmig"]
        );
    }
}
