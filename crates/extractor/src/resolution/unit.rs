//! A document as a run of units: a block, or the part of a block that begins with a labelled field.

use std::sync::LazyLock;

use laendersache_model::{Block, BlockKind, Document};
use regex::Regex;

/// A line that begins with one of these begins a unit of its own, even where the layout glued it to the line before.
static FIELD_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^(?:(?:Mit)?[Aa]ntragstell(?:er|ende)[\w*:/ -]{0,40}:|Abstimmungsergebnis\s?:|Votum\s?:|Veröffentlichung\s?:|Beschluss\s?:|Begründung\s?:|Protokoll(?:erklärung|notiz)[^.]{0,80}:$)",
    )
    .expect("a valid pattern")
});

/// A piece of running text with its page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Unit {
    /// The page on which it begins, counted from 1.
    pub page: u32,
    /// Its text.
    pub text: String,
    /// True for a heading by markup, size or weight.
    pub prominent: bool,
    /// True if it goes on with a paragraph of the page before.
    pub continues: bool,
}

/// Returns the running text of a document: no page furniture, no table of contents, no footnotes.
pub(super) fn units(document: &Document) -> Vec<Unit> {
    let mut units = Vec::new();
    for page in &document.pages {
        for block in &page.blocks {
            let running = matches!(
                block.kind,
                BlockKind::Heading | BlockKind::Paragraph | BlockKind::ListItem
            );
            if running {
                units.extend(units_of(block, page.number));
            }
        }
    }
    units
}

/// Returns the entries of the table of contents, line breaks resolved.
pub(super) fn contents_texts(document: &Document) -> Vec<String> {
    document
        .pages
        .iter()
        .flat_map(|page| &page.blocks)
        .filter(|block| block.kind == BlockKind::TocEntry)
        .map(|block| block.text.trim().to_owned())
        .collect()
}

fn units_of(block: &Block, page: u32) -> impl Iterator<Item = Unit> {
    let mut starts = vec![0];
    for &start in block.line_starts.iter().filter(|start| **start > 0) {
        if block.text.get(start..).is_some_and(begins_field) {
            starts.push(start);
        }
    }
    let ends: Vec<_> = starts
        .iter()
        .skip(1)
        .copied()
        .chain([block.text.len()])
        .collect();
    let texts: Vec<_> = starts
        .into_iter()
        .zip(ends)
        .filter_map(|(start, end)| block.text.get(start..end))
        .map(|text| text.trim().to_owned())
        .collect();
    let prominent = block.kind == BlockKind::Heading || block.style.bold;
    let continues = block.continues;
    texts
        .into_iter()
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
        .map(move |(position, text)| Unit {
            page,
            text,
            prominent,
            continues: continues && position == 0,
        })
}

fn begins_field(text: &str) -> bool {
    // Only the line itself counts, and no field label is longer than this.
    let line: String = text.trim_start().chars().take(120).collect();
    FIELD_LINE.is_match(&line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use laendersache_model::Style;

    fn block(text: &str, line_starts: Vec<usize>) -> Block {
        Block {
            kind: BlockKind::Paragraph,
            text: text.to_owned(),
            line_starts,
            style: Style::default(),
            continues: true,
        }
    }

    #[test]
    fn glued_field_lines_come_apart() {
        let text = "Antragsteller: Bayern Abstimmungsergebnis: einstimmig Beschluss: Die IntMK";
        let starts = ["Antragsteller", "Abstimmung", "Beschluss"]
            .map(|word| text.find(word).expect("in the text"));
        let texts: Vec<_> = units_of(&block(text, starts.to_vec()), 3)
            .map(|unit| (unit.text, unit.continues))
            .collect();
        let expected = [
            ("Antragsteller: Bayern", true),
            ("Abstimmungsergebnis: einstimmig", false),
            ("Beschluss: Die IntMK", false),
        ];
        assert_eq!(
            texts,
            expected.map(|(text, continues)| (text.to_owned(), continues))
        );
    }

    #[test]
    fn wrapped_lines_of_a_paragraph_stay_together() {
        let text = "Das Nähere regelt der Beschluss zu TOP 2.3 der Konferenz";
        let units: Vec<_> = units_of(&block(text, vec![0, 22, 35]), 1).collect();
        assert_eq!(units.len(), 1);
    }
}
