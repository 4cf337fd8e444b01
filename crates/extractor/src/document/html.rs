//! Web pages: the main text in reading order, without the frame that the site puts around every page.

mod block;
mod depth;
mod encoding;
mod flow;
mod frame;
mod region;
mod tree;

use laendersache_model::{Block, BlockKind, Capture, DocumentKind, Page, Warning};

use super::Read;
use crate::Error;
use tree::Tree;

/// Reads a web page as one page of blocks.
pub(super) fn read(capture: &Capture, bytes: &[u8]) -> Result<Read, Error> {
    let (text, encoding_warning) = encoding::decode(capture.content_type.as_deref(), bytes);
    if !depth::is_bearable(&text) {
        return Err(Error::TooDeep {
            url: capture.url.clone(),
            limit: depth::LIMIT,
        });
    }
    let tree = Tree::parse(&text);
    let kept = frame::kept(&tree);
    let region = region::main(&tree, &kept);
    let blocks = flow::blocks(&tree, &kept, region);
    let mut warnings: Vec<_> = encoding_warning.into_iter().collect();
    if blocks.is_empty() {
        let message = "the page has no text of its own";
        warnings.push(Warning::new("no_text", message, Some(1)));
    }
    Ok(Read {
        kind: DocumentKind::Html,
        title: title(&tree, &blocks),
        pages: vec![Page { number: 1, blocks }],
        warnings,
    })
}

/// The first heading of the main text says what the page is; the browser's title names the site too.
fn title(tree: &Tree, blocks: &[Block]) -> Option<String> {
    let heading = blocks.iter().find(|block| block.kind == BlockKind::Heading);
    let title = heading.map(|block| block.text.clone());
    title
        .or_else(|| tree.title.clone())
        .filter(|title| !title.is_empty())
}

#[cfg(test)]
mod tests;
