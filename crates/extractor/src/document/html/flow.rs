//! The text of the main part as blocks: headings, paragraphs, list items and rows of tables, in order.

use std::ops::Range;

use laendersache_model::{Block, BlockKind};

use super::block::Draft;
use super::tree::{Content, Element, Tree};

/// Elements that run inside a line; all others begin and end a block.
const INLINE: [&str; 32] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font",
    "i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "tt", "u", "var", "wbr",
];

/// A list that is being read.
#[derive(Debug)]
struct List {
    end: usize,
    next: i32,
    numbering: Option<char>,
}

/// The reader on its way through the page.
#[derive(Debug, Default)]
struct Flow {
    blocks: Vec<Block>,
    draft: Draft,
    lists: Vec<List>,
    /// Ends of the elements that close a block, innermost last.
    closing: Vec<usize>,
    /// Up to here line breaks of the source count.
    preformatted_until: usize,
    /// Up to here cells belong to one row of a table that holds data.
    row_until: usize,
    /// Up to here everything is a heading.
    heading_until: usize,
}

/// Returns the blocks of a part of the page.
pub(super) fn blocks(tree: &Tree, kept: &[bool], region: Range<usize>) -> Vec<Block> {
    let mut flow = Flow::default();
    let mut position = region.start;
    while position < region.end {
        flow.close_until(position);
        if kept[position] {
            match &tree.nodes[position].content {
                Content::Text(text) => flow.text(text, position),
                Content::Element(element) => flow.open(tree, element, position),
            }
            position += 1;
        } else {
            position = tree.nodes[position].end;
        }
    }
    flow.flush();
    flow.blocks
}

impl Flow {
    fn close_until(&mut self, position: usize) {
        while self.closing.last().is_some_and(|&end| end <= position) {
            self.closing.pop();
            self.flush();
        }
        while self.lists.last().is_some_and(|list| list.end <= position) {
            self.lists.pop();
        }
    }

    fn text(&mut self, text: &str, position: usize) {
        if position >= self.preformatted_until {
            self.draft.push_text(&text.replace('\n', " "));
            return;
        }
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.line_break();
            }
            self.draft.push_text(line);
        }
    }

    fn open(&mut self, tree: &Tree, element: &Element, position: usize) {
        let name = element.name.as_str();
        let mut end = tree.nodes[position].end;
        if name == "dt" {
            end = end_of_definition(tree, end).unwrap_or(end);
        }
        match name {
            "br" => return self.line_break(),
            _ if INLINE.contains(&name) => return,
            // Cells, and blocks inside them, are lines of their row.
            _ if position < self.row_until => {
                if !self.draft.is_empty() {
                    self.draft.break_line();
                }
                return;
            }
            _ => {}
        }
        self.begin_block();
        self.closing.push(end);
        match name {
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => self.heading_until = end,
            "pre" => self.preformatted_until = end,
            "ul" | "ol" => self.lists.push(List {
                end,
                next: element.start.unwrap_or(1),
                numbering: (name == "ol").then_some(element.numbering.unwrap_or('1')),
            }),
            "li" => self.list_item(),
            "tr" if is_row_of_data(tree, position) => self.row_until = end,
            "dt" => self.row_until = end,
            _ => {}
        }
        self.draft.kind = self
            .draft
            .kind
            .or_else(|| (position < self.heading_until).then_some(BlockKind::Heading));
    }

    fn list_item(&mut self) {
        self.draft.kind = Some(BlockKind::ListItem);
        if let Some(list) = self.lists.last_mut() {
            if let Some(numbering) = list.numbering {
                self.draft.marker = format!("{}.", counted(list.next, numbering));
            }
            list.next = list.next.saturating_add(1);
        }
    }

    fn line_break(&mut self) {
        if self.draft.ends_with_empty_line() {
            let kind = self.draft.kind;
            self.flush();
            self.draft.kind = kind.filter(|kind| *kind == BlockKind::Heading);
        } else {
            self.draft.break_line();
        }
    }

    /// Ends the block before another begins; a list item whose text stands in a paragraph of its own
    /// hands its marker on.
    fn begin_block(&mut self) {
        if !(self.draft.is_empty() && self.draft.kind == Some(BlockKind::ListItem)) {
            self.flush();
        }
    }

    fn flush(&mut self) {
        self.blocks.extend(std::mem::take(&mut self.draft).finish());
    }
}

/// A row with text in its cells but at most one paragraph in each; other tables only place things.
fn is_row_of_data(tree: &Tree, row: usize) -> bool {
    let mut cells = 0_usize;
    let mut paragraphs = 0_usize;
    for position in row + 1..tree.nodes[row].end {
        let Some(element) = tree.element(position) else {
            continue;
        };
        match element.name.as_str() {
            "td" | "th" => cells += 1,
            "p" | "div" => paragraphs += 1,
            "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "ul" | "ol" | "dl" => return false,
            _ => {}
        }
    }
    cells > 0 && paragraphs <= cells
}

/// The end of the definition that follows a term, so that both become one block of two lines.
fn end_of_definition(tree: &Tree, term_end: usize) -> Option<usize> {
    let blank = |position: &usize| match &tree.nodes[*position].content {
        Content::Text(text) => text.trim().is_empty(),
        Content::Element(_) => false,
    };
    let next = (term_end..tree.nodes.len()).find(|position| !blank(position))?;
    let element = tree.element(next)?;
    (element.name == "dd").then(|| tree.nodes[next].end)
}

/// The number of a list item as browsers write it.
fn counted(number: i32, numbering: char) -> String {
    let letter = |first: u8| match u8::try_from(number) {
        Ok(number @ 1..=26) => char::from(first + number - 1).to_string(),
        _ => number.to_string(),
    };
    match numbering {
        'a' => letter(b'a'),
        'A' => letter(b'A'),
        'i' => roman(number).to_lowercase(),
        'I' => roman(number),
        _ => number.to_string(),
    }
}

fn roman(number: i32) -> String {
    const DIGITS: [(i32, &str); 9] = [
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..400).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut result = String::new();
    for (value, digits) in DIGITS {
        while rest >= value {
            result.push_str(digits);
            rest -= value;
        }
    }
    result
}
